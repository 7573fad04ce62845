"""What the documents show works: examples, commands, codes."""

from __future__ import annotations

import re
import textwrap
from dataclasses import fields
from pathlib import Path

import pytest

from tests.helpers import ROOT
from trainer.bank.bank import open_bank
from trainer.bank.checks import check_bank
from trainer.cli import main
from trainer.contest.explain import explain
from trainer.contest.rule_files import read_rules
from trainer.contest.rules import Play, QuestionPart, SituationPart
from trainer.contest.scoring import overtime_penalty

WRITING = (ROOT / "questions" / "README.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", WRITING, re.S)
SOURCES = 'sources:\n  dv49: {title: Dân vận, author: X.Y.Z., published: 1949-10-15, where: "Báo Sự Thật"}\n'


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split(":", 1)[0])
def test_every_example_is_a_good_bank_file(example: str, tmp_path: Path) -> None:
    text = example if "sources:" in example else SOURCES + example
    path = tmp_path / "vi-du.yaml"
    path.write_text(text, "utf-8")
    bank = open_bank([path])
    assert [str(problem) for problem in check_bank(bank)] == []
    assert sum((bank.counts.questions, bank.counts.quotations, bank.counts.situations)) == 1


def test_ci_runs_the_readme_s_test_command() -> None:
    commands = [block.strip() for block in re.findall(r"```\n(.*?)```", README, re.S)]
    start, test = commands[:2]
    assert start.endswith(".venv/bin/danvan")
    assert test in (ROOT / ".ci" / "run").read_text("utf-8")
    assert all("\n" not in command for command in (start, test))


def test_pictures_exist() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`danvan (\w+)", README))))
def test_every_command_of_the_readme_is_in_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert f"danvan {command}" in capsys.readouterr().out


def test_every_code_of_check_is_documented() -> None:
    folders = (ROOT / "trainer" / "bank", ROOT / "trainer" / "contest")
    code = "\n".join(path.read_text("utf-8") for folder in folders for path in sorted(folder.rglob("*.py")))
    codes = set(re.findall(r'(?:error|warning)",\s*"([a-z0-9-]+)"', code))
    codes |= set(re.findall(r'\.(?:error|warn)\(\s*[^",]+,\s*"([a-z0-9-]+)"', textwrap.dedent(code)))
    codes |= set(re.findall(r'report\(\s*[^"]*?"([a-z0-9-]+)"', code))
    assert len(codes) > 30
    documented = set(re.findall(r"`([a-z0-9-]+)`", WRITING))
    assert codes - documented == set()


def test_every_key_of_a_rule_file_is_documented() -> None:
    """The table of questions/README.md has each parameter, and its defaults are those of the program."""
    described = WRITING.split("Mọi mục của tệp luật thi")[1].split("\n## ")[0]
    found = dict(re.findall(r"`(\w+)`(?: \(([^)]*)\))?", described))
    keys = {
        field.name: field.default for kind in (Play, QuestionPart, SituationPart) for field in fields(kind)
    }
    assert set(keys) - {"play", "tie"} - set(found) == set()
    for name, said in found.items():
        if said.lstrip("-").isdigit() and name in keys:
            assert int(said) == keys[name], name


def test_overtime_counts_as_the_rules_say(tmp_path: Path) -> None:
    path = tmp_path / "luat.yaml"
    path.write_text(
        "title: Luật thử\nparts:\n- {type: situation, overtime: -2, overtime_minutes: started, overtime_grace_s: 10}\n",
        "utf-8",
    )
    rules, problems = read_rules(path)
    assert not problems
    assert rules is not None
    part = rules.parts[0]
    assert isinstance(part, SituationPart)
    assert [overtime_penalty(ms, part) for ms in (9_999, 10_001, 70_000, 70_001)] == [0, -2, -2, -4]
    assert "mỗi phút bắt đầu, kể từ giây thứ 11, trừ 2 điểm" in "\n".join(explain(rules))
