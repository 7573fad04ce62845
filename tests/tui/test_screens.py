"""Each screen at its three sizes, as text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.helpers import Clock, app_with, screen_text
from trainer.tui.app import DanvanApp
from trainer.tui.services import RoundRequest

SIZES = [(80, 24), (100, 30), (200, 60)]
Drive = Callable[[DanvanApp, Pilot[str], Clock], Awaitable[None]]


async def settle(pilot: Pilot[str], times: int = 4) -> None:
    for _ in range(times):
        await pilot.pause()


async def begin(app: DanvanApp, pilot: Pilot[str], rules: str = "nhanh") -> None:
    app.begin(RoundRequest(rules, seed=7))
    await settle(pilot)


async def answer_all(app: DanvanApp, pilot: Pilot[str], clock: Clock, times: int = 10) -> None:
    for _ in range(times):
        clock.now += 2
        await answer(app, pilot)
        await pilot.press("enter")
        await settle(pilot)


async def answer(app: DanvanApp, pilot: Pilot[str], *, right: bool = True) -> None:
    current = app.screen.session.state.current  # type: ignore[attr-defined]
    letters = [
        "abcdefgh"[place]
        for place, option in enumerate(current.order)
        if (option < current.item["right"]) == right
    ]
    multiple = current.item["kind"] == "multiple"
    await pilot.press(*(letters if multiple else letters[:1]))
    if multiple:
        await pilot.press("enter")
    await settle(pilot)


async def home(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    pass


async def home_after_a_round(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await answer(app, pilot, right=False)
    await pilot.press("enter")
    await answer_all(app, pilot, clock, 9)
    await begin(app, pilot)
    await answer(app, pilot)
    await pilot.press("escape")
    await settle(pilot, 6)


async def question(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)


async def right(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await answer(app, pilot)


async def wrong(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await answer(app, pilot, right=False)


async def paused(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await pilot.press("p")


async def exam(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot, "thi-thu")
    await answer(app, pilot)
    await pilot.press("s")


async def results(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await answer(app, pilot, right=False)
    await pilot.press("enter")
    await answer_all(app, pilot, clock, 9)


async def situations(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.go("situations")


async def reading(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.begin_situation()
    await settle(pilot)


async def thinking(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await reading(app, pilot, clock)
    await pilot.press("enter", "g", *"Gap", "escape")


async def speaking(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await thinking(app, pilot, clock)
    await pilot.press("enter")


async def marking(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await speaking(app, pilot, clock)
    clock.now += 3
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("4", "2")


async def history(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await results(app, pilot, clock)
    app.go("history")


async def flags(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await pilot.press("m", "n")
    await settle(pilot)
    await pilot.press(*"sai", "enter")
    await settle(pilot)
    app.go("flags")


async def keys(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await pilot.press("question_mark")


DRIVES: list[Drive] = [
    home,
    home_after_a_round,
    question,
    right,
    wrong,
    paused,
    exam,
    results,
    situations,
    reading,
    thinking,
    speaking,
    marking,
    history,
    flags,
    keys,
]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("drive", DRIVES, ids=lambda drive: drive.__name__)
async def test_screen(drive: Drive, size: tuple[int, int], tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    app, clock = app_with(tmp_path)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await drive(app, pilot, clock)
        await settle(pilot, 6)
        text = screen_text(app)
    lines = text.splitlines()
    assert len(lines) == size[1]
    assert text == snapshot
