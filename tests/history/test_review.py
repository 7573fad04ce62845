"""What is due: by day and by minute, within limits, of what the bank still has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.history.plays import QUOTE, START, History, Reply, Round, play, play_situation
from trainer.errors import UsageError
from trainer.history.outcomes import base_of, clause_shares, clauses
from trainer.history.review import (
    Forecast,
    Limits,
    day_bounds,
    due,
    forecast,
    forecast_sentence,
    next_item,
    rating_of,
    set_rating,
    weak_parts,
)
from trainer.history.scheduling import AGAIN, EASY, GOOD
from trainer.history.verify import verify

DAY = timedelta(days=1)
HANOI = timezone(timedelta(hours=7))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def local(days: float = 0) -> datetime:
    return (START + timedelta(days=days)).astimezone(HANOI)


def test_what_was_wrong_comes_back_in_a_minute_and_what_was_right_the_same_day(history: History) -> None:
    play(history, Round("c1", 0, (Reply(0), Reply(1))))  # q1 right, q2 wrong
    assert due(history.db, "p1", local()).reviews == []
    soon = local() + timedelta(minutes=3)
    assert due(history.db, "p1", soon).reviews == ["q2"]
    assert due(history.db, "p1", local() + timedelta(minutes=20)).reviews == ["q2", "q1"]
    assert next_item(history.db, "p1", soon) == "q2"


def test_a_card_in_review_is_due_from_the_morning_of_its_day(history: History) -> None:
    for day in (0, 1):  # right twice: learnt
        play(history, Round(f"c{day}", day, (Reply(0),)))
    ((due_at, state),) = history.rows("SELECT due, state FROM cards WHERE item = 'q1'")
    assert state == 2
    morning = datetime.fromtimestamp(due_at / 1000, UTC).astimezone(HANOI).replace(hour=0, minute=1)
    assert due(history.db, "p1", morning).reviews == ["q1"]
    assert due(history.db, "p1", morning - timedelta(minutes=2)).reviews == []


def test_a_day_is_the_player_s_own() -> None:
    start, end = day_bounds(datetime(2026, 11, 24, 23, 30, tzinfo=UTC).astimezone(HANOI))
    assert datetime.fromtimestamp(start / 1000, UTC) == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert end - start == 86_400_000
    autumn = datetime(2026, 10, 25, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    start, end = day_bounds(autumn)
    assert end - start == 25 * 3_600_000


def test_limits_of_a_day_count_what_was_done(history: History) -> None:
    play(history, Round("c1", 0, tuple(Reply(1) for _ in range(4))))
    later = local() + timedelta(hours=1)
    bank = [f"q{number}" for number in range(1, 12)]
    told = due(history.db, "p1", later, Limits(new=6, all=9), unseen=bank)
    assert len(told.reviews) == 4
    assert told.new == ["q5"]  # room for 9 - 4 done - 4 reviews
    assert due(history.db, "p1", later, Limits(new=6, all=6), unseen=bank) == (
        ["q1", "q2"],
        [],
    )
    assert due(history.db, "p1", later, Limits(new=4, all=90), unseen=bank).new == []
    assert next_item(history.db, "p1", later, Limits(new=6, all=4), unseen=bank) is None
    tomorrow = due(history.db, "p1", local(1), Limits(new=2, all=90), unseen=bank)
    assert tomorrow.new == ["q5", "q6"]


def test_what_the_bank_has_lost_is_passed_over(history: History) -> None:
    play(history, Round("c1", 0, (Reply(1), Reply(1), Reply(1))))
    later = local() + timedelta(hours=1)
    known = {"q1", "q3"}.__contains__
    assert due(history.db, "p1", later, known=known).reviews == ["q1", "q3"]
    assert forecast(history.db, "p1", later, known=known).reviews == 2


def test_the_forecast_counts_minutes_by_the_player_s_own_pace(history: History) -> None:
    assert forecast(history.db, "p1", local(), unseen=["q1", "q2"]) == Forecast(0, 2, 0, 40_000, 0, 0)
    play(history, Round("c1", 0, tuple(Reply(1, 100) for _ in range(3))))
    told = forecast(history.db, "p1", local() + timedelta(hours=2))
    assert (told.reviews, told.new, told.done) == (3, 0, 3)
    assert told.ms == pytest.approx(30_000, rel=0.07)
    assert forecast_sentence(told) == "Hôm nay: 3 mục ôn, 1 phút"
    assert len(forecast_sentence(Forecast(120, 15, 0, 3_600_000, 120, 0))) <= 56
    assert "Hôm nay chưa có gì" in forecast_sentence(Forecast(0, 0, 0, 0, 0, 0))
    assert forecast_sentence(Forecast(0, 0, 0, 0, 4, 9)) == "Hôm nay đã ôn xong · mai: 4"


def test_a_quotation_is_remembered_whole_and_clause_by_clause(history: History) -> None:
    play(history, Round("c1", 0, (Reply(1),), first=6))  # only the first clause
    items = {row[0]: row[1] for row in history.rows("SELECT item, unit FROM cards")}
    assert items == {
        "loi-6": 1,
        "loi-6:recital": 0,
        "loi-6:recital#1": 0,
        "loi-6:recital#2": 0,
        "loi-6:recital#3": 0,
    }
    later = local() + timedelta(hours=1)
    assert due(history.db, "p1", later).reviews == ["loi-6"]
    weakest = weak_parts(history.db, "p1", "loi-6", local(5))
    assert [part.number for part in weakest][-1] == 1
    assert weakest[0].recall < weakest[-1].recall
    assert base_of("loi-6:recital#3") == "loi-6"


def test_each_blank_of_a_cloze_is_remembered(history: History) -> None:
    play(history, Round("c1", 0, (Reply(2),), first=5))  # first blank wrong
    assert [(part.form, part.number) for part in weak_parts(history.db, "p1", "q5", local(3))] == [
        ("q5", 1),
        ("q5", 2),
    ]


def test_clauses_are_cut_at_their_marks() -> None:
    pieces = [QUOTE[start:end] for start, end in clauses(QUOTE)]
    assert pieces[0] == "Việc dân vận rất quan trọng,"
    assert len(pieces) == 3
    assert clause_shares(QUOTE, QUOTE) == [1.0, 1.0, 1.0]
    assert clause_shares(QUOTE, "") == [0.0, 0.0, 0.0]


def test_a_rating_changed_by_hand_counts_and_survives_a_replay(history: History) -> None:
    play(history, Round("c1", 0, (Reply(0),)))
    play(history, Round("c2", 3, (Reply(0),)))
    before = history.rows("SELECT * FROM cards")
    assert rating_of(history.db, "c1", "p1", 0) == GOOD
    set_rating(history.db, history.path, "c1", "p1", 0, EASY)
    assert rating_of(history.db, "c1", "p1", 0) == EASY
    assert history.rows("SELECT stability FROM cards") > [(before[0][8],)]
    assert verify(history.db).good
    set_rating(history.db, history.path, "c1", "p1", 0, None)
    assert history.rows("SELECT * FROM cards") == before
    assert verify(history.db).good
    with pytest.raises(UsageError):
        set_rating(history.db, history.path, "c1", "p1", 0, 9)


def test_an_overruled_answer_is_a_right_one_for_memory_too(history: History) -> None:
    play(history, Round("c1", 0, (Reply(1),), overrule=True))
    assert rating_of(history.db, "c1", "p1", 0) == GOOD
    assert history.rows("SELECT right, asked FROM totals") == [(1, 1)]
    assert verify(history.db).good


def test_overruling_an_old_answer_leaves_the_last_meeting_what_it_was(history: History) -> None:
    session = play(history, Round("c1", 0, (Reply(1),), finish=False))
    play(history, Round("c2", 1, (Reply(2),)))
    session.overrule("p1", 0, "cũng đúng")
    assert history.rows("SELECT attempts, last_share FROM memory") == [(2, 0.0)]
    assert history.rows("SELECT right, asked FROM totals") == [(1, 2)]
    assert verify(history.db).good


def test_a_situation_and_every_side_of_a_contest_are_learnt_from(history: History) -> None:
    play_situation(history, share=0.2)
    assert rating_of(history.db, "s", "p1", 0) == AGAIN
    play(history, Round("c1", 0, (Reply(0), Reply(1)), ("p1", "p2")))
    assert {row[0] for row in history.rows("SELECT side FROM cards WHERE item = 'q1'")} == {"p1", "p2"}


def test_a_clock_set_back_a_year_and_forward_again(history: History) -> None:
    play(history, Round("c1", 0, (Reply(0),)))
    play(history, Round("c2", -365, (Reply(0),)))
    play(history, Round("c3", 1, (Reply(0),)))
    assert due(history.db, "p1", local(60)).reviews == ["q1"]
    assert verify(history.db).good
