"""The tables of :mod:`trainer.grading.evidence_words` by key, with marks or without."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from trainer.grading import evidence_words as words
from trainer.grading.words import bare, word


class Lexicon(NamedTuple):
    """The tables by key: the syllables of a term joined by spaces.

    Attributes:
        same: The lines of :data:`SYNONYMS` on which a term stands.
        near: The lines of :data:`RELATED` on which it stands.
        solid: The terms of :data:`COMPOUNDS`, which are never taken apart.
        longest: How many syllables the longest term has that starts with a syllable.
        weights: What a word or term counts where it is not 1; 0 for little words.
        denials: Keys of :data:`DENIALS`; so `stops`, `no_denial` and `ends`.
        manner: Words and terms of :data:`MANNER`.
        after_denials: Terms of :data:`AFTER_DENIALS`; `joins` the words before them.
        is_word: “là”, and `not_word` “phải”: “không ra được là nguy” denies no danger, “không phải
            là” does.
    """

    same: dict[str, frozenset[int]]
    near: dict[str, frozenset[int]]
    solid: frozenset[str]
    longest: dict[str, int]
    weights: dict[str, float]
    denials: frozenset[str]
    stops: frozenset[str]
    no_denial: frozenset[str]
    ends: frozenset[str]
    manner: frozenset[str]
    after_denials: frozenset[str]
    joins: frozenset[str]
    is_word: str
    not_word: str


def syllable_key(text: str, *, unmarked: bool) -> str:
    """Return what must be equal for the same syllable, without marks when `unmarked`."""
    key = word(text).key
    return bare(key) if unmarked else unicodedata.normalize("NFC", key)


def term_key(text: str, *, unmarked: bool) -> str:
    """Return the key of a term of one or more syllables."""
    return " ".join(syllable_key(part, unmarked=unmarked) for part in text.split())


def _terms(table: str) -> list[list[str]]:
    """Return the terms of each line: a line with “|” holds terms, any other holds words."""
    return [
        [part.strip() for part in line.split("|") if part.strip()] if "|" in line else line.split()
        for line in table.strip().splitlines()
    ]


@cache
def lexicon(*, unmarked: bool = False) -> Lexicon:
    """Return the tables with marks, or without for what was typed without; made at the first call."""

    def keys(table: str) -> frozenset[str]:
        return frozenset(term_key(term, unmarked=unmarked) for line in _terms(table) for term in line)

    def lines(table: str) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for number, line in enumerate(_terms(table)):
            for term in line:
                found.setdefault(term_key(term, unmarked=unmarked), set()).add(number)
        return {key: frozenset(numbers) for key, numbers in found.items()}

    same, near = lines(words.SYNONYMS), lines(words.RELATED)
    longest: dict[str, int] = {}
    for key in (*same, *near, *keys(words.COMPOUNDS), *keys(words.AFTER_DENIALS), *keys(words.MANNER)):
        first, length = key.split(" ", 1)[0], key.count(" ") + 1
        longest[first] = max(length, longest.get(first, 1))
    weights = dict.fromkeys(keys(words.COMMON), words.COMMON_WEIGHT) | dict.fromkeys(keys(words.LITTLE), 0.0)
    known = keys(words.COMPOUNDS) | keys(words.AFTER_DENIALS) | keys(words.MANNER) | same.keys() | near.keys()
    for key in known:
        if " " in key:
            weights.setdefault(key, words.COMPOUND_WEIGHT)
    return Lexicon(
        same=same,
        near=near,
        solid=keys(words.COMPOUNDS),
        longest=longest,
        weights=weights,
        denials=keys(words.DENIALS),
        stops=keys(words.STOPS),
        no_denial=keys(words.NO_DENIAL),
        ends=keys(words.ENDS),
        manner=keys(words.MANNER),
        after_denials=keys(words.AFTER_DENIALS),
        joins=keys("thì là"),
        is_word=term_key("là", unmarked=unmarked),
        not_word=term_key("phải", unmarked=unmarked),
    )
