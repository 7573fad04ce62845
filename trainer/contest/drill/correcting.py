"""What the engine decides when something went otherwise than planned, and how ties end."""

from __future__ import annotations

import random

from trainer.contest import commands as c
from trainer.contest import events as e
from trainer.contest.drill import commands as dc
from trainer.contest.drill import events as d
from trainer.contest.drill.ranking import DECIDED, free_tie_questions, tied_groups
from trainer.contest.drill.schedule import is_last_question, is_tie_part, number_in_part, spare_for
from trainer.contest.drill.taking_part import drill_of, fell_at, is_present, on_floor, present, question_part
from trainer.contest.refusal import RefusedError, need_side
from trainer.contest.state import State

MOST_POINTS = 1000
STANDING = ("read", "closed", "feedback", "review", "skipped", "draw", "ranking", "back")
"""Phases in which nothing runs that would be missed while an earlier item is on show."""
LIVE = (
    *("read", "question", "raise", "entry", "buzz", "answer", "closed", "feedback"),
    *("think", "speak", "ask", "mark", "review"),
)
"""Phases in which an item is on show."""


def undo(state: State, command: dc.Undo, at: int) -> list[e.Event]:
    """Take back decisions, with all that followed from them."""
    trail = drill_of(state).trail
    if command.steps < 1:
        raise RefusedError("not-now")
    names: list[str] = []
    for index in range(len(trail) - 1, -1, -1):
        event = trail[index]
        if isinstance(event, d.Decided):
            names.insert(0, event.what)
            if len(names) == command.steps:
                return [d.Undone(max(at, state.at), index, event.at, tuple(names))]
    raise RefusedError("nothing-left")


def last_decisions(state: State, count: int = 10) -> list[str]:
    """Return the names of the last decisions that stand, latest first: what undo would take back."""
    found: list[str] = []
    trail = drill_of(state).trail
    for index in range(len(trail) - 1, -1, -1):
        event = trail[index]
        if isinstance(event, d.Decided):
            found.append(event.what)
            if len(found) == count:
                break
    return found


def skip(state: State, command: dc.Skip, at: int) -> list[e.Event]:
    """Drop the item on show."""
    if state.phase not in LIVE:
        raise RefusedError("not-now")
    return [d.ItemSkipped(at, state.position, command.reason)]


def may_replace(state: State) -> bool:
    """Tell whether there is a spare item for the one on show (or the one that was just dropped)."""
    on_show = state.phase in (*LIVE, "skipped") and state.position not in drill_of(state).replaced
    return on_show and _spare(state) is not None


def _spare(state: State) -> int | None:
    planned = state.plan[state.position]
    if planned.role == "audience":
        return None
    return spare_for(state, planned.part, planned.value, planned.item.get("level", 0))


def replace(state: State, command: dc.Replace, at: int) -> list[e.Event]:
    """Put a spare item in the place of the one on show (also of one that was just dropped)."""
    position = state.position
    if state.phase not in (*LIVE, "skipped") or position in drill_of(state).replaced:
        raise RefusedError("not-now")
    by = _spare(state)
    if by is None:
        raise RefusedError("no-reserve")
    return [d.ItemReplaced(at, position, by, command.reason), e.ItemOpened(at, by, None)]


def look_back(state: State, _command: dc.LookBack, at: int) -> list[e.Event]:
    """Show the item before the one on show."""
    opened = drill_of(state).opened
    if state.phase not in STANDING or not opened:
        raise RefusedError("not-now")
    if state.phase in ("draw", "ranking"):
        return [d.LookedBack(at, opened[-1])]
    index = opened.index(state.position) if state.position in opened else 0
    if not index:
        raise RefusedError("no-such-item")
    return [d.LookedBack(at, opened[index - 1])]


def show_standings(state: State, command: dc.ShowStandings, at: int) -> list[e.Event]:
    """Show the standings, or take them away."""
    if drill_of(state).standings == command.shown:
        raise RefusedError("not-now")
    return [d.StandingsShown(at, command.shown)]


def change_score(state: State, command: dc.ChangeScore, at: int) -> list[e.Event]:
    """Give or take points; never without a reason."""
    need_side(state, command.side)
    if not command.points or abs(command.points) > MOST_POINTS:
        raise RefusedError("no-such-item")
    if not command.reason.strip():
        raise RefusedError("no-reason")
    return [d.ScoreChanged(at, command.side, command.points, command.reason)]


def appeal(state: State, command: dc.Appeal, at: int) -> list[e.Event]:
    """Note an objection to the last item, as long as no other was opened."""
    drill = drill_of(state)
    if not drill.opened or not is_present(state, command.side):
        raise RefusedError("no-such-item")
    position = drill.opened[-1]
    over = position in drill.closed or position in drill.skipped or (command.side, position) in state.attempts
    if not over:
        raise RefusedError("not-now")
    if any(
        (each.side, each.position) == (command.side, position) and each.upheld is None
        for each in drill.appeals
    ):
        raise RefusedError("answered")
    return [d.Appealed(at, command.side, position, command.reason)]


def decide_appeal(state: State, command: dc.DecideAppeal, at: int) -> list[e.Event]:
    """Note what became of an objection."""
    key = (command.side, command.position)
    if not any((each.side, each.position) == key and each.upheld is None for each in drill_of(state).appeals):
        raise RefusedError("no-such-item")
    return [d.AppealDecided(at, *key, command.upheld, command.reason)]


def leave(state: State, command: dc.Leave, at: int) -> list[e.Event]:
    """Let a side go; the last one stays."""
    if not is_present(state, command.side):
        raise RefusedError("no-such-item")
    if len(present(state)) < 2:
        raise RefusedError("not-now")
    return [d.SideLeft(at, command.side, command.reason)]


