"""Which key points of a rubric a typed answer holds, and in which of its words.

The judge of situations proposes, a person decides: each point that is heard names the words in
which it was heard. A point is heard when enough of the weight of one of its alternatives stands
close together in the answer, in any order: compounds and the field's synonyms
(:mod:`trainer.grading.evidence_words`) count as one word, common words count little, a word that is
denied on one side only counts against. Length earns nothing: only the best place counts, and a place
is as long as a sentence. Pure, and linear in the length of the answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from trainer.grading.evidence_lexicon import lexicon
from trainer.grading.evidence_units import WHOLE, Token, Unit, read_tokens, read_units
from trainer.grading.evidence_words import NEAR

_WINDOW, _WINDOW_PER_UNIT = 6, 3
"""A place is at most so many words long, and so many more for each unit of the alternative."""

_NAME_WEIGHT = 0.3
"""What a person's name counts: people say “chị ấy” as well."""

_SHARED = 0.25
"""By how much a word weighs less for each other point of the rubric that holds it."""

_DENIED = 1.0
"""Share of a word's weight that is lost when it is denied on one side only."""

_TELLING = "trình bày"
"""In the title of a criterion that marks how the answer is told."""

_NEEDED = ((2.0, 0.66), (3.0, 0.6), (float("inf"), 0.5))
"""Below a whole weight, the share of it that must be heard: of a short wording almost all."""

_HEAVY = 0.8
"""Of the units that weigh this share of the heaviest, one must be heard."""

_PHRASE = 4
"""Syllables of a term that says two things: “không đưa lên nhóm”."""

_ONE_WORD = 1.3
"""A wording with words of manner is of manner when no more than one other word is left, or half of it."""

_CLOSE = 1e-6

_PLACES = 12
"""Best places of an alternative that are looked at closely."""


class PointEvidence(NamedTuple):
    """One key point and where it was heard.

    Attributes:
        point: The point's first alternative.
        found: Whether it was heard.
        by: The alternative that was heard, "" when none.
        spans: Start and end of the words that tell, as characters of the answer as given.
        reason: One Vietnamese sentence.
    """

    point: str
    found: bool
    by: str
    spans: tuple[tuple[int, int], ...]
    reason: str


class CriterionEvidence(NamedTuple):
    """One criterion: its points and the share they propose.

    Attributes:
        points: In the order of the rubric.
        share: 0, 0.25, 0.5, 0.75 or 1. Points of manner are left out of the count; None when
            nothing else is left, because words do not show manner: the judge says.
        reason: One Vietnamese sentence.
    """

    points: tuple[PointEvidence, ...]
    share: float | None
    reason: str


class _Alternative(NamedTuple):
    """One wording of a point. `denied`: its denied units; `must`: one of them must be heard."""

    text: str
    units: tuple[Unit, ...]
    total: float
    denied: frozenset[int]
    must: bool


class _Point(NamedTuple):
    """A key point, read. `manner`: it says how the answer is told."""

    title: str
    alternatives: tuple[_Alternative, ...]
    manner: bool


class _Hit(NamedTuple):
    """A unit of an alternative met by a unit of the answer; `worth` below 0 when denied there only."""

    at: int
    unit: int
    met: int
    worth: float


def find_evidence(answer: str, rubric: Sequence[Mapping[str, Any]]) -> tuple[CriterionEvidence, ...]:
    """Tell which key points of each criterion an answer holds.

    Args:
        answer: As typed, any Unicode form, with or without punctuation, capitals or marks.
        rubric: Criteria as canonical dictionaries: each has ``key_points``, a sequence of points,
            each a sequence of alternatives (a lone text is one alternative).

    Returns:
        One entry for each criterion, in order; () for an empty rubric.
    """
    points = _read_rubric(
        tuple((str(line.get("title", "")), _texts(line.get("key_points", ()))) for line in rubric)
    )
    heard = _Heard(answer)
    return tuple(_criterion([_point(point, heard) for point in line], line) for line in points)


