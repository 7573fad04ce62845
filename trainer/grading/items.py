"""Grading of the kinds that are not answered by choosing options: one function a kind.

Each takes the item's canonical dictionary (:mod:`trainer.bank.items`) and a response in canonical
terms, that is with indexes into the item's own lists, whatever order the screen showed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.grading.reading import Text, read
from trainer.grading.typed import SHARES, TypedVerdict, grade_typed
from trainer.grading.verdict import EMPTY, LADDER, Verdict

Data = Mapping[str, Any]

NOT_CHOSEN = -1
"""A left side of ``match`` without a right side yet."""


def grade_short(item: Data, response: str, *, shares: Mapping[str, float] = SHARES) -> Verdict:
    """Grade a short typed answer by ``answers`` and, where the item has them, ``rejected``.

    Args:
        item: A ``short`` question.
        response: The typed text.
        shares: Share of each code of the ladder.
    """
    return grade_typed(response, item["answers"], item.get("rejected", ()), shares=shares).verdict


def grade_cloze(item: Data, response: Sequence[str], *, shares: Mapping[str, float] = SHARES) -> Verdict:
    """Grade the typed text of each blank; the share is the mean of the blanks' shares.

    Args:
        item: A ``cloze`` question; each of ``answers`` is one blank, alternatives parted by "|".
        response: A text for each blank, "" where nothing was typed; missing ones count as "".
        shares: Share of each code of the ladder.

    Returns:
        The worst code of the ladder when every blank is right or there is one blank only;
        otherwise ``partial``, ``wrong`` or ``empty``.

    Raises:
        ValueError: There are more texts than blanks.
    """
    blanks = [answer.split("|") for answer in item["answers"]]
    if len(response) > len(blanks):
        raise ValueError(f"{len(response)} texts for {len(blanks)} blanks")
    texts = [*response, *[""] * (len(blanks) - len(response))]
    verdicts = [
        grade_typed(text, accepted, shares=shares) for text, accepted in zip(texts, blanks, strict=True)
    ]
    if len(verdicts) == 1:
        return verdicts[0].verdict
    if all(verdict.code == "empty" for verdict in verdicts):
        return EMPTY
    worst = max((verdict.code for verdict in verdicts), key=LADDER.index)
    share = sum(verdict.share for verdict in verdicts) / len(verdicts)
    right = sum(_is_right(verdict) for verdict in verdicts)
    if right == len(verdicts):
        return Verdict(worst, share, "" if worst == "exact" else _blank_reasons(verdicts))
    code = "partial" if share > 0.0 else "wrong"
    return Verdict(code, share, f"Đúng {right}/{len(verdicts)} chỗ trống. {_blank_reasons(verdicts)}")


def _is_right(verdict: TypedVerdict) -> bool:
    return verdict.code in ("exact", "spelling", "no-diacritics")


def _blank_reasons(verdicts: Sequence[TypedVerdict]) -> str:
    return " ".join(
        f"Chỗ {number}: {verdict.reason[:1].lower() + verdict.reason[1:]}"
        for number, verdict in enumerate(verdicts, 1)
        if verdict.code != "exact"
    )


def grade_order(item: Data, response: Sequence[int], *, partial: bool = True) -> Verdict:
    """Grade items put in order.

    Args:
        item: An ``order`` question; ``items`` stand in the right order.
        response: Indexes into ``items`` in the chosen order, each once; () for no answer.
        partial: Whether an order that is partly right earns its share.

    Returns:
        ``right`` for the right order. Else the share is (kept - 1) / (count - 1), where `kept` is
        the longest increasing subsequence: the most items that stand in the right order among
        themselves, so count - kept are to be moved. One item alone is always in order, hence - 1.

    Raises:
        ValueError: The response is no permutation.
    """
    count = len(item["items"])
    if not response:
        return EMPTY
    _check_permutation(response, count)
    kept = longest_increasing(response)
    if kept == count:
        return Verdict("right", 1.0)
    share = (kept - 1) / (count - 1)
    reason = f"{kept}/{count} mục đã đúng thứ tự với nhau, còn {count - kept} mục phải chuyển chỗ."
    return _part(share, reason, partial=partial)


def grade_rank(item: Data, response: Sequence[int], *, partial: bool = True) -> Verdict:
    """Grade a ranking by how far its items stand from their places.

    Args:
        item: A ``rank`` question; ``items`` stand from best to worst.
        response: Indexes into ``items`` in the chosen order, each once; () for no answer.
        partial: Whether a ranking that is partly right earns its share.

    Returns:
        Share 1 - distance / greatest distance. The distance is Spearman's footrule: places between
        where an item stands and where it belongs, summed; the greatest for n items is n² / 2,
        rounded down (the reversed order).

    Raises:
        ValueError: The response is no permutation.
    """
    count = len(item["items"])
    if not response:
        return EMPTY
    _check_permutation(response, count)
    distance = sum(abs(place - index) for place, index in enumerate(response))
    if distance == 0:
        return Verdict("right", 1.0)
    greatest = count * count // 2
    share = 1 - distance / greatest
    reason = (
        f"Các mục lệch chỗ tổng cộng {distance} bậc, nhiều nhất có thể là {greatest}: "
        f"1 − {distance}/{greatest} = {round(100 * share)} % số điểm."
    )
    return _part(share, reason, partial=partial)


def grade_match(item: Data, response: Sequence[int], *, partial: bool = True) -> Verdict:
    """Grade left sides paired with right sides.

    Args:
        item: A ``match`` question; ``matches[i]`` belongs to ``items[i]``.
        response: For each left side the index of its right side, or :data:`NOT_CHOSEN`.
        partial: Whether some but not all right pairs earn their share.

    Returns:
        Share right pairs / pairs.

    Raises:
        ValueError: The response has not one index in range for each left side.
    """
    count = len(item["items"])
    if not response or all(index == NOT_CHOSEN for index in response):
        return EMPTY
    if len(response) != count or any(not NOT_CHOSEN <= index < count for index in response):
        raise ValueError(f"no pairing of {count}: {list(response)[:20]}")
    right = sum(index == place for place, index in enumerate(response))
    if right == count:
        return Verdict("right", 1.0)
    missing = sum(index == NOT_CHOSEN for index in response)
    reason = f"Ghép đúng {right}/{count} cặp" + (f", còn {missing} cặp chưa ghép." if missing else ".")
    return _part(right / count, reason, partial=partial)


def grade_misquote(
    item: Data, response: Sequence[str], *, shares: Mapping[str, float] = SHARES, partial: bool = True
) -> Verdict:
    """Grade the word found wrong and the right one typed for it, half the points each.

    Args:
        item: A ``misquote`` question; ``answers`` are the wrong and the right words.
        response: The words taken for wrong, then the words typed for them; "" for nothing.
        shares: Share of each code of the ladder for the typed words.
        partial: Whether one half, or a correction that is nearly right, earns its share.

    Raises:
        ValueError: The response has not two texts.
    """
    if len(response) != 2:
        raise ValueError(f"{len(response)} texts, not two")
    wrong, right = item["answers"]
    chosen, typed = response
    corrected = grade_typed(typed, [right], [wrong], shares=shares)
    if corrected.code == "empty" and not Text(chosen).words:
        return EMPTY
    found = _is_found(chosen, wrong, item.get("text", ""))
    share = 0.5 * found + 0.5 * corrected.share
    if found and _is_right(corrected):
        return Verdict("right", share) if share == 1.0 else Verdict(corrected.code, share, corrected.reason)
    where = "Tìm đúng chỗ sai" if found else f"Chỗ sai là “{wrong}”"
    how = "chưa gõ chữ đúng." if corrected.code == "empty" else f"chữ sửa: {corrected.reason}"
    return _part(share, f"{where}; {how}", partial=partial)


def _is_found(chosen: str, wrong: str, text: str) -> bool:
    """Tell whether the chosen words are the wrong ones, or some of them that stand nowhere else."""
    picked, bad = Text(chosen), read(wrong)
    if not picked.words:
        return False
    if not picked.spelled.isdisjoint(bad.spelled) or (
        not picked.marked and not picked.unmarked.isdisjoint(bad.unmarked)
    ):
        return True
    inside = [token.canon for token in bad.words]
    elsewhere = [token.canon for token in read(text.replace("__", " ")).words]
    return all(
        token.canon in inside and elsewhere.count(token.canon) <= inside.count(token.canon)
        for token in picked.words
    )


def longest_increasing(indexes: Sequence[int]) -> int:
    """Return the length of the longest increasing subsequence."""
    ends: list[int] = []
    for index in indexes:
        at = bisect_left(ends, index)
        ends[at : at + 1] = [index]
    return len(ends)


def _check_permutation(response: Sequence[int], count: int) -> None:
    if sorted(response) != list(range(count)):
        raise ValueError(f"no order of {count} items: {list(response)[:20]}")


def _part(share: float, reason: str, *, partial: bool) -> Verdict:
    if share > 0.0 and partial:
        return Verdict("partial", share, reason)
    return Verdict("wrong", 0.0, reason)
