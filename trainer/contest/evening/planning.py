"""A balanced plan for several sides: how many items the rules need, which of the bank's, in what order.

Pure: what was seen lately, the seed and the bank's entries come as arguments.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import LEVEL_NAMES, Entry
from trainer.contest.evening.timing import Duration, duration, fitted, whole_minutes
from trainer.contest.events import Planned
from trainer.contest.rules import Part, QuestionPart, Rules, SituationPart, for_group
from trainer.contest.selection import draw, fits, parted, presented_order, quotation_forms

_COLUMN_LEVELS = (2, 1, 3)
"""A package of one has the middle level, one of two a lower as well, one of three all of them."""


class Slot(NamedTuple):
    """A place in the plan that waits for an item."""

    part: int
    role: str = ""
    package: int = -1
    value: int = 0


class Stock(NamedTuple):
    """What the bank has to draw from."""

    questions: Sequence[Entry]
    situations: Sequence[Entry]
    quotations: Sequence[Entry] = ()


class Shortage(NamedTuple):
    """A part for which the bank has too little."""

    part: int
    wanted: int
    available: int


class Proposal(NamedTuple):
    """What the facilitator looks over before the evening.

    Attributes:
        rules: As several sides play them; counts fitted to the minutes.
        plan: All items, spare ones too.
        time: How long it takes.
        notes: What deserves a look, Vietnamese sentences.
    """

    rules: Rules
    plan: tuple[Planned, ...]
    time: Duration
    notes: tuple[str, ...]


def slots(rules: Rules, sides: int) -> list[Slot]:
    """Return the places that `rules` need for `sides` sides: no item is asked twice."""
    found: list[Slot] = []
    packages = sides
    for index, part in enumerate(rules.parts):
        if isinstance(part, SituationPart):
            numbers = range(packages) if part.packaged else [-1] * sides
            found += [Slot(index, package=number) for number in numbers for _ in range(part.count)]
            found += [Slot(index, "reserve")] * part.spare
            continue
        play = part.play
        if play.values:
            for value in play.values:
                # Every side may take all its questions from one value.
                found += [Slot(index, value=value)] * (part.count * sides)
                found += [Slot(index, "reserve", value=value)] * play.reserve
            continue
        if play.mode == "turns":
            packages = sides + play.spare_packages
            found += [Slot(index, package=number) for number in range(packages) for _ in range(part.count)]
        else:
            found += [Slot(index)] * part.count
        found += [Slot(index, "reserve")] * (play.reserve + play.extra)
        if play.audience_every:
            found += [Slot(index, "audience")] * (part.count // play.audience_every)
    return found


def needed(rules: Rules, sides: int) -> dict[int, int]:
    """Return part -> how many items it cannot do without: spare ones and unlikely choices left out."""
    found: dict[int, int] = {}
    for slot in slots(rules, sides):
        part = rules.parts[slot.part]
        if slot.role == "" and not (isinstance(part, QuestionPart) and part.play.values):
            found[slot.part] = found.get(slot.part, 0) + 1
        elif isinstance(part, QuestionPart) and part.play.values:
            found[slot.part] = part.count * sides
    return found


def shortages(rules: Rules, sides: int, stock: Stock, topics: Collection[str] = ()) -> list[Shortage]:
    """Return the parts for which the bank has too little, parts that share items counted together."""
    used_questions = used_situations = 0
    found = []
    for index, wanted in needed(rules, sides).items():
        part = rules.parts[index]
        if isinstance(part, SituationPart):
            free = len(_situations(part, stock)) - used_situations
            used_situations += wanted
        elif part.draws == "quotations":
            free = len([entry for entry in stock.quotations if not topics or entry.topic in topics])
        else:
            free = sum(fits(entry, part, topics, ()) for entry in stock.questions) - used_questions
            used_questions += wanted
        if free < wanted:
            found.append(Shortage(index, wanted, max(0, free)))
    return found


def _situations(part: SituationPart, stock: Stock) -> list[Entry]:
    del part  # groups of situations are told apart only in the items themselves
    return [entry for entry in stock.situations if not entry.retired]


def levelled(
    entries: Sequence[Entry], count: int, seed: int, seen: Mapping[str, int], label: str
) -> list[Entry]:
    """Choose up to `count` entries, as many of each level as can be; unseen ones before all others."""
    order = {name: place for place, name in enumerate(draw(entries, len(entries), seed, seen, label))}
    queues: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.id in seen, seen.get(each.id, 0), order[each.id])):
        queues.setdefault(entry.level, []).append(entry)
    taken = dict.fromkeys(queues, 0)
    chosen: list[Entry] = []
    while len(chosen) < count and any(queues.values()):
        heads = [level for level, queue in queues.items() if queue]
        fresh = [level for level in heads if queues[level][0].id not in seen]
        level = min(fresh or heads, key=lambda each: (taken[each], each))
        chosen.append(queues[level].pop(0))
        taken[level] += 1
    return chosen


def evened(
    entries: Sequence[Entry], packages: int, each: int, seed: int, seen: Mapping[str, int], label: str
) -> list[Entry]:
    """Choose `each` entries for every package so that all packages have the same levels.

    Where no level has enough that is unseen for all packages, the rest is chosen as :func:`levelled`.
    """
    ready: dict[int, list[Entry]] = {}
    for entry in levelled(entries, len(entries), seed, seen, label):
        if entry.id not in seen:
            ready.setdefault(entry.level, []).append(entry)
    taken = dict.fromkeys(_COLUMN_LEVELS, 0)
    chosen: list[Entry] = []
    for _ in range(each):
        levels = [level for level in taken if len(ready.get(level, ())) >= (taken[level] + 1) * packages]
        if not levels:
            break
        level = min(levels, key=taken.__getitem__)  # the first of those taken least
        chosen += ready[level][taken[level] * packages : (taken[level] + 1) * packages]
        taken[level] += 1
    return chosen + levelled(_without(entries, chosen), each * packages - len(chosen), seed, seen, label)


def _without(entries: Sequence[Entry], chosen: Sequence[Entry]) -> list[Entry]:
    gone = {entry.id for entry in chosen}
    return [entry for entry in entries if entry.id not in gone]


def plan_group(
    rules: Rules,
    sides: int,
    stock: Stock,
    data_of: Callable[[str], dict[str, Any]],
    seed: int,
    seen: Mapping[str, int],
    topics: Collection[str] = (),
) -> tuple[Planned, ...]:
    """Fill the places of :func:`slots` from the bank.

    Args:
        rules: Of :func:`~trainer.contest.rules.for_group`.
        sides: How many.
        stock: What the bank has.
        data_of: id -> canonical dictionary.
        seed: All the chance there is.
        seen: id -> when one of these sides last met it.
        topics: Only these topics, in place of the rules' own.

    Returns:
        The plan; shorter than the places where the bank has too little: spare items go first.
    """
    least = needed(rules, sides)
    most: dict[int, int] = {}
    while True:
        plan = _filled(rules, sides, stock, data_of, seed, seen, topics, most)
        filled = Counter(planned.part for planned in plan)
        poor = [index for index, wanted in least.items() if filled[index] < wanted]
        rich = [
            index
            for index, part in enumerate(rules.parts)
            if poor and index < poor[0] and _asks_bank(part) and filled[index] > least[index]
        ]
        if not rich or not _asks_bank(rules.parts[poor[0]]):
            return plan
        # What an earlier part has to spare is asked for by a later one that has too little.
        lacking = least[poor[0]] - filled[poor[0]]
        most[rich[-1]] = filled[rich[-1]] - min(lacking, filled[rich[-1]] - least[rich[-1]])


def _asks_bank(part: Part) -> bool:
    """Tell whether a part asks the bank's questions, which it shares with the other parts that do."""
    return isinstance(part, QuestionPart) and part.draws != "quotations"


