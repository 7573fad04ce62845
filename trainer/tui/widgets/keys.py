"""The line of keys at a screen's foot.

One widget that draws itself: Textual's Footer is a widget for each key, which costs a tenth of
the first paint, and it cuts the last keys off in a narrow window.
"""

from __future__ import annotations

from typing import Any

from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

_NAMES = {
    "escape": "Esc",
    "question_mark": "?",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Cách",
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

    def _entries(self) -> list[Content]:
        seen: dict[str, Content] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if not binding.show or binding.action in seen:
                continue
            action = binding.action if "." in binding.action else f"screen.{binding.action}"
            click = Style.from_meta({"@click": action}) if enabled and node is not None else Style()
            seen[binding.action] = Content.assemble(
                (key_name(binding.key), "bold $footer-key-foreground" if enabled else "$quiet"),
                (f" {binding.description}", "$footer-description-foreground" if enabled else "$quiet"),
            ).stylize(click)
        return list(seen.values())

    def render(self) -> RenderResult:  # noqa: D102
        entries = self._entries()
        room = self.size.width
        while len(entries) > self.KEPT and sum(entry.cell_length + 3 for entry in entries) - 3 > room:
            del entries[-self.KEPT - 1]
        return Content("   ").join(entries)
