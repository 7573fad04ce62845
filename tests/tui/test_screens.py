"""Each screen at its three sizes, as text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.helpers import DATA, SMALL_BANK, Clock, app_with, screen_text
from tests.tui.drive import answer, answer_all, begin, settle
from trainer.tui.app import DanvanApp
from trainer.tui.services import RoundRequest

SIZES = [(80, 24), (100, 30), (200, 60)]
Drive = Callable[[DanvanApp, Pilot[str], Clock], Awaitable[None]]


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


async def of_kind(app: DanvanApp, pilot: Pilot[str], kind: str) -> None:
    """Begin a round of one kind, whatever the rules in the file say."""
    ids = [entry.id for entry in app.services.bank.entries() if entry.kind == kind]
    assert ids, f"the bank has no {kind}"
    app.begin(RoundRequest("du-loai", only=tuple(ids[:1]), seed=7))
    await settle(pilot)


async def short(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "short")
    await pilot.press(*"dan van", "enter")


async def cloze(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "cloze")


async def ordering(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "order")
    await pilot.press("b", "a")


async def ranked(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "rank")
    await pilot.press("b", "a", "c", "enter")


async def matching(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "match")
    await pilot.press("b")


async def misquote(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await of_kind(app, pilot, "misquote")
    await pilot.press("right", "right", "enter", *"nghe")


async def quotes(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.go("quotes")


async def recital(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.go("quotes")
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("enter", "enter")


async def recited(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await recital(app, pilot, clock)
    await pilot.press("enter", *"Dan van kem thi viec", "enter")


async def results(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await begin(app, pilot)
    await answer(app, pilot, right=False)
    await pilot.press("enter")
    await answer_all(app, pilot, clock, 9)


async def situations(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.go("situations")


async def topics(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await results(app, pilot, clock)
    app.go("topics")


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


async def revising(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await marking(app, pilot, clock)
    await pilot.press(*"2222222", "enter")
    await settle(pilot)


async def talking(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await revising(app, pilot, clock)
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("b")


async def reviewing(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await talking(app, pilot, clock)
    await settle(pilot)
    for _ in range(6):
        await pilot.press("a", "3")
        await settle(pilot)
    await pilot.press("enter")


async def progress(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await reviewing(app, pilot, clock)
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)
    app.go("progress")


async def history(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await results(app, pilot, clock)
    app.go("history")


async def page(app: DanvanApp, pilot: Pilot[str], clock: Clock, number: int) -> None:
    await home_after_a_round(app, pilot, clock)
    app.go("history")
    await settle(pilot)
    await pilot.press(str(number))


async def history_topics(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await page(app, pilot, clock, 2)


async def history_days(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await page(app, pilot, clock, 3)


async def history_hard(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await page(app, pilot, clock, 4)


async def history_bests(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await page(app, pilot, clock, 5)


async def way(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    app.go("plan")
    await settle(pilot)
    await pilot.press(*"20/12/2026", "enter", *"20", "enter")


async def group(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await results(app, pilot, clock)
    app.go("group")


async def score(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await results(app, pilot, clock)
    await pilot.press("x")


async def score_of_a_situation(app: DanvanApp, pilot: Pilot[str], clock: Clock) -> None:
    await reviewing(app, pilot, clock)
    await pilot.press("x")


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


KINDS_BANK = DATA / "kinds"
DRIVES: list[Drive] = [
    home,
    home_after_a_round,
    question,
    right,
    wrong,
    paused,
    exam,
    short,
    cloze,
    ordering,
    ranked,
    matching,
    misquote,
    quotes,
    recital,
    recited,
    results,
    situations,
    topics,
    reading,
    thinking,
    speaking,
    marking,
    revising,
    talking,
    reviewing,
    progress,
    history,
    history_topics,
    history_days,
    history_hard,
    history_bests,
    way,
    group,
    score,
    score_of_a_situation,
    flags,
    keys,
]

OF_ONE_KIND = (short, cloze, ordering, ranked, matching, misquote)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("drive", DRIVES, ids=lambda drive: drive.__name__)
async def test_screen(
    drive: Drive, size: tuple[int, int], tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    app, clock = app_with(tmp_path, banks=[KINDS_BANK if drive in OF_ONE_KIND else SMALL_BANK])
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await drive(app, pilot, clock)
        await settle(pilot, 6)
        text = screen_text(app)
    lines = text.splitlines()
    assert len(lines) == size[1]
    assert text == snapshot
