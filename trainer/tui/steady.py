"""The clock of contests, which goes on while the machine sleeps, and the age of a key."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual._time import get_time


def _sleepless() -> Callable[[], float]:
    """Return a monotonic clock that counts sleep.

    ``time.monotonic`` stands still while a Linux or macOS laptop is suspended: the contest would not
    notice that it slept, and its clock would run on the moment the lid is opened. These do count, so
    that :class:`~trainer.contest.session.Session` sees the gap, pauses and says so.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # Linux; macOS, whose CLOCK_MONOTONIC counts sleep
        clock = getattr(time, name, None)
        if clock is not None:
            try:
                time.clock_gettime(clock)
            except OSError:
                continue
            return lambda: time.clock_gettime(clock)
    return time.monotonic  # Windows: counts sleep


now: Callable[[], float] = _sleepless()


def age(made: float) -> float:
    """Return how many seconds ago a Textual message was made.

    A key is stamped by the thread that reads the terminal; by the time the screen takes its turn,
    drawing may have cost more than separates two buzzers.
    """
    return max(0.0, get_time() - made)
