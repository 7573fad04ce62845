"""Boxes for typed text that survive input methods, decomposed letters, pastes and haste.

What both boxes share is :class:`TypingBox`: every key is handled in its own turn, Telex and VNI
are built in (F4), and a box that was handed in takes no more keys until it is opened again.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult, Location
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from trainer.text import clean
from trainer.typing.compose import Change, Method, WordBuffer
from trainer.typing.fitting import fit_line, fit_lines

LABELS = {Method.OFF: "Gõ: tắt (F4)", Method.TELEX: "Telex", Method.VNI: "VNI"}

if TYPE_CHECKING:

    class _Mixed(Widget):
        """What the type checker is to think that a box is."""

else:
    _Mixed = object


class TypingBox(_Mixed):
    """Typing as both boxes have it; mixed into an Input or a TextArea.

    Attributes:
        submitted: The box was handed in and takes no keys and no pastes until :meth:`open`.
    """

    TYPING_BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "change_method", "Kiểu gõ", show=False)]

    method: reactive[Method] = reactive(Method.OFF)
    """The built-in input method; setting it posts no message."""

    @dataclass
    class MethodChanged(Message):
        """The user chose another way of typing; the screen keeps it and tells its other boxes."""

        box: TypingBox
        method: Method

        @property
        def control(self) -> TypingBox:
            """The box, for ``on(…, selector)``."""
            return self.box

    def _begin_typing(self, initial: Method, modern_tones: bool) -> None:
        """Set up what a plain mixin cannot in its own ``__init__``."""
        self.submitted = False
        self._word = WordBuffer(initial, modern_tones=modern_tones)
        self._word_end: object = None
        self.set_reactive(TypingBox.method, initial)
        self.border_subtitle = LABELS[initial]

    def watch_method(self, method: Method) -> None:
        """Begin the next word with another method, and say so at the box."""
        if self._word.text:
            self._end_word()
        self._word.method = method
        self.border_subtitle = LABELS[method]

    @property
    def modern_tones(self) -> bool:
        """Whether tone marks are put hoà, thuỷ instead of hòa, thủy."""
        return self._word.modern_tones

    @modern_tones.setter
    def modern_tones(self, modern: bool) -> None:
        self._end_word()
        self._word.modern_tones = modern

    def action_change_method(self) -> None:
        """Go from off to Telex to VNI to off."""
        self.method = self.method.following
        self.post_message(self.MethodChanged(self, self.method))

    # --- what an Input and a TextArea do each in their own way -----------------------------------

    @property
    def _box(self) -> Input | TextArea:
        return cast("Input | TextArea", self)

    def _before(self, count: int) -> str:
        """Return up to `count` characters before the cursor, in its line."""
        raise NotImplementedError

    def _write(self, remove: int, text: str) -> None:
        """Put `text` in the place of `remove` characters before the cursor."""
        raise NotImplementedError

    def _put(self, text: str) -> None:
        """Put `text` in the place of the selection, or at the cursor."""
        raise NotImplementedError

    # --- handing in ------------------------------------------------------------------------------

    def open(self, text: str | None = None) -> None:
        """Take keys again, with `text` in the box; None keeps what stands there."""
        self._word.reset()
        self.submitted = False
        if text is not None:
            self._fill(text)

    def close(self) -> None:
        """Take no more keys, as at a deadline; nothing is posted and the text stays."""
        self._end_word()
        self.submitted = True

    def _fill(self, text: str) -> None:
        raise NotImplementedError

    # --- keys ------------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        """Handle a key in its own turn.

        Stock widgets insert letters at once but let Backspace bubble to the app first, so that an
        input method's burst ``d u o BS BS ươ`` comes out wrong
        (https://github.com/Textualize/textual/issues/6605).
        """
        character = event.character or ""
        held = event.key.startswith(("alt+", "ctrl+", "super+"))
        own = self._bindings.key_to_bindings.get(event.key) or []
        types = event.is_printable and not held
        if not (types or own or event.key in ("enter", "tab", "shift+tab")):
            self._end_word()
            if event.is_printable:
                event.prevent_default()  # alt+letter is no letter
            return
        if event.key in ("tab", "shift+tab"):
            self._leave(event)
            return
        event.stop()
        event.prevent_default()
        if self.submitted:
            return
        self._box._restart_blink()
        if types:
            self._type(character)
        elif event.key == "backspace":
            self._erase()
        elif event.key == "enter":
            self._end_word()
            await self._enter()
        else:
            self._end_word()
            await self.run_action(own[0].action)

    async def _enter(self) -> None:
        raise NotImplementedError

    def _type(self, text: str) -> None:
        """Type letters at the cursor, composing them."""
        if not self._box.selection.is_empty:
            self._word.reset()
            self._put("")
        for letter in text if text.isascii() else clean(text):
            if unicodedata.combining(letter):
                self._word.feed(letter)
                self._join(letter)
            else:
                self._keep_in_step()
                self._apply(self._word.feed(letter))
            self._word_end = self._box.selection.end

    def _join(self, mark: str) -> None:
        """Join a combining mark, as a decomposing keyboard sends it, to the letter before it."""
        before = self._before(1)
        joined = unicodedata.normalize("NFC", before + mark)
        if before and (len(joined) == 1 or not unicodedata.combining(before)):
            self._write(1, joined)

    def _erase(self) -> None:
        """Take one letter or the selection away."""
        if not self._box.selection.is_empty:
            self._word.reset()
            self._put("")
            return
        self._keep_in_step()
        change = self._word.backspace()
        if change is not None:
            self._apply(change)
        else:
            self._box.action_delete_left()
        self._word_end = self._box.selection.end

    def _apply(self, change: Change) -> None:
        if change.remove or change.insert:
            self._write(change.remove, change.insert)

    def _keep_in_step(self) -> None:
        """Forget the word if the cursor is elsewhere, or if other text stands before it."""
        word = self._word.text
        if self._word_end != self._box.selection.end or (word and self._before(len(word)) != word):
            self._word.reset()

    def _end_word(self) -> None:
        """Finish the word: letters that make no syllable go back to what was typed."""
        self._keep_in_step()
        self._apply(self._word.finish())

    def _leave(self, event: events.Key) -> None:
        """Go to the next or the last widget, in this key's own turn as well.

        Keys that already wait for this box were struck after Tab: they belong to the widget that
        it leads to. A screen that wants Tab for itself binds it with priority.
        """
        event.stop()
        event.prevent_default()
        self._end_word()
        screen = self.screen
        target = screen.focus_next() if event.key == "tab" else screen.focus_previous()
        if target is None or target is self:
            return
        pump: Any = self
        waiting = [] if pump._pending_message is None else [pump._pending_message]
        pump._pending_message = None
        while not pump._message_queue.empty():
            waiting.append(pump._message_queue.get_nowait())
        for message in waiting:
            if isinstance(message, events.Key | events.Paste):
                target.post_message(message)
            else:
                pump._message_queue.put_nowait(message)

    def _paste(self, event: events.Paste) -> None:
        """Put pasted text in, as far as there is room."""
        event.stop()
        event.prevent_default()
        if not self.submitted:
            self._end_word()
            self._put(event.text)


class LineInput(TypingBox, Input):
    """One line of typed text; Enter hands it in (``Submitted``), then no keys until :meth:`open`."""

    MAX_CHARACTERS = 400
    BINDINGS = TypingBox.TYPING_BINDINGS

    def __init__(
        self,
        value: str | None = None,
        placeholder: str = "",
        *,
        initial: Method = Method.OFF,
        modern_tones: bool = False,
        max_length: int = MAX_CHARACTERS,
        **more: Any,
    ) -> None:
        """Create the box.

        Args:
            value: The text in it.
            placeholder: Shown while it is empty.
            initial: The input method to begin with, as the settings have it.
            modern_tones: hoà, thuỷ instead of hòa, thủy.
            max_length: In characters, at most ``MAX_CHARACTERS``.
            more: As for an Input.
        """
        super().__init__(None, placeholder, max_length=min(max_length, self.MAX_CHARACTERS), **more)
        self._begin_typing(initial, modern_tones)
        if value is not None:
            self.value = value

    @property
    def _limit(self) -> int:
        return self.max_length or self.MAX_CHARACTERS

    def validate_value(self, value: str) -> str:
        """Clean and cut what a program puts in."""
        return fit_line(value, self._limit)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace the text between two places, as far as there is room."""
        start, end = max(0, min(start, end)), min(len(self.value), max(start, end))
        text = fit_line(text, self._limit)[: self._limit - len(self.value) + end - start]
        if text or end > start:
            super().replace(text, start, end)

    def _on_paste(self, event: events.Paste) -> None:
        self._paste(event)

    async def action_submit(self) -> None:
        """Hand the line in, once."""
        if not self.submitted:
            self.close()
            await super().action_submit()

    async def _enter(self) -> None:
        await self.action_submit()

    def _before(self, count: int) -> str:
        place = self.cursor_position
        return self.value[max(0, place - count) : place]

    def _write(self, remove: int, text: str) -> None:
        self.replace(text, self.cursor_position - remove, self.cursor_position)

    def _put(self, text: str) -> None:
        self.replace(text, *self.selection)

    def _fill(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(self.value)


class TextBox(TypingBox, TextArea):
    """Several lines of typed text; Tab leaves it.

    Enter begins a new line, or with `enter_submits` hands the text in: ``TextBox.Submitted``, then
    no more keys until :meth:`open`.
    """

    MAX_CHARACTERS = 20_000
    BINDINGS = TypingBox.TYPING_BINDINGS

    @dataclass
    class Submitted(Message):
        """The text was handed in."""

        text_area: TextBox
        value: str

        @property
        def control(self) -> TextBox:
            """The box, for ``on(…, selector)``."""
            return self.text_area

    def __init__(
        self,
        text: str = "",
        *,
        initial: Method = Method.OFF,
        modern_tones: bool = False,
        enter_submits: bool = False,
        **more: Any,
    ) -> None:
        """Create the box; arguments as for a LineInput, and whether Enter hands the text in."""
        super().__init__(fit_lines(text, self.MAX_CHARACTERS), **more)
        self.enter_submits = enter_submits
        self._begin_typing(initial, modern_tones)

    def load_text(self, text: str) -> None:
        """Show another text, cleaned and cut; its history of changes is empty."""
        super().load_text(fit_lines(text, self.MAX_CHARACTERS))

    def replace(
        self, insert: str, start: Location, end: Location, *, maintain_selection_offset: bool = True
    ) -> EditResult:
        """Replace the text between two places, as far as there is room."""
        room = self.MAX_CHARACTERS - len(self.text) + len(self.get_text_range(start, end))
        insert = fit_lines(insert, self.MAX_CHARACTERS)[: max(0, room)]
        return super().replace(insert, start, end, maintain_selection_offset=maintain_selection_offset)

    def insert(
        self, text: str, location: Location | None = None, *, maintain_selection_offset: bool = True
    ) -> EditResult:
        """Insert text, at the cursor for None, as far as there is room."""
        place = self.cursor_location if location is None else location
        return self.replace(text, place, place, maintain_selection_offset=maintain_selection_offset)

    async def _on_paste(self, event: events.Paste) -> None:
        self._paste(event)

    def action_submit(self) -> None:
        """Hand the text in, once."""
        if not self.submitted:
            self.close()
            self.post_message(self.Submitted(self, self.text))

    async def _enter(self) -> None:
        if self.enter_submits:
            self.action_submit()
        else:
            self._put("\n")

    def _before(self, count: int) -> str:
        row, column = self.cursor_location
        return self.document.get_line(row)[max(0, column - count) : column]

    def _write(self, remove: int, text: str) -> None:
        row, column = self.cursor_location
        self._swap(text, (row, column - remove), (row, column))

    def _put(self, text: str) -> None:
        self._swap(text, *self.selection)

    def _swap(self, text: str, start: Location, end: Location) -> None:
        full = start == end and len(self.text) >= self.MAX_CHARACTERS
        if not (full or self.read_only):  # an edit of nothing costs 4 ms in a full box
            self.replace(text, start, end, maintain_selection_offset=False)

    def _fill(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)
