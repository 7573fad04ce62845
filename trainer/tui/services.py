"""What the screens need from below, opened once by the command line."""

from __future__ import annotations

import contextlib
import secrets
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import trainer
from trainer.bank.bank import Bank, open_bank, shipped_bank
from trainer.bank.paths import RULES_FOLDER
from trainer.contest.rule_files import load_rules, rule_files, usable_rules
from trainer.contest.rules import Rules
from trainer.errors import BankError, HistoryError
from trainer.history.store import Player, Store, utc_now

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.history.coaching import SituationRecord

PROGRAM = f"danvan {trainer.__version__}"
HOME_RULES = ("nhanh", "thi-thu", "chuan", "du-loai")
"""Shown first on the home screen, in this order."""
SITUATION_RULES = "tinh-huong"
QUOTATION_RULES = "loi-bac"
RECITAL_RULES = "hoc-thuoc"
PLACES_OF_THEIR_OWN = (SITUATION_RULES, QUOTATION_RULES, RECITAL_RULES)
"""Rules that home does not list: their places begin them."""


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
    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], str] = utc_now
    _bank: Bank | None = field(default=None, repr=False)

    @property
    def bank(self) -> Bank:
        """The bank, opened when first asked for."""
        if self._bank is None:
            self._bank = open_bank(self.bank_paths, self.cache)
        return self._bank

    def rules(self, name: str) -> Rules:
        """Read rules by name.

        Raises:
            RulesError: They are missing or broken.
        """
        usable = usable_rules(rule_files(self.rules_folders), self.cache)
        return usable[name] if name in usable else load_rules(name, rule_files(self.rules_folders))

    def solo_rules(self) -> list[Rules]:
        """Return the rules that home offers, the usual ones first; broken ones are left to `danvan check`."""
        usable = usable_rules(rule_files(self.rules_folders), self.cache)
        first = [usable[name] for name in HOME_RULES if name in usable]
        return first + [
            rules
            for name, rules in usable.items()
            if name not in HOME_RULES and name not in PLACES_OF_THEIR_OWN
        ]

    def begin(self, request: RoundRequest) -> Session:
        """Draw a plan and open a contest.

        Raises:
            BankError: Nothing in the bank fits.
            RulesError: The rules are missing or broken.
            HistoryError: The record cannot be written.
        """
        from trainer.contest.events import Side
        from trainer.contest.selection import plan_contest

        rules = self.rules(request.rules)
        bank = self.bank
        self._known_topics(request.topics)
        seed = secrets.randbelow(1 << 31) if request.seed is None else request.seed
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
        session.open(uuid.uuid4().hex, seed, rules, [Side(*self.player)], plan)
        return session

    def _known_topics(self, topics: Collection[str]) -> None:
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
            HistoryError: It cannot be read or written.
        """
        from trainer.contest.session import Session

        return Session(self.store, self.clock, self.wall, self.store.events(contest), program=PROGRAM)


def rules_folders(bank_paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of rules: beside the given banks, then those of the program."""
    return (*(path / RULES_FOLDER for path in bank_paths), shipped_bank() / RULES_FOLDER)
