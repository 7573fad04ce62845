"""Drawing the items of a contest: by rules, by seed, what was seen lately comes later."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from trainer.bank.model import OPTION_KINDS, Entry
from trainer.contest.events import Planned
from trainer.contest.rules import QuestionPart, Rules, SituationPart
from trainer.text import fold

PLAYABLE_KINDS = OPTION_KINDS
"""Kinds that the screens can ask now."""

_KEEP_LAST = re.compile(
    r"(tat ca|ca (a|hai|ba|bon)|ca .* (deu|va)|khong co (dap an|phuong an|y)|khong dap an|cac (dap an|y|phuong an) tren)"
)


def option_order(item: Mapping[str, Any], seed: int) -> tuple[int, ...]:
    """Return presented position -> canonical index of an item's options.

    ``true-false`` keeps Đúng before Sai; options such as “Tất cả các ý trên” stay last.
    """
    options: Sequence[str] = item.get("options", ())
    indexes = list(range(len(options)))
    if item.get("kind") == "true-false":
        return tuple(sorted(indexes, key=lambda index: options[index] != "Đúng"))
    random.Random(f"{seed}:{item['id']}:options").shuffle(indexes)  # noqa: S311 - a game, not a secret
    return tuple(sorted(indexes, key=lambda index: bool(_KEEP_LAST.match(fold(options[index])))))


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
    return [entry.id for entry in _parted(chosen)]


def _parted(entries: list[Entry]) -> list[Entry]:
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
    kinds = set(part.kinds) & set(PLAYABLE_KINDS)
    allowed_topics = {*topics} or {*part.topics}
    allowed_levels = {*levels} or {*part.levels}
    return (
        entry.kind in kinds
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
        else:
            wanted = count or part.count
            fitting = [
                entry
                for entry in questions
                if (entry.id in only if only is not None else fits(entry, part, topics, levels))
            ]
        fitting = [entry for entry in fitting if entry.id not in used]
        for item_id in draw(fitting, wanted, seed, seen, f"part{index}"):
            used.add(item_id)
            item = data_of(item_id)
            plan.append(Planned(index, item, option_order(item, seed)))
    return tuple(plan)
