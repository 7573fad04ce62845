"""The engine: what each command does, and what no sequence of commands can break."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.helpers import SIDE, plan, question, rules, session_with, situation, wait
from trainer.contest import commands as c
from trainer.contest.engine import RefusedError, decide, evolve, fold
from trainer.contest.events import (
    Answered,
    ContestFinished,
    ContestOpened,
    Event,
    Side,
    event_from_data,
    event_to_data,
)
from trainer.contest.rules import QuestionPart, SituationPart, rules_from_data, rules_to_data
from trainer.contest.scoring import disputed_criteria
from trainer.contest.session import Session
from trainer.contest.state import Sheet, State
from trainer.contest.turns import best_path, turn_now, turns_share

TWO = plan(question(1), question(2))
EACH = rules(QuestionPart(count=2, seconds=15, right=10, wrong=-2))
EXAM = rules(QuestionPart(count=2, total_seconds=60, right=5, feedback="end"))
SPEECH = rules(SituationPart(think_s=60, speak_s=180, points=100, overtime=-1))


def test_a_round_from_first_question_to_the_end() -> None:
    session, clock, log = session_with(TWO, EACH)
    assert (session.state.phase, session.state.position, session.state.deadline) == ("question", 0, 15_000)
    clock.now += 4
    session.answer("p1", (0,))
    assert session.state.phase == "feedback"
    assert session.state.attempts["p1", 0].elapsed_ms == 4000
    assert session.state.score("p1") == 10
    wait(session, clock, 40)  # reading the explanation costs no time
    session.advance()
    assert session.state.deadline == 44_000 + 15_000
    session.answer("p1", (3,))
    assert session.state.attempts["p1", 1].code == "wrong"
    assert session.state.score("p1") == 8
    session.advance()
    assert session.state.status == "finished"
    assert isinstance(log.events[-1], ContestFinished)


def test_a_deadline_closes_the_question_at_its_own_time() -> None:
    session, clock, _ = session_with(TWO, EACH)
    wait(session, clock, 15.2)
    attempt = session.state.attempts["p1", 0]
    assert (attempt.code, attempt.points, attempt.elapsed_ms, attempt.by_deadline) == (
        "empty",
        0,
        15_000,
        True,
    )
    assert session.state.phase == "feedback"


def test_an_answer_after_its_deadline_is_refused() -> None:
    session, clock, _ = session_with(TWO, EACH)
    clock.now += 3
    with pytest.raises(RefusedError) as refused:
        decide(session.state, c.Answer(15_000, "p1", (0,)))
    assert refused.value.code == "late"
    assert decide(session.state, c.Answer(14_999, "p1", (0,)))


def test_what_stands_in_the_box_counts_at_the_deadline_if_the_rules_say_so() -> None:
    items = plan(question(1, kind="multiple", right=2))
    for counts, code in ((True, "right"), (False, "empty")):
        session, clock, _ = session_with(items, rules(QuestionPart(count=1, seconds=15, box_counts=counts)))
        session.draft("p1", "answer", (0, 1))
        wait(session, clock, 16)
        assert session.state.attempts["p1", 0].code == code


def test_a_pause_moves_the_deadline() -> None:
    session, clock, _ = session_with(TWO, EACH)
    wait(session, clock, 5)
    session.pause()
    with pytest.raises(RefusedError):
        session.answer("p1", (0,))
    wait(session, clock, 100)
    assert session.state.remaining_ms(session.now) == 10_000
    session.unpause()
    wait(session, clock, 4)
    assert session.state.remaining_ms(session.now) == 6_000
    session.answer("p1", (0,))
    assert session.state.attempts["p1", 0].elapsed_ms == 9_000


def test_two_sides_close_a_question_only_together() -> None:
    sides = (SIDE, Side("p2", "Hoa"))
    session, clock, _ = session_with(TWO, EACH, sides=sides)
    session.answer("p1", (0,))
    assert session.state.phase == "question"
    wait(session, clock, 16)
    assert session.state.phase == "feedback"
    assert session.state.attempts["p2", 0].code == "empty"
    assert (session.state.score("p1"), session.state.score("p2")) == (10, 0)


def test_an_exam_can_be_changed_until_it_is_handed_in() -> None:
    session, _clock, _ = session_with(TWO, EXAM)
    session.answer("p1", (1,))
    assert session.state.position == 1
    session.goto(0)
    session.answer("p1", (0,))
    session.answer("p1", (2,))
    assert session.state.phase == "submit"
    session.goto(1)
    session.hand_in()
    session.advance()
    assert session.state.status == "finished"
    assert session.state.score("p1") == 5


def test_an_exam_s_clock_hands_in_by_itself() -> None:
    session, clock, _ = session_with(TWO, EXAM)
    session.answer("p1", (0,))
    wait(session, clock, 61)
    assert session.state.status == "finished"
    assert session.state.attempts["p1", 1].code == "empty"
    assert session.state.score("p1") == 5


def test_a_part_s_clock_stands_while_an_explanation_is_read_unless_the_rules_say_otherwise() -> None:
    for runs, left in ((False, 50_000), (True, 20_000)):
        part = QuestionPart(count=2, total_seconds=60, clock_in_feedback=runs)
        session, clock, _ = session_with(TWO, rules(part))
        wait(session, clock, 10)
        session.answer("p1", (0,))
        wait(session, clock, 30)
        session.advance()
        assert session.state.remaining_ms(session.now) == left


def test_a_situation_from_reading_to_its_score() -> None:
    session, clock, log = session_with(plan(situation()), SPEECH)
    assert session.state.phase == "read"
    wait(session, clock, 30)
    session.advance()
    session.draft("p1", "notes", "gặp bà Lan")
    wait(session, clock, 60)
    assert session.state.phase == "speak"  # the think clock ended by itself
    session.draft("p1", "answer", "Thưa các cụ")
    wait(session, clock, 180 + 130)  # two full minutes over
    session.advance()
    assert session.state.phase == "mark"
    with pytest.raises(RefusedError) as refused:
        session.advance()
    assert refused.value.code == "unmarked"
    session.mark("p1", "p1", 0, 1.0)
    session.mark("p1", "p1", 1, 0.25)
    session.advance()
    assert session.state.phase == "revise"  # the model answer may be seen from here on
    session.mark("p1", "p1", 1, 0.5)
    session.advance()
    assert session.state.first_sheets["p1", "p1", 0].shares == {0: 1.0, 1: 0.25}
    assert session.state.sheets["p1", "p1", 0].shares == {0: 1.0, 1: 0.5}
    attempt = session.state.attempts["p1", 0]
    assert (attempt.share, attempt.points, attempt.penalty, attempt.text) == (0.8, 80, -2, "Thưa các cụ")
    assert session.state.score("p1") == 78
    session.advance()
    assert session.state.status == "finished"
    assert fold(log.events) == session.state


def test_a_hard_stop_caps_the_sheet_and_can_be_taken_back() -> None:
    session, _clock, _ = session_with(plan(situation()), SPEECH)
    for _ in range(3):
        session.advance()
    session.mark("p1", "p1", 0, 1.0)
    session.mark("p1", "p1", 1, 1.0)
    session.mark_cap("p1", "p1", 0, True)
    events = decide(session.state, c.Advance(session.now))
    assert fold([*_opened(session.state), *events][-1:])  # the event list is not empty
    session.mark_cap("p1", "p1", 0, False)
    session.mark_cap("p1", "p1", 0, True)
    session.advance()
    session.advance()
    assert session.state.attempts["p1", 0].points == 50


def _opened(state: State) -> list[Event]:
    return [ContestOpened(0, "c", 1, rules_to_data(state.rules), state.sides, state.plan)]


def judged(*shares: float, part: SituationPart) -> Session:
    session, _, _ = session_with(plan(situation()), rules(part))
    for _ in range(3):
        session.advance()
    for number, share in enumerate(shares):
        session.mark(f"j{number}", "p1", 0, share)
        session.mark(f"j{number}", "p1", 1, share)
    return session


@pytest.mark.parametrize(
    ("shares", "drop", "points"),
    [
        ((1.0, 0.5, 0.25), False, 58),  # 58.33
        ((1.0, 0.5, 0.5, 0.5, 0.0), False, 50),
        ((1.0, 0.75, 0.5, 0.5, 0.5), True, 58),
        ((1.0, 0.5, 0.5, 0.0), True, 50),  # fewer than five: all count
        ((0.75,), False, 75),
    ],
)
def test_judges_are_averaged_by_the_rules(shares: tuple[float, ...], drop: bool, points: int) -> None:
    session = judged(*shares, part=SituationPart(judges=len(shares), drop_extremes=drop))
    session.advance()
    session.advance()
    assert session.state.attempts["p1", 0].points == points


def test_marking_waits_for_every_judge_and_can_end_without_one_who_never_marks() -> None:
    session = judged(1.0, 0.5, part=SituationPart(judges=3))
    with pytest.raises(RefusedError, match="unmarked"):
        session.advance()
    session.mark("late", "p1", 0, 0.5)
    with pytest.raises(RefusedError, match="no-such-item"):
        session.mark("fourth", "p1", 0, 0.5)
    session.close_sheets()
    assert set(session.state.sheets_of("p1", 0)) == {"j0", "j1"}
    session.advance()
    session.advance()
    assert session.state.attempts["p1", 0].points == 75


def test_the_number_of_judges_can_be_changed_before_they_mark() -> None:
    session = judged(1.0, part=SituationPart())
    session.set_judges(2)
    session.mark("second", "p1", 0, 0.5)
    session.mark("second", "p1", 1, 0.5)
    with pytest.raises(RefusedError, match="not-now"):
        session.set_judges(1)
    with pytest.raises(RefusedError, match="not-now"):
        session.set_judges(10)
    session.advance()
    session.advance()
    assert session.state.attempts["p1", 0].points == 75


def test_criteria_on_which_judges_differ_by_more_than_half_are_named() -> None:
    sheets = [Sheet({0: 1.0, 1: 0.5}), Sheet({0: 0.25, 1: 1.0})]
    assert disputed_criteria(sheets, situation()["rubric"]) == [0]


# --- the people's replies ----------------------------------------------------------------------


def talk() -> dict[str, Any]:
    def option(points: int, to: str = "") -> dict[str, Any]:
        return {"text": f"làm {points}", "points": points, "feedback": "vì thế", "next": to}

    def turn(name: str, *options: dict[str, Any], to: str = "") -> dict[str, Any]:
        return {
            "id": name,
            "says": "Sao?",
            "options": list(options),
            "open": not options,
            "key_points": [],
            "next": to,
        }

    turns = [
        turn("t1", option(10, "t2"), option(5, "t3"), option(0)),
        turn("t2", option(0), option(10, "t4")),
        turn("t3", option(10, "t4"), option(2)),
        turn("t4"),
    ]
    return situation() | {"turns": turns}


def at_turns(item: dict[str, Any]) -> Session:
    session, _, _ = session_with(plan(item), SPEECH)
    for _ in range(3):
        session.advance()
    session.mark("p1", "p1", 0, 1.0)
    session.mark("p1", "p1", 1, 1.0)
    session.advance()
    session.advance()
    return session


def test_a_talk_goes_where_its_options_lead_and_ends() -> None:
    session = at_turns(talk())
    assert session.state.phase == "turns"
    with pytest.raises(RefusedError, match="unmarked"):
        session.advance()
    with pytest.raises(RefusedError, match="no-such-option"):
        session.take_turn("p1", 7)
    session.take_turn("p1", 1)
    session.take_turn("p1", 0)
    session.take_turn("p1", text="Hẹn thứ sáu trả lời", share=0.5)
    with pytest.raises(RefusedError, match="not-now"):
        session.take_turn("p1", 0)
    session.advance()
    assert session.state.phase == "review"
    taken = session.state.turns["p1", 0]
    assert [(step.turn, step.option, step.share) for step in taken] == [
        ("t1", 1, 0.5),
        ("t3", 0, 1.0),
        ("t4", -1, 0.5),
    ]
    assert turns_share(talk(), taken) == pytest.approx(2 / 3)
    assert [(step.turn["id"], step.option) for step in best_path(talk())] == [
        ("t1", 0),
        ("t2", 1),
        ("t4", -1),
    ]


def test_a_bad_option_ends_the_talk() -> None:
    session = at_turns(talk())
    session.take_turn("p1", 2)
    session.advance()
    assert session.state.phase == "review"


def test_a_talk_in_circles_ends() -> None:
    item = talk()
    item["turns"][1]["options"][1]["next"] = "t1"
    session = at_turns(item)
    for _ in range(60):
        state = session.state
        if turn_now(item, state.turns.get(("p1", 0), ())) is None:
            break
        session.take_turn("p1", len(state.turns.get(("p1", 0), ())) % 2)
    session.advance()
    assert session.state.phase == "review"
    assert best_path(item)


def test_rules_without_turns_and_situations_without_them_go_straight_to_the_score() -> None:
    assert at_turns(situation()).state.phase == "review"
    session, _, _ = session_with(plan(talk()), rules(SituationPart(turns=False)))
    for _ in range(3):
        session.advance()
    session.mark("p1", "p1", 0, 1.0)
    session.mark("p1", "p1", 1, 1.0)
    session.advance()
    session.advance()
    assert session.state.phase == "review"


# --- “tính là đúng” ---------------------------------------------------------------------------------


def test_a_verdict_is_overruled_with_a_reason_and_that_can_be_undone() -> None:
    session, _, log = session_with(TWO, EACH)
    session.answer("p1", (1,))
    assert session.state.score("p1") == 0
    session.overrule("p1", 0, "Đề in sai")
    attempt = session.state.attempts["p1", 0]
    assert (attempt.is_right, attempt.points, attempt.overruled, attempt.code) == (
        True,
        10,
        "Đề in sai",
        "wrong",
    )
    with pytest.raises(RefusedError, match="not-now"):
        session.overrule("p1", 0, "lần nữa")
    session.undo_overrule("p1", 0)
    assert session.state.attempts["p1", 0].points == -2
    with pytest.raises(RefusedError, match="not-now"):
        session.undo_overrule("p1", 0)
    assert fold(log.events) == session.state


def test_a_right_answer_and_an_open_question_cannot_be_overruled() -> None:
    session, _, _ = session_with(TWO, EACH)
    with pytest.raises(RefusedError, match="not-now"):
        session.overrule("p1", 0, "")
    session.answer("p1", (0,))
    with pytest.raises(RefusedError, match="not-now"):
        session.overrule("p1", 0, "")


def test_questions_then_a_situation() -> None:
    items = plan(question(1)) + plan(situation(), part=1)
    session, clock, _ = session_with(items, rules(QuestionPart(count=1, seconds=15), SituationPart()))
    session.answer("p1", (0,))
    wait(session, clock, 20)
    session.advance()
    assert (session.state.phase, session.state.part, session.state.deadline) == ("read", 1, None)


def test_rules_survive_the_record() -> None:
    for the_rules in (EACH, EXAM, SPEECH):
        assert rules_from_data(json.loads(json.dumps(rules_to_data(the_rules)))) == the_rules


# --- laws ------------------------------------------------------------------------------------


PLANS = st.sampled_from(
    [
        (TWO, EACH),
        (TWO, EXAM),
        (plan(situation()), SPEECH),
        (plan(talk()), SPEECH),
        (
            plan(question(1, kind="multiple", right=2)) + plan(situation(), part=1),
            rules(QuestionPart(1, seconds=9), SituationPart()),
        ),
    ]
)


@given(PLANS, st.lists(strategies.commands, max_size=40), st.booleans())
def test_no_sequence_of_commands_breaks_the_record(
    start: tuple[object, object], commands: list[c.Command], both: bool
) -> None:
    items, the_rules = start
    sides = (SIDE, Side("p2", "Hoa")) if both else (SIDE,)
    opened = ContestOpened(0, "c", 1, rules_to_data(the_rules), sides, items)  # type: ignore[arg-type]
    events: list[Event] = [opened]
    state = evolve(State(), opened)
    for command in commands:
        try:
            made = decide(state, command)
        except RefusedError:
            continue
        for event in made:
            assert event.at >= 0
            state = evolve(state, event)
        events += made
        for side in sides:
            assert state.score(side.id) >= 0
        assert state.status in ("running", "finished", "abandoned")
        assert -1 <= state.position < len(state.plan)
    assert fold(events) == state
    written = [(event.at, *event_to_data(event)) for event in events]
    read = [event_from_data(kind, at, data) for at, kind, data in json.loads(json.dumps(written))]
    assert fold(read) == state
    counted = [event for event in events if isinstance(event, Answered) and the_rules is EACH]
    assert len({(event.side, event.position) for event in counted}) == len(counted), "answered twice"


@given(st.lists(st.floats(0.05, 4), max_size=30))
def test_a_deadline_never_depends_on_when_the_screen_looks(steps: list[float]) -> None:
    session, clock, _ = session_with(TWO, EACH)
    for step in steps:
        clock.now += step
        session.look()
    wait(session, clock, 20)
    assert session.state.attempts["p1", 0].elapsed_ms == 15_000


def resumed(session: Session, events: list[Event], clock_at: float) -> Session:
    from tests.helpers import Clock, ListLog

    clock, log = Clock(), ListLog()
    clock.now = clock_at
    log.events = list(events)
    return Session(log, clock, lambda: "2026-11-25", events)


def test_time_in_which_nothing_ran_is_not_counted_and_a_resumed_contest_is_paused() -> None:
    session, clock, log = session_with(TWO, EACH)
    wait(session, clock, 3)
    session.answer("p1", (0,))
    session.advance()
    again = resumed(session, log.events, 9_000.0)
    assert again.state.attempts == session.state.attempts
    assert (again.state.position, again.state.paused_at) == (1, 3_000)
    again.unpause()
    assert again.state.remaining_ms(again.now) == 15_000


def test_a_process_that_stood_still_pauses_instead_of_marking_the_answer_missed() -> None:
    session, clock, _ = session_with(TWO, EACH)
    wait(session, clock, 6)
    clock.now += 3_600
    session.look()
    assert (session.state.pause_reason, session.state.phase) == ("asleep", "question")
    assert session.state.remaining_ms(session.now) == 9_000
    session.unpause()
    session.answer("p1", (0,))
    assert session.state.attempts["p1", 0].code == "right"


def test_what_could_not_be_written_waits_and_costs_no_time() -> None:
    from trainer.errors import StorageBusyError

    session, clock, log = session_with(TWO, EACH)
    wait(session, clock, 5)
    log.broken = StorageBusyError("Đĩa đầy")
    with pytest.raises(StorageBusyError):
        session.answer("p1", (0,))
    assert session.unsaved
    assert session.state.phase == "question"  # the screen does not move on
    for _ in range(20):
        clock.now += 1
        with pytest.raises(StorageBusyError):
            session.look()
    log.broken = None
    assert session.look()
    assert session.state.attempts["p1", 0].elapsed_ms == 5_000
    assert session.now == 5_000
