"""Are the stored tables what the events say? All events are replayed beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from trainer.history.replay import Replay, unreadable_contests
from trainer.history.rows import DERIVED, Row, Table
from trainer.history.schema import MIGRATIONS
from trainer.history.told import read_told

MOST = 30
"""Differences told in full."""
_NEAR = 1e-9
"""FSRS computes with powers, whose last digit may differ between two machines."""
_NAMES = {
    "contests": "phần thi",
    "contest_sides": "điểm của bên dự thi",
    "attempts": "lượt trả lời",
    "details": "chi tiết lượt trả lời",
    "memory": "lần gặp gần nhất",
    "reviews": "lần ôn",
    "cards": "thẻ ôn tập",
    "pace": "tốc độ trả lời",
    "totals": "tổng số theo câu hỏi",
    "picks": "phương án đã chọn",
    "activity": "lịch luyện tập",
    "rounds": "danh sách phần thi",
    "correction_moves": "danh sách chấm lại",
}


class Report(NamedTuple):
    """What a verification found.

    Attributes:
        events: How many events were replayed.
        rows: How many stored rows were compared.
        sentences: Differences, Vietnamese; empty when there is none.
        notes: What cannot be compared (contests of another version), Vietnamese.
    """

    events: int
    rows: int
    sentences: list[str]
    notes: list[str]

    @property
    def good(self) -> bool:
        """Whether stored tables and events agree."""
        return not self.sentences


def verify(connection: sqlite3.Connection) -> Report:
    """Replay all events and compare; works on a copy, so nobody who is playing has to wait."""
    copy, fresh = sqlite3.connect(""), sqlite3.connect("")
    try:
        connection.backup(copy)
        return _verify(copy, fresh)
    finally:
        copy.close()
        fresh.close()


def _verify(stored: sqlite3.Connection, fresh: sqlite3.Connection) -> Report:
    sentences = list(_damage(stored))
    for script in MIGRATIONS:
        fresh.executescript(script)
    ratings = stored.execute("SELECT contest, side, position, rating, moment FROM ratings").fetchall()
    fresh.executemany("INSERT INTO ratings VALUES (?, ?, ?, ?, ?)", ratings)
    unreadable = set(unreadable_contests(stored))
    replay = Replay(stored, fresh, read_told(stored))
    replay.unreadable |= unreadable
    replay.run()
    notes = [
        f"Phần thi {contest}: bản ghi do bản khác của chương trình ghi nên không so được."
        for contest in sorted(unreadable)
    ]
    rows, found = 0, 0
    for table in DERIVED:
        for difference in _differences(table, stored, fresh, unreadable):
            if difference is None:
                rows += 1
                continue
            found += 1
            if found <= MOST:
                sentences.append(difference)
    if found > MOST:
        sentences.append(f"Còn {found - MOST} chỗ khác nữa không kể ra ở đây.")
    events = int(stored.execute("SELECT count(*) FROM events").fetchone()[0])
    return Report(events, rows, sentences, notes)


def _damage(stored: sqlite3.Connection) -> Iterator[str]:
    if stored.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        yield "Tệp lịch sử bị hỏng bên trong. Bạn hãy khôi phục một bản sao trong thư mục backups."
    gaps = stored.execute(
        "SELECT contest FROM events GROUP BY contest HAVING count(*) <> max(seq) + 1 OR min(seq) <> 0 LIMIT 10"
    )
    for (contest,) in gaps:
        yield f"Phần thi {contest}: bản ghi thiếu sự kiện ở giữa."
    (backwards,) = stored.execute(
        "SELECT count(*) FROM (SELECT moment - lag(moment) OVER (ORDER BY n) AS step FROM events) WHERE step < 0"
    ).fetchone()
    if backwards:
        yield f"Thứ tự của {backwards} sự kiện không khớp với mốc thời gian của chúng."


def _differences(
    table: Table, stored: sqlite3.Connection, fresh: sqlite3.Connection, unreadable: set[str]
) -> Iterator[str | None]:
    """Yield None for each equal row, a sentence for each difference."""
    keys = table.columns[: table.keys]
    query = f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {', '.join(keys)}"  # noqa: S608
    skip = _contest_column(table)
    left = _rows(stored, query, skip, unreadable)
    right = _rows(fresh, query, skip, unreadable)
    one, two = next(left, None), next(right, None)
    while one is not None or two is not None:
        key_one = one[: table.keys] if one is not None else None
        key_two = two[: table.keys] if two is not None else None
        if key_two is None or (key_one is not None and key_one < key_two):
            assert one is not None  # noqa: S101 - the loop's condition
            yield f"{_what(table, one)}: có trong bảng nhưng không có trong bản ghi."
            one = next(left, None)
        elif key_one is None or key_two < key_one:
            assert two is not None  # noqa: S101
            yield f"{_what(table, two)}: có trong bản ghi nhưng thiếu trong bảng."
            two = next(right, None)
        else:
            assert one is not None and two is not None  # noqa: PT018, S101
            yield _compared(table, one, two)
            one, two = next(left, None), next(right, None)


def _contest_column(table: Table) -> int | None:
    if table.name == "contests":
        return 0
    return table.columns.index("contest") if "contest" in table.columns else None


def _rows(
    connection: sqlite3.Connection, query: str, column: int | None, unreadable: set[str]
) -> Iterator[Row]:
    for row in connection.execute(query):
        if column is None or row[column] not in unreadable:
            yield row


def _compared(table: Table, one: Row, two: Row) -> str | None:
    parts = [
        f"{name} ghi {_shown(stored)}, tính lại là {_shown(fresh)}"
        for name, stored, fresh in zip(table.columns, one, two, strict=True)
        if not _same(stored, fresh)
    ]
    return f"{_what(table, one)}: {'; '.join(parts)}." if parts else None


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= _NEAR * max(1.0, abs(one), abs(two))
    return bool(one == two)


def _shown(value: Any) -> str:
    return "trống" if value is None else str(value)[:60]


def _what(table: Table, row: Row) -> str:
    name = _NAMES[table.name]
    return f"{name[:1].upper()}{name[1:]} ({', '.join(str(part)[:40] for part in row[: table.keys])})"
