"""Events written, and what follows from them, in the caller's transaction.

One code for an answer that was just given and for a whole history replayed: the first keeps its
rows in SQLite, the second in a cache (:mod:`trainer.history.rows`). So ``--verify`` compares the
stored tables with what this code makes of the events.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from trainer.contest.events import ClockTied, ContestFinished, ContestOpened, Event, event_to_data
from trainer.contest.judging import ResponseError, judge
from trainer.contest.rules import QuestionPart
from trainer.contest.scoring import max_score, question_points
from trainer.contest.state import Attempt, State
from trainer.history.learning import Answer, Learning
from trainer.history.moments import Tie, bounded, taken_ms, to_iso, to_ms
from trainer.history.outcomes import outcomes, picks
from trainer.history.rows import (
    ATTEMPTS,
    CONTEST_SIDES,
    CONTESTS,
    DETAILS,
    MOVES,
    ROUNDS,
    LiveRows,
    Row,
    Rows,
)
from trainer.history.told import CannotCorrectError, Told, corrected, read_told

_CONTEST_ONLY = (
    "ContestOpened",
    "ClockTied",
    "Paused",
    "Unpaused",
    "PartStarted",
    "ItemOpened",
    "ItemClosed",
)
_KNOWN = frozenset(
    (
        *_CONTEST_ONLY,
        *(
            "Drafted",
            "Answered",
            "Overruled",
            "OverruleUndone",
            "PhaseStarted",
            "Spoken",
            "Marked",
            "CapMarked",
        ),
        *("JudgesSet", "SheetsClosed", "TurnTaken", "Scored", "ContestFinished"),
    )
)
"""Events of which we know what they do to attempts; after any other all attempts are compared."""


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
    """
    told = read_told(connection)
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
    if any(type(event).__name__ not in _KNOWN for event in events):
        recorder.forget(context, _vanished(connection, told, contest, state))
    recorder.attempts(context, touched(numbered, state))
    recorder.summarise(context)


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


def tie_of(event: Event) -> Tie | None:
    """Return the tie that an event makes between contest time and UTC."""
    if isinstance(event, ClockTied) and (wall := to_ms(event.wall)) is not None:
        return Tie(event.at, wall)
    return None


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


Touched = dict[tuple[str, int], tuple[int, int]]
"""(side, position) -> the event's number, its contest time."""


def touched(numbered: Iterable[tuple[Event, int]], state: State) -> Touched:
    """Return the attempts that events may have changed, each with the first event that did."""
    found: Touched = {}
    for event, n in numbered:
        if type(event).__name__ not in _KNOWN:
            for key in state.attempts:
                found.setdefault(key, (n, event.at))
            continue
        key = (str(getattr(event, "side", "")), int(getattr(event, "position", -1)))
        if key in state.attempts:
            found.setdefault(key, (n, event.at))
    return found


class Context:
    """A contest while its events are recorded."""

    def __init__(self, contest: str, state: State, tie: Tie | None, moment: int) -> None:
        self.contest, self.state, self.tie, self.moment = contest, state, tie, moment
        self.opened = 0
        """Most items that were ever shown."""
        self.tied = False
        """Whether a program start was noted."""

    def taken(self, at: int) -> int:
        """Return when contest time `at` was, UTC milliseconds."""
        return taken_ms(self.tie, at, self.moment)


