"""The rounds that were played: a filtered list, their trend with luck's share in it, personal bests."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from trainer.history.intervals import Interval, wilson


class RoundRow(NamedTuple):
    """One round of one side.

    Attributes:
        started: UTC, ISO 8601.
        finished: UTC, "" until it is.
        status: ``running``, ``finished`` or ``abandoned``.
        name: The player's name now, or the side's then.
        asked: Items answered or missed so far.
        ms: Time spent on them.
        sides: How many sides played the contest.
    """

    contest: str
    side: str
    name: str
    rules: str
    title: str
    started: str
    finished: str
    status: str
    questions: int
    opened: int
    score: int
    max_score: int
    answered: int
    right: int
    asked: int
    ms: int
    sides: int = 1


class Filter(NamedTuple):
    """Which rounds; "" and None mean all.

    Attributes:
        topic: Rounds in which something of this topic was asked.
        since: UTC milliseconds, inclusive.
        until: UTC milliseconds, exclusive.
    """

    player: str = ""
    rules: str = ""
    topic: str = ""
    status: str = ""
    since: int | None = None
    until: int | None = None


EVERYTHING = Filter()

_ROUND = (
    "r.contest, r.side, coalesce(p.name, r.name), r.rules, r.title, r.started, r.finished, r.status, "
    "r.questions, r.opened, r.score, r.max_score, r.answered, r.right, r.asked, r.ms, "
    "(SELECT count(*) FROM rounds o WHERE o.contest = r.contest)"
)


def rounds(
    connection: sqlite3.Connection, wanted: Filter = EVERYTHING, limit: int = 200, skip: int = 0
) -> list[RoundRow]:
    """Return rounds, newest first."""
    # “+a.topic”: by the attempts' own key; the planner would take an index that walks one side's whole life.
    conditions, values = ["1"], list[Any]()
    for condition, value in (
        ("r.side = ?", wanted.player),
        ("r.rules = ?", wanted.rules),
        ("r.status = ?", wanted.status),
        (
            "EXISTS (SELECT 1 FROM attempts a WHERE a.contest = r.contest AND a.side = r.side AND +a.topic = ?)",
            wanted.topic,
        ),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    if wanted.since is not None:
        conditions.append("r.begun >= ?")
        values.append(wanted.since)
    if wanted.until is not None:
        conditions.append("r.begun < ?")
        values.append(wanted.until)
    rows = connection.execute(
        f"SELECT {_ROUND} FROM rounds r LEFT JOIN players p ON p.id = r.side "  # noqa: S608 - no user text
        f"WHERE {' AND '.join(conditions)} ORDER BY r.n DESC, r.side LIMIT ? OFFSET ?",
        (*values, limit, skip),
    )
    return [RoundRow(*row) for row in rows]


def choices(connection: sqlite3.Connection, player: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what a player's rounds can be filtered by: (rules, one of their titles) and topics, in order."""
    # From one name to the next along the index: a hundred thousand rounds have six names.
    rules = connection.execute(
        "WITH RECURSIVE named(rules) AS (SELECT min(rules) FROM rounds WHERE side = :side UNION ALL "
        "SELECT (SELECT min(rules) FROM rounds WHERE side = :side AND rules > named.rules) FROM named "
        "WHERE named.rules IS NOT NULL) "
        "SELECT rules, (SELECT title FROM rounds r WHERE r.side = :side AND r.rules = named.rules LIMIT 1) "
        "FROM named WHERE rules IS NOT NULL",
        {"side": player},
    ).fetchall()
    topics = connection.execute(
        "SELECT DISTINCT topic FROM totals WHERE side = ? ORDER BY topic", (player,)
    ).fetchall()
    return rules, [row[0] for row in topics]


# --- the trend -------------------------------------------------------------------------------

WINDOW = 50
"""Questions over which the level is looked at: ten alone say little."""


class TrendPoint(NamedTuple):
    """One round in the trend, oldest first.

    Attributes:
        share: Fully right of those asked.
        band: What luck alone allows for this round (Wilson, 95 %).
        level: Fully right over the last :data:`WINDOW` or more questions up to here.
        level_band: The same for the level.
    """

    contest: str
    started: str
    asked: int
    right: int
    share: float
    band: Interval
    level: float
    level_band: Interval


