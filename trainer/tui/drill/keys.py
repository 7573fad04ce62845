"""The facilitator's keys in a group drill: each one hands the engine a command, or says why not."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.buzzing import steal_open
from trainer.contest.drill.correcting import LIVE, lifelines_used
from trainer.contest.drill.ranking import next_way, open_ties
from trainer.contest.drill.schedule import free_values, is_last_question, next_step
from trainer.contest.drill.stand_ins import due
from trainer.contest.drill.taking_part import (
    can_press,
    drill_of,
    floor_of,
    on_floor,
    participants,
    question_part,
    star_of,
    tied_presses,
)
from trainer.contest.rules import QuestionPart
from trainer.tui.drill.clock import revealing
from trainer.tui.drill.corrections import DOUBLE_PRESS_MS
from trainer.tui.drill.menu import BUSY, RarerThings
from trainer.tui.drill.steps import (
    CLOCKED,
    ENTRY,
    NOBODY,
    has_letters,
    name_of,
    next_move,
    rescue_offered,
    target,
    unfit,
)
from trainer.tui.drill.windows import Window
from trainer.tui.widgets.answering import LETTERS
from trainer.tui.widgets.marking import MarkingSheet

_HALF_A_SHEET = "Phiếu này chưa chấm đủ. Phím 0 đến 4 chấm từng tiêu chí; K: chốt không cần phiếu này."
_COMPOSED = (
    "Bộ gõ tiếng Việt đang bật: phím vừa gõ chưa được ghi, điều ghi trước đó vẫn giữ. "
    "Bạn hãy tắt bộ gõ (thường là Ctrl + Shift), chọn đội rồi gõ tiếp."
)
"""An input method sends a backspace and the letter that two keys make: `a`, `a` arrive as `a`, ⌫, `â`."""
_FIRST_A_TEAM = "Chưa ghi cho đội nào. Bạn hãy chọn đội đang trả lời bằng phím số, rồi gõ lại."


BY_F_KEY = {
    "b": ("F5", "Bảng điểm"),
    "c": ("F6", "Sửa điểm"),
    "s": ("F7", "Bỏ câu"),
    "t": ("F8", "Thay câu"),
}
"""Letters that do something else while no question is on show, and the keys that always do it."""


class DrillKeys(RarerThings):
    """What the keys do; the screen shows what came of it."""

    _erased = False
    """Whether the key before was a backspace, which does nothing here: an input method sent it."""

    @property
    def undisturbed(self) -> bool:
        """Whether nothing may open over the screen now: the teams' keys must arrive."""
        return self.session.state.phase == "buzz"

    @property
    def asking(self) -> bool:
        """Whether a question is on show that takes answers, or will: its letters do nothing else."""
        state = self.session.state
        asked = state.position >= 0 and question_part(state, state.position) is not None
        return asked and state.phase in ("read", *ENTRY, "answer")

    # --- the next step --------------------------------------------------------------------------

    async def action_next(self) -> None:
        """Carry out the next step; a second press within a moment hits nothing."""
        state = self.session.state
        now = self.session.now
        if now - self._entered_at < DOUBLE_PRESS_MS:
            return
        if state.paused_at is None and revealing(state, now):
            self.said = "Máy chiếu đang mở đáp án… Bạn nhấn Enter lại khi đáp án đã hiện."
            await self.sync()
            return
        move = next_move(state, self.given)
        warned = (state.position, state.phase, move.warning)
        if move.make is None or (move.warning and self._warned != warned):
            self._warned, self.said, self._entered_at = warned, move.warning, now
        elif state.phase == "mark" and state.paused_at is None and self._next_sheet():
            self._entered_at = now
        elif refused := self.hand(move.make, ""):
            self.said = refused if state.phase != "mark" else _HALF_A_SHEET
        else:
            self.said, self._entered_at = "", now
        await self.sync()

    def judge_names(self) -> list[str]:
        """Return the judges' names for the record."""
        state = self.session.state
        return [f"j{number}" for number in range(1, state.judge_count(state.position) + 1)]

    def _marked_side(self) -> str:
        state = self.session.state
        return next(iter(participants(state, state.position)), "")

    def _next_sheet(self) -> bool:
        """Show the next sheet that is not full, when this one is."""
        state = self.session.state
        item = state.current.item if state.current else {"rubric": ()}
        sheets = state.sheets_of(self._marked_side(), state.position)
        names = self.judge_names()

        def full(name: str) -> bool:
            return name in sheets and len(sheets[name].shares) >= len(item["rubric"])

        if not full(names[self.judge]):
            return False
        left = [at for at, name in enumerate(names) if not full(name)]
        if not left:
            return False
        self.judge = left[0]
        return True

    # --- team keys and letters ------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Take digits and buzzer keys for teams, letters for answers; all else is for the bindings.

        A buzzer's key does nothing else on this screen (:data:`trainer.contest.evening.teams.MORE_KEYS`), so
        that a press that comes late never judges another team. Enter, R and W are taken here as well:
        a binding runs only when its key has come back to the app, and by then a digit struck right
        after it would already have chosen another team.
        """
        state, letter = self.session.state, (event.character or "").casefold()
        opens = self._opener(letter, event.key)
        above = self.app.screen
        if self.flowing or opens or above is not self:
            event.stop()
            event.prevent_default()
            if self.flowing:  # struck in one go with the key that opened the window, or the one before
                Window.ahead.append(event)
                if isinstance(above, Window):
                    above.drain()
            elif above is not self:
                above._forward_event(events.Key(event.key, event.character))
            elif opens is not None:
                opens()
            return
        Window.ahead.clear()  # left over from windows that are closed
        if state.phase == "mark":
            return
        composed, self._erased = self._erased, event.key == "backspace"
        if letter == "ư" and not composed:
            letter = "w"  # how Telex sends it
        elif letter.isalpha() and not letter.isascii() and (composed or letter != "đ"):
            event.stop()
            event.prevent_default()
            self.said = _COMPOSED
            await self.sync()
            return
        judged = letter in ("r", "w") and state.phase in (*ENTRY, "answer")
        if judged or event.key == "enter":
            event.stop()
            event.prevent_default()
            await (self.action_judge(letter == "r") if judged else self.action_next())
            return
        digit = len(letter) == 1 and letter.isdigit() and letter.isascii()
        if digit or (letter and any(side.key == letter for side in state.sides)):
            event.stop()
            event.prevent_default()
            self._digit(letter, event)
            await self.sync()
            return
        open_now = state.phase == "buzz" and state.paused_at is None
        if open_now and not (self.rehearsing and letter == "g"):
            event.stop()
            event.prevent_default()
            return
        place = self._option(letter)
        if place is None and letter in BY_F_KEY and self.asking:
            event.stop()
            event.prevent_default()
            key, what = BY_F_KEY[letter]
            self.said = f"Khi đang hỏi, chữ {letter.upper()} để dành cho câu trả lời. {what}: {key}."
            await self.sync()
            return
        if place is not None:
            event.stop()
            event.prevent_default()
            # With a team chosen the letter is for that team, however fast it is.
            if self.chosen or not self.repeated(event.key):
                self._answer(place)
            await self.sync()

    def _opener(self, letter: str, key: str) -> Callable[[], None] | None:
        """Return what a key opens that asks on; at once, so that what follows it is the window's."""
        opened: Callable[[], None] | None = None
        if letter == "m" or key == "f10":
            opened = self.action_menu
        elif key == "f6" or (letter == "c" and not self.asking):
            opened = self.action_change
        elif letter == "v":
            opened = self.action_rescue
        if opened is None or not self.check_action(opened.__name__.removeprefix("action_"), ()):
            return None
        return opened

    def _option(self, letter: str) -> int | None:
        """Return which option a letter names now, None when it names none."""
        state = self.session.state
        current = state.current
        if len(letter) != 1 or current is None or state.phase not in (*ENTRY, "answer"):
            return None
        item = current.item
        if item.get("kind") == "true-false":
            shown = [item["options"][index] for index in current.order]
            word = {"đ": "Đúng", "d": "Đúng", "s": "Sai"}.get(letter)
            if word in shown:
                return shown.index(word)
        if item.get("kind") not in ("choice", "multiple", "true-false"):
            return None
        place = LETTERS.casefold().find(letter)
        return place if 0 <= place < len(current.order) else None

    def _answer(self, place: int) -> None:
        state = self.session.state
        side, current = target(state, self.chosen), state.current
        if not side or current is None:
            self.said = _FIRST_A_TEAM
            return
        response: tuple[int, ...] = (place,)
        if current.item["kind"] == "multiple":
            self.chosen = side  # letters toggle until another team is chosen
            known = state.attempts.get((side, state.position))
            before = known.response if known is not None and isinstance(known.response, tuple) else ()
            response = tuple(sorted(set(before) ^ {place}))
        if self.do(lambda at: c.Answer(at, side, response)) and current.item["kind"] != "multiple":
            self.chosen = ""
            self._warned = ()

    async def action_judge(self, right: bool) -> None:
        """Judge the team on the floor, or the chosen one, right or wrong."""
        state = self.session.state
        side = target(state, self.chosen)
        if not self.chosen and self.repeated("right" if right else "wrong"):
            pass
        elif not side:
            self.said = _FIRST_A_TEAM if state.phase in ENTRY else ""
        elif has_letters(state, side):
            self.said = (
                f"{name_of(state, side)} đã ghi phương án rồi. Muốn sửa: gõ chữ khác; "
                "muốn chấm lại: sau khi hiện đáp án, M rồi 4."
            )
        elif self.do(lambda at: dc.Judge(at, side, right)):
            self.chosen = ""
            self._warned = ()
        await self.sync()

    def _buzz(self, side: str, event: events.Key) -> None:
        """Take a press at the moment of the key itself."""
        if self.session.state.paused_at is not None:
            self.said = "Đồng hồ đang dừng nên chuông chưa nhận. Enter: chạy tiếp."
            return
        late = round(self.trainer.services.key_age(event.time) * 1000)
        state = self.session.state
        early = state.phase not in ("buzz", "answer")
        said = self.hand(lambda at: dc.Buzz(at, side, at - late), "")
        if early and not said:
            said = f"{name_of(state, side)} bấm sớm: chuông bị khóa trong chốc lát khi mở."
        elif early or (side in drill_of(state).early and "khóa" in said):
            said = f"{name_of(state, side)} bấm sớm nên còn bị khóa."
        elif said and state.phase == "buzz" and side not in [press.side for press in drill_of(state).buzzes]:
            said = f"{name_of(state, side)} bấm trước khi chuông mở: chưa tính."
        else:
            said = ""
        self.said = said

    def _digit(self, digit: str, event: events.Key) -> None:
        """Do what a team's key, or a digit, does at the moment."""
        state = self.session.state
        side = next((each.id for each in state.sides if each.key == digit), "")
        if state.phase == "draw":
            if digit.isdigit():
                self._draw(10 if digit == "0" else int(digit))
        elif state.phase == "ranking":
            self._rank(side)
        elif not side:
            self._choose(NOBODY, f"Không có đội số {digit}.")
        elif state.phase == "closed":
            self.said = (
                "Đã chốt câu này. Sửa câu trả lời: U rút lại bước chốt, hoặc M rồi 4 sau khi hiện đáp án."
            )
        elif state.phase == "answer" and not floor_of(state) and side in tied_presses(state):
            self.do(lambda at: dc.GiveFloor(at, side))
        elif state.phase in ("buzz", "answer") or self._presses_early(side):
            self._buzz(side, event)
            if state.phase in ENTRY:  # pressed early, or meant to answer what is another team's
                self._choose(NOBODY, f"{self.said} {unfit(state, side)}".strip())
        elif state.phase in ENTRY:
            why = unfit(state, side)
            self._choose(NOBODY if why else side, why)

    def _choose(self, side: str, why: str) -> None:
        """Let the next letter be a side's, or nobody's until a side that may answer is chosen."""
        self.said = why
        if self.session.state.phase in ENTRY:
            self.chosen = side

    def _presses_early(self, side: str) -> bool:
        """Tell whether a team's key is its buzzer, before the buzzers are open."""
        state = self.session.state
        part = question_part(state, state.position) if state.position >= 0 else None
        if part is None or not can_press(state, side):
            return False
        if part.play.mode == "buzzers":
            return state.phase == "read"
        return bool(part.play.steal_s) and part.play.mode == "turns" and state.phase in ("question", "entry")

    def _draw(self, number: int) -> None:
        state, part = self.session.state, self.session.state.current_part
        if next_step(state).kind != "draw":
            return
        if isinstance(part, QuestionPart) and part.play.values:
            if number > len(part.play.values) or len(self.given.values) >= part.count:
                return
            if self.repeated(f"value {number}"):
                return
            value = part.play.values[number - 1]
            if self.given.values.count(value) >= free_values(state, state.part).get(value, 0):
                self.said = f"Đã hết câu {value} điểm."
                return
            self.said = ""
            self.given = self.given._replace(values=(*self.given.values, value))
        elif not self.do(lambda at: dc.Draw(at, number - 1)):
            self.said = f"Không còn gói số {number}."

    def _rank(self, side: str) -> None:
        state = self.session.state
        ties = open_ties(state)
        if not ties or next_way(state) != "judges" or side not in ties[0] or side in self.given.order:
            return
        self.said = ""
        self.given = self.given._replace(order=(*self.given.order, side))

    # --- clocks and buzzers ---------------------------------------------------------------------

    async def action_pause(self) -> None:
        """Stop the clocks, or let them run on; a second press does not undo the first."""
        paused = self.session.state.paused_at is not None
        if not self.repeated("pause"):
            self.do(c.Unpause if paused else c.Pause)
        await self.sync()

    async def action_clock(self, seconds: int) -> None:
        """Move the clock on show."""
        if not self.do(lambda at: dc.MoveClock(at, seconds * 1000)):
            self.said = "Lúc này không có đồng hồ nào để chỉnh."
        await self.sync()

    async def action_buzzers(self) -> None:
        """Open the buzzers again."""
        self.do(dc.OpenBuzzers)
        await self.sync()

    async def action_star(self) -> None:
        """Put the star of the side whose turn it is on its next question."""
        state = self.session.state
        if not self.do(lambda at: dc.PlaceStar(at, drill_of(state).turn)):
            self.said = "Đội này không đặt được ngôi sao lúc này (mỗi đội một lần, trước khi mở câu hỏi)."
        else:  # after a question nothing else on the screen would tell it
            self.said = f"{name_of(state, drill_of(state).turn)} đặt ngôi sao hy vọng ★ cho câu tiếp theo."
        await self.sync()

    async def action_lifeline(self) -> None:
        """Let the last side on the floor ask the audience."""
        state = self.session.state
        floor = on_floor(state, state.part)
        if len(floor) == 1 and self.do(lambda at: dc.UseLifeline(at, floor[0])):
            self.said = f"{name_of(state, floor[0])} hỏi khán giả."
        await self.sync()

    # --- judges' sheets -------------------------------------------------------------------------

    def on_marking_sheet_marked(self, event: MarkingSheet.Marked) -> None:
        """Record a mark."""
        event.stop()
        judge, side, criterion, share = (
            self.judge_names()[self.judge],
            self._marked_side(),
            event.criterion,
            event.share,
        )
        self.do(lambda at: c.Mark(at, judge, side, criterion, share))

    def on_marking_sheet_cap_marked(self, event: MarkingSheet.CapMarked) -> None:
        """Record whether a hard stop happened."""
        event.stop()
        judge, side, cap, happened = (
            self.judge_names()[self.judge],
            self._marked_side(),
            event.cap,
            event.happened,
        )
        self.do(lambda at: c.MarkCap(at, judge, side, cap, happened))

    async def on_marking_sheet_done(self, event: MarkingSheet.Done) -> None:
        """Enter on the sheet."""
        event.stop()
        await self.action_next()

    async def action_judges(self) -> None:
        """Add a sheet."""
        count = len(self.judge_names())
        self.do(lambda at: c.SetJudges(at, count + 1))
        await self.sync()

    async def action_close_sheets(self) -> None:
        """End marking without the sheets that were not finished; ask once more when one was begun."""
        state = self.session.state
        item = state.current.item if state.current else {"rubric": ()}
        given = [len(sheet.shares) for sheet in state.sheets_of(self._marked_side(), state.position).values()]
        begun = [count for count in given if 0 < count < len(item["rubric"])]
        warned = (state.position, "sheets", *given)
        if self.repeated("sheets"):
            pass
        elif begun and len(begun) < len(given) and self._warned != warned:
            self._warned = warned
            self.said = f"Còn {len(begun)} phiếu chấm dở sẽ bị bỏ. Nhấn K lần nữa để chốt không cần phiếu ấy."
        elif self.do(c.CloseSheets):
            self.judge = 0
        else:
            self.said = "Cần ít nhất một phiếu đã chấm đủ thì mới chốt được."
        await self.sync()

    def action_leave(self) -> None:
        """Go home; the contest stays as it is, its clock stopped. A rehearsal ends, and asks first."""
        state = self.session.state
        if self.rehearsing:
            self.ask_to_end()
            return
        if state.phase in CLOCKED and state.paused_at is None:
            self.do(c.Pause)
        from trainer.tui.dialogs import AskScreen

        def leave(agreed: bool | None) -> None:
            self.hold_enter()
            if agreed:
                self.trainer.go("home")

        text = "Về trang chủ; hội thi được giữ nguyên chỗ này, lúc nào cũng làm tiếp được."
        self.app.push_screen(AskScreen("Tạm rời hội thi?", text), leave)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Show only the keys that do something now."""
        state = self.session.state
        phase, paused = state.phase, state.paused_at is not None
        if state.drill is None:
            return True
        if phase == "buzz" and paused:
            return action in ("next", "undo", "pause", "private", "scroll", "leave")
        if phase == "buzz":
            return action == "next" or (action == "stand_in" and self.rehearsing)
        wanted = {
            "pause": phase in CLOCKED or paused,
            "clock": phase in CLOCKED or phase == "entry",
            "judge": phase in (*ENTRY, "answer") and not self._for_audience(),
            "buzzers": self._may_open(),
            "star": phase in ("draw", "feedback", "skipped") and self._star_part(),
            "rescue": rescue_offered(state),
            "menu": phase not in BUSY,
            "stand_in": self.rehearsing and not paused and bool(due(state, self.session.now)),
            "change": phase not in BUSY,
            "lifeline": self._may_ask(),
            "judges": phase == "mark",
            "close_sheets": phase == "mark",
            "skip": phase in LIVE,
            "replace": phase in (*LIVE, "skipped") and not self._for_audience(),
            "left": phase in ("read", "closed", "feedback", "review", "skipped", "draw", "ranking", "back"),
        }
        return wanted.get(action, True)

    def _may_open(self) -> bool:
        state = self.session.state
        part = question_part(state, state.position) if state.position >= 0 else None
        buzzers = part is not None and part.play.mode == "buzzers" and state.phase == "entry"
        return buzzers or steal_open(state)

    def _for_audience(self) -> bool:
        current = self.session.state.current
        return current is not None and current.role == "audience"

    def _star_part(self) -> bool:
        state, step = self.session.state, next_step(self.session.state)
        part = question_part(state, step.position) if step.kind == "item" else None
        if part is None or not part.play.star:
            return False
        return star_of(state, step.side, state.plan[step.position].part) is None

    def _may_ask(self) -> bool:
        state = self.session.state
        part = state.current_part
        if state.phase not in ("read", *ENTRY) or not isinstance(part, QuestionPart):
            return False
        floor = on_floor(state, state.part)
        if len(floor) != 1 or is_last_question(state, state.position):
            return False
        return lifelines_used(state, floor[0]) < part.play.lifelines
