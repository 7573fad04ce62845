"""A wrong key corrected: everybody is marked again, who moved is listed, a replay agrees."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.history.plays import START, History, Reply, Round, contents, histories, item_number, play
from tests.history.test_merge import copied, merged
from trainer.errors import UsageError
from trainer.history.corrections import (
    close_dispute,
    correct_key,
    corrections,
    disputes,
    move_lines,
    moves,
    open_dispute,
    option_key,
)
from trainer.history.review import rating_of
from trainer.history.verify import verify

WALL = START.isoformat()


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "a")
    play(made, Round("c1", 0, (Reply(0), Reply(0))))
    play(made, Round("c2", 1, (Reply(2), Reply(1), Reply(0), Reply(1)), ("p1", "p2")))
    return made


def correct(history: History, item: int = 1, right: str = "ý 1", **more: str) -> object:
    changes = option_key(item_number(item), [right])
    return correct_key(history.db, history.path, f"q{item}", changes, "văn bản mới", WALL, **more)


def test_past_answers_are_marked_again_and_who_moved_is_listed(history: History) -> None:
    done = correct_key(
        history.db, history.path, "q1", option_key(item_number(1), ["ý 1"]), "văn bản mới", WALL
    )
    assert (done.looked_at, done.left) == (3, 0)
    told = [(move.contest, move.side, move.points_before, move.points_after) for move in done.moves]
    assert told == [("c1", "p1", 10, 0), ("c2", "p2", 0, 10)]
    assert history.rows("SELECT contest, side, score FROM contest_sides ORDER BY 1, 2") == [
        ("c1", "p1", 10),
        ("c2", "p1", 10),
        ("c2", "p2", 10),
    ]
    assert rating_of(history.db, "c1", "p1", 0) == 1
    assert move_lines(done.moves)[0] == "Luật thử, Tên p1, câu 1: 10 → 0 điểm."
    assert move_lines([]) == ["Không có điểm nào thay đổi."]
    assert moves(history.db, done.id) == done.moves
    assert [(row.item, row.note, row.moved) for row in corrections(history.db)] == [("q1", "văn bản mới", 2)]
    assert verify(history.db).good


def test_contests_opened_later_are_marked_by_what_they_asked(history: History) -> None:
    correct(history)
    play(history, Round("c3", 2, (Reply(0),)))
    assert history.rows("SELECT share FROM attempts WHERE contest = 'c3'") == [(1.0,)]
    assert verify(history.db).good


def test_a_second_correction_takes_the_first_back(history: History) -> None:
    before = history.rows("SELECT * FROM attempts")
    correct(history)
    correct(history, right="ý 0")
    assert history.rows("SELECT * FROM attempts") == before
    assert verify(history.db).good


def test_a_correction_travels_with_a_merge(history: History, tmp_path: Path) -> None:
    theirs = copied(history, tmp_path / "b")
    play(theirs, Round("d1", 0, (Reply(1),), ("p3",)))
    correct(history)
    merged(history, theirs)
    merged(theirs, history)
    assert contents(history) == contents(theirs)
    assert history.rows("SELECT count(*) FROM correction_moves") == [(2,)]
    assert verify(theirs.db).good


def test_what_stood_there_with_other_options_is_left_and_counted(history: History) -> None:
    changes = {"options": ["ý 1", "ý khác"], "right": 1}
    done = correct_key(history.db, history.path, "q1", changes, "", WALL)
    assert (done.looked_at, done.left, done.moves) == (3, 3, [])
    assert verify(history.db).good


def test_typed_answers_and_pairs_are_marked_again(tmp_path: Path) -> None:
    history = History(tmp_path)
    play(history, Round("c1", 0, (Reply(1),), first=7))
    done = correct_key(history.db, history.path, "q7", {"answers": ["218"]}, "", WALL)
    assert [move.points_after for move in done.moves] == [10]
    play(history, Round("c2", 0, (Reply(1),), first=4))
    done = correct_key(history.db, history.path, "q4", {"matches": ["2", "1", "3"]}, "", WALL)
    assert [move.points_after for move in done.moves] == [10]
    assert verify(history.db).good


def test_a_key_must_be_one_of_the_options() -> None:
    for right in ([], ["không có"]):
        with pytest.raises(UsageError):
            option_key(item_number(1), right)


def test_a_dispute_is_opened_settled_and_closed(history: History) -> None:
    first = open_dispute(history.db, history.path, "q1", "p1", " vì\nsao ", WALL)
    second = open_dispute(history.db, history.path, "q2", "", "sai năm", WALL)
    assert first.note == "vì sao"
    correct(history, dispute=first.id)
    close_dispute(history.db, history.path, second.id, "giữ nguyên", WALL)
    assert [one.outcome for one in disputes(history.db)] != ["", ""]
    assert disputes(history.db, only_open=True) == []
    assert [one.id for one in disputes(history.db, "q2")] == [second.id]
    with pytest.raises(UsageError):
        close_dispute(history.db, history.path, second.id, "", WALL)
    with pytest.raises(UsageError):
        open_dispute(history.db, history.path, "q1", "p1", "  ", WALL)


@settings(max_examples=20)
@given(histories())
def test_corrections_in_any_history_agree_with_a_replay(told: list[Round]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for number, one in enumerate(told):
            play(history, one)
            if number % 2:
                correct(history, 1 + number % 3, "ý 2")
        assert verify(history.db).sentences == []
        history.db.close()
