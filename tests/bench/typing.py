"""A composed key of the built-in Telex and VNI, against its budget."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from trainer.typing.compose import Method, WordBuffer
from trainer.typing.inventory import shape

BUDGET_US = 50.0
RUNS = 15
_TABLE = Path(__file__).resolve().parents[1] / "data" / "syllables.tsv"


def _texts() -> dict[Method, str]:
    """Return the keys of the syllable table as one text a method."""
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines()[1:]]
    return {
        Method.TELEX: " ".join(row[1] for row in rows),
        Method.VNI: " ".join(row[2] for row in rows),
    }


def _key_us(text: str, method: Method, *, cold: bool) -> float:
    """Return the mean time of a key, in microseconds, as a box pays it."""
    buffer = WordBuffer(method)
    shape.cache_clear()
    begin = time.perf_counter()
    for key in text:
        if cold and key == " ":
            shape.cache_clear()
        buffer.feed(key)
    return (time.perf_counter() - begin) / len(text) * 1e6


def typing(folder: Path) -> bool:
    """Type the whole syllable table, and once more with nothing remembered from word to word."""
    del folder
    good = True
    for method, text in _texts().items():
        for cold, state in ((False, "a composed key"), (True, "a composed key, each word its first time")):
            _key_us(text, method, cold=cold)
            taken = statistics.median(_key_us(text, method, cold=cold) for _ in range(RUNS))
            good &= taken <= BUDGET_US
            print(
                f"{f'{state}, {method}':<52} {taken:8.1f} µs   budget {BUDGET_US:4.0f} µs   "
                f"{'ok' if taken <= BUDGET_US else 'OVER'}",
                flush=True,
            )
    return good
