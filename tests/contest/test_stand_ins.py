"""Made-up teams of a rehearsal: they do as documented, the same each time; and what corrections would change."""

from __future__ import annotations

import pytest

from tests.contest.hall import Hall, part, rules, together
from tests.helpers import plan, question
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.amending import (
    Moved,
    may_appeal,
    may_return,
    open_appeals,
    outcome,
    shown_questions,
)
from trainer.contest.drill.stand_ins import BEST, EMPTY, STAND_INS, WORST, due
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.refusal import RefusedError
from trainer.contest.responses import right_positions


def many(count: int = 200) -> Hall:
    hall = Hall(rules(part(count)), list(plan(*(question(number) for number in range(count)))), count=3)
    for _ in range(count):
        hall(c.Advance, dc.StartClock)
        for make in due(hall.state, hall.state.at):
            hall(lambda at, make=make: make(at), after=1)
        hall(dc.CloseItem, dc.Reveal)
    return hall


def test_the_mix_of_right_wrong_and_empty_is_as_documented() -> None:
    state = many().state
    for side, known in zip(state.sides, (BEST, (BEST + WORST) / 2, WORST), strict=True):
        own = [attempt for (who, _), attempt in state.attempts.items() if who == side.id]
        empty = sum(attempt.code == "empty" for attempt in own) / len(own)
        right = sum(attempt.is_right for attempt in own) / (len(own) * (1 - empty))
        assert abs(right - known) < 0.09
        assert abs(empty - EMPTY) < 0.05


def test_a_step_done_again_gives_the_same() -> None:
    hall = together()(c.Advance, dc.StartClock)
    first = [make(5000) for make in due(hall.state, 5000)]
    assert first == [make(5000) for make in due(hall.state, 5000)]
    assert len(first) == len(hall.state.sides)
    for make in due(hall.state, 5000):
        hall(lambda at, make=make: make(at), after=1)
    assert due(hall.state, hall.state.at) == []
    hall(c.Pause)
    assert due(hall.state, hall.state.at) == []


def test_presses_lie_between_the_opening_and_now() -> None:
    hall = together(mode="buzzers")(c.Advance, dc.StartClock)
    live = hall.state.at
    hall(c.Tick, after=150)
    presses = [make(live + 150) for make in due(hall.state, live + 150)]
    assert len(presses) == 3
    times = [press.pressed or 0 for press in presses if isinstance(press, dc.Buzz)]
    assert times == sorted(times)
    assert live <= times[0]
    assert times[-1] <= live + 150


def test_there_are_ten_teams_with_names_of_their_own() -> None:
    assert len({team.name for team in STAND_INS}) == 10
    assert all(team.members for team in STAND_INS)


# --- corrections --------------------------------------------------------------------------------


def test_what_a_correction_would_change_is_known_before_and_comes_true() -> None:
    hall = together()(c.Advance, dc.StartClock)
    current = hall.state.current
    assert current is not None
    wrong = next(place for place in range(4) if place not in right_positions(current.item, current.order))
    hall(c.Answer, side="d2", response=(wrong,))(c.Answer, side="d3", response=(wrong,))
    assert shown_questions(hall.state) == []
    hall(dc.CloseItem, dc.Reveal)
    assert shown_questions(hall.state) == [0]
    command = dc.Accept(hall.state.at, 0, (wrong,), "cũng đúng")
    moved = outcome(hall.state, command)
    assert moved == [Moved("d2", 10), Moved("d3", 10)]
    before = {side.id: hall.state.score(side.id) for side in hall.state.sides}
    hall(dc.Accept, position=0, response=(wrong,), reason="cũng đúng")
    for side in hall.state.sides:
        gained = next((each.points for each in moved if each.side == side.id), 0)
        assert hall.state.score(side.id) == before[side.id] + gained
    with pytest.raises(RefusedError):
        outcome(hall.state, command)


def test_who_returns_to_the_floor_is_told() -> None:
    hall = together(5, eliminate=True, rescue_from=1, rescue_left=90).question(d1=True, d2=False, d3=False)
    moved = outcome(hall.state, c.Overrule(hall.state.at, "d2", 0, "nghe nhầm", share=1.0))
    assert moved == [Moved("d2", 10, 1)]
    assert may_return(hall.state) == ["d2", "d3"]
    hall(dc.Rescue, sides=("d3",))
    assert may_return(hall.state) == []


def test_appeals_are_open_until_the_next_question() -> None:
    hall = together()
    assert may_appeal(hall.state) == []
    hall.question(d1=True)
    assert may_appeal(hall.state) == ["d1", "d2", "d3"]
    hall(dc.Appeal, side="d2", reason="sai khóa")
    assert may_appeal(hall.state) == ["d1", "d3"]
    assert [each.side for each in open_appeals(hall.state)] == ["d2"]
    hall(c.Advance)
    assert may_appeal(hall.state) == []
    hall(
        dc.DecideAppeal, side="d2", position=drill_of(hall.state).opened[0], upheld=False, reason="đúng luật"
    )
    assert open_appeals(hall.state) == []
