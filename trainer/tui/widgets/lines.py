"""Small one-line widgets: the head of a screen and the hint that names the next key."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from trainer.text import one_line


class HeadLine(Widget):
    """Left, middle and right text on one line; the middle gives way first."""

    DEFAULT_CSS = """
    HeadLine { height: 1; width: 1fr; background: $banner; color: $banner-text; text-style: bold; padding: 0 1; }
    """

    left = reactive("")
    middle = reactive("")
    right = reactive("")

    def render(self) -> RenderResult:  # noqa: D102
        width = self.size.width - 2
        left, middle, right = Content(self.left), Content(self.middle), Content(self.right)
        left_room = max(0, width - right.cell_length - 2)
        left = left.truncate(left_room, ellipsis=True)
        room = width - left.cell_length - right.cell_length - 4
        middle = middle.truncate(max(0, room), ellipsis=True) if room > 8 else Content("")
        centred = (width - middle.cell_length) // 2
        start = max(left.cell_length + 2, min(centred, width - right.cell_length - 2 - middle.cell_length))
        gap = max(0, start - left.cell_length)
        rest = max(0, width - left.cell_length - gap - middle.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, middle, " " * rest, right)


class NextKey(Static):
    """The one obvious next key; a click does the same as the key."""

    DEFAULT_CSS = """
    NextKey { height: 1; width: 1fr; padding: 0 1; color: $accent; text-style: bold; }
    """

    def __init__(self, action: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._action = action

    def say(self, text: str) -> None:
        """Show what to press."""
        self.update(Content(one_line(text, 300)))

    async def on_click(self) -> None:
        """Do what the key does."""
        await self.screen.run_action(self._action)
