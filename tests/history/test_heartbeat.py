"""How far a contest has come between two events: for a resume on the same second, and for the projector."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contest.hall import part, plain, rules
from tests.helpers import Clock, ListLog
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.evening.rehearsal import teams
from trainer.contest.session import Session
from trainer.history.heartbeat import EVERY_S, FILE_NAME, SILENT_S, Heartbeat, Listener, last_beat

WALL = "2026-11-24T19:00:00+00:00"


def test_the_last_beat_is_found_by_its_contest(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    heart.beat("c1", 12_345_678, 10.0)
    assert last_beat(tmp_path, "c1") == 12_345_678
    heart.beat("c1", 99_999_999, 10.0 + EVERY_S / 2)  # too soon: nothing is written
    assert last_beat(tmp_path, "c1") == 12_345_678
    heart.beat("c1", 7, 11.0)  # shorter than what stood there
    assert last_beat(tmp_path, "c1") == 7
    assert last_beat(tmp_path, "c2") == 0


@pytest.mark.parametrize("written", [b"", b"c1", b"c1 x", b"\xff\xfe", b"c1 -5 ", b"c2 " + b"9" * 400])
def test_a_file_that_is_no_beat_says_nothing(tmp_path: Path, written: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(written)
    assert last_beat(tmp_path, "c1") == 0
    Listener(tmp_path).listen(1.0)


def test_where_nothing_can_be_written_nothing_breaks(tmp_path: Path) -> None:
    Heartbeat(tmp_path / "gone").beat("c1", 1, 1.0)
    assert last_beat(tmp_path / "gone", "c1") == 0
    assert Listener(tmp_path / "gone").listen(1.0) is None


def test_a_listener_hears_that_no_beat_comes_any_more(tmp_path: Path) -> None:
    heart, listener = Heartbeat(tmp_path), Listener(tmp_path)
    assert listener.listen(0.0) is None
    heart.beat("c1", 1_000, 1.0)
    assert listener.listen(1.0) == ("c1", 1_000, False)
    assert listener.listen(1.0 + SILENT_S + 0.1) == ("c1", 1_000, True)
    heart.beat("c1", 9_000, 9.0)
    assert listener.listen(9.0) == ("c1", 9_000, False)


def begun(seconds: int = 15) -> tuple[ListLog, Clock, Session]:
    log, clock = ListLog(), Clock()
    session = Session(log, clock, lambda: WALL)
    session.open("c1", 7, rules(part(2, seconds=seconds)), teams(3), plain(2), group=True)
    for kind in (c.Advance, dc.StartClock):
        clock.now += 1
        session.do(kind)
    return log, clock, session


@pytest.mark.parametrize(
    ("later", "left"),
    [(0, 15_000), (3_200, 11_800), (14_900, 100), (15_000, 0), (900_000, 0), (10**11, 15_000)],
    ids=["no beat", "in the middle", "at the last moment", "at the end", "past the end", "of another record"],
)
def test_a_killed_contest_goes_on_at_the_second_at_which_it_was_last_seen(later: int, left: int) -> None:
    log, _clock, session = begun()
    seen = session.now + later if later else 0
    again = Session(log, Clock(), lambda: WALL, log.events, seen_at=seen)
    assert again.state.pause_reason == "resumed"
    assert again.state.remaining_ms(again.now) == left
    again.do(c.Unpause)
    assert again.state.remaining_ms(again.now) == left


def test_a_clock_that_stood_is_not_moved_by_a_beat() -> None:
    log, clock, session = begun()
    clock.now += 4
    session.do(c.Pause)
    again = Session(log, Clock(), lambda: WALL, log.events, seen_at=session.now + 60_000)
    assert again.state.remaining_ms(again.now) == 11_000
