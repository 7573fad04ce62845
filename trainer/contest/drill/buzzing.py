"""What the engine decides about buzzers: opening, presses by arrival, early ones, ties, the stop key."""

from __future__ import annotations

import random

from trainer.contest import events as e
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.answering import show_question, unanswered
from trainer.contest.drill.schedule import seconds_of
from trainer.contest.drill.taking_part import can_press, drill_of, is_present, question_part, tied_presses
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State


def _part(state: State) -> QuestionPart:
    part = question_part(state, state.position) if state.position >= 0 else None
    if part is None:
        raise RefusedError("not-now")
    return part


def open_buzzers(state: State, _command: dc.OpenBuzzers, at: int) -> list[e.Event]:
    """Open the buzzers: for the question itself, again after a stop, or for a steal."""
    part = _part(state)
    if part.play.mode == "buzzers":
        if state.phase == "read":
            return show_question(state, at)
        right = any(
            place == state.position and attempt.share >= 1 for (_, place), attempt in state.attempts.items()
        )
        if state.phase != "entry" or right or not _anybody(state):
            raise RefusedError("not-now")
        seconds = seconds_of(state, state.position)
        return [d.BuzzersOpened(at, state.position, at + seconds * 1000 if seconds else None)]
    if not steal_open(state):
        raise RefusedError("not-now")
    owner = drill_of(state).owners[state.position]
    silent = (owner, state.position) not in state.attempts
    events: list[e.Event] = [unanswered(state, owner, at)] if silent else []
    return [*events, d.BuzzersOpened(at, state.position, at + part.play.steal_s * 1000)]


def steal_open(state: State) -> bool:
    """Tell whether others may press now for the question of the side whose turn it is.

    They may when it was wrong, or when its time is up and it said nothing; once a question.
    """
    position = state.position
    part = question_part(state, position) if position >= 0 else None
    owner = drill_of(state).owners.get(position)
    if part is None or part.play.mode != "turns" or not part.play.steal_s or owner is None:
        return False
    attempt = state.attempts.get((owner, position))
    missed = state.phase == "entry" if attempt is None else attempt.share < 1
    tried = any(place == position and side != owner for side, place in state.attempts)
    return missed and not tried and state.phase in ("question", "entry") and _anybody(state)


def was_open(state: State) -> bool:
    """Tell whether the buzzers were opened for the item on show."""
    trail = drill_of(state).trail
    for index in range(len(trail) - 1, -1, -1):
        event = trail[index]
        if isinstance(event, e.ItemOpened):
            return False
        if isinstance(event, d.BuzzersOpened):
            return True
    return False


def _anybody(state: State) -> bool:
    return any(can_press(state, side.id) for side in state.sides)


def buzz(state: State, command: dc.Buzz, at: int) -> list[e.Event]:
    """Take a press.

    A press before the opening locks its side for a moment after it. While somebody has the floor the
    presses of others are only noted, for the margin; after a wrong answer all press anew.
    """
    if not any(side.id == command.side for side in state.sides) or not is_present(state, command.side):
        raise RefusedError("no-such-item")
    part, drill = _part(state), drill_of(state)
    pressed = min(at, command.at if command.pressed is None else command.pressed)
    if not can_press(state, command.side):
        raise RefusedError("not-yours")
    if state.phase == "read" or (state.phase in ("question", "entry") and part.play.steal_s):
        if part.play.mode == "together" or command.side in drill.early:
            raise RefusedError("not-now")
        if was_open(state):
            raise RefusedError("late")
        return [d.EarlyPressed(at, command.side, state.position, pressed)]
    if state.phase not in ("buzz", "answer"):
        raise RefusedError("not-now")
    if pressed < drill.live_from or any(press.side == command.side for press in drill.buzzes):
        raise RefusedError("not-now")
    if command.side in drill.early and pressed < drill.live_from + part.play.early_lock_ms:
        raise RefusedError("locked")
    if state.phase == "buzz" and state.deadline is not None and pressed >= state.deadline:
        raise RefusedError("late")
    deadline = at + part.play.answer_s * 1000 if not drill.buzzes and part.play.answer_s else None
    return [d.Buzzed(at, command.side, state.position, pressed, deadline)]


def give_floor(state: State, command: dc.GiveFloor, at: int) -> list[e.Event]:
    """Choose among presses that cannot be told apart; by lot when nobody is named."""
    tied = tied_presses(state)
    if state.phase != "answer" or not tied or drill_of(state).floor:
        raise RefusedError("not-now")
    side = command.side
    if not side:
        rng = random.Random(f"{state.seed}:floor:{state.position}:{','.join(tied)}")  # noqa: S311 - a game
        side = rng.choice(tied)
    if side not in tied:
        raise RefusedError("not-yours")
    return [d.FloorGiven(at, side, state.position)]


def stop_buzzers(state: State, _command: dc.StopBuzzers, at: int) -> list[e.Event]:
    """The one stop key."""
    if state.phase not in ("buzz", "answer"):
        raise RefusedError("not-now")
    return [d.BuzzersClosed(at, state.position)]
