"""A simulated learner: does following the program help? Documented, seeded, through the real code.

The learner forgets by a model of its own, not FSRS's, so that FSRS is not judged by itself:

- Each question has a strength S in days, drawn log-normally (median 1.5 days, sigma 0.6) when it is
  first explained. After t days without it, it is recalled with probability exp(-t / S).
- One question in six is known before it was ever asked (S drawn the same way, times 4).
- A recalled answer multiplies S by 1.15 + 9 × (1 - p), p being the chance at that moment: the nearer
  to forgetting, the more it helps (spacing effect); at once again it helps little. At p = 0.85 that
  is 2.5, the ease with which SM-2 (Wozniak, 1990) lets every card begin.
- A missed one is explained: S becomes half of what it was, at least the first strength.
- What is not recalled is guessed right one time in four. A right answer takes 12 s, a wrong one with
  its explanation 24 s, each ± 30 %.

Both learners have the same bank, the same minutes a day, the same chance. One does what review
says (and random rounds when nothing is due), the other plays random rounds. What counts is the
number of questions that each would recall on the day after the last.
"""

from __future__ import annotations

import math
import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from trainer.contest.events import Event, Planned, Side
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.history.database import migrate
from trainer.history.recording import record
from trainer.history.review import Limits, due

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
_ROUND = 10
_MEDIAN_DAYS, _SIGMA = 1.5, 0.6
_KNOWN_BEFORE, _KNOWN_TIMES = 1 / 6, 4.0
_SPACING, _REPEAT = 9.0, 0.15
_GUESS = 0.25
_RIGHT_S, _WRONG_S, _SPREAD = 12.0, 24.0, 0.3


class Outcome(NamedTuple):
    """What both learners know at the end.

    Attributes:
        questions: In the bank.
        followed: Questions recalled by the one who follows review.
        random: Questions recalled by the one who plays random rounds.
        answers: How many answers each gave (followed, random), in the same minutes.
    """

    questions: int
    days: int
    minutes: int
    followed: float
    random: float
    answers: tuple[int, int]

    @property
    def sentence(self) -> str:
        """The figure for people."""
        return (
            f"Người học mô phỏng, {self.days} ngày, mỗi ngày {self.minutes} phút, {self.questions} câu: "
            f"học theo lịch ôn nhớ {self.followed:.0f} câu ({self.followed / self.questions:.0%}), "
            f"chơi ngẫu nhiên nhớ {self.random:.0f} câu ({self.random / self.questions:.0%})."
        )


class _Mind:
    """The learner's head: strengths and when each question was last dealt with."""

    def __init__(self, seed: int, questions: int) -> None:
        self.chance = random.Random(f"{seed}:mind")  # noqa: S311 - a model, not a secret
        self._first = [self._draw() for _ in range(questions)]
        self._strength: dict[int, float] = {}
        self._last: dict[int, float] = {}
        for question in range(questions):
            if self.chance.random() < _KNOWN_BEFORE:
                self._strength[question] = self._first[question] * _KNOWN_TIMES
                self._last[question] = 0.0

    def _draw(self) -> float:
        return _MEDIAN_DAYS * math.exp(self.chance.gauss(0, _SIGMA))

    def recall(self, question: int, day: float) -> float:
        """Return the chance of recalling a question at a time in days."""
        if question not in self._strength:
            return 0.0
        return math.exp(-max(0.0, day - self._last[question]) / self._strength[question])

    def answer(self, question: int, day: float) -> tuple[bool, float]:
        """Answer, learn from it; returns (right, seconds)."""
        chance = self.recall(question, day)
        recalled = self.chance.random() < chance
        right = recalled or self.chance.random() < _GUESS
        if recalled:
            self._strength[question] *= 1 + _SPACING * (1 - chance) + _REPEAT
        else:
            kept = self._strength.get(question, 0.0) / 2
            self._strength[question] = max(kept, self._first[question])
        self._last[question] = day
        spread = 1 + _SPREAD * (2 * self.chance.random() - 1)
        return right, (_RIGHT_S if right else _WRONG_S) * spread

    def known(self, questions: int, day: float) -> float:
        """Return how many questions are expected to be recalled."""
        return sum(self.recall(question, day) for question in range(questions))


