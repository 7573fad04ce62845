"""Speed of the history with 1,000 and with 1,000,000 attempts, and beside Anki's library.

The large history is written in bulk: plain rows with the shape and number that play would give
them, so that it is there in less than a minute. What is measured are the real program's paints and the
real recording of an answer.
"""

from __future__ import annotations

import contextlib
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.bench.banks import MANY, made_bank
from tests.bench.terminal import DANVAN, Timed
from trainer.contest.events import Event, Planned, Side
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.history import review
from trainer.history import statistics as stats
from trainer.history.backup import daily_backup
from trainer.history.database import FILE_NAME, open_database, writing
from trainer.history.moments import from_datetime, to_iso
from trainer.history.recording import record
from trainer.history.rounds import Filter, bests, rounds

SMALL, LARGE = 1_000, 1_000_000
QUESTIONS = MANY
A_ROUND = 10
NOW = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)
PLAYER = "p1"
BUILD_S, RECORD_S, NEXT_S, PAINT_RATIO = 60.0, 0.010, 0.005, 1.5
_TIMES = 30
_PAINTS = 7


def report(name: str, measured: float, budget: float) -> bool:
    """Print one line; returns whether the budget holds."""
    good = measured <= budget
    print(
        f"{name:<62} {measured * 1000:9.2f} ms   budget {budget * 1000:9.2f} ms   {'ok' if good else 'OVER'}",
        flush=True,
    )
    return good


def median(work: Callable[[], object], times: int = _TIMES) -> float:
    """Return the median seconds of some runs after a first one."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def made(folder: Path, attempts: int) -> sqlite3.Connection:
    """Write a history of one player with so many attempts over up to five years."""
    connection = open_database(folder).connection
    questions = min(QUESTIONS, attempts // 2)
    count = attempts // A_ROUND
    start = from_datetime(NOW) - 1_800 * 86_400_000
    step = 1_800 * 86_400_000 // count
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-200000")
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO players(id, name, name_key, created) VALUES (?, 'Lan', 'lan', ?)",
        (PLAYER, to_iso(start)),
    )
    begun = [(number, start + number * step) for number in range(count)]
    connection.executemany(
        "INSERT INTO contests VALUES (?, ?, 'Thi nhanh', ?, ?, 'finished', 1, 10, 10)",
        [(f"c{n}", ("nhanh", "kien-thuc")[n % 2], to_iso(at), to_iso(at + 200_000)) for n, at in begun],
    )
    connection.executemany(
        "INSERT INTO contest_sides VALUES (?, ?, 'Lan', ?, 100, 10, ?)",
        [(f"c{n}", PLAYER, (5 + n % 6) * 10, 5 + n % 6) for n, _ in begun],
    )
    connection.executemany(
        "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, 'Thi nhanh', ?, ?, 'finished', 10, 10, 'Lan', ?, 100, 10, ?, "
        "10, 150000)",
        [
            (
                *(f"c{n}", PLAYER, n * 11 + 1, at, ("nhanh", "kien-thuc")[n % 2]),
                *(to_iso(at), to_iso(at + 200_000), (5 + n % 6) * 10, 5 + n % 6),
            )
            for n, at in begun
        ],
    )
    _attempts(connection, begun, questions)
    _sums(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA cache_size=-2000")
    return connection


def _attempts(connection: sqlite3.Connection, begun: list[tuple[int, int]], questions: int) -> None:
    answered = '{"side":"p1","position":0,"response":[0],"code":"right","share":1.0,"reason":"","points":10}'
    connection.executemany(
        "INSERT INTO events(n, contest, seq, at, type, payload, moment) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                n * 11 + 1 + at,
                f"c{n}",
                at,
                at * 15_000,
                "Answered" if at else "ContestOpened",
                answered,
                when + at,
            )
            for n, when in begun
            for at in range(11)
        ),
    )

    def rows(table: int) -> object:
        for n, when in begun:
            contest = f"c{n}"
            for at in range(A_ROUND):
                number = (n * 7_919 + at * 1_009) % questions
                right = (n * 31 + at * 17 + number) % 10 < 7
                if table == 0:
                    yield (
                        *(contest, PLAYER, at, n * 11 + 2 + at, f"q{number}", "question"),
                        *(f"t{number % 20}", "choice", 1, "right" if right else "wrong"),
                        *(float(right), 10 * right, 9_000 + number % 9_000),
                    )
                elif table == 1:
                    picked = (
                        f'[["Điều {number}","Điều {number + (not right)}",{"true" if right else "false"}]]'
                    )
                    yield (contest, PLAYER, at, when + at * 15_000, 1, 0, picked)
                else:
                    yield (
                        *(PLAYER, f"q{number}", contest, at, n * 11 + 2 + at, when + at * 15_000),
                        *(3 if right else 1, 3 if right else 1, int(n * A_ROUND < questions), 1),
                    )

    for table, (name, width) in enumerate((("attempts", 13), ("details", 7), ("reviews", 10))):
        connection.executemany(
            f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * width)})",
            rows(table),  # type: ignore[arg-type]
        )


_SUMS = (
    """INSERT INTO memory
       SELECT side, item, section, count(*), max(n), share FROM attempts GROUP BY side, item""",
    """INSERT INTO totals
       SELECT side, item, section, topic, kind, count(*), sum(share >= 1), 0, sum(share * 1000), sum(elapsed_ms)
       FROM attempts GROUP BY side, item""",
    """INSERT INTO picks
       SELECT side, item, 'Điều ' || substr(item, 2), 'Điều ' || (CAST(substr(item, 2) AS INTEGER) + (share < 1)),
       share >= 1, count(*) FROM attempts GROUP BY side, item, share""",
    """INSERT INTO activity
       SELECT side, taken / 900000, count(*), count(*) * 7 / 10, count(*) * 15000
       FROM details GROUP BY side, taken / 900000""",
    """INSERT INTO cards
       SELECT side, item, section, kind, topic, 1, 2, -1, 5 + asked, 5.0,
       :now + (CAST(substr(item, 2) AS INTEGER) % 60 - 1) * 86400000, :now - 20 * 86400000, asked, 0 FROM totals""",
    """INSERT INTO pace VALUES ('p1', 'choice', '{"107": 500, "110": 400}')""",
)


def _sums(connection: sqlite3.Connection) -> None:
    """Add up what play would have added up answer by answer."""
    now = from_datetime(NOW)
    for statement in _SUMS:
        connection.execute(statement, {"now": now})


class _Log:
    """The engine's log, as the store writes it, with a stopwatch."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        self.taken: list[float] = []

    def append(self, contest: str, first: int, events: list[Event], state: State) -> None:
        """Record and remember how long it took."""
        begin = time.perf_counter()
        with writing(self._connection, self._path):
            record(self._connection, contest, first, events, state, NOW.isoformat())
        self.taken.append(time.perf_counter() - begin)


