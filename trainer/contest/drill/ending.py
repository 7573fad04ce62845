"""What the engine decides when a contest ends before all is played: a hall that must close. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trainer.contest import events as e
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.correcting import LIVE
from trainer.contest.drill.schedule import blocks, by_turns
from trainer.contest.drill.taking_part import drill_of, present
from trainer.contest.explain import part_title
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

_OVER = ("closed", "feedback", "review")
"""Phases of an item on show in which what it earned is settled."""
_TOO_EARLY_OR_LATE = ("ready", "ranking", "buzz", "answer", "back")


class Unplayed(NamedTuple):
    """What a part was not asked.

    Attributes:
        part: Which.
        questions: How many questions that all would have answered.
        sides: Whose turn did not come.
    """

    part: int
    questions: int
    sides: tuple[str, ...]


def may_end_early(state: State) -> bool:
    """Tell whether the contest may go straight to its ranking."""
    return state.running and state.phase not in _TOO_EARLY_OR_LATE and bool(drill_of(state).opened)


def is_open(state: State) -> bool:
    """Tell whether an item is on show that is not settled: it would count for nothing."""
    return state.phase in LIVE and state.phase not in _OVER


def end_early(state: State, command: dc.EndEarly, at: int) -> list[e.Event]:
    """Go straight to the ranking by what was earned so far; an item that is not settled is dropped."""
    if not may_end_early(state):
        raise RefusedError("not-now")
    if not command.reason.strip():
        raise RefusedError("no-reason")
    events: list[e.Event] = [e.Unpaused(at)] if state.paused_at is not None else []
    if is_open(state):
        events.append(d.ItemSkipped(at, state.position, command.reason))
    events.append(d.EndedEarly(at, command.reason))
    return [*events, e.PhaseStarted(at, state.position, "ranking", None)]


def unplayed(state: State) -> list[Unplayed]:
    """Return what was not asked, part by part; parts that were played whole are left out."""
    drill, found = drill_of(state), list[Unplayed]()
    for block in blocks(state.rules):
        part = state.rules.parts[block[0]]
        if by_turns(part):
            begun = {side for index, side in drill.taken if index == block[0]}
            questions, sides = 0, tuple(side for side in present(state) if side not in begun)
        else:
            assert isinstance(part, QuestionPart)  # noqa: S101 - situations go by turns
            own = [at for at in state.positions_of(block[0]) if state.plan[at].role == ""]
            questions, sides = sum(at not in drill.opened for at in own), ()
        if questions or sides:
            found.append(Unplayed(block[0], questions, sides))
    return found


def left_over(state: State, name: Callable[[str], str]) -> list[str]:
    """Return what was not asked, a line a part: “Phần 1, câu hỏi kiến thức: còn 4 câu”.

    Args:
        state: Of the contest.
        name: Side -> what it is called.
    """
    lines = []
    for each in unplayed(state):
        title = part_title(state.rules.parts[each.part]).lower()
        what = f"còn {each.questions} câu" if each.questions else ""
        if each.sides:
            what = f"chưa đến lượt {', '.join(name(side) for side in each.sides)}"
        lines.append(f"Phần {each.part + 1}, {title}: {what}")
    return lines
