"""How sure a share is when few were asked. Pure.

The interval is Wilson's score interval (E. B. Wilson, 1927) at 95 %: for k of n it stays between
0 and 1, and means something for n = 1. On screen: “khoảng Wilson 95 %”.
"""

from __future__ import annotations

import math
from typing import NamedTuple

NAME = "khoảng Wilson 95 %"
Z = 1.959963984540054


class Interval(NamedTuple):
    """A share and the band it lies in; all 0 to 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How unsure it is."""
        return self.high - self.low


def wilson(hits: float, total: float, z: float = Z) -> Interval:
    """Return the interval of `hits` out of `total`; everything is possible when `total` is 0."""
    if total <= 0:
        return Interval(0.0, 1.0)
    share = hits / total
    scale = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / scale
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    low = 0.0 if hits <= 0 else max(0.0, middle - half)
    high = 1.0 if hits >= total else min(1.0, middle + half)
    return Interval(min(low, share), max(high, share))


def difference(hits_one: float, total_one: float, hits_two: float, total_two: float) -> Interval:
    """Return the interval of one share minus another (Newcombe 1998, method 10, from Wilson's); -1 to 1."""
    if total_one <= 0 or total_two <= 0:
        return Interval(-1.0, 1.0)
    one, two = hits_one / total_one, hits_two / total_two
    first, second = wilson(hits_one, total_one), wilson(hits_two, total_two)
    gap = one - two
    low = gap - math.hypot(one - first.low, second.high - two)
    high = gap + math.hypot(first.high - one, two - second.low)
    return Interval(max(-1.0, low), min(1.0, high))
