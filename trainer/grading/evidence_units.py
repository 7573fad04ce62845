"""A text read into units: its syllables, its words and terms, and which of them are denied.

Synonyms and compounds come from :mod:`trainer.grading.evidence_lexicon`; what is heard of a rubric is
the work of :mod:`trainer.grading.evidence`. Pure, and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from trainer.grading.evidence_lexicon import Lexicon, lexicon, syllable_key
from trainer.grading.evidence_words import SHORT
from trainer.grading.words import bare, word

_TOKEN = re.compile(r"\d+/\d+|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_SENTENCE_ENDS = frozenset(".!?…;\n")
_NUMBERS = dict(
    zip(
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
        ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"],
        strict=True,
    )
)

_MAX_WORDS = 40_000
"""Words of an answer that are read; nobody speaks more in three minutes."""

_COMMA, _FULL_STOP, _PARAGRAPH = 1, 6, 100
"""By how many words a comma, the end of a sentence or of a paragraph parts what stands beside it."""

WHOLE = 2
"""Syllables up to which a term is one word; the parts of a longer one may be heard apart."""

_REACH = 8
"""Words after which a denial ends in a sentence without punctuation."""

_NONE: frozenset[int] = frozenset()


class Token(NamedTuple):
    """A syllable of a text: its key, its place in characters, on the line of words, its clause."""

    key: str
    start: int
    end: int
    at: int
    clause: int
    capital: bool
    unmarked: bool


class Unit(NamedTuple):
    """A word or term.

    Attributes:
        key: Its syllables; `bare` the same without marks.
        same: Its lines of synonyms; `near` of what is related.
        denied: −1 it is, 0 perhaps, 1 it is not.
        at: Its place on the line of words, where punctuation takes room too.
        first: Index of its first syllable; `last` of its last.
    """

    key: str
    bare: str
    same: frozenset[int]
    near: frozenset[int]
    weight: float
    denied: int
    at: int
    first: int
    last: int


def read_tokens(text: str) -> list[Token]:
    """Return the syllables of a text; a sentence without any mark is read without marks."""
    found: list[tuple[str, int, int, int, int, int]] = []
    end = at = clause = sentence = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        if found and not gap.isspace():
            if any(char in _SENTENCE_ENDS for char in gap):
                at += _PARAGRAPH if "\n" in gap else _FULL_STOP
                clause, sentence = clause + 1, sentence + 1
            elif gap:
                at, clause = at + _COMMA, clause + 1
        elif "\n" in gap and found:
            at += _PARAGRAPH if "\n\n" in gap else _FULL_STOP
            clause, sentence = clause + 1, sentence + 1
        for syllable in _written_out(match[0]):
            found.append((syllable, match.start(), match.end(), at, clause, sentence))
            at += 1
        end = match.end()
        if len(found) >= _MAX_WORDS:
            break
    marked, words = Counter[int](), Counter[int]()
    for syllable, *_, sentence in found:
        words[sentence] += 1
        marked[sentence] += word(syllable).marked
    plain = sum(marked.values()) * 10 < len(found)
    return [
        Token(
            syllable_key(syllable, unmarked=bool(unmarked)),
            start,
            end,
            at,
            clause,
            syllable[0].isupper(),
            bool(unmarked),
        )
        for syllable, start, end, at, clause, sentence in found
        for unmarked in [not marked[sentence] and (plain or words[sentence] > 4)]
    ]


def _written_out(shown: str) -> list[str]:
    text = SHORT.get(shown) or SHORT.get(shown.lower()) or _NUMBERS.get(shown.lstrip("0"))
    return text.split() if text else [shown]


def read_units(
    tokens: Sequence[Token], offset: int = 0, most: int = 0, *, nested: bool = False
) -> list[Unit]:
    """Join syllables into terms, longest first, and tell which are denied.

    Args:
        tokens: Syllables of a text, or of one term.
        offset: Index of the first of them in the text.
        most: Syllables of the longest term, 0 for any.
        nested: A term of three or more syllables (“vào từng nhà”) is followed by its parts.
    """
    units: list[Unit] = []
    here, until, state, clause, begun = 0, -1, 1, -1, False
    while here < len(tokens):
        token = tokens[here]
        lex = lexicon(unmarked=token.unmarked)
        if token.clause != clause:
            clause, state = token.clause, 1
        key, length = _longest(tokens, here, lex, most)
        weight = lex.weights.get(key, 1.0)
        if here > until:
            state = 1
        if here and key in lex.after_denials and tokens[here - 1].key in lex.joins:
            _doubt(units, tokens, offset + here, token.clause)
        if length == 1 and key in lex.ends and not begun:
            state = 1
        if length == 1 and state == -1 and key == lex.is_word and tokens[here - 1].key != lex.not_word:
            state = 0
        denied, begun = state, False
        if key in lex.denials:
            after = here + length
            following = tokens[after].key if after < len(tokens) else ""
            if following not in lex.no_denial:
                state, until = (1, -1) if state == -1 else (-1, here + _REACH)
            denied, begun = 1, True
        elif weight > 0:
            if state == -1:
                state = 0
            if length > 1 and token.key in lex.denials:
                state, until = 0, here + _REACH
            if key.split(" ", 1)[0] in lex.stops:
                state, until = 0, here + _REACH
        units.append(
            Unit(
                key,
                key if token.unmarked else bare_key(key),
                lex.same.get(key, _NONE),
                lex.near.get(key, _NONE),
                weight,
                denied,
                token.at,
                offset + here,
                offset + here + length - 1,
            )
        )
        long = length > WHOLE or (length > 1 and token.key in lex.denials)
        if nested and long and key not in lex.solid and key not in lex.denials:
            units += read_units(tokens[here : here + length], offset + here, length - 1)
        here += length
    return units


def _doubt(units: list[Unit], tokens: Sequence[Token], first: int, clause: int) -> None:
    """Make what stands before “thì không được” in its clause perhaps denied."""
    for at in range(len(units) - 1, -1, -1):
        if first - units[at].first > _REACH + 2 or tokens[units[at].first].clause != clause:
            break
        if units[at].denied == 1:
            units[at] = units[at]._replace(denied=0)


@lru_cache(maxsize=8192)
def bare_key(key: str) -> str:
    """Return a key without marks."""
    return bare(word(key).key) if " " not in key else " ".join(bare_key(part) for part in key.split(" "))


def _longest(tokens: Sequence[Token], at: int, lex: Lexicon, limit: int) -> tuple[str, int]:
    """Return the longest term that starts at an index, and its syllables; a lone syllable else."""
    first = tokens[at]
    most = lex.longest.get(first.key, 1)
    if most > 1:
        clause = [token.key for token in tokens[at : at + most] if token.clause == first.clause]
        for length in range(len(clause), 1, -1):
            key = " ".join(clause[:length])
            apart = limit and (length > limit or (first.key in lex.denials and key not in lex.denials))
            if key in lex.weights and (not apart or key in lex.solid):
                return key, length
    return first.key, 1
