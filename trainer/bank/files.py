"""One bank file -> its checked items and its problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from trainer.bank import items
from trainer.bank.fields import Fields, Problems
from trainer.bank.marks import Mapping, Node, decode, read_nodes
from trainer.bank.problems import Problem
from trainer.bank.situations import situation

Data = dict[str, Any]


class Placed(NamedTuple):
    """A checked item and where it begins in its file (from 1)."""

    data: Data
    line: int
    column: int


class FileContent(NamedTuple):
    """All that one bank file gave."""

    topic: str
    title: str
    items: list[Placed]
    problems: list[Problem]
    left_out: int
    """Items that were written but are not in `items` because of an error."""


_SECTIONS: tuple[tuple[str, Callable[[Fields, str, items.SourceTable], Data]], ...] = (
    ("questions", items.question),
    ("quotations", items.quotation),
    ("situations", situation),
)


def read_file(path: Path) -> FileContent:
    """Read and check one file; what is wrong becomes problems, never an exception."""
    name = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"Không đọc được tệp: {error.strerror}. Bạn hãy kiểm tra quyền đọc."
        return FileContent(path.stem, path.stem, [], [Problem(name, 0, 0, "error", "unreadable", message)], 0)
    return read_text_of(raw, name, path.stem)


def read_text_of(raw: bytes, name: str, stem: str) -> FileContent:
    """Read and check a file's bytes; `name` is used in problems, `stem` as default topic."""
    text, problems = decode(raw, name)
    if problems:
        return FileContent(stem, stem, [], problems, 0)
    root, problems = read_nodes(text, name)
    lost = sum(problem.code == "yaml-syntax" for problem in problems)
    collected = Problems(name)
    if root is None:
        if not problems:
            message = "Tệp trống. Bạn hãy thêm câu hỏi hoặc xóa tệp."
            problems.append(Problem(name, 1, 1, "error", "empty-file", message))
        return FileContent(stem, stem, [], problems, lost)
    if not isinstance(root, Mapping):
        message = "Tệp phải bắt đầu bằng các mục “topic:”, “title:”, “sources:”, “questions:”."
        problems.append(Problem(name, root.line, root.column, "error", "wrong-type", message))
        return FileContent(stem, stem, [], problems, lost)

    # The lines of a syntax error were left out: they belong to no item that is still there.
    broken_lines = sorted(
        {
            problem.line
            for problem in problems
            if problem.severity == "error" and problem.code != "yaml-syntax"
        }
    )
    fields = Fields(root, collected)
    topic = fields.text("topic") or stem
    title = fields.text("title") or topic
    table = items.source_table(fields)
    placed: list[Placed] = []
    total = 0
    for section, check in _SECTIONS:
        nodes = fields.nodes(section)
        total += len(nodes)
        ends = [*(node.line for node in nodes[1:]), _end_of_section(root, section)]
        for node, end in zip(nodes, ends, strict=False):
            data = _checked(node, check, topic, table, collected)
            if data is not None and not _any_between(broken_lines, node.line, end):
                placed.append(Placed(data, node.line, node.column))
    fields.get("description")
    fields.close("Tệp")
    if total == 0 and lost == 0:
        collected.error(root, "no-items", "Tệp không có câu hỏi, lời Bác hay tình huống nào.")
    kept = _without_repeats(placed, collected)
    return FileContent(topic, title, kept, problems + collected.found, lost + total - len(kept))


def _checked(
    node: Node,
    check: Callable[[Fields, str, items.SourceTable], Data],
    topic: str,
    table: items.SourceTable,
    problems: Problems,
) -> Data | None:
    if not isinstance(node, Mapping):
        problems.error(node, "wrong-type", "Mỗi mục phải bắt đầu bằng “- id: …”.")
        return None
    before = problems.errors
    data = check(Fields(node, problems), topic, table)
    return data if problems.errors == before else None


def _end_of_section(root: Mapping, section: str) -> int:
    """Return the line on which the next top-level key begins."""
    start = root.keys[section].line if section in root.keys else 0
    later = [key.line for key in root.keys.values() if key.line > start]
    return min(later, default=1 << 30)


def _any_between(lines: list[int], start: int, end: int) -> bool:
    return any(start <= line < end for line in lines)


def _without_repeats(placed: list[Placed], problems: Problems) -> list[Placed]:
    first: dict[str, int] = {}
    kept = []
    for item in placed:
        item_id = item.data["id"]
        if item_id in first:
            problems.found.append(
                Problem(
                    problems.file,
                    item.line,
                    item.column,
                    "error",
                    "duplicate-id",
                    f"Mã “{item_id}” đã dùng ở dòng {first[item_id]}. Bạn hãy đặt mã khác.",
                )
            )
            continue
        first[item_id] = item.line
        kept.append(item)
    return kept
