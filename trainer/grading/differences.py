"""Which word stands for which, and how far apart two words are.

Words are aligned by a longest common subsequence over their letters without marks, in the
bit-parallel form of Hyyrö (2004): a row is one integer, 120 words against 120 take 0.1 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.grading.leftovers import are_keys_of
from trainer.grading.numbers import is_number
from trainer.grading.syllables import is_unmarked_syllable
from trainer.grading.words import Word

SAME, UNMARKED_WORD, TYPO, TONE, LETTER, NEAR, CHANGED = range(7)
"""How far a given word is from the wanted one, nearest first.

``UNMARKED_WORD``: all its marks are missing, or are there as keys. ``NEAR``: no word of its own but
most of the wanted one (kếtt for kết), or a date that says less than the wanted one.
"""

MIN_TYPO_LETTERS = 5
_NEAR = 3
"""How many places before and behind a nearly equal word is looked for where the numbers of words differ."""

Pair = tuple[int, int]
"""Index in the given words and in the wanted words, -1: none."""


class Piece(NamedTuple):
    """One word of the difference shown on screen.

    Attributes:
        kind: ``same``, ``changed``, ``missing`` or ``extra``.
        given: As typed, "" when missing.
        wanted: As in the key, "" when extra.
    """

    kind: str
    given: str
    wanted: str


def distance(given: Word, wanted: Word, *, unmarked: bool) -> int:
    """Return how far a word is from the wanted one.

    Args:
        given: A word of the response.
        wanted: A word of the key.
        unmarked: The whole response was typed without marks, so missing ones are no slip.
    """
    if given.canon == wanted.canon or given.key == wanted.key:
        return SAME
    if given.bare == wanted.bare:
        return _by_marks(given, wanted, unmarked=unmarked)
    if not given.odd:
        return CHANGED  # another word, as most are
    if "/" in wanted.canon or "/" in given.canon:
        return NEAR if _is_part_of_date(given.canon, wanted.canon) else CHANGED
    if len(given.bare) + 1 >= len(wanted.bare):
        if are_keys_of(given, wanted):
            return UNMARKED_WORD
        if not given.marked and is_unmarked_syllable(given.bare):
            return CHANGED  # boong: odd only because oo may be a key
        if _is_typo(given, wanted, unmarked=unmarked):
            return TYPO
    return NEAR if _resembles(given.bare, wanted.bare) and given.key[:1].isalpha() else CHANGED


def _by_marks(given: Word, wanted: Word, *, unmarked: bool) -> int:
    if unmarked and not given.marked:
        return UNMARKED_WORD
    if given.letters == wanted.letters:
        return TONE
    if are_keys_of(given, wanted):
        return UNMARKED_WORD
    return TYPO if given.marked and _is_typo(given, wanted, unmarked=False) else LETTER


def _is_typo(given: Word, wanted: Word, *, unmarked: bool) -> bool:
    """One slip in a long word that makes no other syllable; digits never slip."""
    if len(wanted.letters) < MIN_TYPO_LETTERS or not given.key[:1].isalpha() or not wanted.key[:1].isalpha():
        return False
    if not given.odd:
        return False
    if unmarked:
        slipped = one_slip(given.bare, wanted.bare)
    else:
        slipped = given.tone == wanted.tone and one_slip(given.letters, wanted.letters)
    return slipped


def one_slip(one: str, two: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours parts two strings."""
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    if len(long) - len(short) > 1 or one == two:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    rest = start + 1
    if short[rest:] == long[rest:]:
        return True
    swapped = short[start : rest + 1] == long[start : rest + 1][::-1]
    return swapped and short[rest + 1 :] == long[rest + 1 :]


def _resembles(given: str, wanted: str) -> bool:
    """Tell whether all letters of a word but one stand at its beginning and its end."""
    common = min(len(given), len(wanted))
    start = 0
    while start < common and given[start] == wanted[start]:
        start += 1
    end = 0
    while end < common - start and given[-1 - end] == wanted[-1 - end]:
        end += 1
    return start + end >= max(2, len(wanted) - 1) and len(given) <= len(wanted) + 2


def _is_part_of_date(given: str, wanted: str) -> bool:
    """Tell whether a date says less than the wanted one and nothing else: 15/10, 10/1949, 1949."""
    parts, said = wanted.split("/"), given.split("/")
    if len(said) >= len(parts) or not all(map(is_number, parts)):
        return False
    return said == parts[: len(said)] or said == parts[-len(said) :]


