"""The state of a contest: the fold of its events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.contest.events import Planned, Side
from trainer.contest.rules import Part, QuestionPart, Rules

if TYPE_CHECKING:
    from trainer.contest.drill.state import Drill


class Attempt(NamedTuple):
    """One side's graded response to one item.

    Attributes:
        overruled: Why somebody gave it other points than the judge, None: the verdict stands.
        judged: (share, points) of the judge's own verdict while it is overruled.
        since: Contest time of the first response; points count in this order.
    """

    response: Any
    code: str
    share: float
    reason: str
    points: int
    elapsed_ms: int
    by_deadline: bool = False
    penalty: int = 0
    text: str = ""
    overtime_ms: int = 0
    overruled: str | None = None
    judged: tuple[float, int] = (0.0, 0)
    since: int = 0

    @property
    def is_right(self) -> bool:
        """Whether a question earned its full points."""
        return self.code != "judged" and self.share >= 1


class Sheet(NamedTuple):
    """One judge's marking sheet for one side and situation."""

    shares: Mapping[int, float]
    caps: frozenset[int] = frozenset()


class Taken(NamedTuple):
    """One turn that a side took."""

    turn: str
    option: int
    text: str
    share: float


NO_RULES = Rules("", "", "", ())


class State(NamedTuple):
    """What a screen may show; immutable.

    Attributes:
        status: ``new``, ``running``, ``finished`` or ``abandoned``.
        position: Item on show, -1 before the first.
        phase: ``ready`` (nothing on show yet), ``question``, ``feedback``, ``submit``;
            for situations ``read``, ``think``, ``speak``, ``mark``, ``revise``, ``turns``,
            ``review``. Several sides also meet ``draw`` (a turn begins), ``read`` (on show, no clock
            yet), ``raise`` (boards go up), ``entry`` (time is up, answers are entered), ``buzz`` and
            ``answer`` (buzzers are open, somebody has the floor), ``closed`` (key still hidden),
            ``skipped``, ``back`` (an earlier item), ``ask`` (judges ask), ``ranking`` (all is played).
        deadline: Of the item or phase on show, contest milliseconds; None: no limit.
        part_deadline: Of the whole part.
        paused_at: When the clocks stopped, None: they run.
        opened_at: When the item or phase on show began, moved by pauses.
    """

    status: str = "new"
    contest: str = ""
    seed: int = 0
    rules: Rules = NO_RULES
    sides: tuple[Side, ...] = ()
    plan: tuple[Planned, ...] = ()
    part: int = -1
    position: int = -1
    phase: str = "ready"
    deadline: int | None = None
    part_deadline: int | None = None
    paused_at: int | None = None
    pause_reason: str = ""
    opened_at: int = 0
    at: int = 0
    attempts: Mapping[tuple[str, int], Attempt] = {}
    drafts: Mapping[tuple[str, int, str], Any] = {}
    sheets: Mapping[tuple[str, str, int], Sheet] = {}
    spoken: Mapping[tuple[str, int], tuple[int, int, str]] = {}
    """(side, position) -> elapsed ms, overtime ms, typed text."""
    first_sheets: Mapping[tuple[str, str, int], Sheet] = {}
    """Sheets as they were before the model answer was seen."""
    judges: Mapping[int, int] = {}
    """Position -> number of judges, where it is not the rules'."""
    turns: Mapping[tuple[str, int], tuple[Taken, ...]] = {}
    """(side, position) -> the turns that were taken, first first."""
    drill: Drill | None = None
    """What is known only when several sides play before a facilitator."""

    @property
    def group(self) -> bool:
        """Whether several sides play before a facilitator."""
        return self.drill is not None

    @property
    def running(self) -> bool:
        """Whether commands may still change anything."""
        return self.status == "running"

    @property
    def current(self) -> Planned | None:
        """The item on show."""
        return self.plan[self.position] if 0 <= self.position < len(self.plan) else None

    @property
    def current_part(self) -> Part | None:
        """The rules of the part that is being played."""
        return self.rules.parts[self.part] if 0 <= self.part < len(self.rules.parts) else None

    def asks_questions(self, part: int) -> bool:
        """Tell whether a part asks questions (or else puts situations)."""
        return isinstance(self.rules.parts[part], QuestionPart)

    def positions_of(self, part: int) -> list[int]:
        """Return the positions of a part's items."""
        return [at for at, planned in enumerate(self.plan) if planned.part == part]

    def judge_count(self, position: int) -> int:
        """Return how many judges mark a situation."""
        part = self.rules.parts[self.plan[position].part]
        usual = getattr(part, "judges", 1)
        return self.judges.get(position, (self.rules.judges or usual) if self.group else usual)

    def sheets_of(self, side: str, position: int) -> dict[str, Sheet]:
        """Return the sheets of one side and situation by judge."""
        return {
            judge: sheet for (judge, who, at), sheet in self.sheets.items() if (who, at) == (side, position)
        }

    def score(self, side: str) -> int:
        """Return a side's points, penalties taken off, never below 0.

        Among several sides the score never falls below 0 on the way either: points count in the
        order in which they came.
        """
        if self.drill is not None:
            return self._running_score(side, self.drill)
        total = sum(
            attempt.points + attempt.penalty for (who, _), attempt in self.attempts.items() if who == side
        )
        return max(0, total)

    def _running_score(self, side: str, drill: Drill) -> int:
        came = [
            (attempt.since, attempt.points + attempt.penalty)
            for (who, _), attempt in self.attempts.items()
            if who == side
        ]
        came += [(change.at, change.points) for change in drill.changes if change.side == side]
        if all(points >= 0 for _, points in came):
            return sum(points for _, points in came)
        came.sort(key=lambda each: each[0])
        total = 0
        for _, points in came:
            total = max(0, total + points)
        return total

    def remaining_ms(self, now: int) -> int | None:
        """Return what the clock on show says at `now` (negative: overtime), None: no clock."""
        limits = [limit for limit in (self.deadline, self.part_deadline) if limit is not None]
        if not limits:
            return None
        part = self.current_part
        if self.paused_at is not None:
            now = self.paused_at
        elif self.phase == "feedback" and isinstance(part, QuestionPart) and not part.clock_in_feedback:
            now = self.opened_at
        return min(limits) - now
