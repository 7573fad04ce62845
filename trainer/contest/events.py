"""What happened in a contest: the record from which everything else is derived.

Every event carries `at`, milliseconds since the contest began, not counting the time in which
no program ran it. A side is who scores, a judge is who marks; positions count the planned
items from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from trainer.contest.drill.events import DrillEvent


class Side(NamedTuple):
    """A player alone, or a team.

    Attributes:
        colour: A team's colour, "" for a player alone, as are the others.
        symbol: A sign that tells teams apart where colours do not.
        members: Their names.
        key: The key that is the team's buzzer.
    """

    id: str
    name: str
    colour: str = ""
    symbol: str = ""
    members: tuple[str, ...] = ()
    key: str = ""


class Planned(NamedTuple):
    """One item of the contest as it is presented.

    Attributes:
        part: Index of its part in the rules.
        item: The item's canonical dictionary: the record stays readable when the bank changes.
        order: Presented position -> canonical option index.
        role: "": asked in its turn; ``reserve``: a spare one, ``audience``: for the audience.
        package: Number of the package it lies in, -1: none.
        value: What it is worth, 0: what the part says.
    """

    part: int
    item: dict[str, Any]
    order: tuple[int, ...] = ()
    role: str = ""
    package: int = -1
    value: int = 0


class ContestOpened(NamedTuple):
    """The first event; `seed` is all the chance there is.

    Attributes:
        group: Several sides before a facilitator, rather than a player alone.
    """

    at: int
    contest: str
    seed: int
    rules: dict[str, Any]
    sides: tuple[Side, ...]
    plan: tuple[Planned, ...]
    group: bool = False


class ClockTied(NamedTuple):
    """A program start: contest time `at` is this UTC time (ISO 8601) on its clock."""

    at: int
    wall: str
    program: str


class Paused(NamedTuple):
    """The clocks stand; `reason` is ``player``, ``resumed`` (a new start) or ``asleep``."""

    at: int
    reason: str


class Unpaused(NamedTuple):
    """The clocks run again; deadlines move by the time they stood."""

    at: int


class PartStarted(NamedTuple):
    """A part began; `deadline` is the part's, None: no common clock."""

    at: int
    part: int
    deadline: int | None


class ItemOpened(NamedTuple):
    """An item is on show; `deadline` is its own, None: no limit."""

    at: int
    position: int
    deadline: int | None


class Drafted(NamedTuple):
    """What stands in a box and was not handed in; `field` is ``answer`` or ``notes``."""

    at: int
    side: str
    position: int
    field: str
    value: Any


class Answered(NamedTuple):
    """A side's response, graded.

    Attributes:
        response: In presented terms, by kind: see :mod:`trainer.contest.judging`.
        elapsed_ms: From the item's opening, without pauses.
        by_deadline: The deadline took what stood in the box.
    """

    at: int
    side: str
    position: int
    response: Any
    code: str
    share: float
    reason: str
    points: int
    elapsed_ms: int
    by_deadline: bool = False


class Overruled(NamedTuple):
    """Somebody decided that a response earns another share than the judge gave; `reason` says why."""

    at: int
    side: str
    position: int
    share: float
    points: int
    reason: str


class OverruleUndone(NamedTuple):
    """The judge's own verdict stands again."""

    at: int
    side: str
    position: int


class ItemClosed(NamedTuple):
    """No more answers; the key may be shown."""

    at: int
    position: int


class PhaseStarted(NamedTuple):
    """A step within an item or part began.

    ``submit``; for situations ``think``, ``speak``, ``mark`` (blind), ``revise`` (beside the model
    answer), ``turns``, ``review``.
    """

    at: int
    position: int
    phase: str
    deadline: int | None


class Spoken(NamedTuple):
    """A side finished its answer to a situation; `text` is what it typed, "" when spoken."""

    at: int
    side: str
    position: int
    elapsed_ms: int
    overtime_ms: int
    text: str = ""


class Marked(NamedTuple):
    """A judge gave a criterion a share of its points (0 to 1)."""

    at: int
    judge: str
    side: str
    position: int
    criterion: int
    share: float


class CapMarked(NamedTuple):
    """A judge says whether a hard stop happened."""

    at: int
    judge: str
    side: str
    position: int
    cap: int
    happened: bool


