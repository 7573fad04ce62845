"""Telex and VNI: the keys of one word become its text.

A word is a small value that each key turns into the next one, so that a box pays for one key at
a time (:class:`WordBuffer`) and a whole word is a fold (:func:`compose`). Letters and tone are
kept apart; the tone is placed anew whenever the word is shown, which moves it as letters follow.
Beside them stands what was typed: a word whose letters make no Vietnamese syllable shows that.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import NamedTuple

from trainer.typing.inventory import VOWELS, plain, shape, tone_place, with_tone, without_tone


class Method(StrEnum):
    """How keys become Vietnamese letters; the value is what settings keep."""

    OFF = "off"
    TELEX = "telex"
    VNI = "vni"

    @classmethod
    def named(cls, name: str) -> Method:
        """Return the method that a setting names, OFF for anything else."""
        return next((method for method in cls if method.value == name), cls.OFF)

    @property
    def following(self) -> Method:
        """The next one round: off, Telex, VNI."""
        methods = list(Method)
        return methods[(methods.index(self) + 1) % len(methods)]


class Change(NamedTuple):
    """What to do before the cursor: take `remove` letters away, then write `insert`."""

    remove: int
    insert: str


# Words that come up in Vietnamese text; tét is typed "tets", mã "max".
LEFT_ALONE = frozenset({"test", "marx"})
_TELEX_TONES = {"z": 0, "s": 1, "f": 2, "r": 3, "x": 4, "j": 5}
_FALLING = (2, 3, 4)
"""Tones that no syllable ending in a stop has."""
_HATS = {"a": "â", "ă": "â", "e": "ê", "o": "ô", "ơ": "ô"}
_HORNS = {"u": "ư", "o": "ơ", "ô": "ơ"}
_BREVES = {"a": "ă", "â": "ă"}
_HOOKS = _HORNS | _BREVES
"""What Telex's w does; VNI has 7 and 8."""
_LONGEST = 12
"""Letters; no syllable and no abbreviation is longer."""


class _Word(NamedTuple):
    """A word being typed.

    Attributes:
        letters: Its letters in their case, with marks and đ, without the tone.
        tone: As in ``inventory.TONES``.
        typed: What is shown if the letters are no syllable.
        dead: Nothing more is composed: the letters are no beginning of a syllable.
        late: A hat was set from beyond another letter, as in ``data``.
        from_w: A w alone stands for an ư.
        mended: Letters were taken away, so that its keys are no longer known.
    """

    letters: str = ""
    tone: int = 0
    typed: str = ""
    dead: bool = False
    late: bool = False
    from_w: bool = False
    mended: bool = False

    @property
    def shown(self) -> bool:
        """Whether the composed letters are shown, not the keys."""
        if self.dead:
            return False
        form = shape(self.letters.lower())
        if form.complete:
            return not (form.stop and self.late and not self.tone)
        return not self.tone or form.marked

    def text(self, modern: bool) -> str:
        """Return what stands in the box while the word is being typed."""
        return _render(self.letters, self.tone, modern) if self.shown else self.typed

    def final(self, modern: bool) -> str:
        """Return what stands there when the word has ended: a syllable or the keys."""
        complete = self.shown and shape(self.letters.lower()).complete
        return _render(self.letters, self.tone, modern) if complete else self.typed


def _render(letters: str, tone: int, modern: bool) -> str:
    """Return letters with both horns of ươ and the tone in its place."""
    form = shape(letters.lower())
    start, rime = form.start, form.rime
    if not rime:
        return letters
    if letters[start:].lower() != rime:
        horned = zip(letters[start : start + 2], rime[:2], strict=True)
        pair = "".join(horn.upper() if letter.isupper() else horn for letter, horn in horned)
        letters = letters[:start] + pair + letters[start + 2 :]
    if not tone:
        return letters
    place = start + tone_place(rime, modern)
    return letters[:place] + with_tone(letters[place], tone) + letters[place + 1 :]


def _press(word: _Word, key: str, method: Method, modern: bool) -> _Word:
    """Return the word after one more letter or digit."""
    small = key.lower()
    if word.dead:
        return _press_dead(word, key, small, method)
    after = (_telex if method is Method.TELEX else _vni)(word, key, small, modern)
    if after is None:
        letters, typed = word.letters + key, word.typed + key
        after = word._replace(letters=letters, typed=typed, dead=not shape(letters.lower()).viable)
    if after.dead:
        return after
    form = shape(after.letters.lower())
    wrong = form.complete and form.stop and after.tone in _FALLING
    if wrong or after.typed.lower() in LEFT_ALONE:
        return after._replace(dead=True)
    return after._replace(typed=after.text(modern)) if after.mended else after


