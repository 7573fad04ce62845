"""A second scorer: reads the bare record, knows nothing of the engine, and counts everything at the end.

It shares no code with trainer.contest: rules are the dictionary of the first event, events are looked at
by name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any


def standing(events: Iterable[Any]) -> list[Any]:
    """Return the events that count: an Undone keeps so many of those before it."""
    kept: list[Any] = []
    for event in events:
        if type(event).__name__ == "Undone":
            kept = kept[: event.keep]
        kept.append(event)
    return kept


def scores(events: Iterable[Any]) -> dict[str, int]:
    """Return side -> points."""
    record = standing(events)
    opened = record[0]
    parts = opened.rules["parts"]
    answers: dict[tuple[str, int], dict[str, Any]] = {}
    owner: dict[int, str] = {}
    star: dict[int, str] = {}
    void: set[int] = set()
    speeches: dict[tuple[str, int], int] = {}
    sheets: dict[tuple[str, int], dict[str, dict[int, float]]] = {}
    caps: dict[tuple[str, int, str], set[int]] = {}
    scored: dict[tuple[str, int], int] = {}
    by_hand: list[tuple[int, str, int]] = []

    for event in record[1:]:
        kind = type(event).__name__
        key = (getattr(event, "side", ""), getattr(event, "position", -1))
        if kind == "Answered":
            first = answers[key]["first"] if key in answers else event.at
            answers[key] = {"share": event.share, "was": event.share, "code": event.code, "first": first}
        elif kind == "Overruled":
            answers[key]["share"] = event.share
            answers[key]["code"] = "overruled"
        elif kind == "OverruleUndone":
            answers[key]["share"] = answers[key]["was"]
        elif kind == "Assigned":
            owner.update(dict.fromkeys(event.positions, event.side))
        elif kind == "StarPlaced":
            star[event.position] = event.side
        elif kind in ("ItemSkipped", "ItemReplaced"):
            gone = event.position
            for kept in (answers, speeches, sheets, scored):
                for each in [each for each in kept if each[1] == gone]:
                    del kept[each]
            for mark in [mark for mark in caps if mark[1] == gone]:
                del caps[mark]
            void.add(gone)
            if kind == "ItemReplaced":
                if gone in owner:
                    owner[event.by] = owner[gone]
                taken = star.pop(gone, None)
                part = opened.plan[gone].part
                twice = any(
                    who == taken and at not in void and opened.plan[at].part == part
                    for at, who in star.items()
                )
                if taken is not None and not twice:
                    star[event.by] = taken
        elif kind == "Spoken":
            speeches[key] = event.overtime_ms
        elif kind == "Marked":
            sheets.setdefault(key, {}).setdefault(event.judge, {})[event.criterion] = event.share
        elif kind == "CapMarked":
            sheets.setdefault(key, {}).setdefault(event.judge, {})
            of_judge = caps.setdefault((*key, event.judge), set())
            (of_judge.add if event.happened else of_judge.discard)(event.cap)
        elif kind == "SheetsClosed":
            for (_, position), judges in sheets.items():
                if position == event.position:
                    for judge in [judge for judge in judges if judge not in event.judges]:
                        del judges[judge]
        elif kind == "Scored":
            scored[key] = event.at
        elif kind == "ScoreChanged":
            by_hand.append((event.at, event.side, event.points))

    came: dict[str, list[tuple[int, int]]] = {side.id: [] for side in opened.sides}
    for (side, position), given in answers.items():
        part = parts[opened.plan[position].part]
        others = [
            each["share"] for (who, where), each in answers.items() if where == position and who != side
        ]
        mine = owner.get(position)
        owners_share = answers[mine, position]["share"] if mine and (mine, position) in answers else 0
        points = question(
            part,
            opened.plan[position].value or part["right"],
            share=given["share"],
            empty=given["code"] == "empty",
            starred=star.get(position) == side,
            thief=part.get("play", {}).get("mode") == "turns" and mine is not None and mine != side,
            owner_right=owners_share >= 1,
            stolen=mine == side and any(share >= 1 for share in others),
        )
        came[side].append((given["first"], points))
    for (side, position), at in scored.items():
        planned = opened.plan[position]
        part = parts[planned.part]
        worth = speech(part, planned.item, sheets[side, position], caps, side, position)
        over = speeches.get((side, position), 0) - 1000 * part.get("overtime_grace_s", 0)
        minutes = over / 60_000 if over > 0 else 0
        counted = math.ceil(minutes) if part.get("overtime_minutes") == "started" else math.floor(minutes)
        came[side].append((at, worth + part["overtime"] * counted))
    for at, side, points in by_hand:
        came[side].append((at, points))
    return {side: running(each) for side, each in came.items()}


def running(came: list[tuple[int, int]]) -> int:
    total = 0
    for _, points in sorted(came, key=lambda each: each[0]):
        total = total + points if total + points > 0 else 0
    return total


def question(
    part: dict[str, Any],
    value: int,
    *,
    share: float,
    empty: bool,
    starred: bool,
    thief: bool,
    owner_right: bool,
    stolen: bool,
) -> int:
    play = part.get("play", {})
    if thief:
        if owner_right:
            return 0
        return value if share == 1 else -int(value * play.get("steal_loss", 50) / 100)
    if stolen and share < 1 and play.get("steal_takes", True):
        return -value
    if share == 0:
        if starred:
            return -value
        return 0 if empty else part["wrong"]
    points = int(Fraction(str(round(share, 6))) * value)
    return points + points if starred else points


def speech(
    part: dict[str, Any],
    item: dict[str, Any],
    sheets: dict[str, dict[int, float]],
    caps: dict[tuple[str, int, str], set[int]],
    side: str,
    position: int,
) -> int:
    totals = []
    for judge, shares in sheets.items():
        total = sum(
            Fraction(str(shares.get(index, 0))) * line["points"] for index, line in enumerate(item["rubric"])
        )
        for cap in caps.get((side, position, judge), ()):
            total = min(total, Fraction(item["caps"][cap]["at_most"]))
        totals.append(total)
    totals.sort()
    if part["drop_extremes"] and len(totals) > 4:
        totals = totals[1:-1]
    exact = sum(totals, Fraction(0)) / len(totals) * part["points"] / 100
    return int(exact + Fraction(1, 2))
