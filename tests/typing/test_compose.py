"""Telex and VNI: the whole inventory in every usual order, and what is left alone."""

from __future__ import annotations

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import DATA
from tests.strategies import anything, hostile, vietnamese
from tests.typing.keys import Spelled
from trainer.typing import inventory
from trainer.typing.compose import LEFT_ALONE, Change, Method, WordBuffer, compose
from trainer.typing.fitting import fit_line, fit_lines

TELEX, VNI = Method.TELEX, Method.VNI
TABLE = [line.split("\t") for line in Path(DATA / "syllables.tsv").read_text("utf-8").splitlines()[1:]]
TYPING = [TELEX, VNI]
methods = st.sampled_from(TYPING)
words = st.text(string.ascii_letters + string.digits, max_size=14)


def written(keys: str, method: Method) -> str:
    """Return what a box shows after keys, "<" being Backspace, and the end of the word."""
    buffer, text = WordBuffer(method), ""

    def apply(change: Change) -> None:
        nonlocal text
        assert 0 <= change.remove <= len(text)
        text = text[: len(text) - change.remove] + change.insert

    for key in keys:
        if key == "<":
            change = buffer.backspace()
            apply(change if change is not None else Change(min(1, len(text)), ""))
        else:
            apply(buffer.feed(key))
        assert text.endswith(buffer.text)
    apply(buffer.finish())
    return text


def test_the_table_covers_the_language() -> None:
    assert len(TABLE) >= 2000
    assert len({row[0] for row in TABLE}) == len(TABLE)
    shapes = {}
    for row in TABLE:
        letters = "".join(inventory.without_tone(letter)[0] for letter in row[0])
        shapes[row[0]] = (inventory.shape(letters), letters)
        assert unicodedata.is_normalized("NFC", row[0])
        assert row[0] in row[3].lower().split()
    rimes = {shape.rime for shape, _ in shapes.values()}
    onsets = {letters[: shape.start] for shape, letters in shapes.values()}
    assert rimes >= inventory._RIMES
    assert onsets >= inventory._ONSETS
    assert {inventory.without_tone(letter)[1] for row in TABLE for letter in row[0]} == set(range(6))


@pytest.mark.parametrize("method", TYPING)
def test_every_syllable_by_its_canonical_keys(method: Method) -> None:
    column = 1 if method is TELEX else 2
    wrong = [
        (row[column], row[0], made)
        for row in TABLE
        for keys, text in ((row[column], row[0]), (row[column].upper(), row[0].upper()))
        for made in (compose(keys, method), written(keys, method))
        if made != text
    ]
    assert wrong == []


