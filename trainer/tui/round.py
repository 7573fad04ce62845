"""A run of questions under the clock."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.rules import QuestionPart
from trainer.contest.session import Session
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.flagging import FlagKeys
from trainer.tui.widgets.clock import BigDigits, TimeBar, clock_text
from trainer.tui.widgets.facts import Facts
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.options import AnswerOptions

LATE_MS = 5_000


class RoundScreen(FlagKeys, TrainerScreen):
    """Shows the engine's state of a question part and hands it commands."""

    CSS_PATH = "round.tcss"
    AUTO_FOCUS = "#options"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("left", "turn(-1)", "Câu trước"),
        Binding("right", "turn(1)", "Câu sau"),
        Binding("s,S", "hand_in", "Nộp bài"),
        Binding("p,P", "pause", "Tạm dừng"),
        *FlagKeys.FLAG_BINDINGS,
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("A–H, 1–8", "Chọn phương án; câu một đáp án thì trả lời ngay"),
        ("↑ ↓ Cách", "Di chuyển và chọn"),
        ("Enter", "Gửi câu nhiều đáp án; đi tiếp sau khi xem giải thích"),
        ("← →", "Câu trước, câu sau (luật thi cho sửa đến lúc nộp)"),
        ("S", "Nộp bài (luật thi cho sửa đến lúc nộp)"),
        ("P", "Tạm dừng, làm tiếp"),
        ("M", "Đánh dấu câu này"),
        ("N", "Nghi ngờ câu này, kèm ghi chú"),
        ("Esc", "Về trang chủ; phần thi được giữ để làm tiếp"),
    )

    head = getters.query_one("#head", HeadLine)
    bar = getters.query_one("#bar", TimeBar)
    clock = getters.query_one("#clock", BigDigits)
    options = getters.query_one("#options", AnswerOptions)
    feedback = getters.query_one("#feedback", Facts)
    body = getters.query_one("#body", VerticalScroll)
    next_key = getters.query_one("#next", NextKey)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._side = session.state.sides[0].id
        self._shown: tuple[object, ...] = ()
        self._rang = False

    def compose(self) -> ComposeResult:
        """Head, bar, question with clock, options, feedback, next key."""
        yield HeadLine(id="head")
        yield TimeBar(id="bar")
        with VerticalScroll(id="body", can_focus=False):
            with Horizontal(id="ask"):
                yield Static(id="prompt", markup=False)
                yield BigDigits(id="clock")
            yield Static(id="how", markup=False)
            yield AnswerOptions(id="options")
            yield Static(id="pause", markup=False)
            yield Facts(id="feedback")
        yield NextKey("next", id="next")
        yield KeysLine()

    async def on_mount(self) -> None:
        """Open the first question now that it can be seen."""
        if self.session.state.phase == "ready":
            self.trainer.attempt(self.session.advance, self.session)
        await self.sync()
        self.set_interval(1 / 10, self.tick)

    async def tick(self) -> None:
        """Let time do its work and redraw the clock."""
        self.trainer.attempt(self.session.look, self.session)
        await self.sync()

    # --- showing the state ----------------------------------------------------------------------

    async def sync(self) -> None:
        """Show the state; only what changed is drawn."""
        state = self.session.state
        part = state.current_part
        if not self.is_current and not self.trainer.screen_stack:
            return
        if not state.running or (state.phase != "ready" and not isinstance(part, QuestionPart)):
            if self.is_current:
                self.trainer.show_contest(self.session)
            return
        mark = (state.position, state.phase, state.paused_at is not None, len(state.attempts))
        if mark != self._shown:
            before, self._shown = self._shown, mark
            await self._show_state(before[:1] != mark[:1] or (before[1:2] != ("question",)))
        self._show_clock()

    async def _show_state(self, new_question: bool) -> None:
        state = self.session.state
        paused, submit = state.paused_at is not None, state.phase == "submit"
        self.set_class(paused, "-paused")
        self.set_class(submit and not paused, "-submit")
        self._show_head()
        current, part = state.current, state.current_part
        if current is None or not isinstance(part, QuestionPart):
            return
        attempt = state.attempts.get((self._side, state.position))
        item = current.item
        multiple = item["kind"] == "multiple"
        if state.phase == "question" and new_question:
            self._rang = False
            self.feedback.clear()
            self.query_one("#prompt", Static).update(Content(item["prompt"]))
            how = self.query_one("#how", Static)
            how.set_class(multiple, "-shown")
            how.update("Câu này có nhiều đáp án đúng: chọn đủ rồi nhấn Enter.")
            kept = attempt.response if attempt else state.drafts.get((self._side, state.position, "answer"))
            await self.options.ask(
                wording.shown_options(item, current.order),
                toggles=multiple,
                chosen=kept or (),
                roomy=self.size.height >= 28,
            )
            self.body.scroll_home(animate=False)
        if state.phase == "feedback" and attempt is not None:
            if not self.options.children:
                self.query_one("#prompt", Static).update(Content(item["prompt"]))
                await self.options.ask(wording.shown_options(item, current.order), toggles=multiple)
            self.options.reveal(attempt.response or (), wording.right_positions(item, current.order))
            await self.feedback.show(wording.verdict_line(attempt), wording.explanation(item, current.order))
            self.call_after_refresh(self.feedback.scroll_visible, animate=False, top=False)
        self._show_panel()
        if not paused and not submit and self.focused is not self.options and self.is_current:
            self.options.focus(scroll_visible=False)
        self.next_key.say(self._next_hint(multiple))
        self.refresh_bindings()

    def _show_head(self) -> None:
        state = self.session.state
        positions = state.positions_of(state.part)
        place = positions.index(state.position) + 1 if state.position in positions else 1
        self.head.left = state.rules.title
        topic = state.current.item["topic"] if state.current else ""
        title = self.trainer.services.bank.topics.get(topic, topic)
        self.head.middle = f"Câu {place}/{len(positions)} · {title}"
        if self._ending:
            self.head.right = f"Đã trả lời {self._answered()}/{len(positions)}"
        else:
            self.head.right = f"{state.score(self._side)} điểm"

    @property
    def _ending(self) -> bool:
        part = self.session.state.current_part
        return isinstance(part, QuestionPart) and part.feedback == "end"

    def _answered(self) -> int:
        state = self.session.state
        return sum((self._side, at) in state.attempts for at in state.positions_of(state.part))

    def _show_panel(self) -> None:
        state = self.session.state
        panel = self.query_one("#pause", Static)
        total = len(state.positions_of(state.part))
        if state.paused_at is not None:
            panel.update(Content(wording.pause_text(state.pause_reason)))
        elif state.phase == "submit":
            left = total - self._answered()
            rest = f"Còn {left} câu chưa trả lời." if left else "Bạn đã trả lời hết các câu."
            panel.update(Content(f"{rest}\n\nSau khi nộp, bạn xem được điểm và đáp án của cả bài."))

    def _next_hint(self, multiple: bool) -> str:
        state = self.session.state
        if state.paused_at is not None:
            return "Enter: làm tiếp"
        if state.phase == "feedback":
            last = state.position + 1 >= len(state.plan)
            return "Enter: xem kết quả" if last else "Enter: đi tiếp"
        if state.phase == "submit":
            return "Enter: nộp bài · ←: xem lại"
        if state.current is not None and state.current.item["kind"] == "true-false":
            return "A: Đúng · B: Sai"
        count = len(state.current.order) if state.current else 4
        letters = f"A–{'ABCDEFGH'[count - 1]}"
        if multiple:
            return f"{letters}: chọn hoặc bỏ · Enter: trả lời"
        return f"{letters}: trả lời" + (" · →: câu sau" if self._ending else "")

    def _show_clock(self) -> None:
        state = self.session.state
        remaining = state.remaining_ms(self.session.now)
        part = state.current_part
        if remaining is None or not isinstance(part, QuestionPart):
            if not self.clock.has_class("-still"):
                self.clock.add_class("-still")
                self.bar.add_class("-still")
            return
        limit = (part.total_seconds or part.seconds) * 1000
        remaining = max(0, remaining)
        self.clock.text = clock_text(remaining, minutes=limit >= 60_000)
        self.bar.share = remaining / limit if limit else 0
        late = remaining <= LATE_MS
        still = state.paused_at is not None or state.phase != "question"
        for widget in (self.clock, self.bar):
            widget.set_class(late and not still, "-late")
            widget.set_class(still, "-still")
        if late and not still and not self._rang:
            self._rang = True
            if self.trainer.bell_on:
                self.trainer.bell()

    def on_resize(self) -> None:
        """Draw the clock large where there is room."""
        self.clock.set_class(self.size.width >= 120 and self.size.height >= 34, "-large")
        self.clock.refresh(layout=True)

    # --- handing over commands ------------------------------------------------------------------

    async def on_answer_options_answered(self, event: AnswerOptions.Answered) -> None:
        """Hand in a response."""
        event.stop()
        self.trainer.attempt(lambda: self.session.answer(self._side, event.chosen), self.session)
        await self.sync()

    async def on_answer_options_toggled(self, event: AnswerOptions.Toggled) -> None:
        """Keep the boxes: they count at the deadline if the rules say so."""
        event.stop()
        self.trainer.attempt(lambda: self.session.draft(self._side, "answer", event.chosen), self.session)

    async def on_answer_options_enter_pressed(self, event: AnswerOptions.EnterPressed) -> None:
        """Enter with nothing to hand in."""
        event.stop()
        await self.action_next()

    async def action_next(self) -> None:
        """Go on: past a pause, an explanation, or hand in."""
        state = self.session.state
        if state.paused_at is not None:
            self.trainer.attempt(self.session.unpause, self.session)
        elif state.phase in ("feedback", "submit") or self._ending:
            self.trainer.attempt(self.session.advance, self.session)
        await self.sync()

    async def action_turn(self, step: int) -> None:
        """Show the question before or after this one."""
        state = self.session.state
        positions = state.positions_of(state.part)
        if state.phase == "submit":
            target = state.position if step < 0 else positions[0]
        else:
            target = positions[(positions.index(state.position) + step) % len(positions)]
        self.trainer.attempt(lambda: self.session.goto(target), self.session)
        await self.sync()

    async def action_hand_in(self) -> None:
        """Look over the whole part before handing it in."""
        self.trainer.attempt(self.session.hand_in, self.session)
        await self.sync()

    async def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        paused = self.session.state.paused_at is not None
        self.trainer.attempt(self.session.unpause if paused else self.session.pause, self.session)
        await self.sync()

    def action_home(self) -> None:
        """Go home; the round stays as it is, with its clock stopped."""
        if self.session.state.phase == "question":
            self.trainer.attempt(self.session.pause, self.session)
        self.trainer.go("home")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Show only the keys that do something now."""
        phase = self.session.state.phase
        if action in ("turn", "hand_in"):
            return self._ending and phase in ("question", "submit") and not self.has_class("-paused")
        if action == "pause":
            return phase == "question"
        return True

    # --- flags ----------------------------------------------------------------------------------

    def flagged_item(self) -> str | None:
        """The question on show."""
        current = self.session.state.current
        return current.item["id"] if current else None

    def before_note(self) -> None:
        """The clock stands while a note is written."""
        if self.session.state.phase == "question" and self.session.state.paused_at is None:
            self.trainer.attempt(self.session.pause, self.session)
