"""What a contest comes to, counted from what the script typed and from the rules' YAML alone.

Nothing of the program is imported here: the biên bản is compared with this count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from tests.program.hall_bank import CAP, CRITERIA

DEFAULT_TIES = ("judges",)


@dataclass
class Item:
    """A question or situation that was shown.

    Attributes:
        part: Index in the rules, -1: it only breaks ties or is for the audience.
        answers: Team -> right, wrong, None: nothing was given; in the order of judging.
        sheets: The digits of each judge's criteria.
        void: Skipped or replaced.
    """

    code: str
    part: int
    role: str = ""
    value: int = 0
    owner: str = ""
    star: bool = False
    void: bool = False
    answers: dict[str, bool | None] = field(default_factory=dict)
    sheets: list[tuple[int, ...]] = field(default_factory=list)
    capped: set[int] = field(default_factory=set)


@dataclass
class Log:
    """All that happened, in order: items, points by hand, and how the judges put level teams in order."""

    teams: list[str]
    items: list[Item] = field(default_factory=list)
    by_hand: list[tuple[int, str, int]] = field(default_factory=list)
    """(how many items had been shown, team, points)."""
    fell: dict[str, float] = field(default_factory=dict)
    """Team -> the number of the item at which it left the floor."""
    decided: list[list[str]] = field(default_factory=list)


@dataclass
class Count:
    """What the result sheet must say."""

    rows: dict[tuple[str, str], int]
    """(team, code of the item) -> points."""
    parts: dict[str, list[int]]
    by_hand: dict[str, int]
    total: dict[str, int]
    rank: dict[str, int]
    prize: dict[str, str]


def read_rules(path: Path) -> dict[str, Any]:
    """Return the rules as written."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return data


def points_of(item: Item, rules: Mapping[str, Any]) -> dict[str, int]:
    """Return team -> what it earned by one item."""
    if item.void or item.part < 0:
        return dict.fromkeys(item.answers, 0) if not item.void else {}
    part = rules["parts"][item.part]
    if part["type"] == "situation":
        return {item.owner: _situation(item, part)}
    worth = item.value or part["right"]
    earned: dict[str, int] = {}
    taken = any(right for team, right in item.answers.items() if item.owner and team != item.owner)
    for team, right in item.answers.items():
        if item.owner and team != item.owner:
            earned[team] = worth if right else -(worth * part.get("steal_loss", 0) // 100)
        elif right:
            earned[team] = worth * 2 if item.star else worth
        elif item.star or (taken and part.get("steal_takes")):
            earned[team] = -worth
        else:
            earned[team] = part.get("wrong", 0) if right is False else 0
    return earned


def sheet_total(sheet: Sequence[int], *, capped: bool) -> Fraction:
    """Return a sheet's points of 100: 0 to 4 quarters of each criterion, then the hard stop."""
    total = sum(
        (Fraction(digit, 4) * points for digit, (_, points) in zip(sheet, CRITERIA, strict=True)), Fraction(0)
    )
    return min(total, Fraction(CAP)) if capped else total


def _situation(item: Item, part: Mapping[str, Any]) -> int:
    totals = sorted(sheet_total(sheet, capped=at in item.capped) for at, sheet in enumerate(item.sheets))
    if part.get("drop_extremes") and len(totals) >= 5:
        totals = totals[1:-1]
    mean = sum(totals, Fraction(0)) / len(totals) / 100
    return math.floor(mean * int(part["points"]) + Fraction(1, 2))


def count(log: Log, rules: Mapping[str, Any], times: Mapping[str, int] | None = None) -> Count:
    """Count everything; `times`: team -> milliseconds of its right answers, where ties hang on them."""
    rows: dict[tuple[str, str], int] = {}
    parts = {team: [0] * len(rules["parts"]) for team in log.teams}
    came: dict[str, list[tuple[float, int]]] = {team: [] for team in log.teams}
    for at, item in enumerate(log.items):
        for team, points in points_of(item, rules).items():
            rows[team, item.code] = points
            came[team].append((at, points))
            if item.part >= 0:
                parts[team][item.part] += points
    for shown, team, points in log.by_hand:
        came[team].append((shown - 0.5, points))
    total = {}
    for team, each in came.items():
        now = 0
        for _, points in sorted(each, key=lambda pair: pair[0]):
            now = max(0, now + points)
        total[team] = now
    by_hand = {team: sum(points for _, who, points in log.by_hand if who == team) for team in log.teams}
    keys = {team: (total[team], *_tie_keys(log, rules, parts, team, times or {})) for team in log.teams}
    rank = {team: 1 + sum(other > keys[team] for other in keys.values()) for team in log.teams}
    prize = {team: _prize(rules["prizes"], rank[team]) for team in log.teams}
    return Count(rows, parts, by_hand, total, rank, prize)


def _tie_keys(
    log: Log,
    rules: Mapping[str, Any],
    parts: Mapping[str, list[int]],
    team: str,
    times: Mapping[str, int],
) -> list[Any]:
    found: list[Any] = []
    kinds = [part["type"] for part in rules["parts"]]
    for way in rules["ties"]:
        if way == "situation":
            found.append(
                sum(points for kind, points in zip(kinds, parts[team], strict=True) if kind == "situation")
            )
        elif way == "time":
            found.append(-times.get(team, 0))
        elif way == "standing":
            found.append(log.fell.get(team, math.inf))
        elif way == "sudden-death":
            found.append([bool(item.answers.get(team)) for item in log.items if item.role == "tie"])
        elif way == "judges":
            found.append([-order.index(team) if team in order else -99 for order in log.decided])
    return found


def _prize(prizes: Mapping[str, int], rank: int) -> str:
    last = 0
    for name, many in prizes.items():
        last += many
        if not many or rank <= last:
            return name
    return ""