def _record(connection: sqlite3.Connection, path: Path, contest: str) -> float:
    """Return the median seconds of recording an answer, the disk's own sync included."""
    clock = [0.0]
    log = _Log(connection, path)
    session = Session(log, lambda: clock[0], NOW.isoformat)  # type: ignore[arg-type]
    item = {
        "section": "question",
        "kind": "choice",
        "topic": "t1",
        "prompt": "?",
        "explanation": "",
        "sources": [],
        "level": 1,
        "options": ["a", "b", "c", "d"],
        "right": 1,
    }
    plan = tuple(Planned(0, {**item, "id": f"q{number}"}, (0, 1, 2, 3)) for number in range(_TIMES))
    rules = Rules("nhanh", "Thi nhanh", "", (QuestionPart(count=_TIMES),))
    session.open(contest, 1, rules, [Side(PLAYER, "Lan")], plan)
    answers = []
    for number in range(_TIMES):
        session.advance()
        clock[0] += 3
        session.look()
        session.answer(PLAYER, (number % 2,))
        answers.append(log.taken[-1])
    return statistics.median(answers)


def _sync(folder: Path) -> float:
    """Return the median seconds of the smallest durable write in the same folder."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("CREATE TABLE bare (x)")
    taken = median(lambda: connection.execute("INSERT INTO bare VALUES (1)"))
    connection.close()
    return taken


def _paints(folder: Path, data: Path, bank: Path) -> tuple[float, float]:
    """Return the seconds to home's first paint, and from H on home to the drawn list of rounds."""
    command = [*DANVAN, "--bank", str(bank)]
    with Timed(command, XDG_CACHE_HOME=str(folder / "cache"), DANVAN_DATA=str(data)) as program:
        home = program.first_paint("Thi nhanh")
        program.settle()
        begin = time.perf_counter()
        program.type(b"h")
        program.first_paint("/100")
        return home, time.perf_counter() - begin


