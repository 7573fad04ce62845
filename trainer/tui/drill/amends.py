"""What puts results right in the running drill: another answer, a judgement, points, a team that leaves, a rescue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.amending import (
    answered_by,
    may_return,
    open_appeals,
    outcome,
    refusal,
    shown_questions,
)
from trainer.contest.drill.taking_part import drill_of, present, question_part
from trainer.contest.refusal import RefusedError
from trainer.contest.responses import given, right_positions, shown_options
from trainer.contest.state import Attempt, State
from trainer.text import one_line
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.labels import capital, item_choices, item_label, moves, side_choices
from trainer.tui.drill.refusals import sentence
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import (
    Choice,
    ConfirmWindow,
    LineWindow,
    PickWindow,
    TickWindow,
    ask,
    needs_reason,
)
from trainer.tui.widgets.answering import LETTERS
from trainer.tui.wording import signed

_HINT = "Lý do được in trong biên bản · Enter: tiếp · Esc: thôi"


async def _which_item(screen: Corrections, title: str) -> int | None:
    state = screen.session.state
    positions = shown_questions(state)
    picked = await ask(screen, PickWindow(title, item_choices(state, positions)))
    return None if picked is None else positions[picked]


async def _confirmed(
    screen: Corrections, title: str, head: str, make: Callable[[int], c.Command], done: str
) -> str:
    """Say who moves by how many points; Enter then records it."""
    state = screen.session.state
    try:
        moved = outcome(state, make(screen.session.now))
    except RefusedError as refused:
        return sentence(refused.code)
    body = Content.assemble(head, "\n\n", moves(state, moved))
    return screen.hand(make, done) if await ask(screen, ConfirmWindow(title, body)) else ""


def _objection(state: State, position: int) -> str:
    """Return what an open appeal about an item says, to begin the reason with."""
    return next((each.reason for each in open_appeals(state) if each.position == position), "")


# --- another answer ------------------------------------------------------------------------------


async def accept(screen: Corrections) -> str:
    """Let another response count as right for everybody."""
    position = await _which_item(screen, "Công nhận đáp án khác · câu nào?")
    return "" if position is None else await accept_at(screen, position)


async def accept_at(screen: Corrections, position: int, because: str = "") -> str:
    """Let another response to this question count as right; the reason begins with `because`."""
    state = screen.session.state
    planned, about = state.plan[position], item_label(state, position)
    response = await (_letters if "options" in planned.item else _text)(screen, position)
    if response is None:
        return ""
    shown = one_line(given(planned.item, planned.order, response), 160)
    reason = await ask(
        screen,
        LineWindow(
            f"Công nhận “{one_line(shown, 80)}”: lý do?",
            _HINT,
            needs_reason,
            because or _objection(state, position),
        ),
    )
    if reason is None:
        return ""
    none = all(state.attempts[side, position].response in ((), None) for side in answered_by(state, position))
    head = f"{capital(about)}: “{shown}” cũng được tính là đúng, cho mọi đội."
    if none:
        head += (
            "\nCâu này các đội trả lời bằng lời hoặc bảng, máy không ghi chữ: "
            "đội nào đã trả lời như vậy, bạn chấm lại bằng M rồi 4."
        )
    return await _confirmed(
        screen,
        "Công nhận đáp án khác?",
        head,
        lambda at: dc.Accept(at, position, response, reason),
        f"Đã công nhận “{one_line(shown, 60)}” ở {about}.",
    )


async def _letters(screen: Corrections, position: int) -> tuple[int, ...] | None:
    """Ask for an option, or for a set of them."""
    state = screen.session.state
    planned = state.plan[position]
    options = shown_options(planned.item, planned.order)
    right = right_positions(planned.item, planned.order)
    several = planned.item["kind"] == "multiple"
    lines = [
        Choice(
            LETTERS[at].lower(),
            Content.assemble(one_line(text, 64), ("   đáp án" if at in right else "", "$success")),
            "" if several or at not in right else "đã là đáp án",
        )
        for at, text in enumerate(options)
    ]
    about = item_label(state, position)
    if not several:
        picked = await ask(
            screen, PickWindow(f"{capital(about)} · phương án nào cũng được tính đúng?", lines)
        )
        return None if picked is None else (picked,)
    note = "Chọn đúng bộ phương án được công nhận."
    return await ask(screen, TickWindow(f"{capital(about)} · bộ nào cũng được tính đúng?", lines, (), note))


def typed_response(kind: str, blanks: int, text: str) -> Any:
    """Return a response in the form that the engine wants, None when the text has not that form."""
    if kind in ("order", "rank", "match"):
        letters = [letter for letter in text.casefold() if letter.isalpha()]
        places = tuple(LETTERS.casefold().find(letter) for letter in letters)
        return places if places and min(places) >= 0 else None
    if kind in ("cloze", "misquote"):
        parts = tuple(part.strip() for part in text.replace("->", ";").replace("→", ";").split(";"))
        return parts if len(parts) == blanks and all(parts) else None
    return text or None


async def _text(screen: Corrections, position: int) -> Any:
    """Ask for a typed response."""
    state = screen.session.state
    item = state.plan[position].item
    kind = item["kind"]
    blanks = 2 if kind == "misquote" else len(item.get("answers", ()))
    hints = {
        "order": "Gõ các chữ cái theo thứ tự, ví dụ: B A D C",
        "rank": "Gõ các chữ cái theo thứ tự, ví dụ: B A D C",
        "match": "Gõ chữ cái nối với dòng 1, 2, 3…, ví dụ: B A C",
        "misquote": "Gõ: chữ sai -> chữ đúng",
        "cloze": f"Gõ {blanks} chỗ trống, cách nhau bằng dấu chấm phẩy"
        if blanks > 1
        else "Gõ chữ ở chỗ trống",
    }

    def wrong(text: str) -> str:
        response = typed_response(kind, blanks, text)
        if response is None:
            return "Chưa đúng dạng. " + hints.get(kind, "Bạn hãy gõ câu trả lời.")
        code = refusal(state, dc.Accept(state.at, position, response))
        return sentence(code) if code else ""

    about = item_label(state, position)
    hint = f"{hints.get(kind, 'Gõ câu trả lời được công nhận')} · Enter: tiếp · Esc: thôi"
    text = await ask(
        screen, LineWindow(f"{capital(about)} · câu trả lời nào cũng được tính đúng?", hint, wrong)
    )
    return None if text is None else typed_response(kind, blanks, text)


# --- a judgement of one team ---------------------------------------------------------------------


def result_words(state: State, side: str, position: int) -> str:
    """Return how a side's answer to a question stands: “B. …, đúng, +10 đ”."""
    attempt: Attempt = state.attempts[side, position]
    planned = state.plan[position]
    said = one_line(given(planned.item, planned.order, attempt.response), 18) if attempt.response else ""
    if attempt.code == "empty" and attempt.share <= 0:
        word = "chưa trả lời"
    else:
        word = "đúng" if attempt.share >= 1 else f"đúng {attempt.share:.0%}" if attempt.share > 0 else "sai"
    return ", ".join(part for part in (said, word, f"{signed(attempt.points)} đ") if part)


