"""A contest of several sides is open in one window only."""

import subprocess
import sys
from pathlib import Path

import pytest

from trainer.errors import HistoryError
from trainer.history.holding import FILE_NAME, Hold
from trainer.history.practice import fresh_practice

ROOT = Path(__file__).parents[2]
OTHER = """
import sys
from pathlib import Path
from trainer.history.holding import Hold
hold = Hold(Path(sys.argv[1]))
hold.take("hội thi 1")
print("held", flush=True)
sys.stdin.read()
"""


def test_another_window_keeps_a_contest_until_it_ends_however_it_ends(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline()
            mine = Hold(tmp_path)
            with pytest.raises(HistoryError, match="đang mở ở một cửa sổ khác"):
                mine.take("hội thi 1")
            mine.take("hội thi 2")
        finally:
            other.kill()
    mine.take("hội thi 1")
    mine.take("hội thi 1")
    mine.release()
    mine.release()


def test_a_folder_that_takes_no_lock_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    Hold(tmp_path).take("hội thi 1")


def test_a_rehearsal_that_is_open_is_not_emptied(tmp_path: Path) -> None:
    folder = fresh_practice(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        with pytest.raises(HistoryError, match="đang mở ở cửa sổ khác"):
            fresh_practice(tmp_path)
        assert folder.is_dir()
        other.communicate(b"")
    assert list(fresh_practice(tmp_path).iterdir()) == []
