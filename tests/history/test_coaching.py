"""Situations over time: what one forgets, and what to do next."""

from __future__ import annotations

import pytest

from tests.helpers import plan, rules, session_with, situation
from trainer.bank.model import Situation, situation_from_data
from trainer.contest.rules import SituationPart
from trainer.history.coaching import (
    SituationRecord,
    by_criterion,
    by_group,
    family_of,
    marking_gaps,
    proposal,
    records_of,
)


def record(item: str, group: str, share: float, first: float | None = None) -> SituationRecord:
    return SituationRecord("c", 0, item, item, group, share, share if first is None else first, 0, "", ())


def sample(name: str, group: str) -> Situation:
    return situation_from_data(situation() | {"id": name, "group": group})


def test_a_contest_gives_both_marks_of_each_criterion() -> None:
    item = situation()
    item["rubric"][0]["title"] = "Căn cứ và thẩm quyền"
    session, _, _ = session_with(plan(item), rules(SituationPart()))
    for _ in range(3):
        session.advance()
    session.mark("p1", "p1", 0, 1.0)
    session.mark("p1", "p1", 1, 1.0)
    session.advance()
    session.mark("p1", "p1", 0, 0.5)
    session.advance()
    (found,) = records_of(session.state, "p1")
    assert found.share == pytest.approx(0.7)
    assert found.first == 1.0
    assert [(mark.first, mark.share) for mark in found.criteria] == [(1.0, 0.5), (1.0, 1.0)]
    assert by_criterion([found])[0] == ("căn cứ và thẩm quyền", 0.5, 1)
    assert marking_gaps([found]) == [pytest.approx(0.3)]
    assert records_of(session.state, "nobody") == []


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Nhận diện vấn đề, nguyên nhân và các bên", "nhan-dien"),
        ("Căn cứ và thẩm quyền", "can-cu"),
        ("Phương án và trình tự", "phuong-an"),
        ("Nghệ thuật vận động", "van-dong"),
        ("Phối hợp, theo dõi, phòng tái diễn", "phoi-hop"),
        ("Trình bày và đúng giờ", "trinh-bay"),
        ("An toàn trước hết", "khac"),
    ],
)
def test_criteria_of_different_situations_are_brought_together(title: str, key: str) -> None:
    assert family_of(title)[0] == key


def test_the_next_situation_is_where_one_is_weakest_and_not_yet_done() -> None:
    situations = [sample("a1", "A"), sample("a2", "A"), sample("b1", "B"), sample("c1", "C")]
    records = [record("a1", "A", 0.3), record("b1", "B", 0.9)]
    assert [tally.name for tally in by_group(records)] == ["A", "B"]
    assert proposal(records, situations) == ("a2", "nhóm “A” bạn mới đạt 30 %")
    assert proposal([record("a1", "A", 0.8)], situations) == ("b1", "nhóm “B” bạn chưa gặp")
    done = [record("a2", "A", 0.1), record("a1", "A", 0.1)]
    assert proposal(done, situations[:2]) == ("a2", "nhóm “A” bạn mới đạt 10 %")
    assert proposal([], []) is None
