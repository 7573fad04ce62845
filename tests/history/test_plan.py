"""The way to the contest: honest about time, and whether it holds; the simulated learner."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.plays import History, Reply, Round, play
from trainer.history.learner import simulate
from trainer.history.plan import (
    Goal,
    PlanItem,
    expected_met,
    goal_from_text,
    minutes_needed,
    plan,
    plan_sentences,
    read_items,
    topics_by_day,
)

TODAY = date(2026, 11, 25)


def fresh(count: int, ms: int = 20_000) -> list[PlanItem]:
    return [PlanItem(f"q{number}", f"t{number // 10}", None, ms) for number in range(count)]


@settings(max_examples=40)
@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 120))
def test_every_item_is_begun_once_or_said_not_to_fit_and_no_day_is_overfull(
    days: int, minutes: int, count: int
) -> None:
    items = fresh(count)
    made = plan(TODAY + timedelta(days=days), TODAY, minutes, items)
    begun = [item for day in made.days for item in day.new]
    assert begun + list(made.left) == [item.id for item in items]
    assert all(day.ms <= minutes * 60_000 for day in made.days)
    assert [day.date for day in made.days] == [TODAY + timedelta(days=at) for at in range(days)]
    assert not any(day.new for day in made.days[-1:])
    assert 0 <= made.recall <= 1
    more = plan(TODAY + timedelta(days=days), TODAY, minutes + 5, items)
    assert len(more.left) <= len(made.left)


def test_what_does_not_fit_is_said_with_what_would_help() -> None:
    items, contest = fresh(100), TODAY + timedelta(days=10)
    goal = Goal(contest, 3, TODAY, 0, 100)
    made = plan(contest, TODAY, 3, items)
    assert not made.holds
    told = plan_sentences(goal, made, TODAY, items)
    assert f"Không kịp học {len(made.left)} mục" in told[1]
    needed = minutes_needed(contest, TODAY, items)
    assert needed is not None
    assert f"{needed} phút" in told[-1]
    assert plan(contest, TODAY, needed, items).holds
    assert not plan(contest, TODAY, needed - 1, items).holds
    assert minutes_needed(contest, TODAY, fresh(20_000), 30) is None


def test_the_plan_says_each_day_whether_it_holds() -> None:
    items, contest = fresh(40), TODAY + timedelta(days=12)
    goal = Goal(contest, 20, TODAY, 0, 40)
    assert plan_sentences(goal, plan(contest, TODAY, 20, items), TODAY, items)[1] == "Lộ trình đang đúng hẹn."
    later = TODAY + timedelta(days=5)
    told = plan_sentences(goal, plan(contest, later, 20, items), later, items)
    assert told[1] == f"Lộ trình vẫn kịp, dù đang chậm {expected_met(goal, later)} mục."
    assert expected_met(goal, contest) == 40
    assert "Ngày thi đã đến" in plan_sentences(goal, plan(contest, contest, 20, items), contest, items)[0]


def test_a_goal_is_kept_as_text() -> None:
    goal = Goal(TODAY, 15, TODAY, 3, 90)
    assert goal_from_text(goal.to_text()) == goal
    for text in ("", "[]", "x", '["2026-13-01", 1, "2026-01-01", 0, 0]', "null"):
        assert goal_from_text(text) is None


def test_topics_of_a_day_are_counted() -> None:
    made = plan(TODAY + timedelta(days=4), TODAY, 10, fresh(20))
    first = topics_by_day(made, fresh(20))[0]
    assert first[0] == TODAY
    assert sum(count for _, count in first[1]) == len(made.days[0].new)


def test_what_was_learnt_is_reviewed_before_anything_new(tmp_path: Path) -> None:
    history = History(tmp_path)
    play(history, Round("c1", 0, tuple(Reply(1) for _ in range(3))))
    wanted = [(f"q{number}", "t", "choice") for number in range(1, 9)]
    items = read_items(history.db, "p1", wanted)
    assert [item.memory is not None for item in items] == [True] * 3 + [False] * 5
    made = plan(TODAY + timedelta(days=5), TODAY, 30, items)
    assert made.days[0].reviews == 3
    assert made.days[0].new[0] == "q4"


@pytest.mark.parametrize("seed", [1, 2])
def test_who_follows_review_knows_more_than_who_plays_at_random(seed: int) -> None:
    told = simulate(seed, questions=150, days=30, minutes=6)
    assert told.followed > 1.3 * told.random
    assert "học theo lịch ôn" in told.sentence
    assert simulate(seed, questions=150, days=30, minutes=6) == told
