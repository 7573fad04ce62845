"""What Enter does next in a group drill, read off the engine's state; pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.buzzing import steal_open, was_open
from trainer.contest.drill.correcting import may_replace, rescue_open
from trainer.contest.drill.events import ClockMoved
from trainer.contest.drill.ranking import next_way, open_ties
from trainer.contest.drill.schedule import free_packages, is_last_question, next_step
from trainer.contest.drill.taking_part import (
    drill_of,
    floor_of,
    on_floor,
    participants,
    question_part,
    tied_presses,
)
from trainer.contest.events import Paused, PhaseStarted, Unpaused
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.state import State
from trainer.text import told_apart

ENTRY = ("question", "raise", "entry")
NOBODY = "nobody"
"""Chosen in place of a team that cannot answer: the next letter is nobody's. No side has this id."""
CLOCKED = ("question", "raise", "buzz", "answer", "think", "speak", "ask")

_PRIVATELY = "F9: đáp án, màn hình riêng"
"""Where only R and W judge, the facilitator needs the key; it is not for the room's eyes."""

_PAUSED = {
    "asleep": "Máy vừa đứng yên (ngủ, treo): đồng hồ đã dừng từ lúc ấy",
    "resumed": "Hội thi được mở lại. Đang tạm dừng",
    "undone": "Đã rút lại. Đang tạm dừng",
}
"""What is said of a pause that nobody asked for."""

Make = Callable[[int], c.Command]


class Move(NamedTuple):
    """The next step.

    Attributes:
        make: Contest time -> the command; None: something must be given first, `warning` says what.
        says: What Enter does, for the line at the foot.
        warning: Said at the first Enter; the second one carries the step out. "" for no warning.
        more: Other keys of the moment.
    """

    make: Make | None
    says: str
    warning: str = ""
    more: str = ""


class Given(NamedTuple):
    """What the facilitator has typed for the next step, not recorded yet.

    Attributes:
        values: What the questions of the turn shall be worth.
        order: Level sides in the judges' order.
    """

    values: tuple[int, ...] = ()
    order: tuple[str, ...] = ()


def name_of(state: State, side: str) -> str:
    """Return a side's sign and name."""
    return next((f"{each.symbol} {each.name}".strip() for each in state.sides if each.id == side), "")


def short_names(state: State, limit: int) -> dict[str, str]:
    """Return side -> its name in at most `limit` letters, no two alike where the whole names are not."""
    names = told_apart([side.name for side in state.sides], limit)
    return {side.id: name for side, name in zip(state.sides, names, strict=True)}


def waiting(state: State) -> list[str]:
    """Return the sides whose answer to the question on show is not entered."""
    return [
        side for side in participants(state, state.position) if (side, state.position) not in state.attempts
    ]


def owner_of(state: State) -> str:
    """Return whose question is on show, "" when it is everybody's."""
    part = question_part(state, state.position) if state.position >= 0 else None
    if part is not None and part.play.mode != "turns":
        return ""
    return drill_of(state).owners.get(state.position, "")


def ran_out(state: State) -> bool:
    """Tell whether the time of the question on show ran out by itself, rather than being stopped by a key."""
    trail = drill_of(state).trail
    for index in range(len(trail) - 1, 0, -1):
        event = trail[index]
        if isinstance(event, PhaseStarted) and event.phase == "entry":
            at = index - 1
            while at and isinstance(trail[at], Paused | Unpaused):
                at -= 1
            before = trail[at]
            return not (isinstance(before, ClockMoved) and before.ms < 0)
    return False


def next_move(state: State, given: Given) -> Move:
    """Return what Enter does."""
    if state.paused_at is not None:
        return Move(c.Unpause, f"{_PAUSED.get(state.pause_reason, 'Đang tạm dừng')} · Enter: chạy tiếp")
    phase = state.phase
    if phase in _MOVES:
        return _MOVES[phase](state, given)
    return Move(c.Advance, "Enter: đi tiếp")


