"""Objections of the teams: noted until the next question opens, decided when the judges have spoken."""

from __future__ import annotations

from textual.content import Content

from trainer.contest.drill import commands as dc
from trainer.contest.drill.amending import answered_by, may_appeal, open_appeals, shown_questions
from trainer.contest.drill.state import Objection
from trainer.contest.drill.taking_part import drill_of, question_part
from trainer.contest.state import State
from trainer.text import one_line
from trainer.tui.drill import amends
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.labels import item_label, side_choices
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import Choice, LineWindow, PickWindow, ask, needs_reason


async def appeal(screen: Corrections) -> str:
    """Note an objection: which team, why."""
    state = screen.session.state
    sides = may_appeal(state)
    if not sides:
        return "Chỉ ghi khiếu nại sau khi chốt một câu và trước khi mở câu tiếp theo."
    about = item_label(state, drill_of(state).opened[-1])
    picked = await ask(screen, PickWindow(f"Khiếu nại {about} · đội nào?", side_choices(state, sides)))
    if picked is None:
        return ""
    side = sides[picked]
    reason = await ask(
        screen,
        LineWindow(
            f"{name_of(state, side)} khiếu nại {about}: nội dung?",
            "Ví dụ: đáp án B cũng đúng theo Điều 5 · Enter: ghi · Esc: thôi",
            needs_reason,
        ),
    )
    if reason is None:
        return ""
    return screen.hand(
        lambda at: dc.Appeal(at, side, reason),
        f"Đã ghi khiếu nại của {name_of(state, side)}. Khi ban giám khảo quyết: M rồi 2.",
    )


async def decide(screen: Corrections) -> str:
    """Note what became of an objection."""
    state = screen.session.state
    waiting = open_appeals(state)
    index: int | None = 0
    if len(waiting) > 1:
        lines = [
            Choice(
                str(number % 10),
                f"{name_of(state, each.side)} · {item_label(state, each.position)}: {each.reason}",
            )
            for number, each in enumerate(waiting[:10], 1)
        ]
        index = await ask(screen, PickWindow("Giải quyết khiếu nại nào?", lines))
    if index is None or not waiting:
        return ""
    found = waiting[index]
    who = f"{name_of(state, found.side)} · {item_label(state, found.position)}"
    verdict = await ask(
        screen,
        PickWindow(
            f"{who}: {one_line(found.reason, 90)}",
            [Choice("1", "Chấp nhận khiếu nại"), Choice("2", "Không chấp nhận")],
        ),
    )
    if verdict is None:
        return ""
    upheld = verdict == 0
    reason = await ask(
        screen,
        LineWindow(
            "Chấp nhận khiếu nại: lý do?" if upheld else "Không chấp nhận: lý do?",
            "Lý do được in trong biên bản · Enter: ghi · Esc: thôi",
            needs_reason,
        ),
    )
    if reason is None:
        return ""
    word = "được chấp nhận" if upheld else "không được chấp nhận"
    said = screen.hand(
        lambda at: dc.DecideAppeal(at, found.side, found.position, upheld, reason),
        f"Khiếu nại của {name_of(state, found.side)} {word}.",
    )
    decided = drill_of(screen.session.state).appeals != drill_of(state).appeals
    return await _settle(screen, found, reason, said) if upheld and decided else said


async def _settle(screen: Corrections, found: Objection, reason: str, said: str) -> str:
    """Offer the two ways to put the points right after an objection was upheld, with its reason."""
    state = screen.session.state
    who, about = name_of(state, found.side), item_label(state, found.position)
    if question_part(state, found.position) is None:
        return f"{said} Điểm giữ nguyên; muốn đổi điểm: M rồi 5."
    if found.position not in shown_questions(state):
        return f"{said} Điểm giữ nguyên; khi đã hiện đáp án, muốn đổi điểm: M rồi 3 hoặc 4."
    answered = found.side in answered_by(state, found.position)
    picked = await ask(
        screen,
        PickWindow(
            f"Khiếu nại {about} được chấp nhận. Đổi điểm thế nào?",
            [
                Choice("", "Công nhận đáp án khác, tính đúng cho mọi đội đã chọn"),
                Choice("r", f"Chấm lại {who}", "" if answered else "đội không trả lời câu này"),
            ],
            "Enter: đáp án khác · R: chấm lại đội này · Esc: giữ nguyên điểm",
        ),
    )
    if picked is None:
        return f"{said} Điểm giữ nguyên; muốn đổi điểm: M rồi 3 hoặc 4."
    if picked:
        done = await amends.overrule_at(screen, found.side, found.position, reason)
    else:
        done = await amends.accept_at(screen, found.position, reason)
    return done or f"{said} Điểm giữ nguyên; muốn đổi điểm: M rồi 3 hoặc 4."


def reminder(state: State) -> Content:
    """Return the line that keeps open objections in mind, empty when there are none."""
    waiting = open_appeals(state)
    if not waiting:
        return Content("")
    each = ", ".join(f"{name_of(state, one.side)} ({item_label(state, one.position)})" for one in waiting[:3])
    more = f" và {len(waiting) - 3} khiếu nại nữa" if len(waiting) > 3 else ""
    return Content.assemble(
        ("⚑ Khiếu nại đang chờ: ", "bold $warning"), each, more, (" · M 2: giải quyết", "$quiet")
    )