def paints(folder: Path, small: Path, large: Path) -> bool:
    """Home and history as a person meets them, small against large, in pairs."""
    bank = made_bank(folder)
    for data in (small, large):
        with contextlib.closing(sqlite3.connect(data / FILE_NAME)) as connection:
            daily_backup(
                connection, data, datetime.now().astimezone().date()
            )  # once a day, not at each start
        _paints(folder, data, bank)
    time.sleep(2.5)  # the files' change time must be older than the copy's grain
    for data in (small, large):
        _paints(folder, data, bank)
    pairs = [(_paints(folder, small, bank), _paints(folder, large, bank)) for _ in range(_PAINTS)]
    good = True
    for place, name in enumerate(("first paint of home", "H on home to the list of rounds")):
        one = statistics.median(pair[0][place] for pair in pairs)
        two = statistics.median(pair[1][place] for pair in pairs)
        good &= two <= PAINT_RATIO * one
        print(
            f"{name:<46} {SMALL:,}: {one * 1000:7.1f} ms   {LARGE:,}: {two * 1000:7.1f} ms   "
            f"ratio {two / one:5.2f}   budget {PAINT_RATIO:4.2f}   {'ok' if two <= PAINT_RATIO * one else 'OVER'}",
            flush=True,
        )
    return good


def _next(connection: sqlite3.Connection) -> str | None:
    return review.next_item(connection, PLAYER, NOW)


_AFTER_PAINT: dict[str, Callable[[sqlite3.Connection], object]] = {
    "mastery": lambda db: stats.knowledge(db, PLAYER, from_datetime(NOW)),
    "hardest questions": lambda db: stats.hardest(db, PLAYER),
    "confused pairs": lambda db: stats.confused(db, PLAYER),
    "personal bests": lambda db: bests(db, PLAYER),
    "rounds of one topic": lambda db: rounds(db, Filter(PLAYER, topic="t7"), 200),
    "rounds of a topic never asked": lambda db: rounds(db, Filter(PLAYER, topic="t77"), 200),
    "group by topic": lambda db: stats.group(db, [PLAYER]),
}


def history(folder: Path) -> bool:
    """Home's and history's paint, an answer, the next item; small against large, and Anki."""
    good = True
    small_folder, large_folder = folder / "small", folder / "large"
    small = made(small_folder, SMALL)
    begin = time.perf_counter()
    made(large_folder, LARGE).close()
    good &= report(f"writing {LARGE:,} attempts", time.perf_counter() - begin, BUILD_S)
    good &= paints(folder, small_folder, large_folder)
    large = open_database(large_folder).connection
    sync = _sync(folder)
    for size, connection, where in ((SMALL, small, small_folder), (LARGE, large, large_folder)):
        took = _record(connection, where / FILE_NAME, f"bench-{size}")
        good &= report(
            f"an answer recorded beyond the disk's sync, {size:,}", max(0.0, took - sync), RECORD_S
        )
        good &= report(f"review picks the next item, {size:,}", median(partial(_next, connection)), NEXT_S)
    for name, work in _AFTER_PAINT.items():
        times = [median(partial(work, db), 5) for db in (small, large)]
        print(f"  after the paint: {name:<44} {times[0] * 1000:9.2f} ms → {times[1] * 1000:9.2f} ms")
    small.close()
    large.close()
    _anki(folder)
    return good


def _anki(folder: Path) -> None:
    """Print Anki's open, next card and answer, where its library is installed."""
    try:
        from anki.collection import Collection  # type: ignore[import-not-found]
    except ImportError:
        print("  Anki's library is not installed (pip install anki): nothing to compare with")
        return
    collection = Collection(str(folder / "collection.anki2"))
    model = collection.models.by_name("Basic")
    for number in range(1_000):
        note = collection.new_note(model)
        note["Front"], note["Back"] = f"câu {number}", "đáp án"
        collection.add_note(note, collection.decks.id("Default"))
    collection.close()
    opening = median(lambda: Collection(str(folder / "collection.anki2")).close(), 5)
    collection = Collection(str(folder / "collection.anki2"))
    picking = median(collection.sched.getCard, 5)

    def answer() -> None:
        card = collection.sched.getCard()
        collection.sched.answerCard(card, 3)

    answering = median(answer, 10)
    collection.close()
    print(
        f"  Anki, 1,000 cards: open {opening * 1000:.2f} ms, next card {picking * 1000:.2f} ms, "
        f"next card and answer {answering * 1000:.2f} ms"
    )
