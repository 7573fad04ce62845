"""Everything of theirs, for people to take along: JSON for programs, CSV for spreadsheets.

CSV files are UTF-8 with BOM (a spreadsheet then shows Vietnamese right), lines end with CRLF, and
a text that a spreadsheet would take for a formula gets a `'` before it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from trainer.errors import StorageBusyError
from trainer.history.moments import to_iso

FORMAT = "danvan-history"
VERSION = 1
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sheet(NamedTuple):
    """One table to take along.

    Attributes:
        name: File name without ending, and key in the JSON.
        columns: Column -> what it holds, Vietnamese.
        query: One row a line; ``:player`` is a player's id or "" for everybody.
        times: Columns of UTC milliseconds, written as ISO 8601.
    """

    name: str
    columns: dict[str, str]
    query: str
    times: tuple[str, ...] = ()


SHEETS = (
    Sheet(
        "players",
        {"player": "mã người chơi", "name": "tên", "created": "lúc tạo, giờ UTC"},
        "SELECT id, name, created FROM players WHERE :player IN ('', id) ORDER BY rowid",
    ),
    Sheet(
        "contests",
        {
            "contest": "mã phần thi",
            "player": "mã người chơi hoặc đội",
            "name": "tên lúc thi",
            "rules": "luật thi",
            "title": "tên luật thi",
            "started": "lúc bắt đầu, giờ UTC",
            "finished": "lúc xong, giờ UTC; trống: chưa xong",
            "status": "running: còn dở, finished: xong, abandoned: bỏ dở",
            "questions": "số câu theo luật",
            "asked": "số câu đã hỏi",
            "answered": "số câu có trả lời",
            "right": "số câu đúng trọn",
            "score": "điểm",
            "max_score": "điểm cao nhất có thể",
            "ms": "tổng thời gian trả lời, phần nghìn giây",
        },
        "SELECT contest, side, name, rules, title, started, finished, status, questions, asked, answered, right, "
        "score, max_score, ms FROM rounds WHERE :player IN ('', side) ORDER BY n, side",
    ),
    Sheet(
        "attempts",
        {
            "contest": "mã phần thi",
            "player": "mã người chơi hoặc đội",
            "position": "thứ tự câu trong phần thi, từ 1",
            "item": "mã câu hỏi",
            "topic": "chủ đề",
            "kind": "loại câu hỏi",
            "level": "mức độ, 1 đến 3; 0: không có",
            "taken": "lúc trả lời, giờ UTC",
            "code": "kết quả chấm",
            "share": "phần điểm được hưởng, 0 đến 1",
            "points": "điểm",
            "elapsed_ms": "thời gian trả lời, phần nghìn giây",
            "helped": "1: có dùng trợ giúp",
            "chosen": "phương án đã chọn, cách nhau bằng dấu |",
        },
        "SELECT a.contest, a.side, a.position + 1, a.item, a.topic, a.kind, a.level, d.taken, a.code, a.share, "
        "a.points, a.elapsed_ms, d.helped, (SELECT group_concat(json_extract(value, '$[1]'), ' | ') "
        "FROM json_each(d.picked)) FROM attempts a JOIN details d USING (contest, side, position) "
        "WHERE :player IN ('', a.side) ORDER BY a.n, a.side, a.position",
        ("taken",),
    ),
    Sheet(
        "cards",
        {
            "player": "mã người chơi hoặc đội",
            "item": "mã câu hỏi, lời Bác, hoặc chỗ trống (mã#số)",
            "topic": "chủ đề",
            "state": "1: đang học, 2: ôn, 3: học lại",
            "stability": "số ngày để xác suất nhớ còn 90 %",
            "difficulty": "độ khó với người này, 1 đến 10",
            "due": "lúc cần ôn, giờ UTC",
            "last": "lần ôn gần nhất, giờ UTC",
            "reviews": "số lần ôn",
            "lapses": "số lần quên",
        },
        "SELECT side, item, topic, state, stability, difficulty, due, last, reviews, lapses FROM cards "
        "WHERE :player IN ('', side) ORDER BY side, item",
        ("due", "last"),
    ),
    Sheet(
        "flags",
        {
            "player": "mã người chơi",
            "item": "mã câu hỏi",
            "kind": "bookmark: đánh dấu, doubt: nghi ngờ",
            "note": "ghi chú",
            "created": "lúc ghi, giờ UTC",
        },
        "SELECT side, item, kind, note, created FROM flags WHERE :player IN ('', side) ORDER BY side, item, kind",
    ),
    Sheet(
        "disputes",
        {
            "id": "mã khiếu nại",
            "item": "mã câu hỏi",
            "player": "mã người khiếu nại; trống: cả nhóm",
            "note": "lý do",
            "opened": "lúc mở, giờ UTC",
            "closed": "lúc đóng, giờ UTC; trống: đang mở",
            "outcome": "kết luận",
        },
        "SELECT id, item, player, note, opened, closed, outcome FROM disputes "
        "WHERE :player IN ('', player) ORDER BY opened, id",
    ),
    Sheet(
        "corrections",
        {
            "id": "mã lần sửa",
            "item": "mã câu hỏi",
            "changes": "đáp án sau khi sửa, JSON",
            "note": "lý do",
            "made": "lúc sửa, giờ UTC",
            "moved": "số lượt trả lời đổi điểm",
        },
        "SELECT k.id, k.item, k.changes, k.note, k.made, "
        "(SELECT count(*) FROM correction_moves m WHERE m.correction = k.id AND :player IN ('', m.side)) "
        "FROM corrections k ORDER BY k.moment, k.id",
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def rows_of(connection: sqlite3.Connection, sheet: Sheet, player: str = "") -> Iterator[dict[str, Any]]:
    """Yield a sheet's rows as dictionaries."""
    names = tuple(sheet.columns)
    for row in connection.execute(sheet.query, {"player": player}):
        found = dict(zip(names, row, strict=True))
        for name in sheet.times:
            found[name] = to_iso(found[name])
        yield found