def _filled(
    rules: Rules,
    sides: int,
    stock: Stock,
    data_of: Callable[[str], dict[str, Any]],
    seed: int,
    seen: Mapping[str, int],
    topics: Collection[str],
    most: Mapping[int, int],
) -> tuple[Planned, ...]:
    """Fill the places part after part; of some parts only so many (`most`)."""
    places = slots(rules, sides)
    plan: list[Planned] = []
    used: set[str] = set()
    for index, part in enumerate(rules.parts):
        mine = [slot for slot in places if slot.part == index]
        mine_most = min(len(mine), most.get(index, len(mine)))
        main = [slot for slot in mine if slot.role == ""]
        rest = sorted((slot for slot in mine if slot.role), key=lambda slot: slot.role == "reserve")
        if isinstance(part, QuestionPart) and part.draws == "quotations":
            forms = quotation_forms(
                index, part, stock.quotations, data_of, seed, seen, topics, None, len(mine)
            )
            items = [(planned.item, planned.order) for planned in forms]
            plan += [
                Planned(index, item, order, slot.role, slot.package, slot.value)
                for slot, (item, order) in zip([*main, *rest], items, strict=False)
            ]
            continue
        if isinstance(part, SituationPart):
            fitting = [entry for entry in _situations(part, stock) if entry.id not in used]
            if part.groups:
                fitting = [entry for entry in fitting if data_of(entry.id).get("group") in part.groups]
        else:
            fitting = [
                entry for entry in stock.questions if fits(entry, part, topics, ()) and entry.id not in used
            ]
        if isinstance(part, QuestionPart) and part.play.values:
            dealt = _by_value(part, [*main, *rest], mine_most, fitting, seed, seen, f"part{index}")
        else:
            chosen = _chosen(main, mine_most, fitting, seed, seen, index)
            dealt = _dealt(part, main, rest, chosen, seed)
        for slot, entry in dealt:
            used.add(entry.id)
            item = data_of(entry.id)
            order = presented_order(item, seed)
            plan.append(Planned(index, item, order, slot.role, slot.package, slot.value))
    return tuple(plan)


