"""The teams one by one: name, members, colour, symbol, buzzer key; pasted from a list; order by lot."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.contest.evening.teams import (
    COLOUR_NAMES,
    COLOURS,
    MOST,
    SYMBOLS,
    Team,
    as_line,
    by_lot,
    key_name,
    read_list,
    remembering,
    with_defaults,
    wrong_count,
    wrong_pair,
    wrong_team,
)
from trainer.text import one_line
from trainer.tui.dialogs import NoteScreen
from trainer.tui.prepare.team_dialogs import KeyDialog, ListDialog
from trainer.tui.theme import team_style
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp

_NAME = 24
_LINE = 300
"""Characters that the box of a note holds."""


class TeamsScreen(Screen[tuple[Team, ...] | None]):
    """A list of teams; closing it keeps them as they stand."""

    CSS_PATH = "teams.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,N", "add", "Thêm"),
        Binding("d,D", "paste_list", "Dán"),
        Binding("l,L", "lot", "Bốc thăm"),
        Binding("k,K", "key", "Phím chuông"),
        Binding("c,C", "colour", "Màu"),
        Binding("s,S", "symbol", "Hình"),
        Binding("x,X,delete", "remove", "Bỏ"),
        Binding("left_square_bracket,shift+up", "move(-1)", show=False),
        Binding("right_square_bracket,shift+down", "move(1)", show=False),
        Binding("u,U", "undo", "Rút lại"),
        Binding("escape,f5", "done", "Xong"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter", "Sửa tên và thành viên của đội: Tổ 1: An, Bình, Chi"),
        ("N, X", "Thêm một đội; bỏ đội đang chọn"),
        ("D", "Dán hoặc gõ cả danh sách, mỗi dòng một đội (dán thẳng vào đây cũng được)"),
        ("C, S", "Đổi màu; đổi hình (biểu tượng)"),
        ("K", "Đổi phím chuông: bấm đúng phím ấy trên bàn phím hoặc trên nút của đội"),
        ("L", "Bốc thăm thứ tự các đội"),
        ("[ ]", "Đưa đội lên, xuống (Shift+↑ ↓ cũng được)"),
        ("U", "Rút lại thay đổi vừa rồi, kể cả lần bốc thăm"),
        ("Esc, F5", "Xong; các đội được giữ như đang thấy"),
    )

    listing = getters.query_one("#list", OptionList)

    def __init__(self, teams: Sequence[Team]) -> None:
        super().__init__()
        self.teams = tuple(teams)
        self._before: list[tuple[Team, ...]] = []
        self._said = ""

    @property
    def _trainer(self) -> DanvanApp:
        return cast("DanvanApp", self.app)

    def compose(self) -> ComposeResult:
        """Head, heading, teams, what was done, next key."""
        head = HeadLine(id="head")
        head.left = "Các đội"
        yield head
        with Vertical(id="stage"):
            yield Static(_heading(), id="heading", markup=False)
            yield OptionList(id="list", markup=False)
            yield Static(id="empty", markup=False)
            yield Static(id="said", markup=False)
        yield NextKey("done", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the teams."""
        self._show(0)

    def _show(self, highlighted: int | None = None) -> None:
        at = self.listing.highlighted if highlighted is None else highlighted
        self.query_one("#head", HeadLine).right = f"{len(self.teams)} đội"
        width = self.app.size.width - 4
        self.listing.clear_options()
        self.listing.add_options([Option(_row(team, width)) for team in self.teams])
        self.listing.highlighted = min(at or 0, len(self.teams) - 1) if self.teams else None
        empty = self.query_one("#empty", Static)
        empty.display = not self.teams
        empty.update(Content("Chưa có đội nào. N: thêm một đội · D: dán danh sách, mỗi dòng một đội."))
        self.query_one("#heading", Static).display = bool(self.teams)
        wrong = wrong_count(len(self.teams)) if self.teams else ""
        said = self.query_one("#said", Static)
        said.update(Content(self._said or wrong))
        said.set_class(bool(wrong) and not self._said, "-warning")
        add = "N: thêm đội · " if len(self.teams) < 2 else ""
        edit = "Enter: sửa tên, thành viên · " if self.teams else ""
        self.query_one("#next", NextKey).say(f"{add}{edit}Esc: xong")
        self.refresh_bindings()

    def _change(self, teams: Sequence[Team], said: str = "", highlighted: int | None = None) -> None:
        """Keep what was, show what is; nothing is changed when a team is wrong."""
        wrong = next((why for team in teams if (why := wrong_team(team))), "") or wrong_pair(teams)[1]
        if not wrong and len(teams) > MOST:
            wrong = wrong_count(len(teams))
        if wrong:
            self._trainer.tell(wrong)
            return
        if tuple(teams) != self.teams:
            self._before.append(self.teams)
        self.teams, self._said = tuple(teams), said
        self._show(highlighted)

    def _here(self) -> int | None:
        at = self.listing.highlighted
        return at if at is not None and at < len(self.teams) else None

    def _with(self, at: int, team: Team) -> list[Team]:
        return [*self.teams[:at], team, *self.teams[at + 1 :]]

    # --- names and members ----------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Edit a team's name and members."""
        event.stop()
        at = event.option_index
        old = self.teams[at]
        if len(as_line(old)) > _LINE:
            self._trainer.tell(
                f"Đội “{old.name}” có nhiều thành viên. Bạn hãy nhấn D để sửa trong danh sách."
            )
            return

        def keep(text: str | None) -> None:
            found = read_list(text or "")
            if text is None:
                return
            if len(found) != 1:
                self._trainer.tell("Mỗi lần sửa một đội, ví dụ: Tổ 1: An, Bình, Chi. Nhiều đội: nhấn D.")
                return
            self._change(self._with(at, old._replace(name=found[0].name, members=found[0].members)))

        self._ask("Tên đội và thành viên", as_line(old), keep)

    def action_add(self) -> None:
        """Add a team."""

        def keep(text: str | None) -> None:
            found = read_list(text or "")
            if found:
                many = len(self.teams)
                self._change(with_defaults([*self.teams, *found]), highlighted=many)

        self._ask("Thêm đội", "", keep)

    def _ask(self, title: str, value: str, keep: Callable[[str | None], None]) -> None:
        hint = "Tổ 1: An, Bình, Chi (thành viên không bắt buộc) · Enter: ghi · Esc: thôi"
        self.app.push_screen(NoteScreen(title, hint, value, edit=True), keep)

    def action_paste_list(self) -> None:
        """Type or paste the whole list."""

        def keep(text: str | None) -> None:
            if text is not None:
                self._take_list(text)

        self.app.push_screen(ListDialog("\n".join(as_line(team) for team in self.teams)), keep)

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted list."""
        event.stop()
        self._take_list(event.text)

    def _take_list(self, text: str) -> None:
        found = read_list(text)
        if not found:
            self._trainer.tell("Danh sách không có tên đội nào. Bạn hãy ghi mỗi dòng một đội.")
            return
        self._change(remembering(found, self.teams), f"Đã nhận {len(found)} đội từ danh sách.", 0)

    def action_remove(self) -> None:
        """Take the highlighted team out."""
        at = self._here()
        if at is not None:
            name = self.teams[at].name
            self._change([*self.teams[:at], *self.teams[at + 1 :]], f"Đã bỏ đội “{name}”. U: rút lại.")

    # --- order ----------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the highlighted team up or down."""
        at = self._here()
        if at is None or not 0 <= at + by < len(self.teams):
            return
        teams = list(self.teams)
        teams[at], teams[at + by] = teams[at + by], teams[at]
        self._change(teams, highlighted=at + by)

    def action_lot(self) -> None:
        """Draw the order by lot."""
        if len(self.teams) > 1:
            seed = secrets.randbelow(10_000)
            said = f"Đã bốc thăm thứ tự (số gieo {seed}). L: bốc lại · U: rút lại."
            before = self.teams
            self._change(by_lot(before, seed), said, 0)
            if self.teams == before:  # the lot may draw the order that is there
                self._said = said
                self._show(0)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self.teams, self._said = self._before.pop(), "Đã rút lại."
            self._show()

    # --- colour, symbol, key --------------------------------------------------------------------

    def action_colour(self) -> None:
        """Give the next colour that no other team has."""
        at = self._here()
        if at is not None:
            colour = _next_free(self.teams[at].colour, COLOURS, [team.colour for team in self.teams])
            self._change(self._with(at, self.teams[at]._replace(colour=colour)))

    def action_symbol(self) -> None:
        """Give the next symbol that no other team has."""
        at = self._here()
        if at is not None:
            symbol = _next_free(self.teams[at].symbol, tuple(SYMBOLS), [team.symbol for team in self.teams])
            self._change(self._with(at, self.teams[at]._replace(symbol=symbol)))

    def action_key(self) -> None:
        """Ask for the team's buzzer key."""
        at = self._here()
        if at is None:
            return
        team = self.teams[at]

        def keep(key: str | None) -> None:
            if key:
                self._change(self._with(at, team._replace(key=key)))

        others = {other.key: other.name for other in self.teams if other is not team}
        self.app.push_screen(KeyDialog(team.name, others), keep)

    def action_done(self) -> None:
        """Close, with the teams as they stand."""
        self.dismiss(self.teams)

    def on_resize(self) -> None:
        """Fit the rows."""
        if self.listing.option_count:
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what does something."""
        if action == "undo":
            return bool(self._before)
        if action == "lot":
            return len(self.teams) > 1
        return bool(self.teams) if action in ("colour", "symbol", "key", "remove") else True


def _next_free(own: str, choices: Sequence[str], taken: Sequence[str]) -> str:
    """Return the choice after `own` that nobody has, `own` when there is none."""
    start = choices.index(own) + 1 if own in choices else 0
    return next((each for each in [*choices[start:], *choices[:start]] if each not in taken), own)


def _heading() -> str:
    return f"  Phím     {'Đội':<{_NAME}}  {'Màu':<14}  Thành viên"


def _row(team: Team, width: int) -> Content:
    members = one_line(", ".join(team.members), max(10, width - _NAME - 32)) if team.members else "–"
    return Content.assemble(
        (f"  {key_name(team.key):<5}", "bold $accent"),
        f"{team.symbol}  ",
        (f" {one_line(team.name, _NAME):<{_NAME}}", "bold"),
        ("  ██ ", team_style(team.colour)),
        f"{COLOUR_NAMES.get(team.colour, ''):<11}  ",
        (members, "$quiet"),
    )
