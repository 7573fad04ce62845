"""The contests of several teams that were held: open one again, or go on with it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DataTable, Static

from trainer.errors import TrainerError
from trainer.history.halls import HallRow, halls
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.drill.report import STATUS, show_report
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_TITLE = 24
_BESIDE = 4 * 2 + 2
"""Columns of the paddings and the scrollbar."""


class ContestsScreen(TrainerScreen):
    """A table of contests, newest first."""

    CSS_PATH = "contests.tcss"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Về lịch sử"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển"),
        ("Enter", "Mở kết quả của cả hội thi; hội thi còn dở thì làm tiếp"),
        ("Esc", "Về lịch sử"),
    )

    table = getters.query_one("#table", DataTable)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[HallRow] = []

    def compose(self) -> ComposeResult:
        """Head, table, next key."""
        head = HeadLine(id="head")
        head.left = "Hội thi nhiều đội"
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield DataTable(id="table", cursor_type="row", zebra_stripes=False)
        yield NextKey("open", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the newest contests."""
        self._rows = halls(self.trainer.services.store.connection)
        empty, next_key = self.query_one("#empty", Static), self.query_one("#next", NextKey)
        self.table.display, empty.display = bool(self._rows), not self._rows
        if not self._rows:
            empty.update("Chưa có hội thi nào. Gõ “danvan drill” để mở một hội thi.")
            next_key.say("Esc: về lịch sử")
            return
        self.table.add_columns("Ngày", "Luật thi", "Tình trạng", "Các đội")
        made = [
            (
                wording.local_time(row.started),
                one_line(row.title, _TITLE),
                STATUS.get(row.status, row.status),
                f"{len(row.names)}: {', '.join(row.names)}",
            )
            for row in self._rows
        ]
        beside = sum(max(len(row[at]) for row in made) for at in range(3))
        room = max(12, min(self.app.size.width, 130) - 4 - beside - _BESIDE)
        for *first, names in made:
            self.table.add_row(*map(Text, (*first, one_line(names, room))))
        self.table.focus()
        self._say_next()

    def _say_next(self) -> None:
        running = self._rows[max(0, min(self.table.cursor_row, len(self._rows) - 1))].status == "running"
        word = "làm tiếp hội thi" if running else "mở kết quả hội thi"
        self.query_one("#next", NextKey).say(f"Enter: {word}")

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Say what Enter does with this contest."""
        event.stop()
        if self._rows:
            self._say_next()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open a contest, or go on with it."""
        event.stop()
        row = self._rows[event.cursor_row]
        if row.status == "running":
            self.trainer.resume(row.contest)
            return
        try:
            show_report(self.trainer, row.contest, "contests")
        except TrainerError as error:
            self.trainer.tell(str(error))

    def action_open(self) -> None:
        """Open the contest under the cursor."""
        if self._rows:
            self.table.action_select_cursor()

    def action_back(self) -> None:
        """Show the history."""
        self.trainer.go("history")
