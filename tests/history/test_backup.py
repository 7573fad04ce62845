"""Copies by hand, by day and back again; whole, or nothing happened."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.history.plays import History, Reply, Round, contents, play
from trainer.errors import HistoryError, StorageBusyError
from trainer.history.backup import KEPT, backup, backups, daily_backup, restore

TODAY = date(2026, 11, 25)


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "data")
    play(made, Round("c1", 0, (Reply(0), Reply(1))))
    return made


def test_a_copy_is_the_same_history(history: History, tmp_path: Path) -> None:
    assert backup(history.db, tmp_path / "usb" / "copy.db").name == "copy.db"
    (tmp_path / "folder").mkdir()
    assert backup(history.db, tmp_path / "folder") == tmp_path / "folder" / "history.db"
    assert contents(History(tmp_path / "folder")) == contents(history)
    assert sorted(path.name for path in (tmp_path / "usb").iterdir()) == ["copy.db"]


def test_the_history_is_not_copied_over_itself(history: History) -> None:
    with pytest.raises(HistoryError, match="chính nó"):
        backup(history.db, history.path)


def test_a_copy_that_cannot_be_written_says_so_and_leaves_nothing(history: History, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageBusyError, match="Chưa sao lưu được"):
        backup(history.db, tmp_path / "file" / "copy.db")
    assert (tmp_path / "file").read_bytes() == b""


def test_one_copy_a_day_the_last_ten_are_kept(history: History) -> None:
    for day in range(KEPT + 4):
        assert daily_backup(history.db, history.folder, TODAY + timedelta(days=day)) is not None
        assert daily_backup(history.db, history.folder, TODAY + timedelta(days=day)) is None
    names = [path.name for path in backups(history.folder)]
    assert len(names) == KEPT
    assert names[0] == "history-2026-12-08.db"
    early = daily_backup(history.db, history.folder, TODAY - timedelta(days=400))
    assert early is not None
    assert early.exists()
    assert len(backups(history.folder)) == KEPT


def test_an_empty_history_needs_no_copy(tmp_path: Path) -> None:
    assert daily_backup(History(tmp_path).db, tmp_path, TODAY) is None
    assert backups(tmp_path) == []


def test_restoring_brings_back_what_was_and_keeps_what_is(history: History, tmp_path: Path) -> None:
    copy = backup(history.db, tmp_path / "copy.db")
    before = contents(history)
    play(history, Round("c2", 1, (Reply(0),)))
    after = contents(history)
    kept = restore(history.db, history.folder, copy, TODAY)
    assert contents(history) == before
    assert kept is not None
    again = restore(history.db, history.folder, kept, TODAY)
    assert contents(history) == after
    assert again != kept
    play(history, Round("c3", 2, (Reply(0),)))  # the open history can be written on
    assert history.rows("PRAGMA journal_mode") == [("delete",)]


@pytest.mark.parametrize("size", [0, 50, 4096, -4096, -1])
def test_a_cut_copy_is_refused_and_nothing_changed(history: History, tmp_path: Path, size: int) -> None:
    copy = backup(history.db, tmp_path / "copy.db")
    content = copy.read_bytes()
    copy.write_bytes(content[:size])
    play(history, Round("c2", 1, (Reply(0),)))
    before = history.path.read_bytes()
    with pytest.raises(HistoryError, match="Không có gì thay đổi"):
        restore(history.db, history.folder, copy, TODAY)
    assert history.path.read_bytes() == before
    assert backups(history.folder) == []


def test_a_newer_copy_is_refused(history: History, tmp_path: Path) -> None:
    copy = backup(history.db, tmp_path / "new" / "history.db")
    other = History(copy.parent)
    other.db.execute("PRAGMA user_version = 50")
    other.db.close()
    with pytest.raises(HistoryError, match="bản mới hơn"):
        restore(history.db, history.folder, copy, TODAY)


@contextlib.contextmanager
def locked(history: History, monkeypatch: pytest.MonkeyPatch, lock: str) -> Iterator[None]:
    """Another program keeps the file locked, and nobody waits for long."""
    monkeypatch.setattr("trainer.history.backup.WAIT_S", 0)
    history.db.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(history.path, isolation_level=None, check_same_thread=False)
    # A copy that waits for ever fails the test instead of hanging it.
    late = threading.Timer(10, other.rollback)
    late.start()
    other.execute(lock)
    other.execute("SELECT count(*) FROM events").fetchone()
    try:
        yield
    finally:
        late.cancel()
        late.join()
        other.close()


@pytest.mark.parametrize("lock", ["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_restoring_into_a_locked_history_ends_and_changes_nothing(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    copy = backup(history.db, tmp_path / "copy.db")
    play(history, Round("c2", 1, (Reply(0),)))
    before = history.path.read_bytes()
    with (
        locked(history, monkeypatch, lock),
        pytest.raises(
            StorageBusyError,
            match=r"Chưa khôi phục được \(tệp lịch sử đang được chương trình khác dùng\)\. Lịch sử cũ còn nguyên",
        ),
    ):
        restore(history.db, history.folder, copy, TODAY)
    assert history.path.read_bytes() == before
    assert backups(history.folder) == []
    assert restore(history.db, history.folder, copy, TODAY) is not None
    assert history.rows("SELECT id FROM contests") == [("c1",)]


def test_copying_a_locked_history_ends(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        locked(history, monkeypatch, "BEGIN EXCLUSIVE"),
        pytest.raises(StorageBusyError, match="Chưa sao lưu được"),
    ):
        backup(history.db, tmp_path / "usb" / "copy.db")
    assert list((tmp_path / "usb").iterdir()) == []
