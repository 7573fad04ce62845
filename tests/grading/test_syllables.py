"""The inventory of Vietnamese syllables."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from trainer.grading.syllables import (
    ACUTE,
    DOT,
    GRAVE,
    HOOK,
    LEVEL,
    ONSETS,
    RIMES_AFTER_QU,
    RIMES_ALONE,
    TILDE,
    TONES,
    is_syllable,
    is_unmarked_syllable,
    join,
    split,
)

QUESTIONS = Path(__file__).resolve().parents[2] / "questions"


def inventory() -> list[tuple[str, str, str]]:
    """All (onset, rime, tone), each once, as `split` gives them."""
    rimes = RIMES_ALONE | RIMES_AFTER_QU
    found = []
    for onset in (*ONSETS, ""):
        for rime in sorted(rimes):
            for tone in TONES:
                parts = split(join(onset, rime, tone))
                if parts is not None and parts == (onset, rime, tone):
                    found.append(parts)
    return found


@pytest.mark.parametrize(
    ("syllable", "onset", "rime", "tone"),
    [
        ("được", "đ", "ươc", DOT),
        ("tiếng", "t", "iêng", ACUTE),
        ("Việt", "v", "iêt", DOT),
        ("đoàn", "đ", "oan", GRAVE),
        ("kết", "k", "êt", ACUTE),
        ("trường", "tr", "ương", GRAVE),
        ("nghiệp", "ngh", "iêp", DOT),
        ("khuỷu", "kh", "uyu", HOOK),
        ("ngoằn", "ng", "oăn", GRAVE),
        ("ngoèo", "ng", "oeo", GRAVE),
        ("quyết", "qu", "yêt", ACUTE),
        ("quý", "qu", "y", ACUTE),
        ("quốc", "qu", "ôc", ACUTE),
        ("quơ", "qu", "ơ", LEVEL),
        ("thuở", "th", "uơ", HOOK),
        ("gì", "g", "i", GRAVE),
        ("giếng", "g", "iêng", ACUTE),
        ("gió", "gi", "o", ACUTE),
        ("giường", "gi", "ương", GRAVE),
        ("già", "gi", "a", GRAVE),
        ("yêu", "", "yêu", LEVEL),
        ("ỷ", "", "y", HOOK),
        ("ưỡn", "", "ươn", TILDE),
        ("hoà", "h", "oa", GRAVE),
        ("hòa", "h", "oa", GRAVE),
        ("thuỷ", "th", "uy", HOOK),
        ("khuya", "kh", "uya", LEVEL),
        ("xoong", "x", "oong", LEVEL),
        ("ĐẢNG", "đ", "ang", HOOK),
        ("của", "c", "ua", HOOK),
        ("nghĩa", "ngh", "ia", TILDE),
        ("p", "", "", ""),
    ],
)
def test_split(syllable: str, onset: str, rime: str, tone: str) -> None:
    expected = (onset, rime, tone) if rime else None
    assert split(syllable) == expected
    assert split(unicodedata.normalize("NFD", syllable)) == expected


NONE = (
    "truờng nguời đuợc kềt kêt cat ka ce giin giyêu ngia añ ńa nga1 gha gía2 class google test f w zoo strong được2 qa quu áá "
    "hoàà đđ bb ướơ nhgh ă â yng iê uyê oă tiêg"
)


@pytest.mark.parametrize("word", NONE.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
    assert split(word) is None


@pytest.mark.parametrize("word", ["", " ", "đoàn kết", "\u0301", "👍", "ﷺ", "\ud800", "a" * 10_000])
def test_bad_input_is_no_syllable(word: str) -> None:
    assert split(word) is None


def test_the_inventory_is_large_and_splits_one_way() -> None:
    syllables = inventory()
    assert len(syllables) > 15_000, "onset × rime × tone of the spelling; a dictionary uses some 7,000"
    assert len({join(*parts) for parts in syllables}) == len(syllables)


def test_split_and_join_are_inverse_in_both_placements() -> None:
    for parts in inventory():
        for old in (False, True):
            syllable = join(*parts, old=old)
            assert split(syllable) == parts
            assert unicodedata.is_normalized("NFC", syllable)
            assert split(syllable.upper()) == parts


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("hoàn", "hoàn"),
        ("quý", "quý"),
        ("quỹ", "quỹ"),
        ("khuỷu", "khuỷu"),
        ("ngoèo", "ngoèo"),
        ("ngoáy", "ngoáy"),
        ("mía", "mía"),
        ("múa", "múa"),
        ("nửa", "nửa"),
        ("già", "già"),
        ("giúp", "giúp"),
        ("được", "được"),
        ("thuở", "thuở"),
        ("chuyện", "chuyện"),
        ("huýt", "huýt"),
        ("dịu", "dịu"),
        ("xoòng", "xoòng"),
        ("tòa", "toà"),
        ("lũy", "luỹ"),
    ],
)
def test_where_the_tone_mark_stands(new: str, old: str) -> None:
    parts = split(new)
    assert parts is not None
    assert join(*parts) == new
    assert join(*parts, old=True) == old


def test_stops_take_two_tones_only() -> None:
    for rime in ("ac", "ach", "ap", "at"):
        tones = [tone for tone in TONES if is_syllable(join("c", rime, tone))]
        assert tones == [ACUTE, DOT]


def test_every_marked_word_of_the_bank_is_a_syllable() -> None:
    text = " ".join(path.read_text("utf-8") for path in sorted(QUESTIONS.glob("**/*.yaml")))
    words = set(re.findall(r"(?<![^\W\d])[a-zà-ỹ]+(?![^\W\d])", unicodedata.normalize("NFC", text)))
    marked = {word for word in words if not word.isascii() and word.islower()}
    assert len(marked) > 1_000
    names = {word for word in marked if not is_syllable(word)}
    assert len(names) < len(marked) / 200, names


@pytest.mark.parametrize("word", ["truong", "nghiep", "duoc", "ket", "quyet", "khuyu", "dan", "toan", "Dang"])
def test_unmarked_syllables(word: str) -> None:
    assert is_unmarked_syllable(word)


@pytest.mark.parametrize("word", ["truongg", "class", "nghiepp", "kb", "f", "dkt"])
def test_unmarked_words_that_are_none(word: str) -> None:
    assert not is_unmarked_syllable(word)


@given(st.one_of(strategies.vietnamese, strategies.anything))
def test_split_never_raises_and_gives_the_letters_back(text: str) -> None:
    parts = split(text)
    assert is_syllable(text) == (parts is not None)
    if parts is not None:
        onset, rime, tone = parts
        assert tone in TONES
        assert split(join(onset, rime, tone)) == parts
