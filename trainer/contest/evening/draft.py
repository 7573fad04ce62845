"""A prepared evening: the set of items that a facilitator looks over, changes, saves and plays; pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import Entry
from trainer.contest.evening.planning import Proposal, Stock, alternatives, shortages, swapped
from trainer.contest.evening.timing import Duration
from trainer.contest.events import Planned
from trainer.contest.forms import quotation_of
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.contest.selection import quotation_forms

_ROLES = ("", "audience", "reserve")

DataOf = Callable[[str], dict[str, Any]]


class Chosen(NamedTuple):
    """An item of a set as its file names it.

    Attributes:
        part, package: Counted from 0; package -1: none.
        note: What the facilitator wants to remember when it is asked, "".
    """

    id: str
    part: int
    role: str = ""
    package: int = -1
    value: int = 0
    level: int = 0
    note: str = ""


class Draft(NamedTuple):
    """What is ready to be played.

    Attributes:
        rules: As several sides play them; counts fitted to the minutes.
        plan: All items, spare ones too.
        time: How long it takes.
        notes: What deserves a look, Vietnamese sentences.
        seed: All the chance there is.
        minutes: What was wished, None: as the rules say.
        topics: Only these, () for all.
        sides: For how many sides it was drawn.
        lacking: Why it cannot be played, "" when it can.
        title: What the evening is called.
        path: File it was read from or saved to, "".
    """

    rules: Rules
    plan: tuple[Planned, ...]
    time: Duration
    notes: tuple[str, ...]
    seed: int
    minutes: int | None
    topics: tuple[str, ...]
    sides: int
    lacking: str = ""
    title: str = ""
    path: str = ""


def proposed(
    proposal: Proposal, sides: int, stock: Stock, seed: int, minutes: int | None, topics: Sequence[str]
) -> Draft:
    """Return a proposal as a draft."""
    lacking = ""
    if shortages(proposal.rules, sides, stock, topics) or not proposal.plan:
        lacking = next(iter(proposal.notes), "Ngân hàng chưa có câu hỏi nào hợp với luật thi này.")
    found = Draft(*proposal, seed, minutes, tuple(topics), sides, lacking, proposal.rules.title)
    return found._replace(plan=in_order(found.plan))


def in_order(plan: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return a plan as it is listed and kept in a file: by part, role, package and value."""
    return tuple(
        sorted(plan, key=lambda each: (each.part, _ROLES.index(each.role), each.package, each.value))
    )


def chosen_of(draft: Draft) -> tuple[Chosen, ...]:
    """Return the items of a draft as its file names them."""
    return tuple(
        Chosen(
            planned.item["id"],
            planned.part,
            planned.role,
            planned.package,
            planned.value,
            planned.item.get("level", 0),
            note_of(planned.item),
        )
        for planned in draft.plan
    )


def note_of(item: Mapping[str, Any]) -> str:
    """Return the facilitator's note on an item of a set, "" for none."""
    return str(item.get("note", ""))


def with_note(draft: Draft, position: int, note: str) -> Draft:
    """Return the draft with a note on the item at `position`; "" takes it away."""
    plan = list(draft.plan)
    item = {key: value for key, value in plan[position].item.items() if key != "note"}
    plan[position] = plan[position]._replace(item={**item, "note": note} if note else item)
    return draft._replace(plan=tuple(plan))


def called(draft: Draft) -> Rules:
    """Return the rules as they are opened: with the evening's title, their own one kept beside it."""
    rules = draft.rules
    if draft.title in ("", rules.title):
        return rules
    return rules._replace(title=draft.title, own_title=rules.title)


def tally(draft: Draft) -> tuple[int, int, int]:
    """Return how many questions and situations are asked, and how many items are spare ones."""
    asked = situations = 0
    for index, part in enumerate(draft.rules.parts):
        ready = sum(planned.part == index and planned.role == "" for planned in draft.plan)
        most = part.count * draft.sides
        if isinstance(part, SituationPart):
            situations += min(ready, most)
        elif part.play.values:
            # Where sides choose what a question is worth, more lie ready than are asked.
            asked += most
        elif not part.play.tie:
            # A package that no side is there to draw lies spare.
            asked += min(ready, most) if part.play.mode == "turns" else ready
    return asked, situations, len(draft.plan) - asked - situations


def is_tie(rules: Rules, part: int) -> bool:
    """Tell whether a part only breaks ties."""
    found = rules.parts[part]
    return isinstance(found, QuestionPart) and found.play.tie


# --- swapping -------------------------------------------------------------------------------------


def next_item(
    draft: Draft,
    position: int,
    stock: Stock,
    data_of: DataOf,
    seen: Mapping[str, int],
    tried: Collection[str] = (),
) -> dict[str, Any] | None:
    """Return what could stand at `position` instead, None when the bank has nothing more.

    Args:
        draft: As it stands.
        position: In the plan.
        stock: What the bank has.
        data_of: id -> canonical dictionary.
        seen: id -> when one of the sides last met it; what they have not met comes first.
        tried: Ids that stood there before.
    """
    planned = draft.plan[position]
    part = draft.rules.parts[planned.part]
    if isinstance(part, QuestionPart) and part.draws == "quotations":
        used = {quotation_of(each.item["id"]) for each in draft.plan} | {quotation_of(each) for each in tried}
        free = [entry for entry in stock.quotations if entry.id not in used]
        made = quotation_forms(planned.part, part, free, data_of, draft.seed, seen, draft.topics, None, 1)
        return made[0].item if made else None
    level, topic = planned.item.get("level", 0), planned.item.get("topic", "")
    groups = part.groups if isinstance(part, SituationPart) else ()
    found = [
        entry
        for entry in alternatives(draft.rules, draft.plan, position, stock, draft.topics)
        if entry.id not in tried and (not groups or data_of(entry.id).get("group") in groups)
    ]
    if not found:
        return None

    def rank(entry: Entry) -> tuple[int, int, bool, float, str]:
        lot = random.Random(f"{draft.seed}:{entry.id}").random()  # noqa: S311 - a game, not a secret
        return abs(entry.level - level), seen.get(entry.id, -1), entry.topic != topic, lot, entry.id

    return data_of(min(found, key=rank).id)


def with_item(draft: Draft, position: int, item: dict[str, Any]) -> Draft:
    """Return the draft with another item at `position`."""
    return draft._replace(plan=swapped(draft.plan, position, item, draft.seed))
