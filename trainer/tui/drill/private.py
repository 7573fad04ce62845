"""F9 in a group drill: what only the facilitator may see, when the room looks at another screen."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from trainer.contest.drill.schedule import next_step
from trainer.contest.drill.showing import hidden
from trainer.contest.drill.taking_part import drill_of
from trainer.contest.evening.draft import note_of
from trainer.contest.responses import right_answer
from trainer.contest.state import State
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.drill.view import recorded

LONG, SHORT = 500, 130
HINT = "CHỈ NGƯỜI DẪN THẤY · máy chiếu chạy: danvan screen · F9: tắt"


class PrivateView(Static):
    """The answer, why, its source, and what comes next; off until F9, never remembered."""

    DEFAULT_CSS = """
    PrivateView {
        display: none; height: auto; max-height: 11; padding: 0 2;
        background: $partial-bg; border-left: outer $warning;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False, id="private")
        self._state: State | None = None

    def toggle(self, state: State) -> None:
        """Show or hide it."""
        self.display = not self.display
        self.show(state)

    def show(self, state: State) -> None:
        """Follow the contest; nothing is prepared while the view is off."""
        if self.display and state is not self._state:
            self.update(private_text(state, SHORT if self.screen.has_class("-low") else LONG))
        self._state = state if self.display else None


def private_text(state: State, most: int = LONG) -> Content:
    """Return the key of the item on show, also before the room may see it; texts of at most so many letters."""

    def _line(label: str, text: str, style: str = "$accent") -> Content:
        return Content.assemble((f"{label}: ", f"bold {style}"), one_line(str(text), most))

    parts = [Content.styled(HINT, "bold $warning")]
    current = state.current
    shown = current is not None and state.phase not in ("ready", "draw", "ranking", "skipped")
    if shown and current is not None:
        item = current.item
        if item["section"] == "question":
            parts += [
                _line("Đáp án", right_answer(item, current.order), "$success"),
                _line("Vì sao", item["explanation"]),
            ]
        else:
            parts += [
                _line("Gợi ý", one_line(item["model_answer"], 340), "$success"),
                _line("Chấm", "; ".join(f"{each['title']} ({each['points']})" for each in item["rubric"])),
            ]
        for note in (
            note_of(item),
            *(each.text for each in drill_of(state).remarks if each.position == state.position),
        ):
            if note:
                parts.insert(1, _line("✎ Ghi chú", note, "$warning"))
        said = recorded(state) if item["section"] == "question" and hidden(state) else ""
        if said:
            parts.insert(1, _line("Đã ghi", said, "$warning"))
        parts.append(_line("Căn cứ", "; ".join(wording.source_lines(item))))
    coming = _coming(state)
    if coming:
        parts.append(_line("Tiếp theo", coming, "$quiet"))
    if len(parts) == 1:
        parts.append(Content("Chưa có câu hỏi nào trên màn hình."))
    return Content("\n").join(parts)


def _coming(state: State) -> str:
    """Return the beginning of the next item, where it is already known."""
    if state.phase not in ("closed", "feedback", "review", "skipped", "draw", "ready"):
        return ""
    step = next_step(state)
    if step.kind != "item" or not 0 <= step.position < len(state.plan):
        return ""
    item = state.plan[step.position].item
    return one_line(str(item.get("title") or item["prompt"]), 90)
