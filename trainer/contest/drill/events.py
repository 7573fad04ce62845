"""What happens only when several sides play before a facilitator; see :mod:`trainer.contest.events`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Decided(NamedTuple):
    """A command of the facilitator begins; what follows until the next one is undone with it.

    Attributes:
        what: The command's name, such as ``answer`` or ``advance``.
    """

    at: int
    what: str


class Undone(NamedTuple):
    """Decisions were taken back: the state is again what it was before them.

    Attributes:
        keep: So many of the events that stood are kept, the rest count no more.
        left_at: Contest time at which the first decision taken back was made; the clocks
            show again what they showed then.
        what: The names of the decisions taken back, first first.
    """

    at: int
    keep: int
    left_at: int
    what: tuple[str, ...]


class TurnBegan(NamedTuple):
    """It is a side's turn in a part; what it is asked is drawn or chosen next."""

    at: int
    part: int
    side: str


class Assigned(NamedTuple):
    """A side drew or chose what it is asked in its turn; `package` is -1 where there are none."""

    at: int
    side: str
    positions: tuple[int, ...]
    package: int = -1


class StarPlaced(NamedTuple):
    """A side put its star on the question that comes next."""

    at: int
    side: str
    position: int


class BuzzersOpened(NamedTuple):
    """From now on presses count, until `deadline` (None: until they are stopped)."""

    at: int
    position: int
    deadline: int | None


class EarlyPressed(NamedTuple):
    """A side pressed before the buzzers were open, and is locked out for a moment when they are."""

    at: int
    side: str
    position: int
    pressed: int


class Buzzed(NamedTuple):
    """A side pressed; the first to arrive has the floor, the others wait until it is judged.

    Attributes:
        pressed: Contest time of the key itself, for the margin.
        deadline: Until when the first must answer, None for those behind it.
    """

    at: int
    side: str
    position: int
    pressed: int
    deadline: int | None


class FloorGiven(NamedTuple):
    """Of presses that cannot be told apart, this side's counts as the first."""

    at: int
    side: str
    position: int


class BuzzersClosed(NamedTuple):
    """No more presses for this question."""

    at: int
    position: int


class Repriced(NamedTuple):
    """What a side earned by a question changed because of what another side did."""

    at: int
    side: str
    position: int
    points: int


class Revealed(NamedTuple):
    """The key (or the judges' result) is shown to everybody; before this no screen may."""

    at: int
    position: int


class ItemSkipped(NamedTuple):
    """The item on show counts for nothing; answers to it are void."""

    at: int
    position: int
    reason: str


class ItemReplaced(NamedTuple):
    """A spare item stands in for the one on show, whose answers are void."""

    at: int
    position: int
    by: int
    reason: str


class LookedBack(NamedTuple):
    """An earlier item is on show again."""

    at: int
    position: int


class Returned(NamedTuple):
    """What was on show before looking back is on show again."""

    at: int


class ClockMoved(NamedTuple):
    """The running clock was given (or taken) so many milliseconds."""

    at: int
    ms: int


class StandingsShown(NamedTuple):
    """The facilitator shows the standings, or takes them away."""

    at: int
    shown: bool


class ScoreChanged(NamedTuple):
    """The facilitator gave or took points, and said why."""

    at: int
    side: str
    points: int
    reason: str


class AnswerAccepted(NamedTuple):
    """Another response to an item counts as right, for everybody; in presented terms."""

    at: int
    position: int
    response: Any
    reason: str


class Appealed(NamedTuple):
    """A side objects to the question on show, which it may until the next one opens."""

    at: int
    side: str
    position: int
    reason: str


class AppealDecided(NamedTuple):
    """What became of an appeal."""

    at: int
    side: str
    position: int
    upheld: bool
    reason: str


class Rescued(NamedTuple):
    """Sides that had left the floor come back; the first question they answer again is the next."""

    at: int
    position: int
    sides: tuple[str, ...]


class LifelineUsed(NamedTuple):
    """The last side on the floor asks the audience about the question on show."""

    at: int
    side: str
    position: int


class SideLeft(NamedTuple):
    """A side takes no further part."""

    at: int
    side: str
    reason: str


class TieOpened(NamedTuple):
    """These sides alone play the question that opens next, to break their tie."""

    at: int
    position: int
    sides: tuple[str, ...]


class RankDecided(NamedTuple):
    """The order of sides that were level was decided by judges or by lot."""

    at: int
    sides: tuple[str, ...]
    how: str
    reason: str


class EndedEarly(NamedTuple):
    """Nothing more is asked; the sides are ranked by what they have.

    Attributes:
        left: What was not asked: (part, side, asked, of); side "": the questions that all answer.
    """

    at: int
    reason: str
    left: tuple[tuple[int, str, int, int], ...] = ()


class NoteAdded(NamedTuple):
    """A remark of the facilitator; `position` is the item last shown, -1: none was."""

    at: int
    position: int
    text: str


class PrizesSet(NamedTuple):
    """The list of prizes was changed: (name, how many; 0: all who are left), (name, kind of part)."""

    at: int
    prizes: tuple[tuple[str, int], ...]
    part_prizes: tuple[tuple[str, str], ...]


DrillEvent = (
    Decided
    | Undone
    | TurnBegan
    | Assigned
    | StarPlaced
    | BuzzersOpened
    | EarlyPressed
    | Buzzed
    | FloorGiven
    | BuzzersClosed
    | Repriced
    | Revealed
    | ItemSkipped
    | ItemReplaced
    | LookedBack
    | Returned
    | ClockMoved
    | StandingsShown
    | ScoreChanged
    | AnswerAccepted
    | Appealed
    | AppealDecided
    | Rescued
    | LifelineUsed
    | SideLeft
    | TieOpened
    | RankDecided
    | EndedEarly
    | NoteAdded
    | PrizesSet
)

_EVENTS = (
    Decided,
    Undone,
    TurnBegan,
    Assigned,
    StarPlaced,
    BuzzersOpened,
    EarlyPressed,
    Buzzed,
    FloorGiven,
    BuzzersClosed,
    Repriced,
    Revealed,
    ItemSkipped,
    ItemReplaced,
    LookedBack,
    Returned,
    ClockMoved,
    StandingsShown,
    ScoreChanged,
    AnswerAccepted,
    Appealed,
    AppealDecided,
    Rescued,
    LifelineUsed,
    SideLeft,
    TieOpened,
    RankDecided,
    EndedEarly,
    NoteAdded,
    PrizesSet,
)

TYPES: dict[str, Callable[..., DrillEvent]] = {kind.__name__: kind for kind in _EVENTS}
SWEEPING = frozenset(("Undone", "ItemSkipped", "ItemReplaced"))
"""Events after which responses of any side to any item may be gone or others."""
QUIET = frozenset(TYPES) - SWEEPING - {"Repriced"}
"""Events that change no response; Repriced changes the one of its side and position."""
TUPLES = {
    "Undone": ("what",),
    "Assigned": ("positions",),
    "AnswerAccepted": ("response",),
    "Rescued": ("sides",),
    "TieOpened": ("sides",),
    "RankDecided": ("sides",),
    "PrizesSet": ("prizes", "part_prizes"),
    "EndedEarly": ("left",),
}
"""Fields that JSON keeps as lists."""
