"""``python -m tests.contests [RULES]… [--kills]``: whole contests on pseudo-terminals, the shipped rules uncut.

Ten teams under ``chuan`` and ``rung-chuong``, five or six under the others, with kill -9, undo,
corrections and ties; the biên bản must agree with a count made from the keys that were typed. Two
minutes, all at once. The tests run the same contests with fewer questions (``--short``). With ``--kills``
the program is killed before one step in eight as well, whatever it is doing.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.program.contests import SPECS, check, play

KILLS = 1 / 8


def _one(name: str, folder: Path, short: bool, any_time: float) -> str:
    begun = time.monotonic()
    hall = play(name, folder, short=short, any_time=any_time)
    counted = check(hall, folder)
    took = time.monotonic() - begun
    done = sum(not item.void for item in hall.log.items)
    ties = sum(item.role == "tie" for item in hall.log.items) + len(hall.log.decided)
    best = min(counted.rank, key=lambda team: counted.rank[team])
    return (
        f"{name}: {len(hall.teams)} teams, {done} items; killed while {', '.join(sorted(hall.killed))}"
        f"{f' ({hall.kill_count} times more by chance)' if any_time else ''}, {ties} ties broken, "
        f"{len(counted.rows)} results agree, {best} wins with {counted.total[best]}; {took:.0f} s"
        f"\n    corrected: {', '.join(sorted(hall.done))}"
        + (f"; NOT done: {hall.kills or ''} {hall.deeds or ''}" if hall.kills or hall.deeds else "")
    )


def main(arguments: list[str]) -> int:
    """Run the named contests, or all; ``--short`` as the tests do."""
    short, any_time = "--short" in arguments, KILLS if "--kills" in arguments else 0
    names = [each for each in arguments if not each.startswith("-")] or list(SPECS)
    failed = 0
    with tempfile.TemporaryDirectory() as top, ThreadPoolExecutor(len(names)) as pool:
        running = {}
        for name in names:
            folder = Path(top) / name
            folder.mkdir()
            running[name] = pool.submit(_one, name, folder, short, any_time)
        for name, each in running.items():
            error = each.exception()
            failed += error is not None
            if error is None:
                print(each.result(), flush=True)
            else:
                print(f"{name}: FAILED", *traceback.format_exception(error)[-4:], sep="\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
