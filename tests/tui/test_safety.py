"""Hostile text, every size, every place by keys: no crash, nothing acted on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import SMALL_BANK, app_with, screen_text
from tests.tui.drive import answer, begin, session_of, settle
from trainer.errors import UsageError
from trainer.history.players import delete
from trainer.history.store import Store
from trainer.history.verify import verify
from trainer.tui.dialogs import KeysScreen
from trainer.tui.home import HomeScreen

HOSTILE = r"[A] và [/b] [/] \[x] $primary {0} %s [bold]đậm[/bold] [@click=app.bell]x[/]"


def hostile_bank(folder: Path) -> Path:
    """Write a bank whose every text holds markup, brackets and format signs."""
    quoted = HOSTILE.replace("'", "''")
    text = f"""
topic: bay
title: '{quoted}'
sources: {{n: {{title: '{quoted}', number: '[/i]'}}}}
questions:
- id: q1
  kind: choice
  prompt: '{quoted}?'
  answer: '[/red] đúng'
  distractors: ['[red', 'x[/]', '[[]]']
  explanation: '{quoted}'
  source: n, [Điều 1]
  level: 1
quotations:
- {{id: l1, text: '[/] {quoted}', work: '[b]', date: 1949-10-15, source: n}}
situations:
- id: s1
  group: '[/]'
  title: '{quoted}'
  prompt: '{quoted}'
  rubric: [{{title: '[/b]', points: 100, key_points: ['[x]']}}]
  caps: [{{when: '[/]', at_most: 10}}]
  model_answer: '{quoted}'
  mistakes: ['[/]']
  source: n
"""
    path = folder / "bay.yaml"
    path.write_text(text, "utf-8")
    return path


async def test_brackets_in_the_bank_are_shown_as_they_stand(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path, banks=[hostile_bank(tmp_path)], player="[/] [b]Lan")
    async with app.run_test(size=(160, 50)) as pilot:
        await settle(pilot, 6)
        assert "[/] [b]Lan" in screen_text(app)
        await begin(app, pilot)
        assert HOSTILE in screen_text(app)
        assert "x[/]" in screen_text(app)
        await answer(app, pilot)
        assert "[Điều 1]" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert HOSTILE in screen_text(app)
        for place in ("topics", "situations", "history", "flags", "home"):
            app.go(place)
            await settle(pilot)
        app.begin_situation("s1")
        await settle(pilot)
        assert HOSTILE in screen_text(app)
        await pilot.press("enter", "enter")
        clock.now += 1
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("4", "1", "enter")
        await settle(pilot)
        assert "[/b]" in screen_text(app)


def test_control_characters_in_a_player_s_name_never_reach_the_terminal(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path, player="La\x1b[31mn\u202e\u200b")
    assert app.services.player.name == "La\ufffd[31mn"
    with pytest.raises(UsageError, match="1 đến 40"):
        app.services.store.player("\u200b \t")


@pytest.mark.parametrize("place", ["home", "topics", "situations", "history", "flags"])
async def test_no_size_ends_the_program(tmp_path: Path, place: str) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.go(place)
        await settle(pilot)
        for size in ((20, 5), (2, 2), (1, 1), (60, 18), (59, 18), (300, 4), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert "quá nhỏ" not in screen_text(app)


async def test_no_size_ends_a_round_or_loses_its_answers(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        for size in ((20, 5), (2, 2), (1, 1), (61, 18), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert "✓ Đúng" in screen_text(app)
    assert app.services.store.attempts() == 1


async def test_the_keys_are_shown_everywhere_and_close_again(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        for place in ("home", "topics", "situations", "history", "flags"):
            app.go(place)
            await settle(pilot)
            await pilot.press("question_mark")
            await settle(pilot)
            assert isinstance(app.screen, KeysScreen)
            await pilot.press("escape")
            await settle(pilot)
            assert not isinstance(app.screen, KeysScreen)


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.theme
        app.toggle_theme()
        await settle(pilot)
        changed = app.theme
        assert changed != before
    again, _ = app_with(tmp_path)
    assert again.theme == changed


async def test_the_palette_speaks_vietnamese_and_opens_places(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await settle(pilot, 8)
        assert "Tìm lệnh" in screen_text(app)
        await pilot.press("escape")
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Trang chủ", "Lịch sử", "Theo chủ đề", "Thoát"} <= set(titles)


async def test_a_broken_file_is_told_on_home(tmp_path: Path) -> None:
    broken = tmp_path / "hong.yaml"
    broken.write_text("topic: h\nquestions:\n- {id: x, kind: choice, prompt: Hỏi?}\n", "utf-8")
    app, _ = app_with(tmp_path, banks=[SMALL_BANK, broken])
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "1 mục có lỗi bị bỏ qua. Gõ “danvan check” để xem." in screen_text(app)


async def test_an_empty_bank_says_what_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "trong.yaml"
    empty.write_text("", "utf-8")
    app, _ = app_with(tmp_path, banks=[empty])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Ngân hàng chưa có câu hỏi nào dùng được" in " ".join(screen_text(app).split())


async def test_a_bank_of_one_question_plays_one_question(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path, banks=[hostile_bank(tmp_path)])
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        assert "Câu 1/1" in screen_text(app)


async def test_a_damaged_history_is_kept_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "history.db").write_bytes(b"not a database at all" * 100)
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "bị hỏng nên được giữ riêng" in " ".join(screen_text(app).split())
    (kept,) = (tmp_path / "data").glob("history-hong-*.db")
    assert kept.read_bytes().startswith(b"not a database")


async def test_a_click_on_a_key_of_the_last_line_does_what_the_key_does(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("Phím"), 23))
        await settle(pilot)
        assert isinstance(app.screen, KeysScreen)


async def test_a_player_deleted_in_another_window_ends_the_round_with_a_sentence(tmp_path: Path) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await begin(app, pilot)
        await answer(app, pilot)
        with Store(tmp_path / "data") as other:
            delete(other.connection, other.path, app.services.player.id)
        await pilot.press("enter")
        await settle(pilot, 8)
        assert isinstance(app.screen, HomeScreen)
        assert len(app.screen_stack) == 1
        assert "không ghi tiếp được" in " ".join(screen_text(app).replace("▌", " ").split())
        clock.now += 60
        await settle(pilot, 8)
        assert isinstance(app.screen, HomeScreen)
        await begin(app, pilot)
        await answer(app, pilot)
        assert len(session_of(app).state.attempts) == 1
    with Store(tmp_path / "data") as other:
        assert verify(other.connection).good
