"""“Việc khác” in the group drill: appeals, other answers, judgements, teams that leave, prizes, the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.pilot import Pilot

from tests.contest import naive
from tests.contest.hall import together
from tests.helpers import Clock, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import TEAMS, hall, open_hall, play, press
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.ranking import open_ties
from trainer.contest.drill.taking_part import drill_of, on_floor
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown
from trainer.tui.app import DanvanApp
from trainer.tui.drill.journal import lines_of
from trainer.tui.drill.rehearsing import begin_rehearsal
from trainer.tui.drill.screen import DrillScreen


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


async def begin(
    app: DanvanApp, pilot: Pilot[str], clock: Clock, rules: str = "gio-bien", questions: int = 2
) -> Session:
    """Play until so many keys were shown; every team chose the first wrong letter or the right one."""
    session = await open_hall(app, pilot, rules)
    await play(
        app,
        pilot,
        clock,
        until=lambda state: len(drill_of(state).revealed) == questions and state.phase == "feedback",
    )
    return session


async def keys(pilot: Pilot[str], clock: Clock, *each: str) -> None:
    """Press keys as a person does; a text is typed letter by letter."""
    for key in each:
        typed = list(key) if " " in key else [key]
        await press(pilot, clock, *typed)
        await settle(pilot)


def read(app: DanvanApp) -> str:
    """Return the screen's words, without frames and line breaks."""
    return " ".join(screen_text(app).replace("│", " ").split())


def sheet(app: DanvanApp, session: Session) -> str:
    return to_markdown(gather(app.services.store.events(session.state.contest)))


def plain(state: State) -> Any:
    """What an undo must restore."""
    assert state.drill is not None
    drill = state.drill._replace(trail=type(state.drill.trail)(), live_from=0, stage_at=0, step=0)
    return (state.attempts, state.position, state.phase, drill)


async def undone(app: DanvanApp, pilot: Pilot[str], clock: Clock, session: Session, before: State) -> None:
    """U takes the last decision back, and the record keeps both."""
    await keys(pilot, clock, "u", "enter")
    assert plain(session.state) == plain(before)
    assert "Rút lại" in sheet(app, session)
    assert naive.scores(app.services.store.events(session.state.contest)) == {
        side.id: session.state.score(side.id) for side in session.state.sides
    }


def wrong_one(state: State) -> tuple[str, str]:
    """Return the key of a team that was wrong at the question on show, and its letter."""
    for side in state.sides:
        attempt = state.attempts.get((side.id, state.position))
        if attempt is not None and attempt.share < 1 and len(attempt.response) == 1:
            return side.key, "abcdefgh"[attempt.response[0]]
    raise AssertionError("everybody was right")


