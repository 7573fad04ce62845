"""Checking one item and turning it into its canonical dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trainer.bank.fields import ID, Fields
from trainer.bank.marks import Mapping, Node, Scalar, Sequence
from trainer.bank.model import QUESTION_KINDS

Data = dict[str, Any]
SourceTable = dict[str, Data]

BLANK = re.compile(r"__(.+?)__")
SWAP = re.compile(r"__(.+?) -> (.+?)__")
_TRUE_FALSE = {"đúng": True, "true": True, "sai": False, "false": False}
_DEFAULT_PROMPTS = {
    "cloze": "Điền chữ còn thiếu vào chỗ trống.",
    "misquote": "Câu sau có một chỗ sai. Chữ nào sai, và chữ đúng là gì?",
}


def source_table(fields: Fields) -> SourceTable:
    """Read a file's ``sources`` into canonical dictionaries by id."""
    node = fields.get("sources")
    table: SourceTable = {}
    if node is None:
        return table
    if not isinstance(node, Mapping):
        fields.problems.error(node, "wrong-type", "Mục “sources” phải gồm các dòng “mã: {title: …}”.")
        return table
    for key, value in node.entries.items():
        if not ID.match(key):
            fields.problems.error(
                value, "bad-id", f"Mã căn cứ “{key[:40]}” chỉ gồm chữ thường không dấu, số, gạch nối."
            )
        if not isinstance(value, Mapping):
            fields.problems.error(value, "wrong-type", f"Căn cứ “{key[:40]}” phải có ít nhất “title: …”.")
            continue
        entry = Fields(value, fields.problems)
        urls = entry.texts("url")
        title = entry.text("title", "tên văn bản hoặc bài")
        table[key] = compact(
            title=title or key,
            number=entry.text("number"),
            issuer=entry.text("issuer") or entry.text("author"),
            published=entry.date("published"),
            where=entry.text("where"),
            url=urls[0] if urls else "",
            valid_until=entry.date("valid_until"),
            replaced_by=entry.text("replaced_by"),
        )
        entry.get("author")
        entry.get("note")
        if entry.has("valid_until") and not entry.has("replaced_by"):
            fields.problems.error(
                value, "missing-key", f"Căn cứ “{key}” có “valid_until” thì phải có “replaced_by”."
            )
        entry.close("Căn cứ")
    return table


def compact(**values: Any) -> Data:
    """Return the values that say something; defaults are left out of the canonical form."""
    return {key: value for key, value in values.items() if value not in ("", [], False)}


def cited(fields: Fields, table: SourceTable) -> list[Data]:
    """Resolve an item's ``source``: "id, place", or a list of such."""
    node = fields.need("source", "căn cứ của đáp án", "missing-source")
    if node is None:
        return []
    cited = []
    for part in node.items if isinstance(node, Sequence) else [node]:
        if not isinstance(part, Scalar):
            fields.problems.error(part, "wrong-type", "Mục “source” phải có dạng “mã căn cứ, điều khoản”.")
            continue
        key, _, place = part.text.partition(",")
        entry = table.get(key.strip())
        if entry is None:
            fields.problems.error(
                part, "unknown-source", f"Không có căn cứ “{key.strip()[:40]}” trong mục “sources” của tệp."
            )
            continue
        cited.append({**entry, "place": place.strip()} if place.strip() else entry)
    return cited


def is_retired(fields: Fields) -> bool:
    """Tell whether the item is out of use: it has `valid_until` or `replaced_by` of its own."""
    until = fields.date("valid_until")
    return bool(fields.text("replaced_by")) or bool(until)


