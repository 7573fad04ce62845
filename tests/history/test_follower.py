"""The reader of another program's history file: sees what is new, disturbs nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contest.hall import part, plain, rules
from tests.helpers import SIDE, Clock, plan, question
from tests.helpers import rules as rules_for_one
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.following import Following, follow
from trainer.contest.evening.rehearsal import teams
from trainer.contest.session import Session
from trainer.history import follower as f
from trainer.history.database import ANNOUNCED
from trainer.history.follower import Follower, News
from trainer.history.store import Store


class Wall:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


def drill(store: Store, clock: Clock, contest: str = "c1") -> Session:
    session = Session(store, clock, store.now)
    session.open(contest, 7, rules(part(3)), teams(3), plain(3), group=True)
    return session


def seen(follower: Follower) -> News:
    news = follower.look()
    assert news is not None
    return news


def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    follower = Follower(folder)
    assert follower.look() is None
    assert follower.trouble == f.MISSING
    assert not folder.exists()
    with Store(folder) as store:
        assert seen(follower).contest == ""
        assert follower.trouble == ""
        assert follower.look() is None
        session = drill(store, Clock())
        news = seen(follower)
        assert (news.contest, news.fresh) == ("c1", True)
        assert follow(Following(), news.events, 0.0, fresh=True).state == session.state


def test_only_new_events_are_read(tmp_path: Path) -> None:
    clock = Clock()
    with Store(tmp_path) as store:
        session = drill(store, clock)
        follower = Follower(tmp_path)
        known = follow(Following(), seen(follower).events, 0.0, fresh=True)
        session.do(c.Advance)
        clock.now += 1
        session.do(dc.StartClock)
        news = seen(follower)
        assert not news.fresh
        assert len(news.events) < 6
        known = follow(known, news.events, 1.0)
        assert known.state == session.state
        session.undo()
        assert follow(known, seen(follower).events, 2.0).state == session.state


def test_it_goes_on_to_the_contest_in_which_something_happens(tmp_path: Path) -> None:
    clock = Clock()
    with Store(tmp_path) as store:
        first = drill(store, clock, "c1")
        follower = Follower(tmp_path)
        assert seen(follower).contest == "c1"
        alone = Session(store, clock, store.now)
        alone.open("alone", 1, rules_for_one(), [SIDE], plan(question(1), question(2)))
        news = seen(follower)
        assert (news.contest, news.events, news.fresh) == ("c1", (), False)
        second = drill(store, clock, "c2")
        news = seen(follower)
        assert (news.contest, news.fresh) == ("c2", True)
        first.do(c.Advance)
        news = seen(follower)
        assert (news.contest, news.fresh) == ("c1", True)
        assert follow(Following(), news.events, 0.0, fresh=True).state == first.state
        second.do(c.Advance)
        assert seen(Follower(tmp_path)).contest == "c2"


def test_a_lock_is_met_with_patience_and_never_with_a_wait(tmp_path: Path) -> None:
    clock = Clock()
    with Store(tmp_path) as store:
        session = drill(store, clock)
        follower = Follower(tmp_path, clock=clock)
        seen(follower)
        session.do(c.Advance)
        with sqlite3.connect(tmp_path / "history.db", isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert follower.look() is None
            assert follower.trouble == ""
            clock.now += f.PATIENCE_S
            assert follower.look() is None
            assert follower.trouble == f.UNREADABLE
            other.execute("ROLLBACK")
        other.close()
        assert seen(follower).events
        assert follower.trouble == ""


def test_it_never_makes_the_drill_wait(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        session = drill(store, Clock())
        follower = Follower(tmp_path)
        seen(follower)
        store.connection.execute("PRAGMA busy_timeout=0")
        session.do(c.Advance)  # refused at once if the reader still held a lock
        assert seen(follower).events


@pytest.mark.parametrize(
    ("pragma", "trouble"), [("user_version=99", f.NEWER), ("application_id=7", f.FOREIGN)]
)
def test_a_file_that_is_not_ours_to_read_is_named(tmp_path: Path, pragma: str, trouble: str) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "history.db") as database:
        database.execute(f"PRAGMA {pragma}")
    database.close()
    follower = Follower(tmp_path)
    assert follower.look() is None
    assert follower.trouble == trouble


def test_no_database_at_all_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"nothing that SQLite would know" * 200)
    before = path.read_bytes()
    follower = Follower(tmp_path)
    assert follower.look() is None
    assert follower.trouble == f.FOREIGN
    assert path.read_bytes() == before


def test_a_file_that_goes_and_comes_back_is_followed_again(tmp_path: Path) -> None:
    clock = Clock()
    with Store(tmp_path) as store:
        session = drill(store, clock)
        follower = Follower(tmp_path)
        seen(follower)
        (tmp_path / "history.db").rename(tmp_path / "away.db")
        assert follower.look() is None
        assert follower.trouble == f.MISSING
        (tmp_path / "away.db").rename(tmp_path / "history.db")
        news = seen(follower)
        assert (news.contest, news.fresh) == ("c1", True)
        assert follow(Following(), news.events, 0.0, fresh=True).state == session.state


def test_a_history_that_was_restored_beneath_it_is_read_anew(tmp_path: Path) -> None:
    clock = Clock()
    with Store(tmp_path / "a") as store, Store(tmp_path / "b") as other:
        drill(store, clock, "c1").do(c.Advance)
        elsewhere = drill(other, clock, "c9")
        follower = Follower(tmp_path / "a")
        assert seen(follower).contest == "c1"
        other.connection.backup(store.connection)
        news = seen(follower)
        assert (news.contest, news.fresh) == ("c9", True)
        assert follow(Following(), news.events, 0.0, fresh=True).state == elsewhere.state


def test_how_long_ago_the_last_event_was_is_told_and_survives_a_clock_set_back(tmp_path: Path) -> None:
    with Store(tmp_path, lambda: "2026-09-21T14:13:20.000+00:00") as store:
        clock = Clock()
        session = drill(store, clock)
        clock.now += 2
        session.do(c.Advance)
    wall = Wall()
    wall.now = 1_790_000_000.0  # that very moment
    os.utime(tmp_path / "history.db", (wall.now + 2, wall.now + 2))
    wall.now += 7
    assert seen(Follower(tmp_path, wall=wall)).waited_ms == 5000
    wall.now -= 3600
    assert seen(Follower(tmp_path, wall=wall)).waited_ms == 0


def test_it_tells_what_was_announced_and_the_theme(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        drill(store, Clock())
        follower = Follower(tmp_path)
        assert seen(follower).announced == ""
        store.set_setting(ANNOUNCED + "c1", "2")
        store.set_setting("theme", "sen-sang")
        news = seen(follower)
        assert (news.announced, news.theme, news.events) == ("2", "sen-sang", ())


_DIES_WITHIN_A_COMMIT = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size=1")
db.execute("BEGIN IMMEDIATE")
for number in range(400):
    db.execute("INSERT INTO settings VALUES (?, ?)", (f"k{number}", "x" * 2000))
os._exit(9)
"""


