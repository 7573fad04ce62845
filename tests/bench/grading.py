"""The judge's budgets: a typed answer at most 0.2 ms, a recital of 120 words at most 2 ms.

The accepted texts are read once and kept, as in a contest; the time with these texts read anew is
printed for comparison.
"""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

from trainer.grading import reading
from trainer.grading.recital import grade_recital, word_spans
from trainer.grading.typed import grade_typed

BLOCKS = 5
ROUNDS = 200
TYPED_BUDGET_S = 0.0002
RECITAL_BUDGET_S = 0.002

ACCEPTED = (
    "tôn trọng Nhân dân, tận tụy phục vụ Nhân dân, lắng nghe dân",
    "phải tôn trọng, tận tụy phục vụ và lắng nghe ý kiến Nhân dân",
    "trường kỳ tôn trọng, tận tụy phục vụ, liên hệ chặt chẽ với dân",
    "trọng dân, gần dân, hiểu dân, học dân và trách nhiệm với dân",
)
ANSWERS = {
    "exact": ACCEPTED[0],
    "spelling": "Tôn trọng nhân dân; tận tuỵ phục vụ nhân dân; lắng nghe dân!",
    "no-diacritics": "ton trong nhan dan, tan tuy phuc vu nhan dan, lang nghe dan",
    "tone": "tôn trọng nhân dân, tân tụy phục vụ nhân dân, lắng nghe dần",
    "typo": "truờng kỳ tôn trọng, tận tụy phục vụ, liên hệ chặt chẽ với dân",
    "order": "lắng nghe dân, tận tụy phục vụ Nhân dân, tôn trọng Nhân dân",
    "partial": "tôn trọng nhân dân, hết lòng phục vụ nhân dân, nghe dân nói",
    "wrong": "đẩy mạnh công nghiệp hóa, hiện đại hóa đất nước theo định hướng",
}
QUOTATION = (
    "Dân vận là vận động tất cả lực lượng của mỗi một người dân không để sót một người dân nào, góp thành "
    "lực lượng toàn dân, để thực hành những công việc nên làm, những công việc Chính phủ và Đoàn thể đã "
    "giao cho. Bao nhiêu lợi ích đều vì dân. Bao nhiêu quyền hạn đều của dân. Công việc đổi mới, xây dựng "
    "là trách nhiệm của dân. Sự nghiệp kháng chiến, kiến quốc là công việc của dân. Chính quyền từ xã đến "
    "Chính phủ trung ương do dân cử ra. Đoàn thể từ Trung ương đến xã do dân tổ chức nên. Nói tóm lại, quyền "
    "hành và lực lượng đều ở nơi dân."
)


def recitals() -> dict[str, str]:
    """Return recitals of the quotation, from right to hopeless."""
    words = QUOTATION.split()
    plain = "".join(
        char for char in unicodedata.normalize("NFD", QUOTATION) if not unicodedata.combining(char)
    )
    return {
        "right": QUOTATION,
        "without marks": plain.replace("đ", "d").replace("Đ", "D"),
        "every fifth word gone": " ".join(word for at, word in enumerate(words) if at % 5),
        "turned round": " ".join(reversed(words)),
        "no word of it": " ".join(f"zxq{word}" for word in words),
    }


def _median(work: Callable[[], object], before: Callable[[], object] | None = None) -> float:
    """Return the lowest of a few medians of the seconds that `work` takes: other programs only add."""
    medians = []
    for _ in range(BLOCKS):
        times = []
        for _ in range(ROUNDS):
            if before is not None:
                before()
            begin = time.perf_counter()
            work()
            times.append(time.perf_counter() - begin)
        medians.append(statistics.median(times))
    return min(medians)


def _report(name: str, median_s: float, budget_s: float) -> bool:
    good = median_s <= budget_s
    print(
        f"{name:<46} {median_s * 1000:8.3f} ms   {'budget':<32} {budget_s * 1000:8.3f} ms   "
        f"ratio {median_s / budget_s:5.2f}   budget 1.00   {'ok' if good else 'OVER'}",
        flush=True,
    )
    return good


def grading(folder: Path) -> bool:
    """Judge 12 words against 4 accepted texts, and recitals of 120 words; `folder` is not used."""
    good = True
    for code, answer in ANSWERS.items():
        verdict = grade_typed(answer, ACCEPTED)
        if verdict.code != code:
            print(f"{answer!r} is {verdict.code}, not {code}")
            good = False
        good &= _report(
            f"typed answer, {code}",
            _median(partial(grade_typed, answer, ACCEPTED)),
            TYPED_BUDGET_S,
        )
        cold = _median(partial(grade_typed, answer, ACCEPTED), reading.read.cache_clear)
        print(f"{'  the same, accepted texts read anew':<46} {cold * 1000:8.3f} ms")
    count = len(word_spans(QUOTATION))
    for name, recital in recitals().items():
        median = _median(partial(grade_recital, recital, QUOTATION))
        good &= _report(f"recital of {count} words, {name}", median, RECITAL_BUDGET_S)
    return good
