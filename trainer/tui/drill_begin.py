"""Beginning a contest of several sides, or finding the one that was left."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.contest.engine import RefusedError
from trainer.contest.events import ContestOpened, Side
from trainer.contest.planning import Stock, propose, shortages
from trainer.contest.rules import QuestionPart, Rules
from trainer.errors import BankError, HistoryError, RulesError, UsageError
from trainer.history.store import MAX_NAME
from trainer.text import name_key, one_line

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.tui.services import Services

FIRST_RULES = "chuan"
FEWEST, MOST = 2, 10
SYMBOLS = "●■▲◆★✚▼♥♣♦"
COLOURS = ("red", "blue", "green", "gold", "violet", "cyan", "orange", "pink", "lime", "white")
KEYS = "1234567890"


@dataclass(frozen=True)
class DrillRequest:
    """A contest of several sides that somebody wants to begin.

    Attributes:
        rules: Name of the rules.
        teams: Their names.
        minutes: How long it may take, None: as the rules say.
        seed: None: a new one.
    """

    rules: str
    teams: tuple[str, ...]
    minutes: int | None = None
    seed: int | None = None


def team_names(text: str) -> tuple[str, ...]:
    """Read team names: separated by commas, semicolons, or one a line.

    Raises:
        UsageError: Fewer than two, more than ten, twins, or a name too long.
    """
    names = tuple(name for part in re.split(r"[,;\n]", text) if (name := one_line(part)))
    if len(names) < FEWEST:
        raise UsageError(
            f"Hội thi cần ít nhất {FEWEST} đội. Bạn hãy ghi tên các đội, cách nhau bằng dấu phẩy."
        )
    if len(names) > MOST:
        raise UsageError(
            f"Nhiều nhất {MOST} đội một lượt (mỗi đội một phím số), bạn đã ghi {len(names)} đội."
        )
    known: set[str] = set()
    for name in names:
        if len(name) > MAX_NAME:
            raise UsageError(
                f"Tên đội “{one_line(name, 20)}” dài quá {MAX_NAME} ký tự. Bạn hãy viết ngắn lại."
            )
        if name_key(name) in known:
            raise UsageError(f"Có hai đội cùng tên “{name}”. Bạn hãy đặt tên khác nhau.")
        known.add(name_key(name))
    return names


def plays_in_groups(rules: Rules) -> bool:
    """Tell whether several sides can play these rules."""
    return all(not isinstance(part, QuestionPart) or part.feedback != "end" for part in rules.parts)


def drill_rules(services: Services) -> list[Rules]:
    """Return the rules that the setup offers: the usual ones first, then those for several sides."""
    from trainer.contest.rule_files import rule_files, usable_rules

    usable = usable_rules(rule_files(services.rules_folders), services.cache)
    first = [usable[FIRST_RULES]] if FIRST_RULES in usable else []
    return first + [rules for name, rules in usable.items() if rules.group and name != FIRST_RULES]


def begin_drill(services: Services, request: DrillRequest) -> Session:
    """Draw a plan and open a contest; nothing is recorded when something is wrong.

    Raises:
        BankError: The bank has too little.
        RulesError: The rules are missing, broken, or for one person only.
        UsageError: A team's name cannot be used.
        HistoryError: The record cannot be written.
    """
    rules = services.rules(request.rules)
    if not plays_in_groups(rules):
        raise RulesError(
            f"Luật thi “{rules.title}” chỉ dành cho một người. Gõ “danvan rules” để xem các luật cho nhiều đội."
        )
    bank = services.bank
    stock = Stock(bank.entries("question"), bank.entries("situation"), bank.entries("quotation"))
    known = [services.store.find_player(name) for name in request.teams]
    seen: dict[str, int] = {}
    for player in known:
        if player is not None:
            for item, when in services.store.seen(player.id).items():
                seen[item] = max(when, seen.get(item, when))
    seed = secrets.randbelow(1 << 31) if request.seed is None else request.seed
    count = len(request.teams)
    proposal = propose(rules, count, stock, bank.data, seed, seen, minutes=request.minutes)
    if shortages(proposal.rules, count, stock) or not proposal.plan:
        note = proposal.notes[0] if proposal.notes else "Ngân hàng chưa có câu hỏi nào hợp với luật thi này."
        raise BankError(note)
    sides = [
        Side(player.id, player.name, COLOURS[index], SYMBOLS[index], (), KEYS[index])
        for index, player in enumerate(services.store.enrol(request.teams))
    ]
    session = services.session()
    try:
        session.open(uuid.uuid4().hex, seed, proposal.rules, sides, proposal.plan, group=True)
    except RefusedError:
        raise RulesError(f"Luật thi “{rules.title}” không dùng được cho nhiều đội.") from None
    return session


def unfinished_drill(services: Services) -> str | None:
    """Return the latest contest of several sides that was left, None when there is none."""
    rows = services.store.contests(status="running")
    sides: dict[str, int] = {}
    for row in rows:
        sides[row.id] = sides.get(row.id, 0) + 1
    for contest, count in sides.items():
        if count < FEWEST:
            continue
        try:
            first = services.store.events(contest)[0]
        except HistoryError:
            continue
        if isinstance(first, ContestOpened) and first.group:
            return contest
    return None


def resume_drill(services: Services) -> Session:
    """Continue the contest that was left, its clocks standing.

    Raises:
        UsageError: There is none.
        HistoryError: It cannot be read or written.
    """
    contest = unfinished_drill(services)
    if contest is None:
        raise UsageError("Không có hội thi nào đang dở. Gõ “danvan drill” để bắt đầu một hội thi mới.")
    return services.resume(contest)
