"""From typed text to the words that are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import product

from trainer.grading.abbreviations import meanings, roman, table
from trainer.grading.dates import date, join_numbers
from trainer.grading.numbers import MARKED, UNMARKED
from trainer.grading.words import MAX_CHARACTERS, Word, literal, word
from trainer.text import clean

_MAX_VARIANTS = 6
_SPACES = re.compile(r"\s+")
_WORD = r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|[^\W\d_](?:[^\W_]|[\u0300-\u036f])*"
_SIGN = r"(?:(?<![^\s(])[-\u2212](?=\d))?"
_WORDS = re.compile(rf"{_WORD}|[^\w\s]")
_WORDS_AND_NUMBERS = re.compile(
    rf"""
    (?<![\d.,/])(?:
      (?P<ymd>\d{{4}}([-/])\d{{1,2}}\2\d{{1,2}}(?!\d))
    | (?P<dmy>\d{{1,2}}(\s?[/.\-\u2010-\u2014]\s?)\d{{1,2}}\4\d{{4}}(?!\d))
    | (?P<my>\d{{1,2}}(?:\s?/\s?|[.\-])[12]\d{{3}}(?![\d.,]))
    | (?P<dm>\d{{1,2}}-\d{{1,2}}(?![\d/.\-]))
    | (?P<ratio>\d{{1,9}}\s?/\s?\d{{1,9}}(?!\d))
    | (?P<number>{_SIGN}(?:
          \d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?![.,]?\d)
        | \d{{1,3}}(?:,\d{{3}}){{2,}}(?:\.\d+)?(?![.,]?\d)
        | \d{{1,3}}(?:\ 000)+(?!\d)
        | \d+[.,]\d+(?![.,]?\d)
        | \d+
      ))
    )
    | (?P<digits>\d+)
    | (?P<word>{_WORD})
    | (?P<sign>[^\w\s])
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d+")
_SYMBOLS = frozenset("%&@#*§")
_AND = "và"
_ROMAN_LETTERS = frozenset("IVXLivxl")


class Text:
    """One text, read.

    Attributes:
        exact: The text, cleaned, in NFC.
        shown: The same on one line, spaces joined.
        words: Its words one by one, as written.
        readings: The same with numbers and dates joined, abbreviations written out; several
            when an abbreviation has several meanings. The first is the usual one.
        rest: What is longer than is looked at, "" mostly.
    """

    def __init__(self, text: str, limit: int = MAX_CHARACTERS) -> None:
        head = clean(text[: limit * 4]).replace("\ufffd", " ")
        self.rest = head[limit:] + text[limit * 4 :]
        self.exact = head[:limit].strip()
        self.shown = _SPACES.sub(" ", self.exact)
        self.words = _without_pictures(_words(self.shown))
        self.readings = _readings(self.words, shouting=self.shown.isupper())
        if self.rest:
            more = literal("…", "…")._replace(canon="…" + self.rest, group="…" + self.rest)
            self.words.append(more)
            self.readings = [[*reading, more] for reading in self.readings]

    @property
    def tokens(self) -> list[Word]:
        """The usual reading."""
        return self.readings[0]

    @cached_property
    def spelled(self) -> frozenset[str]:
        """Forms of the text that are equal for texts that differ in spelling only."""
        return frozenset(_joined(token.canon for token in reading) for reading in self.readings)

    @cached_property
    def unmarked(self) -> frozenset[str]:
        """The same for texts that differ in spelling and in marks."""
        return frozenset(_joined(_unmarked_canons(reading)) for reading in self.readings)

    @cached_property
    def listed(self) -> frozenset[str]:
        """As `spelled`, without “và” between words and “là” before them; may hold ""."""
        return frozenset(_joined(token.canon for token in _listed(reading)) for reading in self.readings)

    @cached_property
    def listed_unmarked(self) -> frozenset[str]:
        """As `unmarked`, without “và” between words and “là” before them; may hold ""."""
        return frozenset(_joined(_unmarked_canons(_listed(reading))) for reading in self.readings)

    @cached_property
    def marked(self) -> bool:
        """Whether any mark of Vietnamese was typed."""
        return any(token.marked for token in self.words)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Groups of the words of the usual reading."""
        return frozenset(token.group for token in self.tokens)

    @cached_property
    def odd(self) -> int:
        """How many words of the usual reading are no syllables."""
        return sum(token.odd for token in self.tokens)

    @cached_property
    def weight(self) -> float:
        """Weight of the words of the usual reading."""
        return sum(token.weight for token in self.tokens)

    @property
    def normalized(self) -> str:
        """The text in its normal spelling, numbers in digits, abbreviations written out."""
        return " ".join(token.text for token in self.tokens if token.key != "…")


@lru_cache(maxsize=1024)
def read(text: str, limit: int = MAX_CHARACTERS) -> Text:
    """Return a key's text, read; the same keys come again and again."""
    return Text(text, limit)


