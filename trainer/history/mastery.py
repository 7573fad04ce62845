"""How much of each topic a player knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trainer.bank.model import Entry


class TopicMastery(NamedTuple):
    """One topic.

    Attributes:
        questions: Questions of the topic that are in use.
        known: Those answered fully right the last time.
        new: Those never met.
    """

    topic: str
    questions: int
    known: int
    new: int


def by_topic(questions: Iterable[Entry], last_shares: Mapping[str, float]) -> list[TopicMastery]:
    """Count what is known, by topic in the order in which the topics appear.

    Args:
        questions: Entries of the bank's questions.
        last_shares: Question id -> share of the points at the last meeting (0 to 1).
    """
    tallies: dict[str, list[float | None]] = {}
    for entry in questions:
        tallies.setdefault(entry.topic, []).append(last_shares.get(entry.id))
    return [
        TopicMastery(topic, len(shares), sum(share == 1 for share in shares), shares.count(None))
        for topic, shares in tallies.items()
    ]
