"""What a group drill shows, as text: head, scoreboard, panels; nothing earlier than the room may know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from trainer.contest.drill.correcting import LIVE
from trainer.contest.drill.ranking import open_ties, part_winners, ranking
from trainer.contest.drill.schedule import (
    free_packages,
    free_values,
    is_tie_part,
    member_for,
    next_step,
    number_in_part,
)
from trainer.contest.drill.showing import hidden, shown_state
from trainer.contest.drill.taking_part import drill_of, floor_of, margins, participants, tied_presses
from trainer.contest.responses import given
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.scoring import sheet_share, situation_points
from trainer.contest.state import Attempt, State
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.drill.steps import Given, name_of, off_floor, owner_of, short_names
from trainer.tui.widgets.answering import LETTERS
from trainer.tui.widgets.facts import Fact

_LONG_NAME = 34
_MARK = 12
"""Columns for what a team answered."""


def head(state: State) -> tuple[str, str, str]:
    """Return left, middle and right of the head."""
    part = state.current_part
    if part is None or state.phase == "ready":
        return state.rules.title, f"{len(state.sides)} đội", "Chuẩn bị"
    if state.phase == "ranking":
        return state.rules.title, "Xếp hạng", ""
    owner = owner_of(state) if state.position >= 0 and state.phase != "draw" else drill_of(state).turn
    turn = name_of(state, owner)
    played = [index for index, each in enumerate(state.rules.parts) if not is_tie_part(each)]
    where = f"Phần {played.index(state.part) + 1}/{len(played)}" if state.part in played else "Câu hỏi phụ"
    if state.phase == "draw":
        return state.rules.title, where, f"Lượt của {turn}"
    if isinstance(part, SituationPart):
        return state.rules.title, f"{where} · Tình huống", turn
    if state.current is not None and state.current.role == "audience":
        return state.rules.title, f"{where} · Câu khán giả", "Khán giả"
    number = number_in_part(state, state.position)
    if part.play.mode == "turns":
        drill = drill_of(state)
        mine = [at for at, who in drill.owners.items() if who == owner and at not in drill.replaced]
        asked = [at for at in mine if state.plan[at].part == state.part and at in drill.opened]
        member = member_for(state, state.position)
        who = f"{turn} · {member} trả lời" if member else turn
        return state.rules.title, f"{where} · Câu {len(asked)}/{part.count}", who
    if state.part not in played:
        sides = drill_of(state).ties.get(state.position, ())
        many = f"{len(sides)} đội bằng nhau"
        return (
            state.rules.title,
            where,
            " – ".join(name_of(state, each) for each in sides) if len(sides) == 2 else many,
        )
    return state.rules.title, f"{where} · Câu {number}/{part.count}", "Các đội cùng thi"


def _letters(state: State, attempt: Attempt) -> str:
    """Return the letters (or Đúng, Sai) that a side gave to the question on show, "" when none are recorded."""
    current = state.current
    if current is None or not isinstance(attempt.response, tuple) or not attempt.response:
        return ""
    if current.item.get("kind") == "true-false":
        return " ".join(current.item["options"][current.order[at]] for at in attempt.response)
    if current.item.get("kind") in ("choice", "multiple"):
        return "".join(LETTERS[at] for at in attempt.response)
    return ""


def recorded(state: State) -> str:
    """Return what is recorded for the question on show, also what the room must not see yet."""
    found = []
    for side in state.sides:
        attempt = state.attempts.get((side.id, state.position))
        if attempt is not None:
            word = "bỏ trống" if attempt.code == "empty" else "đúng" if attempt.share >= 1 else "sai"
            found.append(f"{name_of(state, side.id)} {_letters(state, attempt) or word}")
    return " · ".join(found)


def response_mark(state: State, side: str) -> str:
    """Return what stands beside a team for the item on show: its letters, judged, + or −."""
    if state.phase not in LIVE or state.position < 0:
        return ""
    attempt = state.attempts.get((side, state.position))
    if attempt is None:
        return _press_mark(state, side)
    current = state.current
    letters = _letters(state, attempt)
    if not hidden(state):
        points = wording.signed(attempt.points + attempt.penalty)
        if attempt.code == "judged":
            return f"{points}"
        blank = attempt.code == "empty" and attempt.share <= 0
        sign = "—" if blank else "✓" if attempt.share >= 1 else "◐" if attempt.share > 0 else "✗"
        return " ".join(part for part in (letters, sign, points) if part)
    if current is not None and current.item["section"] == "situation":
        return ""
    part = state.current_part
    heard = isinstance(part, QuestionPart) and part.play.mode != "together"
    if attempt.code == "empty":
        return "bỏ trống"
    if state.phase == "question" and not heard:
        return "đã ghi"  # while the clock runs nobody is to copy another team's letter
    return letters or (("✓ đúng" if attempt.share >= 1 else "✗ sai") if heard else "đã ghi")


def _press_mark(state: State, side: str) -> str:
    """Return how a side stands at the buzzers: who answers, how much later the others were, who is locked."""
    phase, behind = state.phase, dict(margins(state))
    if phase in ("answer", "entry") and side in behind:
        if phase == "answer" and floor_of(state) == side:
            return "đang trả lời"
        if side in tied_presses(state):
            return "cùng lúc"
        if behind[side]:
            return f"sau {behind[side] / 1000:.2f} s".replace(".", ",")
        return "bấm trước"
    locked = side in drill_of(state).early and phase in ("read", "question", "entry", "buzz")
    return "bấm sớm" if locked else ""


def scoreboard(state: State, target: str, width: int) -> Content:
    """Return all teams with key, sign, name, points, and what they answered, in as many columns as fit."""
    shown, off, drill = shown_state(state), off_floor(shown_state(state)), drill_of(state)
    fixed = 11 + _MARK
    longest = min(18, max(len(side.name) for side in state.sides))
    columns = max(1, min(len(state.sides), width // (fixed + longest)))
    if columns == 1 and len(state.sides) > 4 and width >= 2 * (fixed + 10):
        columns = 2
    longest = min(longest, width // columns - fixed)
    cells: list[Content] = []
    names = short_names(state, longest)
    for side in state.sides:
        mark = "đã rời" if side.id in drill.left else response_mark(state, side.id)
        if side.id in off and not mark:
            mark = "✗ rời sàn"
        here = side.id == target
        star = state.position >= 0 and drill.stars.get(state.position) == side.id
        style = "bold reverse" if here else ("$quiet" if side.id in off else "bold")
        cells.append(
            Content.assemble(
                ("›" if here else " ", "bold $accent"),
                (f"{side.key.upper()} ", "$quiet"),
                (f"{side.symbol} ", "bold $accent"),
                (names[side.id].ljust(longest), style),
                (f"{shown.score(side.id):>4}", "bold $accent"),
                ("★" if star else " ", "bold $accent"),
                ((" " * star + mark)[:_MARK].ljust(_MARK + 1), "$secondary"),
            )
        )
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    return Content("\n").join(Content("").join(row) for row in rows)


def accepted_answers(state: State) -> list[str]:
    """Return what was accepted besides the key of the item on show, as people say it."""
    current = state.current
    if current is None:
        return []
    return [
        given(current.item, current.order, response)
        for response in drill_of(state).accepted.get(state.position, ())
    ]


def accepted_options(state: State) -> set[int]:
    """Return the options that were accepted besides the key, of a question with one right option."""
    current = state.current
    if current is None or current.item["kind"] not in ("choice", "true-false"):
        return set()
    return {place for response in drill_of(state).accepted.get(state.position, ()) for place in response}


def standings(state: State) -> Content:
    """Return the order of the teams, with their prize when all is played."""
    lines = [Content.styled("Xếp hạng" if state.phase == "ranking" else "Xếp hạng tạm thời", "bold $accent")]
    shown = shown_state(state)
    level = {side for group in (open_ties(state) if state.phase == "ranking" else []) for side in group}
    names = short_names(state, _LONG_NAME)
    width = max(20, *map(len, names.values())) + 2
    signs = {side.id: side.symbol for side in state.sides}
    for place in ranking(shown):
        prize = f"   {place.prize}" if state.phase == "ranking" and place.side not in level else ""
        note = "   bằng nhau, cần phân định" if place.side in level else "   đã rời" if place.left else ""
        lines.append(
            Content.assemble(
                (f"{place.rank:>3}. ", "bold"),
                f"{signs[place.side]} {names[place.side]}".strip().ljust(width),
                (f"{place.score:>5} điểm", "bold $accent"),
                (prize, "$secondary"),
                (note, "$warning"),
            )
        )
    return Content("\n").join(lines)


def panel(state: State, given: Given) -> Content | None:
    """Return what stands in the place of a question, None while an item is on show."""
    drill = drill_of(state)
    if drill.standings:
        return Content("\n\n").join([standings(state), *_deciding(state, given)])
    if state.phase == "ranking":
        return Content("\n\n").join([_all_played(state), *_deciding(state, given)])
    if state.phase == "ready":
        names = _in_columns([name_of(state, side.id) for side in state.sides])
        rules = state.rules
        about = f"{rules.own_title}: {rules.summary}" if rules.own_title else rules.summary
        return Content.assemble((f"{rules.title}\n", "bold $accent"), (f"{about}\n\n", "$quiet"), names)
    if state.phase == "skipped":
        return Content("Câu này không tính. Mọi câu trả lời cho câu này đã bỏ.")
    if state.phase == "draw":
        return _turn(state, given)
    return None


def _in_columns(names: list[str]) -> str:
    """Return names in two columns where there are many; a name is never broken."""
    if len(names) <= 5:
        return "\n".join(names)
    cells = [one_line(name, 34).ljust(36) for name in names]
    return "\n".join("".join(cells[at : at + 2]).rstrip() for at in range(0, len(cells), 2))


def _all_played(state: State) -> Content:
    """Return who is level; the order itself is kept for the announcement."""
    early = drill_of(state).ended_early
    title = Content.styled(
        f"Hội thi kết thúc sớm: {early}" if early else "Các phần thi đã xong", "bold $accent"
    )
    lines = [
        Content("Bằng nhau, cần phân định: " + ", ".join(name_of(state, side) for side in group))
        for group in open_ties(state)[:1]
    ]
    return Content("\n\n").join([title, *(lines or [Content("Kết quả được công bố từ hạng cuối lên.")])])


def _deciding(state: State, given: Given) -> list[Content]:
    if state.phase != "ranking" or not given.order:
        return []
    return [Content("Thứ tự giám khảo đã chọn: " + ", ".join(name_of(state, side) for side in given.order))]


def _turn(state: State, given: Given) -> Content:
    drill, step, part = drill_of(state), next_step(state), state.current_part
    if drill.turn in drill.left:
        return Content(f"{name_of(state, drill.turn)} đã rời hội thi.")
    title = Content.styled(f"Mời {name_of(state, drill.turn)}", "bold $accent")
    if step.kind != "draw":
        star = "\nĐội đã đặt ngôi sao hy vọng cho câu này ★" if step.position in drill.stars else ""
        value = state.plan[step.position].value if step.position >= 0 else 0
        situation = step.part >= 0 and isinstance(state.rules.parts[step.part], SituationPart)
        ready = "Đội đã bốc được tình huống." if situation else "Đội đã có câu hỏi của mình."
        worth = f"Câu tiếp theo: {value} điểm." if value else ready
        return Content.assemble(title, f"\n\n{worth}{star}")
    if isinstance(part, QuestionPart) and part.play.values:
        free = free_values(state, state.part)
        lines = [
            f"{number}. Câu {value} điểm (còn {free.get(value, 0)})"
            for number, value in enumerate(part.play.values, 1)
        ]
        chosen = ", ".join(str(value) for value in given.values) or "chưa chọn"
        return Content.assemble(title, "\n\n" + "\n".join(lines) + f"\n\nĐã chọn: {chosen}")
    packages = free_packages(state, state.part)
    if packages:
        rest = "Các gói còn lại: " + "  ".join(f"[{number + 1}]" for number in packages)
    else:
        rest = "Bốc thăm tình huống."
    return Content.assemble(title, "\n\n" + rest)


def prompt_text(state: State) -> Content:
    """Return the question or situation on show."""
    current = state.current
    if current is None:
        return Content("")
    item = current.item
    if item["section"] == "situation":
        return Content.assemble((f"{item['title']}\n", "bold $accent"), str(item["prompt"]))
    value = f"({current.value} điểm) " if current.value else ""
    return Content.assemble((value, "bold $accent"), (str(item["prompt"]), "bold"))


def _block(lines: list[str], width: int) -> str:
    """Set short lines side by side."""
    cells = max(Content(line).cell_length for line in lines) + 3
    many = max(1, min(len(lines), (width + 3) // cells))
    rows = [lines[at : at + many] for at in range(0, len(lines), many)]
    return "\n".join("".join(line.ljust(cells) for line in row).rstrip() for row in rows)


def listed(item: Mapping[str, Any], order: tuple[int, ...], width: int = 72) -> str:
    """Return what a question without options shows beside its prompt; never the key.

    Of pairs the left sides are one block and the right sides another: in one row they would read as pairs.
    """
    kind = item["kind"]
    if kind in ("order", "rank"):
        return "\n".join(f"{LETTERS[at]}. {item['items'][index]}" for at, index in enumerate(order))
    if kind == "match":
        left = [f"{at}. {each}" for at, each in enumerate(item["items"], 1)]
        right = [f"{LETTERS[at]}. {item['matches'][index]}" for at, index in enumerate(order)]
        return f"{_block(left, width)}\n\n{_block(right, width)}"
    if kind == "multiple":
        return "Có nhiều đáp án đúng."
    return "" if kind in ("choice", "true-false") else "Các đội trả lời bằng lời hoặc viết bảng."


def situation_facts(state: State) -> list[Fact]:
    """Return how the judges marked the situation on show, once it is revealed."""
    current, part = state.current, state.current_part
    if current is None or not isinstance(part, SituationPart):
        return []
    facts: list[Fact] = []
    for side in participants(state, state.position):
        attempt = state.attempts.get((side, state.position))
        if attempt is None:
            continue
        sheets = state.sheets_of(side, state.position)
        each = [
            str(situation_points([sheet_share(current.item["rubric"], current.item["caps"], sheet)], part)[1])
            for _, sheet in sorted(sheets.items())
        ]
        facts.append(("Giám khảo", "$accent", "  ".join(each)))
        facts.append(("Điểm", "$success", f"{attempt.points} điểm (tối đa {part.points})"))
        if attempt.penalty:
            facts.append(("Quá giờ", "$warning", f"{wording.signed(attempt.penalty)} điểm"))
    return facts


def winners(state: State) -> list[str]:
    """Return a line for each prize for a part."""
    return [
        f"{found.prize}: {', '.join(name_of(state, side) for side in found.sides)} ({found.points} điểm)"
        for found in part_winners(state)
        if found.sides
    ]
