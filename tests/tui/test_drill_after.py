"""After a group drill: who is weak in what, a drill of what was missed, the contest from the history."""

from __future__ import annotations

import itertools
import re
import uuid
from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot

from tests.exchange.sheets import cast as cast_of
from tests.helpers import app_with, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import TEAMS, hall, open_hall, press
from trainer.cli import main
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.drill.weakness import missed
from trainer.contest.evening.rehearsal import play as play_out
from trainer.contest.session import Session
from trainer.tui.app import DanvanApp
from trainer.tui.drill.again import NOTHING, TITLE
from trainer.tui.drill.begin import DrillRequest, begin_drill
from trainer.tui.drill.end import DrillEndScreen
from trainer.tui.drill.report import DrillReportScreen
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.history.contests import ContestsScreen
from trainer.tui.history.screen import HistoryScreen

TEN = (
    *("Hoa Sen", "Tre Xanh", "Sao Mai", "Lúa Vàng", "Sông Hồng"),
    *("Ba Đình", "Mỹ Đình 2", "Cầu Diễn", "Tây Mỗ", "Xuân Phương"),
)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def held(
    app: DanvanApp, pilot: Pilot[str], rules: str = "gio-bien", teams: tuple[str, ...] = TEAMS, luck: int = 1
) -> Session:
    """Let the engine hold a contest, written in one go; its end is on show, nothing announced."""
    session = begin_drill(app.services, DrillRequest(rules, teams, seed=7))
    number = {side.id: f"d{at}" for at, side in enumerate(session.state.sides)}
    made_up = cast_of(luck)
    told = made_up._replace(
        right=lambda side, position: luck > 8 or made_up.right(number[side], position),
        mark=lambda side, position: made_up.mark(number[side], position),
        overtime_ms=lambda side, position: made_up.overtime_ms(number[side], position),
        presses=lambda side, position: made_up.presses(number[side], position),
    )
    state, events = play_out(session.state, told)
    app.services.store.append(state.contest, len(app.services.store.events(state.contest)), events, state)
    app.show_contest(app.services.resume(state.contest))
    await settle(pilot)
    return session


