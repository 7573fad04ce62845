"""Boxes as the player left them: Telex, VNI or off, and where tone marks go."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.app import App

from trainer.tui.widgets.boxes import TypingBox
from trainer.typing.compose import Method

Box = TypeVar("Box", bound=TypingBox)

METHOD_SETTING, TONES_SETTING, MODERN = "typing", "tones", "new"


def as_remembered(box: Box, app: App[Any]) -> Box:
    """Set a box to the remembered way of typing; outside the program there is none."""
    services = getattr(app, "services", None)
    if services is not None:
        box.method = Method.named(services.store.setting(METHOD_SETTING))
        box.modern_tones = services.store.setting(TONES_SETTING) == MODERN
    return box
