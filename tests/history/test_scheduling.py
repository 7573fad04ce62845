"""FSRS through the program: what the package itself says, on any log of answers."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from trainer.history.moments import DAY_MS, from_datetime, to_datetime, to_iso, to_ms
from trainer.history.rating import bucket_of, median_ms, rate, rate_part, time_of
from trainer.history.scheduling import AGAIN, EASY, GOOD, HARD, recall, replayed, review

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
logs = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4]), st.integers(0, 40 * DAY_MS)), min_size=1, max_size=12
)


@given(logs)
def test_intervals_are_the_package_s_own(log: list[tuple[int, int]]) -> None:
    scheduler, card, at = Scheduler(enable_fuzzing=False), Card(card_id=7, due=START), START
    ours = None
    for rating, wait in log:
        at += timedelta(milliseconds=wait)
        card, _ = scheduler.review_card(card, Rating(rating), at)
        ours = review(ours, rating, from_datetime(at))
        assert ours.due == from_datetime(card.due)
        assert (ours.stability, ours.difficulty) == (card.stability, card.difficulty)
        assert State(ours.state) == card.state
        later = at + timedelta(days=9, hours=3)
        theirs = scheduler.get_card_retrievability(card, later)
        assert recall(ours.stability, ours.last, from_datetime(later)) == pytest.approx(theirs, rel=1e-12)
    assert ours is not None
    assert ours.reviews == len(log)


@given(logs, st.lists(st.integers(-400 * DAY_MS, 400 * DAY_MS), min_size=12, max_size=12))
def test_a_clock_that_jumps_never_runs_backwards_for_a_memory(
    log: list[tuple[int, int]], jumps: list[int]
) -> None:
    memory, seen = None, 0
    for (rating, _), jump in zip(log, jumps, strict=False):
        memory = review(memory, rating, from_datetime(START) + jump)
        assert memory.last >= seen
        assert memory.due > memory.last
        seen = memory.last


def test_a_log_replayed_is_the_reviews_one_by_one() -> None:
    log = [(GOOD, 10**12), (GOOD, 10**12 + DAY_MS), (AGAIN, 10**12 + 30 * DAY_MS)]
    step = None
    for rating, at in log:
        step = review(step, rating, at)
    assert replayed(log) == step
    assert step is not None
    assert step.lapses == 1
    assert replayed([]) is None


def test_a_review_does_not_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    def sleeping(_: float) -> None:
        raise AssertionError("slept")

    monkeypatch.setattr(time, "sleep", sleeping)
    assert review(None, GOOD, 10**12).reviews == 1


@pytest.mark.parametrize("at", [-5, 0, 10**18])
def test_an_impossible_clock_is_survived(at: int) -> None:
    memory = review(review(None, EASY, at), EASY, at)
    assert to_datetime(memory.due).year < 9999


# --- ratings ------------------------------------------------------------------------------------

STEADY = {bucket_of(10_000): 20}


@pytest.mark.parametrize(
    ("share", "elapsed", "helped", "met", "expected"),
    [
        (0.0, 10_000, False, True, AGAIN),
        (0.49, 1_000, False, True, AGAIN),
        (0.5, 10_000, False, True, HARD),
        (0.99, 1_000, False, True, HARD),
        (1.0, 10_000, False, True, GOOD),
        (1.0, 10_000, True, True, HARD),
        (1.0, 30_000, False, True, HARD),
        (1.0, 3_000, False, True, EASY),
        (1.0, 3_000, False, False, GOOD),
        (1.0, 0, False, True, GOOD),
    ],
)
def test_a_rating_comes_from_what_happened(
    share: float, elapsed: int, helped: bool, met: bool, expected: int
) -> None:
    assert rate(share, elapsed, STEADY, judged=False, helped=helped, met=met) == expected


def test_before_the_player_s_pace_is_known_time_says_nothing() -> None:
    assert rate(1, 90_000, {bucket_of(10_000): 9}, judged=False, helped=False, met=True) == GOOD


@pytest.mark.parametrize(("share", "expected"), [(0.4, AGAIN), (0.6, HARD), (0.8, GOOD), (0.95, EASY)])
def test_a_situation_is_rated_by_its_sheet(share: float, expected: int) -> None:
    assert rate(share, 0, {}, judged=True, helped=False, met=False) == expected
    assert rate_part(share, helped=False) in (AGAIN, HARD)


@given(st.lists(st.integers(8, 10_000_000), min_size=1, max_size=60))
def test_the_median_is_near_the_true_one(times: list[int]) -> None:
    pace: dict[int, int] = {}
    for ms in times:
        pace[bucket_of(ms)] = pace.get(bucket_of(ms), 0) + 1
    found = median_ms(pace)
    assert found is not None
    true = sorted(times)[(len(times) - 1) // 2]
    assert abs(found - true) <= 0.07 * true + 1
    assert bucket_of(time_of(bucket_of(times[0]))) == bucket_of(times[0])


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "0001-01-01T00:00:00+23:00"])
def test_a_time_that_is_none_is_none_or_bounded(text: str) -> None:
    assert (to_ms(text) or 0) >= 0


def test_a_time_without_zone_is_utc() -> None:
    assert to_iso(to_ms("2026-11-24T08:30:00") or 0) == "2026-11-24T08:30:00+00:00"
    assert to_ms("2026-11-24T15:30:00+07:00") == to_ms("2026-11-24T08:30:00+00:00")
