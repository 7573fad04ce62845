"""Choosing a topic, with how much of each the player knows."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.history.mastery import TopicMastery, by_topic
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.services import RoundRequest
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_BAR = 10
_TITLE = 52


class TopicsScreen(TrainerScreen):
    """The bank's topics; Enter plays ten quick questions of one."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển"),
        ("Enter", "Mười câu của chủ đề đang chọn, mỗi câu 15 giây"),
        ("Esc", "Về trang chủ"),
    )

    listing = getters.query_one("#list", OptionList)

    def compose(self) -> ComposeResult:
        """Head, list, next key."""
        head = HeadLine(id="head")
        head.left = "Luyện theo chủ đề"
        head.right = self.trainer.services.player.name
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield OptionList(id="list", markup=False)
        yield NextKey("start", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the topics, in the bank's order."""
        services = self.trainer.services
        found = by_topic(services.bank.entries(), services.store.last_shares(services.player.id))
        empty, next_key = self.query_one("#empty", Static), self.query_one("#next", NextKey)
        empty.display, self.listing.display = not found, bool(found)
        if not found:
            empty.update("Ngân hàng này chưa có câu hỏi nào. Gõ “danvan check” để xem vì sao.")
            next_key.say("Esc: về trang chủ")
            return
        titles = {mastery.topic: services.bank.topics.get(mastery.topic, mastery.topic) for mastery in found}
        width = min(_TITLE, max(len(title) for title in titles.values()))
        self.listing.add_options(
            Option(_row(one_line(titles[mastery.topic], width), width, mastery), id=mastery.topic)
            for mastery in found
        )
        self.listing.highlighted = 0
        next_key.say("Enter: mười câu của chủ đề này")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin a round of the chosen topic."""
        event.stop()
        self.trainer.begin(RoundRequest("nhanh", topics=(event.option.id or "",)))

    def action_start(self) -> None:
        """Begin a round of the highlighted topic."""
        self.listing.action_select()


def _row(title: str, width: int, mastery: TopicMastery) -> Content:
    filled = round(mastery.known / mastery.questions * _BAR)
    return Content.assemble(
        f"{title:<{width}}  ",
        ("█" * filled, "$accent"),
        ("░" * (_BAR - filled), "$border-blurred"),
        f" {mastery.known:>3}/{mastery.questions:<3}",
        (f" {mastery.new} câu mới" if mastery.new else "", "$quiet"),
    )
