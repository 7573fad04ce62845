"""Commands of a contest of several sides: which function decides each, and what an undo takes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest import situations
from trainer.contest.drill import answering, buzzing, correcting, ending, staging
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.folding import STAGE
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.refusal import RefusedError
from trainer.contest.state import State

Deciders = dict[type, Callable[[State, Any, int], list[e.Event]]]

DOUBLE_PRESS_MS = 400
"""Two presses of a key that moves the stage on within this are one: the second hits nothing."""

_WHILE_BUZZERS_ARE_OPEN = (
    dc.Buzz,
    dc.StopBuzzers,
    dc.Undo,
    c.Tick,
    c.TieClock,
    c.Pause,
    c.Unpause,
    c.Abandon,
)
_BACK = (
    *(c.Advance, c.Tick, c.TieClock, c.Pause, c.Unpause, c.Abandon, c.Overrule),
    *(dc.Undo, dc.LookBack, dc.Accept, dc.ChangeScore, dc.Appeal, dc.DecideAppeal, dc.ShowStandings),
    *(dc.SetPrizes, dc.Leave, dc.AddNote),
)
_NO_DECISION = (
    *(c.TieClock, c.Tick, c.Pause, c.Unpause, c.Draft),
    *(dc.Undo, dc.Buzz, dc.MoveClock, dc.ShowStandings),
)
"""Time, the teams' own presses and what is only shown: an undo takes them back with what was before."""

_IN_VIEW = ("question", "raise", "think", "speak", "ask")
"""Phases in which the room must see what is asked."""

DECIDERS: Deciders = {
    c.Tick: staging.tick,
    c.Advance: staging.advance,
    c.Answer: answering.answer,
    c.Overrule: answering.overrule,
    c.Mark: situations.mark,
    c.MarkCap: situations.mark_cap,
    c.SetJudges: situations.set_judges,
    c.CloseSheets: situations.close_sheets,
    dc.StartClock: staging.start_clock,
    dc.MoveClock: staging.move_clock,
    dc.Judge: answering.judge_side,
    dc.CloseItem: answering.close_item,
    dc.Reveal: answering.reveal,
    dc.Draw: staging.draw,
    dc.Choose: staging.choose,
    dc.PlaceStar: staging.place_star,
    dc.OpenBuzzers: buzzing.open_buzzers,
    dc.StopBuzzers: buzzing.stop_buzzers,
    dc.Buzz: buzzing.buzz,
    dc.GiveFloor: buzzing.give_floor,
    dc.Skip: correcting.skip,
    dc.Replace: correcting.replace,
    dc.LookBack: correcting.look_back,
    dc.ShowStandings: correcting.show_standings,
    dc.ChangeScore: correcting.change_score,
    dc.Accept: answering.accept,
    dc.Appeal: correcting.appeal,
    dc.DecideAppeal: correcting.decide_appeal,
    dc.Rescue: correcting.rescue,
    dc.UseLifeline: correcting.use_lifeline,
    dc.Leave: correcting.leave,
    dc.BreakTie: correcting.break_tie,
    dc.DecideRank: correcting.decide_rank,
    dc.EndEarly: ending.end_early,
    dc.AddNote: correcting.add_note,
    dc.SetPrizes: correcting.set_prizes,
    dc.Undo: correcting.undo,
}
"""Before the deciders of any contest (:mod:`trainer.contest.engine`)."""
_SOLO_ONLY = (c.GoTo, c.HandIn, c.TakeTurn)
_NEEDS_RUNNING_CLOCK = (dc.StartClock, dc.OpenBuzzers, dc.Buzz, dc.Draw, dc.Choose)


def name_of(command: c.Command) -> str:
    """Return a command's name as the record has it: ``StartClock`` -> ``start-clock``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(command).__name__).lower()


_NAMES: dict[type, str] = {}


def may_decide(state: State, command: c.Command, at: int) -> None:
    """Refuse what the moment does not allow, whatever the command says."""
    kind = type(command)
    if kind in _SOLO_ONLY:
        raise RefusedError("not-for-many")
    if state.phase == "buzz" and kind not in _WHILE_BUZZERS_ARE_OPEN:
        raise RefusedError("buzzers-open")
    if state.phase == "back" and kind not in _BACK:
        raise RefusedError("not-now")
    if state.paused_at is not None and kind in _NEEDS_RUNNING_CLOCK:
        raise RefusedError("paused")
    if _name(kind, command) in STAGE and at - drill_of(state).stage_at < DOUBLE_PRESS_MS:
        raise RefusedError("too-soon")


def _needs_view(event: e.Event) -> bool:
    """Tell whether the room must see the stage after an event: the standings on show make way."""
    if isinstance(event, e.PhaseStarted):
        return event.phase in _IN_VIEW
    return isinstance(event, d.BuzzersOpened | d.Revealed | d.Assigned | d.LookedBack | d.Returned)


def _name(kind: type, command: c.Command) -> str:
    name = _NAMES.get(kind)
    if name is None:
        name = _NAMES[kind] = name_of(command)
    return name


def decide_group(state: State, command: c.Command, at: int, usual: Deciders) -> list[e.Event]:
    """Return what a command causes, with the mark before it that an undo looks for.

    Args:
        state: Of a contest of several sides.
        command: Any.
        at: When it takes effect.
        usual: The deciders of any contest.
    """
    kind = type(command)
    if not state.running:
        if kind is dc.Undo:
            return DECIDERS[kind](state, command, at)
        raise RefusedError("not-running")
    may_decide(state, command, at)
    events = (DECIDERS.get(kind) or usual[kind])(state, command, at)
    if drill_of(state).standings and any(_needs_view(event) for event in events):
        events = [*events, d.StandingsShown(events[-1].at, False)]
    if not events or kind in _NO_DECISION:
        return events
    return [d.Decided(at, _name(kind, command)), *events]
