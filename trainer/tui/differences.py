"""What was typed beside what was wanted, word by word, with marks that need no colour.

``[chú→chủ]`` stands for a changed word, ``[+đoàn kết]`` for missing ones, ``[−thừa]`` for some too many.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from textual.content import Content

from trainer.contest.state import Attempt
from trainer.tui.widgets.facts import Fact

_NUMBERS = "①②③④⑤⑥⑦⑧"


def differences(item: Mapping[str, Any], attempt: Attempt) -> list[Fact]:
    """Return what was typed, marked against the key; [] when nothing was typed."""
    from trainer.grading.recital import grade_recital
    from trainer.grading.typed import grade_typed

    kind, response = item["kind"], attempt.response
    if not response:
        return []
    style = "$success" if attempt.share >= 1 else "$warning" if attempt.share > 0 else "$error"
    if kind == "recital":
        return [("Bạn gõ", style, shown(grade_recital(response, item["text"]).pieces))]
    if kind == "short":
        return [("Bạn gõ", style, shown(grade_typed(response, item["answers"]).difference, response))]
    if kind == "misquote":
        wrong, right = response
        corrected = shown(grade_typed(right, item["answers"][1:2]).difference, right)
        return [("Bạn sửa", style, Content.assemble(f"“{wrong or '…'}” → ", corrected))]
    facts: list[Fact] = []
    for number, (text, accepted) in enumerate(zip(response, item["answers"], strict=True)):
        pieces = grade_typed(text, accepted.split("|")).difference
        label = "Bạn gõ" + (f" {_NUMBERS[number % len(_NUMBERS)]}" if len(response) > 1 else "")
        facts.append((label, style, shown(pieces, text)))
    return facts


def shown(pieces: Iterable[Any], typed: str = "") -> Content:
    """Return the pieces of a difference as text; `typed` when there are none."""
    parts: list[Content] = []
    for kind, run in itertools.groupby(pieces, key=lambda piece: piece.kind):
        same = list(run)
        given = " ".join(piece.given for piece in same)
        wanted = " ".join(piece.wanted for piece in same)
        if kind == "same":
            parts.append(Content(given))
        elif kind == "missing":
            parts.append(Content.styled(f"[+{wanted}]", "bold $warning"))
        elif kind == "extra":
            parts.append(Content.styled(f"[−{given}]", "bold $error"))
        else:
            parts += [Content.styled(f"[{piece.given}→{piece.wanted}]", "bold $error") for piece in same]
    return Content(" ").join(parts) if parts else Content(typed or "…")
