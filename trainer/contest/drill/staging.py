"""What the engine decides about the course of a contest of several sides: stages, clocks, turns."""

from __future__ import annotations

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest import situations
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.answering import show_question
from trainer.contest.drill.schedule import Step, chosen_items, drawn, next_step
from trainer.contest.drill.taking_part import drill_of, question_part, star_of
from trainer.contest.refusal import RefusedError
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.state import State

IN_FLIGHT_MS = 250
"""A buzzer pressed in time may come so much later to be handled; nothing else waits for it."""
NEXT_PHASES = ("ready", "feedback", "review", "skipped", "draw", "ranking")


def advance(state: State, _command: c.Advance, at: int) -> list[e.Event]:
    """Go on to the next phase, item, turn, the ranking, the end."""
    if state.paused_at is not None:
        raise RefusedError("paused")
    phase = state.phase
    if phase == "back":
        return [d.Returned(at)]
    if phase in NEXT_PHASES:
        return _go(state, next_step(state), at)
    part = state.current_part
    if not isinstance(part, SituationPart):
        raise RefusedError("not-now")
    if phase == "read":
        return situations.start_thinking(state, at)
    if phase == "think":
        return situations.start_speaking(state, at)
    if phase == "speak":
        return situations.stop_speaking(state, at)
    if phase == "ask":
        return [e.PhaseStarted(at, state.position, "mark", None)]
    if phase == "mark":
        situations.need_marks(state)
        return situations.score_situation(state, at)
    raise RefusedError("not-now")


def _go(state: State, step: Step, at: int) -> list[e.Event]:
    if step.kind == "finish":
        return [e.ContestFinished(at, "done")]
    if step.kind == "ranking":
        return [e.PhaseStarted(at, state.position, "ranking", None)]
    if step.kind == "draw":
        raise RefusedError("draw-first")
    events: list[e.Event] = [e.PartStarted(at, step.part, None)] if step.part != state.part else []
    if step.kind == "turn":
        return [*events, d.TurnBegan(at, step.part, step.side)]
    return [*events, e.ItemOpened(at, step.position, None)]


def start_clock(state: State, _command: dc.StartClock, at: int) -> list[e.Event]:
    """The question has been read: its time runs."""
    if state.paused_at is not None:
        raise RefusedError("paused")
    if state.position >= 0 and question_part(state, state.position) is None:
        if state.phase != "read":
            raise RefusedError("not-now")
        return situations.start_thinking(state, at)
    return show_question(state, at)


def tick(state: State, _command: c.Tick, at: int) -> list[e.Event]:
    """Let a deadline that has passed take effect, at the moment of the deadline."""
    if state.paused_at is not None or state.deadline is None or at < state.deadline:
        return []
    end = state.deadline
    if state.phase == "buzz" and at < end + IN_FLIGHT_MS:
        return []
    if state.phase == "think":
        return situations.start_speaking(state, end)
    if state.phase == "ask":
        return [e.PhaseStarted(end, state.position, "mark", None)]
    if state.phase == "buzz":
        return [d.BuzzersClosed(max(end, state.at), state.position)]
    if state.phase == "raise":
        return [e.PhaseStarted(end, state.position, "entry", None)]
    if state.phase == "question":
        part = question_part(state, state.position)
        boards = part.play.raise_s if part is not None and part.play.mode == "together" else 0
        if boards:
            return [e.PhaseStarted(end, state.position, "raise", end + boards * 1000)]
        return [e.PhaseStarted(end, state.position, "entry", None)]
    return []  # speaking past the limit is overtime; who has the floor is judged by ear


def move_clock(state: State, command: dc.MoveClock, at: int) -> list[e.Event]:
    """Move the clock on show, never into the past; open a question's clock again after its end."""
    if not command.ms or abs(command.ms) > 3_600_000:
        raise RefusedError("not-now")
    if state.phase in ("raise", "entry") and command.ms > 0:
        part = question_part(state, state.position)
        if part is None or part.play.mode == "buzzers" or drill_of(state).buzzes:
            raise RefusedError("not-now")
        now = at if state.paused_at is None else state.paused_at
        # The clock opens at nought and is given its seconds by an event of its own: the record tells it.
        return [e.PhaseStarted(at, state.position, "question", now), d.ClockMoved(at, command.ms)]
    if state.deadline is None:
        raise RefusedError("not-now")
    now = at if state.paused_at is None else state.paused_at
    ms = max(command.ms, now - state.deadline) if command.ms < 0 else command.ms
    if not ms or (ms > 0 and command.ms < 0):
        raise RefusedError("not-now")
    return [d.ClockMoved(at, ms)]


# --- turns --------------------------------------------------------------------------------------


def _turn(state: State) -> str:
    side = drill_of(state).turn
    if state.phase != "draw" or next_step(state).kind != "draw":
        raise RefusedError("not-now")
    return side


def draw(state: State, command: dc.Draw, at: int) -> list[e.Event]:
    """Draw a package, or situations."""
    side = _turn(state)
    part = state.current_part
    if isinstance(part, QuestionPart) and part.play.values:
        raise RefusedError("not-now")
    found = drawn(state, side, command.package)
    if found is None:
        raise RefusedError("no-such-item")
    return [d.Assigned(at, side, *found)]


def choose(state: State, command: dc.Choose, at: int) -> list[e.Event]:
    """Choose the values of one's questions; a shorter list where the bank has no more."""
    side = _turn(state)
    part = state.current_part
    if not isinstance(part, QuestionPart) or not part.play.values:
        raise RefusedError("not-now")
    found = chosen_items(state, side, command.values)
    if found is None:
        raise RefusedError("no-such-item")
    return [d.Assigned(at, side, found)]


def place_star(state: State, command: dc.PlaceStar, at: int) -> list[e.Event]:
    """Put the star on the next question of the side whose turn it is, before it is shown."""
    drill, step = drill_of(state), next_step(state)
    if command.side != drill.turn or step.kind != "item" or step.side != command.side:
        raise RefusedError("not-yours")
    part = question_part(state, step.position)
    if state.phase not in ("draw", "feedback", "skipped") or part is None or not part.play.star:
        raise RefusedError("not-now")
    if star_of(state, command.side, state.plan[step.position].part) is not None:
        raise RefusedError("used-up")
    return [d.StarPlaced(at, command.side, step.position)]
