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

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trainer.grading import differences as d
from trainer.grading import reasons
from trainer.grading.differences import Piece
from trainer.grading.ladder import SHARES, Match, limit, quick, share_of, slow
from trainer.grading.reading import Text, read
from trainer.grading.verdict import EMPTY, LADDER, Verdict

__all__ = ["SHARES", "TypedVerdict", "grade_typed", "share_of", "with_shares"]

_RUNG = {code: rung for rung, code in enumerate(LADDER)}


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
                return _verdict("exact", given, Match("exact", 1.0, read(text)), shares)
        return TypedVerdict("empty", shares.get("empty", 0.0), EMPTY.reason, "", "", (), 0.0)
    best = _best([quick(given, read(text)) for text in accepted], shares)
    bad = _rejected(given, rejected, best)
    if bad is not None:
        return _verdict("rejected", given, bad, shares)
    if best is None or share_of(best.code, 1.0, shares) < 1.0:
        best = _nearest(given, [read(text) for text in accepted], best, shares)
    return _verdict(best.code, given, best, shares)


def _nearest(
    given: Text, accepted: Sequence[Text], quickly: Match | None, shares: Mapping[str, float]
) -> Match:
    """Return the best match by alignment, or `quickly`; the most promising texts are looked at first."""
    limits = [(limit(given, wanted, shares), -at) for at, wanted in enumerate(accepted)]
    found = [(share_of(quickly.code, 1.0, shares), -_RUNG[quickly.code], 1, quickly)] if quickly else []
    for most, at in sorted(limits, reverse=True):
        if found and (most == 0.0 or max(entry[0] for entry in found) > most):
            break
        match = slow(given, accepted[-at], shares)
        found.append((share_of(match.code, match.fraction, shares), -_RUNG[match.code], at, match))
    return max(found, key=lambda entry: entry[:3])[3]


def _best(matches: Sequence[Match | None], shares: Mapping[str, float]) -> Match | None:
    """Return the match with the highest share; among equals the first on the best rung."""
    found = [match for match in matches if match is not None]
    return max(
        found,
        key=lambda match: (share_of(match.code, match.fraction, shares), -_RUNG[match.code]),
        default=None,
    )


def _rejected(given: Text, rejected: Sequence[str], best: Match | None) -> Match | None:
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
                return Match("wrong", 0.0, bad)
    return None


def _verdict(code: str, given: Text, match: Match, shares: Mapping[str, float]) -> TypedVerdict:
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
