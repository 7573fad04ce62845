"""Driving the app in tests: settling, beginning, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.pilot import Pilot

from tests.helpers import Clock
from trainer.tui.app import DanvanApp
from trainer.tui.services import RoundRequest

if TYPE_CHECKING:
    from trainer.contest.session import Session


async def settle(pilot: Pilot[str], times: int = 4) -> None:
    """Let posted messages do their work."""
    for _ in range(times):
        await pilot.pause()


def session_of(app: DanvanApp) -> Session:
    """Return the session of the screen on show."""
    return cast("Any", app.screen).session  # type: ignore[no-any-return]


async def begin(app: DanvanApp, pilot: Pilot[str], rules: str = "nhanh") -> None:
    """Begin a round with a fixed seed."""
    app.begin(RoundRequest(rules, seed=7))
    await settle(pilot)


async def answer(app: DanvanApp, pilot: Pilot[str], *, right: bool = True) -> None:
    """Answer the question on show by keys, rightly or wrongly."""
    current = session_of(app).state.current
    assert current is not None
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


async def answer_all(app: DanvanApp, pilot: Pilot[str], clock: Clock, times: int = 10) -> None:
    """Answer rightly and go on, two seconds a question."""
    for _ in range(times):
        clock.now += 2
        await answer(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
