"""A contest of several sides whose program is killed after any writing: it goes on as if nothing had been."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contest.test_drill_machine import PRESETS, small
from tests.helpers import Clock
from trainer.contest import commands as c
from trainer.contest.drill.ranking import ranking
from trainer.contest.engine import decide, evolve, fold
from trainer.contest.evening.rehearsal import Cast, made_up_plan, next_command, play, teams
from trainer.contest.events import Event
from trainer.contest.session import Session
from trainer.contest.state import State

WALL = "2026-11-24T19:00:00+00:00"
CAST = Cast(
    lambda side, position: (int(side[1:]) * 3 + position) % 4 != 0,
    lambda side, position: (0.5, 0.75, 1.0)[(int(side[1:]) + position) % 3],
    lambda _side, position: 61_000 * (position % 2),
    lambda side, position: (int(side[1:]) + position) % 2 == 0,
)


class Writings:
    """A log that keeps what is written in one transaction apart: a kill leaves whole ones only."""

    def __init__(self, kept: list[list[Event]] | None = None) -> None:
        self.kept = [list(each) for each in kept or []]

    def append(self, _contest: str, first: int, events: Any, _state: State) -> None:
        assert first == sum(map(len, self.kept))
        self.kept.append(list(events))

    @property
    def events(self) -> list[Event]:
        return [event for each in self.kept for event in each]


def held(name: str) -> Writings:
    """A whole contest of four teams, written decision by decision."""
    log, rules = Writings(), small(name)
    session = Session(log, Clock(), lambda: WALL)
    session.open("c1", 7, rules, teams(4), made_up_plan(rules, 4), group=True)
    state = session.state
    while state.running:
        made = decide(state, next_command(state, CAST, state.at + 1000))
        log.append("c1", len(log.events), made, state)
        for event in made:
            state = evolve(state, event)
    return log


def outcome(state: State) -> tuple[Any, ...]:
    """What must be the same: places, points, verdicts; not how long anybody took."""
    verdicts = {key: (kept.code, kept.share, kept.points) for key, kept in state.attempts.items()}
    return ranking(state), verdicts, state.status


@pytest.mark.parametrize("name", PRESETS)
def test_a_kill_after_any_writing_changes_nothing_of_the_outcome(name: str) -> None:
    log = held(name)
    expected = outcome(Session(Writings(), Clock(), lambda: WALL, log.events).state)
    assert len(log.kept) > 30
    for written in range(1, len(log.kept) + 1):
        rest = Writings(log.kept[:written])
        before = rest.events
        before_kill = fold(before)
        session = Session(rest, Clock(), lambda: WALL, before)
        assert rest.events[: len(before)] == before
        state = session.state
        if state.deadline is not None and state.running:
            assert state.pause_reason == "resumed"
            assert state.remaining_ms(session.now) == before_kill.remaining_ms(before_kill.at)
        if state.paused_at is not None:
            session.do(c.Unpause)
            state = session.state
        ended, _ = play(state, CAST) if state.running else (state, [])
        assert outcome(ended) == expected, f"killed after writing {written}, in phase {session.state.phase}"


def test_the_made_up_contests_meet_every_phase() -> None:
    met = set()
    for name in PRESETS:
        log = held(name)
        for written in range(1, len(log.kept) + 1):
            met.add(fold(Writings(log.kept[:written]).events).phase)
    assert met >= {
        *("ready", "draw", "read", "question", "buzz", "answer", "entry", "closed", "feedback"),
        *("think", "speak", "ask", "mark", "review", "ranking"),
    }
