"""A prepared set as text: its groups, a line for each item, and an item in full with its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from trainer.bank.model import KIND_NAMES, LEVEL_NAMES
from trainer.contest.evening.draft import Draft, is_tie, note_of
from trainer.contest.events import Planned
from trainer.contest.responses import right_positions
from trainer.contest.rules import Rules, SituationPart
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.drill.view import listed
from trainer.tui.widgets.answering import LETTERS

Group = tuple[int, int, str, int]
"""Part, package (-1: none), role, value (0: what the part says)."""
_ROLES = {"": 0, "audience": 1, "reserve": 2}
_ROLE_NAMES = {"audience": "câu khán giả", "reserve": "dự phòng"}


def grouped(draft: Draft) -> list[tuple[Group, list[int]]]:
    """Return the positions of the plan as they are listed: by part, role, package, value."""
    found: dict[Group, list[int]] = {}
    for at, planned in enumerate(draft.plan):
        key = (planned.part, planned.package, planned.role, planned.value)
        found.setdefault(key, []).append(at)
    return sorted(found.items(), key=lambda each: (each[0][0], _ROLES[each[0][2]], each[0][1], each[0][3]))


def heading(rules: Rules, group: Group, levels: Mapping[tuple[int, int], Mapping[str, int]]) -> Content:
    """Return the line above a group, with the balance of its levels."""
    part, package, role, value = group
    situation = isinstance(rules.parts[part], SituationPart)
    words = ["Câu hỏi phụ (khi bằng điểm)" if is_tie(rules, part) else f"Phần {part + 1}"]
    if situation:
        words.append("tình huống")
    if package >= 0:
        words.append(f"gói {package + 1}")
    if value:
        words.append(f"{value} điểm")
    if role:
        words.append(_ROLE_NAMES[role])
    counts = levels.get((part, package), {}) if not role and not value else {}
    balance = ", ".join(f"{counts[name]} {name}" for name in LEVEL_NAMES.values() if name in counts)
    return Content.assemble(
        (" · ".join(words), "bold $secondary"), (f"  {balance}" if balance else "", "$quiet")
    )


def row(
    item: Mapping[str, Any], number: int, width: int, topic: str, swapped: bool, *, met: bool = False
) -> Content:
    """Return an item's line: a sign, its number, level, the beginning of what it asks, its topic's title."""
    level = LEVEL_NAMES.get(item.get("level", 0), "")
    asks = one_line(str(item.get("title") or item["prompt"]), 200)
    sign = "▲" if met else "✎" if note_of(item) else "↻" if swapped else " "
    head = f"{sign}{number:>2}. "
    about = min(30, width // 4) if width >= 70 else 0
    room = max(10, width - len(head) - 12 - (about + 2 if about else 0))
    return Content.assemble(
        (head, "$accent"),
        (f"{level:<10}  ", "$quiet"),
        one_line(asks, room).ljust(room),
        (f"  {one_line(topic, about)}" if about else "", "$quiet"),
    )


def detail(planned: Planned) -> Content:
    """Return an item in full: what it asks, its key, why, and where it is written."""
    item = planned.item
    lines = [_about(item)]
    if note_of(item):
        lines.append(Content.assemble(("✎ Ghi chú: ", "bold $warning"), note_of(item)))
    if item["section"] == "situation":
        lines += [Content.styled(str(item["title"]), "bold"), Content(str(item["prompt"])), Content("")]
        lines += [
            Content(f"{criterion['points']:>3} điểm  {criterion['title']}") for criterion in item["rubric"]
        ]
        facts = [("Bài mẫu", "$success", item["model_answer"])]
        facts += [("Hay sai", "$warning", mistake) for mistake in item["mistakes"]]
        facts += [("Căn cứ", "$secondary", line) for line in wording.source_lines(item)]
    else:
        lines += [Content.styled(str(item["prompt"]), "bold"), *_options(item, planned.order), Content("")]
        facts = [
            (label, style, text if isinstance(text, str) else text.plain)
            for label, style, text in wording.explanation(item, planned.order)
            if label != "Đáp án" or "options" not in item  # ticked above
        ]
    lines += [Content.assemble((f"{label}: ", f"bold {style}"), text) for label, style, text in facts]
    return Content("\n").join(lines)


def _about(item: Mapping[str, Any]) -> Content:
    words = [
        str(item["id"]),
        LEVEL_NAMES.get(item.get("level", 0), ""),
        KIND_NAMES.get(item.get("kind", ""), ""),
    ]
    return Content.styled(" · ".join(word for word in words if word), "$quiet")


def _options(item: Mapping[str, Any], order: tuple[int, ...]) -> list[Content]:
    if "options" not in item:
        text = listed(item, order)
        return [Content(text)] if text else []
    right = {*right_positions(dict(item), order)}
    return [
        Content.assemble(
            (f"{'✓' if at in right else ' '} {LETTERS[at]}. ", "bold $success" if at in right else "bold"),
            (str(item["options"][index]), "$success" if at in right else ""),
        )
        for at, index in enumerate(order)
    ]
