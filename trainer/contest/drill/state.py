"""What is known of a contest of several sides before a facilitator, beside the state of any contest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from trainer.contest.events import Event


class Trail:
    """The events that stand, in order; immutable, and adding one costs the same however many there are.

    Trails made from one another share a list: one that ends before the list does copies it first.
    """

    __slots__ = ("_events", "_length")

    def __init__(self, events: list[Event] | None = None) -> None:
        self._events: list[Event] = events if events is not None else []
        self._length = len(self._events)

    def plus(self, event: Event) -> Trail:
        """Return this trail and one event more."""
        events = self._events
        if len(events) != self._length:
            events = events[: self._length]
        events.append(event)
        return Trail(events)

    def first(self, count: int) -> Trail:
        """Return the first `count` events."""
        return Trail(self._events[:count])

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Event:
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._events[index if index >= 0 else index + self._length]

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events[: self._length])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trail) and list(self) == list(other)

    def __hash__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"<{self._length} events>"


class Press(NamedTuple):
    """A buzzer that was pressed while the buzzers were open; `pressed` is the key's own time."""

    side: str
    pressed: int


class Change(NamedTuple):
    """Points that the facilitator gave or took."""

    side: str
    points: int
    reason: str
    at: int


class Objection(NamedTuple):
    """An appeal; `upheld` is None until it is decided."""

    side: str
    position: int
    reason: str
    upheld: bool | None = None
    answer: str = ""


class Remark(NamedTuple):
    """A note of the facilitator about the item last shown (-1: none was)."""

    position: int
    text: str


class Drill(NamedTuple):
    """What a facilitator's contest knows; immutable.

    Attributes:
        trail: The events that stand.
        step: How many decisions stand.
        stage_at: When the last key that moves the stage on was taken; a second press hits nothing.
        opened: Positions in the order in which they were shown.
        closed: Positions that take no more answers.
        revealed: Positions whose key may be shown.
        skipped: Positions that count for nothing.
        replaced: Position -> the spare one that stands in for it.
        away: (position, phase, part) on show before looking back, None: not looking back.
        turn: Whose turn it is, "" when all play.
        taken: (part, side) of the turns that began.
        owners: Position -> the side that it was drawn or chosen for.
        stars: Position -> the side that put its star on it.
        live_from: When the buzzers were opened.
        buzzes: Presses since then, by arrival.
        early: Sides that pressed before.
        floor: Whom the facilitator gave the floor among presses that cannot be told apart, "".
        accepted: Position -> further responses that count as right.
        appeals: Objections, oldest first.
        rescues: (position after which, sides).
        lifelines: (side, position).
        left: Side -> why it left.
        changes: Points given and taken by hand.
        ties: Position -> the sides between which that question decides.
        decided: Orders of level sides, best first.
        decided_how: ``judges`` or ``lot``, for each of `decided`.
        prizes: In place of the rules', None: the rules'.
        part_prizes: The same for the prizes for parts.
        standings: Whether the standings are on show.
        ended_early: Why nothing more was asked, "": all was played.
        unplayed: What was not asked then, as in :class:`~trainer.contest.drill.events.EndedEarly`.
        remarks: The facilitator's notes, oldest first.
    """

    trail: Trail
    step: int = 0
    stage_at: int = -1_000_000
    opened: tuple[int, ...] = ()
    closed: frozenset[int] = frozenset()
    revealed: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()
    replaced: Mapping[int, int] = {}
    away: tuple[int, str, int] | None = None
    turn: str = ""
    taken: tuple[tuple[int, str], ...] = ()
    owners: Mapping[int, str] = {}
    stars: Mapping[int, str] = {}
    live_from: int = 0
    buzzes: tuple[Press, ...] = ()
    early: frozenset[str] = frozenset()
    floor: str = ""
    accepted: Mapping[int, tuple[Any, ...]] = {}
    appeals: tuple[Objection, ...] = ()
    rescues: tuple[tuple[int, tuple[str, ...]], ...] = ()
    lifelines: tuple[tuple[str, int], ...] = ()
    left: Mapping[str, str] = {}
    changes: tuple[Change, ...] = ()
    ties: Mapping[int, tuple[str, ...]] = {}
    decided: tuple[tuple[str, ...], ...] = ()
    decided_how: tuple[str, ...] = ()
    prizes: tuple[tuple[str, int], ...] | None = None
    part_prizes: tuple[tuple[str, str], ...] | None = None
    standings: bool = False
    ended_early: str = ""
    unplayed: tuple[tuple[int, str, int, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
