"""The compiled copy: a bank's items as JSON lines behind an index, in one buffer.

Layout: one header line (magic, CRC-32, JSON), the items' JSON, the index's JSON. The first
screen reads the header only, choosing questions reads the index, and an item is read when it
is shown. JSON, so a copy that somebody tampered with can show wrong text at worst; every part
has a checksum and a copy that does not fit is thrown away.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.bank.model import Entry
from trainer.bank.problems import Problem

if TYPE_CHECKING:
    from trainer.bank.files import FileContent

MAGIC = b"DANVAN-BANK-1"
_SECTIONS = {"question": "questions", "quotation": "quotations", "situation": "situations"}


class UnfitCopyError(Exception):
    """The compiled copy is damaged or from another version; read the YAML again."""


class Counts(NamedTuple):
    """What a bank holds; retired items are counted in `retired` only."""

    questions: int = 0
    quotations: int = 0
    situations: int = 0
    by_topic: Mapping[str, int] = {}
    by_kind: Mapping[str, int] = {}
    by_level: Mapping[str, int] = {}
    retired: int = 0
    left_out: int = 0
    errors: int = 0
    warnings: int = 0


class Section(NamedTuple):
    """One file's part of the compiled copy."""

    file: str
    stamp: list[Any]
    topic: str
    title: str
    left_out: int
    problems: list[list[Any]]
    rows: list[list[Any]]
    """``[section, id, kind, topic, level, tags, retired, line, column, offset, length, crc]``,
    offsets from the beginning of `body`."""
    body: bytes


def section_of(file: str, stamp: list[Any], content: FileContent) -> Section:
    """Serialise what one file gave."""
    rows: list[list[Any]] = []
    parts: list[bytes] = []
    offset = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for data, line, column in content.items:
        raw = encode(data).encode()
        rows.append(
            [
                data["section"],
                data["id"],
                data.get("kind", data["section"]),
                data["topic"],
                data.get("level", 0),
                data.get("tags", []),
                bool(data.get("retired")),
                line,
                column,
                offset,
                len(raw),
                zlib.crc32(raw),
            ]
        )
        parts.append(raw)
        offset += len(raw)
    problems = [list(problem[1:]) for problem in content.problems]
    return Section(
        file, stamp, content.topic, content.title, content.left_out, problems, rows, b"".join(parts)
    )


class Index(NamedTuple):
    """The decoded index: everything but the items' texts."""

    entries: dict[str, Entry]
    places: dict[str, tuple[str, int, int]]
    slices: dict[str, tuple[int, int, int]]
    problems: list[Problem]


def compile_bank(sections: list[Section], program: str) -> bytes:
    """Merge the files' sections into one buffer; an id met in a second file is left out there."""
    first: dict[str, tuple[str, int]] = {}
    merged: list[dict[str, Any]] = []
    bodies: list[bytes] = []
    offset = 0
    counters: dict[str, Counter[str]] = {name: Counter() for name in ("topic", "kind", "level")}
    totals: Counter[str] = Counter()
    topics: dict[str, str] = {}
    for section in sections:
        rows, problems = [], list(section.problems)
        topics.setdefault(section.topic, section.title)
        for row in section.rows:
            kept = [*row[:9], row[9] + offset, *row[10:]]
            item_id = row[1]
            if item_id in first:
                file, line = first[item_id]
                message = f"Mã “{item_id}” đã dùng ở {file}, dòng {line}. Bạn hãy đặt mã khác."
                problems.append([row[7], row[8], "error", "duplicate-id", message])
                totals["left_out"] += 1
                kept.append(1)
            else:
                first[item_id] = (section.file, row[7])
                kept.append(0)
                _count(row, totals, counters)
            rows.append(kept)
        totals["left_out"] += section.left_out
        for problem in problems:
            totals["errors" if problem[2] == "error" else "warnings"] += 1
        merged.append(
            {
                "file": section.file,
                "topic": section.topic,
                "title": section.title,
                "left_out": section.left_out,
                "own": len(section.problems),
                "problems": problems,
                "rows": rows,
                "at": offset,
                "size": len(section.body),
            }
        )
        bodies.append(section.body)
        offset += len(section.body)
    index = json.dumps(merged, ensure_ascii=False, separators=(",", ":")).encode()
    header = json.dumps(
        {
            "program": program,
            "files": [[section.file, *section.stamp] for section in sections],
            "topics": topics,
            "counts": {
                **totals,
                **{f"by_{name}": dict(sorted(counter.items())) for name, counter in counters.items()},
            },
            "body": offset,
            "index": len(index),
            "index_crc": zlib.crc32(index),
        },
        ensure_ascii=False,
    ).encode()
    head = b"%s %08x %s\n" % (MAGIC, zlib.crc32(header), header)
    return b"".join([head, *bodies, index])


def _count(row: list[Any], totals: Counter[str], counters: dict[str, Counter[str]]) -> None:
    section, _, kind, topic, level, _, retired = row[:7]
    if retired:
        totals["retired"] += 1
        return
    totals[_SECTIONS[section]] += 1
    if section == "question":
        counters["topic"][topic] += 1
        counters["kind"][kind] += 1
        counters["level"][str(level)] += 1


def read_header(line: bytes) -> dict[str, Any]:
    """Decode the header line.

    Raises:
        UnfitCopyError: It is not a header of this format.
    """
    magic, _, rest = line.rstrip(b"\n").partition(b" ")
    crc, _, raw = rest.partition(b" ")
    try:
        if magic != MAGIC or int(crc, 16) != zlib.crc32(raw):
            raise UnfitCopyError
        header: dict[str, Any] = json.loads(raw)
    except ValueError:
        raise UnfitCopyError from None
    return header


def read_index(header: dict[str, Any], raw: bytes) -> list[dict[str, Any]]:
    """Decode the index as it was merged.

    Raises:
        UnfitCopyError: The bytes do not fit the header.
    """
    if len(raw) != header["index"] or zlib.crc32(raw) != header["index_crc"]:
        raise UnfitCopyError
    merged: list[dict[str, Any]] = json.loads(raw)
    return merged


def index_of(merged: list[dict[str, Any]]) -> Index:
    """Turn the merged index into lookup tables; left-out repeats are not in them."""
    index = Index({}, {}, {}, [])
    for part in merged:
        file = part["file"]
        index.problems.extend(Problem(file, *problem) for problem in part["problems"])
        for row in part["rows"]:
            if row[12]:
                continue
            item_id = row[1]
            index.entries[item_id] = Entry(item_id, row[0], row[2], row[3], row[4], tuple(row[5]), row[6])
            index.places[item_id] = (file, row[7], row[8])
            index.slices[item_id] = (row[9], row[10], row[11])
    return index


def sections_of(header: dict[str, Any], merged: list[dict[str, Any]], body: bytes) -> dict[str, Section]:
    """Take a compiled copy apart, by file, so that unchanged files need no reading."""
    stamps = {file: stamp for file, *stamp in header["files"]}
    found = {}
    for part in merged:
        at, size = part["at"], part["size"]
        rows = [[*row[:9], row[9] - at, *row[10:12]] for row in part["rows"]]
        found[part["file"]] = Section(
            part["file"],
            stamps[part["file"]],
            part["topic"],
            part["title"],
            part["left_out"],
            part["problems"][: part["own"]],
            rows,
            body[at : at + size],
        )
    return found
