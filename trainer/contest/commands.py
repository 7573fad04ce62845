"""What a screen may ask of the engine; every command carries `at` in contest milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.contest.events import Planned, Side

if TYPE_CHECKING:
    from trainer.contest.drill.commands import DrillCommand


class Open(NamedTuple):
    """Begin a contest with a plan that was drawn from the bank."""

    at: int
    contest: str
    seed: int
    rules: dict[str, Any]
    sides: tuple[Side, ...]
    plan: tuple[Planned, ...]
    group: bool = False


class TieClock(NamedTuple):
    """A program starts or resumes the contest; a running clock is paused."""

    at: int
    wall: str
    program: str


class Tick(NamedTuple):
    """Time has come to `at`: let deadlines do their work."""

    at: int


class Pause(NamedTuple):
    """Stop the clocks."""

    at: int
    reason: str = "player"


class Unpause(NamedTuple):
    """Let the clocks run on."""

    at: int


class Advance(NamedTuple):
    """Go on: to the first or next item, phase, part, or to the end."""

    at: int


class HandIn(NamedTuple):
    """Look over a part whose answers may be changed, before :class:`Advance` hands it in."""

    at: int


class GoTo(NamedTuple):
    """Show another question of a part whose answers may still be changed."""

    at: int
    position: int


class Draft(NamedTuple):
    """Keep what stands in a box."""

    at: int
    side: str
    field: str
    value: Any


class Answer(NamedTuple):
    """Hand in a response to the item on show."""

    at: int
    side: str
    response: Any


class Overrule(NamedTuple):
    """Let a response count as right after all, or take that back (`undo`).

    Attributes:
        share: Share of the points that it earns; a player alone can only be given all.
    """

    at: int
    side: str
    position: int
    reason: str = ""
    undo: bool = False
    share: float = 1.0


class Mark(NamedTuple):
    """Give a criterion its share, 0 to 1."""

    at: int
    judge: str
    side: str
    criterion: int
    share: float


class MarkCap(NamedTuple):
    """Say whether a hard stop happened."""

    at: int
    judge: str
    side: str
    cap: int
    happened: bool


class SetJudges(NamedTuple):
    """Say how many judges mark the situation on show."""

    at: int
    judges: int


class CloseSheets(NamedTuple):
    """End marking without the judges who have not finished."""

    at: int


class TakeTurn(NamedTuple):
    """Choose an option of the turn on show, or reply openly and say what share that earned."""

    at: int
    side: str
    option: int = -1
    text: str = ""
    share: float = 0.0


class Abandon(NamedTuple):
    """End the contest early; what was answered stays."""

    at: int


SoloCommand = (
    Open
    | TieClock
    | Tick
    | Pause
    | Unpause
    | Advance
    | GoTo
    | HandIn
    | Draft
    | Answer
    | Overrule
    | Mark
    | MarkCap
    | SetJudges
    | CloseSheets
    | TakeTurn
    | Abandon
)
if TYPE_CHECKING:
    Command = SoloCommand | DrillCommand
else:  # a player alone need not wait for the other commands to be made
    Command = SoloCommand
