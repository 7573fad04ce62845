"""What the engine decides about the answers of several sides: letters, right or wrong, closing, the key."""

from __future__ import annotations

import unicodedata
from typing import Any

from trainer.bank.model import OPTION_KINDS
from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.pricing import price, repriced
from trainer.contest.drill.schedule import seconds_of
from trainer.contest.drill.taking_part import (
    can_press,
    drill_of,
    floor_of,
    participants,
    question_part,
    takes_part,
)
from trainer.contest.events import Planned
from trainer.contest.folding import evolve
from trainer.contest.judging import ResponseError, is_empty, judge
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.grading.verdict import Verdict

ENTRY_PHASES = ("question", "raise", "entry")
ACCEPTED = "Ban tổ chức chấp nhận câu trả lời này."


def show_question(state: State, at: int) -> list[e.Event]:
    """Start the clock of the question on show, or open its buzzers."""
    part = question_part(state, state.position) if state.position >= 0 else None
    if state.phase != "read" or part is None:
        raise RefusedError("not-now")
    seconds = seconds_of(state, state.position)
    deadline = at + seconds * 1000 if seconds else None
    if part.play.mode == "buzzers":
        return [d.BuzzersOpened(at, state.position, deadline)]
    return [e.PhaseStarted(at, state.position, "question", deadline)]


def answer(state: State, command: c.Answer, at: int) -> list[e.Event]:
    """Enter a side's letter (or its other response); () takes it back to none."""
    part = _may_answer(state, command.side)
    planned = state.plan[state.position]
    response = tuple(command.response) if isinstance(command.response, list) else command.response
    if is_empty(response):
        response = ()
    try:
        verdict = judge(planned, response, part)
    except ResponseError:
        raise RefusedError("no-such-option") from None
    known = drill_of(state).accepted.get(state.position, ())
    if response != () and any(same_response(planned, response, each) for each in known):
        verdict = Verdict("right", 1.0, ACCEPTED)
    return _answered(state, command.side, response, verdict, at)


def judge_side(state: State, command: dc.Judge, at: int) -> list[e.Event]:
    """Say whether a side is right, without what it said."""
    _may_answer(state, command.side)
    verdict = Verdict("right", 1.0) if command.right else Verdict("wrong", 0.0)
    return _answered(state, command.side, (), verdict, at)


def _may_answer(state: State, side: str) -> QuestionPart:
    part = question_part(state, state.position) if state.position >= 0 else None
    if part is None:
        raise RefusedError("not-now")
    if all(known.id != side for known in state.sides):
        raise RefusedError("no-such-item")
    if state.phase == "answer":
        floor = floor_of(state)
        if not floor:
            raise RefusedError("tied")
        if side != floor:
            raise RefusedError("not-yours")
        return part
    if state.phase not in ENTRY_PHASES:
        raise RefusedError("not-now")
    # Who pressed and was judged may be corrected; nobody else answers a question of the buzzers.
    pressed = (side, state.position) in state.attempts
    asked = part.play.mode != "buzzers" and takes_part(state, side, state.position)
    if not asked and not pressed:
        raise RefusedError("not-yours")
    return part


def _answered(state: State, side: str, response: Any, verdict: Verdict, at: int) -> list[e.Event]:
    position = state.position
    part = question_part(state, position)
    points = price(state, side, position, verdict.code, verdict.share)
    # The letters of all sides are entered one after the other: their times say nothing of the sides.
    alone = part is not None and part.play.mode != "together"
    elapsed = max(0, at - state.opened_at) if alone else 0
    made = e.Answered(
        at, side, position, response, verdict.code, verdict.share, verdict.reason, points, elapsed
    )
    events: list[e.Event] = [made]
    after = evolve(state, made)
    changes = repriced(after, position, at)
    for change in changes:
        after = evolve(after, change)
    events += changes
    if state.phase == "answer":
        events += _after_floor(after, verdict.share >= 1, at)
    return events


def _after_floor(state: State, right: bool, at: int) -> list[e.Event]:
    """The floor was judged: the buzzers stay shut, or open for those who did not answer yet."""
    part = question_part(state, state.position)
    again = part is not None and part.play.mode == "buzzers" and not right
    if not again or not any(can_press(state, side.id) for side in state.sides):
        return [d.BuzzersClosed(at, state.position)]
    seconds = seconds_of(state, state.position)
    return [d.BuzzersOpened(at, state.position, at + seconds * 1000 if seconds else None)]


