"""The six presets, dry runs, rules in words, plans for an evening."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import question, situation
from trainer.bank.bank import open_bank, shipped_bank
from trainer.bank.model import Entry
from trainer.contest.drill.ranking import open_ties
from trainer.contest.engine import evolve, fold
from trainer.contest.evening.dry_run import dry_run, minutes, report
from trainer.contest.evening.planning import (
    Stock,
    alternatives,
    level_counts,
    needed,
    plan_group,
    propose,
    shortages,
    slots,
    swapped,
)
from trainer.contest.evening.rehearsal import Cast, made_up_plan, opened, play, teams
from trainer.contest.evening.timing import duration, fitted, whole_minutes, with_counts
from trainer.contest.explain import explain
from trainer.contest.rule_files import load_rules, read_rules, rule_files, usable_rules
from trainer.contest.rules import (
    PartPrize,
    Play,
    QuestionPart,
    Rules,
    SituationPart,
    for_group,
    rules_from_data,
    rules_to_data,
)
from trainer.contest.scoring import max_score
from trainer.contest.state import State

SHIPPED = rule_files([shipped_bank() / "rules"])
PRESETS = ("chuan", "boc-goi", "gio-bien", "rung-chuong", "ngoi-sao", "chi-tinh-huong")


def stock(
    questions: int = 200, situations: int = 60, kinds: tuple[str, ...] = ("choice", "true-false")
) -> Stock:
    return Stock(
        [
            Entry(f"q{n}", "question", kinds[n % len(kinds)], f"t{n % 5}", n % 3 + 1, (), False)
            for n in range(questions)
        ],
        [Entry(f"s{n}", "situation", "situation", "t", n % 3 + 1, (), False) for n in range(situations)],
    )


def data_for(the_stock: Stock) -> Callable[[str], dict[str, Any]]:
    level = {entry.id: entry.level for entry in (*the_stock.questions, *the_stock.situations)}

    def data(name: str) -> dict[str, Any]:
        made = situation(int(name[1:])) if name[0] == "s" else question(int(name[1:]))
        return made | {"level": level[name]}

    return data


# --- the presets --------------------------------------------------------------------------------


def test_the_presets_are_as_in_the_facts() -> None:
    parts = {name: load_rules(name, SHIPPED).parts for name in PRESETS}
    numbers = {
        name: [
            (part.count, part.seconds, part.right, part.wrong)
            if isinstance(part, QuestionPart)
            else (part.count, part.think_s, part.speak_s, part.points, part.overtime)
            for part in of
        ]
        for name, of in parts.items()
    }
    assert numbers == {
        "chuan": [(10, 15, 10, 0), (1, 60, 180, 100, -1)],
        "boc-goi": [(5, 10, 10, 0), (1, 60, 180, 50, -1)],
        "gio-bien": [(20, 10, 5, 0)],
        "rung-chuong": [(20, 15, 10, 0)],
        "ngoi-sao": [(3, 0, 10, 0)],
        "chi-tinh-huong": [(1, 60, 180, 100, -1)],
    }
    star, bell = parts["ngoi-sao"][0], parts["rung-chuong"][0]
    assert isinstance(star, QuestionPart)
    assert isinstance(bell, QuestionPart)
    assert (star.play.values, star.play.value_seconds) == ((10, 20, 30), (10, 15, 20))
    assert (star.play.steal_s, star.play.answer_s, star.play.steal_loss, star.play.star) == (5, 3, 50, True)
    assert (bell.play.rescue_from, bell.play.rescue_left, bell.play.lifelines, bell.play.extra) == (
        10,
        20,
        1,
        3,
    )
    assert bell.play.later_seconds == ((11, 30),)


def test_only_rules_for_several_sides_are_kept_from_a_player_alone() -> None:
    found = usable_rules(SHIPPED, None)
    assert {name for name, rules in found.items() if rules.group} == {*PRESETS} - {"chuan"}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_shipped_rule_survives_the_record_and_passes_its_check(name: str) -> None:
    rules = load_rules(name, SHIPPED)
    for each in (rules, for_group(rules)):
        assert rules_from_data(json.loads(json.dumps(rules_to_data(each)))) == each
    bank = open_bank([shipped_bank()])
    have = Stock(*(list(bank.entries(section)) for section in ("question", "situation", "quotation")))
    result = dry_run(rules, 10, have)
    assert result.problems == ()
    assert result.highest > result.lowest == 0
    assert result.time.least_s <= result.time.usual_s <= result.time.most_s
    lines = [*report(result), *explain(rules)]
    assert lines[0].startswith("Chạy thử với")
    for line in lines:
        assert not any(word in line for word in ("None", "True", "False", "{", "()", "sudden", "judges"))


@pytest.mark.parametrize(
    ("name", "highest"),
    [
        ("chuan", 200),
        ("boc-goi", 100),
        ("gio-bien", 100),
        ("rung-chuong", 200),
        ("ngoi-sao", 3 * 30 + 30 + 3 * 30),  # against one other: its three questions are stolen
        ("chi-tinh-huong", 100),
    ],
)
def test_the_highest_score_is_found_by_playing(name: str, highest: int) -> None:
    assert dry_run(load_rules(name, SHIPPED), 2).highest == highest


def test_the_most_of_ones_own_is_the_score_out_of_which_history_counts() -> None:
    best = {}
    for name in PRESETS:
        rules = for_group(load_rules(name, SHIPPED))
        best[name] = max_score(evolve(State(), opened(rules, teams(4), made_up_plan(rules, 4))))
    assert best == {
        "chuan": 200,
        "boc-goi": 100,
        "gio-bien": 100,
        "rung-chuong": 200,
        "ngoi-sao": 120 + 3 * 90,
        "chi-tinh-huong": 100,
    }


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("count", [1, 2, 30])
def test_one_side_two_and_thirty_come_to_an_end(name: str, count: int) -> None:
    rules = for_group(load_rules(name, SHIPPED))
    first = opened(rules, teams(count), made_up_plan(rules, count))
    cast = Cast(
        lambda side, position: (int(side[1:]) + position) % 4 > 0,
        lambda side, _position: 0.5 + 0.25 * (int(side[1:]) % 3),
        presses=lambda side, _position: side == "d2",
    )
    state, events = play(evolve(State(), first), cast)
    assert state.status == "finished"
    assert open_ties(state) == []
    assert fold([first, *events]) == state


# --- what a check finds -------------------------------------------------------------------------


def checked(part: QuestionPart | SituationPart, **more: Any) -> tuple[str, ...]:
    return dry_run(Rules("x", "X", "", (part,), **more), 3).problems


@pytest.mark.parametrize(
    ("rules", "word"),
    [
        (Rules("x", "X", "", (QuestionPart(3, seconds=9),), ties=("sudden-death",)), "giám khảo"),
        (Rules("x", "X", "", (QuestionPart(3, seconds=9, right=0),)), "được điểm"),
        (
            Rules("x", "X", "", (QuestionPart(3, seconds=9, play=Play(eliminate=True, rescue_from=9)),)),
            "câu 9",
        ),
        (Rules("x", "X", "", (QuestionPart(3, seconds=9, play=Play(lifelines=1)),)), "eliminate"),
    ],
)
def test_rules_that_cannot_work_are_told(rules: Rules, word: str) -> None:
    assert any(word in problem for problem in dry_run(rules, 3).problems)


def test_a_bank_too_small_is_told_with_its_numbers() -> None:
    rules = load_rules("boc-goi", SHIPPED)
    problems = dry_run(rules, 6, stock(30, 5)).problems
    assert any("cần 40" in problem and "chỉ có 30" in problem for problem in problems)
    assert any("8 tình huống" in problem and "chỉ có 5" in problem for problem in problems)
    assert dry_run(rules, 6, stock(45, 8)).problems == ()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(10, "dưới 1 phút"), (300, "5 phút"), (3600, "1 giờ"), (5000, "1 giờ 23 phút")],
)
def test_lengths_in_words(seconds: int, words: str) -> None:
    assert minutes(seconds) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ties: [coin]", "bad-kind"),
        ("prizes: [Nhất]", "wrong-type"),
        ("prizes: {Nhất: x}", "wrong-number"),
        ("part_prizes: {Hay nhất: greeting}", "bad-kind"),
        ("judges: 10", "wrong-number"),
        ("tie_break: 5", "wrong-type"),
        ("parts:\n- {type: questions, count: 3, mode: alone}", "bad-kind"),
        ("parts:\n- {type: questions, count: 3, star: true}", "bad-kind"),
        ("parts:\n- {type: questions, count: 3, mode: turns, eliminate: true}", "bad-kind"),
        ("parts:\n- {type: questions, count: 3, mode: turns, values: [0]}", "wrong-number"),
        (
            "parts:\n- {type: questions, count: 3, mode: turns, values: [5], value_seconds: [1, 2]}",
            "wrong-number",
        ),
        ("parts:\n- {type: questions, count: 3, later_seconds: [11]}", "wrong-type"),
        ("parts:\n- {type: questions, count: 3, later_seconds: {x: 11}}", "wrong-type"),
    ],
)
def test_a_broken_key_for_several_sides_says_where(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "rieng.yaml"
    parts = "" if "parts:\n" in text else "parts:\n- {type: questions, count: 3}\n"
    path.write_text(f"title: A\n{text}\n{parts}", encoding="utf-8")
    rules, problems = read_rules(path)
    assert rules is None
    assert code in [problem.code for problem in problems]


def test_own_rules_say_all_that_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "rieng.yaml").write_text(
        "title: Riêng\ngroup: có\nties: [right, lot]\nprizes: {Vàng: 1, Đồng: 0}\n"
        "part_prizes: {Hay nhất: questions}\ntie_break: {count: 2, seconds: 9}\n"
        "parts:\n- {type: questions, count: 3, mode: buzzers, seconds: 9, wrong: -5}\n",
        encoding="utf-8",
    )
    rules = load_rules("rieng", rule_files([tmp_path]))
    assert (rules.group, rules.ties, rules.prizes) == (True, ("right", "lot"), (("Vàng", 1), ("Đồng", 0)))
    assert rules.part_prizes == (PartPrize("Hay nhất", "questions"),)
    assert for_group(rules).parts == rules.parts  # no sudden death among the ties
    ready = for_group(rules._replace(ties=("sudden-death", "lot")))
    tie = ready.parts[-1]
    assert isinstance(tie, QuestionPart)
    assert (tie.count, tie.seconds, tie.right, tie.play.mode, tie.play.tie) == (2, 9, 0, "buzzers", True)
    assert for_group(ready) == ready
    assert rules_from_data(json.loads(json.dumps(rules_to_data(rules)))) == rules


# --- plans --------------------------------------------------------------------------------------


def test_packages_are_of_like_level() -> None:
    rules = for_group(load_rules("boc-goi", SHIPPED))
    have = stock()
    plan = plan_group(rules, 6, have, data_for(have), 5, {})
    tallies = [tally for (part, _), tally in level_counts(plan).items() if part == 0]
    assert len(tallies) == 8
    for level in ("nhận biết", "thông hiểu", "vận dụng"):
        counts = [tally.get(level, 0) for tally in tallies]
        assert max(counts) - min(counts) <= 1
    names = [planned.item["id"] for planned in plan]
    assert len(set(names)) == len(names) == len(slots(rules, 6))


def test_dearer_questions_are_harder() -> None:
    rules = for_group(load_rules("ngoi-sao", SHIPPED))
    have = stock(300)
    plan = plan_group(rules, 6, have, data_for(have), 5, {})
    level: dict[int, float] = {}
    for value in (10, 20, 30):
        levels = [planned.item["level"] for planned in plan if planned.value == value and not planned.role]
        assert len(levels) >= 18
        level[value] = sum(levels) / len(levels)
    assert level[10] < level[20] < level[30]


def test_what_was_seen_lately_comes_last() -> None:
    rules = for_group(load_rules("chuan", SHIPPED))
    have = stock(40)
    seen = {f"q{n}": n for n in range(20)}
    plan = plan_group(rules, 4, have, data_for(have), 5, seen)
    assert not {planned.item["id"] for planned in plan} & set(seen)
    everything = {f"q{n}": n for n in range(40)}
    again = plan_group(rules, 4, have, data_for(have), 5, everything)
    assert all(everything[planned.item["id"]] < 30 for planned in again if planned.part == 0)


def test_a_short_bank_gives_whole_packages_only_and_spare_items_last() -> None:
    rules = for_group(load_rules("boc-goi", SHIPPED))
    have = stock(33, 9)
    plan = plan_group(rules, 5, have, data_for(have), 5, {})
    sizes = Counter(planned.package for planned in plan if planned.part == 0 and planned.role == "")
    assert set(sizes.values()) == {5}
    assert len(sizes) == 6
    assert [shortage.part for shortage in shortages(rules, 5, have)] == [0, 2]
    assert needed(rules, 5) == {0: 35, 1: 7, 2: 5}


def test_an_evening_of_forty_five_minutes_for_six_sides() -> None:
    have = stock(400)
    for name in ("gio-bien", "boc-goi", "rung-chuong"):
        proposal = propose(
            load_rules(name, SHIPPED), 6, have, data_for(have), 5, {}, minutes=45, topics=("t1",)
        )
        if name != "boc-goi":
            assert proposal.notes == ()
            assert 35 * 60 < proposal.time.usual_s <= 45 * 60
        assert {planned.item["topic"] for planned in proposal.plan} == {"t"}
    proposal = propose(
        load_rules("chi-tinh-huong", SHIPPED), 20, stock(50, 12), data_for(stock()), 5, {}, minutes=45
    )
    assert len(proposal.notes) == 2
    assert "chỉ còn 12" in proposal.notes[0]
    assert "nhiều hơn 45 phút" in proposal.notes[1]


@pytest.mark.parametrize("sides", [2, 5, 6, 9])
def test_all_sentences_name_the_same_minutes(sides: int) -> None:
    have = stock(400, 60)
    for wished in range(5, 60, 3):
        proposal = propose(load_rules("chuan", SHIPPED), sides, have, data_for(have), 5, {}, minutes=wished)
        told = whole_minutes(proposal.time.usual_s)
        if told > wished:
            assert proposal.notes[-1].startswith(f"Ít nhất cũng cần khoảng {told} phút, nhiều hơn {wished} ")
        else:
            assert proposal.notes == ()


def test_fitted_rules_say_their_own_numbers() -> None:
    rules = load_rules("chuan", SHIPPED)
    assert with_counts(rules, {0: 10}).summary == rules.summary
    assert with_counts(rules, {0: 9}).summary == "9 câu, mỗi câu 15 giây; rồi 1 tình huống mỗi đội"
    assert "10 câu" not in " ".join(explain(fitted(for_group(rules), 4, 25)))


def test_a_bank_too_small_for_the_minutes_makes_the_evening_shorter_and_says_so() -> None:
    have = stock(80)
    proposal = propose(load_rules("boc-goi", SHIPPED), 6, have, data_for(have), 5, {}, minutes=90)
    assert shortages(proposal.rules, 6, have) == []
    assert 40 * 60 < proposal.time.usual_s < 80 * 60
    minutes = round(proposal.time.usual_s / 60)
    assert proposal.notes == (f"Ngân hàng chỉ đủ câu cho khoảng {minutes} phút.",)
    enough = stock(400)
    assert propose(load_rules("boc-goi", SHIPPED), 6, enough, data_for(enough), 5, {}, minutes=60).notes == ()


@pytest.mark.parametrize(
    ("values", "levels"),
    [((10, 20, 30), [1, 2, 3]), ((10, 20), [1, 3]), ((20,), [2]), ((5, 10, 15, 20), [1, 2, 2, 3])],
)
def test_questions_of_one_price_are_of_one_level(values: tuple[int, ...], levels: list[int]) -> None:
    rules = load_rules("ngoi-sao", SHIPPED)
    (part,) = rules.parts
    assert isinstance(part, QuestionPart)
    play = dataclasses.replace(part.play, values=values, value_seconds=(), reserve=2)
    rules = rules._replace(parts=(dataclasses.replace(part, play=play, count=2),))
    have = stock(400)
    proposal = propose(rules, 4, have, data_for(have), 5, {})
    of = {
        value: {each.item["level"] for each in proposal.plan if each.part == 0 and each.value == value}
        for value in values
    }
    assert of == {value: {level} for value, level in zip(values, levels, strict=True)}


def test_a_shortage_is_shared_by_the_values_and_costs_spare_questions_first() -> None:
    rules = load_rules("ngoi-sao", SHIPPED)
    for count, least in ((20, 6), (40, 12)):
        have = stock(count)
        plan = propose(rules, 4, have, data_for(have), 5, {}).plan
        main = [
            sum(each.part == 0 and each.value == value and not each.role for each in plan)
            for value in (10, 20, 30)
        ]
        assert max(main) - min(main) <= 1
        assert min(main) >= least - 1, main
        spare = [
            sum(each.value == value and each.role == "reserve" for each in plan) for value in (10, 20, 30)
        ]
        assert max(spare) - min(spare) <= 1


def test_rules_whose_numbers_are_the_game_say_that_minutes_do_not_change_them() -> None:
    have = stock(400)
    proposal = propose(load_rules("ngoi-sao", SHIPPED), 4, have, data_for(have), 5, {}, minutes=90)
    assert proposal.rules == for_group(load_rules("ngoi-sao", SHIPPED))
    (note,) = proposal.notes
    assert note.startswith("Luật này giữ nguyên số câu nên chỉ cần khoảng ")
    assert note.endswith(" phút, không kéo ra 90 phút.")


def test_rules_are_fitted_by_their_number_of_questions() -> None:
    rules = load_rules("rung-chuong", SHIPPED)
    short, long = fitted(rules, 10, 12), fitted(rules, 10, 30)
    assert short.parts[0].count < rules.parts[0].count < long.parts[0].count
    assert duration(short, 10).usual_s <= 12 * 60
    part = short.parts[0]
    assert isinstance(part, QuestionPart)
    assert part.play.later_seconds[0][0] <= part.count


def test_single_items_are_swapped() -> None:
    rules = for_group(load_rules("gio-bien", SHIPPED))
    have = stock(60)
    data = data_for(have)
    plan = plan_group(rules, 4, have, data, 5, {})
    others = alternatives(rules, plan, 0, have)
    assert others[0].level == plan[0].item["level"]
    changed = swapped(plan, 0, data(others[0].id), 5)
    assert changed[0].item["id"] == others[0].id
    assert changed[1:] == plan[1:]
    with pytest.raises(ValueError, match=plan[1].item["id"]):
        swapped(plan, 0, plan[1].item, 5)


@pytest.mark.parametrize("questions", [23, 24, 30, 45])
def test_what_a_part_has_to_spare_does_not_starve_a_later_one(questions: int) -> None:
    rules = for_group(load_rules("ngoi-sao", SHIPPED))
    the_stock = stock(questions)
    assert not shortages(rules, 6, the_stock)
    plan = plan_group(rules, 6, the_stock, data_for(the_stock), 7, {})
    least = needed(rules, 6)
    assert {part: sum(each.part == part for each in plan) >= wanted for part, wanted in least.items()} == (
        dict.fromkeys(least, True)
    )
    names = [planned.item["id"] for planned in plan]
    assert len(set(names)) == len(names)
    told = " ".join(propose(rules, 6, the_stock, data_for(the_stock), 7, {}).notes)
    assert ("không còn câu dự phòng" in told) is not any(each.role == "reserve" for each in plan)


def test_the_shipped_bank_fills_every_preset_for_ten_sides() -> None:
    bank = open_bank([shipped_bank()])
    have = Stock(*(list(bank.entries(section)) for section in ("question", "situation", "quotation")))
    seen: Mapping[str, int] = {}
    for name in PRESETS:
        rules = for_group(load_rules(name, SHIPPED))
        plan = plan_group(rules, 10, have, bank.data, 3, seen)
        names = [planned.item["id"] for planned in plan]
        assert len(set(names)) == len(names)
        assert len(plan) >= sum(needed(rules, 10).values())
        first = opened(rules, teams(10), plan)
        cast = Cast(lambda side, position: (int(side[1:]) + position) % 3 > 0, lambda _side, _position: 0.75)
        assert play(evolve(State(), first), cast)[0].status == "finished"


def test_a_part_of_quotations_is_played_by_several_sides_too() -> None:
    bank = open_bank([shipped_bank()])
    have = Stock(*(list(bank.entries(section)) for section in ("question", "situation", "quotation")))
    rules = for_group(load_rules("loi-bac", SHIPPED))
    part = rules.parts[0]
    assert isinstance(part, QuestionPart)
    rules = rules._replace(parts=(dataclasses.replace(part, count=4), *rules.parts[1:]))
    plan = plan_group(rules, 3, have, bank.data, 3, {})
    assert [planned.role for planned in plan if planned.part == 0] == ["", "", "", "", "reserve", "reserve"]
