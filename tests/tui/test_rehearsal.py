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
from trainer.contest.drill.ranking import open_ties, ranking
from trainer.contest.drill.stand_ins import STAND_INS
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.errors import HistoryError
from trainer.history.practice import fresh_practice, practice_folder, settings_of
from trainer.history.store import Store
from trainer.tui.app import DanvanApp
from trainer.tui.drill.end import DrillEndScreen
from trainer.tui.drill.rehearsing import begin_rehearsal
from trainer.tui.drill.screen import DrillScreen

PRESETS = ("chuan", "boc-goi", "gio-bien", "chi-tinh-huong", "rung-chuong", "ngoi-sao")
SIGN = "DIỄN TẬP – không ghi vào lịch sử"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def begin(
    app: DanvanApp,
    pilot: Pilot[str],
    rules: str = "",
    seed: int = 7,
    teams: int = 0,
    minutes: int | None = None,
) -> Session:
    names = tuple(team.name for team in STAND_INS[:teams])
    session = begin_rehearsal(app.services, rules, names, minutes, seed)
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
        await begin(app, pilot, rules, teams=3, minutes=15)
        assert SIGN in screen_text(app)
        state = await evening(app, pilot, clock)
        assert state.status == "finished"
        assert not open_ties(state)
        assert any(place.score for place in ranking(state))
        assert SIGN in screen_text(app)


async def test_leaving_a_rehearsal_ends_the_program_and_says_that_nothing_counts(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await press(pilot, clock, "enter", "escape")
        await settle(pilot)
        assert "Dừng diễn tập?" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
    assert "Không có gì được ghi" in (app.return_value or "")


async def test_a_rehearsal_offers_no_other_place(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot)
        assert all(side.members for side in session.state.sides)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Ôn tập" not in titles
        assert "Thoát" in titles


async def test_g_does_nothing_in_a_real_contest(tmp_path: Path, cache: Path) -> None:
    from tests.tui.hall_keys import open_hall

    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter")
        before = session.state
        await press(pilot, clock, "g")
        assert session.state is before
        assert "Trả lời thay" not in screen_text(app)
        assert SIGN not in screen_text(app)


def test_a_rehearsal_is_made_anew_and_leaves_the_history_alone(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.enrol(("Hoa Sen",))
        store.set_setting("theme", "sen-sang")
    before = (tmp_path / "history.db").read_bytes()
    folder = fresh_practice(tmp_path)
    assert folder == practice_folder(tmp_path) == tmp_path / "rehearsal"
    with Store(folder) as store:
        assert store.find_player("Hoa Sen") is None
        store.enrol(("Đội giả",))
    with Store(fresh_practice(tmp_path)) as store:
        assert store.find_player("Đội giả") is None
    assert (tmp_path / "history.db").read_bytes() == before
    assert settings_of(tmp_path) == {"theme": "sen-sang"}
    assert settings_of(tmp_path / "nowhere") == {}
    assert not (tmp_path / "nowhere").exists()


def test_what_is_no_folder_of_rehearsals_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x").write_text("giữ")
    (tmp_path / "rehearsal").symlink_to(tmp_path / "real")
    with pytest.raises(HistoryError, match="không phải là thư mục diễn tập"):
        fresh_practice(tmp_path)
    assert (tmp_path / "real" / "x").read_text() == "giữ"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--resume"], "không đi cùng --resume"),
        (["toi-nay.yaml"], "không đi cùng tệp"),
        (["--teams", "Một"], "ít nhất 2 đội"),
        ([], "cửa sổ dòng lệnh"),
    ],
)
def test_the_command_tells_what_is_wrong(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drill", "--rehearse", "--data", str(tmp_path), *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screen(
    size: tuple[int, int], tmp_path: Path, cache: Path, snapshot: SnapshotAssertion
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=size) as pilot:
        await begin(app, pilot, "gio-bien")
        await evening(app, pilot, clock, until="question")
        await press(pilot, clock, "g")
        await settle(pilot)
        assert screen_text(app) == snapshot
