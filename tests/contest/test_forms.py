"""Question forms made from quotations, and the recital ladder."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.bank import open_bank
from trainer.contest.forms import (
    FORM_KINDS,
    RECITAL_STEPS,
    faded,
    make_form,
    possible_forms,
    quotation_of,
    recital,
)
from trainer.contest.judging import judge
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.selection import plan_contest

Data = dict[str, Any]


def quote(number: int = 1, **changes: Any) -> Data:
    return {
        "section": "quotation",
        "id": f"l{number}",
        "topic": "t",
        "text": f"Việc {number} dễ mấy không có dân cũng chịu, việc {number} khó mấy có dân liệu cũng xong.",
        "work": f"Bài nói số {number}",
        "date": f"19{40 + number}-01-02",
        "occasion": "Nói ở một hội nghị",
        "sources": [{"title": "Báo"}],
        "keywords": ["không có dân", "liệu cũng xong", "dễ mấy", "khó mấy", "có dân liệu"],
        "swaps": [("cũng chịu", ["cũng làm", "cũng đành"])],
        **changes,
    }


OTHERS = [quote(number) for number in range(2, 12)]
SHIPPED = [open_bank().data(entry.id) for entry in open_bank().entries("quotation")[::3]]


@given(st.integers(0, 10**6), st.sampled_from(sorted(FORM_KINDS)))
def test_each_form_can_be_answered_rightly(seed: int, form: str) -> None:
    if form not in possible_forms(quote()):
        return
    made = make_form(quote(), form, OTHERS, seed)
    assert made is not None
    assert made["id"] == f"l1:{form}"
    assert quotation_of(made["id"]) == "l1"
    assert made["kind"] == FORM_KINDS[form]
    assert quote()["text"] in made["explanation"]
    if made["kind"] == "choice":
        assert len(set(made["options"])) == 4
        assert made["right"] == 1


def test_the_same_seed_makes_the_same_form() -> None:
    for form in possible_forms(quote()):
        assert make_form(quote(), form, OTHERS, 5) == make_form(quote(), form, OTHERS, 5)
    texts = {make_form(quote(), "cloze", OTHERS, seed)["text"] for seed in range(40)}  # type: ignore[index]
    assert len(texts) > 1


def test_blanks_are_keywords_and_nothing_else_changes() -> None:
    for seed in range(50):
        made = make_form(quote(), "cloze", OTHERS, seed)
        assert made is not None
        assert re.sub(r"__(.+?)__", r"\1", made["text"]) == quote()["text"]
        assert set(made["answers"]) <= set(quote()["keywords"])
        assert re.findall(r"__(.+?)__", made["text"]) == made["answers"]


def test_a_misquote_has_one_wrong_place() -> None:
    made = make_form(quote(), "misquote", OTHERS, 1)
    assert made is not None
    ((wrong, right),) = re.findall(r"__(.+?) -> (.+?)__", made["text"])
    assert (wrong, right) == tuple(made["answers"])
    assert re.sub(r"__(.+?) -> (.+?)__", r"\2", made["text"]) == quote()["text"]


def test_nothing_is_asked_at_a_disputed_word() -> None:
    disputed = quote(disputed=["có dân liệu"], keywords=["không có dân"], swaps=[])
    assert set(possible_forms(disputed)) == {"cloze", "work", "year"}
    for seed in range(30):
        made = make_form(disputed, "cloze", OTHERS, seed)
        assert made is not None
        assert "có dân liệu" not in "".join(made["answers"])


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({"date": ""}, "year"),
        ({"keywords": []}, "cloze"),
        ({"swaps": []}, "misquote"),
        ({"text": "Dân là gốc."}, "next"),
        ({"work": "dễ mấy"}, "work"),
    ],
)
def test_a_form_that_would_make_no_sense_is_not_made(changes: Data, form: str) -> None:
    assert form not in possible_forms(quote(**changes))


def test_too_few_others_make_no_choice() -> None:
    for form in ("next", "work"):
        assert make_form(quote(), form, OTHERS[:2], 1) is None


@pytest.mark.parametrize("form", sorted(FORM_KINDS))
def test_every_shipped_quotation_takes_its_forms(form: str) -> None:
    made = 0
    for data in SHIPPED:
        others = [other for other in SHIPPED if other["id"] != data["id"]]
        if form not in possible_forms(data):
            continue
        question = make_form(data, form, others, 3)
        if question is None:
            continue
        made += 1
        assert all(
            word not in "".join(question.get("answers", ()))
            for word in data.get("disputed", ())
            if form in ("cloze", "misquote")
        )
        if question["kind"] == "choice":
            assert len(set(question["options"])) == 4, question
        if form == "order":
            assert 3 <= len(question["items"]) <= 6
    assert made > 3


def test_rules_that_draw_quotations_make_forms_of_the_wanted_kinds() -> None:
    from trainer.bank.model import Entry

    quotes = {data["id"]: data for data in [quote(), *OTHERS]}
    entries = [Entry(name, "quotation", "quotation", "t", 0, (), False) for name in quotes]
    part = QuestionPart(count=6, kinds=("cloze", "choice"), draws="quotations")
    plan = plan_contest(Rules("l", "L", "", (part,)), [], [], quotes.__getitem__, 4, {}, quotations=entries)
    assert len(plan) == 6
    assert {planned.item["kind"] for planned in plan} <= {"cloze", "choice"}
    assert len({quotation_of(planned.item["id"]) for planned in plan}) == 6
    # What was met lately comes later.
    seen = {planned.item["id"]: 9 for planned in plan}
    again = plan_contest(
        Rules("l", "L", "", (part,)), [], [], quotes.__getitem__, 4, seen, quotations=entries
    )
    fresh = {quotation_of(planned.item["id"]) for planned in again}
    assert len(fresh - {quotation_of(name) for name in seen}) == 5


# --- the recital ladder ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (0, "Dân vận khéo thì việc gì cũng thành công."),
        (1, "Dân vận ···· thì việc ·· cũng thành ····."),
        (2, "D·· v·· k··· t·· v··· g· c··· t···· c···."),
        (RECITAL_STEPS, ""),
    ],
)
def test_the_ladder(step: int, shown: str) -> None:
    assert faded("Dân vận khéo thì việc gì cũng thành công.", step) == shown


@given(st.text(max_size=80), st.integers(0, RECITAL_STEPS))
def test_fading_never_raises_and_keeps_the_number_of_words(text: str, step: int) -> None:
    shown = faded(text, step)
    if 0 < step < RECITAL_STEPS:
        assert len(shown.split()) == len(text.split())


def test_a_whole_recital_earns_everything() -> None:
    from trainer.contest.events import Planned

    item = recital(quote())
    verdict = judge(Planned(0, item), quote()["text"], QuestionPart(count=1))
    assert verdict.share == 1
    less = judge(Planned(0, item), "Việc 1 dễ mấy không có dân cũng chịu", QuestionPart(count=1))
    assert 0 < less.share < 1
