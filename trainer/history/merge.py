"""Histories of several laptops, put together in any order, any number of times.

Ids are made where players and contests are born, so the same thing has the same id everywhere.
Everything that is told (events, players, who was joined or deleted, ratings, corrected keys,
disputes, marks) is a set that only grows, or a last word by its moment; the merge takes the union
and makes the derived tables again. Settings stay each laptop's own.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from trainer.history.database import writing
from trainer.history.files import checked_copy
from trainer.history.naming import Person, named
from trainer.history.recording import last_moment
from trainer.history.replay import rebuild
from trainer.history.sequences import (
    Sequence,
    cleared,
    joined,
    read_sequences,
    renumber,
    write_sequences,
)
from trainer.history.told import Told, read_told, resolved
from trainer.text import name_key


class Clash(NamedTuple):
    """Two players of one name; `source` is the file that brings the second.

    Attributes:
        here_id: The player who is known here.
        there_id: The player in the other file.
    """

    name: str
    here_id: str
    there_id: str
    source: str


Ask = Callable[[Clash], bool]
"""Says whether the two are one person."""


class Merged(NamedTuple):
    """What a merge did.

    Attributes:
        contests: Contests that are new here.
        attempts: Answers that are new here.
        players: Players that are new here.
        sentences: What the user should know, Vietnamese.
    """

    contests: int
    attempts: int
    players: int
    sentences: list[str]


_PEOPLE = {"aliases": ("old", "moment, new"), "removed": ("player", "-moment")}
_LAST_WORD = {
    "ratings": ("contest, side, position", "moment, rating"),
    "flags": ("side, item, kind", "created, note"),
    "corrections": ("id", "moment, item, changes, note"),
    "disputes": ("id", "closed, outcome, note"),
}
"""Table -> its key, and what the greatest row of a key is."""


def merge(
    connection: sqlite3.Connection, path: Path, sources: Iterable[Path], ask: Ask | None = None
) -> Merged:
    """Take in the histories of other files.

    Args:
        connection: The open history.
        path: Its file, for messages.
        sources: History files or data folders; none is changed.
        ask: Decides about two players of one name; None: nobody can be asked, both are kept.

    Raises:
        HistoryError: A file cannot be used, or the history not be written; nothing was changed.
    """
    with contextlib.ExitStack() as stack:
        others = [
            (source, stack.enter_context(contextlib.closing(checked_copy(source)))) for source in sources
        ]
        joins, kept = _ask_all(connection, others, ask)
        with writing(connection, path):
            return _merge(connection, [other for _, other in others], joins, kept)


def people(connection: sqlite3.Connection) -> dict[str, Person]:
    """Return all players by id."""
    rows = connection.execute("SELECT id, name, name_key, created, given, changed FROM players")
    return {row[0]: Person(*row) for row in rows}


def _ask_all(
    connection: sqlite3.Connection, others: list[tuple[Path, sqlite3.Connection]], ask: Ask | None
) -> tuple[list[tuple[str, str]], list[str]]:
    """Settle names before anything is locked: who is joined (old, new), and who keeps a namesake."""
    told = [read_told(one) for one in (connection, *(other for _, other in others))]
    aliases = resolved({old: new for one in told for old, new in one.aliases.items()})
    gone = frozenset().union(*(one.removed for one in told))
    known = {id_: person for id_, person in people(connection).items() if id_ not in aliases}
    by_key = {name_key(person.wanted): person for person in known.values()}
    joins: list[tuple[str, str]] = []
    kept: list[str] = []
    for source, other in others:
        for person in sorted(people(other).values(), key=lambda one: (one.created, one.id)):
            if person.id in known or person.id in aliases or person.id in gone:
                continue
            known[person.id] = person
            twin = by_key.setdefault(name_key(person.wanted), person)
            if twin.id == person.id:
                continue
            first, second = sorted((twin, person), key=lambda one: (one.created, one.id))
            if ask is not None and ask(Clash(person.wanted, twin.id, person.id, str(source))):
                joins.append((second.id, first.id))
            else:
                kept.append(second.id)
    return joins, kept


def _merge(
    connection: sqlite3.Connection,
    sources: list[sqlite3.Connection],
    joins: list[tuple[str, str]],
    kept: list[str],
) -> Merged:
    before = _counts(connection)
    changed = False
    for table, (key, order) in _PEOPLE.items():
        changed |= _take(connection, sources, table, key, order)
    if joins:
        moment = last_moment(connection) + 1
        connection.executemany(
            "INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", [(old, new, moment) for old, new in joins]
        )
        changed = True
    told = read_told(connection)
    for table, (key, order) in _LAST_WORD.items():
        changed |= _take(connection, sources, table, key, order, told)
    changed |= _take_players(connection, sources, told)
    forked = _take_contests(connection, sources, told)
    if changed or forked is not None:
        settle(connection)
    after = _counts(connection)
    contests, attempts, players = (max(0, two - one) for one, two in zip(before, after, strict=True))
    return Merged(contests, attempts, players, _namesakes(connection, kept) + (forked or []))


def _namesakes(connection: sqlite3.Connection, kept: list[str]) -> list[str]:
    known = people(connection)
    return [
        f"Có hai người cùng tên “{known[id_].wanted}”. Cả hai được giữ; một người nay mang tên "
        f"“{known[id_].name}”. Nếu thật ra là một người, bạn hãy gộp lại bằng “danvan player”."
        for id_ in kept
        if id_ in known
    ]


def settle(connection: sqlite3.Connection) -> None:
    """After events or people changed: marks follow their player, then order and all that is derived."""
    told = read_told(connection)
    for old, new in told.aliases.items():
        connection.execute("UPDATE OR REPLACE flags SET side = ? WHERE side = ?", (new, old))
        connection.execute("UPDATE disputes SET player = ? WHERE player = ?", (new, old))
        connection.execute("UPDATE settings SET value = ? WHERE key = 'player' AND value = ?", (new, old))
    for id_ in told.removed:
        connection.execute("DELETE FROM flags WHERE side = ?", (id_,))
        connection.execute("UPDATE disputes SET player = '' WHERE player = ?", (id_,))
        connection.execute("DELETE FROM settings WHERE key = 'player' AND value = ?", (id_,))
    renumber(connection)
    rebuild(connection)


def _counts(connection: sqlite3.Connection) -> tuple[int, int, int]:
    names = ("contests", "attempts", "players")
    one, two, three = (
        int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608
        for name in names
    )
    return one, two, three


def _take(
    connection: sqlite3.Connection,
    sources: list[sqlite3.Connection],
    table: str,
    key: str,
    order: str,
    told: Told | None = None,
) -> bool:
    """Take the greatest row of each key from all files; tell whether anything is new."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    keys = [columns.index(name) for name in key.split(", ")]
    ranks = [(columns.index(name.lstrip("-")), name.startswith("-")) for name in order.split(", ")]

    def rank(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(-row[at] if down else row[at] for at, down in ranks)

    query = f"SELECT * FROM {table}"  # noqa: S608 - names of our own
    best = {tuple(row[at] for at in keys): row for row in connection.execute(query)}
    news: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for source in sources:
        for found in source.execute(query):
            row = found if told is None else _as_told(table, found, told)
            if row is None:
                continue
            name = tuple(row[at] for at in keys)
            if name not in best or rank(row) > rank(best[name]):
                best[name] = news[name] = row
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", news.values())  # noqa: S608
    return bool(news)


def _as_told(table: str, row: tuple[Any, ...], told: Told) -> tuple[Any, ...] | None:
    """Return a row with its player as they are known now, None when they are gone."""
    if table == "flags":
        side = told.player(row[0])
        return None if side in told.removed else (side, *row[1:])
    if table == "disputes":
        player = told.player(row[2])
        return (*row[:2], "" if player in told.removed else player, *row[3:])
    return row


def _take_players(connection: sqlite3.Connection, sources: list[sqlite3.Connection], told: Told) -> bool:
    here = people(connection)
    best = dict(here)
    for source in sources:
        for id_, person in people(source).items():
            known = best.get(id_)
            if known is None:
                best[id_] = person
                continue
            later = max(known, person, key=lambda one: (one.changed, one.wanted))
            created = min(known.created, person.created)
            best[id_] = known._replace(created=created, changed=later.changed, name=later.wanted, given="")
    kept = [person for id_, person in best.items() if id_ not in told.aliases and id_ not in told.removed]
    return write_players(connection, here, kept)


def write_players(connection: sqlite3.Connection, here: dict[str, Person], kept: Iterable[Person]) -> bool:
    """Put players, each with a name of its own, in place of those in the table."""
    people = named(kept)
    if {person.id: person for person in people} == here:
        return False
    connection.execute("DELETE FROM players")
    connection.executemany(
        "INSERT INTO players(id, name, name_key, created, given, changed) VALUES (?, ?, ?, ?, ?, ?)", people
    )
    return True


def _take_contests(
    connection: sqlite3.Connection, sources: list[sqlite3.Connection], told: Told
) -> list[str] | None:
    """Take in contests; None: nothing changed, else sentences about those that were forked."""
    sentences: list[str] = []
    changed = False
    contests = {contest: None for source in sources for contest in _contests(source)}
    if told.removed:
        contests |= dict.fromkeys(_contests(connection))
    for contest in contests:
        here = read_sequences(connection, contest)
        found: list[Sequence] = list(here)
        for source in sources:
            found += [sequence for sequence in read_sequences(source, contest) if sequence not in found]
        if found == here and not told.removed:
            continue
        kept = [sequence for one in found if (sequence := cleared(one, told)) is not None]
        after = joined(kept)
        if after[:1] == here[:1] and set(after) == set(here):
            continue
        changed = True
        write_sequences(connection, contest, after)
        if not after:
            forget_contest(connection, contest)
        elif len(after) > max(1, len(here)):
            sentences.append(
                f"Phần thi {contest} đã được làm tiếp ở hai máy; bản dài hơn được tính, bản kia được giữ riêng."
            )
    return sentences if changed else None


def forget_contest(connection: sqlite3.Connection, contest: str) -> None:
    """Take away what was told about a contest that is no more."""
    connection.execute("DELETE FROM ratings WHERE contest = ?", (contest,))


def _contests(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT contest FROM events GROUP BY contest ORDER BY min(n)")
    return [row[0] for row in rows]
