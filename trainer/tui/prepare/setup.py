"""Before a group drill: which rules, which teams, how long, about what; what comes of it is said at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.contest.evening.draft import Draft
from trainer.contest.evening.teams import Team, as_text, check_teams, read_list, remembering
from trainer.contest.rules import Rules
from trainer.errors import TrainerError
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.drill.begin import (
    DrillRequest,
    begin_draft,
    draft_for,
    drill_rules,
    plays_in_groups,
    resume_drill,
    teams_from,
    unfinished_drill,
)
from trainer.tui.prepare.leaving import leave
from trainer.tui.prepare.sets import (
    LAST_FILE,
    Prepared,
    open_set,
    remember_teams,
    remembered_teams,
    resized,
)
from trainer.tui.prepare.wishes import in_words, minutes_from
from trainer.tui.services import new_seed
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.remembered import as_remembered

_TITLE = 30
_GUESSED = 6
"""Teams for which a proposal is told while none are named."""


class TeamsBox(LineInput):
    """Names on one line; a pasted list of several lines is handed to the screen."""

    @dataclass
    class ListPasted(Message):
        """A list was pasted, too long for a line."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.ListPasted(event.text))


class DrillSetupScreen(TrainerScreen):
    """Rules in a list, teams and minutes in boxes; Enter begins, F3 shows the questions first."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "resume", "Làm tiếp"),
        Binding("f3", "prepare", "Xem, sửa bộ câu hỏi"),
        Binding("f6", "teams", "Các đội"),
        Binding("f7", "topics", "Chủ đề"),
        Binding("f8", "open", "Mở tệp"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn luật thi"),
        ("Enter", "Chọn xong luật thì sang ô tên đội; ở ô tên đội, ô thời gian thì bắt đầu"),
        ("Tab", "Sang ô kia"),
        ("F3", "Xem và sửa bộ câu hỏi trước buổi thi, lưu thành tệp (có đáp án: đừng mở trước hội trường)"),
        ("F6", "Các đội: thành viên, màu, biểu tượng, phím chuông, bốc thăm thứ tự"),
        ("F7", "Chọn chủ đề"),
        ("F8", "Mở bộ câu hỏi đã lưu thành tệp"),
        ("F2", "Làm tiếp hội thi đang dở"),
        ("F4", "Trong ô gõ: kiểu gõ Telex, VNI"),
        ("Esc", "Về trang chủ; có câu đã thay mà chưa lưu thì hỏi trước"),
    )

    listing = getters.query_one("#list", OptionList)
    box = getters.query_one("#teams", LineInput)
    minutes = getters.query_one("#minutes", LineInput)

    def __init__(self, prepared: Prepared | None = None) -> None:
        """Show the setup, as it was when a set that was looked over is left again."""
        super().__init__()
        self._rules: list[Rules] = []
        self._unfinished: str | None = None
        self._prepared = prepared
        """The set that was looked over: it is the one that begins while the wishes are the same."""
        self._known: tuple[Team, ...] = ()
        self._topics: tuple[str, ...] = ()
        self._seed = new_seed()
        self._due = False

    def compose(self) -> ComposeResult:
        """Head, rules, teams, minutes, topics, what is proposed, next key."""
        head = HeadLine(id="head")
        head.left = "Hội thi nhiều đội"
        yield head
        with VerticalScroll(id="stage", can_focus=False):
            yield Static("Luật thi", classes="title")
            yield OptionList(id="list", markup=False)
            yield Static("Các đội (từ 2 đến 10, cách nhau bằng dấu phẩy)", classes="title")
            yield TeamsBox(id="teams", max_length=400)
            with Horizontal(id="wishes"):
                with Vertical(id="time"):
                    yield Static("Số phút (tùy bạn)", classes="title")
                    yield LineInput(id="minutes", max_length=20, placeholder="theo luật")
                with Vertical(id="about"):
                    yield Static("Chủ đề (F7 để chọn)", classes="title")
                    yield Static(id="topics", markup=False)
        with Vertical(id="told"):
            yield Static(id="proposal", markup=False)
            yield Static(id="note", markup=False)
        yield NextKey("start", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """List the rules; offer the teams of the last time."""
        services = self.trainer.services
        wished, minutes, topics = services.drill_wishes
        self._known, text = remembered_teams(services), services.store.setting("teams")
        if self._prepared is not None:
            draft, self._known = self._prepared.draft, self._prepared.teams
            wished, minutes, topics = draft.rules.origin, draft.minutes, draft.topics
            text = as_text(self._known)
        self._topics = topics
        self._rules = drill_rules(services)
        if wished and wished not in [rules.origin for rules in self._rules]:
            named = services.rules(wished)
            if plays_in_groups(named):
                self._rules.append(named)
        self.listing.add_options([Option(row) for row in _rows(self._rules)])
        names = [rules.origin for rules in self._rules]
        self.listing.highlighted = names.index(wished) if wished in names else 0
        as_remembered(self.box, self.app)
        self.box.value = text
        self.minutes.value = f"{minutes} phút" if minutes else ""
        self._unfinished = unfinished_drill(services)
        if wished:
            self.box.focus()
        self._say()
        self._show()

    # --- what is proposed -----------------------------------------------------------------------

    def _request(self, teams: tuple[Team, ...]) -> DrillRequest:
        rules = self._rules[self.listing.highlighted or 0].origin
        names = tuple(team.name for team in teams)
        return DrillRequest(rules, names, minutes_from(self.minutes.value), self._seed, self._topics)

    def _draft(self) -> tuple[Draft, tuple[Team, ...]]:
        """Return the set that is proposed and the teams, or raise what is wrong with the wishes."""
        teams = teams_from(self.box.value, self._known)
        request = self._request(teams)
        if self._keeps(request):
            assert self._prepared is not None  # noqa: S101 - it is kept
            kept = resized(self.trainer.services, self._prepared, teams)
            return kept.draft, teams
        return draft_for(self.trainer.services, request), teams

    def _keeps(self, request: DrillRequest) -> bool:
        """Tell whether the wishes are still those of the set that was looked over."""
        if self._prepared is None:
            return False
        draft = self._prepared.draft
        wishes = (draft.rules.origin, draft.minutes, draft.topics)
        return (request.rules, request.minutes, request.topics) == wishes

    def _show_soon(self) -> None:
        """Tell it once what was typed has been painted: a set takes 10 ms, a letter must not wait."""
        if not self._due:
            self._due = True
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        """Tell what the wishes come to."""
        self._due = False
        titles = self.trainer.services.bank.topics
        topics = ", ".join(titles.get(topic, topic) for topic in self._topics) or "tất cả"
        self.query_one("#topics", Static).update(Content(one_line(topics, 110)))
        proposal, note = self.query_one("#proposal", Static), self.query_one("#note", Static)
        text, warning, kept = "", "", False
        try:
            if self.box.value.strip():
                draft, _ = self._draft()
            else:
                guessed = tuple(Team(f"\0{number}") for number in range(_GUESSED))  # nobody's names
                draft = draft_for(self.trainer.services, self._request(guessed))
            text = in_words(draft) if self.box.value.strip() else f"Ví dụ {in_words(draft)}"
            warning = draft.lacking or " ".join(draft.notes)
            if self._prepared is not None and self.box.value.strip():
                kept = self._keeps(self._request(()))
                new = "" if kept else "Đây là bộ mới; chọn lại như cũ thì bộ vừa xem trở lại."
                warning = f"{warning} {new}".strip()
        except TrainerError as error:
            warning = str(error)
        proposal.update(Content(text))
        proposal.display = bool(text)
        usual = (
            "Có một hội thi đang dở. F2: làm tiếp từ đúng chỗ ấy."
            if self._unfinished
            else "Đây là bộ câu hỏi vừa xem: Enter ở ô tên đội bắt đầu với đúng bộ ấy."
            if kept
            else "Trong hội thi: Enter luôn là bước tiếp theo, U rút lại, ? xem các phím."
        )
        note.update(Content(warning or usual))
        note.set_class(bool(warning), "-warning")

    def _say(self) -> None:
        ready = self.focused in (self.box, self.minutes)
        self.query_one("#next", NextKey).say(
            "Enter: bắt đầu hội thi · F3: xem và sửa bộ câu hỏi trước"
            if ready
            else "Enter: sang ô tên các đội"
        )

    def on_descendant_focus(self) -> None:
        """Name what Enter does here."""
        self._say()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Other rules, another set."""
        event.stop()
        self._show_soon()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Other teams or minutes, another set."""
        event.stop()
        self._show_soon()

    # --- going on -------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The rules are chosen: now the teams."""
        event.stop()
        self.box.focus()

    def on_teams_box_list_pasted(self, event: TeamsBox.ListPasted) -> None:
        """Take the teams of a pasted list, with their members."""
        event.stop()
        teams = read_list(event.text)
        try:
            check_teams(teams)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self._known = remembering(teams, self._known)
        self.box.open(as_text(self._known))

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Begin."""
        event.stop()
        self._begin()

    def action_start(self) -> None:
        """Do what Enter does."""
        if self.focused in (self.box, self.minutes):
            self._begin()
        else:
            self.box.focus()

    def _begin(self) -> None:
        services = self.trainer.services
        self.box.open()
        self.minutes.open()
        try:
            draft, teams = self._draft()
            session = begin_draft(services, draft, teams)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self._remember(teams)
        self.trainer.show_contest(session)

    def action_home(self) -> None:
        """Go home; ask first when swapped items would be lost."""
        leave(self, self._prepared, super().action_home)

    def _remember(self, teams: tuple[Team, ...]) -> None:
        services = self.trainer.services
        self.trainer.attempt(lambda: services.store.set_setting("teams", as_text(teams)))
        self.trainer.attempt(lambda: remember_teams(services, teams))

    def action_prepare(self) -> None:
        """Look the set over."""
        try:
            draft, teams = self._draft()
        except TrainerError as error:
            self.trainer.tell(str(error))
            self.box.focus()
            return
        kept = self._prepared if self._keeps(self._request(teams)) else None
        if draft.lacking and kept is None:
            self.trainer.tell(draft.lacking)
            return
        from trainer.tui.prepare.screen import DrillPrepareScreen

        def look() -> None:
            self._remember(teams)
            fresh = Prepared(draft, teams) if kept is None else replace(kept, draft=draft, teams=teams)
            self.app.switch_screen(DrillPrepareScreen(fresh))

        leave(self, None if kept else self._prepared, look)

    def action_teams(self) -> None:
        """Change the teams one by one."""
        from trainer.tui.prepare.teams import TeamsScreen

        def keep(teams: tuple[Team, ...] | None) -> None:
            if teams is not None:
                self._known = teams
                self.box.open(as_text(teams))
                if teams:
                    self._remember(teams)
                self.box.focus()

        self.app.push_screen(TeamsScreen(remembering(read_list(self.box.value), self._known)), keep)

    def action_topics(self) -> None:
        """Choose topics."""
        from trainer.tui.prepare.wishes import TopicsDialog

        def keep(topics: tuple[str, ...] | None) -> None:
            if topics is not None:
                self._topics = topics
                self._show()

        self.app.push_screen(TopicsDialog(self.trainer.services.bank, self._topics), keep)

    def action_open(self) -> None:
        """Ask for the file of a prepared evening."""
        from trainer.tui.dialogs import NoteScreen

        def chosen(text: str | None) -> None:
            if text and text.strip():
                self._open(Path(text.strip()).expanduser())

        last = self.trainer.services.store.setting(LAST_FILE)
        dialog = NoteScreen("Mở tệp bộ câu hỏi", "Enter: mở · Esc: thôi", last, edit=True)
        self.app.push_screen(dialog, chosen)

    def _open(self, path: Path) -> None:
        from trainer.tui.prepare.ready import DrillReadyScreen

        try:
            prepared = open_set(self.trainer.services, path)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        leave(self, self._prepared, lambda: self._switch(DrillReadyScreen(prepared)))

    def _switch(self, screen: TrainerScreen) -> None:
        self.app.switch_screen(screen)

    def action_resume(self) -> None:
        """Go on with the contest that was left."""
        leave(self, self._prepared, self._resume)

    def _resume(self) -> None:
        try:
            session = resume_drill(self.trainer.services)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.show_contest(session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer going on only when something was left."""
        return self._unfinished is not None if action == "resume" else True


def _rows(rules: Sequence[Rules]) -> list[Content]:
    """Return the lines of the list: titles in one column, what they come to in another."""
    titles = [one_line(each.title, _TITLE) for each in rules]
    width = max(map(len, titles), default=0)
    return [
        Content.assemble((f"{title:<{width}}", "bold"), (f"   {each.summary}", "$quiet"))
        for title, each in zip(titles, rules, strict=True)
    ]
