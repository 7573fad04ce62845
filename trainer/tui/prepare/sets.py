"""A prepared evening and its file: opened, looked over, remembered for the next time."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.bank.problems import Problem
from trainer.contest.evening import set_file
from trainer.contest.evening.assembling import assembled
from trainer.contest.evening.draft import Chosen, Draft, chosen_of
from trainer.contest.evening.set_file import Evening
from trainer.contest.evening.teams import FEWEST, Team, check_teams, remembering, wrong_team
from trainer.contest.rule_files import rule_files
from trainer.contest.rules import Rules
from trainer.errors import BankError, RulesError, SetFileError, UsageError
from trainer.text import name_key
from trainer.tui.drill.begin import group_rules, stock_of

if TYPE_CHECKING:
    from trainer.tui.services import Services

_KNOWN = "drill-teams"
_RULE_FILES = (".yaml", ".yml")
_PLAIN = re.compile(r"[^/\\\0]{1,100}")
LAST_FILE = "drill-file"
"""The setting that keeps which file was saved last."""


@dataclass(frozen=True)
class Prepared:
    """What the screens before a contest hand each other.

    Attributes:
        draft: The set.
        teams: In their order.
        saved: The set and teams as they stand in the file, None: not saved.
        drawn: The items as they were drawn or read, before anybody changed them, None: nobody did.
    """

    draft: Draft
    teams: tuple[Team, ...]
    saved: tuple[object, ...] | None = None
    drawn: tuple[tuple[Chosen, ...], int] | None = None

    @property
    def mark(self) -> tuple[object, ...]:
        """What a file of it would say."""
        return chosen_of(self.draft), self.teams, self.draft.seed

    @property
    def items(self) -> tuple[tuple[Chosen, ...], int]:
        """The items alone, whoever plays them."""
        return chosen_of(self.draft), self.draft.seed

    @property
    def at_stake(self) -> bool:
        """Whether somebody's work on the items would be lost with this set."""
        in_file = None if self.saved is None else (self.saved[0], self.saved[2])
        return self.drawn is not None and self.items not in (self.drawn, in_file)


def remembered_teams(services: Services) -> tuple[Team, ...]:
    """Return the teams of the last time, with all that was said of them; () when there are none."""
    try:
        rows: list[dict[str, Any]] = json.loads(services.store.setting(_KNOWN) or "[]")
        teams = [Team(**{**row, "members": tuple(row["members"])}) for row in rows]
        return remembering(teams, [team for team in teams if not wrong_team(team)])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def remember_teams(services: Services, teams: Sequence[Team]) -> None:
    """Keep the teams for the next time."""
    rows = [team._asdict() for team in teams]
    services.store.set_setting(_KNOWN, json.dumps(rows, ensure_ascii=False))


def evening_of(prepared: Prepared, path: Path) -> Evening:
    """Return what the file at `path` says of a prepared evening."""
    draft = prepared.draft
    return Evening(
        draft.title,
        _rules_in_file(draft.rules, path),
        draft.minutes,
        draft.topics,
        draft.seed,
        prepared.teams,
        chosen_of(draft),
    )


def _rules_in_file(rules: Rules, path: Path) -> str:
    """Return what a set's file calls its rules: their name, or their file where they came from one."""
    if not rules.file:
        return rules.name
    own = Path(rules.file)
    return own.name if own.parent == path.absolute().parent else str(own)


def save_set(prepared: Prepared, path: Path) -> Prepared:
    """Write a prepared evening to a file; returns it as saved.

    Raises:
        SetFileError: It cannot be written there.
    """
    prompts = [planned.item.get("title") or planned.item["prompt"] for planned in prepared.draft.plan]
    set_file.save(path, set_file.as_yaml(evening_of(prepared, path), prompts))
    return replace(prepared, draft=prepared.draft._replace(path=str(path)), saved=prepared.mark)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def _rules_name(services: Services, given: str, path: Path) -> str:
    """Return the name of the rules that a set's file names: a file of rules, or a name.

    A file is looked for from the set's own folder. A name that nobody knows may be that of a file
    beside the set, so that own rules travel with it.

    Raises:
        RulesError: There is no such file.
    """
    if given.casefold().endswith(_RULE_FILES):
        return str(_as_named(path.parent / given))
    if given in rule_files(services.rules_folders) or not _PLAIN.fullmatch(given):
        return given
    for ending in _RULE_FILES:
        beside = path.with_name(given + ending)
        if beside.is_file() and beside != path:
            return str(beside)
    return given


