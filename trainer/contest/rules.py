"""Rules as data: what is asked, how long, how it is scored.

Rules are plain data again in the contest's first event, so that an old contest keeps the rules
it was played by. Reading them from files is the work of :mod:`trainer.contest.rule_files`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Play:
    """How several sides play a part with questions; a player alone never meets it.

    Attributes:
        mode: ``together``: all sides answer every question; ``turns``: each side answers its
            own, drawn or chosen; ``buzzers``: who presses first.
        raise_s: Seconds after the clock's end in which boards are raised, 0: none.
        values: What the questions of a turn may be worth, chosen by the side; () means all the
            part's `right`.
        value_seconds: The limit for each of `values`.
        later_seconds: (number, seconds): the limit from that question of the part on.
        spare_packages: Packages drawn beyond one a side.
        turn_order: ``lot``: the order of the sides; ``lowest``: the lowest score goes next.
        member: ``captain`` names who answers, or ``drawn``: the program does.
        star: Whether a side may once put a star on its next question: right earns double, wrong
            loses the question's points.
        steal_s: Seconds in which others may press for a question that its side did not know, 0: none.
        steal_loss: Percent of the question's points that a wrong steal loses.
        steal_takes: Whether a right steal takes the points from the side whose question it was.
        answer_s: Seconds to answer after pressing.
        early_lock_ms: How long buzzers stay dead for who pressed before they were open.
        tie_ms: Presses no further apart than this cannot be told apart.
        eliminate: Whether a wrong, missing or late answer leaves the floor.
        rescue_from: Number of the question from which a rescue may happen, 0: never.
        rescue_left: Percent of the sides left, or fewer, at which it may happen.
        rescues: How many rescues.
        lifelines: How often the last side left may ask the audience (never at the last question).
        extra: Further questions when several sides are left after the last one.
        audience_every: A question for the audience after so many, 0: none.
        reserve: Spare questions drawn for replacing.
        tie: Whether the part is played only to break ties.
    """

    mode: str = "together"
    raise_s: int = 5
    values: tuple[int, ...] = ()
    value_seconds: tuple[int, ...] = ()
    later_seconds: tuple[tuple[int, int], ...] = ()
    spare_packages: int = 0
    turn_order: str = "lot"
    member: str = "captain"
    star: bool = False
    steal_s: int = 0
    steal_loss: int = 50
    steal_takes: bool = True
    answer_s: int = 3
    early_lock_ms: int = 1000
    tie_ms: int = 20
    eliminate: bool = False
    rescue_from: int = 0
    rescue_left: int = 20
    rescues: int = 1
    lifelines: int = 0
    extra: int = 0
    audience_every: int = 0
    reserve: int = 2
    tie: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A run of questions under one clock and one scale.

    Attributes:
        count: How many questions.
        kinds: Kinds that may be asked.
        seconds: Limit of one question, 0: none.
        total_seconds: Limit of the whole part, 0: none.
        right: Points of a right answer; a partly right one earns its share, rounded down.
        wrong: Points of a wrong answer (0 or negative); no answer always earns 0.
        feedback: ``each``: the key after each answer; ``end``: answers may be changed until
            the part is handed in, keys come with the results.
        topics: Only these topics; () means all.
        levels: Only these levels; () means all.
        partial: Whether a partly right answer earns its share.
        box_counts: Whether what is chosen or typed at the deadline counts as the answer.
        shares: (code, percent) for the rungs of the typed judge's ladder that these rules value
            otherwise than practice does, e.g. (("no-diacritics", 0), ("tone", 0)).
        mix: Whether each of the kinds is asked at least once, as far as the bank has it.
        draws: ``questions``, or ``quotations``: question forms made from quotations.
        clock_in_feedback: Whether the part's clock runs while an explanation is read.
        play: How several sides play it.
    """

    count: int
    kinds: tuple[str, ...] = ("choice", "true-false", "multiple")
    seconds: int = 0
    total_seconds: int = 0
    right: int = 10
    wrong: int = 0
    feedback: str = "each"
    topics: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    partial: bool = True
    box_counts: bool = True
    clock_in_feedback: bool = False
    shares: tuple[tuple[str, int], ...] = ()
    mix: bool = False
    draws: str = "questions"
    play: Play = Play()


@dataclass(frozen=True, slots=True)
class SituationPart:
    """Situations to handle aloud or in writing.

    Attributes:
        count: How many situations.
        think_s: Seconds to think, 0: the situation's own.
        speak_s: Seconds to speak, 0: the situation's own.
        points: Points of a full marking sheet.
        overtime: Points for each minute over the limit (0 or negative).
        overtime_minutes: Which minutes count: ``full`` ones, or those that were ``started``.
        overtime_grace_s: Seconds over the limit that cost nothing.
        groups: Only these groups; () means all.
        judges: How many judges mark, each on a sheet of their own (1 to 9).
        drop_extremes: Whether the highest and the lowest of five or more judges are left out.
        turns: Whether the people's replies (turns) are played after marking (alone only).
        ask_s: Seconds in which judges ask after the speech (several sides only), 0: they do not.
        packaged: Whether the situation belongs to the package of the part before it.
        spare: Situations drawn beyond those needed (several sides only).
    """

    count: int = 1
    think_s: int = 60
    speak_s: int = 180
    points: int = 100
    overtime: int = -1
    overtime_minutes: str = "full"
    overtime_grace_s: int = 0
    groups: tuple[str, ...] = ()
    judges: int = 1
    drop_extremes: bool = False
    turns: bool = True
    ask_s: int = 0
    packaged: bool = False
    spare: int = 2