def _after(state: State) -> str:
    """Return what Advance would open."""
    step = next_step(state)
    if step.kind == "turn":
        return f"đến lượt {name_of(state, step.side)}"
    if step.kind in ("ranking", "finish"):
        return "xem xếp hạng"
    part = state.rules.parts[step.part] if step.part >= 0 else None
    if isinstance(part, SituationPart):
        return "mở tình huống"
    if 0 <= step.position < len(state.plan) and state.plan[step.position].role == "audience":
        return "câu dành cho khán giả"
    return "câu tiếp theo"


def _ready(state: State, _given: Given) -> Move:
    return Move(c.Advance, f"Enter: bắt đầu · {_after(state)}")


def _draw(state: State, given: Given) -> Move:
    step, part = next_step(state), state.current_part
    if step.kind == "draw" and isinstance(part, QuestionPart) and part.play.values:
        values = part.play.values
        keys = " · ".join(f"{number}: {value} điểm" for number, value in enumerate(values, 1))
        if len(given.values) < part.count:
            return Move(
                None,
                f"Chọn {part.count} câu ({len(given.values)}/{part.count}): {keys}",
                f"Đội cần chọn đủ {part.count} câu: {keys}.",
            )
        return Move(lambda at: dc.Choose(at, given.values), "Enter: nhận gói này · ←: bỏ câu vừa chọn")
    if step.kind == "draw":
        packages = free_packages(state, state.part)
        return Move(dc.Draw, "Enter: máy bốc thăm", more="phím số: đội tự chọn gói" if packages else "")
    star = step.kind == "item" and step.position not in drill_of(state).stars
    asked = question_part(state, step.position) if step.kind == "item" else None
    may = star and asked is not None and asked.play.star
    return Move(c.Advance, f"Enter: {_after(state)}", more="N: đặt ngôi sao" if may else "")


def _read(state: State, _given: Given) -> Move:
    part = question_part(state, state.position)
    if part is None:
        return Move(c.Advance, "Enter: bắt đầu hội ý (đồng hồ chạy)")
    if part.play.mode == "buzzers":
        return Move(dc.StartClock, "Đọc xong · Enter: mở chuông")
    return Move(dc.StartClock, "Đọc xong · Enter: chạy đồng hồ")


def _entry(state: State, _given: Given) -> Move:
    part = question_part(state, state.position)
    mode = part.play.mode if part is not None else ""
    if mode == "buzzers":
        return Move(dc.CloseItem, "Enter: chốt câu này", more="O: mở lại chuông")
    if state.current is not None and state.current.role == "audience":
        return Move(dc.CloseItem, "Câu dành cho khán giả, không tính điểm đội · Enter: chốt")
    left = waiting(state)
    keys = _answer_keys(state)
    if steal_open(state) and not was_open(state):
        if not left:
            return Move(dc.OpenBuzzers, "Enter: mở chuông cho đội khác giành quyền", more="U: rút lại")
        if ran_out(state):
            return Move(dc.OpenBuzzers, "Hết giờ · Enter: chưa trả lời, mở chuông giành quyền", more=keys)
        return Move(
            dc.OpenBuzzers,
            "Enter hai lần: chưa trả lời, mở chuông giành quyền",
            f"Chưa ghi câu trả lời của {name_of(state, left[0])}. Nhấn Enter lần nữa: tính là chưa trả lời, "
            "mở chuông cho đội khác.",
            keys,
        )
    if not left:
        more = "O: mở lại chuông" if steal_open(state) else "sửa: phím số rồi chữ"
        several = state.current is not None and state.current.item["kind"] == "multiple"
        says = "Đã ghi đủ (gõ thêm chữ nếu còn) · Enter: chốt" if several else "Đã ghi đủ · Enter: chốt"
        return Move(dc.CloseItem, says, more=more)
    if state.phase != "entry" and state.deadline is not None:
        what = "dừng đồng hồ" if state.phase == "question" else "hết giờ giơ bảng"
        return Move(lambda at: dc.MoveClock(at, -3_600_000), f"Enter: {what}", more=keys)
    names = ", ".join(name_of(state, side) for side in left[:3]) + ("…" if len(left) > 3 else "")
    return Move(
        dc.CloseItem,
        f"Enter: chốt (còn {len(left)} đội chưa ghi)",
        f"Chưa ghi câu trả lời của {names}. Nhấn Enter lần nữa để chốt: tính là chưa trả lời.",
        keys,
    )


