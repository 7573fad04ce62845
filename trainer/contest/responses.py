"""Responses and keys in words, for screens and for paper. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LETTERS = "ABCDEFGH"


def shown_options(item: Mapping[str, Any], order: tuple[int, ...]) -> list[str]:
    """Return option texts as presented."""
    return [item["options"][index] for index in order]


def right_positions(item: Mapping[str, Any], order: tuple[int, ...]) -> list[int]:
    """Return the presented positions of the right options."""
    return [place for place, index in enumerate(order) if index < item["right"]]


def given(item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> str:
    """Return a response as the side gave it: “B. …; D. …”, “Đúng”, the typed text."""
    kind = item["kind"]
    if not response:
        return "chưa trả lời"
    if kind in ("order", "rank"):
        return " → ".join(item["items"][order[shown]] for shown in response)
    if kind == "match":
        return "; ".join(
            f"{left} – {item['matches'][order[shown]] if shown >= 0 else '…'}"
            for left, shown in zip(item["items"], response, strict=True)
        )
    if kind == "misquote":
        return f"{response[0] or '…'} → {response[1] or '…'}"
    if kind == "cloze":
        return "; ".join(text or "…" for text in response)
    if isinstance(response, str):
        return response
    options = shown_options(item, order)
    chosen = [place for place in response if 0 <= place < len(options)]
    if kind == "true-false":
        return "".join(options[place] for place in chosen)
    return "; ".join(f"{_LETTERS[place]}. {options[place]}" for place in chosen)


def right_answer(item: Mapping[str, Any], order: tuple[int, ...]) -> str:
    """Return what is right, in one line."""
    kind = item["kind"]
    if kind == "short":
        return str(item["answers"][0])
    if kind == "cloze":
        return "; ".join(str(answer).partition("|")[0] for answer in item["answers"])
    if kind == "recital":
        return str(item["text"])
    if kind in ("order", "rank"):
        return " → ".join(item["items"])
    if kind == "match":
        return "; ".join(
            f"{left} – {right}" for left, right in zip(item["items"], item["matches"], strict=True)
        )
    if kind == "misquote":
        return f"“{item['answers'][0]}” phải là “{item['answers'][1]}”"
    return given(item, order, right_positions(item, order))
