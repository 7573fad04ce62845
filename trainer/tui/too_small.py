"""What is shown while the window cannot hold a question."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class TooSmallScreen(Screen[None]):
    """Shown while the window cannot hold a question; goes away by itself."""

    DEFAULT_CSS = "TooSmallScreen { align: center middle; } TooSmallScreen Static { text-align: center; }"

    def compose(self) -> ComposeResult:
        """One sentence that fits anywhere."""
        yield Static("Cửa sổ quá nhỏ.\nBạn hãy mở rộng đến ít nhất 60 cột × 18 dòng.", markup=False)
