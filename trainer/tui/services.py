"""What the screens need from below, opened once by the command line."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import trainer
from trainer.bank.bank import Bank, open_bank, shipped_bank
from trainer.bank.paths import RULES_FOLDER
from trainer.contest.rule_files import load_rules, rule_files, usable_rules
from trainer.contest.rules import Rules
from trainer.errors import BankError, HistoryError, RulesError, UsageError
from trainer.history.store import Player, Store, utc_exact
from trainer.text import one_line
from trainer.tui import steady

if TYPE_CHECKING:
    from trainer.contest.events import Planned, Side
    from trainer.contest.session import Session
    from trainer.history.coaching import SituationRecord
    from trainer.history.heartbeat import Heartbeat
    from trainer.history.holding import Hold
    from trainer.history.plan import Goal, PlanItem, Way
    from trainer.history.review import Forecast, Limits
    from trainer.tui.prepare.sets import Prepared

PROGRAM = f"danvan {trainer.__version__}"
HOME_RULES = ("nhanh", "thi-thu", "chuan", "du-loai")
"""Shown first on the home screen, in this order."""
SITUATION_RULES = "tinh-huong"
QUOTATION_RULES = "loi-bac"
RECITAL_RULES = "hoc-thuoc"
REVIEW_RULES = "on-tap"
REVIEW_ROUND = 20
"""Most items of one review round: ten minutes at a stretch."""
PLACES_OF_THEIR_OWN = (SITUATION_RULES, QUOTATION_RULES, RECITAL_RULES, REVIEW_RULES)
"""Rules that home does not list: their places begin them."""


def local_now() -> datetime:
    """Return the present time in the machine's own zone."""
    return datetime.now().astimezone()


def new_seed() -> int:
    """Return a seed from 0 to 2³¹ − 1 that nobody can foresee."""
    return int.from_bytes(os.urandom(4), "big") >> 1


@dataclass(frozen=True)
class RoundRequest:
    """A contest that somebody wants to begin.

    Attributes:
        rules: Name of the rules.
        only: Only these items; None: by the rules.
        seed: None: a new one.
    """

    rules: str
    topics: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    count: int | None = None
    seed: int | None = None
    only: tuple[str, ...] | None = None


