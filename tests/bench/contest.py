"""The engine under a full hall: 1,000 contests of 30 teams, with the cost of an event."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from trainer.bank.bank import shipped_bank
from trainer.contest.drill import commands as dc
from trainer.contest.drill.ranking import ranking
from trainer.contest.engine import decide, evolve, fold
from trainer.contest.evening.rehearsal import Cast, made_up_plan, opened, play, teams
from trainer.contest.rule_files import load_rules, rule_files
from trainer.contest.rules import for_group
from trainer.contest.state import State

PRESETS = ("chuan", "boc-goi", "gio-bien", "rung-chuong", "ngoi-sao", "chi-tinh-huong")
CONTESTS = 1_000
TEAMS = 30
EVENT_BUDGET_US = 200.0
"""A command is recorded in about 1 ms; the engine's own share must not be felt beside it."""


def contest(folder: Path, contests: int = CONTESTS) -> bool:
    """Play contests of 30 teams under all presets in turn; whether an event is cheap enough.

    Args:
        folder: Not used; every benchmark is given one.
        contests: How many.
    """
    del folder
    files = rule_files([shipped_bank() / "rules"])
    firsts = {}
    for name in PRESETS:
        rules = for_group(load_rules(name, files))
        firsts[name] = opened(rules, teams(TEAMS), made_up_plan(rules, TEAMS))
    cost: dict[str, list[float]] = {name: [] for name in PRESETS}
    total, longest = 0, 0
    begin = time.perf_counter()
    last = State()
    for number in range(contests):
        name = PRESETS[number % len(PRESETS)]
        state = evolve(State(), firsts[name])
        started = time.perf_counter()
        state, events = play(state, _cast(number))
        cost[name].append((time.perf_counter() - started) / len(events))
        total += len(events)
        longest = max(longest, len(events))
        last = state if len(events) == longest else last
    spent = time.perf_counter() - begin
    for name, each in cost.items():
        if each:
            print(f"  {name:<16} {statistics.median(each) * 1e6:7.1f} µs an event, with choosing the command")
    fold_us, undo_ms, ranking_ms = _on(last)
    print(
        f"  longest contest: {longest} events; folding {fold_us:.1f} µs an event, "
        f"undo of one decision {undo_ms:.1f} ms, ranking {ranking_ms:.2f} ms"
    )
    mean = spent / total * 1e6
    good = mean <= EVENT_BUDGET_US
    print(
        f"{contests} contests of {TEAMS} teams: {total} events in {spent:.1f} s, {mean:.1f} µs an event   "
        f"budget {EVENT_BUDGET_US:.0f}   {'ok' if good else 'OVER'}",
        flush=True,
    )
    return good


def _cast(seed: int) -> Cast:
    rng = random.Random(seed)
    strength = {f"d{number}": rng.uniform(0.4, 0.95) for number in range(1, TEAMS + 1)}
    return Cast(
        lambda side, _position: rng.random() < strength[side],
        lambda side, _position: rng.choice((0.5, 0.75, 1.0)) if rng.random() < strength[side] else 0.25,
        lambda _side, _position: rng.choice((0, 0, 0, 61_000)),
        presses=lambda side, _position: rng.random() < strength[side] / 4,
    )


def _on(state: State) -> tuple[float, float, float]:
    """Return µs an event of folding, ms of an undo, ms of the ranking, on one finished contest."""
    assert state.drill is not None
    events = list(state.drill.trail)
    begin = time.perf_counter()
    fold(events)
    folded = time.perf_counter()
    for event in decide(state, dc.Undo(state.at)):
        evolve(state, event)
    undone = time.perf_counter()
    ranking(state)
    ranked = time.perf_counter()
    return (folded - begin) / len(events) * 1e6, (undone - folded) * 1000, (ranked - undone) * 1000
