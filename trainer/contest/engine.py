"""The one engine: ``decide`` checks commands, ``evolve`` folds events; both are pure.

``decide(state, command)`` returns the events that the command causes, or raises
:class:`RefusedError` with a code. ``evolve(state, event)`` never fails on an event that ``decide``
made. No clock, no I/O, no chance beyond the seed in the first event: the caller gives `at`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest import situations
from trainer.contest.folding import evolve, fold
from trainer.contest.judging import ResponseError, is_empty, judge
from trainer.contest.refusal import RefusedError, need_side
from trainer.contest.rules import QuestionPart
from trainer.contest.scoring import question_points
from trainer.contest.state import State

__all__ = ["RefusedError", "decide", "evolve", "fold"]

_LIVE_PHASES = ("question", "read", "think", "speak")


def decide(state: State, command: c.Command) -> list[e.Event]:
    """Return the events that `command` causes in `state`.

    Raises:
        RefusedError: The command is not allowed now; nothing happened.
    """
    if isinstance(command, c.Open):
        if state.status != "new":
            raise RefusedError("not-now")
        if command.group:
            from trainer.contest.drill.correcting import need_group_rules

            need_group_rules(command)
        return [e.ContestOpened(*command)]
    if state.group:
        from trainer.contest.drill.deciding import decide_group

        return decide_group(state, command, max(command.at, state.at), _DECIDERS)
    if not state.running:
        raise RefusedError("not-running")
    decider = _DECIDERS.get(type(command))
    if decider is None:
        raise RefusedError("not-for-one")
    return decider(state, command, max(command.at, state.at))


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
        return situations.start_speaking(state, state.deadline)
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
        return situations.start_thinking(state, at)
    if phase == "think":
        return situations.start_speaking(state, at)
    if phase == "speak":
        return situations.stop_speaking(state, at)
    if phase == "mark":
        situations.need_marks(state)
        return [e.PhaseStarted(at, state.position, "revise", None)]
    if phase == "revise" and situations.turn_waits(state):
        return [e.PhaseStarted(at, state.position, "turns", None)]
    return situations.score_situation(state, at)


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
    need_side(state, command.side)
    if state.phase not in _LIVE_PHASES:
        raise RefusedError("not-now")
    if state.drafts.get((command.side, state.position, command.field)) == command.value:
        return []
    return [e.Drafted(at, command.side, state.position, command.field, command.value)]


def _answer(state: State, command: c.Answer, at: int) -> list[e.Event]:
    need_side(state, command.side)
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
    if isinstance(response, list):
        response = tuple(response)
    if is_empty(response):
        response = ()
    try:
        verdict = judge(planned, response, part)
    except ResponseError:
        raise RefusedError("no-such-option") from None
    return e.Answered(
        at,
        side,
        position,
        response,
        verdict.code,
        verdict.share,
        verdict.reason,
        question_points(verdict, part),
        max(0, at - state.opened_at) if position == state.position else 0,
        by_deadline,
    )


def _overrule(state: State, command: c.Overrule, at: int) -> list[e.Event]:
    """Change a verdict after the fact; while answers may still be changed there is none to change."""
    attempt = state.attempts.get((command.side, command.position))
    planned = state.plan[command.position] if 0 <= command.position < len(state.plan) else None
    part = state.rules.parts[planned.part] if planned is not None else None
    if attempt is None or not isinstance(part, QuestionPart) or state.phase == "question":
        raise RefusedError("not-now")
    if command.undo:
        if attempt.overruled is None:
            raise RefusedError("not-now")
        return [e.OverruleUndone(at, command.side, command.position)]
    if attempt.overruled is not None or attempt.is_right:
        raise RefusedError("not-now")
    return [e.Overruled(at, command.side, command.position, 1.0, part.right, command.reason)]


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


def _abandon(_state: State, _command: c.Abandon, at: int) -> list[e.Event]:
    return [e.ContestFinished(at, "abandoned")]


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
    c.Overrule: _overrule,
    c.Mark: situations.mark,
    c.MarkCap: situations.mark_cap,
    c.SetJudges: situations.set_judges,
    c.CloseSheets: situations.close_sheets,
    c.TakeTurn: situations.take_turn,
    c.Abandon: _abandon,
}
