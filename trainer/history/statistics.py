"""What a player's history says: small indexed reads, then pure functions over what was read.

Nothing here walks over all attempts: the totals that these pictures need are kept with each
answer, so that a million of them are read as fast as a thousand.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from trainer.bank.model import Entry
from trainer.history.intervals import Interval, wilson
from trainer.history.moments import QUARTER_MS, to_datetime
from trainer.history.rating import median_ms
from trainer.history.scheduling import recall

# --- mastery ---------------------------------------------------------------------------------


class Known(NamedTuple):
    """What is remembered of a question.

    Attributes:
        share: Share of the points the last time.
        recall: Chance of recalling it now.
    """

    share: float
    recall: float


class Mastery(NamedTuple):
    """One topic of the bank.

    Attributes:
        questions: In use in the bank.
        met: Met at least once.
        right: Fully right the last time.
        recall: Expected share of the whole topic that would be recalled now; never met counts 0.
        band: How sure the share right of those met is (Wilson, 95 %).
    """

    topic: str
    questions: int
    met: int
    right: int
    recall: float
    band: Interval


def knowledge(connection: sqlite3.Connection, player: str, now: int) -> dict[str, Known]:
    """Return what a player remembers of each question they met; `now` in UTC milliseconds."""
    rows = connection.execute(
        "SELECT m.item, m.last_share, c.stability, c.last FROM memory m "
        "JOIN cards c ON c.side = m.side AND c.item = m.item WHERE m.side = ? AND m.section = 'question'",
        (player,),
    )
    return {item: Known(share, recall(stability, last, now)) for item, share, stability, last in rows}


def mastery(questions: Iterable[Entry], known: Mapping[str, Known]) -> list[Mastery]:
    """Return each topic's mastery, in the order in which the topics appear. Pure."""
    topics: dict[str, list[Known | None]] = {}
    for entry in questions:
        if not entry.retired:
            topics.setdefault(entry.topic, []).append(known.get(entry.id))
    result = []
    for topic, found in topics.items():
        met = [one for one in found if one is not None]
        right = sum(one.share >= 1 for one in met)
        expected = sum(one.recall for one in met) / len(found)
        result.append(Mastery(topic, len(found), len(met), right, expected, wilson(right, len(met))))
    return result


# --- days ------------------------------------------------------------------------------------


class Day(NamedTuple):
    """One day on which something was answered."""

    date: date
    asked: int
    right: int
    ms: int


