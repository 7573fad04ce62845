"""The rungs: on which one a response stands beside one accepted text, and what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from trainer.grading import differences as d
from trainer.grading.differences import Pair
from trainer.grading.reading import Text, is_and
from trainer.grading.words import Word

SHARES: Mapping[str, float] = {
    "exact": 1.0,
    "spelling": 1.0,
    "no-diacritics": 1.0,
    "tone": 0.5,
    "typo": 0.75,
    "letter": 0.5,
    "order": 0.5,
    "partial": 0.5,
    "wrong": 0.0,
    "empty": 0.0,
}
"""Share of the points for each code in practice; ``partial`` times the part that is right."""

MIN_PART = 0.25
"""Below this part of the words a response is wrong."""

_CODES = ("spelling", "no-diacritics", "typo", "tone", "letter")
_WORTH_OF_NEAR = 0.5
_WORDS_PER_TYPO = 6
_HEAVY = frozenset("%+=<>×÷±°/$€₫")
_ANDS = frozenset(("va",))


class Match(NamedTuple):
    """A response beside one accepted text; `pairs` is empty where no alignment was needed."""

    code: str
    fraction: float
    wanted: Text
    given_words: Sequence[Word] = ()
    wanted_words: Sequence[Word] = ()
    pairs: Sequence[tuple[Pair, int]] = ()


def share_of(code: str, fraction: float, shares: Mapping[str, float] = SHARES) -> float:
    """Return the share of a code; a code that `shares` does not name has its share of practice."""
    share = shares.get(code, SHARES[code])
    return share * fraction if code == "partial" else share


def quick(given: Text, wanted: Text) -> Match | None:
    """Return the match that needs no alignment: exact, spelling or no-diacritics."""
    if given.exact == wanted.exact and given.rest == wanted.rest:
        return Match("exact", 1.0, wanted)
    if not given.spelled.isdisjoint(wanted.spelled) or not given.listed.isdisjoint(wanted.listed - {""}):
        return Match("spelling", 1.0, wanted)
    if given.marked:
        return None
    if not given.unmarked.isdisjoint(wanted.unmarked) or not given.listed_unmarked.isdisjoint(
        wanted.listed_unmarked - {""}
    ):
        return Match("no-diacritics", 1.0, wanted)
    return None


def slow(given: Text, wanted: Text, shares: Mapping[str, float]) -> Match:
    """Return the match by alignment, of the reading that fits best."""
    worth = (*(share_of(code, 1.0, shares) for code in _CODES), _WORTH_OF_NEAR, 0.0)
    if len(given.readings) == len(wanted.readings) == 1:
        return _aligned(given.tokens, wanted.tokens, given, wanted, worth)
    matches = [
        _aligned(one, two, given, wanted, worth) for one, two in product(given.readings, wanted.readings)
    ]
    return max(matches, key=lambda match: (share_of(match.code, match.fraction, shares), match.fraction))


def limit(given: Text, wanted: Text, shares: Mapping[str, float]) -> float:
    """Return a share that :func:`slow` cannot pass; tells at a fiftieth of its cost what is hopeless.

    When more wanted words are missing than the response has words that are none (slips, keys, dates),
    only ``partial`` is left, by the words that are there.
    """
    if len(given.readings) != 1 or len(wanted.readings) != 1:
        return 1.0
    groups = given.groups
    missing = [token.weight for token in wanted.tokens if token.group not in groups and token.group != "va"]
    if len(missing) <= given.odd:
        return 1.0
    total = wanted.weight
    part = min(1.0, (total - sum(missing) + given.odd) / total)
    return share_of("partial", part, shares) if part >= MIN_PART else 0.0


def _aligned(
    one: Sequence[Word], two: Sequence[Word], given: Text, wanted: Text, worth: Sequence[float]
) -> Match:
    unmarked = not given.marked
    pairs = d.align(one, two, unmarked=unmarked)
    distances = [apart for _, apart in pairs]
    worst, typos = max(distances, default=d.CHANGED), distances.count(d.TYPO)
    fraction = _fraction(one, two, pairs, worth)
    if worst <= d.LETTER and typos <= -(-len(two) // _WORDS_PER_TYPO):
        code = _CODES[worst]
    elif _keys_only(given, wanted):
        code = "no-diacritics"
    elif _reordered(one, two, unmarked=unmarked):
        code = "order"
    else:
        code = "partial" if fraction >= MIN_PART else "wrong"
    return Match(code, fraction, wanted, one, two, pairs)


def _fraction(
    one: Sequence[Word], two: Sequence[Word], pairs: Sequence[tuple[Pair, int]], worth: Sequence[float]
) -> float:
    """Return the part of the wanted words that is right, less what is wrong.

    `worth` is what a word of each distance counts: its rung's share, half for `differences.NEAR`.
    A little word (của, là, …) weighs a quarter. A word in another's place takes back one and a half
    times its weight, another number thrice, so “công nhân” is no half of “công bộc” and “hai tiếng” none of
    “một tiếng”; a word too many takes three fifths, a number or a sign too many twice its weight: “90
    hoặc 60 ngày” hedges.
    """
    right = lost = 0.0
    for (i, j), apart in pairs:
        if j < 0:
            lost += 2.0 if _is_heavy(one[i]) else 0.6 * one[i].weight
        elif i >= 0:
            right += worth[apart] * two[j].weight
            if apart == d.CHANGED:
                lost += 3.0 if _is_heavy(two[j]) else 1.5 * one[i].weight
    total = sum([token.weight for token in two])
    return min(1.0, max(0.0, right - lost) / total) if total else 0.0


def _is_heavy(token: Word) -> bool:
    return token.canon[:1].isdigit() or token.canon in _HEAVY


def _keys_only(given: Text, wanted: Text) -> bool:
    """Tell whether each word, as it stands, is the wanted one or its keys (numbers in words too)."""
    return len(given.words) == len(wanted.words) and all(
        d.distance(one, two, unmarked=not given.marked) <= d.UNMARKED_WORD
        for one, two in zip(given.words, wanted.words, strict=True)
    )


def _reordered(one: Sequence[Word], two: Sequence[Word], *, unmarked: bool) -> bool:
    """Tell whether the same words stand in another order; “và” between them does not count."""
    if (
        len(two) < 2
        or {token.group for token in one}.symmetric_difference(token.group for token in two) - _ANDS
    ):
        return False
    counts = [
        Counter(token.bare if unmarked else token.canon for token in tokens if not is_and(token))
        for tokens in (one, two)
    ]
    return counts[0] == counts[1] and len(counts[0]) > 1
