"""Text whose lines wrap under their own words, not under their letter or number."""

from __future__ import annotations

import re

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

_LEAD = re.compile(r"[ ›!?·✓✗◇◆]*(?:[A-Z]  (?:\[[ x]\] )?|\d{1,2}\. )?")
_NARROW = 24


def hung(content: Content, width: int) -> list[Content]:
    """Return the lines of `content` in `width` cells, each wrapped under the first word of its line."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        found = _LEAD.match(line.plain)
        lead = found.end() if found else 0
        if width < _NARROW or not lead or lead > width // 3 or line.cell_length <= width:
            lines += line.wrap(width) if width > 0 else [line]
            continue
        first, rest = line.divide([lead])
        wrapped = rest.wrap(width - lead)
        lines.append(Content.assemble(first, wrapped[0]))
        lines += [part.pad_left(lead) for part in wrapped[1:]]
    return lines


class Hanging(Static):
    """A static text with hanging indents."""

    def _shown(self, width: int) -> list[Content]:
        visual = self.visual
        return hung(visual, width) if isinstance(visual, Content) else []

    def render(self) -> RenderResult:  # noqa: D102
        lines = self._shown(self.content_size.width)
        return Content("\n").join(lines) if lines else self.visual

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: D102
        return len(self._shown(width)) or super().get_content_height(container, viewport, width)