def _chosen(
    main: Sequence[Slot], most: int, fitting: Sequence[Entry], seed: int, seen: Mapping[str, int], index: int
) -> list[Entry]:
    """Choose up to `most` entries for a part, packages of like level first."""
    if not main or main[0].package < 0:
        return levelled(fitting, most, seed, seen, f"part{index}")
    numbers = {slot.package for slot in main}
    chosen = evened(fitting, len(numbers), len(main) // len(numbers), seed, seen, f"part{index}")
    spare = _without(fitting, chosen)
    return chosen + levelled(spare, max(0, most - len(chosen)), seed, seen, f"spare{index}")


def _dealt(
    part: QuestionPart | SituationPart, main: list[Slot], rest: list[Slot], chosen: list[Entry], seed: int
) -> Iterable[tuple[Slot, Entry]]:
    """Give the chosen entries their places: packages of like level."""
    first, spare = chosen[: len(main)], chosen[len(main) :]
    if main and main[0].package >= 0:
        # Dealt one by one from the easiest to the hardest: the packages' levels differ by one at most.
        packages = sorted({slot.package for slot in main})
        first.sort(key=lambda entry: entry.level)
        by_number: dict[int, list[Slot]] = {}
        for slot in main:
            by_number.setdefault(slot.package, []).append(slot)
        if len(first) < len(main):  # whole packages only: a short one would be unfair
            size = len(by_number[packages[0]])
            packages = packages[: len(first) // size]
            spare = first[len(packages) * size :] + spare
        turns = [
            by_number[number].pop(0) for _ in range(len(main)) for number in packages if by_number[number]
        ]
        yield from zip(turns, first, strict=False)
    elif isinstance(part, QuestionPart):
        random.Random(f"{seed}:deal").shuffle(first)  # noqa: S311 - a game, not a secret
        ordered = sorted(first, key=lambda entry: entry.level) if part.play.eliminate else parted(first)
        yield from zip(main, ordered, strict=False)
    else:
        yield from zip(main, first, strict=False)
    yield from zip(rest, spare, strict=False)


def _by_value(
    part: QuestionPart,
    places: Sequence[Slot],
    most: int,
    fitting: Sequence[Entry],
    seed: int,
    seen: Mapping[str, int],
    label: str,
) -> Iterable[tuple[Slot, Entry]]:
    """Give up to `most` places questions; each value those of one level: the same price is the same task.

    Unseen ones come before all others, then those of the value's own level, then its neighbours'.
    """
    order = {name: place for place, name in enumerate(draw(fitting, len(fitting), seed, seen, label))}
    values = sorted(part.play.values)
    free = {entry.id: entry for entry in fitting}
    enough = len(free) - most
    # Value by value in turn, spare places last: a shortage is shared, and costs spare questions first.
    for role in (False, True):
        waiting = [
            [slot for slot in places if slot.value == value and bool(slot.role) == role] for value in values
        ]
        for turn in range(max(map(len, waiting), default=0)):
            for index, slots in enumerate(waiting):
                if turn >= len(slots) or len(free) <= max(0, enough):
                    continue
                level = 1 + round(index * 2 / (len(values) - 1)) if len(values) > 1 else 2

                def rank(entry: Entry, level: int = level) -> tuple[bool, int, int, int]:
                    return entry.id in seen, abs(entry.level - level), seen.get(entry.id, 0), order[entry.id]

                found = min(free.values(), key=rank)
                del free[found.id]
                yield slots[turn], found


def propose(
    rules: Rules,
    sides: int,
    stock: Stock,
    data_of: Callable[[str], dict[str, Any]],
    seed: int,
    seen: Mapping[str, int],
    *,
    minutes: int | None = None,
    topics: Collection[str] = (),
) -> Proposal:
    """Propose an evening: “45 phút, 6 đội, chủ đề …”; the other arguments are those of :func:`plan_group`."""
    ready, notes = for_group(rules), list[str]()
    if minutes is not None:
        ready = fitted(ready, sides, minutes)
        lacking = bool(shortages(ready, sides, stock, topics))
        shorter = _as_far_as_it_goes(for_group(rules), sides, stock, minutes, topics) if lacking else None
        if shorter is not None:
            ready = shorter
            notes.append(
                f"Ngân hàng chỉ đủ câu cho khoảng {whole_minutes(duration(ready, sides).usual_s)} phút"
                f"{' với chủ đề đã chọn' if topics else ''}."
            )
    plan = plan_group(ready, sides, stock, data_of, seed, seen, topics)
    time = duration(ready, sides)
    notes += [_shortage_note(ready, each) for each in shortages(ready, sides, stock, topics)]
    unchanged = ready.parts == for_group(rules).parts
    if minutes is not None and unchanged and whole_minutes(time.usual_s) * 5 < minutes * 4:
        notes.append(
            f"Luật này giữ nguyên số câu nên chỉ cần khoảng {whole_minutes(time.usual_s)} phút, không kéo ra {minutes} phút."
        )
    if minutes is not None and whole_minutes(time.usual_s) > minutes:
        notes.append(
            f"Ít nhất cũng cần khoảng {whole_minutes(time.usual_s)} phút, nhiều hơn {minutes} phút. "
            "Bạn hãy bớt đội hoặc chọn luật ngắn hơn."
        )
    for index, part in enumerate(ready.parts):
        spare = isinstance(part, QuestionPart) and part.play.reserve and not part.play.tie
        if spare and not any(each.part == index and each.role == "reserve" for each in plan):
            notes.append(f"Phần {index + 1} không còn câu dự phòng: câu hỏng thì không thay được.")
    known = sum(planned.item["id"] in seen for planned in plan if planned.role == "")
    if known:
        notes.append(f"{known} câu các đội đã gặp gần đây, vì ngân hàng không còn câu mới phù hợp.")
    return Proposal(ready, plan, time, tuple(notes))


def _as_far_as_it_goes(
    rules: Rules, sides: int, stock: Stock, minutes: int, topics: Collection[str]
) -> Rules | None:
    """Return the rules fitted to as many of the minutes as the bank has items for, None for none."""
    best: Rules | None = None
    low, high = 0, minutes
    while low < high:
        middle = (low + high + 1) // 2
        tried = fitted(rules, sides, middle)
        if shortages(tried, sides, stock, topics):
            high = middle - 1
        else:
            low, best = middle, tried
    return best


def _shortage_note(rules: Rules, shortage: Shortage) -> str:
    part = rules.parts[shortage.part]
    what = "tình huống" if isinstance(part, SituationPart) else "câu hỏi"
    return (
        f"Phần {shortage.part + 1} cần {shortage.wanted} {what} không trùng nhau, ngân hàng chỉ còn "
        f"{shortage.available}. Bạn hãy bớt đội, bớt câu hoặc mở rộng chủ đề."
    )


def level_counts(plan: Sequence[Planned]) -> dict[tuple[int, int], dict[str, int]]:
    """Return (part, package) -> name of the level -> how many: is the plan balanced?"""
    found: dict[tuple[int, int], dict[str, int]] = {}
    for planned in plan:
        if planned.role == "":
            tally = found.setdefault((planned.part, planned.package), {})
            name = LEVEL_NAMES.get(planned.item.get("level", 0), "")
            tally[name] = tally.get(name, 0) + 1
    return found


def swapped(plan: Sequence[Planned], position: int, item: dict[str, Any], seed: int) -> tuple[Planned, ...]:
    """Return the plan with another item at `position`.

    Raises:
        ValueError: The plan has that item already.
    """
    if any(planned.item["id"] == item["id"] for planned in plan):
        raise ValueError(item["id"])
    changed = plan[position]._replace(item=item, order=presented_order(item, seed))
    return (*plan[:position], changed, *plan[position + 1 :])


def alternatives(
    rules: Rules, plan: Sequence[Planned], position: int, stock: Stock, topics: Collection[str] = ()
) -> list[Entry]:
    """Return the entries that could stand at `position` instead, those of the same level first."""
    planned = plan[position]
    part = rules.parts[planned.part]
    used = {each.item["id"] for each in plan}
    if isinstance(part, SituationPart):
        fitting = _situations(part, stock)
    else:
        fitting = [entry for entry in stock.questions if fits(entry, part, topics, ())]
    level = planned.item.get("level", 0)
    return sorted(
        (entry for entry in fitting if entry.id not in used),
        key=lambda entry: (entry.level != level, abs(entry.level - level), entry.id),
    )
