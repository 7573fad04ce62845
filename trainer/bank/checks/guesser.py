"""A guesser that knows nothing: how far do the options alone give a key away?

Each rule names the options that look best to it; a tie is an equal chance among them. Only
``choice`` questions with four options count, because there knowing nothing earns 25 %.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

OPTIONS = 4
CHANCE = 1 / OPTIONS
_WORD = re.compile(r"\w+")

Weigh = Callable[[str, Sequence[str]], list[float]]
"""Prompt and options -> a weight for each option; the heaviest are guessed."""


class Score(NamedTuple):
    """How one rule does on some questions.

    Attributes:
        hits: Expected number of right guesses; a tie of n options with the key among them is 1/n.
        asked: Number of questions.
    """

    hits: float
    asked: int

    @property
    def share(self) -> float:
        """Right guesses of all, 0 when nothing was asked."""
        return self.hits / self.asked if self.asked else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _alikeness(options: Sequence[str]) -> list[float]:
    """Return how much each option shares with the others: the mean overlap of their words."""
    words = [_words(option) for option in options]
    return [
        sum(
            len(mine & other) / (len(mine | other) or 1) for place, other in enumerate(words) if place != here
        )
        for here, mine in enumerate(words)
    ]


RULES: dict[str, tuple[str, Weigh]] = {
    "longest": ("phương án dài nhất", lambda _, options: [float(len(option)) for option in options]),
    "shortest": ("phương án ngắn nhất", lambda _, options: [-float(len(option)) for option in options]),
    "shared-words": (
        "nhiều chữ chung với lời hỏi nhất",
        lambda prompt, options: [float(len(_words(prompt) & _words(option))) for option in options],
    ),
    "most-alike": ("giống các phương án khác nhất", lambda _, options: _alikeness(options)),
    "odd-one-out": (
        "khác các phương án khác nhất",
        lambda _, options: [-value for value in _alikeness(options)],
    ),
    "most-commas": (
        "nhiều dấu phẩy nhất",
        lambda _, options: [float(option.count(",")) for option in options],
    ),
}
"""Rule name -> its Vietnamese description and how it weighs the options."""


def is_guessable(item: Mapping[str, Any]) -> bool:
    """Tell whether the guesser plays this question (canonical dictionary)."""
    return item["kind"] == "choice" and len(item["options"]) == OPTIONS


def chance(rule: str, prompt: str, options: Sequence[str]) -> float:
    """Return the chance that `rule` picks the first option (the key), 0 to 1."""
    weights = [round(weight, 9) for weight in RULES[rule][1](prompt, options)]
    best = max(weights)
    return 1 / weights.count(best) if weights[0] == best else 0.0


def guess(items: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Score]]:
    """Let every rule play the questions.

    Args:
        items: Canonical dictionaries of questions, key first among ``options``.

    Returns:
        Topic -> rule -> score; the topic "" holds all questions together.
    """
    hits: dict[str, dict[str, float]] = {"": dict.fromkeys(RULES, 0.0)}
    asked: dict[str, int] = {"": 0}
    for item in items:
        if not is_guessable(item):
            continue
        for topic in ("", item["topic"]):
            asked[topic] = asked.get(topic, 0) + 1
            tally = hits.setdefault(topic, dict.fromkeys(RULES, 0.0))
            for rule in RULES:
                tally[rule] += chance(rule, item["prompt"], item["options"])
    return {
        topic: {rule: Score(count, asked[topic]) for rule, count in tally.items()}
        for topic, tally in hits.items()
    }