async def overrule(screen: Corrections) -> str:
    """Judge one team's answer to a question that is over anew."""
    position = await _which_item(screen, "Chấm lại · câu nào?")
    if position is None:
        return ""
    state = screen.session.state
    about, sides = item_label(state, position), answered_by(state, position)
    if not sides:
        return f"Không đội nào trả lời {about}."
    notes = {side: result_words(state, side, position) for side in sides}
    picked = await ask(screen, PickWindow(f"Chấm lại {about} · đội nào?", side_choices(state, sides, notes)))
    if picked is None:
        return ""
    return await overrule_at(screen, sides[picked], position)


async def overrule_at(screen: Corrections, side: str, position: int, because: str = "") -> str:
    """Judge this team's answer anew; the reason begins with `because`."""
    state = screen.session.state
    about, was = item_label(state, position), result_words(state, side, position)
    share = await _share(screen, side, position)
    if share is None:
        return ""
    reason = await ask(
        screen,
        LineWindow(
            f"Chấm lại {name_of(state, side)} ở {about}: lý do?",
            _HINT,
            needs_reason,
            because or _objection(state, position),
        ),
    )
    if reason is None:
        return ""
    back = share < 0
    word = (
        "trở về kết quả ban đầu"
        if back
        else "đúng"
        if share >= 1
        else "sai"
        if share <= 0
        else f"đúng {share:.0%}"
    )

    def make(at: int) -> c.Command:
        return c.Overrule(at, side, position, reason, back, max(0.0, share))

    return await _confirmed(
        screen,
        "Chấm lại?",
        f"{name_of(state, side)}, {about}: {was} → {word}.",
        make,
        f"Đã chấm lại {name_of(state, side)} ở {about}: {word}.",
    )


def _asks(state: State, side: str, position: int) -> str:
    was = result_words(state, side, position)
    return f"{name_of(state, side)}, {item_label(state, position)} ({was}): kết quả mới?"


