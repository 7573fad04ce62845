"""How the situations go: by criterion, by group, and how well one marks oneself."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from trainer.errors import TrainerError
from trainer.history.coaching import SituationRecord, Tally, by_criterion, by_group, marking_gaps
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.trend import Trend

_BAR = 20
_WEAK = 0.7
_FEW = 3


class ProgressScreen(TrainerScreen):
    """The situations that were handled, newest first, under what they show."""

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "situations", "Về tình huống"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn một lần làm"),
        ("Enter", "Mở lại bài làm hôm đó: phiếu chấm, chữ đã gõ, bài mẫu"),
        ("Esc", "Về danh sách tình huống"),
    )

    table = getters.query_one("#table", DataTable)

    def __init__(self) -> None:
        super().__init__()
        self._records: list[SituationRecord] = []

    def compose(self) -> ComposeResult:
        """Head, what stands out, bars, table, next key."""
        head = HeadLine(id="head")
        head.left = "Tiến bộ khi xử lý tình huống"
        head.right = self.trainer.services.player.name
        yield head
        with Vertical(id="stage"):
            with VerticalScroll(id="picture", can_focus=False):
                yield Static(id="advice", markup=False)
                yield Trend(id="trend")
                yield Static(id="bars", markup=False)
            yield DataTable(id="table", cursor_type="row", zebra_stripes=False)
        yield NextKey("open", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show what the records say."""
        self._records = self.trainer.services.situation_records()
        records = self._records
        next_key, trend = self.query_one("#next", NextKey), self.query_one("#trend", Trend)
        self.table.display = bool(records)
        trend.display = len(records) > 1
        if not records:
            self.query_one("#advice", Static).update(
                "Bạn chưa làm tình huống nào. Esc: về chọn một tình huống."
            )
            next_key.say("Esc: về danh sách tình huống")
            return
        self.query_one("#advice", Static).update(Content("\n").join(advice(records)))
        trend.show([record.share for record in records])
        self.query_one("#bars", Static).update(
            Content("\n\n").join(
                [_bars("Theo tiêu chí", by_criterion(records)), _bars("Theo nhóm", by_group(records))]
            )
        )
        self.table.add_columns("Tình huống", "Nhóm", "Điểm", "Lần đầu", "Quá")
        for record in reversed(records):
            self.table.add_row(
                Text(one_line(record.title, 34)),
                Text(one_line(record.group, 22)),
                Text(f"{round(100 * record.share)}", justify="right"),
                Text(f"{round(100 * record.first)}", justify="right"),
                Text(f"{record.overtime_ms // 1000} s" if record.overtime_ms >= 1000 else "–"),
            )
        next_key.say("Enter: mở lại bài làm này")

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the contest in which the situation was handled."""
        event.stop()
        from trainer.contest.folding import fold
        from trainer.tui.history.results import ResultsScreen

        record = self._records[-1 - event.cursor_row]
        store = self.trainer.services.store
        try:
            state = fold(store.events(record.contest))
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        started = next(
            (
                row.started
                for row in store.contests(self.trainer.services.player.id)
                if row.id == record.contest
            ),
            "",
        )
        self.trainer.switch_screen(ResultsScreen(state, started=started, whole=True))

    def action_open(self) -> None:
        """Open the situation under the cursor."""
        self.table.action_select_cursor()

    def action_situations(self) -> None:
        """Go back to the list of situations."""
        self.trainer.go("situations")


def advice(records: list[SituationRecord]) -> list[Content]:
    """Return what stands out, in sentences."""
    lines: list[Content] = []
    weak = [tally for tally in by_criterion(records) if tally.share < _WEAK][:2]
    if weak:
        names = " và ".join(f"“{tally.name}”" for tally in weak)
        lines.append(Content.assemble(("Bạn hay mất điểm ở ", "bold"), (names, "bold $warning"), "."))
    else:
        lines.append(Content.styled("Chưa có tiêu chí nào dưới 70 %. Bạn đang làm tốt.", "bold $success"))
    gaps = marking_gaps(records)
    if len(gaps) >= _FEW:
        early, late = gaps[: len(gaps) // 2], gaps[len(gaps) // 2 :]
        lines.append(
            Content(
                f"Chấm khi chưa xem bài mẫu lệch trung bình {_mean(early)} điểm trước đây, "
                f"{_mean(late)} điểm gần đây (càng nhỏ càng tự biết mình)."
            )
        )
    late_talks = sum(record.overtime_ms >= 1000 for record in records)
    if late_talks:
        lines.append(Content(f"{late_talks}/{len(records)} lần nói quá giờ."))
    return lines


def _mean(gaps: list[float]) -> str:
    return f"{100 * sum(abs(gap) for gap in gaps) / len(gaps):.0f}"


def _bars(heading: str, tallies: list[Tally]) -> Content:
    width = max((len(tally.name) for tally in tallies), default=0)
    lines = [Content.styled(heading, "bold $secondary")]
    for tally in tallies:
        filled = round(tally.share * _BAR)
        lines.append(
            Content.assemble(
                f"{tally.name:<{width}}  ",
                ("█" * filled, "$accent"),
                ("░" * (_BAR - filled), "$border-blurred"),
                f" {round(100 * tally.share):>3} %",
                (f"  {tally.times} lần", "$quiet"),
            )
        )
    return Content("\n").join(lines)
