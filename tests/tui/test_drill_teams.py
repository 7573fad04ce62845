"""The teams of an evening by keys: changed one by one, pasted, drawn by lot, with buzzers of their own."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.pilot import Pilot

from tests.helpers import screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, play, press
from trainer.contest.drill.taking_part import drill_of
from trainer.tui.app import DanvanApp
from trainer.tui.drill.begin import DrillRequest, begin_drill, draft_for, teams_from
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.prepare.ready import DrillReadyScreen
from trainer.tui.prepare.sets import Prepared, remembered_teams
from trainer.tui.prepare.setup import DrillSetupScreen
from trainer.tui.prepare.team_dialogs import KeyDialog
from trainer.tui.prepare.teams import TeamsScreen

TEAMS = "Hoa Sen: An, Bình, Chi\nTre Xanh: Dũng\nSao Mai"
HOSTILE = "[b]A[/b] [/"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def prepared(app: DanvanApp, rules: str = "gio-bien", teams: str = TEAMS, seed: int = 7) -> Prepared:
    found = teams_from(teams)
    names = tuple(team.name for team in found)
    return Prepared(draft_for(app.services, DrillRequest(rules, names, seed=seed)), found)


async def open_setup(app: DanvanApp, pilot: Pilot[str]) -> DrillSetupScreen:
    app.go("drill")
    await settle(pilot)
    return cast("DrillSetupScreen", app.screen)


async def open_teams(app: DanvanApp, pilot: Pilot[str], text: str = TEAMS) -> TeamsScreen:
    screen = TeamsScreen(teams_from(text))
    app.push_screen(screen)
    await settle(pilot)
    return screen


async def test_teams_are_changed_one_by_one(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_teams(app, pilot)
        await pilot.press("c", "s")
        assert (screen.teams[0].colour, screen.teams[0].symbol) == ("gold", "◆")
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press(*", Giang", "enter")
        await settle(pilot)
        assert screen.teams[1].members == ("Dũng", "Giang")
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lúa: Em", "enter")
        await settle(pilot)
        assert screen.teams[3][:1] + screen.teams[3][3:] == ("Lúa", ("Em",), "4")
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"hoa sen", "enter")
        await settle(pilot)
        assert len(screen.teams) == 4  # two teams of one name
        await pilot.press("left_square_bracket")
        assert [team.name for team in screen.teams] == ["Hoa Sen", "Tre Xanh", "Lúa", "Sao Mai"]
        await pilot.press("x")
        assert len(screen.teams) == 3
        await pilot.press(*"uuuuuu")
        await settle(pilot)
        assert screen.teams == teams_from(TEAMS)


async def test_two_teams_with_one_key_are_refused_at_once(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_teams(app, pilot)
        await pilot.press("k")
        await settle(pilot)
        for key, sentence in (
            ("2", "đã là chuông của “Tre Xanh”"),
            ("a", "đã có việc riêng"),
            ("f9", "chữ số"),
        ):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, KeyDialog)
            assert sentence in " ".join(screen_text(app).replace("│", " ").split())
        await pilot.press("q")
        await settle(pilot)
        assert screen.teams[0].key == "q"
        await pilot.press("k", "escape")
        await settle(pilot)
        assert screen.teams[0].key == "q"


async def test_the_order_is_drawn_by_lot_and_taken_back(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _most: 4)
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_teams(app, pilot, "A,B,C,D,E,F")
        before = screen.teams
        await pilot.press("l")
        await settle(pilot)
        assert "số gieo 4" in screen_text(app)
        assert screen.teams != before
        assert {team.name: team.colour for team in screen.teams} == {
            team.name: team.colour for team in before
        }
        assert [team.key for team in screen.teams] == list("123456")
        await pilot.press("u")
        assert screen.teams == before


async def test_teams_are_pasted_and_remembered(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        setup = await open_setup(app, pilot)
        await pilot.press("f6")
        await settle(pilot)
        screen = cast("TeamsScreen", app.screen)
        assert "Chưa có đội nào" in screen_text(app)
        screen.post_message(events.Paste(TEAMS))
        await settle(pilot)
        assert [team.name for team in screen.teams] == ["Hoa Sen", "Tre Xanh", "Sao Mai"]
        await pilot.press("d")
        await settle(pilot)
        await pilot.press("enter", *"Phù Sa", "f5")
        await settle(pilot)
        assert [team.name for team in screen.teams][3:] == ["Phù Sa"]
        screen.post_message(events.Paste("\n".join(f"Tổ {number}" for number in range(30))))
        await settle(pilot)
        assert len(screen.teams) == 4
        await pilot.press("k", "q", "escape")
        await settle(pilot)
        assert setup.box.value == "Hoa Sen, Tre Xanh, Sao Mai, Phù Sa"
        setup = await open_setup(app, pilot)
        assert setup.box.value == "Hoa Sen, Tre Xanh, Sao Mai, Phù Sa"
        await pilot.press("enter", "enter")
        await settle(pilot)
        sides = cast("DrillScreen", app.screen).session.state.sides
        assert [side.key for side in sides] == ["q", "2", "3", "4"]
        assert sides[0].members == ("An", "Bình", "Chi")


async def test_hostile_names_are_shown_as_they_are(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    hostile = teams_from(f"{HOSTILE}, Tre")
    hostile = (hostile[0]._replace(members=("[red]An[/",)), hostile[1])
    app.services.store.set_setting("drill-teams", '[{"name": 1}]')
    assert remembered_teams(app.services) == ()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(TeamsScreen(hostile))
        await settle(pilot)
        assert HOSTILE in screen_text(app)
        await pilot.press("k")
        await settle(pilot)
        assert HOSTILE in screen_text(app)
        await pilot.press("escape", "escape")
        found = prepared(app)
        titled = found.draft._replace(title=HOSTILE, notes=(HOSTILE,))
        app.switch_screen(DrillReadyScreen(Prepared(titled, hostile)))
        await settle(pilot)
        assert screen_text(app).count(HOSTILE) == 3
        assert "[red]An[/" in screen_text(app)


async def test_a_letter_is_a_buzzer_and_a_late_press_judges_nobody(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = tuple(
        team._replace(key=key) for team, key in zip(teams_from("Sen, Tre, Mai"), "qx3", strict=True)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        request = DrillRequest("gio-bien", tuple(team.name for team in teams), seed=7)
        session = begin_drill(app.services, request, teams)
        app.show_contest(session)
        await settle(pilot)
        await play(app, pilot, clock, lambda _t, _p: False, until=lambda state: state.phase == "buzz")
        await pilot.press("2", "u", "b", "s")  # nobody's keys
        assert drill_of(session.state).buzzes == ()
        await press(pilot, clock, "X", "q")
        assert [press.side for press in drill_of(session.state).buzzes] == [
            session.state.sides[1].id,
            session.state.sides[0].id,
        ]
        before = session.state
        await press(pilot, clock, "x", "3", "3")
        assert session.state.attempts == before.attempts
        assert session.state.phase == "answer"
