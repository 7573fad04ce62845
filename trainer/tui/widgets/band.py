"""A trend with luck's share in it: a point a round, and the band in which chance alone may put it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from trainer.history.rounds import TrendPoint

_WIDTH = 3


def band_rows(points: Sequence[TrendPoint], height: int) -> list[str]:
    """Draw the points, oldest left, `height` rows, top row first; readable without colour.

    ``●`` is a round's share, ``│`` what luck alone allows for, ``━`` the level over fifty questions.
    """
    rows = []
    for row in range(height - 1, -1, -1):
        low, high = row / height, (row + 1) / height
        line = ""
        for point in points:
            inside = low <= point.share < high or (row == height - 1 and point.share >= 1)
            level = low <= point.level < high or (row == height - 1 and point.level >= 1)
            banded = point.band.low < high and low <= point.band.high
            sign = "●" if inside else ("│" if banded else " ")
            line += f"{'━' if level else ' '}{sign}{'━' if level else ' '}"
        rows.append(line)
    return rows


class BandTrend(Widget):
    """The last rounds that fit, with a scale."""

    DEFAULT_CSS = "BandTrend { height: 8; width: 1fr; color: $accent; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._points: list[TrendPoint] = []

    def show(self, points: Sequence[TrendPoint]) -> None:
        """Draw other points."""
        self._points = list(points)
        self.refresh()

    def render(self) -> RenderResult:  # noqa: D102
        height = max(2, self.size.height)
        room = max(1, (self.size.width - 7) // _WIDTH)
        labels = {0: "100 %", height // 2: " 50 %", height - 1: "  0 %"}
        return Content("\n").join(
            Content.assemble(
                (labels.get(number, "     "), "$quiet"), ("┤" if number in labels else "│", "$quiet"), row
            )
            for number, row in enumerate(band_rows(self._points[-room:], height))
        )
