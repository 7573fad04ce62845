"""What the clock of a group drill says; pure, for the facilitator's screen and the projector."""

from __future__ import annotations

from typing import NamedTuple

from trainer.contest.drill.schedule import seconds_of
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.state import State
from trainer.tui.drill.steps import CLOCKED
from trainer.tui.widgets.clock import clock_text

LATE_MS = 5_000
REVEAL_S = (0.5, 1.0, 2.0)
"""A reveal takes its time: after so many seconds the wrong ones fade, the right one shows, then why."""
REVEAL_MS = 1_100
"""The next step waits so long after a reveal: the right one, and the projector's look and repaint."""


class Face(NamedTuple):
    """A clock's face.

    Attributes:
        text: ``15``, ``1:30``, ``+0:12`` (overtime), "" for no clock.
        share: How much of the time is left, 0 to 1.
        late: The last seconds, or overtime.
        still: The clock stands.
    """

    text: str = ""
    share: float = 0.0
    late: bool = False
    still: bool = True


def limit_ms(state: State) -> int:
    """Return what the clock on show begins with, milliseconds; 0: no clock."""
    part = state.current_part
    if state.current is None:
        return 0
    if isinstance(part, QuestionPart):
        if state.phase == "raise":
            return part.play.raise_s * 1000
        if state.phase == "answer":
            return part.play.answer_s * 1000
        if state.phase == "buzz" and part.play.mode == "turns":
            return part.play.steal_s * 1000
        return seconds_of(state, state.position) * 1000
    if not isinstance(part, SituationPart):
        return 0
    if state.phase == "ask":
        return part.ask_s * 1000
    key = "speak_s" if state.phase == "speak" else "think_s"
    return int(getattr(part, key) or state.current.item[key]) * 1000


def revealing(state: State, now: int) -> bool:
    """Tell whether the projector is still opening what was revealed last."""
    drill = state.drill
    if drill is None or state.phase not in ("feedback", "review") or state.position not in drill.revealed:
        return False
    return now - drill.stage_at < REVEAL_MS  # the last step of the stage was the reveal


def face(state: State, now: int) -> Face:
    """Return the face at contest time `now`; only a speech goes on past its end."""
    limit = limit_ms(state)
    remaining = state.remaining_ms(now) if state.phase in CLOCKED else None
    if remaining is None:
        waits = state.phase == "read" and limit > 0
        return Face(clock_text(limit, minutes=limit > 60_000), 1.0) if waits else Face()
    if state.phase != "speak":
        remaining = max(0, remaining)
    still = state.paused_at is not None
    share = max(0.0, min(1.0, remaining / limit)) if limit else 0.0
    text = clock_text(remaining, minutes=limit > 60_000)
    return Face(text, share, remaining <= LATE_MS and not still, still)
