"""The file of a prepared evening: written, read back, changed by hand, wrong in many ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contest.test_drill_rules import SHIPPED, data_for, stock
from tests.helpers import ROOT
from tests.strategies import hostile, vietnamese
from trainer.bank.bank import open_bank, shipped_bank
from trainer.contest.evening.assembling import assembled
from trainer.contest.evening.draft import (
    Chosen,
    Draft,
    chosen_of,
    next_item,
    note_of,
    proposed,
    tally,
    with_item,
    with_note,
)
from trainer.contest.evening.planning import Stock, level_counts, propose
from trainer.contest.evening.set_file import Evening, as_yaml, read, save, told
from trainer.contest.evening.teams import COLOURS, KEYS, SYMBOLS, Team, tidy, with_defaults, wrong_team
from trainer.contest.rule_files import load_rules
from trainer.errors import SetFileError

RULES = ("chuan", "boc-goi", "gio-bien", "rung-chuong", "ngoi-sao", "chi-tinh-huong")
STOCK = stock(500, 60)
DATA = data_for(STOCK)


def drafted(name: str, sides: int = 4, seed: int = 5, minutes: int | None = None) -> Draft:
    rules = load_rules(name, SHIPPED)
    proposal = propose(rules, sides, STOCK, DATA, seed, {}, minutes=minutes)
    return proposed(proposal, sides, STOCK, seed, minutes, ())


def evening(name: str = "boc-goi", **more: Any) -> Evening:
    draft = drafted(name)
    teams = with_defaults([Team("Sen", members=("An", "Bình")), Team("Tre"), Team("Mai"), Team("Lúa")])
    made = Evening(draft.title, name, None, (), draft.seed, teams, chosen_of(draft))
    return made._replace(**more)


def written(folder: Path, text: str) -> Path:
    path = folder / "toi-thi.yaml"
    path.write_text(text, "utf-8")
    return path


texts = st.one_of(vietnamese, hostile, st.text(max_size=40)).map(lambda text: tidy(text, 40))
names = texts.filter(lambda name: not wrong_team(Team(name)))
items = st.builds(
    Chosen,
    st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?(:cloze)?", fullmatch=True),
    st.integers(0, 98),
    st.sampled_from(["", "reserve", "audience"]),
    st.integers(-1, 998),
    st.integers(0, 10_000),
    st.integers(0, 3),
    texts,
)


@st.composite
def evenings(draw: Callable[..., Any]) -> Evening:
    called = draw(st.lists(names, min_size=2, max_size=10, unique_by=lambda name: tidy(name).casefold()))
    count = len(called)
    keys = draw(st.permutations(KEYS + "qx[;/"))[:count]
    teams = tuple(
        Team(name, colour, symbol, tuple(members), key)
        for name, colour, symbol, members, key in zip(
            called,
            draw(st.permutations(COLOURS))[:count],
            draw(st.permutations(SYMBOLS))[:count],
            draw(st.lists(st.lists(names, max_size=4), min_size=count, max_size=count)),
            keys,
            strict=True,
        )
    )
    return Evening(
        draw(texts),
        draw(names),
        draw(st.none() | st.integers(1, 1000)),
        tuple(draw(st.lists(names, max_size=3))),
        draw(st.integers(0, (1 << 31) - 1)),
        teams,
        tuple(draw(st.lists(items, min_size=1, max_size=6))),
    )


@given(evenings(), st.lists(st.one_of(hostile, vietnamese), max_size=6))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, made: Evening, prompts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "bo.yaml"
    save(path, as_yaml(made, prompts))
    found, _, problems = read(path)
    assert [str(problem) for problem in problems] == []
    assert found == made


@given(st.one_of(hostile, st.text(max_size=200), st.binary(max_size=200)))
def test_anything_in_a_file_is_told_and_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bat-ky.yaml"
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    for content in (raw, b"items: " + raw, b"teams:\n- " + raw + b"\nitems:\n- " + raw):
        path.write_bytes(content)
        found, _, problems = read(path)
        assert found is not None or problems
        assert all(problem.message and problem.file == str(path) for problem in problems)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("minutes", [None, 45])
def test_a_set_from_a_file_is_the_same_contest(name: str, minutes: int | None, tmp_path: Path) -> None:
    draft = drafted(name, minutes=minutes)
    made = evening(name, minutes=minutes, items=chosen_of(draft), seed=draft.seed)
    found, _, problems = read(written(tmp_path, as_yaml(made)))
    assert problems == []
    assert found is not None
    rules = load_rules(name, SHIPPED)
    again, misfits = assembled(rules, found.items, 4, found.seed, STOCK, DATA, minutes=found.minutes)
    assert misfits == []
    assert again.plan == draft.plan
    assert again.rules == draft.rules
    assert again.time == draft.time
    assert tally(again) == tally(draft)


def test_packages_have_the_same_levels() -> None:
    for minutes in (None, 30, 45, 60):
        draft = drafted("boc-goi", 6, minutes=minutes)
        counts = level_counts(draft.plan)
        for part in (0, 1):
            packages = [counts[key] for key in counts if key[0] == part]
            assert len(packages) == 8
            assert all(package == packages[0] for package in packages)


@pytest.mark.parametrize("kinds", ["cloze, misquote, choice, order", "recital"])
def test_forms_of_quotations_are_kept_by_name(kinds: str, tmp_path: Path) -> None:
    path = tmp_path / "loi.yaml"
    path.write_text(
        "title: Lời\nsummary: lời\ngroup: true\nparts:\n"
        f"- {{type: questions, draws: quotations, count: 8, kinds: [{kinds}], seconds: 15, feedback: each}}\n",
        "utf-8",
    )
    rules = load_rules("loi", {"loi": path})
    bank = open_bank([shipped_bank()])
    have = Stock(*(bank.entries(section) for section in ("question", "situation", "quotation")))
    draft = proposed(propose(rules, 3, have, bank.data, 5, {}), 3, have, 5, None, ())
    assert len({planned.item["id"] for planned in draft.plan}) >= 8
    again, misfits = assembled(rules, chosen_of(draft), 3, 5, have, bank.data)
    assert misfits == []
    assert again.plan == draft.plan
    item = next_item(draft, 0, have, bank.data, {})
    assert item is not None
    assert item["id"] not in {planned.item["id"] for planned in draft.plan}
    gone = (chosen_of(draft)[0]._replace(id="khong-co:cloze"), *chosen_of(draft)[1:])
    replaced, misfits = assembled(rules, gone, 3, 5, have, bank.data)
    assert [misfit.grave for misfit in misfits] == [False]
    assert ":" in replaced.plan[0].item["id"]


def change(pattern: str, by: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        found, count = re.subn(pattern, by, text, count=1)
        assert count
        return found

    return changed


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (change(r'key: "2"', 'key: "1"'), r":\d+:\d+: Hai đội “Sen” và “Tre” cùng một phím chuông 1"),
        (change(r'key: "2"', "key: u"), "các phím khác đã có việc riêng"),
        (change(r"  colour: đỏ", "  colour: nâu"), "“colour: nâu” không dùng được: chọn một trong đỏ"),
        (change(r'symbol: "●"', "symbol: ABC"), "Không có biểu tượng “ABC”"),
        (change(r'name: "Sen"', f"name: {'x' * 41}"), "dài quá 40 ký tự"),
        (change(r'name: "Tre"', "name: sen"), "hai đội cùng tên"),
        (change(r'- name: "Tre"(.|\n)*?\n\n', "\n"), "ít nhất 2 đội"),
        (change(r"teams:\n", "teams:\n" + "- name: Đội\n" * 27), "bạn đã ghi 31 đội"),
        (change(r"rules: .*\n", ""), "Thiếu mục “rules”"),
        (change(r"part: 1", "part: một"), "Mục “part” phải là số nguyên"),
        (change(r"format: 1", "format: 2"), "kiểu mới hơn"),
        (change(r"seed: \d+", "seed: 99999999999"), "Mục “seed” phải là số nguyên"),
        (change(r", role: dự phòng", ", role: phụ"), "“role: phụ” không dùng được"),
        (change(r"items:\n", "items: [\n"), r":36:1: Dấu ngoặc hoặc dấu phẩy thừa"),
        (lambda _text: "chỉ là chữ", "không phải tệp bộ câu hỏi"),
        (lambda _text: "", "không phải tệp bộ câu hỏi"),
        (lambda _text: "title: a\nparts: []\n", "không phải tệp bộ câu hỏi"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(
    edit: Callable[[str], str], sentence: str, tmp_path: Path
) -> None:
    path = written(tmp_path, edit(as_yaml(evening())))
    _, _, problems = read(path)
    assert any(problem.severity == "error" for problem in problems)
    assert re.search(sentence, told(problems))
    assert told(problems).startswith(str(path))
    assert "\n" not in told(problems)


def test_a_note_is_the_items_in_the_file_and_goes_with_it() -> None:
    draft = with_note(drafted("gio-bien"), 1, "đọc chậm")
    chosen = chosen_of(draft)
    assert [each.note for each in chosen[:3]] == ["", "đọc chậm", ""]
    again, misfits = assembled(draft.rules, chosen, 4, draft.seed, STOCK, DATA)
    assert not misfits
    assert again.plan == draft.plan
    assert note_of(again.plan[1].item) == "đọc chậm"
    swapped = next_item(again, 1, STOCK, DATA, {})
    assert swapped is not None
    assert chosen_of(with_item(again, 1, swapped))[1].note == ""  # it was about the other question
    assert chosen_of(with_note(again, 1, "")) == chosen_of(drafted("gio-bien"))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "khong-co.yaml", tmp_path):
        found, _, problems = read(path)
        assert found is None
        assert re.search("Không có tệp này|thư mục", told(problems))
    with pytest.raises(SetFileError, match="Không ghi được"):
        save(tmp_path / "khong-co" / "bo.yaml", "x")


def test_a_file_written_by_hand_needs_little(tmp_path: Path) -> None:
    text = """