def _press_dead(word: _Word, key: str, small: str, method: Method) -> _Word:
    """Add a key to what is no syllable; only đ is still made, in abbreviations: HĐND."""
    typed = word.typed
    if small == ("d" if method is Method.TELEX else "9") and 0 < len(typed) <= _LONGEST:
        last = typed[-1]
        undone = typed[-2:].lower() == "dd"
        if last in "dDđĐ" and not undone and VOWELS.isdisjoint(typed.lower()):
            swapped = {"d": "đ", "D": "Đ", "đ": "d" + key, "Đ": "D" + key}[last]
            return word._replace(typed=typed[:-1] + swapped)
    return word._replace(typed=typed + key)


def _telex(word: _Word, key: str, small: str, modern: bool) -> _Word | None:
    """Let a Telex key work on the word; None when it is a letter."""
    if small in _TELEX_TONES:
        return _set_tone(word, key, _TELEX_TONES[small], modern)
    if small in "aeo":
        return _set_mark(word, key, {kind: hat for kind, hat in _HATS.items() if hat == _HATS[small]}, modern)
    if small == "d":
        return _set_bar(word, key, modern)
    if small == "w":
        return _set_mark(word, key, _HOOKS, modern) or _lone_w(word, key)
    return None


def _vni(word: _Word, key: str, small: str, modern: bool) -> _Word | None:
    """Let a VNI key work on the word; None when it is a letter."""
    if not small.isdigit():
        return None
    if small in "012345":
        return _set_tone(word, key, int(small), modern)
    if small == "9":
        return _set_bar(word, key, modern)
    marks = {"6": _HATS, "7": _HORNS, "8": _BREVES}.get(small)
    return None if marks is None else _set_mark(word, key, marks, modern)


def _undone(key: str, letters: str, tone: int, modern: bool) -> _Word:
    """Return the word with a mark or tone taken back and its key written as a letter."""
    typed = _render(letters, tone, modern) + key
    grown = letters + key
    return _Word(grown, tone, typed, not shape(grown.lower()).viable)


def _set_tone(word: _Word, key: str, tone: int, modern: bool) -> _Word | None:
    if not shape(word.letters.lower()).rime:
        return None
    if not tone:
        if not word.tone:
            return None
        return word._replace(tone=0, typed=_render(word.letters, 0, modern))
    if tone == word.tone:
        return _undone(key, word.letters, 0, modern) if word.shown else None
    return word._replace(tone=tone, typed=word.typed + key)


def _set_bar(word: _Word, key: str, modern: bool) -> _Word | None:
    """Make đ of the first d, from anywhere in the word."""
    letters = word.letters
    if letters[:1] in ("đ", "Đ"):
        bare = ("d" if letters[0] == "đ" else "D") + letters[1:]
        return _undone(key, bare, word.tone, modern) if word.shown else None
    if letters[:1] not in ("d", "D"):
        return None
    barred = ("đ" if letters[0] == "d" else "Đ") + letters[1:]
    if not shape(barred.lower()).viable:
        return None
    return word._replace(letters=barred, typed=barred if len(letters) == 1 else word.typed + key)


def _put(letters: str, place: int, letter: str) -> str:
    """Return letters with one replaced, in its case."""
    return letters[:place] + (letter.upper() if letters[place].isupper() else letter) + letters[place + 1 :]


def _set_mark(word: _Word, key: str, marks: dict[str, str], modern: bool) -> _Word | None:
    """Set a hat, horn or breve wherever a syllable comes of it, or take it back.

    `marks` says what each letter becomes. A letter that already is what the key makes is taken
    back when nothing else can be marked.
    """
    small = word.letters.lower()
    start = shape(small).start
    set_already: int | None = None
    for place in _places(small, start, marks):
        made = marks.get(small[place])
        if made is None:
            set_already = place
        elif shape(small[:place] + made + small[place + 1 :]).viable:
            late = made in "âêô" and key.isalpha() and place < len(small) - 1
            letters = _put(word.letters, place, made)
            return word._replace(letters=letters, typed=word.typed + key, late=word.late or late)
    if set_already is None or not word.shown:
        return None
    if word.from_w and small[set_already] == "ư":
        kept = word.letters[:set_already] + word.letters[set_already + 1 :]
        return _Word(kept + key, 0, kept + key, True)
    bare = _put(word.letters, set_already, plain(small[set_already]))
    if small[set_already - 1 : set_already + 1] == "ươ" and set_already > start:
        bare = _put(bare, set_already - 1, "u")
    return _undone(key, bare, word.tone, modern)


def _places(small: str, start: int, marks: dict[str, str]) -> list[int]:
    """Return the places in the rime that a mark key may mean, the likeliest first."""
    made = set(marks.values())
    found = [place for place in range(start, len(small)) if small[place] in marks or small[place] in made]
    if "ư" in made:
        pair = [place for place in found[1:] if small[place] in "oôơ" and small[place - 1] in "uư"]
        return pair[:1] or found  # uo takes its horn on o: huơ, and both horns before a letter
    return found[::-1]


