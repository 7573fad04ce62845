"""A contest of several sides that tests play by short words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers import question
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.engine import RefusedError, decide, evolve
from trainer.contest.evening.rehearsal import teams
from trainer.contest.events import ContestOpened, Event, Planned, Side
from trainer.contest.rules import Play, QuestionPart, Rules, SituationPart, for_group, rules_to_data
from trainer.contest.state import State


class Hall:
    """A contest that is played by short words; time goes on by a second with each."""

    def __init__(
        self, rules: Rules, plan: list[Planned], count: int = 3, sides: tuple[Side, ...] = ()
    ) -> None:
        first = ContestOpened(0, "c", 7, rules_to_data(rules), sides or teams(count), tuple(plan), group=True)
        self.state = evolve(State(), first)
        self.events: list[Event] = [first]

    def __call__(self, *kinds: Any, after: int = 1000, **values: Any) -> Hall:
        for kind in kinds:
            command = kind(self.state.at + after, **values)
            made = decide(self.state, command)
            for event in made:
                self.state = evolve(self.state, event)
            self.events += made
        return self

    def refuses(self, code: str, kind: Any, after: int = 1000, **values: Any) -> None:
        with pytest.raises(RefusedError) as refused:
            decide(self.state, kind(self.state.at + after, **values))
        assert refused.value.code == code

    def judged(self, **right: bool) -> Hall:
        for side, good in right.items():
            self(dc.Judge, side=side, right=good)
        return self

    def question(self, **right: bool) -> Hall:
        """One question of all sides, from its opening to its key."""
        return self(c.Advance, dc.StartClock).judged(**right)(dc.CloseItem, dc.Reveal)

    def score(self, side: str = "d1") -> int:
        return self.state.score(side)


def rules(*parts: QuestionPart | SituationPart, **more: Any) -> Rules:
    return for_group(Rules("thu", "Thử", "", parts, **more))


def part(count: int = 3, *, wrong: int = 0, seconds: int = 15, **play: Any) -> QuestionPart:
    return QuestionPart(count=count, seconds=seconds, wrong=wrong, play=Play(**play))


def items(*shape: tuple[int, str, int, int]) -> list[Planned]:
    """(part, role, package, value) -> planned questions."""
    return [
        Planned(index, question(number), (0, 1, 2, 3), role, package, value)
        for number, (index, role, package, value) in enumerate(shape, 1)
    ]


def plain(count: int, spare: int = 0, ties: int = 0) -> list[Planned]:
    return items(*[(0, "", -1, 0)] * count, *[(0, "reserve", -1, 0)] * spare, *[(1, "", -1, 0)] * ties)


def together(count: int = 3, spare: int = 0, ties: int = 0, **more: Any) -> Hall:
    return Hall(rules(part(count, **more)), plain(count, spare, ties))
