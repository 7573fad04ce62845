"""What a grader says."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """How a response compares with the key.

    Attributes:
        code: ``right``, ``partial``, ``wrong`` or ``empty`` (nothing was answered); for typed text
            a rung of :data:`LADDER`.
        share: Share of the points, 0 to 1.
        reason: One Vietnamese sentence, "" when the code says all.
    """

    code: str
    share: float
    reason: str = ""


LADDER = (
    "exact",
    "spelling",
    "no-diacritics",
    "tone",
    "typo",
    "letter",
    "order",
    "partial",
    "wrong",
    "empty",
)
"""Codes of the judge of typed text, best first."""

EMPTY = Verdict("empty", 0.0, "Chưa trả lời.")
