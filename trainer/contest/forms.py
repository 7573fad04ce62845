"""Question forms made from a quotation, by rule and seed; pure.

A form is a question's canonical dictionary with the id ``QUOTATION:FORM``. Nothing is ever asked
at a disputed word, and nothing about volume and page.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trainer.bank.model import vietnamese_date

Data = dict[str, Any]
Quote = Mapping[str, Any]

SEPARATOR = ":"
_CLAUSE_END = re.compile(r"(?<=[,;:.!?])\s+")
_BLANKS = 3
_LEAST_CLAUSE = 2
"""Words of the shortest clause that can be put in its place."""
_YEARS = range(1920, 1970)


def quotation_of(item_id: str) -> str:
    """Return the id of the quotation that a form (or a quotation) belongs to."""
    return item_id.partition(SEPARATOR)[0]


def possible_forms(quote: Quote) -> list[str]:
    """Return the names of the forms that a quotation can take, without looking at others."""
    forms = []
    if quote.get("keywords"):
        forms.append("cloze")
    if quote.get("swaps"):
        forms.append("misquote")
    clauses = _clauses(quote)
    if len(clauses) >= 2:
        forms.append("next")
    if 3 <= len(clauses) <= 6 and len(set(clauses)) == len(clauses):
        forms.append("order")
    if quote["work"].casefold() not in quote["text"].casefold():
        forms.append("work")
    if _year(quote):
        forms.append("year")
    return forms


FORM_KINDS = {
    "cloze": "cloze",
    "misquote": "misquote",
    "next": "choice",
    "order": "order",
    "work": "choice",
    "year": "choice",
}
"""Form -> the kind of question it is."""


def make_form(quote: Quote, form: str, others: Sequence[Quote], seed: int) -> Data | None:
    """Make one form.

    Args:
        quote: The quotation's canonical dictionary.
        form: One of :func:`possible_forms`.
        others: Other quotations, for distractors; those of the same topic are preferred.
        seed: All the chance there is.

    Returns:
        The question, or None when the others give too few distractors.
    """
    rng = random.Random(f"{seed}:{quote['id']}:{form}")  # noqa: S311 - a game, not a secret
    made = _MAKERS[form](quote, others, rng)
    if made is None:
        return None
    return {
        "section": "question",
        "id": f"{quote['id']}{SEPARATOR}{form}",
        "kind": FORM_KINDS[form],
        "topic": quote["topic"],
        "explanation": _explanation(quote),
        "sources": quote["sources"],
        "level": 2 if form in ("next", "order", "misquote") else 1,
        **made,
    }


def recital(quote: Quote) -> Data:
    """Return the question that asks for the whole quotation from memory."""
    return {
        "section": "question",
        "id": f"{quote['id']}{SEPARATOR}recital",
        "kind": "recital",
        "topic": quote["topic"],
        "prompt": f"Đọc thuộc lời Bác trong {_named(quote)}.",
        "text": quote["text"],
        "explanation": _explanation(quote, words=False),
        "sources": quote["sources"],
        "level": 2,
    }


def _named(quote: Quote) -> str:
    date = vietnamese_date(quote["date"])
    return f"“{quote['work']}”" + (f" ({date})" if date else "")


def _explanation(quote: Quote, *, words: bool = True) -> str:
    parts = [f"Nguyên văn: “{quote['text']}”"] * words + [f"Trích {_named(quote)}."]
    if quote["occasion"]:
        parts.append(quote["occasion"].rstrip(".") + ".")
    if quote.get("note") and quote.get("disputed"):
        parts.append(quote["note"])
    return " ".join(parts)


def _year(quote: Quote) -> int:
    return int(quote["date"][:4]) if quote["date"] else 0


def _clauses(quote: Quote) -> list[str]:
    """Return the clauses of a text without disputed words; [] when it cannot be cut well."""
    clauses = [part for part in _CLAUSE_END.split(quote["text"]) if part]
    disputed = quote.get("disputed", ())
    if any(word in quote["text"] for word in disputed):
        return []
    if any(len(clause.split()) < _LEAST_CLAUSE for clause in clauses):
        return []
    return clauses


# --- makers ------------------------------------------------------------------------------------


def _cloze(quote: Quote, _others: Sequence[Quote], rng: random.Random) -> Data:
    keywords = list(quote["keywords"])
    rng.shuffle(keywords)
    text, blanks = quote["text"], list[tuple[int, str]]()
    taken: list[tuple[int, int]] = []
    for word in keywords:
        start = text.find(word)
        end = start + len(word)
        if start < 0 or any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        blanks.append((start, word))
        if len(blanks) == min(_BLANKS, max(1, len(text.split()) // 6)):
            break
    blanks.sort()
    for start, word in reversed(blanks):
        text = f"{text[:start]}__{word}__{text[start + len(word) :]}"
    return {
        "prompt": f"Điền chữ còn thiếu trong lời Bác, {_named(quote)}.",
        "text": text,
        "answers": [word for _, word in blanks],
    }


def _misquote(quote: Quote, _others: Sequence[Quote], rng: random.Random) -> Data | None:
    word, wrong = rng.choice(list(quote["swaps"]))
    start = quote["text"].find(word)
    if start < 0:
        return None
    swapped = rng.choice(list(wrong))
    if word[:1].isupper():
        swapped = swapped[:1].upper() + swapped[1:]
    text = f"{quote['text'][:start]}__{swapped} -> {word}__{quote['text'][start + len(word) :]}"
    return {
        "prompt": f"Lời Bác trong {_named(quote)} dưới đây bị chép sai một chỗ. Chỗ nào sai, và chữ đúng là gì?",
        "text": text,
        "answers": [swapped, word],
    }


def _order(quote: Quote, _others: Sequence[Quote], _rng: random.Random) -> Data:
    return {
        "prompt": f"Xếp các vế cho đúng lời Bác trong {_named(quote)}.",
        "items": [_bare(clause) for clause in _clauses(quote)],
    }


def _bare(clause: str) -> str:
    """Return a clause without the punctuation and capital that would give its place away."""
    clause = clause.rstrip(",;:.!? ")
    return clause[:1].lower() + clause[1:] if not clause[:2].isupper() else clause


def _next(quote: Quote, others: Sequence[Quote], rng: random.Random) -> Data | None:
    clauses = _clauses(quote)
    at = rng.randrange(1, len(clauses))
    key = _bare(clauses[at])
    candidates = {_bare(clause) for other in others for clause in _clauses(other)[1:]}
    candidates -= {_bare(clause) for clause in clauses}
    distractors = _alike(key, sorted(candidates), rng)
    if distractors is None:
        return None
    before = " ".join(clauses[:at])
    return {
        "prompt": f"Bác viết trong {_named(quote)}: “{before}”. Vế tiếp theo là…",
        "options": [key, *distractors],
        "right": 1,
    }


def _work(quote: Quote, others: Sequence[Quote], rng: random.Random) -> Data | None:
    works = {other["work"] for other in _same_topic_first(quote, others)} - {quote["work"]}
    distractors = _alike(quote["work"], sorted(works), rng)
    if distractors is None:
        return None
    return {
        "prompt": f"“{quote['text']}” Lời này của Bác ở bài nào?",
        "options": [quote["work"], *distractors],
        "right": 1,
    }


def _year_form(quote: Quote, others: Sequence[Quote], rng: random.Random) -> Data | None:
    year = _year(quote)
    years = {_year(other) for other in others} | {year + step for step in (-4, -2, 2, 4)}
    near = sorted(
        (other for other in years if other in _YEARS and other != year), key=lambda other: abs(other - year)
    )[:6]
    if len(near) < 3:
        return None
    return {
        "prompt": f"Bác nói hoặc viết lời này năm nào? “{quote['text']}” ({quote['work']})",
        "options": [f"Năm {year}", *(f"Năm {other}" for other in rng.sample(near, 3))],
        "right": 1,
    }


def _same_topic_first(quote: Quote, others: Sequence[Quote]) -> list[Quote]:
    same = [other for other in others if other["topic"] == quote["topic"]]
    return same if len({other["work"] for other in same}) > 4 else list(others)


def _alike(key: str, candidates: Sequence[str], rng: random.Random) -> list[str] | None:
    """Draw three distractors of about the key's length; None when there are too few."""
    pool = sorted(candidates, key=lambda text: abs(len(text) - len(key)))[:10]
    return rng.sample(pool, 3) if len(pool) >= 3 else None


_MAKERS: dict[str, Callable[[Quote, Sequence[Quote], random.Random], Data | None]] = {
    "cloze": _cloze,
    "misquote": _misquote,
    "next": _next,
    "order": _order,
    "work": _work,
    "year": _year_form,
}


# --- the recital ladder ------------------------------------------------------------------------

RECITAL_STEPS = 3
"""The last step of the ladder, where nothing is shown any more."""
_FADED = "·"


def faded(text: str, step: int) -> str:
    """Return a text as a step of the recital ladder shows it.

    Args:
        text: The quotation.
        step: 0: in full; 1: every third word faded; 2: first letters only; 3: nothing.
    """
    if step <= 0:
        return text
    if step >= RECITAL_STEPS:
        return ""
    return " ".join(
        _hidden(word, keep=step == 2) if step == 2 or number % 3 == 2 else word
        for number, word in enumerate(text.split())
    )


def _hidden(word: str, *, keep: bool) -> str:
    """Return a word with its letters faded, the first one kept on demand; punctuation stays."""
    letters = [place for place, sign in enumerate(word) if sign.isalnum()]
    kept = set(letters[:1]) if keep else set()
    return "".join(
        sign if place not in letters or place in kept else _FADED for place, sign in enumerate(word)
    )