def _texts(points: Iterable[str | Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((point,) if isinstance(point, str) else tuple(point) for point in points)


def _criterion(found: list[PointEvidence], points: Sequence[_Point]) -> CriterionEvidence:
    audible = sum(not point.manner for point in points)
    heard = sum(point.found for point in found)
    if not points:
        return CriterionEvidence((), None, "Tiêu chí này không có ý nào để đối chiếu.")
    if not audible:
        return CriterionEvidence(
            tuple(found), None, "Đây là cách nói; chữ gõ không cho nghe được, bạn tự chấm."
        )
    reason = f"Nghe thấy {heard} trong {audible} ý."
    if audible < len(points):
        reason += " Ý về cách nói thì bạn tự chấm."
    return CriterionEvidence(tuple(found), _share(heard, audible), reason)


def _share(heard: int, audible: int) -> float:
    """Return the nearest quarter; 1 only for all points, 0 only for none."""
    quarters = int(4 * heard / audible + 0.5)
    if 0 < heard < audible:
        quarters = min(3, max(1, quarters))
    return min(quarters, 4) / 4


# ---- Reading a rubric ------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _read_rubric(
    rubric: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...],
) -> tuple[tuple[_Point, ...], ...]:
    """Read titles and key points; a word that several points share weighs less in each."""
    read = [
        [[(text, units) for text in point for units in _wordings(text)] for point in line]
        for _, line in rubric
    ]
    titles = [title for title, _ in rubric]
    shared = Counter[str | int](
        name
        for line in read
        for point in line
        for name in {name for _, units in point for unit in units if unit.weight for name in _names(unit)}
    )
    return tuple(
        tuple(_read_point(point, shared, telling=_TELLING in title.casefold()) for point in line if point)
        for title, line in zip(titles, read, strict=True)
    )


def _names(unit: Unit) -> tuple[str | int, ...]:
    """Return what two units of the same meaning have in common."""
    return (unit.key, *unit.same)


def _read_point(
    point: list[tuple[str, list[Unit]]], shared: Mapping[str | int, int], *, telling: bool
) -> _Point:
    manner = lexicon().manner if telling else frozenset()
    alternatives = []
    told = []
    for text, units in point:
        kept: dict[str, Unit] = {}
        for unit in units:
            if unit.weight and unit.key not in kept and unit.key not in manner:
                others = max(shared[name] for name in _names(unit)) - 1
                weight = unit.weight / (1 + _SHARED * others)
                kept[unit.key] = unit._replace(weight=weight)
        whole = sum(unit.weight for unit in units)
        rest = sum(unit.weight for unit in units if unit.key not in manner)
        told.append(rest < whole and rest <= max(_ONE_WORD, whole / 2))
        total = sum(unit.weight for unit in kept.values())
        denied = _denied(kept.values())
        affirmed = sum(
            unit.weight for at, unit in enumerate(kept.values()) if unit.denied == 1 and at not in denied
        )
        must = bool(denied) and affirmed * 2 < total
        alternatives.append(_Alternative(text, tuple(kept.values()), total, denied, must))
    return _Point(point[0][0], tuple(alternatives), manner=any(told))


def _denied(units: Iterable[Unit]) -> frozenset[int]:
    """Return the units that are denied, or are terms that begin with a denial."""
    denials = lexicon().denials
    return frozenset(
        index
        for index, unit in enumerate(units)
        if unit.denied == -1 or (" " in unit.key and unit.key.split(" ", 1)[0] in denials)
    )


def _wordings(text: str) -> list[list[Unit]]:
    """Return a key text in units, and again with its long terms in parts when it has any."""
    tokens = read_tokens(text)
    whole, parts = _named(read_units(tokens), tokens), _named(read_units(tokens, most=WHOLE), tokens)
    return [whole] if whole == parts else [whole, parts]


