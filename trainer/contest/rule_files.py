"""Reading rule files (``questions/rules/*.yaml``), with every problem in its place.

A file's stem is the rule's name. Files that did not change since the last start come from a
copy in the cache folder, so that the first screen needs no YAML.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.bank.copies import is_settled, program, stamp, write_atomically
from trainer.contest.rules import Part, QuestionPart, Rules, SituationPart, rules_from_data, rules_to_data
from trainer.errors import RulesError

if TYPE_CHECKING:
    from trainer.bank.fields import Fields
    from trainer.bank.problems import Problem

COPY_NAME = "rules.json"


def rule_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the rule files of some folders by name; an earlier folder wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.yaml")):
                found.setdefault(path.stem, path)
    return found


def load_rules(name: str, files: Mapping[str, Path]) -> Rules:
    """Read the rules called `name`.

    Raises:
        RulesError: There is no such file, or it has errors (the first is named).
    """
    path = files.get(name)
    if path is None:
        known = ", ".join(sorted(files)) or "chưa có luật nào"
        raise RulesError(f"Không có luật thi “{name}”. Các luật đang có: {known}.")
    rules, problems = read_rules(path)
    if rules is None or problems:
        raise RulesError(f"Luật thi “{name}” có lỗi: {problems[0]}")
    return rules


def usable_rules(files: Mapping[str, Path], cache: Path | None) -> dict[str, Rules]:
    """Return all rules that can be read, by name, in the order of `files`.

    Args:
        files: Name -> rule file.
        cache: Folder of derived copies; None: do not keep one.
    """
    copy = cache / COPY_NAME if cache is not None else None
    known = _read_copy(copy)
    found: dict[str, Rules] = {}
    kept: dict[str, Any] = {}
    changed = False
    for name, path in files.items():
        now, entry = stamp(path), known.get(str(path))
        if entry is not None and entry["stamp"] == now and is_settled(now, entry["copied"]):
            kept[str(path)] = entry
            if entry["rules"] is not None:
                found[name] = rules_from_data(entry["rules"])
            continue
        copied = time.time_ns()
        rules, problems = read_rules(path)
        usable = rules if not problems else None
        kept[str(path)] = {
            "stamp": now,
            "copied": copied,
            "rules": None if usable is None else rules_to_data(usable),
        }
        changed = True
        if usable is not None:
            found[name] = usable
    if copy is not None and changed:
        whole = {"program": program("bank", "contest"), "files": {**known, **kept}}
        write_atomically(copy, json.dumps(whole, ensure_ascii=False).encode())
    return found


def _read_copy(copy: Path | None) -> dict[str, Any]:
    """Return what the copy knows, by path; {} when it does not fit."""
    if copy is None:
        return {}
    try:
        whole = json.loads(copy.read_bytes())
        if whole["program"] != program("bank", "contest"):
            return {}
        for entry in whole["files"].values():
            if entry["rules"] is not None:
                rules_from_data(entry["rules"])
            is_settled(entry["stamp"], entry["copied"])
        files: dict[str, Any] = whole["files"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return {}
    return files


def read_rules(path: Path) -> tuple[Rules | None, list[Problem]]:
    """Read a rule file; None with problems when it cannot be used."""
    from trainer.bank.fields import Fields, Problems
    from trainer.bank.marks import Mapping as YamlMapping
    from trainer.bank.marks import decode, read_nodes
    from trainer.bank.problems import Problem

    name = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"Không đọc được tệp: {error.strerror}. Bạn hãy kiểm tra quyền đọc."
        return None, [Problem(name, 0, 0, "error", "unreadable", message)]
    text, problems = decode(raw, name)
    if problems:
        return None, problems
    root, problems = read_nodes(text, name)
    if not isinstance(root, YamlMapping):
        message = "Tệp luật thi phải có “title:” và “parts:”."
        return None, problems or [Problem(name, 1, 1, "error", "wrong-type", message)]
    collected = Problems(name)
    fields = Fields(root, collected)
    rules = Rules(
        path.stem,
        fields.text("title", "tên luật thi"),
        fields.text("summary"),
        tuple(_part(part) for part in fields.mappings("parts", "các phần thi")),
    )
    fields.close("Luật thi")
    problems += collected.found
    if not rules.parts and not problems:
        problems.append(Problem(name, root.line, 1, "error", "missing-key", "Luật thi chưa có phần nào."))
    return (None if problems else rules), problems


def _part(fields: Fields) -> Part:
    kind = fields.text("type", "questions hoặc situation")
    if kind not in ("questions", "situation", ""):
        node = fields.get("type") or fields.node
        fields.problems.error(
            node, "bad-kind", f"Không có loại phần thi “{kind[:20]}”. Chọn questions hoặc situation."
        )
    part = _situation_part(fields) if kind == "situation" else _question_part(fields)
    fields.close("Phần thi")
    return part


def _question_part(fields: Fields) -> QuestionPart:
    from trainer.bank.model import QUESTION_KINDS, RECITAL

    kinds = fields.texts("kinds") or ["choice", "true-false", "multiple"]
    for kind in kinds:
        if kind not in QUESTION_KINDS and kind != RECITAL:
            fields.problems.error(
                fields.node,
                "bad-kind",
                f"Không có loại câu hỏi “{kind[:20]}”. Các loại: {', '.join(QUESTION_KINDS)}.",
            )
    feedback = fields.text("feedback") or "each"
    if feedback not in ("each", "end"):
        fields.problems.error(
            fields.node, "bad-feedback", "Mục “feedback” là each (sau mỗi câu) hoặc end (ở cuối)."
        )
    part = QuestionPart(
        count=fields.integer("count", 1, 1000),
        kinds=tuple(kinds),
        seconds=fields.integer("seconds", 0, 3600, 0),
        total_seconds=fields.integer("total_seconds", 0, 86400, 0),
        right=fields.integer("right", 0, 1000, 10),
        wrong=_penalty(fields, "wrong", 0),
        feedback=feedback,
        topics=tuple(fields.texts("topics")),
        levels=tuple(int(level) for level in fields.texts("levels") if level in ("1", "2", "3")),
        partial=_flag(fields, "partial", True),
        box_counts=_flag(fields, "box_counts", True),
        clock_in_feedback=_flag(fields, "clock_in_feedback", False),
        shares=_shares(fields),
        mix=_flag(fields, "mix", False),
        draws=_word(fields, "draws", ("questions", "quotations")),
    )
    if part.feedback == "end" and part.seconds:
        fields.problems.error(
            fields.node,
            "bad-feedback",
            "Luật có “feedback: end” thì dùng “total_seconds”, không dùng “seconds”.",
        )
    return part


def _situation_part(fields: Fields) -> SituationPart:
    return SituationPart(
        count=fields.integer("count", 1, 20, 1),
        think_s=fields.integer("think_s", 0, 3600, 60),
        speak_s=fields.integer("speak_s", 0, 3600, 180),
        points=fields.integer("points", 1, 1000, 100),
        overtime=_penalty(fields, "overtime", -1),
        groups=tuple(fields.texts("groups")),
        judges=fields.integer("judges", 1, 9, 1),
        drop_extremes=_flag(fields, "drop_extremes", False),
        turns=_flag(fields, "turns", True),
    )


def _penalty(fields: Fields, key: str, default: int) -> int:
    """Read 0 or a negative number; a positive one is read as the same penalty."""
    from trainer.bank.marks import Scalar

    node = fields.get(key)
    if node is None:
        return default
    text = node.text.lstrip("-−") if isinstance(node, Scalar) else ""
    if text.isascii() and text.isdigit() and len(text) < 5:
        return -int(text)
    fields.problems.error(node, "wrong-number", f"Mục “{key}” phải là 0 hoặc số điểm trừ, ví dụ -1.")
    return default


def _shares(fields: Fields) -> tuple[tuple[str, int], ...]:
    """Read “shares: {tone: 50, no-diacritics: 0}”, percent of the points for a rung of the ladder."""
    from trainer.bank.fields import Fields as Inner
    from trainer.bank.marks import Mapping as YamlMapping
    from trainer.grading.verdict import LADDER

    node = fields.get("shares")
    if node is None:
        return ()
    if not isinstance(node, YamlMapping):
        fields.problems.error(node, "wrong-type", "Mục “shares” gồm các dòng “mức: phần trăm”.")
        return ()
    inner = Inner(node, fields.problems)
    found = tuple((code, inner.integer(code, 0, 100)) for code in LADDER if inner.has(code))
    inner.close("Mục “shares”")
    return found


def _word(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    """Read one of some words, the first by default."""
    text = fields.text(key) or allowed[0]
    if text not in allowed:
        fields.problems.error(
            fields.get(key) or fields.node, "bad-kind", f"Mục “{key}” là {' hoặc '.join(allowed)}."
        )
        return allowed[0]
    return text


def _flag(fields: Fields, key: str, default: bool) -> bool:
    from trainer.bank.marks import Scalar

    node = fields.get(key)
    if node is None:
        return default
    text = node.text.casefold() if isinstance(node, Scalar) else ""
    if text in ("true", "yes", "có"):
        return True
    if text not in ("false", "no", "không"):
        fields.problems.error(node, "wrong-flag", f"Mục “{key}” là có hoặc không (true hoặc false).")
    return False
