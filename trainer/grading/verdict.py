"""What a grader says."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """How a response compares with the key.

    Attributes:
        code: ``right``, ``partial``, ``wrong`` or ``empty`` (nothing was answered).
        share: Share of the points, 0 to 1.
        reason: One Vietnamese sentence, "" when the code says all.
    """

    code: str
    share: float
    reason: str = ""


EMPTY = Verdict("empty", 0.0, "Chưa trả lời.")
