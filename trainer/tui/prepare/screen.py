"""The set of a prepared evening, item by item with its answers, for the facilitator alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.contest.evening.draft import Draft, next_item, note_of, with_item, with_note
from trainer.contest.evening.planning import level_counts
from trainer.contest.evening.teams import Team
from trainer.contest.evening.timing import whole_minutes
from trainer.errors import TrainerError
from trainer.tui.drill.begin import DrillRequest, begin_draft, draft_for, seen_by, stock_of
from trainer.tui.drill.windows import LineWindow
from trainer.tui.prepare.met import last_met
from trainer.tui.prepare.saving import Saving
from trainer.tui.prepare.set_view import detail, grouped, heading, row
from trainer.tui.prepare.sets import Prepared, remember_teams, resized
from trainer.tui.prepare.wishes import contents
from trainer.tui.services import new_seed
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_STEPS = 200
"""Changes that can be taken back."""


class DrillPrepareScreen(Saving):
    """Lists the set; T swaps an item, G draws all anew, Ctrl+S saves, Enter begins."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,T", "swap", "Thay câu"),
        Binding("u,U", "undo", "Rút lại"),
        Binding("g,G", "redraw", "Bộ mới"),
        Binding("ctrl+s,f3", "save", "Lưu tệp"),
        Binding("f6", "teams", "Các đội"),
        Binding("n,N", "note", "Ghi chú"),
        Binding("f5", "begin", "Bắt đầu", show=False),
        Binding("ctrl+down,right,pagedown", "scroll(4)", show=False),
        Binding("ctrl+up,left,pageup", "scroll(-4)", show=False),
        Binding("escape", "back", "Quay lại"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓", "Chọn câu; đáp án, lời giải thích và căn cứ hiện bên cạnh"),
        ("← →", "Cuộn phần bên cạnh"),
        ("▲ ✎ ↻", "Câu các đội đã gặp; câu có ghi chú; câu đã thay"),
        ("T", "Thay câu đang chọn bằng câu khác cùng mức; nhấn nữa: câu khác nữa"),
        ("U", "Rút lại thay đổi vừa rồi"),
        ("G", "Rút một bộ hoàn toàn mới"),
        ("N", "Ghi chú cho câu đang chọn: tối thi chỉ bạn thấy, ở F9"),
        ("Ctrl+S, F3", "Lưu thành tệp, để tối thi mở lại"),
        ("F6", "Các đội: thành viên, màu, phím chuông, thứ tự"),
        ("Enter, F5", "Bắt đầu hội thi với đúng bộ này"),
        ("Esc", "Quay lại nơi vừa mở; bộ câu hỏi và những chỗ đã sửa được giữ"),
    )

    listing = getters.query_one("#list", OptionList)

    def __init__(self, prepared: Prepared, back: Callable[[Prepared], Screen[None]] | None = None) -> None:
        """Show a set.

        Args:
            prepared: What is looked over.
            back: Makes the screen that Esc leads to, None: the setup.
        """
        super().__init__()
        self.prepared = prepared if prepared.drawn else replace(prepared, drawn=prepared.items)
        self._back = back
        self._before: list[tuple[Draft, tuple[Team, ...]]] = []
        self._tried: dict[int, set[str]] = {}
        self._bases: dict[int, list[str]] = {}  # seed -> what was drawn, before anything was swapped
        chosen, seed = self.prepared.drawn or self.prepared.items
        if len(chosen) == len(prepared.draft.plan):  # swaps stay marked when the set is opened again
            self._bases[seed] = [each.id for each in chosen]
        self._said = ""
        self._rows: list[int] = []

    def compose(self) -> ComposeResult:
        """Head, warning, list and detail, what was done, next key."""
        yield HeadLine(id="head")
        yield Static("▲ Màn hình này có đáp án: đừng mở trước hội trường.", id="warning", markup=False)
        with Horizontal(id="main"):
            yield OptionList(id="list", markup=False)
            with VerticalScroll(id="pane", can_focus=False):
                yield Static(id="detail", markup=False)
        yield Static(id="said", markup=False)
        yield NextKey("begin", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Show the set."""
        self._show()

    # --- showing --------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The set as it stands."""
        return self.prepared.draft

    def _show(self, position: int | None = None) -> None:
        """List the set anew; keep the highlighted place, or go to a position."""
        draft = self.draft
        kept = self._position() if position is None else position
        head = self.query_one("#head", HeadLine)
        head.left = "Xem và sửa bộ câu hỏi"
        head.right = f"{len(self.prepared.teams)} đội · khoảng {whole_minutes(draft.time.usual_s)} phút"
        titles = self.trainer.services.bank.topics
        base = self._bases.setdefault(draft.seed, [planned.item["id"] for planned in draft.plan])
        met = last_met(self.trainer.services, self.prepared.teams)
        counts, rows, self._rows = level_counts(draft.plan), [], []
        for key, positions in grouped(draft):
            rows.append(Option(heading(draft.rules, key, counts), disabled=True))
            self._rows.append(-1)
            for number, at in enumerate(positions, 1):
                item = draft.plan[at].item
                topic = titles.get(item.get("topic", ""), "")
                rows.append(
                    Option(
                        row(item, number, self._width(), topic, item["id"] != base[at], met=item["id"] in met)
                    )
                )
                self._rows.append(at)
        scroll = self.listing.scroll_y
        self.listing.clear_options()
        self.listing.add_options(rows)
        first = next((place for place, at in enumerate(self._rows) if at >= 0), None)
        self.listing.highlighted = self._rows.index(kept) if kept in self._rows and kept >= 0 else first
        self.listing.scroll_to(y=scroll, animate=False)
        self.listing.scroll_to_highlight()
        self._tell(self._said)
        self.refresh_bindings()

    def _tell(self, said: str) -> None:
        self._said = said
        notes = self.draft.lacking or " ".join(self.draft.notes)
        line = self.query_one("#said", Static)
        line.update(Content(said or notes or f"Trong bộ: {contents(self.draft)}"))
        line.set_class(not said and bool(notes), "-warning")
        self.query_one("#next", NextKey).say(
            "Enter: bắt đầu hội thi với bộ này · Ctrl+S: lưu thành tệp để tối thi mở"
            if self.prepared.saved != self.prepared.mark
            else "Enter: bắt đầu hội thi với bộ này"
        )

    def _width(self) -> int:
        """Return the columns of a line: all, or the list's part where the item stands beside it."""
        full = self.app.size.width
        return full - 4 if full < 100 else full * 58 // 100 - 4

    def _position(self) -> int:
        at = self.listing.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else -1

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the item in full."""
        event.stop()
        position = self._position()
        if position >= 0:
            self.query_one("#detail", Static).update(detail(self.draft.plan[position]))
            self.query_one("#pane", VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, rows: int) -> None:
        """Scroll the item."""
        self.query_one("#pane", VerticalScroll).scroll_relative(y=rows, animate=False)

    def on_resize(self) -> None:
        """Fit the rows."""
        if self._rows:
            self._show()

    # --- changing -------------------------------------------------------------------------------

    def _change(self, draft: Draft, teams: tuple[Team, ...], said: str, position: int | None = None) -> None:
        self._before = [*self._before[-_STEPS:], (self.draft, self.prepared.teams)]
        self.prepared = replace(self.prepared, draft=draft, teams=teams)
        self._said = said
        self._show(position)

    def action_swap(self) -> None:
        """Put another item in the place of the highlighted one."""
        position, services = self._position(), self.trainer.services
        if position < 0:
            return
        old = self.draft.plan[position].item
        tried = self._tried.setdefault(position, set()) | {old["id"]}
        seen = seen_by(services, [team.name for team in self.prepared.teams])
        stock, data_of = stock_of(services.bank), services.bank.data
        item = next_item(self.draft, position, stock, data_of, seen, tried)
        if item is None and len(tried) > 1:  # all were shown: begin again
            tried = {old["id"]}
            item = next_item(self.draft, position, stock, data_of, seen, tried)
        if item is None:
            self._tell("Ngân hàng không còn câu nào khác hợp với chỗ này.")
            return
        self._tried[position] = tried
        same = item.get("level") == old.get("level")
        said = (
            "Đã thay bằng câu cùng mức. T: câu khác · U: rút lại."
            if same
            else "Đã hết câu cùng mức: thay bằng câu khác mức. U: rút lại."
        )
        self._change(with_item(self.draft, position, item), self.prepared.teams, said, position)

    def action_redraw(self) -> None:
        """Draw the whole set anew."""
        draft = self.draft
        names = tuple(team.name for team in self.prepared.teams)
        request = DrillRequest(draft.rules.origin, names, draft.minutes, new_seed(), draft.topics)
        try:
            fresh = draft_for(self.trainer.services, request)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self._tried.clear()
        fresh = fresh._replace(title=draft.title, path=draft.path)
        self._change(fresh, self.prepared.teams, "Đã rút một bộ mới. G: bộ khác · U: lấy lại bộ trước.")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._before:
            draft, teams = self._before.pop()
            self.prepared = replace(self.prepared, draft=draft, teams=teams)
            self._said = "Đã rút lại."
            self._show()

    def action_note(self) -> None:
        """Write down what to remember when the highlighted item is asked."""
        position = self._position()
        if position < 0:
            return

        def keep(note: str | None) -> None:
            if note is not None:
                said = "Đã ghi chú; tối thi xem ở F9." if note else "Đã bỏ ghi chú."
                self._change(with_note(self.draft, position, note), self.prepared.teams, said, position)

        hint = "Tối thi chỉ bạn thấy (F9), không lên máy chiếu · Enter: ghi, để trống là bỏ · Esc: thôi"
        known = note_of(self.draft.plan[position].item)
        self.app.push_screen(LineWindow("Ghi chú cho câu này", hint, value=known), keep)

    def action_teams(self) -> None:
        """Change the teams."""
        from trainer.tui.prepare.teams import TeamsScreen

        def keep(teams: tuple[Team, ...] | None) -> None:
            if teams is None or teams == self.prepared.teams:
                return
            try:
                changed = resized(self.trainer.services, self.prepared, teams)
            except TrainerError as error:
                self.trainer.tell(str(error))
                return
            lacking = changed.draft.lacking
            said = f"{lacking} G: rút bộ mới cho {len(teams)} đội." if lacking else "Đã đổi các đội."
            self._change(changed.draft, changed.teams, said)

        self.app.push_screen(TeamsScreen(self.prepared.teams), keep)

    # --- going on -------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin."""
        event.stop()
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the contest with exactly this set."""
        services, teams = self.trainer.services, self.prepared.teams
        try:
            session = begin_draft(services, self.draft, teams)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.attempt(lambda: remember_teams(services, teams))
        self.trainer.show_contest(session)

    def after_saving(self, said: str) -> None:
        """Say where the file is."""
        self._tell(said)

    def action_back(self) -> None:
        """Go where one came from, with the set as it stands: nothing is lost by looking."""
        from trainer.tui.prepare.setup import DrillSetupScreen

        self.app.switch_screen((self._back or DrillSetupScreen)(self.prepared))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer taking back only what was changed."""
        return bool(self._before) if action == "undo" else True
