"""A contest of several sides: what happens when somebody is silent, a question is dropped, or the hall must close."""

from __future__ import annotations

import pytest

from tests.contest.hall import Hall, items, part, plain, rules
from tests.contest.test_drill_turns import begun
from tests.helpers import situation
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import rescue_open
from trainer.contest.drill.ending import left_over, may_end_early, unplayed
from trainer.contest.drill.events import EndedEarly
from trainer.contest.drill.ranking import next_way, open_ties, ranking
from trainer.contest.drill.schedule import is_last_question
from trainer.contest.drill.showing import shown_state
from trainer.contest.drill.staging import IN_FLIGHT_MS
from trainer.contest.drill.taking_part import drill_of, on_floor, star_of
from trainer.contest.engine import RefusedError, decide
from trainer.contest.events import Planned, event_from_data
from trainer.contest.rules import SituationPart
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown


def turns(seconds: int = 10) -> Hall:
    """Two questions of 10, 20 or 30 points each, a star, steals; one of 30 points is spare."""
    shape = [(0, "", -1, value) for value in (10, 20, 30) for _ in range(4)]
    play = part(2, seconds=seconds, mode="turns", values=(10, 20, 30), star=True, steal_s=5)
    return Hall(rules(play), items(*shape, (0, "reserve", -1, 30)))


def not_asked(hall: Hall) -> list[str]:
    return left_over(hall.state, drill_of(hall.state).unplayed, str)


def sheet(hall: Hall) -> str:
    return to_markdown(gather(hall.events))


# --- silence ---------------------------------------------------------------------------------------


def silent(*, starred: bool = False) -> Hall:
    """The first side chose two questions of 30 points and says nothing until its time is up."""
    hall = begun(turns(), starred=starred)
    return hall(c.Tick, after=11_000)


def test_who_says_nothing_in_time_may_be_stolen_from() -> None:
    hall = begun(turns())
    hall.refuses("not-now", dc.OpenBuzzers)  # its time runs
    hall(c.Tick, after=11_000)(dc.OpenBuzzers)
    assert hall.state.phase == "buzz"
    assert hall.state.attempts["d1", hall.state.position].code == "empty"
    hall(dc.Buzz, side="d2").judged(d2=True)
    assert (hall.score("d1"), hall.score("d2")) == (0, 30)
    hall.refuses("not-now", dc.OpenBuzzers)  # once a question


def test_a_silent_side_loses_its_star_and_nobody_has_to_press() -> None:
    hall = silent(starred=True)(dc.ChangeScore, side="d1", points=50, reason="cho dễ đếm")
    hall(dc.OpenBuzzers)(dc.StopBuzzers)
    hall(dc.CloseItem, dc.Reveal)
    assert hall.score("d1") == 20


def test_a_silence_that_was_none_is_put_right() -> None:
    hall = silent()(dc.OpenBuzzers)(dc.StopBuzzers)
    hall.judged(d1=True)(dc.CloseItem, dc.Reveal)
    assert hall.score("d1") == 30


# --- a dropped question and its star ------------------------------------------------------------------


def test_the_star_of_a_dropped_question_moves_to_the_one_asked_instead() -> None:
    hall = begun(turns(), starred=True)(dc.Skip, reason="lỗi đề")
    assert star_of(hall.state, "d1", 0) is None  # it may be placed anew
    hall(dc.Replace, reason="câu dự phòng")(dc.StartClock).judged(d1=True)
    hall(dc.CloseItem, dc.Reveal)
    assert hall.score("d1") == 60


def test_a_star_given_back_is_placed_on_the_next_question_and_only_there() -> None:
    hall = begun(turns(), starred=True)(dc.Skip, reason="lỗi đề")
    hall(dc.PlaceStar, side="d1")
    hall.refuses("used-up", dc.PlaceStar, side="d1")
    hall(dc.Replace, reason="câu dự phòng")(dc.StartClock).judged(d1=True)
    hall(dc.CloseItem, dc.Reveal)
    assert hall.score("d1") == 30
    hall(c.Advance, dc.StartClock).judged(d1=True)(dc.CloseItem, dc.Reveal)
    assert hall.score("d1") == 90


