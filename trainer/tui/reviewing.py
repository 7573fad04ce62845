"""What to review today: from due memories to a round's plan."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trainer.bank.bank import Bank

if TYPE_CHECKING:
    from trainer.contest.events import Planned


def in_order_of_beginning(bank: Bank) -> Iterator[str]:
    """Yield the bank's questions and quotations in the order in which to begin them.

    Topics take turns, easier levels first; after every four questions comes a quotation.
    """
    topics: dict[str, list[tuple[int, str]]] = {}
    for entry in bank.entries("question"):
        topics.setdefault(entry.topic, []).append((entry.level, entry.id))
    queues = [iter([name for _, name in sorted(items)]) for items in topics.values()]
    questions = (name for row in itertools.zip_longest(*queues) for name in row if name is not None)
    quotations = iter([entry.id for entry in bank.entries("quotation")])
    while True:
        four = list(itertools.islice(questions, 4))
        quotation = next(quotations, None)
        if not four and quotation is None:
            return
        yield from four
        if quotation is not None:
            yield quotation


def review_plan(
    bank: Bank, items: Iterable[str], weak: Mapping[str, Sequence[str]], seed: int
) -> tuple[Planned, ...]:
    """Return the plan of a review round.

    Args:
        bank: Where the items are.
        items: Ids of questions and quotations, in the order in which to ask them.
        weak: Quotation -> its forms that are known worst, worst first.
        seed: All the chance there is.
    """
    from trainer.contest.events import Planned
    from trainer.contest.forms import make_form, possible_forms, recital
    from trainer.contest.selection import presented_order

    quotes: list[dict[str, Any]] | None = None
    plan = []
    for name in items:
        if name not in bank:
            continue
        data = bank.data(name)
        if data["section"] == "quotation":
            if quotes is None:
                quotes = [bank.data(entry.id) for entry in bank.entries("quotation")]
            forms = possible_forms(data)
            random.Random(f"{seed}:{name}").shuffle(forms)  # noqa: S311 - a game, not a secret
            worst = [form.partition(":")[2] for form in weak.get(name, ())]
            others = [other for other in quotes if other["id"] != name]
            made = None
            for form in [form for form in worst if form in forms or form == "recital"] + forms:
                made = recital(data) if form == "recital" else make_form(data, form, others, seed)
                if made is not None:
                    break
            if made is None:
                continue
            data = made
        elif data["section"] != "question":
            continue
        plan.append(Planned(0, data, presented_order(data, seed)))
    return tuple(plan)
