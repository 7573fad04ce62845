"""A set put together from what its file names: rules, items, bank; what does not fit is told; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import LEVEL_NAMES
from trainer.contest.evening.draft import Chosen, DataOf, Draft, next_item
from trainer.contest.evening.planning import Stock
from trainer.contest.evening.timing import duration, with_counts
from trainer.contest.events import Planned
from trainer.contest.forms import SEPARATOR, make_form, recital
from trainer.contest.rules import Part, QuestionPart, Rules, SituationPart, for_group
from trainer.contest.selection import presented_order


class Misfit(NamedTuple):
    """Something that keeps a set from being played as it stands.

    Attributes:
        place: Index of the item in the set, -1: the set as a whole.
        code: As in questions/README.md.
        message: A Vietnamese sentence.
        grave: Whether it cannot be mended; what can be is mended already, and `message` says how.
    """

    place: int
    code: str
    message: str
    grave: bool = True


def assembled(
    rules: Rules,
    chosen: Sequence[Chosen],
    sides: int,
    seed: int,
    stock: Stock,
    data_of: DataOf,
    *,
    minutes: int | None = None,
    topics: Sequence[str] = (),
) -> tuple[Draft, list[Misfit]]:
    """Build the plan that a set's file names.

    An item that the bank has no more is replaced by another of its level, and said. How many questions
    a part has is what the set says, not what the rules say.

    Args:
        rules: Of the name in the file, as read.
        chosen: The items.
        sides: How many.
        seed: The set's; the order of options hangs on it.
        stock: What the bank has.
        data_of: id -> canonical dictionary; KeyError where there is none.
        minutes: As in the file, for the next proposal.
        topics: As in the file, for the next proposal.

    Returns:
        The draft, and what does not fit: the draft can be played when nothing of it is grave.
    """
    ready = for_group(rules)
    misfits = _misplaced(ready, chosen)
    placed = [each for each in chosen if 0 <= each.part < len(ready.parts)]
    ready = with_counts(ready, _counts(ready, placed))
    usable = {entry.id for entry in (*stock.questions, *stock.situations)}
    named = {each.id for each in placed}
    draft = Draft(ready, (), duration(ready, sides), (), seed, minutes, tuple(topics), sides)
    for place, each in enumerate(chosen):
        if not 0 <= each.part < len(ready.parts):
            continue
        item = _item(each, ready.parts[each.part], usable, stock, data_of, seed)
        if item is None:
            blank = {"id": each.id, "level": each.level, "topic": "", "section": "question"}
            trial = draft._replace(plan=(*draft.plan, _planned(each, blank, ())))
            item = next_item(trial, len(draft.plan), stock, data_of, {}, named)
            misfits.append(_replaced(place, each, item))
        elif each.note:
            item = {**item, "note": each.note}
        if item is not None:
            order = presented_order(item, seed)
            draft = draft._replace(plan=(*draft.plan, _planned(each, item, order)))
    misfits += _too_few(ready, placed, sides)
    said = tuple(misfit.message for misfit in misfits if not misfit.grave)
    grave = next((misfit.message for misfit in misfits if misfit.grave), "")
    return draft._replace(notes=said, lacking=grave), misfits


def _planned(chosen: Chosen, item: dict[str, Any], order: tuple[int, ...]) -> Planned:
    return Planned(chosen.part, item, order, chosen.role, chosen.package, chosen.value)


def _misplaced(rules: Rules, chosen: Sequence[Chosen]) -> list[Misfit]:
    """Return items of parts that the rules do not have, and items that stand there twice."""
    found: list[Misfit] = []
    met: set[str] = set()
    for place, each in enumerate(chosen):
        if not 0 <= each.part < len(rules.parts):
            message = (
                f"Luật thi “{rules.title}” không có phần {each.part + 1}. "
                f"Bạn hãy ghi “part” từ 1 đến {len(rules.parts)}."
            )
            found.append(Misfit(place, "unknown-part", message))
        elif each.id in met:
            message = f"Câu “{each.id}” có hai lần trong bộ. Bạn hãy bỏ một lần hoặc thay bằng câu khác."
            found.append(Misfit(place, "twin-item", message))
        met.add(each.id)
    return found


def _item(
    chosen: Chosen, part: Part, usable: Collection[str], stock: Stock, data_of: DataOf, seed: int
) -> dict[str, Any] | None:
    """Return the item that a set names, None when it cannot be asked in its part."""
    if SEPARATOR in chosen.id:
        quotation, _, form = chosen.id.partition(SEPARATOR)
        pool = {entry.id: data_of(entry.id) for entry in stock.quotations}
        if quotation not in pool:
            return None
        if form == "recital":
            return recital(pool[quotation])
        others = [quote for name, quote in pool.items() if name != quotation]
        try:
            return make_form(pool[quotation], form, others, seed)
        except KeyError:  # no such form
            return None
    if chosen.id not in usable:
        return None
    item = data_of(chosen.id)
    return item if (item["section"] == "situation") == isinstance(part, SituationPart) else None


def _replaced(place: int, chosen: Chosen, item: dict[str, Any] | None) -> Misfit:
    what = f"Ngân hàng không còn câu “{chosen.id}” cho phần {chosen.part + 1}"
    if item is None:
        message = f"{what}, cũng không có câu nào thay được. Bạn hãy sửa mã hoặc bỏ dòng này."
        return Misfit(place, "unknown-item", message)
    level = item.get("level", 0)
    same = "cùng mức" if level == chosen.level else "mức"
    # The new one's id stays unsaid: this is read before the room, and an id may give an answer away.
    by = f"một câu khác {same} {LEVEL_NAMES.get(level, str(level))}"
    return Misfit(place, "unknown-item", f"{what}; thay bằng {by}.", grave=False)


def _counts(rules: Rules, chosen: Sequence[Chosen]) -> dict[int, int]:
    """Return part -> how many questions the set has for it, for a package where there are packages."""
    found: dict[int, int] = {}
    for index, part in enumerate(rules.parts):
        if isinstance(part, QuestionPart) and not part.play.values:
            mine = [each for each in chosen if each.part == index and each.role == ""]
            sizes = Counter(each.package for each in mine)
            if sizes:
                found[index] = min(sizes.values()) if part.play.mode == "turns" else len(mine)
    return found


def _too_few(rules: Rules, chosen: Sequence[Chosen], sides: int) -> list[Misfit]:
    """Return the parts that cannot be played with what the set has for them."""
    found: list[Misfit] = []
    for index, part in enumerate(rules.parts):
        mine = [each for each in chosen if each.part == index and each.role == ""]
        packages = Counter(each.package for each in mine)
        situation = isinstance(part, SituationPart)
        in_packages = part.packaged if isinstance(part, SituationPart) else part.play.mode == "turns"
        valued = isinstance(part, QuestionPart) and bool(part.play.values)
        message = ""
        if valued:
            known = part.play.values if isinstance(part, QuestionPart) else ()
            wrong = next((each for each in mine if each.value not in known), None)
            if wrong is not None:
                message = (
                    f"Câu “{wrong.id}” của phần {index + 1} có giá {wrong.value} điểm, luật không có giá ấy."
                )
            elif len(mine) < part.count * sides:
                message = _lacks(index, part.count * sides, len(mine), "câu hỏi", sides)
        elif in_packages:
            if -1 in packages:
                message = (
                    f"Phần {index + 1} có câu chưa ghi gói (“package”). Bạn hãy ghi số gói cho từng câu."
                )
            elif len(packages) < sides:
                message = _lacks(index, sides, len(packages), "gói", sides)
            elif len({*packages.values()}) > 1:
                least, most = min(packages.values()), max(packages.values())
                message = (
                    f"Các gói của phần {index + 1} không đều: có gói {least} câu, có gói {most} câu. "
                    "Bạn hãy ghi cho đều để công bằng."
                )
        else:
            wanted = part.count * sides if situation else 1
            if len(mine) < wanted:
                message = _lacks(index, wanted, len(mine), "tình huống" if situation else "câu hỏi", sides)
        before = rules.parts[index - 1] if index else None
        if not message and situation and in_packages and isinstance(before, QuestionPart):
            asked = {each.package for each in chosen if each.part == index - 1 and each.role == ""}
            lacking = sorted(asked - set(packages))
            if lacking and before.play.mode == "turns":
                message = (
                    f"Gói {lacking[0] + 1} của phần {index} không có tình huống ở phần {index + 1}. "
                    "Bạn hãy ghi số gói của hai phần cho khớp nhau."
                )
        if message:
            found.append(Misfit(-1, "too-few", message))
    return found


def _lacks(part: int, wanted: int, there: int, what: str, sides: int) -> str:
    return (
        f"Phần {part + 1} cần {wanted} {what} cho {sides} đội, bộ câu hỏi chỉ có {there}. "
        "Bạn hãy thêm vào hoặc bớt đội."
    )