@dataclass
class Services:
    """Bank, history, rules, player and clock."""

    bank_paths: tuple[Path, ...]
    cache: Path | None
    store: Store
    player: Player
    rules_folders: tuple[Path, ...]
    clock: Callable[[], float] = steady.now
    key_age: Callable[[float], float] = steady.age
    wall: Callable[[], str] = utc_exact
    today: Callable[[], datetime] = local_now
    drill_wishes: tuple[str, int | None, tuple[str, ...]] = ("", None, ())
    """Rules, minutes and topics that the command line named for a group drill that is not set up yet."""
    prepared: Prepared | None = None
    """The evening that the command line opened from a file."""
    rehearsing: bool = False
    """Whether the history is that of a rehearsal, which the next one makes anew."""
    _bank: Bank | None = field(default=None, repr=False)
    _hold: Hold | None = field(default=None, repr=False)
    _heart: Heartbeat | None = field(default=None, repr=False)

    @property
    def bank(self) -> Bank:
        """The bank, opened when first asked for."""
        if self._bank is None:
            self._bank = open_bank(self.bank_paths, self.cache)
        return self._bank

    def rules(self, given: str) -> Rules:
        """Read rules by name, or from a file of rules that is not among the known ones.

        Raises:
            RulesError: They are missing or broken.
        """
        if given.casefold().endswith((".yaml", ".yml")):
            return _from_file(Path(given))
        files = rule_files(self.rules_folders)
        usable = usable_rules({given: files[given]} if given in files else {}, self.cache)
        return usable[given] if given in usable else load_rules(given, files)

    def solo_rules(self) -> list[Rules]:
        """Return the rules that home offers, the usual ones first; broken ones are left to `danvan check`."""
        usable = usable_rules(rule_files(self.rules_folders), self.cache)
        first = [usable[name] for name in HOME_RULES if name in usable]
        return first + [
            rules
            for name, rules in usable.items()
            if not rules.group and name not in HOME_RULES and name not in PLACES_OF_THEIR_OWN
        ]

    def renew_player(self) -> None:
        """Take the present player anew where they were deleted or joined in another window."""
        if not self.store.has_player(self.player.id):
            self.player = self.store.player()

    def begin(self, request: RoundRequest) -> Session:
        """Draw a plan and open a contest.

        Raises:
            BankError: Nothing in the bank fits.
            UsageError: The rules are for several sides.
            RulesError: The rules are missing or broken.
            HistoryError: The record cannot be written.
        """
        from trainer.contest.events import Side
        from trainer.contest.selection import plan_contest

        self.renew_player()
        rules = self.rules(request.rules)
        if rules.group:
            raise UsageError(
                f"Luật thi “{rules.title}” dành cho nhiều đội, không chơi một mình được. "
                f"Gõ “danvan rules {rules.name}” để xem luật, “danvan rules” để chọn luật khác."
            )
        bank = self.bank
        self.check_topics(request.topics)
        seed = new_seed() if request.seed is None else request.seed
        plan = plan_contest(
            rules,
            bank.entries("question"),
            bank.entries("situation"),
            bank.data,
            seed,
            self.store.seen(self.player.id),
            topics=request.topics,
            levels=request.levels,
            only=request.only,
            count=request.count,
            quotations=bank.entries("quotation"),
        )
        if not plan:
            raise BankError(self._nothing_fits(request))
        session = self.session()
        session.open(uuid.uuid4().hex, seed, rules, [Side(*self.player)], plan, show=True)
        return session

    def check_topics(self, topics: Collection[str]) -> None:
        """Refuse topics that the bank does not have.

        Raises:
            BankError: The first one that is missing.
        """
        known = self.bank.topics
        tags = {tag for entry in self.bank.entries() for tag in entry.tags} if topics else set()
        for topic in topics:
            if topic not in known and topic not in tags:
                names = ", ".join(sorted(self.bank.counts.by_topic)) or "chưa có chủ đề nào"
                raise BankError(f"Không có chủ đề “{topic}”. Các chủ đề đang có: {names}.")

    def _nothing_fits(self, request: RoundRequest) -> str:
        if not self.bank.counts.questions and not self.bank.counts.situations:
            return (
                "Ngân hàng chưa có câu hỏi nào dùng được. Bạn hãy chạy “danvan check” để xem lỗi, "
                "hoặc chọn ngân hàng khác bằng --bank."
            )
        return f"Không có câu hỏi nào hợp với luật thi “{request.rules}” và lựa chọn của bạn. Bạn hãy chọn rộng hơn."

    def back_up_today(self) -> None:
        """Make the day's copy of the history, on a connection of its own: for a thread of its own.

        Raises:
            HistoryError: It could not be written.
        """
        import sqlite3

        from trainer.history.backup import daily_backup

        with contextlib.closing(sqlite3.connect(self.store.path)) as connection:
            daily_backup(connection, self.store.folder, self.today().date())

    @staticmethod
    def load_learning() -> None:
        """Load what the first answer is recorded with; FSRS alone takes as long as ten answers."""
        import fsrs  # noqa: F401

        import trainer.history.learning  # noqa: F401

    @property
    def goal_key(self) -> str:
        """The setting that keeps the player's goal."""
        return f"goal:{self.player.id}"

    def limits(self, *, exact: bool = False) -> Limits:
        """Return the day's limits for new and for all: as the goal asks, or as set, or as usual.

        While the contest of a goal is to come, today's limits are those of the plan's own day
        (see :mod:`trainer.history.plan`). To make the plan takes too long for home's first paint,
        so its last limits of today are kept (:meth:`way`); before the first, counts must do.

        Args:
            exact: Make the plan: what was done since the last one counts.
        """
        from trainer.history.review import forecast, limits_from_text, usual_times

        usual = limits_from_text(self.store.setting("limits"))
        text, now = self.store.setting(self.goal_key), self.today()
        stamp, _, kept = self.store.setting(f"today:{self.player.id}").rpartition("=")
        if not text:
            return usual
        if stamp == self._stamp() and not exact:
            return limits_from_text(kept)
        from trainer.history.plan import (
            Terms,
            ceiling_of,
            day_limits,
            goal_from_text,
            guessed_limits,
            read_done,
        )

        goal = goal_from_text(text)
        if goal is None or goal.contest <= now.date():
            return usual
        if exact:
            way = self.way(goal, 1)
            return day_limits(len(way.made.days[0].new), way.made.days[0].reviews, way.terms)
        connection, player, ceiling = self.store.connection, self.player.id, ceiling_of(usual)
        told = forecast(connection, player, now, ceiling._replace(new=0))
        terms = Terms(ceiling=ceiling, done=read_done(connection, player, now))
        each = usual_times(connection, player)("choice")
        return guessed_limits(goal.minutes, told.reviews, told.ms, each, terms)

    def plan_items(self) -> list[PlanItem]:
        """Return what a plan is made of, in the order in which to begin it."""
        from trainer.history.plan import read_items
        from trainer.tui.reviewing import in_order_of_beginning

        kinds = {
            entry.id: (entry.topic, entry.kind)
            for section in ("question", "quotation")
            for entry in self.bank.entries(section)
        }
        wanted = [(name, *kinds[name]) for name in in_order_of_beginning(self.bank)]
        return read_items(self.store.connection, self.player.id, wanted)

    def way(self, goal: Goal, days: int = 400) -> Way:
        """Make the plan from now on, at most so many days, and keep today's limits for home."""
        from trainer.history.plan import Terms, Way, ceiling_of, day_limits, plan, read_done
        from trainer.history.review import limits_from_text, limits_text

        player, now, items = self.player.id, self.today(), self.plan_items()
        ceiling = ceiling_of(limits_from_text(self.store.setting("limits")))
        terms = Terms(now.tzinfo or UTC, ceiling, read_done(self.store.connection, player, now))
        made = plan(goal.contest, now.date(), goal.minutes, items, terms, days)
        for day in made.days[:1]:
            limits = day_limits(len(day.new), day.reviews, terms)
            # Home can do without: a history that cannot be written says so where an answer is lost.
            with contextlib.suppress(HistoryError):
                self.store.set_setting(f"today:{player}", f"{self._stamp()}={limits_text(limits)}")
        return Way(goal, items, terms, made)

    def _stamp(self) -> str:
        """Return what kept limits are for: the day, the limits that are set, the goal."""
        settings = (self.store.setting("limits"), self.store.setting(self.goal_key))
        return " ".join((self.today().date().isoformat(), *settings))

    def forecast(self) -> Forecast:
        """Return what is due today, how long it takes, and what comes tomorrow.

        Items that the bank has lost do not count. Home shows this at its first paint: the bank's
        index is read only where something was met already.
        """
        from trainer.history.review import done_today, forecast, usual_times

        connection, player, now, limits = self.store.connection, self.player.id, self.today(), self.limits()
        told = forecast(connection, player, now, limits, known=self.bank.__contains__)
        counts = self.bank.counts
        unmet = counts.questions + counts.quotations - self.met_count()
        done, begun = done_today(connection, player, now)
        new = max(0, min(limits.new - begun, limits.all - done - told.reviews, unmet))
        return told._replace(new=new, ms=told.ms + new * usual_times(connection, player)("choice"))

    def met_count(self) -> int:
        """Return how many of the bank's questions and quotations the player has met."""
        return sum(item in self.bank for item in self.store.last_shares(self.player.id))

    def begin_review(self) -> Session:
        """Begin a round of what is due, longest overdue first, then what is new today.

        Raises:
            BankError: Nothing is due.
            RulesError: The rules are missing or broken.
            HistoryError: The record cannot be written.
        """
        from trainer.contest.events import Side
        from trainer.history.review import due, weak_parts
        from trainer.tui.reviewing import in_order_of_beginning, review_plan

        self.renew_player()
        found = due(
            self.store.connection,
            self.player.id,
            self.today(),
            self.limits(exact=True),
            known=self.bank.__contains__,
            unseen=in_order_of_beginning(self.bank),
        )
        rules = self.rules(REVIEW_RULES)
        items = (found.reviews + found.new)[:REVIEW_ROUND]
        weak = {
            item: [
                part.form for part in weak_parts(self.store.connection, self.player.id, item, self.today())
            ]
            for item in items
        }
        seed = new_seed()
        plan = review_plan(self.bank, items, weak, seed)
        if not plan:
            raise BankError("Hôm nay không còn gì cần ôn. Bạn có thể chơi một phần thi, hoặc mai quay lại.")
        session = self.session()
        session.open(uuid.uuid4().hex, seed, rules, [Side(*self.player)], plan, show=True)
        return session

    def situation_records(self) -> list[SituationRecord]:
        """Return the player's situations, oldest first; contests that cannot be read are left out."""
        from trainer.contest.folding import fold
        from trainer.history.coaching import records_of

        found: list[SituationRecord] = []
        for contest in self.store.situation_contests(self.player.id):
            with contextlib.suppress(HistoryError):
                found += records_of(fold(self.store.events(contest)), self.player.id)
        return found

    def session(self) -> Session:
        """Return a session that waits for a contest."""
        from trainer.contest.session import Session

        return Session(self.store, self.clock, self.wall, program=PROGRAM)

    def resume(self, contest: str) -> Session:
        """Continue a contest where it stopped; its clock stands until the player goes on.

        Raises:
            HistoryError: It cannot be read or written, or is a contest of several sides that is
                open in another window.
        """
        from trainer.contest.events import ContestOpened
        from trainer.contest.session import Session

        events = self.store.events(contest)
        first, seen_at = events[0], 0
        if isinstance(first, ContestOpened) and first.group:
            from trainer.history.heartbeat import last_beat

            self.hold(contest)
            seen_at = last_beat(self.store.folder, contest)
        return Session(self.store, self.clock, self.wall, events, program=PROGRAM, seen_at=seen_at)

    def beat(self, session: Session) -> None:
        """Say that a contest of several sides is alive in this window, and how far it has come."""
        from trainer.history.heartbeat import Heartbeat

        if self._heart is None:
            self._heart = Heartbeat(self.store.folder)
        self._heart.beat(session.state.contest, session.now, self.clock())

    def open_group(self, seed: int, rules: Rules, sides: Sequence[Side], plan: Sequence[Planned]) -> Session:
        """Open a contest of several sides in this window.

        Raises:
            RulesError: These rules are for one person only.
            HistoryError: The record cannot be written.
        """
        from trainer.contest.refusal import RefusedError

        session, contest = self.session(), uuid.uuid4().hex
        try:
            session.open(contest, seed, rules, sides, plan, group=True)
        except RefusedError:
            raise RulesError(f"Luật thi “{rules.title}” không dùng được cho nhiều đội.") from None
        self.hold(contest)
        return session

    def hold(self, contest: str) -> None:
        """Keep other windows out of a contest of several sides until :meth:`release` or the program's end.

        Raises:
            HistoryError: Another window has it open.
        """
        from trainer.history.holding import Hold

        if self._hold is None:
            self._hold = Hold(self.store.folder)
        self._hold.take(contest)

    def release(self) -> None:
        """Let other windows have the contest that was open here."""
        if self._hold is not None:
            self._hold.release()


def _from_file(path: Path) -> Rules:
    try:
        there = path.is_file()
    except OSError:  # a name that is too long for a file
        there = False
    if not there:
        raise RulesError(
            f"Không có tệp luật thi “{one_line(str(path), 200)}”. Bạn hãy xem lại tên và thư mục."
        )
    return load_rules(path.stem, {path.stem: path})._replace(file=str(path.absolute()))


def rules_folders(bank_paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of rules: beside the given banks, then those of the program."""
    return (*(path / RULES_FOLDER for path in bank_paths), shipped_bank() / RULES_FOLDER)
