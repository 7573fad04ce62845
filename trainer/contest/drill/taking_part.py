"""Who takes part in what: present, on the floor, whose question; pure questions to a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

if TYPE_CHECKING:
    from trainer.contest.drill.state import Drill


def drill_of(state: State) -> Drill:
    """Return what is known of a contest of several sides, or refuse what only such a contest can do."""
    if state.drill is None:
        raise RefusedError("not-for-one")
    return state.drill


def question_part(state: State, position: int) -> QuestionPart | None:
    """Return the rules of a question, None for a situation."""
    part = state.rules.parts[state.plan[position].part]
    return part if isinstance(part, QuestionPart) else None


def is_present(state: State, side: str) -> bool:
    """Tell whether a side plays on."""
    return side not in drill_of(state).left and any(known.id == side for known in state.sides)


def present(state: State) -> list[str]:
    """Return the sides that did not leave, in their order."""
    left = drill_of(state).left
    return [side.id for side in state.sides if side.id not in left]


def participants(state: State, position: int) -> list[str]:
    """Return the sides that answer (or handle) an item: all, those on the floor, its owner, nobody."""
    drill = state.drill
    if drill is None:
        return [side.id for side in state.sides]
    planned = state.plan[position]
    if planned.role == "audience":
        return []
    if position in drill.ties:
        return [side for side in drill.ties[position] if side not in drill.left]
    part = question_part(state, position)
    if part is None or part.play.mode == "turns":
        owner = drill.owners.get(position, "")
        return [owner] if owner and is_present(state, owner) else []
    if part.play.eliminate:
        return on_floor(state, planned.part)
    return present(state)


def takes_part(state: State, side: str, position: int) -> bool:
    """Tell whether a side is among :func:`participants`, without looking at the others."""
    part = question_part(state, position)
    if part is None or not part.play.eliminate or state.plan[position].role == "audience":
        return side in participants(state, position)
    return is_present(state, side) and fell_at(state, state.plan[position].part, side) is None


def fell_at(state: State, part: int, side: str) -> int | None:
    """Return the position at which a side left the floor for good, None: it stands on it.

    Nothing is stored: who is right after all, by an appeal, was never off the floor.
    """
    drill = drill_of(state)
    fell: int | None = None
    for position in drill.opened:
        if state.plan[position].part != part:
            continue
        if position in drill.closed and position not in drill.skipped and fell is None:
            attempt = state.attempts.get((side, position))
            if attempt is not None and attempt.share < 1:
                fell = position
        if fell is not None and any(at == position and side in back for at, back in drill.rescues):
            fell = None
    return fell


def on_floor(state: State, part: int) -> list[str]:
    """Return the sides that are still in an eliminating part."""
    return [side for side in present(state) if fell_at(state, part, side) is None]


def star_of(state: State, side: str, part: int) -> int | None:
    """Return the question of a part on which a side's star lies, None when it may still place it.

    The star of a question that counts for nothing is the side's again.
    """
    drill = drill_of(state)
    return next(
        (
            at
            for at, who in drill.stars.items()
            if who == side and state.plan[at].part == part and at not in drill.skipped
        ),
        None,
    )


def can_press(state: State, side: str) -> bool:
    """Tell whether a side's buzzer may count for the item on show, once the buzzers are open."""
    drill = drill_of(state)
    position = state.position
    part = question_part(state, position) if position >= 0 else None
    if part is None or not is_present(state, side) or (side, position) in state.attempts:
        return False
    if part.play.mode == "turns":
        return side != drill.owners.get(position)
    return side in participants(state, position)


def tied_presses(state: State) -> list[str]:
    """Return the sides whose presses cannot be told apart from the first one's, when there are two."""
    drill = drill_of(state)
    part = question_part(state, state.position) if state.position >= 0 else None
    if part is None or not drill.buzzes:
        return []
    first = drill.buzzes[0].pressed
    found = [press.side for press in drill.buzzes if abs(press.pressed - first) <= part.play.tie_ms]
    return found if len(found) > 1 else []


def floor_of(state: State) -> str:
    """Return who must answer after pressing, "": nobody, or presses that cannot be told apart."""
    drill = drill_of(state)
    if state.phase != "answer" or not drill.buzzes:
        return ""
    if drill.floor:
        return drill.floor
    return "" if tied_presses(state) else drill.buzzes[0].side


def margins(state: State) -> list[tuple[str, int]]:
    """Return (side, milliseconds after the first) of the presses, by arrival."""
    buzzes = drill_of(state).buzzes
    return [(press.side, press.pressed - buzzes[0].pressed) for press in buzzes]
