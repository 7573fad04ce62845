"""The program as a person meets it: a terminal, keys, a kill, another start."""

from __future__ import annotations

import re
import signal
import sqlite3
import unicodedata
from pathlib import Path

import pytest

from tests.program.terminal import Terminal, history

FEEDBACK = re.compile("✓ Đúng|◐ Đúng một phần|✗ Sai")


def asked(number: int, of: int) -> str:
    return f"Câu {number}/{of} "


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def answer(terminal: Terminal, number: int, of: int) -> None:
    """Answer question `number` by keys and wait for what the program says to it."""
    hint = re.compile(r"Enter: trả lời|–[A-H]: trả lời|A: Đúng")
    screen = terminal.wait(
        lambda text: (
            asked(number, of) in nfc(text)
            and not FEEDBACK.search(nfc(text))
            and bool(hint.search(nfc(text).splitlines()[-2]))
        )
    )
    terminal.press("a")
    if "Enter: trả lời" in nfc(screen):
        terminal.press("\r")
    terminal.wait(
        lambda text: (
            bool(FEEDBACK.search(nfc(text))) and bool(re.search("Enter: (đi tiếp|xem kết quả)", nfc(text)))
        )
    )


def play(terminal: Terminal, first: int, last: int, of: int) -> None:
    for number in range(first, last + 1):
        answer(terminal, number, of)
        terminal.press("\r")


def test_a_round_killed_after_the_fourth_answer_is_continued_and_counted_once(tmp_path: Path) -> None:
    with Terminal("play", "nhanh", "--seed", "5", "--data", tmp_path) as terminal:
        play(terminal, 1, 3, 10)
        answer(terminal, 4, 10)
        terminal.kill()

    killed = history(tmp_path)
    assert killed["attempts"] == 4
    assert killed["contests"][0]["finished"] is None

    with Terminal("--data", tmp_path) as terminal:
        terminal.wait(lambda text: "Tiếp tục" in nfc(text) and "Enter: làm tiếp" in nfc(text))
        terminal.press("\r")
        terminal.wait(lambda text: asked(4, 10) in nfc(text))
        terminal.press("\r")
        terminal.wait(lambda text: asked(5, 10) in nfc(text) or "Enter: làm tiếp" in nfc(text))
        if "Enter: làm tiếp" in nfc(terminal.text):
            terminal.press("\r")
        play(terminal, 5, 10, 10)
        terminal.wait(lambda text: "Kết quả" in nfc(text))
        terminal.press("\x11")
        assert terminal.end() == 0

    done = history(tmp_path)
    assert done["attempts"] == 10
    (contest,) = done["contests"]
    assert contest["finished"] is not None
    assert contest["answered"] == contest["questions"] == 10
    with sqlite3.connect(tmp_path / "history.db") as database:
        answers = database.execute("SELECT count(*) FROM events WHERE type = 'Answered'").fetchone()[0]
    database.close()
    assert answers == 10


def test_a_round_killed_within_a_question_stands_at_that_question(tmp_path: Path) -> None:
    with Terminal("play", "nhanh", "--seed", "5", "--data", tmp_path) as terminal:
        play(terminal, 1, 2, 10)
        before = terminal.wait(lambda text: asked(3, 10) in nfc(text) and "trả lời" in nfc(text))
        terminal.kill()
    with Terminal("--data", tmp_path) as terminal:
        terminal.wait(lambda text: "Tiếp tục" in nfc(text) and "Enter: làm tiếp" in nfc(text))
        terminal.press("\r")
        terminal.wait(lambda text: "Enter: làm tiếp" in nfc(text) and "Câu 3/10" in nfc(text))
        terminal.press("\r")
        after = terminal.wait(lambda text: "Enter: làm tiếp" not in nfc(text))
    prompts = re.findall(r"Câu mẫu số \d+", nfc(before))
    assert len(prompts) == 1
    assert re.findall(r"Câu mẫu số \d+", nfc(after)) == prompts
    assert history(tmp_path)["attempts"] == 2


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_program_and_keeps_the_answers(tmp_path: Path, number: int, status: int) -> None:
    with Terminal("play", "nhanh", "--data", tmp_path) as terminal:
        play(terminal, 1, 1, 10)
        terminal.wait(lambda text: asked(2, 10) in nfc(text))
        terminal.child.kill(number)
        assert terminal.end() == status
        assert "Traceback" not in terminal.text
    assert history(tmp_path)["attempts"] == 1


def test_ctrl_c_leaves_at_once_and_says_that_the_round_is_kept(tmp_path: Path) -> None:
    with Terminal("play", "nhanh", "--data", tmp_path) as terminal:
        play(terminal, 1, 1, 10)
        terminal.wait(lambda text: asked(2, 10) in nfc(text))
        terminal.press("\x03")
        assert terminal.end() == 0
        assert "Phần thi đã được lưu" in nfc(terminal.text)
    assert history(tmp_path)["attempts"] == 1


def test_an_invalid_byte_does_not_end_the_program(tmp_path: Path) -> None:
    with Terminal("play", "nhanh", "--data", tmp_path) as terminal:
        terminal.wait(lambda text: asked(1, 10) in nfc(text))
        terminal.press(b"\xff\xfe\x80")
        answer(terminal, 1, 10)
        terminal.press("\x11")
        assert terminal.end() == 0


def test_a_window_made_tiny_and_large_again_shows_the_same_question(tmp_path: Path) -> None:
    with Terminal("play", "nhanh", "--data", tmp_path) as terminal:
        before = nfc(terminal.wait(lambda text: "A  " in text and asked(1, 10) in nfc(text)))
        assert before
        terminal.resize(20, 5)
        terminal.wait(lambda text: "quá nhỏ" in nfc(text))
        terminal.resize(2, 2)
        terminal.resize(80, 24)
        terminal.wait(lambda text: asked(1, 10) in nfc(text))
        answer(terminal, 1, 10)
        terminal.press("\x11")
        assert terminal.end() == 0
    assert history(tmp_path)["attempts"] == 1


def test_a_small_window_waits_for_a_larger_one(tmp_path: Path) -> None:
    with Terminal("--data", tmp_path, columns=50, rows=12) as terminal:
        terminal.wait(lambda text: "60 cột × 18 dòng" in nfc(text))
        terminal.resize(80, 24)
        terminal.wait(lambda text: "Xử lý tình huống" in nfc(text))
        terminal.press("q")
        assert terminal.end() == 0


def test_a_latin_locale_still_shows_vietnamese(tmp_path: Path) -> None:
    with Terminal(
        "--data",
        tmp_path,
        variables={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ) as terminal:
        terminal.wait(lambda text: "Xử lý tình huống" in nfc(text))
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "xterm-16color"}, {"TERM": "linux"}])
def test_without_colours_the_verdict_can_be_read(tmp_path: Path, variables: dict[str, str]) -> None:
    with Terminal("play", "nhanh", "--data", tmp_path, variables=variables) as terminal:
        answer(terminal, 1, 10)
        assert "Enter: đi tiếp" in nfc(terminal.text)


def test_two_programs_share_one_history(tmp_path: Path) -> None:
    with (
        Terminal("play", "nhanh", "--data", tmp_path) as one,
        Terminal("play", "nhanh", "--data", tmp_path) as two,
    ):
        answer(one, 1, 10)
        answer(two, 1, 10)
        one.press("\r")
        two.press("\r")
        answer(one, 2, 10)
        answer(two, 2, 10)
    assert history(tmp_path)["attempts"] == 4
