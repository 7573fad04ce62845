"""Disputes about a question, a key that was wrong, and all past answers marked again.

A correction is told once and kept as such; what each answer counts follows from it, now and in
every replay. It re-marks contests that were opened before it, those opened later are asked what
the bank then says.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from trainer.contest.events import Planned, event_from_data
from trainer.contest.folding import evolve
from trainer.contest.state import State
from trainer.errors import UsageError
from trainer.history.database import writing
from trainer.history.recorder import Context, Recorder, tie_of
from trainer.history.recording import last_moment
from trainer.history.rows import LiveRows
from trainer.history.told import CannotCorrectError, corrected, read_told
from trainer.text import one_line

_NOTE = 500


class Dispute(NamedTuple):
    """Somebody doubts a question; `closed` and `outcome` are "" while it is open."""

    id: str
    item: str
    player: str
    note: str
    opened: str
    closed: str
    outcome: str


class Move(NamedTuple):
    """One answer that counts otherwise since a correction."""

    contest: str
    title: str
    started: str
    side: str
    name: str
    position: int
    code_before: str
    points_before: int
    code_after: str
    points_after: int


class Remarked(NamedTuple):
    """What a correction did.

    Attributes:
        id: Of the correction.
        looked_at: Past answers to the question.
        moves: Those that count otherwise now.
        left: Those that could not be marked again: other options stood there then.
    """

    id: str
    looked_at: int
    moves: list[Move]
    left: int


class CorrectionRow(NamedTuple):
    """One correction in a list."""

    id: str
    item: str
    note: str
    made: str
    moved: int


# --- disputes --------------------------------------------------------------------------------


def open_dispute(
    connection: sqlite3.Connection, path: Path, item: str, player: str, note: str, wall: str
) -> Dispute:
    """Open a dispute about an item.

    Args:
        connection: The history.
        path: Its file, for messages.
        item: The question.
        player: Who doubts it, "" for the group.
        note: Why.
        wall: UTC, ISO 8601.

    Raises:
        UsageError: There is no note.
    """
    kept = one_line(note, _NOTE)
    if not kept:
        raise UsageError("Khiếu nại cần một dòng ghi lý do.")
    dispute = Dispute(uuid.uuid4().hex, item, player, kept, wall, "", "")
    with writing(connection, path):
        connection.execute("INSERT INTO disputes VALUES (?, ?, ?, ?, ?, ?, ?)", dispute)
    return dispute


def close_dispute(connection: sqlite3.Connection, path: Path, dispute: str, outcome: str, wall: str) -> None:
    """Close a dispute with one line about how it ended.

    Raises:
        UsageError: There is no such open dispute.
    """
    with writing(connection, path):
        done = connection.execute(
            "UPDATE disputes SET closed = ?, outcome = ? WHERE id = ? AND closed = ''",
            (wall, one_line(outcome, _NOTE), dispute),
        )
        if not done.rowcount:
            raise UsageError("Không có khiếu nại nào đang mở với mã này.")


def disputes(connection: sqlite3.Connection, item: str = "", *, only_open: bool = False) -> list[Dispute]:
    """Return disputes, open ones first, then the newest."""
    rows = connection.execute(
        "SELECT id, item, player, note, opened, closed, outcome FROM disputes "
        "WHERE (? = '' OR item = ?) AND (NOT ? OR closed = '') ORDER BY closed <> '', opened DESC, id",
        (item, item, only_open),
    )
    return [Dispute(*row) for row in rows]


# --- keys ------------------------------------------------------------------------------------


def option_key(item: Mapping[str, Any], right: Iterable[str]) -> dict[str, Any]:
    """Return the changes that make these options of a question the right ones.

    Args:
        item: The question's canonical dictionary (choice, multiple, true-false).
        right: Texts of the right options.

    Raises:
        UsageError: One of them is not an option of the question, or there is none.
    """
    wanted, options = list(dict.fromkeys(right)), list(item["options"])
    if not wanted or any(text not in options for text in wanted):
        raise UsageError("Đáp án đúng phải là một trong các phương án của câu hỏi.")
    return {
        "options": [*wanted, *(text for text in options if text not in wanted)],
        "right": len(wanted),
    }


def correct_key(
    connection: sqlite3.Connection,
    path: Path,
    item: str,
    changes: Mapping[str, Any],
    note: str,
    wall: str,
    *,
    dispute: str = "",
) -> Remarked:
    """Correct a question's key and mark every past answer again, in one transaction.

    Args:
        connection: The history.
        path: Its file, for messages.
        item: The question.
        changes: From :func:`option_key`; ``{"answers": […]}`` for typed ones; ``{"items": […]}``.
        note: Why.
        wall: UTC, ISO 8601.
        dispute: The dispute that this settles, "".
    """
    made = uuid.uuid4().hex
    with writing(connection, path):
        moment = last_moment(connection) + 1
        connection.execute(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
            (made, item, json.dumps(dict(changes), ensure_ascii=False), one_line(note, _NOTE), wall, moment),
        )
        looked_at, left = _mark_again(connection, item, changes)
        if dispute:
            connection.execute(
                "UPDATE disputes SET closed = ?, outcome = ? WHERE id = ? AND closed = ''",
                (wall, "Đã sửa đáp án và chấm lại.", dispute),
            )
    return Remarked(made, looked_at, moves(connection, made), left)


def _mark_again(connection: sqlite3.Connection, item: str, changes: Mapping[str, Any]) -> tuple[int, int]:
    recorder = Recorder(LiveRows(connection), read_told(connection))
    # By the attempts' own index (side, item), not over all of them.
    contests = connection.execute(
        "SELECT DISTINCT a.contest FROM (SELECT DISTINCT side FROM contest_sides) s "
        "JOIN attempts a ON a.side = s.side AND a.item = ?",
        (item,),
    ).fetchall()
    looked_at = left = 0
    for (contest,) in contests:
        context = _context(connection, contest)
        if context is None:
            continue
        found = [key for key in context.state.attempts if context.state.plan[key[1]].item["id"] == item]
        looked_at += len(found)
        left += sum(not _fits(context.state.plan[position], changes) for _, position in found)
        recorder.attempts(context, dict.fromkeys(found, (0, 0)))
        recorder.summarise(context)
    return looked_at, left


def _fits(planned: Planned, changes: Mapping[str, Any]) -> bool:
    try:
        corrected(planned, changes)
    except CannotCorrectError:
        return False
    return True


def _context(connection: sqlite3.Connection, contest: str) -> Context | None:
    """Return a contest as its events tell it, None when they cannot be read."""
    context = Context(contest, State(), None, 0)
    context.tied = True
    try:
        for at, kind, payload, moment in connection.execute(
            "SELECT at, type, payload, moment FROM events WHERE contest = ? ORDER BY seq", (contest,)
        ):
            event = event_from_data(kind, at, json.loads(payload))
            context.state = evolve(context.state, event)
            context.moment = context.moment or moment
            context.tie = tie_of(event) or context.tie
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None
    return context


def moves(connection: sqlite3.Connection, correction: str) -> list[Move]:
    """Return who moved by a correction, by contest."""
    rows = connection.execute(
        "SELECT m.contest, c.title, c.started, m.side, coalesce(p.name, s.name), m.position, m.code_before, "
        "m.points_before, m.code_after, m.points_after FROM correction_moves m "
        "JOIN contests c ON c.id = m.contest JOIN contest_sides s ON s.contest = m.contest AND s.side = m.side "
        "LEFT JOIN players p ON p.id = m.side WHERE m.correction = ? ORDER BY c.rowid, m.side, m.position",
        (correction,),
    )
    return [Move(*row) for row in rows]


def corrections(connection: sqlite3.Connection, item: str = "") -> list[CorrectionRow]:
    """Return corrections, newest first."""
    rows = connection.execute(
        "SELECT k.id, k.item, k.note, k.made, (SELECT count(*) FROM correction_moves m WHERE m.correction = k.id) "
        "FROM corrections k WHERE ? = '' OR k.item = ? ORDER BY k.moment DESC, k.id",
        (item, item),
    )
    return [CorrectionRow(*row) for row in rows]


def move_lines(found: Sequence[Move]) -> list[str]:
    """Return the list of who moved, for people. Pure."""
    if not found:
        return ["Không có điểm nào thay đổi."]
    return [
        f"{move.title}, {move.name}, câu {move.position + 1}: {move.points_before} → {move.points_after} điểm."
        for move in found
    ]