def test_a_drill_that_died_within_a_commit_is_waited_for_and_nothing_is_written(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "history.db"
    with Store(tmp_path) as store:
        session = drill(store, clock)
        session.do(c.Advance)
        follower = Follower(tmp_path, clock=clock)
        seen(follower)
    subprocess.run([sys.executable, "-c", _DIES_WITHIN_A_COMMIT, str(path)], check=False)
    journal = tmp_path / "history.db-journal"
    assert journal.exists()
    before, kept = path.read_bytes(), journal.read_bytes()
    for reader in (follower, Follower(tmp_path, clock=clock)):
        for _ in range(5):
            assert reader.look() is None
            clock.now += 1
        assert reader.trouble == f.UNREADABLE
    assert (path.read_bytes(), journal.read_bytes()) == (before, kept)
    with Store(tmp_path) as store:  # the drill comes back and undoes what was half written
        clock.now += 1
        resumed = Session(store, clock, store.now, store.events("c1"))
        news = seen(follower)
        assert follow(Following(), news.events, 0.0, fresh=True).state == resumed.state
        assert follower.trouble == ""


def test_another_file_with_the_number_of_a_deleted_one_is_noticed(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "history.db"
    with Store(tmp_path) as store:
        drill(store, clock, "c1")
        follower = Follower(tmp_path)
        assert seen(follower).contest == "c1"
    path.unlink()
    with Store(tmp_path) as store:
        drill(store, clock, "c2")
        status = path.stat()
        follower._file = (status.st_dev, status.st_ino)  # as a file system that uses numbers again
        assert follower.look() is None
        assert seen(follower).contest == "c2"
