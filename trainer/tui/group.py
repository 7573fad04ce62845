"""The group's picture: players and teams side by side, by topic, and what to drill next."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from trainer.exchange.group_table import FEW, share, short_name
from trainer.history.intervals import NAME
from trainer.history.statistics import TopicRow, group, most_active
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.services import RoundRequest
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_FIXED, _NAME = 56, 12
"""Columns for topics and the whole group; columns of a player."""


class GroupScreen(TrainerScreen):
    """A table of topics by players; the topic that the group misses most surely comes first."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn chủ đề"),
        ("Enter", "Luyện chủ đề đang chọn"),
        ("Esc", "Về trang chủ"),
        ("danvan group --to TỆP.html", "In bảng này ra giấy"),
    )

    table = getters.query_one("#table", DataTable)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[TopicRow] = []

    def compose(self) -> ComposeResult:
        """Head, advice, table, next key."""
        head = HeadLine(id="head")
        head.left = "Cả nhóm theo chủ đề"
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield DataTable(id="table", cursor_type="row", zebra_stripes=False)
        yield NextKey("drill", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show everybody who has answered something."""
        services = self.trainer.services
        known = {player.id: player for player in services.store.players()}
        everybody = [known[side] for side in most_active(services.store.connection) if side in known]
        self._rows = group(services.store.connection, [player.id for player in everybody])
        players = everybody[: max(1, (self.app.size.width - _FIXED) // (_NAME + 2))]
        empty, next_key = self.query_one("#empty", Static), self.query_one("#next", NextKey)
        self.table.display = bool(self._rows)
        if not self._rows:
            empty.update("Chưa ai trả lời câu nào. Mỗi người chơi một phần thi rồi quay lại đây.")
            next_key.say("Esc: về trang chủ")
            return
        titles = services.bank.topics
        first = self._rows[0]
        empty.update(
            Content.assemble(
                ("Cả nhóm nên luyện tiếp: ", "bold"),
                (titles.get(first.topic, first.topic), "bold $warning"),
                (f"\nXếp theo {NAME}; ? là ít hơn {FEW} câu", "$quiet"),
                (
                    f"; {len(everybody) - len(players)} người nữa có trong bản in"
                    if len(everybody) > len(players)
                    else "",
                    "$quiet",
                ),
            )
        )
        self.table.add_columns("Chủ đề", "Cả nhóm", *(short_name(player.name, _NAME) for player in players))
        ids = [player.id for player in players]
        for row in self._rows:
            cells = [Text(share(tally), justify="right") for tally in (row.whole, *map(row.sides.get, ids))]
            self.table.add_row(Text(one_line(titles.get(row.topic, row.topic), 38)), *cells)
        next_key.say("Enter: luyện chủ đề này")

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Begin a round of the topic."""
        event.stop()
        self.trainer.begin(RoundRequest("nhanh", topics=(self._rows[event.cursor_row].topic,)))

    def action_drill(self) -> None:
        """Begin a round of the topic under the cursor."""
        self.table.action_select_cursor()
