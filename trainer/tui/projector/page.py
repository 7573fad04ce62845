"""Laying out a page for a hall: lines of text that fit a window, as large as it allows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from trainer.contest.events import Side
from trainer.text import one_line
from trainer.tui.theme import team_style
from trainer.tui.widgets.clock import huge_digits, large_digits, small_digits

Lines = list[Content]
EMPTY = Content("")
LEAST_COLUMNS, LEAST_ROWS = 40, 12
TEXT_COLUMNS = 132
"""Longer lines are not read across a hall."""


def wrapped(text: Content | str, width: int, first: Content = EMPTY) -> Lines:
    """Break a text into lines; `first` stands before it and what follows hangs under it."""
    content = Content(text) if isinstance(text, str) else text
    indent = first.cell_length
    lines = content.wrap(max(8, width - indent)) or [EMPTY]
    rest = Content(" " * indent)
    return [Content.assemble(first if not at else rest, line) for at, line in enumerate(lines)]


def centred(line: Content | str, width: int) -> Content:
    """Put a line in the middle."""
    content = Content(line) if isinstance(line, str) else line
    return Content.assemble(" " * max(0, (width - content.cell_length) // 2), content)


def cut(text: str, cells: int) -> str:
    """Return a text of at most so many cells, with an ellipsis when something is missing."""
    return Content(one_line(text, 300)).truncate(max(1, cells), ellipsis=True).plain


def cell(text: Content, width: int) -> Content:
    """Fill a text up to `width`, or cut it."""
    held = text.truncate(width, ellipsis=True) if text.cell_length > width else text
    return Content.assemble(held, " " * (width - held.cell_length))


def team(side: Side, cells: int = 40, *, reverse: bool = False) -> Content:
    """Return a team's sign and name in its colour."""
    style = f"bold {team_style(side.colour)}" + (" reverse" if reverse else "")
    name = cut(side.name, cells - 2)
    text = f" {side.symbol} {name} " if reverse else f"{side.symbol} {name}".strip()
    return Content.styled(text, style)


def digits(text: str, rows: int, style: str) -> Lines:
    """Draw a clock as high as `rows` allows: ten, five or three rows."""
    draw = huge_digits if rows >= 10 else large_digits if rows >= 5 else small_digits
    return [Content.styled(row, style) for row in draw(text)] if text else []


def beside(left: Lines, right: Lines, width: int) -> Lines:
    """Put `right` at the right edge, its top at the top of `left`."""
    room = max((line.cell_length for line in right), default=0)
    count = max(len(left), len(right))
    lines = []
    for at in range(count):
        line = left[at] if at < len(left) else EMPTY
        if at < len(right):
            line = Content.assemble(cell(line, width - room), right[at])
        lines.append(line)
    return lines


def columns(cells: Sequence[Content], width: int, least: int, most: int) -> Lines:
    """Put cells in as many columns as fit, each `least` cells wide or more."""
    if not cells:
        return []
    count = max(1, min(len(cells), most, width // least))
    rows = -(-len(cells) // count)
    count = -(-len(cells) // rows)  # as even as they come
    each = width // count
    return [
        Content.assemble(*(cell(one, each) for one in cells[at : at + count]))
        for at in range(0, len(cells), count)
    ]


def spaced(blocks: Sequence[Lines], air: int) -> Lines:
    """Join blocks with `air` empty lines between them; empty blocks vanish."""
    lines: Lines = []
    for block in blocks:
        if not block:
            continue
        if lines:
            lines += [EMPTY] * air
        lines += block
    return lines


def fitted(makes: Sequence[Callable[[], Lines]], height: int) -> Lines:
    """Return the first of some layouts that is no higher than `height`; the last one is cut."""
    lines: Lines = []
    for make in makes:
        lines = make()
        if len(lines) <= height:
            return lines
    return [*lines[: height - 1], Content("…")] if height > 0 else []


def middle(lines: Lines, height: int) -> Lines:
    """Put lines a little above the middle of a page."""
    return [EMPTY] * max(0, (height - len(lines)) * 2 // 5) + lines
