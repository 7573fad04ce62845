"""Text from outside made to fit a box: cleaned, its line ends settled, cut."""

from __future__ import annotations

from trainer.text import clean

_SHRINKS = 4
"""NFC makes at most this many characters one; what lies beyond is not even cleaned."""


def fit_line(text: str, limit: int) -> str:
    """Return at most `limit` characters on one line; lines are joined by spaces."""
    return clean(" ".join(text[: _SHRINKS * limit].splitlines()).replace("\t", " "))[:limit]


def fit_lines(text: str, limit: int) -> str:
    """Return at most `limit` characters; a pasted CR, as terminals send it, is a newline."""
    return clean(text[: _SHRINKS * limit].replace("\r\n", "\n").replace("\r", "\n"))[:limit]
