"""The round: keys, clock, pauses, flags, and what must never be lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.helpers import Clock, app_with, screen_text
from tests.tui.drive import answer, answer_all, begin, session_of, settle
from trainer.errors import StorageBusyError
from trainer.tui.app import DanvanApp
from trainer.tui.history.results import ResultsScreen
from trainer.tui.round import RoundScreen


async def pass_time(app: DanvanApp, pilot: Pilot[str], clock: Clock, seconds: float) -> None:
    """Let time pass as it does on screen: in steps, each with a look at the clock."""
    end = clock.now + seconds
    while clock.now < end:
        clock.now = min(end, clock.now + 1)
        if isinstance(app.screen, RoundScreen):
            await app.screen.tick()
    await settle(pilot)


async def test_no_sign_of_the_key_stands_on_screen_before_the_answer(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        before = screen_text(app)
        await answer(app, pilot)
        after = screen_text(app)
    for sign in ("✓ Đúng", "◐ Đúng một phần", "✗ Sai", "Căn cứ", "Vì sao"):
        assert sign not in before
    assert "✓ Đúng" in after
    assert "Căn cứ" in after
    assert "Vì sao" in after


async def test_digits_and_capitals_answer_too(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("2", "B"):
            await begin(app, pilot)
            while session_of(app).state.plan[session_of(app).state.position].item["kind"] == "multiple":
                await answer(app, pilot)
                await pilot.press("enter")
                await settle(pilot)
            position = session_of(app).state.position
            await pilot.press(key)
            await settle(pilot)
            ((_, attempt),) = [
                item for item in session_of(app).state.attempts.items() if item[0][1] == position
            ]
            assert attempt.response == (1,)


async def test_the_deadline_answers_for_the_player_and_says_so(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await pass_time(app, pilot, clock, 16)
        assert "✗ Sai: hết giờ mà chưa trả lời" in screen_text(app)
        (attempt,) = session_of(app).state.attempts.values()
        assert attempt.by_deadline


async def test_boxes_ticked_at_the_deadline_count(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        while (session_of(app).state.current or session_of(app).state.plan[0]).item["kind"] != "multiple":
            await answer(app, pilot)
            await pilot.press("enter")
            await settle(pilot)
        position = session_of(app).state.position
        await pilot.press("a")
        await settle(pilot)
        await pass_time(app, pilot, clock, 16)
        (attempt,) = [a for (_, at), a in session_of(app).state.attempts.items() if at == position]
        assert attempt.response == (0,)


async def test_the_clock_stands_while_an_explanation_is_read(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        await pass_time(app, pilot, clock, 300)
        await pilot.press("enter")
        await settle(pilot)
        state = session_of(app).state
        assert state.position == 1
        assert state.remaining_ms(session_of(app).now) == 15_000


async def test_a_pause_hides_the_question_and_stops_the_clock(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await pass_time(app, pilot, clock, 5)
        prompt = session_of(app).state.plan[0].item["prompt"][:20]
        await pilot.press("p")
        await settle(pilot)
        assert prompt not in screen_text(app)
        await pass_time(app, pilot, clock, 60)
        await pilot.press("a")
        assert session_of(app).state.attempts == {}
        await pilot.press("enter")
        await settle(pilot)
        assert prompt in screen_text(app)
        assert session_of(app).state.remaining_ms(session_of(app).now) == 10_000


async def test_a_long_sleep_pauses_instead_of_marking_the_answer_missed(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        clock.now += 600
        assert isinstance(app.screen, RoundScreen)
        await app.screen.tick()
        await settle(pilot)
        assert "Máy vừa ngủ" in " ".join(screen_text(app).split())
        assert session_of(app).state.attempts == {}


async def test_a_second_enter_does_not_answer_the_next_question(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        await pilot.press("enter", "enter", "enter")
        await settle(pilot)
        assert session_of(app).state.position == 1
        assert len(session_of(app).state.attempts) == 1


async def test_an_answer_that_cannot_be_written_waits_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = app_with(tmp_path)
    store = app.services.store
    real = store.append

    def full(*_: object) -> None:
        raise StorageBusyError("Đĩa đầy nên chưa lưu được.")

    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        monkeypatch.setattr(store, "append", full)
        session = session_of(app)
        await answer(app, pilot)
        assert "Chưa lưu được câu trả lời" in screen_text(app)
        assert session.state.attempts == {}
        await pilot.press("enter")
        await settle(pilot)
        assert "Đĩa đầy" in screen_text(app)
        monkeypatch.setattr(store, "append", real)
        await pilot.press("enter")
        await settle(pilot, 8)
        assert len(session.state.attempts) == 1
        assert "Chưa lưu được" not in screen_text(app)
    assert store.attempts() == 1


async def test_going_home_keeps_the_round_and_resume_shows_the_same_question(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        prompt = session_of(app).state.plan[1].item["prompt"][:25]
        await pilot.press("escape")
        await settle(pilot)
        assert screen_text(app).count("Tiếp tục") == 1
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert prompt in screen_text(app)


async def test_an_exam_shows_no_verdict_before_the_end_and_answers_can_be_changed(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot, "thi-thu")
        await answer(app, pilot, right=False)
        assert not any(sign in screen_text(app) for sign in ("✓", "✗", "◐"))
        await pilot.press("left")
        await settle(pilot)
        await answer(app, pilot)
        assert session_of(app).state.attempts[session_of(app).state.sides[0].id, 0].code == "right"
        await pilot.press("s")
        await settle(pilot)
        assert "chưa trả lời" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ResultsScreen)
        assert "1/" in screen_text(app)


async def test_missed_questions_are_asked_again_at_one_key(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        missed = session_of(app).state.plan[0].item["id"]
        await answer(app, pilot, right=False)
        await pilot.press("enter")
        await answer_all(app, pilot, clock, 9)
        assert isinstance(app.screen, ResultsScreen)
        await pilot.press("r")
        await settle(pilot)
        assert [planned.item["id"] for planned in session_of(app).state.plan] == [missed]


async def test_a_doubt_keeps_its_note_and_stops_the_clock(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        item = session_of(app).state.plan[0].item["id"]
        session = session_of(app)
        await pilot.press("n")
        await settle(pilot)
        clock.now += 100
        await pilot.press(*"Sai nguồn", "enter")
        await settle(pilot)
        assert session.state.paused_at is not None
        await pilot.press("m")
        await settle(pilot)
    flags = app.services.store.flags(app.services.player.id)
    assert {(flag.item, flag.kind, flag.note) for flag in flags} == {
        (item, "doubt", "Sai nguồn"),
        (item, "bookmark", ""),
    }


async def test_the_bell_rings_once_near_the_deadline_and_only_when_it_is_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, clock = app_with(tmp_path)
    rung: list[float] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(clock.now))
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await pass_time(app, pilot, clock, 16)
        assert rung == []
        app.toggle_bell()
        await pilot.press("enter")
        await settle(pilot)
        await pass_time(app, pilot, clock, 16)
        assert len(rung) == 1


async def test_a_click_answers(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        rows = list(app.screen.query("OptionRow"))
        await pilot.click(rows[1])
        await settle(pilot)
        state = session_of(app).state
        if state.plan[0].item["kind"] == "multiple":
            assert next(iter(state.drafts.values())) == (1,)
        else:
            assert next(iter(state.attempts.values())).response == (1,)


async def test_enter_goes_on_after_a_pause_wherever_the_focus_is(tmp_path: Path) -> None:
    for _ in range(2):
        app, _clock = app_with(tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            if not app.services.store.contests(app.services.player.id):
                await begin(app, pilot)
                await pilot.press("escape")
            else:
                await pilot.press("enter")
                await settle(pilot)
                assert session_of(app).state.paused_at is not None
                await pilot.press("down", "up", "enter")
                await settle(pilot)
                assert session_of(app).state.paused_at is None
            await settle(pilot)
