"""The rounds that were played, how they went over time, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from trainer.errors import TrainerError
from trainer.history.moments import DAY_MS
from trainer.history.review import day_bounds
from trainer.history.rounds import Filter, RoundRow, choices, rounds, trend, trend_sentence
from trainer.history.store import Player
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.history import pages as history_pages
from trainer.tui.services import RECITAL_RULES, SITUATION_RULES, Services
from trainer.tui.widgets.band import BandTrend
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_PAGE = 200
_DAYS = (0, 1, 7, 30, 365)
"""Days that the list is cut to, one after the other; 0: all."""
_WIDE, _WIDEST = 140, 130
"""Terminals from the first on show pages of the second, see lists.tcss."""
_STATUS = {"running": "còn dở", "finished": "xong", "abandoned": "bỏ giữa chừng"}
_PAGES: tuple[tuple[str, Callable[[Services, int], Content] | None], ...] = (
    ("Phần thi", None),
    ("Chủ đề", history_pages.topics_page),
    ("Lịch", history_pages.days_page),
    ("Câu khó", history_pages.hard_page),
    ("Kỷ lục", history_pages.bests_page),
)


class HistoryScreen(TrainerScreen):
    """A table of rounds under their trend, and four pages about what they say."""

    CSS_PATH = "../lists.tcss"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"page({number - 1})", show=False) for number in range(1, 6)),
        Binding("tab", "next_page", "Trang", priority=True),
        Binding("f,F", "filter", "Luật"),
        Binding("c,C", "topic", "Chủ đề"),
        Binding("p,P", "player", "Người"),
        Binding("n,N", "days", "Ngày"),
        Binding("g,G", "contests", "Hội thi"),
        Binding("escape", "home", "Về"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển"),
        ("Enter", "Mở lại phần thi, xem điểm từ đâu ra; phần còn dở thì làm tiếp"),
        ("1–5, Tab", "Phần thi, chủ đề, lịch, câu khó, kỷ lục"),
        ("F, C", "Lọc phần thi theo luật thi, theo chủ đề; nhấn tiếp để đổi"),
        ("P, N", "Lọc theo người chơi, theo ngày (hôm nay, 7 ngày, 30 ngày, một năm)"),
        ("G", "Các hội thi nhiều đội: kết quả chung, từng câu, đội nào yếu chủ đề nào"),
        ("Esc", "Về trang chủ"),
    )

    table = getters.query_one("#table", DataTable)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RoundRow] = []
        self._page = 0
        self._rules = ""
        self._topic = ""
        self._days = 0
        self._who: Player | None = None

    def compose(self) -> ComposeResult:
        """Head, tabs, trend and table, a page, next key."""
        head = HeadLine(id="head")
        head.left = "Lịch sử"
        head.right = self.trainer.services.player.name
        yield head
        with Vertical(id="stage"):
            yield Static(id="tabs", markup=False)
            yield Static(id="empty", markup=False)
            yield BandTrend(id="trend")
            yield Static(id="caption", markup=False)
            yield DataTable(id="table", cursor_type="row", zebra_stripes=False)
            with VerticalScroll(id="page-scroll"):
                yield Static(id="page", markup=False)
        yield NextKey("open", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the newest rounds."""
        self.table.add_columns("Ngày", "Luật thi", "Điểm", "Đúng", "Tình trạng")
        self._show()

    def _show(self) -> None:
        tabs = [
            Content.styled(f" {number} {name} ", "bold reverse" if number - 1 == self._page else "$quiet")
            for number, (name, _) in enumerate(_PAGES, 1)
        ]
        self.query_one("#tabs", Static).update(Content(" ").join(tabs))
        make = _PAGES[self._page][1]
        scroll = self.query_one("#page-scroll", VerticalScroll)
        scroll.display = make is not None
        for name in ("#empty", "#trend", "#caption", "#table"):
            self.query_one(name).display = make is None
        if make is None:
            self._show_rounds()
            return
        self.query_one("#page", Static).update(make(self.trainer.services, self._room))
        scroll.focus()
        self.query_one("#next", NextKey).say("Tab: trang khác · ↑ ↓: cuộn")

    @property
    def _room(self) -> int:
        """Columns of a page between its margins and the scroll bar."""
        width = self.app.size.width
        return (width if width < _WIDE else min(width, _WIDEST)) - 8

    def on_resize(self) -> None:
        """Fit a page of columns to the new width."""
        if _PAGES[self._page][1] is not None:
            self._show()

    def _show_rounds(self) -> None:
        services = self.trainer.services
        self._rows = rounds(services.store.connection, self._filter(), _PAGE)
        points = trend([row for row in self._rows if row.status == "finished" and _counts_right(row)])
        plot, caption, empty = (
            self.query_one("#trend", BandTrend),
            self.query_one("#caption", Static),
            self.query_one("#empty", Static),
        )
        plot.show(points)
        plot.display = caption.display = len(points) > 1
        filtered = [f"luật thi “{self._title(self._rules)}”"] if self._rules else []
        if self._topic:
            filtered.append(f"chủ đề “{services.bank.topics.get(self._topic, self._topic)}”")
        filtered += [f"{self._days} ngày gần đây" if self._days > 1 else "hôm nay"] if self._days else []
        filtered += [f"người chơi “{self._who.name}”"] if self._who else []
        lines = [trend_sentence(points)] if points else []
        lines.append("● tỉ lệ đúng một phần thi · │ mức may rủi có thể xê dịch · ━ mức trong 50 câu gần nhất")
        if filtered:
            lines.insert(0, "Đang lọc: " + ", ".join(filtered))
        caption.update("\n".join(lines))
        empty.display = not self._rows
        self.table.display = bool(self._rows)
        next_key = self.query_one("#next", NextKey)
        self.table.clear()
        if not self._rows:
            empty.update(
                "Không có phần thi nào hợp với bộ lọc. F, C, P, N: đổi bộ lọc."
                if filtered
                else "Bạn chưa có phần thi nào: về trang chủ, bắt đầu với “Thi nhanh”. Hội thi nhiều đội: phím G."
            )
            next_key.say("Esc: về trang chủ")
            return
        self._add(self._rows)
        self.table.focus()
        self._say_next()

    def _say_next(self) -> None:
        at = min(self.table.cursor_row, len(self._rows) - 1)
        row = self._rows[max(at, 0)]
        what = "hội thi" if row.sides > 1 else "phần thi"
        word = f"làm tiếp {what}" if row.status == "running" else f"mở lại {what}"
        self.query_one("#next", NextKey).say(f"Enter: {word}")

    def _filter(self) -> Filter:
        services = self.trainer.services
        since = None
        if self._days:
            begin, _ = day_bounds(services.today())
            since = begin - (self._days - 1) * DAY_MS
        return Filter(
            player=(self._who or services.player).id, rules=self._rules, topic=self._topic, since=since
        )

    def _add(self, found: list[RoundRow]) -> None:
        for row in found:
            self.table.add_row(
                Text(wording.local_time(row.started)),
                Text(f"{row.title} · {row.sides} đội" if row.sides > 1 else row.title),
                # What all teams together could get says nothing of one of them.
                Text(
                    f"{row.score} điểm" if row.sides > 1 else f"{row.score}/{row.max_score}", justify="right"
                ),
                Text(
                    "–"
                    if not _counts_right(row)
                    else f"{row.right} câu"
                    if row.sides > 1
                    else f"{row.right}/{row.questions}",
                    justify="right",
                ),
                Text(_STATUS.get(row.status, row.status)),
            )

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Read older rounds when the last one on show is reached."""
        event.stop()
        count = len(self._rows)
        if count and _PAGES[self._page][1] is None:
            self._say_next()
        if count and count % _PAGE == 0 and event.cursor_row == count - 1:
            older = rounds(self.trainer.services.store.connection, self._filter(), _PAGE, count)
            self._rows += older
            self._add(older)

    def _title(self, rules: str) -> str:
        found, _ = choices(self.trainer.services.store.connection, self.trainer.services.player.id)
        return dict(found).get(rules, rules)

    # --- keys -----------------------------------------------------------------------------------

    def action_page(self, page: int) -> None:
        """Show a page."""
        self._page = page
        self._show()

    def action_next_page(self) -> None:
        """Show the page after this one."""
        self.action_page((self._page + 1) % len(_PAGES))

    def action_filter(self) -> None:
        """Show the rounds of the next rules, after the last of all."""
        services = self.trainer.services
        names = [name for name, _ in choices(services.store.connection, services.player.id)[0]]
        self._rules = _following(names, self._rules)
        self.action_page(0)

    def action_days(self) -> None:
        """Show the rounds of today, of some days, of all days."""
        self._days = _DAYS[(_DAYS.index(self._days) + 1) % len(_DAYS)]
        self.action_page(0)

    def action_contests(self) -> None:
        """Show the contests of several teams."""
        self.trainer.go("contests")

    def action_player(self) -> None:
        """Show the next player's rounds; after the last, one's own again."""
        services = self.trainer.services
        others = [player for player in services.store.players() if player.id != services.player.id]
        ids = [player.id for player in others]
        following = _following(ids, self._who.id if self._who else "")
        self._who = next((player for player in others if player.id == following), None)
        self.action_page(0)

    def action_topic(self) -> None:
        """Show the rounds in which the next topic was asked."""
        services = self.trainer.services
        self._topic = _following(choices(services.store.connection, services.player.id)[1], self._topic)
        self.action_page(0)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open one round in full, or continue it."""
        event.stop()
        row = self._rows[event.cursor_row]
        if row.status == "running":
            self.trainer.resume(row.contest)
            return
        from trainer.tui.history.results import ResultsScreen

        try:
            if row.sides > 1:
                from trainer.tui.drill.report import show_report

                show_report(self.trainer, row.contest, "history")
                return
            state = self.trainer.services.store.state(row.contest)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.switch_screen(ResultsScreen(state, started=row.started, whole=True))

    def action_open(self) -> None:
        """Open the round under the cursor."""
        if self._page == 0 and self._rows:
            self.table.action_select_cursor()


def _counts_right(row: RoundRow) -> bool:
    """Tell whether “right or not” says something: a situation or a recital is a matter of degree."""
    return row.rules not in (SITUATION_RULES, RECITAL_RULES)


def _following(names: list[str], now: str) -> str:
    """Return the name after `now`; after the last, "" for all."""
    if now not in names:
        return names[0] if names else ""
    at = names.index(now) + 1
    return names[at] if at < len(names) else ""
