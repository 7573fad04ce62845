"""From verdicts and marking sheets to points; pure arithmetic, each rule once."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from trainer.contest.rules import Part, QuestionPart, SituationPart
from trainer.contest.state import Sheet, State
from trainer.grading.verdict import Verdict


def question_points(verdict: Verdict, part: QuestionPart) -> int:
    """Return the points of a verdict: the share of `right` rounded down, `wrong` for none, or 0."""
    if verdict.code == "empty":
        return 0
    if verdict.share <= 0:
        return part.wrong
    # A share such as 0.29 * 100 must not fall to 28 by binary rounding.
    return math.floor(Fraction(verdict.share).limit_denominator(1000) * part.right)


def sheet_share(
    rubric: Iterable[Mapping[str, Any]], caps: Iterable[Mapping[str, Any]], sheet: Sheet
) -> float:
    """Return a sheet's share of the full points, hard stops applied; unmarked counts 0."""
    total = sum(
        Fraction(sheet.shares.get(index, 0.0)).limit_denominator(1000) * criterion["points"]
        for index, criterion in enumerate(rubric)
    )
    limits = [cap["at_most"] for index, cap in enumerate(caps) if index in sheet.caps]
    return float(min([total, *limits]) / 100)


def overtime_penalty(overtime_ms: int, part: SituationPart) -> int:
    """Return the points (0 or negative) for the minutes over the limit, as the rules count them."""
    over = max(0, overtime_ms - part.overtime_grace_s * 1000)
    started = part.overtime_minutes == "started"
    return part.overtime * ((over + 59_999 if started else over) // 60_000)


def counted_shares(shares: Collection[float], part: SituationPart) -> list[float]:
    """Return the judges' shares that count: of five or more without highest and lowest, by the rules."""
    ordered = sorted(shares)
    return ordered[1:-1] if part.drop_extremes and len(ordered) >= 5 else ordered


def situation_points(shares: Collection[float], part: SituationPart) -> tuple[float, int]:
    """Return the judges' mean share and its points, rounded to the nearest."""
    counted = counted_shares(shares, part)
    mean = sum(counted) / len(counted) if counted else 0.0
    return mean, math.floor(Fraction(mean).limit_denominator(10_000) * part.points + Fraction(1, 2))


def disputed_criteria(sheets: Collection[Sheet], rubric: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the criteria on which two judges differ by more than half of the points."""
    found = []
    for index, _ in enumerate(rubric):
        shares = [sheet.shares.get(index, 0.0) for sheet in sheets]
        if shares and max(shares) - min(shares) > 0.5:
            found.append(index)
    return found


def max_points(part: Part) -> int:
    """Return the most that one item of a part can earn."""
    return part.right if isinstance(part, QuestionPart) else part.points


def max_score(state: State) -> int:
    """Return the most that a side can score in the whole contest.

    Among several sides: by its own questions and situations, the star and all that it could steal.
    """
    if state.drill is None:
        return sum(max_points(state.rules.parts[planned.part]) for planned in state.plan)
    return sum(_most(part, len(state.sides)) for part in state.rules.parts)


def _most(part: Part, sides: int) -> int:
    best = max_points(part)
    if isinstance(part, QuestionPart):
        if part.play.tie:
            return 0
        best = max(part.play.values, default=best)
        others = sides - 1 if part.play.steal_s else 0
        return part.count * best * (1 + others) + (best if part.play.star else 0)
    return part.count * best