def question(fields: Fields, topic: str, table: SourceTable) -> Data:
    """Check a question of any kind."""
    kind_node = fields.need("kind", "loại câu hỏi: " + ", ".join(QUESTION_KINDS))
    kind = kind_node.text if isinstance(kind_node, Scalar) else ""
    if kind_node is not None and kind not in QUESTION_KINDS:
        fields.problems.error(
            kind_node,
            "bad-kind",
            f"Không có loại câu hỏi “{kind[:20]}”. Các loại: {', '.join(QUESTION_KINDS)}.",
        )
        kind = ""
    data: Data = {"section": "question", "id": fields.identifier(), "kind": kind, "topic": topic}
    optional_prompt = _DEFAULT_PROMPTS.get(kind, "")
    data["prompt"] = fields.text("prompt", "" if optional_prompt else "lời hỏi") or optional_prompt
    data["explanation"] = fields.text("explanation", "vì sao đáp án đúng", "missing-explanation")
    data["sources"] = cited(fields, table)
    data["level"] = fields.integer("level", 1, 3, code="missing-level")
    if kind:
        data.update(_KINDS[kind](fields))
        data.update(compact(tags=fields.texts("tags"), retired=is_retired(fields)))
        fields.close("Câu hỏi")
    return data


def _choice(fields: Fields) -> Data:
    answer = fields.text("answer", "đáp án đúng")
    return _options(fields, [answer])


def _multiple(fields: Fields) -> Data:
    answers = fields.texts("answers", "các đáp án đúng, từ hai trở lên")
    if len(answers) == 1:
        fields.problems.error(
            fields.node,
            "few-answers",
            "Loại “multiple” cần từ hai đáp án đúng; một đáp án thì dùng “choice”.",
        )
    return _options(fields, answers)


def _options(fields: Fields, right: list[str]) -> Data:
    distractors = fields.texts("distractors", "các phương án sai")
    options = right + distractors
    if len({option.casefold().rstrip(".") for option in options}) != len(options):
        fields.problems.error(
            fields.node, "repeated-option", f"Hai phương án giống nhau: “{_repeated(options)[:40]}”."
        )
    if distractors and len(options) > 8:
        fields.problems.error(fields.node, "many-options", "Một câu có nhiều nhất 8 phương án.")
    return {"options": options, "right": len(right)}


def _repeated(options: list[str]) -> str:
    seen: set[str] = set()
    for option in options:
        key = option.casefold().rstrip(".")
        if key in seen:
            return option
        seen.add(key)
    return ""


def _true_false(fields: Fields) -> Data:
    node = fields.need("answer", "đúng hoặc sai")
    text = node.text.casefold() if isinstance(node, Scalar) else ""
    if node is not None and text not in _TRUE_FALSE:
        fields.problems.error(
            node, "bad-answer", f"Đáp án phải là “đúng” hoặc “sai”, không phải “{text[:20]}”."
        )
    options = ["Đúng", "Sai"] if _TRUE_FALSE.get(text, True) else ["Sai", "Đúng"]
    return {"options": options, "right": 1}


def _short(fields: Fields) -> Data:
    return {"answers": fields.texts("answers", "các cách viết được chấp nhận")}


def _cloze(fields: Fields) -> Data:
    text = fields.text("text", "câu có chỗ trống dạng __chữ__")
    blanks = BLANK.findall(text)
    if text and not blanks:
        fields.problems.error(fields.node, "no-blank", "Mục “text” chưa có chỗ trống dạng __chữ__.")
    return {"text": text, "answers": blanks}


def _ordered(fields: Fields) -> Data:
    items = fields.texts("items", "các mục theo thứ tự đúng")
    _distinct(fields, items, "items")
    if items and not 3 <= len(items) <= 8:
        fields.problems.error(fields.node, "bad-items", "Mục “items” cần từ 3 đến 8 dòng.")
    return {"items": items}


def _match(fields: Fields) -> Data:
    node = fields.need("pairs", "các cặp “trái: phải”")
    pairs: list[tuple[str, str]] = []
    if isinstance(node, Mapping):
        pairs = [(left, _pair_text(fields, right)) for left, right in node.entries.items()]
    elif isinstance(node, Sequence):
        pairs = [_pair(fields, item) for item in node.items]
    elif node is not None:
        fields.problems.error(node, "wrong-type", "Mục “pairs” gồm các dòng “trái: phải”.")
    if node is not None and not 3 <= len(pairs) <= 8:
        fields.problems.error(node, "bad-items", "Mục “pairs” cần từ 3 đến 8 cặp.")
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    _distinct(fields, left, "pairs")
    _distinct(fields, right, "pairs")
    return {"items": left, "matches": right}


