"""Preparing an evening by keys: wishes, teams, the set looked over, its file, the night."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot

from tests.helpers import app_with, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, play, press
from tests.tui.test_drill_teams import HOSTILE, TEAMS, open_setup, open_teams, prepared
from trainer.cli import main
from trainer.contest.evening.teams import Team
from trainer.contest.responses import right_answer
from trainer.errors import SetFileError, UsageError
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown
from trainer.tui.app import DanvanApp
from trainer.tui.dialogs import AskScreen, NoteScreen
from trainer.tui.drill.begin import DrillRequest, draft_for, teams_from
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.prepare.ready import DrillReadyScreen
from trainer.tui.prepare.screen import DrillPrepareScreen
from trainer.tui.prepare.sets import Prepared, looked_over, open_set, remembered_teams, save_set
from trainer.tui.prepare.setup import DrillSetupScreen
from trainer.tui.prepare.wishes import minutes_from
from trainer.tui.projector.places import opening


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


# --- its file -------------------------------------------------------------------------------------


async def test_a_set_is_saved_and_never_written_over_unasked(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_prepared(app, pilot, prepared(app))
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        path = tmp_path / "hoi-thi-2026-11-24.yaml"
        assert "danvan drill hoi-thi-2026-11-24.yaml" in screen_text(app)
        assert "lưu thành tệp" not in screen_text(app)  # saved: only one thing is left to do
        before = path.read_bytes()
        assert open_set(app.services, path).draft.plan == screen.draft.plan
        await pilot.press("t", "f3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AskScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert path.read_bytes() == before
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        found = open_set(app.services, path)
        assert (found.draft.plan, found.teams) == (screen.draft.plan, screen.prepared.teams)
        await pilot.press("f3")
        await settle(pilot)
        box = cast("NoteScreen", app.screen).query_one("#note")
        box.value = str(tmp_path / "khong-co" / "bo")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        assert [name.name for name in tmp_path.glob("*.yaml*")] == ["hoi-thi-2026-11-24.yaml"]
        await pilot.press("escape")  # saved: leaves without asking
        await settle(pilot)
        assert isinstance(app.screen, DrillSetupScreen)


async def test_the_night_opens_with_no_answer_on_the_screen(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    made = save_set(prepared(app), path)
    app.services.prepared = open_set(app.services, path)
    app._start = "prepared"
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, DrillReadyScreen)
        text = screen_text(app)
        assert "Hoa Sen" in text
        assert "An, Bình, Chi" in text
        assert all(planned.item["prompt"][:20] not in text for planned in made.draft.plan)
        await pilot.press("enter", "enter")  # pressed twice: the contest begins, no question opens
        await settle(pilot)
        await pilot.press("enter")
        screen = cast("DrillScreen", app.screen)
        assert screen.session.state.phase == "ready"
        assert screen.session.state.plan == made.draft.plan
        await press(pilot, clock, "enter", "escape")
        await settle(pilot)
        app.switch_screen(DrillReadyScreen(open_set(app.services, path)))
        await settle(pilot)
        assert "F2: làm tiếp từ đúng chỗ ấy" in screen_text(app)
        await pilot.press("enter")  # by habit
        await settle(pilot)
        assert isinstance(app.screen, AskScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        state = cast("DrillScreen", app.screen).session.state
        assert state.contest == screen.session.state.contest


async def test_a_file_played_before_says_what_the_teams_have_met(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    async with app.run_test(size=(100, 30)) as pilot:
        app.switch_screen(DrillReadyScreen(open_set(app.services, path)))
        await settle(pilot)
        assert "đã gặp" not in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        session = cast("DrillScreen", app.screen).session
        await play(app, pilot, clock, until=lambda state: len({at for _, at in state.attempts}) > 2)
        met = {session.state.plan[at].item["id"] for _, at in session.state.attempts}
        again = DrillReadyScreen(open_set(app.services, path))
        app.switch_screen(again)
        await settle(pilot)
        assert f"{len(met)} câu các đội đã gặp hôm nay. F3, rồi T: thay câu." in screen_text(app)
        other = replace(again.prepared, teams=teams_from("Lúa, Ngô, Khoai"))
        app.switch_screen(DrillReadyScreen(other))
        await settle(pilot)
        assert "đã gặp" not in screen_text(app)


def test_all_that_is_wrong_with_a_file_is_told_at_once(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    text = (
        path.read_text("utf-8")
        .replace('rules: "gio-bien"', "rules: gio")
        .replace("seed: 7", "seed: 7\nseed: 8")
    )
    lines = text.splitlines()
    broken = [at for at, line in enumerate(lines) if line.startswith("- {")][5]
    lines[broken] = lines[broken].removesuffix("}")
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(SetFileError) as told:
        open_set(app.services, path, 10)
    said = str(told.value).splitlines()
    assert len(said) == 3
    assert "Không có luật thi “gio”" in said[0]
    assert "“seed” bị ghi hai lần" in said[1]
    assert said[2].startswith(f"{path}:{broken + 1}:3: ")
    assert "đóng ngoặc “}”" in said[2]
    app.services.store.close()
    monkeypatch.setenv("DANVAN_DATA", str(tmp_path / "data"))
    assert main(["drill", str(path), "--check"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_all_that_does_not_fit_is_told_beside_a_broken_line(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    text = path.read_text("utf-8").replace("part: 1", "part: 9", 1).replace("seed: 7", "seed: 7\nseed: 8")
    path.write_text(text, "utf-8")
    _, problems = looked_over(app.services, path)
    assert [problem.code for problem in problems] == ["duplicate-key", "unknown-part"]


async def test_the_evening_bears_the_title_of_its_file(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app, "chuan"), path)
    lines = path.read_text("utf-8").replace("Chuẩn hội thi", "Hội thi Tổ dân phố 5").splitlines()
    lines.remove(next(line for line in lines if "part: 1," in line))  # nine questions: the rules say ten
    path.write_text("\n".join(lines), "utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        app.switch_screen(DrillReadyScreen(open_set(app.services, path)))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        text = screen_text(app)
        assert "Hội thi Tổ dân phố 5" in text
        assert "Chuẩn hội thi: 9 câu, mỗi câu 15 giây; rồi 1 tình huống mỗi đội" in text
        session = cast("DrillScreen", app.screen).session
        assert "Tổ dân phố 5" in "".join(str(row) for row in opening(session.state, 80, 24))
        await press(pilot, clock, "enter")
    store = app.services.store
    assert {row.title for row in store.contests()} == {"Hội thi Tổ dân phố 5"}
    assert {row.rules for row in store.contests()} == {"chuan"}
    sheet = to_markdown(gather(store.events(session.state.contest)))
    assert sheet.index("Hội thi Tổ dân phố 5") < sheet.index("Luật thi: Chuẩn hội thi")
    assert "10 câu" not in sheet


async def test_a_team_that_does_not_come_is_left_out_on_the_night(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = DrillReadyScreen(prepared(app, "boc-goi"))
        app.switch_screen(screen)
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        await pilot.press("x", "escape")
        await settle(pilot)
        assert [team.name for team in screen.prepared.teams] == ["Tre Xanh", "Sao Mai"]
        assert "2 đội: " in screen_text(app)
        await pilot.press("f6")
        await settle(pilot)
        for name in ("A", "B", "C", "D", "E"):
            await pilot.press("n", name, "enter")
            await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "cần 7 gói cho 7 đội, bộ câu hỏi chỉ có 5" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is screen
    assert app.services.store.contests() == []


async def test_a_file_with_a_question_that_is_gone_is_opened_from_the_setup(
    tmp_path: Path, cache: Path
) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    made = save_set(prepared(app), path)
    gone = made.draft.plan[0].item["id"]
    path.write_text(path.read_text("utf-8").replace(f"id: {gone},", "id: khong-con,"), "utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        await open_setup(app, pilot)
        await pilot.press("f8")
        await settle(pilot)
        await pilot.press(*str(path), "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "không còn câu “khong-con”" in text
        assert "Dòng " in text
        await pilot.press("enter")
        await settle(pilot)
        plan = cast("DrillScreen", app.screen).session.state.plan
        assert plan[0].item["level"] == made.draft.plan[0].item["level"]
        assert plan[1:] == made.draft.plan[1:]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('rules: "gio-bien"', "rules: gio", "Không có luật thi “gio”"),
        ('rules: "gio-bien"', "rules: thi-thu", "chỉ dành cho một người"),
        ('key: "2"', "key: 1", "cùng một phím chuông 1"),
        ("items:\n", "items:\n- {id: khong-con, part: 1}\n- {id: khong-con, part: 1}\n", "hai lần trong bộ"),
    ],
)
def test_a_file_that_cannot_be_played_is_told_with_its_line(
    old: str, new: str, sentence: str, tmp_path: Path, cache: Path
) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(SetFileError, match=sentence) as told:
        open_set(app.services, path)
    assert str(told.value).startswith(f"{path}:")
    assert app.services.store.contests() == []


def test_the_command_checks_a_file(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    app.services.store.close()
    monkeypatch.setenv("DANVAN_DATA", str(tmp_path / "data"))
    assert main(["drill", str(path), "--check"]) == 0
    assert "Tệp dùng được. Giơ biển đồng loạt, 3 đội" in capsys.readouterr().out
    path.write_text(path.read_text("utf-8").replace("part: 1", "part: 9"), "utf-8")
    assert main(["drill", str(path), "--check"]) == 1
    assert f"{path}:" in capsys.readouterr().out
    assert main(["drill", str(tmp_path / "khac.yaml"), "--check"]) == 1
    assert "Không có tệp này" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["bo.yaml", "--rules", "chuan"], "Tệp bộ câu hỏi đã có luật thi"),
        (["bo.yaml", "--teams", "A,B"], "Tệp bộ câu hỏi đã có luật thi"),
        (["bo.yaml", "--topic", "t"], "Tệp bộ câu hỏi đã có luật thi"),
        (["bo.yaml", "--resume"], "không đi cùng tệp"),
        (["--check"], "ghi tên tệp"),
    ],
)
def test_flags_that_do_not_go_together_are_told(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drill", *arguments]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


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
