"""Findings over a whole bank, beyond what reading each file tells."""

from __future__ import annotations

from trainer.bank.bank import Bank
from trainer.bank.problems import Problem


def check_bank(bank: Bank) -> list[Problem]:
    """Return every problem of a bank, in the order of its files and lines."""
    order = {file: number for number, file in enumerate(bank.files)}
    problems = list(bank.problems())
    return sorted(problems, key=lambda problem: (order.get(problem.file, -1), problem.line, problem.column))
