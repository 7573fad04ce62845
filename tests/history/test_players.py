"""Players renamed, joined, deleted; the record stays what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.history.plays import History, Reply, Round, contents, play
from trainer.errors import UsageError
from trainer.history.players import delete, join, list_players, rename
from trainer.history.rounds import last_response
from trainer.history.told import GONE, resolved
from trainer.history.verify import verify


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path)
    for id_, name in (("p1", "Lan"), ("p2", "Hoa"), ("p3", "Bình")):
        made.add_player(id_, name)
    play(made, Round("c1", 0, (Reply(0), Reply(1))))
    play(made, Round("c2", 1, (Reply(1), Reply(0)), ("p2",)))
    play(made, Round("c3", 2, (Reply(0), Reply(1), Reply(2), Reply(0)), ("p1", "p3")))
    made.db.execute("INSERT INTO flags VALUES ('p1', 'q1', 'doubt', 'ghi chú', '2026-11-24')")
    return made


def test_the_list_says_who_played_how_much(history: History) -> None:
    rows = list_players(history.db)
    assert [(row.name, row.rounds, row.asked) for row in rows] == [
        ("Lan", 2, 4),
        ("Hoa", 1, 2),
        ("Bình", 1, 2),
    ]
    assert rows[0].last.startswith("2026-11-26")


def test_a_name_is_changed_and_must_be_a_free_name(history: History) -> None:
    assert rename(history.db, history.path, "p1", "  Lan   Anh ") == "Lan Anh"
    assert list_players(history.db)[0].name == "Lan Anh"
    rename(history.db, history.path, "p1", "LAN anh")
    with pytest.raises(UsageError, match="Đã có người chơi"):
        rename(history.db, history.path, "p1", "hoa")
    for name in ("", " ", "x" * 41):
        with pytest.raises(UsageError, match="từ 1 đến 40"):
            rename(history.db, history.path, "p1", name)
    with pytest.raises(UsageError, match="Không có người chơi"):
        rename(history.db, history.path, "nobody", "Ai")


def test_two_players_become_one_with_all_they_did(history: History, tmp_path: Path) -> None:
    join(history.db, history.path, "p2", "p1")
    assert history.rows("SELECT attempts FROM memory WHERE side = 'p1' AND item = 'q1'") == [(3,)]
    assert history.rows("SELECT 1 FROM cards WHERE side = 'p2'") == []
    assert [row.name for row in list_players(history.db)] == ["Lan", "Bình"]
    assert verify(history.db).good
    assert last_response(history.db, "p1", "q2") == [2]
    assert last_response(history.db, "p2", "q2") is last_response(history.db, "p1", "q9") is None
    # What the joined player goes on to do counts for the one.
    play(history, Round("c4", 3, (Reply(3),), ("p2",)))
    assert last_response(history.db, "p1", "q1") == [3]
    assert history.rows("SELECT attempts FROM memory WHERE side = 'p1' AND item = 'q1'") == [(4,)]
    assert verify(history.db).good


def test_those_who_played_each_other_are_not_one(history: History) -> None:
    before = contents(history)
    with pytest.raises(UsageError, match="đã thi với nhau"):
        join(history.db, history.path, "p1", "p3")
    with pytest.raises(UsageError, match="cùng một người"):
        join(history.db, history.path, "p1", "p1")
    with pytest.raises(UsageError, match="Không có"):
        join(history.db, history.path, "p1", "p9")
    assert contents(history) == before


def test_a_deleted_player_leaves_nothing_but_a_place_in_others_contests(history: History) -> None:
    delete(history.db, history.path, "p1")
    everything = json.dumps(contents(history), ensure_ascii=False, default=str)
    assert "Tên p1" not in everything
    assert "Lan" not in everything
    assert "ghi chú" not in everything
    assert history.rows("SELECT id FROM contests ORDER BY id") == [("c2",), ("c3",)]
    assert history.rows("SELECT name FROM contest_sides WHERE contest = 'c3' ORDER BY side")[0] == (GONE,)
    for table in ("memory", "cards", "reviews", "totals", "picks", "activity", "pace"):
        assert history.rows(f"SELECT 1 FROM {table} WHERE side = 'p1'") == []
    assert history.rows("SELECT count(*) FROM memory WHERE side = 'p3'") == [(2,)]
    assert verify(history.db).good


def test_a_joined_player_is_deleted_under_both_ids(history: History) -> None:
    join(history.db, history.path, "p2", "p1")
    delete(history.db, history.path, "p1")
    assert history.rows("SELECT id FROM contests") == [("c3",)]
    assert verify(history.db).good


def test_chains_and_rings_of_joined_players_end_in_one() -> None:
    assert resolved({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert resolved({"a": "b", "b": "a"}) == {"b": "a"}
    assert resolved({"x": "b", "b": "a", "a": "b"}) == {"x": "a", "b": "a"}
