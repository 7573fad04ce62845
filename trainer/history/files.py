"""Other history files, looked at without touching them: backups, another laptop's history."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from trainer.errors import HistoryError
from trainer.history.database import FILE_NAME, migrate
from trainer.history.schema import APPLICATION_ID, MIGRATIONS


def checked_copy(path: Path) -> sqlite3.Connection:
    """Return a private copy of a history file, brought to this version; the file stays as it is.

    Args:
        path: A history file, or a data folder that holds one.

    Raises:
        HistoryError: It is missing, damaged, cut off, foreign or from a newer version.
    """
    if path.is_dir():
        path = path / FILE_NAME
    if not path.is_file():
        raise HistoryError(f"Không có tệp “{path}”. Bạn hãy kiểm tra lại đường dẫn.")
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    try:
        _copy(path, copy)
        copy.execute("PRAGMA foreign_keys=ON")
        migrate(copy, path)
    except sqlite3.DatabaseError:
        copy.close()
        raise _damaged(path) from None
    except BaseException:
        copy.close()
        raise
    return copy


def _copy(path: Path, copy: sqlite3.Connection) -> None:
    source = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
    try:
        application = source.execute("PRAGMA application_id").fetchone()[0]
        version = source.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise HistoryError(
                f"“{path}” không phải là tệp lịch sử của chương trình này. Không có gì thay đổi."
            )
        if version > len(MIGRATIONS):
            raise HistoryError(
                f"“{path}” do bản mới hơn của chương trình ghi (bản ghi số {version}; bản này đọc đến số "
                f"{len(MIGRATIONS)}). Bạn hãy cập nhật chương trình; không có gì thay đổi."
            )
        pages, size = (source.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if path.stat().st_size < pages * size:
            raise _damaged(path)
        source.backup(copy)
    finally:
        source.close()
    # The copy is checked, not the file: nothing can change between the check and the use.
    if (
        copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
        or copy.execute("PRAGMA foreign_key_check").fetchone()
    ):
        raise _damaged(path)
    tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"players", "contests", "events", "attempts"} <= tables:
        raise _damaged(path)


def _damaged(path: Path) -> HistoryError:
    return HistoryError(f"“{path}” bị hỏng hoặc bị cắt cụt nên không dùng được. Không có gì thay đổi.")
