"""Beginning a contest of several sides, or finding the one that was left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.contest.evening.draft import Draft, called, proposed
from trainer.contest.evening.planning import Stock, propose
from trainer.contest.evening.teams import Team, check_teams, read_list, remembering, with_defaults
from trainer.contest.events import ContestOpened, Side
from trainer.contest.rules import QuestionPart, Rules
from trainer.errors import BankError, HistoryError, RulesError, UsageError
from trainer.history.database import ANNOUNCED
from trainer.history.halls import halls
from trainer.history.heartbeat import last_beat
from trainer.tui.drill.announcing import told_of
from trainer.tui.services import new_seed

if TYPE_CHECKING:
    from trainer.bank.bank import Bank
    from trainer.contest.session import Session
    from trainer.tui.services import Services

FIRST_RULES = "chuan"


@dataclass(frozen=True)
class DrillRequest:
    """A contest of several sides that somebody wants to begin.

    Attributes:
        rules: Name of the rules.
        teams: Their names.
        minutes: How long it may take, None: as the rules say.
        seed: None: a new one.
        topics: Only these, () for all.
    """

    rules: str
    teams: tuple[str, ...]
    minutes: int | None = None
    seed: int | None = None
    topics: tuple[str, ...] = ()


def team_names(text: str) -> tuple[str, ...]:
    """Read team names: separated by commas, semicolons, or one a line.

    Raises:
        UsageError: Fewer than two, more than ten, twins, or a name too long.
    """
    return tuple(team.name for team in teams_from(text))


def teams_from(text: str, known: Sequence[Team] = ()) -> tuple[Team, ...]:
    """Read teams from a list (:func:`~trainer.contest.evening.teams.read_list`), with what is known of them.

    Raises:
        UsageError: As for :func:`team_names`.
    """
    found = read_list(text)
    check_teams(found)
    teams = remembering(found, known)
    check_teams(teams)
    return teams


def plays_in_groups(rules: Rules) -> bool:
    """Tell whether several sides can play these rules."""
    return all(not isinstance(part, QuestionPart) or part.feedback != "end" for part in rules.parts)


def drill_rules(services: Services) -> list[Rules]:
    """Return the rules that the setup offers: the usual ones first, then those for several sides."""
    from trainer.contest.rule_files import rule_files, usable_rules

    usable = usable_rules(rule_files(services.rules_folders), services.cache)
    first = [usable[FIRST_RULES]] if FIRST_RULES in usable else []
    return first + [rules for name, rules in usable.items() if rules.group and name != FIRST_RULES]


def stock_of(bank: Bank) -> Stock:
    """Return what the bank has to draw from."""
    return Stock(bank.entries("question"), bank.entries("situation"), bank.entries("quotation"))


def seen_by(services: Services, names: Iterable[str]) -> dict[str, int]:
    """Return item -> when one of the teams last met it."""
    seen: dict[str, int] = {}
    for name in names:
        player = services.store.find_player(name)
        if player is not None:
            for item, when in services.store.seen(player.id).items():
                seen[item] = max(when, seen.get(item, when))
    return seen


def group_rules(services: Services, name: str) -> Rules:
    """Return rules that several sides can play.

    Raises:
        RulesError: They are missing, broken, or for one person only.
    """
    rules = services.rules(name)
    if not plays_in_groups(rules):
        raise RulesError(
            f"Luật thi “{rules.title}” chỉ dành cho một người. Gõ “danvan rules” để xem các luật cho nhiều đội."
        )
    return rules


def draft_for(services: Services, request: DrillRequest) -> Draft:
    """Propose a set; :attr:`Draft.lacking` says why it cannot be played where the bank has too little.

    Raises:
        BankError: There is no such topic.
        RulesError: As for :func:`group_rules`.
    """
    rules = group_rules(services, request.rules)
    services.check_topics(request.topics)
    seed = new_seed() if request.seed is None else request.seed
    stock, count = stock_of(services.bank), len(request.teams)
    proposal = propose(
        rules,
        count,
        stock,
        services.bank.data,
        seed,
        seen_by(services, request.teams),
        minutes=request.minutes,
        topics=request.topics,
    )
    return proposed(proposal, count, stock, seed, request.minutes, request.topics)


def begin_drill(services: Services, request: DrillRequest, teams: Sequence[Team] = ()) -> Session:
    """Draw a plan and open a contest; nothing is recorded when something is wrong.

    Args:
        services: Bank, rules, history.
        request: What is wished.
        teams: The teams of the request with all that is known of them; () for names alone.

    Raises:
        BankError: The bank has too little, or there is no such topic.
        RulesError: The rules are missing, broken, or for one person only.
        UsageError: A team's name cannot be used.
        HistoryError: The record cannot be written.
    """
    known = teams or with_defaults([Team(name) for name in request.teams])
    return begin_draft(services, draft_for(services, request), known)


def begin_draft(services: Services, draft: Draft, teams: Sequence[Team]) -> Session:
    """Open a contest with exactly this set; errors as for :func:`begin_drill`."""
    check_teams(teams)
    if draft.lacking:
        raise BankError(draft.lacking)
    players = services.store.enrol([team.name for team in teams])
    sides = [
        Side(player.id, player.name, team.colour, team.symbol, team.members, team.key)
        for player, team in zip(players, teams, strict=True)
    ]
    return services.open_group(draft.seed, called(draft), sides, draft.plan)


def unfinished_drill(services: Services) -> str | None:
    """Return the latest contest of several sides that was left, None when there is none.

    One whose result is not announced to the end was left as well.
    """
    announcing = _unannounced(services)
    if announcing is not None:
        return announcing
    for contest, _, _ in services.store.unfinished_groups():
        try:
            first = services.store.events(contest)[0]
        except HistoryError:
            continue
        if isinstance(first, ContestOpened) and first.group:
            return contest
    return None


def _unannounced(services: Services) -> str | None:
    """Return the newest contest of several sides when its announcement was broken off on this machine."""
    for row in halls(services.store.connection, 1):
        kept = services.store.setting(ANNOUNCED + row.contest)
        told, over = told_of(kept)
        here = bool(kept) or last_beat(services.store.folder, row.contest) > 0  # else: merged from elsewhere
        if row.status == "finished" and here and not over and told < len(row.names):
            return row.contest
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
