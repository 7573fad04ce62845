"""A run of questions under the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.rules import QuestionPart
from trainer.contest.session import Session
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.flagging import FlagKeys
from trainer.tui.widgets.answering import AnswerPane
from trainer.tui.widgets.clock import BigDigits, TimeBar, clock_text
from trainer.tui.widgets.facts import Facts
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.options import AnswerOptions

LATE_MS = 5_000
DRAFT_S = 2.0


def pane_class(kind: str) -> type[AnswerPane]:
    """Return the widget that answers a kind of question."""
    if kind in ("order", "rank"):
        from trainer.tui.widgets.ordering import OrderAnswer

        return OrderAnswer
    if kind == "match":
        from trainer.tui.widgets.matching import MatchAnswer

        return MatchAnswer
    if kind == "recital":
        from trainer.tui.widgets.recital import RecitalAnswer

        return RecitalAnswer
    if kind in ("short", "cloze", "misquote"):
        from trainer.tui.widgets.typed import TYPED_PANES

        return TYPED_PANES[kind]
    return AnswerOptions


_RATINGS = ("quên", "khó", "nhớ", "dễ")
"""Names of the four ratings of a memory, from 1."""


class RoundScreen(FlagKeys, TrainerScreen):
    """Shows the engine's state of a question part and hands it commands."""

    CSS_PATH = "round.tcss"
    AUTO_FOCUS = "#options"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        # Whatever has the focus while the round stands still: Enter goes on.
        Binding("enter", "unpause", show=False, priority=True),
        Binding("left", "turn(-1)", "Câu trước"),
        Binding("right", "turn(1)", "Câu sau"),
        Binding("s,S", "hand_in", "Nộp bài"),
        Binding("g,G", "write", "Gõ tiếp"),
        Binding("t,T", "overrule", "Tính là đúng"),
        Binding("r,R", "rate", "Mức nhớ"),
        Binding("x,X", "reckon", "Xem điểm"),
        Binding("p,P", "pause", "Tạm dừng"),
        *FlagKeys.FLAG_BINDINGS,
        Binding("escape", "back", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("A–H, 1–8", "Chọn phương án; câu một đáp án thì trả lời ngay"),
        ("↑ ↓ Cách", "Di chuyển và chọn"),
        ("Enter", "Gửi câu nhiều đáp án hoặc câu gõ; đi tiếp sau khi xem giải thích"),
        ("Cách, ↑ ↓", "Câu sắp thứ tự: nhấc một mục lên rồi dời; hoặc gõ lần lượt các chữ cái"),
        ("Tab, Esc, G", "Câu gõ: sang ô sau; ra khỏi ô; vào lại ô"),
        ("F4", "Trong ô gõ: kiểu gõ tắt → Telex → VNI"),
        ("T", "Tính là đúng (khi máy chấm chưa thỏa đáng); nhấn lần nữa để bỏ"),
        ("X", "Xem điểm của câu này từ đâu ra"),
        ("R", "Đổi mức nhớ mà máy đoán: quên, khó, nhớ, dễ; lịch ôn theo đó"),
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
    feedback = getters.query_one("#feedback", Facts)
    body = getters.query_one("#body", VerticalScroll)
    next_key = getters.query_one("#next", NextKey)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._side = session.state.sides[0].id
        self._shown: tuple[object, ...] = ()
        self._rang = False
        self._drafted_at = 0.0
        self._draft: Any = None

    def compose(self) -> ComposeResult:
        """Head, bar, question with clock, options, feedback, next key."""
        yield HeadLine(id="head")
        yield TimeBar(id="bar")
        with VerticalScroll(id="body", can_focus=False):
            with Horizontal(id="ask"):
                yield Static(id="prompt", markup=False)
                yield BigDigits(id="clock")
            yield Static(id="how", markup=False)
            with Vertical(id="answer"):
                yield AnswerOptions(id="options")
            yield Static(id="pause", markup=False)
            yield Facts(id="feedback")
        yield NextKey("next", id="next")
        yield KeysLine()

    async def on_mount(self) -> None:
        """Open the first question now that it can be seen."""
        if self.session.state.phase == "ready":
            self.trainer.attempt(self.session.advance, self.session)
        self.session.begin_clock()
        await self.sync()
        self.set_interval(1 / 10, self.tick)

    async def tick(self) -> None:
        """Let time do its work, keep what is typed, redraw the clock."""
        self._keep_draft()
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
        part = state.current_part
        still = isinstance(part, QuestionPart) and not (part.clock_in_feedback and part.total_seconds)
        self.set_class(state.phase == "feedback" and still, "-told")
        self._show_head()
        current = state.current
        if current is None or not isinstance(part, QuestionPart):
            return
        attempt = state.attempts.get((self._side, state.position))
        item = current.item
        if state.phase == "question" and new_question:
            self._rang = False
            self.feedback.clear()
            self._show_prompt(item)
            kept = attempt.response if attempt else state.drafts.get((self._side, state.position, "answer"))
            pane = await self._pane_for(item["kind"])
            await pane.ask(item, current.order, kept, roomy=self.size.height >= 28)
            self.body.scroll_home(animate=False)
        if state.phase == "feedback" and attempt is not None:
            pane = await self._pane_for(item["kind"])
            if new_question and not pane.children:
                self._show_prompt(item)
                await pane.ask(item, current.order)
            pane.reveal(item, current.order, attempt.response)
            await self.feedback.show(
                wording.verdict_line(attempt), wording.explanation(item, current.order, attempt)
            )
            self.call_after_refresh(self.feedback.scroll_visible, animate=False, top=False)
        self._show_panel()
        if not paused and not submit and self.is_current:
            if state.phase == "feedback":
                self.pane.focus(scroll_visible=False)
            elif new_question or self.focused is None:
                self.pane.take_focus()
        elif self.focused is not None:
            self.set_focus(None)
        self.next_key.say(self._next_hint())
        self.refresh_bindings()

    def _show_prompt(self, item: Mapping[str, Any]) -> None:
        self.query_one("#prompt", Static).update(Content(item["prompt"]))
        how = self.query_one("#how", Static)
        how.set_class(item["kind"] == "multiple", "-shown")
        how.update("Câu này có nhiều đáp án đúng: chọn đủ rồi nhấn Enter.")

    @property
    def pane(self) -> AnswerPane:
        """The way of answering that is on show."""
        return self.query_one("#answer", Vertical).query_one(AnswerPane)

    async def _pane_for(self, kind: str) -> AnswerPane:
        """Return the pane on show, changed for one that fits the kind."""
        wanted = pane_class(kind)
        holder = self.query_one("#answer", Vertical)
        for pane in holder.query(AnswerPane):
            if type(pane) is wanted:
                return pane
        await holder.remove_children()
        pane = wanted()
        await holder.mount(pane)
        return pane

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

    def _next_hint(self) -> str:
        state = self.session.state
        if state.paused_at is not None:
            return "Enter: làm tiếp"
        if state.phase == "feedback":
            last = state.position + 1 >= len(state.plan)
            return "Enter: xem kết quả" if last else "Enter: đi tiếp"
        if state.phase == "submit":
            return "Enter: nộp bài · ←: xem lại"
        return self.pane.hint() + (" · →: câu sau" if self._ending else "")

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

    async def on_answer_pane_answered(self, event: AnswerPane.Answered) -> None:
        """Hand a response in."""
        event.stop()
        self.trainer.attempt(lambda: self.session.answer(self._side, event.response), self.session)
        await self.sync()

    async def on_answer_pane_changed(self, event: AnswerPane.Changed) -> None:
        """Keep what stands there: it counts at the deadline if the rules say so.

        Typed text is kept at most every two seconds, and by :meth:`tick` before the deadline.
        """
        event.stop()
        self._draft = event.response
        if self.session.state.phase == "question":
            self.next_key.say(self._next_hint())
        self._keep_draft(now=not self.pane.types)

    def _keep_draft(self, *, now: bool = False) -> None:
        state = self.session.state
        if self._draft is None or state.phase != "question" or state.paused_at is not None:
            return
        clock = self.trainer.services.clock()
        remaining = state.remaining_ms(self.session.now)
        near = remaining is not None and remaining < DRAFT_S * 1000
        if now or near or clock - self._drafted_at >= DRAFT_S:
            draft, self._draft, self._drafted_at = self._draft, None, clock
            self.trainer.attempt(lambda: self.session.draft(self._side, "answer", draft), self.session)

    async def on_answer_pane_enter_pressed(self, event: AnswerPane.EnterPressed) -> None:
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

    async def action_unpause(self) -> None:
        """Go on after a pause."""
        await self.action_next()

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

    async def action_back(self) -> None:
        """Leave the box, or go home; the round stays as it is, with its clock stopped."""
        if self.in_box:
            self.set_focus(None)
            self.next_key.say("G: gõ tiếp · Esc: về trang chủ")
            return
        if self.session.state.phase == "question":
            self._keep_draft(now=True)
            self.trainer.attempt(self.session.pause, self.session)
        self.trainer.go("home")

    def action_write(self) -> None:
        """Go back into the box."""
        self.pane.take_focus()
        self.next_key.say(self._next_hint())

    async def action_overrule(self) -> None:
        """Let the answer count as right after all, with a reason; again: take that back."""
        state = self.session.state
        attempt = state.attempts.get((self._side, state.position))
        if attempt is None:
            return
        if attempt.overruled is not None:
            self.trainer.attempt(lambda: self.session.undo_overrule(self._side, state.position), self.session)
            await self._show_again()
            return
        from trainer.tui.dialogs import NoteScreen

        async def keep(reason: str | None) -> None:
            if reason is not None and self.trainer.attempt(
                lambda: self.session.overrule(
                    self._side, state.position, one_line(reason, 200) or "người chơi tự quyết"
                ),
                self.session,
            ):
                await self._show_again()

        screen: Any = NoteScreen(
            "Vì sao câu này tính là đúng?", "Enter: tính là đúng (để trống cũng được) · Esc: thôi"
        )
        self.trainer.push_screen(screen, keep)

    def action_rate(self) -> None:
        """Rate how well the answer was known otherwise than the program guessed; the next of four."""
        from trainer.history.review import next_review, rating_of, set_rating

        services, state = self.trainer.services, self.session.state
        store, key = services.store, (state.contest, self._side, state.position)
        now = rating_of(store.connection, *key)
        if now is None:
            self.trainer.tell("Câu này không tính vào lịch ôn.")
            return
        new = now % len(_RATINGS) + 1
        if self.trainer.attempt(lambda: set_rating(store.connection, store.path, *key, new)):
            day = next_review(store.connection, *key, services.today())
            self.trainer.notify(
                f"Mức nhớ: {_RATINGS[new - 1]} (trước là {_RATINGS[now - 1]}). Nhắc lại {day}.", markup=False
            )

    def action_reckon(self) -> None:
        """Open how the points of this question came about."""
        from trainer.contest.reckoning import item_reckoning

        state = self.session.state
        self.trainer.explain_score(item_reckoning(state, self._side, state.position))

    async def _show_again(self) -> None:
        """Show the state anew after its verdict changed."""
        self._shown = (*self._shown[:3], -1)
        await self.sync()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action == "bookmark":
            return parameters == (not self.marked(),)
        phase = self.session.state.phase
        if action in ("turn", "hand_in"):
            return self._ending and phase in ("question", "submit") and not self.has_class("-paused")
        if action == "pause":
            return phase == "question"
        if action == "unpause":
            return self.session.state.paused_at is not None and self.is_current
        if action == "write":
            return phase == "question" and self.pane.types and not self.has_class("-paused")
        if action in ("rate", "reckon"):
            return phase == "feedback"
        if action == "overrule":
            return phase == "feedback" and self._may_overrule()
        return True

    def _may_overrule(self) -> bool:
        state = self.session.state
        attempt = state.attempts.get((self._side, state.position))
        return attempt is not None and (attempt.overruled is not None or not attempt.is_right)

    # --- flags ----------------------------------------------------------------------------------

    def flagged_item(self) -> str | None:
        """The question on show."""
        current = self.session.state.current
        return current.item["id"] if current else None

    def before_note(self) -> None:
        """The clock stands while a note is written."""
        if self.session.state.phase == "question" and self.session.state.paused_at is None:
            self.trainer.attempt(self.session.pause, self.session)