def _named(units: Iterable[Unit], tokens: Sequence[Token]) -> list[Unit]:
    """Make the names of persons weigh little."""
    named = []
    for unit in units:
        lone = unit.first == unit.last and tokens[unit.first].capital
        if lone and not unit.same:
            named.append(unit._replace(weight=_NAME_WEIGHT))
        else:
            named.append(unit)
    return named


# ---- Meeting the alternatives --------------------------------------------------------------------


class _Heard:
    """An answer, read once for all points."""

    def __init__(self, answer: str) -> None:
        self.tokens = read_tokens(answer)
        self.units = read_units(self.tokens, nested=True)
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.by_bare: dict[str, list[int]] = defaultdict(list)
        self.by_same: dict[int, list[int]] = defaultdict(list)
        self.by_near: dict[int, list[int]] = defaultdict(list)
        for index, unit in enumerate(self.units):
            if self.tokens[unit.first].unmarked:
                self.by_bare[unit.key].append(index)
            else:
                self.by_key[unit.key].append(index)
            for line in unit.same:
                self.by_same[line].append(index)
            for line in unit.near:
                self.by_near[line].append(index)

    def hits(self, alternative: _Alternative) -> list[_Hit]:
        """Return every meeting of an alternative's units with the answer's, in order."""
        hits: list[_Hit] = []
        for number, unit in enumerate(alternative.units):
            worth: dict[int, float] = {}
            for line in unit.near:
                worth.update(dict.fromkeys(self.by_near.get(line, ()), NEAR))
            for line in unit.same:
                worth.update(dict.fromkeys(self.by_same.get(line, ()), 1.0))
            worth.update(dict.fromkeys(self.by_bare.get(unit.bare, ()), 1.0))
            worth.update(dict.fromkeys(self.by_key.get(unit.key, ()), 1.0))
            for met, value in worth.items():
                other = self.units[met]
                opposed = unit.denied * other.denied < 0
                hits.append(_Hit(other.at, number, met, -_DENIED if opposed else value))
            if number in alternative.denied and unit.denied != -1:
                hits += self._affirmed(unit, number)
        hits.sort()
        return hits

    def _affirmed(self, unit: Unit, number: int) -> list[_Hit]:
        """Return the places where the answer says what a term (“không nêu tên”) denies."""
        key = unit.key.split(" ", 1)[1]
        lines = lexicon().same.get(key, frozenset())
        met = {*self.by_key.get(key, ()), *(index for line in lines for index in self.by_same.get(line, ()))}
        said = [(self.units[index], index) for index in met]
        return [_Hit(other.at, number, index, -_DENIED) for other, index in said if other.denied == 1]


class _Match(NamedTuple):
    """A place: the share covered, the answer's units met, the alternative's units that met them."""

    cover: float
    met: tuple[int, ...]
    units: tuple[int, ...]
    alternative: int


def _best(alternative: _Alternative, heard: _Heard, number: int) -> _Match:
    """Return the place of the answer that holds most of an alternative."""
    none = _Match(0.0, (), (), number)
    hits = heard.hits(alternative)
    if not hits or not alternative.total:
        return none
    length = _WINDOW + _WINDOW_PER_UNIT * len(alternative.units)
    counts = [0] * len(alternative.units)
    weights = [unit.weight for unit in alternative.units]
    bound, left = 0.0, 0
    places: list[tuple[float, int, int]] = []
    for right, hit in enumerate(hits):
        if hit.worth > 0:
            if not counts[hit.unit]:
                bound += weights[hit.unit]
            counts[hit.unit] += 1
        while hits[left].at < hit.at - length:
            gone = hits[left]
            if gone.worth > 0:
                counts[gone.unit] -= 1
                if not counts[gone.unit]:
                    bound -= weights[gone.unit]
            left += 1
        places.append((bound, left, right))
    places.sort(key=lambda place: (-place[0], place[1]))
    best = none
    for bound, left, right in places[:_PLACES]:
        if bound / alternative.total <= best.cover:
            break
        # A denial just beside the place still denies what is said in it.
        low = bisect_left(hits, hits[right].at - length, key=_place)
        high = bisect_right(hits, hits[left].at + length, key=_place)
        against = [hit for hit in hits[low:left] if hit.worth < 0]
        found = _cover(alternative, against + hits[left:high], number)
        if found.cover > best.cover:
            best = found
    return best