def _as_named(path: Path) -> Path:
    """Return the file of that name as its folder spells it: composed or decomposed, with its spaces."""
    with contextlib.suppress(OSError, ValueError):
        if not path.exists():
            wanted = name_key(path.name)
            return next((each for each in path.parent.iterdir() if name_key(each.name) == wanted), path)
    return path


def looked_over(services: Services, path: Path) -> tuple[Prepared | None, list[Problem]]:
    """Read a set's file and try it on the bank and the rules: everything that is wrong with it.

    Errors keep it from being played; warnings are mended already. All errors are told at once.
    """
    evening, places, problems = set_file.read(path)
    if evening is None:
        return None, problems
    name, broken = str(path), any(problem.severity == "error" for problem in problems)
    if broken and not evening.rules:
        return None, problems
    try:
        rules = group_rules(services, _rules_name(services, evening.rules, path))
    except RulesError as error:
        problems.append(Problem(name, *places.rules, "error", "unknown-rules", str(error)))
        return None, sorted(problems, key=_place)
    try:
        services.check_topics(evening.topics)
    except BankError as error:
        problems.append(Problem(name, *places.topics, "warning", "unknown-topic", str(error)))
        evening = evening._replace(topics=())
    draft, misfits = assembled(
        rules,
        evening.items,
        max(len(evening.teams), FEWEST),
        evening.seed,
        stock_of(services.bank),
        services.bank.data,
        minutes=evening.minutes,
        topics=evening.topics,
    )
    if broken:  # what the errors above it already say, or may cause, is not said again
        lines = {problem.line for problem in problems}
        misfits = [each for each in misfits if each.place >= 0 and places.items[each.place][0] not in lines]
    for misfit in misfits:
        place = places.items[misfit.place] if misfit.place >= 0 else (0, 0)
        kind: Any = "error" if misfit.grave else "warning"
        problems.append(Problem(name, *place, kind, misfit.code, misfit.message))
    if broken:
        return None, sorted(problems, key=_place)
    notes = tuple(
        f"Dòng {problem.line}: {problem.message}" if problem.line else problem.message for problem in problems
    )
    draft = draft._replace(title=evening.title or rules.title, path=name, notes=notes)
    prepared = Prepared(draft, evening.teams)
    return (prepared if misfits else replace(prepared, saved=prepared.mark)), problems


def resized(services: Services, prepared: Prepared, teams: Sequence[Team]) -> Prepared:
    """Return the same set for other teams; where it is too small for so many, its draft is lacking.

    Raises:
        UsageError: The teams cannot play.
        RulesError: The rules were taken away meanwhile.
    """
    check_teams(teams)
    draft = prepared.draft
    if len(teams) != draft.sides:
        changed, _ = assembled(
            group_rules(services, draft.rules.origin),
            chosen_of(draft),
            len(teams),
            draft.seed,
            stock_of(services.bank),
            services.bank.data,
            minutes=draft.minutes,
            topics=draft.topics,
        )
        draft = changed._replace(title=draft.title, path=draft.path)
    return replace(prepared, draft=draft, teams=tuple(teams))


def open_set(services: Services, path: Path, most: int = 1) -> Prepared:
    """Read a set's file that can be played.

    Raises:
        SetFileError: It cannot; the first `most` reasons with their lines.
    """
    prepared, problems = looked_over(services, path)
    if prepared is None or prepared.draft.lacking:
        raise SetFileError(set_file.told(problems, most))
    try:
        check_teams(prepared.teams)
    except UsageError as error:
        raise SetFileError(f"{path}: {error}") from None
    return prepared
