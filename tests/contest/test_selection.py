"""Drawing items and shuffling options."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.model import Entry
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.contest.selection import draw, plan_contest, presented_order

TOPICS = ("a", "b", "c")


def entry(number: int, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": f"q{number:03}",
        "section": "question",
        "kind": ("choice", "true-false", "multiple")[number % 3],
        "topic": TOPICS[number % 3],
        "level": number % 3 + 1,
        "tags": (),
        "retired": False,
    }
    return Entry(**{**values, **changes})


BANK = [entry(number) for number in range(60)]


def data_of(item_id: str) -> dict[str, Any]:
    return {
        "id": item_id,
        "section": "question",
        "kind": "choice",
        "options": ["1", "2", "3", "4"],
        "right": 1,
    }


def ids(rules: Rules, seed: int = 1, seen: dict[str, int] | None = None, **choice: Any) -> list[str]:
    planned = plan_contest(rules, BANK, [], data_of, seed, seen or {}, **choice)
    return [item.item["id"] for item in planned]


QUICK = Rules("n", "N", "", (QuestionPart(count=10),))


def test_one_seed_gives_one_plan() -> None:
    assert ids(QUICK, 5) == ids(QUICK, 5)
    assert ids(QUICK, 5) != ids(QUICK, 6)


def test_topics_levels_kinds_and_count_narrow_the_draw() -> None:
    by_id = {item.id: item for item in BANK}
    assert {by_id[name].topic for name in ids(QUICK, topics=("b",))} == {"b"}
    assert {by_id[name].level for name in ids(QUICK, levels=(3,))} == {3}
    only_kind = Rules("n", "N", "", (QuestionPart(count=10, kinds=("true-false",)),))
    assert {by_id[name].kind for name in ids(only_kind)} == {"true-false"}
    assert len(ids(QUICK, count=3)) == 3
    assert len(ids(QUICK, count=500)) == 60
    assert set(ids(QUICK, only=("q001", "q002", "gone"))) == {"q001", "q002"}


def test_a_tag_is_a_topic_across_files() -> None:
    bank = [entry(1, tags=("luat",)), entry(2)]
    planned = plan_contest(QUICK, bank, [], data_of, 1, {}, topics=("luat",))
    assert [item.item["id"] for item in planned] == ["q001"]


@given(st.integers(0, 10_000), st.sets(st.integers(0, 59), max_size=50))
def test_seen_questions_come_later(seed: int, seen: set[int]) -> None:
    order = {f"q{number:03}": number for number in seen}
    chosen = set(ids(QUICK, seed, order))
    unseen = {item.id for item in BANK} - set(order)
    assert len(chosen & unseen) == min(10, len(unseen))
    longest_ago = sorted(order.values())[: max(0, 10 - len(unseen))]
    assert {order[name] for name in chosen & set(order)} == set(longest_ago)


@given(st.integers(0, 10_000))
def test_neighbours_differ_in_topic_where_it_can_be_done(seed: int) -> None:
    topics = {item.id: item.topic for item in BANK[:6]}
    drawn = draw(BANK[:6], 6, seed, {}, "x")
    assert sorted(drawn) == sorted(topics)
    assert sum(topics[a] == topics[b] for a, b in itertools.pairwise(drawn)) <= 1


def test_no_item_twice_in_one_contest() -> None:
    rules = Rules("n", "N", "", (QuestionPart(count=30), QuestionPart(count=30), SituationPart()))
    names = ids(rules)
    assert len(names) == len(set(names)) == 60


@pytest.mark.parametrize(
    "last",
    [
        "Tất cả các ý trên",
        "Tất cả đều đúng",
        "Cả A và B",
        "Cả ba ý đều đúng",
        "Không có đáp án nào đúng",
        "Cả A, B và C",
    ],
)
def test_options_about_the_others_stay_last(last: str) -> None:
    item = {"id": "x", "kind": "choice", "options": [last, "Ý một", "Cả nước thi đua", "Ý ba"], "right": 1}
    for seed in range(30):
        assert presented_order(item, seed)[-1] == 0


@given(st.integers(), st.integers(2, 8))
def test_an_order_is_a_permutation_that_the_seed_fixes(seed: int, count: int) -> None:
    item = {"id": "x", "kind": "choice", "options": [f"ý {index}" for index in range(count)]}
    order = presented_order(item, seed)
    assert sorted(order) == list(range(count))
    assert order == presented_order(item, seed)


def test_the_right_option_is_everywhere_equally_often() -> None:
    item = {"id": "x", "kind": "choice", "options": ["a", "b", "c", "d"]}
    places = [presented_order(item, seed).index(0) for seed in range(2000)]
    assert all(420 < places.count(place) < 580 for place in range(4))


@pytest.mark.parametrize("options", [["Đúng", "Sai"], ["Sai", "Đúng"]])
def test_true_comes_before_false(options: list[str]) -> None:
    order = presented_order({"id": "x", "kind": "true-false", "options": options}, 3)
    assert [options[index] for index in order] == ["Đúng", "Sai"]
