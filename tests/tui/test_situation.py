"""The situation: clocks, notes, blind marking, judges, the people's replies, and coming back."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.helpers import Clock, app_with, screen_text
from tests.tui.drive import session_of, settle
from trainer.tui.app import DanvanApp
from trainer.tui.situation import SituationScreen

MODEL = "Kính thưa ban giám khảo"


async def start(app: DanvanApp, pilot: Pilot[str]) -> SituationScreen:
    app.begin_situation("t-mo-ngo")
    await settle(pilot)
    assert isinstance(app.screen, SituationScreen)
    return app.screen


async def to_marking(app: DanvanApp, pilot: Pilot[str], clock: Clock, *, typed: str = "") -> SituationScreen:
    screen = await start(app, pilot)
    await pilot.press("enter")
    await pilot.press("enter")
    await settle(pilot)
    if typed:
        await pilot.press("g", *typed, "escape")
    clock.now += 3
    await pilot.press("enter")
    await settle(pilot)
    assert session_of(app).state.phase == "mark"
    return screen


async def pass_time(screen: SituationScreen, pilot: Pilot[str], clock: Clock, seconds: int) -> None:
    for _ in range(seconds):
        clock.now += 1
        await screen.tick()
    await settle(pilot)


async def test_marking_is_blind_and_both_marks_are_kept(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_marking(app, pilot, clock)
        assert MODEL not in screen_text(app)
        assert "hiến đất là tự nguyện" not in screen_text(app)
        assert "Nói rõ ai bị ảnh hưởng" in screen_text(app)
        await pilot.press("tab")
        assert MODEL not in screen_text(app)
        await pilot.press(*"44440", "enter")
        await settle(pilot)
        assert session_of(app).state.phase == "revise"
        assert MODEL in screen_text(app)
        assert "chấm lần đầu 20" in screen_text(app)
        await pilot.press("up", "up", "up", "up", "2", "enter")
        await settle(pilot)
        state = session_of(app).state
        ((key, first),) = state.first_sheets.items()
        assert first.shares[0] == 1.0
        assert state.sheets[key].shares != first.shares


async def test_an_unfinished_sheet_is_not_handed_in(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_marking(app, pilot, clock)
        await pilot.press("4", "enter")
        await settle(pilot)
        assert session_of(app).state.phase == "mark"
        assert "Còn tiêu chí chưa chấm" in " ".join(screen_text(app).split())


async def test_what_is_typed_survives_a_closed_window(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(app, pilot)
        await pilot.press("enter", "g", *"gap ba Lan")
        await pass_time(screen, pilot, clock, 3)
        left = session_of(app).state.remaining_ms(session_of(app).now)
        contest = session_of(app).state.contest
    again, _ = app_with(tmp_path)
    async with again.run_test(size=(100, 30)) as pilot:
        again.resume(contest)
        await settle(pilot)
        state = session_of(again).state
        assert state.paused_at is not None
        # The record's last event, a draft, is at most two seconds old.
        now = state.remaining_ms(session_of(again).now)
        assert left is not None
        assert now is not None
        assert 0 <= now - left <= 2000
        await pilot.press("enter")
        await settle(pilot)
        assert "gap ba Lan" in screen_text(again)


async def test_the_speak_clock_shows_the_stage_and_counts_overtime(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(app, pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "▶ Nghe 20 giây" in screen_text(app)
        await pass_time(screen, pilot, clock, 60)
        assert "▶ Nêu 25 giây" in screen_text(app)
        await pass_time(screen, pilot, clock, 185)
        await pilot.press("enter")
        await settle(pilot)
        _, over, _ = next(iter(session_of(app).state.spoken.values()))
        assert over == 65_000
        await pilot.press(*"44440", "enter", "enter")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        (attempt,) = session_of(app).state.attempts.values()
        assert attempt.penalty == -1


async def test_three_judges_mark_one_after_the_other_without_seeing_each_other(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_marking(app, pilot, clock)
        await pilot.press("j", "j")
        await settle(pilot)
        assert "Giám khảo 1/3" in screen_text(app)
        await pilot.press(*"44440", "enter")
        await settle(pilot)
        assert "Giám khảo 2/3" in screen_text(app)
        assert "Tổng 0/100" in screen_text(app)
        await pilot.press(*"00000", "enter")
        await settle(pilot)
        await pilot.press(*"22220", "enter")
        await settle(pilot)
        assert session_of(app).state.phase == "revise"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("c", "enter")
        await settle(pilot)
        (attempt,) = session_of(app).state.attempts.values()
        assert attempt.points == 50
        shown = screen_text(app)
        assert "Trung bình: 50/100" in shown
        assert "Giám khảo lệch hơn một nửa" in shown


async def test_the_people_speak_and_the_better_path_is_shown(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_marking(app, pilot, clock)
        await pilot.press(*"44440", "enter", "enter")
        await settle(pilot)
        assert "Sao cứ phải là đất nhà tôi?" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert session_of(app).state.phase == "turns"
        await pilot.press("b")
        await settle(pilot)
        assert "Đúng nhưng bà chưa nghe." in screen_text(app)
        await pilot.press("g", *"hen ngay", "escape", "3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        shown = screen_text(app)
        assert "↳ tốt hơn: Hỏi bà lo nhất điều gì" in shown
        assert "% của lối đi tốt nhất" in shown


async def test_progress_names_what_is_weak_and_opens_the_old_answer(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_marking(app, pilot, clock, typed="Thua ban giam khao")
        await pilot.press(*"40440", "enter", "enter")
        await settle(pilot)
        await pilot.press("c", "enter", "enter")
        await settle(pilot)
        app.go("progress")
        await settle(pilot)
        assert "Bạn hay mất điểm ở “căn cứ và thẩm quyền”" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Thua ban giam khao" in screen_text(app)
        app.go("situations")
        await settle(pilot)
        assert "Nên làm tiếp" in screen_text(app)


async def test_the_same_situation_shows_the_answer_of_the_last_time(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(200, 60)) as pilot:
        for typed in ("lan mot", "lan hai"):
            await to_marking(app, pilot, clock, typed=typed)
            await pilot.press(*"44440", "enter")
            await settle(pilot)
            pages = [name for name in ("Bài lần trước",) if name in screen_text(app)]
            assert bool(pages) == (typed == "lan hai")
            if typed == "lan hai":
                await pilot.press("tab", "tab", "tab", "tab", "tab")
                await settle(pilot)
                assert "lan mot" in screen_text(app)
            await pilot.press("enter")
            await settle(pilot)
            await pilot.press("c", "enter", "enter")
            await settle(pilot)
