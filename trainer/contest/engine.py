"""The one engine: ``decide`` checks commands, ``evolve`` folds events; both are pure.

``decide(state, command)`` returns the events that the command causes, or raises
:class:`RefusedError` with a code. ``evolve(state, event)`` never fails on an event that ``decide``
made. No clock, no I/O, no chance beyond the seed in the first event: the caller gives `at`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest.rules import QuestionPart, SituationPart, rules_from_data
from trainer.contest.scoring import (
    overtime_penalty,
    question_points,
    sheet_share,
    situation_points,
)
from trainer.contest.state import Attempt, Sheet, State
from trainer.grading.options import grade_options
from trainer.grading.verdict import EMPTY, Verdict

_LIVE_PHASES = ("question", "read", "think", "speak")


class RefusedError(Exception):
    """A command that the state does not allow.

    Attributes:
        code: ``late``, ``answered``, ``paused``, ``not-running``, ``not-now``,
            ``no-such-option``, ``no-such-item``, ``unmarked``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fold(events: Iterable[e.Event]) -> State:
    """Return the state after `events`."""
    state = State()
    for event in events:
        state = evolve(state, event)
    return state


def decide(state: State, command: c.Command) -> list[e.Event]:
    """Return the events that `command` causes in `state`.

    Raises:
        RefusedError: The command is not allowed now; nothing happened.
    """
    if isinstance(command, c.Open):
        if state.status != "new":
            raise RefusedError("not-now")
        return [e.ContestOpened(*command)]
    if not state.running:
        raise RefusedError("not-running")
    at = max(command.at, state.at)
    return _DECIDERS[type(command)](state, command, at)


# --- deciding -------------------------------------------------------------------------------


def _tie_clock(state: State, command: c.TieClock, at: int) -> list[e.Event]:
    events: list[e.Event] = [e.ClockTied(at, command.wall, command.program)]
    if _clock_runs(state):
        events.append(e.Paused(at, "resumed"))
    return events


def _clock_runs(state: State) -> bool:
    return state.paused_at is None and (state.deadline is not None or state.part_deadline is not None)


def _pause(state: State, command: c.Pause, at: int) -> list[e.Event]:
    if state.paused_at is not None:
        raise RefusedError("paused")
    if state.phase == "ready":
        raise RefusedError("not-now")
    return [e.Paused(at, command.reason)]


def _unpause(state: State, _command: c.Unpause, at: int) -> list[e.Event]:
    if state.paused_at is None:
        raise RefusedError("not-now")
    return [e.Unpaused(at)]


def _tick(state: State, _command: c.Tick, at: int) -> list[e.Event]:
    """Let a deadline that has passed take effect, at the moment of the deadline."""
    if state.paused_at is not None:
        return []
    part = state.current_part
    standing = state.phase == "feedback" and isinstance(part, QuestionPart) and not part.clock_in_feedback
    if state.part_deadline is not None and at >= state.part_deadline and not standing:
        return _end_part(state, state.part_deadline)
    if state.deadline is None or at < state.deadline:
        return []
    if state.phase == "question":
        return _close_question(state, state.deadline)
    if state.phase == "think":
        return _start_speaking(state, state.deadline)
    return []  # speaking past the limit is overtime, counted when it ends


def _advance(state: State, _command: c.Advance, at: int) -> list[e.Event]:
    if state.paused_at is not None:
        raise RefusedError("paused")
    phase = state.phase
    if phase in ("ready", "feedback", "review"):
        return _next_item(state, at)
    if phase == "submit":
        return _end_part(state, at)
    if phase == "question":
        part = state.current_part
        if isinstance(part, QuestionPart) and part.feedback == "end":
            return _next_open_question(state, at)
        raise RefusedError("not-now")
    if phase == "read":
        return _start_thinking(state, at)
    if phase == "think":
        return _start_speaking(state, at)
    if phase == "speak":
        return _stop_speaking(state, at)
    return _score_situation(state, at)


def _next_item(state: State, at: int) -> list[e.Event]:
    position = state.position + 1
    if position >= len(state.plan):
        return [e.ContestFinished(at, "done")]
    planned = state.plan[position]
    part = state.rules.parts[planned.part]
    events: list[e.Event] = []
    if planned.part != state.part:
        limit = part.total_seconds * 1000 if isinstance(part, QuestionPart) else 0
        events.append(e.PartStarted(at, planned.part, at + limit if limit else None))
    seconds = part.seconds if isinstance(part, QuestionPart) else 0
    events.append(e.ItemOpened(at, position, at + seconds * 1000 if seconds else None))
    return events


def _goto(state: State, command: c.GoTo, at: int) -> list[e.Event]:
    part = state.current_part
    if not isinstance(part, QuestionPart) or part.feedback != "end" or state.paused_at is not None:
        raise RefusedError("not-now")
    if command.position not in state.positions_of(state.part):
        raise RefusedError("no-such-item")
    return [e.ItemOpened(at, command.position, None)]


