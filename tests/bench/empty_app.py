"""An empty Textual app with the home screen's widgets: what every start costs at least."""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, OptionList


class EmptyApp(App[None]):
    """Header, option list, footer."""

    BINDINGS = [("q", "quit", "Thoát")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield Header()
        yield OptionList(*(f"Mục trống {number}" for number in range(1, 8)))
        yield Footer()


if __name__ == "__main__":
    EmptyApp().run()
