"""A clock and a bar that a whole room can read; both only draw what they are told."""

from __future__ import annotations

import math

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

# Five rows of four pixels a glyph; drawn with half blocks (3 rows) or two columns a pixel (5 rows).
_GLYPHS = {
    "0": ("####", "#  #", "#  #", "#  #", "####"),
    "1": ("## ", " # ", " # ", " # ", "###"),
    "2": ("####", "   #", "####", "#   ", "####"),
    "3": ("####", "   #", " ###", "   #", "####"),
    "4": ("#  #", "#  #", "####", "   #", "   #"),
    "5": ("####", "#   ", "####", "   #", "####"),
    "6": ("####", "#   ", "####", "#  #", "####"),
    "7": ("####", "   #", "   #", "  # ", "  # "),
    "8": ("####", "#  #", "####", "#  #", "####"),
    "9": ("####", "#  #", "####", "   #", "####"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "/": ("   #", "  # ", "  # ", " #  ", "#   "),
    "-": ("   ", "   ", "###", "   ", "   "),
}
_HALVES = {(" ", " "): " ", ("#", " "): "▀", (" ", "#"): "▄", ("#", "#"): "█"}


def clock_text(remaining_ms: int, *, minutes: bool) -> str:
    """Return what a clock says: whole seconds rounded up, ``m:ss`` for long limits, ``+`` over."""
    over = remaining_ms < 0
    seconds = -remaining_ms // 1000 if over else math.ceil(remaining_ms / 1000)
    text = f"{seconds // 60}:{seconds % 60:02d}" if minutes or seconds >= 60 else str(seconds)
    return f"+{text}" if over else text


def small_digits(text: str) -> list[str]:
    """Draw digits three rows high."""
    rows = []
    for top in (0, 2, 4):
        parts = []
        for letter in text:
            glyph = _GLYPHS.get(letter, _GLYPHS["-"])
            low = glyph[top + 1] if top + 1 < 5 else " " * len(glyph[0])
            parts.append("".join(_HALVES[pair] for pair in zip(glyph[top], low, strict=True)))
        rows.append(" ".join(parts))
    return rows


def large_digits(text: str) -> list[str]:
    """Draw digits five rows high, two columns a pixel."""
    return [
        "  ".join(
            _GLYPHS.get(letter, _GLYPHS["-"])[row].replace("#", "██").replace(" ", "  ") for letter in text
        )
        for row in range(5)
    ]


def huge_digits(text: str) -> list[str]:
    """Draw digits ten rows high, for a hall: four columns and two rows a pixel."""
    rows = [
        "    ".join(
            _GLYPHS.get(letter, _GLYPHS["-"])[row].replace("#", "████").replace(" ", "    ")
            for letter in text
        )
        for row in range(5)
    ]
    return [row for row in rows for _ in range(2)]


class BigDigits(Widget):
    """Digits three rows high, five in a large window (the screen sets class ``-large``)."""

    DEFAULT_CSS = """
    BigDigits { width: auto; height: 3; }
    BigDigits.-large { height: 5; }
    """

    text = reactive("", layout=True)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.set_reactive(BigDigits.text, text)

    @property
    def rows(self) -> list[str]:
        """The drawn rows."""
        draw = large_digits if self.has_class("-large") else small_digits
        return draw(self.text) if self.text else []

    def get_content_width(self, container: object, viewport: object) -> int:  # noqa: ARG002, D102
        return max((len(row) for row in self.rows), default=0)

    def render(self) -> RenderResult:  # noqa: D102
        return Content("\n".join(self.rows))


class TimeBar(Widget):
    """One line whose filled part is the share of time that is left."""

    DEFAULT_CSS = """
    TimeBar { height: 1; width: 1fr; color: $accent; }
    TimeBar.-late { color: $error; }
    TimeBar.-still { color: $quiet; }
    """

    share = reactive(1.0)

    def render(self) -> RenderResult:  # noqa: D102
        width = max(1, self.size.width)
        halves = round(max(0.0, min(1.0, self.share)) * width * 2)
        full, half = divmod(halves, 2)
        bar = "━" * full + ("╸" if half else "")
        return Content.assemble(bar, ("─" * (width - len(bar)), "$border-blurred"))
