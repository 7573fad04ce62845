"""How long a contest of several sides takes, and rules fitted to an evening; pure arithmetic.

What rules do not say (reading aloud, walking on, judges' marking) is assumed: the constants below, in
seconds, at best and at worst.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from trainer.contest.explain import summary_of
from trainer.contest.rules import Part, QuestionPart, Rules, SituationPart

READ = (6, 20)
"""Reading a question with its options aloud."""
REVEAL = (4, 25)
"""Entering answers, the key, its source."""
TURN = (10, 45)
"""One side goes, the next comes, and draws."""
MARK = (20, 120)
"""Judges finish their sheets and show their points."""
SITUATION_READ = (20, 60)
OPENING = (60, 300)
"""Greeting before the first part, prizes after the last."""
ANSWER = 2
"""The quickest answer."""


class Duration(NamedTuple):
    """Seconds: at best, as it usually goes, at worst."""

    least_s: int
    usual_s: int
    most_s: int


def whole_minutes(seconds: float) -> int:
    """Return the minutes that are told, one at least: rounded in this one place, so that all agree."""
    return max(1, round(seconds / 60))


def duration(rules: Rules, sides: int) -> Duration:
    """Return how long a contest takes; questions that break ties are counted at worst only."""
    least, usual, most = float(OPENING[0]), float(sum(OPENING)) / 2, float(OPENING[1])
    for part in rules.parts:
        low, middle, high = _part(part, sides)
        least, usual, most = least + low, usual + middle, most + high
    return Duration(math.floor(least), math.ceil(usual), math.ceil(most))


def _part(part: Part, sides: int) -> tuple[float, float, float]:
    if isinstance(part, SituationPart):
        low, high = _situation(part)
        times = sides * part.count
        walk = (0, 0) if part.packaged else TURN
        low, high = low * times + walk[0] * sides, high * times + walk[1] * sides
        return low, (low + 2 * high) / 3, high
    low, high = _question(part)
    play = part.play
    if play.tie:
        return 0, 0, high * part.count
    if play.mode == "turns":
        times, walk = part.count * sides, TURN
        low, high = low * times + walk[0] * sides, high * times + walk[1] * sides
        return low, (low + high) / 2, high
    count = part.count + (part.count // play.audience_every if play.audience_every else 0)
    usual = (low + high) / 2 * count
    if play.eliminate:  # at best nobody is left after the first question
        return low, usual, high * (count + play.extra)
    return low * count, usual, high * count


def _question(part: QuestionPart) -> tuple[float, float]:
    play = part.play
    later = [seconds for _, seconds in play.later_seconds]
    limits = [*play.value_seconds, *later, *([] if play.value_seconds else [part.seconds or 60])]
    boards = play.raise_s if play.mode == "together" else 0
    steal = play.steal_s + play.answer_s if play.steal_s else 0
    buzz = play.answer_s if play.mode == "buzzers" else 0
    low = READ[0] + ANSWER + REVEAL[0]
    return low, READ[1] + max(limits) + boards + steal + buzz + REVEAL[1]


def _situation(part: SituationPart) -> tuple[float, float]:
    think, speak = part.think_s or 60, part.speak_s or 180
    low = SITUATION_READ[0] + think / 4 + speak / 4 + MARK[0]
    # At worst a minute of overtime: the facilitator ends it then.
    return low, SITUATION_READ[1] + think + speak + 60 + part.ask_s + MARK[1]


def fitted(rules: Rules, sides: int, minutes: int) -> Rules:
    """Return the rules with as many questions as usually fit into `minutes`, one at least a part.

    Situations and values keep their numbers: a side cannot have half a situation, and the choice of
    three questions is the game.
    """
    best = _scaled(rules, 0.0)
    low, high = 0.0, 8.0
    for _ in range(24):
        middle = (low + high) / 2
        tried = _scaled(rules, middle)
        if duration(tried, sides).usual_s <= minutes * 60:
            low, best = middle, tried
        else:
            high = middle
    return best


def _scaled(rules: Rules, factor: float) -> Rules:
    parts: list[Part] = []
    for part in rules.parts:
        if isinstance(part, QuestionPart) and not part.play.tie and not part.play.values:
            count = min(60, max(1, math.floor(part.count * factor)))
            parts.append(
                replace(part, count=count, play=replace(part.play, later_seconds=_later(part, count)))
            )
        else:
            parts.append(part)
    return _with_parts(rules, tuple(parts))


def _with_parts(rules: Rules, parts: tuple[Part, ...]) -> Rules:
    """Return the rules with these parts; what they say in a line must not contradict them."""
    if parts == rules.parts:
        return rules
    changed = rules._replace(parts=parts)
    return changed._replace(summary=summary_of(changed))


def with_counts(rules: Rules, counts: Mapping[int, int]) -> Rules:
    """Return the rules with other numbers of questions: part -> count."""
    parts: list[Part] = []
    for index, part in enumerate(rules.parts):
        count = counts.get(index, part.count)
        if isinstance(part, QuestionPart) and count != part.count:
            play = replace(part.play, later_seconds=_later(part, count))
            parts.append(replace(part, count=count, play=play))
        else:
            parts.append(part)
    return _with_parts(rules, tuple(parts))


def _later(part: QuestionPart, count: int) -> tuple[tuple[int, int], ...]:
    """Move the question from which the limit changes with the number of questions."""
    return tuple((max(1, start * count // part.count), seconds) for start, seconds in part.play.later_seconds)