@pytest.mark.parametrize("method", TYPING)
def test_every_syllable_in_other_usual_orders(method: Method) -> None:
    wrong, tried = [], set()
    for row in TABLE:
        for keys in Spelled(row[0], vni=method is VNI).others():
            if keys not in LEFT_ALONE:
                tried.add(keys)
                if (made := compose(keys, method)) != row[0]:
                    wrong.append((keys, row[0], made))
    assert wrong == []
    assert len(tried) > 5000


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        # ươ with one w or two, uơ at the end of a word
        ("truwowngf", "trường"),
        ("truowngf", "trường"),
        ("truwongf", "trường"),
        ("truongwf", "trường"),
        ("huow", "huơ"),
        ("thuowr", "thuở"),
        ("thuowng", "thương"),
        ("huouw", "hươu"),
        ("luuw", "lưu"),
        ("muaw", "mưa"),
        ("tw", "tư"),
        ("w", "ư"),
        ("nhwng", "nhưng"),
        # đ and the other marks at any later place
        ("dduwowcj", "được"),
        ("dduocwj", "được"),
        ("duocdwj", "được"),
        ("duongwf", "dường"),
        ("tieengs", "tiếng"),
        ("tieesng", "tiếng"),
        ("tiengse", "tiếng"),
        ("tiesnge", "tiếng"),
        ("vietje", "việt"),
        ("datas", "dất"),
        # gi, qu, triphthongs
        ("gif", "gì"),
        ("giaf", "già"),
        ("gieengs", "giếng"),
        ("giwx", "giữ"),
        ("quys", "quý"),
        ("quoocs", "quốc"),
        ("quowr", "quở"),
        ("quyeets", "quyết"),
        ("khuyur", "khuỷu"),
        ("ngoawnf", "ngoằn"),
        ("ngoefo", "ngoèo"),
        ("nghieeng", "nghiêng"),
        ("khuya", "khuya"),
        ("nguyeenx", "nguyễn"),
        ("mooocs", "moóc"),
        # the tone moves when letters follow
        ("hoaf", "hòa"),
        ("hoafn", "hoàn"),
        ("hofan", "hoàn"),
        ("thuyr", "thủy"),
        ("huyfnh", "huỳnh"),
        # the mark and the tone are changed
        ("tooif", "tồi"),
        ("toowif", "tời"),
        ("tasf", "tà"),
        # undone by repeating
        ("aaa", "aa"),
        ("ass", "as"),
        ("asss", "ass"),
        ("ww", "w"),
        ("tww", "tw"),
        ("uww", "uw"),
        ("uoww", "uow"),
        ("aww", "aw"),
        ("ddd", "dd"),
        ("dddd", "ddd"),
        ("xooong", "xoong"),
        ("tieesss", "tiêss"),
        # z takes the tone away
        ("asz", "a"),
        ("vieetjz", "viêt"),
        ("az", "az"),
        ("zalo", "zalo"),
        # no syllable
        ("google", "google"),
        ("class", "class"),
        ("test", "test"),
        ("tests", "tests"),
        ("tets", "tét"),
        ("windows", "windows"),
        ("internet", "internet"),
        ("wifi", "wifi"),
        ("data", "data"),
        ("photo", "photo"),
        ("email", "email"),
        ("two", "two"),
        ("user", "user"),
        ("Marx", "Marx"),
        ("persons", "persons"),
        ("catf", "catf"),
        # capitals and abbreviations
        ("DDAANG", "ĐÂNG"),
        ("DDARNG", "ĐẢNG"),
        ("Ddoanf", "Đoàn"),
        ("DDoanF", "Đoàn"),
        ("TRUWOWNGF", "TRƯỜNG"),
        ("HDDND", "HĐND"),
        ("LDDLDD", "LĐLĐ"),
        ("UBND", "UBND"),
        ("MTTQ", "MTTQ"),
        # names
        ("DDawks", "Đắk"),
        ("Kroong", "Krông"),
        ("Kanj", "Kạn"),
    ],
)
def test_telex(keys: str, text: str) -> None:
    assert compose(keys, TELEX) == text
    assert written(keys, TELEX) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("tru7o7ng2", "trường"),
        ("truo7ng2", "trường"),
        ("truong72", "trường"),
        ("thuo73", "thuở"),
        ("d9u7o7c5", "được"),
        ("duoc975", "được"),
        ("D9a3ng", "Đảng"),
        ("HD9ND", "HĐND"),
        ("hoa2", "hòa"),
        ("hoa2n", "hoàn"),
        ("xoong", "xoong"),
        ("mooc1", "moóc"),
        ("a66", "a6"),
        ("a11", "a1"),
        ("d99", "d9"),
        ("u77", "u7"),
        ("a88", "a8"),
        ("a10", "a"),
        ("vie65t0", "viêt"),
        ("a0", "a0"),
        ("covid19", "covid19"),
        ("b12", "b12"),
        ("google", "google"),
        ("class", "class"),
        ("2025", "2025"),
    ],
)
def test_vni(keys: str, text: str) -> None:
    assert compose(keys, VNI) == text
    assert written(keys, VNI) == text


def test_the_new_places_of_tones() -> None:
    pairs = {"hoaf": "hoà", "thuyr": "thuỷ", "hoef": "hoè", "hoafn": "hoàn", "quys": "quý", "mias": "mía"}
    for keys, text in pairs.items():
        assert compose(keys, TELEX, modern_tones=True) == text
    assert compose("thuy3", VNI, modern_tones=True) == "thuỷ"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("hoafn<", "hòa"),
        ("hoafn<<", "hò"),
        ("vieetj<", "việ"),
        ("vieetj<<t", "vit"),
        ("vieetj<t", "việt"),
        ("tieengs<s", "tiêns"),
        ("truwowng<<ngf", "trường"),
        ("class<<<<as", "cá"),
        ("as<<<as", "á"),
        ("ddi<<a", "a"),
        ("đươc<<aas", "đưaas"),
        ("đ<as", "as"),
        ("two aas", "two ấ"),
        ("dduwowcj, vaangj.", "được, vậng."),
        ("as as", "á á"),
        ("tie\u0302ngs as", "tie\u0302ngs á"),
        ("đoanf as", "đoanf á"),
    ],
)
def test_backspace_and_the_ends_of_words(keys: str, text: str) -> None:
    assert written(keys, TELEX) == text


