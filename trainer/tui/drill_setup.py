"""Before a group drill: which rules, which teams."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.contest.rules import Rules
from trainer.errors import TrainerError
from trainer.tui.base import TrainerScreen
from trainer.tui.drill_begin import (
    DrillRequest,
    begin_drill,
    drill_rules,
    plays_in_groups,
    resume_drill,
    team_names,
    unfinished_drill,
)
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.remembered import as_remembered


class DrillSetupScreen(TrainerScreen):
    """Rules in a list, teams in a box; Enter begins."""

    CSS_PATH = "drill_setup.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "resume", "Làm tiếp hội thi dở"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn luật thi"),
        ("Enter", "Chọn xong luật thì sang ô tên đội; ở ô tên đội thì bắt đầu"),
        ("Tab", "Sang ô kia"),
        ("F2", "Làm tiếp hội thi đang dở"),
        ("F4", "Trong ô tên đội: kiểu gõ Telex, VNI"),
        ("Esc", "Về trang chủ"),
    )

    listing = getters.query_one("#list", OptionList)
    box = getters.query_one("#teams", LineInput)

    def __init__(self) -> None:
        super().__init__()
        self._rules: list[Rules] = []
        self._unfinished: str | None = None

    def compose(self) -> ComposeResult:
        """Head, rules, teams, next key."""
        head = HeadLine(id="head")
        head.left = "Hội thi nhiều đội"
        yield head
        with Vertical(id="stage"):
            yield Static("Luật thi", classes="title")
            yield OptionList(id="list", markup=False)
            yield Static("Các đội (từ 2 đến 10, cách nhau bằng dấu phẩy)", classes="title")
            yield LineInput(id="teams", max_length=500)
            yield Static(id="note", markup=False)
        yield NextKey("start", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the rules; offer the teams of the last time."""
        services = self.trainer.services
        wished = services.drill_wishes[0]
        self._rules = drill_rules(services)
        if wished and wished not in [rules.name for rules in self._rules]:
            named = services.rules(wished)
            if plays_in_groups(named):
                self._rules.append(named)
        self.listing.add_options(
            [
                Option(Content.assemble((rules.title, "bold"), (f"   {rules.summary}", "$quiet")))
                for rules in self._rules
            ]
        )
        names = [rules.name for rules in self._rules]
        self.listing.highlighted = names.index(wished) if wished in names else 0
        as_remembered(self.box, self.app)
        self.box.value = services.store.setting("teams")
        self._unfinished = unfinished_drill(services)
        note = "Trong hội thi: Enter luôn là bước tiếp theo, U rút lại, ? xem các phím."
        if self._unfinished:
            note = "Có một hội thi đang dở. F2: làm tiếp từ đúng chỗ ấy."
        self.query_one("#note", Static).update(Content(note))
        if wished:
            self.box.focus()
        self._say()

    def _say(self) -> None:
        ready = self.focused is self.box
        self.query_one("#next", NextKey).say(
            "Enter: bắt đầu hội thi" if ready else "Enter: sang ô tên các đội"
        )

    def on_descendant_focus(self) -> None:
        """Name what Enter does here."""
        self._say()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The rules are chosen: now the teams."""
        event.stop()
        self.box.focus()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Begin."""
        event.stop()
        self._begin()

    def action_start(self) -> None:
        """Do what Enter does."""
        if self.focused is self.box:
            self._begin()
        else:
            self.box.focus()

    def _begin(self) -> None:
        services, text = self.trainer.services, self.box.value
        self.box.open()
        if self.listing.highlighted is None:
            return
        try:
            rules = self._rules[self.listing.highlighted].name
            session = begin_drill(services, DrillRequest(rules, team_names(text), services.drill_wishes[1]))
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.attempt(lambda: services.store.set_setting("teams", text))
        self.trainer.show_contest(session)

    def action_resume(self) -> None:
        """Go on with the contest that was left."""
        try:
            session = resume_drill(self.trainer.services)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.show_contest(session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer going on only when something was left."""
        return self._unfinished is not None if action == "resume" else True
