"""Which contest of several sides is open in a window: two windows on one contest would shut each other out.

The operating system keeps the lock, so it is gone with the program, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

from trainer.errors import HistoryError

FILE_NAME = "drill.lock"


class Hold:
    """A contest that this program has open; nothing is held before :meth:`take`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._file: int | None = None

    def take(self, contest: str) -> None:
        """Hold a contest in place of the one held so far.

        Where the file system knows no locks nothing is held, and nobody is kept out.

        Raises:
            HistoryError: Another window has it open.
        """
        self.release()
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:
            return
        place = zlib.crc32(contest.encode()) >> 1  # one byte for each contest, far beyond the file's end
        try:
            _lock(file, place)
        except BlockingIOError:
            os.close(file)
            raise HistoryError(
                "Hội thi này đang mở ở một cửa sổ khác. Bạn hãy dùng cửa sổ ấy, hoặc đóng nó rồi mở lại ở đây."
            ) from None
        except OSError:
            os.close(file)
            return
        self._file = file

    def release(self) -> None:
        """Let others open the contest."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.close(self._file)  # which gives the lock up as well
            self._file = None


def is_held(folder: Path) -> bool:
    """Tell whether a window has any contest of a data folder open; False where that cannot be told."""
    try:
        import fcntl

        file = os.open(folder / FILE_NAME, os.O_RDWR)
    except (ImportError, OSError):
        return False  # on Windows the files themselves cannot be taken away while they are open
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return False
    finally:
        os.close(file)
    return False


def _lock(file: int, place: int) -> None:
    """Lock one byte, at once or not at all.

    Raises:
        BlockingIOError: Somebody else has it.
        OSError: Locks are not to be had here.
    """
    try:
        import fcntl
    except ImportError:
        _lock_on_windows(file, place)
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except PermissionError as error:  # some systems say EACCES
        raise BlockingIOError from error


def _lock_on_windows(file: int, place: int) -> None:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    os.lseek(file, place, os.SEEK_SET)
    try:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    except PermissionError as error:
        raise BlockingIOError from error
