"""Drawing the items of a contest: by rules, by seed, what was seen lately comes later."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from trainer.bank.model import Entry
from trainer.contest.events import Planned
from trainer.contest.forms import (
    FORM_KINDS,
    SEPARATOR,
    make_form,
    possible_forms,
    quotation_of,
    recital,
)
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.text import fold

_KEEP_LAST = re.compile(
    r"(tat ca|ca (a|hai|ba|bon)|ca .* (deu|va)|khong co (dap an|phuong an|y)|khong dap an|cac (dap an|y|phuong an) tren)"
)


def presented_order(item: Mapping[str, Any], seed: int) -> tuple[int, ...]:
    """Return presented position -> canonical index of what is shown in another order than its key.

    Options, items to order or rank, right sides to match. ``true-false`` keeps Đúng before Sai;
    options such as “Tất cả các ý trên” stay last; items to order never stand in the right order.
    """
    kind = item.get("kind")
    texts: Sequence[str] = item.get("options") or item.get("matches") or item.get("items") or ()
    indexes = list(range(len(texts)))
    if kind == "true-false":
        return tuple(sorted(indexes, key=lambda index: texts[index] != "Đúng"))
    random.Random(f"{seed}:{item['id']}:options").shuffle(indexes)  # noqa: S311 - a game, not a secret
    if kind in ("order", "rank") and indexes == sorted(indexes):
        indexes = indexes[1:] + indexes[:1]
    return tuple(sorted(indexes, key=lambda index: bool(_KEEP_LAST.match(fold(texts[index])))))


def draw(
    candidates: Iterable[Entry], count: int, seed: int, seen: Mapping[str, int], label: str
) -> list[str]:
    """Draw up to `count` ids.

    Args:
        candidates: What may be drawn.
        count: How many.
        seed: The contest's seed.
        seen: id -> when it was last seen (any growing number); unseen ids are missing.
        label: Keeps the draws of several parts apart.

    Returns:
        Unseen items first, in random order, then those seen longest ago. Then shuffled, and
        neighbours of one topic are parted where it can be done.
    """
    rng = random.Random(f"{seed}:{label}")  # noqa: S311 - a game, not a secret
    pool = sorted(candidates, key=lambda entry: entry.id)
    rng.shuffle(pool)
    pool.sort(key=lambda entry: seen.get(entry.id, -1))
    chosen = pool[:count]
    rng.shuffle(chosen)
    return [entry.id for entry in parted(chosen)]


def _mixed(
    candidates: Sequence[Entry], count: int, seed: int, seen: Mapping[str, int], label: str
) -> list[str]:
    """Draw like :func:`draw`, one of each kind first."""
    kinds: dict[str, list[Entry]] = {}
    for entry in sorted(candidates, key=lambda entry: entry.id):
        kinds.setdefault(entry.kind, []).append(entry)
    firsts = [draw(entries, 1, seed, seen, f"{label}:{kind}")[0] for kind, entries in sorted(kinds.items())]
    random.Random(f"{seed}:{label}:kinds").shuffle(firsts)  # noqa: S311 - a game, not a secret
    rest = [entry for entry in candidates if entry.id not in firsts]
    chosen = firsts[:count] + draw(rest, max(0, count - len(firsts)), seed, seen, label)
    random.Random(f"{seed}:{label}:mixed").shuffle(chosen)  # noqa: S311
    return chosen


def parted(entries: list[Entry]) -> list[Entry]:
    """Reorder greedily so that neighbours differ in topic while another topic is left."""
    rest = list(entries)
    result: list[Entry] = []
    while rest:
        last = result[-1].topic if result else None
        index = next((at for at, entry in enumerate(rest) if entry.topic != last), 0)
        result.append(rest.pop(index))
    return result


def fits(entry: Entry, part: QuestionPart, topics: Collection[str], levels: Collection[int]) -> bool:
    """Tell whether a question may be asked in a part, narrowed by the player's choice."""
    allowed_topics = {*topics} or {*part.topics}
    allowed_levels = {*levels} or {*part.levels}
    return (
        entry.kind in part.kinds
        and (not allowed_topics or entry.topic in allowed_topics or bool(allowed_topics & {*entry.tags}))
        and (not allowed_levels or entry.level in allowed_levels)
    )


