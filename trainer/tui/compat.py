"""What works around Textual at start and at the terminal, each guard with its upstream link.

The boxes for typed text have their guards in :mod:`trainer.tui.widgets.boxes`, which is loaded
only where somebody types.

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
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

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
    with contextlib.suppress(ImportError):
        module: Any = importlib.import_module("textual.drivers.linux_driver")
        if hasattr(module, "getincrementaldecoder"):
            module.getincrementaldecoder = lambda _encoding: TolerantDecoder


def real_size() -> None:
    """Ask the terminal for its size: an exported COLUMNS or LINES is stale after a resize."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def allow_switching(app: App[Any], screen: Screen[Any]) -> None:
    """Let a mode's first screen be replaced by ``switch_screen``.

    Textual pops a result callback of the screen that goes, but gives a mode's first screen none
    (8.2.8: ``IndexError: pop from empty list``).
    """
    screen._push_result_callback(app, None)


def begin_with_theme(app: App[Any], name: str) -> None:
    """Give an app that does not run yet its theme.

    Setting ``App.theme`` instead lets the stylesheet be read a second time as soon as the app runs
    (8.2.8: 10 ms before the first paint).
    """
    app.set_reactive(App.theme, name)
    app.set_class(app.current_theme.dark, "-dark-mode", update=False)
    app.set_class(not app.current_theme.dark, "-light-mode", update=False)
    app.set_class(True, f"-theme-{name}", update=False)
    app.stylesheet.set_variables(app.get_css_variables())


def read_css(app: App[Any], screen: Screen[Any]) -> None:
    """Read the style of a screen that is about to be shown, and that alone.

    Left to itself Textual reads all that it has again for each new file, and once more because a
    screen that is new seems to be out of date (8.2.8: 10 ms each).
    """
    sheet = app.stylesheet
    new = [path for path in screen.css_path if not sheet.has_source(str(path), "")]
    for path in new:
        sheet.read(path)
    if new:
        sheet.parse()
    if screen._css_update_count < 0:
        screen._css_update_count = app._css_update_count


def fit_at_once(app: App[Any], screen: Screen[Any]) -> None:
    """Give a first screen the classes of the window's size that Textual gives it after it was styled once."""
    for limits, extent in (
        (app.HORIZONTAL_BREAKPOINTS or (), app.size.width),
        (app.VERTICAL_BREAKPOINTS or (), app.size.height),
    ):
        fitting = [name for limit, name in limits if extent >= limit]
        screen.set_class(True, *fitting[-1:], update=False)


def paint_now(screen: Screen[Any]) -> None:
    """Draw what waits to be drawn.

    Textual draws at most 60 times a second, and lets the first picture of a screen wait for that
    clock too (8.2.8: 16 ms with nothing to do).
    """
    screen._on_timer_update()


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
