"""Commands about the bank: check, count, search, and how a typed answer is judged."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.shared import bank_paths, open_bank, print_json, printable
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.bank.bank import Bank


def check(arguments: argparse.Namespace) -> int:
    """Check the bank and print every problem."""
    from trainer.bank.checks import check_bank
    from trainer.contest.rule_files import read_rules, rule_files

    paths = tuple(Path(path) for path in arguments.paths) or bank_paths(arguments)
    bank = open_bank(paths)
    if arguments.guess:
        return _guess(bank, as_json=arguments.json)
    problems = check_bank(bank)
    if not arguments.paths:
        from trainer.bank.bank import shipped_bank

        folders = [path / "rules" for path in paths or (shipped_bank(),)]
        for path in rule_files(folders).values():
            problems += read_rules(path)[1]
    errors = sum(problem.severity == "error" for problem in problems)
    if arguments.json:
        print_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        counts = bank.counts
        retired = f", {counts.retired} mục đã thôi dùng" if counts.retired else ""
        print(
            f"{counts.questions} câu hỏi, {counts.quotations} lời Bác, {counts.situations} tình huống{retired}; "
            f"{errors} lỗi, {len(problems) - errors} cảnh báo.",
            file=sys.stderr,
        )
    return 1 if errors else 0


def _guess(bank: Bank, *, as_json: bool) -> int:
    from trainer.bank.checks.guesser import CHANCE, RULES, guess

    scores = guess(bank.data(entry.id) for entry in bank.entries())
    if as_json:
        print_json(
            {
                topic or "all": {rule: round(score.share, 4) for rule, score in rules.items()}
                | {"questions": next(iter(rules.values())).asked}
                for topic, rules in scores.items()
            }
        )
        return 0
    total = next(iter(scores[""].values())).asked
    print(f"{total} câu bốn phương án; đoán bừa đúng {CHANCE:.0%}. Mỗi cách đoán đúng:")
    for number, (description, _) in enumerate(RULES.values(), 1):
        print(f"  ({number}) {description}")
    print("\n" + " ".join(f"{f'({number})':>5}" for number in range(1, len(RULES) + 1)) + "   câu  chủ đề")
    for topic, rules in scores.items():
        row = " ".join(f"{score.share:>5.0%}" for score in rules.values())
        print(f"{row}  {next(iter(rules.values())).asked:>4}  {topic or 'cả ngân hàng'}")
    best = max(scores[""], key=lambda rule: scores[""][rule].share)
    print(f"\nCách đoán tốt nhất: {RULES[best][0]}, {scores[''][best].share:.1%}.")
    return 0


def bank(arguments: argparse.Namespace) -> int:
    """Print what the bank holds."""
    from trainer.bank.checks import check_bank
    from trainer.bank.model import KIND_NAMES, LEVEL_NAMES

    bank = open_bank(bank_paths(arguments))
    problems = check_bank(bank)
    counts = bank.counts
    errors = sum(problem.severity == "error" for problem in problems)
    if arguments.json:
        print_json(
            {
                "questions": counts.questions,
                "quotations": counts.quotations,
                "situations": counts.situations,
                "by_topic": dict(counts.by_topic),
                "by_kind": dict(counts.by_kind),
                "by_level": dict(counts.by_level),
                "errors": errors,
                "warnings": len(problems) - errors,
            }
        )
        return 0
    print(f"{counts.questions} câu hỏi, {counts.quotations} lời Bác, {counts.situations} tình huống")
    if counts.left_out:
        print(f"{counts.left_out} mục có lỗi bị bỏ qua; gõ “danvan check” để xem.")
    for heading, tally, names in (
        ("Theo chủ đề", counts.by_topic, bank.topics),
        ("Theo loại", counts.by_kind, KIND_NAMES),
        ("Theo mức", counts.by_level, {str(level): name for level, name in LEVEL_NAMES.items()}),
    ):
        print(f"\n{heading}")
        for key, count in tally.items():
            print(f"  {count:>4}  {key:<24} {names.get(key, '')}".rstrip())
    return 0


def search(arguments: argparse.Namespace) -> int:
    """Find questions, quotations and situations."""
    from trainer.bank.search import search
    from trainer.text import one_line

    wanted = " ".join(arguments.words).strip()
    if not wanted:
        raise UsageError("Bạn muốn tìm chữ gì? Ví dụ: danvan search doan ket.")
    found = list(search(open_bank(bank_paths(arguments)), wanted))
    if arguments.json:
        print_json([item._asdict() for item in found])
        return 0
    if not found:
        print(f"Không có mục nào chứa “{printable(wanted)}”. Bạn thử ít chữ hơn, hoặc gõ không dấu.")
        return 0
    names = {"question": "câu hỏi", "quotation": "lời Bác", "situation": "tình huống"}
    for item in found:
        print(f"{names[item.section]:<10} {item.id:<32} {one_line(item.text, 110)}")
    print(f"{len(found)} mục.")
    return 0


def grade(arguments: argparse.Namespace) -> int:
    """Say how a typed response is judged, and why."""
    from trainer.grading.typed import grade_typed

    answers = [answer for answer in arguments.answer if answer.strip()]
    if not answers:
        raise UsageError("Thiếu đáp án. Ví dụ: danvan grade --answer “đoàn kết” -- doan ket.")
    verdict = grade_typed(" ".join(arguments.response), answers)
    if arguments.json:
        print_json(
            {
                "code": verdict.code,
                "share": verdict.share,
                "reason": verdict.reason,
                "normalized": verdict.normalized,
            }
        )
        return 0
    print(f"{verdict.code}: {verdict.share:.0%} số điểm. {verdict.reason}")
    return 0
