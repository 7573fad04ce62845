"""Ending a contest before all is played, level sides without another question, notes for the record."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import noted_position
from trainer.contest.drill.ending import is_open, left_over, unplayed
from trainer.contest.drill.ranking import open_ties
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.state import State
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.labels import capital, item_label, side_choices
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import Choice, ConfirmWindow, LineWindow, PickWindow, ask, needs_reason

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
        lines.append(f"{capital(item_label(state, state.position))} đang hỏi dở: không tính điểm")
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


async def settle(screen: Corrections) -> str:
    """Put level sides in order without another question: by the judges, by lot; or leave them level and end."""
    state = screen.session.state
    group = open_ties(state)[0]
    names = ", ".join(name_of(state, side) for side in group)
    lines = [
        Choice("1", "Giám khảo xếp thứ tự"),
        Choice("2", "Bốc thăm thứ tự"),
        Choice("3", "Để đồng hạng, kết thúc và công bố"),
    ]
    picked = await ask(screen, PickWindow(f"Bằng nhau: {names}", lines))
    if picked == 0:
        order = await _order(screen, group)
        if order is None:
            return ""
        named = _in_order(state, order)
        if not await ask(screen, ConfirmWindow("Ghi thứ tự giám khảo xếp?", Content(named))):
            return ""
        return screen.hand(lambda at: dc.DecideRank(at, order), f"Giám khảo xếp: {named}.")
    if picked == 1:
        body = Content(f"Máy bốc thăm thứ tự của {names}.")
        if not await ask(screen, ConfirmWindow("Bốc thăm?", body)):
            return ""
        said = screen.hand(lambda at: dc.DecideRank(at, group, "lot"), "Đã bốc thăm")
        return (
            said
            if ":" in said
            else f"{said}: {_in_order(state, drill_of(screen.session.state).decided[-1])}."
        )
    if picked == 2:
        waiting = sum(each.upheld is None for each in drill_of(state).appeals)
        appeals = f"\nCòn {waiting} khiếu nại chưa giải quyết (M rồi 2)." if waiting else ""
        body = Content.assemble(
            "Các đội bằng nhau chung một hạng và cùng được giải của hạng ấy.", (appeals, "$warning")
        )
        if await ask(screen, ConfirmWindow("Để đồng hạng và kết thúc?", body)):
            screen.hand(lambda at: dc.AddNote(at, f"Để đồng hạng: {names}"), "")
            return screen.hand(c.Advance, "")
    return ""


def _in_order(state: State, order: Sequence[str]) -> str:
    return ", rồi ".join(name_of(state, side) for side in order)


async def _order(screen: Corrections, group: tuple[str, ...]) -> tuple[str, ...] | None:
    """Ask for the sides one after the other, the best first; None: the facilitator thought better of it."""
    order: list[str] = []
    while len(order) + 1 < len(group):
        rest = [side for side in group if side not in order]
        title = f"Đội nào xếp {'trên cùng' if not order else 'tiếp theo'}?"
        picked = await ask(screen, PickWindow(title, side_choices(screen.session.state, rest)))
        if picked is None:
            return None
        order.append(rest[picked])
    return (*order, *(side for side in group if side not in order))
