"""Following another program's contest: what time it is, what was just revealed."""

from __future__ import annotations

import math

import pytest

from tests.contest.hall import Hall, together
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.following import Following, follow


def asked() -> Hall:
    return together()(c.Advance, dc.StartClock)


def test_the_time_is_that_of_the_events_that_arrive() -> None:
    hall = asked()
    known = follow(Following(), hall.events, 500.0, fresh=True)
    assert known.now(500.0) == hall.state.at
    assert known.now(503.0) == hall.state.at + 3000
    count = len(hall.events)
    hall(dc.Judge, side="d1", right=True, after=4000)
    # It arrives 40 ms late; the one after it only 10 ms late: the earlier arrival says more.
    known = follow(known, hall.events[count:], 504.04)
    assert known.now(504.04) == hall.state.at
    count = len(hall.events)
    hall(dc.Judge, side="d2", right=True)
    known = follow(known, hall.events[count:], 505.01)
    assert known.now(505.01) == pytest.approx(hall.state.at, abs=1)
    count = len(hall.events)
    hall(dc.Judge, side="d3", right=True)
    known = follow(known, hall.events[count:], 506.08)
    assert known.now(506.08) == pytest.approx(hall.state.at + 70, abs=1)


def test_who_begins_late_guesses_by_the_wall_clock_until_the_next_event() -> None:
    hall = asked()
    known = follow(Following(), hall.events, 500.0, fresh=True, waited_ms=6000)
    assert known.now(500.0) == hall.state.at + 6000
    count, before = len(hall.events), hall.state.at
    hall(dc.Judge, side="d1", right=True, after=1500)
    known = follow(known, hall.events[count:], 501.0)
    assert known.now(501.0) == before + 1500


def test_a_contest_whose_time_stood_still_is_met_again() -> None:
    hall = asked()
    known = follow(Following(), hall.events, 500.0, fresh=True)
    count = len(hall.events)
    hall(dc.Judge, side="d1", right=True)
    known = follow(known, hall.events[count:], 501.0)
    count = len(hall.events)
    hall(dc.Judge, side="d2", right=True)  # a second of the contest, ten minutes on the wall
    known = follow(known, hall.events[count:], 1101.0)
    assert known.now(1101.0) == hall.state.at


@pytest.mark.parametrize("clock", [0.0, 400.0, 499.0])
def test_time_never_runs_before_the_last_event(clock: float) -> None:
    hall = asked()
    known = follow(Following(), hall.events, 500.0, fresh=True)
    assert known.now(clock) == hall.state.at


def test_a_reveal_begins_when_it_is_seen_and_anew_after_an_undo() -> None:
    hall = asked().judged(d1=True, d2=False, d3=True)(dc.CloseItem)
    known = follow(Following(), hall.events, 10.0, fresh=True)
    count = len(hall.events)
    hall(dc.Reveal)
    known = follow(known, hall.events[count:], 11.0)
    position = hall.state.position
    assert known.since_reveal(position, 12.5) == pytest.approx(1.5)
    count = len(hall.events)
    hall(dc.Undo)
    known = follow(known, hall.events[count:], 13.0)
    assert position not in known.revealed
    assert known.state == hall.state
    count = len(hall.events)
    hall(dc.Reveal)
    known = follow(known, hall.events[count:], 20.0)
    assert known.since_reveal(position, 20.5) == pytest.approx(0.5)
    late = follow(Following(), hall.events, 30.0, fresh=True)
    assert math.isinf(late.since_reveal(position, 30.0))


def test_another_contest_forgets_the_first() -> None:
    known = follow(Following(), asked().events, 1.0, fresh=True)
    other = together()
    again = follow(known, other.events, 2.0, fresh=True)
    assert again.state == other.state
    assert follow(again, (), 3.0) is again


def test_a_contest_that_is_read_anew_goes_on_where_it_was_seen() -> None:
    hall = asked().judged(d1=True, d2=False, d3=True)(dc.CloseItem)
    known = follow(Following(), hall.events, 10.0, fresh=True)
    count = len(hall.events)
    hall(dc.Reveal)
    known = follow(known, hall.events[count:], 11.0)
    again = follow(known, hall.events, 12.0, fresh=True)
    assert again.since_reveal(hall.state.position, 12.0) == pytest.approx(1.0)
    assert again.live
