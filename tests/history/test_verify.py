"""Verifying: silent when all is well, a sentence for whatever was changed, a kill does no harm."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT
from tests.history.plays import History, Reply, Round, contents, play, play_situation
from trainer.history import schema
from trainer.history.database import FILE_NAME, open_database, writing
from trainer.history.replay import rebuild
from trainer.history.rows import DERIVED
from trainer.history.verify import verify


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path)
    play(made, Round("c1", 0, (Reply(0), Reply(1), Reply(None), Reply(2)), ("p1", "p2"), first=5))
    play(made, Round("c2", 1, (Reply(3), Reply(0)), overrule=True))
    play_situation(made)
    return made


def test_nothing_is_said_of_an_untouched_history(history: History) -> None:
    report = verify(history.db)
    assert report.sentences == report.notes == []
    assert report.events > 20
    assert report.rows > 30


CHANGES = {
    "contests": "UPDATE contests SET opened = opened + 1",
    "contest_sides": "UPDATE contest_sides SET score = score + 5 WHERE side = 'p1'",
    "attempts": "UPDATE attempts SET share = 0.9 WHERE item = 'q5'",
    "details": "UPDATE details SET taken = taken + 1",
    "memory": "DELETE FROM memory WHERE item = 'q1'",
    "reviews": "UPDATE reviews SET rating = 4 WHERE item = 'q1'",
    "cards": "UPDATE cards SET due = due + 1 WHERE item = 'q1'",
    "pace": "DELETE FROM pace",
    "totals": "UPDATE totals SET right = right + 1",
    "picks": "UPDATE picks SET times = times + 1",
    "activity": "UPDATE activity SET ms = 0",
    "rounds": "UPDATE rounds SET score = 77",
    "correction_moves": "INSERT INTO correction_moves VALUES ('k', 'c1', 'p1', 0, 'a', 0, 'b', 1)",
}


@pytest.mark.parametrize("table", [table.name for table in DERIVED])
def test_a_changed_table_is_noticed_and_rebuilding_mends_it(history: History, table: str) -> None:
    before = contents(history)
    history.db.execute(CHANGES[table])
    report = verify(history.db)
    assert not report.good
    assert all(sentence.endswith(".") for sentence in report.sentences)
    with writing(history.db, history.path):
        rebuild(history.db)
    assert contents(history) == before
    assert verify(history.db).good


def test_a_missing_event_and_damaged_order_are_noticed(history: History) -> None:
    history.db.execute("DELETE FROM events WHERE contest = 'c2' AND seq = 2")
    assert any("thiếu sự kiện" in sentence for sentence in verify(history.db).sentences)


def test_many_differences_are_cut_short(history: History) -> None:
    history.db.execute("DELETE FROM cards")
    history.db.execute("DELETE FROM picks")
    history.db.execute("DELETE FROM totals")
    history.db.execute("DELETE FROM reviews")
    sentences = verify(history.db).sentences
    assert "không kể ra" in sentences[-1]


def test_a_contest_of_another_version_is_noted_and_kept(history: History) -> None:
    history.db.execute("UPDATE events SET type = 'FromTheFuture' WHERE contest = 'c2' AND seq = 3")
    with writing(history.db, history.path):
        assert rebuild(history.db) == {"c2"}
    report = verify(history.db)
    assert report.sentences == []
    assert "c2" in report.notes[0]
    assert history.rows("SELECT count(*) FROM contests") == [(3,)]


def test_a_history_of_version_1_gets_its_memories(tmp_path: Path, history: History) -> None:
    old = tmp_path / "old"
    old.mkdir()
    database = sqlite3.connect(old / FILE_NAME)
    database.executescript(schema.MIGRATIONS[0])
    database.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    database.execute("PRAGMA user_version=1")
    database.executemany(
        "INSERT INTO events(n, contest, seq, at, type, payload) VALUES (?, ?, ?, ?, ?, ?)",
        history.rows("SELECT n, contest, seq, at, type, payload FROM events"),
    )
    database.execute("INSERT INTO players VALUES ('p1', 'Lan', 'lan', '2026-11-24T00:00:00+00:00')")
    for name in ("contests", "contest_sides", "attempts", "memory"):
        rows = history.rows(f"SELECT * FROM {name}")
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    database.commit()
    database.close()
    opened = History(old)
    assert verify(opened.db).good
    ours, theirs = contents(history, "players"), contents(opened, "players")
    assert ours == theirs
    assert opened.rows("SELECT name, given, changed FROM players") == [("Lan", "", 0)]


CHILD = """
import sys
from pathlib import Path
from tests.history.plays import History, Round, Reply, play
from trainer.errors import StorageBusyError
history = History(Path(sys.argv[1]))
history.db.execute("PRAGMA synchronous=EXTRA")
number = 0
while True:
    number += 1
    try:
        play(history, Round(f"{sys.argv[2]}-{number}", number, (Reply(0), Reply(1), Reply(2)), ("p1", "p2", "p3")))
    except StorageBusyError:
        continue  # SQLite's lock is not fair to two that never rest; this round stays unfinished
    print(number, flush=True)
"""


@pytest.mark.timeout(60)
def test_a_kill_at_any_moment_leaves_tables_that_agree_with_the_events(tmp_path: Path) -> None:
    for turn in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), str(turn)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        for _ in range(turn + 1):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        opened = open_database(tmp_path)
        assert opened.set_aside is None
        report = verify(opened.connection)
        assert report.sentences == []
        assert report.events > 0
        opened.connection.close()


def test_two_programs_that_answer_at_once_agree(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), name],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for name in ("a", "b")
    ]
    try:
        for child in children:
            assert child.stdout is not None
            for _ in range(3):
                assert child.stdout.readline()
    finally:
        for child in children:
            child.send_signal(signal.SIGKILL)
            child.wait()
            assert child.stdout is not None
            child.stdout.close()
    opened = open_database(tmp_path)
    assert verify(opened.connection).sentences == []
    opened.connection.close()
