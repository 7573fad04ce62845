"""Made-up teams and judges that answer when answers are due, for a rehearsal before an empty hall. Pure.

How they do hangs on the contest's seed, the team and the question alone: a step taken back and done
again gives the same. The first team knows 85 of 100 answers, the last 45, those between in even steps
(:data:`BEST`, :data:`WORST`); one answer in twenty is left empty; of a question with several options a
wrong answer is a wrong letter. Where a wrong answer leaves the floor they miss only a quarter as often
(:data:`CAREFUL`), so that the floor lasts until a rescue. Open buzzers are pressed by up to three
teams. Judges give each criterion half, three quarters or all of its points, and differ.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.ranking import next_way, open_ties
from trainer.contest.drill.schedule import free_values, next_step
from trainer.contest.drill.taking_part import can_press, drill_of, floor_of, participants, question_part
from trainer.contest.responses import right_positions
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State

BEST, WORST, EMPTY = 0.85, 0.45, 0.05
"""Share of right answers of the first and the last team; share of empty ones."""
CAREFUL = 4
MOST_PRESSES = 3
_SPREAD_MS = 400
"""Presses lie within so much of each other, as far as the buzzers have been open."""

Make = Callable[[int], c.Command]


class StandIn(NamedTuple):
    """A made-up team."""

    name: str
    members: tuple[str, ...]
    colour: str
    symbol: str


STAND_INS = (
    StandIn("Hoa Sen", ("Chị Lan", "Anh Bình", "Cô Hạnh"), "red", "●"),
    StandIn("Tre Xanh", ("Bác Thịnh", "Chị Nga", "Anh Tuấn"), "blue", "■"),
    StandIn("Sao Mai", ("Cô Mai", "Anh Sơn", "Chị Yến"), "green", "▲"),
    StandIn("Sông Hồng", ("Anh Giang", "Chị Thủy", "Bác Hải"), "gold", "◆"),
    StandIn("Lúa Vàng", ("Chị Thơm", "Anh Đức", "Cô Phượng"), "violet", "★"),
    StandIn("Đoàn Kết", ("Bác Hòa", "Chị Hiền", "Anh Minh"), "cyan", "✚"),
    StandIn("Bình Minh", ("Chị Dung", "Anh Khôi", "Cô Tâm"), "orange", "▼"),
    StandIn("Hải Âu", ("Anh Long", "Chị Vân", "Bác Quý"), "pink", "♥"),
    StandIn("Chim Lạc", ("Cô Xuân", "Anh Việt", "Chị Ngọc"), "lime", "♣"),
    StandIn("Ban Mai", ("Chị Huệ", "Anh Phúc", "Bác Lộc"), "white", "♦"),
)


def due(state: State, now: int) -> list[Make]:
    """Return what the teams (or the judges) do now, in order; [] when nothing is due from them.

    Args:
        state: Of a contest of several sides.
        now: Contest time, for presses.
    """
    phase, part = state.phase, state.current_part
    if state.paused_at is not None:
        return []
    if phase == "draw" and isinstance(part, QuestionPart) and next_step(state).kind == "draw":
        return _choose(state, part)
    if phase in ("question", "raise", "entry"):
        return _answers(state)
    if phase == "buzz":
        return _presses(state, now)
    if phase == "answer" and floor_of(state):
        return [_answer(state, floor_of(state))]
    if phase == "mark":
        return _sheets(state)
    if phase == "ranking" and open_ties(state) and next_way(state) == "judges":
        group = open_ties(state)[0]
        order = tuple(sorted(group, key=lambda side: _rng(state, "order", side).random()))
        return [lambda at: dc.DecideRank(at, order, "judges", "diễn tập")]
    return []


def _rng(state: State, *about: object) -> random.Random:
    # By the side's place, not its id: ids are new in every rehearsal.
    index = {side.id: str(number) for number, side in enumerate(state.sides)}
    words = ":".join(index.get(str(each), str(each)) for each in about)
    return random.Random(f"{state.seed}:stand-in:{words}")  # noqa: S311 - made-up teams


def strength(state: State, side: str) -> tuple[float, float]:
    """Return the share of the questions on show's part that a team knows, and that it leaves empty."""
    number = [each.id for each in state.sides].index(side)
    known = BEST - (BEST - WORST) * number / max(1, len(state.sides) - 1)
    part = state.current_part
    if isinstance(part, QuestionPart) and part.play.eliminate:
        return 1 - (1 - known) / CAREFUL, EMPTY / CAREFUL
    return known, EMPTY


