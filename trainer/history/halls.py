"""The contests of several sides that the history keeps, newest first."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class HallRow(NamedTuple):
    """One contest of several sides.

    Attributes:
        started: UTC, ISO 8601.
        status: ``running``, ``finished`` or ``abandoned``.
        names: Its sides as they are called now, the most points first.
    """

    contest: str
    title: str
    started: str
    status: str
    names: tuple[str, ...]


def halls(connection: sqlite3.Connection, limit: int = 200) -> list[HallRow]:
    """Return the newest contests with more than one side."""
    found = connection.execute(
        "SELECT contest, max(title), max(started), max(status), max(n) AS latest FROM rounds "
        "GROUP BY contest HAVING count(*) > 1 ORDER BY latest DESC LIMIT ?",
        (limit,),
    ).fetchall()
    rows = []
    for contest, title, started, status, _ in found:
        names = connection.execute(
            "SELECT coalesce(p.name, r.name) FROM rounds r LEFT JOIN players p ON p.id = r.side "
            "WHERE r.contest = ? ORDER BY r.score DESC, r.rowid",
            (contest,),
        )
        rows.append(HallRow(contest, title, started, status, tuple(name for (name,) in names)))
    return rows
