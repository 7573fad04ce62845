"""Numbers in words: the parser against a speller written apart from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.grading.numbers import LIMIT, MARKED, UNMARKED, read_number
from trainer.grading.reading import Text, normalize
from trainer.grading.words import bare, word

UNITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def tens(value: int, style: dict[str, str]) -> list[str]:
    ten, unit = divmod(value, 10)
    head = ["mười"] if ten == 1 else [UNITS[ten], "mươi"]
    if unit == 0:
        return head
    if unit == 1 and ten > 1:
        return [*head, style["one"]]
    if unit == 4 and ten > 1:
        return [*head, style["four"]]
    return [*head, "lăm" if unit == 5 else UNITS[unit]]


def group(value: int, style: dict[str, str], *, full: bool) -> list[str]:
    hundred, rest = divmod(value, 100)
    said = [UNITS[hundred], "trăm"] if hundred or full else []
    if rest == 0:
        return said
    if rest < 10:
        return [*said, style["odd"], UNITS[rest]] if said else [UNITS[rest]]
    return said + tens(rest, style)


def spell(value: int, style: dict[str, str]) -> list[str]:
    """Spell a number as a bank clerk does."""
    words: list[str] = []
    for scale, name in ((1_000_000, "triệu"), (1_000, style["thousand"]), (1, "")):
        part, value = divmod(value, scale)
        if part:
            words += group(part, style, full=bool(words)) + ([name] if name else [])
    return words


styles = st.fixed_dictionaries(
    {
        "one": st.sampled_from(["mốt", "một"]),
        "four": st.sampled_from(["tư", "bốn"]),
        "odd": st.sampled_from(["linh", "lẻ"]),
        "thousand": st.sampled_from(["nghìn", "ngàn"]),
    }
)
values = st.one_of(st.integers(1, LIMIT), st.integers(1, 3_000), st.integers(1, 999).map(lambda n: n * 1_000))


@given(values, styles)
def test_what_is_spelt_is_read(value: int, style: dict[str, str]) -> None:
    words = spell(value, style)
    keys = [word(text).key for text in words]
    if len(words) > 1:
        assert read_number(keys, 0, MARKED) == (str(value), len(words))
        assert read_number([bare(key) for key in keys], 0, UNMARKED) == (str(value), len(words))
    assert Text(" ".join(words)).spelled == Text(str(value)).spelled


def test_all_numbers_to_ten_thousand() -> None:
    style = {"one": "mốt", "four": "tư", "odd": "linh", "thousand": "nghìn"}
    for value in range(1, 10_001):
        assert Text(" ".join(spell(value, style))).spelled == Text(f"{value}").spelled, value


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("hăm mốt", "21"),
        ("hăm bốn", "24"),
        ("băm sáu", "36"),
        ("ba lăm", "35"),
        ("chín mốt", "91"),
        ("năm chục", "50"),
        ("3 chục", "30"),
        ("2 trăm", "200"),
        ("2 trăm linh 5", "200 linh 5"),
        ("một trăm rưỡi", "150"),
        ("ba triệu rưỡi", "3500000"),
        ("2 triệu 300 nghìn", "2300000"),
        ("0,5 triệu", "500000"),
        ("hai nghìn hai mươi", "2020"),
        ("hai nghìn năm", "2000 năm"),
        ("hai mươi năm", "20 năm"),
        ("mười năm", "mười năm"),
        ("một trăm năm", "100 năm"),
        ("năm năm", "năm năm"),
        ("hai ba ngày", "hai ba ngày"),
        ("năm tỷ", "năm tỉ"),
        ("mươi ngày", "mươi ngày"),
        ("linh hoạt", "linh hoạt"),
        ("trăm họ", "trăm họ"),
        ("một triệu triệu", "1000000 triệu"),
        ("ba nghìn triệu", "3000 triệu"),
        ("999 triệu 999 nghìn", "999999000"),
        ("2 triệu 300", "2000000 300"),
        ("phẩy", "phẩy"),
        ("không trăm", "không trăm"),
    ],
)
def test_other_ways(words: str, digits: str) -> None:
    assert normalize(words) == digits


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("1.000", "1000"),
        ("1.000.000,50", "1000000,5"),
        ("1,000", "1000"),
        ("1,234", "1,234"),
        ("12.5", "12,5"),
        ("0.125", "0,125"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("từ -5 đến 5", "từ -5 đến 5"),
        ("2020 -2025", "2020 2025"),
        ("-0", "0"),
        ("٣", "3"),
        ("１５/１０", "15/10"),
        ("½", "1/2"),
        ("5-7", "5/7"),
        ("20-30", "20 30"),
        ("1.2.3", "1 2 3"),
        ("31/2/1949", "31/2/1949"),
        ("40/2/1949", "40 2 1949"),
        ("1949-10-15", "15/10/1949"),
        ("QH15", "quốc hội 15"),
        ("điều 5", "điều 5"),
        ("số số XIII", "13"),
        ("tổng số năm công tác", "tổng số năm công tác"),
        ("hằng năm", "hằng năm"),
        ("tư tưởng, nhất trí, không ngừng", "tư tưởng nhất trí không ngừng"),
    ],
)
def test_digits(text: str, normal: str) -> None:
    assert normalize(text) == normal
