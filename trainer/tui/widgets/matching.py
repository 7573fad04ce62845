"""Matching left to right by keys: the letter of a right side goes to the left side under the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trainer.tui.widgets.answering import LETTERS, AnswerPane

NONE = -1


class LeftRow(Static):
    """One left side with the letter chosen for it."""

    def __init__(self, place: int) -> None:
        super().__init__(markup=False)
        self.place = place


class MatchAnswer(AnswerPane):
    """The pairs of a ``match`` question: left sides above, lettered right sides below."""

    DEFAULT_CSS = """
    MatchAnswer { height: auto; }
    MatchAnswer LeftRow { height: auto; width: 1fr; padding: 0 1 0 0; }
    MatchAnswer:focus LeftRow.-cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    MatchAnswer LeftRow.-right { background: $right-bg; color: $success; }
    MatchAnswer LeftRow.-wrong { background: $wrong-bg; color: $error; }
    MatchAnswer #rights { height: auto; margin: 1 0 0 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{letter.lower()},{letter},{number}", f"pair({number - 1})", show=False)
            for number, letter in enumerate(LETTERS, 1)
        ),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
        Binding("enter", "enter", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lefts: list[str] = []
        self._rights: list[str] = []
        self._pairs: list[int] = []
        self._cursor = 0
        self._open = False

    def compose(self) -> ComposeResult:
        """Start empty; :meth:`ask` fills it."""
        return iter(())

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show both sides, with the pairs chosen before."""
        del roomy
        await self.remove_children()
        self._lefts = list(item["items"])
        self._rights = [item["matches"][index] for index in order]
        self._pairs = list(response or [NONE] * len(order))
        self._cursor, self._open = self._first_free(0), True
        await self.mount_all(
            [*(LeftRow(place) for place in range(len(order))), Static(id="rights", markup=False)]
        )
        self._redraw()

    def _first_free(self, start: int) -> int:
        count = len(self._pairs)
        places = [(start + step) % count for step in range(count)]
        return next((place for place in places if self._pairs[place] == NONE), start % count)

    def hint(self) -> str:
        """Return how to pair."""
        last = LETTERS[max(0, len(self._rights) - 1)]
        done = " · Enter: trả lời" if NONE not in self._pairs else ""
        return f"A–{last}: ghép với dòng đang chọn · ↑ ↓: đổi dòng · Xóa lùi: bỏ{done}"

    def close(self) -> None:
        """Take no more answers."""
        self._open = False
        self._redraw()

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Mark each pair, and name the right letter where it was wrong."""
        del item
        self._pairs = list(response or [NONE] * len(order))
        self.close()
        for row in self.query(LeftRow):
            wanted = order.index(row.place)
            right = self._pairs[row.place] == wanted
            row.set_class(right, "-right")
            row.set_class(not right, "-wrong")
            sign = "✓" if right else f"✗ → {LETTERS[wanted]}"
            row.update(
                Content.assemble(
                    f"{sign:<6}", (self._letter(row.place), "reverse"), f" {self._lefts[row.place]}"
                )
            )

    def _letter(self, place: int) -> str:
        shown = self._pairs[place]
        return "   " if shown == NONE else f" {LETTERS[shown]} "

    def _redraw(self) -> None:
        for row in self.query(LeftRow):
            here = self._open and row.place == self._cursor
            row.set_class(here, "-cursor")
            row.update(
                Content.assemble(
                    "› " if here else "  ", (self._letter(row.place), "reverse"), f" {self._lefts[row.place]}"
                )
            )
        rights = [
            Content.assemble(
                "      " if shown in self._pairs else "    • ",
                (f"{LETTERS[shown]}. ", "bold"),
                (text, "$quiet" if shown in self._pairs else ""),
            )
            for shown, text in enumerate(self._rights)
        ]
        for label in self.query("#rights").results(Static):
            label.update(Content("\n").join(rights))

    def _changed(self) -> None:
        self._redraw()
        self.post_message(self.Changed(tuple(self._pairs)))

    def action_pair(self, shown: int) -> None:
        """Give a right side to the left side under the cursor, taking it from another."""
        if not self._open or shown >= len(self._rights):
            return
        self._pairs = [NONE if pair == shown else pair for pair in self._pairs]
        self._pairs[self._cursor] = shown
        self._cursor = self._first_free(self._cursor)
        self._changed()

    def action_clear(self) -> None:
        """Take the pair under the cursor apart."""
        if self._open:
            self._pairs[self._cursor] = NONE
            self._changed()

    def action_move(self, step: int) -> None:
        """Move the cursor; when closed, let the screen scroll."""
        if self._open:
            self._cursor = (self._cursor + step) % len(self._pairs)
            self._redraw()
        elif self.parent is not None and hasattr(self.parent, "scroll_relative"):
            self.parent.scroll_relative(y=step * 2, animate=False)

    def action_enter(self) -> None:
        """Hand the pairs in when all are made."""
        if self._open and NONE not in self._pairs:
            self.post_message(self.Answered(tuple(self._pairs)))
        else:
            self.post_message(self.EnterPressed())
