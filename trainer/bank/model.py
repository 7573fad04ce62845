"""What the bank holds: questions, quotations, situations and their sources.

All types are frozen and hold plain data only. ``item_from_data`` builds them from the
canonical dictionaries that :mod:`trainer.bank.fields` checked, that the compiled copy and the
history keep as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Data = dict[str, Any]

QUESTION_KINDS = (
    "choice",
    "multiple",
    "true-false",
    "short",
    "cloze",
    "order",
    "match",
    "misquote",
    "rank",
)
RECITAL = "recital"
"""The kind that asks for a whole quotation from memory; made from quotations, never written."""
OPTION_KINDS = ("choice", "multiple", "true-false")
"""Kinds answered by choosing options."""

KIND_NAMES = {
    "choice": "một đáp án",
    "multiple": "nhiều đáp án",
    "true-false": "đúng – sai",
    "short": "trả lời ngắn",
    "cloze": "điền chỗ trống",
    "order": "sắp thứ tự",
    "match": "ghép đôi",
    "misquote": "tìm chữ sai",
    "rank": "xếp hạng cách làm",
    RECITAL: "học thuộc",
}
LEVEL_NAMES = {1: "nhận biết", 2: "thông hiểu", 3: "vận dụng"}


class Source(NamedTuple):
    """Where an answer is written (căn cứ), with the place inside it.

    Attributes:
        title: Name of the document or article.
        number: Official number, "" when it has none.
        issuer: Issuer or author, "".
        published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or "".
        where: Newspaper or book, "".
        place: Article, section or page within it, "".
        url: One page on which it was seen, "".
        valid_until: Day on which a later document replaced it, "" when it stands.
        replaced_by: What replaced it, "".
    """

    title: str
    number: str = ""
    issuer: str = ""
    published: str = ""
    where: str = ""
    place: str = ""
    url: str = ""
    valid_until: str = ""
    replaced_by: str = ""

    def __str__(self) -> str:
        details = [part for part in (self.number, self.where) if part]
        published = vietnamese_date(self.published)
        if published and published not in self.where:
            details.append(published)
        name = self.title
        if self.issuer and not self.number:
            name = f"{self.issuer}: {name}"
        text = f"{name} ({', '.join(details)})" if details else name
        if self.place:
            text += f", {self.place}"
        if self.valid_until:
            text += f"; hết hiệu lực {vietnamese_date(self.valid_until)}"
            if self.replaced_by:
                text += f", nay là {self.replaced_by}"
        return text


class Question(NamedTuple):
    """One question of any kind.

    Attributes:
        options: Option texts of the option kinds, right ones first; () for other kinds.
        right: How many of `options`, from the first, are right. For ``true-false`` the
            options are ("Đúng", "Sai") and `right` is 1 with the key moved to the front.
        answers: Accepted texts (``short``), for ``cloze`` one per blank joined by "|".
        items: ``order`` and ``rank``: the right order; ``match``: left sides.
        matches: ``match``: right sides, in the order of `items`.
        text: ``cloze`` with ``__blank__``; ``misquote`` with ``__wrong -> right__``.
        level: 1 nhận biết, 2 thông hiểu, 3 vận dụng.
        retired: It has a `valid_until` of its own and is not asked any more.
    """

    id: str
    kind: str
    topic: str
    prompt: str
    explanation: str
    sources: tuple[Source, ...]
    level: int
    options: tuple[str, ...] = ()
    right: int = 0
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    text: str = ""
    tags: tuple[str, ...] = ()
    retired: bool = False


class Quotation(NamedTuple):
    """An exact text of Chủ tịch Hồ Chí Minh with its work and date."""

    id: str
    topic: str
    text: str
    work: str
    date: str
    occasion: str
    sources: tuple[Source, ...]
    keywords: tuple[str, ...] = ()
    swaps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    disputed: tuple[str, ...] = ()
    note: str = ""
    retired: bool = False


class Criterion(NamedTuple):
    """One line of a marking sheet; `key_points` hold each point's stated synonyms."""

    title: str
    points: int
    key_points: tuple[tuple[str, ...], ...]
    earns: str = ""
    loses: str = ""


