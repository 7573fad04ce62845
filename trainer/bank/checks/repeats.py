"""Questions that repeat or answer one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trainer.bank.checks.words import overlap, runs, words

Data = Mapping[str, Any]
Pair = tuple[Data, Data]

_TWIN_PROMPT, _TWIN_ASKED = 0.8, 0.75
_COMMON = 60
"""A run of words in more questions than this says nothing about a pair."""
_TELLING = 5
"""A key of fewer words may stand in another prompt by chance."""
_SAME_MATTER = 0.25
"""Share of a question's pairs of words that another prompt must hold to be about the same matter:
naming a document does not answer every question whose key is that document."""


def near_duplicates(questions: Sequence[Data]) -> Iterator[Pair]:
    """Yield pairs (later, earlier) that ask the same: alike in prompt and in what is right."""
    asked = [words(_asked(item)) for item in questions]
    right = [words(_right(item)) for item in questions]
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, item in enumerate(asked):
        candidates: Counter[int] = Counter()
        pieces = set(runs(item, 3)) or {tuple(item)}
        for piece in pieces:
            known = index[piece]
            if len(known) <= _COMMON:
                candidates.update(known)
            known.append(number)
        for other, shared in candidates.items():
            if shared < len(pieces) / 2 or questions[other]["kind"] != questions[number]["kind"]:
                continue
            same_prompt = overlap(item, asked[other])
            if same_prompt >= _TWIN_PROMPT and overlap(right[number], right[other]) >= _TWIN_ASKED:
                yield questions[number], questions[other]


def telling_prompts(questions: Sequence[Data]) -> Iterator[Pair]:
    """Yield pairs (prompt, question): the first's prompt answers the second word for word."""
    by_topic: defaultdict[str, list[Data]] = defaultdict(list)
    for item in questions:
        by_topic[item["topic"]].append(item)
    for items in by_topic.values():
        prompts = [f" {' '.join(words(item['prompt']))} " for item in items]
        for asking in items:
            if asking["kind"] not in ("choice", "short"):
                continue
            key = words(_right(asking))
            if len(key) < _TELLING:
                continue
            needle = f" {' '.join(key)} "
            matter = set(runs(words(asking["prompt"]), 2))
            for item, prompt in zip(items, prompts, strict=True):
                if item is not asking and needle in prompt:
                    told = matter & set(runs(prompt.split(), 2))
                    if len(told) >= _SAME_MATTER * len(matter):
                        yield item, asking


def _asked(item: Data) -> str:
    """Return what distinguishes a question: its prompt and the text that it works on."""
    return " ".join((item["prompt"], item.get("text", ""), *(_items(item) if _needs_items(item) else ())))


def _needs_items(item: Data) -> bool:
    return item["kind"] in ("order", "rank", "match")


def _items(item: Data) -> Sequence[str]:
    found: Sequence[str] = item.get("items", ())
    return found


def _right(item: Data) -> str:
    if "right" in item:
        return " ".join(item["options"][: item["right"]])
    return " ".join((*item.get("answers", ())[:1], *_items(item), *item.get("matches", ())))