def _hand_in(state: State, _command: c.HandIn, at: int) -> list[e.Event]:
    part = state.current_part
    ending = isinstance(part, QuestionPart) and part.feedback == "end"
    if not ending or state.phase != "question" or state.paused_at is not None:
        raise RefusedError("not-now")
    return [e.PhaseStarted(at, state.position, "submit", None)]


def _next_open_question(state: State, at: int) -> list[e.Event]:
    """After an answer that may still be changed: the next unanswered question, or handing in."""
    positions = state.positions_of(state.part)
    turn = positions.index(state.position)
    for position in positions[turn + 1 :] + positions[:turn]:
        if any((side.id, position) not in state.attempts for side in state.sides):
            return [e.ItemOpened(at, position, None)]
    return [e.PhaseStarted(at, state.position, "submit", None)]


def _draft(state: State, command: c.Draft, at: int) -> list[e.Event]:
    _known_side(state, command.side)
    if state.phase not in _LIVE_PHASES:
        raise RefusedError("not-now")
    if state.drafts.get((command.side, state.position, command.field)) == command.value:
        return []
    return [e.Drafted(at, command.side, state.position, command.field, command.value)]


def _answer(state: State, command: c.Answer, at: int) -> list[e.Event]:
    _known_side(state, command.side)
    if state.paused_at is not None:
        raise RefusedError("paused")
    part = state.current_part
    if state.phase != "question" or not isinstance(part, QuestionPart):
        raise RefusedError("not-now")
    if any(limit is not None and at >= limit for limit in (state.deadline, state.part_deadline)):
        raise RefusedError("late")
    changing = part.feedback == "end"
    if (command.side, state.position) in state.attempts and not changing:
        raise RefusedError("answered")
    answered = _graded(state, command.side, state.position, command.response, at)
    events: list[e.Event] = [answered]
    after = evolve(state, answered)
    if changing:
        return events + _next_open_question(after, at)
    if all((side.id, state.position) in after.attempts for side in state.sides):
        events.append(e.ItemClosed(at, state.position))
    return events


def _graded(
    state: State, side: str, position: int, response: Any, at: int, *, by_deadline: bool = False
) -> e.Answered:
    planned = state.plan[position]
    part = state.rules.parts[planned.part]
    assert isinstance(part, QuestionPart)  # noqa: S101 - situations are scored by sheets
    chosen = tuple(response or ())
    verdict = _grade(planned, chosen, part)
    return e.Answered(
        at,
        side,
        position,
        chosen,
        verdict.code,
        verdict.share,
        verdict.reason,
        question_points(verdict, part),
        max(0, at - state.opened_at) if position == state.position else 0,
        by_deadline,
    )


def _grade(planned: e.Planned, chosen: tuple[int, ...], part: QuestionPart) -> Verdict:
    item, order = planned.item, planned.order
    if not chosen:
        return EMPTY
    if any(not 0 <= shown < len(order) for shown in chosen):
        raise RefusedError("no-such-option")
    if item["kind"] != "multiple" and len(chosen) != 1:
        raise RefusedError("no-such-option")
    canonical = {order[shown] for shown in chosen}
    return grade_options(canonical, item["right"], len(order), partial=part.partial)


def _close_question(state: State, at: int) -> list[e.Event]:
    """The deadline of a question: what stands in a box counts if the rules say so."""
    events: list[e.Event] = [
        _at_deadline(state, side.id, state.position, at)
        for side in state.sides
        if (side.id, state.position) not in state.attempts
    ]
    return [*events, e.ItemClosed(at, state.position)]


def _at_deadline(state: State, side: str, position: int, at: int) -> e.Answered:
    part = state.rules.parts[state.plan[position].part]
    counts = isinstance(part, QuestionPart) and part.box_counts
    box = state.drafts.get((side, position, "answer")) if counts else None
    return _graded(state, side, position, box, at, by_deadline=True)


def _end_part(state: State, at: int) -> list[e.Event]:
    """Hand in a part with a common clock: unanswered questions count as empty."""
    positions = state.positions_of(state.part)
    events: list[e.Event] = [
        _at_deadline(state, side.id, position, at)
        for position in positions
        for side in state.sides
        if (side.id, position) not in state.attempts
    ]
    after = state
    for event in events:
        after = evolve(after, event)
    after = after._replace(position=positions[-1], part_deadline=None)
    return events + _next_item(after, at)


def _start_thinking(state: State, at: int) -> list[e.Event]:
    part, item = _situation(state)
    seconds = part.think_s or item["think_s"]
    if not seconds:
        return _start_speaking(state, at)
    return [e.PhaseStarted(at, state.position, "think", at + seconds * 1000)]


def _start_speaking(state: State, at: int) -> list[e.Event]:
    part, item = _situation(state)
    seconds = part.speak_s or item["speak_s"]
    return [e.PhaseStarted(at, state.position, "speak", at + seconds * 1000)]


