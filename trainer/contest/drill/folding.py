"""Events of a facilitator's contest -> state: what :mod:`trainer.contest.folding` does for any contest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from trainer.contest import events as e
from trainer.contest.drill import events as d
from trainer.contest.drill.state import Change, Drill, Objection, Press, Remark, Trail
from trainer.contest.drill.taking_part import star_of
from trainer.contest.folding import FOLDERS, fold
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

STAGE = frozenset(("advance", "start-clock", "close-item", "reveal"))
"""Decisions made by the key that moves the stage on."""
K = TypeVar("K")
V = TypeVar("V")


def with_drill(state: State, opened: e.ContestOpened) -> State:
    """Return a new contest's state with what is known before anything happened."""
    return state._replace(drill=Drill(Trail([opened])))


def evolve_group(state: State, event: e.Event) -> State:
    """Return the state of a contest of several sides after `event`."""
    if isinstance(event, d.Undone):
        after = _undone(state, event)
    else:
        kind = type(event)
        after = (DRILL_FOLDERS.get(kind) or FOLDERS[kind])(state, event)
    known = _drill(after)
    return after._replace(at=max(state.at, event.at), drill=known._replace(trail=known.trail.plus(event)))


def _undone(state: State, event: d.Undone) -> State:
    """Return to what was before some decisions; the clocks stand, at what they showed then.

    The state is folded again from the events that are kept: undoing is rare (some thousand events
    take a few hundredths of a second), and keeping every state would be dear.
    """
    trail = _drill(state).trail
    before = fold(trail.first(event.keep)) if len(trail) > event.keep else state
    at = max(state.at, event.at)
    stood = before.paused_at is not None
    seen = before.paused_at if before.paused_at is not None else event.left_at
    after = shifted(before, at - seen)
    if stood or before.deadline is not None or before.part_deadline is not None:
        after = after._replace(paused_at=at, pause_reason=before.pause_reason if stood else "undone")
    return after


def _drill(state: State) -> Drill:
    if state.drill is None:
        raise TypeError("not an event of a contest of several sides")
    return state.drill


def _known(state: State, **changes: Any) -> State:
    return state._replace(drill=_drill(state)._replace(**changes))