def _item(number: int) -> dict[str, Any]:
    return {
        "section": "question",
        "id": f"c{number:05}",
        "kind": "choice",
        "topic": f"t{number % 12}",
        "prompt": "?",
        "explanation": "",
        "sources": [],
        "level": 1,
        "options": ["a", "b", "c", "d"],
        "right": 1,
    }


class _Journal:
    """The engine's log over a history in memory."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(self.connection, Path(":memory:"))

    def append(self, contest: str, first: int, events: Sequence[Event], state: State) -> None:
        """Record within one transaction."""
        self.connection.execute("BEGIN")
        record(self.connection, contest, first, events, state, START.isoformat())
        self.connection.execute("COMMIT")


def simulate(seed: int = 1, *, questions: int = 400, days: int = 60, minutes: int = 10) -> Outcome:
    """Let both learn and return what each knows at the end."""
    followed, answers = _follow(seed, questions, days, minutes)
    at_random, others = _at_random(seed, questions, days, minutes)
    return Outcome(questions, days, minutes, followed, at_random, (answers, others))


def _at_random(seed: int, questions: int, days: int, minutes: int) -> tuple[float, int]:
    mind = _Mind(seed, questions)
    chance = random.Random(f"{seed}:rounds")  # noqa: S311
    answers = 0
    for day in range(days):
        left = minutes * 60.0
        while left > 0:
            for question in chance.sample(range(questions), min(_ROUND, questions)):
                _, seconds = mind.answer(question, day + (minutes * 60 - left) / 86_400)
                left -= seconds
                answers += 1
                if left <= 0:
                    break
    return mind.known(questions, float(days)), answers


def _follow(seed: int, questions: int, days: int, minutes: int) -> tuple[float, int]:
    mind = _Mind(seed, questions)
    chance = random.Random(f"{seed}:rounds")  # noqa: S311
    journal = _Journal()
    limits = Limits(new=max(5, questions // max(1, days // 2)), all=10_000)
    bank = [f"c{number:05}" for number in range(questions)]
    answers = rounds = 0
    for day in range(days):
        left = minutes * 60.0
        while left > 0:
            spent = minutes * 60 - left
            now = START + timedelta(days=day, seconds=spent)
            told = due(journal.connection, "p", now, limits, unseen=bank)
            ids = (told.reviews + told.new)[:_ROUND] or chance.sample(bank, min(_ROUND, questions))
            rounds += 1
            taken, count = _round(journal, mind, f"r{rounds}", ids, now, day + spent / 86_400, left)
            left -= taken
            answers += count
    journal.connection.close()
    return mind.known(questions, float(days)), answers


def _round(
    journal: _Journal, mind: _Mind, contest: str, ids: Sequence[str], now: datetime, day: float, left: float
) -> tuple[float, int]:
    """Play one round of review through the engine; returns (seconds, answers)."""
    clock = [0.0]
    session = Session(journal, lambda: clock[0], now.isoformat)
    plan = tuple(Planned(0, _item(int(item[1:])), (0, 1, 2, 3)) for item in ids)
    rules = Rules("on-tap", "Ôn tập", "", (QuestionPart(count=len(plan)),))
    session.open(contest, 1, rules, [Side("p", "Người học")], plan)
    answers = 0
    for item in ids:
        session.advance()
        right, seconds = mind.answer(int(item[1:]), day + clock[0] / 86_400)
        # In steps: a longer silence would be taken for a machine that slept.
        end = clock[0] + seconds
        while clock[0] < end:
            clock[0] = min(end, clock[0] + 4)
            session.look()
        session.answer("p", (0,) if right else (1,))
        answers += 1
        if clock[0] >= left:
            break
    return max(clock[0], 1.0), answers
