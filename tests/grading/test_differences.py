"""How far two words are apart, and which stands for which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.grading import differences as d
from trainer.grading.words import Word, literal, word


@pytest.mark.parametrize(
    ("one", "two", "slip"),
    [
        ("trường", "trườngg", True),
        ("trường", "trườn", True),
        ("trường", "rường", True),
        ("trường", "tường", True),
        ("trường", "truờng", True),
        ("trường", "trườgn", True),
        ("trường", "rtường", True),
        ("trường", "trường", False),
        ("trường", "trưởng", True),
        ("trường", "trườ", False),
        ("trường", "rườngt", False),
        ("trường", "truờn", False),
        ("trường", "sườngt", False),
        ("abcd", "badc", False),
        ("", "a", True),
        ("", "", False),
        ("", "ab", False),
    ],
)
def test_one_slip(one: str, two: str, slip: bool) -> None:
    assert d.one_slip(one, two) is slip
    assert d.one_slip(two, one) is slip


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_slip_is_what_it_says(one: str, two: str) -> None:
    places = range(len(one) + 1)
    near = {one[:at] + letter + one[at:] for at in places for letter in "ab"}
    near |= {one[:at] + one[at + 1 :] for at in places}
    near |= {one[:at] + letter + one[at + 1 :] for at in range(len(one)) for letter in "ab"}
    near |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    assert d.one_slip(one, two) == (two in near and two != one)


@pytest.mark.parametrize(
    ("typed", "wanted", "unmarked", "apart"),
    [
        ("hoà", "hòa", False, d.SAME),
        ("ket", "kết", True, d.UNMARKED_WORD),
        ("ket", "kết", False, d.LETTER),
        ("keets", "kết", False, d.UNMARKED_WORD),
        ("kêt", "kết", False, d.TONE),
        ("két", "kết", False, d.LETTER),
        ("truờng", "trường", False, d.TYPO),
        ("kếtt", "kết", False, d.NEAR),
        ("kế", "kết", False, d.CHANGED),
        ("boong", "buông", True, d.CHANGED),
        ("buoong", "buông", True, d.UNMARKED_WORD),
    ],
)
def test_distance(typed: str, wanted: str, unmarked: bool, apart: int) -> None:
    assert d.distance(word(typed), word(wanted), unmarked=unmarked) == apart


@pytest.mark.parametrize(
    ("typed", "wanted", "apart"),
    [
        ("15/10", "15/10/1949", d.NEAR),
        ("10/1949", "15/10/1949", d.NEAR),
        ("1949", "15/10/1949", d.NEAR),
        ("15/1949", "15/10/1949", d.CHANGED),
        ("15/10/1949", "15/10", d.CHANGED),
        ("16/10", "15/10/1949", d.CHANGED),
        ("1948", "1949", d.CHANGED),
    ],
)
def test_distance_of_numbers(typed: str, wanted: str, apart: int) -> None:
    assert d.distance(literal(typed, typed), literal(wanted, wanted), unmarked=False) == apart


WORDS = [word(text) for text in ("dân", "vận", "khéo", "biết", "bàn", "nghieepj", "truờng")]
letters = st.lists(st.sampled_from(WORDS), max_size=9)


@given(letters, letters)
def test_an_alignment_names_every_word_once_and_in_order(one: list[Word], two: list[Word]) -> None:
    pairs = d.align(one, two, unmarked=False)
    assert [i for (i, _), _ in pairs if i >= 0] == list(range(len(one)))
    assert [j for (_, j), _ in pairs if j >= 0] == list(range(len(two)))
    same = sum(apart == d.SAME for _, apart in pairs)
    assert same == longest_common(one, two)
    assert len(d.pieces(one, two, pairs)) == len(pairs)


def longest_common(one: list[Word], two: list[Word]) -> int:
    """The textbook's table."""
    table = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i, first in enumerate(one):
        for j, second in enumerate(two):
            hit = table[i][j] + 1 if first.group == second.group else 0
            table[i + 1][j + 1] = max(hit, table[i][j + 1], table[i + 1][j])
    return table[-1][-1]
