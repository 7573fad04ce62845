"""A wrong key corrected: everybody is marked again, who moved is listed, a replay agrees."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.helpers import Clock, question
from tests.history.plays import START, History, Reply, Round, contents, histories, item_number, play
from tests.history.test_merge import copied, merged
from trainer.commands.looking import _correct
from trainer.contest.events import Planned, Side
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.session import Session
from trainer.errors import UsageError
from trainer.history.corrections import (
    close_dispute,
    correct_key,
    corrections,
    disputes,
    move_lines,
    moves,
    new_key,
    open_dispute,
    option_key,
)
from trainer.history.review import rating_of
from trainer.history.store import Store
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
    done = correct_key(history.db, history.path, "q1", changes, "văn bản mới", WALL)
    assert (done.looked_at, done.left, done.moves) == (3, 3, [])
    assert verify(history.db).good


def test_typed_answers_and_pairs_are_marked_again(tmp_path: Path) -> None:
    history = History(tmp_path)
    play(history, Round("c1", 0, (Reply(1),), first=7))
    done = correct_key(history.db, history.path, "q7", new_key(item_number(7), ["218"]), "in sai", WALL)
    assert [move.points_after for move in done.moves] == [10]
    play(history, Round("c2", 0, (Reply(1),), first=4))
    done = correct_key(history.db, history.path, "q4", {"matches": ["2", "1", "3"]}, "in sai", WALL)
    assert [move.points_after for move in done.moves] == [10]
    assert verify(history.db).good


def test_a_key_must_be_one_of_the_options() -> None:
    for right in ([], ["không có"]):
        with pytest.raises(UsageError):
            option_key(item_number(1), right)


# --- a key that fits its question ------------------------------------------------------------

ORDERED = {**question(20, kind="order", options=0), "items": ["một", "hai", "ba"]}
CLOZE = {
    **question(21, kind="cloze", options=0),
    "text": "Lấy __dân__ làm __gốc__.",
    "answers": ["dân", "gốc"],
}
SHORT = {**question(22, kind="short", options=0), "answers": ["217"], "rejected": ["218", "219"]}
MISQUOTE = {
    **question(23, kind="misquote", options=0),
    "text": "Dân vận __khéo -> kém__ thì việc gì cũng kém.",
    "answers": ["khéo", "kém"],
}


def answered(history: History, contest: str, item: dict[str, Any], *responses: Any) -> None:
    """Play one question in as many contests as there are responses."""
    shown = item["options"] or item.get("matches") or item.get("items", ())
    for number, response in enumerate(responses):
        session = Session(history, Clock(), START.isoformat)
        part = QuestionPart(count=1, kinds=(item["kind"],))
        planned = (Planned(0, item, tuple(range(len(shown)))),)
        session.open(
            f"{contest}{number}", 7, Rules("thu", "Luật thử", "", (part,)), [Side("p1", "Lan")], planned
        )
        session.advance()
        session.answer("p1", response)


def points_after(history: History, item: dict[str, Any], *answers: str) -> list[int]:
    correct_key(history.db, history.path, item["id"], new_key(item, answers), "văn bản mới", WALL)
    assert verify(history.db).good
    rows = history.rows("SELECT points FROM attempts WHERE item = ? ORDER BY contest", item["id"])
    return [points for (points,) in rows]


@pytest.mark.parametrize(("kind", "options"), [("choice", 4), ("true-false", 2)])
def test_both_are_right_gives_each_of_them_all_points(tmp_path: Path, kind: str, options: int) -> None:
    history = History(tmp_path)
    item = question(1, kind=kind, options=options)
    answered(history, "c", item, *[(at,) for at in range(options)])
    assert points_after(history, item, "ý 0", "ý 1") == [10, 10, 0, 0][:options]
    assert history.rows("SELECT DISTINCT code FROM attempts WHERE points > 0") == [("right",)]


def test_several_right_ones_of_a_multiple_are_all_needed(tmp_path: Path) -> None:
    history = History(tmp_path)
    item = question(1, kind="multiple", right=2)
    answered(history, "c", item, (0, 1), (0, 2), (0,))
    assert points_after(history, item, "ý 0", "ý 2") == [0, 10, 5]


def test_items_are_put_in_another_order(tmp_path: Path) -> None:
    history = History(tmp_path)
    answered(history, "c", ORDERED, (0, 1, 2), (1, 0, 2))
    assert points_after(history, ORDERED, " hai", "một", "ba") == [5, 10]


def test_right_sides_are_put_to_other_left_ones(tmp_path: Path) -> None:
    history = History(tmp_path)
    item = item_number(4)
    answered(history, "c", item, (0, 1, 2), (1, 0, 2))
    assert points_after(history, item, "2", "1 ", "3") == [3, 10]


def test_a_blank_and_a_rejected_text_become_right(tmp_path: Path) -> None:
    history = History(tmp_path)
    answered(history, "c", CLOZE, ("dân", "gốc"), ("dân", "rễ"))
    assert points_after(history, CLOZE, "dân", "gốc|rễ") == [10, 10]
    answered(history, "d", SHORT, "217", "218", "219")
    assert points_after(history, SHORT, "217", "218 ") == [10, 10, 0]
    answered(history, "e", MISQUOTE, ("khéo", "dở"))
    assert points_after(history, MISQUOTE, "khéo", "dở") == [10]


@pytest.mark.parametrize(
    ("item", "answers", "says"),
    [
        (SHORT, [], "để trống"),
        (SHORT, ["217", " \u200b"], "để trống"),
        (question(1), [""], "để trống"),
        (question(1), ["ý 9"], "một trong các phương án"),
        (CLOZE, ["dân"], "2 chỗ trống"),
        (CLOZE, ["dân", "gốc", "rễ"], "2 chỗ trống"),
        (CLOZE, ["dân", "gốc|"], "để trống"),
        (MISQUOTE, ["kém"], "đúng 2 đáp án"),
        (MISQUOTE, ["nước", "dân"], "đúng 2 đáp án"),
        (ORDERED, ["hai", "một"], "đủ 3 mục"),
        (ORDERED, ["hai", "một", "một"], "đủ 3 mục"),
        (ORDERED, ["hai", "một", "bốn"], "đủ 3 mục"),
        (item_number(4), ["2", "1"], "vế bên trái"),
        (item_number(4), ["2", "2", "3"], "vế bên trái"),
    ],
)
def test_a_key_that_does_not_fit_its_question_is_refused(
    item: dict[str, Any], answers: list[str], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        new_key(item, answers)


def test_a_correction_needs_a_note(history: History) -> None:
    before = contents(history)
    for note in ("", " \n "):
        with pytest.raises(UsageError, match="ghi lý do"):
            correct_key(history.db, history.path, "q1", new_key(item_number(1), ["ý 1"]), note, WALL)
    assert contents(history) == before


def test_the_command_writes_only_a_key_that_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = History(tmp_path)
    answered(history, "c", ORDERED, (1, 0, 2))
    answered(history, "d", CLOZE, ("dân", "gốc"))
    before = contents(history)
    with Store(tmp_path) as store:
        for item, note, answers in (
            (ORDERED, "vì", ["hai", "một"]),
            (ORDERED, " ", ["hai", "một", "ba"]),
            (CLOZE, "vì", ["dân"]),
            (CLOZE, "vì", ["dân", ""]),
            (item_number(4), "vì", ["2", "1", "4"]),
        ):
            with pytest.raises(UsageError):
                _correct(store, item, note, answers, "câu.yaml, dòng 4")
        assert contents(history) == before
        _correct(store, ORDERED, "theo nguồn", ["hai", "một", "ba"], "câu.yaml, dòng 4")
    assert "Luật thử, Lan, câu 1: 5 → 10 điểm." in capsys.readouterr().out


def test_answers_that_the_new_key_cannot_judge_are_counted(tmp_path: Path) -> None:
    history = History(tmp_path)
    answered(history, "c", CLOZE, ("dân", "gốc"))
    done = correct_key(history.db, history.path, "q21", {"answers": ["dân"]}, "câu cũ", WALL)
    assert (done.looked_at, done.left) == (1, 1)
    answered(history, "d", question(22), (1,))  # it was a choice then
    done = correct_key(history.db, history.path, "q22", new_key(SHORT, ["ý 1"]), "câu cũ", WALL)
    assert (done.looked_at, done.left, done.moves) == (1, 1, [])
    assert verify(history.db).good


# --- disputes, and any history ----------------------------------------------------------------


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