def _and(mapping: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    return {**mapping, key: value}


def _decided(state: State, event: d.Decided) -> State:
    drill = _drill(state)
    stage_at = event.at if event.what in STAGE else drill.stage_at
    return _known(state, step=drill.step + 1, stage_at=stage_at)


def _unpaused(state: State, event: e.Unpaused) -> State:
    stood = event.at - (state.paused_at if state.paused_at is not None else event.at)
    return shifted(state, stood)._replace(paused_at=None, pause_reason="")


def shifted(state: State, ms: int) -> State:
    """Move all that the clocks hang on."""
    return _known(
        state._replace(
            deadline=None if state.deadline is None else state.deadline + ms,
            part_deadline=None if state.part_deadline is None else state.part_deadline + ms,
            opened_at=state.opened_at + ms,
        ),
        live_from=_drill(state).live_from + ms,
    )


def _item_opened(state: State, event: e.ItemOpened) -> State:
    drill = _drill(state)
    opened = (*(at for at in drill.opened if at != event.position), event.position)
    known = drill._replace(opened=opened, buzzes=(), early=frozenset(), floor="", standings=False, away=None)
    return state._replace(
        position=event.position, phase="read", deadline=event.deadline, opened_at=event.at, drill=known
    )


def _item_closed(state: State, event: e.ItemClosed) -> State:
    closed = _drill(state).closed | {event.position}
    return _known(state._replace(phase="closed", deadline=None, opened_at=event.at), closed=closed)


def _turn_began(state: State, event: d.TurnBegan) -> State:
    taken = (*_drill(state).taken, (event.part, event.side))
    return _known(state._replace(phase="draw", deadline=None), turn=event.side, taken=taken, standings=False)


def _assigned(state: State, event: d.Assigned) -> State:
    owners = {**_drill(state).owners, **dict.fromkeys(event.positions, event.side)}
    return _known(state, owners=owners)


def _star_placed(state: State, event: d.StarPlaced) -> State:
    return _known(state, stars=_and(_drill(state).stars, event.position, event.side))


def _buzzers_opened(state: State, event: d.BuzzersOpened) -> State:
    moved = state._replace(phase="buzz", deadline=event.deadline, opened_at=event.at)
    # Who pressed too early waits once: not again when the buzzers open anew after a wrong answer.
    early = frozenset() if _drill(state).buzzes else _drill(state).early
    return _known(moved, live_from=event.at, buzzes=(), floor="", early=early)


def _early_pressed(state: State, event: d.EarlyPressed) -> State:
    return _known(state, early=_drill(state).early | {event.side})


def _buzzed(state: State, event: d.Buzzed) -> State:
    buzzes = (*_drill(state).buzzes, Press(event.side, event.pressed))
    if len(buzzes) == 1:
        state = state._replace(phase="answer", deadline=event.deadline)
    return _known(state, buzzes=buzzes)


def _floor_given(state: State, event: d.FloorGiven) -> State:
    return _known(state, floor=event.side)


def _buzzers_closed(state: State, _event: d.BuzzersClosed) -> State:
    return state._replace(phase="entry", deadline=None)


def _repriced(state: State, event: d.Repriced) -> State:
    key = (event.side, event.position)
    changed = state.attempts[key]._replace(points=event.points)
    return state._replace(attempts={**state.attempts, key: changed})


def _revealed(state: State, event: d.Revealed) -> State:
    part = state.rules.parts[state.plan[event.position].part]
    phase = "feedback" if isinstance(part, QuestionPart) else state.phase
    return _known(state._replace(phase=phase), revealed=_drill(state).revealed | {event.position})


def _without(state: State, position: int) -> State:
    """Void everything that was done with an item."""
    drill = _drill(state)
    return state._replace(
        attempts={key: value for key, value in state.attempts.items() if key[1] != position},
        sheets={key: value for key, value in state.sheets.items() if key[2] != position},
        spoken={key: value for key, value in state.spoken.items() if key[1] != position},
        deadline=None,
        drill=drill._replace(
            skipped=drill.skipped | {position},
            buzzes=(),
            floor="",
        ),
    )


def _item_skipped(state: State, event: d.ItemSkipped) -> State:
    return _without(state, event.position)._replace(phase="skipped")


def _item_replaced(state: State, event: d.ItemReplaced) -> State:
    before = _drill(state)
    changes: dict[str, Any] = {"replaced": _and(before.replaced, event.position, event.by)}
    if event.position in before.owners:
        changes["owners"] = _and(before.owners, event.by, before.owners[event.position])
    star = before.stars.get(event.position)
    if star is not None:
        stars = {at: side for at, side in before.stars.items() if at != event.position}
        # A question that was dropped first gave its star back: it may lie on another by now.
        there = star_of(state, star, state.plan[event.position].part)
        changes["stars"] = stars if there not in (None, event.position) else _and(stars, event.by, star)
    return _known(_without(state, event.position), **changes)


def _looked_back(state: State, event: d.LookedBack) -> State:
    away = _drill(state).away or (state.position, state.phase, state.part)
    part = state.plan[event.position].part
    return _known(state._replace(position=event.position, phase="back", part=part), away=away)


def _returned(state: State, _event: d.Returned) -> State:
    position, phase, part = _drill(state).away or (state.position, state.phase, state.part)
    return _known(state._replace(position=position, phase=phase, part=part), away=None)


def _clock_moved(state: State, event: d.ClockMoved) -> State:
    return state._replace(deadline=None if state.deadline is None else state.deadline + event.ms)


def _standings_shown(state: State, event: d.StandingsShown) -> State:
    return _known(state, standings=event.shown)


def _score_changed(state: State, event: d.ScoreChanged) -> State:
    change = Change(event.side, event.points, event.reason, event.at)
    return _known(state, changes=(*_drill(state).changes, change))


def _answer_accepted(state: State, event: d.AnswerAccepted) -> State:
    accepted = _drill(state).accepted
    known = (*accepted.get(event.position, ()), event.response)
    return _known(state, accepted=_and(accepted, event.position, known))


def _appealed(state: State, event: d.Appealed) -> State:
    objection = Objection(event.side, event.position, event.reason)
    return _known(state, appeals=(*_drill(state).appeals, objection))


def _appeal_decided(state: State, event: d.AppealDecided) -> State:
    appeals = tuple(
        appeal._replace(upheld=event.upheld, answer=event.reason)
        if (appeal.side, appeal.position) == (event.side, event.position) and appeal.upheld is None
        else appeal
        for appeal in _drill(state).appeals
    )
    return _known(state, appeals=appeals)


def _rescued(state: State, event: d.Rescued) -> State:
    return _known(state, rescues=(*_drill(state).rescues, (event.position, event.sides)))


def _lifeline_used(state: State, event: d.LifelineUsed) -> State:
    return _known(state, lifelines=(*_drill(state).lifelines, (event.side, event.position)))


def _side_left(state: State, event: d.SideLeft) -> State:
    return _known(state, left=_and(_drill(state).left, event.side, event.reason))


def _tie_opened(state: State, event: d.TieOpened) -> State:
    return _known(state, ties=_and(_drill(state).ties, event.position, event.sides), turn="")


def _rank_decided(state: State, event: d.RankDecided) -> State:
    drill = _drill(state)
    return _known(state, decided=(*drill.decided, event.sides), decided_how=(*drill.decided_how, event.how))


def _ended_early(state: State, event: d.EndedEarly) -> State:
    return _known(state, ended_early=event.reason, unplayed=event.left, turn="", standings=False)


def _note_added(state: State, event: d.NoteAdded) -> State:
    return _known(state, remarks=(*_drill(state).remarks, Remark(event.position, event.text)))


def _prizes_set(state: State, event: d.PrizesSet) -> State:
    return _known(state, prizes=event.prizes, part_prizes=event.part_prizes)


DRILL_FOLDERS: dict[type, Callable[[State, Any], State]] = {
    e.Unpaused: _unpaused,
    e.ItemOpened: _item_opened,
    e.ItemClosed: _item_closed,
    d.Decided: _decided,
    d.TurnBegan: _turn_began,
    d.Assigned: _assigned,
    d.StarPlaced: _star_placed,
    d.BuzzersOpened: _buzzers_opened,
    d.EarlyPressed: _early_pressed,
    d.Buzzed: _buzzed,
    d.FloorGiven: _floor_given,
    d.BuzzersClosed: _buzzers_closed,
    d.Repriced: _repriced,
    d.Revealed: _revealed,
    d.ItemSkipped: _item_skipped,
    d.ItemReplaced: _item_replaced,
    d.LookedBack: _looked_back,
    d.Returned: _returned,
    d.ClockMoved: _clock_moved,
    d.StandingsShown: _standings_shown,
    d.ScoreChanged: _score_changed,
    d.AnswerAccepted: _answer_accepted,
    d.Appealed: _appealed,
    d.AppealDecided: _appeal_decided,
    d.Rescued: _rescued,
    d.LifelineUsed: _lifeline_used,
    d.SideLeft: _side_left,
    d.TieOpened: _tie_opened,
    d.RankDecided: _rank_decided,
    d.EndedEarly: _ended_early,
    d.NoteAdded: _note_added,
    d.PrizesSet: _prizes_set,
}
