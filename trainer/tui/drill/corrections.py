"""The keys of a group drill that put things right: undo, skip, replace, look back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import may_replace
from trainer.contest.drill.ranking import open_ties
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.refusal import RefusedError
from trainer.contest.session import Session
from trainer.tui.base import TrainerScreen
from trainer.tui.drill.refusals import sentence
from trainer.tui.drill.steps import ENTRY, Given, name_of, owner_of

DOUBLE_PRESS_MS = 400


class Corrections(TrainerScreen):
    """A contest in a facilitator's hands, and the keys that put things right.

    Attributes:
        session: The contest.
        chosen: The side that the facilitator picked for the next letter, "": by turn.
        given: What was typed for the next step and is not recorded yet.
        judge: Which sheet is being marked, from 0.
        said: What the facilitator should read, until the next key.
        loaded: Judge, side and position of the sheet on show.
        reload: Whether that sheet must be read anew.
        flowing: Whether windows are asking one after the other; keys between them are nobody's.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.chosen = ""
        self.given = Given()
        self.judge = 0
        self.said = ""
        self.loaded: tuple[object, ...] = ()
        self.reload = False
        self.flowing = False
        self._entered_at = session.now  # the Enter that opened this screen, pressed twice, hits nothing
        self._warned: tuple[object, ...] = ()
        self._pressed = ("", -DOUBLE_PRESS_MS)
        self._stage = self._stage_now()

    async def sync(self) -> None:
        """Show the state."""
        raise NotImplementedError

    def do(self, make: Any) -> bool:
        """Hand the engine a command; what was typed for another stage is dropped when it moves on."""
        self.said = ""
        done = self.trainer.attempt(lambda: self.session.do(make), self.session)
        self.drop_what_was_typed()
        return done

    def hand(self, make: Any, done: str) -> str:
        """Hand the engine a command; return `done`, or why it was refused, for the facilitator to read."""
        codes: list[str] = []

        def act() -> None:
            try:
                self.session.do(make)
            except RefusedError as refused:
                codes.append(refused.code)
                raise

        self.trainer.attempt(act, self.session)
        self.drop_what_was_typed()
        if codes:
            return f"Chưa ghi: {sentence(codes[0])}"
        return "" if self.session.unsaved else done

    def _stage_now(self) -> tuple[object, ...]:
        state = self.session.state
        phase = "entry" if state.phase in ENTRY else state.phase
        drill = drill_of(state)
        level = open_ties(state)[:1] if phase == "ranking" else []
        return state.position, phase, drill.turn, len(drill.decided), *level

    def drop_what_was_typed(self) -> None:
        """Forget what was typed for another stage."""
        stage = self._stage_now()
        if stage != self._stage:
            self._stage, self.given, self.chosen, self.judge = stage, Given(), "", 0
            self._warned = ()

    def hold_enter(self) -> None:
        """Let an Enter that closed a window not hit the next step as well."""
        self._entered_at = self.session.now

    def repeated(self, key: str) -> bool:
        """Tell whether a key is the second press of one; it would hit what comes next."""
        now = self.session.now
        again = key == self._pressed[0] and now - self._pressed[1] < DOUBLE_PRESS_MS
        self._pressed = (key, now)
        if again:
            self.said = "Bạn vừa nhấn hai lần liền nhau; lần thứ hai được bỏ qua."
        return again

    # --- corrections ----------------------------------------------------------------------------

    async def action_undo(self) -> None:
        """Ask, then take back the last decision."""
        from trainer.tui.dialogs import AskScreen
        from trainer.tui.drill.labels import last_decision

        what = last_decision(self.session.state)
        if not what:
            self.said = "Không còn gì để rút lại."
            await self.sync()
            return

        async def undo(agreed: bool | None) -> None:
            self.hold_enter()
            if agreed and self.do(dc.Undo):
                self.reload = True
                self.judge = 0
                stands = self.session.state.pause_reason == "undone"
                clock = " Đồng hồ dừng ở đúng giây lúc ấy." if stands else ""
                self.said = f"Đã rút lại: {what}.{clock}"
            await self.sync()

        self.app.push_screen(
            AskScreen("Rút lại?", f"Rút lại: {what}. Mọi điều theo sau nó cũng được rút lại."),
            undo,
        )

    async def action_standings(self) -> None:
        """Show the standings, or take them away."""
        shown = drill_of(self.session.state).standings
        if not self.repeated("standings"):
            self.do(lambda at: dc.ShowStandings(at, not shown))
        await self.sync()

    def action_skip(self) -> None:
        """Ask why, then drop the item on show."""
        state = self.session.state
        owner = owner_of(state)
        title = "Bỏ câu này? Câu sẽ không tính điểm cho đội nào."
        if owner and may_replace(state):
            key = "F8" if self.session.state.phase in ("read", *ENTRY, "answer") else "T"
            title += f" {name_of(state, owner)} sẽ ít hơn các đội khác một câu: nên Esc, rồi {key} (thay câu) cho công bằng."
            if drill_of(state).stars.get(state.position):
                title += " Ngôi sao hy vọng được trả lại đội."
        self._drop(title, "bỏ câu", dc.Skip, "Đã bỏ câu này.")

    def action_replace(self) -> None:
        """Ask why, then put a spare item in the place of the one on show."""
        title = "Thay câu này? Câu dự phòng được hỏi thay, câu này không tính điểm."
        self._drop(title, "thay câu", dc.Replace, "Đã thay bằng câu dự phòng.")

    def _drop(self, title: str, word: str, make: Callable[[int, str], c.Command], done: str) -> None:
        from trainer.tui.drill.windows import LineWindow

        state = self.session.state
        # While the facilitator decides, no second of the question is lost.
        stopped = state.paused_at is None and state.remaining_ms(self.session.now) is not None
        stopped = stopped and self.do(c.Pause)

        async def act(reason: str | None) -> None:
            self.hold_enter()
            if stopped:
                self.do(c.Unpause)
            if reason is not None:
                self.said = self.hand(lambda at: make(at, reason), done)
            await self.sync()

        hint = f"Lý do, in trong biên bản (để trống cũng được) · Enter: {word}, U rút lại được · Esc: thôi"
        self.app.push_screen(LineWindow(title, hint), act)

    async def action_left(self) -> None:
        """Take back what was typed for the next step, or show the item before."""
        if self.given != Given():
            self.given = self.given._replace(values=self.given.values[:-1], order=())
        elif not self.do(dc.LookBack):
            self.said = "Không có câu nào trước đó để xem lại lúc này."
        await self.sync()