async def wrong_letter(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> tuple[Session, str, str]:
    session = await open_hall(app, pilot, "gio-bien")
    await play(
        app,
        pilot,
        clock,
        until=lambda state: (
            state.phase == "feedback"
            and state.plan[state.position].item["kind"] == "choice"
            and any(at == state.position and one.share < 1 for (_, at), one in state.attempts.items())
        ),
    )
    return session, *wrong_one(session.state)


async def test_an_appeal_is_noted_kept_in_mind_and_decided(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        before = session.state
        await keys(pilot, clock, "m", "1", "2", "enter")
        assert "Cần ghi lý do" in read(app)
        await keys(pilot, clock, "sai khoa roi ", "enter")
        appealed = session.state
        assert [each.reason for each in drill_of(appealed).appeals] == ["sai khoa roi"]
        assert "Khiếu nại đang chờ: ■ Tre Xanh (câu 2)" in read(app)
        await keys(pilot, clock, "m", "2", "1", "dung vay ", "enter")
        assert "Enter: đáp án khác · R: chấm lại đội này" in read(app)
        await keys(pilot, clock, "escape")
        assert "Điểm giữ nguyên" in read(app)
        assert drill_of(session.state).appeals[0].upheld is True
        assert "đang chờ" not in read(app)
        text = sheet(app, session)
        assert "sai khoa roi" in text
        assert "Chấp nhận khiếu nại" in text
        assert "dung vay" in text
        await undone(app, pilot, clock, session, appealed)
        await undone(app, pilot, clock, session, before)
        await keys(pilot, clock, "enter", "m")  # the next question is open: too late
        assert "khi chốt xong câu đang hỏi" in read(app)


async def test_an_upheld_appeal_leads_to_the_points_with_its_reason(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session, team, letter = await wrong_letter(app, pilot, clock)
        before = session.state
        side = next(each for each in before.sides if each.key == team)
        await keys(pilot, clock, "m", "1", team, "van ban moi ", "enter")
        await keys(pilot, clock, "m", "2", "1", "dung vay ", "enter", "enter")
        assert "phương án nào cũng được tính đúng" in read(app)
        await keys(pilot, clock, letter)
        assert "dung vay" in read(app)
        await keys(pilot, clock, "enter", "enter")
        assert session.state.score(side.id) == before.score(side.id) + 5
        assert sheet(app, session).count("dung vay") >= 2


async def test_an_upheld_appeal_leads_to_the_team_judged_anew(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session, team, _ = await wrong_letter(app, pilot, clock)
        before = session.state
        side = next(each for each in before.sides if each.key == team)
        await keys(pilot, clock, "m", "1", team, "van ban moi ", "enter")
        await keys(pilot, clock, "m", "2", "1", "dung vay ", "enter", "r", "1", "enter", "enter")
        attempt = session.state.attempts[side.id, before.position]
        assert (attempt.share, attempt.overruled) == (1.0, "dung vay")


async def test_the_end_asks_once_more_while_an_appeal_waits(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = begin_rehearsal(app.services, "gio-bien", TEAMS[:2], 5, 7)
        app.show_contest(session)
        await settle(pilot)
        await play(app, pilot, clock, until=lambda state: state.phase == "ranking" and not open_ties(state))
        await keys(pilot, clock, "m", "1", "1", "x y", "enter", "enter")
        assert session.state.running
        assert "khiếu nại chưa giải quyết" in read(app)
        await keys(pilot, clock, "enter")
        assert not session.state.running


async def test_another_answer_counts_for_everybody_and_says_so_before(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session, team, letter = await wrong_letter(app, pilot, clock)
        before = session.state
        side = next(each for each in before.sides if each.key == team)
        await keys(pilot, clock, "m", "3", "1", letter, "van ban moi ", "enter")
        text = read(app)
        assert "cũng được tính là đúng" in text
        assert f"{side.symbol} {side.name}" in text
        assert "+5 điểm" in text
        assert session.state is before or session.state.attempts == before.attempts
        await keys(pilot, clock, "enter")
        assert session.state.score(side.id) == before.score(side.id) + 5
        assert "van ban moi" in sheet(app, session)
        await undone(app, pilot, clock, session, before)


async def test_nothing_is_accepted_before_the_key_is_shown(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "closed")
        await keys(pilot, clock, "m", "3", "4")
        assert "khi đã hiện đáp án một câu" in read(app)
        await keys(pilot, clock, "escape", "enter", "enter", "m", "3")
        assert read(app).count("Câu 1") == 1  # the one whose key was shown
        assert "Câu 2" not in read(app).partition("câu nào?")[2]


@pytest.mark.parametrize(("choice", "share"), [("1", 1.0), ("3", 0.5), ("4", 0.75)])
async def test_one_team_is_judged_anew(choice: str, share: float, tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session, team, _ = await wrong_letter(app, pilot, clock)
        before = session.state
        side = next(each.id for each in before.sides if each.key == team)
        await keys(pilot, clock, "m", "4", "1", team, choice)
        if choice == "4":
            await keys(pilot, clock, "7", "5", "enter")
        await keys(pilot, clock, "nghe nham ", "enter")
        assert f"+{int(5 * share)} điểm" in read(app)
        await keys(pilot, clock, "enter")
        assert session.state.attempts[side, before.position].share == share
        assert "Chấm lại thành" in sheet(app, session)
        assert "nghe nham" in sheet(app, session)
        if choice == "1":
            await keys(pilot, clock, "m", "4", "1", team, "5", "xem lai ", "enter", "enter")
            assert session.state.attempts[side, before.position].share == 0
            await keys(pilot, clock, "u", "enter")
        await undone(app, pilot, clock, session, before)


async def test_a_team_leaves_with_a_reason_and_a_question(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        before = session.state
        await keys(pilot, clock, "m", "6", "3", "xe den ", "enter")
        assert "không nhận giải" in read(app)
        await keys(pilot, clock, "escape")
        assert not drill_of(session.state).left
        await keys(pilot, clock, "m", "6", "3", "xe den ", "enter", "enter")
        assert list(drill_of(session.state).left.values()) == ["xe den"]
        assert "đã rời" in read(app)
        assert "xe den" in sheet(app, session)
        await undone(app, pilot, clock, session, before)


@pytest.mark.parametrize(
    ("rules", "phase"),
    [("boc-goi", "draw"), ("chi-tinh-huong", "mark"), ("ngoi-sao", "question"), ("rung-chuong", "question")],
)
async def test_the_evening_goes_on_without_the_team_whose_turn_it_is(
    rules: str, phase: str, tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, rules)
        await play(app, pilot, clock, until=lambda state: state.phase == phase)
        team = drill_of(session.state).turn or session.state.sides[0].id
        key = next(side.key for side in session.state.sides if side.id == team)
        await keys(pilot, clock, "m", "6", key, "om roi ", "enter", "enter")
        assert team in drill_of(session.state).left
        shown = len(drill_of(session.state).revealed)
        for _ in range(12):  # Enter alone gets past what was theirs
            if session.state.phase != phase or drill_of(session.state).turn != team:
                break
            await keys(pilot, clock, "enter")
        state = await play(
            app,
            pilot,
            clock,
            until=lambda state: (
                len(drill_of(state).revealed) > shown and state.phase in ("feedback", "review")
            ),
        )
        assert (team, state.position) not in state.attempts


async def test_a_rescue_brings_back_whom_the_facilitator_ticks(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = ("Một", "Hai", "Ba", "Bốn", "Năm")

    def knows(team: int, _position: int) -> bool:
        return team == 0 or len(drill_of(session.state).opened) < 10

    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "rung-chuong", teams)
        await keys(pilot, clock, "m")
        assert "từ câu 10" in read(app)
        await keys(pilot, clock, "escape")
        await play(
            app,
            pilot,
            clock,
            knows,
            until=lambda state: len(drill_of(state).opened) == 10 and state.phase == "feedback",
        )
        before = session.state
        await keys(pilot, clock, "m", "7", "3", "5", "enter")
        floor = on_floor(session.state, 0)
        assert [side.name for side in session.state.sides if side.id in floor] == ["Một", "Hai", "Bốn"]
        assert "Trở lại sàn" in read(app)
        assert "Cứu trợ" in sheet(app, session)
        await undone(app, pilot, clock, session, before)


async def test_prizes_are_edited_line_by_line(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        before = session.state
        await keys(pilot, clock, "m", "8")
        assert "Với 3 đội: Nhất 1, Nhì 2, Ba 0, Khuyến khích 0" in read(app)
        await keys(pilot, clock, "2", *["backspace"] * 1, "x", "enter")
        assert "Sau dấu hai chấm" in read(app)
        await keys(pilot, clock, "backspace", "1", "enter")
        await keys(pilot, clock, "4", *["backspace"] * 30, "enter")  # an empty line goes
        await keys(pilot, clock, "t", "Ung xu: tinh huong", "enter")
        assert "tình huống" in read(app) or "Sau dấu" in read(app)
        await keys(pilot, clock, "escape", "t", "Hay nhat: tình huống", "enter")
        await keys(pilot, clock, "g")
        drill = drill_of(session.state)
        assert drill.prizes == (("Nhất", 1), ("Nhì", 1), ("Ba", 3))
        assert ("Hay nhat", "situation") in (drill.part_prizes or ())
        assert "Sửa cơ cấu giải" in sheet(app, session)
        await undone(app, pilot, clock, session, before)


async def test_the_record_lists_everything_the_latest_first(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot, clock)
        await keys(pilot, clock, "c", "1", "+5 hat hay", "enter", "u", "enter", "m", "0")
        lines = screen_text(app).splitlines()
        undone_at = next(at for at, line in enumerate(lines) if "Rút lại: cộng hoặc trừ điểm" in line)
        given = next(at for at, line in enumerate(lines) if "Cộng 5 điểm" in line)
        assert undone_at < given
        assert "đã rút lại" in lines[given] + lines[given + 1]
        assert any("Hiện đáp án" in line for line in lines)


def test_the_record_tells_no_result_before_the_key_is_shown() -> None:
    hall = together()(c.Advance, dc.StartClock).judged(d1=False).judged(d1=True)
    assert lines_of(hall.events, hall.state)[0].what == "Sửa điều vừa ghi · Đội 1 · câu 1"
    hall(dc.CloseItem, dc.Reveal)
    assert "Sửa kết quả từ sai thành đúng · Đội 1 · câu 1" in [
        line.what for line in lines_of(hall.events, hall.state)
    ]


async def test_a_second_press_of_any_key_hits_no_window_and_no_other_team(
    tmp_path: Path, cache: Path
) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        clock.now += 0.5
        await pilot.press("a", "a")
        await settle(pilot)
        assert len(session.state.attempts) == 1
        assert "hai lần" in read(app)
        clock.now += 0.5
        await pilot.press("space", "space")
        assert session.state.paused_at is not None
        clock.now += 0.5
        await pilot.press("f5", "f5")
        assert drill_of(session.state).standings


async def test_a_second_press_hits_nothing_in_the_next_window(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await begin(app, pilot, clock)
        clock.now += 0.5
        await pilot.press("m", "m")
        await settle(pilot)
        assert "Việc khác" in read(app)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("2", "2")  # the question's own number, though the latest stands first
        await settle(pilot)
        assert "Chấm lại câu 2 · đội nào?" in read(app)
        await keys(pilot, clock, "2")
        clock.now += 0.5
        await pilot.press("1")
        await settle(pilot)
        await pilot.press("x")
        clock.now += 0.5
        before = session.state
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert session.state.attempts == before.attempts  # asked, not done
        assert "Chấm lại?" in read(app)


async def test_m_and_a_digit_in_one_go_belong_together(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "boc-goi")
        await play(app, pilot, clock, until=lambda state: state.phase == "draw")
        before = session.state
        clock.now += 0.5
        for key, character in (("m", "m"), ("6", "6")):
            app.post_message(events.Key(key, character))
        await settle(pilot, 8)
        assert "Đội rời hội thi · đội nào?" in read(app)
        assert session.state is before  # no package was drawn


async def test_a_double_r_after_a_steal_does_not_judge_the_owner(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, lambda _t, _p: False, until=lambda state: state.phase == "buzz")
        owner = drill_of(session.state).turn
        thief = next(side for side in session.state.sides if side.id != owner)
        await keys(pilot, clock, thief.key)
        clock.now += 0.5
        await pilot.press("r", "r")
        await settle(pilot)
        attempts = session.state.attempts
        assert attempts[thief.id, session.state.position].share == 1
        assert attempts[owner, session.state.position].share == 0


async def test_buzzers_show_who_was_early_who_was_first_and_by_how_much(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "ngoi-sao")
        await play(app, pilot, clock, lambda _t, _p: False, until=lambda state: state.phase == "question")
        owner = drill_of(session.state).turn
        early, other = [side for side in session.state.sides if side.id != owner]
        await keys(pilot, clock, early.key)
        assert early.id in drill_of(session.state).early
        assert "bấm sớm" in read(app)
        await play(app, pilot, clock, lambda _t, _p: False, until=lambda state: state.phase == "buzz")
        clock.now += 0.1
        await pilot.press(early.key)
        await settle(pilot)
        assert session.state.phase == "buzz"
        assert "còn bị khóa" in read(app)
        clock.now += 1.5
        await pilot.press(other.key)
        app.services.key_age = lambda _made: 0.25  # the key was pressed while the screen was busy
        clock.now += 0.5
        await pilot.press(early.key)
        await settle(pilot)
        assert "đang trả lời" in read(app)
        assert "sau 0,25 s" in read(app)


async def test_a_laptop_that_slept_has_stopped_its_clock_and_says_so(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien")
        await play(app, pilot, clock, until=lambda state: state.phase == "question")
        left = session.state.remaining_ms(session.now)
        clock.now += 600
        await cast("DrillScreen", app.screen).tick()
        await settle(pilot)
        assert session.state.pause_reason == "asleep"
        assert session.state.remaining_ms(session.now) == left
        assert "Máy vừa đứng yên" in read(app)
        await keys(pilot, clock, "enter")
        assert session.state.paused_at is None
        assert "máy đứng yên" in sheet(app, session)


async def test_names_and_reasons_are_never_markup(tmp_path: Path, cache: Path) -> None:
    app, clock = hall(tmp_path, cache)
    teams = ("[red]Sen[/red]", "[/", "Một đội có tên rất dài dài đến bốn mươi")
    async with app.run_test(size=(80, 24)) as pilot:
        session = await open_hall(app, pilot, "gio-bien", teams)
        await play(app, pilot, clock, until=lambda state: state.phase == "feedback")
        await keys(pilot, clock, "m", "1", "2", "[/b] x ", "enter")
        assert "[/ (câu 1)" in read(app)
        await keys(pilot, clock, "m", "2")
        assert "[/b] x" in read(app)
        await keys(pilot, clock, "escape", "m", "4", "1")
        assert "[red]Sen[/red]" in read(app)
        await keys(pilot, clock, "3")
        assert "kết quả mới?" in read(app)
        await keys(pilot, clock, "escape", "m", "0")
        assert "[/b] x" in read(app)
        assert drill_of(session.state).appeals


MENUS = {"menu": ("m",), "prizes": ("m", "8"), "record": ("m", "0"), "accept": ("m", "3", "1")}


@pytest.mark.parametrize("name", MENUS)
async def test_windows(name: str, tmp_path: Path, cache: Path, snapshot: SnapshotAssertion) -> None:
    app, clock = hall(tmp_path, cache)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot, clock)
        await keys(pilot, clock, *MENUS[name])
        assert screen_text(app) == snapshot
