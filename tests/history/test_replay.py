"""Derived tables: the same when recorded answer by answer and when replayed from the events."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings

from tests.history.plays import (
    History,
    Round,
    contents,
    histories,
    play,
    play_situation,
)
from trainer.history.database import writing
from trainer.history.replay import rebuild


def made(folder: Path, rounds: list[Round]) -> History:
    history = History(folder)
    for told in rounds:
        play(history, told)
    return history


@settings(max_examples=40)
@given(histories())
def test_replaying_the_events_gives_the_recorded_tables(rounds: list[Round]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = made(Path(folder), rounds)
        play_situation(history)
        before = contents(history)
        with writing(history.db, history.path):
            assert rebuild(history.db) == frozenset()
        assert contents(history) == before
        history.db.close()
