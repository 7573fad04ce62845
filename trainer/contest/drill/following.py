"""Another program's contest, followed by its events: the state, what time it is, what was just shown. Pure.

The other program's clock cannot be read. Its contest time is at least the `at` of every event that
arrived, and an event arrives a few hundredths of a second after it happened: so the reader's clock
at contest time 0 is the least that any recent event says. Only a reader that begins late has to
guess from the wall clock how long ago the last event was, and the next event puts that right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trainer.contest.events import Event
from trainer.contest.folding import evolve
from trainer.contest.state import State

STOOD_S = 1.0
"""An event that arrives so much later than expected means that the contest's time stood still."""
LONG_AGO = float("-inf")


class Following(NamedTuple):
    """What a reader knows; immutable.

    Attributes:
        origin: The reader's clock (seconds) at contest time 0, None before any event.
        guessed: Whether `origin` hangs on the wall clock.
        revealed: Position -> the reader's clock when its key was revealed.
        live: Whether the contest was seen running, rather than found finished.
    """

    state: State = State()
    origin: float | None = None
    guessed: bool = False
    revealed: Mapping[int, float] = {}
    live: bool = False

    def now(self, clock: float) -> int:
        """Return the contest time: never before the last event."""
        if self.origin is None:
            return self.state.at
        return max(self.state.at, int((clock - self.origin) * 1000))

    def since_reveal(self, position: int, clock: float) -> float:
        """Return the seconds since a position's key was revealed; infinite when it was so before."""
        return clock - self.revealed.get(position, LONG_AGO)


def follow(
    known: Following,
    events: Sequence[Event],
    clock: float,
    *,
    fresh: bool = False,
    waited_ms: int | None = None,
) -> Following:
    """Return what is known after some events.

    Args:
        known: What was known before.
        events: In order.
        clock: The reader's clock now, seconds.
        fresh: `events` are all of a contest's: forget what was known.
        waited_ms: How long ago the last of fresh events was written; None: unknown.
    """
    before = known
    if fresh:
        known = Following()
    if not events:
        return known
    state = known.state
    for event in events:
        state = evolve(state, event)
    last = max(event.at for event in events)
    if fresh:
        origin, guessed = clock - (last + (waited_ms or 0)) / 1000, True
    else:
        origin, guessed = _origin(known, clock - last / 1000), False
    if before.state.contest != state.contest:
        before = known  # another contest; the same one may be read anew after its file was away
    moment = LONG_AGO if fresh else clock
    shown = frozenset() if state.drill is None else state.drill.revealed
    revealed = {at: before.revealed.get(at, moment) for at in shown}
    return Following(state, origin, guessed, revealed, before.live or state.running)


def _origin(known: Following, said: float) -> float:
    if known.origin is None or known.guessed or said > known.origin + STOOD_S:
        return said
    return min(known.origin, said)
