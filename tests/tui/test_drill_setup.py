"""Preparing an evening by keys: wishes, teams, the set looked over."""

from __future__ import annotations

import itertools
import uuid
from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot

from tests.helpers import app_with, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall
from tests.tui.test_drill_teams import HOSTILE, TEAMS, open_setup, open_teams, prepared
from trainer.contest.evening.teams import Team
from trainer.contest.responses import right_answer
from trainer.errors import UsageError
from trainer.tui.app import DanvanApp
from trainer.tui.dialogs import AskScreen
from trainer.tui.drill.begin import DrillRequest, draft_for, teams_from
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.prepare.ready import DrillReadyScreen
from trainer.tui.prepare.screen import DrillPrepareScreen
from trainer.tui.prepare.sets import Prepared, open_set, remembered_teams, save_set
from trainer.tui.prepare.setup import DrillSetupScreen
from trainer.tui.prepare.wishes import minutes_from


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def open_prepared(app: DanvanApp, pilot: Pilot[str], found: Prepared) -> DrillPrepareScreen:
    screen = DrillPrepareScreen(found)
    app.switch_screen(screen)
    await settle(pilot)
    return screen


def ids(screen: DrillPrepareScreen) -> list[str]:
    return [planned.item["id"] for planned in screen.draft.plan]


# --- wishes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45 phút", 45), (" 45 ", 45), ("", None), ("45'", 45), ("1 giờ 30 phút", 90), ("2h", 120)],
)
def test_minutes_are_read_as_people_write_them(text: str, minutes: int | None) -> None:
    assert minutes_from(text) == minutes


@pytest.mark.parametrize("text", ["0", "nửa tiếng", "9999", "-5", "²", HOSTILE])
def test_other_times_are_told(text: str) -> None:
    with pytest.raises(UsageError, match="số phút, ví dụ 45"):
        minutes_from(text)


async def test_what_the_wishes_come_to_is_told_at_once(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_setup(app, pilot)
        assert "Ví dụ 6 đội" in screen_text(app)
        await pilot.press("down", "enter", *"Sen, Tre, Mai")
        await settle(pilot)
        assert "3 đội: 15 câu hỏi, 3 tình huống" in screen_text(app)
        await pilot.press("tab", *"45 phút")
        await settle(pilot)
        text = screen_text(app)
        assert "3 đội: 39 câu hỏi" in text
        assert "khoảng 44 phút" in text or "khoảng 45 phút" in text
        await pilot.press("x")
        await settle(pilot)
        assert "chưa đúng" in screen_text(app)
        await pilot.press("enter")  # the clock is wrong: nothing begins
        await settle(pilot)
        assert app.screen is screen
        await pilot.press("backspace", "enter")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        part = app.screen.session.state.rules.parts[0]
        assert part.count == 13
    assert [team.name for team in remembered_teams(app.services)] == ["Sen", "Tre", "Mai"]


async def test_a_set_for_some_topics(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot)
        await pilot.press("enter", *"Sen, Tre", "f7")
        await settle(pilot)
        await pilot.press("space", "down", "space", "down", "space", "space", "enter")
        await settle(pilot)
        assert "nói về đại đoàn kết, Chủ" in screen_text(app)
        await pilot.press("f3")
        await settle(pilot)
        screen = cast("DrillPrepareScreen", app.screen)
        questions = [planned for planned in screen.draft.plan if planned.item["section"] == "question"]
        assert {planned.item["topic"] for planned in questions} == {"bac-doan-ket", "bac-ve-can-bo"}
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, DrillSetupScreen)
        assert "nói về cán bộ" in screen_text(app)
        assert app.screen.box.value == "Sen, Tre"


async def test_a_bank_too_small_is_told_and_nothing_is_recorded(tmp_path: Path) -> None:
    app, _clock = app_with(tmp_path)  # the small bank
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot)
        await pilot.press("enter", *"Sen, Tre")
        await settle(pilot)
        assert "ngân hàng chỉ còn" in screen_text(app)
        for key in ("enter", "f3"):
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, DrillSetupScreen)
    assert app.services.store.contests() == []
    assert app.services.store.find_player("Sen") is None


