"""What `danvan check` finds in a bank that can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.bank import open_bank
from trainer.bank.checks import check_bank
from trainer.bank.checks.guesser import CHANCE, RULES, chance, guess
from trainer.bank.checks.words import distance, overlap, words

HEAD = """topic: t
sources:
  a: {title: Văn bản còn hiệu lực}
  cu: {title: Quy chế cũ, published: 2010-02-25, valid_until: 2021-07-30, replaced_by: Quy chế mới}
"""


def question(number: int, **changes: object) -> dict[str, object]:
    return {
        "id": f"q{number}",
        "kind": "choice",
        "prompt": f"Việc thứ {number} thuộc trách nhiệm của ai?",
        "answer": f"Người {number} ở thôn",
        "distractors": [f"Bà {number} ở làng", f"Ông {number} ở bản", f"Anh {number} ở phố"],
        "explanation": "Vì thế.",
        "source": "a",
        "level": 1,
        **changes,
    }


def written(folder: Path, items: list[dict[str, object]], section: str = "questions") -> Path:
    """Write items as YAML; JSON is YAML."""
    import json

    lines = [f"- {json.dumps(item, ensure_ascii=False)}" for item in items]
    path = folder / f"{section}.yaml"
    path.write_text(HEAD + f"{section}:\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def codes(folder: Path, items: list[dict[str, object]]) -> list[str]:
    return [problem.code for problem in check_bank(open_bank([written(folder, items)]))]


def test_a_good_question_has_no_finding(tmp_path: Path) -> None:
    assert codes(tmp_path, [question(1), question(2)]) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": "Tất cả các ý trên"}, "all-of-the-above"),
        ({"distractors": ["Bà ở làng", "Ông ở bản", "Cả A và B"]}, "all-of-the-above"),
        ({"distractors": ["Bà ở làng", "Không có phương án nào đúng", "Anh ở phố"]}, "all-of-the-above"),
        ({"prompt": "Việc nào sau đây không phải của thôn?"}, "quiet-negation"),
        ({"prompt": "Bà Lan chờ lâu. Việc nào cán bộ chưa làm?"}, "quiet-negation"),
        ({"prompt": "Người làm việc nước ở thôn là ai?", "answer": "Người làm việc nước"}, "given-away"),
        ({"answer": "Ai", "distractors": ["Một người ở rất xa thôn này lắm", "Bà", "Ông"]}, "uneven-options"),
        ({"source": "cu, Điều 1"}, "outdated-source"),
        ({"explanation": "Vì hoà giải là thế."}, "tone-style"),
        ({"explanation": "Vì uỷ ban làm thế."}, "tone-style"),
    ],
)
def test_a_finding_about_one_question(tmp_path: Path, changes: dict[str, object], code: str) -> None:
    assert codes(tmp_path, [question(1, **changes)]) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "Việc nào KHÔNG phải của thôn?"},
        {"prompt": "Bà Lan không đến họp. Việc nào nên làm trước?"},
        {"prompt": "Theo Quy chế cũ, năm 2010, ai lãnh đạo?", "source": "cu"},
        {"explanation": "Hòa giải, quý, ủy, hoàn toàn, quy, thủy, toàn, khoẻn."},
        {"answer": "Cả thôn cùng bàn"},
    ],
)
def test_what_looks_alike_but_is_good(tmp_path: Path, changes: dict[str, object]) -> None:
    assert codes(tmp_path, [question(1, **changes)]) == []


def test_two_questions_that_ask_the_same_are_an_error(tmp_path: Path) -> None:
    one = question(1, prompt="Theo Luật, ai bàn và quyết định mức đóng góp làm đường?", answer="Dân ở thôn")
    two = question(2, prompt="Theo luật: ai bàn và quyết định mức đóng góp làm đường", answer="Dân ở thôn")
    assert codes(tmp_path, [one, two]) == ["near-duplicate"]
    other = question(
        2, prompt="Theo luật, ai bàn và quyết định mức đóng góp làm đường?", answer="Chủ tịch xã"
    )
    assert codes(tmp_path, [one, other]) == []


def test_a_prompt_that_answers_another_question(tmp_path: Path) -> None:
    asking = question(
        1,
        prompt="Mức đóng góp làm đường ngõ do ai bàn và quyết định?",
        answer="do cử tri hộ gia đình bàn",
        distractors=["do chủ tịch xã nêu ra", "do trưởng thôn tự định", "do nhà thầu đề nghị lên"],
    )
    telling = question(2, prompt="Mức đóng góp làm đường ngõ do cử tri hộ gia đình bàn thì họp thế nào?")
    assert codes(tmp_path, [asking, telling]) == ["answers-another"]
    named = question(2, prompt="Khi do cử tri hộ gia đình bàn thì ai ghi biên bản?")
    assert codes(tmp_path, [asking, named]) == []


def quotation(text: str, name: str = "l1") -> dict[str, object]:
    return {"id": name, "text": text, "work": "Dân vận", "source": "a"}


@pytest.mark.parametrize(
    ("quoted", "wrong"),
    [
        ("Dân vận kém thì việc gì cũng kém", False),
        ("dân vận khéo thì việc gì cũng thành công", False),
        ("Dân vận khéo thì việc gì cũng xong", True),
        ("Dân vận giỏi thì việc gì cũng thành công", True),
        ("Dân vận khéo thì việc gì cũng thành", False),
        ("Một câu nào đó chẳng liên quan gì cả", False),
    ],
)
def test_a_quotation_that_differs_by_a_word(tmp_path: Path, quoted: str, wrong: bool) -> None:
    written(
        tmp_path,
        [quotation("Dân vận kém thì việc gì cũng kém. Dân vận khéo thì việc gì cũng thành công.")],
        "quotations",
    )
    written(tmp_path, [question(1, explanation=f"Bác viết “{quoted}”.")])
    found = [problem.code for problem in check_bank(open_bank([tmp_path]))]
    assert found == (["misquoted"] if wrong else [])


def test_what_is_wrong_on_purpose_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path, [quotation("Dân vận khéo thì việc gì cũng thành công.")], "quotations")
    wrong = "“Dân vận giỏi thì việc gì cũng thành công”"
    false = {
        "id": "f",
        "kind": "true-false",
        "prompt": f"Bác viết {wrong}.",
        "answer": "sai",
        "explanation": "Chữ đúng là khéo.",
        "source": "a",
        "level": 1,
    }
    written(tmp_path, [false, question(1, distractors=[wrong, "“Dân vận”", "“Dân”"])])
    assert "misquoted" not in [problem.code for problem in check_bank(open_bank([tmp_path]))]


def test_findings_name_the_item_s_own_line(tmp_path: Path) -> None:
    path = written(tmp_path, [question(1), question(2, explanation="Vì hoà giải.")])
    (problem,) = check_bank(open_bank([path]))
    assert (problem.file, problem.line) == (str(path), 7)


# --- shares over a whole bank ---------------------------------------------------------------------


def many(key: str, number: int, *, level: int | None = None) -> list[dict[str, object]]:
    return [
        question(
            at,
            prompt=f"Hỏi riêng về chuyện {at}{at} trong sổ?",
            answer=key,
            distractors=["Hai hai", "Ba ba", "Bốn bốn bốn"],
            level=level or (1, 1, 2, 2, 3)[at % 5],
        )
        for at in range(number)
    ]


def test_a_whole_bank_whose_key_is_the_longest(tmp_path: Path) -> None:
    found = codes(tmp_path, many("Một phương án dài", 60))
    assert "key-longest" in found
    assert "guessable" in found
    assert "key-shortest" not in found


def test_small_banks_are_not_judged_by_shares(tmp_path: Path) -> None:
    assert codes(tmp_path, many("Một phương án dài", 49, level=3)) == []


def test_levels_far_from_the_aim_are_told(tmp_path: Path) -> None:
    found = codes(tmp_path, many("Ba ba ba", 60, level=3))
    assert found.count("levels") == 3


# --- the guesser ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "options", "share"),
    [
        ("longest", ["aaaa", "b", "c", "d"], 1.0),
        ("longest", ["aaaa", "bbbb", "c", "d"], 0.5),
        ("longest", ["a", "bbbb", "c", "d"], 0.0),
        ("shortest", ["a", "bb", "cc", "dd"], 1.0),
        ("shared-words", ["dân bàn", "x", "y", "z"], 1.0),
        ("most-commas", ["a, b, c", "a, b", "a", "a"], 1.0),
        ("most-alike", ["một hai", "một ba", "hai ba một", "năm"], 0.0),
        ("odd-one-out", ["sáu bảy", "một ba", "một hai", "một năm"], 1.0),
    ],
)
def test_each_rule(rule: str, options: list[str], share: float) -> None:
    assert chance(rule, "Việc dân bàn là gì?", options) == share


@given(st.lists(st.text(max_size=20), min_size=4, max_size=4), st.text(max_size=40))
def test_over_all_places_of_the_key_each_rule_hits_once(options: list[str], prompt: str) -> None:
    for rule in RULES:
        turned = [options[at:] + options[:at] for at in range(4)]
        assert sum(chance(rule, prompt, row) for row in turned) == pytest.approx(1.0)


def test_scores_by_topic_add_up() -> None:
    items: list[dict[str, Any]] = [
        {"kind": "choice", "topic": topic, "prompt": "?", "options": ["a", "b", "c", "d"]} for topic in "xyx"
    ]
    items.append({"kind": "multiple", "topic": "x", "prompt": "?", "options": ["a", "b", "c", "d"]})
    scores = guess(items)
    assert {topic: rules["longest"].asked for topic, rules in scores.items()} == {"": 3, "x": 2, "y": 1}
    assert all(score.share == CHANCE for rules in scores.values() for score in rules.values())
    assert guess([])[""]["longest"].share == 0.0


# --- words -----------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_distance_is_a_distance(one: list[str], other: list[str]) -> None:
    assert distance(one, other, 10) == distance(other, one, 10)
    assert (distance(one, other, 10) == 0) == (one == other)
    assert distance(one, other, 1) == min(distance(one, other, 10), 2)


def test_words_and_overlap() -> None:
    assert words("“Dân vận” khéo: 15/10!") == ["dân", "vận", "khéo", "15", "10"]
    assert overlap([], []) == 1.0
    assert overlap("ab", "bc") == pytest.approx(1 / 3)