def close_item(state: State, _command: dc.CloseItem, at: int) -> list[e.Event]:
    """End the answers to a question: who gave none gets none."""
    if state.phase not in ENTRY_PHASES:
        raise RefusedError("not-now")
    position = state.position
    part = question_part(state, position)
    events: list[e.Event] = []
    if part is not None and part.play.mode != "buzzers":
        for side in participants(state, position):
            if (side, position) not in state.attempts:
                events.append(unanswered(state, side, at))
    return [*events, e.ItemClosed(at, position)]


def unanswered(state: State, side: str, at: int) -> e.Event:
    """Return the record of a side that gave no answer to the question on show."""
    points = price(state, side, state.position, "empty", 0.0)
    return e.Answered(at, side, state.position, (), "empty", 0.0, "Chưa trả lời.", points, 0, True)


def reveal(state: State, _command: dc.Reveal, at: int) -> list[e.Event]:
    """Show the key, or what the judges gave."""
    if state.phase not in ("closed", "review") or state.position in drill_of(state).revealed:
        raise RefusedError("not-now")
    return [d.Revealed(at, state.position)]


# --- after the fact -----------------------------------------------------------------------------


def overrule(state: State, command: c.Overrule, at: int) -> list[e.Event]:
    """Give a response another share than it was given, or take that back."""
    drill = drill_of(state)
    key = (command.side, command.position)
    attempt = state.attempts.get(key)
    if attempt is None or command.position not in drill.closed or not 0 <= command.share <= 1:
        raise RefusedError("not-now")
    if question_part(state, command.position) is None:
        raise RefusedError("not-now")
    events: list[e.Event]
    if command.undo:
        if attempt.overruled is None:
            raise RefusedError("not-now")
        events = [e.OverruleUndone(at, *key)]
    else:
        if attempt.share == command.share:
            raise RefusedError("not-now")
        events = [_overruled(state, command.side, command.position, command.share, command.reason, at)]
    return events + _consequences(state, events, command.position, at)


def _overruled(state: State, side: str, position: int, share: float, reason: str, at: int) -> e.Event:
    code = "wrong" if share <= 0 else "right"
    points = price(state, side, position, code, share)
    return e.Overruled(at, side, position, share, points, reason)


def _consequences(state: State, events: list[e.Event], position: int, at: int) -> list[e.Event]:
    after = state
    for event in events:
        after = evolve(after, event)
    return repriced(after, position, at)


def accept(state: State, command: dc.Accept, at: int) -> list[e.Event]:
    """Let a further response count as right, for everybody who gave it and who will."""
    drill = drill_of(state)
    position = command.position
    if position not in drill.opened or position in drill.skipped:
        raise RefusedError("no-such-item")
    part, planned = question_part(state, position), state.plan[position]
    if part is None:
        raise RefusedError("not-now")
    response = tuple(command.response) if isinstance(command.response, list) else command.response
    try:
        if is_empty(response) or judge(planned, response, part).share >= 1:
            raise RefusedError("no-such-option")
    except ResponseError:
        raise RefusedError("no-such-option") from None
    if any(same_response(planned, response, known) for known in drill.accepted.get(position, ())):
        raise RefusedError("not-now")
    events: list[e.Event] = [d.AnswerAccepted(at, position, response, command.reason)]
    for (side, place), attempt in state.attempts.items():
        fits = attempt.response not in ((), None) and attempt.share < 1
        if place == position and fits and same_response(planned, attempt.response, response):
            events.append(_overruled(state, side, position, 1.0, command.reason or ACCEPTED, at))
    return events + _consequences(state, events, position, at)


def same_response(planned: Planned, one: Any, other: Any) -> bool:
    """Tell whether two responses say the same: the same options, or the same words but for capitals."""
    if planned.item["kind"] in OPTION_KINDS:
        return set(one) == set(other)
    return bool(_spoken(one) == _spoken(other))


def _spoken(response: Any) -> Any:
    if isinstance(response, str):
        return " ".join(unicodedata.normalize("NFC", response).casefold().split())
    return tuple(_spoken(each) for each in response) if isinstance(response, tuple) else response
