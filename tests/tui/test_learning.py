"""Review, the plan, ratings and the day's copy, by keys."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers import Clock, app_with, screen_text, wait
from tests.tui.drive import answer, begin, session_of, settle
from trainer.history.plan import Goal
from trainer.history.review import Limits, rating_of
from trainer.tui.app import DanvanApp
from trainer.tui.plan import PlanScreen


async def plan(app: DanvanApp, pilot: Pilot[str]) -> PlanScreen:
    app.go("plan")
    await settle(pilot)
    assert isinstance(app.screen, PlanScreen)
    return app.screen


async def test_the_rating_of_an_answer_changes_by_a_key(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        connection, state = app.services.store.connection, session_of(app).state
        key = (state.contest, state.sides[0].id, 0)
        before = rating_of(connection, *key)
        assert before is not None
        await pilot.press("r")
        await settle(pilot)
        assert rating_of(connection, *key) == before % 4 + 1
        assert "Mức nhớ: " in screen_text(app)
        await pilot.press("r", "r", "r")
        await settle(pilot)
        assert rating_of(connection, *key) == before


async def test_an_answer_is_not_due_again_today_and_review_brings_the_rest(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        before = app.services.forecast()
        app.begin_review()
        await settle(pilot)
        current = session_of(app).state.current
        assert current is not None
        met = current.item["id"]
        await answer(app, pilot)
        await pilot.press("escape")
        await settle(pilot)
        after = app.services.forecast()
        assert after.new == before.new - 1
        assert after.done == before.done + 1
        again = app.services.begin_review()
        assert met not in [planned.item["id"] for planned in again.state.plan]


@pytest.mark.parametrize("day", ["31/02/2027", "hom nay", "", "1/1/2020", "²/1/2027"])
async def test_a_day_that_cannot_be_is_refused_in_one_sentence(tmp_path: Path, day: str) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        screen = await plan(app, pilot)
        screen.day_box.open(day)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "Ngày thi phải là một ngày sắp tới" in screen_text(app)


@pytest.mark.parametrize("minutes", ["0", "-5", "nhiều", "1e3", "601"])
async def test_minutes_that_cannot_be_are_refused_in_one_sentence(tmp_path: Path, minutes: str) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        screen = await plan(app, pilot)
        screen.day_box.open("20/12/2026")
        await pilot.press("enter")
        screen.minutes_box.open(minutes)
        await pilot.press("enter")
        await settle(pilot)
        assert "Số phút mỗi ngày là một số từ 1 đến 600." in screen_text(app)


async def test_the_plan_stays_for_the_next_start(tmp_path: Path) -> None:
    for turn in range(2):
        app, _ = app_with(tmp_path)
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await settle(pilot)
            await plan(app, pilot)
            if turn == 0:
                await pilot.press(*"20/12/2026", "enter", *"15", "enter")
                await settle(pilot)
            assert "Ngày thi 20/12/2026, mỗi ngày 15 phút" in screen_text(app)


def bank_of_forty(folder: Path) -> Path:
    """Write a bank with more questions than the usual limit of new ones a day."""
    folder.mkdir()
    question = {
        "kind": "choice",
        "answer": "đúng",
        "distractors": ["sai", "chưa đúng", "không rõ"],
        "explanation": "Vì thế.",
        "source": "n, mục I",
        "level": 1,
    }
    questions = [question | {"id": f"t-cau-{at}", "prompt": f"Câu hỏi số {at} là gì?"} for at in range(40)]
    source = {"title": "Nguồn", "author": "X.Y.Z.", "published": "1949-10-15"}
    whole = {"topic": "t", "title": "Chủ đề", "sources": {"n": source}, "questions": questions}
    (folder / "t.yaml").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return folder


def with_goal(folder: Path, minutes: int, *, day: int = 20, limits: str = "") -> tuple[DanvanApp, Clock]:
    app, clock = app_with(folder, banks=(bank_of_forty(folder / "bank"),))
    services = app.services
    goal = Goal(date(2026, 12, day) if day else date(2026, 11, 24), minutes, date(2026, 11, 24), 0, 40)
    services.store.set_setting(services.goal_key, goal.to_text())
    if limits:
        services.store.set_setting("limits", limits)
    return app, clock


async def test_review_and_home_give_what_the_plan_gives_today(tmp_path: Path) -> None:
    app, _ = with_goal(tmp_path, 20)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        guessed = app.services.forecast().new
        assert guessed == app.services.limits(exact=True).new == 26
        await plan(app, pilot)
        assert "26 mới" in screen_text(app)
        assert app.services.forecast().new == 26
        await pilot.press("enter")
        await settle(pilot)
        assert len(session_of(app).state.plan) == 20


async def test_a_lowered_limit_is_a_ceiling_that_the_plan_knows(tmp_path: Path) -> None:
    app, _ = with_goal(tmp_path, 20, day=1, limits="4/120")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        assert app.services.forecast().new == 4
        await plan(app, pilot)
        assert "Giới hạn 4 câu mới mỗi ngày làm không kịp" in screen_text(app)
        assert "danvan review --new" in screen_text(app)
        assert app.services.forecast().new == 4
        assert len(app.services.begin_review().state.plan) == 4


async def test_kept_limits_count_for_their_day_goal_and_setting_only(tmp_path: Path) -> None:
    app, _ = with_goal(tmp_path, 20)
    services = app.services
    assert services.limits(exact=True).new == services.limits().new == 26
    services.store.set_setting("limits", "4/120")
    assert services.limits().new == 4
    services.store.set_setting("limits", "")
    kept = services.store.setting(f"today:{services.player.id}")
    services.store.set_setting(f"today:{services.player.id}", kept.rpartition("=")[0] + "=7/130")
    assert services.limits() == Limits(7, 130)
    services.today = lambda: datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    assert services.limits().new == 26


async def test_after_the_contest_the_usual_limits_count_again(tmp_path: Path) -> None:
    app, _ = with_goal(tmp_path, 20, day=0)
    assert app.services.limits() == app.services.limits(exact=True) == Limits()


async def test_enter_begins_a_round_and_says_when_today_is_done(tmp_path: Path) -> None:
    app, clock = with_goal(tmp_path, 1)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await plan(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert len(session_of(app).state.plan) == 1
        wait(session_of(app), clock, 50)
        await answer(app, pilot)
        await pilot.press("escape")
        await settle(pilot)
        await plan(app, pilot)
        done = "Hôm nay bạn đã làm xong phần của lộ trình."
        assert screen_text(app).count(done) == 1
        assert app.services.forecast().new == 0
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert screen_text(app).count("Hôm nay bạn đã làm xong phần") == 2


async def test_enter_says_when_only_what_comes_back_later_is_left(tmp_path: Path) -> None:
    app, clock = with_goal(tmp_path, 1, limits="1/120")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await plan(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        clock.now += 2
        await answer(app, pilot)
        await pilot.press("escape")
        await settle(pilot)
        await plan(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "Hôm nay còn 1 mục sẽ nhắc lại sau ít phút." in screen_text(app)


async def played_once(folder: Path) -> None:
    app, _ = app_with(folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)


async def test_each_day_a_copy_of_the_history_is_made_after_the_first_paint(tmp_path: Path) -> None:
    await played_once(tmp_path)
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await app.workers.wait_for_complete()
        copies = [path.name for path in (app.services.store.folder / "backups").iterdir()]
        assert copies == ["history-2026-11-24.db"]


async def test_a_copy_that_cannot_be_made_is_told_and_nothing_else(tmp_path: Path) -> None:
    await played_once(tmp_path)
    app, _ = app_with(tmp_path)
    folder = app.services.store.folder / "backups"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("không phải thư mục", "utf-8")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "Chưa sao lưu được" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert len(session_of(app).state.attempts) == 1