def normalize(text: str) -> str:
    """Return the normal spelling of a text: lower case, hòa, kỹ, 13 for XIII and “mười ba”."""
    return Text(text).normalized


def _listed(reading: Sequence[Word]) -> list[Word]:
    kept = [token for token in reading if not is_and(token)]
    return kept[1:] if len(kept) > 1 and kept[0].shown.lower() in ("là", "la") else kept


def is_and(token: Word) -> bool:
    """Tell whether a word is “và”, or typed without its mark."""
    return token.key in (_AND_KEY, "va")


_AND_KEY = word(_AND).key
_TELLING = MARKED.starts | MARKED.around


def _joined(canons: Iterable[str]) -> str:
    """Join without spaces, but keep 1 0 apart from 10."""
    parts: list[str] = []
    ends_in_digit = False
    for canon in canons:
        if ends_in_digit and canon[:1].isdigit():
            parts.append("\x1f")
        parts.append(canon)
        ends_in_digit = canon[-1:].isdigit()
    return "".join(parts)


def _words(text: str) -> list[Word]:
    """Return words, numbers and symbols; punctuation goes."""
    text = unicodedata.normalize("NFKC", text.replace("…", " ")).replace("\u2044", "/")  # of ½
    if not _DIGITS.search(text):
        found = _WORDS.findall(text)
        return [token for token in map(_word_or_sign, found) if token is not None]
    return [token for _, token in scan(text)]


def _without_pictures(words: list[Word]) -> list[Word]:
    """Leave out emoji beside words; alone they are an answer."""
    kept = [token for token in words if token.shown[0].isascii() or not is_picture(token.shown)]
    return kept or words


@lru_cache(maxsize=1024)
def is_picture(shown: str) -> bool:
    """Tell whether a symbol is an emoji or another picture."""
    return len(shown) == 1 and unicodedata.category(shown) == "So" and shown != "°"


def scan(text: str) -> list[tuple[tuple[int, int], Word]]:
    """Return each word, number and symbol of a text with the place where it starts and ends."""
    found: list[tuple[tuple[int, int], Word]] = []
    for match in _WORDS_AND_NUMBERS.finditer(text):
        kind, shown = match.lastgroup, match[0]
        if kind not in ("word", "sign"):
            tokens = _literals(kind or "", shown)
        else:
            token = _word_or_sign(shown)
            tokens = _split_digits(token) if token is not None else []
        at = match.start()
        for token in tokens:
            at = text.find(token.shown, at, match.end()) if len(tokens) > 1 else at
            found.append(((at, at + len(token.shown) if len(tokens) > 1 else match.end()), token))
            at += len(token.shown)
    return found


@lru_cache(maxsize=8192)
def _word_or_sign(shown: str) -> Word | None:
    if shown[0].isalpha() or len(shown) > 1:
        return word(shown)
    if shown == "&":
        return word(_AND)
    category = unicodedata.category(shown)
    if shown in _SYMBOLS or (category[0] == "S" and category != "Sk" and shown != "\ufffd"):
        return literal(shown, shown)
    return None


def _split_digits(token: Word) -> list[Word]:
    """QH15 is QH 15; but ke61t may be typed by VNI and stays."""
    letters = token.shown.rstrip("0123456789")
    if len(letters) == len(token.shown) or not letters.isupper() or not letters.isalpha():
        return [token]
    return [word(letters), *_literals("digits", token.shown[len(letters) :])]


