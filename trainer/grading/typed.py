"""The judge of typed Vietnamese: which rung of the ladder, what share, and why.

======================  =======  ==============================================================
code                    share    the response
======================  =======  ==============================================================
``exact``               1        is the accepted text
``spelling``            1        differs in case, punctuation, spaces, hyphens, i/y, tone placement,
                                 “và” in a list, numbers in words or digits, Roman numerals, forms
                                 of a date, abbreviations
``no-diacritics``       1        has the letters but no mark at all, or keys of Telex or VNI
``typo``                0.75     has one slip in a word of five letters or more that makes no other
                                 syllable (one such word in six)
``tone``                0.5      has another tone mark on a word: another word
``letter``              0.5      has another vowel of the same base (a ă â) or d for đ, or misses
                                 marks where the rest has them
``order``               0.5      has all the words, in another order
``partial``             < 0.5    has some of the words: half of the part that is right
``wrong``               0        has not, or stands in the list of rejected texts
``empty``               0        has no word
======================  =======  ==============================================================

Why these: the first three show that the player knows the words. A slip of the finger costs little.
A wrong tone is an answer that is nearly right and reads as another word, so half; a player who
knows half of the words must not earn more than one who knows all and slipped. Rules map codes to
shares of their own (`with_shares`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from trainer.grading import differences as d
from trainer.grading import reasons
from trainer.grading.differences import Pair, Piece
from trainer.grading.reading import Text, is_and, read
from trainer.grading.verdict import EMPTY, LADDER, Verdict
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
_WORTH = (1.0, 1.0, 0.75, 0.5, 0.5, 0.5, 0.0)
_RUNG = {code: rung for rung, code in enumerate(LADDER)}
_WORDS_PER_TYPO = 6
_HEAVY = frozenset("%+=<>×÷±°/$€₫")
_ANDS = frozenset(("va",))


class TypedVerdict(NamedTuple):
    """How a typed response compares with the accepted text nearest to it.

    Attributes:
        code: A rung of :data:`trainer.grading.verdict.LADDER`.
        share: Share of the points, 0 to 1.
        reason: One Vietnamese sentence that names the words.
        normalized: The response in its normal spelling.
        matched: The accepted (or rejected) text it was compared with, "" when empty.
        difference: Word by word; () when empty.
        fraction: Part of the wanted words that is right, 0 to 1, weighed: what ``partial`` earns.
    """

    code: str
    share: float
    reason: str
    normalized: str
    matched: str
    difference: tuple[Piece, ...]
    fraction: float

    @property
    def verdict(self) -> Verdict:
        """The verdict as other question kinds give it."""
        return Verdict(self.code, self.share, self.reason)


class _Match(NamedTuple):
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


def with_shares(verdict: TypedVerdict, shares: Mapping[str, float]) -> TypedVerdict:
    """Return the verdict with the share that `shares` gives its code."""
    return verdict._replace(share=share_of(verdict.code, verdict.fraction, shares))


def grade_typed(
    response: str,
    accepted: Sequence[str],
    rejected: Sequence[str] = (),
    *,
    shares: Mapping[str, float] = SHARES,
) -> TypedVerdict:
    """Judge a typed response.

    Args:
        response: As typed, any Unicode form, any length (2,000 characters are looked at).
        accepted: Texts that are right, at least one.
        rejected: Texts that are wrong though they are near: one that the response spells, or
            whose letters it has, makes it ``wrong`` unless an accepted text fits as well.
        shares: Share of each code, by which the best accepted text is chosen too.

    Raises:
        ValueError: Nothing is accepted.
    """
    if not accepted:
        raise ValueError("no accepted text")
    given = Text(response)
    if not given.words:
        for text in accepted:
            if given.exact and given.exact == read(text).exact:
                return _verdict("exact", given, _Match("exact", 1.0, read(text)), shares)
        return TypedVerdict("empty", shares.get("empty", 0.0), EMPTY.reason, "", "", (), 0.0)
    best = _best([_quick(given, read(text)) for text in accepted], shares)
    bad = _rejected(given, rejected, best)
    if bad is not None:
        return _verdict("rejected", given, bad, shares)
    if best is None or share_of(best.code, 1.0, shares) < 1.0:
        best = _best([best, *(_slow(given, read(text)) for text in accepted)], shares)
        assert best is not None  # noqa: S101 - at least one text is accepted
    return _verdict(best.code, given, best, shares)


def _best(matches: Sequence[_Match | None], shares: Mapping[str, float]) -> _Match | None:
    """Return the match with the highest share; among equals the first on the best rung."""
    found = [match for match in matches if match is not None]
    return max(
        found,
        key=lambda match: (share_of(match.code, match.fraction, shares), -_RUNG[match.code]),
        default=None,
    )


def _quick(given: Text, wanted: Text) -> _Match | None:
    """Return the match that needs no alignment: exact, spelling or no-diacritics."""
    if given.exact == wanted.exact and given.rest == wanted.rest:
        return _Match("exact", 1.0, wanted)
    if not given.spelled.isdisjoint(wanted.spelled) or not given.listed.isdisjoint(wanted.listed - {""}):
        return _Match("spelling", 1.0, wanted)
    if given.marked:
        return None
    if not given.unmarked.isdisjoint(wanted.unmarked) or not given.listed_unmarked.isdisjoint(
        wanted.listed_unmarked - {""}
    ):
        return _Match("no-diacritics", 1.0, wanted)
    return None


def _rejected(given: Text, rejected: Sequence[str], best: _Match | None) -> _Match | None:
    """Return the rejected text that the response is, unless an accepted one fits as well."""
    for loose in (False, True):
        if best is not None and (loose or best.code in ("exact", "spelling")):
            return None
        for text in rejected:
            bad = read(text)
            if loose:
                hit = not given.marked and not given.unmarked.isdisjoint(bad.unmarked)
            else:
                hit = not given.spelled.isdisjoint(bad.spelled)
            if hit and bad.words:
                return _Match("wrong", 0.0, bad)
    return None


def _slow(given: Text, wanted: Text) -> _Match:
    """Return the match by alignment, of the reading that fits best."""
    if len(given.readings) == len(wanted.readings) == 1:
        return _aligned(given.tokens, wanted.tokens, given, wanted)
    matches = [_aligned(one, two, given, wanted) for one, two in product(given.readings, wanted.readings)]
    return max(matches, key=lambda match: (share_of(match.code, match.fraction), match.fraction))


def _aligned(one: Sequence[Word], two: Sequence[Word], given: Text, wanted: Text) -> _Match:
    unmarked = not given.marked
    pairs = d.align(one, two, unmarked=unmarked)
    worst = max((apart for _, apart in pairs), default=d.CHANGED)
    typos = sum(apart == d.TYPO for _, apart in pairs)
    fraction = _fraction(one, two, pairs)
    if worst <= d.LETTER and typos <= -(-len(two) // _WORDS_PER_TYPO):
        code = _CODES[worst]
    elif _keys_only(given, wanted):
        code = "no-diacritics"
    elif _reordered(one, two, unmarked=unmarked):
        code = "order"
    else:
        code = "partial" if fraction >= MIN_PART else "wrong"
    return _Match(code, fraction, wanted, one, two, pairs)


def _fraction(one: Sequence[Word], two: Sequence[Word], pairs: Sequence[tuple[Pair, int]]) -> float:
    """Return the part of the wanted words that is right, less what is wrong.

    A little word (của, là, …) weighs a quarter. A word in another's place takes back its weight, so
    “công nhân” is no half of “công bộc”; a word too many three fifths of its weight, a number or a
    sign too many twice: “90 hoặc 60 ngày” hedges.
    """
    right = lost = 0.0
    for (i, j), apart in pairs:
        if j < 0:
            token = one[i]
            heavy = token.canon[:1].isdigit() or token.canon in _HEAVY
            lost += 2.0 if heavy else 0.6 * token.weight
        elif i >= 0:
            right += _WORTH[apart] * two[j].weight
            if apart == d.CHANGED:
                lost += one[i].weight
    total = sum(token.weight for token in two)
    return min(1.0, max(0.0, right - lost) / total) if total else 0.0


def _keys_only(given: Text, wanted: Text) -> bool:
    """Tell whether each word, as it stands, is the wanted one or its keys (numbers in words too)."""
    return len(given.words) == len(wanted.words) and all(
        d.distance(one, two, unmarked=True) <= d.UNMARKED_WORD
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


def _verdict(code: str, given: Text, match: _Match, shares: Mapping[str, float]) -> TypedVerdict:
    pairs, one, two = match.pairs, match.given_words, match.wanted_words
    if not pairs:
        one, two = given.tokens, match.wanted.tokens
        pairs = d.align(one, two, unmarked=not given.marked)
    difference = d.pieces(one, two, pairs)
    reason = reasons.sentence(code, given.shown, match.wanted.shown, difference, one, two, pairs)
    final = "wrong" if code == "rejected" else code
    return TypedVerdict(
        final,
        share_of(final, match.fraction, shares),
        reason,
        given.normalized,
        match.wanted.shown,
        difference,
        match.fraction,
    )
