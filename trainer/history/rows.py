"""Rows of derived tables by key, straight from SQLite or through a cache for many at once."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple, Protocol

Row = tuple[Any, ...]
Key = tuple[Any, ...]


class Table(NamedTuple):
    """A table whose first `keys` columns are its primary key."""

    name: str
    columns: tuple[str, ...]
    keys: int

    @property
    def where(self) -> str:
        """The condition on the key."""
        return " AND ".join(f"{column} = ?" for column in self.columns[: self.keys])

    @property
    def upsert(self) -> str:
        """The statement that writes a row; an update keeps the rowid, so the order of contests."""
        keys, values = self.columns[: self.keys], self.columns[self.keys :]
        changes = ", ".join(f"{column} = excluded.{column}" for column in values)
        return (
            f"INSERT INTO {self.name} ({', '.join(self.columns)}) "  # noqa: S608 - names of our own
            f"VALUES ({', '.join('?' * len(self.columns))}) ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
        )


def _table(name: str, keys: int, columns: str) -> Table:
    return Table(name, tuple(columns.split()), keys)


CONTESTS = _table("contests", 1, "id rules title started finished status seed questions opened")
CONTEST_SIDES = _table("contest_sides", 2, "contest side name score max_score answered right")
ATTEMPTS = _table(
    "attempts",
    3,
    "contest side position n item section topic kind level code share points elapsed_ms",
)
MEMORY = _table("memory", 2, "side item section attempts last_n last_share")
DETAILS = _table("details", 3, "contest side position taken paced helped picked")
REVIEWS = _table("reviews", 4, "side item contest position n taken automatic rating fresh unit")
CARDS = _table(
    "cards",
    2,
    "side item section kind topic unit state step stability difficulty due last reviews lapses",
)
PACE = _table("pace", 2, "side kind buckets")
TOTALS = _table("totals", 2, "side item section topic kind asked right blank share_m ms")
PICKS = _table("picks", 4, "side item answer chosen right times")
ACTIVITY = _table("activity", 2, "side quarter asked right ms")
ROUNDS = _table(
    "rounds",
    2,
    "contest side n begun rules title started finished status questions opened name score max_score "
    "answered right asked ms",
)
MOVES = _table(
    "correction_moves",
    4,
    "correction contest side position code_before points_before code_after points_after",
)

DERIVED = (
    CONTESTS,
    CONTEST_SIDES,
    ATTEMPTS,
    DETAILS,
    MEMORY,
    REVIEWS,
    CARDS,
    PACE,
    TOTALS,
    PICKS,
    ACTIVITY,
    ROUNDS,
    MOVES,
)
"""Everything that follows from events and from what people told; parents before children."""


class Rows(Protocol):
    """Where derived rows are read and written."""

    connection: sqlite3.Connection

    def get(self, table: Table, *key: Any) -> Row | None:
        """Return the row with this key."""

    def put(self, table: Table, row: Row) -> None:
        """Write a row, in place of one with its key."""

    def drop(self, table: Table, *key: Any) -> None:
        """Take a row away."""

    def flush(self) -> None:
        """Let SQL see what was written."""


class LiveRows:
    """Each row straight from and to SQLite: an answer being recorded."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def get(self, table: Table, *key: Any) -> Row | None:
        """Return the row with this key."""
        found: Row | None = self.connection.execute(_SELECT[table.name], key).fetchone()
        return found

    def put(self, table: Table, row: Row) -> None:
        """Write a row."""
        self.connection.execute(_UPSERT[table.name], row)

    def drop(self, table: Table, *key: Any) -> None:
        """Take a row away."""
        self.connection.execute(_DELETE[table.name], key)

    def flush(self) -> None:
        """Nothing waits."""


_FLUSH_AT = 150_000


class CachedRows:
    """Rows kept in memory and written many at once: replaying a whole history.

    The tables must be empty at the start. Memory is bounded: at 150,000 changed rows all are
    written and forgotten.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._rows: dict[str, dict[Key, Row | None]] = {table.name: {} for table in DERIVED}
        self._spilt = False
        self._count = 0

    def get(self, table: Table, *key: Any) -> Row | None:
        """Return the row with this key."""
        kept = self._rows[table.name]
        if key in kept:
            return kept[key]
        if not self._spilt:
            return None
        found: Row | None = self.connection.execute(_SELECT[table.name], key).fetchone()
        return found

    def put(self, table: Table, row: Row) -> None:
        """Keep a row."""
        self._set(table, row[: table.keys], row)

    def drop(self, table: Table, *key: Any) -> None:
        """Remember that a row is gone."""
        self._set(table, key, None)

    def _set(self, table: Table, key: Key, row: Row | None) -> None:
        kept = self._rows[table.name]
        if key not in kept:
            self._count += 1
        kept[key] = row
        if self._count >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        """Write everything and forget it."""
        if not self._count:
            return
        for table in DERIVED:
            rows = self._rows[table.name]
            gone = [key for key, row in rows.items() if row is None]
            if gone and self._spilt:
                self.connection.executemany(_DELETE[table.name], gone)
            self.connection.executemany(
                _UPSERT[table.name], [row for row in rows.values() if row is not None]
            )
            rows.clear()
        self._count, self._spilt = 0, True


_SELECT = {
    table.name: f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.where}"  # noqa: S608
    for table in DERIVED
}
_DELETE = {table.name: f"DELETE FROM {table.name} WHERE {table.where}" for table in DERIVED}  # noqa: S608
_UPSERT = {table.name: table.upsert for table in DERIVED}