def add_note(state: State, command: dc.AddNote, at: int) -> list[e.Event]:
    """Keep a remark; about the item last shown."""
    if not command.text.strip():
        raise RefusedError("no-reason")
    return [d.NoteAdded(at, noted_position(state), command.text)]


def noted_position(state: State) -> int:
    """Return the item that a note is about: the one on show, else the last that was; -1: none was."""
    opened = drill_of(state).opened
    on_show = state.phase in (*LIVE, "back", "skipped") and state.position >= 0
    return state.position if on_show else opened[-1] if opened else -1


def set_prizes(state: State, command: dc.SetPrizes, at: int) -> list[e.Event]:
    """Change the list of prizes."""
    del state
    if not all(name.strip() and 0 <= count <= 99 for name, count in command.prizes):
        raise RefusedError("no-such-item")
    if not all(of in ("situation", "questions") for _, of in command.part_prizes):
        raise RefusedError("no-such-item")
    return [
        d.PrizesSet(
            at,
            tuple((name, count) for name, count in command.prizes),
            tuple((name, of) for name, of in command.part_prizes),
        )
    ]


# --- the floor ----------------------------------------------------------------------------------


def rescue_open(state: State) -> bool:
    """Tell whether the rules allow a rescue now: late enough (or nobody left), few enough, not used up.

    Never once the last question is open: what it decides stands.
    """
    drill, position = drill_of(state), state.position
    part = question_part(state, position) if position >= 0 else None
    if part is None or not part.play.eliminate or not part.play.rescue_from:
        return False
    index = state.plan[position].part
    used = sum(state.plan[at].part == index for at, _ in drill.rescues)
    if used >= part.play.rescues or state.phase not in ("closed", "feedback", "skipped"):
        return False
    there, floor = present(state), on_floor(state, index)
    if is_last_question(state, position):
        return False
    # An empty floor ends the part: rather than that, the rescue may come before its number.
    if floor and number_in_part(state, position) < part.play.rescue_from:
        return False
    return len(floor) < len(there) and len(floor) * 100 <= part.play.rescue_left * len(there)


def rescue(state: State, command: dc.Rescue, at: int) -> list[e.Event]:
    """Bring sides back to the floor."""
    if not rescue_open(state):
        raise RefusedError("not-now")
    part = state.plan[state.position].part
    off = [side for side in present(state) if fell_at(state, part, side) is not None]
    sides = tuple(command.sides) or tuple(off)
    if not sides or len(set(sides)) != len(sides) or any(side not in off for side in sides):
        raise RefusedError("no-such-item")
    return [d.Rescued(at, state.position, sides)]


def lifelines_used(state: State, side: str) -> int:
    """Return how often a side asked the audience; a question that counts for nothing gives it back."""
    drill = drill_of(state)
    return sum(who == side and at not in drill.skipped for who, at in drill.lifelines)


def use_lifeline(state: State, command: dc.UseLifeline, at: int) -> list[e.Event]:
    """Let the last side on the floor ask the audience, never at the last question."""
    position = state.position
    part = question_part(state, position) if position >= 0 else None
    if part is None or state.phase not in ("read", "question", "raise", "entry"):
        raise RefusedError("not-now")
    if not part.play.eliminate or is_last_question(state, position):
        raise RefusedError("not-now")
    if on_floor(state, state.plan[position].part) != [command.side]:
        raise RefusedError("not-yours")
    if lifelines_used(state, command.side) >= part.play.lifelines:
        raise RefusedError("used-up")
    return [d.LifelineUsed(at, command.side, position)]


# --- ties ---------------------------------------------------------------------------------------


def break_tie(state: State, command: dc.BreakTie, at: int) -> list[e.Event]:
    """Open a question that a group of level sides plays alone."""
    group = _level(state, command.sides)
    free = free_tie_questions(state)
    if not free:
        raise RefusedError("no-reserve")
    part = state.plan[free[0]].part
    events: list[e.Event] = [e.PartStarted(at, part, None)] if part != state.part else []
    return [*events, d.TieOpened(at, free[0], group), e.ItemOpened(at, free[0], None)]


def _level(state: State, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse sides that are not exactly one group of level sides."""
    tie_over = (
        state.phase in ("feedback", "skipped")
        and state.part >= 0
        and is_tie_part(state.rules.parts[state.part])
    )
    if state.phase != "ranking" and not tie_over:
        raise RefusedError("not-now")
    if len(set(sides)) != len(sides) or set(sides) not in [set(group) for group in tied_groups(state)]:
        raise RefusedError("not-tied")
    return tuple(sides)


def decide_rank(state: State, command: dc.DecideRank, at: int) -> list[e.Event]:
    """Put level sides in order by the judges' word, or by lot."""
    group = _level(state, command.sides)
    if command.how not in DECIDED:
        raise RefusedError("no-such-option")
    if command.how == "lot":
        ordered = sorted(group)
        rng = random.Random(f"{state.seed}:rank:{','.join(ordered)}")  # noqa: S311 - a game, not a secret
        rng.shuffle(ordered)
        group = tuple(ordered)
    return [d.RankDecided(at, group, command.how, command.reason)]


def need_group_rules(command: c.Open) -> None:
    """Refuse to open a contest of several sides under rules that only one person can play."""
    for part in command.rules["parts"]:
        if part["type"] == "questions" and part.get("feedback") == "end":
            raise RefusedError("not-for-many")
    if not command.sides or len({side.id for side in command.sides}) != len(command.sides):
        raise RefusedError("no-such-item")
