"""The final order of the sides, ties in the order of the rules, and prizes; pure questions to a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trainer.contest.drill.schedule import is_tie_part
from trainer.contest.drill.taking_part import drill_of, fell_at
from trainer.contest.rules import PartPrize, QuestionPart
from trainer.contest.state import Attempt, State

DECIDED = ("judges", "lot")


class Place(NamedTuple):
    """One side's place.

    Attributes:
        rank: From 1; level sides share one.
        prize: "" when none is left (or the side left).
        broken_by: Which of the rules' ways set it apart from the side before it, "": the score.
        left: Whether it left before the end; such sides come last.
    """

    rank: int
    side: str
    score: int
    prize: str
    broken_by: str
    left: bool


class PartWinner(NamedTuple):
    """Who is best in one kind of part; several when they are level."""

    prize: str
    sides: tuple[str, ...]
    points: int


Own = list[tuple[int, Attempt]]
Key = tuple[int, ...]


def _of_kind(state: State, own: Own, questions: bool) -> Own:
    def asks(position: int) -> bool:
        return isinstance(state.rules.parts[state.plan[position].part], QuestionPart)

    return [(at, attempt) for at, attempt in own if asks(at) == questions]


def part_points(state: State, side: str, of: str) -> int:
    """Return a side's points for ``situation`` or ``questions`` parts, overtime taken off."""
    own = [(at, attempt) for (who, at), attempt in state.attempts.items() if who == side]
    return _points(_of_kind(state, own, of == "questions"))


def _points(own: Own) -> int:
    return sum(attempt.points + attempt.penalty for _, attempt in own)


def _situation(state: State, _side: str, own: Own) -> Key:
    return (_points(_of_kind(state, own, questions=False)),)


def _questions(state: State, _side: str, own: Own) -> Key:
    return (_points(_of_kind(state, own, questions=True)),)


def _right(state: State, _side: str, own: Own) -> Key:
    ties = drill_of(state).ties
    return (sum(attempt.is_right for at, attempt in own if at not in ties),)


def _time(state: State, _side: str, own: Own) -> Key:
    ties = drill_of(state).ties
    return (-sum(attempt.elapsed_ms for at, attempt in own if attempt.is_right and at not in ties),)


def _standing(state: State, side: str, _own: Own) -> Key:
    opened = drill_of(state).opened
    found = []
    for index, part in enumerate(state.rules.parts):
        if isinstance(part, QuestionPart) and part.play.eliminate:
            fell = fell_at(state, index, side)
            found.append(len(opened) if fell is None else opened.index(fell))
    return tuple(found)


def _contests_of(state: State, way: str) -> list[dict[str, int]]:
    """Return what was done to break ties, in order: side that took part -> how it did, the greater the better."""
    drill = drill_of(state)
    if way in DECIDED:
        return [{side: -place for place, side in enumerate(order)} for order in drill.decided]
    return [
        {
            side: int((attempt := state.attempts.get((side, at))) is not None and attempt.is_right)
            for side in drill.ties[at]
        }
        for at in drill.opened
        if at in drill.ties and at not in drill.skipped
    ]


def _settled(state: State, way: str, keys: dict[str, tuple[Key, ...]]) -> dict[str, Key]:
    """Return side -> how it did in what was done to break ties.

    An order or a question counts only among level sides that all took part in it: one that a later
    correction puts beside them has not been judged yet.
    """
    found: dict[str, Key] = dict.fromkeys(keys, ())
    for done in _contests_of(state, way):
        level: dict[tuple[object, ...], list[str]] = {}
        for side, key in keys.items():
            level.setdefault((key, found[side]), []).append(side)
        for group in level.values():
            all_took_part = all(side in done for side in group)
            for side in group:
                found[side] = (*found[side], done[side] if all_took_part else 0)
    return found


_KEYS: dict[str, Callable[[State, str, Own], Key]] = {
    "situation": _situation,
    "questions": _questions,
    "right": _right,
    "time": _time,
    "standing": _standing,
}


def tie_order(state: State) -> tuple[str, ...]:
    """Return the ways in which ties are broken, in order; the judges' word is always the last resort."""
    ties = state.rules.ties
    return ties if any(tie in ties for tie in DECIDED) else (*ties, "judges")


