"""What comes next in a contest of several sides; read off the state, nothing is kept."""

from __future__ import annotations

import random
from typing import NamedTuple

from trainer.contest.drill.taking_part import drill_of, on_floor, present, question_part
from trainer.contest.events import Side
from trainer.contest.rules import Part, QuestionPart, Rules, SituationPart
from trainer.contest.state import State


class Step(NamedTuple):
    """What Advance would do.

    Attributes:
        kind: ``item``, ``turn`` (a side's turn begins), ``draw`` (something must be drawn or chosen
            first), ``ranking`` (all is played), ``finish``.
    """

    kind: str
    part: int = -1
    side: str = ""
    position: int = -1


def is_tie_part(part: Part) -> bool:
    """Tell whether a part is played only to break ties."""
    return isinstance(part, QuestionPart) and part.play.tie


def by_turns(part: Part) -> bool:
    """Tell whether a part is played by one side after the other."""
    return isinstance(part, SituationPart) or part.play.mode == "turns"


def blocks(rules: Rules) -> list[tuple[int, ...]]:
    """Return the parts that are played together: a packaged situation belongs to the questions before it."""
    found: list[tuple[int, ...]] = []
    for index, part in enumerate(rules.parts):
        if is_tie_part(part):
            continue
        before = rules.parts[found[-1][0]] if found else None
        packaged = isinstance(part, SituationPart) and part.packaged
        if packaged and isinstance(before, QuestionPart) and before.play.mode == "turns":
            found[-1] = (*found[-1], index)
        else:
            found.append((index,))
    return found


def next_step(state: State) -> Step:
    """Return what comes after what is on show."""
    if state.phase == "ranking":
        return Step("finish")
    if state.part >= 0 and is_tie_part(state.rules.parts[state.part]):
        return Step("ranking")
    begun = False
    for block in blocks(state.rules):
        begun = begun or state.part < 0 or state.part in block
        if not begun:
            continue  # what was left open by an earlier part stays so
        step = (
            _in_turns(state, block) if by_turns(state.rules.parts[block[0]]) else _together(state, block[0])
        )
        if step is not None:
            return step
    return Step("ranking")


def _together(state: State, part: int) -> Step | None:
    drill = drill_of(state)
    rules = state.rules.parts[part]
    assert isinstance(rules, QuestionPart)  # noqa: S101 - situations go by turns
    own = [at for at in state.positions_of(part) if state.plan[at].role == ""]
    done = [at for at in own if at in drill.opened]
    if rules.play.audience_every:
        audience = [at for at in state.positions_of(part) if state.plan[at].role == "audience"]
        asked = sum(at in drill.opened for at in audience)
        if asked < len(audience) and asked < len(done) // rules.play.audience_every:
            return Step("item", part, "", audience[asked])
    left = len(on_floor(state, part) if rules.play.eliminate else present(state))
    if not left:
        return None
    if len(done) < len(own):
        return Step("item", part, "", next(at for at in own if at not in drill.opened))
    if rules.play.eliminate and left > 1 and len(_extra(state, part)) < rules.play.extra:
        spare = spare_for(state, part, 0)
        if spare is not None:
            return Step("item", part, "", spare)
    return None


def _extra(state: State, part: int) -> list[int]:
    """Return the further questions asked after the last one: spare ones that replaced nothing."""
    drill = drill_of(state)
    instead = set(drill.replaced.values())
    return [
        at
        for at in drill.opened
        if state.plan[at].part == part and state.plan[at].role == "reserve" and at not in instead
    ]


def is_last_question(state: State, position: int) -> bool:
    """Tell whether an item is its part's last question, or one asked after it."""
    part = state.plan[position].part
    own = [at for at in state.positions_of(part) if state.plan[at].role == ""]
    origin = origin_of(state, position)
    return not own or origin == own[-1] or position in _extra(state, part)


def origin_of(state: State, position: int) -> int:
    """Return the planned item that an item stands in for, perhaps through several; itself when it is planned."""
    before = {by: at for at, by in drill_of(state).replaced.items()}
    while position in before:
        position = before[position]
    return position


def number_in_part(state: State, position: int) -> int:
    """Return which question of its part is on show, from 1; audience questions are not counted."""
    part = state.plan[position].part
    drill = drill_of(state)
    instead = set(drill.replaced.values())
    counted = [
        at
        for at in drill.opened
        if state.plan[at].part == part and state.plan[at].role != "audience" and at not in instead
    ]
    origin = origin_of(state, position)
    return counted.index(origin) + 1 if origin in counted else len(counted) + 1


def spare_for(state: State, part: int, value: int, level: int = 0) -> int | None:
    """Return the spare item that would be used next, one of the same level first; None: none is left."""
    opened = drill_of(state).opened
    spare = [
        at
        for at in state.positions_of(part)
        if state.plan[at].role == "reserve" and at not in opened and state.plan[at].value == value
    ]
    return min(spare, key=lambda at: (state.plan[at].item.get("level", 0) != level, at), default=None)


# --- turns --------------------------------------------------------------------------------------


def block_of(state: State, part: int) -> tuple[int, ...]:
    """Return the parts that are played together with `part`."""
    return next((block for block in blocks(state.rules) if part in block), (part,))


