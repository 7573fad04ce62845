"""Grading of short, cloze, order, rank, match and misquote."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from trainer.grading.items import (
    NOT_CHOSEN,
    grade_cloze,
    grade_match,
    grade_misquote,
    grade_order,
    grade_rank,
    grade_short,
    longest_increasing,
)
from trainer.grading.verdict import EMPTY, LADDER, Verdict

SHORT = {"kind": "short", "answers": ["công bộc", "công bộc của dân"]}
CLOZE = {
    "kind": "cloze",
    "text": "trọng dân, gần dân, __hiểu dân__, __học dân|học hỏi dân__ và có trách nhiệm với dân",
    "answers": ["hiểu dân", "học dân|học hỏi dân"],
}
ONE_BLANK = {"kind": "cloze", "text": "phải thật thà __nhúng tay__ vào việc", "answers": ["nhúng tay"]}
ORDER = {
    "kind": "order",
    "items": ["Nước ta là nước dân chủ", "Dân vận là gì?", "Ai phụ trách?", "Phải thế nào?"],
}
RANK = {**ORDER, "kind": "rank"}
MATCH = {"kind": "match", "items": ["a", "b", "c"], "matches": ["1", "2", "3"]}
MISQUOTE = {
    "kind": "misquote",
    "text": "“Dân vận khéo thì việc gì cũng __tốt đẹp -> thành công__.”",
    "answers": ["tốt đẹp", "thành công"],
}


@pytest.mark.parametrize(
    ("response", "code", "share"),
    [
        ("công bộc", "exact", 1),
        ("Công bộc của Dân", "spelling", 1),
        ("cong boc", "no-diacritics", 1),
        ("công bốc", "tone", 0.5),
        ("quan phụ mẫu", "wrong", 0),
        ("", "empty", 0),
    ],
)
def test_short(response: str, code: str, share: float) -> None:
    verdict = grade_short(SHORT, response)
    assert (verdict.code, verdict.share) == (code, share)
    assert type(verdict) is Verdict


def test_short_with_rejected_texts_and_shares() -> None:
    assert grade_short({**SHORT, "rejected": ["công bốc"]}, "công bốc").code == "wrong"
    assert grade_short(SHORT, "cong boc", shares={"no-diacritics": 0.0}).share == 0


@pytest.mark.parametrize(
    ("response", "code", "share"),
    [
        (["hiểu dân", "học dân"], "exact", 1),
        (["hiểu dân", "học hỏi dân"], "exact", 1),
        (["Hiểu dân", "học dân"], "spelling", 1),
        (["hieu dan", "học dân"], "no-diacritics", 1),
        (["hiểu dân", ""], "partial", 0.5),
        (["hiểu dân"], "partial", 0.5),
        (["hiểu dần", "học dân"], "partial", 0.75),
        (["hiểu dần", "hóc dân"], "partial", 0.5),
        (["học dân", "hiểu dân"], "wrong", 0),
        (["yêu nước", ""], "wrong", 0),
        (["", " "], "empty", 0),
        ([], "empty", 0),
    ],
)
def test_cloze(response: list[str], code: str, share: float) -> None:
    verdict = grade_cloze(CLOZE, response)
    assert verdict.code == code
    assert verdict.share == pytest.approx(share)


def test_cloze_names_the_blanks() -> None:
    assert grade_cloze(CLOZE, ["hiểu dần", ""]).reason == (
        "Đúng 0/2 chỗ trống. Chỗ 1: sai dấu thanh: dần ≠ dân. Chỗ 2: chưa trả lời."
    )
    assert grade_cloze(CLOZE, ["hiểu dân", "học dân"]).reason == ""


def test_one_blank_has_the_codes_of_the_ladder() -> None:
    assert grade_cloze(ONE_BLANK, ["nhúng táy"]) == Verdict("tone", 0.5, "Sai dấu thanh: táy ≠ tay.")
    assert grade_cloze(ONE_BLANK, [""]) == EMPTY


def test_cloze_refuses_more_texts_than_blanks() -> None:
    with pytest.raises(ValueError, match="2 texts for 1"):
        grade_cloze(ONE_BLANK, ["a", "b"])


@pytest.mark.parametrize(
    ("response", "code", "share"),
    [
        ((0, 1, 2, 3), "right", 1),
        ((1, 0, 2, 3), "partial", 2 / 3),
        ((3, 0, 1, 2), "partial", 2 / 3),
        ((1, 0, 3, 2), "partial", 1 / 3),
        ((2, 3, 0, 1), "partial", 1 / 3),
        ((3, 2, 1, 0), "wrong", 0),
        ((), "empty", 0),
    ],
)
def test_order(response: tuple[int, ...], code: str, share: float) -> None:
    verdict = grade_order(ORDER, response)
    assert verdict.code == code
    assert verdict.share == pytest.approx(share)


def test_order_says_how_much_is_to_be_moved() -> None:
    assert (
        grade_order(ORDER, (3, 0, 1, 2)).reason
        == "3/4 mục đã đúng thứ tự với nhau, còn 1 mục phải chuyển chỗ."
    )


@pytest.mark.parametrize(
    ("response", "code", "share"),
    [
        ((0, 1, 2, 3), "right", 1),
        ((1, 0, 2, 3), "partial", 0.75),
        ((3, 1, 2, 0), "partial", 0.25),
        ((3, 2, 1, 0), "wrong", 0),
        ((), "empty", 0),
    ],
)
def test_rank(response: tuple[int, ...], code: str, share: float) -> None:
    verdict = grade_rank(RANK, response)
    assert verdict.code == code
    assert verdict.share == pytest.approx(share)


def test_rank_says_its_formula() -> None:
    assert grade_rank(RANK, (1, 0, 2, 3)).reason == (
        "Các mục lệch chỗ tổng cộng 2 bậc, nhiều nhất có thể là 8: 1 − 2/8 = 75 % số điểm."
    )


@pytest.mark.parametrize(
    ("response", "code", "share", "reason"),
    [
        ((0, 1, 2), "right", 1, ""),
        ((0, 2, 1), "partial", 1 / 3, "Ghép đúng 1/3 cặp."),
        ((0, 1, NOT_CHOSEN), "partial", 2 / 3, "Ghép đúng 2/3 cặp, còn 1 cặp chưa ghép."),
        ((0, 0, 0), "partial", 1 / 3, "Ghép đúng 1/3 cặp."),
        ((1, 2, 0), "wrong", 0, "Ghép đúng 0/3 cặp."),
        ((NOT_CHOSEN,) * 3, "empty", 0, "Chưa trả lời."),
        ((), "empty", 0, "Chưa trả lời."),
    ],
)
def test_match(response: tuple[int, ...], code: str, share: float, reason: str) -> None:
    verdict = grade_match(MATCH, response)
    assert (verdict.code, verdict.reason) == (code, reason)
    assert verdict.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("response", "code", "share"),
    [
        (("tốt đẹp", "thành công"), "right", 1),
        (("Tốt đẹp", "Thành công"), "right", 1),
        (("tốt", "thành công"), "right", 1),
        (("đẹp", "thanh cong"), "right", 1),
        (("tốt đẹp", "thành cong"), "partial", 0.75),
        (("tốt đẹp", "thắng lợi"), "partial", 0.5),
        (("tốt đẹp", ""), "partial", 0.5),
        (("tốt đẹp", "tốt đẹp"), "partial", 0.5),
        (("dân", "thành công"), "partial", 0.5),
        (("", "thành công"), "partial", 0.5),
        (("dân", "nhân dân"), "wrong", 0),
        (("dân", ""), "wrong", 0),
        (("", ""), "empty", 0),
        ((" ", "…"), "empty", 0),
    ],
)
def test_misquote(response: tuple[str, str], code: str, share: float) -> None:
    verdict = grade_misquote(MISQUOTE, response)
    assert verdict.code == code
    assert verdict.share == pytest.approx(share)


def test_misquote_says_what_was_wrong() -> None:
    assert grade_misquote(MISQUOTE, ("dân", "thành công")).reason == (
        "Chỗ sai là “tốt đẹp”; chữ sửa: Đúng từng chữ."
    )
    assert grade_misquote(MISQUOTE, ("tốt đẹp", "")).reason == "Tìm đúng chỗ sai; chưa gõ chữ đúng."


def test_a_word_that_stands_elsewhere_too_is_not_found() -> None:
    item: dict[str, Any] = {
        "text": "Khách quan, có lý, __có lợi -> có tình__; giữ bí mật",
        "answers": ["có lợi", "có tình"],
    }
    assert grade_misquote(item, ("lợi", "có tình")).code == "right"
    assert grade_misquote(item, ("có", "có tình")).code == "partial"


def test_without_partial_points_only_everything_counts() -> None:
    assert grade_order(ORDER, (1, 0, 2, 3), partial=False).share == 0
    assert grade_rank(RANK, (1, 0, 2, 3), partial=False).share == 0
    assert grade_match(MATCH, (0, 2, 1), partial=False).share == 0
    assert grade_misquote(MISQUOTE, ("tốt đẹp", ""), partial=False).share == 0
    assert grade_order(ORDER, (0, 1, 2, 3), partial=False).share == 1


@pytest.mark.parametrize("response", [(0, 1, 2), (0, 1, 2, 2), (0, 1, 2, 4), (-1, 0, 1, 2), (0, 1, 2, 3, 4)])
def test_what_is_no_permutation_is_refused(response: tuple[int, ...]) -> None:
    for grade, item in ((grade_order, ORDER), (grade_rank, RANK)):
        with pytest.raises(ValueError, match="no order of 4"):
            grade(item, response)


@pytest.mark.parametrize("response", [(0, 1), (0, 1, 3), (0, 1, -2), (0, 1, 2, 2)])
def test_what_is_no_pairing_is_refused(response: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no pairing of 3"):
        grade_match(MATCH, response)


def test_misquote_wants_two_texts() -> None:
    with pytest.raises(ValueError, match="not two"):
        grade_misquote(MISQUOTE, ("tốt đẹp",))


def test_all_orders_of_up_to_six() -> None:
    for count in range(3, 7):
        items = {"items": [str(index) for index in range(count)]}
        shares: dict[str, list[float]] = {"order": [], "rank": []}
        for response in itertools.permutations(range(count)):
            for name, grade in (("order", grade_order), ("rank", grade_rank)):
                verdict = grade(items, response)
                assert 0 <= verdict.share <= 1
                assert (verdict.share == 1) == (verdict.code == "right") == (response == tuple(range(count)))
                assert (verdict.share == 0) == (verdict.code == "wrong")
                shares[name].append(verdict.share)
        assert min(shares["order"]) == min(shares["rank"]) == 0


@given(st.lists(st.integers(0, 50), max_size=12))
def test_longest_increasing(indexes: list[int]) -> None:
    best = 0
    for size in range(len(indexes), 0, -1):
        if any(list(part) == sorted(set(part)) for part in itertools.combinations(indexes, size)):
            best = size
            break
    assert longest_increasing(indexes) == best


@given(
    st.lists(
        st.one_of(strategies.anything, strategies.hostile, strategies.vietnamese), min_size=2, max_size=2
    )
)
def test_typed_kinds_never_raise(texts: list[str]) -> None:
    verdicts = [grade_short(SHORT, texts[0]), grade_cloze(CLOZE, texts), grade_misquote(MISQUOTE, texts)]
    for verdict in verdicts:
        assert verdict.code in (*LADDER, "right")
        assert 0 <= verdict.share <= 1
