"""A contest goes on only where its record goes on: after a restore or a deletion elsewhere it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.helpers import Clock
from tests.history.plays import START, History, Reply, Round, contents, planned, play
from trainer.contest.events import Side
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.session import Session
from trainer.errors import HistoryError, StorageBusyError
from trainer.history.backup import backup, restore
from trainer.history.players import delete, join
from trainer.history.store import Store
from trainer.history.verify import verify


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "data")
    for id_, name in (("p1", "Lan"), ("p2", "Hoa")):
        made.add_player(id_, name)
    play(made, Round("c0", 0, (Reply(0),), ("p2",)))
    return made


def begun(store: Store, *players: str) -> Session:
    """Return a contest whose first question is on show."""
    session = Session(store, Clock(), START.isoformat)
    sides = [Side(player, f"Tên {player}") for player in players or ("p1",)]
    rules = Rules("thu", "Luật thử", "", (QuestionPart(count=2),))
    session.open("c1", 7, rules, sides, (planned(1), planned(2)))
    session.advance()
    return session


def refused(action: Callable[[], object]) -> HistoryError:
    with pytest.raises(HistoryError) as found:
        action()
    assert not isinstance(found.value, StorageBusyError)  # trying again is of no use
    return found.value


@pytest.mark.parametrize("there", [False, True])
def test_a_contest_is_not_continued_in_a_history_without_its_beginning(
    history: History, tmp_path: Path, there: bool
) -> None:
    with Store(history.folder) as store:
        if there:
            session = begun(store)
        copy = backup(history.db, tmp_path / "copy.db")
        if there:
            session.answer("p1", (0,))
        else:
            session = begun(store)
        restore(history.db, history.folder, copy, date(2026, 11, 25))
        before = contents(history)
        error = refused(session.advance if there else lambda: session.answer("p1", (0,)))
        assert str(error) == (
            "Lịch sử vừa được khôi phục hoặc người chơi đã bị xóa ở cửa sổ khác, nên phần thi này không ghi tiếp "
            "được. Bạn hãy về trang chủ và bắt đầu phần thi mới."
        )
        assert "khôi phục" in str(refused(session.save))
    assert contents(history) == before
    assert verify(history.db).good


@pytest.mark.parametrize("players", [("p1",), ("p1", "p2")])
def test_a_contest_is_not_continued_for_a_deleted_player(history: History, players: tuple[str, ...]) -> None:
    with Store(history.folder) as store:
        session = begun(store, *players)
        delete(history.db, history.path, "p1")
        before = contents(history)
        assert "đã bị xóa" in str(refused(lambda: session.answer(players[-1], (0,))))
    assert contents(history) == before


def test_a_new_contest_is_not_begun_for_a_deleted_player_under_any_name(history: History) -> None:
    join(history.db, history.path, "p1", "p2")
    delete(history.db, history.path, "p2")
    before = contents(history)
    with Store(history.folder) as store:
        assert "đã bị xóa" in str(refused(lambda: begun(store)))
    assert contents(history) == before


def test_numbers_that_are_there_already_are_another_window(history: History) -> None:
    with Store(history.folder) as store:
        session = begun(store)
        other = Session(store, Clock(), START.isoformat, store.events("c1"))
        other.answer("p1", (0,))
        before = contents(history)
        for action in (lambda: session.answer("p1", (1,)), session.save):
            assert "đang được làm ở một cửa sổ khác" in str(refused(action))
    assert contents(history) == before
    assert verify(history.db).good
