"""``danvan check``: findings beyond what reading each file tells.

Reading finds what is broken (:mod:`trainer.bank.items`); here a bank that can be read is looked
at as an examiner would: are keys given away, do questions repeat one another, is every
quotation the same everywhere? An error found here does not leave its item out of the bank.
"""

from __future__ import annotations

from trainer.bank.bank import Bank
from trainer.bank.checks.balance import balance
from trainer.bank.checks.quoting import misquotations
from trainer.bank.checks.repeats import near_duplicates, telling_prompts
from trainer.bank.checks.wording import Data, wording
from trainer.bank.problems import Problem, Severity
from trainer.text import one_line


def check_bank(bank: Bank) -> list[Problem]:
    """Return every problem of a bank, in the order of its files and lines, whole-bank ones last."""
    order = {file: number for number, file in enumerate(bank.files)}
    found = list(bank.problems()) + _looked_at(bank)
    found.sort(key=lambda problem: (order.get(problem.file, -1), problem.line, problem.column))
    questions = [bank.data(entry.id) for entry in bank.entries("question")]
    where = bank.files[0] if len(bank.files) == 1 else _common_folder(bank.files)
    found += [Problem(where, 0, 0, "warning", code, message) for code, message in balance(questions)]
    return found


def _looked_at(bank: Bank) -> list[Problem]:
    questions, quotations, situations = (
        [bank.data(entry.id) for entry in bank.entries(section)]
        for section in ("question", "quotation", "situation")
    )
    found: list[Problem] = []

    def add(item: Data, severity: Severity, code: str, message: str) -> None:
        found.append(Problem(*bank.place(item["id"]), severity, code, message))

    whole: list[Data] = [*questions, *quotations, *situations]
    for item in whole:
        for severity, code, message in wording(item):
            add(item, severity, code, message)
    for later, other in near_duplicates(questions):
        add(
            later,
            "error",
            "near-duplicate",
            f"Câu “{later['id']}” hỏi gần như câu “{other['id']}”. Bạn hãy bỏ một câu hoặc hỏi ý khác.",
        )
    for telling, asking in telling_prompts(questions):
        add(
            telling,
            "warning",
            "answers-another",
            f"Lời hỏi này chứa nguyên đáp án của câu “{asking['id']}”. Bạn hãy viết lại một trong hai câu.",
        )
    for wrong in misquotations(whole, quotations):
        add(
            wrong.item,
            "error",
            "misquoted",
            f"“{one_line(wrong.quoted, 60)}” khác vài chữ so với lời Bác “{wrong.quotation['id']}”. "
            "Bạn hãy trích đúng nguyên văn.",
        )
    return found


def _common_folder(files: list[str]) -> str:
    import os

    return os.path.commonpath(files) if files else ""