async def test_a_list_is_pasted_into_the_setup(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_setup(app, pilot)
        screen.box.focus()
        screen.box.post_message(events.Paste(TEAMS))
        await settle(pilot)
        assert screen.box.value == "Hoa Sen, Tre Xanh, Sao Mai"
        await pilot.press("enter")
        await settle(pilot)
        sides = cast("DrillScreen", app.screen).session.state.sides
        assert sides[0].members == ("An", "Bình", "Chi")
        assert [side.key for side in sides] == ["1", "2", "3"]
        screen = await open_setup(app, pilot)
        screen.box.focus()
        screen.box.post_message(events.Paste("\n".join(f"Tổ {number}" for number in range(30))))
        await settle(pilot)
        assert screen.box.value == "Hoa Sen, Tre Xanh, Sao Mai"
        screen.box.value = ", ".join(f"T{number}" for number in range(30))
        await settle(pilot)
        assert "bạn đã ghi 30 đội" in screen_text(app)


# --- the set --------------------------------------------------------------------------------------


async def test_a_question_is_swapped_and_taken_back_and_the_set_is_played(
    tmp_path: Path, cache: Path
) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_prepared(app, pilot, prepared(app))
        first = ids(screen)
        await pilot.press("down", "t")
        await settle(pilot)
        assert [at for at, name in enumerate(ids(screen)) if name != first[at]] == [1]
        swapped = screen.draft.plan[1].item
        old = app.services.bank.data(first[1])
        assert swapped["level"] == old["level"]
        assert swapped["topic"] == old["topic"]
        assert "↻ 2." in screen_text(app)
        assert swapped["prompt"][:30] in screen_text(app)
        await pilot.press("t")
        await settle(pilot)
        assert ids(screen)[1] not in (first[1], swapped["id"])
        await pilot.press("u", "u")
        await settle(pilot)
        assert ids(screen) == first
        assert "↻" not in screen_text(app)
        await pilot.press("g")
        await settle(pilot)
        assert ids(screen) != first
        redrawn = screen.draft
        await pilot.press("enter")
        await settle(pilot)
        session = cast("DrillScreen", app.screen).session
        assert session.state.plan == redrawn.plan
        assert session.state.sides[0].members == ("An", "Bình", "Chi")


async def test_the_item_is_shown_with_key_reason_and_source(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(200, 60)) as pilot:
        for rules in ("chuan", "gio-bien"):
            screen = await open_prepared(app, pilot, prepared(app, rules))
            for position in (0, len(screen.draft.plan) - 8):
                screen.listing.highlighted = screen._rows.index(position)
                await settle(pilot)
                planned, text = screen.draft.plan[position], screen_text(app)
                if planned.item["section"] == "situation":
                    assert planned.item["rubric"][0]["title"][:20] in text
                    assert "Bài mẫu:" in text
                else:
                    assert right_answer(planned.item, planned.order)[:20] in text
                    assert "Vì sao:" in text
                assert "Căn cứ:" in text
            assert "đừng mở trước hội trường" in text


async def test_looking_at_a_set_loses_nothing_and_dropping_it_asks_first(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot)
        await pilot.press("enter", *"Sen, Tre", "f3")
        await settle(pilot)
        screen = cast("DrillPrepareScreen", app.screen)
        await pilot.press("t", "escape")
        await settle(pilot)
        swapped = ids(screen)
        assert isinstance(app.screen, DrillSetupScreen)
        assert "Đây là bộ câu hỏi vừa xem" in screen_text(app)
        app.screen.minutes.value = "45 phút"  # another wish, another set; it is said and can be taken back
        await settle(pilot)
        assert "chọn lại như cũ thì bộ vừa xem trở lại" in " ".join(screen_text(app).split())
        await pilot.press("f3")
        await settle(pilot)
        assert isinstance(app.screen, AskScreen)
        await pilot.press("escape")
        await settle(pilot)
        cast("DrillSetupScreen", app.screen).minutes.value = ""
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        assert ids(cast("DrillPrepareScreen", app.screen)) == swapped
        assert "↻ 1." in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, AskScreen)
        await pilot.press("escape")
        await settle(pilot)
        cast("DrillSetupScreen", app.screen).box.focus()
        await pilot.press("enter")
        await settle(pilot)
        plan = cast("DrillScreen", app.screen).session.state.plan
        assert [planned.item["id"] for planned in plan] == swapped


