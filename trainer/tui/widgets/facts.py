"""Labelled texts in two columns: “Đáp án …”, “Vì sao …”, “Căn cứ …”."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

Fact = tuple[str, str, str | Content]
"""Label, style of the label, text."""


class FactRow(Horizontal):
    """One label and its text."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact

    def compose(self) -> ComposeResult:
        """Two columns."""
        label, style, text = self._fact
        yield Static(Content.styled(label, f"bold {style}"), classes="label")
        yield Static(Content(text) if isinstance(text, str) else text, classes="text")


class Facts(Vertical):
    """A headline and some facts; empty until :meth:`show`."""

    DEFAULT_CSS = """
    Facts { height: auto; display: none; }
    Facts.-shown { display: block; }
    Facts #headline { height: auto; margin: 0 0 0 0; }
    Facts FactRow { height: auto; }
    Facts FactRow .label { width: 10; height: auto; }
    Facts FactRow .text { width: 1fr; height: auto; }
    """

    def compose(self) -> ComposeResult:
        """Only the headline."""
        yield Static(id="headline")

    async def show(self, headline: Content, facts: Iterable[Fact]) -> None:
        """Replace what is shown."""
        self.query_one("#headline", Static).update(headline)
        await self.query(FactRow).remove()
        await self.mount_all([FactRow(fact) for fact in facts])
        self.add_class("-shown")

    def clear(self) -> None:
        """Show nothing."""
        self.remove_class("-shown")