def _lone_w(word: _Word, key: str) -> _Word | None:
    """Let w stand for ư where no letter takes its mark: ``tw`` is tư."""
    letters = word.letters + ("Ư" if key == "W" else "ư")
    if not shape(letters.lower()).viable:
        return None
    return word._replace(letters=letters, typed=word.typed + key, from_w=True)


def _read(text: str) -> _Word:
    """Return the word that a text would be if it had just been typed."""
    pairs = [without_tone(letter) for letter in text]
    letters = "".join(letter for letter, _ in pairs)
    tones = [tone for _, tone in pairs if tone]
    form = shape(letters.lower()) if len(letters) <= _LONGEST else None
    tone = tones[0] if len(tones) == 1 else 0
    dead = form is None or not form.viable or len(tones) > 1
    dead = dead or (form is not None and form.complete and form.stop and tone in _FALLING)
    return _Word(letters, tone, text, dead, mended=True)


def is_word_key(key: str, method: Method, *, begun: bool = True) -> bool:
    """Tell whether a key belongs to a word: an ASCII letter, or for VNI a digit after one."""
    return key.isascii() and (key.isalpha() or (method is Method.VNI and begun and key.isdigit()))


def compose(keys: str, method: Method, *, modern_tones: bool = False) -> str:
    """Return the text of one word typed as `keys`, in NFC.

    Args:
        keys: Raw keys in order. What is no Vietnamese syllable comes back as typed.
        method: With ``Method.OFF`` nothing is composed.
        modern_tones: hoà, thuỷ instead of hòa, thủy.
    """
    if method is Method.OFF:
        return unicodedata.normalize("NFC", keys)
    word = _Word()
    for place, key in enumerate(keys):
        if word.dead and len(word.typed) > _LONGEST:
            word = word._replace(typed=word.typed + keys[place:])
            break
        if is_word_key(key, method, begun=bool(word.typed)):
            word = _press(word, key, method, modern_tones)
        else:
            word = _Word(word.letters, 0, word.text(modern_tones) + key, True)
    return unicodedata.normalize("NFC", word.final(modern_tones))


class WordBuffer:
    """The word before the cursor, for a box that is typed in.

    The box applies each :class:`Change` and tells it of everything else by :meth:`reset`.

    Attributes:
        method: Telex, VNI or off; change it between words.
        modern_tones: hoà, thuỷ instead of hòa, thủy.
    """

    def __init__(self, method: Method = Method.OFF, *, modern_tones: bool = False) -> None:
        self.method = method
        self.modern_tones = modern_tones
        self._word = _Word()
        self._foreign = False

    @property
    def text(self) -> str:
        """What stands before the cursor of the word, "" when none is being composed."""
        return self._word.text(self.modern_tones)

    def reset(self) -> None:
        """Forget the word: the cursor moved, something was pasted."""
        self._word = _Word()
        self._foreign = False

    def feed(self, key: str) -> Change:
        """Take one typed character.

        A letter outside ASCII, or a combining mark, comes from an input method of the system: its
        word is left alone to its end. A key that belongs to no word ends the word.
        """
        if self.method is Method.OFF:
            return Change(0, key)
        if not is_word_key(key, self.method, begun=bool(self._word.typed)):
            if not key.isascii() and (key.isalpha() or unicodedata.combining(key)):
                self._word, self._foreign = _Word(), True
                return Change(0, key)
            if self._foreign and key.isdigit():
                return Change(0, key)
            ended = self.finish()
            return Change(ended.remove, ended.insert + key)
        if self._foreign:
            return Change(0, key)
        if self._word.dead and len(self._word.typed) > 2 * _LONGEST:
            self.reset()
            self._foreign = True  # long enough: a held-down key must not cost more and more
            return Change(0, key)
        before = self.text
        self._word = _press(self._word, key, self.method, self.modern_tones)
        return _difference(before, self.text)

    def backspace(self) -> Change | None:
        """Take the last letter away; None when the box must do it itself.

        The word goes on: its tone is placed anew, and more keys compose.
        """
        before = self.text
        if not before:
            return None
        self._word = _read(before[:-1]) if len(before) > 1 else _Word()
        return _difference(before, self.text)

    def finish(self) -> Change:
        """End the word: letters that make no syllable go back to the keys that were typed."""
        change = _difference(self.text, self._word.final(self.modern_tones))
        self.reset()
        return change


def _difference(before: str, after: str) -> Change:
    """Return the change at the end that makes one text of the other."""
    if after.startswith(before):
        return Change(0, after[len(before) :])
    same = next(
        (place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None
    )
    if same is None:
        same = min(len(before), len(after))
    return Change(len(before) - same, after[same:])
