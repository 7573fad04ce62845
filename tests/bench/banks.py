"""A large bank for the benchmarks."""

from __future__ import annotations

import os
import time
from pathlib import Path

MANY = 10_000
FILES = 20
EACH = MANY // FILES


def made_bank(folder: Path) -> Path:
    """Write a bank of 10,000 questions, q0 to q9999, in 20 files."""
    bank = folder / "bank"
    bank.mkdir()
    for file in range(FILES):
        lines = [
            f"topic: chu-de-{file}\ntitle: Chủ đề số {file}\nsources:\n  van-ban: {{title: Văn bản số {file}}}\nquestions:\n"
        ]
        for number in range(EACH):
            lines.append(
                f"- id: q{file * EACH + number}\n  kind: choice\n  prompt: Câu hỏi số {number} của chủ đề {file} hỏi về điều gì trong văn bản?\n"
                f"  answer: Việc thứ {number} mà cơ sở phải làm\n  distractors:\n"
                f"  - Việc thứ {number + 1} mà cơ sở phải làm\n  - Việc thứ {number + 2} mà cơ sở nên làm\n"
                f"  - Việc thứ {number + 3} mà cơ sở đã làm\n"
                f"  explanation: Văn bản nêu rõ việc thứ {number} là việc phải làm; các việc kia thuộc điều khác.\n"
                f"  source: van-ban, Điều {number % 90 + 1}\n  level: {number % 3 + 1}\n"
            )
        (bank / f"chu-de-{file}.yaml").write_text("".join(lines), "utf-8")
    past = time.time() - 60  # as a bank that was not written this very moment
    for path in bank.iterdir():
        os.utime(path, (past, past))
    return bank
