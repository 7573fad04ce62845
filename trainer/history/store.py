"""Writing and reading what was played."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from trainer.errors import HistoryError, StorageBusyError, UsageError
from trainer.history.database import ANNOUNCED, FILE_NAME, open_database, writing
from trainer.text import name_key, one_line

if TYPE_CHECKING:  # the engine is loaded when a contest is played, not to show home
    from trainer.contest.events import Event
    from trainer.contest.state import State

DEFAULT_PLAYER = "Bạn"
MAX_NAME = 40


Status = Literal["running", "finished", "abandoned"]


class Player(NamedTuple):
    """A person who practises on this machine."""

    id: str
    name: str


class ContestRow(NamedTuple):
    """One contest as history lists it, for one side.

    Attributes:
        started: UTC, ISO 8601.
        finished: UTC, "" until it is.
        status: ``running``, ``finished`` or ``abandoned``.
        questions: Items planned.
        opened: Items that were shown.
        sides: How many sides played it.
    """

    id: str
    rules: str
    title: str
    started: str
    finished: str
    status: str
    questions: int
    opened: int
    player: str
    score: int
    max_score: int
    answered: int
    right: int
    sides: int = 1


class Flag(NamedTuple):
    """A player's mark on an item: ``bookmark`` or ``doubt`` with a note."""

    item: str
    kind: str
    note: str
    created: str


