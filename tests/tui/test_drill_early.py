"""The group drill when somebody is silent, a question is dropped, or the hall must close; notes; input methods."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot

from tests.helpers import Clock, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, open_hall, play
from tests.tui.test_drill_menu import begin, keys, read, sheet
from trainer.contest.drill.ranking import next_way, open_ties, ranking
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.tui.app import DanvanApp
from trainer.tui.drill.private import private_text
from trainer.tui.drill.screen import DrillScreen


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def foot(text: str) -> str:
    return text.splitlines()[-2]


async def test_silence_opens_the_buzzers_after_a_second_enter(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        await keys(pilot, clock, "enter")  # stopped by hand: it may be a mistake
        assert "Enter hai lần: chưa trả lời, mở chuông" in foot(screen_text(app))
        await keys(pilot, clock, "enter")
        assert session.state.phase == "entry"
        assert "Nhấn Enter lần nữa: tính là chưa trả lời" in read(app)
        await keys(pilot, clock, "enter")
        assert session.state.phase == "buzz"
        owner = session.state.sides[0]
        assert session.state.attempts[owner.id, session.state.position].code == "empty"
        await keys(pilot, clock, "2", "r", "enter", "enter")
        assert "đội khác giành quyền và trả lời đúng" in sheet(app, session)


async def test_when_the_time_ran_out_one_enter_opens_the_buzzers(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        while session.state.phase == "question":
            clock.now += 4
            await cast("DrillScreen", app.screen).tick()
        await settle(pilot)
        assert "Hết giờ · Enter: chưa trả lời, mở chuông" in foot(screen_text(app))
        await keys(pilot, clock, "enter")
        assert session.state.phase == "buzz"


async def test_no_second_is_lost_while_a_question_may_be_dropped(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        await keys(pilot, clock, "f8")
        left = session.state.remaining_ms(session.now)
        for _ in range(5):
            clock.now += 3
            await pilot.pause()
        assert session.state.remaining_ms(session.now) == left
        await keys(pilot, clock, "escape")
        assert session.state.paused_at is None
        assert session.state.remaining_ms(session.now) == left
        await keys(pilot, clock, "f7", "enter")
        assert (session.state.phase, session.state.paused_at) == ("skipped", None)


async def test_buzzers_that_an_undo_opened_again_stand_and_can_be_taken_back(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, until=lambda state: state.phase == "buzz")
        await keys(pilot, clock, "enter", "u", "enter")
        assert (session.state.phase, session.state.pause_reason) == ("buzz", "undone")
        assert "U Rút lại" in screen_text(app).splitlines()[-1]
        await keys(pilot, clock, "u", "enter")
        assert session.state.phase != "buzz"


async def test_a_dropped_question_of_one_team_is_best_replaced(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        before = session.state.position
        assert drill_of(session.state).stars  # the script places it first
        await keys(pilot, clock, "f7")
        assert "Ngôi sao hy vọng được trả lại đội" in read(app)
        assert "sẽ ít hơn các đội khác một câu: nên Esc, rồi F8 (thay câu)" in read(app)
        await keys(pilot, clock, "enter")
        assert "T: hỏi câu dự phòng thay" in foot(screen_text(app))
        await keys(pilot, clock, "t", "enter")
        assert (session.state.phase, session.state.position != before) == ("read", True)
        assert list(drill_of(session.state).stars) == [session.state.position]


async def test_a_floor_that_is_empty_is_said_before_the_part_ends(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "rung-chuong")
        await play(app, pilot, clock, lambda _team, _at: False, until=lambda state: state.phase == "feedback")
        assert "Sàn không còn đội nào" in foot(screen_text(app))
        await keys(pilot, clock, "enter")
        assert session.state.phase == "feedback"
        assert "V: cứu trợ cho các đội trở lại" in read(app)
        await keys(pilot, clock, "v", "enter", "enter")
        assert (session.state.phase, len(drill_of(session.state).opened)) == ("read", 2)
        # The rescue is used up: another question in place of the second brings them back as well.
        await play(app, pilot, clock, lambda _team, _at: False, until=lambda state: state.phase == "feedback")
        assert "T: thay câu này" in foot(screen_text(app))
        await keys(pilot, clock, "enter")
        assert "T: hỏi câu khác thay câu này" in read(app)


def in_review(state: State) -> bool:
    return state.phase == "feedback" and len(drill_of(state).revealed) == 2


async def test_a_hall_that_must_close_ends_early_and_announces(
    tmp_path: Path, cache: Path, snapshot: SnapshotAssertion
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        await keys(pilot, clock, "enter", "enter", "m", "k", "hội trường đóng cửa ", "enter")
        assert screen_text(app) == snapshot(name="confirm")
        await keys(pilot, clock, "escape")
        assert session.state.phase != "ranking"
        await keys(pilot, clock, "m", "k", "hội trường đóng cửa ", "enter", "enter")
        assert session.state.phase == "ranking"
        assert "Hội thi kết thúc sớm (hội trường đóng cửa)" in read(app)
        assert "Kết thúc sớm, chưa thi hết: hội trường đóng cửa. Phần 1" in sheet(app, session)
        await keys(pilot, clock, "u", "enter")
        assert drill_of(session.state).ended_early == ""
        await keys(pilot, clock, "m", "k", "muộn rồi ", "enter", "enter")
        await play(app, pilot, clock)
        assert session.state.status == "finished"
        assert "Công bố kết quả" in screen_text(app)


async def test_a_note_is_for_the_facilitator_and_the_sheet(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(100, 30)) as pilot:
        session = await begin(app, pilot, clock)
        await keys(pilot, clock, "m", "g", "enter")
        assert "hoặc nhấn Esc" in read(app)
        await keys(pilot, clock, "loa rè ở cuối phòng ", "enter")
        assert "Đã ghi chú: loa rè ở cuối phòng" in read(app)
        await keys(pilot, clock, "up")
        assert "Ghi chú: loa rè ở cuối phòng" in private_text(session.state).plain
        await keys(pilot, clock, "f9")
        assert "✎ Ghi chú: loa rè ở cuối phòng" in read(app)
        assert "Ghi chú: loa rè ở cuối phòng" in sheet(app, session)


@pytest.mark.parametrize("made", ["â", "á", "đ", "ă"], ids=["a a", "a s", "d d", "a w"])
async def test_what_an_input_method_makes_of_two_keys_is_not_guessed(
    tmp_path: Path, cache: Path, made: str
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        screen = cast("DrillScreen", app.screen)
        for key in (events.Key("backspace", "\x7f"), events.Key(made, made)):
            screen.post_message(key)
        await settle(pilot)
        assert not session.state.attempts
        assert "Bộ gõ tiếng Việt đang bật" in read(app)


async def test_telex_sends_w_as_a_letter_of_its_own(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        app.screen.post_message(events.Key("ư", "ư"))
        await settle(pilot)
        (attempt,) = session.state.attempts.values()
        assert attempt.share == 0


async def test_the_audiences_question_asks_no_team(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(
            app,
            pilot,
            clock,
            until=lambda state: (
                state.phase == "question" and state.current is not None and state.current.role == "audience"
            ),
        )
        assert "Câu dành cho khán giả, không tính điểm đội · Enter: chốt" in foot(screen_text(app))
        assert not {"Thay câu", "Đúng", "Sai"} & set(screen_text(app).splitlines()[-1].split("   "))
        await keys(pilot, clock, "enter")
        assert session.state.phase == "closed"


async def test_a_sheet_printed_in_between_does_not_tell_what_is_being_asked(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        await keys(pilot, clock, "enter", "enter", "1", "a")
        printed = sheet(app, session)
        assert printed.count("chưa công bố") == 1
        assert printed.count("| Câu 3 |") == 1


async def test_the_judges_put_one_level_group_after_the_other_in_order(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = ("Một", "Hai", "Ba", "Bốn", "Năm")
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien", teams)
        await play(app, pilot, clock, lambda _team, _at: False, until=lambda state: state.phase == "feedback")
        for key, points in (("1", "+9"), ("2", "+9"), ("3", "+5"), ("4", "+5")):
            await keys(pilot, clock, "c", key, f"{points} bù ", "enter")
        await keys(pilot, clock, "m", "k", "muộn ", "enter", "enter")
        # Nobody answers the five questions that could break the ties.
        await play(
            app,
            pilot,
            clock,
            lambda _team, _at: False,
            until=lambda state: state.phase == "ranking" and next_way(state) == "judges",
        )
        groups = [[name(session.state, side) for side in group] for group in open_ties(session.state)]
        assert groups == [["Một", "Hai"], ["Ba", "Bốn"]]
        await keys(pilot, clock, "2", "enter")
        assert len(open_ties(session.state)) == 1
        await keys(pilot, clock, "4", "enter")
        assert not open_ties(session.state)
        assert [name(session.state, place.side) for place in ranking(session.state)][:4] == [
            "Hai",
            "Một",
            "Bốn",
            "Ba",
        ]
        await keys(pilot, clock, "enter")
        assert session.state.status == "finished"


def name(state: State, side: str) -> str:
    return next(each.name for each in state.sides if each.id == side)


async def level(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> Session:
    """End a contest of three level teams early, for whatever reason."""
    session = await open_hall(app, pilot, "gio-bien")
    await play(app, pilot, clock, lambda _team, _at: False, until=lambda state: state.phase == "feedback")
    await keys(pilot, clock, "m", "k", "muộn ", "enter", "enter")
    assert len(open_ties(session.state)[0]) == 3
    return session


async def test_after_an_early_end_the_judges_are_next_and_not_a_question(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await level(app, pilot, clock)
        assert "Giám khảo xếp thứ tự" in foot(screen_text(app))


@pytest.mark.parametrize("how", ["judges", "lot", "level"])
async def test_level_teams_can_be_settled_without_a_question(tmp_path: Path, cache: Path, how: str) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await level(app, pilot, clock)
        pressed = {"judges": ("1", "3", "1", "enter"), "lot": ("2", "enter"), "level": ("3", "enter")}[how]
        await keys(pilot, clock, "m", "x", *pressed)
        if how == "level":
            assert session.state.status == "finished"
            assert {place.rank for place in ranking(session.state)} == {1}
            return
        assert not open_ties(session.state)
        order = [name(session.state, place.side) for place in ranking(session.state)]
        assert order == ["Sao Mai", "Hoa Sen", "Tre Xanh"] or how == "lot"
        await keys(pilot, clock, "enter")
        assert session.state.status == "finished"


async def test_a_team_that_leaves_takes_the_judges_half_order_with_it(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await level(app, pilot, clock)
        await keys(pilot, clock, "1", "m", "6", "1", "phải về ", "enter", "enter")
        assert "(0/2)" in foot(screen_text(app))
        await keys(pilot, clock, "3", "enter")
        assert not open_ties(session.state)


async def test_a_rescue_is_not_offered_before_the_room_saw_the_key(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_hall(app, pilot, "rung-chuong")
        await play(app, pilot, clock, lambda _team, _at: False, until=lambda state: state.phase == "closed")
        await keys(pilot, clock, "m")
        assert "khi đã hiện đáp án" in next(
            line for line in screen_text(app).splitlines() if "Cứu trợ" in line
        )


async def test_the_end_taken_back_after_a_while_goes_on_at_once(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await level(app, pilot, clock)
        await keys(pilot, clock, "m", "x", "3", "enter")
        clock.now += 300
        await keys(pilot, clock, "u")
        assert "Mở lại hội thi để sửa?" in read(app)
        await keys(pilot, clock, "enter")
        assert session.state.phase == "ranking"
        clock.now += 0.2
        await keys(pilot, clock, "m", "x", "2", "enter")
        assert "Đã bốc thăm: " in read(app)
        await keys(pilot, clock, "enter")
        assert session.state.status == "finished"


async def test_home_goes_on_with_an_announcement_that_was_broken_off(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await level(app, pilot, clock)
        await keys(pilot, clock, "m", "x", "3", "enter", "enter")
        assert "1/3" in screen_text(app)
    app.services.store.close()
    again, clock = hall(tmp_path, cache)
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Tiếp tục công bố" in screen_text(again)
        await keys(pilot, clock, "enter")
        assert "1/3" in screen_text(again)
        await keys(pilot, clock, "a", "escape")
        assert "Tiếp tục công bố" not in screen_text(again)
