"""A drill of what a contest of several sides missed: the same teams, only those questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.contest.drill.taking_part import drill_of
from trainer.contest.drill.weakness import missed
from trainer.contest.events import Planned
from trainer.contest.rules import Play, QuestionPart, Rules
from trainer.contest.selection import presented_order
from trainer.contest.state import State
from trainer.errors import RulesError, UsageError
from trainer.tui.services import new_seed

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.tui.services import Services

MOST = 20
"""Questions of such a drill: about a quarter of an hour."""
BASE_RULES = "gio-bien"
NAME, TITLE = "luyen-lai", "Luyện lại những câu sai nhiều"
NOTHING = "Không đội nào sai câu nào: không có gì để luyện lại."
_PLAIN = QuestionPart(count=1, kinds=(), seconds=10, right=5, play=Play("together", raise_s=5))


def again_rules(services: Services, count: int, kinds: tuple[str, ...]) -> Rules:
    """Return the rules: all teams raise their signs, so many questions, no prizes and no ties to break."""
    try:
        base = services.rules(BASE_RULES)
    except RulesError:  # the rules beside one's own bank are broken: that must not stop a drill
        base = Rules(BASE_RULES, "", "", ())
    part = next((part for part in base.parts if isinstance(part, QuestionPart)), _PLAIN)
    play = replace(part.play, mode="together", audience_every=0, reserve=0, eliminate=False, tie=False)
    asked = replace(part, count=count, kinds=kinds, play=play)
    return base._replace(
        name=NAME,
        title=TITLE,
        summary=f"{count} câu cả hội trường sai nhiều nhất, các đội giơ biển cùng lúc",
        parts=(asked,),
        ties=("judges",),
        prizes=(),
        part_prizes=(),
        tie_break=None,
    )


def begin_again(services: Services, state: State, seed: int | None = None) -> Session:
    """Open a contest of the same teams with what they missed, most missed first.

    The questions are as the bank has them today: a mended one is asked as mended.

    Raises:
        UsageError: Nothing was missed, or too few teams stayed.
        HistoryError: The record cannot be written.
    """
    found = missed(state, MOST)
    if not found:
        raise UsageError(NOTHING)
    left = drill_of(state).left
    sides = [side for side in state.sides if side.id not in left]
    if len(sides) < 2:
        raise UsageError(
            "Chỉ còn một đội nên không mở được hội thi. Bạn hãy mở hội thi mới bằng “danvan drill”."
        )
    seed = new_seed() if seed is None else seed
    bank = services.bank
    today = {entry.id for entry in bank.entries("question")}
    plan = []
    for each in found:
        kept = state.plan[each.position].item
        item = bank.data(kept["id"]) if kept["id"] in today else kept
        plan.append(Planned(0, item, presented_order(item, seed)))
    kinds = tuple(dict.fromkeys(planned.item["kind"] for planned in plan))
    return services.open_group(seed, again_rules(services, len(plan), kinds), sides, plan)
