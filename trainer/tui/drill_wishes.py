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
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from trainer.bank.bank import Bank
from trainer.contest.evening import Draft, tally
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


def rounded(seconds: int) -> int:
    """Return whole minutes, one at least."""
    return max(1, round(seconds / 60))


def in_words(draft: Draft) -> str:
    """Return what a set holds and how long it takes, in a line."""
    questions, situations, spare = tally(draft)
    parts = [
        f"{count} {what}" for count, what in ((questions, "câu hỏi"), (situations, "tình huống")) if count
    ]
    parts += [f"{spare} câu dự phòng"] if spare else []
    time = draft.time
    return (
        f"{draft.sides} đội: {', '.join(parts) or 'chưa có câu nào'} · khoảng {rounded(time.usual_s)} phút "
        f"(nhanh nhất {rounded(time.least_s)}, lâu nhất {rounded(time.most_s)})"
    )


class TopicsDialog(ModalScreen[tuple[str, ...] | None]):
    """Tick topics; none ticked means all."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS = "#topics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Xong", priority=True),
        Binding("escape", "cancel", "Thôi"),
    ]

    topics = getters.query_one("#topics", SelectionList)

    def __init__(self, bank: Bank, chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._bank, self._chosen = bank, chosen

    def compose(self) -> ComposeResult:
        """A list of topics with how many questions each has."""
        counts = Counter(entry.topic for entry in self._bank.entries("question"))
        with Vertical(classes="window"):
            yield Static("Chủ đề của buổi thi", classes="title")
            yield SelectionList[str](
                *(
                    Selection(
                        Content.assemble(
                            one_line(self._bank.topics.get(topic, topic), 54), (f"  {count} câu", "$quiet")
                        ),
                        topic,
                        topic in self._chosen,
                    )
                    for topic, count in counts.items()
                ),
                id="topics",
            )
            yield Static(
                "Cách: chọn, bỏ chọn · Enter: xong (không chọn gì: mọi chủ đề) · Esc: thôi", classes="hint"
            )

    def action_done(self) -> None:
        """Keep what is ticked, in the bank's order."""
        ticked = {*self.topics.selected}
        self.dismiss(tuple(topic for topic in self._bank.topics if topic in ticked))

    def action_cancel(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)