def _literals(kind: str, shown: str) -> list[Word]:
    """Return a number, a date, or the numbers of what looks like a date but is none."""
    shown = _ascii_digits(shown)
    parts = _DIGITS.findall(shown)
    if kind in ("number", "digits"):
        return [literal(shown, _number(shown))]
    if kind == "ratio":
        return [literal(shown, "/".join(_digits(part) for part in parts))]
    numbers = [int(part) for part in parts]
    if kind == "ymd":
        numbers.reverse()
    whole = date(*([0] * (kind == "my") + numbers + [0] * (kind == "dm")))
    if whole or (len(parts) == 2 and "/" in shown):
        return [literal(shown, whole or "/".join(_digits(part) for part in parts))]
    return [literal(part, _digits(part)) for part in parts]


def _ascii_digits(shown: str) -> str:
    if shown.isascii():
        return shown
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else "-" if char == "\u2212" else char
        for char in shown
    )


def _digits(part: str) -> str:
    return part.lstrip("0") or "0"


def _number(shown: str) -> str:
    """Return the canonical digits of a number: 1.000 and 1,000,000 have thousands, 3,14 a decimal.

    A comma before exactly three digits that end in 0 is a thousand too (1,500): nobody writes a
    decimal that way. A decimal keeps a comma; zeros that say nothing go.
    """
    sign, shown = ("-", shown[1:]) if shown[0] == "-" else ("", shown)
    thousands = (
        "." in shown
        and shown[0] != "0"
        and all(len(part) == 3 for part in shown.split(",")[0].split(".")[1:])
    )
    if thousands:
        shown = shown.replace(".", "")
    elif shown.count(",") > 1 or (shown[-4:-3] == "," and shown[-1] == "0" and "." not in shown):
        shown = shown.replace(",", "")
    whole, _, decimals = shown.replace(" ", "").replace(".", ",").partition(",")
    decimals = decimals.rstrip("0")
    digits = _digits(whole) + ("," + decimals if decimals else "")
    return digits if digits == "0" else sign + digits


def _readings(words: Sequence[Word], *, shouting: bool) -> list[list[Word]]:
    """Write out abbreviations and numerals, join numbers and dates."""
    choices: list[tuple[tuple[Word, ...], ...]] = []
    plain, ambiguous, known = True, 1, table()
    for at, token in enumerate(words):
        digits = ""
        if token.shown[0] in _ROMAN_LETTERS:
            digits = roman(token, words[at - 1] if at else None, alone=len(words) == 1)
        out: tuple[tuple[Word, ...], ...] = ()
        if digits:
            out = ((literal(token.shown, digits),),)
        elif token.key in known:
            out = meanings(token, shouting=shouting)
            if ambiguous * len(out) > _MAX_VARIANTS:
                out = out[:1]
            ambiguous *= len(out) or 1
        plain &= not out
        choices.append(out or ((token,),))
    if plain:
        return [_joined_numbers(words)]
    return [_joined_numbers([token for part in choice for token in part]) for choice in product(*choices)]


def _joined_numbers(words: Sequence[Word]) -> list[Word]:
    names = [token.key for token in words]
    if _TELLING.isdisjoint(names) and len(words) > 1 and not _has_literals(words):
        return list(words)
    tokens = []
    for unit in join_numbers(names, [MARKED.lone.get(token.canon, token.canon) for token in words], MARKED):
        token = words[unit.first]
        if unit.after - unit.first > 1:
            shown = " ".join(part.shown for part in words[unit.first : unit.after])
            token = literal(shown, unit.canon)
        elif unit.canon != token.canon and not token.key[:1].isalpha():
            token = literal(token.shown, unit.canon)
        elif unit.canon != token.canon:
            token = token._replace(canon=unit.canon, group=unit.canon)
        tokens.append(token)
    return tokens


def _has_literals(words: Sequence[Word]) -> bool:
    return any(token.canon[:1].isdigit() or token.canon[:1] == "-" for token in words)


def _unmarked_canons(reading: Sequence[Word]) -> list[str]:
    names = [token.bare for token in reading]
    return [
        unit.canon
        for unit in join_numbers(names, [UNMARKED.lone.get(name, name) for name in names], UNMARKED)
    ]
