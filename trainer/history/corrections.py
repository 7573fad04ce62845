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

from trainer.bank.items import SWAP
from trainer.bank.model import OPTION_KINDS
from trainer.contest.events import Planned, event_from_data
from trainer.contest.folding import evolve
from trainer.contest.judging import ResponseError, judge
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.errors import UsageError
from trainer.history.database import writing
from trainer.history.recorder import Context, Recorder, tie_of
from trainer.history.recording import last_moment
from trainer.history.rows import LiveRows
from trainer.history.told import CannotCorrectError, corrected, read_told
from trainer.text import one_line

_NOTE = 500
_ANSWER = 2_000


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
    wanted, options = list(dict.fromkeys(_in(item["options"], right))), list(item["options"])
    if not wanted or any(text not in options for text in wanted):
        raise UsageError("Đáp án đúng phải là một trong các phương án của câu hỏi.")
    return {
        "options": [*wanted, *(text for text in options if text not in wanted)],
        "right": len(wanted),
    }


def new_key(item: Mapping[str, Any], answers: Sequence[str]) -> dict[str, Any]:
    """Return the changes that make these answers a question's key, whatever its kind.

    Args:
        item: The question's canonical dictionary.
        answers: Options: the right ones; ``short``: what is accepted; ``cloze``: one a blank;
            ``misquote``: the wrong and the right words; ``order``, ``rank``: all items in order;
            ``match``: all right sides, in the order of the left ones.

    Raises:
        UsageError: They are no key of this question.
    """
    given = [one_line(answer, _ANSWER) for answer in answers]
    if not given or not all(given):
        raise UsageError("Đáp án không được để trống.")
    kind: str = item["kind"]
    if kind in OPTION_KINDS:
        changes = option_key(item, given)
    elif kind in ("order", "rank", "match"):
        name = "matches" if kind == "match" else "items"
        changes = {name: _in(item[name], given)}
        if sorted(changes[name]) != sorted(item[name]):
            way = "theo thứ tự của các vế bên trái" if kind == "match" else "theo thứ tự mới"
            raise UsageError(
                f"Câu này cần đủ {len(item[name])} mục, mỗi mục một --answer, viết đúng như trong câu hỏi và {way}."
            )
    else:
        changes = _typed_key(item, given)
    if not _accepts(item, changes, given):
        raise UsageError("Đáp án mới không hợp với câu hỏi này nên không chấm lại được. Chưa có gì thay đổi.")
    return changes


def _in(known: Sequence[str], given: Iterable[str]) -> list[str]:
    """Return texts as the question writes them; those it does not have as they are."""
    written = {one_line(text, _ANSWER): text for text in known}
    return [written.get(one_line(text, _ANSWER), text) for text in given]


def _typed_key(item: Mapping[str, Any], given: list[str]) -> dict[str, Any]:
    kind, blanks = item["kind"], len(item["answers"])
    if kind == "cloze" and len(given) != blanks:
        raise UsageError(f"Câu này có {blanks} chỗ trống nên cần đúng {blanks} đáp án, mỗi chỗ một --answer.")
    if kind == "cloze" and not all(part.strip() for answer in given for part in answer.split("|")):
        raise UsageError("Đáp án không được để trống.")
    if kind == "misquote" and (len(given) != 2 or given[0] not in SWAP.sub(r"\1", item["text"])):
        raise UsageError("Câu này cần đúng 2 đáp án: chữ sai viết như trong câu, rồi chữ đúng.")
    changes: dict[str, Any] = {"answers": given}
    if rejected := item.get("rejected"):
        changes["rejected"] = [text for text in rejected if one_line(text, _ANSWER) not in given]
    return changes


def _accepts(item: Mapping[str, Any], changes: Mapping[str, Any], given: Sequence[str]) -> bool:
    """Tell whether the corrected question takes each of its new answers for right."""
    shown: Sequence[str] = item.get("options") or item.get("matches") or item.get("items") or ()
    places = {one_line(text, _ANSWER): at for at, text in enumerate(shown)}
    responses: list[Any]
    match item["kind"]:
        case "short":
            responses = list(given)
        case "cloze":
            responses = [[answer.split("|")[0] for answer in given]]
        case "misquote":
            responses = [list(given)]
        case "multiple" | "order" | "rank" | "match":
            responses = [[places[text] for text in given]]
        case _:
            responses = [[places[text]] for text in given]
    planned = Planned(0, dict(item), tuple(range(len(shown))))
    return all(_fits(planned, changes, response, QuestionPart(1), least=1.0) for response in responses)


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
        changes: From :func:`new_key`.
        note: Why.
        wall: UTC, ISO 8601.
        dispute: The dispute that this settles, "".

    Raises:
        UsageError: There is no note.
    """
    kept = one_line(note, _NOTE)
    if not kept:
        raise UsageError("Sửa đáp án cần một dòng ghi lý do.")
    made = uuid.uuid4().hex
    with writing(connection, path):
        moment = last_moment(connection) + 1
        connection.execute(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
            (made, item, json.dumps(dict(changes), ensure_ascii=False), kept, wall, moment),
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
        for key in found:
            planned, response = context.state.plan[key[1]], context.state.attempts[key].response
            part = context.state.rules.parts[planned.part]
            left += not (isinstance(part, QuestionPart) and _fits(planned, changes, response, part))
        recorder.attempts(context, dict.fromkeys(found, (0, 0)))
        recorder.summarise(context)
    return looked_at, left


def _fits(
    planned: Planned, changes: Mapping[str, Any], response: Any, part: QuestionPart, least: float = 0.0
) -> bool:
    """Tell whether a response can be judged by a corrected key, and earns at least this share."""
    if not planned.item.keys() >= changes.keys() - {"rejected"}:  # of another kind then
        return False
    try:
        verdict = judge(corrected(planned, changes), response, part)
    except (CannotCorrectError, ResponseError, KeyError, ValueError, IndexError):
        return False
    return verdict.share >= least


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