def _pair(fields: Fields, node: Node) -> tuple[str, str]:
    if isinstance(node, Sequence) and len(node.items) == 2:
        return _pair_text(fields, node.items[0]), _pair_text(fields, node.items[1])
    if isinstance(node, Mapping) and {"left", "right"} == node.entries.keys():
        return _pair_text(fields, node.entries["left"]), _pair_text(fields, node.entries["right"])
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((left, right),) = node.entries.items()
        return left, _pair_text(fields, right)
    fields.problems.error(node, "wrong-type", "Mỗi cặp có dạng “trái: phải”.")
    return "", ""


def _pair_text(fields: Fields, node: Node) -> str:
    if isinstance(node, Scalar) and node.text:
        return node.text
    fields.problems.error(node, "wrong-type", "Mỗi vế của một cặp phải là một câu.")
    return ""


def _distinct(fields: Fields, texts: list[str], key: str) -> None:
    if len({text.casefold() for text in texts}) != len(texts):
        fields.problems.error(fields.node, "repeated-option", f"Mục “{key}” có hai dòng giống nhau.")


def _misquote(fields: Fields) -> Data:
    text = fields.text("text", "câu có một chỗ __sai -> đúng__")
    swaps = SWAP.findall(text)
    if text and (len(swaps) != 1 or text.count("__") != 2):
        fields.problems.error(fields.node, "bad-swap", "Mục “text” cần đúng một chỗ dạng __sai -> đúng__.")
    return {"text": text, "answers": list(swaps[0]) if swaps else []}


_KINDS: dict[str, Callable[[Fields], Data]] = {
    "choice": _choice,
    "multiple": _multiple,
    "true-false": _true_false,
    "short": _short,
    "cloze": _cloze,
    "order": _ordered,
    "match": _match,
    "misquote": _misquote,
    "rank": _ordered,
}


def quotation(fields: Fields, topic: str, table: SourceTable) -> Data:
    """Check a quotation."""
    text = fields.text("text", "nguyên văn")
    keywords, disputed = fields.texts("keywords"), fields.texts("disputed")
    swaps: list[tuple[str, list[str]]] = []
    node = fields.get("swaps")
    if isinstance(node, Mapping):
        inner = Fields(node, fields.problems)
        swaps = [(word, inner.texts(word)) for word in node.entries]
    elif node is not None:
        fields.problems.error(node, "wrong-type", "Mục “swaps” gồm các dòng “chữ đúng: [chữ sai, …]”.")
    for word in [*keywords, *disputed, *(word for word, _ in swaps)]:
        if text and word not in text:
            fields.problems.error(fields.node, "not-in-text", f"“{word[:40]}” không có trong nguyên văn.")
    for word in [*keywords, *(word for word, _ in swaps)]:
        if any(part in word or word in part for part in disputed):
            fields.problems.error(
                fields.node, "disputed-word", f"“{word[:40]}” còn khác nhau giữa các bản, không che chữ này."
            )
    for word, wrong in swaps:
        if word in wrong:
            fields.problems.error(
                fields.node, "repeated-option", f"Chữ thay của “{word[:40]}” trùng chữ đúng."
            )
    data: Data = {
        "section": "quotation",
        "id": fields.identifier(),
        "topic": topic,
        "text": text,
        "work": fields.text("work", "tên bài"),
        "date": fields.date("date"),
        "occasion": fields.text("occasion"),
        "sources": cited(fields, table),
        **compact(
            keywords=keywords,
            swaps=swaps,
            disputed=disputed,
            note=fields.text("note"),
            retired=is_retired(fields),
        ),
    }
    fields.get("tags")
    fields.close("Lời Bác")
    return data
