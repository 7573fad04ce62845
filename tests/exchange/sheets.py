"""Contests for result sheets: made up, meddled with, counted again, read back from each format."""

from __future__ import annotations

import csv
import io
import random
import re
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

from trainer.bank.bank import shipped_bank
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.engine import RefusedError, decide, evolve
from trainer.contest.evening.rehearsal import Cast, made_up_plan, next_command, opened, play, teams
from trainer.contest.events import ClockTied, Event, Side
from trainer.contest.rule_files import load_rules, rule_files
from trainer.contest.rules import for_group
from trainer.contest.state import State
from trainer.exchange.result_rows import Results
from trainer.exchange.result_sheet import to_csv

SHIPPED = rule_files([shipped_bank() / "rules"])
PRESETS = ("chuan", "boc-goi", "gio-bien", "rung-chuong", "ngoi-sao", "chi-tinh-huong")

TOLD = (
    *("ScoreChanged", "Undone", "ItemSkipped", "ItemReplaced", "Appealed", "AppealDecided", "SideLeft"),
    *("Overruled", "OverruleUndone", "AnswerAccepted", "Repriced", "ClockMoved", "TieOpened", "RankDecided"),
)
"""Events that a sheet must not leave out."""


def cast(luck: int) -> Cast:
    def number(side: str, position: int) -> int:
        return int(side[1:]) * 5 + position * 3 + position // 4 + luck

    return Cast(
        lambda side, position: number(side, position) % 4 > 0,
        lambda side, position: (number(side, position) % 7) / 8,
        lambda side, position: 130_000 if number(side, position) % 3 == 0 else 0,
        presses=lambda side, position: number(side, position) % 5 == 0,
        highest=luck % 2 == 0,
    )


def contest(preset: str, luck: int = 0, sides: tuple[Side, ...] = ()) -> list[Event]:
    chosen = for_group(load_rules(preset, SHIPPED))
    sides = sides or teams(4)
    first = opened(chosen, sides, made_up_plan(chosen, len(sides)))
    tied = ClockTied(0, "2026-11-24T08:30:00+00:00", "thử")
    _, events = play(evolve(evolve(State(), first), tied), cast(luck))
    return [first, tied, *events]


def recounted(results: Results) -> dict[str, int]:
    """Add up every row of the sheet, with nothing of the engine."""
    totals = {place.team: 0 for place in results.places}
    for part in results.parts:
        for item in part.items:
            for answer in item.answers:
                totals[answer.team] += answer.points
            for speech in item.speeches:
                sums = sorted(
                    min(
                        [
                            sum((Fraction(str(points)) for points in sheet.points), Fraction(0)),
                            *(Fraction(re.findall(r"\d+", cap)[-1]) for cap in sheet.caps),
                        ]
                    )
                    for sheet in speech.sheets
                )
                if speech.sheets_counted < len(sums):
                    sums = sums[1:-1]
                mean = sum(sums, Fraction(0)) / len(sums)
                assert abs(float(mean) - speech.mean) < 0.01
                assert speech.points == int(mean * speech.most / 100 + Fraction(1, 2))
                assert speech.penalty == -(speech.overtime_ms // 60_000)
                totals[speech.team] += speech.points + speech.penalty
    for team, points, _ in results.changes:
        totals[team] += points
    return totals


def meddled(preset: str, seed: int) -> list[Event]:
    """Play a contest in which the facilitator keeps correcting."""
    rng = random.Random(seed)
    chosen = for_group(load_rules(preset, SHIPPED))
    first = opened(chosen, teams(4), made_up_plan(chosen, 4))
    state, events = evolve(State(), first), [first]
    for step in range(4000):
        if not state.running:
            break
        at = state.at + 1000
        side, position = f"d{rng.randint(1, 4)}", max(0, state.position)
        command: Any = next_command(state, cast(seed), at)
        if step < 400 and rng.random() < 0.25:
            command = rng.choice(
                [
                    dc.Undo(at, rng.randint(1, 3)),
                    dc.ChangeScore(at, side, rng.choice([-40, -5, 5]), "Lý do"),
                    dc.Skip(at, "Hỏng"),
                    dc.Replace(at, "Hỏng"),
                    dc.Appeal(at, side, "Chưa đúng"),
                    dc.DecideAppeal(at, side, position, True, "Đồng ý"),
                    c.Overrule(at, side, position, "Xem lại", share=rng.choice([0.0, 0.5, 1.0])),
                    c.Overrule(at, side, position, undo=True),
                    dc.Accept(at, position, (rng.randint(0, 3),), "Cũng đúng"),
                    dc.Judge(at, side, rng.random() < 0.5),
                    dc.Buzz(at, side),
                    dc.MoveClock(at, 10_000),
                    *([dc.Leave(at, side, "Việc riêng")] if rng.random() < 0.1 else []),
                ]
            )
        try:
            made = decide(state, command)
        except RefusedError:
            continue
        for event in made:
            state = evolve(state, event)
        events += made
    return events


def rows(results: Results) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(results).removeprefix("\ufeff"))))


def md_tables(shown: str) -> list[list[list[str]]]:
    found: list[list[list[str]]] = []
    for block in shown.split("\n\n"):
        if block.startswith("|"):
            lines = [
                [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                for line in block.strip().splitlines()
            ]
            found.append([lines[0], *lines[2:]])
    return found


class Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self.found[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][-1][-1] += data


def html_tables(page: str) -> list[list[list[str]]]:
    reader = Tables()
    reader.feed(page)
    return reader.found
