"""Which letters make a Vietnamese syllable, by onset and rime, and where its tone mark stands.

A *skeleton* is a syllable without its tone, in small letters: ``trương``. While it is being
typed, letters may still miss their marks (``truong``): a letter without a mark counts as any
letter that it may become.
"""

from __future__ import annotations

import itertools
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

VOWELS = frozenset("aăâeêioôơuưy")
MARKED = frozenset("ăâêôơư")
PLAIN = str.maketrans("ăâêôơưđ", "aaeooud")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONSETS = _words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
_RIMES = _words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """
)
# After qu the u is spent, after gi the i: quyên is qu + yên, giếng is gi + êng.
_QU_RIMES = _words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e em en eo et ê ên ênh êch êt êu i ich in inh it o ôc ơ y ych yn ynh yt yên yêt
    """
)
_GI_RIMES = frozenset(rime for rime in _RIMES if rime[0] not in "iy") | {"êng", "êc"}
# Names of peoples and places in Vietnamese text, and the letters ă, â alone.
_WHOLE = _words("ă â đak đăk lak lăk păk krông plông mnông hmông hrê xtiêng stiêng brâu")
_STOPS = ("c", "ch", "p", "t", "k")
# Spelling: which letters may follow c/k, g/gh, ng/ngh.
_FRONT = frozenset("eêiy")


class Shape(NamedTuple):
    """What a word's letters are so far.

    Attributes:
        start: Where the rime begins; the u of qu and the i of gi belong to the onset.
        rime: The rime with both horns of ươ, "" while there is none.
        viable: A syllable can begin like this, if marks are still to come.
        complete: These letters are a syllable.
        stop: It ends in c, ch, p, t (or k in a name): level, sắc or nặng only.
        marked: The rime has a letter with a mark.
    """

    start: int
    rime: str
    viable: bool
    complete: bool
    stop: bool
    marked: bool


def plain(text: str) -> str:
    """Return small letters without marks, tones apart: ``trương`` is ``truong``."""
    return text.translate(PLAIN)


@cache
def _beginnings(group: frozenset[str]) -> frozenset[str]:
    """Return every beginning of the group's members, each with and without each of its marks."""
    found: set[str] = set()
    for whole in group:
        letters = [(letter, plain(letter)) if plain(letter) != letter else (letter,) for letter in whole]
        for end in range(1, len(letters) + 1):
            found.update(map("".join, itertools.product(*letters[:end])))
    return frozenset(found)


def _rimes_after(onset: str) -> frozenset[str]:
    return {"qu": _QU_RIMES, "gi": _GI_RIMES}.get(onset, _RIMES)


def _spelled(onset: str, rime: str) -> bool:
    """Tell whether the spelling rules let `rime` follow `onset`."""
    first = rime[0]
    if onset == "":
        return not rime.startswith(("ie", "iê"))  # yên, yêu
    if onset in ("gh", "ngh"):
        return first in "eêi"
    if onset == "c":
        return first not in _FRONT and not rime.startswith(("oa", "oă", "oe", "uy", "uâ", "uê"))
    if onset == "g":
        return first not in _FRONT or rime in ("i", "ic", "ich", "im", "in", "ip", "it")
    if onset == "ng":
        return first not in _FRONT
    return first != "y" or onset == "qu" or len(rime) == 1  # mỹ, but not *myên


def _join_horns(rime: str) -> str:
    """Return the rime with both horns: ươ has one sign for two letters, uơ only ends a word."""
    if rime.startswith("ưo") or (rime.startswith("uơ") and len(rime) > 2):
        return "ươ" + rime[2:]
    return rime


@lru_cache(maxsize=4096)
def shape(letters: str) -> Shape:
    """Return what `letters` (small, no tones) are."""
    start = next((place for place, letter in enumerate(letters) if letter in VOWELS), len(letters))
    head = letters[:start]
    glide = letters[start : start + 1]
    if (head == "q" and glide == "u") or (head == "g" and glide == "i" and letters[2:3] in VOWELS):
        start += 1
    onset, rime = letters[:start], _join_horns(letters[start:])
    whole = onset + rime
    named = whole in _beginnings(_WHOLE)
    if not rime:
        return Shape(start, "", named or onset in _beginnings(_ONSETS), False, False, False)
    rimes = _rimes_after(onset)
    fits = onset in _ONSETS and _spelled(onset, rime)
    complete = whole in _WHOLE or (fits and rime in rimes)
    viable = complete or named or (fits and rime in _beginnings(rimes))
    return Shape(start, rime, viable, complete, rime.endswith(_STOPS), not MARKED.isdisjoint(rime))


def tone_place(rime: str, modern: bool) -> int:
    """Return the index in `rime` of the letter that bears the tone.

    Args:
        rime: At least one vowel, both horns of ươ written.
        modern: hoà, thuỷ; otherwise hòa, thủy.
    """
    marked = [place for place, letter in enumerate(rime) if letter in MARKED]
    if marked:
        return marked[-1]
    vowels = sum(letter in VOWELS for letter in rime)
    if vowels < 2:
        return 0
    if vowels > 2 or vowels < len(rime):
        return 1
    return 1 if modern and rime in ("oa", "oe", "uy") else 0


TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
"""Level, sắc, huyền, hỏi, ngã, nặng: a tone is its place here, as on VNI's digits."""

_TONED = {
    (letter, tone): unicodedata.normalize("NFC", letter + mark)
    for small in VOWELS
    for letter in (small, small.upper())
    for tone, mark in enumerate(TONES)
}
_UNTONED = {toned: pair for pair, toned in _TONED.items()}


def with_tone(letter: str, tone: int) -> str:
    """Return a vowel, small or capital, with a tone."""
    return _TONED[letter, tone]


def without_tone(letter: str) -> tuple[str, int]:
    """Return a letter without its tone, and the tone."""
    return _UNTONED.get(letter, (letter, 0))
