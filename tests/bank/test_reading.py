"""One bank file: what is checked, and that an error costs only its own item."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import hostile, vietnamese
from trainer.bank.files import FileContent, read_text_of
from trainer.bank.model import Question, Situation, item_from_data

HEAD = """\
topic: thu
title: Chủ đề thử
sources:
  luat: {title: Luật, number: 10/2022/QH15, published: 2022-11-10}
  cu: {title: Pháp lệnh, published: 2007-04-20, valid_until: 2023-07-01, replaced_by: Luật 10/2022/QH15}
questions:
"""


def read(text: str) -> FileContent:
    return read_text_of(text.encode(), "thu.yaml", "thu")


def one(text: str) -> Any:
    content = read(HEAD + text)
    assert [problem for problem in content.problems if problem.severity == "error"] == []
    (placed,) = content.items
    return item_from_data(placed.data)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(HEAD + text).problems]


COMMON = "  explanation: Vì thế.\n  source: luat, Điều 3\n  level: 1\n"


def test_choice() -> None:
    item = one(
        "- id: a\n  kind: choice\n  prompt: Hỏi?\n  answer: No\n  distractors: [1:30, 012, yes]\n" + COMMON
    )
    assert isinstance(item, Question)
    assert item.options == ("No", "1:30", "012", "yes")
    assert item.right == 1
    assert str(item.sources[0]) == "Luật (10/2022/QH15, 10/11/2022), Điều 3"


@pytest.mark.parametrize(
    ("written", "first"), [("đúng", "Đúng"), ("Sai", "Sai"), ("true", "Đúng"), ("false", "Sai")]
)
def test_true_false_accepts_both_languages(written: str, first: str) -> None:
    item = one(f"- id: a\n  kind: true-false\n  prompt: Hỏi?\n  answer: {written}\n" + COMMON)
    assert item.options[0] == first


@pytest.mark.parametrize(
    ("kind", "own", "field", "value"),
    [
        ("multiple", "answers: [a, b]\n  distractors: [c]", "right", 2),
        ("short", "answers: [dân vận, công tác dân vận]", "answers", ("dân vận", "công tác dân vận")),
        (
            "cloze",
            "text: Dân vận __khéo|giỏi__ thì việc gì cũng __thành công__.",
            "answers",
            ("khéo|giỏi", "thành công"),
        ),
        ("order", "items: [một, hai, ba]", "items", ("một", "hai", "ba")),
        ("match", "pairs: {a: 1, b: 2, c: 3}", "matches", ("1", "2", "3")),
        ("match", "pairs: [[a, 1], [b, 2], [c, 3]]", "items", ("a", "b", "c")),
        ("match", "pairs:\n  - {left: a, right: 1}\n  - b: 2\n  - [c, 3]", "matches", ("1", "2", "3")),
        ("misquote", "text: Dân vận __giỏi -> khéo__.", "answers", ("giỏi", "khéo")),
        ("rank", "items: [một, hai, ba, bốn]", "items", ("một", "hai", "ba", "bốn")),
    ],
)
def test_every_kind_of_the_contract_is_read(kind: str, own: str, field: str, value: object) -> None:
    item = one(f"- id: a\n  kind: {kind}\n  prompt: Hỏi?\n  {own}\n" + COMMON)
    assert getattr(item, field) == value
    assert item.kind == kind


GOOD = "- id: tot\n  kind: choice\n  prompt: Hỏi?\n  answer: a\n  distractors: [b, c, d]\n" + COMMON


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("- id: a\n  kind: choice\n  answer: a\n  distractors: [b]\n" + COMMON, "missing-key"),
        ("- id: a\n  kind: choice\n  prompt: x\n  answer: a\n" + COMMON, "missing-key"),
        ("- id: a\n  kind: quiz\n  prompt: x\n" + COMMON, "bad-kind"),
        ("- id: Có dấu\n  kind: choice\n  prompt: x\n  answer: a\n  distractors: [b]\n" + COMMON, "bad-id"),
        (
            "- id: tot\n  kind: choice\n  prompt: x\n  answer: a\n  distractors: [b]\n" + COMMON,
            "duplicate-id",
        ),
        (
            "- id: a\n  kind: choice\n  prompt: x\n  answer: a\n  distractors: [b, A]\n" + COMMON,
            "repeated-option",
        ),
        (
            "- id: a\n  kind: multiple\n  prompt: x\n  answers: [a]\n  distractors: [b]\n" + COMMON,
            "few-answers",
        ),
        ("- id: a\n  kind: true-false\n  prompt: x\n  answer: có\n" + COMMON, "bad-answer"),
        ("- id: a\n  kind: cloze\n  text: không có chỗ trống\n" + COMMON, "no-blank"),
        ("- id: a\n  kind: misquote\n  text: __a -> b__ và __c -> d__\n" + COMMON, "bad-swap"),
        ("- id: a\n  kind: order\n  prompt: x\n  items: [a, b]\n" + COMMON, "bad-items"),
        ("- id: a\n  kind: rank\n  prompt: x\n  items: [a, b, a]\n" + COMMON, "repeated-option"),
        ("- id: a\n  kind: choice\n  prompt: [x]\n  answer: a\n  distractors: [b]\n" + COMMON, "wrong-type"),
        (
            "- id: a\n  kind: true-false\n  prompt: x\n  answer: sai\n  source: luat\n  level: 1\n",
            "missing-explanation",
        ),
        (
            "- id: a\n  kind: true-false\n  prompt: x\n  answer: sai\n  explanation: v\n  level: 1\n",
            "missing-source",
        ),
        (
            "- id: a\n  kind: true-false\n  prompt: x\n  answer: sai\n  explanation: v\n  source: luat\n",
            "missing-level",
        ),
        (
            "- id: a\n  kind: true-false\n  prompt: x\n  answer: sai\n  explanation: v\n  source: khac\n  level: 1\n",
            "unknown-source",
        ),
        (
            "- id: a\n  kind: true-false\n  prompt: x\n  answer: sai\n  explanation: v\n  source: luat\n  level: 4\n",
            "wrong-number",
        ),
        ("- id: a\n  kind: true-false\n  prompt: x\x1b[31m\n  answer: sai\n" + COMMON, "control-character"),
        ("- just text\n", "wrong-type"),
    ],
)
def test_an_error_costs_only_its_own_item(item: str, code: str) -> None:
    content = read(HEAD + GOOD + item)
    assert code in [problem.code for problem in content.problems]
    assert [placed.data["id"] for placed in content.items] == ["tot"]
    assert content.left_out == 1
    assert all(problem.line > 0 for problem in content.problems)


def test_a_misspelt_key_is_named() -> None:
    content = read(HEAD + GOOD.replace("explanation", "explanations"))
    messages = " ".join(problem.message for problem in content.problems)
    assert "explanations" in messages
    assert content.items == []


@pytest.mark.parametrize("text", ["", "# chỉ có ghi chú\n", "   \n"])
def test_an_empty_file_is_an_error(text: str) -> None:
    assert [problem.code for problem in read(text).problems] == ["empty-file"]


@pytest.mark.parametrize("text", ["topic: a\n", "topic: a\nquestions: []\n", "sources: {a: {title: b}}\n"])
def test_a_file_without_items_is_an_error(text: str) -> None:
    assert "no-items" in [problem.code for problem in read(text).problems]


def test_an_item_out_of_use_is_kept_but_retired() -> None:
    item = one(GOOD + "  valid_until: 2025-07-01\n  replaced_by: tot-2\n")
    assert item.retired


SITUATION = """\
topic: th
sources: {luat: {title: Luật}}
situations:
- id: s
  group: Nhóm
  title: Tên
  prompt: Chuyện.
  rubric:
  - {title: một, points: 60, key_points: [ý, [ý hai, cách nói khác]]}
  - {title: hai, points: POINTS, key_points: [ý]}
  caps: [{when: hứa suông, at_most: 50}]
  model_answer: Thưa…
  mistakes: [vội]
  source: luat
  turns:
  - id: t1
    says: Bà nói…
    options:
    - {text: nghe hết, points: 10, feedback: tốt, next: t2}
    - {text: cãi lại ngay cho xong chuyện, points: 0, feedback: hỏng}
  - {id: t2, says: Bà hỏi…, open: true, key_points: [hẹn ngày]}
