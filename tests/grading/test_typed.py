"""The judge of typed text: the public table, laws, bad input."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import strategies
from trainer.grading.reading import normalize, read
from trainer.grading.typed import SHARES, TypedVerdict, grade_typed, with_shares
from trainer.grading.verdict import LADDER, Verdict
from trainer.text import UNSAFE

TABLE = Path(__file__).parent.parent / "data" / "grading.tsv"


class Row(NamedTuple):
    response: str
    accepted: list[str]
    code: str
    reason: str
    line: int


def rows() -> list[Row]:
    found = []
    for number, line in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            response, accepted, code, reason = line.split("\t")
            found.append(Row(response, accepted.split("|"), code, reason, number))
    return found


ROWS = rows()

FIELD = """
dân chủ đoàn kết nhân dân Mặt trận Tổ quốc HĐND MTTQ Đại hội XIII mười ba 13 năm 15/10/1949 ngày 15
tháng 10 1949 hòa hoà giải kỹ kĩ thuật và , - . 1.000 3,14 -5 % công bộc của trường truờng chú chủ một hai
mươi lăm trăm nghìn triệu rưỡi linh không số ngày tháng thứ tư là phẩy 2/3 -3 12 000 QH15 X.Y.Z. hăm
25-NQ/TW CT TƯ T.Ư phần ddoanf ke61t doan ket ket 🎉 C++
"""
phrases = st.lists(st.sampled_from(FIELD.split()), min_size=1, max_size=7).map(" ".join)
texts = st.one_of(phrases, strategies.vietnamese, strategies.anything, strategies.hostile)


def forms(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.line}:{row.response[:20]}~{row.accepted[0][:20]}"
)
def test_table(row: Row) -> None:
    verdict = grade_typed(row.response, row.accepted)
    assert verdict.code == row.code, f"{verdict.reason} The teacher: {row.reason}"
    assert all(grade_typed(form, row.accepted).code == row.code for form in forms(row.response))


def test_the_table_is_what_it_says() -> None:
    assert len(ROWS) >= 520
    assert set(Counter(row.code for row in ROWS)) == set(LADDER)
    assert all(row.reason and row.code in LADDER for row in ROWS)
    pairs = Counter((row.response, tuple(row.accepted)) for row in ROWS)
    assert [pair for pair, count in pairs.items() if count > 1] == []


@given(texts, texts)
@example("ngày 15 tháng 10 năm 1949", "15/10/1949")
def test_nfc_and_nfd_are_one(response: str, key: str) -> None:
    verdicts = {
        (verdict.code, verdict.share, verdict.normalized)
        for one in forms(response)
        for two in forms(key)
        for verdict in [grade_typed(one, [two])]
    }
    assert len(verdicts) == 1


@given(texts)
@example("5 số -3")
@example("hai mươi -3")
@example("năm -3")
@example("12, 345 và 12 000")
@example("1.2.3 10.194 0.125 1,500 007")
@example("ͅα ŉ ǰ İ ẞ ﬃ ½ ㎡")
def test_normalizing_is_idempotent(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(texts)
def test_the_normal_spelling_is_a_spelling(text: str) -> None:
    normal = normalize(text)
    if normal:
        assert grade_typed(normal, [text]).code in ("exact", "spelling")
        assert grade_typed(text, [normal]).code in ("exact", "spelling")


@given(texts, texts)
def test_exact_is_symmetric(one: str, two: str) -> None:
    assert (grade_typed(one, [two]).code == "exact") == (grade_typed(two, [one]).code == "exact")


@given(texts, texts)
def test_spelling_is_symmetric(one: str, two: str) -> None:
    same = ("exact", "spelling")
    assert (grade_typed(one, [two]).code in same) == (grade_typed(two, [one]).code in same)


@given(texts)
def test_a_text_is_itself(text: str) -> None:
    verdict = grade_typed(text, [text])
    assert verdict.code == ("exact" if text.strip() and verdict.normalized else verdict.code)
    if verdict.code == "exact":
        assert verdict.share == 1


@given(texts, st.lists(texts, min_size=1, max_size=3), texts, st.lists(texts, max_size=2))
def test_one_more_accepted_text_never_lowers_the_share(
    response: str, accepted: list[str], more: str, rejected: list[str]
) -> None:
    before = grade_typed(response, accepted, rejected)
    for longer in ([*accepted, more], [more, *accepted]):
        assert grade_typed(response, longer, rejected).share >= before.share


@given(
    texts, st.lists(texts, min_size=1, max_size=3), texts, st.lists(st.floats(0, 1), min_size=10, max_size=10)
)
def test_nor_by_other_shares(response: str, accepted: list[str], more: str, numbers: list[float]) -> None:
    shares = dict(zip(LADDER, numbers, strict=True)) | {"exact": 1.0, "wrong": 0.0, "empty": 0.0}
    before = grade_typed(response, accepted, shares=shares)
    assert grade_typed(response, [*accepted, more], shares=shares).share >= before.share


@given(texts, st.lists(texts, min_size=2, max_size=4))
def test_leaving_out_hopeless_texts_changes_nothing(response: str, accepted: list[str]) -> None:
    best = max(grade_typed(response, [text]).share for text in accepted)
    assert grade_typed(response, accepted).share == best


@given(st.text(max_size=300), st.lists(st.text(max_size=80), min_size=1, max_size=3))
def test_it_never_raises(response: str, accepted: list[str]) -> None:
    check(grade_typed(response, accepted, accepted[:1]))


@given(texts, st.lists(texts, min_size=1, max_size=3))
def test_a_verdict_holds_together(response: str, accepted: list[str]) -> None:
    verdict = grade_typed(response, accepted)
    check(verdict)
    if verdict.code not in ("empty", "partial"):
        assert verdict.share == SHARES[verdict.code]
    if verdict.code == "partial":
        assert 0 < verdict.share <= 0.5
    if verdict.code != "empty":
        assert verdict.matched in [read(text).shown for text in accepted]


def is_safe(text: str) -> bool:
    return not UNSAFE.search(text) and "\n" not in text


def check(verdict: TypedVerdict) -> None:
    assert verdict.code in LADDER
    assert 0 <= verdict.share <= 1
    assert verdict.reason.endswith((".", ".”"))
    assert is_safe(verdict.reason)
    for piece in verdict.difference:
        assert piece.kind in ("same", "changed", "missing", "extra")
        assert (piece.kind == "missing") == (piece.given == "")
        assert (piece.kind == "extra") == (piece.wanted == "")


@pytest.mark.parametrize(
    "text",
    [
        "đoàn kết " * 12_500,
        "a" * 100_000,
        "1" * 100_000,
        "1." * 50_000,
        "1/" * 50_000,
        "- " * 50_000,
        "🎉" * 100_000,
        "اَلسَّلَامُ " * 9_000,
        "e" + "\u0301\u0323" * 50_000,
        "\u0323\u0301" * 50_000,
        "\x00\x1b[2J\x9b" * 20_000,
        "\ud800" * 100_000,
        "hai mươi " * 12_000,
        "một triệu hai trăm nghìn " * 4_000,
        "CT TT QĐ " * 11_000,
        "XIII " * 20_000,
        "zxq " * 25_000,
        "ddoanf keets " * 8_000,
        "\u202e\u200b" * 50_000,
        "ﷺ" * 100_000,
    ],
    ids=range(20),
)
def test_a_hundred_thousand_characters_take_bounded_time(text: str) -> None:
    before = time.process_time()
    check(grade_typed(text, ["đoàn kết", "Mặt trận Tổ quốc Việt Nam", "15/10/1949", text[:90_000] or "a"]))
    assert time.process_time() - before < 5.0, "some 10 ms on a desk; the bound only tells a blow-up"
    long = grade_typed("đoàn kết " + text, ["đoàn kết"])
    assert long.code not in ("exact", "spelling") or not normalize(text)


def test_what_is_cut_off_is_not_taken_for_right() -> None:
    key = "đoàn kết " * 900
    assert grade_typed(key + "x", [key]).code != "exact"
    assert grade_typed("đoàn kết" + " " * 90_000 + "chia rẽ", ["đoàn kết"]).share < 1


@pytest.mark.parametrize(
    ("response", "accepted", "reason"),
    [
        ("dân chú", "dân chủ", "Sai dấu thanh: chú ≠ chủ."),
        ("đoàn kêt", "đoàn kết", "Sai dấu thanh: kêt ≠ kết."),
        ("đoàn két", "đoàn kết", "Sai chữ cái: két ≠ kết."),
        ("truờng học", "trường học", "Gõ nhầm một phím: truờng ≠ trường."),
        ("doan ket", "đoàn kết", "Đúng chữ nhưng thiếu dấu: “doan ket” → “đoàn kết”."),
        (
            "ddoanf keets",
            "đoàn kết",
            "Đúng chữ nhưng phím gõ dấu chưa thành dấu: “ddoanf keets” → “đoàn kết”.",
        ),
        ("MTTQ", "Mặt trận Tổ quốc", "Đúng, chỉ khác cách viết: “MTTQ” = “Mặt trận Tổ quốc”."),
        ("kết đoàn", "đoàn kết", "Đủ chữ nhưng sai thứ tự, đúng là: “đoàn kết”."),
        ("đoàn", "đoàn kết", "Đúng 1/2 chữ; thiếu “kết”."),
        ("15/10", "15/10/1949", "Ngày, tháng, năm chưa đủ: 15/10 ≠ 15/10/1949."),
        ("công nhân", "công bộc", "“công nhân” không phải đáp án."),
        (" ", "công bộc", "Chưa trả lời."),
        ("công bộc", "công bộc", "Đúng từng chữ."),
    ],
)
def test_reasons_name_the_words(response: str, accepted: str, reason: str) -> None:
    assert grade_typed(response, [accepted]).reason == reason


def test_the_difference_word_by_word() -> None:
    verdict = grade_typed("đoàn kêt của toàn", ["đại đoàn kết toàn dân"])
    assert [tuple(piece) for piece in verdict.difference] == [
        ("missing", "", "đại"),
        ("same", "đoàn", "đoàn"),
        ("changed", "kêt", "kết"),
        ("extra", "của", ""),
        ("same", "toàn", "toàn"),
        ("missing", "", "dân"),
    ]
    assert verdict.matched == "đại đoàn kết toàn dân"
    assert verdict.normalized == "đoàn kêt của toàn"


def test_the_nearest_accepted_text_counts() -> None:
    verdict = grade_typed("đày tớ", ["công bộc", "đầy tớ", "đày tớ"])
    assert (verdict.code, verdict.matched) == ("exact", "đày tớ")
    assert grade_typed("Đày tớ.", ["công bộc", "đầy tớ", "đày tớ"]).matched == "đày tớ"
    assert grade_typed("đay tớ", ["công bộc", "đày tớ"]).code == "tone"


def test_rejected_texts_win_over_the_ladder() -> None:
    near = grade_typed("dân chú", ["dân chủ"], ["dân chú"])
    assert (near.code, near.share, near.matched) == ("wrong", 0.0, "dân chú")
    assert near.reason == "“dân chú” không được chấp nhận ở câu này."
    assert grade_typed("Dân  CHÚ!", ["dân chủ"], ["dân chú"]).code == "wrong"
    assert grade_typed("đoàn kết dân tộc", ["đại đoàn kết dân tộc"], ["đoàn kết dân tộc"]).code == "wrong"
    assert grade_typed("doan ket dan toc", ["đại đoàn kết dân tộc"], ["đoàn kết dân tộc"]).code == "wrong"
    assert grade_typed("doan ket", ["đại đoàn kết"]).code == "partial"


def test_accepted_texts_win_over_rejected_ones() -> None:
    assert grade_typed("Dân chủ", ["dân chủ"], ["dân chủ"]).code == "spelling"
    assert grade_typed("dan chu", ["dân chủ"], ["dân chú"]).code == "no-diacritics"


def test_other_shares() -> None:
    verdict = grade_typed("dan chu", ["dân chủ"])
    assert verdict.share == 1
    assert with_shares(verdict, {"no-diacritics": 0.0}).share == 0
    assert with_shares(verdict, {"tone": 0.0}).share == 1
    part = grade_typed("đoàn", ["đoàn kết"])
    assert part.share == pytest.approx(0.25)
    assert with_shares(part, {"partial": 1.0}).share == pytest.approx(0.5)
    assert grade_typed("dan chu", ["dân chủ"], shares={"no-diacritics": 0.25}).share == 0.25


def test_shares_choose_the_accepted_text() -> None:
    accepted, contest = ["đại đoàn kêt", "đại đoàn kết dân"], {"tone": 0.0}
    assert grade_typed("đại đoàn kết", accepted).code == "tone"
    assert grade_typed("đại đoàn kết", accepted, shares=contest).code == "partial"


def test_a_typed_verdict_is_a_verdict() -> None:
    assert grade_typed("dân chú", ["dân chủ"]).verdict == Verdict("tone", 0.5, "Sai dấu thanh: chú ≠ chủ.")


def test_nothing_accepted_is_an_error() -> None:
    with pytest.raises(ValueError, match="no accepted"):
        grade_typed("x", [])


def test_reasons_show_nothing_that_a_terminal_acts_on() -> None:
    verdict = grade_typed("\x1b[2J\u202eđoàn", ["đoàn kết\x1b[0m"])
    assert is_safe(verdict.reason)
    assert all(is_safe(piece.given + piece.wanted) for piece in verdict.difference)