def owned(state: State, block: tuple[int, ...], side: str) -> list[int]:
    """Return what a side drew or chose in a turn, in the order of asking."""
    owners = drill_of(state).owners
    return [at for at, who in owners.items() if who == side and state.plan[at].part in block]


def _in_turns(state: State, block: tuple[int, ...]) -> Step | None:
    drill = drill_of(state)
    if drill.turn and (block[0], drill.turn) in drill.taken and drill.turn not in drill.left:
        mine = owned(state, block, drill.turn)
        if not mine and can_draw(state):
            return Step("draw", block[0], drill.turn)
        skipped = {*drill.replaced.values(), *drill.opened, *drill.skipped}
        waiting = [at for at in mine if at not in skipped]
        if waiting:
            return Step("item", state.plan[waiting[0]].part, drill.turn, waiting[0])
    begun = {side for part, side in drill.taken if part == block[0]}
    waiting_sides = [side for side in present(state) if side not in begun]
    if not waiting_sides:
        return None
    part = state.rules.parts[block[0]]
    if isinstance(part, QuestionPart) and part.play.turn_order == "lowest":
        side = min(waiting_sides, key=lambda each: (state.score(each), waiting_sides.index(each)))
    else:
        side = waiting_sides[0]
    return Step("turn", block[0], side)


def free_items(state: State, part: int) -> list[int]:
    """Return the planned items of a part that nobody drew or chose yet."""
    owners = drill_of(state).owners
    return [at for at in state.positions_of(part) if state.plan[at].role == "" and at not in owners]


def free_packages(state: State, part: int) -> list[int]:
    """Return the numbers of the packages that nobody drew yet; [] where a part has none."""
    return sorted({state.plan[at].package for at in free_items(state, part)} - {-1})


def free_values(state: State, part: int) -> dict[int, int]:
    """Return value -> how many questions of it are left to choose."""
    found: dict[int, int] = {}
    for at in free_items(state, part):
        value = state.plan[at].value
        if value:
            found[value] = found.get(value, 0) + 1
    return found


def can_draw(state: State) -> bool:
    """Tell whether anything is left that the side whose turn it is could be asked."""
    block = _turn_block(state)
    if block is None:
        return False
    part = state.rules.parts[block[0]]
    if isinstance(part, QuestionPart) and part.play.values:
        return bool(free_values(state, block[0]))
    return bool(free_items(state, block[0]))


def _turn_block(state: State) -> tuple[int, ...] | None:
    drill = drill_of(state)
    if not drill.taken or drill.taken[-1][1] != drill.turn:
        return None
    return block_of(state, drill.taken[-1][0])


def drawn(state: State, side: str, package: int) -> tuple[tuple[int, ...], int] | None:
    """Draw by lot what a side is asked in its turn.

    The lot hangs on the seed and the side alone: who takes a draw back and draws again gets the same.

    Args:
        state: Of the contest.
        side: Who draws.
        package: The package that the side took, -1: by lot.

    Returns:
        The positions and the package's number (-1: none), None when it cannot be drawn.
    """
    block = _turn_block(state)
    if block is None:
        return None
    rng = random.Random(f"{state.seed}:lot:{block[0]}:{side}")  # noqa: S311 - a game, not a secret
    packages = free_packages(state, block[0])
    if packages:
        chosen = rng.choice(packages) if package < 0 else package
        if chosen not in packages:
            return None
        inside = [at for part in block for at in free_items(state, part)]
        return tuple(at for at in inside if state.plan[at].package == chosen), chosen
    if package >= 0:
        return None
    free = free_items(state, block[0])
    count = min(state.rules.parts[block[0]].count, len(free))
    return (tuple(sorted(rng.sample(free, count))), -1) if count else None


def chosen_items(state: State, side: str, values: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the questions for the values that a side chose, None when the choice is not allowed."""
    del side
    block = _turn_block(state)
    part = state.rules.parts[block[0]] if block is not None else None
    if block is None or not isinstance(part, QuestionPart) or len(values) != part.count:
        return None
    free = free_items(state, block[0])
    found: list[int] = []
    for value in values:
        at = next((at for at in free if state.plan[at].value == value and at not in found), None)
        if at is None or value not in part.play.values:
            return None
        found.append(at)
    return tuple(found)


def seconds_of(state: State, position: int) -> int:
    """Return a question's limit by its value, its number in the part, or the part; 0: none."""
    part = question_part(state, position)
    if part is None:
        return 0
    value = state.plan[position].value
    if value in part.play.values and part.play.value_seconds:
        return part.play.value_seconds[part.play.values.index(value)]
    seconds = part.seconds
    number = number_in_part(state, position)
    for start, limit in part.play.later_seconds:
        if number >= start:
            seconds = limit
    return seconds


def member_for(state: State, position: int) -> str:
    """Return which member answers, drawn by lot where the rules say so; "": the captain names one."""
    part, drill = question_part(state, position), drill_of(state)
    side: Side | None = next((each for each in state.sides if each.id == drill.owners.get(position)), None)
    if part is None or side is None or part.play.member != "drawn" or not side.members:
        return ""
    rng = random.Random(f"{state.seed}:member:{position}")  # noqa: S311 - as above
    return rng.choice(side.members)
