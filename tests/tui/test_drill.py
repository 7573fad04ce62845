"""The group drill by keys: whole contests, corrections, resuming, what is refused."""

from __future__ import annotations

import itertools
import uuid
from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.contest import naive
from tests.helpers import app_with, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import TEAMS, hall, open_hall, play, press
from trainer.cli import main
from trainer.contest.drill.ranking import open_ties, ranking
from trainer.contest.drill.taking_part import drill_of
from trainer.errors import BankError, RulesError, UsageError
from trainer.tui.drill.begin import DrillRequest, begin_drill, resume_drill, team_names, unfinished_drill
from trainer.tui.drill.end import DrillEndScreen
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.prepare.setup import DrillSetupScreen

PRESETS = ("chuan", "boc-goi", "gio-bien", "chi-tinh-huong", "rung-chuong", "ngoi-sao")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


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


async def test_undo_says_what_it_takes_back_and_restores_the_score(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "closed")
        before = session.state
        assert all(f"  {points} " not in screen_text(app).splitlines()[-4] for points in (5, 10))  # hidden
        await press(pilot, clock, "enter")
        assert session.state.phase == "feedback"
        await press(pilot, clock, "u")
        await settle(pilot)
        assert "hiện đáp án" in screen_text(app)
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert session.state.phase == "feedback"
        await press(pilot, clock, "u")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert session.state.phase == "closed"
        assert session.state.attempts == before.attempts
        assert "Đã rút lại" in screen_text(app)


async def test_a_contest_goes_on_in_another_program(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: len(drill_of(state).revealed) == 2)
        await press(pilot, clock, "enter", "enter", "1", "a")
        assert session.state.phase == "question"
        before = session.state
    app.services.store.close()
    again, clock = hall(tmp_path, cache)
    session = resume_drill(again.services)
    again._start = session
    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        state = session.state
        assert (state.position, state.attempts) == (before.position, before.attempts)
        assert state.paused_at is not None
        assert "Đang tạm dừng" in screen_text(again)
        await press(pilot, clock, "enter")
        assert session.state.paused_at is None
        finished = await play(again, pilot, clock)
        assert finished.status == "finished"
        await press(pilot, clock, "enter")
        assert "1/3" in screen_text(again)
    once_more, clock = hall(tmp_path, cache)
    announcing = resume_drill(once_more.services)  # the announcement was broken off
    once_more._start = announcing
    async with once_more.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "1/3" in screen_text(once_more)
        await press(pilot, clock, "a")
        assert unfinished_drill(once_more.services) is None  # all are announced
        await press(pilot, clock, "enter")
        await settle(pilot)
    with pytest.raises(UsageError, match="Không có hội thi nào đang dở"):
        resume_drill(once_more.services)


async def test_home_offers_the_contest_that_was_left_first(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "escape")
        await settle(pilot)
        assert "Tạm rời hội thi?" in screen_text(app)  # one Esc too many leaves no hall
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert "Câu 1/" in screen_text(app)
        await press(pilot, clock, "escape", "enter")
        await settle(pilot)
        assert "Tiếp tục hội thi" in screen_text(app)
        assert "Enter: làm tiếp hội thi" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert app.screen.session.state.contest == session.state.contest  # type: ignore[attr-defined]


