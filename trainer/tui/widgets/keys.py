"""The line of keys at a screen's foot.

One widget that draws itself: Textual's Footer is a widget for each key, which costs a tenth of
the first paint, and it cuts the last keys off in a narrow window.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

_GAP = 3
_NAMES = {
    "escape": "Esc",
    "question_mark": "?",
    "enter": "Enter",
    "slash": "/",
    "tab": "Tab",
    "space": "Cách",
    "plus": "+",
    "minus": "−",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_name(key: str) -> str:
    """Return a key as it stands on a keyboard: ``escape`` is Esc, ``ctrl+p`` is Ctrl+P, ``p`` is P."""
    return _NAMES.get(key) or "+".join(part.capitalize() for part in key.split("+"))


class KeysLine(Widget):
    """The keys that do something now, each with its word; a click does the same as the key.

    What does not fit is left out from the middle: the last entries (Esc, ?) always stay.
    """

    DEFAULT_CSS = (
        "KeysLine { height: 1; dock: bottom; background: $panel; color: $foreground; padding: 0 1; }"
    )
    KEPT = 2
    """How many of the last entries stay in a narrow window."""

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def named(self, binding: Binding) -> str:
        """Return the key that is shown for a binding."""
        return key_name(binding.key)

    def _entries(self) -> list[tuple[str, Content]]:
        """Return (action, text) of each key that does something now."""
        seen: dict[str, Content] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in seen:
                seen[binding.action] = Content.assemble(
                    (self.named(binding), "bold $footer-key-foreground" if enabled else "$quiet"),
                    (f" {binding.description}", "$footer-description-foreground" if enabled else "$quiet"),
                )
        entries = list(seen.items())
        while len(entries) > self.KEPT and self._width(entries) > self.size.width:
            del entries[-self.KEPT - 1]
        return entries

    @staticmethod
    def _width(entries: list[tuple[str, Content]]) -> int:
        return sum(text.cell_length + _GAP for _, text in entries) - _GAP

    def render(self) -> RenderResult:  # noqa: D102
        return Content(" " * _GAP).join(text for _, text in self._entries())

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        place = event.x - 1  # the padding
        for action, text in self._entries():
            if 0 <= place < text.cell_length:
                await self.screen.run_action(action)
                return
            place -= text.cell_length + _GAP
