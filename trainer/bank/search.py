"""Finding items by words, without regard to case or diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trainer.bank.bank import Bank
from trainer.bank.model import Question, Quotation, Situation
from trainer.text import fold

_SIGNS = re.compile(r"[^\w]+")


def matches(wanted: str, *texts: str) -> bool:
    """Tell whether every word of `wanted` begins a word of the texts; nothing wanted matches all.

    A word typed with diacritics must stand there with them, one typed without matches any.
    """
    if not wanted.strip():
        return True
    exact = " " + _SIGNS.sub(" ", " ".join(texts).casefold())
    plain = " " + fold(exact)
    return all(
        f" {word}" in (exact if word != fold(word) else plain)
        for word in _SIGNS.sub(" ", wanted.casefold()).split()
    )


class Found(NamedTuple):
    """An item that holds the words."""

    id: str
    section: str
    topic: str
    text: str


def search(bank: Bank, wanted: str) -> Iterator[Found]:
    """Yield the questions, quotations and situations that hold every word, in the bank's order."""
    for section in ("question", "quotation", "situation"):
        for entry in bank.entries(section):
            item = bank.item(entry.id)
            if isinstance(item, Question):
                texts = (item.prompt, *item.options, *item.answers, item.text, *item.items, *item.matches)
                shown = item.prompt
            elif isinstance(item, Quotation):
                texts, shown = (item.text, item.work, item.occasion), item.text
            else:
                assert isinstance(item, Situation)  # noqa: S101 - the three kinds of items
                texts, shown = (item.title, item.prompt, item.group), item.title
            if matches(wanted, item.id, *texts):
                yield Found(item.id, section, item.topic, shown)