async def _share(screen: Corrections, side: str, position: int) -> float | None:
    """Ask for the new result: 1 right, 0 wrong, between: a part; -1: as it was judged at first."""
    attempt = screen.session.state.attempts[side, position]

    def off(share: float) -> str:
        return "đang là kết quả này" if attempt.share == share else ""

    lines = [
        Choice("1", "Đúng", off(1.0)),
        Choice("2", "Sai", off(0.0)),
        Choice("3", "Đúng một nửa", off(0.5)),
        Choice("4", "Đúng một phần khác (gõ phần trăm)"),
    ]
    if attempt.overruled is not None:
        lines.append(Choice("5", "Trở về kết quả ban đầu, bỏ lần chấm lại trước"))
    picked = await ask(screen, PickWindow(_asks(screen.session.state, side, position), lines))
    if picked is None or picked != 3:
        return None if picked is None else (1.0, 0.0, 0.5, 0.0, -1.0)[picked]

    def wrong(text: str) -> str:
        number = text.rstrip("% ")
        fits = number.isascii() and number.isdigit() and 0 < int(number[:4]) < 100
        return "" if fits else "Cần một số từ 1 đến 99, ví dụ 75."

    text = await ask(
        screen, LineWindow("Đúng bao nhiêu phần trăm?", "Từ 1 đến 99 · Enter: tiếp · Esc: thôi", wrong)
    )
    return None if text is None else int(text.rstrip("% ")) / 100


# --- points, teams, the floor --------------------------------------------------------------------


async def change_score(screen: Corrections) -> str:
    """Give or take points: which team, how many, why."""
    state = screen.session.state
    sides = [side.id for side in state.sides]
    picked = await ask(screen, PickWindow("Cộng hoặc trừ điểm · đội nào?", side_choices(state, sides)))
    if picked is None:
        return ""
    side = sides[picked]

    def parsed(text: str) -> tuple[int, str]:
        number, _, reason = one_line(text, 300).replace("−", "-").partition(" ")
        digits = number[1:] if number[:1] in "+-" else number
        points = int(number) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0
        return points, reason.strip()

    def wrong(text: str) -> str:
        points, reason = parsed(text)
        if not points:
            return "Bắt đầu bằng số điểm (+ hoặc −), rồi đến lý do. Ví dụ: +5 trả lời bổ sung."
        if not reason:
            return "Cần ghi cả lý do sau số điểm: lý do được in trong biên bản."
        code = refusal(state, dc.ChangeScore(state.at, side, points, reason))
        return "Mỗi lần cộng hoặc trừ nhiều nhất 1000 điểm." if code == "no-such-item" else ""

    text = await ask(
        screen,
        LineWindow(
            f"{name_of(state, side)}: bao nhiêu điểm, vì sao?",
            "Gõ số điểm rồi lý do, ví dụ: +5 trả lời bổ sung · Enter: ghi · Esc: thôi",
            wrong,
        ),
    )
    if text is None:
        return ""
    points, reason = parsed(text)
    before = screen.session.state.score(side)
    said = screen.hand(
        lambda at: dc.ChangeScore(at, side, points, reason),
        f"{name_of(state, side)}: {signed(points)} điểm ({reason}).",
    )
    after = screen.session.state.score(side)
    lifted = said and after - before != points and after == 0
    return f"{said} Điểm của đội không xuống dưới 0, nên từ {before} còn 0." if lifted else said


async def leave(screen: Corrections) -> str:
    """Let a team go, after a question."""
    state = screen.session.state
    sides = present(state)
    picked = await ask(screen, PickWindow("Đội rời hội thi · đội nào?", side_choices(state, sides)))
    if picked is None:
        return ""
    side = sides[picked]
    reason = await ask(screen, LineWindow(f"{name_of(state, side)} rời hội thi: lý do?", _HINT, needs_reason))
    if reason is None:
        return ""
    body = Content(
        f"{name_of(state, side)} không được hỏi nữa, đứng sau các đội còn lại và không nhận giải. "
        f"Câu trả lời và điểm đã có vẫn nằm trong biên bản.\nLý do: {reason}"
    )
    if not await ask(screen, ConfirmWindow(f"Cho {name_of(state, side)} rời hội thi?", body)):
        return ""
    return screen.hand(
        lambda at: dc.Leave(at, side, reason), f"{name_of(state, side)} đã rời hội thi ({reason})."
    )


async def rescue(screen: Corrections) -> str:
    """Choose which teams come back to the floor."""
    state = screen.session.state
    sides = may_return(state)
    part = question_part(state, state.position)
    if not sides or part is None:
        return "Lúc này chưa cứu trợ được."
    used = sum(state.plan[at].part == state.plan[state.position].part for at, _ in drill_of(state).rescues)
    note = f"Luật cho {part.play.rescues} lần cứu trợ, đây là lần {used + 1}. Bỏ dấu những đội không trở lại."
    ticked = await ask(
        screen,
        TickWindow("Cứu trợ · đội nào trở lại sàn?", side_choices(state, sides), range(len(sides)), note),
    )
    if ticked is None:
        return ""
    chosen = tuple(sides[at] for at in ticked)
    names = ", ".join(name_of(state, side) for side in chosen)
    return screen.hand(lambda at: dc.Rescue(at, chosen), f"Trở lại sàn: {names}.")