def _stop_speaking(state: State, at: int) -> list[e.Event]:
    assert state.deadline is not None  # noqa: S101 - speaking always has a limit
    events: list[e.Event] = []
    for side in state.sides:
        text = state.drafts.get((side.id, state.position, "answer")) or ""
        over = max(0, at - state.deadline)
        events.append(e.Spoken(at, side.id, state.position, at - state.opened_at, over, text))
    return [*events, e.PhaseStarted(at, state.position, "mark", None)]


def _situation(state: State) -> tuple[SituationPart, dict[str, Any]]:
    part, planned = state.current_part, state.current
    if not isinstance(part, SituationPart) or planned is None:
        raise RefusedError("not-now")
    return part, planned.item


def _mark(state: State, command: c.Mark, at: int) -> list[e.Event]:
    _, item = _situation(state)
    _known_side(state, command.side)
    if state.phase != "mark":
        raise RefusedError("not-now")
    if not 0 <= command.criterion < len(item["rubric"]) or not 0 <= command.share <= 1:
        raise RefusedError("no-such-item")
    return [e.Marked(at, command.judge, command.side, state.position, command.criterion, command.share)]


def _mark_cap(state: State, command: c.MarkCap, at: int) -> list[e.Event]:
    _, item = _situation(state)
    _known_side(state, command.side)
    if state.phase != "mark":
        raise RefusedError("not-now")
    if not 0 <= command.cap < len(item["caps"]):
        raise RefusedError("no-such-item")
    return [e.CapMarked(at, command.judge, command.side, state.position, command.cap, command.happened)]


def _score_situation(state: State, at: int) -> list[e.Event]:
    part, item = _situation(state)
    events: list[e.Event] = []
    for side in state.sides:
        sheets = [
            sheet
            for (_, who, position), sheet in state.sheets.items()
            if who == side.id and position == state.position
        ]
        if not sheets or any(len(sheet.shares) < len(item["rubric"]) for sheet in sheets):
            raise RefusedError("unmarked")
        shares = [sheet_share(item["rubric"], item["caps"], sheet) for sheet in sheets]
        share, points = situation_points(shares, part)
        _, over, _ = state.spoken.get((side.id, state.position), (0, 0, ""))
        penalty = overtime_penalty(over, part)
        events.append(e.Scored(at, side.id, state.position, share, points, penalty))
    return [*events, e.PhaseStarted(at, state.position, "review", None)]


def _abandon(_state: State, _command: c.Abandon, at: int) -> list[e.Event]:
    return [e.ContestFinished(at, "abandoned")]


def _known_side(state: State, side: str) -> None:
    if all(known.id != side for known in state.sides):
        raise RefusedError("no-such-item")


_DECIDERS: dict[type, Callable[[State, Any, int], list[e.Event]]] = {
    c.TieClock: _tie_clock,
    c.Tick: _tick,
    c.Pause: _pause,
    c.Unpause: _unpause,
    c.Advance: _advance,
    c.GoTo: _goto,
    c.HandIn: _hand_in,
    c.Draft: _draft,
    c.Answer: _answer,
    c.Mark: _mark,
    c.MarkCap: _mark_cap,
    c.Abandon: _abandon,
}


# --- folding --------------------------------------------------------------------------------


def evolve(state: State, event: e.Event) -> State:
    """Return the state after `event`."""
    return _FOLDERS[type(event)](state, event)._replace(at=max(state.at, event.at))


def _opened(_state: State, event: e.ContestOpened) -> State:
    return State(
        status="running",
        contest=event.contest,
        seed=event.seed,
        rules=rules_from_data(event.rules),
        sides=event.sides,
        plan=event.plan,
    )


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
    attempt = Attempt(
        event.response,
        event.code,
        event.share,
        event.reason,
        event.points,
        event.elapsed_ms,
        event.by_deadline,
    )
    return state._replace(attempts={**state.attempts, (event.side, event.position): attempt})


def _item_closed(state: State, event: e.ItemClosed) -> State:
    return state._replace(phase="feedback", deadline=None, opened_at=event.at)


def _phase_started(state: State, event: e.PhaseStarted) -> State:
    return state._replace(phase=event.phase, deadline=event.deadline, opened_at=event.at)


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
        None, "judged", event.share, "", event.points, elapsed, False, event.penalty, text, over
    )
    return state._replace(attempts={**state.attempts, (event.side, event.position): attempt})


def _finished(state: State, event: e.ContestFinished) -> State:
    status = "finished" if event.reason == "done" else "abandoned"
    return state._replace(status=status, deadline=None, part_deadline=None, paused_at=None, phase="done")


_FOLDERS: dict[type, Callable[[State, Any], State]] = {
    e.ContestOpened: _opened,
    e.ClockTied: _same,
    e.Paused: _paused,
    e.Unpaused: _unpaused,
    e.PartStarted: _part_started,
    e.ItemOpened: _item_opened,
    e.Drafted: _drafted,
    e.Answered: _answered,
    e.ItemClosed: _item_closed,
    e.PhaseStarted: _phase_started,
    e.Spoken: _spoken,
    e.Marked: _marked,
    e.CapMarked: _cap_marked,
    e.Scored: _scored,
    e.ContestFinished: _finished,
}