async def test_a_set_that_was_only_looked_at_is_the_one_that_begins(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_setup(app, pilot)
        await pilot.press("enter", *"Sen, Tre", "f3")
        await settle(pilot)
        seen = cast("DrillPrepareScreen", app.screen).draft.plan
        await pilot.press("escape")
        await settle(pilot)
        cast("DrillSetupScreen", app.screen).box.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert cast("DrillScreen", app.screen).session.state.plan == seen


async def test_esc_from_the_set_of_a_file_leads_back_to_the_file(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    made = save_set(prepared(app, "boc-goi"), path)
    app.services.prepared = open_set(app.services, path)
    app._start = "prepared"
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        ready = app.screen
        assert isinstance(ready, DrillReadyScreen)
        assert ready.prepared.draft.plan == made.draft.plan
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("down", "t", "f6")
        await settle(pilot)
        await pilot.press("x", "escape")  # a team did not come
        await settle(pilot)
        swapped = ids(cast("DrillPrepareScreen", app.screen))
        await pilot.press("escape")
        await settle(pilot)
        ready = app.screen
        assert isinstance(ready, DrillReadyScreen)
        assert "2 đội" in screen_text(app)
        assert "chưa lưu vào tệp" in screen_text(app)
        assert [planned.item["id"] for planned in ready.prepared.draft.plan] == swapped
        await pilot.press("f6")
        await settle(pilot)
        await pilot.press("n", "M", "enter")  # it comes late
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "3 đội" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, AskScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, DrillReadyScreen)
        await pilot.press("enter")
        await settle(pilot)
        plan = cast("DrillScreen", app.screen).session.state.plan
        assert [planned.item["id"] for planned in plan] == swapped
        assert sum(a != b.item["id"] for a, b in zip(swapped, made.draft.plan, strict=True)) == 1


async def test_a_bank_with_nothing_more_says_so(tmp_path: Path) -> None:
    app, _clock = app_with(tmp_path)
    draft = draft_for(app.services, DrillRequest("chi-tinh-huong", ("Sen", "Tre"), seed=7))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_prepared(app, pilot, Prepared(draft, teams_from("Sen, Tre")))
        await pilot.press("t", "t")
        await settle(pilot)
        assert "không còn câu nào khác" in screen_text(app)
        assert screen.draft == draft
        await pilot.press("enter")  # too few situations for two teams
        await settle(pilot)
        assert app.screen is screen


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("stage", ["prepare", "teams", "ready"])
async def test_screen(
    stage: str,
    size: tuple[int, int],
    tmp_path: Path,
    cache: Path,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = itertools.count(1)
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(int=next(numbers)))
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=size) as pilot:
        found = prepared(app, "boc-goi")
        if stage == "prepare":
            await open_prepared(app, pilot, found)
            await pilot.press("down", "t")
        elif stage == "teams":
            await open_teams(app, pilot)
        else:
            app.switch_screen(DrillReadyScreen(found))
        await settle(pilot, 6)
        assert screen_text(app) == snapshot


def test_a_team_alone_is_refused_with_its_sentence() -> None:
    with pytest.raises(UsageError, match="ít nhất 2 đội"):
        teams_from("Sen", [Team("Tre")])