async def test_weak_topics_are_shown_only_after_the_announcement(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await held(app, pilot)
        await press(pilot, clock, "y", "l")
        await settle(pilot)
        assert isinstance(app.screen, DrillEndScreen)
        assert "Đội yếu gì" not in screen_text(app)
        await press(pilot, clock, "a")
        await settle(pilot)
        assert "Y: đội nào yếu chủ đề nào" in screen_text(app)
        await press(pilot, clock, "y")
        await settle(pilot)
        assert isinstance(app.screen, DrillReportScreen)
        assert "Đội nào yếu chủ đề nào" in screen_text(app)
        assert "● Hoa Sen" in screen_text(app)
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert isinstance(app.screen, DrillEndScreen)
        assert "Giải Nhất" in screen_text(app)  # still announced
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert not isinstance(app.screen, DrillEndScreen)


async def test_what_was_missed_is_drilled_by_the_same_teams(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await held(app, pilot, "rung-chuong")
        await press(pilot, clock, "a")
        before = cast("DrillEndScreen", app.screen).session.state
        wanted = [before.plan[each.position].item["id"] for each in missed(before, 20)]
        await press(pilot, clock, "l")
        await settle(pilot)
        assert f"{len(wanted)} câu cả hội trường sai nhiều nhất" in " ".join(screen_text(app).split())
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert isinstance(app.screen, DrillEndScreen)
        await press(pilot, clock, "l")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        state = app.screen.session.state
        assert state.contest != before.contest
        assert state.rules.title == TITLE
        assert state.sides == before.sides
        assert [planned.item["id"] for planned in state.plan] == wanted
        session = app.screen.session
        after, more = play_out(session.state, cast_of(0)._replace(right=lambda _side, _position: True))
        assert after.status == "finished"
        assert len(drill_of(after).revealed) == len(wanted)
        store = app.services.store
        store.append(after.contest, len(store.events(after.contest)), more, after)
    assert main(["history", "--verify", "--data", str(tmp_path / "data")]) == 0


async def test_nothing_missed_is_said(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await held(app, pilot, luck=9)
        await press(pilot, clock, "a")
        await press(pilot, clock, "l")
        await settle(pilot)
        assert NOTHING in " ".join(screen_text(app).split())
        assert isinstance(app.screen, DrillEndScreen)


async def test_the_history_opens_the_whole_contest(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(100, 30)) as pilot:
        await held(app, pilot, "boc-goi")
        app.go("history")
        await settle(pilot)
        await press(pilot, clock, "g")
        await settle(pilot)
        assert isinstance(app.screen, ContestsScreen)
        assert "3: " in screen_text(app)
        assert "Enter: mở kết quả hội thi" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
        text = screen_text(app)
        assert isinstance(app.screen, DrillReportScreen)
        assert all(name in text for name in TEAMS)
        assert "danvan results" in text
        await press(pilot, clock, "2")
        await settle(pilot)
        assert "Đáp án:" in screen_text(app)
        await press(pilot, clock, "tab")
        await settle(pilot)
        assert "Đội nào yếu chủ đề nào" in screen_text(app)
        await press(pilot, clock, "escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, clock, "p")  # the rounds of a team: its row opens the whole contest as well
        await settle(pilot)
        assert "Bốc gói 5 + 1 · 3 đội" in screen_text(app)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillReportScreen)
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)


async def test_a_contest_that_was_left_goes_on_from_the_list(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        app.go("contests")
        await settle(pilot)
        assert "Chưa có hội thi nào" in screen_text(app)
        await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "escape")
        await settle(pilot)
        app.go("contests")
        await settle(pilot)
        assert "còn dở" in screen_text(app)
        assert "Enter: làm tiếp hội thi" in screen_text(app)
        app.go("history")
        await settle(pilot)
        assert "G Hội thi" in screen_text(app).splitlines()[-1]
        await press(pilot, clock, "g")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)


async def test_a_broken_record_is_told(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await held(app, pilot)
        contest = cast("DrillEndScreen", app.screen).session.state.contest
        app.services.store.connection.execute(
            "DELETE FROM events WHERE contest = ? AND type = 'ContestOpened'", (contest,)
        )
        app.go("contests")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        assert isinstance(app.screen, ContestsScreen)
        assert "đọc" in screen_text(app)


async def test_right_and_wrong_struck_in_a_burst_judge_the_team_before_them(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await press(pilot, clock, "enter", "enter")
        await settle(pilot)
        for key in "1r2w3r":
            app.post_message(events.Key(key, key))
        await settle(pilot)
        first, second, third = session.state.sides
        found = {side: attempt.share for (side, _), attempt in session.state.attempts.items()}
        assert found == {first.id: 1.0, second.id: 0.0, third.id: 1.0}


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", ["1", "2", "3"])
async def test_report(
    page: str,
    size: tuple[int, int],
    tmp_path: Path,
    cache: Path,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = itertools.count(1)
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers)))
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=size) as pilot:
        await held(app, pilot, "chuan", TEN)
        await press(pilot, clock, "a", "y", page)
        await settle(pilot, 6)
        assert screen_text(app) == snapshot


def test_weak_topics_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "data")]
    assert main(["results", "--weak", *data]) == 2
    assert "Chưa có hội thi nhiều đội nào kết thúc" in capsys.readouterr().err
    assert main(["results", "--weak", "--to", "x.csv", *data]) == 2
    assert "không đi cùng --to" in capsys.readouterr().err


async def test_weak_topics_of_the_newest_contest(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await held(app, pilot)
    app.services.store.close()
    assert main(["results", "--weak", "--data", str(tmp_path / "data")]) == 0
    assert "● Hoa Sen" in capsys.readouterr().out
    assert main(["history", "--data", str(tmp_path / "data")]) == 0
    out = capsys.readouterr().out
    assert "hội thi 3 đội, cao nhất " in out
    assert not re.search(r" \d+/\d+ ", out)
    assert out.count("\n") == 2
    assert main(["history", "--player", "Hoa Sen", "--data", str(tmp_path / "data")]) == 0
    out = capsys.readouterr().out
    assert "Hoa Sen, hội thi 3 đội" in out
    assert re.search(r"\d điểm +\d+ câu", out)


async def test_a_round_of_one_has_no_teams(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.tui.drive import answer_all, begin

    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await answer_all(app, pilot, clock)
    app.services.store.close()
    assert main(["results", "--weak", "--data", str(tmp_path / "data")]) == 2
    assert "nhiều đội" in capsys.readouterr().err
