"""The engine: what each command does, and what no sequence of commands can break."""

from __future__ import annotations

import json

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
from trainer.contest.session import Session
from trainer.contest.state import State

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
    session.mark("p1", "p1", 1, 0.5)
    session.advance()
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
    assert session.state.attempts["p1", 0].points == 50


def _opened(state: State) -> list[Event]:
    return [ContestOpened(0, "c", 1, rules_to_data(state.rules), state.sides, state.plan)]


def test_several_judges_are_averaged() -> None:
    session, _, _ = session_with(plan(situation()), SPEECH)
    for _ in range(3):
        session.advance()
    for judge, share in (("a", 1.0), ("b", 0.5), ("c", 0.25)):
        session.mark(judge, "p1", 0, share)
        session.mark(judge, "p1", 1, share)
    session.advance()
    assert session.state.attempts["p1", 0].points == 58  # 58.33


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
