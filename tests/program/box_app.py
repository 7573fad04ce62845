"""A line and a text box on a real terminal; what stood in them goes to a file.

``python -m tests.program.box_app FILE METHOD``: F9 opens the line again after it was handed in, F10
ends. METHOD ``stock`` puts Textual's own boxes there instead.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from trainer.tui import compat
from trainer.tui.widgets.boxes import LineInput, TextBox
from trainer.typing.compose import Method


class BoxesApp(App[None]):
    """The two boxes; the count of lines handed in is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "open", show=False),
        Binding("f10", "exit", show=False, priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, file: Path, method: str) -> None:
        super().__init__()
        self._file = file
        self._method = method
        self.lines: list[str] = []

    def compose(self) -> ComposeResult:
        if self._method == "stock":
            yield Input(id="line")
            yield TextArea(id="text")
        else:
            yield LineInput(initial=Method.named(self._method), id="line")
            yield TextBox(initial=Method.named(self._method), id="text")
        yield Static("sẵn sàng 0", id="count")

    def on_mount(self) -> None:
        compat.guard_signals(self)
        self.query_one("#line").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.lines.append(event.value)
        self.query_one("#count", Static).update(f"sẵn sàng {len(self.lines)}")

    def action_open(self) -> None:
        """Open the line for the next word."""
        self.query_one("#line", LineInput).open("")
        self.query_one("#count", Static).update(f"mở {len(self.lines)}")

    def action_exit(self) -> None:
        """Write what stood in the boxes, and end."""
        line, text = self.query_one("#line", Input), self.query_one("#text", TextArea)
        report = {"lines": self.lines, "line": line.value, "text": text.text}
        self._file.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
        self.exit()


if __name__ == "__main__":
    compat.guard_input()
    BoxesApp(Path(sys.argv[1]), sys.argv[2]).run()
