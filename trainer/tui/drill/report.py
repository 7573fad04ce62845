"""A contest of several sides afterwards: the places, each question, who is weak in what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.drill.weakness import missed
from trainer.contest.events import Event
from trainer.contest.folding import fold
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.errors import HistoryError, TrainerError
from trainer.exchange.result_blocks import figure, part_cells
from trainer.exchange.result_items import ItemRow
from trainer.exchange.result_log import counted
from trainer.exchange.result_rows import gather
from trainer.exchange.weak_table import SITUATIONS, TOPICS, weak_lines
from trainer.text import one_line, told_apart
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.drill.again import MOST, NOTHING, begin_again
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp

PLACES, ITEMS, WEAK = range(3)
_TABS = ("Kết quả", "Từng câu", "Đội yếu gì")
STATUS = {"finished": "đã xong", "abandoned": "dừng giữa chừng", "running": "còn dở"}
_NAME = 20
_WEAK_CELL = re.compile(r"(?<!\S)!\d+/\d+")


class DrillReportScreen(TrainerScreen):
    """Three pages about one contest.

    Args:
        events: Its record.
        page: Which page is shown first.
        session: Of a contest whose end was on show: Esc shows it again.
        back: Without `session`, the place that Esc goes to.
    """

    CSS_PATH = "report.tcss"
    AUTO_FOCUS = "#body"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"page({number - 1})", show=False) for number in range(1, 4)),
        Binding("tab", "next_page", "Trang khác", priority=True),
        Binding("enter", "next_page", show=False),
        Binding("l,L", "again", "Luyện lại câu sai"),
        Binding("escape", "back", "Về"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("1–3, Tab", "Kết quả; từng câu, đội nào trả lời gì; đội nào yếu chủ đề nào"),
        ("↑ ↓", "Cuộn"),
        ("L", "Mở hội thi mới cho các đội này, chỉ gồm những câu cả hội trường sai nhiều"),
        ("Esc", "Về"),
    )

    def __init__(
        self,
        events: Sequence[Event],
        page: int = PLACES,
        session: Session | None = None,
        back: str = "contests",
    ) -> None:
        super().__init__()
        self.state = fold(events)
        self._results = gather(events)
        self._page, self._session, self._back = page, session, back

    def compose(self) -> ComposeResult:
        """Head, tabs, a page, next key."""
        yield HeadLine(id="head")
        yield Static(id="tabs", markup=False)
        with VerticalScroll(id="body"):
            yield Static(id="page", markup=False)
        yield NextKey("next_page", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the page."""
        found, head = self._results, self.query_one("#head", HeadLine)
        head.left = found.title
        head.middle = f"{len(found.teams)} đội · {STATUS.get(found.status, found.status)}"
        head.right = found.started
        self._show()

    def on_resize(self) -> None:
        """Fit the page to the new width."""
        self._show()

    def _show(self) -> None:
        tabs = [
            Content.styled(f" {number} {name} ", "bold reverse" if number - 1 == self._page else "$quiet")
            for number, name in enumerate(_TABS, 1)
        ]
        self.query_one("#tabs", Static).update(Content(" ").join(tabs))
        width = min(self.app.size.width, 130) - 8
        pages: tuple[Callable[[int], Content], ...] = (self._places, self._items, self._weak)
        self.query_one("#page", Static).update(pages[self._page](width))
        following = _TABS[(self._page + 1) % len(_TABS)]
        self.query_one("#next", NextKey).say(f"Enter: xem “{following}” · ↑ ↓: cuộn")

    # --- pages ----------------------------------------------------------------------------------

    def _places(self, width: int) -> Content:
        found = self._results
        scoring = [part for part in found.parts if part.scores]
        name = max(_NAME, max(len(team.name) for team in found.teams) + 2)
        by_hand = any(place.by_hand for place in found.places)
        lifted = any(place.lifted for place in found.places)
        prize = max(len(place.prize) for place in found.places)
        beside = 8 + 8 * len(scoring) + 7 * by_hand + 6 * lifted + 7 + 3 + max(prize, 4)
        name = max(8, min(name, width - beside))
        heads = "".join(f"{one_line(part.title.partition('.')[0], 8):>8}" for part in scoring)
        heads += f"{'Sửa':>7}" * by_hand + f"{'Bù':>6}" * lifted
        signs = {team.name: team.symbol for team in found.teams}
        whole = [team.name for team in found.teams]
        short = dict(zip(whole, told_apart(whole, name - 2), strict=True))
        lines = [Content.styled(f"Hạng  {'  Đội':<{name}}{heads}{'Tổng':>7}   Giải", "$quiet")]
        for place in found.places:
            points = "".join(f"{figure(each):>8}" for each in part_cells(place))
            points += f"{wording.signed(place.by_hand) if place.by_hand else '–':>7}" * by_hand
            points += f"{wording.signed(place.lifted) if place.lifted else '–':>6}" * lifted
            lines.append(
                Content.assemble(
                    (f"{place.rank:>4}  ", "bold"),
                    (f"{signs.get(place.team, '')} ", "bold $accent"),
                    (f"{short[place.team]:<{name - 2}}", "bold"),
                    points,
                    (f"{place.score:>7}", "bold $accent"),
                    (f"   {place.prize}", "$secondary"),
                )
            )
        rest = ["“Bù”: tổng điểm không lúc nào xuống dưới 0."] if lifted else []
        rest += [f"{prize}: {who}" for prize, who in found.part_prizes]
        rest += list(found.ties)
        if found.notes:
            rest.append(f"{counted(found.notes)} Biên bản nêu đủ.")
        rest.append(f"Biên bản để ký: gõ “danvan results {found.contest[:8]} --to bien-ban.html” rồi in.")
        return Content("\n").join([*lines, Content(""), *(Content(line) for line in rest)])

    def _items(self, width: int) -> Content:
        signs = {team.name: team.symbol for team in self._results.teams}
        lines: list[Content] = []
        for part in self._results.parts:
            if part.items:
                lines += [Content.styled(part.title, "bold $accent"), Content("")]
            for item in part.items:
                lines += [*self._item(item, signs, width), Content("")]
        return Content("\n").join(lines or [Content("Hội thi này chưa hỏi câu nào.")])

    def _item(self, item: ItemRow, signs: dict[str, str], width: int) -> list[Content]:
        fate = f" ({item.fate})" if item.fate else ""
        lines = [Content.assemble((f"{item.label}. ", "bold"), item.text, (fate, "$warning"))]
        if item.key:
            lines.append(Content.assemble(("  Đáp án: ", "$quiet"), item.key))
        for row in item.answers:
            right = row.verdict == "Đúng"
            sign = "✓" if right else ("◐" if row.verdict == "Đúng một phần" else "✗")
            said = one_line(row.given or row.verdict.lower(), max(8, width - _NAME - 16))
            lines.append(
                Content.assemble(
                    (f"  {signs.get(row.team, '')} ", "$accent"),
                    f"{one_line(row.team, _NAME):<{_NAME}} ",
                    (f"{sign} ", "$success" if right else "$error"),
                    (f"{wording.signed(row.points):>4}  ", "bold"),
                    (said, "$quiet"),
                )
            )
        for speech in item.speeches:
            each = "  ".join(figure(sheet.counted) for sheet in speech.sheets)
            late = f", quá giờ {wording.signed(speech.penalty)}" if speech.penalty else ""
            lines.append(
                Content.assemble(
                    (f"  {signs.get(speech.team, '')} ", "$accent"),
                    f"{one_line(speech.team, _NAME):<{_NAME}} ",
                    (f"{speech.points + speech.penalty:>4} điểm  ", "bold"),
                    (f"phiếu {each}{late}", "$quiet"),
                )
            )
        return lines

    def _weak(self, width: int) -> Content:
        titles = self.trainer.services.bank.topics
        lines = weak_lines(self.state, titles, width)
        return Content("\n").join([_coloured(line) for line in lines])

    # --- keys -----------------------------------------------------------------------------------

    def action_page(self, page: int) -> None:
        """Show a page from its beginning."""
        self._page = page
        self._show()
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)

    def action_next_page(self) -> None:
        """Show the page after this one."""
        self.action_page((self._page + 1) % len(_TABS))

    def action_again(self) -> None:
        """Ask, then begin a drill of what was missed."""
        ask_again(self, self.state)

    def action_back(self) -> None:
        """Go where the report was opened."""
        if self._session is None:
            self.trainer.go(self._back)
            return
        from trainer.tui.drill.end import DrillEndScreen

        self.trainer.switch_screen(DrillEndScreen(self._session, told=len(self.state.sides)))


