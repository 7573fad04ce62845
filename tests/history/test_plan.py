"""The way to the contest: honest about time, and whether it holds; the simulated learner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.plays import START, History, Reply, Round, play
from trainer.history.learner import simulate
from trainer.history.moments import from_datetime
from trainer.history.plan import (
    NO_CEILING,
    Done,
    Goal,
    PlanItem,
    Terms,
    ceiling_of,
    day_limits,
    expected_met,
    goal_from_text,
    guessed_limits,
    minutes_needed,
    plan,
    plan_sentences,
    read_done,
    read_items,
    rest_sentence,
    topics_by_day,
)
from trainer.history.review import DEFAULT_LIMITS, Limits
from trainer.history.scheduling import REVIEW, Memory

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


def known(count: int, due: datetime) -> list[PlanItem]:
    memory = Memory(REVIEW, -1, 5.0, 5.0, from_datetime(due), from_datetime(due - timedelta(days=5)), 2, 0)
    return [PlanItem(f"k{number}", "t", memory, 20_000) for number in range(count)]


def test_a_ceiling_of_new_items_holds_every_day_and_is_told_when_it_is_what_does_not_fit() -> None:
    items, contest = fresh(100), TODAY + timedelta(days=10)
    goal = Goal(contest, 60, TODAY, 0, 100)
    terms = Terms(ceiling=Limits(4, NO_CEILING.all))
    assert plan(contest, TODAY, 60, items).holds
    made = plan(contest, TODAY, 60, items, terms)
    assert [len(day.new) for day in made.days] == [4] * 9 + [0]
    told = plan_sentences(goal, made, TODAY, items, terms)
    assert told[-1] == ("Giới hạn 4 câu mới mỗi ngày làm không kịp 64 mục; đổi bằng danvan review --new.")
    tight = goal._replace(minutes=3)
    told = plan_sentences(tight, plan(contest, TODAY, 3, items, terms), TODAY, items, terms)
    needed = minutes_needed(contest, TODAY, items)
    assert minutes_needed(contest, TODAY, items, terms=terms) is None
    assert told[-1] == (
        f"Muốn kịp hết, mỗi ngày cần khoảng {needed} phút "
        "và bỏ giới hạn 4 câu mới mỗi ngày (danvan review --new)."
    )


def test_a_ceiling_of_all_answers_is_told_too() -> None:
    items, contest = fresh(100), TODAY + timedelta(days=10)
    terms = Terms(ceiling=Limits(NO_CEILING.new, 6))
    made = plan(contest, TODAY, 60, items, terms)
    assert all(day.reviews + len(day.new) <= 6 for day in made.days)
    told = plan_sentences(Goal(contest, 60, TODAY, 0, 100), made, TODAY, items, terms)
    assert told[-1].startswith("Giới hạn 6 mục tất cả mỗi ngày")
    assert told[-1].endswith("danvan review --most.")


def test_limits_that_are_the_usual_ones_are_no_ceiling() -> None:
    assert ceiling_of(DEFAULT_LIMITS) == NO_CEILING
    assert ceiling_of(Limits(4, DEFAULT_LIMITS.all)) == Limits(4, NO_CEILING.all)
    assert ceiling_of(Limits(DEFAULT_LIMITS.new, 50)) == Limits(NO_CEILING.new, 50)


def test_the_limits_of_today_are_the_plan_s_and_have_room_for_its_reviews() -> None:
    terms = Terms(done=Done(60_000, 10, 3))
    assert day_limits(100, 50, terms).new == 103
    assert day_limits(100, 50, terms).all >= 10 + 100 + 50
    assert day_limits(2, 1, terms) == Limits(5, DEFAULT_LIMITS.all)
    low = terms._replace(ceiling=Limits(8, 40))
    assert day_limits(100, 50, low) == Limits(8, 40)


@given(st.integers(1, 90), st.integers(0, 90), st.integers(0, 300))
def test_the_guess_from_counts_is_the_plan_where_all_items_take_as_long(
    minutes: int, spent: int, due: int
) -> None:
    terms = Terms(done=Done(spent * 60_000, 0, 0))
    items = known(due, datetime(2026, 11, 24, 12, tzinfo=UTC)) + fresh(400)
    first = plan(TODAY + timedelta(days=30), TODAY, minutes, items, terms, 1).days[0]
    made = day_limits(len(first.new), first.reviews, terms)
    assert guessed_limits(minutes, due, due * 20_000, 20_000, terms) == made


def test_what_was_done_today_is_taken_from_today_only() -> None:
    items, contest = fresh(400), TODAY + timedelta(days=10)
    whole = plan(contest, TODAY, 20, items)
    half = plan(contest, TODAY, 20, items, Terms(done=Done(10 * 60_000, 0, 0)))
    assert half.days[0].ms <= 10 * 60_000 < whole.days[0].ms
    assert len(half.days[0].new) == len(whole.days[0].new) // 2
    assert half.days[1].ms > 15 * 60_000
    over = plan(contest, TODAY, 20, items, Terms(done=Done(30 * 60_000, 0, 0)))
    assert over.days[0].new == ()
    ceiling = Terms(ceiling=Limits(5, NO_CEILING.all), done=Done(0, 3, 3))
    assert [len(day.new) for day in plan(contest, TODAY, 20, items, ceiling).days[:2]] == [2, 5]


def test_what_was_done_today_is_read_in_the_player_s_own_day(tmp_path: Path) -> None:
    history = History(tmp_path)
    play(history, Round("c1", 0, tuple(Reply(1) for _ in range(3))))
    done = read_done(history.db, "p1", START + timedelta(hours=1))
    assert done.answers == done.begun == 3
    assert done.ms == 9_000
    assert read_done(history.db, "p1", START + timedelta(days=1)) == Done()
    # 8:30 UTC is 22:30 of the day before in Honolulu: at 1:00 there it was yesterday.
    honolulu = timezone(timedelta(hours=-10))
    assert read_done(history.db, "p1", datetime(2026, 11, 24, 1, tzinfo=honolulu)) == Done()


def test_days_are_the_player_s_own() -> None:
    vietnam = timezone(timedelta(hours=7))
    items = known(2, datetime(2026, 11, 26, 6, tzinfo=vietnam))
    made = plan(TODAY + timedelta(days=5), TODAY, 20, items, Terms(zone=vietnam))
    assert [day.reviews for day in made.days[:2]] == [0, 2]


def test_a_day_that_is_done_says_so_and_only_then() -> None:
    contest, spent = TODAY + timedelta(days=10), Done(20 * 60_000, 40, 20)
    done = "Hôm nay bạn đã làm xong phần của lộ trình."
    assert rest_sentence(plan(contest, TODAY, 20, fresh(400), Terms(done=spent)), spent) == done
    late = fresh(9) + known(3, datetime(2026, 11, 24, 12, tzinfo=UTC))
    told = rest_sentence(plan(contest, TODAY, 20, late, Terms(done=spent)), spent)
    assert told == f"{done} Còn 3 mục đến hạn chưa kịp ôn."
    assert rest_sentence(plan(contest, TODAY, 20, fresh(400)), Done()) == ""
    later = known(3, datetime(2026, 11, 29, 12, tzinfo=UTC))
    assert rest_sentence(plan(contest, TODAY, 20, later), Done()) == (
        "Hôm nay lộ trình không có gì phải làm."
    )


def test_a_share_is_told_as_everywhere_else() -> None:
    goal, items = Goal(TODAY + timedelta(days=12), 20, TODAY, 0, 40), fresh(40)
    made = plan(goal.contest, TODAY, 20, items)
    assert f"khoảng {round(made.recall * 100)} % của" in plan_sentences(goal, made, TODAY, items)[0]


@pytest.mark.parametrize("seed", [1, 2])
def test_who_follows_review_knows_more_than_who_plays_at_random(seed: int) -> None:
    told = simulate(seed, questions=150, days=30, minutes=6)
    assert told.followed > 1.3 * told.random
    assert "học theo lịch ôn" in told.sentence
    assert simulate(seed, questions=150, days=30, minutes=6) == told