# --- the hall must close ------------------------------------------------------------------------------


def test_a_contest_that_ends_early_is_ranked_by_what_it_has() -> None:
    hall = Hall(rules(part(4)), plain(4))
    hall.refuses("not-now", dc.EndEarly, reason="hết giờ")  # nothing was asked yet
    hall.question(d1=True, d2=False, d3=True)
    hall(c.Advance, dc.StartClock).judged(d1=False, d2=True)
    hall.refuses("no-reason", dc.EndEarly, reason=" ")
    assert unplayed(hall.state) == [(0, "", 1, 4)]  # the open one is not asked to its end
    hall(dc.EndEarly, reason="hội trường đóng cửa")
    assert hall.state.phase == "ranking"
    assert [hall.score(side) for side in ("d1", "d2", "d3")] == [
        10,
        0,
        10,
    ]  # what was open counts for nothing
    assert {place.side: place.rank for place in ranking(hall.state)} == {"d1": 1, "d3": 1, "d2": 3}
    assert not_asked(hall) == ["Phần 1, câu hỏi kiến thức: còn 3 câu"]
    assert "Kết thúc sớm, chưa thi hết: hội trường đóng cửa. Phần 1" in sheet(hall)


def test_what_was_closed_counts_and_the_end_can_be_taken_back() -> None:
    hall = Hall(rules(part(3)), plain(3)).question(d1=True, d2=False, d3=True)
    hall(c.Advance, dc.StartClock).judged(d1=True, d2=False, d3=False)(dc.CloseItem)
    before = hall.state
    hall(dc.EndEarly, reason="mất điện")
    assert hall.score("d1") == 20
    hall(dc.Undo)
    assert (hall.state.phase, drill_of(hall.state).ended_early) == ("closed", "")
    assert hall.state.attempts == before.attempts
    hall(dc.Reveal, c.Advance)
    assert hall.state.phase == "read"


def test_a_paused_contest_ends_early_and_is_not_paused_any_more() -> None:
    hall = Hall(rules(part(3)), plain(3)).question(d1=True, d2=False, d3=True)
    hall(c.Advance, dc.StartClock, c.Pause)(dc.EndEarly, reason="mất điện")
    assert hall.state.paused_at is None
    hall(dc.DecideRank, sides=("d1", "d3"))(c.Advance)
    assert hall.state.status == "finished"


def test_sides_whose_turn_did_not_come_are_named() -> None:
    hall = begun(turns())
    assert unplayed(hall.state) == [(0, "d1", 0, 2), (0, "d2", 0, 2), (0, "d3", 0, 2)]
    hall.judged(d1=True)(dc.CloseItem, dc.Reveal)(dc.EndEarly, reason="muộn")
    assert hall.score("d1") == 30
    assert not_asked(hall) == ["Phần 1, câu hỏi kiến thức: d1 mới được hỏi 1/2; chưa hỏi d2, d3"]
    assert "d1 mới" not in sheet(hall)
    assert "Đội 1 mới được hỏi 1/2; chưa hỏi Đội 2, Đội 3" in sheet(hall)


def test_while_buzzers_are_open_or_the_ranking_is_on_nothing_ends_early() -> None:
    hall = begun(turns()).judged(d1=False)(dc.OpenBuzzers)
    assert not may_end_early(hall.state)
    hall.refuses("buzzers-open", dc.EndEarly, reason="muộn")
    hall(dc.StopBuzzers, dc.CloseItem, dc.Reveal)(dc.EndEarly, reason="muộn")
    hall.refuses("not-now", dc.EndEarly, reason="muộn")


# --- notes -------------------------------------------------------------------------------------------


def test_a_note_is_kept_with_its_question_and_printed() -> None:
    hall = Hall(rules(part(2)), plain(2))
    hall(dc.AddNote, text="Đội 3 đến muộn")
    hall.question(d1=True, d2=False, d3=True)(dc.AddNote, text="Loa rè ở câu này")
    hall.refuses("no-reason", dc.AddNote, text="  ")
    assert [tuple(each) for each in drill_of(hall.state).remarks] == [
        (-1, "Đội 3 đến muộn"),
        (hall.state.position, "Loa rè ở câu này"),
    ]
    printed = sheet(hall)
    assert "Ghi chú: Đội 3 đến muộn" in printed
    assert "Ghi chú: Loa rè ở câu này" in printed
    assert "Không có sửa đổi kết quả" in printed  # a note changes nothing


