"""A contest that is being played: engine + clock + record.

The only place where contest time meets a clock. A command is decided, its events are written
by the log in one transaction, and only then does the state move on: what a screen shows has
been recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from trainer.contest import commands as c
from trainer.contest.engine import decide, evolve, fold
from trainer.contest.events import ClockTied, Event, Planned, Side
from trainer.contest.rules import Rules, rules_to_data
from trainer.contest.state import State

LONGEST_MS = 3_600_000
"""No clock runs so long without an event."""
ASLEEP_MS = 5_000
"""A gap between two looks at the clock this long means that the process stood still."""


class Log(Protocol):
    """Where events are kept."""

    def append(self, contest: str, first: int, events: Sequence[Event], state: State) -> None:
        """Write `events`, the first numbered `first`, and what follows from them, or raise."""


class Session:
    """Runs one contest.

    Attributes:
        state: What the record says.
    """

    def __init__(
        self,
        log: Log,
        clock: Callable[[], float],
        wall: Callable[[], str],
        events: Sequence[Event] = (),
        *,
        program: str = "",
        seen_at: int = 0,
    ) -> None:
        """Continue the contest that `events` tell of, or wait for :meth:`open`.

        Args:
            log: Where events are written before the state moves.
            clock: Monotonic seconds.
            wall: The UTC time in ISO 8601, for the record only.
            events: What was recorded so far.
            program: Name and version, for the record.
            seen_at: Contest time at which it was last seen alive, later than its last event perhaps;
                0: nothing is known. A clock goes on from there, never past its end.
        """
        self._log, self._clock, self._wall, self._program = log, clock, wall, program
        self._count = len(events)
        self.state = fold(events)
        self._base = self._went_on(seen_at)
        self._origin = clock()
        self._looked = self._base
        self._unsaved: list[Event] = []
        self._failed_at: int | None = None
        self._tied = False
        if self.state.running:
            self._tie()

    def _tie(self) -> None:
        """Tie contest time to this program's clock, once."""
        self._do(c.TieClock(self.now, self._wall(), self._program))
        self._tied = True

    def _went_on(self, seen_at: int) -> int:
        state = self.state
        if not state.running or state.paused_at is not None:
            return state.at
        if seen_at - state.at > LONGEST_MS:
            return state.at  # of a record that was longer than this one: it was restored since
        over = state.deadline is not None and state.phase != "speak"
        return max(state.at, min(seen_at, state.deadline) if over and state.deadline else seen_at)

    def open(
        self,
        contest: str,
        seed: int,
        rules: Rules,
        sides: Sequence[Side],
        plan: Sequence[Planned],
        *,
        group: bool = False,
        show: bool = False,
    ) -> None:
        """Begin a new contest; its first item is opened by :meth:`advance`.

        Args:
            contest: Its id.
            seed: All the chance there is.
            rules: By which it is played.
            sides: Who scores.
            plan: What is asked.
            group: Whether several sides play before a facilitator.
            show: Open the first item as well, in the same writing; call :meth:`begin_clock` when it
                can be seen.

        Raises:
            RefusedError: Several sides (`group`) cannot play these rules.
            HistoryError: The record could not be written.
        """
        command = c.Open(0, contest, seed, rules_to_data(rules), tuple(sides), tuple(plan), group)
        events = [*decide(State(), command), ClockTied(0, self._wall(), self._program)]
        if show:
            events += decide(fold(events), c.Advance(0))
        self._write(events)
        self._tied = True
        self.begin_clock()

    def begin_clock(self) -> None:
        """Let contest time begin now, when nothing has happened in it: the first item is on show."""
        if self.state.at == 0 and self.state.running:
            self._base, self._origin, self._looked = 0, self._clock(), 0

    @property
    def now(self) -> int:
        """Contest time, milliseconds."""
        return self._base + int((self._clock() - self._origin) * 1000)

    def look(self) -> bool:
        """Let time do its work; call this often, and before every command.

        Returns:
            Whether the state changed.
        """
        before = self.state
        self.save()
        now = self.now
        if not self.state.running:
            self._looked = now  # the end may be taken back: what passes until then is no sleep
            return self.state is not before
        if now - self._looked > ASLEEP_MS and self.state.phase != "ready":
            self._origin += (now - self._looked) / 1000
            now = self._looked
            if self.state.paused_at is None and self.state.remaining_ms(now) is not None:
                self._do(c.Pause(now, "asleep"))
        self._looked = now
        while events := decide(self.state, c.Tick(now)):
            self._write(events)
            if not self.state.running:
                break
        return self.state is not before

    def do(self, make: Callable[[int], c.Command]) -> None:
        """Carry out the command that `make` builds for the present contest time.

        Raises:
            RefusedError: The command is not allowed (perhaps a deadline has just passed).
            HistoryError: The record could not be written; the state has not moved.
        """
        self.look()
        self._do(make(self.now))

    def _do(self, command: c.Command) -> None:
        events = decide(self.state, command)
        if events:
            self._write(events)

    @property
    def unsaved(self) -> bool:
        """Whether events wait that could not be written; :meth:`save` tries again."""
        return bool(self._unsaved)

    def save(self) -> None:
        """Write what could not be written before; the time until it succeeds is not counted.

        Raises:
            HistoryError: It still cannot be written.
        """
        if self._unsaved:
            waiting, self._unsaved = self._unsaved, []
            self._write(waiting)
            if self._failed_at is not None:
                self._origin += (self.now - self._failed_at) / 1000
                self._looked, self._failed_at = self._failed_at, None

    def _write(self, events: Sequence[Event]) -> None:
        state = self.state
        for event in events:
            state = evolve(state, event)
        try:
            self._log.append(state.contest, self._count, events, state)
        except Exception:
            if self._failed_at is None:
                self._failed_at = self.now
            self._unsaved = list(events)
            raise
        self._count += len(events)
        self.state = state

    # The commands by name, so that a screen says what it means.

    def advance(self) -> None:
        """Go on to whatever comes next."""
        self.do(c.Advance)

    def goto(self, position: int) -> None:
        """Show another question of the part."""
        self.do(lambda at: c.GoTo(at, position))

    def answer(self, side: str, response: Any) -> None:
        """Hand in a response."""
        self.do(lambda at: c.Answer(at, side, response))

    def overrule(self, side: str, position: int, reason: str) -> None:
        """Let a response count as right after all."""
        self.do(lambda at: c.Overrule(at, side, position, reason))

    def undo(self, steps: int = 1) -> None:
        """Take back the last decisions (several sides only), also after the end."""
        from trainer.contest.drill import commands as dc

        if not self.state.running:
            self._looked = self.now
            self._do(dc.Undo(self.now, steps))
            if not self._tied and self.state.running:
                self._tie()
        else:
            self.do(lambda at: dc.Undo(at, steps))

    def undo_overrule(self, side: str, position: int) -> None:
        """Let the judge's own verdict stand again."""
        self.do(lambda at: c.Overrule(at, side, position, undo=True))

    def draft(self, side: str, field: str, value: Any) -> None:
        """Keep what stands in a box."""
        self.do(lambda at: c.Draft(at, side, field, value))

    def mark(self, judge: str, side: str, criterion: int, share: float) -> None:
        """Give a criterion its share."""
        self.do(lambda at: c.Mark(at, judge, side, criterion, share))

    def mark_cap(self, judge: str, side: str, cap: int, happened: bool) -> None:
        """Say whether a hard stop happened."""
        self.do(lambda at: c.MarkCap(at, judge, side, cap, happened))

    def set_judges(self, count: int) -> None:
        """Say how many judges mark the situation on show."""
        self.do(lambda at: c.SetJudges(at, count))

    def close_sheets(self) -> None:
        """End marking without the judges who have not finished."""
        self.do(c.CloseSheets)

    def take_turn(self, side: str, option: int = -1, text: str = "", share: float = 0.0) -> None:
        """Reply to what the people say."""
        self.do(lambda at: c.TakeTurn(at, side, option, text, share))

    def pause(self) -> None:
        """Stop the clocks."""
        self.do(c.Pause)

    def hand_in(self) -> None:
        """Look over a part before handing it in."""
        self.do(c.HandIn)

    def unpause(self) -> None:
        """Let the clocks run on."""
        self.do(c.Unpause)

    def abandon(self) -> None:
        """End the contest early."""
        self.do(c.Abandon)
