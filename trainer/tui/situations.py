"""Choosing a situation: by lot, or from the list by group."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.bank.model import Situation
from trainer.tui.base import TrainerScreen
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey


class SituationsScreen(TrainerScreen):
    """The bank's situations, with a draw by lot first."""

    CSS_PATH = "lists.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,T", "progress", "Tiến bộ"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Di chuyển"),
        ("Enter", "Bắt đầu tình huống đang chọn"),
        ("T", "Tiến bộ của bạn: theo tiêu chí, theo nhóm, các lần đã làm"),
        ("Esc", "Về trang chủ"),
    )

    listing = getters.query_one("#list", OptionList)

    def compose(self) -> ComposeResult:
        """Head, list, next key."""
        head = HeadLine(id="head")
        head.left = "Xử lý tình huống"
        yield head
        with Vertical(id="stage"):
            yield Static(id="empty", markup=False)
            yield OptionList(id="list", markup=False)
        yield NextKey("start", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the situations by group."""
        bank, store = self.trainer.services.bank, self.trainer.services.store
        seen = store.seen(self.trainer.services.player.id)
        found = [bank.item(entry.id) for entry in bank.entries("situation")]
        groups: dict[str, list[Situation]] = {}
        for item in found:
            if isinstance(item, Situation):
                groups.setdefault(item.group, []).append(item)
        next_key = self.query_one("#next", NextKey)
        if not groups:
            self.query_one("#empty", Static).update(
                "Ngân hàng này chưa có tình huống nào. Esc: về trang chủ."
            )
            self.listing.display = False
            next_key.say("Esc: về trang chủ")
            return
        self.query_one("#empty", Static).display = False
        options: list[Option | None] = [
            Option(
                Content.assemble(
                    ("Bốc thăm", "bold $accent"), ("   một tình huống bạn lâu chưa gặp", "$quiet")
                ),
                id="lot",
            )
        ]
        advised = self._proposal([item for items in groups.values() for item in items])
        if advised is not None:
            options.append(advised)
        for group, items in groups.items():
            options += [None, Option(Content.styled(group, "bold $secondary"), disabled=True)]
            for item in items:
                done = "đã làm" if item.id in seen else "mới"
                options.append(
                    Option(Content.assemble("  ", item.title, (f"   {done}", "$quiet")), id=f"item:{item.id}")
                )
        self.listing.add_options(options)
        self.listing.highlighted = 0
        next_key.say("Enter: bắt đầu")

    def _proposal(self, situations: list[Situation]) -> Option | None:
        """Return the next situation that is worth most, once something was handled."""
        from trainer.history.coaching import proposal

        records = self.trainer.services.situation_records()
        found = proposal(records, situations) if records else None
        if found is None:
            return None
        item, why = found
        title = next(situation.title for situation in situations if situation.id == item)
        return Option(
            Content.assemble(("Nên làm tiếp", "bold $accent"), f"   {title}", (f"   {why}", "$quiet")),
            id=f"item:{item}:advised",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin the chosen one."""
        event.stop()
        key = event.option.id or "lot"
        self.trainer.begin_situation(None if key == "lot" else key.split(":")[1])

    def action_progress(self) -> None:
        """Show how the situations go."""
        self.trainer.go("progress")

    def action_start(self) -> None:
        """Begin the highlighted one."""
        self.listing.action_select()
