"""Texts as lists of words, for comparing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

_WORD = re.compile(r"\w+")
Item = TypeVar("Item")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation; diacritics stay."""
    return _WORD.findall(text.casefold())


def runs(items: Sequence[Item], length: int) -> list[tuple[Item, ...]]:
    """Return every run of `length` neighbours."""
    return [tuple(items[at : at + length]) for at in range(len(items) - length + 1)]


def overlap(one: Iterable[Item], other: Iterable[Item]) -> float:
    """Return the share of common members of all members of both, 0 to 1."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left or right else 1.0


def distance(one: Sequence[str], other: Sequence[str], limit: int) -> int:
    """Return how many words must be changed, added or left out; `limit` + 1 when more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before = list(range(len(other) + 1))
    for row, word in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (word != against)))
        if min(now) > limit:
            return limit + 1
        before = now
    return min(before[-1], limit + 1)
