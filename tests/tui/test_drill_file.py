"""The file of a prepared evening, and the night on which it is opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.helpers import screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, play, press
from tests.tui.test_drill_setup import open_prepared
from tests.tui.test_drill_teams import open_setup, prepared
from trainer.cli import main
from trainer.errors import RulesError, SetFileError
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown
from trainer.tui.dialogs import AskScreen, NoteScreen
from trainer.tui.drill.begin import DrillRequest, draft_for, teams_from
from trainer.tui.drill.screen import DrillScreen
from trainer.tui.prepare.ready import DrillReadyScreen
from trainer.tui.prepare.sets import looked_over, open_set, save_set
from trainer.tui.prepare.setup import DrillSetupScreen
from trainer.tui.projector.places import opening


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


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


OWN_RULES = """title: Luật của phường
summary: hai câu, giơ biển
group: true
parts:
- {type: questions, mode: together, count: 2, kinds: [choice], seconds: 20, right: 7}
"""


async def test_a_note_for_the_night_is_saved_and_only_the_facilitator_sees_it(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_prepared(app, pilot, prepared(app))
        await press(pilot, clock, "n", *"doc cham", "enter")
        await settle(pilot)
        assert "✎ 1." in screen_text(app)
        assert "✎ Ghi chú: doc cham" in screen_text(app)
        await press(pilot, clock, "f3")
        await settle(pilot)
        await press(pilot, clock, "enter")
        await settle(pilot)
        (path,) = tmp_path.glob("*.yaml")
        app.services.prepared = open_set(app.services, path)
        app.go("prepared")
        await settle(pilot)
        assert "doc cham" not in screen_text(app)
        await press(pilot, clock, "enter", "enter")
        await settle(pilot)
        assert "doc cham" not in screen_text(app)
        await press(pilot, clock, "f9")
        await settle(pilot)
        assert "✎ Ghi chú: doc cham" in screen_text(app)


def test_own_rules_are_named_by_their_file(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "ở đâu đó" / "phuong.yaml"
    path.parent.mkdir()
    path.write_text(OWN_RULES, "utf-8")
    found = app.services.rules(str(path))
    assert (found.name, found.title, found.origin) == ("phuong", "Luật của phường", str(path))
    assert app.services.rules("chuan").origin == "chuan"
    with pytest.raises(RulesError, match="Không có luật thi “phuong”"):
        app.services.rules("phuong")  # a file is no name
    with pytest.raises(RulesError, match="Không có tệp luật thi “không có"):
        app.services.rules("không có.yaml")


def test_a_set_finds_its_own_rules_beside_it(tmp_path: Path, cache: Path) -> None:
    app, _clock = hall(tmp_path, cache)
    (tmp_path / "phuong.yaml").write_text(OWN_RULES, "utf-8")
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    path.write_text(path.read_text("utf-8").replace('rules: "gio-bien"', 'rules: "phuong"'), "utf-8")
    assert open_set(app.services, path).draft.rules.own_title in ("", "Luật của phường")


@pytest.mark.parametrize(
    "name", ["a/b", "../x", "/etc/passwd", "c" * 300, "x/" + "y" * 300 + ".yaml", "\\\\x"]
)
def test_a_name_of_rules_that_is_no_name_is_told_with_its_line(
    tmp_path: Path, cache: Path, name: str
) -> None:
    app, _clock = hall(tmp_path, cache)
    path = tmp_path / "toi-thi.yaml"
    save_set(prepared(app), path)
    path.write_text(path.read_text("utf-8").replace('rules: "gio-bien"', f'rules: "{name}"'), "utf-8")
    made, problems = looked_over(app.services, path)
    assert made is None
    assert [(problem.code, problem.line > 0) for problem in problems] == [("unknown-rules", True)]


@pytest.mark.parametrize("name", ["phuong.yaml", "chuan.yml"], ids=["a name of its own", "a shipped name"])
@pytest.mark.parametrize("apart", [False, True], ids=["beside the set", "elsewhere"])
async def test_a_set_made_with_own_rules_opens_with_them(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, name: str, apart: bool
) -> None:
    own = (tmp_path / "luật" if apart else tmp_path) / name
    own.parent.mkdir(exist_ok=True)
    own.write_text(OWN_RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    app, _clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        made = prepared(app)
        teams = tuple(team.name for team in made.teams)
        made = replace(made, draft=draft_for(app.services, DrillRequest(str(own), teams)))
        await open_prepared(app, pilot, made)
        await pilot.press("f3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    (path,) = tmp_path.glob("hoi-thi*.yaml")
    again, _clock = hall(tmp_path, cache)
    found = open_set(again.services, path)
    assert found.draft.rules.title == "Luật của phường"
    assert found.draft.plan == made.draft.plan
    assert again.services.rules("chuan").title == "Chuẩn hội thi"  # own ones stand in nobody's place
