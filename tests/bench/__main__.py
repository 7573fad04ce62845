"""``python -m tests.bench [NAME…]``: the budgets of the design, each beside what it is measured against.

Each start is measured in pairs, one program after the other, so that a machine whose speed
drifts slows both; medians are printed with their ratio and the budget.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.bench.banks import MANY, made_bank
from tests.bench.contest import contest
from tests.bench.grading import grading
from tests.bench.history import history
from tests.bench.projector import projector
from tests.bench.terminal import DANVAN, EMPTY, ROOT, Timed, start
from tests.bench.typing import typing
from trainer.bank.bank import open_bank
from trainer.history.learner import simulate

PAIRS = 15
_DOWN = b"\x1b[B"


def report(name: str, ours: list[float], theirs: list[float], budget: float, against: str) -> bool:
    """Print one line; returns whether the budget holds."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    ratio = mine / other
    good = ratio <= budget
    print(
        f"{name:<46} {mine * 1000:8.1f} ms   {against:<32} {other * 1000:8.1f} ms   "
        f"ratio {ratio:5.2f}   budget {budget:4.2f}   {'ok' if good else 'OVER'}",
        flush=True,
    )
    return good


def paired(one: Callable[[], float], two: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Run both in turn, after a warm-up of each."""
    one(), two()
    pairs = [(one(), two()) for _ in range(PAIRS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def first_paint(folder: Path) -> bool:
    """Home and the first question, against the empty app."""
    empty = lambda: start(EMPTY, "Mục trống 1", folder)  # noqa: E731
    good = True
    for name, command, shows in (
        ("first paint of danvan", DANVAN, "Thi nhanh"),
        ("first question of danvan play nhanh", [*DANVAN, "play", "nhanh"], "Câu 1/10"),
    ):
        ours, theirs = paired(lambda command=command, shows=shows: start(command, shows, folder), empty)  # type: ignore[misc]
        good &= report(name, ours, theirs, 1.3, "empty Textual app")
    return good


def key(folder: Path) -> bool:
    """A key to its first byte of repaint."""
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(3):
        for side, command, shows in (("ours", DANVAN, "Thi nhanh"), ("theirs", EMPTY, "Mục trống 1")):
            with Timed(
                command, XDG_CACHE_HOME=str(folder / "cache"), DANVAN_DATA=str(folder / "data")
            ) as program:
                program.first_paint(shows)
                program.settle()
                times[side] += [program.key(_DOWN) for _ in range(10)]
    return report(
        "key to first repainted byte, home", times["ours"], times["theirs"], 2.0, "empty Textual app"
    )


def many_questions(folder: Path) -> bool:
    """First paint with a large unchanged bank; reading it after a change."""
    bank = made_bank(folder)
    large = [*DANVAN, "--bank", str(bank)]
    start(large, "Thi nhanh", folder)
    time.sleep(2.5)  # the files' change time must be older than the copy's grain
    start(large, "Thi nhanh", folder)
    ours, theirs = paired(
        lambda: start(large, "Thi nhanh", folder), lambda: start(DANVAN, "Thi nhanh", folder)
    )
    good = report(f"first paint, {MANY} questions unchanged", ours, theirs, 1.15, "the shipped bank")
    texts = [path.read_text("utf-8") for path in sorted(bank.iterdir())]

    def load_alone() -> float:
        gc.collect()
        begin = time.perf_counter()
        for text in texts:
            yaml.load(text, Loader=yaml.CSafeLoader)
        return time.perf_counter() - begin

    def load_held() -> float:
        gc.disable()
        try:
            return load_alone()
        finally:
            gc.enable()

    def read() -> float:
        gc.collect()
        begin = time.perf_counter()
        open_bank([bank])
        return time.perf_counter() - begin

    ours = [read() for _ in range(3)]
    good &= report(
        f"reading {MANY} changed questions", ours, [load_alone() for _ in range(3)], 1.0, "CSafeLoader"
    )
    report(
        "  the same, for comparison",
        ours,
        [load_held() for _ in range(3)],
        1.0,
        "CSafeLoader, collector held",
    )
    return good


def learner(_folder: Path) -> bool:
    """Whether following the program beats random rounds of the same minutes (a simulated learner)."""
    told = [simulate(seed) for seed in (1, 2, 3)]
    for outcome in told:
        print(outcome.sentence, flush=True)
    return all(outcome.followed > outcome.random for outcome in told)


BENCHMARKS: dict[str, Callable[[Path], bool]] = {
    "first-paint": first_paint,
    "key": key,
    "many": many_questions,
    "grading": grading,
    "typing": typing,
    "history": history,
    "learner": learner,
    "contest": contest,
    "projector": projector,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; 1 when a budget is broken."""
    os.chdir(ROOT)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(BENCHMARKS)}")
        return 2
    good = True
    for name in names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            good &= BENCHMARKS[name](Path(folder))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
