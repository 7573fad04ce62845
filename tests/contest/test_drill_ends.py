"""A contest of several sides: the floor, situations, ties and prizes, edges."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contest.hall import Hall, part, plain, rules, together
from tests.helpers import Clock, ListLog, situation
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import rescue_open
from trainer.contest.drill.ranking import open_ties, part_winners, ranking, tied_groups
from trainer.contest.drill.schedule import next_step
from trainer.contest.drill.taking_part import on_floor
from trainer.contest.engine import RefusedError, decide, evolve
from trainer.contest.evening.rehearsal import Cast, next_command, teams
from trainer.contest.events import ContestOpened, Planned, Side, event_to_data
from trainer.contest.rules import (
    PartPrize,
    QuestionPart,
    Rules,
    SituationPart,
    rules_to_data,
)
from trainer.contest.session import Session
from trainer.contest.state import State

# --- the floor ----------------------------------------------------------------------------------


def floor(count: int = 4, **more: Any) -> Hall:
    play = {"eliminate": True, "rescue_from": 2, "rescue_left": 40, "lifelines": 1, "extra": 1, **more}
    return together(count, spare=2, ties=2, **play)


def test_wrong_or_missing_answers_leave_the_floor() -> None:
    hall = floor().question(d1=True, d2=False)
    assert on_floor(hall.state, 0) == ["d1"]
    hall(c.Advance, dc.StartClock).refuses("not-yours", dc.Judge, side="d2", right=True)
    hall.judged(d1=True)(dc.CloseItem)
    assert {side for side, at in hall.state.attempts if at == 1} == {"d1"}


def test_an_open_question_moves_nobody_and_an_appeal_brings_back() -> None:
    hall = floor()(c.Advance, dc.StartClock).judged(d1=False)
    assert on_floor(hall.state, 0) == ["d1", "d2", "d3"]
    hall.judged(d2=True, d3=True)(dc.CloseItem, dc.Reveal)
    assert on_floor(hall.state, 0) == ["d2", "d3"]
    hall(c.Overrule, side="d1", position=0, reason="chấp nhận")
    assert on_floor(hall.state, 0) == ["d1", "d2", "d3"]


def test_a_rescue_happens_once_late_enough_and_with_few_left() -> None:
    hall = floor().question(d1=True, d2=False, d3=True)
    assert not rescue_open(hall.state)
    hall.question(d1=True, d3=False)
    assert rescue_open(hall.state)
    hall.refuses("no-such-item", dc.Rescue, sides=("d1",))
    hall(dc.Rescue)
    assert on_floor(hall.state, 0) == ["d1", "d2", "d3"]
    hall.question(d1=True).refuses("not-now", dc.Rescue)


def test_the_last_side_may_ask_the_audience_but_not_at_the_last_question() -> None:
    hall = floor(count=3).question(d1=True, d2=True)(c.Advance)
    hall.refuses("not-yours", dc.UseLifeline, side="d1")
    hall(dc.StartClock).judged(d1=True)(dc.CloseItem, dc.Reveal)
    assert on_floor(hall.state, 0) == ["d1"]
    hall(c.Advance).refuses("not-now", dc.UseLifeline, side="d1")  # the third is the last
    hall = floor(count=3).question(d1=True)(c.Advance)(dc.UseLifeline, side="d1")
    hall.refuses("used-up", dc.UseLifeline, side="d1")


def test_further_questions_come_only_while_several_are_left() -> None:
    hall = floor(count=1).question(d1=True, d2=True)(c.Advance)
    assert hall.state.plan[hall.state.position].role == "reserve"
    hall(dc.StartClock).judged(d1=True, d2=False)(dc.CloseItem, dc.Reveal, c.Advance)
    assert hall.state.phase == "ranking"
    assert [(place.side, place.prize) for place in ranking(hall.state)][:2] == [("d1", "Nhất"), ("d2", "Nhì")]
    hall = floor(count=3).question()(c.Advance)
    assert hall.state.phase == "ranking"  # nobody is left


# --- ranking ------------------------------------------------------------------------------------


def test_ties_end_by_a_sudden_death_question_or_the_judges_word() -> None:
    hall = together(count=1, ties=1).question(d1=True, d2=True, d3=True)(c.Advance)
    assert tied_groups(hall.state) == open_ties(hall.state) == [("d1", "d2", "d3")]
    hall.refuses("not-tied", dc.BreakTie, sides=("d1", "d2"))
    hall(dc.BreakTie, sides=("d1", "d2", "d3"))(dc.StartClock)(dc.Buzz, side="d3").judged(d3=False)
    hall(dc.Buzz, side="d2").judged(d2=True)(dc.CloseItem, dc.Reveal, c.Advance)
    assert hall.state.phase == "ranking"
    assert [(place.rank, place.side) for place in ranking(hall.state)] == [(1, "d2"), (2, "d1"), (2, "d3")]
    assert open_ties(hall.state) == []  # both are Nhì whatever their order
    assert tied_groups(hall.state) == [("d1", "d3")]
    hall(dc.DecideRank, sides=("d3", "d1"), reason="phong thái")
    places = ranking(hall.state)
    assert [(place.side, place.broken_by) for place in places] == [
        ("d2", ""),
        ("d3", "sudden-death"),
        ("d1", "judges"),
    ]
    hall(c.Advance)
    assert hall.state.status == "finished"
    assert [place.score for place in places] == [10, 10, 10]  # the extra question earned nothing


@pytest.mark.parametrize(
    ("ties", "order"),
    [
        (("right",), ["d2", "d1"]),
        (("questions",), ["d2", "d1"]),
        (("situation",), ["d1", "d2"]),
        (("lot",), None),
    ],
)
def test_ties_are_broken_in_the_order_of_the_rules(ties: tuple[str, ...], order: list[str] | None) -> None:
    the_rules = rules(part(2), SituationPart(points=10), ties=ties)
    plan = plain(2) + [Planned(1, situation(number), ()) for number in (1, 2)]
    hall = Hall(the_rules, plan, 2).question(d1=False, d2=True).question(d1=False, d2=False)
    for share in (1.0, 0.0):
        hall(c.Advance, dc.Draw, c.Advance, c.Advance, c.Advance, c.Advance)
        assert hall.state.drill is not None
        for criterion in (0, 1):
            hall(c.Mark, judge="j", side=hall.state.drill.turn, criterion=criterion, share=share)
        hall(c.Advance)
    hall(c.Advance)
    assert hall.score("d1") == hall.score("d2") == 10
    if order is None:
        hall(dc.DecideRank, sides=("d1", "d2"), how="lot")
        assert tied_groups(hall.state) == []
    else:
        assert [place.side for place in ranking(hall.state)] == order
        assert ranking(hall.state)[1].broken_by == ties[0]


def test_prizes_are_a_list_that_can_be_changed_and_parts_have_their_own() -> None:
    the_rules = rules(part(3), part_prizes=(PartPrize("Hiểu biết nhất", "questions"),))
    hall = Hall(the_rules, plain(3)).question(d1=True, d2=True, d3=True).question(d1=True, d2=True)
    hall.question(d1=True)
    assert [place.prize for place in ranking(hall.state)] == ["Nhất", "Nhì", "Nhì"]
    assert part_winners(hall.state) == [("Hiểu biết nhất", ("d1",), 30)]
    hall.refuses("no-such-item", dc.SetPrizes, prizes=(("", 1),))
    hall.refuses("no-such-item", dc.SetPrizes, prizes=(), part_prizes=(("A", "tất cả"),))
    hall(dc.SetPrizes, prizes=(("Vàng", 1), ("Bạc", 1)))
    assert [place.prize for place in ranking(hall.state)] == ["Vàng", "Bạc", ""]
    assert part_winners(hall.state) == []


# --- situations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("over_s", "lost"), [(-10, 0), (59, 0), (60, 1), (119, 1), (120, 2)])
def test_overtime_costs_a_point_for_each_full_minute(over_s: int, lost: int) -> None:
    hall = Hall(rules(SituationPart(ask_s=60)), [Planned(0, situation(1), ())], 1)
    hall(c.Advance, dc.Draw, c.Advance, dc.StartClock, c.Advance)(c.Advance, after=(180 + over_s) * 1000)
    assert hall.state.phase == "ask"
    hall(c.Tick, after=60_000)
    assert hall.state.phase == "mark"
    for criterion in (0, 1):
        hall(c.Mark, judge="j", side="d1", criterion=criterion, share=1.0)
    hall(c.Advance, dc.Reveal)
    assert hall.score() == 100 - lost


def test_five_judges_without_the_highest_and_the_lowest() -> None:
    hall = Hall(rules(SituationPart(drop_extremes=True), judges=5), [Planned(0, situation(1), ())], 1)
    hall(c.Advance, dc.Draw, c.Advance, c.Advance, c.Advance, c.Advance)
    for number, share in enumerate((0.0, 0.5, 0.5, 1.0, 1.0)):
        hall.refuses("unmarked", c.Advance)
        for criterion in (0, 1):
            hall(c.Mark, judge=f"j{number}", side="d1", criterion=criterion, share=share)
    hall(c.Advance)
    assert hall.score() == 67


# --- edges --------------------------------------------------------------------------------------


def test_a_player_alone_knows_none_of_this_and_a_group_no_exam() -> None:
    opened = ContestOpened(
        0, "c", 1, rules_to_data(Rules("x", "X", "", (part(),))), teams(1), tuple(plain(3))
    )
    state = evolve(State(), opened)
    for command in (dc.Undo(0), dc.StartClock(0), dc.Reveal(0), dc.ChangeScore(0, "d1", 5, "x")):
        with pytest.raises(RefusedError, match="not-for-one"):
            decide(state, command)
    assert "group" not in event_to_data(opened)[1]
    exam = rules_to_data(Rules("x", "X", "", (QuestionPart(count=1, feedback="end"),)))
    with pytest.raises(RefusedError, match="not-for-many"):
        decide(State(), c.Open(0, "c", 1, exam, teams(2), (), group=True))
    twice = (Side("d1", "A"), Side("d1", "B"))
    with pytest.raises(RefusedError):
        decide(State(), c.Open(0, "c", 1, opened.rules, twice, (), group=True))
    hall = together()(c.Advance)
    hall.refuses("not-for-many", c.HandIn)


def test_a_bank_that_is_too_small_ends_the_contest_and_breaks_nothing() -> None:
    hall = Hall(rules(SituationPart()), [Planned(0, situation(1), ())], 3)
    hall(c.Advance, dc.Draw, c.Advance, dc.Skip)
    assert next_step(hall.state).side == "d2"
    hall(c.Advance).refuses("not-now", dc.Draw)
    hall(c.Advance, c.Advance)
    assert hall.state.phase == "ranking"
    assert Hall(rules(part()), [])(c.Advance).state.phase == "ranking"


def test_a_session_runs_a_group_and_resumes_it_paused_on_the_same_second() -> None:
    clock, log = Clock(), ListLog()
    session = Session(log, clock, lambda: "2026-11-24T00:00:00+00:00")
    session.open("c1", 7, rules(part(2)), teams(3), plain(2), group=True)
    for kind in (c.Advance, dc.StartClock):
        clock.now += 1
        session.do(kind)
    clock.now += 4
    session.do(lambda at: c.Answer(at, "d2", (0,)))
    again = Session(log, Clock(), lambda: "2026-11-25T00:00:00+00:00", log.events)
    assert (again.state.pause_reason, again.state.score("d2")) == ("resumed", 10)
    assert again.state.remaining_ms(again.now) == 11_000
    again.undo()
    assert again.state.score("d2") == 0
    assert again.state.remaining_ms(again.now) == 11_000
    again.abandon()
    again.undo()
    assert again.state.running


def finished() -> tuple[ListLog, Clock, Session]:
    clock, log = Clock(), ListLog()
    session = Session(log, clock, lambda: "2026-11-24T00:00:00+00:00")
    session.open("c1", 7, rules(part(1)), teams(2), plain(1), group=True)
    cast = Cast(lambda side, _at: side == "d1", lambda _side, _at: 1.0)
    while session.state.running:
        clock.now += 1
        session.do(lambda at: next_command(session.state, cast, at))
    return log, clock, session


@pytest.mark.parametrize("announced_s", [1, 60, 600])
def test_the_end_taken_back_after_a_long_announcement_goes_on_at_once(announced_s: int) -> None:
    _log, clock, session = finished()
    clock.now += announced_s
    session.undo()
    assert session.now >= session.state.at
    clock.now += 0.1
    session.look()
    assert session.now >= session.state.at
    clock.now += 1
    session.do(c.Advance)
    assert session.state.status == "finished"


def test_the_end_taken_back_in_another_program_ties_the_clocks_again() -> None:
    log, _clock, _session = finished()
    again = Session(log, Clock(), lambda: "2026-11-25T09:00:00+00:00", list(log.events))
    count = len(log.events)
    again.undo()
    assert [type(event).__name__ for event in log.events[count:]] == ["Undone", "ClockTied"]
    again.do(c.Advance)
    again.undo()
    assert sum(type(event).__name__ == "ClockTied" for event in log.events) == 2
