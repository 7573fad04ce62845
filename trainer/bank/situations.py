"""Checking one situation: its scene, marking sheet, model answer and turns."""

from __future__ import annotations

from typing import Any

from trainer.bank import items
from trainer.bank.fields import Fields
from trainer.bank.marks import Scalar, Sequence

Data = dict[str, Any]


def situation(fields: Fields, topic: str, table: items.SourceTable) -> Data:
    """Check a situation and return its canonical dictionary."""
    rubric = [_criterion(line) for line in fields.mappings("rubric", "phiếu chấm")]
    total = sum(line["points"] for line in rubric)
    if rubric and total != 100:
        fields.problems.error(
            fields.node, "rubric-points", f"Điểm của phiếu chấm cộng lại là {total}, phải là 100."
        )
    data: Data = {
        "section": "situation",
        "id": fields.identifier(),
        "topic": topic,
        "group": fields.text("group", "nhóm tình huống"),
        "title": fields.text("title", "tên tình huống"),
        "prompt": fields.text("prompt", "tình huống"),
        "think_s": fields.integer("think_s", 0, 3600, 60),
        "speak_s": fields.integer("speak_s", 10, 3600, 180),
        "rubric": rubric,
        "caps": [_cap(line) for line in fields.mappings("caps")],
        "model_answer": fields.text("model_answer", "bài trả lời mẫu"),
        "mistakes": fields.texts("mistakes"),
        "sources": items.cited(fields, table),
        "level": fields.integer("level", 1, 3, 2),
    }
    data.update(
        items.compact(turns=_turns(fields), tags=fields.texts("tags"), retired=items.is_retired(fields))
    )
    fields.get("explanation")
    fields.close("Tình huống")
    return data


def _criterion(line: Fields) -> Data:
    data = {
        "title": line.text("title", "tên tiêu chí"),
        "points": line.integer("points", 1, 100),
        "key_points": _key_points(line, required=True),
        **items.compact(earns=line.text("earns"), loses=line.text("loses")),
    }
    line.close("Tiêu chí")
    return data


def _key_points(line: Fields, *, required: bool) -> list[list[str]]:
    points: list[list[str]] = []
    for node in line.nodes("key_points", "các ý phải có" if required else ""):
        if isinstance(node, Scalar) and node.text:
            points.append([node.text])
        elif isinstance(node, Sequence):
            words = [part.text for part in node.items if isinstance(part, Scalar) and part.text]
            if len(words) != len(node.items) or not words:
                line.problems.error(node, "wrong-type", "Một ý cùng các cách nói khác phải là danh sách câu.")
            else:
                points.append(words)
        else:
            line.problems.error(node, "wrong-type", "Mỗi ý của “key_points” phải là một câu.")
    return points


def _cap(line: Fields) -> Data:
    data = {"when": line.text("when", "lỗi nào"), "at_most": line.integer("at_most", 0, 100)}
    line.close("Mục “caps”")
    return data


def _turns(fields: Fields) -> list[Data]:
    turns = [_turn(line) for line in fields.mappings("turns")]
    known = {turn["id"] for turn in turns}
    if len(known) != len(turns):
        fields.problems.error(fields.node, "duplicate-id", "Hai lượt lời (turns) có cùng mã.")
    reached = {turns[0]["id"]} if turns else set()
    for turn in turns:
        for step in [turn, *turn["options"]]:
            target = step.get("next", "")
            if target and target not in known:
                fields.problems.error(fields.node, "unknown-turn", f"Không có lượt lời “{target[:40]}”.")
            reached.add(target)
    for turn in turns:
        if turn["id"] not in reached:
            fields.problems.warn(
                fields.node, "unreachable-turn", f"Không lối nào dẫn tới lượt lời “{turn['id'][:40]}”."
            )
    if turns and len(known) == len(turns):
        _check_ways(fields, turns)
    return turns


def _check_ways(fields: Fields, turns: list[Data]) -> None:
    """Warn of a talk that ends at once however well one does, and of one that never ends."""
    ways = {turn["id"]: [step["next"] for step in turn["options"] or [turn]] for turn in turns}
    best = max(turns[0]["options"], key=lambda option: option["points"], default=turns[0])
    if len(turns) > 1 and not best["next"]:
        fields.problems.warn(
            fields.node,
            "dead-end",
            f"Ở lượt lời đầu “{turns[0]['id'][:40]}”, cách làm tốt nhất không dẫn đi đâu, các lượt sau bị bỏ.",
        )
    ending = {name for name, targets in ways.items() if "" in targets}
    while True:
        more = {name for name, targets in ways.items() if ending & set(targets)} - ending
        if not more:
            break
        ending |= more
    for name in ways:
        if name not in ending:
            fields.problems.error(
                fields.node, "endless-talk", f"Từ lượt lời “{name[:40]}” không có lối nào kết thúc."
            )


def _turn(line: Fields) -> Data:
    options = [_turn_option(option) for option in line.mappings("options")]
    opened = line.text("open").casefold() in ("true", "yes", "có")
    data: Data = {
        "id": line.identifier(),
        "says": line.text("says", "lời người dân"),
        "options": options,
        "open": opened,
        "key_points": _key_points(line, required=False),
        "next": line.text("next"),
    }
    if not options and not opened:
        line.problems.error(line.node, "missing-key", "Lượt lời cần “options” hoặc “open: true”.")
    if opened and options:
        line.problems.error(line.node, "wrong-type", "Lượt lời có “open: true” thì không có “options”.")
    if opened and not data["key_points"]:
        line.problems.warn(line.node, "no-key-points", "Lượt lời mở nên có “key_points” để tự chấm.")
    if len(options) > 1:
        best = max(options, key=lambda option: option["points"])
        if all(len(best["text"]) > len(other["text"]) for other in options if other is not best):
            line.problems.warn(
                line.node, "longest-turn-option", "Cách làm tốt nhất lại là câu dài nhất, người chơi dễ đoán."
            )
    line.close("Lượt lời")
    return data


def _turn_option(line: Fields) -> Data:
    data = {
        "text": line.text("text", "việc làm tiếp"),
        "points": line.integer("points", 0, 100),
        "feedback": line.text("feedback", "nhận xét"),
        "next": line.text("next"),
    }
    line.close("Cách làm")
    return data
