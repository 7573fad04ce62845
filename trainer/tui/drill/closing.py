"""Ending a contest before all is played, and the facilitator's notes for the record."""

from __future__ import annotations

from textual.content import Content

from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import noted_position
from trainer.contest.drill.ending import is_open, left_over, unplayed
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.labels import item_label
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import ConfirmWindow, LineWindow, ask, needs_reason

_NOTE_HINT = "In trong biên bản, không hiện trên máy chiếu · Enter: ghi · Esc: thôi"


async def end_early(screen: Corrections) -> str:
    """Ask nothing more: the ranking comes next, by the points as they are."""
    state = screen.session.state
    hint = "Lý do được in trong biên bản · Enter: tiếp · Esc: thôi"
    reason = await ask(screen, LineWindow("Kết thúc hội thi sớm: lý do?", hint, needs_reason))
    if reason is None:
        return ""
    lines = left_over(state, unplayed(state), lambda side: name_of(state, side))
    if is_open(state):
        lines.append(f"{item_label(state, state.position).capitalize()} đang hỏi dở: không tính điểm")
    body = Content.assemble(
        "Không hỏi gì nữa; xếp hạng theo điểm đang có, rồi công bố như thường.\n\n",
        ("\n".join(lines) or "Mọi phần đã thi xong.", "$warning" if lines else ""),
    )
    if not await ask(screen, ConfirmWindow("Kết thúc hội thi tại đây?", body)):
        return ""
    return screen.hand(lambda at: dc.EndEarly(at, reason), f"Hội thi kết thúc sớm ({reason}).")


async def add_note(screen: Corrections) -> str:
    """Keep a remark in the record."""
    state = screen.session.state
    position = noted_position(state)
    about = item_label(state, position) if position >= 0 else "buổi thi"

    def wrong(text: str) -> str:
        return "" if text else "Bạn hãy gõ điều cần ghi, hoặc nhấn Esc."

    text = await ask(screen, LineWindow(f"Ghi chú về {about}", _NOTE_HINT, wrong))
    return "" if text is None else screen.hand(lambda at: dc.AddNote(at, text), f"Đã ghi chú: {text}")
