"""Boxes for typed text that survive input methods, decomposed letters and pastes."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.widgets import Input, TextArea

from trainer.text import clean


async def _handle_in_order(widget: Input | TextArea, event: events.Key) -> bool:
    """Run the widget's own binding for a key that prints nothing, in the key's own turn.

    Stock widgets insert letters at once but let Backspace bubble to the app first, so that an
    input method's burst ``d u o BS BS ươ`` comes out wrong
    (https://github.com/Textualize/textual/issues/6605).
    """
    if event.is_printable:
        return False
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):
        event.stop()
        event.prevent_default()
        await widget.run_action(binding.action)
        return True
    return False


class LineInput(Input):
    """One line of typed text that survives input methods, NFD and pastes."""

    async def _on_key(self, event: events.Key) -> None:
        if await _handle_in_order(self, event):
            return
        character = event.character or ""
        if event.is_printable and unicodedata.combining(character) and self.cursor_position:
            event.stop()
            event.prevent_default()
            place = self.cursor_position
            joined = unicodedata.normalize("NFC", self.value[place - 1] + character)
            self.replace(joined, place - 1, place)
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)[:400]
        super()._on_paste(event)


class TextBox(TextArea):
    """Several lines of typed text, with the same care; Tab leaves it."""

    MAX_CHARACTERS = 20_000

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "tab", "shift+tab"):
            return
        if await _handle_in_order(self, event):
            return
        character = event.character or ""
        row, column = self.cursor_location
        if event.is_printable and unicodedata.combining(character) and column:
            event.stop()
            event.prevent_default()
            before = self.get_text_range((row, column - 1), (row, column))
            self.replace(unicodedata.normalize("NFC", before + character), (row, column - 1), (row, column))
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        room = max(0, self.MAX_CHARACTERS - len(self.text))
        event.text = clean(event.text)[:room]
        await super()._on_paste(event)
