"""Findings over a whole bank: does it give its keys away, are levels and kinds mixed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trainer.bank.checks.guesser import RULES, guess, is_guessable

Data = Mapping[str, Any]

LEAST_ITEMS = 50
"""In a smaller bank the shares below say little."""
MOST_LONGEST = MOST_SHORTEST = 0.30
MOST_GUESSED = 0.32
LEVEL_SHARES = {1: 0.40, 2: 0.35, 3: 0.25}
LEVEL_SLACK = 0.10
LEAST_KINDS = 6


def balance(questions: Sequence[Data]) -> Iterator[tuple[str, str]]:
    """Yield (code, message) for each share that is out of bounds; nothing below 50 questions."""
    if len(questions) < LEAST_ITEMS:
        return
    four = [item for item in questions if is_guessable(item)]
    if len(four) >= LEAST_ITEMS:
        yield from _lengths(four)
        yield from _guesser(four)
    levels = Counter(item["level"] for item in questions)
    for level, wanted in LEVEL_SHARES.items():
        share = levels[level] / len(questions)
        if abs(share - wanted) > LEVEL_SLACK:
            yield "levels", f"Mức {level} chiếm {share:.0%} số câu, nên khoảng {wanted:.0%}."
    kinds = {item["kind"] for item in questions}
    if len(kinds) < LEAST_KINDS:
        yield "few-kinds", f"Ngân hàng mới dùng {len(kinds)} loại câu hỏi, nên có ít nhất {LEAST_KINDS}."


def _lengths(four: Sequence[Data]) -> Iterator[tuple[str, str]]:
    for code, word, limit, extreme in (
        ("key-longest", "dài", MOST_LONGEST, max),
        ("key-shortest", "ngắn", MOST_SHORTEST, min),
    ):
        count = 0
        for item in four:
            lengths = [len(option) for option in item["options"]]
            count += lengths[0] == extreme(lengths) and lengths.count(lengths[0]) == 1
        share = count / len(four)
        if share > limit:
            yield (
                code,
                f"Đáp án là phương án {word} nhất ở {share:.0%} số câu bốn phương án, nên nhiều nhất {limit:.0%}.",
            )


def _guesser(four: Sequence[Data]) -> Iterator[tuple[str, str]]:
    scores = guess(four)[""]
    best = max(scores, key=lambda rule: scores[rule].share)
    if scores[best].share > MOST_GUESSED:
        message = (
            f"Chỉ chọn {RULES[best][0]} đã đúng {scores[best].share:.0%} số câu (nên nhiều nhất "
            f"{MOST_GUESSED:.0%}). Gõ “danvan check --guess” để xem theo chủ đề."
        )
        yield "guessable", message