def _choose(state: State, part: QuestionPart) -> list[Make]:
    if not part.play.values:
        return []
    free, rng = free_values(state, state.part), _rng(state, "values", drill_of(state).turn)
    chosen: list[int] = []
    for _ in range(part.count):
        left = sorted(value for value, count in free.items() if count > chosen.count(value))
        if left:
            chosen.append(rng.choice(left))
    values = tuple(sorted(chosen))
    return [lambda at: dc.Choose(at, values)]


def _answers(state: State) -> list[Make]:
    part = question_part(state, state.position)
    if part is None or part.play.mode == "buzzers":
        return []
    waiting = [
        side for side in participants(state, state.position) if (side, state.position) not in state.attempts
    ]
    return [_answer(state, side) for side in waiting]


def _answer(state: State, side: str) -> Make:
    """Return one team's answer: a letter where the question has them, else right or wrong."""
    position = state.position
    planned = state.plan[position]
    rng = _rng(state, "answer", side, position)
    luck = rng.random()
    known, empty = strength(state, side)
    if luck < empty and state.phase != "answer":
        return lambda at: c.Answer(at, side, ())
    right = luck - empty < known * (1 - empty)
    if "options" not in planned.item:
        return lambda at: dc.Judge(at, side, right)
    response = _letters(planned.item, planned.order, right, rng)
    return lambda at: c.Answer(at, side, response)


def _letters(
    item: dict[str, Any], order: tuple[int, ...], right: bool, rng: random.Random
) -> tuple[int, ...]:
    good = right_positions(item, order)
    bad = [place for place in range(len(order)) if place not in good]
    if right or not bad:
        return tuple(good)
    if item["kind"] != "multiple":
        return (rng.choice(bad),)
    return tuple(sorted({*good[1:], rng.choice(bad)}))  # one missed, one too many


def _presses(state: State, now: int) -> list[Make]:
    """Return presses at times of their own, the earliest first: what G cannot do with ten hands."""
    ready = [side.id for side in state.sides if can_press(state, side.id)]
    rng = _rng(state, "press", state.position, len(state.attempts))
    rng.shuffle(ready)
    early, live = drill_of(state).early, drill_of(state).live_from
    some = [side for side in ready if side not in early][:MOST_PRESSES]
    back = sorted((rng.randrange(_SPREAD_MS) for _ in some), reverse=True)
    times = [max(live, now - ms) for ms in back]
    return [_press(side, pressed) for side, pressed in zip(some, times, strict=True)]


def _press(side: str, pressed: int) -> Make:
    return lambda at: dc.Buzz(at, side, pressed)


def _sheets(state: State) -> list[Make]:
    position, found = state.position, list[Make]()
    rubric = state.plan[position].item["rubric"]
    for side in participants(state, position):
        sheets = state.sheets_of(side, position)
        for number in range(1, state.judge_count(position) + 1):
            judge = f"j{number}"
            known = sheets[judge].shares if judge in sheets else {}
            rng = _rng(state, "mark", side, position, judge)
            for criterion in range(len(rubric)):
                share = rng.choice((0.5, 0.75, 0.75, 1.0))
                if criterion not in known:
                    found.append(_mark(judge, side, criterion, share))
    return found


def _mark(judge: str, side: str, criterion: int, share: float) -> Make:
    return lambda at: c.Mark(at, judge, side, criterion, share)
