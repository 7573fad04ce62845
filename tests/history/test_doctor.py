"""The bank doctor finds what was planted, and says how sure it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.plays import History, Reply, Round, item_number, play
from trainer.history.doctor import Seen, examine, options_of, reversed_items, wrong_keys


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = History(tmp_path_factory.mktemp("doctor"))
    # q1: everybody says option 1; q2: right, or option 1, never 2 or 3; q3: fine.
    for number in range(36):
        replies = (Reply(1), Reply(number % 2), Reply(number % 4))
        play(made, Round(f"c{number}", number, replies, (f"p{number % 4}",)))
    return made


def test_a_wrong_key_is_suspected_and_what_most_say_is_named(history: History) -> None:
    found = examine(history.db, lambda item: options_of(item_number(int(item[1:]))))
    (key,) = [one for one in found if one.kind == "key" and one.item == "q1"]
    assert key.sure
    assert key.asked == 36
    assert "“ý 1” (36 lượt)" in key.sentence
    assert "Wilson" in key.sentence


def test_distractors_that_nobody_picks_are_named(history: History) -> None:
    found = examine(history.db, lambda item: options_of(item_number(int(item[1:]))))
    dead = [one.sentence for one in found if one.kind == "distractor" and one.item == "q2"]
    assert len(dead) == 2
    assert "“ý 2”" in dead[0]
    assert not [one for one in found if one.kind == "distractor" and one.item == "q3"]


def test_nothing_is_said_of_a_handful_of_answers(tmp_path: Path) -> None:
    made = History(tmp_path)
    play(made, Round("c", 0, (Reply(1),)))
    assert examine(made.db, lambda _: None) == []


def test_what_the_strong_miss_and_the_weak_get_is_found() -> None:
    seen = []
    for number in range(20):
        strong = number < 10
        seen.append(Seen(f"p{number}", "other", 20, 18 if strong else 6))
        seen.append(Seen(f"p{number}", "odd", 1, 0 if strong else 1))
        seen.append(Seen(f"p{number}", "good", 1, 1 if strong else 0))
    (finding,) = reversed_items(seen)
    assert finding.item == "odd"
    assert finding.sure
    assert "Newcombe" in finding.sentence


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["x", "y"]), st.integers(1, 9), st.floats(0, 1)),
        max_size=12,
        unique_by=lambda one: one[:2],
    )
)
def test_findings_keep_to_what_they_claim(rows: list[tuple[str, str, int, float]]) -> None:
    seen = [Seen(side, item, asked, round(asked * share)) for side, item, asked, share in rows]
    for finding in wrong_keys(seen, {}, lambda _: None):
        own = [one for one in seen if one.item == finding.item]
        assert sum(one.right for one in own) / sum(one.asked for one in own) <= 0.25
        assert finding.band.low <= 0.25
    for finding in reversed_items(seen):
        assert finding.band.low < 0
        assert finding.sure == (finding.band.high < 0)
