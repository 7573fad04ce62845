"""What the projector shows: never an answer, a mark or a place before its time; everything fits."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from tests.contest.hall import Hall, items, part, plain, rules, together
from tests.contest.test_drill_machine import PRESETS, Machine, buzzing, small
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.ranking import ranking
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.engine import evolve
from trainer.contest.evening.rehearsal import made_up_plan, opened, teams
from trainer.contest.events import Side
from trainer.contest.explain import explain
from trainer.contest.state import State
from trainer.tui.drill.announcing import announced_text, told_of
from trainer.tui.drill.steps import Given, next_move
from trainer.tui.projector.scenes import SHOWN, TOLD, step_of
from trainer.tui.projector.view import Moment, page

SIZES = st.sampled_from([(80, 24), (100, 30), (200, 60), (40, 12), (20, 5)])


def why(position: int) -> str:
    return f"vi-sao-{position}-het"


def where(position: int) -> str:
    return f"can-cu-{position}-het"


class Projected(Machine):
    """The machine that plays at random, looked at through the projector after every step."""

    @initialize(count=st.integers(2, 4))
    def open(self, count: int) -> None:
        plan = tuple(
            planned._replace(
                item={
                    **planned.item,
                    "explanation": why(at),
                    "sources": [{"title": where(at)}],
                    "model_answer": f"mau-{at}-het",
                }
            )
            for at, planned in enumerate(made_up_plan(self.preset, count))
        )
        first = opened(self.preset, teams(count), plan)
        self.state = evolve(State(), first)
        self.events = [first]
        self.before = []
        self.since, self.size, self.told = math.inf, (80, 24), 0

    @rule(since=st.sampled_from([0.0, 0.7, 1.3, 5.0, math.inf]), size=SIZES, told=st.integers(0, 4))
    def look(self, since: float, size: tuple[int, int], told: int) -> None:
        self.since, self.size, self.told = since, size, told

    @invariant()
    def nothing_is_shown_too_early(self) -> None:
        state, drill = self.state, drill_of(self.state)
        moment = Moment(state.at + 500, self.since, str(self.told))
        shown = page(state, moment, *self.size)
        text, step = shown.text, step_of(self.since)
        for at in range(len(state.plan)):
            told = at == state.position and at in drill.revealed and step >= TOLD
            assert told or (why(at) not in text and where(at) not in text)
            assert f"mau-{at}-het" not in text
        if "✓" in text:
            assert state.position in drill.revealed
            assert step >= SHOWN
        if state.status == "finished":
            hidden = [place.side for place in ranking(state)][: max(0, len(state.sides) - self.told)]
            assert not [side.name for side in state.sides if side.id in hidden and side.name in text]
        width, height = self.size
        assert all(line.cell_length <= width for line in shown.lines)
        assert len(shown.lines) <= height or height < 12


@pytest.mark.parametrize("name", [*PRESETS, "buzzers"])
def test_no_page_of_a_random_contest_tells_too_early(name: str) -> None:
    machine = type(f"Seen_{name}", (Projected,), {"preset": buzzing() if name == "buzzers" else small(name)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking whole evenings takes minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def shown(hall: Hall, since: float = math.inf, width: int = 80, height: int = 24, later: int = 0) -> str:
    return page(hall.state, Moment(hall.state.at + later, since), width, height).text


def test_a_reveal_takes_its_time() -> None:
    hall = together()(c.Advance, dc.StartClock).judged(d1=True, d2=False, d3=True)(dc.CloseItem)
    assert "Vì thế." not in shown(hall)
    hall(dc.Reveal)
    assert "Đáp án…" in shown(hall, 0.0)
    assert "✓" not in shown(hall, 0.9)
    assert "✓" in shown(hall, 1.1)
    assert "+10" in shown(hall, 1.1)
    assert "Vì thế." not in shown(hall, 1.1)
    assert "Vì thế." in shown(hall, 2.1)
    assert "Nguồn" in shown(hall, 2.1)


def test_what_teams_answered_is_kept_until_the_key_is_out() -> None:
    hall = together()(c.Advance, dc.StartClock)(c.Answer, side="d1", response=(2,))
    assert "đã ghi" in shown(hall)
    assert "C ✗" not in shown(hall)
    hall(dc.CloseItem)
    assert "đã ghi" in shown(hall)
    hall(dc.Reveal)
    assert "C ✗" in shown(hall)


def test_standings_only_when_they_are_shown() -> None:
    hall = together()
    hall.question(d1=True, d2=False, d3=True)
    assert "10 điểm" not in shown(hall)
    hall(dc.ShowStandings, shown=True)
    assert "10 điểm" in shown(hall)
    hall(dc.ShowStandings, shown=False)
    assert "10 điểm" not in shown(hall)


def test_the_final_order_is_not_told_by_standings_left_on() -> None:
    hall = together(1).question(d1=True, d2=False, d3=False)
    hall(dc.ShowStandings, shown=True)
    hall(c.Advance)
    assert hall.state.phase == "ranking"
    assert "10 điểm" not in shown(hall)
    hall(dc.ShowStandings, shown=False)(dc.ShowStandings, shown=True)
    assert "10 điểm" in shown(hall)


def test_the_clock_stands_at_nought_and_at_a_pause() -> None:
    hall = together(seconds=15)(c.Advance, dc.StartClock)
    face = page(hall.state, Moment(hall.state.at + 4000), 80, 24).face
    assert (face.text, face.still, face.late) == ("11", False, False)
    face = page(hall.state, Moment(hall.state.at + 12_000), 80, 24).face
    assert (face.text, face.late) == ("3", True)
    face = page(hall.state, Moment(hall.state.at + 99_000), 80, 24).face
    assert (face.text, face.share) == ("0", 0.0)
    hall(c.Pause, after=5000)
    paused = page(hall.state, Moment(hall.state.at + 99_000), 80, 24)
    assert (paused.face.text, paused.face.still) == ("10", True)
    assert paused.paused


def test_buzzers_show_who_came_first_and_by_how_much() -> None:
    hall = together(mode="buzzers", answer_s=10)(c.Advance)(dc.OpenBuzzers)
    hall(dc.Buzz, side="d2", after=300)(dc.Buzz, side="d1", after=140)
    text = shown(hall)
    names = {side.id: side.name for side in hall.state.sides}
    assert text.index(names["d2"]) < text.index(names["d1"])
    assert "+0,14 giây" in text
    assert f"{names['d2']}  trả lời" in text
    assert "sai thì mở chuông lại" in " ".join(text.split())
    assert next_move(hall.state, Given()).more.endswith("sai: mở lại chuông")
    assert "sai thì mở chuông lại" in "\n".join(explain(hall.state.rules))


def test_who_gave_no_answer_has_not_been_recorded() -> None:
    hall = together()(c.Advance, dc.StartClock)(c.Answer, side="d1", response=(2,))(dc.CloseItem)
    assert shown(hall).count("đã ghi") == 1
    assert shown(hall).count("chưa trả lời") == 2
    hall(dc.Reveal)
    assert "✗ 0" in shown(hall)
    assert shown(hall).count("— 0") == 2


def test_an_accepted_answer_is_ticked_with_a_word() -> None:
    hall = together()(c.Advance, dc.StartClock)(c.Answer, side="d1", response=(2,))
    hall(dc.CloseItem, dc.Reveal)(dc.Accept, position=0, response=(2,), reason="Điều 5")
    lines = shown(hall).splitlines()
    assert [line.split()[1] for line in lines if line.strip().startswith("✓")] == ["A", "C"]
    assert any("(được công nhận thêm)" in line for line in lines)
    assert "công nhận" not in shown(hall, 0.7)


def stars(**play: Any) -> Hall:
    own: dict[str, Any] = {"mode": "turns", "values": (10, 20), "star": True, "steal_s": 5, "answer_s": 3}
    plan = items(*[(0, "", -1, value) for value in (10, 20) for _ in range(6)])
    return Hall(rules(part(2, seconds=15, **{**own, **play})), plan)


def test_what_teams_chose_and_the_star_are_seen_during_the_question() -> None:
    hall = stars()(c.Advance)(dc.Choose, values=(20, 10))(dc.PlaceStar, side="d1")(c.Advance)
    name = hall.state.sides[0].name
    assert f"{name} ★ Ngôi sao hy vọng   đã chọn 20 · 10 điểm" in shown(hall)
    hall(dc.StartClock)(c.Answer, side="d1", response=(1,))(dc.CloseItem, dc.Reveal)
    assert f"{name} ★ B ✗" in " ".join(shown(hall).split())
    hall(c.Advance, dc.StartClock).judged(d1=True)(dc.CloseItem, dc.Reveal, c.Advance)
    assert hall.state.phase == "draw"
    assert f"{name}  20 · 10" in shown(hall)


def test_the_time_is_up_only_when_it_is() -> None:
    hall = stars()(c.Advance)(dc.Choose, values=(20, 10))(c.Advance, dc.StartClock).judged(d1=False)
    hall(dc.OpenBuzzers)(dc.Buzz, side="d2", after=300)(dc.Buzz, side="d3", after=200)
    assert "sai thì các đội bấm sau không được trả lời" in " ".join(shown(hall).split())
    assert next_move(hall.state, Given()).more.endswith("sai: đội bấm sau không có lượt")
    hall(dc.Judge, side="d2", right=True)
    assert hall.state.phase == "entry"
    assert "HẾT GIỜ" not in shown(hall)
    late = stars()(c.Advance)(dc.Choose, values=(20, 10))(c.Advance, dc.StartClock)(c.Tick, after=15_000)
    assert "HẾT GIỜ" in shown(late)
    early = stars()(c.Advance)(dc.Choose, values=(20, 10))(c.Advance, dc.StartClock).judged(d1=True)
    assert "HẾT GIỜ" not in shown(early(c.Tick, after=15_000))


def test_how_a_tie_was_broken_is_told_with_the_upper_place() -> None:
    hall = together(1).question(d1=True, d2=False, d3=False)
    hall(c.Advance)(dc.DecideRank, sides=("d3", "d2"), how="judges", reason="")(c.Advance)
    texts = [page(hall.state, Moment(announced=str(told)), 80, 24).text for told in range(4)]
    assert ["cùng điểm với hạng 3: giám khảo quyết định" in text for text in texts] == [
        False,
        False,
        True,
        True,
    ]


def test_places_are_announced_from_the_last_and_a_tie_is_no_hint() -> None:
    hall = together(1).question(d1=True, d2=False, d3=False)
    hall(c.Advance)(dc.DecideRank, sides=("d3", "d2"), how="judges", reason="")(c.Advance)
    assert hall.state.status == "finished"
    names = {side.id: side.name for side in hall.state.sides}
    for told, seen in ((0, ""), (1, "d2"), (2, "d2d3"), (3, "d1d2d3")):
        text = page(hall.state, Moment(announced=str(told)), 80, 24).text
        assert "".join(side for side, name in names.items() if name in text) == seen
    assert "Giải Nhất" in text


@pytest.mark.parametrize(
    ("announced", "live", "waits"),
    [
        ("", False, True),
        ("", True, False),
        ("1", False, False),
        ("3 over", False, True),
        ("3 over", True, False),
    ],
)
def test_who_comes_after_the_end_waits_for_the_next_contest(announced: str, live: bool, waits: bool) -> None:
    hall = together(1).question(d1=True, d2=False, d3=False)
    hall(c.Advance)(dc.DecideRank, sides=("d3", "d2"), how="judges", reason="")(c.Advance)
    text = page(hall.state, Moment(announced=announced, live=live), 80, 24).text
    assert ("Đang chờ" in text) == waits


@pytest.mark.parametrize("told", [0, 3, 10])
@pytest.mark.parametrize("over", [False, True])
def test_what_was_announced_is_read_back(told: int, over: bool) -> None:
    assert told_of(announced_text(told, over=over)) == (told, over)


def test_the_record_may_say_anything() -> None:
    assert told_of("") == (0, False)
    assert told_of("-3 over") == (0, True)
    assert told_of("nhiều") == (0, False)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (200, 60)])
def test_the_longest_question_fits_with_ten_teams(width: int, height: int) -> None:
    planned = items(*[(0, "", -1, 0)] * 3)
    long = {
        **planned[0].item,
        "prompt": "Một câu hỏi rất dài của ban tổ chức " * 6,
        "options": [f"Một phương án dài bằng phương án dài nhất trong ngân hàng {at}" for at in range(4)],
        "explanation": "Vì văn bản đã nêu rõ điều ấy, còn các ý kia thuộc chuyện khác. " * 4,
        "sources": [{"title": "Luật Thực hiện dân chủ ở cơ sở (10/2022/QH15, 10/11/2022), khoản 4 Điều 25"}],
    }
    hall = Hall(rules(part(3)), [planned[0]._replace(item=long), *planned[1:]], 10)
    hall(c.Advance)
    text = shown(hall, width=width, height=height)
    assert all(f"nhất trong ngân hàng {at}" in " ".join(text.split()) for at in range(4))
    assert all(side.symbol in text for side in hall.state.sides)
    hall(dc.StartClock)(dc.CloseItem)(dc.Reveal)
    text = " ".join(shown(hall, width=width, height=height).split())
    assert text.count("Vì văn bản đã nêu rõ") == 4
    assert "Điều 25" in text
    assert "✓" in text


def test_long_names_that_only_end_differently_stay_different_on_every_page() -> None:
    names = ("Mặt trận Tổ quốc phường Mỹ Đình 1", "Mặt trận Tổ quốc phường Mỹ Đình 2")
    sides = tuple(Side(f"d{number}", name, symbol="●■"[number - 1]) for number, name in enumerate(names, 1))
    hall = Hall(rules(part(1)), plain(1), sides=sides).question(d1=True, d2=True)
    hall(dc.ShowStandings)
    pages = [shown(hall)]
    hall(c.Advance)
    pages.append(shown(hall))
    hall(c.Advance)
    pages.append(page(hall.state, Moment(hall.state.at, announced="2"), 80, 24).text)
    for text in pages:
        assert "Đình 1" in text
        assert "Đình 2" in text
