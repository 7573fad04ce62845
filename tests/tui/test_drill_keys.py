"""The facilitator's keys in a hall that is in a hurry: nothing is recorded for somebody else, or too early."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, open_hall, play, press
from trainer.contest.drill import commands as dc
from trainer.contest.drill.taking_part import drill_of, question_part
from trainer.contest.state import State


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


# --- the digit of a team that does not answer ---------------------------------------------------


async def test_a_letter_after_the_digit_of_a_team_that_left_is_nobodys(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        first, second, _ = (side.id for side in session.state.sides)
        await press(pilot, clock, "enter")
        session.do(lambda at: dc.Leave(at, second, "có việc"))
        await press(pilot, clock, "enter", "2")
        await settle(pilot)
        assert "Tre Xanh đã rời hội thi" in screen_text(app)
        await press(pilot, clock, "b", "r", "w", "c")
        assert not session.state.attempts
        assert "Chưa ghi cho đội nào" in screen_text(app)
        await press(pilot, clock, "9", "b", "a")
        assert not session.state.attempts
        await press(pilot, clock, "1", "b")
        assert {side for side, _ in session.state.attempts} == {first}
        await press(pilot, clock, "9")
        await settle(pilot)
        assert "Không có đội số 9" in screen_text(app)


async def test_a_letter_after_the_digit_of_an_eliminated_team_is_nobodys(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)

    def on_second(state: State) -> bool:
        return len(drill_of(state).opened) == 2 and state.phase == "question"

    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "rung-chuong")
        state = await play(app, pilot, clock, lambda team, _: team != 0, until=on_second)
        await press(pilot, clock, "1", "a")
        await settle(pilot)
        assert session.state.attempts == state.attempts
        await press(pilot, clock, "1")
        await settle(pilot)
        assert "không còn trên sàn" in screen_text(app)


@pytest.mark.parametrize("rules", ["boc-goi", "ngoi-sao"])
async def test_a_letter_after_another_teams_digit_is_not_the_owners(
    rules: str, tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)

    def turn(state: State) -> bool:
        part = question_part(state, state.position) if state.position >= 0 else None
        return state.phase == "question" and part is not None and part.play.mode == "turns"

    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, rules)
        state = await play(app, pilot, clock, until=turn)
        owner = drill_of(state).owners[state.position]
        key = {side.id: side.key for side in state.sides}
        other = next(side.key for side in state.sides if side.id != owner)
        await press(pilot, clock, other)
        await settle(pilot)
        assert "Câu này của" in screen_text(app)
        await press(pilot, clock, "w")
        assert (owner, state.position) not in session.state.attempts
        await press(pilot, clock, key[owner], "w")
        assert (owner, state.position) in session.state.attempts


# --- standings, and letters that are answers ----------------------------------------------------


async def test_the_clock_takes_the_standings_away_and_undo_brings_them_back(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "f5")
        await settle(pilot)
        assert "Xếp hạng tạm thời" in screen_text(app)
        assert session.state.phase == "read"
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert session.state.phase == "question"
        assert not drill_of(session.state).standings
        assert "Xếp hạng tạm thời" not in screen_text(app)
        await press(pilot, clock, "f5")
        assert drill_of(session.state).standings
        await press(pilot, clock, "enter")  # the question's time ends: boards up, for all to see
        session.look()
        assert session.state.phase in ("raise", "entry")
        assert not drill_of(session.state).standings
        session.do(dc.Undo)  # the clock's end was nobody's decision
        assert session.state.phase == "read"
        assert drill_of(session.state).standings


async def test_an_early_letter_controls_nothing(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter")
        before = session.state
        assert before.phase == "read"
        await press(pilot, clock, "1", "b", "c", "s", "t", "B")
        await settle(pilot)
        assert app.screen.query("#next")  # no window opened
        assert session.state is before
        text = screen_text(app)
        assert "Bảng điểm: F5" in text
        assert "F5 Bảng điểm" in text


async def test_right_or_wrong_does_not_wipe_a_letter(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter", "1", "b", "1", "r", "1", "w")
        await settle(pilot)
        side = session.state.sides[0].id
        assert session.state.attempts[side, session.state.position].response == (1,)
        assert "đã ghi phương án rồi" in screen_text(app)
        await press(pilot, clock, "1", "a", "2", "w")
        assert session.state.attempts[side, session.state.position].response == (0,)
        assert len(session.state.attempts) == 2
