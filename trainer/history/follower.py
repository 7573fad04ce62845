"""Following a group drill in another program's history file; never writes, never makes it wait.

The projector's program reads what the facilitator's program records. A look at an unchanged file
costs one ``stat`` and one ``PRAGMA data_version`` (0.05 ms) and holds SQLite's shared lock only
within it; new events are read in one short transaction and decoded after its end. Whatever stands
in the way (locked, being restored, gone for a moment) is met by looking again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from trainer.history.database import ANNOUNCED, FILE_NAME
from trainer.history.moments import to_ms
from trainer.history.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from trainer.contest.events import Event

PATIENCE_S = 2.0
"""How long a file may be locked before the screen says so."""
AGAIN_S = 0.3
"""Between two tries at a file that cannot be opened or read."""

MISSING, FOREIGN, NEWER, UNREADABLE = "missing", "foreign", "newer", "unreadable"


class News(NamedTuple):
    """What was written since the last look.

    Attributes:
        contest: The group contest in which something happened last, "" when there is none.
        events: Its new events, in order; all of them when `fresh`.
        fresh: Another contest than before, or one that was changed: forget what was known.
        announced: The setting :data:`ANNOUNCED` of it, "" when nothing was told.
        theme: Name of the theme that the facilitator chose, "" for none.
        waited_ms: How long ago the last of fresh events was written, by the wall clock; None: unknown.
    """

    contest: str
    events: tuple[Event, ...]
    fresh: bool
    announced: str
    theme: str
    waited_ms: int | None


class _Gone(Exception):
    """What was read before is no longer in the file."""


class Follower:
    """Looks at a history file again and again.

    Attributes:
        path: The file.
        trouble: Why nothing can be read (:data:`MISSING` …), "" while all is well.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.path = folder / FILE_NAME
        self.trouble = ""
        self._clock, self._wall = clock, wall
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, ...] = ()
        self._refused: tuple[int, ...] = ()
        self._written: tuple[int, ...] = ()
        """Time and size of the file when it was read: the shared lock kept writers away."""
        self._version = -1
        self._busy_since: float | None = None
        self._not_before = 0.0
        self._groups: dict[str, bool] = {}
        self._contest = ""
        self._last = (0, 0)
        """(number in the file, number in the contest) of the last event that was read."""

    def close(self) -> None:
        """Let the file go."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self._version = -1

    def look(self) -> News | None:
        """Return what is new, None when nothing is (or nothing can be read now: see `trouble`)."""
        if self._clock() < self._not_before:
            return None
        try:
            found = self._look()
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
            return None
        self._busy_since = None
        return found

    def _failed(self, error: Exception) -> None:
        """Keep the connection when the file is only busy; after a while say that it is."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self.close()
            self._not_before = self._clock() + AGAIN_S
        self._version = -1
        now = self._clock()
        if self._busy_since is None:
            self._busy_since = now
        elif now - self._busy_since >= PATIENCE_S:
            self.trouble = UNREADABLE

    def _look(self) -> News | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            self.close()
            self.trouble = MISSING
            return None
        file = (status.st_dev, status.st_ino)
        if self._db is not None and file != self._file:
            self.close()
        if self._db is None and not self._open(status):
            return None
        db = self._db
        assert db is not None  # noqa: S101 - it was opened above
        version = db.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            if (status.st_mtime_ns, status.st_size) != self._written:
                # Written to, and this connection knows nothing of it: another file that was given
                # the number of the one that was deleted (rehearsals are made anew in their place).
                self.close()
            return None
        news = self._read(db)
        self._version, self.trouble = version, ""
        return news

    def _open(self, status: os.stat_result) -> bool:
        mark = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
        if mark == self._refused:
            return False
        db = sqlite3.connect(
            f"file:{quote(str(self.path.absolute()))}?mode=ro", uri=True, timeout=0, isolation_level=None
        )
        try:
            application = db.execute("PRAGMA application_id").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            db.close()
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
                self._refused, self.trouble = mark, FOREIGN
                return False
            raise
        # An older file (or one that is being made) is brought up to date by the drill's program.
        ready = application == APPLICATION_ID and version == len(MIGRATIONS)
        if not ready:
            db.close()
            self._refused = mark
            foreign = application not in (0, APPLICATION_ID)
            self.trouble = FOREIGN if foreign else NEWER if version > len(MIGRATIONS) else MISSING
            return False
        self._db, self._file, self._refused = db, (status.st_dev, status.st_ino), ()
        self._forget()
        return True

    def _forget(self) -> None:
        self._contest, self._last, self._groups = "", (0, 0), {}

    # --- reading --------------------------------------------------------------------------------

    def _read(self, db: sqlite3.Connection) -> News:
        """Read within one transaction, decode after it."""
        db.execute("BEGIN")
        try:
            try:
                contest, rows = self._rows(db)
            except _Gone:
                self._forget()
                contest, rows = self._rows(db)
            settings = dict(
                db.execute(
                    "SELECT key, value FROM settings WHERE key IN ('theme', ?)", (ANNOUNCED + contest,)
                ).fetchall()
            )
            fresh, tie = contest != self._contest, None
            if fresh:
                tie = db.execute(
                    "SELECT at, payload FROM events WHERE contest = ? AND type = 'ClockTied' "
                    "ORDER BY seq DESC LIMIT 1",
                    (contest,),
                ).fetchone()
            now = self.path.stat()
        finally:
            db.execute("COMMIT")
        events = tuple(_event(row[3], row[2], row[4]) for row in rows)
        if rows:
            self._last = (rows[-1][0], rows[-1][1])
        self._contest, self._written = contest, (now.st_mtime_ns, now.st_size)
        waited = self._waited(tie, rows[-1][2] if rows else 0, now.st_mtime)
        return News(
            contest, events, fresh, settings.get(ANNOUNCED + contest, ""), settings.get("theme", ""), waited
        )

    def _waited(self, tie: tuple[int, str] | None, at: int, written: float) -> int | None:
        """Return how long ago the event at contest time `at` was written.

        The file's own time is exact but later when something else was written after it; the program
        start that ties the contest to the wall clock says too much after the laptop slept. So the
        smaller of both; a wall clock that was set back gives 0.
        """
        if tie is None:
            return None
        wall = self._wall()
        began = to_ms(json.loads(tie[1]).get("wall", ""))
        ages = [int((wall - written) * 1000)]
        if began is not None:
            ages.append(int(wall * 1000) - began - (at - tie[0]))
        return max(0, min(ages))

    def _rows(self, db: sqlite3.Connection) -> tuple[str, list[Any]]:
        """Return the contest to follow and its rows (n, seq, at, type, payload) that are new."""
        number, sequence = self._last
        if number:
            kept = db.execute(
                "SELECT 1 FROM events WHERE n = ? AND contest = ? AND seq = ?",
                (number, self._contest, sequence),
            ).fetchone()
            if kept is None:
                raise _Gone
            touched = db.execute(
                "SELECT contest, max(n) AS latest FROM events WHERE n > ? GROUP BY contest ORDER BY latest DESC",
                (number,),
            ).fetchall()
            contest = next((name for name, _ in touched if self._is_group(db, name)), self._contest)
        else:
            contest = self._newest(db)
        after = sequence if contest == self._contest else -1
        rows = db.execute(
            "SELECT n, seq, at, type, payload FROM events WHERE contest = ? AND seq > ? ORDER BY seq",
            (contest, after),
        ).fetchall()
        return contest, rows

    def _newest(self, db: sqlite3.Connection) -> str:
        """Return the group contest in which something happened last, "" for none."""
        several = db.execute("SELECT contest FROM contest_sides GROUP BY contest HAVING count(*) > 1")
        found: list[tuple[int, str]] = []
        for (contest,) in several.fetchall():
            last = db.execute(
                "SELECT n FROM events WHERE contest = ? ORDER BY seq DESC LIMIT 1", (contest,)
            ).fetchone()
            if last is not None:
                found.append((last[0], contest))
        for _, contest in sorted(found, reverse=True):
            if self._is_group(db, contest):
                return contest
        return ""

    def _is_group(self, db: sqlite3.Connection, contest: str) -> bool:
        known = self._groups.get(contest)
        if known is None:
            row = db.execute(
                "SELECT payload FROM events WHERE contest = ? AND type = 'ContestOpened' ORDER BY seq LIMIT 1",
                (contest,),
            ).fetchone()
            known = self._groups[contest] = bool(row and json.loads(row[0]).get("group"))
        return known


def _event(kind: str, at: int, payload: str) -> Event:
    from trainer.contest.events import event_from_data

    try:
        return event_from_data(kind, at, json.loads(payload))
    except (KeyError, TypeError, ValueError) as error:
        raise sqlite3.DataError(f"unknown event {kind}") from error
