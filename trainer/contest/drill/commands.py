"""What only a facilitator before several sides may ask of the engine; see :mod:`trainer.contest.commands`.

Letters are handed in by :class:`~trainer.contest.commands.Answer`, once a side and as often as they
change until the question is closed; :class:`~trainer.contest.commands.Advance` goes on.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Undo(NamedTuple):
    """Take back the last `steps` decisions."""

    at: int
    steps: int = 1


class StartClock(NamedTuple):
    """The question has been read: its clock runs, or its buzzers open."""

    at: int


class MoveClock(NamedTuple):
    """Give the clock on show so many milliseconds, or take them; after the end: open it again."""

    at: int
    ms: int


class Judge(NamedTuple):
    """Say whether a side's answer to the item on show is right, without saying what it was."""

    at: int
    side: str
    right: bool


class CloseItem(NamedTuple):
    """No more answers to the question on show; who gave none gets none."""

    at: int


class Reveal(NamedTuple):
    """Show the key of the item on show to everybody."""

    at: int


class Draw(NamedTuple):
    """Draw by lot what the side whose turn it is will be asked; `package` -1: the program's lot."""

    at: int
    package: int = -1


class Choose(NamedTuple):
    """The side whose turn it is chooses what its questions are worth."""

    at: int
    values: tuple[int, ...]


class PlaceStar(NamedTuple):
    """The side whose turn it is puts its star on its next question."""

    at: int
    side: str


class OpenBuzzers(NamedTuple):
    """Open the buzzers for the item on show (again), or for a steal."""

    at: int


class StopBuzzers(NamedTuple):
    """The one stop key: no more presses."""

    at: int


class Buzz(NamedTuple):
    """A side pressed its buzzer; `pressed`: contest time of the key, None: `at`."""

    at: int
    side: str
    pressed: int | None = None


class GiveFloor(NamedTuple):
    """Say which of the presses that cannot be told apart counts; "": by lot."""

    at: int
    side: str = ""


class Skip(NamedTuple):
    """Drop the item on show."""

    at: int
    reason: str = ""


class Replace(NamedTuple):
    """Put a spare item in the place of the one on show."""

    at: int
    reason: str = ""


class LookBack(NamedTuple):
    """Show the item before the one on show; Advance returns."""

    at: int


class ShowStandings(NamedTuple):
    """Show the standings, or take them away."""

    at: int
    shown: bool = True


class ChangeScore(NamedTuple):
    """Give or take points."""

    at: int
    side: str
    points: int
    reason: str


class Accept(NamedTuple):
    """Let another response to an item that was opened count as right for everybody."""

    at: int
    position: int
    response: Any
    reason: str = ""


class Appeal(NamedTuple):
    """Note a side's objection to the question on show."""

    at: int
    side: str
    reason: str = ""


class DecideAppeal(NamedTuple):
    """Note what became of an objection; points are changed by Accept, Overrule or ChangeScore."""

    at: int
    side: str
    position: int
    upheld: bool
    reason: str = ""


class Rescue(NamedTuple):
    """Bring sides back to the floor; (): all who left it."""

    at: int
    sides: tuple[str, ...] = ()


class UseLifeline(NamedTuple):
    """The last side on the floor asks the audience."""

    at: int
    side: str


class Leave(NamedTuple):
    """A side takes no further part."""

    at: int
    side: str
    reason: str = ""


class BreakTie(NamedTuple):
    """Open a question that only these sides play; the first right answer wins."""

    at: int
    sides: tuple[str, ...]


class DecideRank(NamedTuple):
    """Put level sides in order, best first: by ``judges``, or by ``lot`` (the order is drawn)."""

    at: int
    sides: tuple[str, ...]
    how: str = "judges"
    reason: str = ""


class EndEarly(NamedTuple):
    """Ask nothing more: rank the sides by what they have; an item that is not settled is dropped."""

    at: int
    reason: str


class AddNote(NamedTuple):
    """Keep a remark of the facilitator in the record."""

    at: int
    text: str


class SetPrizes(NamedTuple):
    """Change the list of prizes."""

    at: int
    prizes: tuple[tuple[str, int], ...]
    part_prizes: tuple[tuple[str, str], ...] = ()


DrillCommand = (
    Undo
    | StartClock
    | MoveClock
    | Judge
    | CloseItem
    | Reveal
    | Draw
    | Choose
    | PlaceStar
    | OpenBuzzers
    | StopBuzzers
    | Buzz
    | GiveFloor
    | Skip
    | Replace
    | LookBack
    | ShowStandings
    | ChangeScore
    | Accept
    | Appeal
    | DecideAppeal
    | Rescue
    | UseLifeline
    | Leave
    | BreakTie
    | DecideRank
    | EndEarly
    | AddNote
    | SetPrizes
)
