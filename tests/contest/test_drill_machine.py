"""Random legal and illegal commands under every preset: nothing breaks, scores agree, undo is exact."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.contest import naive
from trainer.bank.bank import shipped_bank
from trainer.contest import commands as c
from trainer.contest.drill import commands as dc
from trainer.contest.drill.deciding import DECIDERS
from trainer.contest.drill.events import Decided
from trainer.contest.drill.ranking import open_ties, part_winners, ranking, tied_groups
from trainer.contest.engine import RefusedError, decide, evolve, fold
from trainer.contest.evening.rehearsal import Cast, made_up_plan, next_command, opened, teams
from trainer.contest.events import Event, event_from_data, event_to_data
from trainer.contest.rule_files import load_rules, rule_files
from trainer.contest.rules import QuestionPart, Rules, SituationPart, for_group
from trainer.contest.state import State

SHIPPED = rule_files([shipped_bank() / "rules"])
PRESETS = ("chuan", "boc-goi", "gio-bien", "rung-chuong", "ngoi-sao", "chi-tinh-huong")


def small(name: str) -> Rules:
    """A preset with few questions, so that a short run gets to its end, and with what can be lost."""
    rules = load_rules(name, SHIPPED)
    parts: list[Any] = []
    for part in rules.parts:
        if isinstance(part, SituationPart):
            parts.append(part)
            continue
        play = part.play
        if play.eliminate:
            play = dataclasses.replace(play, rescue_from=2, rescue_left=60, later_seconds=((3, 30),))
        if play.audience_every:
            play = dataclasses.replace(play, audience_every=2)
        count = part.count if play.values else min(part.count, 4)
        parts.append(dataclasses.replace(part, count=count, play=play, wrong=-3))
    tie = QuestionPart(count=2, seconds=15)
    return for_group(rules._replace(parts=tuple(parts), tie_break=tie, judges=min(rules.judges, 5)))


def buzzing() -> Rules:
    part = QuestionPart(count=5, seconds=15, wrong=-5)
    play = dataclasses.replace(part.play, mode="buzzers", early_lock_ms=500)
    return for_group(Rules("chuong", "Bấm chuông", "", (dataclasses.replace(part, play=play),)))


def without_clocks(state: State) -> State:
    """The state but for what time alone changes."""
    assert state.drill is not None
    drill = state.drill._replace(trail=type(state.drill.trail)(), live_from=0, stage_at=0)
    return state._replace(
        at=0, deadline=None, part_deadline=None, opened_at=0, paused_at=None, pause_reason="", drill=drill
    )


def left(state: State, now: int) -> int | None:
    """What the clock shows."""
    seen = now if state.paused_at is None else state.paused_at
    return None if state.deadline is None else state.deadline - seen


SIDES = st.sampled_from(["d1", "d2", "d3", "d4", "nobody"])
AT = st.sampled_from([0, 1, 5, 15, 25, 300, 450, 700, 2_000, 9_000, 16_000, 70_000, -50])
TEXT = st.sampled_from(["", "nhầm", "Ban tổ chức quyết định"])
POSITION = st.integers(-1, 12)
SHARE = st.sampled_from([0.0, 0.25, 0.5, 1.0])
CHOSEN = st.sampled_from([(), (0,), (1,), (2,), (9,), (0, 1)])
ANY_COMMAND = st.one_of(
    st.builds(c.Tick, AT),
    st.builds(c.Pause, AT),
    st.builds(c.Unpause, AT),
    st.builds(c.Advance, AT),
    st.builds(c.HandIn, AT),
    st.builds(c.GoTo, AT, POSITION),
    st.builds(c.TakeTurn, AT, SIDES),
    st.builds(c.TieClock, AT, st.just("2026-11-24"), st.just("test")),
    st.builds(c.Answer, AT, SIDES, CHOSEN),
    st.builds(c.Draft, AT, SIDES, st.just("answer"), CHOSEN),
    st.builds(c.Overrule, AT, SIDES, POSITION, TEXT, st.booleans(), SHARE),
    st.builds(c.Mark, AT, st.sampled_from(["j1", "j2", "x"]), SIDES, st.integers(-1, 5), SHARE),
    st.builds(c.MarkCap, AT, st.sampled_from(["j1", "j2"]), SIDES, st.integers(-1, 1), st.booleans()),
    st.builds(c.SetJudges, AT, st.integers(0, 6)),
    st.builds(c.CloseSheets, AT),
    st.builds(dc.StartClock, AT),
    st.builds(dc.MoveClock, AT, st.sampled_from([-10_000, 10_000, 0])),
    st.builds(dc.Judge, AT, SIDES, st.booleans()),
    st.builds(dc.CloseItem, AT),
    st.builds(dc.Reveal, AT),
    st.builds(dc.Draw, AT, st.integers(-1, 5)),
    st.builds(dc.Choose, AT, st.lists(st.sampled_from([10, 20, 30, 7]), min_size=3, max_size=3).map(tuple)),
    st.builds(dc.PlaceStar, AT, SIDES),
    st.builds(dc.OpenBuzzers, AT),
    st.builds(dc.StopBuzzers, AT),
    st.builds(dc.Buzz, AT, SIDES, st.none()),
    st.builds(dc.GiveFloor, AT, st.sampled_from(["", "d1", "d2"])),
    st.builds(dc.Skip, AT, TEXT),
    st.builds(dc.Replace, AT, TEXT),
    st.builds(dc.LookBack, AT),
    st.builds(dc.ShowStandings, AT, st.booleans()),
    st.builds(dc.ChangeScore, AT, SIDES, st.sampled_from([-40, -5, 0, 5, 4_000]), TEXT),
    st.builds(dc.Accept, AT, POSITION, CHOSEN, TEXT),
    st.builds(dc.Appeal, AT, SIDES, TEXT),
    st.builds(dc.DecideAppeal, AT, SIDES, POSITION, st.booleans(), TEXT),
    st.builds(dc.Rescue, AT, st.sampled_from([(), ("d1",), ("d2", "d3")])),
    st.builds(dc.UseLifeline, AT, SIDES),
    st.builds(dc.Leave, AT, SIDES, TEXT),
    st.builds(dc.BreakTie, AT, st.sampled_from([("d1", "d2"), ("d1", "d2", "d3", "d4")])),
    st.builds(
        dc.DecideRank, AT, st.sampled_from([("d1", "d2"), ("d2", "d1")]), st.sampled_from(["lot", "x"])
    ),
    st.builds(dc.EndEarly, AT, TEXT),
    st.builds(dc.AddNote, AT, TEXT),
    st.builds(dc.SetPrizes, AT, st.sampled_from([(("Nhất", 2),), (("Giải", -1),)])),
)


class Machine(RuleBasedStateMachine):
    """One contest of four teams."""

    preset: Rules

    @initialize(count=st.integers(2, 4))
    def open(self, count: int) -> None:
        first = opened(self.preset, teams(count), made_up_plan(self.preset, count))
        self.state = evolve(State(), first)
        self.events: list[Event] = [first]
        self.before: list[tuple[State, int]] = []
        """What was before each decision that stands, and when it was made."""

    def send(self, command: c.Command) -> None:
        try:
            made = decide(self.state, command)
        except RefusedError as refused:
            assert refused.code  # noqa: PT017 - a reason is always given
            return
        if made and isinstance(made[0], Decided):
            self.before.append((self.state, made[0].at))
        for event in made:
            assert event.at >= 0
            self.state = evolve(self.state, event)
        self.events += made

    @rule(command=ANY_COMMAND)
    def anything(self, command: c.Command) -> None:
        self.send(command._replace(at=self.state.at + command.at))

    @rule(
        steps=st.integers(1, 12),
        right=st.booleans(),
        share=SHARE,
        pace=st.sampled_from([450, 2_000, 20_000]),
        presses=st.booleans(),
    )
    def as_it_should_go(self, steps: int, right: bool, share: float, pace: int, presses: bool) -> None:
        cast = Cast(
            lambda side, position: right != ((int(side[1:]) + position) % 3 == 0),
            lambda _side, _position: share,
            lambda _side, position: 61_000 * (position % 2),
            lambda _side, _position: presses,
            highest=right,
        )
        for _ in range(steps):
            if self.state.paused_at is not None:
                self.send(c.Unpause(self.state.at))
            if self.state.running:
                self.send(next_command(self.state, cast, self.state.at + pace))

    @rule(
        what=st.sampled_from(
            [
                "overrule",
                "back",
                "accept",
                "decide",
                "letters",
                "press",
                "floor",
                "lifeline",
                "reveal",
                "replace",
                "star",
                "drop",
                "silence",
            ]
        ),
        pick=st.integers(0, 30),
        share=SHARE,
        gap=st.sampled_from([0, 3, 200]),
    )
    def correct(self, what: str, pick: int, share: float, gap: int) -> None:
        """What the facilitator does to something that is there."""
        state, at = self.state, self.state.at + gap
        drill = state.drill
        assert drill is not None
        sides = [side.id for side in state.sides]
        keys = list(state.attempts)
        if what in ("overrule", "back") and keys:
            side, position = keys[pick % len(keys)]
            self.send(c.Overrule(at, side, position, "xem lại", what == "back", share))
        elif what == "accept" and drill.opened:
            self.send(dc.Accept(at, drill.opened[pick % len(drill.opened)], (1 + pick % 3,), "cũng đúng"))
        elif what == "decide" and drill.appeals:
            appeal = drill.appeals[pick % len(drill.appeals)]
            self.send(dc.DecideAppeal(at, appeal.side, appeal.position, share > 0, "đã xem"))
        elif what == "letters":
            for number, side in enumerate(sides):
                self.send(c.Answer(at + number, side, ((pick + number) % 4,)))
        elif what == "press":
            for number, side in enumerate(sides[pick % len(sides) :]):
                self.send(dc.Buzz(at + number * gap, side, at))
        elif what == "floor":
            self.send(dc.GiveFloor(at))
        elif what == "reveal":
            self.send(dc.Reveal(at + 500))
        elif what == "replace":
            self.send(dc.Replace(at, "lỗi"))
        elif what == "star":
            self.send(dc.PlaceStar(at, drill.turn))
            self.send(c.Advance(at + 500))
            self.send(dc.Replace(at + 600, "lỗi"))
        elif what == "drop":
            self.send(dc.PlaceStar(at, drill.turn))
            self.send(c.Advance(at + 500))
            self.send(dc.Skip(at + 600, "lỗi"))
            if pick % 2:
                self.send(dc.PlaceStar(at + 700, drill.turn))
            self.send(dc.Replace(at + 800, "lỗi"))
        elif what == "silence":
            self.send(dc.StartClock(at))
            self.send(dc.MoveClock(at + 1, -3_600_000))
            self.send(c.Tick(at + 2))
            self.send(dc.OpenBuzzers(at + 3))
        elif what == "lifeline":
            self.send(dc.UseLifeline(at, sides[pick % len(sides)]))

    @rule(steps=st.integers(0, 6), wait=st.sampled_from([0, 3_000]))
    def undo(self, steps: int, wait: int) -> None:
        if not 0 < steps <= len(self.before):
            with pytest.raises(RefusedError):
                decide(self.state, dc.Undo(self.state.at, steps or 10_000))
            return
        expected, when = self.before[-steps]
        del self.before[-steps:]
        made = decide(self.state, dc.Undo(self.state.at + wait, steps))
        assert len(made) == 1
        now = self.state.at
        self.state = evolve(self.state, made[0])
        self.events += made
        assert self.state.at >= now
        assert without_clocks(self.state) == without_clocks(expected)
        assert left(self.state, self.state.at) == left(expected, when)

    @invariant()
    def scores_are_those_of_a_naive_scorer(self) -> None:
        counted = naive.scores(self.events)
        assert {side.id: self.state.score(side.id) for side in self.state.sides} == counted

    @invariant()
    def nothing_is_revealed_before_its_event(self) -> None:
        drill = self.state.drill
        assert drill is not None
        shown = {
            event.position for event in naive.standing(self.events) if type(event).__name__ == "Revealed"
        }
        assert drill.revealed == shown
        asked = {at for at in shown if isinstance(self.preset.parts[self.state.plan[at].part], QuestionPart)}
        assert asked <= drill.closed
        if self.state.phase == "feedback":
            assert self.state.position in shown

    @invariant()
    def the_ranking_has_every_side_once(self) -> None:
        places = ranking(self.state)
        assert sorted(place.side for place in places) == sorted(side.id for side in self.state.sides)
        assert [place.rank for place in places] == sorted(place.rank for place in places)
        assert {side for group in open_ties(self.state) for side in group} <= {
            side for group in tied_groups(self.state) for side in group
        }
        part_winners(self.state)

    def teardown(self) -> None:
        if not hasattr(self, "events"):
            return
        assert fold(self.events) == self.state
        written = json.dumps([(event.at, *event_to_data(event)) for event in self.events])
        read = [event_from_data(kind, at, data) for at, kind, data in json.loads(written)]
        assert read == self.events
        assert fold(read) == self.state


@pytest.mark.parametrize("name", [*PRESETS, "buzzers"])
def test_nothing_breaks_a_contest(name: str) -> None:
    machine = type(f"Machine_{name}", (Machine,), {"preset": buzzing() if name == "buzzers" else small(name)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=50,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def test_every_command_of_a_facilitator_is_tried() -> None:
    tried = {dc.Undo, *_kinds(ANY_COMMAND)}
    assert set(DECIDERS) <= tried


def _kinds(strategy: Any) -> set[type]:
    return {each.wrapped_strategy.target for each in strategy.original_strategies}
