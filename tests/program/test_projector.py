"""Two programs, one contest: the drill in one terminal, the projector in the other, and kills of either."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from tests.program.terminal import WAIT_S, Terminal
from tests.program.test_program import nfc
from trainer.bank.bank import shipped_bank
from trainer.contest.folding import fold
from trainer.contest.state import State
from trainer.history.halls import halls
from trainer.history.heartbeat import last_beat
from trainer.history.store import Store

TEAMS = "Hoa Sen, Tre Xanh"


def says(*words: str) -> Callable[[str], bool]:
    return lambda text: all(word in nfc(text) for word in words)


def drill(data: Path, *more: str) -> Terminal:
    arguments = more or ("--rules", "gio-bien", "--teams", TEAMS)
    return Terminal("drill", *arguments, "--data", data, bank=shipped_bank())


def screen(data: Path) -> Terminal:
    return Terminal("screen", "--data", data)


def press_until(hall: Terminal, key: str, wall: Terminal, *words: str) -> None:
    """Press a key until the wall says so: a second press within a moment is no press, so again."""
    end = time.monotonic() + WAIT_S
    while not says(*words)(wall.text) and time.monotonic() < end:
        hall.press(key)
        again = time.monotonic() + 1
        while not says(*words)(wall.text) and time.monotonic() < again:
            wall._read()
    wall.wait(says(*words))


def prompt_of(terminal: Terminal) -> str:
    """The first words of the question on the wall."""
    return next(line.strip()[:20] for line in nfc(terminal.text).splitlines()[2:] if line.strip())


def test_the_projector_follows_and_either_may_die(tmp_path: Path) -> None:
    with screen(tmp_path) as wall:
        wall.wait(says("Đang chờ hội thi", "danvan drill"))
        with drill(tmp_path) as hall:
            hall.wait(says("Enter: bắt đầu"))
            wall.wait(says("Hoa Sen", "Tre Xanh", "2 đội dự thi"))
            press_until(hall, "\r", wall, "Câu 1/")
            asked = prompt_of(wall)

            wall.kill()
            with screen(tmp_path) as again:
                again.wait(says("Câu 1/", asked))
                hall.kill()
                again.press("xyz\r ")  # no key of theirs does anything
                assert says("Câu 1/", asked)(again.text)

                with drill(tmp_path, "--resume") as resumed:
                    resumed.wait(says("Enter"))
                    press_until(resumed, "\x1b[15~", again, "Điểm hiện tại")
                    press_until(resumed, "\x1b[15~", again, "Câu 1/", asked)
                    again.resize(20, 5)
                    again.wait(says("quá nhỏ"))
                    again.resize(100, 30)
                    again.wait(says("Câu 1/", asked))
                    again.press("q")
                    assert again.end() == 0
                    resumed.kill()


def test_an_event_of_the_record_is_on_the_wall_also_when_the_writer_is_gone(tmp_path: Path) -> None:
    with drill(tmp_path) as hall:
        hall.wait(says("Enter: bắt đầu"))
        hall.kill(signal.SIGKILL)
    with screen(tmp_path) as wall:
        wall.wait(says("Hoa Sen", "2 đội dự thi"))
        (tmp_path / "history.db").rename(tmp_path / "away.db")
        wall.wait(says("Không còn thấy tệp lịch sử", "Hoa Sen"))
        (tmp_path / "away.db").rename(tmp_path / "history.db")
        wall.wait(lambda text: "Không còn thấy" not in nfc(text) and "Hoa Sen" in nfc(text))
        wall.press("\x1b")
        assert wall.end() == 0


def test_a_history_of_a_newer_program_is_refused_with_its_status(tmp_path: Path) -> None:
    with drill(tmp_path) as hall:
        hall.wait(says("Enter: bắt đầu"))
        hall.kill()
    with sqlite3.connect(tmp_path / "history.db") as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    with screen(tmp_path) as wall:
        assert wall.end() == 3
        assert "bản mới hơn" in " ".join(nfc(wall.text).split())
        assert "Traceback" not in wall.text


def test_the_test_card_measures_the_lag(tmp_path: Path) -> None:
    with Terminal("screen", "--test", "--data", tmp_path / "none") as wall:
        wall.wait(says("80 cột × 24 dòng", "Độ trễ: thường", "✓ Đủ"))
        wall.press("q")
        assert wall.end() == 0
    assert not (tmp_path / "none").exists()


def test_a_rehearsal_is_followed_in_its_own_folder(tmp_path: Path) -> None:
    with Terminal("screen", "--rehearse", "--data", tmp_path) as wall:
        wall.wait(says("Đang chờ buổi diễn tập", "danvan drill --rehearse"))
        with drill(tmp_path / "rehearsal") as hall:
            hall.wait(says("Enter: bắt đầu"))
            wall.wait(says("DIỄN TẬP", "2 đội dự thi"))
            hall.kill()
        wall.press("\x03")
        assert wall.end() == 0


def test_a_second_window_does_not_take_a_running_contest_away(tmp_path: Path) -> None:
    with drill(tmp_path) as hall:
        hall.wait(says("Enter: bắt đầu"))
        with drill(tmp_path, "--resume") as second:
            assert second.end() == 3
            assert "đang mở ở một cửa sổ khác" in " ".join(nfc(second.text).split())
        hall.kill()
    with drill(tmp_path, "--resume") as resumed:
        resumed.wait(says("Enter"))


def record(data: Path) -> State:
    with Store(data) as store:
        (contest,) = {row.contest for row in halls(store.connection)}
        return fold(store.events(contest))


def test_a_killed_clock_goes_on_at_its_second_and_the_wall_says_that_it_waits(tmp_path: Path) -> None:
    with screen(tmp_path) as wall:
        with drill(tmp_path) as hall:
            hall.wait(says("Enter: bắt đầu"))
            press_until(hall, "\r", wall, "Câu 1/")
            hall.wait(says("Enter: chạy đồng hồ"))
            press_until(hall, "\r", hall, "Enter: dừng đồng hồ")
            contest, begun = record(tmp_path).contest, record(tmp_path).at
            hall.wait(lambda _: last_beat(tmp_path, contest) > begun + 2_000)
            hall.kill()
        seen = last_beat(tmp_path, contest)
        wall.wait(says("Chưa thấy máy của người dẫn"))
        before = record(tmp_path)
        assert before.deadline is not None
        with drill(tmp_path, "--resume") as resumed:
            resumed.wait(says("Hội thi được mở lại"))
            after = record(tmp_path)
            assert after.pause_reason == "resumed"
            assert after.remaining_ms(after.at) == before.deadline - seen
            wall.wait(lambda text: "Chưa thấy máy" not in nfc(text))
            resumed.kill()
