"""YAML text as it was written, with every problem in its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import anything, hostile
from trainer.bank.files import read_text_of
from trainer.bank.marks import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, Sequence, decode, read_nodes


def values(text: str) -> dict[str, str]:
    root, problems = read_nodes(text, "a.yaml")
    assert not problems
    assert isinstance(root, Mapping)
    return {key: node.text for key, node in root.entries.items() if isinstance(node, Scalar)}


@pytest.mark.parametrize(
    "written",
    ["No", "1:30", "012", "1949-10-15", "null", "~", "1.0", "yes", "0x1F", "1_000", "on", "9" * 5000],
)
def test_scalars_stay_as_written(written: str) -> None:
    assert values(f"a: {written}") == {"a": written}


def test_text_becomes_nfc() -> None:
    assert values(unicodedata.normalize("NFD", "câu hỏi: Dân vận khéo")) == {"câu hỏi": "Dân vận khéo"}


def test_marks_count_from_one() -> None:
    root, _ = read_nodes("a:\n  - x\n  -   y\n", "a.yaml")
    assert isinstance(root, Mapping)
    list_ = root.entries["a"]
    assert isinstance(list_, Sequence)
    assert [(node.line, node.column) for node in list_.items] == [(2, 5), (3, 7)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ("a: &x [1]\nb: *x\n", "alias", 2, 4),
        ("a: !!python/object/apply:os.system [ls]\n", "tag", 1, 4),
        ("a: !!int 3\n", "tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "many-documents", 2, 1),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "too-deep", 1, MAX_DEPTH + 1),
        ("a: 1\nb: x\u202ey\n", "control-character", 2, 5),
        ('a: "\\e[31m"\n', "control-character", 1, 4),
        ('a: "\\x9b"\n', "control-character", 1, 4),
        ("a: x\x07y\n", "control-character", 1, 5),
        ("a: 1\n\tb: 2\n", "yaml-syntax", 2, 1),
        ("a: [1, 2\n", "yaml-syntax", 1, 4),
        ("a: @home\n", "yaml-syntax", 1, 4),
    ],
)
def test_each_problem_has_its_place(text: str, code: str, line: int, column: int) -> None:
    _, problems = read_nodes(text, "a.yaml")
    assert [(found.code, found.line, found.column) for found in problems[:1]] == [(code, line, column)]


def test_fifty_thousand_brackets_do_not_crash() -> None:
    root, problems = read_nodes("[" * 50_000, "a.yaml")
    assert root is None
    assert problems[-1].code == "too-deep"


BROKEN = """\
questions:
- id: one
  prompt: tốt
- id: two
  prompt: "dấu nháy không đóng
- id: three
  prompt: câu: có hai chấm
- id: four
  prompt: tốt
"""


def test_a_broken_item_costs_only_itself_and_all_are_reported() -> None:
    root, problems = read_nodes(BROKEN, "a.yaml")
    assert isinstance(root, Mapping)
    kept = root.entries["questions"]
    assert isinstance(kept, Sequence)
    ids = [item.entries["id"].text for item in kept.items if isinstance(item, Mapping)]  # type: ignore[union-attr]
    assert ids == ["one", "four"]
    assert sorted(problem.line for problem in problems) == [5, 7]
    assert all(problem.code == "yaml-syntax" for problem in problems)


def test_the_good_questions_around_a_broken_one_stay() -> None:
    good = "- {{id: a{0}, kind: true-false, prompt: Câu {0}., answer: đúng, explanation: Vì thế., source: n, level: 1}}\n"
    text = (
        "topic: t\nsources: {n: {title: Nguồn}}\nquestions:\n"
        + good.format(1)
        + "- id: a2\n  kind: choice\n  prompt: Câu hai: là gì?\n"
        + good.format(3)
    )
    content = read_text_of(text.encode(), "a.yaml", "a")
    assert [placed.data["id"] for placed in content.items] == ["a1", "a3"]
    assert content.left_out == 1
    assert [problem.code for problem in content.problems] == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("é".encode("cp1258"), "not-utf8"),
        (b"a: \xff\n", "not-utf8"),
        (b"x" * (MAX_BYTES + 1), "too-large"),
    ],
)
def test_bytes_that_cannot_be_read(raw: bytes, code: str) -> None:
    text, problems = decode(raw, "a.yaml")
    assert text == ""
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_usual_encodings_and_line_ends(encoding: str, newline: str) -> None:
    text, problems = decode(f"a: dân{newline}b: vận{newline}".encode(encoding), "a.yaml")
    assert not problems
    assert text == "a: dân\nb: vận\n"


@given(st.one_of(anything, hostile))
def test_any_text_is_read_or_reported(text: str) -> None:
    read_nodes(text, "a.yaml")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_reported(raw: bytes) -> None:
    decode(raw, "a.yaml")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a: Câu hỏi số #1 là gì\n", True),
        ("a:\n- Một câu dài # rồi thôi\n", True),
        ("level: 1   # nhận biết\n", False),
        ("a: 'Câu hỏi số #1 là gì'\n", False),
        ("a: Câu hỏi số#1 là gì\n", False),
        ("# a b c\na: Một câu dài\n# d\n", False),
    ],
)
def test_a_sentence_cut_at_a_hash_is_reported(text: str, cut: bool) -> None:
    _, problems = read_nodes(text, "x.yaml")
    assert [problem.code for problem in problems] == (["cut-short"] if cut else [])
    assert all("dấu nháy" in problem.message for problem in problems)
