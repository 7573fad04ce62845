"""What is due, how long it takes, what comes tomorrow; and a rating changed by hand.

Plain SQL over the table `cards`: nothing here loads FSRS, so home can say what is due at once.
Cards in review are due on a day (the player's own), cards being learnt at a minute.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from trainer.errors import UsageError
from trainer.history.database import writing
from trainer.history.moments import DAY_MS, from_datetime, to_datetime
from trainer.history.rating import median_ms
from trainer.history.scheduling import RATINGS, REVIEW, recall

Known = Callable[[str], bool]
"""Whether the bank (still) has an item."""


class Limits(NamedTuple):
    """Most of a day: items never met, and all answers that count for review."""

    new: int = 15
    all: int = 120


DEFAULT_LIMITS = Limits()

_USUAL_MS = {"recital": 90_000, "cloze": 40_000, "short": 30_000, "situation": 300_000, "match": 40_000}
_USUAL_OTHER_MS = 20_000
"""Taken where the player has no pace of their own yet."""


class Due(NamedTuple):
    """What is to be done now, in the order in which to do it.

    Attributes:
        reviews: Items met before, the longest overdue first.
        new: Items never met.
    """

    reviews: list[str]
    new: list[str]


class Forecast(NamedTuple):
    """What home's first line says.

    Attributes:
        reviews: To be reviewed now.
        new: Never met, to be begun today.
        later: Being learnt, due again later today.
        ms: How long reviews and new ones take, by the player's median of each kind.
        tomorrow: To be reviewed tomorrow, with what does not fit today.
        done: Answers of today that counted for review.
    """

    reviews: int
    new: int
    later: int
    ms: int
    tomorrow: int
    done: int


def day_bounds(now: datetime) -> tuple[int, int]:
    """Return the first and the last millisecond + 1 of the day that `now` (aware) falls in, where it is."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # The next midnight, also where the clocks change: by date, not by 24 hours.
    end = (start + timedelta(days=1)).replace(tzinfo=now.tzinfo)
    return from_datetime(start), from_datetime(end)


def done_today(connection: sqlite3.Connection, player: str, now: datetime) -> tuple[int, int]:
    """Return how many answers of today count for review, and how many of them met a new item."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(fresh), 0) FROM reviews "
        "WHERE unit = 1 AND side = ? AND taken >= ? AND taken < ?",
        (player, *day_bounds(now)),
    ).fetchone()
    return int(row[0]), int(row[1])


def _due(
    connection: sqlite3.Connection, player: str, now: datetime, known: Known | None
) -> Iterator[tuple[str, str]]:
    """Yield (item, kind) of what is due, the longest overdue first."""
    _, end = day_bounds(now)
    rows = connection.execute(
        "SELECT item, kind FROM cards WHERE unit = 1 AND side = ? AND due < ? AND (state = ? OR due <= ?) "
        "ORDER BY due",
        (player, end, REVIEW, from_datetime(now)),
    )
    for item, kind in rows:
        if known is None or known(item):
            yield item, kind


def _unmet(connection: sqlite3.Connection, player: str, unseen: Iterable[str], most: int) -> list[str]:
    found: list[str] = []
    for item in unseen:
        if len(found) >= most:
            break
        query = "SELECT 1 FROM cards WHERE side = ? AND item = ?"
        if connection.execute(query, (player, item)).fetchone() is None:
            found.append(item)
    return found


def due(
    connection: sqlite3.Connection,
    player: str,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
    *,
    known: Known | None = None,
    unseen: Iterable[str] = (),
) -> Due:
    """Return what is to be done now, within the day's limits.

    Args:
        connection: The history.
        player: Whose.
        now: Aware, in the player's own time zone.
        limits: Of a day; what was done today counts.
        known: Whether the bank has an item; what it has lost is passed over. None: everything.
        unseen: Items of the bank in the order in which to begin them; those met are passed over.
    """
    done, begun = done_today(connection, player, now)
    room = max(0, limits.all - done)
    reviews: list[str] = []
    for item, _ in _due(connection, player, now, known):
        if len(reviews) >= room:
            break
        reviews.append(item)
    most = min(max(0, limits.new - begun), room - len(reviews))
    return Due(reviews, _unmet(connection, player, unseen, most))


def next_item(
    connection: sqlite3.Connection,
    player: str,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
    *,
    known: Known | None = None,
    unseen: Iterable[str] = (),
) -> str | None:
    """Return the one item to do next, None when the day's work is done."""
    done, begun = done_today(connection, player, now)
    if done >= limits.all:
        return None
    for item, _ in _due(connection, player, now, known):
        return item
    found = _unmet(connection, player, unseen, int(begun < limits.new))
    return found[0] if found else None


def forecast(
    connection: sqlite3.Connection,
    player: str,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
    *,
    known: Known | None = None,
    unseen: Iterable[str] = (),
) -> Forecast:
    """Return what is due today, how long it takes, and what comes tomorrow; see :func:`due`."""
    done, begun = done_today(connection, player, now)
    room = max(0, limits.all - done)
    usual = usual_times(connection, player)
    reviews = ms = over = 0
    for _, kind in _due(connection, player, now, known):
        if reviews < room:
            reviews += 1
            ms += usual(kind)
        else:
            over += 1
            if over >= limits.all:
                break
    new = len(_unmet(connection, player, unseen, min(max(0, limits.new - begun), room - reviews)))
    _, end = day_bounds(now)
    later = connection.execute(
        "SELECT count(*) FROM cards WHERE unit = 1 AND side = ? AND due > ? AND due < ? AND state <> ?",
        (player, from_datetime(now), end, REVIEW),
    ).fetchone()[0]
    coming = connection.execute(
        "SELECT item FROM cards WHERE unit = 1 AND side = ? AND due >= ? AND due < ?",
        (player, end, end + DAY_MS),
    )
    tomorrow = over + sum(1 for (item,) in coming if known is None or known(item))
    return Forecast(reviews, new, int(later), ms + new * usual("choice"), min(tomorrow, limits.all), done)