class Cap(NamedTuple):
    """A hard stop: when it happened the whole answer scores at most `at_most`."""

    when: str
    at_most: int


class TurnOption(NamedTuple):
    """One thing the player may do next; `next` is "" at the end."""

    text: str
    points: int
    feedback: str
    next: str = ""


class Turn(NamedTuple):
    """What the other side says, and what can be done then."""

    id: str
    says: str
    options: tuple[TurnOption, ...] = ()
    open: bool = False
    key_points: tuple[tuple[str, ...], ...] = ()
    next: str = ""


class Situation(NamedTuple):
    """A scenario answered aloud or in writing and judged by a rubric."""

    id: str
    topic: str
    group: str
    title: str
    prompt: str
    think_s: int
    speak_s: int
    rubric: tuple[Criterion, ...]
    caps: tuple[Cap, ...]
    model_answer: str
    mistakes: tuple[str, ...]
    sources: tuple[Source, ...]
    turns: tuple[Turn, ...] = ()
    level: int = 2
    tags: tuple[str, ...] = ()
    retired: bool = False


Item = Question | Quotation | Situation


class Entry(NamedTuple):
    """What selection needs to know of an item without reading it."""

    id: str
    section: str
    kind: str
    topic: str
    level: int
    tags: tuple[str, ...]
    retired: bool


def vietnamese_date(date: str) -> str:
    """Turn ``1949-10-15`` into ``15/10/1949``, ``1947-10`` into ``10/1947``."""
    return "/".join(reversed(date.split("-"))) if date else ""


def _sources(data: Data) -> tuple[Source, ...]:
    return tuple(Source(**source) for source in data["sources"])


def _synonyms(points: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words) for words in points)


def _tuples(data: Data, *names: str) -> Data:
    return {name: tuple(data[name]) for name in names if name in data}


def question_from_data(data: Mapping[str, Any]) -> Question:
    """Build a question from its canonical dictionary."""
    fields = dict(data)
    fields.pop("section", None)
    fields["sources"] = _sources(fields)
    fields.update(_tuples(fields, "options", "answers", "items", "matches", "tags"))
    return Question(**fields)


def quotation_from_data(data: Mapping[str, Any]) -> Quotation:
    """Build a quotation from its canonical dictionary."""
    fields = dict(data)
    fields.pop("section", None)
    fields["sources"] = _sources(fields)
    fields.update(_tuples(fields, "keywords", "disputed"))
    fields["swaps"] = tuple((word, tuple(wrong)) for word, wrong in fields.get("swaps", ()))
    return Quotation(**fields)


def situation_from_data(data: Mapping[str, Any]) -> Situation:
    """Build a situation from its canonical dictionary."""
    fields = dict(data)
    fields.pop("section", None)
    fields["sources"] = _sources(fields)
    fields.update(_tuples(fields, "mistakes", "tags"))
    fields["rubric"] = tuple(
        Criterion(**{**line, "key_points": _synonyms(line["key_points"])}) for line in fields["rubric"]
    )
    fields["caps"] = tuple(Cap(**cap) for cap in fields.get("caps", ()))
    fields["turns"] = tuple(
        Turn(
            **{
                **turn,
                "options": tuple(TurnOption(**option) for option in turn.get("options", ())),
                "key_points": _synonyms(turn.get("key_points", [])),
            }
        )
        for turn in fields.get("turns", ())
    )
    return Situation(**fields)


_BUILDERS: dict[str, Callable[[Mapping[str, Any]], Item]] = {
    "question": question_from_data,
    "quotation": quotation_from_data,
    "situation": situation_from_data,
}


def item_from_data(data: Mapping[str, Any]) -> Item:
    """Build an item from its canonical dictionary (``section`` names its type).

    Raises:
        KeyError, TypeError: The dictionary was not made by this version's checker.
    """
    return _BUILDERS[data["section"]](data)
