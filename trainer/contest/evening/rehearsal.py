"""A contest of several sides that plays itself: for dry runs, rehearsals with made-up teams, benchmarks.

Pure: :func:`next_command` reads the state and says what the facilitator would do next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.correcting import rescue_open
from trainer.contest.drill.ranking import next_way, open_ties
from trainer.contest.drill.schedule import free_values, next_step
from trainer.contest.drill.taking_part import (
    can_press,
    drill_of,
    floor_of,
    participants,
    question_part,
    tied_presses,
)
from trainer.contest.engine import decide, evolve
from trainer.contest.evening.planning import slots
from trainer.contest.events import ContestOpened, Event, Planned, Side
from trainer.contest.rules import QuestionPart, Rules, SituationPart, rules_to_data
from trainer.contest.state import State

MOST_STEPS = 200_000
"""Commands after which a contest counts as one that never ends."""


class Cast(NamedTuple):
    """How the made-up teams do.

    Attributes:
        right: (side, position) -> whether a question is known.
        mark: (side, position) -> the share of each criterion that every judge gives.
        overtime_ms: (side, position) -> how long a speech runs over its limit.
        presses: (side, position) -> whether a side presses when it may.
        highest: Whether sides choose their most valuable questions (else the least).
        star: Whether a side uses its star, on its most valuable question left.
        rescue: Whether rescues are used.
    """

    right: Callable[[str, int], bool]
    mark: Callable[[str, int], float]
    overtime_ms: Callable[[str, int], int] = lambda _side, _position: 0
    presses: Callable[[str, int], bool] = lambda _side, _position: False
    highest: bool = True
    star: bool = True
    rescue: bool = True


class NeverEndsError(RuntimeError):
    """A contest did not come to its end."""


def opened(rules: Rules, sides: tuple[Side, ...], plan: tuple[Planned, ...], seed: int = 1) -> Event:
    """Return the first event of a made-up contest."""
    return ContestOpened(0, "dry", seed, rules_to_data(rules), sides, plan, group=True)


def play(state: State, cast: Cast, *, step_ms: int = 1000) -> tuple[State, list[Event]]:
    """Play a contest to its end; each command comes `step_ms` after the one before.

    Raises:
        NeverEndsError: It does not end.
    """
    events: list[Event] = []
    for _ in range(MOST_STEPS):
        if not state.running:
            return state, events
        made = decide(state, next_command(state, cast, state.at + step_ms))
        for event in made:
            state = evolve(state, event)
        events += made
    raise NeverEndsError(f"phase {state.phase}, item {state.position}")


def next_command(state: State, cast: Cast, at: int) -> c.Command:
    """Return what comes next."""
    phase = state.phase
    if phase == "draw":
        return _turn(state, cast, at)
    if phase in ("closed", "feedback") and cast.rescue and rescue_open(state):
        return dc.Rescue(at)
    if phase == "ranking":
        return _last(state, at)
    if phase == "closed" or (phase == "review" and state.position not in drill_of(state).revealed):
        return dc.Reveal(at)
    if phase in ("question", "raise", "entry"):
        return _entry(state, cast, at)
    if phase == "buzz":
        side = _who_presses(state, cast)
        return dc.Buzz(at, side) if side else dc.StopBuzzers(at)
    if phase == "answer":
        floor = floor_of(state)
        if not floor:
            return dc.GiveFloor(at) if tied_presses(state) else dc.StopBuzzers(at)
        return dc.Judge(at, floor, cast.right(floor, state.position))
    if phase == "read" and question_part(state, state.position) is not None:
        return dc.StartClock(at)
    if phase == "speak":
        over = max(
            (cast.overtime_ms(who, state.position) for who in participants(state, state.position)), default=0
        )
        return c.Advance(max(at, (state.deadline or 0) + over) if over else at)
    if phase == "mark":
        return _mark(state, cast, at)
    return c.Advance(at)


def _turn(state: State, cast: Cast, at: int) -> c.Command:
    step, drill = next_step(state), drill_of(state)
    part = state.current_part
    if step.kind == "draw":
        if isinstance(part, QuestionPart) and part.play.values:
            return dc.Choose(at, _values(state, part, cast.highest))
        return dc.Draw(at)
    if cast.star and step.kind == "item" and step.side == drill.turn:
        asked = question_part(state, step.position)
        if asked is not None and asked.play.star and step.position not in drill.stars:
            return dc.PlaceStar(at, step.side)
    return c.Advance(at)


def _values(state: State, part: QuestionPart, highest: bool) -> tuple[int, ...]:
    free = free_values(state, state.part)
    chosen: list[int] = []
    for value in sorted(part.play.values, reverse=highest):
        chosen += [value] * min(free.get(value, 0), part.count - len(chosen))
    return tuple(chosen)


def _entry(state: State, cast: Cast, at: int) -> c.Command:
    position = state.position
    part = question_part(state, position)
    assert part is not None  # noqa: S101 - these phases belong to questions
    if part.play.mode != "buzzers":
        for side in participants(state, position):
            if (side, position) not in state.attempts:
                return dc.Judge(at, side, cast.right(side, position))
    if part.play.mode == "turns" and part.play.steal_s and state.phase in ("question", "entry"):
        owner = drill_of(state).owners.get(position, "")
        attempt = state.attempts.get((owner, position))
        tried = any(place == position and side != owner for side, place in state.attempts)
        if attempt is not None and attempt.share < 1 and not tried and _who_presses(state, cast):
            return dc.OpenBuzzers(at)
    return dc.CloseItem(at)


def _who_presses(state: State, cast: Cast) -> str:
    for side in state.sides:
        if can_press(state, side.id) and cast.presses(side.id, state.position):
            return side.id
    return ""


def _mark(state: State, cast: Cast, at: int) -> c.Command:
    position = state.position
    item = state.plan[position].item
    for side in participants(state, position):
        sheets = state.sheets_of(side, position)
        for judge in (f"j{number}" for number in range(1, state.judge_count(position) + 1)):
            known = sheets.get(judge)
            for criterion in range(len(item["rubric"])):
                if known is None or criterion not in known.shares:
                    return c.Mark(at, judge, side, criterion, cast.mark(side, position))
    return c.Advance(at)


def _last(state: State, at: int) -> c.Command:
    ties = open_ties(state)
    if not ties:
        return c.Advance(at)
    way = next_way(state)
    if way == "sudden-death":
        return dc.BreakTie(at, ties[0])
    return dc.DecideRank(at, ties[0], way)


# --- made-up items ------------------------------------------------------------------------------


def teams(count: int) -> tuple[Side, ...]:
    """Return made-up teams."""
    return tuple(Side(f"d{number}", f"Đội {number}", key=str(number % 10)) for number in range(1, count + 1))


def made_up_plan(rules: Rules, count: int) -> tuple[Planned, ...]:
    """Return items without content, as many as the rules can ask of `count` teams."""
    return tuple(
        Planned(
            slot.part,
            _made_up(rules.parts[slot.part], number),
            (0, 1, 2, 3) if isinstance(rules.parts[slot.part], QuestionPart) else (),
            slot.role,
            slot.package,
            slot.value,
        )
        for number, slot in enumerate(slots(rules, count), 1)
    )


def _made_up(part: QuestionPart | SituationPart, number: int) -> dict[str, Any]:
    common = {"topic": "thu", "sources": [], "level": number % 3 + 1}
    if isinstance(part, QuestionPart):
        return {
            "section": "question",
            "id": f"cau-{number}",
            "kind": "choice",
            "prompt": f"Câu thử số {number}?",
            "options": ["A", "B", "C", "D"],
            "right": 1,
            "explanation": "",
            **common,
        }
    return {
        "section": "situation",
        "id": f"tinh-huong-{number}",
        "group": "thu",
        "title": f"Tình huống thử {number}",
        "prompt": "",
        "think_s": 60,
        "speak_s": 180,
        "rubric": [{"title": f"Ý {each}", "points": 20, "key_points": []} for each in range(1, 6)],
        "caps": [],
        "model_answer": "",
        "mistakes": [],
        **common,
    }
