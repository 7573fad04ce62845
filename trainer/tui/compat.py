"""Everything that works around Textual, each guard with its upstream link.

``TEXTUAL_DISABLE_KITTY_KEY=1`` is set in ``trainer/tui/__init__.py`` because Textual reads it at
import: with Kitty keys, words that an input method commits turn to garbage and iTerm2 loses
them (https://github.com/Textualize/textual/issues/6561).
"""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import importlib
import os
import signal
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.widgets import Input, TextArea

from trainer.text import clean

_GRACE_S = 2.0
"""A closed terminal may block the clean way out; after this the process ends anyway."""


class TolerantDecoder(codecs.IncrementalDecoder):
    """UTF-8 that survives a bad byte and notices the end of the terminal.

    One wrong byte ends a stock app (https://github.com/Textualize/textual/issues/6456); a closed
    terminal makes its input thread spin (https://github.com/Textualize/textual/pull/6690).
    """

    on_end: Callable[[], object] | None = None

    def __init__(self, errors: str = "replace") -> None:
        super().__init__(errors)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def decode(self, data: Any, final: bool = False) -> str:
        """Decode what was read; reading nothing means that the terminal is gone."""
        if not data and not final:
            if TolerantDecoder.on_end is not None:
                TolerantDecoder.on_end()
            time.sleep(0.2)
        return self._decoder.decode(data, final)


def guard_input() -> None:
    """Let Textual's drivers use :class:`TolerantDecoder`."""
    for name in ("linux_driver", "linux_inline_driver"):
        with contextlib.suppress(ImportError):
            module: Any = importlib.import_module(f"textual.drivers.{name}")
            if hasattr(module, "getincrementaldecoder"):
                module.getincrementaldecoder = lambda _encoding: TolerantDecoder


def real_size() -> None:
    """Ask the terminal for its size: an exported COLUMNS or LINES is stale after a resize."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def guard_signals(app: App[Any]) -> None:
    """End the app cleanly on SIGHUP, SIGTERM and a closed terminal."""
    loop = asyncio.get_running_loop()

    def leave(code: int) -> None:
        threading.Thread(target=_end_after_grace, args=(code,), daemon=True).start()
        app.exit(return_code=code)

    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, 128 + number)
    TolerantDecoder.on_end = lambda: loop.call_soon_threadsafe(leave, 129)


def _end_after_grace(code: int) -> None:
    time.sleep(_GRACE_S)
    os._exit(code)


def utf8_streams() -> None:
    """Write UTF-8 whatever the locale says; a Latin-1 locale breaks letters and layout."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        if stream is not None and hasattr(stream, "reconfigure"):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")


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
