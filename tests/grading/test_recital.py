"""Grading a recital word by word."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import strategies
from trainer.grading.recital import RecitalVerdict, grade_recital, word_spans
from trainer.grading.verdict import Verdict

TEXT = (
    "Việc dân vận rất quan trọng. Dân vận kém thì việc gì cũng kém. Dân vận khéo thì việc gì cũng thành công."
)
WORDS = TEXT.split()


def without(*indexes: int) -> str:
    return " ".join(word for index, word in enumerate(WORDS) if index not in indexes)


def test_word_for_word() -> None:
    verdict = grade_recital(TEXT, TEXT)
    assert verdict[:3] == ("right", 1.0, "Thuộc trọn vẹn, không sót chữ nào.")
    assert (verdict.first_break, verdict.missed, verdict.slips, verdict.words) == (None, (), (), 23)
    assert all(piece.kind == "same" for piece in verdict.pieces)


@pytest.mark.parametrize(
    "response",
    [
        TEXT.lower(),
        TEXT.replace(".", ","),
        unicodedata.normalize("NFD", TEXT),
        "  \n".join(WORDS),
        "viec dan van rat quan trong dan van kem thi viec gi cung kem dan van kheo thi viec gi cung thanh cong",
    ],
)
def test_spelling_and_missing_marks_are_no_break(response: str) -> None:
    verdict = grade_recital(response, TEXT)
    assert (verdict.code, verdict.share, verdict.first_break) == ("right", 1.0, None)


def test_one_word_left_out_does_not_make_the_rest_wrong() -> None:
    verdict = grade_recital(without(3), TEXT)
    assert (verdict.code, verdict.first_break, verdict.missed) == ("partial", 3, (3,))
    assert verdict.share == pytest.approx(22 / 23)
    assert verdict.pieces[3] == ("missing", "", "rất")
    assert verdict.reason == "Đúng 22/23 chữ; sót hoặc sai 1 chữ; vấp lần đầu sau “Việc dân vận”."


def test_a_word_too_many() -> None:
    verdict = grade_recital(TEXT.replace("rất quan", "là rất quan"), TEXT)
    assert (verdict.first_break, verdict.missed) == (3, ())
    assert verdict.share == pytest.approx(23 / 23.5)
    assert verdict.pieces[3] == ("extra", "là", "")
    behind = grade_recital(TEXT + " hết", TEXT)
    assert (behind.first_break, behind.missed) == (23, ())


def test_another_word() -> None:
    verdict = grade_recital(TEXT.replace("thành công", "tốt đẹp"), TEXT)
    assert (verdict.first_break, verdict.missed) == (21, (21, 22))
    assert verdict.pieces[-1] == ("changed", "đẹp", "công")


def test_a_slip_is_no_break() -> None:
    verdict = grade_recital(TEXT.replace("khéo", "kheo").replace("kém thì", "kẻm thì"), TEXT)
    assert (verdict.code, verdict.first_break, verdict.missed) == ("partial", None, ())
    assert verdict.slips == (8, 16)
    assert verdict.share == pytest.approx(22 / 23)
    assert verdict.reason == "Đúng 21/23 chữ; sai dấu hoặc gõ nhầm 2 chữ."


def test_only_the_beginning() -> None:
    verdict = grade_recital("Việc dân vận rất quan trọng", TEXT)
    assert (verdict.first_break, verdict.missed) == (6, tuple(range(6, 23)))
    assert verdict.share == pytest.approx(6 / 23)


def test_only_the_end() -> None:
    verdict = grade_recital("Dân vận khéo thì việc gì cũng thành công", TEXT)
    assert verdict.first_break == 0
    assert verdict.share == pytest.approx(9 / 23)


def test_nothing_of_it() -> None:
    verdict = grade_recital("hoàn toàn khác", TEXT)
    assert (verdict.code, verdict.share, verdict.first_break) == ("wrong", 0.0, 0)


@pytest.mark.parametrize("response", ["", " \n ", "…", "\x1b\u202e"])
def test_empty(response: str) -> None:
    verdict = grade_recital(response, TEXT)
    assert (verdict.code, verdict.share, verdict.first_break) == ("empty", 0.0, 0)
    assert verdict.missed == tuple(range(23))
    assert verdict.verdict == Verdict("empty", 0.0, "Chưa trả lời.")


def test_numbers_and_abbreviations_may_be_written_either_way() -> None:
    text = "Làm sao cho được 50 người hiểu rõ còn hơn là được 500 người chỉ hiểu lờ mờ."
    spoken = "làm sao cho được năm mươi người hiểu rõ còn hơn là được năm trăm người chỉ hiểu lờ mờ"
    verdict = grade_recital(spoken, text)
    assert (verdict.code, verdict.first_break) == ("right", None)
    assert verdict.pieces[4] == ("same", "năm mươi", "50")
    assert grade_recital(text, spoken).code == "right"
    assert grade_recital(text.replace("500", "5000"), text).missed == (12,)
    assert grade_recital("Báo cáo của HĐND xã", "Báo cáo của Hội đồng nhân dân xã").code == "right"


def test_words_that_come_again_are_not_mixed_up() -> None:
    text = "dân biết, dân bàn, dân làm, dân kiểm tra"
    verdict = grade_recital("dân biết, dân làm, dân kiểm tra", text)
    assert verdict.missed in ((2, 3), (3, 4)), "“dân bàn”, or “bàn, dân”"
    assert verdict.first_break == verdict.missed[0]


def test_word_spans_count_as_grading_does() -> None:
    text = "“Năm 1945, … 50 người; chủ nghĩa Mác – Lê-nin (15-10-1949)… QH15!”"
    spans = word_spans(text)
    assert [text[start:end] for start, end in spans] == [
        "Năm", "1945", "50", "người", "chủ", "nghĩa", "Mác", "Lê", "nin", "15-10-1949", "QH", "15",
    ]  # fmt: skip
    assert len(spans) == grade_recital("x", text).words


def test_a_text_without_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        grade_recital("x", "…")


@given(st.sets(st.integers(0, 22), max_size=22))
def test_what_is_left_out_is_missed(gone: set[int]) -> None:
    verdict = grade_recital(without(*gone), TEXT)
    check(verdict)
    assert len(verdict.missed) == len(gone)
    assert verdict.share == pytest.approx((23 - len(gone)) / 23)
    if gone:
        assert verdict.first_break is not None
        assert verdict.first_break >= min(gone)


@given(st.one_of(strategies.anything, strategies.hostile, strategies.vietnamese), st.integers(0, 23))
@example("ddoanf", 3)
def test_it_never_raises(noise: str, at: int) -> None:
    check(grade_recital(" ".join([*WORDS[:at], noise, *WORDS[at:]]), TEXT))
    if word_spans(unicodedata.normalize("NFC", noise)):
        check(grade_recital(TEXT, noise))


@pytest.mark.parametrize("noise", ["zxq ", "🎉", "ddoanf keets ", "dân vận ", "5 ", "e\u0301\u0323"])
def test_long_pastes(noise: str) -> None:
    check(grade_recital(noise * (100_000 // len(noise)), TEXT))
    check(grade_recital(TEXT + noise * (100_000 // len(noise)), TEXT))


def test_every_word_of_the_text_stands_in_the_pieces_once() -> None:
    rng = random.Random(4)
    for _ in range(50):
        verdict = grade_recital(" ".join(rng.choices(WORDS, k=30)), TEXT)
        check(verdict)


def check(verdict: RecitalVerdict) -> None:
    assert verdict.code in ("right", "partial", "wrong", "empty")
    assert 0 <= verdict.share <= 1
    assert (verdict.share == 1) == (verdict.code == "right")
    assert sum(piece.kind != "extra" for piece in verdict.pieces) == verdict.words
    assert set(verdict.missed).isdisjoint(verdict.slips)
    if verdict.missed:
        assert verdict.first_break is not None
        assert verdict.first_break <= verdict.missed[0]
