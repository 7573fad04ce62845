"""A contest of several sides: packages, the star, steals, buzzers."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.contest.hall import Hall, items, part, plain, rules
from tests.helpers import question, situation
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.schedule import member_for
from trainer.contest.drill.taking_part import floor_of, margins, tied_presses
from trainer.contest.events import Planned, Side
from trainer.contest.rules import (
    Play,
    SituationPart,
)

# --- turns, packages, the star, steals ------------------------------------------------------------

PACKAGES = rules(part(2, mode="turns", seconds=10), SituationPart(packaged=True, points=50))


def packages(count: int = 3, sides: tuple[Side, ...] = ()) -> Hall:
    plan = [
        Planned(0, question(10 * package + each), (0, 1, 2, 3), "", package)
        for package in range(count)
        for each in (1, 2)
    ]
    plan += [Planned(1, situation(package), (), "", package) for package in range(count)]
    return Hall(PACKAGES, plan, 2, sides)


def test_each_side_draws_a_package_and_plays_it_through() -> None:
    hall = packages()(c.Advance)
    assert (hall.state.phase, hall.state.drill and hall.state.drill.turn) == ("draw", "d1")
    hall.refuses("draw-first", c.Advance)
    hall.refuses("no-such-item", dc.Draw, package=7)
    hall(dc.Draw, package=1)(c.Advance, dc.StartClock)
    assert hall.state.plan[hall.state.position].package == 1
    hall.refuses("not-yours", dc.Judge, side="d2", right=True)
    hall.judged(d1=True)(dc.CloseItem, dc.Reveal, c.Advance, dc.StartClock).judged(d1=False)
    hall(dc.CloseItem, dc.Reveal, c.Advance)
    assert (hall.state.part, hall.state.phase) == (1, "read")
    hall(c.Advance, c.Advance)(c.Advance, after=180_000 + 119_000)
    hall.refuses("not-yours", c.Mark, judge="j1", side="d2", criterion=0, share=1.0)
    for criterion in (0, 1):
        hall(c.Mark, judge="j1", side="d1", criterion=criterion, share=1.0)
    hall(c.Advance)
    assert hall.state.phase == "review"
    assert hall.score() == 10 + 50 - 1  # one full minute over
    hall(c.Advance)
    assert hall.state.drill is not None
    assert hall.state.drill.turn == "d2"
    hall.refuses("no-such-item", dc.Draw, package=1)


def test_a_member_is_drawn_where_the_rules_say_so() -> None:
    drawn = dataclasses.replace(PACKAGES.parts[0], play=Play("turns", member="drawn"))  # type: ignore[arg-type]
    sides = (Side("d1", "Một", members=("Lan", "Hoa")), Side("d2", "Hai"))
    plan = [Planned(0, question(number), (0, 1, 2, 3), "", number // 2) for number in range(4)]
    hall = Hall(rules(drawn), plan, sides=sides)(c.Advance, dc.Draw, c.Advance)
    assert member_for(hall.state, hall.state.position) in ("Lan", "Hoa")
    assert member_for(hall.state, hall.state.position) == member_for(hall.state, hall.state.position)


def star(**more: Any) -> Hall:
    play: dict[str, Any] = {
        "mode": "turns",
        "values": (10, 20, 30),
        "value_seconds": (10, 15, 20),
        "star": True,
        "steal_s": 5,
        "early_lock_ms": 1000,
    }
    shape = [(0, "", -1, value) for value in (10, 20, 30) for _ in range(4)]
    return Hall(rules(part(2, seconds=0, **{**play, **more})), items(*shape, (0, "reserve", -1, 30)))


def begun(hall: Hall, values: tuple[int, int] = (30, 30), *, starred: bool = False) -> Hall:
    hall(c.Advance)(dc.Choose, values=values)
    if starred:
        hall(dc.PlaceStar, side="d1")
    return hall(c.Advance, dc.StartClock)


@pytest.mark.parametrize(
    ("starred", "own", "thief", "takes", "scores"),
    [
        # what the owner and the thief have after beginning with 100 each
        (False, True, None, True, (130, 100)),
        (False, False, None, True, (100, 100)),
        (True, True, None, True, (160, 100)),
        (True, False, None, True, (70, 100)),
        (False, False, True, True, (70, 130)),
        (False, False, True, False, (100, 130)),
        (False, False, False, True, (100, 85)),
        (True, False, True, True, (70, 130)),
        (True, False, False, True, (70, 85)),
    ],
)
def test_the_star_and_steals(
    starred: bool, own: bool, thief: bool | None, takes: bool, scores: tuple[int, int]
) -> None:
    hall = star(steal_takes=takes)
    for side in ("d1", "d2"):
        hall(dc.ChangeScore, side=side, points=100, reason="vốn")
    begun(hall, starred=starred).judged(d1=own)
    if thief is not None:
        hall(dc.OpenBuzzers)(dc.Buzz, side="d2").judged(d2=thief)
    hall(dc.CloseItem)
    assert (hall.score("d1"), hall.score("d2")) == scores


def test_who_is_right_after_all_gets_the_points_back_and_the_thief_loses_them() -> None:
    hall = begun(star()).judged(d1=False)(dc.OpenBuzzers)(dc.Buzz, side="d2").judged(d2=True)(dc.CloseItem)
    assert (hall.score("d1"), hall.score("d2")) == (0, 30)
    hall(c.Overrule, side="d1", position=8, reason="nói đúng ý")
    assert (hall.score("d1"), hall.score("d2")) == (30, 0)
    hall(c.Overrule, side="d1", position=8, undo=True)
    assert (hall.score("d1"), hall.score("d2")) == (0, 30)


def test_the_star_is_placed_once_and_before_the_question_is_seen() -> None:
    hall = star()(c.Advance)
    hall.refuses("not-yours", dc.PlaceStar, side="d1")  # nothing chosen yet
    hall(dc.Choose, values=(10, 30))(c.Advance)
    hall.refuses("not-now", dc.PlaceStar, side="d1")
    hall(dc.StartClock).judged(d1=False)(dc.CloseItem, dc.Reveal)
    hall.refuses("not-yours", dc.PlaceStar, side="d2")
    hall(dc.PlaceStar, side="d1").refuses("used-up", dc.PlaceStar, side="d1")
    hall(c.Advance)(dc.Replace, reason="lỗi")  # the star goes with the question's stand-in
    hall(dc.StartClock).judged(d1=True)
    assert hall.score() == 60


@pytest.mark.parametrize("values", [(10,), (10, 20, 30), (10, 15), (40, 10)])
def test_a_choice_that_the_rules_do_not_know_is_refused(values: tuple[int, ...]) -> None:
    star()(c.Advance).refuses("no-such-item", dc.Choose, values=values)


def test_limits_follow_the_value_and_the_lowest_goes_next() -> None:
    hall = star(turn_order="lowest")
    hall(dc.ChangeScore, side="d1", points=5, reason="x")(c.Advance)
    assert hall.state.drill is not None
    assert hall.state.drill.turn == "d2"
    hall(dc.Choose, values=(20, 10))(c.Advance, dc.StartClock)
    assert hall.state.remaining_ms(hall.state.at) == 15_000


# --- buzzers ------------------------------------------------------------------------------------


def buzzers(**more: Any) -> Hall:
    play = {"mode": "buzzers", "early_lock_ms": 800, "tie_ms": 20, "answer_s": 3, **more}
    return Hall(rules(part(2, wrong=-5, **play)), plain(2))(c.Advance)


def test_the_first_to_arrive_has_the_floor_and_margins_are_told() -> None:
    hall = buzzers()(dc.StartClock)
    hall(dc.Buzz, after=500, side="d2")(dc.Buzz, after=35, side="d1")
    assert floor_of(hall.state) == "d2"
    assert margins(hall.state) == [("d2", 0), ("d1", 35)]
    assert hall.state.remaining_ms(hall.state.at) == 3_000 - 35
    hall.refuses("not-yours", dc.Judge, side="d1", right=True)
    hall.judged(d2=True)
    assert (hall.state.phase, hall.score("d2")) == ("entry", 10)


def test_a_wrong_answer_hands_the_question_over_to_those_who_did_not_answer() -> None:
    hall = buzzers()(dc.StartClock)(dc.Buzz, side="d2").judged(d2=False)
    assert hall.state.phase == "buzz"
    hall.refuses("not-yours", dc.Buzz, side="d2")
    hall(dc.Buzz, side="d3").judged(d3=False)(dc.Buzz, side="d1").judged(d1=False)
    assert hall.state.phase == "entry"  # nobody is left
    hall.refuses("not-now", dc.OpenBuzzers)


def test_an_early_press_is_locked_out_for_a_moment_after_the_opening() -> None:
    hall = buzzers()(dc.Buzz, side="d1")
    hall.refuses("not-now", dc.Buzz, side="d1")
    hall(dc.StartClock, after=5_000)
    hall.refuses("locked", dc.Buzz, after=799, side="d1")
    hall(dc.Buzz, after=800, side="d1")
    assert floor_of(hall.state) == "d1"


def test_an_early_press_is_locked_out_once_and_not_at_every_opening() -> None:
    hall = buzzers()(dc.Buzz, side="d1")(dc.StartClock, after=5_000)
    hall(dc.Buzz, after=100, side="d2").judged(d2=False)
    assert hall.state.phase == "buzz"
    hall(dc.Buzz, after=100, side="d1")
    assert floor_of(hall.state) == "d1"


@pytest.mark.parametrize(("gap", "tied"), [(0, True), (20, True), (21, False)])
def test_presses_that_cannot_be_told_apart_are_called_ties(gap: int, tied: bool) -> None:
    hall = buzzers()(dc.StartClock)(dc.Buzz, side="d3")(dc.Buzz, after=gap, side="d1")
    assert bool(tied_presses(hall.state)) is tied
    if not tied:
        hall.refuses("not-now", dc.GiveFloor)
        return
    hall.refuses("tied", dc.Judge, side="d3", right=True)
    hall.refuses("not-yours", dc.GiveFloor, side="d2")
    hall(dc.GiveFloor)
    assert floor_of(hall.state) in ("d1", "d3")
    hall.judged(**{floor_of(hall.state): True})


def test_while_buzzers_are_open_only_they_and_the_stop_key_act() -> None:
    hall = buzzers()(dc.StartClock)
    for kind in (c.Advance, dc.CloseItem, dc.Reveal, dc.Skip, dc.ShowStandings):
        hall.refuses("buzzers-open", kind)
    hall(dc.StopBuzzers)
    assert hall.state.phase == "entry"
    hall(dc.OpenBuzzers)(c.Tick, after=15_300)
    assert hall.state.phase == "entry"
    hall.refuses("not-now", dc.Buzz, side="d1")
    hall(dc.CloseItem)
    assert hall.state.attempts == {}


def test_a_press_counts_by_its_own_time_and_not_after_the_deadline() -> None:
    hall = buzzers()(dc.StartClock)
    opened_at = hall.state.at
    hall.refuses("late", dc.Buzz, after=16_000, side="d1")
    hall(dc.Buzz, after=16_000, side="d1", pressed=opened_at + 14_999)
    assert floor_of(hall.state) == "d1"
