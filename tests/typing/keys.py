"""The keys of a syllable by Telex and VNI, in the orders in which people type them.

Written from the letters alone: it shares nothing with the composer that it tests.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

TELEX_MARKS = {"\u0302": "", "\u031b": "w", "\u0306": "w"}  # a hat repeats its letter
VNI_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_PARTS = re.compile(r"((?:gi(?=[aeouy])|qu|[^aeiouy])*)([aeiouy]*)(.*)")


class Spelled:
    """A syllable as plain letters, the mark key of each, and the tone key."""

    def __init__(self, syllable: str, *, vni: bool) -> None:
        self.vni = vni
        self.letters: list[str] = []
        self.marks: list[str] = []
        self.tone = ""
        self.bearer = 0
        tones, marks = (VNI_TONES, VNI_MARKS) if vni else (TELEX_TONES, TELEX_MARKS)
        for sign in unicodedata.normalize("NFD", syllable):
            if sign in tones:
                self.tone, self.bearer = tones[sign], len(self.letters) - 1
            elif sign in marks:
                self.marks[-1] = marks[sign] or self.letters[-1]
            elif sign == "đ":
                self.letters.append("d")
                self.marks.append("9" if vni else "d")
            else:
                self.letters.append(sign)
                self.marks.append("")
        found = _PARTS.fullmatch("".join(self.letters))
        assert found, syllable
        self.onset, self.nucleus, self.coda = found.groups()
        # Telex takes oo for ô: a true oo is typed ooo.
        self.doubled = not vni and "oo" in self.nucleus

    def canonical(self) -> str:
        """Each mark right after its letter, the tone at the end."""
        if self.doubled:
            return "".join(self.letters).replace("oo", "ooo") + self.tone
        return "".join(itertools.chain(*zip(self.letters, self.marks, strict=True))) + self.tone

    def others(self) -> Iterator[str]:
        """Other usual orders."""
        if self.doubled:
            return
        end = len(self.onset) + len(self.nucleus)
        marked = [letter + mark for letter, mark in zip(self.letters, self.marks, strict=True)]
        word, plain = "".join(marked), "".join(self.letters)
        before, after = "".join(marked[:end]), "".join(marked[end:])
        # the tone right after the vowels, or right after the letter that bears it
        yield before + self.tone + after
        yield "".join(marked[: self.bearer + 1]) + self.tone + "".join(marked[self.bearer + 1 :])
        bar = self.marks[0] if self.onset[:1] == "d" else ""
        late = self._once(self.marks[1 if bar else 0 :])
        head = self.letters[0] + bar
        begun, rest = head + "".join(self.letters[1:end]), head + "".join(self.letters[1:])
        # the vowel's mark after the vowels, after the last letter, before and after the tone
        yield begun + late + after + self.tone
        yield begun + late + self.tone + after
        yield rest + late + self.tone
        yield rest + self.tone + late
        if bar:  # the bar after the vowels, at the end, after everything
            yield self.letters[0] + word[2:] + bar + self.tone
            yield self.letters[0] + word[2:] + self.tone + bar
            yield self.letters[0] + "".join(marked[1:end]) + bar + after + self.tone
            yield plain + late + bar + self.tone
            if self.vni:
                yield plain + bar + late + self.tone

    @staticmethod
    def _once(marks: list[str]) -> str:
        """One w, or one 7, serves both letters of ươ."""
        return "".join(dict.fromkeys(marks))
