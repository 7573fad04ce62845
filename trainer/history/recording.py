"""Events written, and what follows from them, in the caller's transaction.

One code for an answer that was just given and for a whole history replayed: the first keeps its
rows in SQLite, the second in a cache (:mod:`trainer.history.rows`). So ``--verify`` compares the
stored tables with what this code makes of the events.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from trainer.contest.events import ContestOpened, Event, event_to_data
from trainer.contest.state import State
from trainer.errors import HistoryError
from trainer.history.moments import Tie, taken_ms, to_ms
from trainer.history.recorder import Context, Recorder, sweeps, tie_of, touched
from trainer.history.rows import LiveRows
from trainer.history.told import Told, read_told


class CutOffError(HistoryError):
    """What a contest rests on is no longer there; writing it again will never succeed."""

    def __init__(self) -> None:
        super().__init__(
            "Lịch sử vừa được khôi phục hoặc người chơi đã bị xóa ở cửa sổ khác, nên phần thi này không ghi tiếp "
            "được. Bạn hãy về trang chủ và bắt đầu phần thi mới."
        )


def record(
    connection: sqlite3.Connection,
    contest: str,
    first: int,
    events: Sequence[Event],
    state: State,
    wall: str,
) -> None:
    """Write `events`, numbered from `first`, and what follows from them.

    Args:
        connection: Within a transaction.
        contest: The contest's id.
        first: Number of the first event.
        events: In order.
        state: After the last of them.
        wall: The UTC time now, for a contest that tells of no program start.

    Raises:
        sqlite3.IntegrityError: Another program has written these numbers.
        CutOffError: Events before them are gone, or a player of the contest was deleted.
    """
    told = read_told(connection)
    if _is_cut_off(connection, told, contest, first, state):
        raise CutOffError
    now = to_ms(wall) or 0
    last = tie = _last_tie(connection, contest)
    if tie is None:
        tie = next((found for event in events if (found := tie_of(event))), None)
    moment = last_moment(connection)
    context = Context(contest, state, tie, _opened_moment(connection, contest))
    context.tied = last is not None
    recorder = Recorder(LiveRows(connection), told)
    numbered: list[tuple[Event, int]] = []
    for number, event in enumerate(events, first):
        context.tie = tie_of(event) or context.tie
        moment = max(moment + 1, taken_ms(context.tie, event.at, now))
        kind, data = event_to_data(event)
        payload = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        cursor = connection.execute(
            "INSERT INTO events(contest, seq, at, type, payload, moment) VALUES (?, ?, ?, ?, ?, ?)",
            (contest, number, event.at, kind, payload, moment),
        )
        n = cursor.lastrowid or 0
        numbered.append((event, n))
        if isinstance(event, ContestOpened):
            context.moment = moment
        recorder.note(context, event, n, moment)
    if any(sweeps(event) for event in events):
        recorder.forget(context, _vanished(connection, told, contest, state))
    recorder.attempts(context, touched(numbered, state))
    recorder.summarise(context)


def _is_cut_off(connection: sqlite3.Connection, told: Told, contest: str, first: int, state: State) -> bool:
    """Tell whether another program took away what these events continue.

    Numbers that are already there are not meant: writing them is an IntegrityError.
    """
    row = connection.execute(
        "SELECT coalesce(max(seq), -1) + 1 FROM events WHERE contest = ?", (contest,)
    ).fetchone()
    return row[0] < first or any(
        side.id in told.removed or told.player(side.id) in told.removed for side in state.sides
    )


def _vanished(
    connection: sqlite3.Connection, told: Told, contest: str, state: State
) -> list[tuple[str, int]]:
    """Return stored attempts (as raw side, position) that the state knows no more."""
    raw = {side: known for known, side in told.sides(state.sides).items()}
    stored = connection.execute("SELECT side, position FROM attempts WHERE contest = ?", (contest,))
    keys = [(raw.get(side, side), position) for side, position in stored]
    return [key for key in keys if key not in state.attempts]


def last_moment(connection: sqlite3.Connection) -> int:
    """Return the greatest moment written so far."""
    row = connection.execute(
        "SELECT max(coalesce((SELECT moment FROM events ORDER BY n DESC LIMIT 1), 0), "
        "coalesce((SELECT max(moment) FROM corrections), 0))"
    ).fetchone()
    return int(row[0])


def _last_tie(connection: sqlite3.Connection, contest: str) -> Tie | None:
    rows = connection.execute(
        "SELECT at, payload FROM events WHERE contest = ? AND type = 'ClockTied' ORDER BY seq DESC",
        (contest,),
    )
    for at, payload in rows:
        if (wall := to_ms(json.loads(payload)["wall"])) is not None:
            return Tie(at, wall)
    return None


def _opened_moment(connection: sqlite3.Connection, contest: str) -> int:
    row = connection.execute(
        "SELECT moment FROM events WHERE contest = ? ORDER BY seq LIMIT 1", (contest,)
    ).fetchone()
    return int(row[0]) if row else 0
