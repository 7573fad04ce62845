"""How far the places of a finished contest were announced: kept for the projector's program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainer.contest.drill.ranking import Place
from trainer.contest.explain import BROKEN_WORDS
from trainer.history.database import ANNOUNCED

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.tui.app import DanvanApp


def told_of(announced: str) -> tuple[int, bool]:
    """Return how many places were announced, and whether the announcement is over."""
    number, _, over = announced.partition(" ")
    return int(number) if number.isascii() and number.isdigit() else 0, bool(over)


def announced_text(told: int, *, over: bool = False) -> str:
    """Return what the record keeps: the reverse of :func:`told_of`."""
    return f"{told} over" if over else str(told)


def tie_note(places: Sequence[Place], index: int) -> str:
    """Return why a place stands above the next one with as many points, "" when no tie was broken.

    It stands with the upper of the two: with the lower one it would tell of a place not announced yet.
    """
    below = places[index + 1] if index + 1 < len(places) else None
    if below is None or not below.broken_by or below.score != places[index].score:
        return ""
    return f"cùng điểm với hạng {below.rank}: {BROKEN_WORDS.get(below.broken_by, below.broken_by)}"


def read_announced(trainer: DanvanApp, session: Session) -> int | None:
    """Return how many places were announced before, None when nothing is on record."""
    kept = trainer.services.store.setting(ANNOUNCED + session.state.contest)
    return told_of(kept)[0] if kept else None


def record_announced(trainer: DanvanApp, session: Session, told: int, *, over: bool = False) -> None:
    """Keep how many places are announced; a file that is busy costs the projector a place, not the drill."""
    text = announced_text(told, over=over)
    key = ANNOUNCED + session.state.contest
    trainer.attempt(lambda: trainer.services.store.set_setting(key, text))
