"""What every widget for answering a question has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.containers import Vertical
from textual.message import Message

LETTERS = "ABCDEFGH"


class AnswerPane(Vertical, can_focus=True):
    """Shows one question's way of answering, reports the response, and then shows the key.

    A pane only reports; what is right it is told by :meth:`reveal`. Responses are in presented
    terms, see :mod:`trainer.contest.judging`.
    """

    types = False
    """Whether the player types, so that letters are text and not keys."""

    @dataclass
    class Answered(Message):
        """The response is ready to be handed in."""

        response: Any

    @dataclass
    class Changed(Message):
        """The response changed; nothing is handed in yet."""

        response: Any

    class EnterPressed(Message):
        """Enter, when there is nothing to hand in: the screen knows what comes next."""

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show a new question, with what was chosen or typed before."""
        raise NotImplementedError

    def close(self) -> None:
        """Take no more answers."""
        raise NotImplementedError

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Show what was right and what was answered."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return what the keys do now, for the line that names the next key."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where the keys are."""
        self.focus(scroll_visible=False)
