"""A contest of several sides: questions for all, corrections, undo."""

from __future__ import annotations

from tests.contest.hall import Hall, items, part, rules, together
from tests.helpers import situation
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import last_decisions
from trainer.contest.drill.ranking import ranking
from trainer.contest.drill.schedule import seconds_of
from trainer.contest.engine import fold
from trainer.contest.events import Planned
from trainer.contest.rules import (
    SituationPart,
)

# --- all at once --------------------------------------------------------------------------------


def test_a_question_is_read_first_and_its_clock_starts_by_a_command() -> None:
    hall = together()(c.Advance)
    assert (hall.state.phase, hall.state.deadline) == ("read", None)
    hall.refuses("not-now", dc.Judge, side="d1", right=True)
    hall(dc.StartClock, after=60_000)
    assert hall.state.remaining_ms(hall.state.at) == 15_000
    hall(c.Tick, after=15_000)
    assert (hall.state.phase, hall.state.remaining_ms(hall.state.at)) == ("raise", 5_000)
    hall(c.Tick, after=5_000)
    assert (hall.state.phase, hall.state.deadline) == ("entry", None)
    hall.refuses("not-now", dc.Reveal)


def test_letters_are_corrected_until_the_question_is_closed_and_the_key_comes_by_its_own_event() -> None:
    hall = together()(c.Advance, dc.StartClock)
    hall(c.Answer, side="d1", response=(2,))(c.Answer, side="d2", response=(0,))
    assert (hall.score("d1"), hall.score("d2")) == (0, 10)
    hall(c.Answer, side="d1", response=(0,))(c.Answer, side="d2", response=())
    assert (hall.score("d1"), hall.score("d2")) == (10, 0)
    hall.refuses("no-such-option", c.Answer, side="d1", response=(9,))
    hall.refuses("no-such-item", c.Answer, side="nobody", response=(0,))
    hall(dc.CloseItem)
    assert hall.state.attempts["d3", 0].code == "empty"
    assert hall.state.phase == "closed"
    assert hall.state.drill is not None
    assert hall.state.drill.revealed == frozenset()
    hall.refuses("not-now", c.Answer, side="d1", response=(1,))
    hall.refuses("not-now", c.Advance)
    hall(dc.Reveal)
    assert hall.state.drill.revealed == {0}
    assert hall.state.phase == "feedback"


def test_the_clock_is_moved_by_ten_seconds_and_never_into_the_past() -> None:
    hall = together()(c.Advance, dc.StartClock)
    hall.refuses("not-now", dc.MoveClock, ms=0)
    hall(dc.MoveClock, ms=10_000)
    assert hall.state.remaining_ms(hall.state.at) == 24_000
    hall(dc.MoveClock, ms=-60_000)
    assert hall.state.remaining_ms(hall.state.at) == 0
    hall(c.Tick)
    assert hall.state.phase == "raise"
    hall(dc.MoveClock, ms=10_000)
    assert (hall.state.phase, hall.state.remaining_ms(hall.state.at)) == ("question", 10_000)


def test_a_second_press_of_the_same_key_never_hits_what_comes_next() -> None:
    hall = together()(c.Advance)
    hall.refuses("too-soon", dc.StartClock, after=150)
    hall.refuses("too-soon", c.Advance, after=399)
    hall(dc.StartClock, after=400)
    hall.refuses("too-soon", dc.CloseItem, after=100)
    hall(dc.Judge, after=10, side="d1", right=True)(dc.Judge, after=10, side="d2", right=True)


def test_later_questions_may_have_another_limit() -> None:
    hall = together(count=2, later_seconds=((2, 30),)).question(d1=True)
    assert seconds_of(hall.state, 0) == 15
    hall(c.Advance)
    assert seconds_of(hall.state, 1) == 30


def test_standings_are_shown_only_by_an_event_and_hidden_by_the_next_question() -> None:
    hall = together().question(d1=True)
    assert hall.state.drill is not None
    assert not hall.state.drill.standings
    hall(dc.ShowStandings)
    assert hall.state.drill.standings
    assert last_decisions(hall.state)[0] == "reveal"  # showing is no decision
    hall(c.Advance)
    assert hall.state.drill is not None
    assert not hall.state.drill.standings


def test_the_audience_has_questions_of_its_own_that_earn_nothing() -> None:
    hall = Hall(
        rules(part(2, audience_every=1)), items((0, "", -1, 0), (0, "", -1, 0), (0, "audience", -1, 0))
    )
    hall.question(d1=True)(c.Advance)
    assert hall.state.plan[hall.state.position].role == "audience"
    hall(dc.StartClock).refuses("not-yours", dc.Judge, side="d1", right=True)
    hall(dc.CloseItem, dc.Reveal, c.Advance)
    assert hall.state.position == 1
    assert len(hall.state.attempts) == 3


# --- corrections --------------------------------------------------------------------------------


def test_an_item_is_skipped_or_replaced_by_a_spare_one() -> None:
    hall = together(count=2, spare=1)(c.Advance, dc.StartClock).judged(d1=True)
    hall(dc.Replace, reason="lỗi chính tả")
    assert (hall.state.position, hall.state.phase, hall.score()) == (2, "read", 0)
    hall.refuses("no-reserve", dc.Replace)
    hall(dc.StartClock).judged(d1=True)(dc.CloseItem, dc.Reveal, c.Advance)
    assert (hall.state.position, hall.score()) == (1, 10)
    hall(dc.Skip, reason="tranh cãi")(c.Advance)
    assert hall.state.phase == "ranking"
    assert hall.score() == 10


