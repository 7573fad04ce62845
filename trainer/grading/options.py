"""Grading of the kinds that are answered by choosing options."""

from __future__ import annotations

from collections.abc import Collection

from trainer.grading.verdict import EMPTY, Verdict


def grade_options(
    chosen: Collection[int], right: int, total: int, *, partial: bool = True, one: bool = False
) -> Verdict:
    """Grade a set of chosen options.

    Args:
        chosen: Indexes of the chosen options; those below `right` are right.
        right: Number of right options, at least 1.
        total: Number of options.
        partial: Whether some but not all right options earn a share.
        one: Whether a single option is to be chosen; any of the right ones is then the answer.

    Returns:
        ``right`` for exactly the right options, or for one of them where `one` is to be chosen.
        With several right options, each wrong choice takes back one right choice: share = (right chosen - wrong chosen) / right, at least 0.

    Raises:
        ValueError: An index is out of range.
    """
    picked = set(chosen)
    if any(not 0 <= index < total for index in picked):
        raise ValueError(f"option out of range: {sorted(picked)} of {total}")
    if not picked:
        return EMPTY
    hits = sum(index < right for index in picked)
    misses = len(picked) - hits
    if misses == 0 and (one or hits == right):
        return Verdict("right", 1.0)
    if one or right == 1:
        return Verdict("wrong", 0.0)
    reason = f"Chọn được {hits}/{right} ý đúng" + (f", thừa {misses} ý sai." if misses else ".")
    share = max(0, hits - misses) / right
    if share > 0 and partial:
        return Verdict("partial", share, reason)
    return Verdict("wrong", 0.0, reason)
