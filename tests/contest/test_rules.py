"""Rule files, and points by rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank import copies
from trainer.bank.bank import shipped_bank
from trainer.contest import rule_files as rule_files_module
from trainer.contest.rule_files import load_rules, read_rules, rule_files, usable_rules
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.scoring import overtime_penalty, question_points, sheet_share
from trainer.contest.state import Sheet
from trainer.errors import RulesError
from trainer.grading.verdict import Verdict

SHIPPED = rule_files([shipped_bank() / "rules"])


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_rule_is_whole(name: str) -> None:
    rules, problems = read_rules(SHIPPED[name])
    assert problems == []
    assert rules is not None
    assert rules.title
    assert rules.summary


def test_the_three_rules_are_as_agreed() -> None:
    quick, exam, standard = (load_rules(name, SHIPPED) for name in ("nhanh", "thi-thu", "chuan"))
    kinds = ("choice", "true-false", "multiple")
    assert quick.parts == (QuestionPart(count=10, kinds=kinds, seconds=15),)
    assert exam.parts == (QuestionPart(count=20, kinds=kinds, total_seconds=1200, right=5, feedback="end"),)
    assert standard.parts == (
        QuestionPart(count=10, kinds=kinds, seconds=15, right=10, wrong=0),
        SituationPart(count=1, think_s=60, speak_s=180, points=100, overtime=-1),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title: A\n", "missing-key"),
        ("title: A\nparts: []\n", "missing-key"),
        ("parts:\n- {type: questions, count: 3}\n", "missing-key"),
        ("title: A\nparts:\n- {type: quiz, count: 3}\n", "bad-kind"),
        ("title: A\nparts:\n- {type: questions, count: 0}\n", "wrong-number"),
        ("title: A\nparts:\n- {type: questions, count: ²}\n", "wrong-number"),
        ("title: A\nparts:\n- {type: questions, count: 3, kinds: [quiz]}\n", "bad-kind"),
        ("title: A\nparts:\n- {type: questions, count: 3, feedback: later}\n", "bad-feedback"),
        ("title: A\nparts:\n- {type: questions, count: 3, feedback: end, seconds: 15}\n", "bad-feedback"),
        ("title: A\nparts:\n- {type: questions, count: 3, wrong: x}\n", "wrong-number"),
        ("title: A\nparts:\n- {type: questions, count: 3, partial: maybe}\n", "wrong-flag"),
        ("title: A\nparts:\n- {type: questions, count: 3, secods: 15}\n", "unknown-key"),
        ("- a\n", "wrong-type"),
        ("title: [\n", "yaml-syntax"),
    ],
)
def test_a_broken_rule_file_says_where(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "rieng.yaml"
    path.write_text(text, encoding="utf-8")
    rules, problems = read_rules(path)
    assert rules is None
    assert code in [problem.code for problem in problems]
    with pytest.raises(RulesError, match="rieng"):
        load_rules("rieng", rule_files([tmp_path]))


def test_unknown_rules_name_the_known_ones() -> None:
    with pytest.raises(RulesError, match="chuan, du-loai, hoc-thuoc, loi-bac, nhanh"):
        load_rules("khong-co", SHIPPED)


def test_own_rules_come_before_the_shipped(tmp_path: Path) -> None:
    (tmp_path / "nhanh.yaml").write_text(
        "title: Của tôi\nparts: [{type: questions, count: 3}]\n", encoding="utf-8"
    )
    files = rule_files([tmp_path, shipped_bank() / "rules"])
    assert load_rules("nhanh", files).title == "Của tôi"
    assert load_rules("nhanh", files).parts[0].count == 3


@pytest.mark.parametrize(
    ("code", "share", "right", "wrong", "points"),
    [
        ("right", 1, 10, 0, 10),
        ("wrong", 0, 10, -5, -5),
        ("empty", 0, 10, -5, 0),
        ("partial", 0.5, 5, 0, 2),
        ("partial", 1 / 3, 10, 0, 3),
        ("partial", 2 / 3, 15, 0, 10),
        ("partial", 0.29, 100, 0, 29),
    ],
)
def test_points(code: str, share: float, right: int, wrong: int, points: int) -> None:
    part = QuestionPart(count=1, right=right, wrong=wrong)
    assert question_points(Verdict(code, share), part) == points


@pytest.mark.parametrize(("over_ms", "points"), [(-5, 0), (0, 0), (59_999, 0), (60_000, -1), (185_000, -3)])
def test_overtime_costs_each_full_minute(over_ms: int, points: int) -> None:
    assert overtime_penalty(over_ms, SituationPart(overtime=-1)) == points


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=5, max_size=5), st.sets(st.integers(0, 1))
)
def test_a_sheet_is_the_sum_of_its_lines_and_no_more_than_its_hard_stops(
    shares: list[float], caps: set[int]
) -> None:
    rubric = [{"points": 20}] * 5
    limits = [{"at_most": 50}, {"at_most": 30}]
    share = sheet_share(rubric, limits, Sheet(dict(enumerate(shares)), frozenset(caps)))
    assert share == pytest.approx(min([sum(shares) / 5, *(limits[cap]["at_most"] / 100 for cap in caps)]))


# --- the copy of read rules --------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the rule files that are really read; files count as settled at once."""
    monkeypatch.setattr(copies, "RACY_NS", -(10**18))
    names: list[str] = []
    real = rule_files_module.read_rules

    def counting(path: Path) -> object:
        names.append(path.stem)
        return real(path)

    monkeypatch.setattr(rule_files_module, "read_rules", counting)
    return names


def test_unchanged_rules_are_read_once(tmp_path: Path, read: list[str]) -> None:
    first = usable_rules(SHIPPED, tmp_path)
    assert sorted(read) == sorted(SHIPPED)
    read.clear()
    assert usable_rules(SHIPPED, tmp_path) == first
    assert read == []


def test_changed_rules_are_read_again_and_broken_ones_left_out(tmp_path: Path, read: list[str]) -> None:
    path = tmp_path / "rieng.yaml"
    files = {"rieng": path}
    path.write_text("title: Một\nparts:\n- {type: questions, count: 3}\n", "utf-8")
    assert usable_rules(files, tmp_path / "cache")["rieng"].title == "Một"
    path.write_text("title: Mười một\nparts:\n- {type: questions, count: 3}\n", "utf-8")
    assert usable_rules(files, tmp_path / "cache")["rieng"].title == "Mười một"
    path.write_text("title: [\n", "utf-8")
    assert usable_rules(files, tmp_path / "cache") == {}
    read.clear()
    assert usable_rules(files, tmp_path / "cache") == {}
    assert read == []


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"program": 1, "files": 2}', b"\xff"])
def test_a_damaged_copy_of_rules_is_thrown_away(tmp_path: Path, raw: bytes) -> None:
    whole = usable_rules(SHIPPED, tmp_path)
    (tmp_path / rule_files_module.COPY_NAME).write_bytes(raw)
    assert usable_rules(SHIPPED, tmp_path) == whole


def test_rules_without_a_cache_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert set(usable_rules(SHIPPED, tmp_path / "file" / "cache")) == set(SHIPPED)
    assert set(usable_rules(SHIPPED, None)) == set(SHIPPED)
