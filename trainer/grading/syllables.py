"""What can be a Vietnamese syllable: onset × rime × tone, as spelt.

Data and four small functions, no state. The judge asks whether a slip made another syllable; a
composer of Telex or VNI asks whether what is typed is a syllable at all and where its tone mark
stands. The inventory is of spelling, not of a dictionary: ``phuy`` and ``boong`` are syllables,
``truờng`` and ``clas`` are none.

Source: the rimes of Hoàng Phê (ed.), Từ điển chính tả, with the loan rimes that papers use
(``xoong``, ``tuýp``, ``tuyn``); checked against every word of the shipped bank by a test.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LEVEL, GRAVE, ACUTE, TILDE, HOOK, DOT = "", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
TONES = {LEVEL: "ngang", GRAVE: "huyền", ACUTE: "sắc", HOOK: "hỏi", TILDE: "ngã", DOT: "nặng"}
"""Each tone as its combining mark ("" for ngang), with its name."""

ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx")
"""Longest first, so that the first that fits is the onset."""

_PLAIN = """
a ai ao au ay am an ang anh ap at ac ach  ăm ăn ăng ăp ăt ăc  âu ây âm ân âng âp ât âc
e eo em en eng ep et ec  ê êu êm ên ênh êp êt êch  i ia iu im in inh ip it ich
iêu iêm iên iêng iêp iêt iêc  o oi om on ong op ot oc oong ooc  ô ôi ôm ôn ông ôp ôt ôc ôông
ơ ơi ơm ơn ơp ơt  u ua ui um un ung up ut uc  uôi uôm uôn uông uôt uôc
ư ưa ưi ưu ưm ưn ưng ưt ưc  ươi ươu ươm ươn ương ươp ươt ươc
"""
_GLIDED = """
oa oai oao oay oam oan oang oanh oap oat oac oach  oăm oăn oăng oăt oăc  oe oeo oen oet
uê uên uênh uêt uêch uêu  uy uya uyu uyên uyêt uyn uynh uyp uyt uych  uân uâng uât uây  uơ
"""
_AFTER_QU = """
a ai ao au ay am an ang anh ap at ac ach  ăm ăn ăng ăp ăt ăc  ân âng ât âc ây âu
e eo em en eng et  ê êu ên ênh êt êch  i in inh it ich  y yn ynh yt ych yên yêt yu  ơ ơn ơi  ôc ông
"""
_BARE_Y = "y yêu yêm yên yêng yêt"

RIMES = frozenset((_PLAIN + _GLIDED).split())
"""Rimes that follow any onset but ``qu``; which of them a given onset takes: see `_fits`."""

RIMES_AFTER_QU = frozenset(_AFTER_QU.split())
RIMES_ALONE = RIMES | frozenset(_BARE_Y.split())
"""Rimes of a syllable without an onset."""

_GLIDES = frozenset(_GLIDED.split())
_Y_ALONE_AFTER = frozenset(("h", "k", "l", "m", "s", "t", "v"))
_FRONT = frozenset("eêiy")
_STOPS = ("p", "t", "c", "ch")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARK = re.compile("[\u0300-\u036f]")
_STRAY_TONE = re.compile("(?:^|[^aeiouy\u0300-\u036f])[\u0300-\u036f]*[\u0300\u0301\u0303\u0309\u0323]")
_VOWELS = "aăâeêioôơuưy"
_MARKED = frozenset("ăâêôơư")


def _fits(onset: str, rime: str) -> bool:
    """Tell whether an onset is written before a rime."""
    if onset == "qu":
        return rime in RIMES_AFTER_QU
    if not onset:
        return rime in RIMES_ALONE
    if rime == "y":
        return onset in _Y_ALONE_AFTER
    if rime not in RIMES:
        return False
    front = rime[0] in _FRONT
    if onset == "k":
        return front
    if onset in ("gh", "ngh"):
        return front
    if onset == "c":
        return not front and rime not in _GLIDES
    if onset == "ng":
        return not front
    if onset == "g":  # gì, gìn, giêng: written g + i…, spoken gi
        return not front or rime[0] == "i"
    if onset == "gi":
        return rime[0] not in "iy"
    return True


def _parts(letters: str) -> tuple[str, str] | None:
    """Return onset and rime of lower-case letters in NFC without a tone, or None."""
    for onset in ONSETS:
        if letters.startswith(onset) and _fits(onset, letters[len(onset) :]):
            return onset, letters[len(onset) :]
    return ("", letters) if _fits("", letters) else None


def split(syllable: str) -> tuple[str, str, str] | None:
    """Return onset, rime and tone of a syllable, or None when it is none.

    Args:
        syllable: Any Unicode form, any case, the tone mark on any vowel.

    Returns:
        Onset and rime in lower case and NFC, without the tone, so that onset + rime are the
        syllable's letters; the tone as a key of :data:`TONES`. ``qu`` is an onset (quý is
        qu + y), ``gi`` too (gió is gi + o), but gì and giếng are g + i and g + iêng, as the
        letters stand.
    """
    decomposed = unicodedata.normalize("NFD", syllable.casefold())
    tones = _TONE.findall(decomposed)
    if len(tones) > 1 or (tones and _STRAY_TONE.search(decomposed)):
        return None
    letters = unicodedata.normalize("NFC", _TONE.sub("", decomposed))
    parts = _parts(letters)
    if parts is None:
        return None
    tone = tones[0] if tones else LEVEL
    if parts[1].endswith(_STOPS) and tone not in (ACUTE, DOT):
        return None
    return *parts, tone


def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable, with its tone."""
    return split(word) is not None


def is_unmarked_syllable(word: str) -> bool:
    """Tell whether an unmarked word can stand for a syllable: ``truong`` for trường or trưởng."""
    bare, known = _bare(word), _unmarked()
    return any(bare.startswith(onset) and (onset, bare[len(onset) :]) in known for onset in _BARE_ONSETS)


def join(onset: str, rime: str, tone: str, *, old: bool = False) -> str:
    """Return the syllable of these parts in NFC, the tone mark where it belongs.

    Args:
        onset: As :func:`split` gives it.
        rime: As :func:`split` gives it.
        tone: A key of :data:`TONES`.
        old: Place it as in hoà, hoè, thuý instead of hòa, hòe, thúy.
    """
    if not tone:
        return onset + rime
    at = _tone_place(rime, old)
    return unicodedata.normalize("NFC", onset + rime[: at + 1] + tone + rime[at + 1 :])


def _tone_place(rime: str, old: bool) -> int:
    """Return the index of the vowel of a rime that bears the tone mark."""
    marked = [index for index, letter in enumerate(rime) if letter in _MARKED]
    if marked:
        return marked[-1]  # ươ bears it on ơ
    vowels = [index for index, letter in enumerate(rime) if letter in _VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    if len(vowels) == 3 or rime[-1] not in _VOWELS:
        return vowels[1]  # khuỷu, ngoèo, hoàn, xoong
    if old and rime in ("oa", "oe", "uy"):
        return vowels[1]
    return vowels[0]


def _bare(word: str) -> str:
    plain = _MARK.sub("", unicodedata.normalize("NFD", word.casefold()))
    return plain.replace("đ", "d")


_BARE_ONSETS = (*(onset for onset in ONSETS if onset != "đ"), "")


@cache
def _unmarked() -> frozenset[tuple[str, str]]:
    """Return all (onset, rime) without marks; made at the first call only."""
    rimes = RIMES_ALONE | RIMES_AFTER_QU
    return frozenset(
        (_bare(onset), _bare(rime)) for onset in (*ONSETS, "") for rime in rimes if _fits(onset, rime)
    )
