"""FSRS by the ``fsrs`` package, behind one small function: a memory, a rating, a time.

The package is imported when the first answer is recorded, not to show what is due. Its cards get
an id (without one it sleeps a millisecond to make one), its intervals are not fuzzed (the same
record must give the same tables), and its clock never runs backwards.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from trainer.history.moments import DAY_MS, MAX_MS, bounded, from_datetime, to_datetime

if TYPE_CHECKING:
    from fsrs import Scheduler

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS = (AGAIN, HARD, GOOD, EASY)
RATING_NAMES = {AGAIN: "quên", HARD: "khó", GOOD: "nhớ", EASY: "dễ"}
LEARNING, REVIEW, RELEARNING = 1, 2, 3
DECAY = 0.1542
"""FSRS-6's default; a test compares :func:`recall` with the package."""
_FACTOR = 0.9 ** (1 / -DECAY) - 1


class Memory(NamedTuple):
    """What is remembered of one item.

    Attributes:
        state: 1 learning, 2 review, 3 relearning.
        step: Step of (re)learning, -1 in review.
        stability: Days until recall falls to 90 %.
        difficulty: 1 to 10.
        due: Milliseconds, UTC.
        last: Last review, milliseconds, UTC.
        reviews: How many reviews.
        lapses: How often it was forgotten after it had been learnt.
    """

    state: int
    step: int
    stability: float
    difficulty: float
    due: int
    last: int
    reviews: int
    lapses: int


@functools.cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(enable_fuzzing=False)


def review(memory: Memory | None, rating: int, at: int) -> Memory:
    """Return the memory after a review.

    Args:
        memory: None: never met.
        rating: One of :data:`RATINGS`.
        at: Milliseconds, UTC; a time before the last review counts as that review's.
    """
    from fsrs import Card, Rating, State

    at = bounded(at)
    if memory is None:
        card = Card(card_id=1, due=to_datetime(at))
    else:
        at = max(at, memory.last)
        card = Card(
            card_id=1,
            state=State(memory.state),
            step=None if memory.step < 0 else memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=to_datetime(memory.due),
            last_review=to_datetime(memory.last),
        )
    after, _ = _scheduler().review_card(card, Rating(rating), to_datetime(at))
    assert after.stability is not None  # noqa: S101 - a reviewed card has both
    assert after.difficulty is not None  # noqa: S101
    lapsed = memory is not None and memory.state == REVIEW and rating == AGAIN
    return Memory(
        after.state.value,
        -1 if after.step is None else after.step,
        after.stability,
        after.difficulty,
        min(from_datetime(after.due), MAX_MS),
        at,
        1 if memory is None else memory.reviews + 1,
        (0 if memory is None else memory.lapses) + lapsed,
    )


def replayed(log: Iterable[tuple[int, int]]) -> Memory | None:
    """Return the memory after a log of (rating, milliseconds), None for an empty one."""
    memory: Memory | None = None
    for rating, at in log:
        memory = review(memory, rating, at)
    return memory


def recall(stability: float, last: int, now: int) -> float:
    """Return the chance (0 to 1) of recalling an item now, by FSRS's curve, in whole days."""
    days: int = max(0, (now - last) // DAY_MS)
    return float((1 + _FACTOR * days / stability) ** -DECAY)
