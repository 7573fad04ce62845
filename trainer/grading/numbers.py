"""Numbers, dates and fractions in words or digits, brought to one form.

Works on lists of folded words (:mod:`trainer.grading.words`), once for marked text and once for
text without marks: the same grammar with the same words, stripped.

The grammar of numbers, 0 to 999,999,999::

    number   = [group "triệu"] [group ("nghìn" | "ngàn")] [group]      each scale once, falling
    group    = [unit "trăm"] [("linh" | "lẻ") unit | tens | "rưỡi"]
    tens     = "mười" [unit] | unit ("mươi" | "chục") [unit] | ("hăm" | "băm") unit
             | unit ("mốt" | "tư" | "lăm")                              hai mốt, ba tư, bốn lăm
    "rưỡi" after a scale is half of it; after a unit it is a half: hai rưỡi = 2,5

“năm” is a unit only before mươi, trăm, nghìn, triệu, or after linh: “hai mươi năm” are twenty
years, 25 is “hai mươi lăm”. A group after a scale must say its hundreds, its tens or linh: “hai
nghìn năm” are two thousand years, 2005 is “hai nghìn không trăm linh năm” (or “linh năm”).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trainer.grading.words import UNITS, bare, word

LIMIT = 999_999_999
_LATE_UNITS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_SCALES = {"triệu": 1_000_000, "nghìn": 1_000, "ngàn": 1_000}


class Lexicon(NamedTuple):
    """The words of the grammar, folded one way.

    `lone` are words that are a number alone, `starts` those that may begin one, `ends` those that
    may end one, `around` those that make a date or a share of numbers.
    """

    units: dict[str, int]
    late: dict[str, int]
    after_tens: dict[str, int]
    scales: dict[str, int]
    ten: str
    tens: frozenset[str]
    prefixes: dict[str, int]
    zero: str
    hundred: str
    odd: frozenset[str]
    half: str
    dozen: str
    point: str
    part: str
    day: frozenset[str]
    month: str
    year: str
    number: str
    ordinal: frozenset[str]
    ordinals: dict[str, str]
    lone: dict[str, str]
    around: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]


def _lexicon(name: Callable[[str], str]) -> Lexicon:
    def table(words: dict[str, int]) -> dict[str, int]:
        return {name(text): value for text, value in words.items()}

    units = table({text: value for value, text in enumerate(UNITS.split()[:9], 1)} | {"bẩy": 7})
    late = table(_LATE_UNITS)
    five, ten = name("năm"), name("mười")
    prefixes = table({"hăm": 20, "băm": 30})
    lone = {text: str(value) for text, value in units.items()} | {ten: "10"}
    ordinals = {name("tư"): "4", name("nhất"): "1", name("nhì"): "2", name("giêng"): "1", name("chạp"): "12"}
    day, odd = frozenset(map(name, ("ngày", "mùng", "mồng"))), frozenset(map(name, ("linh", "lẻ")))
    month, number, point, part = name("tháng"), name("số"), name("phẩy"), name("phần")
    scales, hundred, dozen = table(_SCALES), name("trăm"), name("chục")
    return Lexicon(
        units=units,
        late=late,
        after_tens={text: value for text, value in (units | late).items() if text != five},
        scales=scales,
        ten=ten,
        tens=frozenset((name("mươi"), dozen)),
        prefixes=prefixes,
        zero=name("không"),
        hundred=hundred,
        odd=odd,
        half=name("rưỡi"),
        dozen=dozen,
        point=point,
        part=part,
        day=day,
        month=month,
        year=five,
        number=number,
        ordinal=frozenset((*map(name, ("thứ", "hạng")), month)),
        ordinals=ordinals,
        lone=lone,
        around=frozenset((*day, month, five, number, point, part)),
        starts=frozenset((*lone, *prefixes, *odd, *ordinals, name("không"))),
        ends=frozenset((*lone, *late, *ordinals, *scales, name("mươi"), hundred, dozen, name("rưỡi"))),
    )


def is_number(name: str) -> bool:
    """Tell whether a folded word is a whole number in ASCII digits."""
    return name.isdigit() and name.isascii()


def _key(text: str) -> str:
    return word(text).key


MARKED = _lexicon(_key)
UNMARKED = _lexicon(lambda text: bare(_key(text)))


def _group(names: Sequence[str], at: int, lex: Lexicon, *, after_scale: bool) -> tuple[int, int, bool] | None:
    """Read 0 to 999 at an index: value, next index, and whether it is more than one unit."""
    hundreds, here, said = _hundreds(names, at, lex, after_scale=after_scale)
    rest = names[here] if here < len(names) else ""
    following = names[here + 1] if here + 1 < len(names) else ""
    if said and rest == lex.half:
        return hundreds + 50, here + 1, True
    if (said or after_scale) and rest in lex.odd and following in lex.units:
        return hundreds + lex.units[following], here + 2, True
    tens = _tens(names, here, lex)
    if tens is not None:
        return hundreds + tens[0], tens[1], True
    if said:
        return hundreds, here, True
    if rest in lex.units:
        return lex.units[rest], here + 1, False
    if is_number(rest) and len(rest) <= 3:
        return int(rest), here + 1, False
    return None


def _hundreds(names: Sequence[str], at: int, lex: Lexicon, *, after_scale: bool) -> tuple[int, int, bool]:
    if at + 1 < len(names) and names[at + 1] == lex.hundred:
        unit = names[at]
        if unit in lex.units:
            return lex.units[unit] * 100, at + 2, True
        if unit == lex.zero and after_scale:
            return 0, at + 2, True
        if len(unit) == 1 and unit in "123456789":
            return int(unit) * 100, at + 2, True
    return 0, at, False


def _tens(names: Sequence[str], at: int, lex: Lexicon) -> tuple[int, int] | None:
    first = names[at] if at < len(names) else ""
    second = names[at + 1] if at + 1 < len(names) else ""
    third = names[at + 2] if at + 2 < len(names) else ""
    if first in lex.prefixes and second in lex.after_tens:
        return lex.prefixes[first] + lex.after_tens[second], at + 2
    unit = lex.units.get(first, 0) or (int(first) if is_number(first) and len(first) == 1 else 0)
    if unit and second in lex.tens:
        if second != lex.dozen and third in lex.after_tens:
            return unit * 10 + lex.after_tens[third], at + 3
        return unit * 10, at + 2
    if unit > 1 and first in lex.units and second in lex.late:
        return unit * 10 + lex.late[second], at + 2
    if first == lex.ten:
        return (10 + lex.after_tens[second], at + 2) if second in lex.after_tens else (10, at + 1)
    return None


def read_number(names: Sequence[str], at: int, lex: Lexicon = MARKED) -> tuple[str, int] | None:
    """Read a number in words, or in digits with words, at an index.

    Args:
        names: Folded words; numbers in digits in their canonical form.
        at: Where to start.
        lex: :data:`MARKED` or :data:`UNMARKED`.

    Returns:
        The number's digits and the index after it; None where no number of at least two words
        starts (a lone “ba” is told by ``lex.lone``).
    """
    total, here, last = 0, at, LIMIT + 1
    while here < len(names):
        decimal = _scaled_decimal(names, here, lex, last)
        if decimal is not None:
            total, here, last = total + decimal[0], decimal[1], decimal[2]
            continue
        group = _group(names, here, lex, after_scale=last <= LIMIT)
        if group is None:
            break
        value, after, full = group
        scale = lex.scales.get(names[after], 0) if after < len(names) else 0
        if scale and value and scale < last:
            total, here, last = total + value * scale, after + 1, scale
            if here < len(names) and names[here] == lex.half:
                total, here = total + scale // 2, here + 1
                break
            continue
        if full or here == at:
            total, here = total + value, after
        break
    half = here == at + 1 and here < len(names) and names[here] == lex.half and names[at] in lex.units
    if half and (here + 1 == len(names) or names[here + 1] not in lex.scales):
        return f"{total},5", here + 1
    return (str(total), here) if here > at + 1 and total <= LIMIT else None


def _scaled_decimal(names: Sequence[str], at: int, lex: Lexicon, last: int) -> tuple[int, int, int] | None:
    """Read “1,5 triệu” or “500 nghìn”: value, next index, scale."""
    if at + 1 >= len(names) or names[at + 1] not in lex.scales:
        return None
    whole, _, decimals = names[at].partition(",")
    scale = lex.scales[names[at + 1]]
    if scale >= last or not is_number(whole) or len(whole) > 3 or len(decimals) > 6:
        return None
    if decimals and not is_number(decimals):
        return None
    exact, lost = divmod(int(whole + decimals) * scale, 10 ** len(decimals))
    return None if lost or not 0 < exact <= LIMIT else (exact, at + 2, scale)