rules: gio-bien
teams:
- name: Sen
- {name: Tre, key: Q, colour: XANH LA, members: An}
items:
- {id: q1, part: 1}
- {id: q2, part: 1, role: Dự phòng}
"""
    found, places, problems = read(written(tmp_path, text))
    assert problems == []
    assert found is not None
    assert found.teams == (Team("Sen", "red", "●", (), "1"), Team("Tre", "green", "■", ("An",), "q"))
    assert found.items == (Chosen("q1", 0), Chosen("q2", 0, "reserve"))
    assert places.items == ((7, 8), (8, 8))


# --- put together with rules and bank -------------------------------------------------------------


def misfits_of(name: str, chosen: tuple[Chosen, ...], sides: int = 4) -> tuple[Draft, dict[str, str]]:
    draft, misfits = assembled(load_rules(name, SHIPPED), chosen, sides, 5, STOCK, DATA)
    return draft, {misfit.code: misfit.message for misfit in misfits}


def test_an_unknown_item_is_replaced_by_one_of_its_level_and_said() -> None:
    chosen = chosen_of(drafted("boc-goi"))
    broken = (chosen[0]._replace(id="khong-co"), *chosen[1:])
    draft, said = misfits_of("boc-goi", broken)
    assert draft.lacking == ""
    assert draft.plan[0].item["level"] == chosen[0].level
    assert draft.plan[0].item["id"] not in {each.id for each in chosen}
    assert "khong-co" in said["unknown-item"]
    assert draft.plan[0].item["id"] not in said["unknown-item"]  # it is read before the room
    assert "cùng mức" in said["unknown-item"]
    assert draft.notes == (said["unknown-item"],)
    assert draft.plan[1:] == misfits_of("boc-goi", chosen)[0].plan[1:]


def test_a_situation_among_the_questions_is_replaced_too() -> None:
    chosen = chosen_of(drafted("chuan"))
    situation = next(each for each in chosen if each.part == 1)
    moved = (chosen[0]._replace(id=situation.id), *(each for each in chosen[1:] if each != situation))
    draft, said = misfits_of("chuan", moved)
    assert draft.plan[0].item["section"] == "question"
    assert "unknown-item" in said


@pytest.mark.parametrize(
    ("edit", "code", "sentence"),
    [
        (lambda all_: (*all_, all_[0]), "twin-item", "hai lần trong bộ"),
        (lambda all_: (*all_, Chosen("q499", 9)), "unknown-part", "không có phần 10"),
        (lambda all_: all_[1:], "too-few", "không đều: có gói 4 câu, có gói 5 câu"),
        (lambda all_: tuple(each for each in all_ if each.package < 3), "too-few", "cần 4 gói cho 4 đội"),
        (lambda all_: tuple(each for each in all_ if each.part != 1), "too-few", "Phần 2 cần 4 gói"),
        (lambda all_: tuple(each._replace(package=-1) for each in all_), "too-few", "chưa ghi gói"),
        (lambda _all: (), "too-few", "chỉ có 0"),
    ],
)
def test_a_set_that_cannot_be_played_is_told(
    edit: Callable[[tuple[Chosen, ...]], tuple[Chosen, ...]], code: str, sentence: str
) -> None:
    draft, said = misfits_of("boc-goi", edit(chosen_of(drafted("boc-goi"))))
    assert sentence in said[code]
    assert draft.lacking


def test_fewer_questions_by_hand_make_a_shorter_evening() -> None:
    chosen = chosen_of(drafted("gio-bien"))
    fewer = tuple(each for at, each in enumerate(chosen) if at >= 5)
    draft, said = misfits_of("gio-bien", fewer)
    assert said == {}
    assert draft.rules.parts[0].count == load_rules("gio-bien", SHIPPED).parts[0].count - 5


def test_values_that_the_rules_do_not_have_are_told() -> None:
    chosen = chosen_of(drafted("ngoi-sao"))
    _, said = misfits_of("ngoi-sao", (chosen[0]._replace(value=15), *chosen[1:]))
    assert "giá 15 điểm" in said["too-few"]


def test_swapping_goes_through_all_of_a_level_before_others() -> None:
    draft, tried = drafted("gio-bien"), set[str]()
    level = draft.plan[0].item["level"]
    same = sum(entry.level == level for entry in STOCK.questions) - sum(
        planned.item["level"] == level for planned in draft.plan
    )
    levels = []
    for _ in range(same + 3):
        tried.add(draft.plan[0].item["id"])
        item = next_item(draft, 0, STOCK, DATA, {}, tried)
        assert item is not None
        assert item["id"] not in tried
        levels.append(item["level"])
        draft = with_item(draft, 0, item)
    assert set(levels[:same]) == {level}
    assert level not in levels[same:]


def test_swapping_takes_what_nobody_saw_first() -> None:
    draft = drafted("gio-bien")
    level = draft.plan[0].item["level"]
    free = [
        entry.id
        for entry in STOCK.questions
        if entry.level == level and entry.id not in {planned.item["id"] for planned in draft.plan}
    ]
    item = next_item(draft, 0, STOCK, DATA, {name: 1 for name in free if name != free[-1]})
    assert item is not None
    assert item["id"] == free[-1]


def test_the_example_of_the_readme_is_read(tmp_path: Path) -> None:
    text = (ROOT / "questions" / "README.md").read_text("utf-8")
    example = next(block for block in text.split("```") if "\nteams:" in block)
    found, _, problems = read(written(tmp_path, example))
    assert problems == []
    assert found is not None
    assert found.teams[0] == Team("Tổ 1", "red", "●", ("An", "Bình", "Chi"), "1")
    bank = open_bank([shipped_bank()])
    assert all(item.id in bank for item in found.items)


def test_a_package_without_its_situation_is_told() -> None:
    draft = drafted("boc-goi")
    chosen = [
        each._replace(package=each.package + 10) if each.part == 1 and each.package >= 0 else each
        for each in chosen_of(draft)
    ]
    again, misfits = assembled(draft.rules, chosen, 4, draft.seed, STOCK, DATA)
    assert [misfit.code for misfit in misfits] == ["too-few"]
    assert "Gói 1 của phần 1 không có tình huống ở phần 2" in again.lacking
