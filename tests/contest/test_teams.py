"""The teams of an evening: read from a list, given what is missing, refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import anything, hostile, vietnamese
from trainer.contest.evening.teams import (
    COLOUR_NAMES,
    COLOURS,
    KEYS,
    MORE_KEYS,
    SYMBOLS,
    Team,
    as_line,
    by_lot,
    check_teams,
    read_list,
    remembering,
    tidy,
    with_defaults,
)
from trainer.errors import UsageError

NAMES = ("Sen", "Tre", "Sao Mai", "Phù Sa")


def teams(*names: str) -> tuple[Team, ...]:
    return with_defaults([Team(name) for name in names])


def refused(found: Sequence[Team]) -> str:
    try:
        check_teams(found)
    except UsageError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sen, Tre", [("Sen", ()), ("Tre", ())]),
        ("Tổ 1: An, Bình, Chi\nTổ 2: Dũng", [("Tổ 1", ("An", "Bình", "Chi")), ("Tổ 2", ("Dũng",))]),
        ("Tổ 1: An, Bình; Tổ 2", [("Tổ 1", ("An", "Bình")), ("Tổ 2", ())]),
        ("1. Sen\r\n2) Tre\n- Sao Mai\n\n", [("Sen", ()), ("Tre", ()), ("Sao Mai", ())]),
        ("Sen: ,, \n ;", [("Sen", ())]),
        ("12 Bà Trưng, 3 Tháng 2", [("12 Bà Trưng", ()), ("3 Tháng 2", ())]),
        ("", []),
    ],
)
def test_a_list_is_read(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(team.name, team.members) for team in read_list(text)] == found


@given(st.one_of(anything, hostile, vietnamese))
def test_any_list_is_read_and_told_in_a_sentence(text: str) -> None:
    found = read_list(text)
    assert all(team.name == tidy(team.name) for team in found)
    given_all = with_defaults(found)
    assert [team.name for team in given_all] == [team.name for team in found]
    if not refused(given_all):
        again = read_list("\n".join(as_line(team) for team in given_all))
        assert [(team.name, team.members) for team in again] == [
            (team.name, team.members) for team in given_all
        ]


def test_every_team_has_its_own_colour_sign_and_key() -> None:
    ten = teams(*(f"Đội {number}" for number in range(10)))
    check_teams(ten)
    assert "".join(team.key for team in ten) == KEYS
    assert "".join(team.symbol for team in ten) == SYMBOLS
    assert tuple(team.colour for team in ten) == COLOURS == tuple(COLOUR_NAMES)
    kept = with_defaults([Team("Sen", key="3", symbol="▲", colour="green"), Team("Tre"), Team("Mai")])
    assert [team.key for team in kept] == ["3", "2", "1"]
    assert len({team.symbol for team in kept}) == len({team.colour for team in kept}) == 3


def test_what_is_known_of_a_team_comes_back_with_its_name() -> None:
    known = [Team("sen", "pink", "♥", ("An",), "q"), *teams("Tre")]
    found = remembering(read_list("Tre, Sen, Mai"), known)
    assert [(team.name, team.key, team.members) for team in found] == [
        ("Tre", "1", ()),
        ("Sen", "q", ("An",)),
        ("Mai", "3", ()),
    ]
    assert found[1].colour == "pink"
    reordered = remembering(read_list("Tre, Sen"), teams("Sen", "Tre"))
    assert [team.key for team in reordered] == ["1", "2"]  # keys that count the places count them again


def test_a_lot_can_be_drawn_again_and_keys_follow_the_places() -> None:
    before = teams(*NAMES)
    after = by_lot(before, 7)
    assert after == by_lot(before, 7)
    assert after != before
    assert sorted(team.name for team in after) == sorted(NAMES)
    assert [team.key for team in after] == ["1", "2", "3", "4"]
    own = (before[0]._replace(key="q"), *before[1:])
    assert {team.name: team.key for team in by_lot(own, 7)} == {team.name: team.key for team in own}
    assert len({by_lot(before, seed) for seed in range(200)}) == 24


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([Team("Sen")], "ít nhất 2 đội"),
        ([Team(f"Đội {number}") for number in range(30)], "bạn đã ghi 30 đội"),
        ([Team("Sen", key="1"), Team("Tre", key="1")], "“Sen” và “Tre” cùng một phím chuông 1"),
        ([Team("Sen"), Team("SEN")], "hai đội cùng tên"),
        ([Team("Sen"), Team("Tre", key="u")], "các phím khác đã có việc riêng"),
        ([Team("Sen"), Team("x" * 41)], "dài quá 40"),
        ([Team("Sen"), Team("Tre", members=("x" * 41,))], "“Tre” dài quá 40"),
        ([Team("Sen"), Team("A, B")], "dấu phẩy"),
        ([Team("Sen"), Team("")], "chưa có tên"),
    ],
)
def test_teams_that_cannot_play_are_refused(wrong: list[Team], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        check_teams(wrong)


def test_a_buzzer_key_does_nothing_else_in_a_contest() -> None:
    from trainer.tui.drill.screen import DrillScreen
    from trainer.tui.widgets.answering import LETTERS

    names = {"left_square_bracket": "[", "right_square_bracket": "]", "semicolon": ";", "comma": ","}
    names |= {"full_stop": ".", "slash": "/"}
    bound = {
        names.get(key, key).casefold()
        for binding in DrillScreen.BINDINGS
        if not isinstance(binding, tuple)
        for key in binding.key.split(",")
    }
    assert {"u", "r", "space"} <= bound
    assert not bound & {*MORE_KEYS}
    assert not {*(LETTERS[:8] + "đds").casefold()} & {*MORE_KEYS}
