"""What a contest says afterwards: weak topics, weak criteria, what was missed."""

from __future__ import annotations

import pytest

from tests.contest.hall import Hall, items, part, plain, rules, together
from tests.exchange.sheets import PRESETS, contest
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.weakness import Tally, criterion_rows, missed, topic_rows, weaknesses
from trainer.contest.engine import fold


def test_at_most_half_right_of_three_or_more_is_weak() -> None:
    assert [Tally(right, asked).is_weak for right, asked in ((0, 2), (1, 3), (2, 4), (2, 3), (0, 0))] == [
        *(False, True, True, False, False)
    ]


def test_a_side_is_told_where_it_is_weak_and_what_was_missed_most_comes_first() -> None:
    hall = together(3)
    hall.question(d1=True, d2=False, d3=False)
    hall.question(d1=True, d2=True, d3=False)
    hall.question(d1=True, d2=False, d3=True)
    (row,) = topic_rows(hall.state)
    assert (row.topic, row.whole) == ("t", Tally(5, 9))
    assert [weak.topics for weak in weaknesses(hall.state)] == [
        (),
        (("t", Tally(1, 3)),),
        (("t", Tally(1, 3)),),
    ]
    assert missed(hall.state, 9) == [(0, 2, 3), (1, 1, 3), (2, 1, 3)]
    assert missed(hall.state, 1) == [(0, 2, 3)]


def test_two_questions_say_too_little_but_what_was_wrong_is_named() -> None:
    hall = together(3)
    hall.question(d1=True, d2=False, d3=True).question(d1=True, d2=False, d3=True)
    first, second, _ = weaknesses(hall.state)
    assert (first.topics, first.told) == ((), False)
    assert (second.topics, second.told) == ((("t", Tally(0, 2)),), False)


def test_an_empty_answer_was_asked_and_a_skipped_question_was_not() -> None:
    hall = together(3)
    hall(c.Advance, dc.StartClock).judged(d1=True)(dc.CloseItem, dc.Reveal)
    hall.question(d1=False, d2=False, d3=False)(dc.Skip)
    (row,) = topic_rows(hall.state)
    assert dict(row.sides) == {"d1": Tally(1, 1), "d2": Tally(0, 1), "d3": Tally(0, 1)}
    assert missed(hall.state, 9) == [(0, 2, 3)]


def test_questions_for_the_audience_and_for_ties_are_left_out_of_the_topics() -> None:
    hall = Hall(rules(part(1)), items((0, "", -1, 0), (1, "", -1, 0)))
    hall.question(d1=True, d2=True, d3=False)(c.Advance)
    (row,) = topic_rows(hall.state)
    assert row.whole == Tally(2, 3)
    hall(dc.BreakTie, sides=("d1", "d2"))(dc.StartClock)(dc.Buzz, side="d1").judged(d1=False)
    assert topic_rows(hall.state) == [row]


def test_nothing_played_says_nothing() -> None:
    state = Hall(rules(part(3)), plain(3)).state
    assert (topic_rows(state), criterion_rows(state), missed(state, 9)) == ([], [], [])


@pytest.mark.parametrize("luck", range(3))
@pytest.mark.parametrize("preset", PRESETS)
def test_the_tallies_add_up(preset: str, luck: int) -> None:
    state = fold(contest(preset, luck))
    own: dict[str, list[bool]] = {}
    for (side, position), attempt in state.attempts.items():
        planned = state.plan[position]
        drill = state.drill
        assert drill is not None
        if (
            planned.item["section"] == "question"
            and planned.role != "audience"
            and position not in drill.ties
        ):
            own.setdefault(side, []).append(attempt.share >= 1)
    rows = topic_rows(state)
    for name in (each.id for each in state.sides):
        tallies = [row.sides[name] for row in rows if name in row.sides]
        assert sum(tally.asked for tally in tallies) == len(own.get(name, []))
        assert sum(tally.right for tally in tallies) == sum(own.get(name, []))
    found = missed(state, 1000)
    assert all(0 < each.wrong <= each.of for each in found)
    shares = [each.wrong / each.of for each in found]
    assert shares == sorted(shares, reverse=True)
    for criterion in criterion_rows(state):
        assert len(criterion.sides) > 1
        assert all(0 <= share <= 1 for share in (criterion.whole, *criterion.sides.values()))
