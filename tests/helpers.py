"""What many tests need: a clock that is moved by hand, a small bank, contests, an app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trainer.bank.bank import Bank, open_bank
from trainer.contest.events import Event, Planned, Side
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.history.store import Store
from trainer.tui.app import DanvanApp
from trainer.tui.services import Services, rules_folders

DATA = Path(__file__).parent / "data"
SMALL_BANK = DATA / "bank"
ROOT = Path(__file__).resolve().parent.parent
SIDE = Side("p1", "Lan")


class Clock:
    """Monotonic seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class ListLog:
    """Keeps events in memory; fails while `broken` is set."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.broken: Exception | None = None

    def append(self, contest: str, first: int, events: Sequence[Event], state: State) -> None:
        if self.broken is not None:
            raise self.broken
        assert first == len(self.events), "events must be numbered without gaps"
        self.events.extend(events)


def small_bank() -> Bank:
    return open_bank([SMALL_BANK])


def question(number: int, *, kind: str = "choice", right: int = 1, options: int = 4) -> dict[str, Any]:
    return {
        "section": "question",
        "id": f"q{number}",
        "kind": kind,
        "topic": "t",
        "prompt": f"Câu {number}?",
        "explanation": "Vì thế.",
        "sources": [{"title": "Nguồn"}],
        "level": 1,
        "options": [f"ý {index}" for index in range(options)],
        "right": right,
    }


def situation(number: int = 1) -> dict[str, Any]:
    return {
        "section": "situation",
        "id": f"s{number}",
        "topic": "t",
        "group": "g",
        "title": "Tình huống",
        "prompt": "Bạn làm gì?",
        "think_s": 60,
        "speak_s": 180,
        "rubric": [
            {"title": "a", "points": 60, "key_points": [["x"]]},
            {"title": "b", "points": 40, "key_points": [["y"]]},
        ],
        "caps": [{"when": "hứa suông", "at_most": 50}],
        "model_answer": "Thưa…",
        "mistakes": ["Vội"],
        "sources": [{"title": "Nguồn"}],
        "level": 2,
    }


def plan(*items: dict[str, Any], part: int = 0) -> tuple[Planned, ...]:
    return tuple(Planned(part, item, tuple(range(len(item.get("options", ()))))) for item in items)


def rules(*parts: QuestionPart | SituationPart) -> Rules:
    return Rules("thu", "Luật thử", "", parts or (QuestionPart(count=2, seconds=15),))


def session_with(
    items: Sequence[Planned], the_rules: Rules, *, sides: Sequence[Side] = (SIDE,)
) -> tuple[Session, Clock, ListLog]:
    clock, log = Clock(), ListLog()
    session = Session(log, clock, lambda: "2026-11-24T00:00:00+00:00")
    session.open("c1", 7, the_rules, sides, items)
    session.advance()
    return session, clock, log


def wait(session: Session, clock: Clock, seconds: float) -> None:
    """Let time pass as it does on screen: with many looks at the clock."""
    end = clock.now + seconds
    while clock.now < end:
        clock.now = min(end, clock.now + 0.5)
        session.look()


def app_with(
    folder: Path, *, banks: Sequence[Path] = (SMALL_BANK,), player: str = "Lan"
) -> tuple[DanvanApp, Clock]:
    clock = Clock()
    store = Store(folder / "data", lambda: "2026-11-24T08:30:00+00:00")
    services = Services(
        bank_paths=tuple(banks),
        cache=None,
        store=store,
        player=store.player(player),
        rules_folders=rules_folders(tuple(banks)),
        clock=clock,
        key_age=lambda _made: 0.0,
        wall=lambda: "2026-11-24T08:30:00+00:00",
        today=lambda: datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    )
    return DanvanApp(services), clock


def screen_text(app: DanvanApp) -> str:
    """Return what the screen shows, line by line, without trailing spaces."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    del width, height
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)