async def test_a_second_press_hits_nothing(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        for phase in ("read", "question", "raise", "entry"):
            clock.now += 0.5
            await pilot.press("enter", "enter", "enter")
            await settle(pilot)
            assert session.state.phase == phase
        clock.now += 0.5
        await pilot.press("enter", "enter")
        assert session.state.phase == "entry"  # nobody's answer is entered: it asks first
        assert "lần nữa" in screen_text(app)
        clock.now += 0.5
        await pilot.press("enter", "enter")
        assert session.state.phase == "closed"
        clock.now += 0.5
        await pilot.press("enter", "enter")
        assert session.state.phase == "feedback"


async def test_only_buzzers_and_the_stop_key_act_while_they_are_open(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, lambda _t, _p: False, until=lambda state: state.phase == "buzz")
        before = session.state
        for key in (
            "u",
            "p",
            "space",
            "s",
            "b",
            "f5",
            "f6",
            "t",
            "r",
            "w",
            "plus",
            "left",
            "escape",
            "a",
            "d",
            "m",
            "f10",
            "g",
            "question_mark",
            "ctrl+p",
        ):
            await pilot.press(key)
        await settle(pilot)
        assert session.state is before
        assert isinstance(app.screen, DrillScreen)
        clock.now += 0.1
        await pilot.press("2", "1")
        assert [press.side for press in drill_of(session.state).buzzes] == [
            session.state.sides[1].id,
            session.state.sides[0].id,
        ]
        await settle(pilot)
        assert "bấm cùng lúc" in screen_text(app)  # the hand-moved clock stood still between them
        await press(pilot, clock, "1", "w")
        assert session.state.phase == "buzz"


async def test_scores_are_changed_with_a_reason_and_questions_skipped_and_replaced(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "f6")
        await settle(pilot)
        await press(pilot, clock, "2")
        await settle(pilot)
        await press(pilot, clock, *"5 cong", "enter")
        await settle(pilot)
        assert session.state.score(session.state.sides[1].id) == 5
        await press(pilot, clock, "f6")
        await settle(pilot)
        await press(pilot, clock, "2")
        await settle(pilot)
        await press(pilot, clock, "5", "enter")
        await settle(pilot)
        assert "lý do" in screen_text(app)
        assert session.state.score(session.state.sides[1].id) == 5
        await press(pilot, clock, "escape")
        await settle(pilot)
        await press(pilot, clock, "f8")
        await settle(pilot)
        await press(pilot, clock, *"hai nghia", "enter")
        await settle(pilot)
        assert "hai nghia" in [
            getattr(event, "reason", "") for event in app.services.store.events(session.state.contest)
        ]
        assert session.state.phase == "read"
        assert session.state.plan[session.state.position].role == "reserve"
        await press(pilot, clock, "f7")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert session.state.phase == "skipped"
        await press(pilot, clock, "b")
        await settle(pilot)
        assert "Xếp hạng tạm thời" in screen_text(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Một", "ít nhất 2 đội"),
        ("", "ít nhất 2 đội"),
        ("A, B, a", "hai đội cùng tên"),
        (",".join(f"Đội {number}" for number in range(11)), "Nhiều nhất 10 đội"),
        ("A, " + "x" * 41, "dài quá"),
    ],
)
def test_wrong_teams_are_told(text: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        team_names(text)


def test_names_are_read_from_commas_and_lines() -> None:
    assert team_names("Sen,  Tre\nSao Mai ;") == ("Sen", "Tre", "Sao Mai")


def test_what_cannot_be_played_is_told_and_nothing_is_recorded(tmp_path: Path) -> None:
    app, _clock = app_with(tmp_path)  # the small bank
    with pytest.raises(BankError, match="ngân hàng chỉ còn"):
        begin_drill(app.services, DrillRequest("gio-bien", TEAMS))
    with pytest.raises(RulesError, match="Không có luật thi “gi”"):
        begin_drill(app.services, DrillRequest("gi", TEAMS))
    with pytest.raises(RulesError, match="chỉ dành cho một người"):
        begin_drill(app.services, DrillRequest("thi-thu", TEAMS))
    assert app.services.store.find_player(TEAMS[0]) is None
    assert app.services.store.contests() == []


async def test_the_setup_asks_for_rules_and_teams(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        app.go("drill")
        await settle(pilot)
        assert "Chuẩn hội thi" in screen_text(app)
        await pilot.press("down", "enter", *"Sen", "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillSetupScreen)
        await pilot.press(*", Tre", "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        assert [side.name for side in app.screen.session.state.sides] == ["Sen", "Tre"]
        await press(pilot, clock, "enter", "escape")
        await settle(pilot)
        app.go("drill")
        await settle(pilot)
        assert "đang dở" in screen_text(app)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)


STAGES = {
    "setup": ("chuan", ""),
    "question": ("chuan", "question"),
    "feedback": ("chuan", "feedback"),
    "draw": ("boc-goi", "draw"),
    "mark": ("chi-tinh-huong", "mark"),
    "choose": ("ngoi-sao", "draw"),
}


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("stage", STAGES)
async def test_screen(
    stage: str,
    size: tuple[int, int],
    tmp_path: Path,
    cache: Path,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules, phase = STAGES[stage]
    numbers = itertools.count(1)  # lots hang on the sides' ids
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers)))
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=size) as pilot:
        if phase:
            await open_hall(app, pilot, rules)
            await play(app, pilot, clock, until=lambda state: state.phase == phase)
        else:
            app.go("drill")
        await settle(pilot, 6)
        assert screen_text(app) == snapshot


async def test_ten_teams_with_long_names_leave_room_for_the_question(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = tuple(f"Phường Số {number} Từ Liêm" for number in range(1, 11))
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien", teams)
        await press(pilot, clock, "enter")
        await settle(pilot)
        text = screen_text(app)
        assert all(side.symbol in text for side in session.state.sides)
        current = session.state.current
        assert current is not None
        assert all(option[:30] in text for option in current.item["options"])
        await press(pilot, clock, "enter", "0")
        await settle(pilot)
        assert "›0 ♦" in screen_text(app)


async def test_the_end_can_be_taken_back(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "rung-chuong")
        await play(app, pilot, clock)
        await press(pilot, clock, "u")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        assert session.state.phase == "ranking"
        assert (await play(app, pilot, clock)).status == "finished"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--teams", "Một"], "ít nhất 2 đội"),
        (["--teams", "A,a"], "hai đội cùng tên"),
        (["--resume", "--teams", "A,B"], "không đi cùng"),
        (["--minutes", "0"], "phải là số nguyên"),
    ],
)
def test_the_command_tells_what_is_wrong(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drill", *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


async def test_a_lifeline_and_a_rescue_by_keys(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = ("Một", "Hai", "Ba", "Bốn", "Năm")

    def knows(team: int, _position: int) -> bool:
        return team == 0 or len(drill_of(session.state).opened) < 10

    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "rung-chuong", teams)
        await play(
            app,
            pilot,
            clock,
            knows,
            until=lambda state: len(drill_of(state).opened) == 11 and state.phase == "read",
        )
        assert screen_text(app).count("rời sàn") == 4
        await press(pilot, clock, "h")
        assert len(drill_of(session.state).lifelines) == 1
        await play(app, pilot, clock, knows, until=lambda state: state.phase == "closed")
        assert "V: cứu trợ" not in screen_text(app)  # it would tell who was wrong
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert "V: cứu trợ" in screen_text(app)
        await press(pilot, clock, "v", "enter")
        await settle(pilot)
        assert len(drill_of(session.state).rescues[0][1]) == 4
        assert "rời sàn" not in screen_text(app)
        assert (await play(app, pilot, clock)).status == "finished"


async def test_letters_are_covered_while_the_clock_runs(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter", "1", "a")
        await settle(pilot)
        assert "đã ghi" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert "đã ghi" not in screen_text(app)
        assert " 0 A" in screen_text(app)
