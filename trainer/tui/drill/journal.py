"""The record of the running drill: every decision and correction so far, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest import events as e
from trainer.contest.drill import events as d
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.events import Event
from trainer.contest.state import State
from trainer.errors import HistoryError
from trainer.exchange.result_log import DECISIONS, judge_name, moment, sides_of, told
from trainer.text import one_line
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.labels import item_labels
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import Window, ask

_MOST = 400
"""Lines shown; the sheet (biên bản) has them all."""


_STEPS: dict[type, str] = {
    e.ItemOpened: "mở",
    e.ItemClosed: "chốt",
    d.TurnBegan: "đến lượt",
    d.Returned: "trở về câu đang hỏi",
    e.ContestFinished: "kết thúc hội thi",
}
"""What a step of the stage is called, by the event that tells it best."""


class Line(NamedTuple):
    """One decision.

    Attributes:
        what: In words, with team and item.
        reason: As it was given, "".
        correction: Whether it changed what stood before.
        undone: Whether it was taken back later.
    """

    when: str
    what: str
    reason: str
    correction: bool
    undone: bool


def lines_of(events: Sequence[Event], state: State) -> list[Line]:
    """Return all decisions, the latest first; nothing about a result that the room has not seen."""
    starts = [event for event in events if isinstance(event, e.ClockTied)]
    labels = item_labels(state)
    spoken = {each.place: each for each in told(events)}
    kept = _kept(events)
    found: list[Line] = []

    def add(event: Event, what: str, reason: str, correction: bool, undone: bool) -> None:
        sides = ", ".join(name_of(state, side) for side in sides_of(event))
        position = getattr(event, "position", None)
        item = "" if position is None else labels.get(position, "")
        text = " · ".join(part for part in (what, sides, item) if part)
        text = text[:1].upper() + text[1:]
        found.append(Line(moment(starts, event.at)[:8], text, reason, correction, undone))

    for index, event in enumerate(events):
        if index in spoken:
            each = spoken[index]
            hidden = _hidden(event, state)
            add(event, "sửa điều vừa ghi" if hidden else each.what, each.reason, True, each.undone)
        elif isinstance(event, d.Decided):
            after = events[index + 1 : _end(events, index)]
            if any(at in spoken for at in range(index + 1, index + 1 + len(after))):
                continue  # its correction says more
            about = next((one for one in after if type(one) in _STEPS), after[0] if after else event)
            word = DECISIONS.get(event.what, event.what)
            if event.what == "advance":
                word = _STEPS.get(type(about), word)
            elif isinstance(about, e.Marked):
                word = _mark(about, state, hidden=_hidden(about, state))
            add(about, word, "", False, index not in kept)
    return found[::-1]


def _end(events: Sequence[Event], index: int) -> int:
    """Return where the events of a decision end."""
    at = index + 1
    while (
        at < len(events)
        and events[at].at == events[index].at
        and not isinstance(events[at], d.Decided | d.Undone | e.ClockTied)
    ):
        at += 1
    return at


def _kept(events: Sequence[Event]) -> set[int]:
    kept: list[int] = []
    for index, event in enumerate(events):
        if isinstance(event, d.Undone):
            del kept[event.keep :]
        kept.append(index)
    return set(kept)


def _mark(event: e.Marked, state: State, *, hidden: bool) -> str:
    """Return who gave which criterion how many points; the points once they are announced."""
    line = state.plan[event.position].item["rubric"][event.criterion]
    points = f"{round(event.share * line['points'], 2):g}".replace(".", ",")
    given = "" if hidden else f": {points}/{line['points']} điểm"
    return f"{judge_name(event.judge)} chấm “{line['title']}”{given}"


def _hidden(event: Event, state: State) -> bool:
    """Tell whether the words would tell a result before its time."""
    if not isinstance(event, e.Answered | d.Repriced | e.Marked):
        return False
    return state.running and event.position not in drill_of(state).revealed


class JournalWindow(Window[None]):
    """The decisions, scrolled by ↑ ↓."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "close", "Đóng")]

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Title, lines, hint."""
        with Vertical(classes="window -choices"):
            yield Static("Bản ghi · mới nhất trước", classes="title")
            with VerticalScroll(id="lines"):
                yield Static(self._text())
            more = len(self._lines) - _MOST
            rest = f" · {more} dòng cũ hơn có trong biên bản" if more > 0 else ""
            yield Static(f"↑ ↓: cuộn · Enter hoặc Esc: đóng{rest}", classes="hint")

    def _text(self) -> Content:
        if not self._lines:
            return Content("Chưa có quyết định nào.")
        shown = []
        for line in self._lines[:_MOST]:
            style = "$quiet" if line.undone else "bold" if line.correction else ""
            reason = f" ({one_line(line.reason, 120)})" if line.reason else ""
            shown.append(
                Content.assemble(
                    (f"{line.when}  ", "$quiet"),
                    (line.what, style),
                    (reason, "$secondary"),
                    (" · đã rút lại" if line.undone else "", "$warning"),
                )
            )
        return Content("\n").join(shown)

    def action_close(self) -> None:
        """Close the window."""
        self.close_by("enter", None)


async def show(screen: Corrections) -> str:
    """Show the record."""
    state = screen.session.state
    try:
        events = screen.trainer.services.store.events(state.contest)
    except HistoryError as error:
        return str(error)
    await ask(screen, JournalWindow(lines_of(events, state)))
    return ""
