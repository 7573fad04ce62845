"""Events -> state: ``evolve`` never fails on an event that the engine made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from trainer.contest import events as e
from trainer.contest.rules import QuestionPart, rules_from_data
from trainer.contest.state import Attempt, Sheet, State, Taken


def fold(events: Iterable[e.Event]) -> State:
    """Return the state after `events`."""
    state = State()
    for event in events:
        state = evolve(state, event)
    return state


def evolve(state: State, event: e.Event) -> State:
    """Return the state after `event`."""
    folder = FOLDERS.get(type(event)) if state.drill is None else None
    if folder is None:
        from trainer.contest.drill.folding import evolve_group

        return evolve_group(state, event)
    return folder(state, event)._replace(at=max(state.at, event.at))


def _opened(_state: State, event: e.ContestOpened) -> State:
    opened = State(
        status="running",
        contest=event.contest,
        seed=event.seed,
        rules=rules_from_data(event.rules),
        sides=event.sides,
        plan=event.plan,
    )
    if not event.group:
        return opened
    from trainer.contest.drill.folding import with_drill

    return with_drill(opened, event)


def _same(state: State, _event: e.Event) -> State:
    return state


def _paused(state: State, event: e.Paused) -> State:
    return state._replace(paused_at=event.at, pause_reason=event.reason)


def _unpaused(state: State, event: e.Unpaused) -> State:
    stood = event.at - (state.paused_at if state.paused_at is not None else event.at)
    return state._replace(
        paused_at=None,
        pause_reason="",
        deadline=_later(state.deadline, stood),
        part_deadline=_later(state.part_deadline, stood),
        opened_at=state.opened_at + stood,
    )


def _later(deadline: int | None, ms: int) -> int | None:
    return None if deadline is None else deadline + ms


def _part_started(state: State, event: e.PartStarted) -> State:
    # "ready": the time spent on the last part's feedback must not move the new deadline.
    return state._replace(part=event.part, part_deadline=event.deadline, phase="ready")


def _item_opened(state: State, event: e.ItemOpened) -> State:
    part = state.rules.parts[state.plan[event.position].part]
    asks = isinstance(part, QuestionPart)
    moved = _after_feedback(state, event.at)
    return moved._replace(
        position=event.position,
        phase="question" if asks else "read",
        deadline=event.deadline,
        opened_at=event.at,
    )


def _after_feedback(state: State, at: int) -> State:
    """Move the part's deadline by the time spent reading, unless its clock ran on."""
    part = state.current_part
    if state.phase != "feedback" or state.part_deadline is None or not isinstance(part, QuestionPart):
        return state
    if part.clock_in_feedback:
        return state
    return state._replace(part_deadline=state.part_deadline + at - state.opened_at)


def _drafted(state: State, event: e.Drafted) -> State:
    key = (event.side, event.position, event.field)
    return state._replace(drafts={**state.drafts, key: event.value})


def _answered(state: State, event: e.Answered) -> State:
    key = (event.side, event.position)
    known = state.attempts.get(key)
    attempt = Attempt(
        event.response,
        event.code,
        event.share,
        event.reason,
        event.points,
        event.elapsed_ms,
        event.by_deadline,
        since=event.at if known is None else known.since,
    )
    return state._replace(attempts={**state.attempts, key: attempt})


def _overruled(state: State, event: e.Overruled) -> State:
    key = (event.side, event.position)
    attempt = state.attempts[key]
    changed = attempt._replace(
        share=event.share,
        points=event.points,
        overruled=event.reason,
        judged=(attempt.share, attempt.points) if attempt.overruled is None else attempt.judged,
    )
    return state._replace(attempts={**state.attempts, key: changed})


def _overrule_undone(state: State, event: e.OverruleUndone) -> State:
    key = (event.side, event.position)
    attempt = state.attempts[key]
    share, points = attempt.judged
    back = attempt._replace(share=share, points=points, overruled=None, judged=(0.0, 0))
    return state._replace(attempts={**state.attempts, key: back})


def _item_closed(state: State, event: e.ItemClosed) -> State:
    return state._replace(phase="feedback", deadline=None, opened_at=event.at)


def _phase_started(state: State, event: e.PhaseStarted) -> State:
    state = state._replace(phase=event.phase, deadline=event.deadline, opened_at=event.at)
    if event.phase != "revise":
        return state
    blind = {key: sheet for key, sheet in state.sheets.items() if key[2] == event.position}
    return state._replace(first_sheets={**state.first_sheets, **blind})


def _judges_set(state: State, event: e.JudgesSet) -> State:
    return state._replace(judges={**state.judges, event.position: event.judges})


def _sheets_closed(state: State, event: e.SheetsClosed) -> State:
    kept = {
        key: sheet
        for key, sheet in state.sheets.items()
        if key[2] != event.position or key[0] in event.judges
    }
    return state._replace(sheets=kept, judges={**state.judges, event.position: len(event.judges)})


def _turn_taken(state: State, event: e.TurnTaken) -> State:
    key = (event.side, event.position)
    taken = Taken(event.turn, event.option, event.text, event.share)
    return state._replace(turns={**state.turns, key: (*state.turns.get(key, ()), taken)})


def _spoken(state: State, event: e.Spoken) -> State:
    key = (event.side, event.position)
    value = (event.elapsed_ms, event.overtime_ms, event.text)
    return state._replace(spoken={**state.spoken, key: value})


def _sheet(state: State, judge: str, side: str, position: int) -> Sheet:
    return state.sheets.get((judge, side, position), Sheet({}))


def _marked(state: State, event: e.Marked) -> State:
    sheet = _sheet(state, event.judge, event.side, event.position)
    sheet = sheet._replace(shares={**sheet.shares, event.criterion: event.share})
    key = (event.judge, event.side, event.position)
    return state._replace(sheets={**state.sheets, key: sheet})


def _cap_marked(state: State, event: e.CapMarked) -> State:
    sheet = _sheet(state, event.judge, event.side, event.position)
    caps = sheet.caps | {event.cap} if event.happened else sheet.caps - {event.cap}
    key = (event.judge, event.side, event.position)
    return state._replace(sheets={**state.sheets, key: sheet._replace(caps=caps)})


def _scored(state: State, event: e.Scored) -> State:
    elapsed, over, text = state.spoken.get((event.side, event.position), (0, 0, ""))
    attempt = Attempt(
        None,
        "judged",
        event.share,
        "",
        event.points,
        elapsed,
        False,
        event.penalty,
        text,
        over,
        since=event.at,
    )
    return state._replace(attempts={**state.attempts, (event.side, event.position): attempt})


def _finished(state: State, event: e.ContestFinished) -> State:
    status = "finished" if event.reason == "done" else "abandoned"
    return state._replace(status=status, deadline=None, part_deadline=None, paused_at=None, phase="done")


FOLDERS: dict[type, Callable[[State, Any], State]] = {
    e.ContestOpened: _opened,
    e.ClockTied: _same,
    e.Paused: _paused,
    e.Unpaused: _unpaused,
    e.PartStarted: _part_started,
    e.ItemOpened: _item_opened,
    e.Drafted: _drafted,
    e.Answered: _answered,
    e.Overruled: _overruled,
    e.OverruleUndone: _overrule_undone,
    e.ItemClosed: _item_closed,
    e.PhaseStarted: _phase_started,
    e.Spoken: _spoken,
    e.Marked: _marked,
    e.CapMarked: _cap_marked,
    e.JudgesSet: _judges_set,
    e.SheetsClosed: _sheets_closed,
    e.TurnTaken: _turn_taken,
    e.Scored: _scored,
    e.ContestFinished: _finished,
}
