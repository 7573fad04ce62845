"""Who is weak in what, as lines: never too wide, whatever the names are."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.contest.hall import Hall, part, plain, rules, together
from tests.exchange.sheets import contest
from tests.strategies import hostile, vietnamese
from trainer.contest.drill.weakness import topic_rows
from trainer.contest.engine import fold
from trainer.contest.events import Side
from trainer.contest.state import State
from trainer.exchange.weak_table import NOTHING, weak_lines

SIGNS = "●■▲◆★✚▼♥♣♦"


def test_each_team_is_told_and_the_table_has_its_counts() -> None:
    hall = together(3)
    for _ in range(3):
        hall.question(d1=True, d2=False, d3=True)
    lines = weak_lines(hall.state, {"t": "Dân chủ ở cơ sở"}, 76)
    text = "\n".join(lines)
    assert "đúng quá nửa ở mọi chủ đề đủ câu" in text
    assert "Dân chủ ở cơ sở !0/3" in text
    row = next(line for line in lines if line.startswith("Dân chủ ở cơ sở"))
    assert row.split()[-4:] == ["6/9", "3/3", "!0/3", "3/3"]


def test_too_few_questions_are_not_held_against_anybody() -> None:
    hall = together(3).question(d1=False, d2=False, d3=True)
    text = "\n".join(weak_lines(hall.state, {}, 76))
    assert "Chưa đội nào được hỏi đủ 3 câu" in text
    assert "0/1?" in text
    assert "!" not in text.replace("!: không", "")


def test_nothing_played_is_one_sentence() -> None:
    assert weak_lines(Hall(rules(part(3)), plain(3)).state, {}, 76) == [NOTHING]


@cache
def played(preset: str) -> State:
    return fold(contest(preset, 1, tuple(Side(f"d{number}", f"Đội {number}") for number in range(10))))


@given(
    st.lists(st.one_of(vietnamese, hostile), min_size=10, max_size=10),
    st.one_of(vietnamese, hostile),
    st.sampled_from([60, 72, 76, 120]),
    st.sampled_from(["chuan", "ngoi-sao"]),
)
def test_no_line_is_too_wide(names: list[str], title: str, width: int, preset: str) -> None:
    sides = tuple(
        Side(f"d{number}", name, "red", SIGNS[number], (), str((number + 1) % 10))
        for number, name in enumerate(names)
    )
    state = played(preset)
    topics = {row.topic for row in topic_rows(state)}
    for line in weak_lines(state._replace(sides=sides), dict.fromkeys(topics, title), width):
        assert len(line) <= width, line
        assert "\n" not in line
        assert "\x1b" not in line
