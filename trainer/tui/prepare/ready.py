"""A set from a file, before the room: who plays what, and no answer; one Enter begins."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.evening.teams import Team, key_name
from trainer.errors import TrainerError
from trainer.text import one_line
from trainer.tui.base import TrainerScreen
from trainer.tui.dialogs import AskScreen
from trainer.tui.drill.begin import begin_draft, resume_drill, unfinished_drill
from trainer.tui.prepare.leaving import leave
from trainer.tui.prepare.met import met_note
from trainer.tui.prepare.sets import Prepared, remember_teams, resized
from trainer.tui.prepare.wishes import in_words
from trainer.tui.theme import team_style
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_NAME = 28


class DrillReadyScreen(TrainerScreen):
    """Names the evening, its rules and teams; Enter begins with exactly the set of the file."""

    CSS_PATH = "ready.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f5", "begin", "Bắt đầu", show=False),
        Binding("f2", "resume", "Làm tiếp"),
        Binding("f3", "prepare", "Bộ câu hỏi (có đáp án)"),
        Binding("f6", "teams", "Các đội"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter, F5", "Bắt đầu hội thi với đúng bộ câu hỏi của tệp"),
        ("F2", "Làm tiếp hội thi đang dở"),
        ("F3", "Xem và sửa bộ câu hỏi: có đáp án, đừng mở trước hội trường"),
        ("F6", "Các đội: thành viên, màu, phím chuông, bốc thăm thứ tự"),
        ("Esc", "Về trang chủ; có câu đã thay mà chưa lưu thì hỏi trước"),
    )

    def __init__(self, prepared: Prepared) -> None:
        super().__init__()
        self.prepared = prepared
        self._unfinished: str | None = None

    def compose(self) -> ComposeResult:
        """Head, what is played, by whom, what to know, next key."""
        yield HeadLine(id="head")
        with VerticalScroll(id="stage", can_focus=False):
            yield Static(id="title", markup=False)
            yield Static(id="what", markup=False)
            yield Static(id="teams", markup=False)
            yield Static(id="notes", markup=False)
        yield NextKey("begin", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the evening."""
        self._unfinished = unfinished_drill(self.trainer.services)
        self._show()

    def _show(self) -> None:
        draft, teams = self.prepared.draft, self.prepared.teams
        head = self.query_one("#head", HeadLine)
        head.left, head.right = "Hội thi nhiều đội", f"{len(teams)} đội"
        self.query_one("#title", Static).update(Content(draft.title))
        rules = "" if draft.title == draft.rules.title else f"{draft.rules.title}\n"
        what = Content.assemble((rules, "bold"), (in_words(draft), "$quiet"))
        self.query_one("#what", Static).update(what)
        self.query_one("#teams", Static).update(Content("\n").join(_line(team) for team in teams))
        notes = self.query_one("#notes", Static)
        lines = [draft.lacking] if draft.lacking else list(draft.notes)
        if met := met_note(self.trainer.services, draft, teams):
            lines.append(met)
        if self.prepared.at_stake:
            lines.append("Có câu đã thay, chưa lưu vào tệp. F3 rồi Ctrl+S: lưu.")
        if self._unfinished:
            lines.insert(
                0, "Có một hội thi đang dở. F2: làm tiếp từ đúng chỗ ấy; Enter: bắt đầu hội thi mới."
            )
        notes.update(Content("\n").join(Content(f"▲ {note}") for note in lines))
        notes.display = bool(lines)
        begin = (
            "F2: làm tiếp hội thi đang dở · Enter: hội thi mới"
            if self._unfinished
            else "Enter: bắt đầu hội thi"
        )
        self.query_one("#next", NextKey).say("F6: bớt đội · F3: sửa bộ câu hỏi" if draft.lacking else begin)

    def action_begin(self) -> None:
        """Begin; ask first when another contest was left, perhaps by a power cut a minute ago."""
        if not self._unfinished:
            self._begin()
            return
        text = (
            "Hội thi đang dở vẫn được giữ, nhưng từ đây bạn sẽ làm hội thi mới. Muốn làm tiếp: Esc, rồi F2."
        )
        self.app.push_screen(
            AskScreen("Bắt đầu hội thi mới?", text), lambda agreed: self._begin() if agreed else None
        )

    def _begin(self) -> None:
        services, teams = self.trainer.services, self.prepared.teams
        try:
            session = begin_draft(services, self.prepared.draft, teams)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.attempt(lambda: remember_teams(services, teams))
        self.trainer.show_contest(session)

    def action_home(self) -> None:
        """Go home; ask first when swapped items would be lost."""
        leave(self, self.prepared, super().action_home)

    def action_resume(self) -> None:
        """Go on with the contest that was left."""
        leave(self, self.prepared, self._resume)

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

    def action_prepare(self) -> None:
        """Look the set over."""
        from trainer.tui.prepare.screen import DrillPrepareScreen

        self.app.switch_screen(DrillPrepareScreen(self.prepared, DrillReadyScreen))

    def action_teams(self) -> None:
        """Change the teams: somebody came late, somebody did not come."""
        from trainer.tui.prepare.teams import TeamsScreen

        def keep(teams: tuple[Team, ...] | None) -> None:
            if teams is None:
                return
            try:
                self.prepared = resized(self.trainer.services, self.prepared, teams)
            except TrainerError as error:
                self.trainer.tell(str(error))
            self._show()

        self.app.push_screen(TeamsScreen(self.prepared.teams), keep)


def _line(team: Team) -> Content:
    return Content.assemble(
        (f"{key_name(team.key):>2}  ", "$quiet"),
        (f"{team.symbol} ", f"bold {team_style(team.colour)}"),
        (one_line(team.name, _NAME).ljust(_NAME), "bold"),
        (one_line(", ".join(team.members), 60), "$quiet"),
    )
