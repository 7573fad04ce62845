"""How far a running contest of several sides has come between two events, for a resume on the same second.

Beside the history a small file says twice a second which contest is open and its contest time. It is
written over in place and not synced: a kill of the program loses at most half a second of a clock, a
power cut a few seconds; what was decided is in the history anyway. The projector sees by it that the
drill's program has gone.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

FILE_NAME = "drill.clock"
EVERY_S = 0.5
SILENT_S = 2.5
"""After so long without a beat the drill's program is not there any more."""


class Beat(NamedTuple):
    """The last beat.

    Attributes:
        contest: Its id.
        at: Contest time, milliseconds.
        silent: Whether none came for :data:`SILENT_S`.
    """

    contest: str
    at: int
    silent: bool


class Heartbeat:
    """Writes the beats of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._beaten = float("-inf")

    def beat(self, contest: str, at: int, clock: float) -> None:
        """Say that `contest` stands at contest time `at`; does nothing where that was said just now.

        Args:
            contest: Its id.
            at: Milliseconds.
            clock: Monotonic seconds.
        """
        if clock - self._beaten < EVERY_S:
            return
        self._beaten = clock
        # A file that cannot be written costs a resumed clock some seconds, not the drill.
        with contextlib.suppress(OSError):
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o644)
            try:
                os.write(file, f"{contest} {at:>12}\n".encode())
            finally:
                os.close(file)


def last_beat(folder: Path, contest: str) -> int:
    """Return the contest time at which a contest was last seen alive, 0: nothing is known."""
    found = _read(folder / FILE_NAME)
    return found[1] if found is not None and found[0] == contest else 0


def _read(path: Path) -> tuple[str, int] | None:
    try:
        contest, at = path.read_text("ascii").split()[:2]
        return contest, max(0, int(at[:12]))
    except (OSError, ValueError):
        return None


class Listener:
    """Hears the beats of another program."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._stamp = 0
        self._heard = float("-inf")
        self._beat: tuple[str, int] | None = None

    def listen(self, clock: float) -> Beat | None:
        """Return the last beat, None where there never was one.

        Args:
            clock: Monotonic seconds.
        """
        try:
            stamp = self._path.stat().st_mtime_ns
        except OSError:
            return None
        if stamp != self._stamp:
            first, self._stamp = not self._stamp, stamp
            self._beat = _read(self._path) or self._beat
            # What was there before this program may be old: the next beat tells.
            self._heard = clock - SILENT_S + 2 * EVERY_S if first else clock
        if self._beat is None:
            return None
        return Beat(*self._beat, clock - self._heard > SILENT_S)
