"""An event committed by the drill -> the first byte that the projector's program repaints."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from tests.bench.terminal import Timed
from tests.contest.hall import part, plain, rules
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.evening.rehearsal import teams
from trainer.contest.session import Session
from trainer.history.store import Store, utc_exact

BUDGET_MS = 100.0
EVENTS = 120
PAUSE_S = 0.137
"""Between two events: not a multiple of the projector's own pace."""


def projector(folder: Path) -> bool:
    """Median and worst lag of the real second program on a pseudo-terminal."""
    data = folder / "data"
    lags: list[float] = []
    with Store(data) as store:
        session = Session(store, time.monotonic, utc_exact)
        session.open("lag", 7, rules(part(5, seconds=60)), teams(6), plain(5), group=True)
        session.do(c.Advance)
        command = [sys.executable, "-m", "trainer", "screen", "--data", str(data)]
        with Timed(command, XDG_CACHE_HOME=str(folder / "cache")) as program:
            program.first_paint("Câu 1?")
            program.settle()
            for number in range(EVENTS):
                time.sleep(PAUSE_S)
                session.do(lambda at, shown=number % 2 == 0: dc.ShowStandings(at, shown))  # type: ignore[misc]
                lags.append(program.repaint() * 1000)
    middle, worst = statistics.median(lags), max(lags)
    good = worst <= BUDGET_MS
    print(
        f"event committed to the projector's first byte   median {middle:6.1f} ms   "
        f"95 % {statistics.quantiles(lags, n=20)[-1]:6.1f} ms   worst {worst:6.1f} ms of {EVENTS}   "
        f"budget {BUDGET_MS:.0f} ms   {'ok' if good else 'OVER'}",
        flush=True,
    )
    return good
