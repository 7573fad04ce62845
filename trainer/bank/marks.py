"""YAML text -> nodes that remember their line and column.

libyaml's events are read one by one instead of ``yaml.load``: scalars stay as they were
written (``No``, ``1:30``, ``012``, dates), equal keys are seen, every node knows its place,
and depth, aliases and tags are bounded by our rules (``yaml.load`` with the C loader dies by
SIGSEGV on 50,000 nested brackets). A broken item costs only itself: its lines are blanked and
the file is read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import yaml

from trainer.bank.problems import Problem
from trainer.text import UNSAFE

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 12
MAX_SCALAR = 20_000
_MAX_REPAIRS = 200
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ITEM_START = re.compile(r"^( *)- +\S")
_ID_LINE = re.compile(r"^( *)- +(?:\{ *)?(?:id|kind|prompt)\s*:")


class Scalar:
    """A piece of text, as written."""

    __slots__ = ("column", "line", "plain", "text")

    def __init__(self, text: str, line: int, column: int, plain: bool) -> None:
        self.text, self.line, self.column, self.plain = text, line, column, plain


class Sequence:
    """A list of nodes."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int) -> None:
        self.items: list[Node] = []
        self.line, self.column = line, column


class Mapping:
    """Keys and values in order; a key met twice keeps its first value."""

    __slots__ = ("column", "entries", "keys", "line")

    def __init__(self, line: int, column: int) -> None:
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.line, self.column = line, column


Node = Scalar | Sequence | Mapping
Report = Callable[[int, int, str, str], None]


