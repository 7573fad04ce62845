"""Cleaning and folding of text that comes from outside.

Every string from a bank file, a name, the history or a paste passes :func:`clean` once, at
the boundary: Textual sends ESC, C1 and bidi controls in widget text straight to the terminal,
also without markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Controls (but not tab and newline), soft hyphen, zero-width, bidi, separators, tags.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_MARKS = re.compile("[\u0300-\u036f]")
_PILED = re.compile("([\u0300-\u036f]{30})[\u0300-\u036f]+")
"""More marks on one letter than the stream-safe form of UAX #15 allows; sorting them takes squared time."""


def clean(text: str) -> str:
    """Return `text` in NFC with nothing in it that a terminal would act on.

    Visible-width controls become U+FFFD, invisible ones (zero-width, bidi) vanish.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", _PILED.sub(r"\1", text))
    return UNSAFE.sub(lambda found: "\ufffd" if found[0] < "\xa0" else "", text)


def one_line(text: str, limit: int = 200) -> str:
    """Return `text` cleaned, on one line, cut to at most `limit` characters."""
    line = _SPACES.sub(" ", clean(text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def told_apart(names: Sequence[str], limit: int) -> list[str]:
    """Return names cut to `limit` characters, so that two that only end differently stay different.

    A number at the end is always kept.

    “Tổ dân phố số 7” and “Tổ dân phố số 8” in twelve: “Tổ dân…số 7”, “Tổ dân…số 8”.
    """
    short = [one_line(name, limit) for name in names]
    return [
        _with_its_end(name, limit) if short.count(cut) > 1 or name[-1:].isdigit() else cut
        for name, cut in zip(names, short, strict=True)
    ]


def _with_its_end(name: str, limit: int) -> str:
    whole = one_line(name, 1000)
    if len(whole) <= limit or limit < 5:
        return one_line(name, max(1, limit))
    tail = whole[-max(1, limit // 2) :]
    _, space, words = tail.partition(" ")
    tail = words if space and words else tail  # whole words where there are any
    return f"{whole[: limit - 1 - len(tail)].rstrip()}…{tail}"


def fold(text: str) -> str:
    """Return a key for comparing names and words without case or diacritics."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return _SPACES.sub(" ", plain).strip()


def name_key(name: str) -> str:
    """Return the key under which two spellings of a player's name are the same name."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name).casefold()).strip()
