"""The rounds that were played, and how they went over time."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DataTable, Static

from trainer.contest.engine import fold
from trainer.errors import TrainerError
from trainer.history.store import ContestRow
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.trend import Trend

_PAGE = 200
_STATUS = {"running": "còn dở", "finished": "xong", "abandoned": "bỏ giữa chừng"}


class HistoryScreen(TrainerScreen):
    """A table of rounds, newest first, under their trend."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển"),
        ("Enter", "Mở lại phần thi; phần còn dở thì làm tiếp"),
        ("Esc", "Về trang chủ"),
    )

    table = getters.query_one("#table", DataTable)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ContestRow] = []

    def compose(self) -> ComposeResult:
        """Head, trend, table, next key."""
        head = HeadLine(id="head")
        head.left = "Lịch sử"
        head.right = self.trainer.services.player.name
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield Trend(id="trend")
            yield Static(id="caption", markup=False)
            yield DataTable(id="table", cursor_type="row", zebra_stripes=False)
        yield NextKey("open", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the newest page."""
        services = self.trainer.services
        self._rows = services.store.contests(services.player.id, _PAGE)
        done = [row for row in self._rows if row.status == "finished" and row.max_score]
        shares = [row.score / row.max_score for row in reversed(done)]
        trend, caption, empty = (
            self.query_one("#trend", Trend),
            self.query_one("#caption", Static),
            self.query_one("#empty", Static),
        )
        trend.show(shares)
        trend.display = caption.display = len(shares) > 1
        if shares:
            best = max(shares)
            mean = sum(shares) / len(shares)
            caption.update(
                f"{len(shares)} phần thi đã xong, cũ bên trái, mới bên phải · trung bình {wording.percent(mean)}"
                f" · cao nhất {wording.percent(best)}"
            )
        empty.display = not self._rows
        self.table.display = bool(self._rows)
        next_key = self.query_one("#next", NextKey)
        if not self._rows:
            empty.update("Chưa có phần thi nào. Về trang chủ và bắt đầu với “Thi nhanh”.")
            next_key.say("Esc: về trang chủ")
            return
        self.table.add_columns("Ngày", "Luật thi", "Điểm", "Đúng", "Tình trạng")
        for row in self._rows:
            self.table.add_row(
                Text(wording.local_time(row.started)),
                Text(row.title),
                Text(f"{row.score}/{row.max_score}", justify="right"),
                Text(f"{row.right}/{row.questions}", justify="right"),
                Text(_STATUS.get(row.status, row.status)),
                key=row.id,
            )
        next_key.say("Enter: mở lại phần thi")

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open one round in full, or continue it."""
        event.stop()
        row = self._rows[event.cursor_row]
        if row.status == "running":
            self.trainer.resume(row.id)
            return
        from trainer.tui.results import ResultsScreen

        try:
            state = fold(self.trainer.services.store.events(row.id))
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.switch_screen(ResultsScreen(state, started=row.started, whole=True))

    def action_open(self) -> None:
        """Open the round under the cursor."""
        self.table.action_select_cursor()
