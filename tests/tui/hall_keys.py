"""A facilitator for tests: reads the state, presses the keys of a group drill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from textual.pilot import Pilot

from tests.helpers import Clock, app_with
from tests.tui.drive import settle
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
from trainer.contest.rules import QuestionPart
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.tui.app import DanvanApp
from trainer.tui.drill.begin import DrillRequest, begin_drill
from trainer.tui.drill.clock import revealing
from trainer.tui.drill.end import DrillEndScreen
from trainer.tui.drill.screen import DrillScreen

TEAMS = ("Hoa Sen", "Tre Xanh", "Sao Mai")
Knows = Callable[[int, int], bool]
"""(number of the team, position) -> whether it is right."""


def some(team: int, position: int) -> bool:
    return (position * 5 + team * 3) % 4 != 0


def hall(folder: Path, cache: Path) -> tuple[DanvanApp, Clock]:
    """Return an app with the shipped bank."""
    app, clock = app_with(folder, banks=())
    app.services.cache = cache
    return app, clock


async def open_hall(
    app: DanvanApp, pilot: Pilot[str], rules: str, teams: tuple[str, ...] = TEAMS, seed: int = 7
) -> Session:
    session = begin_drill(app.services, DrillRequest(rules, teams, seed=seed))
    app.show_contest(session)
    await settle(pilot)
    return session


async def press(pilot: Pilot[str], clock: Clock, *keys: str) -> None:
    for key in keys:
        session = getattr(pilot.app.screen, "session", None)
        waits = key == "enter" and session is not None and revealing(session.state, session.now + 500)
        clock.now += 1.5 if waits else 0.5
        await pilot.press(key)


def letter(state: State, right: bool) -> list[str]:
    """Return the keys of a right or wrong answer to the question on show."""
    current = state.current
    assert current is not None
    if "options" not in current.item:
        return ["r" if right else "w"]
    places = [at for at, option in enumerate(current.order) if (option < current.item["right"]) == right]
    if current.item["kind"] == "true-false":
        word = current.item["options"][current.order[places[0]]]
        return ["đ" if word == "Đúng" else "s"]
    letters = ["abcdefgh"[at] for at in places]
    return letters if current.item["kind"] == "multiple" and right else letters[:1]


def keys_for(state: State, knows: Knows) -> list[str]:
    """Return what the facilitator presses next."""
    phase, part = state.phase, state.current_part
    key = {side.id: side.key for side in state.sides}
    index = {side.id: number for number, side in enumerate(state.sides)}
    if state.paused_at is not None:
        return ["enter"]
    if (
        phase == "draw"
        and next_step(state).kind == "draw"
        and isinstance(part, QuestionPart)
        and part.play.values
    ):
        free = free_values(state, state.part)
        value = max(free)
        return [str(part.play.values.index(value) + 1)] * part.count + ["enter"]
    if phase == "draw" and next_step(state).kind == "item":
        position = next_step(state).position
        asked = question_part(state, position)
        drill = drill_of(state)
        if asked is not None and asked.play.star and drill.turn not in drill.stars.values():
            return ["n"]
        return ["enter"]
    if phase in ("question", "raise", "entry"):
        asked = question_part(state, state.position)
        assert asked is not None
        if asked.play.mode != "buzzers":
            found: list[str] = []
            for side in participants(state, state.position):
                if (side, state.position) not in state.attempts:
                    found += [key[side], *letter(state, knows(index[side], state.position))]
            if found:
                return found
        return ["enter"]
    if phase == "buzz":
        ready = [side.id for side in state.sides if can_press(state, side.id)]
        return [key[ready[-1]]] if ready and state.position % 2 else ["enter"]
    if phase == "answer":
        floor = floor_of(state)
        if not floor:
            assert tied_presses(state)
            return ["enter"]
        return letter(state, knows(index[floor], state.position))
    if phase == "mark":
        side = participants(state, state.position)[0]
        sheets = state.sheets_of(side, state.position)
        item = state.current.item if state.current else {}
        done = [sheet for sheet in sheets.values() if len(sheet.shares) == len(item["rubric"])]
        if len(done) < state.judge_count(state.position):
            return [str(2 + (index[side] + number) % 3) for number in range(len(item["rubric"]))] + ["enter"]
    if phase == "ranking" and open_ties(state) and next_way(state) == "judges":
        return [key[side] for side in reversed(open_ties(state)[0])] + ["enter"]
    return ["enter"]


async def play(
    app: DanvanApp,
    pilot: Pilot[str],
    clock: Clock,
    knows: Knows = some,
    until: Callable[[State], bool] | None = None,
) -> State:
    """Press keys until the contest is over, or `until` says so."""
    for _ in range(1500):
        screen = app.screen
        if isinstance(screen, DrillEndScreen):
            return screen.session.state
        state = cast("DrillScreen", screen).session.state
        if until is not None and until(state):
            await settle(pilot)
            return state
        await press(pilot, clock, *keys_for(state, knows))
        if not cast("DrillScreen", screen).session.state.running:
            await settle(pilot)
    raise AssertionError(f"stuck in {state.phase}: {cast('DrillScreen', app.screen).said}")
