"""Rules as data: what is asked, how long, how it is scored.

A rule file (``questions/rules/*.yaml``) is read like a bank file, with every problem in its
place; its stem is the rule's name. The parsed rules are plain data again in the contest's
first event, so that an old contest keeps the rules it was played by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from trainer.bank.fields import Fields, Problems
from trainer.bank.marks import Mapping as YamlMapping
from trainer.bank.marks import Scalar, decode, read_nodes
from trainer.bank.model import QUESTION_KINDS
from trainer.bank.problems import Problem
from trainer.errors import RulesError


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A run of questions under one clock and one scale.

    Attributes:
        count: How many questions.
        kinds: Kinds that may be asked.
        seconds: Limit of one question, 0: none.
        total_seconds: Limit of the whole part, 0: none.
        right: Points of a right answer; a partly right one earns its share, rounded down.
        wrong: Points of a wrong answer (0 or negative); no answer always earns 0.
        feedback: ``each``: the key after each answer; ``end``: answers may be changed until
            the part is handed in, keys come with the results.
        topics: Only these topics; () means all.
        levels: Only these levels; () means all.
        partial: Whether a partly right answer earns its share.
        box_counts: Whether what is chosen or typed at the deadline counts as the answer.
        clock_in_feedback: Whether the part's clock runs while an explanation is read.
    """

    count: int
    kinds: tuple[str, ...] = ("choice", "true-false", "multiple")
    seconds: int = 0
    total_seconds: int = 0
    right: int = 10
    wrong: int = 0
    feedback: str = "each"
    topics: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    partial: bool = True
    box_counts: bool = True
    clock_in_feedback: bool = False


@dataclass(frozen=True, slots=True)
class SituationPart:
    """Situations to handle aloud or in writing.

    Attributes:
        count: How many situations.
        think_s: Seconds to think, 0: the situation's own.
        speak_s: Seconds to speak, 0: the situation's own.
        points: Points of a full marking sheet.
        overtime: Points for each full minute over the limit (0 or negative).
        groups: Only these groups; () means all.
    """

    count: int = 1
    think_s: int = 60
    speak_s: int = 180
    points: int = 100
    overtime: int = -1
    groups: tuple[str, ...] = ()


Part = QuestionPart | SituationPart


class Rules(NamedTuple):
    """One preset; `name` is the file's stem."""

    name: str
    title: str
    summary: str
    parts: tuple[Part, ...]


def rules_to_data(rules: Rules) -> dict[str, Any]:
    """Return the rules as JSON-able data."""
    parts = []
    for part in rules.parts:
        data: dict[str, Any] = {"type": "questions" if isinstance(part, QuestionPart) else "situation"}
        for key, value in asdict(part).items():
            data[key] = list(value) if isinstance(value, tuple) else value
        parts.append(data)
    return {"name": rules.name, "title": rules.title, "summary": rules.summary, "parts": parts}


def rules_from_data(data: Mapping[str, Any]) -> Rules:
    """Build rules from what :func:`rules_to_data` made."""
    parts: list[Part] = []
    for part in data["parts"]:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in part.items()
            if key != "type"
        }
        parts.append(QuestionPart(**values) if part["type"] == "questions" else SituationPart(**values))
    return Rules(data["name"], data["title"], data["summary"], tuple(parts))


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


def read_rules(path: Path) -> tuple[Rules | None, list[Problem]]:
    """Read a rule file; None with problems when it cannot be used."""
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
    kinds = fields.texts("kinds") or ["choice", "true-false", "multiple"]
    for kind in kinds:
        if kind not in QUESTION_KINDS:
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
    )


def _penalty(fields: Fields, key: str, default: int) -> int:
    """Read 0 or a negative number; a positive one is read as the same penalty."""
    node = fields.get(key)
    if node is None:
        return default
    text = node.text.lstrip("-−") if isinstance(node, Scalar) else ""
    if text.isascii() and text.isdigit() and len(text) < 5:
        return -int(text)
    fields.problems.error(node, "wrong-number", f"Mục “{key}” phải là 0 hoặc số điểm trừ, ví dụ -1.")
    return default


def _flag(fields: Fields, key: str, default: bool) -> bool:
    node = fields.get(key)
    if node is None:
        return default
    text = node.text.casefold() if isinstance(node, Scalar) else ""
    if text in ("true", "yes", "có"):
        return True
    if text not in ("false", "no", "không"):
        fields.problems.error(node, "wrong-flag", f"Mục “{key}” là có hoặc không (true hoặc false).")
    return False
