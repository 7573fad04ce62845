"""From events to derived rows, whether they are kept in SQLite or in a cache."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from trainer.contest.events import ClockTied, ContestFinished, ContestOpened, Event, Planned
from trainer.contest.judging import ResponseError, judge
from trainer.contest.rules import QuestionPart
from trainer.contest.scoring import max_score, question_points
from trainer.contest.state import Attempt, State
from trainer.history.moments import Tie, bounded, taken_ms, to_iso, to_ms
from trainer.history.rows import ATTEMPTS, CONTEST_SIDES, CONTESTS, DETAILS, MOVES, ROUNDS, Row, Rows
from trainer.history.told import CannotCorrectError, Told, corrected

if TYPE_CHECKING:  # what an answer teaches is loaded with the first one, not to open a contest
    from trainer.history.learning import Answer, Learning

_PLAIN = frozenset(
    (
        *("ContestOpened", "ClockTied", "Paused", "Unpaused", "PartStarted", "ItemOpened", "ItemClosed"),
        *("Drafted", "Answered", "Overruled", "OverruleUndone", "PhaseStarted", "Spoken", "Marked"),
        *("CapMarked", "JudgesSet", "SheetsClosed", "TurnTaken", "Scored", "ContestFinished"),
    )
)
"""Events of any contest: they change at most the attempt of their own side and position."""


def sweeps(event: Event) -> bool:
    """Tell whether an event may change attempts of any side to any item: all are compared after it."""
    name = type(event).__name__
    if name in _PLAIN:
        return False
    # Only a facilitator's contest comes here: a player alone need not wait for its events to be made.
    from trainer.contest.drill.events import QUIET

    return name not in QUIET and name != "Repriced"


def tie_of(event: Event) -> Tie | None:
    """Return the tie that an event makes between contest time and UTC."""
    if isinstance(event, ClockTied) and (wall := to_ms(event.wall)) is not None:
        return Tie(event.at, wall)
    return None


Touched = dict[tuple[str, int], tuple[int, int]]
"""(side, position) -> the event's number, its contest time."""


def touched(numbered: Iterable[tuple[Event, int]], state: State) -> Touched:
    """Return the attempts that events may have changed, each with the first event that did."""
    found: Touched = {}
    for event, n in numbered:
        if sweeps(event):
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

    @functools.cached_property
    def _learning(self) -> Learning:
        from trainer.history.learning import Learning

        return Learning(self._rows, self._told)

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
        return state._replace(attempts={key: self._effective(context, *key) for key in state.attempts})

    # --- attempts ---------------------------------------------------------------------------

    def attempts(self, context: Context, changed: Touched) -> None:
        """Write attempts that may have changed, and what was learnt by them."""
        sides = self._told.sides(context.state.sides)
        for (raw, position), (n, at) in changed.items():
            attempt, planned = self._marked(context, raw, position, moved=True)
            self._attempt(context, sides[raw], position, planned, attempt, n, at)

    def forget(self, context: Context, gone: Iterable[tuple[str, int]]) -> None:
        """Take attempts away that are no more."""
        sides = self._told.sides(context.state.sides)
        for raw, position in gone:
            self._withdraw(context.contest, sides[raw], position)

    def _attempt(
        self, context: Context, side: str, position: int, planned: Planned, attempt: Attempt, n: int, at: int
    ) -> None:
        from trainer.history.outcomes import outcomes, picks

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

    def _effective(self, context: Context, raw: str, position: int) -> Attempt:
        """Return an attempt as it counts, re-marked where its item's key was corrected since."""
        return self._marked(context, raw, position)[0]

    def _marked(
        self, context: Context, raw: str, position: int, *, moved: bool = False
    ) -> tuple[Attempt, Planned]:
        """Return an attempt as it counts and the item with its key as it counts."""
        steps = remarked(context.state, self._told, context.moment, raw, position)
        attempt, planned = context.state.attempts[raw, position], context.state.plan[position]
        for correction, after, planned in steps:  # noqa: B007 - the last one is returned
            if moved:
                self._moved(context, raw, position, correction, attempt, after)
            attempt = after
        return attempt, planned

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


def remarked(
    state: State, told: Told, moment: int, raw: str, position: int
) -> list[tuple[str, Attempt, Planned]]:
    """Return what each later correction of an item's key makes of an attempt: (correction, attempt, item).

    Args:
        state: The contest as its events tell it.
        told: What people told since.
        moment: Of the contest; earlier corrections were in its items already.
        raw: The side as the events name it.
        position: In the plan.
    """
    attempt, planned = state.attempts[raw, position], state.plan[position]
    part = state.rules.parts[planned.part]
    found: list[tuple[str, Attempt, Planned]] = []
    if not isinstance(part, QuestionPart):
        return found
    for correction in told.corrections.get(planned.item["id"], ()):
        if correction.moment <= moment:
            continue
        try:
            planned = corrected(planned, correction.changes)
            verdict = judge(planned, attempt.response, part)
        except (CannotCorrectError, ResponseError, KeyError, ValueError, IndexError):
            continue
        points = question_points(verdict, part)
        if attempt.overruled is not None:
            attempt = attempt._replace(judged=(verdict.share, points))
        else:
            attempt = attempt._replace(
                code=verdict.code, share=verdict.share, reason=verdict.reason, points=points
            )
        found.append((correction.id, attempt, planned))
    return found


def as_counted(state: State, told: Told, moment: int) -> State:
    """Return a contest with every corrected key and re-marked answer in it, for reading."""
    plan, attempts = list(state.plan), dict(state.attempts)
    for raw, position in state.attempts:
        for _, attempt, planned in remarked(state, told, moment, raw, position):
            plan[position], attempts[raw, position] = planned, attempt
    return state._replace(plan=tuple(plan), attempts=attempts)


def _answer(row: Row, detail: Row) -> Answer:
    from trainer.history.learning import Answer

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
