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
from trainer.contest.rules import Rules, rules_from_data, rules_to_data
from trainer.errors import RulesError

if TYPE_CHECKING:
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
        raise RulesError(f"Không có luật thi “{name}”. Các luật đang có: {_known(files)}.")
    rules, problems = read_rules(path)
    if rules is None or problems:
        raise RulesError(f"Luật thi “{name}” có lỗi: {problems[0]}")
    return rules


def _known(files: Mapping[str, Path]) -> str:
    """Return the names of all rules, those for several sides only after the others."""
    alone, group = list[str](), list[str]()
    for name, path in sorted(files.items()):
        rules = read_rules(path)[0]
        (group if rules is not None and rules.group else alone).append(name)
    if not group:
        return ", ".join(alone) or "chưa có luật nào"
    return f"{', '.join(alone) or 'chưa có'}; cho nhiều đội: {', '.join(group)}"


_UNFIT = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading a copy raises that is not as this program writes it."""


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
        if entry is not None and _still_fits(entry, now):
            try:
                made = None if entry["rules"] is None else rules_from_data(entry["rules"])
            except _UNFIT:
                pass  # somebody wrote in the copy: the file itself is read
            else:
                kept[str(path)] = entry
                if made is not None:
                    found[name] = made
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
        files: dict[str, Any] = dict(whole["files"])
    except (OSError, *_UNFIT):
        return {}
    return files


def _still_fits(entry: Any, now: list[int]) -> bool:
    """Tell whether an entry of the copy is of the file as it is."""
    try:
        return bool(entry["stamp"] == now and is_settled(now, entry["copied"]) and "rules" in entry)
    except _UNFIT:
        return False


def read_rules(path: Path) -> tuple[Rules | None, list[Problem]]:
    """Read a rule file; None with problems when it cannot be used."""
    from trainer.bank.fields import Fields, Problems
    from trainer.bank.marks import Mapping as YamlMapping
    from trainer.bank.marks import decode, read_nodes
    from trainer.bank.problems import Problem
    from trainer.contest.rule_parts import read_whole

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
    rules = read_whole(path.stem, fields)
    fields.close("Luật thi")
    problems += collected.found
    if not rules.parts and not problems:
        problems.append(Problem(name, root.line, 1, "error", "missing-key", "Luật thi chưa có phần nào."))
    return (None if problems else rules), problems
