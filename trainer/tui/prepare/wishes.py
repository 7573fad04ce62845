"""What a facilitator wishes for the evening, in words: minutes typed, topics ticked, what comes of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.bank.bank import Bank
from trainer.contest.evening.draft import Draft, tally
from trainer.contest.evening.timing import whole_minutes
from trainer.errors import UsageError
from trainer.text import one_line

_MINUTES = re.compile(r"(\d{1,4})\s*(?:phút|phut|ph|p|')?\.?", re.I)
_HOURS = re.compile(r"(\d{1,2})\s*(?:giờ|gio|h|g)\s*(?:(\d{1,2})\s*(?:phút|phut|ph|p|')?)?", re.I)
MOST_MINUTES = 1000


def minutes_from(text: str) -> int | None:
    """Read “45 phút”, “45”, “1 giờ 30”; None for nothing.

    Raises:
        UsageError: It is no number of minutes.
    """
    text = text.strip()
    if not text:
        return None
    hours, plain = _HOURS.fullmatch(text), _MINUTES.fullmatch(text)
    minutes = int(hours[1]) * 60 + int(hours[2] or 0) if hours else int(plain[1]) if plain else 0
    if not 1 <= minutes <= MOST_MINUTES:
        raise UsageError(
            f"Thời gian “{one_line(text, 20)}” chưa đúng. Bạn hãy ghi số phút, ví dụ 45, hoặc để trống."
        )
    return minutes


def contents(draft: Draft) -> str:
    """Return what a set holds."""
    questions, situations, spare = tally(draft)
    parts = [
        f"{count} {what}" for count, what in ((questions, "câu hỏi"), (situations, "tình huống")) if count
    ]
    parts += [f"{spare} dự phòng"] if spare else []
    return ", ".join(parts) or "chưa có câu nào"


def in_words(draft: Draft) -> str:
    """Return what a set holds and how long it takes, in a line."""
    time = draft.time
    return (
        f"{draft.sides} đội: {contents(draft)} · khoảng {whole_minutes(time.usual_s)} phút "
        f"(từ {whole_minutes(time.least_s)} đến {whole_minutes(time.most_s)})"
    )


class TopicsDialog(ModalScreen[tuple[str, ...] | None]):
    """Tick topics; none ticked means all."""

    CSS_PATH = "../dialogs.tcss"
    AUTO_FOCUS = "#topics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Xong", priority=True),
        Binding("space", "tick", "Chọn", priority=True),
        Binding("escape", "cancel", "Thôi"),
    ]

    topics = getters.query_one("#topics", OptionList)

    def __init__(self, bank: Bank, chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._bank, self._ticked = bank, {*chosen}
        self._counts = Counter(entry.topic for entry in bank.entries("question"))
        self._names = [topic for topic in bank.topics if topic in self._counts]

    def compose(self) -> ComposeResult:
        """A list of topics with how many questions each has."""
        with Vertical(classes="window"):
            yield Static("Chủ đề của buổi thi (không chọn gì: mọi chủ đề)", classes="title")
            yield OptionList(*(Option(self._row(topic)) for topic in self._names), id="topics", markup=False)
            yield Static("Cách: chọn, bỏ chọn · Enter: xong · Esc: thôi", classes="hint")

    def _row(self, topic: str) -> Content:
        ticked = topic in self._ticked
        return Content.assemble(
            ("✓ " if ticked else "· ", "bold $accent" if ticked else "$quiet"),
            (one_line(self._bank.topics[topic], 56), "bold" if ticked else ""),
            (f"  {self._counts[topic]} câu", "$quiet"),
        )

    def action_tick(self) -> None:
        """Tick the highlighted topic, or take its tick away."""
        at = self.topics.highlighted
        if at is not None:
            self._ticked ^= {self._names[at]}
            self.topics.replace_option_prompt_at_index(at, self._row(self._names[at]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click ticks."""
        event.stop()
        self.action_tick()

    def action_done(self) -> None:
        """Keep what is ticked, in the bank's order."""
        self.dismiss(tuple(topic for topic in self._names if topic in self._ticked))

    def action_cancel(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)
