"""Names cut to what fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import hostile, vietnamese
from trainer.text import told_apart


@pytest.mark.parametrize(
    ("names", "limit", "cut"),
    [
        (["Hoa Sen", "Tre Xanh"], 8, ["Hoa Sen", "Tre Xanh"]),
        (["Tổ dân phố số 7", "Tổ dân phố số 8"], 12, ["Tổ dân…số 7", "Tổ dân…số 8"]),
        (["Tổ dân phố số 1", "Tổ dân phố số 10"], 12, ["Tổ dân…số 1", "Tổ dân…số 10"]),
        (["Tổ dân phố số 7", "Mễ Trì"], 12, ["Tổ dân…số 7", "Mễ Trì"]),
        (["Chi hội Phụ nữ", "Mễ Trì"], 10, ["Chi hội P…", "Mễ Trì"]),
        (["Một", "Một"], 3, ["Một", "Một"]),
        (["Liênhiệpthanhniên1", "Liênhiệpthanhniên2"], 10, ["Liên…niên1", "Liên…niên2"]),
    ],
    ids=["they fit", "numbers", "a longer number", "a number alone", "only one is cut", "twins", "one word"],
)
def test_names_that_only_end_differently_stay_different(names: list[str], limit: int, cut: list[str]) -> None:
    assert told_apart(names, limit) == cut


@given(st.lists(st.one_of(vietnamese, hostile, st.text(max_size=40)), max_size=6), st.integers(4, 30))
def test_every_name_fits(names: list[str], limit: int) -> None:
    found = told_apart(names, limit)
    assert len(found) == len(names)
    assert all(len(name) <= limit for name in found)
