"""From what happened to a rating: how right, how fast for this player, with help or without. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.history.scheduling import AGAIN, EASY, GOOD, HARD

ENOUGH = 10
"""Answers of a kind after which the player's own pace is known."""
_SLOW, _FAST = 2.0, 0.5
_HALF = 0.5
_JUDGED = (0.5, 0.7, 0.9)
"""Shares of a situation's points from which it was hard, good, easy."""

Pace = Mapping[int, int]
"""How many answers fell into each bucket of time, see :func:`bucket_of`."""


def bucket_of(ms: int) -> int:
    """Return the bucket of a time: eight an octave, by whole numbers (the same on any machine)."""
    ms = max(ms, 8)
    octave = ms.bit_length() - 1
    return octave * 8 + ((ms >> (octave - 3)) & 7)


def time_of(bucket: int) -> int:
    """Return the middle of a bucket in milliseconds; at most 6 % off what fell into it."""
    octave, eighth = divmod(bucket, 8)
    low = (8 + eighth) << (octave - 3)
    return low + ((1 << (octave - 3)) >> 1)


def median_ms(pace: Pace) -> int | None:
    """Return the (lower) median time in milliseconds, None without any answer."""
    total = sum(pace.values())
    if total == 0:
        return None
    passed = 0
    for bucket in sorted(pace):
        passed += pace[bucket]
        if passed * 2 >= total:
            return time_of(bucket)
    return None


def rate(share: float, elapsed_ms: int, pace: Pace, *, judged: bool, helped: bool, met: bool) -> int:
    """Rate an answer.

    Args:
        share: Share of the points, 0 to 1.
        elapsed_ms: Time it took, 0: unknown.
        pace: The player's own times on this kind so far.
        judged: A situation, where nobody gets every point.
        helped: Help was used.
        met: The item had been met before; what is right at once is not yet easy.

    Returns:
        Below half: again. Not fully right, helped, or twice as slow as the player's median:
        hard. Twice as fast, and met before: easy. Otherwise good.
    """
    if judged:
        hard, good, easy = _JUDGED
        return AGAIN if share < hard else HARD if share < good or helped else GOOD if share < easy else EASY
    if share < _HALF:
        return AGAIN
    if share < 1 or helped:
        return HARD
    usual = median_ms(pace) if sum(pace.values()) >= ENOUGH else None
    if usual is None or elapsed_ms <= 0:
        return GOOD
    if elapsed_ms > _SLOW * usual:
        return HARD
    return EASY if met and elapsed_ms < _FAST * usual else GOOD


def rate_part(share: float, *, helped: bool) -> int:
    """Rate one blank of a cloze or one clause of a recital."""
    return AGAIN if share < _HALF else HARD if share < 1 or helped else GOOD