# --- an empty floor ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "number", "may"),
    [(True, 1, False), (False, 1, True), (False, 3, False)],
    ids=["somebody stands, too early", "nobody stands", "nobody stands at the last question"],
)
def test_a_rescue_comes_early_only_when_the_floor_is_empty(right: bool, number: int, may: bool) -> None:
    hall = Hall(rules(part(3, eliminate=True, rescue_from=3, rescue_left=50)), plain(3))
    for _ in range(number - 1):
        hall.question(d1=True, d2=True, d3=True)
    hall.question(d1=right, d2=False, d3=False)
    assert rescue_open(hall.state) is may
    if may:
        hall(dc.Rescue)
        assert on_floor(hall.state, 0) == ["d1", "d2", "d3"]
        hall(c.Advance)
        assert hall.state.phase == "read"


def test_a_situation_that_is_not_marked_yet_counts_for_nothing_when_the_hall_closes() -> None:
    only = rules(SituationPart(points=100), judges=1)
    hall = Hall(only, [Planned(0, situation(number), ()) for number in (1, 2, 3)], 2)
    hall(c.Advance)(dc.Draw)(c.Advance, c.Advance, c.Advance, c.Advance)
    assert hall.state.phase == "mark"
    hall(c.Mark, judge="j1", side="d1", criterion=0, share=1.0)(dc.EndEarly, reason="muộn")
    assert hall.score("d1") == 0
    assert not_asked(hall) == ["Phần 1, xử lý tình huống: chưa hỏi d1, d2"]


def test_a_part_that_is_over_by_the_rules_is_not_missing() -> None:
    floor = part(5, eliminate=True)
    hall = Hall(rules(floor, part(2)), [*plain(5), *items((1, "", -1, 0), (1, "", -1, 0))])
    hall.question(d1=False, d2=False, d3=False)
    assert unplayed(hall.state) == [(1, "", 0, 2)]
    hall.question(d1=True, d2=False, d3=False)(dc.EndEarly, reason="muộn")
    assert not_asked(hall) == ["Phần 2, câu hỏi kiến thức: còn 1 câu"]


def test_what_was_closed_but_not_shown_is_shown_by_the_end() -> None:
    hall = Hall(rules(part(3)), plain(3))
    hall(c.Advance, dc.StartClock).judged(d1=True, d2=False, d3=True)(dc.CloseItem)(
        dc.EndEarly, reason="muộn"
    )
    assert hall.state.position in drill_of(hall.state).revealed
    assert shown_state(hall.state).score("d1") == 10


def test_after_an_early_end_no_question_breaks_a_tie() -> None:
    hall = Hall(rules(part(3)), plain(3, ties=5))
    hall.question(d1=True, d2=True, d3=False)
    assert next_way(hall.state) == "sudden-death"
    hall(dc.EndEarly, reason="muộn")
    assert next_way(hall.state) == "judges"
    hall(dc.BreakTie, sides=("d1", "d2"))  # who wants to ask after all may
    assert not may_end_early(hall.state)


# --- ties and corrections that come late -----------------------------------------------------------------


@pytest.mark.parametrize("way", ["judges", "sudden-death"])
def test_a_side_that_a_correction_puts_beside_a_decided_tie_was_not_judged_yet(way: str) -> None:
    hall = Hall(rules(part(1)), plain(1, ties=5))
    hall.question(d1=True, d2=True, d3=False)(c.Advance)
    if way == "judges":
        hall(dc.DecideRank, sides=("d2", "d1"))
    else:
        hall(dc.BreakTie, sides=("d1", "d2"))(dc.StartClock)(dc.Buzz, side="d2").judged(d2=True)
        hall(dc.CloseItem, dc.Reveal, c.Advance)
    assert [place.side for place in ranking(hall.state)] == ["d2", "d1", "d3"]
    hall(dc.ChangeScore, side="d3", points=10, reason="chấm lại")
    assert {place.rank for place in ranking(hall.state)} == {1}
    assert open_ties(hall.state) == [("d1", "d2", "d3")]
    hall(dc.DecideRank, sides=("d3", "d1", "d2"))
    assert [place.side for place in ranking(hall.state)] == ["d3", "d1", "d2"]