def plan_contest(
    rules: Rules,
    questions: Sequence[Entry],
    situations: Sequence[Entry],
    data_of: Callable[[str], dict[str, Any]],
    seed: int,
    seen: Mapping[str, int],
    *,
    topics: Collection[str] = (),
    levels: Collection[int] = (),
    only: Collection[str] | None = None,
    count: int | None = None,
    quotations: Sequence[Entry] = (),
) -> tuple[Planned, ...]:
    """Draw every item of a contest.

    Args:
        rules: The preset.
        questions: Entries of the bank's questions.
        situations: Entries of the bank's situations.
        data_of: id -> canonical dictionary.
        seed: All the chance there is.
        seen: id -> when it was last seen.
        topics: Only these topics, in place of the rules' own.
        levels: Only these levels, in place of the rules' own.
        only: Only these items, in place of all others (“làm lại câu sai”).
        count: Questions a part, in place of the rules' own.
        quotations: Entries of the bank's quotations, for parts that draw from them.

    Returns:
        The plan; shorter than the rules ask when the bank has too little, and empty when it
        has nothing that fits.
    """
    plan: list[Planned] = []
    used: set[str] = set()
    for index, part in enumerate(rules.parts):
        if isinstance(part, SituationPart):
            wanted = part.count
            fitting = [entry for entry in situations if only is None or entry.id in only]
            if not fitting and only is not None:
                continue
        elif part.draws == "quotations":
            plan += quotation_forms(
                index, part, quotations, data_of, seed, seen, topics, only, count or part.count
            )
            continue
        else:
            wanted = count or part.count
            fitting = [
                entry
                for entry in questions
                if (entry.id in only if only is not None else fits(entry, part, topics, levels))
            ]
        fitting = [entry for entry in fitting if entry.id not in used]
        mixed = isinstance(part, QuestionPart) and part.mix
        drawn = (_mixed if mixed else draw)(fitting, wanted, seed, seen, f"part{index}")
        for item_id in drawn:
            used.add(item_id)
            item = data_of(item_id)
            plan.append(Planned(index, item, presented_order(item, seed)))
    return tuple(plan)


def quotation_forms(
    index: int,
    part: QuestionPart,
    quotations: Sequence[Entry],
    data_of: Callable[[str], dict[str, Any]],
    seed: int,
    seen: Mapping[str, int],
    topics: Collection[str],
    only: Collection[str] | None,
    count: int,
) -> list[Planned]:
    """Draw quotations, those not met lately first, and make one form of each.

    The arguments are those of :func:`plan_contest`, for the part numbered `index`.
    """
    last_met: dict[str, int] = {}
    for item_id, when in seen.items():
        name = quotation_of(item_id)
        last_met[name] = max(when, last_met.get(name, -1))
    allowed = {*topics} or {*part.topics}
    fitting = [
        entry
        for entry in quotations
        if (entry.id in only if only is not None else not allowed or entry.topic in allowed)
    ]
    pool = [data_of(entry.id) for entry in quotations]
    by_id = {quote["id"]: quote for quote in pool}
    chosen = draw(fitting, count, seed, last_met, f"part{index}")
    spare = [entry.id for entry in fitting if entry.id not in chosen]
    made: list[Planned] = []
    for item_id in (*chosen, *spare):  # a spare one stands in for a quotation that takes no form
        item = _form(by_id[item_id], part, pool, seed, seen)
        if item is not None:
            made.append(Planned(index, item, presented_order(item, seed)))
        if len(made) == count:
            break
    return made


def _form(
    quote: Mapping[str, Any],
    part: QuestionPart,
    pool: Sequence[Mapping[str, Any]],
    seed: int,
    seen: Mapping[str, int],
) -> dict[str, Any] | None:
    """Make the form of a quotation that was met least lately, chance among equals."""
    rng = random.Random(f"{seed}:{quote['id']}:form")  # noqa: S311 - a game, not a secret
    if "recital" in part.kinds:
        return recital(quote)
    forms = [form for form in possible_forms(quote) if FORM_KINDS[form] in part.kinds]
    rng.shuffle(forms)
    forms.sort(key=lambda form: seen.get(f"{quote['id']}{SEPARATOR}{form}", -1))
    others = [other for other in pool if other["id"] != quote["id"]]
    for form in forms:
        made = make_form(quote, form, others, seed)
        if made is not None:
            return made
    return None