def _coloured(line: str) -> Content:
    """Return a line of the weak page; what its colours say, its signs say as well."""
    if line in (TOPICS, SITUATIONS):
        return Content.styled(line, "bold $accent")
    return Content(line).highlight_regex(_WEAK_CELL, style="bold $warning")


def show_report(trainer: DanvanApp, contest: str, back: str) -> None:
    """Show the report of a contest in the history.

    Raises:
        HistoryError: It cannot be read.
    """
    events = trainer.services.store.events(contest)
    try:
        screen = DrillReportScreen(events, back=back)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise HistoryError(
            "Bản ghi của hội thi này không đọc được. Các phần thi khác không bị ảnh hưởng."
        ) from None
    trainer.switch_screen(screen)


def ask_again(screen: TrainerScreen, state: State) -> None:
    """Ask whether the questions that a contest missed shall be drilled now, and begin."""
    from trainer.tui.dialogs import AskScreen

    count, trainer = len(missed(state, MOST)), screen.trainer
    if not count:
        trainer.tell(NOTHING)
        return

    def begin(agreed: bool | None) -> None:
        if not agreed:
            return
        try:
            session = begin_again(trainer.services, state)
        except TrainerError as error:
            trainer.tell(str(error))
            return
        trainer.show_contest(session)

    text = (
        f"Hội thi mới của các đội này với {count} câu cả hội trường sai nhiều nhất: giơ biển cùng lúc, "
        "mỗi câu 5 điểm, không có giải. Kết quả vừa rồi vẫn được giữ."
    )
    screen.app.push_screen(AskScreen("Luyện lại những câu sai nhiều?", text), begin)
