"""A rehearsal: whole evenings by Enter and G, and nothing of it in the players' histories."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.helpers import Clock, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, press
from trainer.cli import main
from trainer.contest.ranking import open_ties, ranking
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.errors import HistoryError
from trainer.history.practice import fresh_practice, practice_folder, settings_of
from trainer.history.store import Store
from trainer.tui.app import DanvanApp
from trainer.tui.drill import DrillScreen
from trainer.tui.drill_end import DrillEndScreen
from trainer.tui.rehearsing import begin_rehearsal

PRESETS = ("chuan", "boc-goi", "gio-bien", "chi-tinh-huong", "rung-chuong", "ngoi-sao")
SIGN = "DIỄN TẬP – không ghi vào lịch sử"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def begin(app: DanvanApp, pilot: Pilot[str], rules: str = "", seed: int = 7) -> Session:
    session = begin_rehearsal(app.services, rules, seed=seed)
    app.show_contest(session)
    await settle(pilot)
    return session


async def evening(app: DanvanApp, pilot: Pilot[str], clock: Clock, until: str = "") -> State:
    """G when answers are due, else Enter; nothing but these two keys."""
    for _ in range(1500):
        if isinstance(app.screen, DrillEndScreen):
            return app.screen.session.state
        screen = cast("DrillScreen", app.screen)
        state = screen.session.state
        if until and state.phase == until:
            await settle(pilot)
            return state
        await press(pilot, clock, "g" if screen.check_action("stand_in", ()) else "enter")
        if not screen.session.state.running:
            await settle(pilot)
    raise AssertionError(f"stuck in {state.phase}")


@pytest.mark.parametrize("rules", PRESETS)
async def test_an_evening_is_gone_through_by_two_keys(rules: str, tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot, rules)
        assert SIGN in screen_text(app)
        state = await evening(app, pilot, clock)
        assert state.status == "finished"
        assert not open_ties(state)
        assert len({place.score for place in ranking(state)}) > 1
        assert SIGN in screen_text(app)
        shares = [
            attempt.share
            for (_, at), attempt in state.attempts.items()
            if state.asks_questions(state.plan[at].part)
        ]
        if len(shares) > 20:
            assert 0.3 < sum(share >= 1 for share in shares) / len(shares) < 0.9
        assert {side.members for side in state.sides} != {()}
