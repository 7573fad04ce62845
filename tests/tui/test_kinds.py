"""Every kind of question by keys: what is shown, what is recorded, what is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.helpers import app_with, screen_text
from tests.tui.drive import session_of, settle
from trainer.contest.state import Attempt
from trainer.tui.app import DanvanApp
from trainer.tui.round import RoundScreen
from trainer.tui.services import RoundRequest

BANK = """\
topic: t
sources: {a: {title: Sách}}
questions:
- {id: short, kind: short, prompt: Điền hai chữ?, answers: [đoàn kết], explanation: v, source: a, level: 1}
- {id: cloze, kind: cloze, text: __Dân vận__ khéo thì việc gì cũng __thành công__., explanation: v, source: a, level: 1}
- {id: order, kind: order, prompt: Xếp?, items: [một, hai, ba, bốn], explanation: v, source: a, level: 1}
- {id: rank, kind: rank, prompt: Xếp hạng?, items: [tốt nhất, khá, trung bình, kém], explanation: v, source: a, level: 1}
- {id: match, kind: match, prompt: Ghép?, pairs: {trái: phải, trên: dưới, trong: ngoài}, explanation: v, source: a, level: 1}
- {id: misquote, kind: misquote, text: Dân vận __kém -> khéo__ thì việc gì cũng thành công, explanation: v, source: a, level: 1}
quotations:
- id: loi
  text: Dân vận kém thì việc gì cũng kém. Dân vận khéo thì việc gì cũng thành công.
  work: Dân vận
  date: 1949-10-15
  source: a
  keywords: [việc gì cũng kém, thành công]
  swaps: {thành công: [thắng lợi]}
