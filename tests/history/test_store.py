from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.helpers import SIDE, Clock, plan, question, rules, situation
from trainer.contest.events import Planned, Side
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.errors import HistoryError, StorageBusyError, UsageError
from trainer.history import schema
from trainer.history.store import Store

WALL = "2026-11-24T08:30:00+00:00"


def store(folder: Path) -> Store:
    return Store(folder, lambda: WALL)


def opened(
    where: Store, name: str = "c1", items: tuple[Planned, ...] | None = None, the_rules: Rules | None = None
) -> Session:
    session = Session(where, Clock(), lambda: WALL)
    planned = items or plan(question(1), question(2))
    session.open(name, 7, the_rules or rules(), [SIDE], planned)
    session.advance()
    return session


def test_every_answer_is_on_disk_before_the_state_moves(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = opened(ours)
    session.answer("p1", (0,))
    other = store(tmp_path)
    assert other.attempts() == 1
    assert other.events("c1") == ours.events("c1")


def test_a_contest_is_continued_from_its_record(tmp_path: Path) -> None:
    ours = store(tmp_path)
    before = opened(ours)
    before.answer("p1", (0,))
    after = Session(ours, Clock(), lambda: WALL, ours.events("c1"))
    assert after.state.attempts == before.state.attempts
    assert after.state.phase == "feedback"
    after.advance()
    after.answer("p1", (1,))
    after.advance()
    (row,) = ours.contests()
    assert (row.status, row.finished, row.answered, row.right) == ("finished", WALL, 2, 1)
    assert (row.score, row.max_score) == (10, 20)


def test_two_windows_cannot_play_the_same_contest(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = opened(ours)
    twin = Session(store(tmp_path), Clock(), lambda: WALL, ours.events("c1"))
    twin.unpause()
    with pytest.raises(HistoryError, match="cửa sổ khác"):
        session.answer("p1", (0,))
    assert ours.attempts() == 0


def test_another_program_writing_delays_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.history.database.BUSY_S", 0.05)
    ours = store(tmp_path)
    session = opened(ours)
    blocker = sqlite3.connect(tmp_path / "history.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusyError, match="đang được chương trình khác ghi"):
        session.answer("p1", (0,))
    assert session.unsaved
    blocker.execute("ROLLBACK")
    blocker.close()
    session.save()
    assert ours.attempts() == 1
    assert session.state.score("p1") == 10


def test_a_full_disk_keeps_the_answer_until_there_is_room(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = opened(ours)
    pages = ours._db.execute("PRAGMA page_count").fetchone()[0]
    ours._db.execute(f"PRAGMA max_page_count={pages}")
    big = "chữ " * 20_000
    with pytest.raises(StorageBusyError, match="Đĩa đầy"):
        session.draft("p1", "answer", big)
    assert session.unsaved
    ours._db.execute("PRAGMA max_page_count=1000000")
    session.save()
    assert not session.unsaved
    assert store(tmp_path).events("c1") == ours.events("c1")


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = store(tmp_path)
    session = opened(ours)
    before = ours.events("c1")

    def fail(*_: object) -> None:
        raise OSError("disk gone")

    monkeypatch.setattr("trainer.history.recorder.Recorder.summarise", fail)
    with pytest.raises(OSError, match="disk gone"):
        session.answer("p1", (0,))
    assert ours.attempts() == 0
    assert ours.events("c1") == before


# --- files that are not what they should be -------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"not a database at all, only text" * 40, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_file_is_kept_under_a_new_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "history.db").write_bytes(content)
    ours = store(tmp_path)
    assert ours.set_aside is not None
    assert ours.set_aside.name.startswith("history-hong-")
    assert ours.set_aside.read_bytes() == content
    opened(ours).answer("p1", (0,))
    assert ours.attempts() == 1


def test_two_damaged_files_are_both_kept(tmp_path: Path) -> None:
    kept = []
    for content in (b"first damaged file " * 90, b"second damaged file " * 90):
        (tmp_path / "history.db").write_bytes(content)
        ours = store(tmp_path)
        ours.close()
        kept.append(ours.set_aside)
    assert len(set(kept)) == 2
    assert sorted(path.read_bytes()[:5] for path in kept if path) == [b"first", b"secon"]


def test_damage_inside_is_noticed_and_the_file_kept(tmp_path: Path) -> None:
    ours = store(tmp_path)
    for number in range(30):
        opened(ours, f"c{number}").answer("p1", (0,))
    ours.close()
    path = tmp_path / "history.db"
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(content)
    again = store(tmp_path)
    assert again.set_aside is not None
    assert again.set_aside.read_bytes() == bytes(content)


def test_an_empty_file_becomes_a_history(tmp_path: Path) -> None:
    (tmp_path / "history.db").touch()
    ours = store(tmp_path)
    assert ours.set_aside is None
    assert ours.attempts() == 0


def test_a_newer_history_is_refused_and_untouched(tmp_path: Path) -> None:
    store(tmp_path).close()
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="bản mới hơn"):
        store(tmp_path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["history.db"]


def test_a_foreign_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (x)")
    database.close()
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="không phải là tệp lịch sử"):
        store(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_or_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(HistoryError, match="là một tệp, không phải thư mục"):
        store(tmp_path / "data")
    (tmp_path / "other" / "history.db").mkdir(parents=True)
    with pytest.raises(HistoryError, match="là một thư mục"):
        store(tmp_path / "other")


def test_a_folder_without_rights_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(HistoryError, match="Không ghi được vào thư mục dữ liệu"):
        store(tmp_path)


def test_a_read_only_file_is_one_sentence(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = opened(ours)
    ours._db.execute("PRAGMA query_only=ON")
    with pytest.raises(StorageBusyError, match="Không ghi được tệp lịch sử"):
        session.answer("p1", (0,))
    assert session.unsaved


def test_an_interrupted_migration_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = store(tmp_path)
    opened(ours).answer("p1", (0,))
    ours.close()
    broken = (*schema.MIGRATIONS, "CREATE TABLE extra (x); CREATE TABLE extra (x)")
    monkeypatch.setattr("trainer.history.database.MIGRATIONS", broken)
    with pytest.raises(HistoryError):
        store(tmp_path)
    monkeypatch.undo()
    again = store(tmp_path)
    assert again.attempts() == 1
    tables = {row[0] for row in again._db.execute("SELECT name FROM sqlite_master")}
    assert "extra" not in tables


def test_a_next_version_keeps_every_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = store(tmp_path)
    opened(ours).answer("p1", (0,))
    ours.close()
    more = (*schema.MIGRATIONS, "ALTER TABLE players ADD COLUMN colour TEXT")
    monkeypatch.setattr("trainer.history.database.MIGRATIONS", more)
    assert store(tmp_path).attempts() == 1


# --- players, flags, memory -----------------------------------------------------------------


def test_a_player_is_found_however_the_name_was_typed(tmp_path: Path) -> None:
    ours = store(tmp_path)
    hoa = ours.player("Nguyễn Thị Hoà")
    assert ours.player("  nguyễn   thị HOÀ ").id == hoa.id
    assert ours.player().id == hoa.id
    lan = ours.player("Lan")
    assert ours.player() == lan
    assert [player.name for player in ours.players()] == ["Nguyễn Thị Hoà", "Lan"]


def test_the_first_start_asks_nobody_for_a_name(tmp_path: Path) -> None:
    assert store(tmp_path).player().name == "Bạn"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 41])
def test_a_name_must_be_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="Tên người chơi"):
        store(tmp_path).player(name)


def test_a_hostile_name_is_shown_as_plain_text(tmp_path: Path) -> None:
    name = store(tmp_path).player("[red]Lan[/] \x1b[31m\u202ex").name
    assert "\x1b" not in name
    assert "\u202e" not in name
    assert name.startswith("[red]Lan[/]")


def test_what_was_missed_leaves_the_list_when_it_is_known(tmp_path: Path) -> None:
    ours = store(tmp_path)
    first = opened(ours)
    first.answer("p1", (2,))
    assert ours.missed("p1") == ["q1"]
    again = opened(ours, "c2")
    again.answer("p1", (0,))
    assert ours.missed("p1") == []
    assert set(ours.seen("p1")) == {"q1"}


def test_flags_are_kept_per_player(tmp_path: Path) -> None:
    ours = store(tmp_path)
    ours.set_flag("p1", "q1", "doubt", "ghi chú [b] ")
    ours.set_flag("p1", "q1", "bookmark")
    ours.set_flag("p2", "q2", "bookmark")
    assert {(flag.item, flag.kind, flag.note) for flag in ours.flags("p1")} == {
        ("q1", "doubt", "ghi chú [b]"),
        ("q1", "bookmark", ""),
    }
    ours.clear_flag("p1", "q1", "doubt")
    assert [flag.kind for flag in ours.flags("p1")] == ["bookmark"]


def test_a_situation_counts_once_however_often_it_is_marked(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = opened(ours, "s", plan(situation()), rules(SituationPart(count=1)))
    for _ in range(3):
        session.advance()
    session.mark("p1", "p1", 0, 0.5)
    session.mark("p1", "p1", 1, 1.0)
    session.mark("p1", "p1", 0, 1.0)
    for _ in range(3):
        session.advance()
    (row,) = ours.contests()
    assert ours.attempts() == 1
    assert row.status == "finished"
    assert row.score == row.max_score


def test_several_sides_are_listed_once_a_side(tmp_path: Path) -> None:
    ours = store(tmp_path)
    session = Session(ours, Clock(), lambda: WALL)
    sides = [Side("p1", "Đội 1"), Side("p2", "Đội 2")]
    session.open("c1", 7, rules(QuestionPart(count=1, seconds=15)), sides, plan(question(1)))
    assert {row.player for row in ours.contests()} == {"Đội 1", "Đội 2"}
    assert isinstance(session.state, State)
