"""What a correction would change before it is made, and which corrections the moment allows. Pure."""

from __future__ import annotations

from typing import NamedTuple

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.state import Objection
from trainer.contest.drill.taking_part import drill_of, on_floor, present, question_part
from trainer.contest.engine import decide, evolve
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State


class Moved(NamedTuple):
    """What a correction does to one side.

    Attributes:
        points: Gained, or lost.
        floor: 1: it comes back to the floor of an eliminating part, -1: it leaves it, 0: neither.
    """

    side: str
    points: int
    floor: int = 0


def outcome(state: State, command: c.Command) -> list[Moved]:
    """Return whom a command would move and how far, in the order of the sides; nothing is changed.

    Raises:
        RefusedError: The command is not allowed.
    """
    after = state
    for event in decide(state, command):
        after = evolve(after, event)
    stood, stands = _floor(state), _floor(after)
    found = []
    for side in state.sides:
        points = after.score(side.id) - state.score(side.id)
        floor = int(side.id in stands) - int(side.id in stood)
        if points or floor:
            found.append(Moved(side.id, points, floor))
    return found


def _floor(state: State) -> set[str]:
    part = state.current_part
    if not isinstance(part, QuestionPart) or not part.play.eliminate:
        return set()
    return set(on_floor(state, state.part))


def refusal(state: State, command: c.Command) -> str:
    """Return why a command would be refused now, "" when it would not."""
    try:
        decide(state, command)
    except RefusedError as refused:
        return refused.code
    return ""


def may_appeal(state: State) -> list[str]:
    """Return the sides that may object to the last item now."""
    return [side for side in present(state) if not refusal(state, dc.Appeal(state.at, side, "?"))]


def open_appeals(state: State) -> list[Objection]:
    """Return the appeals that wait for a decision, oldest first."""
    return [each for each in drill_of(state).appeals if each.upheld is None]


def shown_questions(state: State) -> list[int]:
    """Return the questions whose key the room has seen and which count, the latest first.

    Only these can be corrected by what the key says: to choose another answer for a question on
    show would tell its key too early.
    """
    drill = drill_of(state)
    return [
        at
        for at in reversed(drill.opened)
        if at in drill.revealed and at not in drill.skipped and question_part(state, at) is not None
    ]


def answered_by(state: State, position: int) -> list[str]:
    """Return the sides whose answer to a question is on record (an empty one too), in their order."""
    return [side.id for side in state.sides if (side.id, position) in state.attempts]


def may_return(state: State) -> list[str]:
    """Return the sides off the floor that a rescue now could bring back."""
    return [side for side in present(state) if not refusal(state, dc.Rescue(state.at, (side,)))]
