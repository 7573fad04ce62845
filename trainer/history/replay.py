"""All derived tables made again from the events, in the order of the history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from trainer.contest.engine import evolve
from trainer.contest.events import Event, event_from_data
from trainer.contest.state import State
from trainer.history.moments import taken_ms
from trainer.history.recorder import Context, Recorder, tie_of, touched
from trainer.history.rows import ATTEMPTS, CONTEST_SIDES, CONTESTS, DERIVED, ROUNDS, CachedRows
from trainer.history.told import Told, read_told

_LISTED = (CONTESTS, CONTEST_SIDES, ATTEMPTS, ROUNDS)
"""What is kept of a contest that cannot be read: it stays in the list, and is learnt from no more."""
_KEPT = 64
"""Finished contests whose state is kept at hand; one that goes on later is folded again."""


class Replay:
    """Feeds the events of one history, in order, to a recorder.

    Attributes:
        unreadable: Contests whose events this version cannot read, and that derive nothing.
    """

    def __init__(self, source: sqlite3.Connection, target: sqlite3.Connection, told: Told) -> None:
        self._source, self._told = source, told
        self._rows = CachedRows(target)
        self._recorder = Recorder(self._rows, told)
        self._running: dict[str, Context] = {}
        self._done: dict[str, Context] = {}
        self.unreadable: set[str] = set()

    def run(self) -> None:
        """Replay everything."""
        events = self._source.execute("SELECT n, contest, at, type, payload, moment FROM events ORDER BY n")
        for n, contest, at, kind, payload, moment in events:
            if contest not in self.unreadable:
                self._one(n, contest, at, kind, payload, moment)
        for context in [*self._running.values(), *self._done.values()]:
            self._recorder.summarise(context)
        self._rows.flush()

    def _one(self, n: int, contest: str, at: int, kind: str, payload: str, moment: int) -> None:
        context = self._context(contest, n)
        try:
            event = event_from_data(kind, at, json.loads(payload))
            after = evolve(context.state, event)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            self.unreadable.add(contest)
            self._running.pop(contest, None)
            return
        self._step(context, event, after, n, moment)
        if not after.running:
            self._finish(contest)

    def _context(self, contest: str, n: int) -> Context:
        context = self._running.get(contest) or self._done.pop(contest, None)
        if context is None:
            context = Context(contest, State(), None, 0)
            self._refold(context, n)
        self._running[contest] = context
        return context

    def _refold(self, context: Context, n: int) -> None:
        """Bring a contest that was forgotten to where it stood before event `n`."""
        rows = self._source.execute(
            "SELECT at, type, payload, moment FROM events WHERE contest = ? AND n < ? ORDER BY seq",
            (context.contest, n),
        )
        for at, kind, payload, moment in rows:
            event = event_from_data(kind, at, json.loads(payload))
            context.state = evolve(context.state, event)
            context.moment = context.moment or moment
            context.opened = max(context.opened, context.state.position + 1)
            if (tie := tie_of(event)) is not None:
                context.tie, context.tied = tie, True

    def _step(self, context: Context, event: Event, after: State, n: int, moment: int) -> None:
        before, context.state = context.state, after
        context.tie = tie_of(event) or context.tie
        context.moment = context.moment or moment
        context.opened = max(context.opened, after.position + 1)
        self._recorder.note(context, event, n, moment)
        if after.attempts is before.attempts:
            return
        gone = [key for key in before.attempts if key not in after.attempts]
        if gone:
            self._recorder.forget(context, gone)
        self._recorder.attempts(context, touched([(event, n)], after))

    def _finish(self, contest: str) -> None:
        self._done[contest] = self._running.pop(contest)
        if len(self._done) > _KEPT:
            oldest = next(iter(self._done))
            self._recorder.summarise(self._done.pop(oldest))


def rebuild(connection: sqlite3.Connection) -> frozenset[str]:
    """Make all derived tables again, within the caller's transaction.

    Returns:
        Contests that cannot be read; their rows are left as they were.
    """
    if connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is None:
        _clear(connection, frozenset())
        return frozenset()
    unreadable = frozenset(unreadable_contests(connection))
    _clear(connection, unreadable)
    replay = Replay(connection, connection, read_told(connection))
    replay.unreadable |= unreadable
    replay.run()
    return unreadable


def _clear(connection: sqlite3.Connection, kept: frozenset[str]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (contest TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM temp.kept")
    connection.executemany("INSERT INTO temp.kept VALUES (?)", [(contest,) for contest in kept])
    for table in reversed(DERIVED):
        condition = ""
        if kept and table in _LISTED:
            condition = f"WHERE {table.columns[0]} NOT IN (SELECT contest FROM temp.kept)"  # noqa: S608
        connection.execute(f"DELETE FROM {table.name} {condition}")  # noqa: S608 - names of our own


def unreadable_contests(connection: sqlite3.Connection) -> Iterator[str]:
    """Find contests that cannot be read before anything is derived from their first half."""
    for (contest,) in connection.execute("SELECT DISTINCT contest FROM events").fetchall():
        state = State()
        try:
            for at, kind, payload in connection.execute(
                "SELECT at, type, payload FROM events WHERE contest = ? ORDER BY seq", (contest,)
            ):
                state = evolve(state, event_from_data(kind, at, json.loads(payload)))
            if state.status == "new":
                yield contest
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            yield contest


def give_moments(connection: sqlite3.Connection) -> None:
    """Give the events of a version 1 file their moments, within the caller's transaction."""
    ties: dict[str, tuple[int, int]] = {}
    last = 0
    moments: list[tuple[int, int]] = []
    for n, contest, at, kind, payload in connection.execute(
        "SELECT e.n, e.contest, e.at, e.type, CASE WHEN e.type = 'ClockTied' THEN e.payload ELSE '' END "
        "FROM events e ORDER BY e.n"
    ):
        wall = _wall(connection, contest, n) if contest not in ties else None
        if wall is not None:
            ties[contest] = (0, wall)
        if kind == "ClockTied":
            found = tie_of_payload(at, payload)
            ties[contest] = found or ties.get(contest, (0, last + 1))
        at_tie, wall_tie = ties.setdefault(contest, (0, last + 1))
        last = max(last + 1, taken_ms(None, 0, wall_tie + at - at_tie))
        moments.append((last, n))
    connection.executemany("UPDATE events SET moment = ? WHERE n = ?", moments)


def tie_of_payload(at: int, payload: str) -> tuple[int, int] | None:
    """Return (contest time, UTC ms) of a ClockTied event as stored, None when it says none."""
    try:
        event = event_from_data("ClockTied", at, json.loads(payload))
    except (KeyError, TypeError, ValueError):
        return None
    tie = tie_of(event)
    return None if tie is None else (tie.at, tie.wall)


def _wall(connection: sqlite3.Connection, contest: str, n: int) -> int | None:
    """Return when a contest whose first event is `n` began, by its first program start."""
    row = connection.execute(
        "SELECT at, payload FROM events WHERE contest = ? AND type = 'ClockTied' AND n >= ? ORDER BY seq LIMIT 1",
        (contest, n),
    ).fetchone()
    found = tie_of_payload(row[0], row[1]) if row else None
    return None if found is None else found[1] - found[0]