def csv_lines(connection: sqlite3.Connection, name: str, player: str = "") -> Iterator[str]:
    """Yield a sheet as CSV, heading first, without BOM; each line ends with CRLF."""
    sheet = BY_NAME[name]
    yield _line(sheet.columns)
    for row in rows_of(connection, sheet, player):
        yield _line(safe(value) for value in row.values())


def _line(values: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(values))
    return out.getvalue()


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def write_csv(connection: sqlite3.Connection, folder: Path, player: str = "") -> list[Path]:
    """Write all sheets as CSV files, and ``columns.csv`` that says what each column holds.

    Raises:
        StorageBusyError: They could not be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in SHEETS:
            written.append(_write(folder / f"{sheet.name}.csv", csv_lines(connection, sheet.name, player)))
        heading: list[Sequence[str]] = [("file", "column", "meaning")]
        heading += [(sheet.name, column, text) for sheet in SHEETS for column, text in sheet.columns.items()]
        written.append(_write(folder / "columns.csv", map(_line, heading)))
    except OSError as error:
        raise _unwritten(folder, error) from None
    return written


def _write(path: Path, lines: Iterable[str], *, bom: bool = True) -> Path:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
            file.writelines(lines)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def json_parts(connection: sqlite3.Connection, player: str = "") -> Iterator[str]:
    """Yield everything as one JSON document, piece by piece; a million attempts need no memory.

    For everybody it also holds the events, from which all the rest follows.
    """
    yield f'{{"format": "{FORMAT}", "version": {VERSION}'
    for sheet in SHEETS:
        yield f',\n"{sheet.name}": ['
        yield from _joined(json.dumps(row, ensure_ascii=False) for row in rows_of(connection, sheet, player))
        yield "]"
    if not player:
        yield ',\n"events": ['
        yield from _joined(_events(connection))
        yield "]"
    yield "}\n"


def _joined(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else f"\n{text}"


def _events(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("SELECT contest, seq, at, type, payload, moment FROM events ORDER BY n")
    for contest, seq, at, kind, payload, moment in rows:
        head = {"contest": contest, "seq": seq, "at": at, "type": kind, "written": to_iso(moment)}
        yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "data": {payload}}}'


def write_json(connection: sqlite3.Connection, path: Path, player: str = "") -> Path:
    """Write everything as JSON.

    Raises:
        StorageBusyError: It could not be written.
    """
    try:
        return _write(path, json_parts(connection, player), bom=False)
    except OSError as error:
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: OSError) -> StorageBusyError:
    return StorageBusyError(f"Chưa ghi được “{path}” ({error.strerror}). Bạn hãy thử lại hoặc chọn chỗ khác.")