def test_the_last_question_replaced_twice_is_still_the_last() -> None:
    hall = Hall(rules(part(2, eliminate=True, rescue_from=1, rescue_left=90, lifelines=1)), plain(2, spare=2))
    hall.question(d1=True, d2=True, d3=True)(c.Advance)
    hall(dc.Replace)(dc.Replace)
    assert is_last_question(hall.state, hall.state.position)
    hall(dc.StartClock).judged(d1=True, d2=False, d3=False)(dc.CloseItem, dc.Reveal)
    assert not rescue_open(hall.state)


def test_the_audience_may_be_asked_again_when_the_question_counts_for_nothing() -> None:
    hall = Hall(rules(part(4, eliminate=True, lifelines=1)), plain(4, spare=1))
    hall.question(d1=True, d2=False, d3=False)(c.Advance)(dc.UseLifeline, side="d1")
    hall.refuses("used-up", dc.UseLifeline, side="d1")
    hall(dc.Replace)(dc.UseLifeline, side="d1")


# --- buzzers at their last moment --------------------------------------------------------------------------


def test_a_press_in_time_counts_though_it_is_handled_a_little_later() -> None:
    hall = Hall(rules(part(2, mode="buzzers", seconds=5)), plain(2))
    hall(c.Advance, dc.StartClock)
    end = hall.state.deadline
    assert end is not None
    for late in (20, IN_FLIGHT_MS - 1):
        assert decide(hall.state, c.Tick(end + late)) == []
    pressed = decide(hall.state, dc.Buzz(end + 15, "d1", end - 5))
    assert [type(event).__name__ for event in pressed] == ["Buzzed"]
    with pytest.raises(RefusedError, match="late"):
        decide(hall.state, dc.Buzz(end + 15, "d1", end))
    closed = decide(hall.state, c.Tick(end + IN_FLIGHT_MS))
    assert [(type(event).__name__, event.at) for event in closed] == [("BuzzersClosed", end)]


def test_a_press_after_the_time_for_a_steal_is_late_and_not_early() -> None:
    hall = silent()(dc.OpenBuzzers)(c.Tick, after=6_000)
    hall.refuses("late", dc.Buzz, side="d2")
    assert not drill_of(hall.state).early


def test_a_note_is_about_what_is_on_show_also_while_looking_back() -> None:
    hall = Hall(rules(part(3)), plain(3))
    hall.question(d1=True, d2=True, d3=True).question(d1=True, d2=True, d3=True)(dc.LookBack)
    shown = hall.state.position
    hall(dc.AddNote, text="xem lại câu này")
    assert drill_of(hall.state).remarks[-1].position == shown


def test_a_replaced_question_was_not_asked() -> None:
    hall = Hall(rules(part(3)), plain(3, spare=2))
    hall(c.Advance)(dc.Replace)
    assert unplayed(hall.state) == [(0, "", 0, 3)]
    hall(dc.StartClock).judged(d1=True, d2=True, d3=True)(dc.CloseItem, dc.Reveal)
    assert unplayed(hall.state) == [(0, "", 1, 3)]


def test_where_all_was_asked_nothing_ends_early() -> None:
    hall = Hall(rules(part(1)), plain(1, ties=5)).question(d1=True, d2=True, d3=False)
    hall.refuses("not-now", dc.EndEarly, reason="muộn")  # the ranking is next anyway, with its ties


def test_an_early_end_that_was_recorded_without_what_was_left_is_read() -> None:
    assert event_from_data("EndedEarly", 5, {"reason": "muộn"}) == EndedEarly(5, "muộn")
    assert event_from_data("EndedEarly", 5, {"reason": "x", "left": [[0, "", 1, 3]]}).left == ((0, "", 1, 3),)  # type: ignore[union-attr]
