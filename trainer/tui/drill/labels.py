"""How the windows of the running drill name items, teams and what a correction does."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from textual.content import Content

from trainer.contest.drill.amending import Moved
from trainer.contest.drill.events import Decided
from trainer.contest.drill.schedule import is_tie_part
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.exchange.result_items import labels_of
from trainer.exchange.result_log import DECISIONS, sides_of
from trainer.text import one_line
from trainer.tui.drill.steps import name_of
from trainer.tui.drill.windows import Choice


def item_labels(state: State) -> dict[int, str]:
    """Return position -> “câu 4”, with the part where there are several; as the record numbers them."""
    played = [index for index, part in enumerate(state.rules.parts) if not is_tie_part(part)]
    asking = [index for index in played if isinstance(state.rules.parts[index], QuestionPart)]
    found = {}
    for position, label in labels_of(state, list(drill_of(state).trail)).items():
        part = state.plan[position].part
        where = f" phần {played.index(part) + 1}" if part in asking and len(asking) > 1 else ""
        found[position] = f"{label[0].lower()}{label[1:]}{where}"
    return found


def capital(label: str) -> str:
    """Return a label as a sentence begins; a team's name in it stays as it is."""
    return label[:1].upper() + label[1:]


def item_label(state: State, position: int) -> str:
    """Return what an item that was shown is called."""
    return item_labels(state).get(position, "câu đã bỏ")


def last_decision(state: State) -> str:
    """Return what an undo would take back, with team and question: “ghi câu trả lời · Tổ 2 · câu 3”."""
    trail = drill_of(state).trail
    for index in range(len(trail) - 1, -1, -1):
        event = trail[index]
        if isinstance(event, Decided):
            about = trail[index + 1] if index + 1 < len(trail) else event
            sides = ", ".join(name_of(state, side) for side in sides_of(about))
            item = item_labels(state).get(getattr(about, "position", -1), "")
            return " · ".join(part for part in (DECISIONS.get(event.what, event.what), sides, item) if part)
    return ""


def _keys(labels: Sequence[str]) -> list[str]:
    """Return a digit for each label: the question's own number where all have one, else its place."""
    own = [re.fullmatch(r"câu (\d+)", label) for label in labels]
    numbers = [int(found[1]) for found in own if found is not None]
    if len(numbers) < len(labels) or len(set(numbers)) < len(numbers):
        numbers = list(range(1, len(labels) + 1))
    return [str(number % 10) if number <= 10 else "" for number in numbers]


def item_choices(state: State, positions: Sequence[int]) -> list[Choice]:
    """Return a line for each item, with its beginning."""
    labels = item_labels(state)
    keys = _keys([labels.get(at, "") for at in positions])
    width = max([14, *(len(labels.get(at, "")) for at in positions)]) + 1
    return [
        Choice(
            keys[number - 1],
            Content.assemble(
                (capital(labels.get(at, "câu")).ljust(width), "bold"),
                (one_line(str(state.plan[at].item["prompt"]), 50), "$secondary"),
            ),
        )
        for number, at in enumerate(positions, 1)
    ]


def side_choices(state: State, sides: Collection[str], notes: dict[str, str] | None = None) -> list[Choice]:
    """Return a line for each of some sides, under the side's own key."""
    keys = {side.id: side.key for side in state.sides}
    return [
        Choice(
            keys[side],
            Content.assemble(
                (one_line(name_of(state, side), 24).ljust(24), "bold"),
                ((notes or {}).get(side, ""), "$secondary"),
            ),
        )
        for side in sides
    ]


def moves(state: State, moved: Sequence[Moved]) -> Content:
    """Return who moves by how many points, one line each."""
    if not moved:
        return Content.styled("Không đội nào đổi điểm.", "$secondary")
    lines = []
    for each in moved:
        now = state.score(each.side)
        floor = {1: "   trở lại sàn", -1: "   rời sàn"}.get(each.floor, "")
        points = f"{each.points:+d} điểm".replace("-", "−")
        lines.append(
            Content.assemble(
                (one_line(name_of(state, each.side), 28).ljust(28), "bold"),
                (f"{points:>11}", "bold $accent"),
                f"   ({now} → {now + each.points})",
                (floor, "$secondary"),
            )
        )
    return Content("\n").join(lines)