def _answer_keys(state: State) -> str:
    planned = state.current
    kind = planned.item["kind"] if planned is not None else ""
    team = "" if state.phase == "answer" or owner_of(state) else " · số: chọn đội"
    if kind == "true-false":
        return f"Đ: Đúng · S: Sai{team}"
    if kind in ("choice", "multiple") and planned is not None:
        return f"A–{'ABCDEFGH'[len(planned.order) - 1]}: phương án{team}"
    return f"R: đúng · W: sai{team} · {_PRIVATELY}"


def _buzz(_state: State, _given: Given) -> Move:
    return Move(dc.StopBuzzers, "CHUÔNG MỞ · phím số: đội bấm chuông · Enter: đóng chuông")


def _floor(state: State, _given: Given) -> Move:
    side = floor_of(state)
    if not side:
        tied = tied_presses(state)
        names = " và ".join(name_of(state, each) for each in tied) if len(tied) == 2 else f"{len(tied)} đội"
        return Move(dc.GiveFloor, f"{names} bấm cùng lúc · Enter: bốc thăm", more="phím số: chỉ định")
    keys = _answer_keys(state) if "A–" in _answer_keys(state) or "Đ:" in _answer_keys(state) else ""
    return Move(
        lambda at: dc.Judge(at, side, False),
        f"{name_of(state, side)} trả lời · R: đúng · W: sai",
        "Nhấn Enter lần nữa để tính là không trả lời được (sai).",
        " · ".join(part for part in (keys or _PRIVATELY, _second(state)) if part),
    )


def _second(state: State) -> str:
    """Return what those who pressed later get when the first is wrong, "" when nobody did."""
    part = question_part(state, state.position)
    if part is None or len(drill_of(state).buzzes) < 2:
        return ""
    return "sai: mở lại chuông" if part.play.mode == "buzzers" else "sai: đội bấm sau không có lượt"


def _closed(_state: State, _given: Given) -> Move:
    return Move(dc.Reveal, "Enter: hiện đáp án")


def _feedback(state: State, _given: Given) -> Move:
    rescue = "V: cứu trợ" if rescue_offered(state) else ""
    if not _floor_is_empty(state):
        return Move(c.Advance, f"Enter: {_after(state)}", more=rescue)
    spare = "" if rescue or not may_replace(state) else "T: thay câu này"
    hint = (
        "V: cứu trợ cho các đội trở lại; hoặc "
        if rescue
        else "T: hỏi câu khác thay câu này; hoặc "
        if spare
        else ""
    )
    return Move(
        c.Advance,
        f"Sàn không còn đội nào · Enter: {_after(state)}",
        f"Không đội nào trả lời được nên phần này hết. {hint}Enter lần nữa: {_after(state)}.",
        rescue or spare,
    )


def _floor_is_empty(state: State) -> bool:
    """Tell whether an eliminating part ends before its last question: nobody is left to ask."""
    part, planned = question_part(state, state.position), state.plan[state.position]
    if part is None or not part.play.eliminate or on_floor(state, planned.part):
        return False
    return not is_last_question(state, state.position)


def _skipped(state: State, _given: Given) -> Move:
    more = "T: hỏi câu dự phòng thay" if may_replace(state) else ""
    return Move(c.Advance, f"Đã bỏ câu này · Enter: {_after(state)}", more=more)


def _review(state: State, _given: Given) -> Move:
    if state.position not in drill_of(state).revealed:
        return Move(dc.Reveal, "Enter: công bố điểm")
    return Move(c.Advance, f"Enter: {_after(state)}")


def _mark(state: State, _given: Given) -> Move:
    if not participants(state, state.position):
        return Move(c.Advance, "Đội đã rời hội thi, không chấm · Enter: đi tiếp")
    return Move(c.Advance, "0–4: chấm · Enter: xong phiếu này", "", "J: thêm phiếu · K: chốt phiếu")


