"""Whole contests of several sides by keys, with kills, undo, corrections and ties; the biên bản adds up.

Here with fewer questions; ``python -m tests.contests`` plays the shipped rules uncut.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.program.contests import SPECS, check, play
from tests.program.hall_count import points_of
from tests.program.hall_driver import Hall


@pytest.fixture(scope="module")
def contests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Future[Hall], Path]]]:
    """All contests, begun at once: a facilitator mostly waits."""
    with ThreadPoolExecutor(len(SPECS)) as pool:
        yield {
            name: (pool.submit(play, name, folder, short=True), folder)
            for name in SPECS
            for folder in [tmp_path_factory.mktemp(name)]
        }


@pytest.mark.timeout(300)
def test_the_sheet_says_what_was_typed(contests: dict[str, tuple[Future[Hall], Path]]) -> None:
    halls = {name: running.result() for name, (running, _) in contests.items()}
    for name, hall in halls.items():
        counted = check(hall, contests[name][1])
        assert len(hall.killed) > 1, name
        assert max(counted.total.values()) > 0
    # What is drawn differs from run to run: each thing must have happened somewhere.
    killed = {place for hall in halls.values() for place in hall.killed}
    assert killed >= {"draw", "clock", "full", "floor", "mark", "tie", "finish"}
    done = {deed for hall in halls.values() for deed in hall.done}
    assert done == {deed for spec in SPECS.values() for deed in spec.deeds.values()}
    assert any(item.star for item in halls["ngoi-sao"].log.items)
    assert any(item.role == "tie" for hall in halls.values() for item in hall.log.items)
    assert any(hall.log.decided for hall in halls.values())
    assert any(hall.rescued for hall in halls.values())
    assert any(points < 0 for hall in halls.values() for points in _earned(hall))


def _earned(hall: Hall) -> list[int]:
    return [points for item in hall.log.items for points in points_of(item, hall.rules).values()]
