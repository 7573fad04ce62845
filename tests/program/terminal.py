"""The program on a pseudo-terminal: keys in, a screen out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.helpers import ROOT, SMALL_BANK

WAIT_S = 20.0
PROGRAM = [sys.executable, "-W", "ignore", "-m", "trainer"]


def environment(**more: str) -> dict[str, str]:
    """Return a terminal's environment with UTF-8 and no colour switches."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
    return {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program without a terminal."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(**more),
        check=False,
        timeout=60,
    )


def history(data: Path) -> dict[str, Any]:
    """Return what ``danvan history --json`` says."""
    done = run("history", "--json", "--data", data)
    assert done.returncode == 0, done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    return report


class Terminal:
    """One run of the program."""

    _fed = 0
    """Bytes that were read so far."""

    def __init__(
        self,
        *arguments: str | Path,
        columns: int = 80,
        rows: int = 24,
        bank: Path = SMALL_BANK,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        command = [*PROGRAM, *map(str, arguments), "--bank", str(bank)]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(rows, columns),
            env=environment(**(variables or {})),
            timeout=WAIT_S,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        _OPEN.terminals.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        _OPEN.terminals.remove(self)
        self.child.close(force=True)

    def _read(self, seconds: float = 0.1) -> bool:
        """Feed the screen; False when the program has ended.

        All open terminals of this thread are read: one whose output nobody takes stands still.
        """
        for other in _OPEN.terminals:
            if other is not self:
                other._feed(0)
        return self._feed(seconds)

    def _feed(self, seconds: float) -> bool:
        try:
            raw: Any = self.child.read_nonblocking(1 << 16, timeout=seconds)  # bytes: no encoding was given
            self._stream.feed(raw)
            self._fed += len(raw)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def more(self, seconds: float = 0.02) -> bool:
        """Read what the program writes within a moment; tell whether it wrote anything."""
        before = self._fed
        self._read(seconds)
        return self._fed != before

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait(self, condition: Callable[[str], bool] | str) -> str:
        """Wait until the screen shows something; return the screen."""
        met = condition if callable(condition) else lambda text: condition in text
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            alive = self._read()
            if met(self.text):
                return self.text
            if not alive:
                break
        raise AssertionError(f"never shown: {condition}\n{self.text}")

    def press(self, keys: str | bytes) -> None:
        self.child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self, number: int = signal.SIGKILL) -> None:
        self.child.kill(number)
        self.end()

    def end(self) -> int:
        """Wait for the program's end; return its exit status (negative: the signal)."""
        end = time.monotonic() + WAIT_S
        while self._read() and time.monotonic() < end:
            pass
        self.child.wait()
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        return int(self.child.exitstatus or 0)


class _Open(threading.local):
    """The terminals of one thread."""

    def __init__(self) -> None:
        self.terminals: list[Terminal] = []


_OPEN = _Open()
