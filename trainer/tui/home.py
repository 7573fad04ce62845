"""The home screen: what to do next, at a glance."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.bank.model import Quotation, vietnamese_date
from trainer.errors import TrainerError
from trainer.history.review import forecast_sentence
from trainer.history.store import ContestRow
from trainer.tui.base import TrainerScreen
from trainer.tui.services import RoundRequest
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import NextKey
from trainer.tui.widgets.trend import Trend

_SHORT_QUOTATION = 150
_DRILL_COUNT = 10
_PLACES = {
    "group": "N",
    "resume": "T",
    "review": "O",
    "topics": "C",
    "situations": "X",
    "quotes": "L",
    "missed": "S",
    "flags": "D",
    "plan": "K",
    "drill": "G",
    "history": "H",
}
"""The key of each place, the same on every day; rounds have numbers."""
_ROOMY, _MUCH = 28, 10
"""Lines of a screen that has room for a quotation under any menu; entries that fill a smaller one."""


class HomeScreen(TrainerScreen):
    """Menu, what is new and missed, the last rounds, a word of Bác Hồ."""

    CSS_PATH = "home.tcss"
    AUTO_FOCUS = "#menu"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"pick('{number}')", show=False) for number in range(1, 10)),
        *(
            Binding(f"{key.lower()},{key}", f"pick('{key}')", show=False)
            for place, key in _PLACES.items()
            if place != "history"
        ),
        Binding("h,H", "pick('H')", "Lịch sử"),
        Binding("ctrl+p", "app.command_palette", "Bảng lệnh"),
        Binding("question_mark", "app.keys", "Phím"),
        Binding("q,Q", "app.leave", "Thoát"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển trong danh sách"),
        ("Enter", "Mở mục đang chọn"),
        ("1–9", "Bắt đầu ngay phần thi có số ấy"),
        ("N, T, O", "Tiếp tục hội thi dở; tiếp tục phần thi dở; ôn tập"),
        ("C, X, L", "Theo chủ đề; xử lý tình huống; lời Bác"),
        ("S, D", "Làm lại câu sai; câu đã đánh dấu"),
        ("K, G, H", "Lộ trình; hội thi nhiều đội; lịch sử"),
        ("Q", "Thoát"),
    )

    menu = getters.query_one("#menu", OptionList)

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []

    def compose(self) -> ComposeResult:
        """Banner, menu beside the player's picture, quotation, footer."""
        yield Static(id="banner", markup=False)
        with Vertical(id="stage"):
            with Horizontal(id="middle"):
                yield OptionList(id="menu", markup=False)
                with Vertical(id="side"):
                    yield Static("Các phần thi gần đây", id="trend-title", markup=False)
                    yield Trend(id="trend")
            yield Static(id="status", markup=False)
            yield Static(id="quotation", markup=False)
        yield NextKey("menu", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show what needs no reading of the bank's items; the rest follows the first paint."""
        self.trainer.services.renew_player()
        self._show_banner()
        self._show_menu()
        self._show_trend()
        self._show_status()
        self.call_after_refresh(self._show_quotation)

    def _show_banner(self) -> None:
        self.query_one("#banner", Static).update(
            Content.assemble(
                "D Â N   V Ậ N   K H É O", ("\nLuyện thi kiến thức và xử lý tình huống", "not bold")
            )
        )

    # --- the menu -------------------------------------------------------------------------------

    def _show_menu(self) -> None:
        services = self.trainer.services
        store, player = services.store, services.player.id
        entries: list[tuple[str, str, str]] = []
        announcing = store.unannounced()
        if announcing is not None:
            entries.append((f"group:{announcing}", "Tiếp tục công bố", "hội thi vừa xong, chưa công bố hết"))
        for contest, title, sides in store.unfinished_groups()[:1] if announcing is None else ():
            entries.append((f"group:{contest}", "Tiếp tục hội thi", f"{title}, {sides} đội, đang dở"))
        for row in store.contests(player, 1, status="running"):
            entries.append((f"resume:{row.id}", "Tiếp tục", _unfinished(row)))
        told = services.forecast()
        review = ("review", "Ôn tập", forecast_sentence(told))
        waits = bool(told.reviews or told.new)
        if waits and store.seen_count(player):
            entries.append(review)
        entries += [(f"rules:{rules.name}", rules.title, rules.summary) for rules in services.solo_rules()]
        topics = len(services.bank.counts.by_topic)
        entries.append(("topics", "Theo chủ đề", f"mười câu của một chủ đề, trong {topics} chủ đề"))
        situations = services.bank.counts.situations
        if situations:
            hint = f"bốc thăm hoặc chọn trong {situations} tình huống"
            entries.append(("situations", "Xử lý tình huống", hint))
        quotations = services.bank.counts.quotations
        if quotations:
            entries.append(("quotes", "Lời Bác", f"đọc, luyện và học thuộc {quotations} lời"))
        missed = sum(item in services.bank for item in store.missed(player))
        if missed:
            entries.append(("missed", "Làm lại câu sai", f"{missed} câu chưa đúng trong lần gặp gần nhất"))
        flags = store.flags(player)
        if flags:
            doubts = sum(flag.kind == "doubt" for flag in flags)
            entries.append(("flags", "Câu đã đánh dấu", f"{len(flags) - doubts} đánh dấu, {doubts} nghi ngờ"))
        if waits and not store.seen_count(player):
            entries.append(review)
        entries.append(("plan", "Lộ trình", "kế hoạch đến ngày thi"))
        entries.append(("drill", "Hội thi nhiều đội", "người dẫn, máy chiếu, hai đến mười đội"))
        entries.append(("history", "Lịch sử", self._history_hint()))
        width = max(len(title) for _, title, _ in entries) + 2
        self._keys = _keys(place for place, _, _ in entries)
        self.menu.clear_options()
        self.menu.add_options(
            Option(
                Content.assemble(
                    (f"{key:>2}  ", "bold $accent"), (f"{title:<{width}}", "bold"), (hint, "$quiet")
                ),
                id=place,
            )
            for key, (place, title, hint) in zip(self._keys, entries, strict=True)
        )
        self.menu.highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what Enter does with the highlighted entry."""
        kind = (event.option.id or "").partition(":")[0]
        says = {
            "resume": "làm tiếp",
            "group": "làm tiếp hội thi",
            "rules": "bắt đầu",
            "missed": "bắt đầu",
            "review": "ôn",
        }.get(kind, "mở")
        self.query_one("#next", NextKey).say(f"Enter: {says}")

    def _history_hint(self) -> str:
        last = self.trainer.services.store.contests(self.trainer.services.player.id, 1, status="finished")
        if not last:
            return "bạn chưa có phần thi nào"
        return f"gần nhất: {last[0].title}, {last[0].score}/{last[0].max_score} điểm"

    # --- beside and below -----------------------------------------------------------------------

    def _show_trend(self) -> None:
        services = self.trainer.services
        rows = services.store.contests(services.player.id, 40, status="finished")
        shares = [row.score / row.max_score for row in reversed(rows) if row.max_score]
        self.query_one("#trend", Trend).show(shares)
        self.query_one("#side").set_class(len(shares) > 1, "-useful")

    def _player_line(self) -> Content:
        """What is new and what was missed."""
        services = self.trainer.services
        store, player = services.store, services.player
        questions = services.bank.counts.questions
        new = questions - min(questions, services.met_count())
        missed = sum(item in services.bank for item in store.missed(player.id))
        parts: list[Content] = [Content.styled(player.name, "bold"), Content(f"{new} câu mới")]
        if missed:
            parts.append(Content.styled(f"{missed} câu chưa đúng", "$warning"))
        return Content(" · ").join(parts)

    def _show_status(self) -> None:
        counts = self.trainer.services.bank.counts
        bank = (
            f"Ngân hàng: {counts.questions} câu hỏi · {counts.quotations} lời Bác · "
            f"{counts.situations} tình huống"
        )
        status = [self._player_line(), Content.styled(bank, "$quiet")]
        if counts.left_out or counts.errors:
            sentence = (
                f"{counts.left_out} mục có lỗi bị bỏ qua. Gõ “danvan check” để xem."
                if counts.left_out
                else f"{counts.errors} lỗi trong ngân hàng. Gõ “danvan check” để xem."
            )
            status.append(Content.styled(f"! {sentence}", "bold $warning"))
        kept = self.trainer.services.store.set_aside
        if kept is not None:
            status.append(
                Content.styled(
                    f"! Tệp lịch sử cũ bị hỏng nên được giữ riêng ở “{kept}”; lịch sử mới bắt đầu từ đầu.",
                    "bold $warning",
                )
            )
        self.query_one("#status", Static).update(Content("\n").join(status))

    def _show_quotation(self) -> None:
        if self.size.height < _ROOMY and len(self._keys) > _MUCH:
            return  # half a quotation is worse than none
        try:
            bank = self.trainer.services.bank
            ids = sorted(entry.id for entry in bank.entries("quotation"))
            day = datetime.date.today().toordinal()  # noqa: DTZ011 - the player's own day
            for turn in range(len(ids)):
                found = bank.item(ids[(day * 7 + turn) % len(ids)])
                if (
                    isinstance(found, Quotation)
                    and len(found.text) <= _SHORT_QUOTATION
                    and not found.disputed
                ):
                    self._show_words(found)
                    return
        except TrainerError as error:
            self.trainer.tell(str(error))

    def _show_words(self, found: Quotation) -> None:
        date = f", {vietnamese_date(found.date)}" if found.date else ""
        # A query, not query_one: the screen may have been left before its first paint was done.
        for line in self.query("#quotation").results(Static):
            line.update(
                Content.assemble(
                    (f"“{found.text}”", "italic $secondary"),
                    (f"\nHồ Chí Minh, {found.work}{date}", "$quiet"),
                )
            )

    # --- choosing -------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open an entry."""
        event.stop()
        self._open(event.option.id or "")

    def action_menu(self) -> None:
        """Open the highlighted entry."""
        self.menu.action_select()

    def action_pick(self, key: str) -> None:
        """Open the entry that has this key now."""
        if key in self._keys:
            index = self._keys.index(key)
            self.menu.highlighted = index
            self._open(self.menu.get_option_at_index(index).id or "")

    def _open(self, key: str) -> None:
        kind, _, value = key.partition(":")
        if kind in ("resume", "group"):
            self.trainer.resume(value)
        elif kind == "rules":
            self.trainer.begin(RoundRequest(value))
        elif kind == "review":
            self.trainer.begin_review()
        elif kind == "missed":
            bank, store = self.trainer.services.bank, self.trainer.services.store
            missed = [item for item in store.missed(self.trainer.services.player.id) if item in bank]
            if not missed:
                self.trainer.tell("Các câu chưa đúng không còn trong ngân hàng này.")
                return
            self.trainer.begin(RoundRequest("nhanh", only=tuple(missed), count=_DRILL_COUNT))
        elif kind:
            self.trainer.go(kind)


def _keys(places: Iterable[str]) -> list[str]:
    """Return the key of each entry: rounds are counted, other places have a letter of their own."""
    number = 0
    found = []
    for place in places:
        kind = place.partition(":")[0]
        if kind == "rules":
            number += 1
            found.append(str(number) if number <= 9 else "")
        else:
            found.append(_PLACES[kind])
    return found


def _unfinished(row: ContestRow) -> str:
    from trainer.tui import wording

    return (
        f"{row.title}, đang ở câu {max(1, row.opened)}/{row.questions}, {row.score} điểm, "
        f"{wording.local_time(row.started, with_year=False)}"
    )