def _keys(state: State) -> dict[str, tuple[Key, ...]]:
    """Return side -> what it is ranked by, the greater the better."""
    drill = drill_of(state)
    own: dict[str, Own] = {side.id: [] for side in state.sides}
    for (side, position), attempt in state.attempts.items():
        own.setdefault(side, []).append((position, attempt))
    keys: dict[str, tuple[Key, ...]] = {
        side.id: ((int(side.id not in drill.left),), (state.score(side.id),)) for side in state.sides
    }
    for way in tie_order(state):
        made = (
            {side: _KEYS[way](state, side, own[side]) for side in keys}
            if way in _KEYS
            else _settled(state, way, keys)
        )
        keys = {side: (*key, made[side]) for side, key in keys.items()}
    return keys


def ranking(state: State) -> list[Place]:
    """Return all sides, the first place first."""
    drill, keys = drill_of(state), _keys(state)
    ways = ("", "", *tie_order(state))
    ordered = sorted(keys, key=lambda side: keys[side], reverse=True)
    places: list[Place] = []
    for index, side in enumerate(ordered):
        key = keys[side]
        before = keys[ordered[index - 1]] if index else None
        level = before == key
        rank = places[-1].rank if level else index + 1
        way = ""
        if before is not None and not level:
            at = _first_difference(before, key)
            way = ways[at]
            if way in DECIDED:  # what was done, whatever the rules say first
                way = drill.decided_how[_first_difference(before[at], key[at])]
        gone = side in drill.left
        prize = "" if gone else prize_of(state, rank)
        places.append(Place(rank, side, key[1][0], prize, way, gone))
    return places


def _first_difference(one: Sequence[object], other: Sequence[object]) -> int:
    return next(at for at, (this, that) in enumerate(zip(one, other, strict=True)) if this != that)


def prizes_of(state: State) -> tuple[tuple[str, int], ...]:
    """Return the list of prizes as it stands."""
    changed = drill_of(state).prizes
    return state.rules.prizes if changed is None else changed


def prize_of(state: State, rank: int) -> str:
    """Return the prize of a place, "" when none is left for it."""
    last = 0
    for name, count in prizes_of(state):
        last += count
        if not count or rank <= last:
            return name
    return ""


def part_winners(state: State) -> list[PartWinner]:
    """Return who wins the prizes for parts; nobody where nothing was earned."""
    changed = drill_of(state).part_prizes
    prizes = state.rules.part_prizes if changed is None else tuple(PartPrize(*each) for each in changed)
    left = drill_of(state).left
    found = []
    for prize in prizes:
        points = {
            side.id: part_points(state, side.id, prize.of) for side in state.sides if side.id not in left
        }
        best = max(points.values(), default=0)
        winners = tuple(side for side, earned in points.items() if earned == best and best > 0)
        found.append(PartWinner(prize.name, winners, best))
    return found


def tied_groups(state: State) -> list[tuple[str, ...]]:
    """Return the groups of present sides that nothing sets apart yet, best first."""
    groups: dict[int, list[str]] = {}
    for place in ranking(state):
        if not place.left:
            groups.setdefault(place.rank, []).append(place.side)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def open_ties(state: State) -> list[tuple[str, ...]]:
    """Return the tied groups whose order decides about a prize."""
    ranks = {place.side: place.rank for place in ranking(state)}
    found = []
    for group in tied_groups(state):
        first = ranks[group[0]]
        if len({prize_of(state, rank) for rank in range(first, first + len(group))}) > 1:
            found.append(group)
    return found


def free_tie_questions(state: State) -> list[int]:
    """Return the positions of the questions for breaking ties that were not asked yet."""
    drill = drill_of(state)
    return [
        at
        for at, planned in enumerate(state.plan)
        if is_tie_part(state.rules.parts[planned.part]) and at not in drill.opened
    ]


def next_way(state: State) -> str:
    """Return how the next open tie can be broken: ``sudden-death``, ``judges`` or ``lot``.

    After an early end nothing more is asked.
    """
    asks = not drill_of(state).ended_early and bool(free_tie_questions(state))
    for way in tie_order(state):
        if way in DECIDED or (way == "sudden-death" and asks):
            return way
    return "judges"