class Recorder:
    """Derives rows from events."""

    def __init__(self, rows: Rows, told: Told) -> None:
        self._rows, self._told = rows, told
        self._learning = Learning(rows, told)

    # --- contests ---------------------------------------------------------------------------

    def note(self, context: Context, event: Event, n: int, moment: int) -> None:
        """Take note of an event that changes the contest itself."""
        if isinstance(event, ContestOpened):
            self._open(context, event, n, moment)
        elif isinstance(event, ClockTied) and not context.tied and tie_of(event):
            context.tied = True
            self._start(context, context.taken(0))
        elif isinstance(event, ContestFinished):
            row = self._rows.get(CONTESTS, context.contest)
            if row is not None and row[4] is None:
                self._rows.put(CONTESTS, (*row[:4], to_iso(context.taken(event.at)), *row[5:]))

    def _open(self, context: Context, event: ContestOpened, n: int, moment: int) -> None:
        rules, begun = context.state.rules, bounded(moment)
        self._rows.put(
            CONTESTS,
            (
                context.contest,
                rules.name,
                rules.title,
                to_iso(begun),
                None,
                "running",
                event.seed,
                len(event.plan),
                0,
            ),
        )
        best = max_score(context.state)
        sides = self._told.sides(event.sides)
        for side in event.sides:
            self._rows.put(CONTEST_SIDES, (context.contest, sides[side.id], side.name, 0, best, 0, 0))
            self._rows.put(
                ROUNDS,
                (
                    context.contest,
                    sides[side.id],
                    n,
                    begun,
                    rules.name,
                    rules.title,
                    to_iso(begun),
                    "",
                    "running",
                    len(event.plan),
                    0,
                    side.name,
                    0,
                    best,
                    0,
                    0,
                    0,
                    0,
                ),
            )

    def _start(self, context: Context, begun: int) -> None:
        """The first program start says when the contest began."""
        row = self._rows.get(CONTESTS, context.contest)
        if row is None:
            return
        self._rows.put(CONTESTS, (*row[:3], to_iso(begun), *row[4:]))
        for side in self._told.sides(context.state.sides).values():
            found = self._rows.get(ROUNDS, context.contest, side)
            if found is not None:
                self._rows.put(ROUNDS, (*found[:3], begun, *found[4:6], to_iso(begun), *found[7:]))

    def summarise(self, context: Context) -> None:
        """Write a contest's status and its sides' scores."""
        row = self._rows.get(CONTESTS, context.contest)
        if row is None:
            return
        state = self._remarked(context)
        status = state.status
        opened = max(row[8], context.opened, state.position + 1)
        finished = row[4] if status in ("finished", "abandoned") else None
        if (row[4], row[5], row[8]) != (finished, status, opened):
            self._rows.put(CONTESTS, (*row[:4], finished, status, *row[6:8], opened))
        for raw, side in self._told.sides(state.sides).items():
            own = [attempt for (who, _), attempt in state.attempts.items() if who == raw]
            score = state.score(raw)
            answered = sum(attempt.code != "empty" for attempt in own)
            right = sum(attempt.is_right for attempt in own)
            found = self._rows.get(CONTEST_SIDES, context.contest, side)
            if found is not None:
                self._rows.put(CONTEST_SIDES, (*found[:3], score, found[4], answered, right))
            there = self._rows.get(ROUNDS, context.contest, side)
            if there is not None:
                spent = sum(attempt.elapsed_ms for attempt in own)
                self._rows.put(
                    ROUNDS,
                    (
                        *there[:7],
                        finished or "",
                        status,
                        there[9],
                        opened,
                        there[11],
                        score,
                        there[13],
                        answered,
                        right,
                        len(own),
                        spent,
                    ),
                )

    def _remarked(self, context: Context) -> State:
        state = context.state
        if not any(
            state.plan[position].item["id"] in self._told.corrections for _, position in state.attempts
        ):
            return state
        return state._replace(attempts={key: self.effective(context, *key) for key in state.attempts})

    # --- attempts ---------------------------------------------------------------------------

    def attempts(self, context: Context, changed: Touched) -> None:
        """Write attempts that may have changed, and what was learnt by them."""
        sides = self._told.sides(context.state.sides)
        for (raw, position), (n, at) in changed.items():
            attempt = self.effective(context, raw, position, moved=True)
            self._attempt(context, sides[raw], position, attempt, n, at)

    def forget(self, context: Context, gone: Iterable[tuple[str, int]]) -> None:
        """Take attempts away that are no more."""
        sides = self._told.sides(context.state.sides)
        for raw, position in gone:
            self._withdraw(context.contest, sides[raw], position)

    def _attempt(self, context: Context, side: str, position: int, attempt: Attempt, n: int, at: int) -> None:
        planned = context.state.plan[position]
        item = planned.item
        key = (context.contest, side, position)
        old, detail = self._rows.get(ATTEMPTS, *key), self._rows.get(DETAILS, *key)
        personal = side not in self._told.removed
        if old is not None and detail is not None:
            n, taken = old[3], detail[3]
            if personal:
                self._learning.subtract(_answer(old, detail))
        else:
            taken = context.taken(at)
        kind = item.get("kind", item["section"])
        judged = attempt.code == "judged"
        paced = attempt.code != "empty" and not judged and not attempt.by_deadline and attempt.elapsed_ms > 0
        helped = int(getattr(attempt, "help", 0) or 0)
        chosen = [list(pick) for pick in picks(planned, attempt)]
        row: Row = (
            *key,
            n,
            item["id"],
            item["section"],
            item["topic"],
            kind,
            item.get("level", 0),
            attempt.code,
            attempt.share,
            attempt.points,
            attempt.elapsed_ms,
        )
        picked = json.dumps(chosen, ensure_ascii=False, separators=(",", ":"))
        told: Row = (*key, taken, int(paced), helped, picked)
        self._rows.put(ATTEMPTS, row)
        self._rows.put(DETAILS, told)
        if personal:
            self._learning.add(_answer(row, told), outcomes(planned, attempt), known=old is not None)

    def _withdraw(self, contest: str, side: str, position: int) -> None:
        key = (contest, side, position)
        old, detail = self._rows.get(ATTEMPTS, *key), self._rows.get(DETAILS, *key)
        if old is None or detail is None:
            return
        self._rows.drop(ATTEMPTS, *key)
        self._rows.drop(DETAILS, *key)
        if side not in self._told.removed:
            answer = _answer(old, detail)
            self._learning.subtract(answer)
            self._learning.withdraw(answer)

    # --- corrected keys ---------------------------------------------------------------------

    def effective(self, context: Context, raw: str, position: int, *, moved: bool = False) -> Attempt:
        """Return an attempt as it counts, re-marked where its item's key was corrected since."""
        attempt = context.state.attempts[raw, position]
        planned = context.state.plan[position]
        for correction in self._told.corrections.get(planned.item["id"], ()):
            if correction.moment <= context.moment:
                continue
            part = context.state.rules.parts[planned.part]
            if not isinstance(part, QuestionPart):
                continue
            try:
                planned = corrected(planned, correction.changes)
                verdict = judge(planned, attempt.response, part)
            except (CannotCorrectError, ResponseError, KeyError, ValueError, IndexError):
                continue
            before = attempt
            points = question_points(verdict, part)
            if attempt.overruled is not None:
                attempt = attempt._replace(judged=(verdict.share, points))
            else:
                attempt = attempt._replace(
                    code=verdict.code, share=verdict.share, reason=verdict.reason, points=points
                )
            if moved:
                self._moved(context, raw, position, correction.id, before, attempt)
        return attempt

    def _moved(
        self, context: Context, raw: str, position: int, correction: str, before: Attempt, after: Attempt
    ) -> None:
        side = self._told.sides(context.state.sides)[raw]
        key = (correction, context.contest, side, position)
        told: tuple[Any, ...] = (before.code, before.points, after.code, after.points)
        if (before.share, before.points) == (after.share, after.points):
            self._rows.drop(MOVES, *key)
        else:
            self._rows.put(MOVES, (*key, *told))


def _answer(row: Row, detail: Row) -> Answer:
    return Answer(
        contest=row[0],
        side=row[1],
        position=row[2],
        n=row[3],
        item=row[4],
        section=row[5],
        topic=row[6],
        kind=row[7],
        code=row[9],
        share=row[10],
        elapsed_ms=row[12],
        taken=detail[3],
        paced=bool(detail[4]),
        helped=bool(detail[5]),
        picked=tuple((answer, chosen, bool(right)) for answer, chosen, right in json.loads(detail[6])),
    )
