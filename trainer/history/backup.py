"""Copies of the history: by hand, once a day by itself, and back again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from trainer.errors import HistoryError, StorageBusyError
from trainer.history.database import BUSY_S, FILE_NAME
from trainer.history.files import checked_copy

FOLDER = "backups"
KEPT = 10
_DAILY = "history-????-??-??.db"
WAIT_S = BUSY_S
"""How long a copy waits for a file that another program has locked."""


class _LockedError(Exception):
    """Another program keeps the file locked."""


def _patience() -> Callable[[int, int, int], None]:
    """Return a progress callback that ends a copy; by itself it tries a locked file again for ever."""
    moved = time.monotonic()

    def look(status: int, _remaining: int, _total: int) -> None:
        nonlocal moved
        if status & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            moved = time.monotonic()
        elif time.monotonic() - moved >= WAIT_S:
            raise _LockedError

    return look


def backup(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy the history by SQLite's online backup; the target is whole or is not there.

    Args:
        connection: The open history.
        target: A file to write, or an existing folder to write ``history.db`` into.

    Raises:
        HistoryError: It could not be written (the target is the history itself, the disk is full, …).
    """
    if target.is_dir():
        target = target / FILE_NAME
    own = connection.execute("PRAGMA database_list").fetchone()[2]
    if own and target.exists() and target.samefile(own):
        raise HistoryError("Không thể chép tệp lịch sử đè lên chính nó. Bạn hãy chọn tên khác.")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA synchronous=EXTRA")
            connection.backup(copy, progress=_patience())
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise HistoryError(
                    "Tệp lịch sử bị hỏng nên không sao lưu được. Bạn hãy khôi phục bản sao cũ."
                )
        os.replace(part, target)
    except (OSError, sqlite3.DatabaseError, _LockedError) as error:
        raise StorageBusyError(
            f"Chưa sao lưu được vào “{target}” ({_reason(error)}). Bạn hãy thử lại hoặc chọn chỗ khác."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def daily_backup(connection: sqlite3.Connection, folder: Path, today: date) -> Path | None:
    """Make the day's copy in ``backups/`` unless it is there; keep the last ten days that have one.

    Args:
        connection: The open history; may be used from a worker thread while nobody else does.
        folder: The data folder.
        today: The player's day.

    Returns:
        The copy, None when there was nothing to do (already made, or nothing played yet).
    """
    target = folder / FOLDER / f"history-{today.isoformat()}.db"
    if target.exists() or connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is None:
        return None
    backup(connection, target)
    # A clock that was set back must not make the copy just written the oldest one.
    others = sorted(
        (path for path in target.parent.glob(_DAILY) if path != target), key=lambda path: path.name
    )
    for path in others[: max(0, len(others) - (KEPT - 1))]:
        with contextlib.suppress(OSError):
            path.unlink()
    return target


def restore(connection: sqlite3.Connection, folder: Path, source: Path, today: date) -> Path | None:
    """Put the content of a backup in place of the history.

    The backup is checked whole before; the history as it was is kept in ``backups/``. The change
    is one transaction: another program sees the old history or the new one.

    Args:
        connection: The open history.
        folder: The data folder.
        source: The backup.
        today: The player's day, for the name of the copy that is kept.

    Returns:
        Where the old history was kept, None when it was empty.

    Raises:
        HistoryError: The backup cannot be used, or the history not be written; nothing changed.
    """
    with contextlib.closing(checked_copy(source)) as copy:
        kept: Path | None = None
        try:
            if connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is not None:
                kept = backup(connection, _free(folder / FOLDER, f"history-{today.isoformat()}-truoc"))
            copy.backup(connection, progress=_patience())
        except (sqlite3.DatabaseError, _LockedError) as error:
            if kept is not None:  # nothing has changed, so there is nothing to keep it for
                with contextlib.suppress(OSError):
                    kept.unlink()
            raise StorageBusyError(
                f"Chưa khôi phục được ({_reason(error)}). Lịch sử cũ còn nguyên; bạn hãy thử lại."
            ) from None
    return kept


def _reason(error: Exception) -> str:
    if isinstance(error, _LockedError) or (
        getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    ):
        return "tệp lịch sử đang được chương trình khác dùng"
    return getattr(error, "strerror", None) or str(error)


def _free(folder: Path, stem: str) -> Path:
    number = 1
    while (path := folder / f"{stem}-{number}.db").exists():
        number += 1
    return path


def backups(folder: Path) -> list[Path]:
    """Return the copies in ``backups/``, newest name first."""
    return sorted((folder / FOLDER).glob("history-*.db"), key=lambda path: path.name, reverse=True)
