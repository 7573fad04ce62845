"""What a question earns among several sides: values, the star, steals; each rule once, pure."""

from __future__ import annotations

import math
from fractions import Fraction

from trainer.contest import events as e
from trainer.contest.drill import events as d
from trainer.contest.drill.taking_part import drill_of, question_part
from trainer.contest.state import State


def worth(state: State, position: int) -> int:
    """Return what a question is worth."""
    part = question_part(state, position)
    return state.plan[position].value or (part.right if part is not None else 0)


def is_steal(state: State, side: str, position: int) -> bool:
    """Tell whether a side answers a question that belongs to another."""
    part = question_part(state, position)
    owner = drill_of(state).owners.get(position)
    return part is not None and part.play.mode == "turns" and owner is not None and owner != side


def price(state: State, side: str, position: int, code: str, share: float) -> int:
    """Return the points of a side's response, by its own and the others' responses.

    - a steal: right earns the question's points, wrong loses `steal_loss` percent of them (rounded
      down), and nothing happens when the owner is right after all;
    - under the star: right earns double, anything that earns nothing loses the question's points;
    - a right steal takes the points from the owner where the rules say so (once, star or not).
    """
    part = question_part(state, position)
    assert part is not None  # noqa: S101 - situations are scored by sheets
    base = worth(state, position)
    drill = drill_of(state)
    if is_steal(state, side, position):
        owner = state.attempts.get((drill.owners[position], position))
        if owner is not None and owner.share >= 1:
            return 0
        return base if share >= 1 else -(base * part.play.steal_loss // 100)
    star = drill.stars.get(position) == side
    if share < 1 and part.play.steal_takes and _stolen(state, side, position):
        return -base
    if share <= 0:
        if star:
            return -base
        return 0 if code == "empty" else part.wrong
    earned = math.floor(Fraction(share).limit_denominator(1000) * base)
    return earned * 2 if star else earned


def _stolen(state: State, owner: str, position: int) -> bool:
    if drill_of(state).owners.get(position) != owner:
        return False
    return any(
        at == position and side != owner and attempt.share >= 1
        for (side, at), attempt in state.attempts.items()
    )


def repriced(state: State, position: int, at: int) -> list[e.Event]:
    """Return the changes of points that follow from what another side did with the same question."""
    part = question_part(state, position)
    if part is None or part.play.mode != "turns":
        return []
    found: list[e.Event] = []
    for (side, place), attempt in state.attempts.items():
        if place == position:
            points = price(state, side, position, attempt.code, attempt.share)
            if points != attempt.points:
                found.append(d.Repriced(at, side, position, points))
    return found