def utc_now() -> str:
    """Return the present UTC time, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def utc_exact() -> str:
    """Return the present UTC time to the millisecond: what ties a contest's clock to the wall's."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Store:
    """The history of one data folder; it is the engine's :class:`~trainer.contest.session.Log`.

    Attributes:
        folder: The data folder.
        set_aside: Where a damaged history file was moved at this start, None normally.
    """

    def __init__(self, folder: Path, wall: Callable[[], str] = utc_now) -> None:
        """Open the history.

        Raises:
            HistoryError: It cannot be used.
        """
        self.folder = folder
        self._path = folder / FILE_NAME
        self._wall = wall
        opened = open_database(folder)
        self._db = opened.connection
        self.set_aside = opened.set_aside

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Store:
        """Open for a while."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.close()

    def now(self) -> str:
        """Return the present moment as the record writes it, UTC."""
        return self._wall()

    @property
    def connection(self) -> sqlite3.Connection:
        """The open history, for what reads or changes it as a whole."""
        return self._db

    @property
    def path(self) -> Path:
        """The history file."""
        return self._path

    # --- players and settings ---------------------------------------------------------------

    def player(self, name: str | None = None) -> Player:
        """Return the player called `name`, or the last one, made anew when missing.

        Raises:
            UsageError: The name is empty or too long.
        """
        if name is None:
            row = self._db.execute(
                "SELECT id, name FROM players WHERE id = (SELECT value FROM settings WHERE key = 'player')"
            ).fetchone()
            if row:
                return Player(*row)
            row = self._db.execute("SELECT id, name FROM players ORDER BY rowid LIMIT 1").fetchone()
            name = row[1] if row else DEFAULT_PLAYER
        shown = one_line(name)
        if not shown or len(shown) > MAX_NAME:
            raise UsageError(f"Tên người chơi phải có từ 1 đến {MAX_NAME} ký tự.")
        with writing(self._db, self._path):
            found = self._made(shown)
            self._set("player", found.id)
        return found

    def enrol(self, names: Sequence[str]) -> list[Player]:
        """Return the players called so, made anew where missing; who played last stays remembered.

        Raises:
            UsageError: A name is empty or too long.
        """
        shown = [one_line(name) for name in names]
        if not all(shown) or any(len(name) > MAX_NAME for name in shown):
            raise UsageError(f"Tên đội phải có từ 1 đến {MAX_NAME} ký tự.")
        with writing(self._db, self._path):
            return [self._made(name) for name in shown]

    def _made(self, shown: str) -> Player:
        """Return the player called so, made when missing; inside a transaction."""
        key = name_key(shown)
        self._db.execute(
            "INSERT OR IGNORE INTO players(id, name, name_key, created) VALUES (?, ?, ?, ?)",
            (uuid.uuid4().hex, shown, key, self._wall()),
        )
        return Player(*self._db.execute("SELECT id, name FROM players WHERE name_key = ?", (key,)).fetchone())

    def find_player(self, name: str) -> Player | None:
        """Return the player called `name`, None when there is none."""
        row = self._db.execute(
            "SELECT id, name FROM players WHERE name_key = ?", (name_key(one_line(name)),)
        ).fetchone()
        return Player(*row) if row else None

    def has_player(self, player: str) -> bool:
        """Tell whether a player is still there: another program may have deleted or joined them."""
        return self._db.execute("SELECT 1 FROM players WHERE id = ?", (player,)).fetchone() is not None

    def players(self) -> list[Player]:
        """Return all players, oldest first."""
        return [Player(*row) for row in self._db.execute("SELECT id, name FROM players ORDER BY rowid")]

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting."""
        row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting."""
        with writing(self._db, self._path):
            self._set(key, value)

    def _set(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)", (key, value))

    # --- recording --------------------------------------------------------------------------

    def append(self, contest: str, first: int, events: Sequence[Event], state: State) -> None:
        """Write events and what follows from them, in one transaction.

        Raises:
            StorageBusyError: Nothing was written; trying again may succeed.
            HistoryError: Another program is playing this contest, or the file is unusable.
        """
        from trainer.history.recording import record

        try:
            with writing(self._db, self._path):
                record(self._db, contest, first, events, state, self._wall())
        except sqlite3.IntegrityError:
            raise HistoryError(
                "Phần thi này đang được làm ở một cửa sổ khác. Bạn hãy tiếp tục ở cửa sổ đó."
            ) from None

    # --- reading ----------------------------------------------------------------------------

    def events(self, contest: str) -> list[Event]:
        """Return a contest's events in order.

        Raises:
            HistoryError: There is no such contest, or an event cannot be read.
        """
        from trainer.contest.events import event_from_data

        rows = self._db.execute(
            "SELECT type, at, payload FROM events WHERE contest = ? ORDER BY seq", (contest,)
        ).fetchall()
        if not rows:
            raise HistoryError(f"Không có phần thi “{one_line(contest, 40)}” trong lịch sử.")
        try:
            return [event_from_data(kind, at, json.loads(payload)) for kind, at, payload in rows]
        except (KeyError, TypeError, ValueError):
            raise HistoryError(
                "Bản ghi của phần thi này không đọc được. Các phần thi khác không bị ảnh hưởng."
            ) from None

    def state(self, contest: str) -> State:
        """Return a contest as it counts today: with keys that were corrected since, for reading.

        Raises:
            HistoryError: It is unknown or cannot be read.
        """
        from trainer.contest.folding import fold
        from trainer.history.recorder import as_counted
        from trainer.history.told import read_told

        row = self._db.execute(
            "SELECT moment FROM events WHERE contest = ? ORDER BY seq LIMIT 1", (contest,)
        ).fetchone()
        return as_counted(fold(self.events(contest)), read_told(self._db), row[0] if row else 0)

    def wall_times(self, contest: str) -> list[tuple[int, str]]:
        """Return (contest time, UTC) of each program start that played the contest."""
        rows = self._db.execute(
            "SELECT at, payload FROM events WHERE contest = ? AND type = ? ORDER BY seq",
            (contest, "ClockTied"),
        )
        return [(at, json.loads(payload)["wall"]) for at, payload in rows]

    def contests(
        self, player: str | None = None, limit: int | None = None, *, status: Status | None = None
    ) -> list[ContestRow]:
        """Return contests, newest first; one row a side."""
        conditions, values = [], list[Any]()
        if player is not None:
            conditions.append("side = ?")
            values.append(player)
        if status is not None:
            # A literal, so that SQLite takes the index of running rounds.
            conditions.append(f"status = '{status}'")
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._db.execute(
            "SELECT contest, rules, title, started, finished, status, questions, opened, "  # noqa: S608
            "coalesce((SELECT name FROM players p WHERE p.id = r.side), name), score, max_score, answered, right, "
            "(SELECT count(*) FROM rounds o WHERE o.contest = r.contest) "
            f"FROM rounds r {where} ORDER BY n DESC, contest, side LIMIT ?",
            (*values, -1 if limit is None else limit),
        )
        return [ContestRow(*row) for row in rows]

    def unannounced(self) -> str | None:
        """Return the contest that was played last when its announcement was broken off, else None."""
        row = self._db.execute("SELECT contest, status FROM rounds ORDER BY n DESC LIMIT 1").fetchone()
        if row is None or row[1] != "finished":
            return None
        contest = str(row[0])
        told, _, over = self.setting(ANNOUNCED + contest).partition(" ")
        if not told.isdecimal() or over:
            return None
        sides = self._db.execute("SELECT count(*) FROM rounds WHERE contest = ?", (contest,)).fetchone()[0]
        return contest if int(told) < sides else None

    def unfinished_groups(self) -> list[tuple[str, str, int]]:
        """Return (contest, title, sides) of contests of several sides that were left, newest first."""
        # By the index of running rounds: left to itself SQLite walks over all for the grouping.
        rows = self._db.execute(
            "SELECT contest, max(title), count(*) FROM rounds INDEXED BY rounds_running "
            "WHERE status = 'running' GROUP BY contest "
            "HAVING count(*) > 1 ORDER BY max(n) DESC"
        )
        return [(contest, title, sides) for contest, title, sides in rows]

    def attempts(self, player: str | None = None) -> int:
        """Return how many items were answered or judged."""
        if player is None:
            return int(self._db.execute("SELECT count(*) FROM attempts WHERE code <> 'empty'").fetchone()[0])
        query = "SELECT count(*) FROM attempts WHERE code <> 'empty' AND side = ?"
        return int(self._db.execute(query, (player,)).fetchone()[0])

    def seen(self, player: str) -> dict[str, int]:
        """Return item id -> when the player last met it (a growing number)."""
        return dict(self._db.execute("SELECT item, last_n FROM memory WHERE side = ?", (player,)))

    def last_met(self, player: str) -> dict[str, str]:
        """Return item id -> when the last contest in which the player met it began (UTC, ISO 8601)."""
        query = (
            "SELECT a.item, max(c.started) FROM attempts a JOIN contests c ON c.id = a.contest "
            "WHERE a.side = ? GROUP BY a.item"
        )
        return dict(self._db.execute(query, (player,)))

    def last_shares(self, player: str) -> dict[str, float]:
        """Return question id -> share of the points (0 to 1) at the player's last meeting."""
        query = "SELECT item, last_share FROM memory WHERE side = ? AND section = 'question'"
        return dict(self._db.execute(query, (player,)))

    def seen_count(self, player: str, section: str = "question") -> int:
        """Return how many different items the player has met."""
        query = "SELECT count(*) FROM memory WHERE side = ? AND section = ?"
        return int(self._db.execute(query, (player, section)).fetchone()[0])

    def situation_contests(self, player: str, limit: int = 100) -> list[str]:
        """Return the contests in which a player's situations were scored, oldest first, the last ones."""
        # From the situations that were met at all to their attempts: never over all attempts.
        rows = self._db.execute(
            "SELECT a.contest, max(a.n) AS latest FROM memory m CROSS JOIN attempts a ON a.side = m.side AND a.item = m.item "
            "WHERE m.side = ? AND m.section = 'situation' GROUP BY a.contest ORDER BY latest DESC LIMIT ?",
            (player, limit),
        ).fetchall()
        return [row[0] for row in reversed(rows)]

    def last_response(self, player: str, item: str) -> Any:
        """Return what the player answered the last time an item was met, None when never."""
        from trainer.history.rounds import last_response

        return last_response(self._db, player, item)

    def missed(self, player: str) -> list[str]:
        """Return questions that the player did not fully know the last time, latest first."""
        rows = self._db.execute(
            "SELECT item FROM memory WHERE side = ? AND section = 'question' AND last_share < 1 "
            "ORDER BY last_n DESC",
            (player,),
        )
        return [row[0] for row in rows]

    # --- flags ------------------------------------------------------------------------------

    def set_flag(self, player: str, item: str, kind: str, note: str = "") -> None:
        """Mark an item (`bookmark`, `doubt`)."""
        with writing(self._db, self._path):
            self._db.execute(
                "INSERT OR REPLACE INTO flags VALUES (?, ?, ?, ?, ?)",
                (player, item, kind, one_line(note, 300), self._wall()),
            )

    def clear_flag(self, player: str, item: str, kind: str) -> None:
        """Take a mark away."""
        with writing(self._db, self._path):
            self._db.execute(
                "DELETE FROM flags WHERE side = ? AND item = ? AND kind = ?", (player, item, kind)
            )

    def has_flag(self, player: str, item: str, kind: str) -> bool:
        """Tell whether a player marked an item so."""
        row = self._db.execute(
            "SELECT 1 FROM flags WHERE side = ? AND item = ? AND kind = ?", (player, item, kind)
        ).fetchone()
        return row is not None

    def flags(self, player: str) -> list[Flag]:
        """Return a player's marks, newest first."""
        rows = self._db.execute(
            "SELECT item, kind, note, created FROM flags WHERE side = ? ORDER BY created DESC, item",
            (player,),
        )
        return [Flag(*row) for row in rows]


__all__ = ["ContestRow", "Flag", "HistoryError", "Player", "StorageBusyError", "Store", "utc_now"]
