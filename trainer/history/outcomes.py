"""What one answer says about which memories, and what was chosen instead of the key. Pure.

An answer to a quotation's form is an answer about the form (``loi-x:cloze``), about the quotation
(``loi-x``), and about each of its blanks (``loi-x:cloze#1``). What may come up in review by itself
is a *unit*: questions, situations and quotations; forms and blanks say where the trouble lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from trainer.bank.model import OPTION_KINDS
from trainer.contest.events import Planned
from trainer.contest.forms import SEPARATOR, quotation_of
from trainer.contest.state import Attempt
from trainer.text import one_line

BLANK = "#"
_CLAUSE_END = re.compile(r"(?<=[,;:.!?…])\s+")
_MAX_PICK = 120
_SLIP = 0.5


class Outcome(NamedTuple):
    """How well one thing was known; `share` is None for the whole item (its rating tells)."""

    item: str
    unit: bool
    share: float | None


class Pick(NamedTuple):
    """An option (or short text) that was chosen, beside what would have been right there."""

    answer: str
    chosen: str
    right: bool


def base_of(item: str) -> str:
    """Return the question's or quotation's id of a memory's id (``loi-x:recital#3`` → ``loi-x``)."""
    return quotation_of(item.partition(BLANK)[0])


def outcomes(planned: Planned, attempt: Attempt) -> list[Outcome]:
    """Return what an attempt tells about which memories: the item itself first."""
    item_id: str = planned.item["id"]
    form = SEPARATOR in item_id
    told = [Outcome(item_id, not form, None)]
    if form:
        told.append(Outcome(quotation_of(item_id), unit=True, share=None))
    parts = _parts(planned.item, attempt.response)
    told += [
        Outcome(f"{item_id}{BLANK}{number}", unit=False, share=share) for number, share in enumerate(parts, 1)
    ]
    return told


def _parts(item: Mapping[str, Any], response: Any) -> list[float]:
    """Return the share of each blank or clause; [] for kinds without, or with one only."""
    kind = item.get("kind")
    try:
        if kind == "cloze":
            return _blanks(item, response)
        if kind == "recital":
            return clause_shares(item["text"], response if isinstance(response, str) else "")
    except (KeyError, TypeError, ValueError):  # an item of another version: its whole still counts
        return []
    return []


def _blanks(item: Mapping[str, Any], response: Any) -> list[float]:
    from trainer.grading.items import grade_cloze

    answers: Sequence[str] = item["answers"]
    if len(answers) < 2:
        return []
    texts = list(response) if isinstance(response, list | tuple) else []
    texts += [""] * (len(answers) - len(texts))
    return [
        grade_cloze({"answers": [answer]}, [str(text)]).share
        for answer, text in zip(answers, texts, strict=False)
    ]


def clauses(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each clause of a text, as the blanks of a recital are numbered."""
    starts = [0, *(found.end() for found in _CLAUSE_END.finditer(text))]
    ends = [*(found.start() for found in _CLAUSE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def clause_shares(text: str, response: str) -> list[float]:
    """Return for each clause of a recited text the share of its words that were said right."""
    from trainer.grading.recital import grade_recital, word_spans

    pieces = clauses(text)
    if len(pieces) < 2:
        return []
    verdict = grade_recital(response, text)
    lost = dict.fromkeys(verdict.missed, 1.0) | dict.fromkeys(verdict.slips, _SLIP)
    words = [0] * len(pieces)
    missing = [0.0] * len(pieces)
    for index, (start, _) in enumerate(word_spans(text)):
        place = next((at for at, (_, end) in enumerate(pieces) if start < end), len(pieces) - 1)
        words[place] += 1
        missing[place] += lost.get(index, 0.0)
    return [1 - gone / count if count else 1.0 for gone, count in zip(missing, words, strict=True)]


def picks(planned: Planned, attempt: Attempt) -> list[Pick]:
    """Return what was chosen: options, pairs, short texts; [] when nothing was answered."""
    item, response = planned.item, attempt.response
    kind = item.get("kind")
    if response is None or response in ((), "", []):
        return []
    try:
        if kind in OPTION_KINDS:
            return _options(planned, response)
        if kind == "match":
            return _pairs(planned, response)
        if kind == "short" and isinstance(response, str) and response.strip():
            answer = shown(item["answers"][0])
            good = attempt.share >= 1
            return [Pick(answer, answer if good else shown(response).casefold(), good)]
    except (KeyError, IndexError, TypeError):
        return []
    return []


def _options(planned: Planned, response: Any) -> list[Pick]:
    item = planned.item
    options, right = item["options"], item["right"]
    answer = shown(" | ".join(options[:right]))
    chosen = sorted({planned.order[place] for place in response})
    return [Pick(answer, shown(options[index]), index < right) for index in chosen]


def _pairs(planned: Planned, response: Any) -> list[Pick]:
    matches = planned.item["matches"]
    found = []
    for left, place in enumerate(response):
        if place == -1:
            continue
        index = planned.order[place]
        found.append(Pick(shown(matches[left]), shown(matches[index]), index == left))
    return found


def shown(text: str) -> str:
    """Return an option as picks keep it: one line, cut to 120 characters."""
    return one_line(text, _MAX_PICK)
