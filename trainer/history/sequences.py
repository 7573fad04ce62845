"""Contests of two histories, brought together: the same events, one longer than the other, or forked.

A contest that was copied to a second laptop while it was running and then went on at both has two
continuations. Only one can count, or its first half would count twice: the longer one (the greater
one by digest among equals). The others are kept as branches, so nothing is lost. Which one counts
depends only on the set of continuations, not on the order in which files were merged.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from trainer.history.told import GONE, Told


class Entry(NamedTuple):
    """One event as stored, without its number in the file."""

    at: int
    type: str
    payload: str
    moment: int

    @property
    def same(self) -> tuple[int, str, str]:
        """What makes two events the same one."""
        return self[:3]


Sequence = tuple[Entry, ...]


def read_sequences(connection: sqlite3.Connection, contest: str) -> list[Sequence]:
    """Return what is known of a contest's events: the one that counts, then branches."""
    main = connection.execute(
        "SELECT at, type, payload, moment FROM events WHERE contest = ? ORDER BY seq", (contest,)
    )
    found = [tuple(Entry(*row) for row in main)]
    branches: dict[str, list[Entry]] = {}
    for branch, *row in connection.execute(
        "SELECT branch, at, type, payload, moment FROM branches WHERE contest = ? ORDER BY branch, seq",
        (contest,),
    ):
        branches.setdefault(branch, []).append(Entry(*row))
    return [sequence for sequence in (*found, *map(tuple, branches.values())) if sequence]


def joined(sequences: Iterable[Sequence]) -> list[Sequence]:
    """Return the longest continuations of a contest, the one that counts first.

    Equal events keep the earlier moment: a file of version 1 may have got them on two laptops.
    """
    leaves: list[list[Entry]] = []
    for sequence in sorted(sequences, key=lambda entries: (-len(entries), digest(entries))):
        for leaf in leaves:
            if all(one.same == two.same for one, two in zip(leaf, sequence, strict=False)):
                break
        else:
            leaves.append(list(sequence))
    earliest: dict[str, int] = {}
    for sequence in sequences:
        for key, entry in zip(_prefixes(sequence), sequence, strict=True):
            earliest[key] = min(entry.moment, earliest.get(key, entry.moment))
    return [
        tuple(entry._replace(moment=earliest[key]) for key, entry in zip(_prefixes(leaf), leaf, strict=True))
        for leaf in leaves
    ]


def _prefixes(sequence: Iterable[Entry]) -> list[str]:
    """Return for each event a digest of everything up to it."""
    running = hashlib.sha256()
    result = []
    for entry in sequence:
        running.update(json.dumps(entry.same).encode())
        result.append(running.hexdigest())
    return result


def digest(sequence: Iterable[Entry]) -> str:
    """Return the name of a continuation."""
    whole = hashlib.sha256()
    for entry in sequence:
        whole.update(json.dumps(entry.same).encode())
    return whole.hexdigest()


def cleared(sequence: Sequence, told: Told) -> Sequence | None:
    """Return a contest without the names of deleted players; None when nobody else took part."""
    if not sequence or not told.removed or sequence[0].type != "ContestOpened":
        return sequence
    try:
        data = json.loads(sequence[0].payload)
        sides = data["sides"]
        gone = [side for side in sides if _is_gone(side["id"], told)]
    except (KeyError, TypeError, ValueError):
        return sequence
    if not gone:
        return sequence
    if len(gone) == len(sides):
        return None
    for side in gone:
        side["name"] = GONE
    payload = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return (sequence[0]._replace(payload=payload), *sequence[1:])


def _is_gone(side: str, told: Told) -> bool:
    return side in told.removed or told.player(side) in told.removed


def write_sequences(connection: sqlite3.Connection, contest: str, sequences: list[Sequence]) -> None:
    """Put a contest's events in place of what is there; their numbers are given later."""
    connection.execute("DELETE FROM events WHERE contest = ?", (contest,))
    connection.execute("DELETE FROM branches WHERE contest = ?", (contest,))
    for at, sequence in enumerate(sequences):
        if at == 0:
            connection.executemany(
                "INSERT INTO events(contest, seq, at, type, payload, moment) VALUES (?, ?, ?, ?, ?, ?)",
                [(contest, seq, *entry) for seq, entry in enumerate(sequence)],
            )
        else:
            name = digest(sequence)
            connection.executemany(
                "INSERT INTO branches(contest, branch, seq, at, type, payload, moment) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(contest, name, seq, *entry) for seq, entry in enumerate(sequence)],
            )


def renumber(connection: sqlite3.Connection) -> None:
    """Number all events anew in the order of their moments: the order of the history."""
    connection.execute("CREATE TEMP TABLE renumbered AS SELECT * FROM events")
    connection.execute("DELETE FROM events")
    connection.execute(
        "INSERT INTO events(n, contest, seq, at, type, payload, moment) "
        "SELECT row_number() OVER (ORDER BY moment, contest, seq), contest, seq, at, type, payload, moment "
        "FROM temp.renumbered ORDER BY moment, contest, seq"
    )
    connection.execute("DROP TABLE temp.renumbered")
    connection.execute(
        "UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(n), 0) FROM events) WHERE name = 'events'"
    )
