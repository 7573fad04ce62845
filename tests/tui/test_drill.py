"""The group drill by keys: whole contests, corrections, resuming, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from tests.contest import naive
from tests.helpers import screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import TEAMS, hall, open_hall, play, press
from trainer.contest.ranking import open_ties, ranking
from trainer.contest.taking_part import drill_of
from trainer.tui.drill import DrillScreen
from trainer.tui.drill_end import DrillEndScreen

PRESETS = ("chuan", "boc-goi", "gio-bien", "chi-tinh-huong", "rung-chuong", "ngoi-sao")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def screen_of(app: object) -> DrillScreen:
    return cast("DrillScreen", cast("DrillScreen", app).screen)


@pytest.mark.parametrize("rules", PRESETS)
async def test_a_whole_contest_is_run_by_keys(rules: str, tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, rules)
        state = await play(app, pilot, clock)
        assert state.status == "finished"
        assert not open_ties(state)
        assert {side.name for side in state.sides} == set(TEAMS)
        events = app.services.store.events(session.state.contest)
        assert naive.scores(events) == {side.id: state.score(side.id) for side in state.sides}
        for place in reversed(ranking(state)):
            await press(pilot, clock, "enter")
            assert f"{place.score:>5} điểm" in screen_text(app)
            assert cast("DrillEndScreen", app.screen).told == len(state.sides) - ranking(state).index(place)
        text = screen_text(app)
        assert "Giải Nhất" in text
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert not isinstance(app.screen, DrillEndScreen)
    store = app.services.store
    if rules != "chi-tinh-huong":
        assert all(store.seen(player.id) for player in store.enrol(TEAMS))
    assert store.player().name == "Lan"


async def test_everything_level_ends_by_the_judges_word(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_hall(app, pilot, "gio-bien")
        state = await play(app, pilot, clock, lambda _team, _position: False)
        assert [place.rank for place in ranking(state)] == [1, 2, 3]
        assert drill_of(state).decided or drill_of(state).ties
