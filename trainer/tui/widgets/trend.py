"""Shares over time as columns of blocks; readable without colour."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def columns(shares: Sequence[float], height: int) -> list[str]:
    """Draw shares (0 to 1) as columns, one cell wide, `height` rows, top row first."""
    rows = []
    for row in range(height - 1, -1, -1):
        line = ""
        for share in shares:
            filled = round(max(0.0, min(1.0, share)) * height * 8) - row * 8
            # A share of 0 still shows that a round was played.
            least = 1 if row == 0 else 0
            line += _EIGHTHS[max(least, min(8, filled))]
        rows.append(line)
    return rows


class Trend(Widget):
    """The shares of the last rounds, oldest left, with a scale of 100, 50 and 0 %."""

    DEFAULT_CSS = "Trend { height: 6; width: 1fr; color: $accent; }"

    def __init__(self, shares: Sequence[float] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shares = list(shares)

    def show(self, shares: Sequence[float]) -> None:
        """Draw other shares."""
        self._shares = list(shares)
        self.refresh()

    def render(self) -> RenderResult:  # noqa: D102
        height = max(1, self.size.height)
        room = max(1, (self.size.width - 7) // 2)
        rows = columns(self._shares[-room:], height)
        labels = {0: "100 %", height // 2: " 50 %", height - 1: "  0 %"} if height > 2 else {}
        parts: list[Content] = []
        for number, row in enumerate(rows):
            label = labels.get(number, "     ")
            parts.append(
                Content.assemble((label, "$quiet"), ("┤" if label.strip() else "│", "$quiet"), " ".join(row))
            )
        return Content("\n").join(parts)
