"""Keys of Telex and VNI that stayed letters because no input method was on.

``ddoanf keets`` and ``d9oan2 ke61t`` say every mark of “đoàn kết”: the writer knew them all. The
marks may stand right behind their letter or at the end of the word, some may be composed already.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from trainer.grading.words import Word

_TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_VNI_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
_TELEX_LETTERS = {"â": "a", "ê": "e", "ô": "o", "ă": "w", "ơ": "w", "ư": "w", "đ": "d"}
_VNI_LETTERS = {"â": "6", "ê": "6", "ô": "6", "ă": "8", "ơ": "7", "ư": "7", "đ": "9"}


def are_keys_of(given: Word, wanted: Word) -> bool:
    """Tell whether a word is the keys of another, in Telex or in VNI."""
    if given.bare[:1] not in (wanted.bare[:1], "w") or not wanted.marked:
        return False
    if not 0 <= len(given.letters) - len(wanted.letters) <= len(wanted.letters) + 2:
        return False
    if not given.letters.isalpha():
        return _fits(given, wanted, _VNI_LETTERS, _VNI_TONES, horn="7")
    return _fits(given, wanted, _TELEX_LETTERS, _TELEX_TONES, horn="w")


def _fits(given: Word, wanted: Word, letters: dict[str, str], tones: dict[str, str], *, horn: str) -> bool:
    typed = [tones[mark] for mark in given.tone if mark in tones]
    bare, at = wanted.bare, 0
    keys_typed = False
    for char in given.letters:
        key = letters.get(char, "")
        plain = _plain(char)
        if at < len(bare) and plain == bare[at]:
            at += 1
            if key:
                typed.append(key)
        elif at < len(bare) and char == "w" == horn and wanted.letters[at] == "ư":
            at += 1  # Telex: w alone is ư
            typed.append("w")
            keys_typed = True
        elif key:
            return False
        else:
            typed.append(char)
            keys_typed = True
    needed = [letters[char] for char in wanted.letters if char in letters]
    needed += [tones[mark] for mark in wanted.tone if mark in tones]
    if "ươ" in wanted.letters and typed.count(horn) == needed.count(horn) - 1:
        needed.remove(horn)  # one key makes both ư and ơ
    return keys_typed and at == len(bare) and sorted(typed) == sorted(needed)


@lru_cache(maxsize=512)
def _plain(char: str) -> str:
    return "d" if char == "đ" else unicodedata.normalize("NFD", char)[:1]