def trend(newest_first: Sequence[RoundRow]) -> list[TrendPoint]:
    """Return the trend of rounds that asked something, oldest first. Pure."""
    told = [row for row in reversed(newest_first) if row.asked]
    points = []
    for index, row in enumerate(told):
        asked = right = 0
        for earlier in reversed(told[: index + 1]):
            asked, right = asked + earlier.asked, right + earlier.right
            if asked >= WINDOW:
                break
        points.append(
            TrendPoint(
                row.contest,
                row.started,
                row.asked,
                row.right,
                row.right / row.asked,
                wilson(row.right, row.asked),
                right / asked,
                wilson(right, asked),
            )
        )
    return points


def trend_sentence(points: Sequence[TrendPoint]) -> str:
    """Say whether the last rounds differ from those before by more than luck. Pure."""
    asked = sum(point.asked for point in points)
    if asked < 2 * WINDOW:
        return f"Mới có {asked} câu: chưa đủ để nói là tiến bộ hay do may rủi (cần khoảng {2 * WINDOW} câu)."
    last, before = _halves(points)
    now, then = f"{round(last.share * 100)} %", f"{round(before.share * 100)} %"
    if last.band.low > before.band.high:
        return f"Tiến bộ rõ: {then} → {now}, nhiều hơn mức may rủi."
    if last.band.high < before.band.low:
        return f"Đang giảm: {then} → {now}, nhiều hơn mức may rủi."
    return f"Gần đây {now}, trước đó {then}: khác nhau trong mức may rủi."


class _Pooled(NamedTuple):
    share: float
    band: Interval


def _halves(points: Sequence[TrendPoint]) -> tuple[_Pooled, _Pooled]:
    """Pool the last rounds, up to a window's questions, and all before."""
    asked = right = 0
    cut = len(points)
    while cut > 1 and asked < WINDOW:
        cut -= 1
        asked, right = asked + points[cut].asked, right + points[cut].right
    earlier = points[:cut]
    asked_before = sum(point.asked for point in earlier)
    right_before = sum(point.right for point in earlier)
    share_before = right_before / asked_before if asked_before else 0.0
    return _Pooled(right / asked, wilson(right, asked)), _Pooled(
        share_before, wilson(right_before, asked_before)
    )


# --- bests -----------------------------------------------------------------------------------


class Best(NamedTuple):
    """The best finished round under one preset; the earliest among equals."""

    rules: str
    title: str
    contest: str
    started: str
    score: int
    max_score: int
    rounds: int


def bests(connection: sqlite3.Connection, player: str) -> list[Best]:
    """Return the player's best round of each preset."""
    tops = connection.execute(
        "SELECT rules, max(CAST(score AS REAL) / max_score), count(*) FROM rounds "
        "WHERE side = ? AND status = 'finished' AND max_score > 0 GROUP BY rules ORDER BY rules",
        (player,),
    ).fetchall()
    found = []
    for rules, top, count in tops:
        row = connection.execute(
            "SELECT title, contest, started, score, max_score FROM rounds WHERE side = ? AND rules = ? "
            "AND status = 'finished' AND max_score > 0 AND CAST(score AS REAL) / max_score = ? ORDER BY n LIMIT 1",
            (player, rules, top),
        ).fetchone()
        title, contest, started, score, most = row
        found.append(Best(rules, title, contest, started, score, most, count))
    return found


def last_response(connection: sqlite3.Connection, player: str, item: str) -> Any:
    """Return what a player answered the last time an item was met, None when never.

    Also what was answered under an id that was joined since.
    """
    from trainer.history.told import read_told

    row = connection.execute(
        "SELECT contest, position FROM attempts WHERE side = ? AND item = ? ORDER BY n DESC LIMIT 1",
        (player, item),
    ).fetchone()
    if row is None:
        return None
    told = read_told(connection)
    payloads = connection.execute(
        "SELECT payload FROM events WHERE contest = ? AND type = 'Answered' ORDER BY seq DESC", (row[0],)
    )
    for (payload,) in payloads:
        data = json.loads(payload)
        if data["position"] == row[1] and player in (data["side"], told.player(data["side"])):
            return data["response"]
    return None