def usual_times(connection: sqlite3.Connection, player: str) -> Callable[[str], int]:
    """Return kind -> the player's median time in milliseconds (a plain guess before any answer)."""
    medians: dict[str, int | None] = {}

    def usual(kind: str) -> int:
        if kind not in medians:
            row = connection.execute(
                "SELECT buckets FROM pace WHERE side = ? AND kind = ?", (player, kind)
            ).fetchone()
            pace = {int(at): count for at, count in json.loads(row[0]).items()} if row else {}
            medians[kind] = median_ms(pace)
        return medians[kind] or _USUAL_MS.get(kind, _USUAL_OTHER_MS)

    return usual


def forecast_sentence(told: Forecast) -> str:
    """Return home's first line, short enough for a menu in 80 columns."""
    if told.reviews or told.new:
        parts = [f"{told.reviews} mục ôn"] * bool(told.reviews) + [f"{told.new} câu mới"] * bool(told.new)
        today = f"Hôm nay: {', '.join(parts)}, {max(1, round(told.ms / 60_000))} phút"
    elif told.later:
        today = f"Hôm nay: {told.later} mục nhắc lại sau ít phút"
    elif told.done:
        today = "Hôm nay đã ôn xong"
    else:
        today = "Hôm nay chưa có gì cần ôn"
    return f"{today} · mai: {told.tomorrow}" if told.tomorrow else today


class Part(NamedTuple):
    """A blank or clause of a quotation or cloze that is remembered by itself.

    Attributes:
        form: Id of the question that has it (``loi-x:recital``).
        number: From 1.
        recall: Chance of recalling it now, 0 to 1.
    """

    form: str
    number: int
    recall: float


def weak_parts(connection: sqlite3.Connection, player: str, item: str, now: datetime) -> list[Part]:
    """Return the blanks and clauses of an item or quotation, the weakest first."""
    rows = connection.execute(
        "SELECT item, stability, last FROM cards WHERE side = ? AND unit = 0 AND "
        "(item BETWEEN ? || ':' AND ? || ';' OR item BETWEEN ? || '#' AND ? || '$')",
        (player, item, item, item, item),
    )
    found = []
    for name, stability, last in rows:
        form, sign, number = name.rpartition("#")
        if sign:
            found.append(Part(form, int(number), recall(stability, last, from_datetime(now))))
    return sorted(found, key=lambda part: (part.recall, part.form, part.number))


def rating_of(connection: sqlite3.Connection, contest: str, player: str, position: int) -> int | None:
    """Return the rating that counts for an answer, None when it counts for no memory."""
    row = connection.execute(
        "SELECT r.rating FROM attempts a JOIN reviews r ON r.side = a.side AND r.item = a.item "
        "AND r.contest = a.contest AND r.position = a.position "
        "WHERE a.contest = ? AND a.side = ? AND a.position = ?",
        (contest, player, position),
    ).fetchone()
    return int(row[0]) if row else None


def next_review(
    connection: sqlite3.Connection, contest: str, player: str, position: int, now: datetime
) -> str:
    """Return when an answered item comes back, for people: “hôm nay”, “ngày mai” or “ngày 03/12/2026”."""
    row = connection.execute(
        "SELECT c.due FROM attempts a JOIN cards c ON c.side = a.side AND c.item = a.item "
        "WHERE a.contest = ? AND a.side = ? AND a.position = ?",
        (contest, player, position),
    ).fetchone()
    if row is None:
        return "hôm nay"
    day = to_datetime(row[0]).astimezone(now.tzinfo).date()
    gap = (day - now.date()).days
    return "hôm nay" if gap <= 0 else "ngày mai" if gap == 1 else f"ngày {day:%d/%m/%Y}"


def set_rating(
    connection: sqlite3.Connection, path: Path, contest: str, player: str, position: int, rating: int | None
) -> None:
    """Rate an answer otherwise than it was rated by itself; None: as it was.

    Raises:
        UsageError: There is no such rating.
    """
    from trainer.history.learning import Learning
    from trainer.history.recording import last_moment
    from trainer.history.rows import LiveRows
    from trainer.history.told import read_told

    if rating is not None and rating not in RATINGS:
        raise UsageError("Mức nhớ chỉ có từ 1 đến 4: quên, khó, nhớ, dễ.")
    with writing(connection, path):
        # 0 stays as the last word “as it was”, so that a merge knows that it came after another.
        connection.execute(
            "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?)",
            (contest, player, position, rating or 0, last_moment(connection) + 1),
        )
        Learning(LiveRows(connection), read_told(connection)).rerate(contest, player, position, rating)


def limits_from_text(text: str) -> Limits:
    """Read the limits as they are kept in the settings; the usual ones for ""."""
    new, _, everything = text.partition("/")
    if new.isdecimal() and everything.isdecimal():
        return Limits(int(new), int(everything))
    return DEFAULT_LIMITS


def limits_text(limits: Limits) -> str:
    """Return the limits as they are kept in the settings."""
    return f"{limits.new}/{limits.all}"
