"""What the engine decides when a contest ends before all is played: a hall that must close. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from trainer.contest import events as e
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.correcting import LIVE
from trainer.contest.drill.schedule import block_of, blocks, by_turns, is_tie_part, owned
from trainer.contest.drill.taking_part import drill_of, on_floor, present
from trainer.contest.explain import part_title
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

_SETTLED = ("closed", "feedback", "review")
"""Phases of an item on show in which what it earned stands."""
_TOO_EARLY_OR_LATE = ("ready", "ranking", "buzz", "answer", "back")


class Unplayed(NamedTuple):
    """What somebody was not asked in a part.

    Attributes:
        part: Which.
        side: Whose turn it would have been, "": questions that all answer.
        asked: How many items were asked.
        of: How many there should have been.
    """

    part: int
    side: str
    asked: int
    of: int


def may_end_early(state: State) -> bool:
    """Tell whether the contest may go straight to its ranking: something was asked, and not all of it."""
    if not state.running or state.phase in _TOO_EARLY_OR_LATE or not drill_of(state).opened:
        return False
    return not is_tie_part(state.rules.parts[state.part]) and bool(unplayed(state))


def is_open(state: State) -> bool:
    """Tell whether an item is on show that is not settled: it would count for nothing."""
    return state.phase in LIVE and state.phase not in _SETTLED


def end_early(state: State, command: dc.EndEarly, at: int) -> list[e.Event]:
    """Go straight to the ranking by what was earned so far.

    An item that is not settled is dropped; what is settled but not shown yet is shown: it counts.
    """
    if not may_end_early(state):
        raise RefusedError("not-now")
    if not command.reason.strip():
        raise RefusedError("no-reason")
    events: list[e.Event] = [e.Unpaused(at)] if state.paused_at is not None else []
    if is_open(state):
        events.append(d.ItemSkipped(at, state.position, command.reason))
    elif state.phase in ("closed", "review") and state.position not in drill_of(state).revealed:
        events.append(d.Revealed(at, state.position))
    events.append(d.EndedEarly(at, command.reason, tuple((*each,) for each in unplayed(state))))
    return [*events, e.PhaseStarted(at, state.position, "ranking", None)]


def unplayed(state: State) -> list[Unplayed]:
    """Return what would not be asked if the contest ended now, in the order of the rules.

    Parts that are over by the rules are left out, also where not all their questions were asked.
    """
    found: list[Unplayed] = []
    order = blocks(state.rules)
    now = order.index(block_of(state, state.part)) if state.part >= 0 else 0
    for number, block in enumerate(order[now:]):
        part = state.rules.parts[block[0]]
        if by_turns(part):
            for index in block:
                found += [each for side in present(state) for each in _of_side(state, block, index, side)]
        else:
            assert isinstance(part, QuestionPart)  # noqa: S101 - situations go by turns
            over = number == 0 and part.play.eliminate and not on_floor(state, block[0])
            own = [at for at in state.positions_of(block[0]) if state.plan[at].role == ""]
            asked = _asked(state, [_asked_instead(state, at) for at in own])
            if asked < len(own) and not over:
                found.append(Unplayed(block[0], "", asked, len(own)))
    return found


def _asked(state: State, positions: Iterable[int]) -> int:
    """Count the items that were opened, without the one on show when it is not settled."""
    opened = drill_of(state).opened
    dropped = state.position if is_open(state) else -1
    return sum(at in opened and at != dropped for at in positions)


def _asked_instead(state: State, position: int) -> int:
    """Return what was asked in the place of a question in the end: itself, or the last that replaced it."""
    replaced = drill_of(state).replaced
    while position in replaced:
        position = replaced[position]
    return position


def _of_side(state: State, block: tuple[int, ...], part: int, side: str) -> list[Unplayed]:
    replaced = drill_of(state).replaced
    mine = [at for at in owned(state, block, side) if state.plan[at].part == part and at not in replaced]
    asked, of = _asked(state, mine), len(mine) or state.rules.parts[part].count
    return [Unplayed(part, side, asked, of)] if asked < of else []


def left_over(
    state: State, missing: Iterable[tuple[int, str, int, int]], name: Callable[[str], str]
) -> list[str]:
    """Return what was not asked, a line a part: “Phần 1, câu hỏi kiến thức: còn 4 câu”.

    Args:
        state: Of the contest.
        missing: From :func:`unplayed`, or as it was kept when the contest ended.
        name: Side -> what it is called.
    """
    lines: list[str] = []
    by_part: dict[int, list[Unplayed]] = {}
    for each in missing:
        by_part.setdefault(each[0], []).append(Unplayed(*each))
    for index, those in by_part.items():
        part = state.rules.parts[index]
        whole = [each for each in those if not each.side]
        none = [name(each.side) for each in those if each.side and not each.asked]
        some = [
            f"{name(each.side)} mới được hỏi {each.asked}/{each.of}"
            for each in those
            if each.side and each.asked
        ]
        said = [f"còn {each.of - each.asked} câu" for each in whole] + some
        said += [f"chưa hỏi {', '.join(none)}"] if none else []
        lines.append(f"Phần {index + 1}, {part_title(part).lower()}: {'; '.join(said)}")
    return lines
