"""One word as the judge sees it: four views of the same letters, from strict to loose.

The tone mark is taken out and set after the vowels, so hoà and hòa are one word; y alone after
h k l m s t v qu is i, so kỹ and kĩ are one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from trainer.grading import syllables

MAX_CHARACTERS = 2_000
"""Characters of an answer that are looked at; what is longer differs from what is not."""

UNITS = "một hai ba bốn năm sáu bảy tám chín mười"
"""Words of one syllable for 1 to 10; also “bẩy”."""

_LITTLE = "của và là các những cho với trong ở thì mà để được bị đó này ạ sự theo về từ"
_WEIGHT_OF_LITTLE = 0.25

MARKS = re.compile("[\u0300-\u036f]")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VOWELS = re.compile("[aeiouy][aeiouy\u0300-\u036f]*")
_IY = re.compile("(?<![a-z\u0300-\u036fđ])((?:[hklmstv]|qu))y(?=[\u0300-\u036f]*(?![a-z\u0300-\u036fđ0-9]))")
# Letters of other alphabets and old fonts that look like đ.
_LIKE_D = str.maketrans({"ð": "đ", "ɖ": "đ", "ƌ": "đ"})


class Word(NamedTuple):
    """One word, number, date or symbol.

    Attributes:
        shown: As it was written.
        key: Folded spelling, with marks, in NFD: what must be equal for the same word.
        letters: The key without its tone, in NFC: one character a letter.
        tone: The tone marks of the key, one for a syllable.
        bare: The letters without marks, đ as d.
        canon: What must be equal for the same meaning: a number's digits, else the key.
        group: What may be the same word: `bare`, but ba, bà and 3 are one group.
        odd: It is no Vietnamese syllable, so it may be a slip, keys of Telex or VNI, or a literal.
        weight: 1, or a quarter for little words (của, là, …) when shares of words are counted.
    """

    shown: str
    key: str
    letters: str
    tone: str
    bare: str
    canon: str
    group: str
    odd: bool
    weight: float

    @property
    def marked(self) -> bool:
        """Whether any mark of Vietnamese stands in it."""
        return self.letters != self.bare or bool(self.tone)

    @property
    def text(self) -> str:
        """The word in its normal spelling: lower case, NFC, hòa and not hoà, kỹ and not kĩ."""
        return normal_spelling(self.key)


def _tones_last(run: re.Match[str]) -> str:
    tones = sorted(_TONE.findall(run[0]), key=unicodedata.combining)  # as NFD would order them
    return _TONE.sub("", run[0]) + "".join(tones) if tones else run[0]


@lru_cache(maxsize=8192)
def word(shown: str) -> Word:
    """Return a word of letters (and digits) in its views; the language has some 7,000 syllables."""
    key = unicodedata.normalize("NFKC", shown.casefold()).translate(_LIKE_D)
    if not key.isascii():
        key = _VOWELS.sub(_tones_last, unicodedata.normalize("NFD", key))
    key = _IY.sub(r"\1i", key.replace(".", ""))
    tone = "".join(_TONE.findall(key))
    letters = unicodedata.normalize("NFC", _TONE.sub("", key)) if tone else unicodedata.normalize("NFC", key)
    plain = bare(key)
    if tone or letters != plain:
        odd = not syllables.is_syllable(key)
    else:
        odd = "oo" in plain or not syllables.is_unmarked_syllable(plain)
    weight = _WEIGHT_OF_LITTLE if unicodedata.normalize("NFC", key) in _LITTLE_WORDS else 1.0
    return Word(shown, key, letters, tone, plain, key, _UNITS_BARE.get(plain, plain), odd, weight)


def bare(key: str) -> str:
    """Return a key without marks, đ as d."""
    return MARKS.sub("", key).replace("đ", "d")


def literal(shown: str, canon: str) -> Word:
    """Return a number, a date or a symbol: it has no letters, and no slip in it is small."""
    return Word(shown, canon, canon, "", canon, canon, canon, True, 1.0)


_LITTLE_WORDS = frozenset(_LITTLE.split())
_UNITS_BARE = {
    bare(unicodedata.normalize("NFD", text)): str(value) for value, text in enumerate(UNITS.split(), 1)
}
_WITH_Y = frozenset(["quy", "quỳ", "quý", "quỷ", "quỹ", "quỵ", "kỳ", "ký", "kỷ", "kỹ", "kỵ", "lý", "mỹ"])


@lru_cache(maxsize=8192)
def normal_spelling(key: str) -> str:
    """Return a key in NFC as newspapers spell it: hòa, quý, kỹ, lý; but thi, vì, sĩ, tỉ."""
    text = unicodedata.normalize("NFC", key)
    parts = syllables.split(text)
    if parts is None:
        return text
    plain = syllables.join(*parts)
    with_y = syllables.join(parts[0], "y", parts[2]) if parts[1] == "i" else plain
    return with_y if with_y in _WITH_Y else plain
