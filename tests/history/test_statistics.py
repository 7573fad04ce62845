"""Statistics: equal to counting by hand over whatever was played."""

from __future__ import annotations

import math
import tempfile
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.plays import START, History, Reply, Round, histories, play
from trainer.bank.model import Entry
from trainer.history import statistics as s
from trainer.history.intervals import difference, wilson
from trainer.history.moments import from_datetime
from trainer.history.rounds import Filter, bests, choices, rounds, trend, trend_sentence

HANOI = timezone(timedelta(hours=7))


def attempts(history: History) -> list[dict[str, Any]]:
    """Return all answers from their table, with when they were given."""
    names = "contest side position item topic kind code share elapsed_ms taken rules status score max_score"
    rows = history.rows(
        "SELECT a.contest, a.side, a.position, a.item, a.topic, a.kind, a.code, a.share, a.elapsed_ms, d.taken, "
        "c.rules, c.status, s.score, s.max_score FROM attempts a JOIN details d USING (contest, side, position) "
        "JOIN contests c ON c.id = a.contest JOIN contest_sides s USING (contest, side)"
    )
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


@settings(max_examples=30)
@given(histories(), st.sampled_from(["", "p1", "p2"]), st.sampled_from(["", "a", "b"]), st.integers(-40, 40))
def test_lists_and_totals_are_what_counting_by_hand_gives(
    told: list[Round], player: str, topic: str, day: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for one in told:
            play(history, one)
        everything = attempts(history)
        own = [one for one in everything if player in ("", one["side"])]
        since = from_datetime(START + timedelta(days=day))

        # Rounds, filtered.
        found = rounds(history.db, Filter(player=player, topic=topic, since=since))
        wanted = {
            (one.contest, side)
            for one in told
            for side in one.players
            if player in ("", side)
            and from_datetime(START + timedelta(days=one.day, hours=one.hour)) >= since
            and (not topic or any(a["contest"] == one.contest and a["topic"] == topic for a in everything))
        }
        assert {(row.contest, row.side) for row in found} == wanted
        order = [one.contest for one in reversed(told)]
        assert [order.index(row.contest) for row in found] == sorted(
            order.index(row.contest) for row in found
        )
        for row in found:
            mine = [a for a in everything if (a["contest"], a["side"]) == (row.contest, row.side)]
            assert row.asked == len(mine)
            assert row.right == sum(a["share"] >= 1 for a in mine)
            assert row.ms == sum(a["elapsed_ms"] for a in mine)

        # Hardest questions.
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for a in own:
            counts[a["item"]][0] += 1
            counts[a["item"]][1] += a["share"] >= 1
        missed = {item: (asked, right) for item, (asked, right) in counts.items() if right < asked}
        hard = s.hardest(history.db, player, 1000)
        assert {one.item: (one.asked, one.right) for one in hard} == missed
        assert all(one.miss_band == wilson(one.asked - one.right, one.asked) for one in hard)
        assert [one.miss_band.low for one in hard] == sorted(
            (one.miss_band.low for one in hard), reverse=True
        )

        # Time, by kind.
        if player:
            times: dict[str, list[int]] = defaultdict(list)
            for a in own:
                if a["code"] != "empty":
                    times[a["kind"]].append(a["elapsed_ms"])
            found_paces = s.paces(history.db, player)
            assert {pace.kind: pace.answers for pace in found_paces} == {k: len(v) for k, v in times.items()}
            for pace in found_paces:
                middle = sorted(times[pace.kind])[(len(times[pace.kind]) - 1) // 2]
                assert pace.median_ms == pytest.approx(middle, rel=0.07)

        # Days, in Hà Nội.
        who = player or "p1"
        days: Counter[date] = Counter()
        for a in everything:
            if a["side"] == who:
                days[datetime.fromtimestamp(a["taken"] / 1000, UTC).astimezone(HANOI).date()] += 1
        assert {one.date: one.asked for one in s.calendar(history.db, who, HANOI)} == dict(days)

        # A group by topic.
        table = s.group(history.db, ["p1", "p2", "p3"])
        cells = {(row.topic, side): (t.asked, t.right) for row in table for side, t in row.sides.items()}
        by_hand: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for a in everything:
            by_hand[a["topic"], a["side"]][0] += 1
            by_hand[a["topic"], a["side"]][1] += a["share"] >= 1
        assert cells == {key: tuple(value) for key, value in by_hand.items()}

        # Best rounds.
        for best in bests(history.db, who):
            shares = {
                a["contest"]: a["score"] / a["max_score"]
                for a in everything
                if a["side"] == who and a["status"] == "finished"
            }
            assert best.score / best.max_score >= max(shares.values(), default=0)
            assert best.rounds == len({one.contest for one in told if who in one.players and one.finish})
        history.db.close()


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), max_size=5))
def test_confused_pairs_are_counted_in_both_directions(answers: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        pairs: Counter[tuple[str, str]] = Counter()
        for number, replies in enumerate(answers):
            play(history, Round(f"c{number}", number, tuple(Reply(at) for at in replies)))
            for place, at in enumerate(replies, 1):
                if at and place != 4:  # in every choice of plays.py option 0 is right
                    pairs["ý 0", f"ý {at}"] += 1
        found = s.confused(history.db, "p1", 100)
        # q4 is a match question: its pairs are looked at below.
        chosen = {(one.one, one.two): one.times for one in found if one.one.startswith("ý")}
        assert chosen == dict(pairs)
        assert [one.times for one in found] == sorted((one.times for one in found), reverse=True)
        history.db.close()


def test_two_numbers_taken_for_each_other_are_one_pair(tmp_path: Path) -> None:
    history = History(tmp_path)
    for number, at in enumerate((1, 1, 2, 0)):
        play(history, Round(f"c{number}", number, (Reply(at),), first=7))
    assert s.confused(history.db, "p1")[0] == ("217", "218", 2, 1)
    assert s.chosen_instead(history.db, "q7") == [("217", "218", 2), ("217", "219", 1)]
    play(history, Round("m", 9, (Reply(1),), first=4))
    assert ("1", "2", 2, 1) in s.confused(history.db)


def test_mastery_says_how_sure_it_is(tmp_path: Path) -> None:
    history = History(tmp_path)
    play(history, Round("c1", 0, (Reply(0), Reply(1), Reply(0))))
    bank = [Entry(f"q{n}", "question", "choice", "abc"[n % 3], 1, (), False) for n in range(1, 10)]
    bank.append(Entry("old", "question", "choice", "a", 1, (), True))
    now = from_datetime(START) + 3_600_000
    table = {row.topic: row for row in s.mastery(bank, s.knowledge(history.db, "p1", now))}
    assert (table["b"].questions, table["b"].met, table["b"].right) == (3, 1, 1)
    assert (table["c"].met, table["c"].right) == (1, 0)
    assert table["b"].band.width > 0.6
    assert table["b"].recall == pytest.approx(1 / 3)
    later = s.knowledge(history.db, "p1", now + 90 * 86_400_000)
    assert later["q1"].recall < 0.9
    assert s.mastery([], {}) == []


def test_ten_questions_say_little_and_that_is_said(tmp_path: Path) -> None:
    history = History(tmp_path)
    assert trend([]) == []
    for number in range(3):
        play(history, Round(f"c{number}", number, tuple(Reply(0) for _ in range(4))))
    points = trend(rounds(history.db))
    assert [point.contest for point in points] == ["c0", "c1", "c2"]
    assert points[0].band.width > points[2].level_band.width
    assert "chưa đủ để nói" in trend_sentence(points)


@pytest.mark.parametrize(
    ("rights", "word"),
    [([4] * 20 + [9] * 10, "Tiến bộ rõ"), ([9] * 20 + [4] * 10, "giảm"), ([7] * 30, "may rủi")],
)
def test_a_change_is_called_one_only_beyond_luck(rights: list[int], word: str) -> None:
    from trainer.history.rounds import RoundRow

    rows = [
        RoundRow(f"c{at}", "p", "Lan", "r", "R", "", "", "finished", 10, 10, right, 10, 10, right, 10, 1)
        for at, right in enumerate(rights)
    ]
    assert word in trend_sentence(trend(rows[::-1]))


def test_choices_bests_and_an_empty_history(tmp_path: Path) -> None:
    history = History(tmp_path)
    asked: list[list[Any]] = [
        [*rounds(history.db), *s.hardest(history.db), *s.confused(history.db)],
        [*s.group(history.db, []), *s.group(history.db, ["p1"]), *bests(history.db, "p1")],
        [*s.calendar(history.db, "p1", UTC), *s.paces(history.db, "p1")],
    ]
    assert asked == [[], [], []]
    play(history, Round("c1", 0, (Reply(0), Reply(1))))
    play(history, Round("c2", 1, (Reply(0), Reply(0))))
    play(history, Round("c3", 2, (Reply(0), Reply(0))))
    assert choices(history.db, "p1") == ([("thu", "Luật thử")], ["b", "c"])
    (best,) = bests(history.db, "p1")
    assert (best.contest, best.score, best.rounds) == ("c2", 20, 3)
    assert [row.contest for row in rounds(history.db, limit=1, skip=1)] == ["c2"]
    history.add_player("p1", "Lan")
    assert rounds(history.db)[0].name == "Lan"


def test_days_in_a_row() -> None:
    today = date(2026, 11, 25)
    days = [s.Day(today - timedelta(days=back), 1, 1, 1) for back in (9, 8, 7, 6, 2, 1)]
    assert s.streaks(days, today) == (2, 4)
    assert s.streaks(days, today + timedelta(days=5)) == (0, 4)
    assert s.streaks([], today) == (0, 0)


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilson_holds_the_share_and_narrows(hits: int, more: int) -> None:
    total = hits + more
    band = wilson(hits, total)
    assert 0 <= band.low <= (hits / total if total else 0.5) <= band.high <= 1
    assert wilson(hits * 4, total * 4).width <= band.width + 1e-12
    gap = difference(hits, total, more, total)
    assert gap.low <= gap.high


def test_wilson_is_the_textbook_s() -> None:
    # 8 of 10: Newcombe 1998, table I style; computed from the closed form.
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0, 1)
    # Newcombe's own example: 56/70 - 48/80, method 10.
    assert difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert not math.isnan(wilson(1, 1).low)
