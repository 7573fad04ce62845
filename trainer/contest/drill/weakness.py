"""What a contest of several sides says afterwards: who is weak in what, and what was missed most. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from trainer.contest.drill.schedule import is_tie_part
from trainer.contest.rules import QuestionPart
from trainer.contest.state import Attempt, State

FEW = 3
"""Questions of one topic below which nothing can be said: one guess more or less would turn it round."""


class Tally(NamedTuple):
    """So many of `asked` were fully right; what was left empty is asked and not right."""

    right: int = 0
    asked: int = 0

    @property
    def share(self) -> float:
        """Part that was right, 0 to 1; 1 where nothing was asked."""
        return self.right / self.asked if self.asked else 1.0

    @property
    def tells(self) -> bool:
        """Whether there are enough questions to say anything."""
        return self.asked >= FEW

    @property
    def is_weak(self) -> bool:
        """Whether at most half was right, of enough questions."""
        return self.tells and self.right * 2 <= self.asked

    def plus(self, right: bool) -> Tally:
        """Return this tally and one question more."""
        return Tally(self.right + right, self.asked + 1)


class TopicRow(NamedTuple):
    """One topic, all sides together and each that was asked."""

    topic: str
    whole: Tally
    sides: Mapping[str, Tally]


class CriterionRow(NamedTuple):
    """One criterion of the situations' sheets: the mean share (0 to 1) of all judges, by side."""

    title: str
    whole: float
    sides: Mapping[str, float]


class Weakness(NamedTuple):
    """Where one side is weak.

    Attributes:
        topics: At most half right; without `told` those with anything wrong. Weakest first.
        told: Whether any topic had questions enough to say something.
    """

    side: str
    topics: tuple[tuple[str, Tally], ...]
    told: bool


class Missed(NamedTuple):
    """A question that `wrong` of the `of` sides that were asked it did not answer rightly."""

    position: int
    wrong: int
    of: int


def _answered(state: State, *, ties: bool = False) -> Iterator[tuple[str, int, Attempt]]:
    """Yield (side, position, attempt) for the questions that count; skipped ones have no attempts."""
    for (side, position), attempt in state.attempts.items():
        planned = state.plan[position]
        part = state.rules.parts[planned.part]
        if isinstance(part, QuestionPart) and planned.role != "audience" and (ties or not is_tie_part(part)):
            yield side, position, attempt


def topic_rows(state: State) -> list[TopicRow]:
    """Return the topics that were asked, weakest first, those that say too little last.

    Questions that only break ties are left out: there only the quickest side answers.
    """
    sides: dict[str, dict[str, Tally]] = {}
    for side, position, attempt in _answered(state):
        own = sides.setdefault(str(state.plan[position].item.get("topic", "")), {})
        own[side] = own.get(side, Tally()).plus(attempt.share >= 1)
    rows = [
        TopicRow(
            topic, Tally(sum(one.right for one in own.values()), sum(one.asked for one in own.values())), own
        )
        for topic, own in sides.items()
    ]
    return sorted(
        rows, key=lambda row: (not any(one.tells for one in row.sides.values()), row.whole.share, row.topic)
    )


def weaknesses(state: State) -> list[Weakness]:
    """Return where each side is weak, in the order of the sides."""
    rows = topic_rows(state)
    found = []
    for side in state.sides:
        own = [(row.topic, row.sides[side.id]) for row in rows if side.id in row.sides]
        own.sort(key=lambda each: (each[1].share, -each[1].asked, each[0]))
        told = any(tally.tells for _, tally in own)
        weak = tuple(each for each in own if (each[1].is_weak if told else each[1].right < each[1].asked))
        found.append(Weakness(side.id, weak, told))
    return found


def criterion_rows(state: State) -> list[CriterionRow]:
    """Return the criteria by which several sides were judged, weakest first: others compare nobody."""
    shares: dict[str, dict[str, list[float]]] = {}
    for (_, side, position), sheet in state.sheets.items():
        if (side, position) not in state.attempts:
            continue  # not scored
        for at, line in enumerate(state.plan[position].item["rubric"]):
            own = shares.setdefault(str(line["title"]), {})
            own.setdefault(side, []).append(sheet.shares.get(at, 0.0))
    rows = []
    for title, by_side in shares.items():
        if len(by_side) < 2:
            continue
        every = [share for own in by_side.values() for share in own]
        means = {side: sum(own) / len(own) for side, own in by_side.items()}
        rows.append(CriterionRow(title, sum(every) / len(every), means))
    return sorted(rows, key=lambda row: (row.whole, row.title))


def missed(state: State, most: int) -> list[Missed]:
    """Return the questions that not all answered rightly, those that most missed first, at most `most`."""
    tallies: dict[int, Tally] = {}
    for _, position, attempt in _answered(state, ties=True):
        tallies[position] = tallies.get(position, Tally()).plus(attempt.share >= 1)
    found = [Missed(at, tally.asked - tally.right, tally.asked) for at, tally in tallies.items()]
    found = [each for each in found if each.wrong]
    found.sort(key=lambda each: (-each.wrong / each.of, -each.wrong, each.position))
    return found[:most]