def _ranking(state: State, given: Given) -> Move:
    ties = open_ties(state)
    if not ties:
        waiting = sum(each.upheld is None for each in drill_of(state).appeals)
        warning = (
            f"Còn {waiting} khiếu nại chưa giải quyết (M rồi 2). Enter lần nữa: kết thúc." if waiting else ""
        )
        return Move(c.Advance, "Enter: kết thúc và công bố kết quả", warning)
    group, way = ties[0], next_way(state)
    if way == "sudden-death":
        return Move(lambda at: dc.BreakTie(at, group), "Enter: mở câu hỏi phụ cho các đội bằng nhau")
    if way == "lot":
        return Move(lambda at: dc.DecideRank(at, group, "lot"), "Enter: bốc thăm thứ tự các đội bằng nhau")
    if len(given.order) + 1 < len(group):
        return Move(
            None,
            f"Giám khảo xếp thứ tự: phím số, đội cao nhất trước ({len(given.order)}/{len(group)})",
            "Giám khảo quyết định: nhấn phím số của từng đội bằng nhau, đội xếp trên trước.",
        )
    order = (*given.order, *(side for side in group if side not in given.order))
    return Move(
        lambda at: dc.DecideRank(at, order, "judges"), "Enter: ghi thứ tự giám khảo quyết định · ←: xếp lại"
    )


_MOVES: dict[str, Callable[[State, Given], Move]] = {
    "ready": _ready,
    "draw": _draw,
    "read": _read,
    "question": _entry,
    "raise": _entry,
    "entry": _entry,
    "buzz": _buzz,
    "answer": _floor,
    "closed": _closed,
    "feedback": _feedback,
    "review": _review,
    "skipped": _skipped,
    "back": lambda _state, _given: Move(c.Advance, "Đang xem lại · Enter: trở về", more="←: câu trước nữa"),
    "think": lambda _state, _given: Move(c.Advance, "Đang hội ý · Enter: trình bày ngay"),
    "speak": lambda _state, _given: Move(c.Advance, "Đang trình bày · Enter: nói xong"),
    "ask": lambda _state, _given: Move(c.Advance, "Giám khảo hỏi thêm · Enter: sang chấm điểm"),
    "mark": _mark,
    "ranking": _ranking,
}


def target(state: State, chosen: str) -> str:
    """Return whose answer the next letter is, "": nobody's."""
    if state.phase == "answer":
        return floor_of(state)
    if state.phase not in ENTRY or chosen == NOBODY:
        return ""
    there = participants(state, state.position)
    judged = [side for side, at in state.attempts if at == state.position]
    if chosen in there or chosen in judged:
        return chosen
    if owner_of(state):
        return owner_of(state) if owner_of(state) in there else ""
    return next(iter(waiting(state)), "")


def has_letters(state: State, side: str) -> bool:
    """Tell whether a side's letters are recorded for the question on show; R or W would wipe them."""
    attempt = state.attempts.get((side, state.position))
    return attempt is not None and attempt.response not in ((), None)


def unfit(state: State, side: str) -> str:
    """Return why a side does not answer the question on show, "" when it does."""
    position, drill = state.position, drill_of(state)
    if side in participants(state, position) or (side, position) in state.attempts:
        return ""
    name, part = name_of(state, side), question_part(state, position)
    if side in drill.left:
        return f"{name} đã rời hội thi."
    if state.plan[position].role == "audience":
        return "Câu này dành cho khán giả, không đội nào trả lời."
    if position in drill.ties:
        return f"{name} không dự câu hỏi phụ này."
    if owner_of(state):
        return f"Câu này của {name_of(state, owner_of(state))}, không phải của {name}."
    if part is not None and part.play.eliminate:
        return f"{name} không còn trên sàn."
    return f"{name} không trả lời câu này."


def rescue_offered(state: State) -> bool:
    """Tell whether to offer a rescue: not before the room has seen the key, or it would tell who was wrong."""
    seen = state.position in drill_of(state).revealed or state.phase == "skipped"
    return seen and rescue_open(state)


def off_floor(state: State) -> set[str]:
    """Return the sides that left the floor of an eliminating part."""
    part = state.current_part
    if not isinstance(part, QuestionPart) or not part.play.eliminate:
        return set()
    return {side.id for side in state.sides} - set(on_floor(state, state.part))