"""


def app_of(folder: Path) -> tuple[DanvanApp, Any]:
    path = folder / "ngan-hang.yaml"
    path.write_text(BANK, "utf-8")
    return app_with(folder, banks=[path])


async def ask(app: DanvanApp, pilot: Pilot[str], item: str, rules: str = "du-loai") -> None:
    app.begin(RoundRequest(rules, only=(item,), seed=3))
    await settle(pilot)


def attempt_of(app: DanvanApp) -> Attempt:
    (attempt,) = session_of(app).state.attempts.values()
    return attempt


@pytest.mark.parametrize(
    ("typed", "code", "shown"),
    [
        ("đoàn kết", "exact", "✓ Đúng"),
        ("Đoàn Kết.", "spelling", "✓ Đúng"),
        ("doan ket", "no-diacritics", "✓ Đúng"),
        ("đoàn kêt", "tone", "◐ Đúng một phần"),
        ("liên minh", "wrong", "✗ Sai"),
    ],
)
async def test_a_typed_answer_is_judged_with_its_reason(
    tmp_path: Path, typed: str, code: str, shown: str
) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        await pilot.press(*typed, "enter")
        await settle(pilot)
        assert attempt_of(app).code == code
        text = screen_text(app)
        assert shown in text
        assert "Bạn gõ" in text
        if code == "tone":
            assert "[kêt→kết]" in text


async def test_a_letter_struck_after_enter_is_not_in_the_answer(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        await pilot.press(*"đoàn kết", "enter", "z", "y")
        await settle(pilot)
        assert attempt_of(app).response == "đoàn kết"


async def test_telex_is_one_key_away_and_remembered(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        assert "Gõ: tắt (F4)" in screen_text(app)
        await pilot.press("f4", *"ddoanf keets")
        await settle(pilot)
        assert "Telex" in screen_text(app)
        assert "đoàn kết" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert attempt_of(app).code == "exact"
    again, _ = app_of(tmp_path)
    async with again.run_test(size=(100, 30)) as pilot:
        await ask(again, pilot, "short")
        assert "Telex" in screen_text(again)


async def test_blanks_one_after_the_other(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "cloze")
        assert "①_____ khéo thì việc gì cũng ②_____." in screen_text(app)
        await pilot.press(*"dan van", "enter", *"thanh cong", "enter")
        await settle(pilot)
        assert attempt_of(app).response == ("dan van", "thanh cong")
        assert attempt_of(app).share == 1


async def test_ordering_by_letters_and_by_lifting(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "order")
        order = session_of(app).state.plan[0].order
        letters = ["abcd"[order.index(index)] for index in range(4)]
        await pilot.press(*letters)
        await settle(pilot)
        await pilot.press("down", "space", "down", "space")  # the first goes one down
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert attempt_of(app).code == "partial"
        assert attempt_of(app).share == pytest.approx(2 / 3)
        assert "✗ → " in screen_text(app)


async def test_enter_alone_hands_in_no_order(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "order")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert session_of(app).state.attempts == {}


async def test_a_ranking_shows_its_formula(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await ask(app, pilot, "rank")
        order = session_of(app).state.plan[0].order
        letters = ["abcd"[order.index(index)] for index in (1, 0, 2, 3)]
        await pilot.press(*letters, "enter")
        await settle(pilot)
        assert attempt_of(app).share == 0.75
        assert "1 − 2/8 = 75 %" in " ".join(screen_text(app).split())


async def test_matching(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "match")
        order = session_of(app).state.plan[0].order
        letters = ["abc"[order.index(index)] for index in range(3)]
        await pilot.press(letters[0], letters[1], "enter")
        await settle(pilot)
        assert session_of(app).state.attempts == {}
        await pilot.press(letters[2], "enter")
        await settle(pilot)
        assert attempt_of(app).is_right


async def test_a_misquote_is_found_and_mended(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "misquote")
        assert "kém" in screen_text(app)
        await pilot.press("right", "right", "enter", *"khéo", "enter")
        await settle(pilot)
        assert attempt_of(app).response == ("kém", "khéo")
        assert attempt_of(app).is_right


async def test_half_an_answer_in_the_box_counts_at_the_deadline(tmp_path: Path) -> None:
    app, clock = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        await pilot.press(*"đoàn k")
        for _ in range(95):
            clock.now += 1
            assert isinstance(app.screen, RoundScreen)
            await app.screen.tick()
        await settle(pilot)
        attempt = attempt_of(app)
        assert attempt.by_deadline
        assert attempt.response == "đoàn k"


async def test_esc_leaves_the_box_and_g_goes_back(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        await pilot.press(*"đo", "escape", "m")
        await settle(pilot)
        assert [flag.kind for flag in app.services.store.flags(app.services.player.id)] == ["bookmark"]
        await pilot.press("g", *"àn kết", "enter")
        await settle(pilot)
        assert attempt_of(app).response == "đoàn kết"


async def test_an_answer_is_made_right_with_a_reason_and_back(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ask(app, pilot, "short")
        await pilot.press(*"gắn bó", "enter")
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        await pilot.press(*"cung nghia", "enter")
        await settle(pilot, 8)
        assert attempt_of(app).is_right
        assert "Tính là đúng: cung nghia" in screen_text(app)
        await pilot.press("t")
        await settle(pilot)
        assert not attempt_of(app).is_right
        assert "✗ Sai" in screen_text(app)


async def test_the_recital_ladder_from_reading_to_memory(tmp_path: Path) -> None:
    app, _ = app_of(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go("quotes")
        await settle(pilot)
        assert "15/10/1949" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Dân vận kém thì việc gì cũng kém." in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Dân vận ··· thì việc" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "D·· v·· k··" in screen_text(app)
        await pilot.press("enter", "enter", *"Dan van kem thi viec gi cung kem.", "enter")
        await settle(pilot)
        attempt = attempt_of(app)
        assert 0.4 < attempt.share < 0.6
        assert "[+Dân vận khéo thì" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        app.go("quotes")
        await settle(pilot)
        assert "◐" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Lần trước bạn vấp ở" in screen_text(app)


async def test_quotations_are_found_without_diacritics(tmp_path: Path) -> None:
    app, _ = app_with(tmp_path, banks=[Path(__file__).parents[2] / "questions"])
    async with app.run_test(size=(100, 30)) as pilot:
        app.go("quotes")
        await settle(pilot)
        await pilot.press("t", *"oc nghi")
        await settle(pilot)
        shown = [option.id for option in app.screen.query_one("#list").options]  # type: ignore[attr-defined]
        assert "loi-dv49-sau-dong-tu" in shown
        assert len(shown) < 6
        await pilot.press(*" zzz")
        await settle(pilot)
        assert "Không có lời nào chứa" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Không có lời nào" not in screen_text(app)
