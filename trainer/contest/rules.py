"""Rules as data: what is asked, how long, how it is scored.

Rules are plain data again in the contest's first event, so that an old contest keeps the rules
it was played by. Reading them from files is the work of :mod:`trainer.contest.rule_files`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple


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


@dataclass(frozen=True, slots=True)
class SituationPart:
    """Situations to handle aloud or in writing.

    Attributes:
        count: How many situations.
        think_s: Seconds to think, 0: the situation's own.
        speak_s: Seconds to speak, 0: the situation's own.
        points: Points of a full marking sheet.
        overtime: Points for each full minute over the limit (0 or negative).
        groups: Only these groups; () means all.
        judges: How many judges mark, each on a sheet of their own (1 to 9).
        drop_extremes: Whether the highest and the lowest of five or more judges are left out.
        turns: Whether the people's replies (turns) are played after marking.
    """

    count: int = 1
    think_s: int = 60
    speak_s: int = 180
    points: int = 100
    overtime: int = -1
    groups: tuple[str, ...] = ()
    judges: int = 1
    drop_extremes: bool = False
    turns: bool = True


Part = QuestionPart | SituationPart


class Rules(NamedTuple):
    """One preset; `name` is the file's stem."""

    name: str
    title: str
    summary: str
    parts: tuple[Part, ...]


def rules_to_data(rules: Rules) -> dict[str, Any]:
    """Return the rules as JSON-able data."""
    parts = []
    for part in rules.parts:
        data: dict[str, Any] = {"type": "questions" if isinstance(part, QuestionPart) else "situation"}
        for key, value in asdict(part).items():
            data[key] = list(value) if isinstance(value, tuple) else value
        parts.append(data)
    return {"name": rules.name, "title": rules.title, "summary": rules.summary, "parts": parts}


def rules_from_data(data: Mapping[str, Any]) -> Rules:
    """Build rules from what :func:`rules_to_data` made."""
    parts: list[Part] = []
    for part in data["parts"]:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in part.items()
            if key != "type"
        }
        if "shares" in values:
            values["shares"] = tuple((code, percent) for code, percent in values["shares"])
        parts.append(QuestionPart(**values) if part["type"] == "questions" else SituationPart(**values))
    return Rules(data["name"], data["title"], data["summary"], tuple(parts))
