"""The facilitator's keys in a hall that is in a hurry: nothing is recorded for somebody else, or too early."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.contest.hall import Hall, part, rules
from tests.helpers import question, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, open_hall, play, press
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.schedule import next_step
from trainer.contest.drill.taking_part import drill_of, question_part
from trainer.contest.events import Planned
from trainer.contest.state import State
from trainer.tui.drill.clock import REVEAL_MS
from trainer.tui.drill.journal import lines_of
from trainer.tui.drill.steps import Given, next_move
from trainer.tui.drill.view import listed
from trainer.tui.projector.scenes import SHOWN, step_of
from trainer.tui.projector.view import Moment, page


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


async def test_the_next_step_waits_until_the_projector_has_shown_the_key(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "closed")
        await press(pilot, clock, "enter")
        assert session.state.phase == "feedback"
        clock.now += REVEAL_MS / 1000 - 0.05
        await pilot.press("enter")
        await settle(pilot)
        assert session.state.phase == "feedback"
        assert "Máy chiếu đang mở đáp án" in screen_text(app)
        clock.now += 0.06
        assert step_of(REVEAL_MS / 1000) >= SHOWN
        await pilot.press("enter")
        await settle(pilot)
        assert session.state.phase != "feedback"


# --- pairs, and what only the facilitator sees --------------------------------------------------

PAIRS = {
    **question(1),
    "kind": "match",
    "items": ["Suy tính", "Trông thấy", "Nghe được", "Nói ra"],
    "matches": ["Óc nghĩ", "Mắt trông", "Tai nghe", "Miệng nói"],
}


def test_pairs_are_listed_as_two_blocks_and_not_once_they_are_shown() -> None:
    item = {key: value for key, value in PAIRS.items() if key not in ("options", "right")}
    hall = Hall(rules(part(1)), [Planned(0, item, (1, 0, 3, 2))])
    hall(c.Advance, dc.StartClock)
    for width in (20, 40, 72):
        lines = listed(item, (1, 0, 3, 2), width).split("\n")
        gap = lines.index("")
        assert all(row.strip()[0].isdigit() for row in lines[:gap])
        assert not any(match in row for match in item["matches"] for row in lines[:gap])
    assert "F9: đáp án" in next_move(hall.state, Given()).more
    moment = Moment(now=hall.state.at, since_reveal=0.0)
    shown = page(hall.state, moment, 80, 24).text
    assert "1. Suy tính" in shown
    assert "A. Mắt trông" in shown
    assert not any("Suy tính" in line and "Mắt trông" in line for line in shown.split("\n"))
    hall.judged(d1=True)(dc.CloseItem, dc.Reveal)
    shown = page(hall.state, Moment(now=hall.state.at, since_reveal=REVEAL_MS / 1000), 80, 24).text
    assert "Suy tính – Óc nghĩ" in shown
    assert "A. Mắt trông" not in shown


async def test_the_facilitators_own_view_has_the_recorded_letters(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter", "1", "a", "2", "b", "f9")
        await settle(pilot)
        assert "Hoa Sen A · " in screen_text(app)
        assert "Tre Xanh B" in screen_text(app)
        await press(pilot, clock, "f9")
        await settle(pilot)
        assert "Tre Xanh B" not in screen_text(app)


async def test_undo_names_team_and_question(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter", "2", "a", "u")
        await settle(pilot)
        assert "Tre Xanh · câu 1" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert "Tre Xanh · câu 1" in screen_text(app)


async def test_a_star_that_is_used_is_offered_no_more(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)

    def first(state: State) -> bool:
        return state.phase == "draw" and next_step(state).kind == "item"

    async with app.run_test(size=(200, 60)) as pilot:
        await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, until=first)
        assert "N Ngôi sao" in screen_text(app)
        await press(pilot, clock, "n")
        await settle(pilot)
        assert "N Ngôi sao" not in screen_text(app)


async def test_half_a_sheet_is_dropped_only_after_a_second_key(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "chi-tinh-huong")
        state = await play(app, pilot, clock, until=lambda state: state.phase == "mark")
        assert state.current is not None
        await press(pilot, clock, *["3"] * len(state.current.item["rubric"]), "enter", "2", "k")
        await settle(pilot)
        assert session.state.phase == "mark"
        assert "Còn 1 phiếu chấm dở" in screen_text(app)
        lines = lines_of(app.services.store.events(state.contest), session.state)
        assert lines[0].what.startswith("Giám khảo 2 chấm “")
        assert "điểm" not in lines[0].what.split("”")[1]  # not announced yet
        await press(pilot, clock, "k")
        assert len(session.state.sheets) == 1
        await press(pilot, clock, "enter", "enter")
        await settle(pilot)
        assert state.position in drill_of(session.state).revealed
        lines = lines_of(app.services.store.events(state.contest), session.state)
        assert any("chấm “" in line.what and "/" in line.what for line in lines)


def test_several_letters_may_follow_one_another() -> None:
    item = {**question(1), "kind": "multiple"}
    hall = Hall(rules(part(1)), [Planned(0, item, (0, 1, 2, 3))])
    hall(c.Advance, dc.StartClock)
    for side in ("d1", "d2", "d3"):
        hall(c.Answer, side=side, response=(0,))
    assert "gõ thêm chữ" in next_move(hall.state, Given()).says


# --- keys struck before a window is open --------------------------------------------------------


@pytest.mark.parametrize("key", ["c", "f6"])
async def test_what_is_typed_in_one_go_after_c_arrives_in_order(
    key: str, tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "closed")
        clock.now += 0.5
        for each in (key, "3", "plus", "5", "space", "v", "e", "enter"):
            struck = {"plus": "+", "space": " "}.get(each, each if len(each) == 1 else None)
            app.post_message(events.Key(each, struck))
        for _ in range(6):
            await settle(pilot)
        changes = drill_of(session.state).changes
        assert [(each.side, each.points, each.reason) for each in changes] == [
            (session.state.sides[2].id, 5, "ve")
        ]
        assert session.state.phase == "closed"
