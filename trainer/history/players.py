"""Players: a list, another name, two that are one, and deletion with everything of theirs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

from trainer.errors import UsageError
from trainer.history.database import writing
from trainer.history.merge import forget_contest, people, settle, write_players
from trainer.history.naming import MAX_NAME
from trainer.history.recording import last_moment
from trainer.history.sequences import cleared, joined, read_sequences, write_sequences
from trainer.history.told import read_told
from trainer.text import name_key, one_line


class PlayerRow(NamedTuple):
    """One player in a list.

    Attributes:
        created: UTC, ISO 8601.
        rounds: Contests they took part in.
        asked: Questions and situations they were asked.
        last: When they last began a contest, UTC, "" never.
    """

    id: str
    name: str
    created: str
    rounds: int
    asked: int
    last: str


def list_players(connection: sqlite3.Connection) -> list[PlayerRow]:
    """Return all players, oldest first."""
    rows = connection.execute(
        "SELECT p.id, p.name, p.created, "
        "(SELECT count(*) FROM rounds r WHERE r.side = p.id), "
        "(SELECT coalesce(sum(asked), 0) FROM totals t WHERE t.side = p.id), "
        "coalesce((SELECT started FROM rounds r WHERE r.side = p.id ORDER BY n DESC LIMIT 1), '') "
        "FROM players p ORDER BY p.rowid"
    )
    return [PlayerRow(*row) for row in rows]


def rename(connection: sqlite3.Connection, path: Path, player: str, name: str) -> str:
    """Give a player another name; old contests keep the name they were played under.

    Returns:
        The name as it is kept.

    Raises:
        UsageError: It is no name, or somebody else's.
    """
    shown = one_line(name)
    if not shown or len(shown) > MAX_NAME:
        raise UsageError(f"Tên người chơi phải có từ 1 đến {MAX_NAME} ký tự.")
    with writing(connection, path):
        here = people(connection)
        if player not in here:
            raise UsageError("Không có người chơi này trong lịch sử.")
        for other in here.values():
            if other.id != player and other.name_key == name_key(shown):
                raise UsageError(
                    f"Đã có người chơi tên “{other.name}”. Nếu hai tên là một người, bạn hãy gộp hai người lại."
                )
        own = here[player]._replace(name=shown, given="", changed=last_moment(connection) + 1)
        write_players(connection, here, [own if one.id == player else one for one in here.values()])
    return shown


def join(connection: sqlite3.Connection, path: Path, old: str, into: str) -> None:
    """Make two players one: `old` becomes `into`, with all attempts and memory.

    Raises:
        UsageError: One of them is unknown, or they played against each other.
    """
    with writing(connection, path):
        here = people(connection)
        if old not in here or into not in here:
            raise UsageError("Không có người chơi này trong lịch sử.")
        if old == into:
            raise UsageError("Đây là cùng một người chơi nên không có gì để gộp.")
        both = connection.execute(
            "SELECT title FROM rounds WHERE side = ? AND contest IN (SELECT contest FROM rounds WHERE side = ?) LIMIT 1",
            (old, into),
        ).fetchone()
        if both is not None:
            raise UsageError(
                f"“{here[old].name}” và “{here[into].name}” đã thi với nhau trong “{both[0]}” nên không thể là một người."
            )
        # What was joined the other way round before must not close a ring.
        connection.execute("DELETE FROM aliases WHERE old = ?", (into,))
        connection.execute(
            "INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)", (old, into, last_moment(connection) + 1)
        )
        write_players(connection, here, [one for id_, one in here.items() if id_ != old])
        settle(connection)


def delete(connection: sqlite3.Connection, path: Path, player: str) -> None:
    """Delete a player with everything of theirs.

    Contests that they played alone are deleted; where others took part, the name is replaced. The
    id is remembered, so that another laptop's history or an old backup does not bring them back.

    Raises:
        UsageError: There is no such player.
    """
    with writing(connection, path):
        here = people(connection)
        if player not in here:
            raise UsageError("Không có người chơi này trong lịch sử.")
        moment = last_moment(connection) + 1
        told = read_told(connection)
        ids = [player, *(old for old, new in told.aliases.items() if new == player)]
        connection.executemany("INSERT OR IGNORE INTO removed VALUES (?, ?)", [(id_, moment) for id_ in ids])
        told = read_told(connection)
        contests = connection.execute("SELECT contest FROM rounds WHERE side = ?", (player,)).fetchall()
        for (contest,) in contests:
            kept = [
                sequence
                for one in read_sequences(connection, contest)
                if (sequence := cleared(one, told)) is not None
            ]
            write_sequences(connection, contest, joined(kept))
            if not kept:
                forget_contest(connection, contest)
        connection.executemany("DELETE FROM ratings WHERE side = ?", [(id_,) for id_ in ids])
        write_players(connection, here, [one for id_, one in here.items() if id_ != player])
        settle(connection)
