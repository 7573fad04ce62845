"""Opening the history file safely.

``journal_mode=DELETE`` and ``synchronous=EXTRA``: what was shown as saved survives a power cut.
Not WAL: SQLite 3.7.0 to 3.51.2 can corrupt a WAL file with two writers, it cannot be read in a
read-only folder, and copying the one file loses data.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from trainer.errors import HistoryError, StorageBusyError
from trainer.history.schema import APPLICATION_ID, MIGRATIONS

FILE_NAME = "history.db"
ANNOUNCED = "announced:"
"""Setting of a contest: how many of its places were announced, and “over” when it is done."""
BUSY_S = 5.0
CHECKED_AT_START = 16_000_000
"""Bytes up to which a file is checked whole at each start (30 ms); larger ones with the daily backup."""
_NOT_SQLITE = ("file is not a database", "file is encrypted")


class Opened:
    """An open connection and what had to be done to get it.

    Attributes:
        connection: In autocommit mode; use :func:`writing` to write.
        set_aside: Where a damaged history file was kept, None when all was well.
    """

    def __init__(self, connection: sqlite3.Connection, set_aside: Path | None) -> None:
        self.connection, self.set_aside = connection, set_aside


def open_database(folder: Path) -> Opened:
    """Open (or create) the history file of a data folder.

    A damaged file is renamed and kept, never overwritten.

    Raises:
        HistoryError: The folder or file cannot be used, or comes from a newer version.
    """
    path = folder / FILE_NAME
    _need_folder(folder)
    set_aside: Path | None = None
    try:
        connection = _connect(path)
    except _DamagedError:
        set_aside = _set_aside(path)
        connection = _connect(path)
    return Opened(connection, set_aside)


class _DamagedError(Exception):
    """The file is no usable SQLite database."""


def _need_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise HistoryError(
            f"“{folder}” là một tệp, không phải thư mục. Bạn hãy chọn thư mục khác bằng --data."
        ) from None
    except OSError as error:
        raise HistoryError(
            f"Không tạo được thư mục dữ liệu “{folder}” ({error.strerror}). "
            "Bạn hãy chọn thư mục khác bằng --data."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HistoryError(
            f"Không ghi được vào thư mục dữ liệu “{folder}”, nên kết quả sẽ không được lưu. "
            "Bạn hãy sửa quyền của thư mục hoặc chọn thư mục khác bằng --data."
        )


def _connect(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise HistoryError(
            f"“{path}” là một thư mục nên không lưu được lịch sử. Bạn hãy đổi tên thư mục này."
        )
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA foreign_keys=ON")
        _check(connection, path)
        migrate(connection, path)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        raise _explained(error, path) from None
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (application == 0 and tables):
        raise HistoryError(
            f"“{path}” không phải là tệp lịch sử của chương trình này. "
            "Bạn hãy chuyển tệp đó đi hoặc chọn thư mục khác bằng --data."
        )
    if version > len(MIGRATIONS):
        raise HistoryError(
            f"Tệp lịch sử “{path}” do bản mới hơn của chương trình ghi (bản ghi số {version}; bản này đọc "
            f"đến số {len(MIGRATIONS)}). Bạn hãy cập nhật chương trình; tệp được giữ nguyên."
        )
    small = path.stat().st_size <= CHECKED_AT_START
    if tables and small and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _DamagedError


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a history to this version, in one transaction; nothing happens when it is."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS):
        return
    with writing(connection, path):
        # Read again within the lock: another program may have migrated meanwhile.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(version, len(MIGRATIONS)):
            for statement in MIGRATIONS[number].split(";"):
                if statement.strip():
                    connection.execute(statement)
            if number == 1 and connection.execute("SELECT 1 FROM events LIMIT 1").fetchone():
                # The engine and FSRS are loaded once, when an old history is opened.
                from trainer.history.replay import give_moments, rebuild

                give_moments(connection)
                rebuild(connection)
            connection.execute(f"PRAGMA user_version={number + 1}")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


@contextlib.contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction, locked from its first statement, all or nothing.

    Raises:
        StorageBusyError: It could not be written (locked, full, read-only); nothing was.
        HistoryError: The file is damaged or cannot be used.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        explained = _explained(error, path)
        if isinstance(explained, _DamagedError):
            raise HistoryError(
                f"Tệp lịch sử “{path}” bị hỏng giữa chừng. Bạn hãy thoát và mở lại chương trình; "
                "tệp hỏng được giữ riêng."
            ) from None
        raise explained from None


def _explained(error: sqlite3.DatabaseError, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    text = str(error)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or any(sign in text for sign in _NOT_SQLITE):
        return _DamagedError()
    if code == sqlite3.SQLITE_BUSY:
        return StorageBusyError(
            f"Tệp lịch sử “{path}” đang được chương trình khác ghi. Bạn hãy đợi một lát rồi thử lại."
        )
    if code == sqlite3.SQLITE_FULL:
        return StorageBusyError(
            f"Đĩa đầy nên chưa lưu được vào “{path}”. Bạn hãy xóa bớt tệp khác rồi thử lại."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StorageBusyError(
            f"Không ghi được tệp lịch sử “{path}”. Bạn hãy kiểm tra quyền ghi hoặc chọn thư mục khác bằng --data."
        )
    return StorageBusyError(f"Chưa lưu được vào “{path}” ({text}). Bạn hãy thử lại.")


def _set_aside(path: Path) -> Path:
    """Rename a damaged file (and its journal) so that nothing ever overwrites it."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"history-hong-{stamp}.db")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"history-hong-{stamp}-{number}.db")
    try:
        path.rename(kept)
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            journal.rename(kept.with_name(kept.name + "-journal"))
    except OSError as error:
        raise HistoryError(
            f"Tệp lịch sử “{path}” bị hỏng và không đổi tên được ({error.strerror}). "
            "Bạn hãy chuyển tệp đó sang chỗ khác rồi mở lại."
        ) from None
    return kept