def align(given: Sequence[Word], wanted: Sequence[Word], *, unmarked: bool) -> list[tuple[Pair, int]]:
    """Pair the words of a response with those of the key, in order.

    Returns:
        Each pair with its distance; words without a partner have -1 and ``CHANGED``. Among
        equally good alignments the words of the common beginning stay together.
    """
    one, two = [token.group for token in given], [token.group for token in wanted]
    pairs: list[tuple[Pair, int]] = []
    at = (0, 0)
    for i, j in (*_common(one, two), (len(one), len(two))):
        if i > at[0] or j > at[1]:
            pairs += _gap(given, wanted, range(at[0], i), range(at[1], j), unmarked=unmarked)
        if i < len(one):
            same = given[i].canon == wanted[j].canon
            pairs.append(((i, j), SAME if same else distance(given[i], wanted[j], unmarked=unmarked)))
        at = (i + 1, j + 1)
    return pairs


def _common(one: Sequence[str], two: Sequence[str]) -> list[Pair]:
    """Return the index pairs of a longest common subsequence, ascending."""
    first = 0
    while first < len(one) and first < len(two) and one[first] == two[first]:
        first += 1
    last = 0
    while last < min(len(one), len(two)) - first and one[-1 - last] == two[-1 - last]:
        last += 1
    head = [(at, at) for at in range(first)]
    tail = [(len(one) - at, len(two) - at) for at in range(last, 0, -1)]
    if first + last in (len(one), len(two)):
        return head + tail
    inner = _subsequence(one[first : len(one) - last], two[first : len(two) - last])
    return head + [(i + first, j + first) for i, j in inner] + tail


def _subsequence(one: Sequence[str], two: Sequence[str]) -> list[Pair]:
    """Return a longest common subsequence; reversed texts, so that the early pairs are preferred."""
    columns, rows_count = len(two), len(one)
    masks: dict[str, int] = {}
    for at, key in enumerate(reversed(two)):
        masks[key] = masks.get(key, 0) | (1 << at)
    full = (1 << columns) - 1
    row = full
    rows = [row]
    for key in reversed(one):
        hits = row & masks.get(key, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs = []
    i, j = rows_count, columns
    while i and j:
        bit = 1 << (j - 1)
        if rows[i] & bit:
            j -= 1
        elif not rows[i - 1] & bit:
            i -= 1
        else:
            pairs.append((rows_count - i, columns - j))
            i, j = i - 1, j - 1
    return pairs


def _gap(
    given: Sequence[Word], wanted: Sequence[Word], left: range, right: range, *, unmarked: bool
) -> list[tuple[Pair, int]]:
    """Pair what stands between two common words: nearly equal words first, the rest in order."""
    if not left:
        return [((-1, j), CHANGED) for j in right]
    if not right:
        return [((i, -1), CHANGED) for i in left]
    if not any(given[i].odd for i in left):
        return _in_order(left, right)
    if len(left) == len(right):
        return [
            ((i, j), distance(given[i], wanted[j], unmarked=unmarked))
            for i, j in zip(left, right, strict=True)
        ]
    pairs: list[tuple[Pair, int]] = []
    first, then = left.start, right.start
    for i in left:
        if not given[i].odd:
            continue
        beside = then + i - first
        for j in range(max(then, beside - _NEAR), min(right.stop, beside + _NEAR + 1)):
            apart = distance(given[i], wanted[j], unmarked=unmarked)
            if apart < CHANGED:
                pairs += _in_order(range(first, i), range(then, j))
                pairs.append(((i, j), apart))
                first, then = i + 1, j + 1
                break
    return pairs + _in_order(range(first, left.stop), range(then, right.stop))


def _in_order(left: range, right: range) -> list[tuple[Pair, int]]:
    both = min(len(left), len(right))
    pairs = [((left[at], right[at]), CHANGED) for at in range(both)]
    pairs += [((i, -1), CHANGED) for i in left[both:]]
    return pairs + [((-1, j), CHANGED) for j in right[both:]]


def pieces(
    given: Sequence[Word], wanted: Sequence[Word], pairs: Sequence[tuple[Pair, int]]
) -> tuple[Piece, ...]:
    """Return an alignment as pieces to show."""
    return tuple(
        Piece("extra", given[i].shown, "")
        if j < 0
        else Piece("missing", "", wanted[j].shown)
        if i < 0
        else Piece("same" if apart == SAME else "changed", given[i].shown, wanted[j].shown)
        for (i, j), apart in pairs
    )
