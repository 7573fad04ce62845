"""Bookmarked and doubted items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.bank.model import Question, Quotation, Situation
from trainer.contest.selection import presented_order
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.services import RoundRequest
from trainer.tui.widgets.facts import Fact, Facts
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey


class FlagsScreen(TrainerScreen):
    """The player's marks, with the item in full below."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,L", "drill", "Luyện các câu này"),
        Binding("x,X,delete", "clear", "Bỏ đánh dấu"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển; câu hỏi hiện đầy đủ ở dưới"),
        ("L", "Luyện các câu đã đánh dấu"),
        ("X", "Bỏ đánh dấu hoặc bỏ nghi ngờ"),
        ("Esc", "Về trang chủ"),
    )

    listing = getters.query_one("#list", OptionList)
    detail = getters.query_one("#detail", Facts)

    def compose(self) -> ComposeResult:
        """Head, list, the item in full, next key."""
        head = HeadLine(id="head")
        head.left = "Câu đã đánh dấu"
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield OptionList(id="list", markup=False)
            yield Facts(id="detail")
        yield NextKey("drill", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the marks."""
        self._fill()

    def _fill(self) -> None:
        services = self.trainer.services
        flags = services.store.flags(services.player.id)
        self.listing.clear_options()
        empty = self.query_one("#empty", Static)
        empty.display = not flags
        self.listing.display = bool(flags)
        if not flags:
            empty.update("Chưa có câu nào. Trong phần thi, nhấn M để đánh dấu, N để ghi điều nghi ngờ.")
            self.detail.clear()
            self.query_one("#next", NextKey).say("Esc: về trang chủ")
            return
        for flag in flags:
            kind = (
                ("? Nghi ngờ ", "bold $warning") if flag.kind == "doubt" else ("* Đánh dấu ", "bold $accent")
            )
            note = f"  ({flag.note})" if flag.note else ""
            self.listing.add_option(
                Option(
                    Content.assemble(kind, self._title(flag.item), (note, "$quiet")),
                    id=f"{flag.kind}:{flag.item}",
                )
            )
        self.listing.highlighted = 0
        self.query_one("#next", NextKey).say("L: luyện các câu này")

    def _title(self, item_id: str) -> str:
        bank = self.trainer.services.bank
        if item_id not in bank:
            return f"{item_id} (không còn trong ngân hàng)"
        item = bank.item(item_id)
        if isinstance(item, Situation):
            return item.title
        return item.text if isinstance(item, Quotation) else item.prompt

    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the item in full."""
        event.stop()
        item_id = (event.option.id or ":").partition(":")[2]
        bank = self.trainer.services.bank
        item = bank.item(item_id) if item_id in bank else None
        if isinstance(item, Question) and item.options:
            await self.detail.show(Content.styled(item.prompt, "bold"), _in_full(bank.data(item_id)))
        else:
            self.detail.clear()

    def action_drill(self) -> None:
        """Practise the marked questions."""
        services = self.trainer.services
        ids = {flag.item for flag in services.store.flags(services.player.id)}
        known = {entry.id for entry in services.bank.entries("question")}
        if not ids & known:
            self.trainer.tell("Chưa có câu hỏi nào được đánh dấu để luyện.")
            return
        self.trainer.begin(RoundRequest("nhanh", only=tuple(sorted(ids & known)), count=len(ids & known)))

    def action_clear(self) -> None:
        """Take the highlighted mark away."""
        if self.listing.highlighted is None:
            return
        kind, _, item = (self.listing.get_option_at_index(self.listing.highlighted).id or "").partition(":")
        services = self.trainer.services
        if self.trainer.attempt(lambda: services.store.clear_flag(services.player.id, item, kind)):
            self._fill()


def _in_full(data: Mapping[str, Any]) -> list[Fact]:
    """Return a question's options, the right ones marked, and the rest of its explanation."""
    order = presented_order(data, 0)
    rows = Content("\n").join(
        Content.styled(f"✓ {data['options'][index]}", "bold $success")
        if index < data["right"]
        else Content(f"  {data['options'][index]}")
        for index in order
    )
    _, *rest = wording.explanation(data, order)  # the first fact names the answers by letters
    return [("Đáp án", "$success", rows), *rest]