class JudgesSet(NamedTuple):
    """So many judges mark the situation on show, each on a sheet of their own."""

    at: int
    position: int
    judges: int


class SheetsClosed(NamedTuple):
    """Marking ended without the judges who never finished; `judges` are those who count."""

    at: int
    position: int
    judges: tuple[str, ...]


class TurnTaken(NamedTuple):
    """What a side did when the other side spoke.

    Attributes:
        turn: The turn's id.
        option: Index of the chosen option, -1: an open reply.
        text: The open reply, "" when spoken.
        share: What it earned of the turn's best, 0 to 1.
    """

    at: int
    side: str
    position: int
    turn: str
    option: int
    text: str
    share: float


class Scored(NamedTuple):
    """The judges' sheets of one situation came to this; `penalty` is 0 or negative."""

    at: int
    side: str
    position: int
    share: float
    points: int
    penalty: int


class ContestFinished(NamedTuple):
    """The end; `reason` is ``done`` or ``abandoned``."""

    at: int
    reason: str


SoloEvent = (
    ContestOpened
    | ClockTied
    | Paused
    | Unpaused
    | PartStarted
    | ItemOpened
    | Drafted
    | Answered
    | Overruled
    | OverruleUndone
    | ItemClosed
    | PhaseStarted
    | Spoken
    | Marked
    | CapMarked
    | JudgesSet
    | SheetsClosed
    | TurnTaken
    | Scored
    | ContestFinished
)
if TYPE_CHECKING:
    Event = SoloEvent | DrillEvent
else:  # a player alone need not wait for the other events to be made
    Event = SoloEvent

_TYPES: dict[str, Callable[..., Event]] = {
    kind.__name__: kind
    for kind in (
        ContestOpened,
        ClockTied,
        Paused,
        Unpaused,
        PartStarted,
        ItemOpened,
        Drafted,
        Answered,
        Overruled,
        OverruleUndone,
        ItemClosed,
        PhaseStarted,
        Spoken,
        Marked,
        CapMarked,
        JudgesSet,
        SheetsClosed,
        TurnTaken,
        Scored,
        ContestFinished,
    )
}
_SIDE_ADDED = {"colour": "", "symbol": "", "members": (), "key": ""}
_PLANNED_ADDED = {"role": "", "package": -1, "value": 0}


def event_to_data(event: Event) -> tuple[str, dict[str, Any]]:
    """Return an event's type name and its JSON-able fields without `at`."""
    data = event._asdict()
    del data["at"]
    if isinstance(event, ContestOpened):
        data["sides"] = [_without(side._asdict(), _SIDE_ADDED) for side in event.sides]
        data["plan"] = [_without(planned._asdict(), _PLANNED_ADDED) for planned in event.plan]
        if not event.group:
            del data["group"]
    return type(event).__name__, data


def _without(data: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing: a solo round's record has no word of teams."""
    return {key: value for key, value in data.items() if key not in added or value != added[key]}


def event_from_data(kind: str, at: int, data: dict[str, Any]) -> Event:
    """Rebuild an event.

    Raises:
        KeyError, TypeError: It was not written by a known version.
    """
    if kind == "ContestOpened":
        data = {
            **data,
            "sides": tuple(
                Side(**{**side, "members": tuple(side.get("members", ()))}) for side in data["sides"]
            ),
            "plan": tuple(
                Planned(**{**planned, "order": tuple(planned["order"])}) for planned in data["plan"]
            ),
        }
    elif kind in ("Answered", "Drafted"):
        key = "response" if kind == "Answered" else "value"
        if isinstance(data[key], list):
            data = {**data, key: tuple(data[key])}
    elif kind == "SheetsClosed":
        data = {**data, "judges": tuple(data["judges"])}
    if kind not in _TYPES:
        from trainer.contest.drill.events import TUPLES, TYPES

        fixed = {key: _fixed(data[key]) for key in TUPLES.get(kind, ()) if key in data}
        return TYPES[kind](at=at, **{**data, **fixed})
    return _TYPES[kind](at=at, **data)


def _fixed(value: Any) -> Any:
    return tuple(_fixed(inner) for inner in value) if isinstance(value, list) else value
