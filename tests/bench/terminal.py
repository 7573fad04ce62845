"""A program on a pseudo-terminal, with a stopwatch at its first paint and at a key's repaint."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30.0
EMPTY = [sys.executable, "-m", "tests.bench.empty_app"]
DANVAN = [sys.executable, "-m", "trainer"]


class Timed:
    """One run of a program at 80×24."""

    def __init__(self, command: Sequence[str], **variables: str) -> None:
        self._started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **variables}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execvpe(command[0], list(command), environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Timed:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def first_paint(self, shows: str) -> float:
        """Return seconds from the start to the output that contains `shows`."""
        wanted, output = shows.encode(), b""
        end = time.perf_counter() + LIMIT_S
        while wanted not in output:
            if time.perf_counter() > end:
                raise TimeoutError(f"never shown: {shows}\n{output[-2000:]!r}")
            output += self._read(0.5)
        return time.perf_counter() - self._started

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        return os.read(self._fd, 1 << 16) if ready else b""

    def settle(self) -> None:
        """Wait until nothing has been drawn for a quarter of a second."""
        while self._read(0.25):
            pass

    def type(self, keys: bytes) -> None:
        """Send keys."""
        os.write(self._fd, keys)

    def key(self, keys: bytes) -> float:
        """Return seconds from a key to the first byte of repaint."""
        start = time.perf_counter()
        self.type(keys)
        if not self._read(LIMIT_S):
            raise TimeoutError("no repaint")
        took = time.perf_counter() - start
        self.settle()
        return took

    def repaint(self) -> float:
        """Return seconds from now to the first byte of repaint, then wait until all is drawn."""
        start = time.perf_counter()
        if not self._read(LIMIT_S):
            raise TimeoutError("no repaint")
        took = time.perf_counter() - start
        self.settle()
        return took


def start(command: list[str], shows: str, folder: Path) -> float:
    """Return the seconds to a program's first paint, on its own data and cache folders."""
    with Timed(command, XDG_CACHE_HOME=str(folder / "cache"), DANVAN_DATA=str(folder / "data")) as program:
        return program.first_paint(shows)
