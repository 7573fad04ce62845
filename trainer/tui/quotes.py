"""“Lời Bác”: reading the quotations, finding one, drilling them, learning one by heart."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.bank.model import Quotation, vietnamese_date
from trainer.bank.search import matches
from trainer.contest.forms import quotation_of
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.services import QUOTATION_RULES, RECITAL_RULES, RoundRequest
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.remembered import as_remembered

_FIRST_TOPIC = "loi-dan-van"
"""The contest's own theme comes first."""


class QuotesScreen(TrainerScreen):
    """A list of quotations beside the one under the cursor in full."""

    CSS_PATH = "quotes.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,L", "drill", "Luyện 10 câu"),
        Binding("t,T,slash", "search", "Tìm"),
        Binding("escape", "back", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn lời Bác; nguyên văn hiện ở khung bên"),
        ("Enter", "Học thuộc lời đang chọn: đọc, che dần, gõ lại"),
        ("L", "Mười câu luyện từ lời Bác: điền chữ, tìm chữ sai, bài nào, năm nào"),
        ("T hoặc /", "Tìm theo chữ, không cần dấu; Enter về danh sách, Esc bỏ tìm"),
        ("Esc", "Về trang chủ"),
    )

    listing = getters.query_one("#list", OptionList)
    search = getters.query_one("#search", LineInput)
    next_key = getters.query_one("#next", NextKey)

    def __init__(self) -> None:
        super().__init__()
        self._quotes: list[Quotation] = []
        self._known: dict[str, float] = {}

    def compose(self) -> ComposeResult:
        """Head, search box, list beside the text, next key."""
        head = HeadLine(id="head")
        head.left = "Lời Bác"
        head.right = self.trainer.services.player.name
        yield head
        yield LineInput(id="search", placeholder="Gõ chữ cần tìm, không cần dấu")
        with Horizontal(id="middle"):
            yield OptionList(id="list", markup=False)
            with VerticalScroll(id="reading", can_focus=False), Vertical(id="page"):
                yield Static(id="text", markup=False)
                yield Static(id="about", markup=False)
        yield Static(id="empty", markup=False)
        yield NextKey("learn", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the quotations: those that broke off the last time first."""
        services = self.trainer.services
        bank = services.bank
        found = [bank.item(entry.id) for entry in bank.entries("quotation")]
        shares = services.store.last_shares(services.player.id)
        self._known = {
            quotation_of(item): share for item, share in shares.items() if item.endswith(":recital")
        }
        quotes = [quote for quote in found if isinstance(quote, Quotation)]
        quotes.sort(key=lambda quote: (self._known.get(quote.id, 1.0) >= 1, quote.topic != _FIRST_TOPIC))
        self._quotes = quotes
        as_remembered(self.search, self.app)
        self.search.display = False
        self._fill("")

    def _fill(self, wanted: str) -> None:
        shown = [
            quote
            for quote in self._quotes
            if matches(wanted, quote.text, quote.work, quote.date[:4], quote.occasion)
        ]
        self.listing.clear_options()
        self.listing.add_options(
            Option(
                Content.assemble((f"{self._sign(quote.id)} ", "$accent"), one_line(quote.text, 120)),
                id=quote.id,
            )
            for quote in shown
        )
        empty = self.query_one("#empty", Static)
        empty.display = not shown
        self.query_one("#middle").display = bool(shown)
        if shown:
            self.listing.highlighted = 0
            self.next_key.say("Enter: học thuộc lời này · L: luyện 10 câu")
        else:
            empty.update(
                f"Không có lời nào chứa “{one_line(wanted, 40)}”. Esc: bỏ tìm."
                if wanted
                else "Ngân hàng này chưa có lời Bác nào. Esc: về trang chủ."
            )
            self.next_key.say("Esc: bỏ tìm" if wanted else "Esc: về trang chủ")

    def _sign(self, quote: str) -> str:
        share = self._known.get(quote)
        return " " if share is None else ("✓" if share >= 1 else "◐")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the quotation under the cursor in full."""
        quote = next((quote for quote in self._quotes if quote.id == event.option.id), None)
        if quote is None:
            return
        self.query_one("#text", Static).update(Content.styled(f"“{quote.text}”", "italic bold $secondary"))
        date = vietnamese_date(quote.date)
        lines = [Content.assemble(("Bài    ", "bold $accent"), quote.work + (f" ({date})" if date else ""))]
        if quote.occasion:
            lines.append(Content.assemble(("Dịp    ", "bold $accent"), quote.occasion))
        lines += [Content.assemble(("Căn cứ ", "bold $accent"), str(source)) for source in quote.sources]
        if quote.note:
            lines.append(Content.assemble(("Chú ý  ", "bold $warning"), quote.note))
        share = self._known.get(quote.id)
        if share is not None:
            lines.append(Content.styled(f"Lần học thuộc gần nhất: đúng {round(share * 100)} %", "$quiet"))
        self.query_one("#about", Static).update(Content("\n").join(lines))
        self.query_one("#reading", VerticalScroll).scroll_home(animate=False)

    # --- keys -----------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Learn the quotation by heart."""
        event.stop()
        if event.option.id:
            self.trainer.begin(RoundRequest(RECITAL_RULES, only=(event.option.id,)))

    def action_learn(self) -> None:
        """Learn the quotation under the cursor."""
        self.listing.action_select()

    def action_drill(self) -> None:
        """Ten forms made from quotations: of what was searched for, or of all."""
        ids = tuple(option.id for option in self.listing.options if option.id)
        only = ids if self.search.value.strip() else None
        self.trainer.begin(RoundRequest(QUOTATION_RULES, only=only))

    def action_search(self) -> None:
        """Open the search box."""
        self.search.display = True
        self.search.focus()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Narrow the list at each letter."""
        event.stop()
        self._fill(event.value.strip())

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Go from the box to the list."""
        event.stop()
        self.search.open(self.search.value)
        self.listing.focus()

    def action_back(self) -> None:
        """End the search, or go home."""
        if self.search.display:
            self.search.open("")
            self.search.display = False
            self._fill("")
            self.listing.focus()
        else:
            self.trainer.go("home")
