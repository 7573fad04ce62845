"""Grading a text recited from memory, word by word, by alignment and not by position.

One word left out does not make the rest wrong; the place where the thread broke is kept, so that
it comes back first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from trainer.grading import differences as d
from trainer.grading.differences import Pair, Piece
from trainer.grading.reading import Text, is_picture, read, scan
from trainer.grading.typed import SHARES
from trainer.grading.verdict import EMPTY, Verdict
from trainer.grading.words import Word

MAX_RECITED = 20_000
"""Characters of a recital that are looked at."""

_WORTH = (1.0, 1.0, SHARES["typo"], SHARES["tone"], SHARES["letter"], 0.5, 0.0)
_EXTRA = 0.5
"""How much of a word a word too many takes back."""


class RecitalVerdict(NamedTuple):
    """How a recital compares with its text.

    Attributes:
        code: ``right`` (every word, in order, marks or no marks at all), ``partial``, ``wrong``
            (no word of it) or ``empty``.
        share: Worth of the words said / (words of the text + half of the words too many). A word is
            worth its share in :data:`trainer.grading.typed.SHARES`: 1, a slip 0.75, a wrong tone or
            letter 0.5, another word 0.
        reason: One Vietnamese sentence.
        pieces: Both texts, aligned, word by word.
        first_break: Index of the word of the text before which the thread first broke (a word
            left out, another in its place, or one too many); the number of words when only
            words behind the end are too many; None when it did not break.
        missed: Indexes of the words that are left out or replaced.
        slips: Indexes of the words with a wrong tone, letter or key.
        words: How many words the text has. Word `i` stands at ``word_spans(text)[i]``.
    """

    code: str
    share: float
    reason: str
    pieces: tuple[Piece, ...]
    first_break: int | None
    missed: tuple[int, ...]
    slips: tuple[int, ...]
    words: int

    @property
    def verdict(self) -> Verdict:
        """The verdict as other question kinds give it."""
        return Verdict(self.code, self.share, self.reason)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text stands, as (start, end), as grading counts its words.

    The text must be in NFC and not hold ligatures or fractions such as ½, as the bank's texts.
    """
    found = scan(unicodedata.normalize("NFC", text))
    return [span for span, token in found if not is_picture(token.shown)] or [span for span, _ in found]


def grade_recital(response: str, text: str) -> RecitalVerdict:
    """Grade a recital of a text.

    Args:
        response: As typed, any Unicode form; without any mark it may be right too.
        text: What was to be recited.

    Raises:
        ValueError: The text has no word.
    """
    wanted = read(text, MAX_RECITED).words
    if not wanted:
        raise ValueError("nothing to recite")
    given = Text(response, MAX_RECITED)
    if not given.words:
        missed = tuple(range(len(wanted)))
        pieces = tuple(Piece("missing", "", token.shown) for token in wanted)
        return RecitalVerdict("empty", 0.0, EMPTY.reason, pieces, 0, missed, (), len(wanted))
    pairs = _same_numbers(given.words, wanted, d.align(given.words, wanted, unmarked=not given.marked))
    return _verdict(given.words, wanted, pairs)


def _verdict(
    given: Sequence[Word], wanted: Sequence[Word], pairs: Sequence[tuple[Pair, int]]
) -> RecitalVerdict:
    worth = sum(_WORTH[apart] for (i, j), apart in pairs if min(i, j) >= 0)
    extra = sum(j < 0 for (_, j), _ in pairs)
    missed = tuple(j for (_, j), apart in pairs if j >= 0 and apart >= d.NEAR)
    slips = tuple(j for (_, j), apart in pairs if j >= 0 and d.TYPO <= apart <= d.LETTER)
    share = worth / (len(wanted) + _EXTRA * extra)
    code = "right" if share == 1.0 else "partial" if share > 0.0 else "wrong"
    first = _first_break(pairs)
    reason = _reason(code, wanted, pairs, first, len(missed), len(slips), extra)
    pieces = _pieces(given, wanted, pairs)
    return RecitalVerdict(code, share, reason, pieces, first, missed, slips, len(wanted))


def _pieces(
    given: Sequence[Word], wanted: Sequence[Word], pairs: Sequence[tuple[Pair, int]]
) -> tuple[Piece, ...]:
    """Return the pieces; words that stand for one (“năm mươi” for 50) are shown together."""
    pieces = list(d.pieces(given, wanted, pairs))
    after = len(given)
    for at in range(len(pairs) - 1, -1, -1):
        i = pairs[at][0][0]
        if i < 0:
            continue
        if after - i > 1:
            pieces[at] = pieces[at]._replace(given=" ".join(token.shown for token in given[i:after]))
        after = i
    return tuple(pieces)


def _first_break(pairs: Sequence[tuple[Pair, int]]) -> int | None:
    after = 0
    for (_, j), apart in pairs:
        if apart >= d.NEAR:
            return after
        after = j + 1
    return None


def _same_numbers(
    given: Sequence[Word], wanted: Sequence[Word], pairs: list[tuple[Pair, int]]
) -> list[tuple[Pair, int]]:
    """Take “năm mươi” for 50, XIII for “mười ba”, HĐND for its words, where a gap is just that.

    The first words of such a gap are paired, the others are no slip and stand for nothing.
    """
    result: list[tuple[Pair, int]] = []
    gap: list[tuple[Pair, int]] = []
    for pair in [*pairs, ((-1, -1), d.SAME)]:
        if pair[1] == d.CHANGED:
            gap.append(pair)
            continue
        result += _settled(given, wanted, gap)
        gap = []
        result.append(pair)
    return result[:-1]


def _settled(
    given: Sequence[Word], wanted: Sequence[Word], gap: list[tuple[Pair, int]]
) -> list[tuple[Pair, int]]:
    left = [i for (i, _), _ in gap if i >= 0]
    right = [j for (_, j), _ in gap if j >= 0]
    if not left or not right or len(left) + len(right) > _MAX_GAP:
        return gap
    one = Text(" ".join(given[i].shown for i in left))
    two = Text(" ".join(wanted[j].shown for j in right))
    if one.spelled.isdisjoint(two.spelled):
        return gap
    return [((left[min(at, len(left) - 1)], j), d.SAME) for at, j in enumerate(right)]


_MAX_GAP = 24
"""Words of a gap within which numbers and abbreviations are looked for."""


def _reason(
    code: str,
    wanted: Sequence[Word],
    pairs: Sequence[tuple[Pair, int]],
    first: int | None,
    missed: int,
    slips: int,
    extra: int,
) -> str:
    total = len(wanted)
    if code == "right":
        return "Thuộc trọn vẹn, không sót chữ nào."
    if code == "wrong":
        return f"Chưa đúng chữ nào trong {total} chữ."
    parts = [f"Đúng {sum(apart <= d.UNMARKED_WORD for _, apart in pairs)}/{total} chữ"]
    for count, label in (
        (missed, "sót hoặc sai {} chữ"),
        (slips, "sai dấu hoặc gõ nhầm {} chữ"),
        (extra, "thừa {} chữ"),
    ):
        if count:
            parts.append(label.format(count))
    if first is not None:
        before = " ".join(token.shown for token in wanted[max(0, first - 3) : first])
        parts.append(f"vấp lần đầu sau “{before}”" if before else "vấp ngay từ chữ đầu")
    return "; ".join(parts) + "."
