"""How a score came about: the lines add up to what the engine counted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import SIDE, Clock, ListLog, plan, question, rules, situation
from trainer.contest.events import Planned
from trainer.contest.reckoning import item_reckoning, reckoning
from trainer.contest.rules import QuestionPart, SituationPart
from trainer.contest.session import Session


def opened(part: QuestionPart | SituationPart, planned: list[Planned]) -> Session:
    session = Session(ListLog(), Clock(), lambda: "2026-11-24T08:30:00+00:00")
    session.open("c1", 1, rules(part), [SIDE], planned)
    session.advance()
    return session


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


@given(st.lists(st.sets(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=4), st.integers(-10, 0))
def test_the_items_add_up_to_the_score(chosen: list[set[int]], wrong: int) -> None:
    part = QuestionPart(count=len(chosen), kinds=("multiple",), wrong=wrong, right=7)
    items = [Planned(0, question(at, kind="multiple", right=2), (0, 1, 2, 3)) for at in range(len(chosen))]
    session = opened(part, items)
    for picks in chosen:
        session.answer(SIDE.id, sorted(picks))
        session.advance()
    steps = reckoning(session.state, SIDE.id)
    heads = [step for step in steps if step.head]
    assert heads[-1].text == "Tổng điểm"
    assert number(heads[-1].points) == session.state.score(SIDE.id)
    assert len(heads) == len(chosen) + 1
    whole = sum(number(step.points) for step in heads[:-1])
    assert max(0, whole) == session.state.score(SIDE.id)
    assert (whole < 0) == any("không xuống dưới 0" in step.text for step in steps)


def test_a_verdict_that_was_overruled_shows_both() -> None:
    session = opened(QuestionPart(count=1, wrong=-2), [Planned(0, question(0), (0, 1, 2, 3))])
    session.answer(SIDE.id, [1])
    session.overrule(SIDE.id, 0, "nguồn khác ghi vậy")
    texts = [(step.text, step.points) for step in item_reckoning(session.state, SIDE.id, 0)]
    assert any(text.startswith("Sai") and points == "−2" for text, points in texts)
    assert ("Tính là đúng, vì “nguồn khác ghi vậy”", "10") in texts


@pytest.mark.parametrize("judges", [1, 5])
def test_a_situation_shows_every_sheet_and_the_mean(judges: int) -> None:
    part = SituationPart(points=50, judges=judges, drop_extremes=True, turns=False)
    session = opened(part, [Planned(0, situation(), ())])
    while session.state.phase != "mark":
        session.advance()
    for judge in [str(at) for at in range(judges)] if judges > 1 else [SIDE.id]:
        for criterion in (0, 1):
            session.mark(judge, SIDE.id, criterion, 0.5)
    session.advance()
    session.advance()
    steps = item_reckoning(session.state, SIDE.id, 0)
    said = " ".join(step.text for step in steps)
    assert number(steps[0].points) == 25
    assert steps[-1].points == "25"
    assert len(re.findall("Cộng phiếu", said)) == judges
    assert ("bỏ phiếu cao nhất và thấp nhất" in said) == (judges == 5)


def test_what_was_not_reached_has_no_reckoning() -> None:
    session = opened(QuestionPart(count=2), list(plan(question(0), question(1))))
    assert item_reckoning(session.state, SIDE.id, 1) == []