"""


def test_situation() -> None:
    content = read(SITUATION.replace("POINTS", "40"))
    assert content.problems == []
    item = item_from_data(content.items[0].data)
    assert isinstance(item, Situation)
    assert item.rubric[0].key_points == (("ý",), ("ý hai", "cách nói khác"))
    assert item.turns[0].options[0].next == "t2"
    assert item.turns[1].open


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("POINTS", "41"), "rubric-points"),
        (("next: t2", "next: t9"), "unknown-turn"),
        (("  model_answer: Thưa…\n", ""), "missing-key"),
        (("at_most: 50", "at_most: 101"), "wrong-number"),
        (("open: true", "open: không"), "missing-key"),
    ],
)
def test_a_wrong_situation_is_left_out(change: tuple[str, str], code: str) -> None:
    content = read(SITUATION.replace(*change).replace("POINTS", "40"))
    assert code in [problem.code for problem in content.problems]
    assert content.items == []


QUOTATION = """\
sources: {dv: {title: Dân vận}}
quotations:
- id: l
  text: Dân vận khéo thì việc gì cũng thành công.
  work: Dân vận
  date: 1949-10-15
  source: dv
  keywords: [khéo]
  swaps: {thành công: [thắng lợi]}
  disputed: [việc gì]
"""


def test_quotation() -> None:
    content = read(QUOTATION)
    assert content.problems == []
    assert content.items[0].data["swaps"] == [("thành công", ["thắng lợi"])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[khéo]", "[giỏi]"), "not-in-text"),
        (("[khéo]", "[việc]"), "disputed-word"),
        (("[thắng lợi]", "[thành công]"), "repeated-option"),
        (("1949-10-15", "15/10/1949"), "wrong-date"),
    ],
)
def test_a_wrong_quotation_is_left_out(change: tuple[str, str], code: str) -> None:
    content = read(QUOTATION.replace(*change))
    assert code in [problem.code for problem in content.problems]
    assert content.items == []


@given(st.lists(st.one_of(vietnamese, hostile), min_size=9, max_size=9))
def test_any_words_in_any_place_are_read_or_reported(words: list[str]) -> None:
    text = HEAD + "- id: a\n  kind: choice\n  prompt: W\n  answer: W\n  distractors: [W, W]\n" + COMMON
    parts = text.split("W")
    read("".join(part + word for part, word in zip(parts, words, strict=False)) + parts[-1])
