"""Merging: any order, any number of times, nothing lost or doubled, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import Clock
from tests.history.plays import (
    START,
    History,
    Reply,
    Round,
    carry_on,
    contents,
    histories,
    play,
)
from trainer.contest.session import Session
from trainer.errors import HistoryError
from trainer.history import players
from trainer.history.database import FILE_NAME
from trainer.history.merge import Clash, Merged, merge
from trainer.history.verify import verify

NAMES = {"p1": "Lan", "p2": "Hoa", "p3": "Bình"}


def made(folder: Path, rounds: Sequence[Round], *, prefix: str = "") -> History:
    history = History(folder)
    for number, (id_, name) in enumerate(NAMES.items()):
        history.add_player(f"{prefix}{id_}", name, START + timedelta(days=number + len(prefix)))
    for told in rounds:
        play(history, told)
    return history


def merged(history: History, *others: History, ask: Any = None) -> Merged:
    return merge(history.db, history.path, [other.path for other in others], ask)


def copied(history: History, folder: Path) -> History:
    folder.mkdir()
    shutil.copy(history.path, folder / FILE_NAME)
    return History(folder)


@settings(max_examples=15)
@given(histories("a", 4), histories("b", 4), histories("c", 3), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    one: list[Round], two: list[Round], three: list[Round], chance: Any
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        files = [
            made(root / "1", one),
            made(root / "2", two, prefix="x"),
            made(root / "3", three),
        ]
        results = []
        for attempt in range(3):
            order = chance.sample(files, 3)
            target = copied(order[0], root / f"t{attempt}")
            if chance.random() < 0.5:
                merged(target, *order[1:])
            else:  # (b + c) first, then a + (b + c)
                middle = copied(order[1], root / f"m{attempt}")
                merged(middle, order[2])
                merged(target, middle)
            merged(target, chance.choice(files))
            assert verify(target.db).sentences == []
            results.append(contents(target))
        assert results[0] == results[1] == results[2]
        contests = {told.contest for told in [*one, *two, *three]}
        assert {row[0] for row in results[0]["contests"]} == contests
        answers = sum(len(history.rows("SELECT 1 FROM attempts")) for history in files)
        assert len(results[0]["attempts"]) == answers


def test_a_merge_with_itself_changes_not_one_byte(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [Round("c1", 0, (Reply(0), Reply(1)))])
    before = ours.path.read_bytes()
    assert merged(ours, ours) == (0, 0, 0, [])
    assert ours.path.read_bytes() == before


def test_the_other_file_stays_as_it_is(tmp_path: Path) -> None:
    ours, theirs = made(tmp_path / "a", []), made(tmp_path / "b", [Round("c1", 0, (Reply(0),))])
    before = theirs.path.read_bytes()
    done = merged(ours, theirs)
    assert (done.contests, done.attempts, done.players) == (1, 1, 0)
    assert theirs.path.read_bytes() == before
    assert not list((tmp_path / "b").glob("*journal"))


def test_players_of_one_name_are_both_kept_and_that_is_said(tmp_path: Path) -> None:
    ours, theirs = made(tmp_path / "a", []), made(tmp_path / "b", [], prefix="x")
    done = merged(ours, theirs)
    assert done.players == 3
    assert len(done.sentences) == 3
    assert "“Lan (2)”" in done.sentences[0]
    names = {row[0]: row[1] for row in ours.rows("SELECT id, name FROM players")}
    assert names["p1"] == "Lan"
    assert names["xp1"] == "Lan (2)"
    assert merged(ours, theirs) == (0, 0, 0, [])


def test_one_person_on_two_laptops_becomes_one_when_they_say_so(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [Round("c1", 0, (Reply(0),))])
    theirs = made(tmp_path / "b", [Round("c2", 1, (Reply(1),), ("xp1",))], prefix="x")
    asked: list[Clash] = []

    def ask(clash: Clash) -> bool:
        asked.append(clash)
        return clash.name == "Lan"

    merged(ours, theirs, ask=ask)
    assert [clash.name for clash in asked] == ["Lan", "Hoa", "Bình"]
    assert ours.rows("SELECT attempts FROM memory WHERE side = 'p1' AND item = 'q1'") == [(2,)]
    assert ours.rows("SELECT 1 FROM players WHERE id = 'xp1'") == []
    assert verify(ours.db).good
    asked.clear()
    assert merged(ours, theirs, ask=ask) == (0, 0, 0, [])
    assert asked == []


def test_a_contest_that_went_on_at_both_laptops_counts_once_and_nothing_is_lost(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [Round("c1", 0, (Reply(0),), finish=False)])
    clock = Clock()
    # Both have c1 unfinished; each goes on for itself.
    theirs = copied(ours, tmp_path / "b")
    for history, rounds in ((ours, 1), (theirs, 3)):
        session = Session(history, clock, START.isoformat, history.events("c1"))
        for _ in range(rounds):
            if session.state.paused_at is not None:
                session.unpause()
            clock.now += rounds
            session.pause()
        assert session.state.paused_at is not None
    lengths = {
        where: history.rows("SELECT count(*) FROM events WHERE contest = 'c1'")[0][0]
        for where, history in (("ours", ours), ("theirs", theirs))
    }
    assert lengths["theirs"] > lengths["ours"]
    other = copied(theirs, tmp_path / "c")
    done = merged(ours, theirs)
    assert "hai máy" in done.sentences[0]
    merged(other, ours)
    assert contents(ours) == contents(other)
    assert ours.rows("SELECT count(*) FROM events WHERE contest = 'c1'") == [(lengths["theirs"],)]
    assert ours.rows("SELECT count(*) FROM branches WHERE contest = 'c1'") == [(lengths["ours"],)]
    assert ours.rows("SELECT count(*) FROM attempts WHERE contest = 'c1'") == [(1,)]
    assert merged(ours, theirs) == (0, 0, 0, [])
    assert verify(ours.db).good


def test_a_contest_begun_here_and_finished_there_is_taken_whole(tmp_path: Path) -> None:
    ours = History(tmp_path / "a")
    told = Round("c1", 0, (Reply(0), Reply(0)), finish=False)
    clock = Clock()
    session = play(ours, told)
    assert session.state.running
    theirs = copied(ours, tmp_path / "b")
    later = Session(theirs, clock, START.isoformat, theirs.events("c1"))
    carry_on(later, clock, told, 2)
    if later.state.paused_at is not None:
        later.unpause()
    later.advance()
    assert later.state.status == "finished"
    assert merged(ours, theirs).sentences == []
    assert ours.rows("SELECT status FROM contests") == [("finished",)]
    assert ours.rows("SELECT count(*) FROM attempts") == [(2,)]


def test_a_deleted_player_does_not_come_back(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [Round("c1", 0, (Reply(0),)), Round("c2", 0, (Reply(0),) * 2, ("p1", "p2"))])
    theirs = copied(ours, tmp_path / "b")
    play(theirs, Round("c3", 1, (Reply(1),)))
    players.delete(ours.db, ours.path, "p1")
    merged(ours, theirs)
    assert ours.rows("SELECT 1 FROM players WHERE id = 'p1'") == []
    assert ours.rows("SELECT id FROM contests") == [("c2",)]
    assert verify(ours.db).good
    merged(theirs, ours)
    assert contents(ours) == contents(theirs)
    assert "Tên p1" not in json.dumps(theirs.rows("SELECT payload FROM events"), ensure_ascii=False)


def test_a_clock_set_back_keeps_the_order_of_the_laptop(tmp_path: Path) -> None:
    ours = made(
        tmp_path / "a",
        [Round("c1", 0, (Reply(1),)), Round("c2", -365, (Reply(0),)), Round("c3", 1, (Reply(0),))],
    )
    theirs = made(tmp_path / "b", [Round("d1", 0, (Reply(0),), first=2)])
    merged(ours, theirs)
    order = [row[0] for row in ours.rows("SELECT contest FROM events WHERE type = 'Answered' ORDER BY n")]
    assert [contest for contest in order if contest != "d1"] == ["c1", "c2", "c3"]
    assert ours.rows("SELECT last_share FROM memory WHERE item = 'q1'") == [(1.0,)]
    assert verify(ours.db).good


# --- files that cannot be merged --------------------------------------------------------------


def refused(ours: History, *paths: Path) -> str:
    before = ours.path.read_bytes()
    with pytest.raises(HistoryError) as caught:
        merge(ours.db, ours.path, paths)
    assert ours.path.read_bytes() == before
    return str(caught.value)


def test_a_truncated_file_is_refused_whole(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [])
    good = made(tmp_path / "b", [Round("g", 0, (Reply(0),))])
    theirs = made(tmp_path / "c", [Round(f"c{number}", 0, (Reply(0),)) for number in range(12)])
    content = theirs.path.read_bytes()
    for size in (100, 4096, len(content) // 2, len(content) - 4096, len(content) - 1):
        cut = tmp_path / "cut.db"
        cut.write_bytes(content[:size])
        assert "không dùng được" in refused(ours, good.path, cut) or size < 200
    assert ours.rows("SELECT count(*) FROM contests") == [(0,)]


@pytest.mark.parametrize("content", [b"", b"only text" * 600, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_history_is_refused(tmp_path: Path, content: bytes) -> None:
    ours = made(tmp_path / "a", [])
    path = tmp_path / "x.db"
    path.write_bytes(content)
    refused(ours, path)


def test_a_foreign_a_newer_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    import sqlite3

    ours, theirs = made(tmp_path / "a", []), made(tmp_path / "b", [])
    theirs.db.execute("PRAGMA user_version = 99")
    assert "bản mới hơn" in refused(ours, theirs.path)
    with sqlite3.connect(tmp_path / "foreign.db") as foreign:
        foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    assert "không phải là tệp lịch sử" in refused(ours, tmp_path / "foreign.db")
    assert "Không có tệp" in refused(ours, tmp_path / "nothing.db")


def test_damage_inside_is_noticed(tmp_path: Path) -> None:
    ours = made(tmp_path / "a", [])
    theirs = made(tmp_path / "b", [Round(f"c{number}", 0, (Reply(0),)) for number in range(12)])
    theirs.db.close()
    content = bytearray(theirs.path.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    theirs.path.write_bytes(content)
    assert "bị hỏng" in refused(ours, theirs.path)