def _place(hit: _Hit) -> int:
    return hit.at


def _cover(alternative: _Alternative, hits: Sequence[_Hit], number: int) -> _Match:
    """Give each unit of an alternative one word of its own in a place; return the share covered."""
    used: dict[int, int] = {}
    got: dict[int, float] = {}
    ordered = sorted(hits, key=lambda hit: (-hit.worth * alternative.units[hit.unit].weight, hit.at))
    for hit in ordered:
        if hit.unit in got or (hit.worth > 0 and hit.met in used):
            continue
        got[hit.unit] = hit.worth
        if hit.worth > 0:
            used[hit.met] = hit.unit
    heard_denied = [got[index] for index in alternative.denied if index in got]
    if min(heard_denied, default=0) < 0 or (alternative.must and not heard_denied):
        return _Match(0.0, (), (), number)
    cover = sum(alternative.units[index].weight * worth for index, worth in got.items())
    return _Match(cover / alternative.total, tuple(sorted(used)), tuple(used.values()), number)


def _needed(alternative: _Alternative) -> float:
    """Return the share of an alternative that must be heard: a short one almost whole."""
    return next(share for weight, share in _NEEDED if alternative.total < weight)


def _point(point: _Point, heard: _Heard) -> PointEvidence:
    if point.manner:
        return PointEvidence(
            point.title, False, "", (), "Ý này nói về cách trình bày; chữ gõ không cho nghe."
        )
    matches = [_best(alternative, heard, number) for number, alternative in enumerate(point.alternatives)]
    enough = [
        match
        for match, alternative in zip(matches, point.alternatives, strict=True)
        if match.cover + _CLOSE >= _needed(alternative) and _says_enough(match, alternative, heard)
    ]
    best = max(enough, key=lambda match: match.cover, default=None)
    if best is None:
        return PointEvidence(point.title, False, "", (), "Chưa nghe thấy đủ chữ của ý này ở một chỗ.")
    spans = _spans(heard, best.met)
    by = point.alternatives[best.alternative].text
    reason = f"Nghe thấy {round(100 * best.cover)} % ý “{by}” ở một chỗ."
    return PointEvidence(point.title, True, by, spans, reason)


def _says_enough(match: _Match, alternative: _Alternative, heard: _Heard) -> bool:
    """Refuse what hangs on one word; a wording of one unit must be a compound, heard as it stands."""
    met = [heard.units[index] for index in match.met]
    if any(unit.first > met[0].last for unit in met):
        heavy = _HEAVY * max(unit.weight for unit in alternative.units)
        return any(alternative.units[index].weight >= heavy for index in match.units)
    if len(match.units) > 1 and any(unit.last - unit.first + 1 >= _PHRASE for unit in met):
        return True
    telling = [unit for unit in alternative.units if unit.weight > _NAME_WEIGHT]
    compound = len(telling) == 1 and (" " in telling[0].key or bool(alternative.denied))
    return compound and any(unit.key == telling[0].key or " " in unit.key for unit in met)


def _spans(heard: _Heard, met: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the places of words in characters; neighbours of one clause are one place."""
    spans: list[tuple[int, int]] = []
    before: Unit | None = None
    for index in met:
        unit = heard.units[index]
        start, end = heard.tokens[unit.first].start, heard.tokens[unit.last].end
        joined = (
            before is not None
            and unit.first - before.last <= 2
            and heard.tokens[before.last].clause == heard.tokens[unit.first].clause
        )
        if joined and spans:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
        before = unit
    return tuple(spans)
