"""The bank doctor: questions that all attempts together speak against. Pure after one small read.

Every finding carries its interval (:mod:`trainer.history.intervals`, Wilson and Newcombe), since
with a few players most findings are chance; `sure` says whether the whole interval agrees.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.history.intervals import NAME, Interval, difference, wilson

Options = Callable[[str], tuple[Sequence[str], Sequence[str]] | None]
"""Question id -> (right options, distractors); None for kinds without, and for what the bank has lost."""

_LEAST_ASKED = 5
_MISSED = 0.25
_SURELY_MISSED = 0.4
_LEAST_PICKS = 20
_SURELY_DEAD = 0.1
_LEAST_EACH = 5
_HALF = 0.5


class Finding(NamedTuple):
    """One thing to look at.

    Attributes:
        kind: ``key`` (nearly all get it wrong: a wrong key?), ``distractor`` (nobody picks it),
            ``reversed`` (the strong miss it, the weak get it).
        band: Of the share right, of the share that picks the distractor, or of the difference
            strong minus weak.
        asked: Answers that it rests on.
        sure: Whether the whole interval speaks for it.
        sentence: For people, Vietnamese.
    """

    kind: str
    item: str
    band: Interval
    asked: int
    sure: bool
    sentence: str


class Seen(NamedTuple):
    """How one side answered one item."""

    side: str
    item: str
    asked: int
    right: int


def examine(connection: sqlite3.Connection, options: Options) -> list[Finding]:
    """Look at all attempts of all players; the surest findings first."""
    seen = [
        Seen(*row)
        for row in connection.execute(
            "SELECT side, item, asked, right FROM totals WHERE section = 'question' ORDER BY side, item"
        )
    ]
    picked: dict[str, Counter[str]] = defaultdict(Counter)
    for item, chosen, times in connection.execute(
        "SELECT item, chosen, sum(times) FROM picks GROUP BY item, chosen"
    ):
        picked[item][chosen] = times
    found = [*wrong_keys(seen, picked, options), *dead_distractors(picked, options), *reversed_items(seen)]
    return sorted(found, key=lambda one: (not one.sure, -one.asked, one.item, one.kind))


def wrong_keys(
    seen: Iterable[Seen], picked: Mapping[str, Mapping[str, int]], options: Options
) -> list[Finding]:
    """Find questions that nearly all get wrong."""
    sums: dict[str, list[int]] = {}
    for one in seen:
        kept = sums.setdefault(one.item, [0, 0])
        kept[0] += one.asked
        kept[1] += one.right
    found = []
    for item, (asked, right) in sums.items():
        if asked < _LEAST_ASKED or right / asked > _MISSED:
            continue
        band = wilson(right, asked)
        sentence = f"{asked} lượt mà chỉ {right} lượt đúng ({_band(band)}): đáp án có thể sai."
        rival = _rival(item, picked.get(item, {}), options)
        if rival is not None:
            sentence += f" Phần lớn chọn “{rival[0]}” ({rival[1]} lượt)."
        found.append(Finding("key", item, band, asked, band.high < _SURELY_MISSED, sentence))
    return found


def _rival(item: str, picks: Mapping[str, int], options: Options) -> tuple[str, int] | None:
    """Return the wrong option that more than half chose."""
    told = options(item)
    if told is None or not picks:
        return None
    right, distractors = told
    del right
    total = sum(picks.values())
    best = max(distractors, key=lambda text: picks.get(text, 0), default=None)
    if best is None or picks.get(best, 0) <= _HALF * total:
        return None
    return best, picks[best]


def dead_distractors(picked: Mapping[str, Mapping[str, int]], options: Options) -> list[Finding]:
    """Find distractors that nobody ever chose."""
    found = []
    for item, picks in sorted(picked.items()):
        told = options(item)
        total = sum(picks.values())
        if told is None or total < _LEAST_PICKS:
            continue
        for text in told[1]:
            if picks.get(text, 0):
                continue
            band = wilson(0, total)
            sentence = f"Không ai trong {total} lượt chọn “{text}” ({_band(band)}): phương án này không đánh lừa được ai."
            found.append(Finding("distractor", item, band, total, band.high < _SURELY_DEAD, sentence))
    return found


def reversed_items(seen: Sequence[Seen]) -> list[Finding]:
    """Find questions that the strong miss more often than the weak.

    A side's strength on a question is its share right on all *other* questions. Answers are split
    in two halves by it, as even as whole sides allow; sides of one strength stay together.
    """
    totals: dict[str, list[int]] = {}
    by_item: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        kept = totals.setdefault(one.side, [0, 0])
        kept[0] += one.asked
        kept[1] += one.right
        by_item[one.item].append(one)
    found = []
    for item, answers in by_item.items():
        ranked: dict[float, list[int]] = defaultdict(lambda: [0, 0])
        for one in answers:
            others = totals[one.side][0] - one.asked
            if others >= _LEAST_ASKED:
                strength = (totals[one.side][1] - one.right) / others
                ranked[strength][0] += one.asked
                ranked[strength][1] += one.right
        finding = _reversed(item, [(kept[0], kept[1]) for _, kept in sorted(ranked.items())])
        if finding is not None:
            found.append(finding)
    return found


def _reversed(item: str, weakest_first: list[tuple[int, int]]) -> Finding | None:
    total = sum(asked for asked, _ in weakest_first)
    cut, low = 0, 0
    while cut < len(weakest_first) and (low + weakest_first[cut][0]) * 2 <= total:
        low += weakest_first[cut][0]
        cut += 1
    weak, strong = weakest_first[:cut], weakest_first[cut:]
    asked_weak, right_weak = (sum(column) for column in zip(*weak, strict=True)) if weak else (0, 0)
    asked_strong, right_strong = (sum(column) for column in zip(*strong, strict=True)) if strong else (0, 0)
    if min(asked_weak, asked_strong) < _LEAST_EACH:
        return None
    gap = right_strong / asked_strong - right_weak / asked_weak
    if gap >= 0:
        return None
    band = difference(right_strong, asked_strong, right_weak, asked_weak)
    sentence = (
        f"Nhóm giỏi đúng {right_strong}/{asked_strong}, nhóm yếu đúng {right_weak}/{asked_weak} "
        f"(hiệu {gap:+.0%}, khoảng Newcombe 95 %: {band.low:+.0%} đến {band.high:+.0%}): "
        "câu hỏi hoặc đáp án có thể gây hiểu lầm."
    )
    return Finding("reversed", item, band, total, band.high < 0, sentence)


def _band(band: Interval) -> str:
    return f"{NAME}: {band.low:.0%} đến {band.high:.0%}"


def options_of(item: Mapping[str, Any]) -> tuple[Sequence[str], Sequence[str]] | None:
    """Return (right options, distractors) of a question's canonical dictionary, as picks name them."""
    from trainer.bank.model import OPTION_KINDS
    from trainer.history.outcomes import shown

    if item.get("kind") not in OPTION_KINDS:
        return None
    right = item["right"]
    return [shown(text) for text in item["options"][:right]], [
        shown(text) for text in item["options"][right:]
    ]
