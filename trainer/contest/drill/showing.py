"""What the room may know of a contest of several sides: nothing that an item earned before its key is shown. Pure."""

from __future__ import annotations

from trainer.contest.drill.correcting import LIVE
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.state import State


def hidden(state: State) -> bool:
    """Tell whether what the item on show earned is not for the room yet."""
    drill = drill_of(state)
    return state.phase in LIVE and state.position >= 0 and state.position not in drill.revealed


def shown_state(state: State) -> State:
    """Return the state without what items earned whose key is not revealed yet."""
    if not state.running or state.phase == "ranking":
        return state
    revealed = drill_of(state).revealed
    return state._replace(attempts={key: kept for key, kept in state.attempts.items() if key[1] in revealed})
