"""Dates, years, shares and ordinals in words: what stands around numbers.

``15/10/1949``, ``ngày 15 tháng 10 năm 1949`` and ``ngày mười lăm tháng mười năm 1949`` become one
word ``15/10/1949``; a day and month ``15/10``; a month and year ``10/1949``; “hai phần ba” ``2/3``,
“mười phần trăm” ``10`` and ``%``. “năm” before a year in digits and “số” before a number say
nothing more and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.grading.numbers import Lexicon, is_number, read_number

YEARS = range(1000, 3000)


class Unit(NamedTuple):
    """One word or several that became one.

    Attributes:
        name: The folded word, "" when several were joined.
        canon: What it means: digits, a date, or the folded word.
        first: Index of its first word.
        after: Index after its last word.
    """

    name: str
    canon: str
    first: int
    after: int


def date(day: int, month: int, year: int) -> str:
    """Return the one form of a date, 0 for a part that is not said; "" when there is no such date."""
    if not 0 <= day <= 31 or not 1 <= month <= 12 or (year and year not in YEARS):
        return ""
    return "/".join(str(part) for part in (day, month, year) if part)


def join_numbers(names: Sequence[str], canons: Sequence[str], lex: Lexicon) -> list[Unit]:
    """Join the numbers and dates in words of a text.

    Args:
        names: Its folded words (for literals their canonical form).
        canons: What each means alone.
        lex: The lexicon that fits the folding of `names`.
    """
    if any(name[:1] == "-" for name in names):
        names, canons = _dashes(names, lex), _dashes(canons, lex)
    units: list[Unit] = []
    at, count = 0, len(names)
    while at < count:
        name = names[at]
        if name not in lex.starts and not name[:1].isdigit():
            units.append(Unit(name, canons[at], at, at + 1))
            at += 1
            continue
        read = read_number(names, at, lex)
        if read is not None:
            units.append(Unit("", read[0], at, read[1]))
            at = read[1]
            continue
        canon = canons[at]
        if name in lex.ordinals and at and names[at - 1] in lex.ordinal:
            canon = lex.ordinals[name]
        units.append(Unit(name, canon, at, at + 1))
        at += 1
    if count == 1 and units[0].name == lex.zero:
        return [units[0]._replace(canon="0")]
    if not lex.around.isdisjoint(names):
        before = len(units) + 1
        while len(units) < before:  # each round joins at least two, so it ends
            before, units = len(units), _dates(units, lex)
    return units


def _dates(units: list[Unit], lex: Lexicon) -> list[Unit]:
    joined: list[Unit] = []
    at = 0
    while at < len(units):
        unit, after = _date(units, at, lex) or _around_number(units, at, lex) or (units[at], at + 1)
        joined.append(unit)
        at = after
    return joined


def _value(units: Sequence[Unit], at: int) -> int:
    """Return the number at an index, -1 where there is none."""
    if at >= len(units) or not is_number(units[at].canon) or len(units[at].canon) > 9:
        return -1
    return int(units[at].canon)


def _name(units: Sequence[Unit], at: int) -> str:
    return units[at].name if at < len(units) else ""


def _year(units: Sequence[Unit], at: int, lex: Lexicon) -> tuple[int, int]:
    """Return the year said at an index and the index after it; 0 and the same index for none."""
    if _name(units, at) == lex.year and _value(units, at + 1) in YEARS:
        return _value(units, at + 1), at + 2
    return 0, at


def _date(units: Sequence[Unit], at: int, lex: Lexicon) -> tuple[Unit, int] | None:
    here = at
    while _name(units, here) in lex.day:
        here += 1
    if here >= len(units):
        return None
    literal = units[here].canon.split("/")
    if len(literal) > 1 and all(is_number(part) for part in literal):
        year, after = (
            _year(units, here + 1, lex) if len(literal) == 2 and len(literal[1]) < 3 else (0, here + 1)
        )
        if after == here + 1 and here == at:
            return None
        return _unit("/".join([*literal, str(year)] if year else literal), units, at, after), after
    day, here = (_value(units, here), here + 1) if _name(units, here) != lex.month else (0, here)
    if day < 0 or _name(units, here) != lex.month or (day == 0 and here != at):
        return None
    month_year = units[here + 1].canon.split("/") if here + 1 < len(units) else []
    if len(month_year) == 2 and len(month_year[1]) == 4:
        text = date(day, int(month_year[0]), int(month_year[1]))
        return (_unit(text, units, at, here + 2), here + 2) if text else None
    month = _value(units, here + 1)
    year, after = _year(units, here + 2, lex)
    if not year and day and _value(units, here + 2) in YEARS:  # ngày 15 tháng 10, 1949
        year, after = _value(units, here + 2), here + 3
    text = date(day, month, year) if month > 0 and (day or year) else ""
    return (_unit(text, units, at, after), after) if text else None


def _around_number(units: Sequence[Unit], at: int, lex: Lexicon) -> tuple[Unit, int] | None:
    """Join what only says that a number follows, shares of a hundred, fractions, decimals."""
    name, second, third = units[at].name, _name(units, at + 1), _value(units, at + 2)
    if name == lex.year and _value(units, at + 1) in YEARS:
        return _unit(units[at + 1].canon, units, at, at + 2), at + 2
    if (
        name == lex.number
        and second != lex.year
        and at + 1 < len(units)
        and units[at + 1].canon[:1].isdigit()
    ):
        return _unit(units[at + 1].canon, units, at, at + 2), at + 2
    if name == lex.part and second == lex.hundred and at and _value(units, at - 1) >= 0:
        return _unit("%", units, at, at + 2), at + 2
    joins = second in (lex.part, lex.point) and _name(units, at + 3) not in lex.scales
    if joins and third > 0 and _value(units, at) >= 0:
        number, other = units[at].canon, units[at + 2].canon
        if second == lex.part:
            return _unit(f"{number}/{other}", units, at, at + 3), at + 3
        return _unit(f"{number},{other}".rstrip("0").rstrip(","), units, at, at + 3), at + 3
    return None


def _unit(canon: str, units: Sequence[Unit], first: int, after: int) -> Unit:
    return Unit("", canon, units[first].first, units[after - 1].after)


def _dashes(names: Sequence[str], lex: Lexicon) -> list[str]:
    """Take a minus behind a number for a dash: “2020 -2025” are two years."""
    return [
        name[1:]
        if name[:1] == "-" and at and (names[at - 1][-1:].isdigit() or names[at - 1] in lex.ends)
        else name
        for at, name in enumerate(names)
    ]
