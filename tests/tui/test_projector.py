"""The projector's screen beside a drill in the same history, and the facilitator's private view."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.contest.hall import part, rules
from tests.helpers import Clock, screen_text, situation
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, open_hall, play, press
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.evening.teams import COLOURS, SYMBOLS
from trainer.contest.events import Planned, Side
from trainer.contest.responses import right_answer
from trainer.contest.rules import SituationPart
from trainer.contest.session import Session
from trainer.history.database import ANNOUNCED
from trainer.history.follower import Follower
from trainer.history.store import Store
from trainer.tui.drill.end import DrillEndScreen
from trainer.tui.projector.card import CardScreen, card, lag_sentence, size_sentence
from trainer.tui.projector.screen import ProjectorApp, ProjectorScreen
from trainer.tui.theme import TEAM_COLOURS, THEMES

TEN = (
    *("Phường Cầu Diễn", "Mễ Trì", "Phú Đô", "Mỹ Đình 1", "Mỹ Đình 2"),
    *("Trung Văn", "Đại Mỗ", "Tây Mỗ", "Phương Canh", "Xuân Phương"),
)
QUESTION = {
    "section": "question",
    "id": "q1",
    "kind": "choice",
    "topic": "t",
    "prompt": "Trong bài báo “Dân vận” (15/10/1949), Bác Hồ viết người phụ trách dân vận phải làm gì?",
    "explanation": "Bác viết: “Những người phụ trách dân vận cần phải óc nghĩ, mắt trông, tai nghe, chân đi, miệng nói, tay làm”.",
    "sources": [{"title": "Dân vận", "where": "Báo Sự Thật, số 120", "place": "mục IV"}],
    "level": 1,
    "options": [
        "Óc nghĩ, mắt trông, tai nghe, chân đi, miệng nói, tay làm",
        "Miệng nói, tay làm, chân đi, mắt trông",
        "Nói cho hay, viết cho nhiều, họp cho đủ",
        "Chỉ tay năm ngón, giao việc cho cấp dưới",
    ],
    "right": 1,
}


class Stage:
    """A drill and a projector on one history; time goes on by a second with each command."""

    def __init__(self, folder: Path, count: int = 10) -> None:
        self.clock = Clock()
        self.store = Store(folder, lambda: "2026-11-24T08:30:00.000+00:00")
        self.session = Session(self.store, self.clock, self.store.now)
        sides = [
            Side(player.id, player.name, COLOURS[at], SYMBOLS[at], (), "1234567890"[at])
            for at, player in enumerate(self.store.enrol(TEN[:count]))
        ]
        plan = [Planned(0, {**QUESTION, "id": f"q{at}"}, (1, 0, 2, 3)) for at in range(2)]
        situated = {
            **situation(),
            "title": "Đàn gà chọi gáy từ ba giờ sáng",
            "prompt": "Cụ Thắng nuôi sáu con gà chọi trên sân thượng. Bạn làm gì?",
        }
        plan += [Planned(1, {**situated, "id": f"s{at}"}) for at in range(count)]
        self.session.open("c1", 7, rules(part(2, seconds=20), SituationPart()), sides, plan, group=True)
        self.follower = Follower(folder, clock=self.clock)
        self.screen = ProjectorScreen(self.follower, self.clock)
        self.app = ProjectorApp(lambda: self.screen)

    def __call__(self, *kinds: Any, after: float = 1.0, **values: Any) -> None:
        for kind in kinds:
            self.clock.now += after
            self.session.do(lambda at, kind=kind: kind(at, **values))  # type: ignore[misc]

    def answers(self) -> None:
        for number, side in enumerate(self.session.state.sides):
            self(c.Answer, after=0.1, side=side.id, response=((1, 1, 0, 2)[number % 4],))

    async def shown(self, pilot: Pilot[str], later: float = 0.0) -> str:
        """Let the projector see what happened, and `later` look again."""
        self.screen.look()
        end = self.clock.now + later
        while self.clock.now < end:
            self.clock.now = min(end, self.clock.now + 1)
            self.session.look()  # as the drill does: it never slept
        self.screen.look()
        await settle(pilot, 3)
        return screen_text(self.app)  # type: ignore[arg-type]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.follower.close()
    made.store.close()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
async def test_an_evening_on_the_wall(
    stage: Stage, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with stage.app.run_test(size=size) as pilot:
        assert "10 đội dự thi" in await stage.shown(pilot)
        stage(c.Advance, dc.StartClock)
        assert await stage.shown(pilot, later=8) == snapshot(name="question")
        assert stage.screen.page.face.text == "12"
        stage(c.Pause)
        assert "TẠM DỪNG" in await stage.shown(pilot)
        stage(c.Unpause)
        stage.answers()
        stage(dc.CloseItem)
        text = await stage.shown(pilot)
        assert "TẠM DỪNG" not in text
        assert "óc nghĩ, mắt trông" not in text
        stage(dc.Reveal)
        assert "Đáp án…" in await stage.shown(pilot)
        assert "✓" not in screen_text(stage.app)  # type: ignore[arg-type]
        assert await stage.shown(pilot, later=4) == snapshot(name="reveal")
        stage(dc.ShowStandings, shown=True)
        assert await stage.shown(pilot) == snapshot(name="standings")
        stage(dc.Undo)
        assert "Đã chốt câu trả lời" in await stage.shown(pilot)


async def test_a_situation_and_the_announcement_on_the_wall(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    stage = Stage(tmp_path, 4)
    async with stage.app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            stage(c.Advance, dc.StartClock)
            stage.answers()
            stage(dc.CloseItem, dc.Reveal)
        for number in range(4):
            stage(c.Advance)
            text = await stage.shown(pilot)
            assert "Mời" in text
            stage(dc.Draw, c.Advance)
            assert "Nghe đọc tình huống" in await stage.shown(pilot)
            stage(c.Advance)
            assert "Hội ý" in await stage.shown(pilot)
            stage(c.Advance)
            assert "Trình bày" in await stage.shown(pilot)
            for _ in range(62):  # looks, as the drill has them: it never slept
                stage.clock.now += 3
                stage.session.look()
            if not number:
                assert "QUÁ GIỜ" in await stage.shown(pilot)
                assert stage.screen.page.face.text == "+0:06"
            stage(c.Advance)
            for index in range(2):
                judges = stage.session.state.judge_count(stage.session.state.position)
                for judge in range(judges):
                    stage(
                        c.Mark,
                        judge=f"j{judge + 1}",
                        side=stage.session.state.sides[number].id,
                        criterion=index,
                        share=(1.0, 0.5, 0.75, 0.25)[number],
                    )
            stage(c.Advance)
            assert "điểm (tối đa" not in await stage.shown(pilot)
            stage(dc.Reveal)
            assert "điểm (tối đa" in await stage.shown(pilot, later=4)
        stage(c.Advance)
        assert "Kết quả được công bố" in await stage.shown(pilot)
        stage(c.Advance)
        assert stage.session.state.status == "finished"
        assert "SẮP CÔNG BỐ" in await stage.shown(pilot)
        stage.store.set_setting(ANNOUNCED + "c1", "2")
        assert await stage.shown(pilot) == snapshot(name="two places announced")
        stage.store.set_setting(ANNOUNCED + "c1", "4 over")
        assert "Giải Nhất" in await stage.shown(pilot)
        stage.session.undo()
        assert "KẾT QUẢ" not in await stage.shown(pilot)
    stage.store.close()


async def test_no_key_but_quit_and_help_does_anything(stage: Stage) -> None:
    async with stage.app.run_test(size=(80, 24)) as pilot:
        stage(c.Advance)
        before = await stage.shown(pilot)
        await pilot.press("enter", "space", "u", "f9", "ctrl+p")
        assert await stage.shown(pilot) == before
        await pilot.press("question_mark")
        await settle(pilot)
        assert "Tắt màn hình này" in screen_text(stage.app)  # type: ignore[arg-type]
        await pilot.press("escape")
        await settle(pilot)
        assert await stage.shown(pilot) == before
        await pilot.press("q")
        await settle(pilot)
        assert stage.app.return_code == 0


async def test_a_tiny_window_says_so_and_a_large_one_shows_all_again(stage: Stage) -> None:
    async with stage.app.run_test(size=(80, 24)) as pilot:
        stage(c.Advance)
        before = await stage.shown(pilot)
        for width, height in ((12, 3), (1, 1), (39, 24)):
            await pilot.resize_terminal(width, height)
            await stage.shown(pilot)
        assert "quá nhỏ" in screen_text(stage.app)  # type: ignore[arg-type]
        await pilot.resize_terminal(80, 24)
        assert await stage.shown(pilot) == before


async def test_names_are_never_markup(tmp_path: Path) -> None:
    stage = Stage(tmp_path, 2)
    state = stage.session.state
    hostile = [side._replace(name="[b]x[/") for side in state.sides]
    session = Session(stage.store, stage.clock, stage.store.now)
    session.open("c2", 7, rules(part(2)), hostile, state.plan[:2], group=True)
    async with stage.app.run_test(size=(80, 24)) as pilot:
        assert "[b]x[/" in await stage.shown(pilot)
    stage.store.close()


# --- the test card ------------------------------------------------------------------------------


async def test_the_card_shows_all_teams_and_letters(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    app = ProjectorApp(CardScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        text = screen_text(app)  # type: ignore[arg-type]
        assert all(symbol in text for symbol in SYMBOLS)
    assert "\n".join(line.plain.rstrip() for line in card(76, 22, [18.0, 21.0, 42.0])) == snapshot


def test_each_measure_has_its_judgement() -> None:
    assert "✗ Nhỏ quá" in size_sentence(79, 24).plain
    assert "✓ Đủ" in size_sentence(80, 24).plain
    assert "chữ sẽ nhỏ" in size_sentence(200, 60).plain
    assert "đang đo" in lag_sentence([1.0]).plain
    assert "✓" in lag_sentence([20.0, 30.0, 99.0]).plain
    assert "◐" in lag_sentence([20.0, 30.0, 400.0]).plain
    assert "✗" in lag_sentence([220.0, 330.0, 400.0]).plain


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_team_colour_reads_on_either_theme(colour: str) -> None:
    for theme, ink in zip(THEMES, TEAM_COLOURS[colour], strict=True):
        dark, light = sorted((luminance(ink), luminance(str(theme.background))))
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_two_teams_have_the_same_colour() -> None:
    for inks in zip(*(TEAM_COLOURS[colour] for colour in COLOURS), strict=True):
        assert all(one != two for one, two in itertools.combinations(inks, 2))


# --- the facilitator's own view -----------------------------------------------------------------


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def test_f9_shows_the_facilitator_what_the_room_may_not_see(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "chuan")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        current = session.state.current
        assert current is not None
        assert "Căn cứ" not in screen_text(app)
        await press(pilot, clock, "f9")
        await settle(pilot)
        text = " ".join(screen_text(app).split())
        assert "CHỈ NGƯỜI DẪN THẤY" in text
        assert "danvan screen" in text
        assert right_answer(current.item, current.order)[:30] in text.split("CHỈ NGƯỜI DẪN THẤY")[1]
        await press(pilot, clock, "f9")
        await settle(pilot)
        assert "CHỈ NGƯỜI DẪN THẤY" not in screen_text(app)
        session = await open_hall(app, pilot, "chi-tinh-huong")
        await play(app, pilot, clock, until=lambda state: state.phase == "think")
        await press(pilot, clock, "f9")
        await settle(pilot)
        assert "Gợi ý:" in screen_text(app)
        assert "Chấm:" in screen_text(app)
        app.show_contest(session)  # a new screen begins without it
        await settle(pilot)
        assert "CHỈ NGƯỜI DẪN THẤY" not in screen_text(app)


async def test_the_announcement_is_recorded_and_goes_on_after_a_crash(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        sides = [Side(*player) for player in app.services.store.enrol(("Sen", "Tre"))]
        session = app.services.session()
        session.open("c1", 7, rules(part(1)), sides, [Planned(0, QUESTION, (0, 1, 2, 3))], group=True)
        steps: list[Any] = [c.Advance, dc.StartClock, None, dc.CloseItem, dc.Reveal, c.Advance, c.Advance]
        for step in steps:
            clock.now += 1
            session.do(step or (lambda at: c.Answer(at, sides[0].id, (0,))))
        app.show_contest(session)
        await settle(pilot)
        key = ANNOUNCED + session.state.contest
        assert app.services.store.setting(key) == "0"
        await press(pilot, clock, "enter")
        assert app.services.store.setting(key) == "1"
        app.show_contest(session)  # as after a crash
        await settle(pilot)
        assert isinstance(app.screen, DrillEndScreen)
        assert app.screen.told == 1
        await press(pilot, clock, "escape")
        await settle(pilot)
        assert app.services.store.setting(key) == "1 over"