def test_a_word_too_long_to_be_one_costs_no_more() -> None:
    buffer = WordBuffer(TELEX)
    for _ in range(1000):
        assert len(buffer.feed("a").insert) <= 2
    assert buffer.text == ""
    assert buffer.backspace() is None
    assert buffer.feed(" ") == Change(0, " ")
    assert buffer.feed("a") == Change(0, "a")
    assert buffer.feed("s") == Change(1, "á")


def test_methods_go_round_and_have_names() -> None:
    assert [method.following for method in Method] == [TELEX, VNI, Method.OFF]
    assert [Method.named(name) for name in ("telex", "vni", "off", "", "x")] == [
        TELEX,
        VNI,
        Method.OFF,
        Method.OFF,
        Method.OFF,
    ]


@given(st.one_of(anything, hostile, vietnamese, words), st.sampled_from(Method), st.booleans())
def test_composing_never_fails_and_is_nfc(keys: str, method: Method, modern: bool) -> None:
    assert unicodedata.is_normalized("NFC", compose(keys, method, modern_tones=modern))
    buffer = WordBuffer(method, modern_tones=modern)
    for key in keys:
        change = buffer.feed(key)
        assert change.remove >= 0
        buffer.backspace() if key == "x" else None
    buffer.finish()
    assert buffer.text == ""


@given(st.one_of(anything, vietnamese, words))
def test_off_changes_nothing(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert compose(text, Method.OFF) == text
    assert written(text.replace("<", ""), Method.OFF) == text.replace("<", "")


@given(words, methods)
def test_a_box_shows_in_the_end_what_composing_gives(keys: str, method: Method) -> None:
    keys = keys.lstrip(string.digits) if method is VNI else keys.translate(dict.fromkeys(range(48, 58)))
    assert written(keys, method) == compose(keys, method)


@given(st.text("bcghiklmnpqtuvy", max_size=10), methods)
def test_words_without_marks_are_left_as_they_are(word: str, method: Method) -> None:
    assert compose(word, method) == word
    assert compose(compose(word, method), method) == word


@given(st.text(string.ascii_letters, max_size=14))
def test_vni_leaves_letters_alone(word: str) -> None:
    assert compose(word, VNI) == word


@given(st.sampled_from(TABLE), methods, st.integers(0, 3))
def test_a_word_taken_away_and_typed_again_is_the_word(row: list[str], method: Method, more: int) -> None:
    keys = row[1 if method is TELEX else 2]
    assert written(keys + "<" * (len(row[0]) + more) + keys, method) == row[0]


@given(st.sampled_from(TABLE), methods, st.integers(1, 6))
def test_letters_at_the_end_taken_away_and_typed_again_give_the_word(
    row: list[str], method: Method, away: int
) -> None:
    """Of letters without marks: the keys of the others are no longer known."""
    text = row[0]
    kept, again = text[:-away], text[-away:]
    if kept and not kept.isascii() and again.isascii() and not set(again) & set("aeiouy"):
        assert written(row[1 if method is TELEX else 2] + "<" * away + again, method) == text


@given(words, methods)
def test_each_backspace_takes_one_letter(keys: str, method: Method) -> None:
    buffer = WordBuffer(method)
    for key in keys.lstrip(string.digits):
        buffer.feed(key)
    while text := buffer.text:
        change = buffer.backspace()
        assert change is not None
        assert len(buffer.text) == len(text) - 1
        assert text[: len(text) - change.remove] + change.insert == buffer.text


@given(hostile, st.integers(1, 30))
def test_fitted_text_fits(text: str, limit: int) -> None:
    line, lines = fit_line(text, limit), fit_lines(text, limit)
    assert len(line) <= limit
    assert len(lines) <= limit
    assert not set(line) & set("\n\r\t\x1b\u202e\u200b")
    assert not set(lines) & set("\r\x1b\u202e\u200b")
