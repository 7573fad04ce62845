"""Points in time as whole milliseconds since 1970, UTC: what the history computes with.

Two of them belong to every event. When it was *taken* follows from the program start before it
(:class:`~trainer.contest.events.ClockTied`) and the contest's own clock; it may run backwards when
somebody sets the clock. Its *moment* never does: at least one more than the last one written, so
that the order of a history is in the events themselves and two histories can be put together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAX_MS = 221_845_392_000_000
"""Year 9000; intervals of up to a hundred years must not leave the calendar."""
QUARTER_MS = 900_000
"""A quarter of an hour: every time zone's days begin at one."""
DAY_MS = 86_400_000


class Tie(NamedTuple):
    """Contest time `at` was the UTC time `wall`, both in milliseconds."""

    at: int
    wall: int


def to_ms(iso: str) -> int | None:
    """Return an ISO 8601 time in milliseconds, UTC when it names no zone; None when it is none."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return bounded((moment - _EPOCH) // timedelta(milliseconds=1))
    except OverflowError:
        return None


def bounded(ms: int) -> int:
    """Return `ms`, held between 1970 and the year 9000."""
    return min(max(ms, 0), MAX_MS)


def to_datetime(ms: int) -> datetime:
    """Return an aware UTC time."""
    return _EPOCH + timedelta(milliseconds=ms)


def from_datetime(moment: datetime) -> int:
    """Return an aware time in milliseconds."""
    return bounded((moment - _EPOCH) // timedelta(milliseconds=1))


def to_iso(ms: int) -> str:
    """Return UTC, ISO 8601 to the second."""
    return to_datetime(bounded(ms)).isoformat(timespec="seconds")


def taken_ms(tie: Tie | None, at: int, otherwise: int) -> int:
    """Return when contest time `at` was; `otherwise` when no program start was recorded."""
    return otherwise if tie is None else bounded(tie.wall + at - tie.at)
