"""A team that leaves in the middle: at every phase of every preset the evening still comes to its end."""

from __future__ import annotations

import pytest

from tests.contest import naive
from tests.contest.test_drill_machine import PRESETS, buzzing, small
from trainer.contest.drill import commands as dc
from trainer.contest.drill.events import SideLeft
from trainer.contest.drill.ranking import open_ties, ranking
from trainer.contest.drill.taking_part import drill_of, floor_of, present
from trainer.contest.engine import RefusedError, decide, evolve
from trainer.contest.evening.rehearsal import Cast, made_up_plan, next_command, opened, teams
from trainer.contest.events import Event
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

CAST = Cast(
    lambda side, position: (int(side[1:]) + position) % 3 != 0,
    lambda side, _position: int(side[1:]) / 4,
    presses=lambda side, position: (int(side[1:]) + position) % 2 == 0,
)
Where = tuple[str, str]


def roles(state: State) -> dict[str, str]:
    """Return what some sides are just now: whose turn or floor it is, and another."""
    there = present(state)
    main = floor_of(state) or drill_of(state).turn or there[0]
    other = next((side for side in there if side != main), "")
    return {"main": main if main in there else "", "other": other}


def evening(name: str, leave_at: Where | None) -> tuple[State, list[Event], set[Where]]:
    """Play a preset; at the second time that (phase, role) comes, that side leaves."""
    rules = buzzing() if name == "buzzers" else small(name)
    first = opened(rules, teams(3), made_up_plan(rules, 3))
    state, events, met = evolve(State(), first), [first], list[Where]()
    for _ in range(3000):
        if not state.running:
            return state, events, set(met)
        phase = "tie " + state.phase if _breaking(state) else state.phase
        met += [(phase, role) for role, side in roles(state).items() if side]
        command = next_command(state, CAST, state.at + 1000)
        if leave_at is not None and met.count(leave_at) >= 1 and phase == leave_at[0]:
            leaving = dc.Leave(state.at + 500, roles(state)[leave_at[1]], "xe đến đón")
            leave_at = None
            try:
                made = decide(state, leaving)
            except RefusedError as refused:
                assert refused.code == "buzzers-open" or len(present(state)) < 2  # noqa: PT017
                made = []
            for event in made:
                state = evolve(state, event)
            events += made
            continue
        made = decide(state, command)
        for event in made:
            state = evolve(state, event)
        events += made
    raise AssertionError(f"never ends: {state.phase}")


def _breaking(state: State) -> bool:
    part = state.current_part
    return isinstance(part, QuestionPart) and part.play.tie


@pytest.mark.parametrize("name", [*PRESETS, "buzzers"])
def test_the_evening_ends_whoever_leaves_and_when(name: str) -> None:
    _, _, met = evening(name, None)
    assert met
    for where in sorted(met):
        state, events, _ = evening(name, where)
        assert state.status == "finished", where
        assert not open_ties(state), where
        gone = {event.side for event in events if isinstance(event, SideLeft)}
        assert all(place.left == (place.side in gone) for place in ranking(state))
        assert [place.left for place in ranking(state)] == sorted(place.left for place in ranking(state))
        assert naive.scores(events) == {side.id: state.score(side.id) for side in state.sides}
