"""A contest of several sides before a room, on one screen; the facilitator has the keys."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.drill.taking_part import drill_of, participants
from trainer.contest.responses import right_positions
from trainer.contest.session import Session
from trainer.tui import wording
from trainer.tui.drill import view as drill_view
from trainer.tui.drill.appeals import reminder
from trainer.tui.drill.clock import LATE_MS, limit_ms
from trainer.tui.drill.keys import BY_F_KEY, DrillKeys
from trainer.tui.drill.private import PrivateView
from trainer.tui.drill.rehearsing import RehearsalSign
from trainer.tui.drill.steps import CLOCKED, ENTRY, next_move, target
from trainer.tui.widgets.clock import BigDigits, TimeBar, clock_text
from trainer.tui.widgets.facts import Facts
from trainer.tui.widgets.keys import KeysLine, key_name
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.marking import MarkingSheet
from trainer.tui.widgets.options import AnswerOptions

_WITH_PROMPT = (*ENTRY, "read", "buzz", "answer", "closed", "feedback", "back", "think", "speak", "ask")


class DrillKeysLine(KeysLine):
    """Names F5 to F8 while the letters are answers."""

    def named(self, binding: Binding) -> str:
        """Return the key that does it now."""
        screen = self.screen
        asking = isinstance(screen, DrillKeys) and screen.asking
        return BY_F_KEY[binding.key][0] if asking and binding.key in BY_F_KEY else key_name(binding.key)


class DrillScreen(DrillKeys):
    """Shows the engine's state to the room and hands it the facilitator's commands."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("g,G", "stand_in", "Trả lời thay các đội"),
        Binding("space,p,P", "pause", "Dừng"),
        Binding("u,U", "undo", "Rút lại"),
        Binding("r,R", "judge(True)", "Đúng"),
        Binding("w,W", "judge(False)", "Sai"),
        Binding("o,O", "buzzers", "Mở chuông"),
        Binding("n,N", "star", "Ngôi sao"),
        Binding("v,V", "rescue", "Cứu trợ"),
        Binding("h,H", "lifeline", "Hỏi khán giả"),
        Binding("j,J", "judges", "Thêm phiếu"),
        Binding("k,K", "close_sheets", "Chốt phiếu"),
        Binding("plus,equals_sign", "clock(10)", "10 giây"),
        Binding("minus", "clock(-10)", "10 giây"),
        Binding("m,M,f10", "menu", "Việc khác"),
        Binding("b,B,f5", "standings", "Bảng điểm"),
        Binding("c,C,f6", "change", "Sửa điểm"),
        Binding("s,S,f7", "skip", "Bỏ câu"),
        Binding("t,T,f8", "replace", "Thay câu"),
        Binding("up", "scroll(-2)", show=False),
        Binding("down", "scroll(2)", show=False),
        Binding("left", "left", "Câu trước"),
        Binding("f9", "private", "Màn hình riêng"),
        Binding("escape", "leave", "Tạm rời"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter", "Bước tiếp theo; dòng chữ vàng nói rõ đó là gì"),
        ("Cách, P", "Dừng đồng hồ, chạy tiếp"),
        ("+ −", "Thêm, bớt mười giây"),
        ("1–9, 0", "Chọn đội; khi chuông mở: đội bấm chuông; khi bốc thăm: chọn gói"),
        ("A–H, Đ/S", "Câu trả lời của đội đang chọn (câu đúng/sai: Đ hoặc S)"),
        ("R, W", "Đội đang chọn trả lời đúng, sai"),
        ("O, N", "Mở lại chuông; đặt ngôi sao hy vọng"),
        ("V, H", "Cứu trợ; đội cuối cùng trên sàn hỏi khán giả"),
        ("0–4, J, K", "Chấm tình huống; thêm một phiếu; chốt khi có phiếu bỏ dở"),
        ("U", "Rút lại quyết định vừa rồi"),
        ("B, F5", "Bảng điểm (khi đang hỏi, chữ là câu trả lời: chỉ F5, F6, F7, F8)"),
        ("C, F6", "Cộng hoặc trừ điểm một đội, kèm lý do"),
        (
            "M, F10",
            "Việc khác: khiếu nại, công nhận đáp án, chấm lại, đội rời, giải thưởng, ghi chú, kết thúc sớm",
        ),
        ("S, F7", "Bỏ câu đang hỏi"),
        ("T, F8", "Thay câu đang hỏi bằng câu dự phòng"),
        ("←", "Xem lại câu trước; khi chọn gói: bỏ câu vừa chọn"),
        ("G", "Khi diễn tập: trả lời thay các đội, chấm thay giám khảo"),
        ("F9", "Màn hình riêng: đáp án và căn cứ, chỉ khi máy chiếu chạy danvan screen"),
        ("↑ ↓", "Cuộn đề và giải thích"),
        ("Esc", "Tạm rời; hội thi được giữ, danvan drill --resume để làm tiếp"),
    )

    head = getters.query_one("#head", HeadLine)
    bar = getters.query_one("#bar", TimeBar)
    clock = getters.query_one("#clock", BigDigits)
    body = getters.query_one("#body", VerticalScroll)
    options = getters.query_one("#options", AnswerOptions)
    facts = getters.query_one("#facts", Facts)
    next_key = getters.query_one("#next", NextKey)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._drawn: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()
        self._item: tuple[object, ...] = ()
        self._rang = False

    def compose(self) -> ComposeResult:
        """Head, bar, question with clock, sheet or panel, teams, next key."""
        yield HeadLine(id="head")
        if self.rehearsing:
            yield RehearsalSign("G: trả lời thay các đội")
        yield TimeBar(id="bar")
        with Horizontal(id="main"):
            with VerticalScroll(id="body", can_focus=False):
                with Vertical(id="scene"):
                    with Horizontal(id="ask"):
                        yield Static(id="prompt", markup=False)
                        yield BigDigits(id="clock")
                    yield Static(id="listed", markup=False)
                    yield AnswerOptions(id="options")
                    yield Facts(id="facts")
                yield Static(id="panel", markup=False)
                yield MarkingSheet(id="sheet")
            yield Static(id="teams", markup=False)
        yield Static(id="appeals", markup=False)
        yield PrivateView()
        yield Static(id="said", markup=False)
        yield NextKey("next", id="next")
        yield DrillKeysLine()

    async def on_mount(self) -> None:
        """Show where the contest stands."""
        self.options.can_focus = False
        await self.sync()
        self.set_interval(1 / 10, self.tick)

    async def tick(self) -> None:
        """Let time do its work and redraw the clock."""
        self.trainer.attempt(self.session.look, self.session)
        self.trainer.services.beat(self.session)
        await self.sync()

    # --- showing the state ----------------------------------------------------------------------

    async def sync(self) -> None:
        """Show the state; only what changed is drawn."""
        state = self.session.state
        if not state.running:
            if self.is_current:
                self.trainer.show_contest(self.session)
            return
        self.drop_what_was_typed()
        mark = (id(state), self.chosen, self.given, self.judge, self.said, self.size)
        if mark != self._drawn:
            self._drawn = mark
            await self._show_state()
            self._kept = state  # keeps the id from being used again
        self._show_clock()

    async def _show_state(self) -> None:
        state = self.session.state
        phase, panel = state.phase, drill_view.panel(state, self.given)
        self.head.left, self.head.middle, self.head.right = drill_view.head(state)
        self.set_class(state.paused_at is not None, "-paused")
        self.set_class(panel is not None, "-panel")
        marking = phase == "mark" and panel is None
        self.set_class(marking, "-marking")
        self.query_one("#panel", Static).update(panel or Content(""))
        accepted = drill_of(state).accepted.get(state.position)
        stage = (state.position, phase, drill_of(state).revealed, accepted, panel is not None)
        if stage != self._asked:
            self._asked = stage
            self._rang = False
            await self._show_item()
        if marking:
            await self._show_sheet()
        elif self.focused is not None:
            self.set_focus(None)
        self._show_teams()
        self.query_one(PrivateView).show(state)
        move = next_move(state, self.given)
        text = " · ".join(part for part in (move.says, move.more) if part)
        if marking and state.paused_at is None:
            text = f"Phiếu {self.judge + 1}/{len(self.judge_names())} · {text}"
        self.next_key.say(text)
        waiting, appeals = reminder(state), self.query_one("#appeals", Static)
        appeals.update(waiting)
        appeals.display = bool(waiting)
        said = self.query_one("#said", Static)
        said.update(Content(self.said))
        said.display = bool(self.said)
        self.refresh_bindings()

    async def _show_item(self) -> None:
        """Show the item on show: prompt, options, and the key once it is revealed."""
        state = self.session.state
        current, phase = state.current, state.phase
        if current is None or self.has_class("-panel"):
            return
        item = current.item
        asks = item["section"] == "question"
        review = not asks and phase == "review"
        self.query_one("#ask").display = phase in _WITH_PROMPT or review
        self.query_one("#prompt", Static).update(drill_view.prompt_text(state))
        revealed = state.position in drill_of(state).revealed
        paired = revealed and item.get("kind") == "match"  # the facts have the pairs as they are
        wide = self.size.width - (56 if self.size.width >= 140 else 8)
        listed = drill_view.listed(item, current.order, wide) if asks and not paired else ""
        self.query_one("#listed", Static).update(Content(listed))
        self.query_one("#listed", Static).display = bool(listed)
        choice = asks and "options" in item
        self.options.display = choice
        if choice and self._item != (state.position, phase == "feedback"):
            await self.options.ask(item, current.order, roomy=self.size.height >= 28)
            self.options.close()
        self._item = (state.position, phase == "feedback")
        if asks and revealed:
            if choice:
                right, besides = right_positions(item, current.order), drill_view.accepted_options(state)
                self.options.reveal(item, current.order, (*right, *besides), besides)
            told = wording.explanation(item, current.order)
            told[1:1] = [("Nhận thêm", "$success", each) for each in drill_view.accepted_answers(state)]
            await self.facts.show(Content(""), told)
        elif revealed:
            await self.facts.show(Content(""), drill_view.situation_facts(state))
        elif review:
            await self.facts.show(Content.styled("Các giám khảo đã chấm xong.", "bold $accent"), [])
        else:
            self.facts.clear()
        self.body.scroll_home(animate=False)

    async def _show_sheet(self) -> None:
        """Show the sheet of the judge whose turn it is; loaded once, it draws its own marks."""
        state = self.session.state
        current, sheet = state.current, self.query_one("#sheet", MarkingSheet)
        if current is None:
            return
        side = next(iter(participants(state, state.position)), "")
        key = (self.judge_names()[self.judge], side, state.position)
        if self.loaded != key or self.reload:
            self.loaded, self.reload = key, False
            await sheet.load(current.item, state.sheets.get(key), open_=True, blind=True)
        if state.paused_at is None and self.is_current:
            sheet.focus()
        elif self.focused is not None:
            self.set_focus(None)

    def _show_teams(self) -> None:
        state, teams = self.session.state, self.query_one("#teams", Static)
        width = 42 if self.size.width >= 140 else self.size.width - 4
        teams.update(drill_view.scoreboard(state, target(state, self.chosen), width))

    def _show_clock(self) -> None:
        state = self.session.state
        remaining = state.remaining_ms(self.session.now) if state.phase in CLOCKED else None
        limit = self._limit()
        if remaining is None:
            read = state.phase == "read" and limit and not self.has_class("-panel")
            self.clock.text = clock_text(limit, minutes=limit > 60_000) if read else ""
            self.bar.share = 1.0 if read else 0.0
        else:
            if state.phase != "speak":
                remaining = max(0, remaining)
            self.clock.text = clock_text(remaining, minutes=limit > 60_000)
            self.bar.share = max(0.0, remaining / limit) if limit else 0.0
        still = remaining is None or state.paused_at is not None
        late = remaining is not None and remaining <= LATE_MS and not still
        for widget in (self.clock, self.bar):
            widget.set_class(late, "-late")
            widget.set_class(still, "-still")
        if late and not self._rang:
            self._rang = True
            if self.trainer.bell_on:
                self.trainer.bell()

    def _limit(self) -> int:
        """Return what the clock on show begins with, milliseconds."""
        return limit_ms(self.session.state)

    def action_private(self) -> None:
        """Show or hide what only the facilitator may see."""
        self.query_one(PrivateView).toggle(self.session.state)

    def action_scroll(self, rows: int) -> None:
        """Scroll the question and its explanation."""
        self.body.scroll_relative(y=rows, animate=False)

    async def on_resize(self) -> None:
        """Draw the clock large where there is room."""
        self.clock.set_class(self.size.width >= 100 and self.size.height >= 28, "-large")
        self.set_class(self.size.height < 28, "-low")
        self.clock.refresh(layout=True)
        if self._drawn:
            await self.sync()
