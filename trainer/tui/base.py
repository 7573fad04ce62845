"""What all full screens of the trainer share."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp


class TrainerScreen(Screen[None]):
    """A screen that knows its app's type.

    A subclass names its keys in ``KEYS``; ``?`` shows them.
    """

    KEYS: tuple[tuple[str, str], ...] = ()

    @property
    def trainer(self) -> DanvanApp:
        """The trainer's app."""
        return cast("DanvanApp", self.app)

    @property
    def in_box(self) -> bool:
        """Whether the focus is in a box for text."""
        # Loaded only when somebody asks: the boxes cost a start more than the question it shows.
        from textual.widgets import Input, TextArea

        return isinstance(self.focused, Input | TextArea)

    def action_home(self) -> None:
        """Go home."""
        self.trainer.go("home")
