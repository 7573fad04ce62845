"""The people's replies in a situation: where a path leads, and which would have been best; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from trainer.contest.state import Taken

Data = Mapping[str, Any]

_LONGEST = 50
"""Turns of a path that are followed; a situation that runs in circles ends there."""


class Step(NamedTuple):
    """One step of a path through the turns; option -1: an open reply."""

    turn: Data
    option: int


def turn_now(item: Data, taken: Sequence[Taken]) -> Data | None:
    """Return the turn that waits for a reply, None: the talk has ended."""
    turns = {turn["id"]: turn for turn in item.get("turns", ())}
    if not turns or len(taken) >= _LONGEST:
        return None
    if not taken:
        first: Data = next(iter(turns.values()))
        return first
    last = turns.get(taken[-1].turn)
    if last is None:
        return None
    option = taken[-1].option
    target = last["options"][option]["next"] if option >= 0 else last["next"]
    return turns.get(target)


def option_share(turn: Data, option: int) -> float:
    """Return what an option earns of its turn's best."""
    best = max((each["points"] for each in turn["options"]), default=0)
    points: int = turn["options"][option]["points"]
    return points / best if best else 0.0


def best_path(item: Data) -> list[Step]:
    """Return the path that earns most; of equals the longer, since the talk goes on."""
    turns = {turn["id"]: turn for turn in item.get("turns", ())}
    memory: dict[str, tuple[float, int, list[Step]]] = {}

    def best(name: str, seen: frozenset[str]) -> tuple[float, int, list[Step]]:
        turn = turns.get(name)
        if turn is None or name in seen:
            return 0.0, 0, []
        if name in memory:
            return memory[name]
        here = seen | {name}
        if turn["options"]:
            ways = []
            for index, option in enumerate(turn["options"]):
                earned, length, path = best(option["next"], here)
                ways.append((option_share(turn, index) + earned, length + 1, [Step(turn, index), *path]))
            found = max(ways, key=lambda way: way[:2])
        else:
            earned, length, path = best(turn["next"], here)
            found = (1.0 + earned, length + 1, [Step(turn, -1), *path])
        memory[name] = found
        return found

    return best(next(iter(turns)), frozenset())[2] if turns else []


def turns_share(item: Data, taken: Sequence[Taken]) -> float:
    """Return what the path taken earned of the best path, 0 to 1."""
    most = len(best_path(item))
    return min(1.0, sum(step.share for step in taken) / most) if most else 0.0