Part = QuestionPart | SituationPart


DEFAULT_TIES = ("situation", "sudden-death", "judges")
TIE_NAMES = ("situation", "questions", "right", "time", "standing", "sudden-death", "judges", "lot")
"""How a tie may be broken: points for situations, for questions, right answers, time to right answers,
the longer on the floor; an extra question; the judges' word, a lot."""
DEFAULT_PRIZES = (("Nhất", 1), ("Nhì", 2), ("Ba", 3), ("Khuyến khích", 0))
"""Name -> how many, 0: all who are left."""


class PartPrize(NamedTuple):
    """A prize for the best of one kind of part: ``situation`` or ``questions``."""

    name: str
    of: str


class Rules(NamedTuple):
    """One preset; `name` is the file's stem.

    Attributes:
        group: Whether the rules are for several sides only; a player alone is not offered them.
        judges: Judges of each situation when several sides play, 0: the part's own number.
        ties: How ties are broken, in this order; of :data:`TIE_NAMES`.
        prizes: Name -> how many, from the first place down; 0: all who are left.
        part_prizes: Prizes beside those for the whole.
        tie_break: The questions that break ties, None: one is made by :func:`for_group`.
        own_title: What the rules are called where `title` is what an evening is called, "": the same.
        file: Where they were read from when they are not among the known ones, "": they are. Not recorded.
    """

    name: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    group: bool = False
    judges: int = 0
    ties: tuple[str, ...] = DEFAULT_TIES
    prizes: tuple[tuple[str, int], ...] = DEFAULT_PRIZES
    part_prizes: tuple[PartPrize, ...] = ()
    tie_break: QuestionPart | None = None
    own_title: str = ""
    file: str = ""

    @property
    def origin(self) -> str:
        """What reads them again: their file, or their name."""
        return self.file or self.name


TIE_PART = QuestionPart(
    count=5, kinds=("choice", "true-false"), seconds=15, right=0, play=Play("buzzers", reserve=0, tie=True)
)
"""The questions that break ties where the rules say nothing of them."""


def for_group(rules: Rules) -> Rules:
    """Return the rules as several sides play them: the questions that break ties are a last part.

    They are drawn with the rest and opened only when they are needed.
    """
    if any(isinstance(part, QuestionPart) and part.play.tie for part in rules.parts):
        return rules
    if "sudden-death" not in rules.ties:
        return rules
    part = rules.tie_break or TIE_PART
    part = replace(part, right=0, wrong=0, play=replace(part.play, mode="buzzers", tie=True, reserve=0))
    return rules._replace(parts=(*rules.parts, part), tie_break=None)


_NO_PLAY = Play()
_ADDED = {
    "play": _NO_PLAY,
    "ask_s": 0,
    "packaged": False,
    "spare": 2,
    "overtime_minutes": "full",
    "overtime_grace_s": 0,
}
"""Left out of the record while they say nothing, so that a solo round's record stays short."""
_GROUP_KEYS = ("group", "judges", "ties", "prizes", "part_prizes", "own_title")
_NO_RULES = Rules("", "", "", ())


def rules_to_data(rules: Rules) -> dict[str, Any]:
    """Return the rules as JSON-able data."""
    data: dict[str, Any] = {
        "name": rules.name,
        "title": rules.title,
        "summary": rules.summary,
        "parts": [_part_to_data(part) for part in rules.parts],
    }
    for key in _GROUP_KEYS:
        value = getattr(rules, key)
        if value != getattr(_NO_RULES, key):
            data[key] = _plain(value)
    if rules.tie_break is not None:
        data["tie_break"] = _part_to_data(rules.tie_break)
    return data


def _plain(value: Any) -> Any:
    """Return tuples as lists, at any depth."""
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _fixed(value: Any) -> Any:
    """Return lists as tuples, at any depth."""
    return tuple(_fixed(inner) for inner in value) if isinstance(value, list) else value


def _part_to_data(part: Part) -> dict[str, Any]:
    data: dict[str, Any] = {"type": "questions" if isinstance(part, QuestionPart) else "situation"}
    for key, value in asdict(part).items():
        if key not in _ADDED:
            data[key] = _plain(value)
        elif getattr(part, key) == _ADDED[key]:
            continue
        elif key == "play":
            data[key] = {
                name: _plain(each) for name, each in value.items() if each != getattr(_NO_PLAY, name)
            }
        else:
            data[key] = value
    return data


def rules_from_data(data: Mapping[str, Any]) -> Rules:
    """Build rules from what :func:`rules_to_data` made."""
    more: dict[str, Any] = {key: _fixed(data[key]) for key in _GROUP_KEYS if key in data}
    if "part_prizes" in more:
        more["part_prizes"] = tuple(PartPrize(*prize) for prize in more["part_prizes"])
    if "tie_break" in data:
        more["tie_break"] = _part_from_data(data["tie_break"])
    parts = tuple(_part_from_data(part) for part in data["parts"])
    return Rules(data["name"], data["title"], data["summary"], parts, **more)


def _part_from_data(part: Mapping[str, Any]) -> Part:
    values: dict[str, Any] = {key: _fixed(value) for key, value in part.items() if key != "type"}
    if "play" in values:
        values["play"] = Play(**{key: _fixed(value) for key, value in values["play"].items()})
    return QuestionPart(**values) if part["type"] == "questions" else SituationPart(**values)