def calendar(
    connection: sqlite3.Connection, player: str, zone: tzinfo, since: int = 0, until: int | None = None
) -> list[Day]:
    """Return the days on which a player answered, in their time zone, oldest first.

    Args:
        connection: The history.
        player: Whose.
        zone: The player's.
        since: UTC milliseconds, inclusive, to a quarter of an hour.
        until: UTC milliseconds, exclusive; None: no end.
    """
    query = "SELECT quarter, asked, right, ms FROM activity WHERE side = ? AND quarter >= ? AND quarter < ?"
    end = 1 << 62 if until is None else -(-until // QUARTER_MS)
    return by_day(connection.execute(query, (player, since // QUARTER_MS, end)), zone)


def by_day(quarters: Iterable[tuple[int, int, int, int]], zone: tzinfo) -> list[Day]:
    """Add up quarters of an hour (number since 1970, asked, right, ms) to days. Pure."""
    sums: dict[date, list[int]] = {}
    for quarter, *counts in quarters:
        day = to_datetime(quarter * QUARTER_MS).astimezone(zone).date()
        kept = sums.setdefault(day, [0, 0, 0])
        for at, count in enumerate(counts):
            kept[at] += count
    return [Day(day, *counts) for day, counts in sorted(sums.items())]


def streaks(days: Sequence[Day], today: date) -> tuple[int, int]:
    """Return (days in a row up to today or yesterday, the longest row ever). Pure."""
    played = {day.date for day in days}
    longest = 0
    for day in played:
        if day - timedelta(days=1) not in played:
            length = 1
            while day + timedelta(days=length) in played:
                length += 1
            longest = max(longest, length)
    at = today if today in played else today - timedelta(days=1)
    current = 0
    while at in played:
        current, at = current + 1, at - timedelta(days=1)
    return current, longest


# --- questions -------------------------------------------------------------------------------


class Hard(NamedTuple):
    """A question that is often missed.

    Attributes:
        miss_band: Share of misses, Wilson, 95 %; the list is ordered by its lower end, so one
            miss out of one does not beat nine out of ten.
        ms: Mean time.
    """

    item: str
    topic: str
    asked: int
    right: int
    miss_band: Interval
    ms: int


def hardest(connection: sqlite3.Connection, player: str = "", limit: int = 20) -> list[Hard]:
    """Return the questions that a player (or, "", everybody) misses most surely."""
    if player:
        rows = connection.execute(
            "SELECT item, topic, asked, right, ms FROM totals WHERE side = ? AND section = 'question' "
            "AND right < asked",
            (player,),
        )
    else:
        rows = connection.execute(
            "SELECT item, max(topic), sum(asked), sum(right), sum(ms) FROM totals WHERE section = 'question' "
            "GROUP BY item HAVING sum(right) < sum(asked)"
        )
    found = [
        Hard(item, topic, asked, right, wilson(asked - right, asked), ms // asked)
        for item, topic, asked, right, ms in rows
    ]
    found.sort(key=lambda hard: (-hard.miss_band.low, -hard.asked, hard.item))
    return found[:limit]


class Confused(NamedTuple):
    """Two answers that are taken for each other; `one` < `two`, in either direction."""

    one: str
    two: str
    times: int
    items: int


def confused(connection: sqlite3.Connection, player: str = "", limit: int = 20) -> list[Confused]:
    """Return the pairs of answers that a player (or, "", everybody) confuses most."""
    where = "side = ? AND" if player else ""
    rows = connection.execute(
        "SELECT min(answer, chosen), max(answer, chosen), sum(times), count(DISTINCT item) FROM picks "  # noqa: S608
        f"WHERE {where} right = 0 GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT ?",
        (*([player] if player else []), limit),
    )
    return [Confused(*row) for row in rows]


class Chosen(NamedTuple):
    """How often a wrong answer was chosen in one question."""

    answer: str
    chosen: str
    times: int


def chosen_instead(connection: sqlite3.Connection, item: str, player: str = "") -> list[Chosen]:
    """Return what was chosen in place of the right answer, most often first."""
    where = "side = ? AND" if player else ""
    rows = connection.execute(
        "SELECT answer, chosen, sum(times) FROM picks "  # noqa: S608 - no user text
        f"WHERE {where} item = ? AND right = 0 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
        (*([player] if player else []), item),
    )
    return [Chosen(*row) for row in rows]


# --- time ------------------------------------------------------------------------------------


class Pace(NamedTuple):
    """How fast a player answers one kind; the median is within 6 %."""

    kind: str
    answers: int
    median_ms: int


def paces(connection: sqlite3.Connection, player: str) -> list[Pace]:
    """Return the player's pace by kind of question."""
    result = []
    for kind, text in connection.execute(
        "SELECT kind, buckets FROM pace WHERE side = ? ORDER BY kind", (player,)
    ):
        buckets = {int(at): count for at, count in json.loads(text).items()}
        middle = median_ms(buckets)
        if middle is not None:
            result.append(Pace(kind, sum(buckets.values()), middle))
    return result


# --- a group ---------------------------------------------------------------------------------


class Tally(NamedTuple):
    """How one side did on one topic."""

    asked: int
    right: int

    @property
    def band(self) -> Interval:
        """How sure the share right is."""
        return wilson(self.right, self.asked)


class TopicRow(NamedTuple):
    """One topic across a group.

    Attributes:
        sides: Side id -> how it did; sides that were never asked are missing.
        whole: All of them together.
    """

    topic: str
    sides: dict[str, Tally]
    whole: Tally


def group(connection: sqlite3.Connection, sides: Sequence[str]) -> list[TopicRow]:
    """Return several players or teams side by side; what the group should drill next comes first.

    That is the topic whose misses are surest: the highest lower end of the share missed (Wilson).
    """
    marks = ", ".join("?" * len(sides))
    rows = connection.execute(
        "SELECT topic, side, sum(asked), sum(right) FROM totals "  # noqa: S608 - marks only
        f"WHERE side IN ({marks}) AND section = 'question' GROUP BY topic, side",
        tuple(sides),
    ).fetchall()
    return group_rows(rows)


def most_active(connection: sqlite3.Connection) -> list[str]:
    """Return everybody (players and teams) who answered a question, those with the most answers first."""
    rows = connection.execute(
        "SELECT side FROM totals WHERE section = 'question' GROUP BY side ORDER BY sum(asked) DESC, side"
    )
    return [row[0] for row in rows]


def group_rows(rows: Iterable[tuple[str, str, int, int]]) -> list[TopicRow]:
    """Put (topic, side, asked, right) together and order them for drilling. Pure."""
    topics: dict[str, dict[str, Tally]] = defaultdict(dict)
    for topic, side, asked, right in rows:
        topics[topic][side] = Tally(asked, right)
    found = [
        TopicRow(
            topic,
            sides,
            Tally(sum(tally.asked for tally in sides.values()), sum(tally.right for tally in sides.values())),
        )
        for topic, sides in topics.items()
    ]

    def surely_missed(row: TopicRow) -> float:
        return wilson(row.whole.asked - row.whole.right, row.whole.asked).low

    return sorted(found, key=lambda row: (-surely_missed(row), -row.whole.asked, row.topic))
