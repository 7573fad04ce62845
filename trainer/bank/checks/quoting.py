"""Quotations must be the same, word for word, wherever the bank quotes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.checks.words import distance, runs, words

Data = Mapping[str, Any]

_QUOTED = re.compile(r"“([^“”]+)”")
_LEAST_WORDS = 6
"""A shorter phrase in quotation marks may be a name or a common saying."""
_SLIPS = 2


class Misquoted(NamedTuple):
    """An item that quotes almost, but not quite, what a quotation says."""

    item: Data
    quoted: str
    quotation: Data


def misquotations(items: Iterable[Data], quotations: Sequence[Data]) -> Iterator[Misquoted]:
    """Yield what differs by one or two words from a quotation of the bank.

    Texts that are wrong on purpose (distractors, misquotes, false statements) are not looked at.
    """
    items = list(items)
    texts = [words(quotation["text"]) for quotation in quotations]
    titles = {tuple(words(title)) for item in items for title in _titles(item)}
    index: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for piece in runs(text, 3):
            index[piece].add(number)
    for item in items:
        for quoted in _quoted(item):
            if tuple(words(quoted)) in titles:
                continue
            found = _almost(words(quoted), texts, index)
            if found is not None and quotations[found]["id"] != item["id"]:
                yield Misquoted(item, quoted, quotations[found])


def _almost(
    quoted: list[str], texts: Sequence[list[str]], index: Mapping[tuple[str, ...], set[int]]
) -> int | None:
    """Return the quotation that `quoted` nearly stands in; None: it stands in one, or is far from all."""
    if len(quoted) < _LEAST_WORDS:
        return None
    pieces = runs(quoted, 3)
    candidates: Counter[int] = Counter()
    for piece in pieces:
        candidates.update(index.get(piece, ()))
    near = None
    for number, shared in candidates.most_common():
        if shared < max(1, (len(pieces) - 3 * _SLIPS) // 2):
            break
        least = _least_distance(quoted, texts[number])
        if least == 0:
            return None
        if least <= min(_SLIPS, len(quoted) // _LEAST_WORDS):
            near = number if near is None else near
    return near


def _least_distance(quoted: list[str], text: list[str]) -> int:
    """Return the least distance of `quoted` from any stretch of `text`."""
    best = _SLIPS + 1
    for size in range(len(quoted) - 1, len(quoted) + 2):
        for start in range(max(1, len(text) - size + 1)):
            best = min(best, distance(quoted, text[start : start + size], best))
            if best == 0:
                return 0
    return best


def _titles(item: Data) -> Iterator[str]:
    """Yield names of works, which may sound like a sentence of theirs."""
    yield from (source["title"] for source in item["sources"])
    if item["section"] == "quotation":
        yield item["work"]


def _quoted(item: Data) -> Iterator[str]:
    if item["section"] == "quotation":
        yield item["text"]
        return
    texts = [item.get("explanation", ""), item.get("model_answer", "")]
    if item["section"] == "question":
        false = item["kind"] == "true-false" and item["options"][0] == "Sai"
        texts += [] if false or item["kind"] == "misquote" else [item["prompt"]]
        texts += item["options"][: item["right"]] if item["kind"] in ("choice", "multiple") else []
    for text in texts:
        for quoted in _QUOTED.findall(text):
            yield from re.split(r"…|\.\.\.|\[…\]", quoted)