class _StopReading(Exception):
    """The rest of the file is not worth reading (a limit was passed)."""


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Turn a file's bytes into text; on failure the text is empty and the problem says why."""
    if len(raw) > MAX_BYTES:
        message = f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB. Bạn hãy chia thành nhiều tệp nhỏ."
        return "", [Problem(file, 0, 0, "error", "too-large", message)]
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "Tệp không ở dạng UTF-8. Bạn hãy mở bằng trình soạn thảo và lưu lại bằng UTF-8."
        return "", [Problem(file, line, 0, "error", "not-utf8", message)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_nodes(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document.

    Returns:
        The root node (None: nothing could be read, or the file is empty) and all problems.
        After a syntax error inside an item, the item's lines are left out and reading goes on.
    """
    problems: list[Problem] = []
    text = _blank_unsafe(text, file, problems)
    blanked: set[int] = set()
    for _ in range(_MAX_REPAIRS):
        found: list[Problem] = []

        def report(line: int, column: int, code: str, message: str) -> None:
            found.append(Problem(file, line, column, "error", code, message))  # noqa: B023

        try:
            root = _build(text, report)
        except _StopReading:
            return None, problems + found
        except yaml.MarkedYAMLError as error:
            problem, spans = _explain(error, text, file)
            problems.append(problem)
            repaired = _blank(text, spans, blanked)
            if repaired is None:
                return None, problems
            text = repaired
        except yaml.YAMLError:
            message = "Tệp sai cách viết YAML. Bạn hãy xem lại thụt lề, dấu nháy và dấu ngoặc."
            return None, [*problems, Problem(file, 0, 0, "error", "yaml-syntax", message)]
        else:
            return root, problems + found
    return None, problems


def _blank_unsafe(text: str, file: str, problems: list[Problem]) -> str:
    """Report control, bidi and zero-width characters and take them out of `text`."""
    last_line = 0
    for found in UNSAFE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if line == last_line:
            continue
        last_line = line
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
        message = f"Có ký tự điều khiển hoặc ký tự ẩn ({name}). Bạn hãy xóa ký tự này."
        problems.append(Problem(file, line, column, "error", "control-character", message))
    return text if last_line == 0 else UNSAFE.sub("\ufffd", text)


def _build(text: str, report: Report) -> Node | None:
    """Turn libyaml's events into nodes.

    A bank of 10,000 questions has 200,000 events, so the loop keeps what it stands in (`parent`,
    `key`) in local names and does nothing twice.
    """
    root: Node | None = None
    parent: Sequence | Mapping | None = None
    key: Scalar | None = None
    outer: list[tuple[Sequence | Mapping | None, Scalar | None]] = []
    documents = 0
    lines = text.split("\n") if " #" in text else None
    loader = _LOADER(text)
    next_event = loader.get_event
    scalar, ends = yaml.ScalarEvent, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    try:
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar:
                mark = event.start_mark
                node: Node = _scalar(event, mark.line + 1, mark.column + 1, report)
                if lines is not None and not event.style:
                    _report_cut(event, lines, report)
            elif kind in ends:
                parent, key = outer.pop()
                continue
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if event.tag is not None:
                    report(line, column, "tag", "Không dùng thẻ kiểu “!…” trong ngân hàng câu hỏi.")
                node = (Mapping if kind is yaml.MappingStartEvent else Sequence)(line, column)
            elif kind is yaml.AliasEvent:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                report(line, column, "alias", "Không dùng “&” và “*” (bí danh). Bạn hãy chép lại nội dung.")
                node = Scalar("", line, column, True)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    report(
                        event.start_mark.line + 1,
                        1,
                        "many-documents",
                        "Mỗi tệp chỉ có một tài liệu YAML. Bạn hãy bỏ dòng “---” ở giữa tệp.",
                    )
                    raise _StopReading
                continue
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                continue

            if type(parent) is Mapping:
                if key is None:
                    if type(node) is Scalar:
                        key = node
                        continue
                    report(
                        node.line, node.column, "bad-key", "Tên mục phải là một chữ, không phải danh sách."
                    )
                    key = Scalar("", node.line, node.column, True)
                elif key.text in parent.entries:
                    _report_repeated(parent, key, report)
                    key = None
                else:
                    parent.entries[key.text] = node
                    parent.keys[key.text] = key
                    key = None
            elif type(parent) is Sequence:
                parent.items.append(node)
            else:
                root = node
            if not isinstance(node, Scalar):
                outer.append((parent, key))
                parent, key = node, None
                if len(outer) > MAX_DEPTH:
                    report(
                        node.line,
                        node.column,
                        "too-deep",
                        f"Lồng quá {MAX_DEPTH} tầng. Bạn hãy viết gọn lại.",
                    )
                    raise _StopReading
    finally:
        loader.dispose()


def _scalar(event: Any, line: int, column: int, report: Report) -> Scalar:
    value = event.value
    if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:str"):
        report(line, column, "tag", "Không dùng thẻ kiểu “!…” trong ngân hàng câu hỏi.")
    if len(value) > MAX_SCALAR:
        report(line, column, "too-long", f"Đoạn văn dài quá {MAX_SCALAR} ký tự.")
        value = value[:MAX_SCALAR]
    if not (value.isascii() and value.isprintable()):
        value = unicodedata.normalize("NFC", value)
        if UNSAFE.search(value):
            report(
                line,
                column,
                "control-character",
                "Có ký tự điều khiển hoặc ký tự ẩn. Bạn hãy xóa ký tự này.",
            )
            value = UNSAFE.sub("\ufffd", value)
    return Scalar(value.strip(), line, column, not event.style)


def _report_cut(event: Any, lines: list[str], report: Report) -> None:
    """Report a sentence whose rest YAML took for a comment because of `` #``."""
    mark = event.end_mark
    rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if rest.lstrip(" ").startswith("#") and event.value.count(" ") >= 2:
        report(
            mark.line + 1,
            mark.column + 1,
            "cut-short",
            "Câu bị cắt ở dấu “#”, phần sau thành ghi chú. Bạn hãy đặt câu trong dấu nháy '…', "
            "hoặc chuyển ghi chú sang dòng riêng.",
        )


def _report_repeated(parent: Mapping, key: Scalar, report: Report) -> None:
    report(
        key.line,
        key.column,
        "duplicate-key",
        f"Mục “{key.text}” bị ghi hai lần (lần đầu ở dòng {parent.keys[key.text].line}). Bạn hãy bỏ một lần.",
    )


_HINTS = (
    ("exceeded maximum nesting depth", f"Lồng quá {MAX_DEPTH} tầng. Bạn hãy viết gọn lại."),
    ("found character '\\t'", "Có dấu Tab ở đầu dòng. Bạn hãy thụt lề bằng dấu cách."),
    ("found a tab", "Có dấu Tab để thụt lề. Bạn hãy thụt lề bằng dấu cách."),
    ("cannot start any token", "Ký tự đầu dòng này cần đặt trong dấu nháy '…'."),
    ("mapping values are not allowed", "Có dấu “: ” giữa câu. Bạn hãy đặt câu trong dấu nháy '…'."),
    ("quoted scalar", "Dấu nháy mở mà chưa đóng. Bạn hãy thêm dấu nháy ở cuối câu."),
    ("did not find expected key", "Thụt lề lệch, hoặc câu có dấu nháy ở giữa. Bạn hãy xem dòng này."),
    ("did not find expected '-' indicator", "Thụt lề của danh sách lệch. Bạn hãy xem dòng này."),
    ("did not find expected ',' or '}'", "Mục { … } thiếu dấu phẩy hoặc dấu đóng ngoặc “}”."),
    ("did not find expected ',' or ']'", "Danh sách [ … ] thiếu dấu phẩy hoặc dấu đóng ngoặc “]”."),
    ("did not find expected node content", "Dấu ngoặc hoặc dấu phẩy thừa trong [ … ] hoặc { … }."),
    ("undefined alias", "Dấu “*” ở đầu câu. Bạn hãy đặt câu trong dấu nháy '…'."),
    ("simple key", "Thiếu dấu hai chấm “:” sau tên mục, hoặc thụt lề lệch."),
    ("undefined tag handle", "Dấu “!” ở đầu câu. Bạn hãy đặt câu trong dấu nháy '…'."),
    ("block scalar", "Sau “>” hoặc “|” phải xuống dòng rồi mới viết câu."),
)


def _explain(error: yaml.MarkedYAMLError, text: str, file: str) -> tuple[Problem, list[tuple[int, int]]]:
    """Turn libyaml's error into a sentence and the spans of lines to leave out, best first."""
    words = f"{error.context or ''} {error.problem or ''}"
    hint = next((hint for sign, hint in _HINTS if sign in words), None)
    message = hint or "Dòng này sai cách viết YAML. Bạn hãy xem lại thụt lề, dấu nháy và dấu ngoặc."
    at = error.problem_mark or error.context_mark
    lines = text.split("\n")
    spans = []
    for mark in (error.context_mark, error.problem_mark):
        if mark is not None:
            span = _item_around(lines, min(mark.line, len(lines) - 1))
            if span is not None and span not in spans:
                spans.append(span)
    line = at.line + 1 if at is not None else 0
    column = at.column + 1 if at is not None else 0
    opened = error.context_mark is not None and error.context_mark.line + 1 < line
    if error.context_mark is not None and (
        "quoted scalar" in words or (opened and "expected ',' or" in words)
    ):
        # What was opened and not closed is mended there, not lines below where it was missed.
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    where = f" Câu hỏi bắt đầu ở dòng {spans[0][0] + 1} bị bỏ qua." if spans else ""
    code = "too-deep" if "nesting depth" in words else "yaml-syntax"
    return Problem(file, line, column, "error", code, message + where), spans


def _item_around(lines: list[str], at: int) -> tuple[int, int] | None:
    """Return the half-open span of lines of the list item that holds line `at` (from 0)."""
    start = at
    while start >= 0 and not _ID_LINE.match(lines[start]):
        start -= 1
    if start < 0:
        return None
    found = _ITEM_START.match(lines[start])
    indent = len(found[1]) if found else 0
    end = start + 1
    while end < len(lines):
        line = lines[end]
        spaces = len(line) - len(line.lstrip(" "))
        if line.strip() and not line.lstrip().startswith("#"):
            begins_item = spaces == indent and _ID_LINE.match(line)
            if begins_item or (spaces <= indent and re.match(r" *[a-z_]+:(\s|$)", line)):
                break
        end += 1
    return (start, end) if at < end else None


def _blank(text: str, spans: list[tuple[int, int]], blanked: set[int]) -> str | None:
    """Empty the first span that still holds unblanked lines; None: nothing left to try."""
    lines = text.split("\n")
    for start, end in spans:
        fresh = set(range(start, end)) - blanked
        if fresh:
            for index in fresh:
                lines[index] = ""
            blanked |= fresh
            return "\n".join(lines)
    return None
