"""Whole histories for tests: rounds that are played through the engine, by plain description."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.helpers import Clock, plan, question, rules, situation
from trainer.contest.events import Event, Planned, Side
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.history.database import FILE_NAME, open_database, writing
from trainer.history.recording import record
from trainer.history.rows import DERIVED
from trainer.text import name_key

START = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
QUOTE = (
    "Việc dân vận rất quan trọng, dân vận kém thì việc gì cũng kém. Dân vận khéo thì việc gì cũng thành công."
)


class History:
    """A history file in a folder, written as the store writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.db: sqlite3.Connection = open_database(folder).connection
        self.db.execute("PRAGMA synchronous=OFF")  # thousands of answers, and no power cut here

    def append(self, contest: str, first: int, events: Sequence[Event], state: State) -> None:
        with writing(self.db, self.path):
            record(self.db, contest, first, events, state, START.isoformat())

    def add_player(self, id_: str, name: str, created: datetime = START) -> None:
        with writing(self.db, self.path):
            self.db.execute(
                "INSERT INTO players(id, name, name_key, created) VALUES (?, ?, ?, ?)",
                (id_, name, name_key(name), created.isoformat(timespec="seconds")),
            )

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.db.execute(query, values).fetchall()

    def events(self, contest: str) -> list[Event]:
        import json

        from trainer.contest.events import event_from_data

        rows = self.rows("SELECT type, at, payload FROM events WHERE contest = ? ORDER BY seq", contest)
        return [event_from_data(kind, at, json.loads(payload)) for kind, at, payload in rows]


class Reply(NamedTuple):
    """An answer: canonical option (or text, None: none) after so many tenths of a second."""

    response: Any
    tenths: int = 30


class Round(NamedTuple):
    """One round of one or more sides; sides answer in turn."""

    contest: str
    day: int
    replies: tuple[Reply, ...]
    players: tuple[str, ...] = ("p1",)
    first: int = 1
    finish: bool = True
    overrule: bool = False
    hour: int = 0


def item_number(number: int) -> dict[str, Any]:
    """Return one of a small bank: choices of three topics, typed ones, a cloze, a recital, pairs."""
    kind = number % 8
    base = {**question(number), "topic": "abc"[number % 3], "id": f"q{number}"}
    if kind == 5:
        return {
            **base,
            "kind": "cloze",
            "text": "Nước lấy __dân__ làm __gốc__.",
            "answers": ["dân", "gốc"],
        } | {"options": [], "right": 0}
    if kind == 6:
        return {
            "section": "question",
            "id": f"loi-{number}:recital",
            "kind": "recital",
            "topic": "c",
            "prompt": "Đọc thuộc.",
            "text": QUOTE,
            "explanation": "",
            "sources": [],
            "level": 2,
        }
    if kind == 7:
        return {**base, "kind": "short", "answers": ["217"], "options": [], "right": 0}
    if kind == 4:
        return {**base, "kind": "match", "items": ["a", "b", "c"], "matches": ["1", "2", "3"], "options": []}
    return base


KINDS = ("choice", "cloze", "recital", "short", "match", "true-false", "multiple")


def planned(number: int) -> Planned:
    item = item_number(number)
    shown = item.get("matches") or item.get("options") or ()
    return Planned(0, item, tuple(range(len(shown))))


def fitting(item: dict[str, Any], response: Any) -> Any:
    """Turn a small number into a response of the item's kind; 0 is right."""
    if response is None:
        return None
    number = int(response)
    match item["kind"]:
        case "cloze":
            return [("dân", "gốc"), ("dân", "góc"), ("nước", "gốc"), ("", "x")][number % 4]
        case "recital":
            return [item["text"], item["text"][:60], "việc khác hẳn", "Dân vận"][number % 4]
        case "short":
            return ["217", "218", "219", "hai trăm"][number % 4]
        case "match":
            return [(0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 0, 1)][number % 4]
        case _:
            return (number % 4,)


def play(history: History, told: Round) -> Session:
    """Play a round into a history."""
    clock = Clock()
    begun = START + timedelta(days=told.day, hours=told.hour)

    def wall() -> str:
        return (begun + timedelta(seconds=clock.now - 100)).isoformat(timespec="seconds")

    count = len(told.replies) // len(told.players)
    items = tuple(planned(told.first + index) for index in range(count))
    session = Session(history, clock, wall)
    part = QuestionPart(count=count, kinds=KINDS, seconds=30)
    sides = [Side(player, f"Tên {player}") for player in told.players]
    session.open(told.contest, 7, Rules("thu", "Luật thử", "", (part,)), sides, items)
    carry_on(session, clock, told, 0)
    return session


def carry_on(session: Session, clock: Clock, told: Round, start: int) -> None:
    """Play a round's items from `start` on."""
    replies = iter(told.replies[start * len(told.players) :])
    for index in range(start, len(session.state.plan)):
        session.advance()
        item = session.state.plan[index].item
        for player in told.players:
            reply = next(replies)
            _pass(session, clock, reply.tenths / 10)
            response = fitting(item, reply.response)
            if session.state.phase == "question" and response is not None:
                session.answer(player, response)
        if session.state.phase == "question":
            _pass(session, clock, 40)
    if told.overrule:
        for (side, position), attempt in session.state.attempts.items():
            if not attempt.is_right and session.state.phase != "question":
                session.overrule(side, position, "cũng đúng")
                break
    if told.finish and session.state.running:
        session.advance()


def _pass(session: Session, clock: Clock, seconds: float) -> None:
    end = clock.now + seconds
    while clock.now < end:
        clock.now = min(end, clock.now + 4)
        session.look()


def play_situation(history: History, contest: str = "s", share: float = 0.8) -> None:
    clock = Clock()
    session = Session(history, clock, START.isoformat)
    session.open(contest, 7, rules(SituationPart(count=1)), [Side("p1", "Tên p1")], plan(situation()))
    for _ in range(12):
        if session.state.phase == "mark":
            session.mark("p1", "p1", 0, share)
            session.mark("p1", "p1", 1, share)
        if session.state.running:
            session.advance()


replies = st.builds(Reply, st.sampled_from([0, 0, 0, 1, 2, 3, None]), st.integers(5, 250))


@st.composite
def histories(draw: st.DrawFn, prefix: str = "c", most: int = 6) -> list[Round]:
    """Rounds of up to three players on any days (also backwards), some left unfinished."""
    rounds = []
    for number in range(draw(st.integers(0, most))):
        players = draw(st.sampled_from([("p1",), ("p1",), ("p2",), ("p1", "p2"), ("p1", "p2", "p3")]))
        count = draw(st.integers(1, 4))
        rounds.append(
            Round(
                f"{prefix}{number}",
                draw(st.integers(-40, 40)),
                tuple(draw(st.lists(replies, min_size=count * len(players), max_size=count * len(players)))),
                players,
                draw(st.integers(1, 10)),
                draw(st.sampled_from([True, True, False])),
                draw(st.booleans()),
                draw(st.integers(0, 23)),
            )
        )
    return rounds


DERIVED_NAMES = tuple(table.name for table in DERIVED)


def contents(history: History, *leave_out: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables but settings, in order."""
    names = (
        *DERIVED_NAMES,
        *("events", "players", "flags", "aliases", "removed", "branches"),
        *("ratings", "corrections", "disputes"),
    )
    return {
        name: sorted(history.rows(f"SELECT * FROM {name}"), key=repr)
        for name in names
        if name not in leave_out
    }
