"""Grading of chosen options."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.grading.options import grade_options


@pytest.mark.parametrize(
    ("chosen", "right", "total", "code", "share"),
    [
        ([0], 1, 4, "right", 1),
        ([2], 1, 4, "wrong", 0),
        ([], 1, 4, "empty", 0),
        ([0, 1], 2, 5, "right", 1),
        ([0], 2, 5, "partial", 0.5),
        ([0, 4], 2, 5, "wrong", 0),
        ([0, 1, 4], 2, 5, "partial", 0.5),
        ([0, 1, 3, 4], 2, 5, "wrong", 0),
        ([3, 4], 2, 5, "wrong", 0),
        ([0, 1, 2], 3, 6, "right", 1),
        ([0, 1, 5], 3, 6, "partial", 1 / 3),
    ],
)
def test_table(chosen: list[int], right: int, total: int, code: str, share: float) -> None:
    verdict = grade_options(chosen, right, total)
    assert verdict.code == code
    assert verdict.share == pytest.approx(share)


def test_without_partial_points_only_everything_counts() -> None:
    assert grade_options([0], 2, 4, partial=False).share == 0
    assert grade_options([0, 1], 2, 4, partial=False).share == 1


def test_an_option_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        grade_options([4], 1, 4)


@given(st.data())
def test_laws(data: st.DataObject) -> None:
    total = data.draw(st.integers(2, 8))
    right = data.draw(st.integers(1, total - 1))
    chosen = data.draw(st.sets(st.integers(0, total - 1)))
    verdict = grade_options(chosen, right, total)
    assert 0 <= verdict.share <= 1
    assert (verdict.share == 1) == (chosen == set(range(right)))
    for more in set(range(right, total)) - chosen:  # a wrong choice more never helps
        assert grade_options(chosen | {more}, right, total).share <= verdict.share
