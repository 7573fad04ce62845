"""Findings about one question's wording: what gives its key away or misleads the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from trainer.bank.checks.words import runs, words
from trainer.bank.problems import Severity
from trainer.text import fold

Finding = tuple[Severity, str, str]
"""Severity, code, message."""
Data = Mapping[str, Any]

_EVERYTHING = re.compile(
    r"(tat ca (cac )?(y|dap an|phuong an|deu)|tat ca (deu )?(dung|sai)|ca (a|hai|ba|bon|b|c) |ca hai$|ca ba$|"
    r"khong co (dap an|phuong an|y) nao|(dap an|phuong an) khac$|a va b|cac (y|dap an|phuong an) tren)"
)
_NEGATED = re.compile(r"\b(?:nào|gì|ai|đâu)\b(?:\s+[^\s,;:“”]+){0,5}\s+(không|chưa|sai|ngoại trừ|trừ)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEW_TONE = re.compile(r"(?<![qQ])[uU][ỳýỷỹỵỲÝỶỸỴ](?!\w)|[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?!\w)")
_UNEVEN_RATIO, _UNEVEN_LETTERS = 2.2, 28


def wording(item: Data) -> Iterator[Finding]:
    """Yield the findings about one item (canonical dictionary)."""
    if item["section"] == "question":
        for check in _CHECKS:
            yield from check(item)
    yield from _tone_marks(item)


def _everything(item: Data) -> Iterator[Finding]:
    for option in item.get("options", ()):
        if _EVERYTHING.match(fold(option)):
            yield (
                "error",
                "all-of-the-above",
                f"Phương án “{option[:40]}” kiểu “tất cả các ý trên” làm lộ đáp án. Bạn hãy viết phương án cụ thể.",
            )


def _negation(item: Data) -> Iterator[Finding]:
    if item["kind"] not in ("choice", "multiple"):
        return
    asked = re.split(r"(?<=[.!?…”:])\s+", item["prompt"])[-1]
    found = _NEGATED.search(asked)
    if found:
        yield (
            "warning",
            "quiet-negation",
            f"Câu hỏi phủ định mà “{found[1]}” viết thường, dễ đọc sót. Bạn hãy viết “{found[1].upper()}”.",
        )


def _given_away(item: Data) -> Iterator[Finding]:
    """Three words in a row that only the prompt and the key share point at the key."""
    if item["kind"] != "choice":
        return
    key, *others = (set(runs(words(option), 3)) for option in item["options"])
    shared = (key & set(runs(words(item["prompt"]), 3))) - set().union(*others)
    if shared:
        phrase = " ".join(sorted(shared)[0])
        yield (
            "warning",
            "given-away",
            f"“{phrase}” chỉ có trong lời hỏi và đáp án, người không biết cũng đoán được. Bạn hãy đổi chữ.",
        )


def _uneven(item: Data) -> Iterator[Finding]:
    if item["kind"] != "choice" or len(item["options"]) < 3:
        return
    lengths = [len(option) for option in item["options"]]
    if max(lengths) > _UNEVEN_RATIO * min(lengths) and max(lengths) - min(lengths) > _UNEVEN_LETTERS:
        yield (
            "warning",
            "uneven-options",
            f"Các phương án dài ngắn quá khác nhau ({min(lengths)} đến {max(lengths)} ký tự). Bạn hãy viết cân nhau.",
        )


def _outdated(item: Data) -> Iterator[Finding]:
    for source in item["sources"]:
        if source.get("valid_until") and not _YEAR.search(item["prompt"]):
            yield (
                "error",
                "outdated-source",
                f"Căn cứ “{source['title'][:50]}” đã hết hiệu lực, lời hỏi phải nêu năm (“Theo …, năm …”).",
            )
            return


def _tone_marks(item: Data) -> Iterator[Finding]:
    for text in _texts(item):
        found = _NEW_TONE.search(text)
        if found:
            start = max(0, text.rfind(" ", 0, found.start()) + 1)
            word = text[start : found.end()]
            yield (
                "warning",
                "tone-style",
                f"“{word}” đặt dấu kiểu mới; ngân hàng dùng kiểu hòa, thủy, ủy, khỏe. Bạn hãy sửa cho thống nhất.",
            )
            return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("url", "id", "section", "kind", "topic"):
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


_CHECKS: tuple[Callable[[Data], Iterator[Finding]], ...] = (
    _everything,
    _negation,
    _given_away,
    _uneven,
    _outdated,
)
