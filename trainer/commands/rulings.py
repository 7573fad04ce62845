"""The command about rule files: list them, say them in words, play them dry."""

from __future__ import annotations

import argparse
from pathlib import Path

from trainer.bank.bank import shipped_bank
from trainer.bank.paths import RULES_FOLDER
from trainer.commands.shared import bank_paths, open_bank
from trainer.contest.rule_files import read_rules, rule_files
from trainer.contest.rules import Rules
from trainer.errors import RulesError

_TEAMS = 10


def rules(arguments: argparse.Namespace) -> int:
    """List the rules, explain one, or with ``--check`` play one or all dry; 1 when something must change."""
    folders = [*(path / RULES_FOLDER for path in bank_paths(arguments)), shipped_bank() / RULES_FOLDER]
    files = rule_files(folders)
    if arguments.name is None and not arguments.check:
        _list(files)
        return 0
    if arguments.name is None:
        return max([_check(arguments, path) for path in files.values()], default=0)
    path = files.get(arguments.name)
    if path is None and Path(arguments.name).is_file():
        path = Path(arguments.name)
    if path is None:
        raise RulesError(
            f"Không có luật thi “{arguments.name}”. Các luật đang có: {', '.join(files)}; "
            "hoặc ghi đường dẫn tới một tệp luật."
        )
    if arguments.check:
        return _check(arguments, path)
    read = _read(path)
    if read is None:
        return 1
    from trainer.contest.explain import explain

    print("\n".join(explain(read)))
    return 0


def _read(path: Path) -> Rules | None:
    """Read a rule file; tell all its problems."""
    found, problems = read_rules(path)
    for problem in problems:
        print(problem)
    return None if problems else found


def _list(files: dict[str, Path]) -> None:
    width = max(len(name) for name in files)
    for name, path in files.items():
        found, problems = read_rules(path)
        if found is None or problems:
            print(f"{name:<{width}}  có lỗi, xem bằng “danvan rules {name} --check”")
        else:
            print(f"{name:<{width}}  {found.title}: {found.summary}{' (nhiều đội)' if found.group else ''}")
    print("\nGõ “danvan rules TÊN” để nghe giải thích, thêm --check để chơi thử.")


def _check(arguments: argparse.Namespace, path: Path) -> int:
    from trainer.contest.evening.dry_run import dry_run, report
    from trainer.contest.evening.planning import Stock

    found = _read(path)
    if found is None:
        return 1
    bank = open_bank(bank_paths(arguments))
    stock = Stock(bank.entries("question"), bank.entries("situation"), bank.entries("quotation"))
    result = dry_run(found, arguments.teams or _TEAMS, stock)
    print(f"{found.title} ({path.stem})")
    print("\n".join(f"  {line}" for line in report(result)))
    return 1 if result.problems else 0