def test_looking_back_and_returning() -> None:
    hall = together().question(d1=True)(c.Advance)
    hall(dc.LookBack)
    assert (hall.state.position, hall.state.phase) == (0, "back")
    hall.refuses("no-such-item", dc.LookBack)
    hall.refuses("not-now", dc.StartClock)
    hall(c.Overrule, side="d1", position=0, reason="nghe nhầm", share=0.0)
    assert hall.score() == 0
    hall(c.Advance)
    assert (hall.state.position, hall.state.phase) == (1, "read")
    hall(dc.StartClock).refuses("not-now", dc.LookBack)


def test_another_answer_is_accepted_for_everybody() -> None:
    hall = together()(c.Advance, dc.StartClock)
    for side, letter in (("d1", 0), ("d2", 1), ("d3", 2)):
        hall(c.Answer, side=side, response=(letter,))
    hall(dc.Accept, position=0, response=(1,), reason="luật mới")
    assert [hall.score(side) for side in ("d1", "d2", "d3")] == [10, 10, 0]
    hall(c.Answer, side="d3", response=(1,))
    assert hall.score("d3") == 10
    hall.refuses("not-now", dc.Accept, position=0, response=(1,))
    hall.refuses("no-such-option", dc.Accept, position=0, response=(0,))
    hall.refuses("no-such-item", dc.Accept, position=2, response=(1,))


def test_points_change_only_with_a_reason_and_the_score_never_falls_below_nought() -> None:
    hall = together()
    hall.refuses("no-reason", dc.ChangeScore, side="d1", points=5, reason=" ")
    hall.refuses("no-such-item", dc.ChangeScore, side="d1", points=0, reason="x")
    hall(dc.ChangeScore, side="d1", points=-20, reason="phạm quy")
    assert hall.score() == 0
    hall(dc.ChangeScore, side="d1", points=5, reason="thưởng")
    assert hall.score() == 5  # not -15: points count in the order in which they came


def test_a_corrected_letter_counts_when_the_first_one_came() -> None:
    hall = together()(c.Advance, dc.StartClock).judged(d1=True)
    hall(dc.ChangeScore, side="d1", points=-20, reason="phạm quy")
    hall(c.Answer, side="d1", response=(0,))
    assert hall.score() == 0


def test_an_appeal_is_taken_until_the_next_question_opens() -> None:
    hall = together()(c.Advance)
    hall.refuses("not-now", dc.Appeal, side="d1")
    hall(dc.StartClock).judged(d1=False)(dc.CloseItem, dc.Reveal)
    hall(dc.Appeal, side="d1", reason="văn bản đã thay")
    hall.refuses("answered", dc.Appeal, side="d1")
    hall(c.Advance).refuses("not-now", dc.Appeal, side="d2")
    hall(dc.DecideAppeal, side="d1", position=0, upheld=True, reason="đúng vậy")
    hall(c.Overrule, side="d1", position=0, reason="đúng vậy")
    assert hall.score() == 10
    assert hall.state.drill is not None
    assert hall.state.drill.appeals[0].upheld is True


def test_a_side_leaves_and_the_others_go_on() -> None:
    hall = together().question(d1=True, d2=True, d3=True)
    hall(dc.Leave, side="d1", reason="về sớm")(c.Advance, dc.StartClock)
    hall.refuses("not-yours", dc.Judge, side="d1", right=True)
    hall.judged(d2=True)(dc.CloseItem)
    assert ("d1", 1) not in hall.state.attempts
    assert [place.side for place in ranking(hall.state)] == ["d2", "d3", "d1"]
    assert ranking(hall.state)[-1].prize == ""
    hall(dc.Leave, side="d3").refuses("not-now", dc.Leave, side="d2")


# --- undo ---------------------------------------------------------------------------------------


def test_undo_takes_back_any_number_of_decisions_and_the_clock_stands_where_it_stood() -> None:
    hall = together()(c.Advance, dc.StartClock)
    hall(dc.Judge, after=4000, side="d1", right=True)(dc.CloseItem, dc.Reveal)
    assert last_decisions(hall.state, 3) == ["reveal", "close-item", "judge"]
    hall(dc.Undo, after=50_000, steps=3)
    assert (hall.state.phase, hall.state.attempts, hall.state.pause_reason) == ("question", {}, "undone")
    assert hall.state.remaining_ms(hall.state.at) == 11_000
    hall(c.Unpause, after=9_000)
    assert hall.state.remaining_ms(hall.state.at) == 11_000
    assert len([event for event in hall.events if type(event).__name__ == "Undone"]) == 1
    hall(dc.Undo, steps=2)
    assert (hall.state.phase, hall.state.position) == ("ready", -1)
    hall.refuses("nothing-left", dc.Undo)
    assert fold(hall.events) == hall.state


def test_even_the_end_can_be_taken_back() -> None:
    hall = together(count=1).question(d1=True)(c.Advance, c.Advance)
    assert hall.state.status == "finished"
    hall(dc.Undo)
    assert (hall.state.status, hall.state.phase) == ("running", "ranking")
    hall(c.Abandon)(dc.Undo)
    assert hall.state.running


def test_a_draw_that_is_taken_back_comes_out_the_same() -> None:
    plan = [Planned(0, situation(number), ()) for number in range(1, 9)]
    hall = Hall(rules(SituationPart()), plan)(c.Advance, dc.Draw)
    assert hall.state.drill is not None
    first = dict(hall.state.drill.owners)
    hall(dc.Undo)(dc.Draw)
    assert hall.state.drill is not None
    assert hall.state.drill.owners == first
