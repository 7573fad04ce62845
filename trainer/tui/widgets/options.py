"""Answer options A, B, C …: letters, digits, arrows and the mouse choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from trainer.tui.widgets.answering import LETTERS, AnswerPane
from trainer.tui.widgets.hanging import Hanging


class OptionRow(Hanging):
    """One option; classes say what it is: ``-cursor -chosen -right -missed -wrong -done``."""

    def __init__(self, index: int, text: str, *, toggles: bool) -> None:
        super().__init__(markup=False)
        self.index, self.text, self._toggles = index, text, toggles
        self.show()

    def show(self, *, chosen: bool = False, sign: str = "") -> None:
        """Draw the row with its letter, its box when options toggle, and a sign when judged."""
        box = ("[x] " if chosen else "[ ] ") if self._toggles else ""
        sign = sign or ("›" if self.has_class("-cursor") else " ")
        self.update(
            Content.assemble(f"{sign} ", (f" {LETTERS[self.index]} ", "reverse"), f" {box}", self.text)
        )

    def on_click(self) -> None:
        """Choose by mouse."""
        self.post_message(AnswerOptions.Picked(self.index))


class AnswerOptions(AnswerPane):
    """The options of one question.

    In ``choice`` and ``true-false`` one key answers; in ``multiple`` keys toggle and Enter
    hands in. The widget only reports; what is right it is told by :meth:`reveal`.
    """

    DEFAULT_CSS = """
    AnswerOptions { height: auto; }
    AnswerOptions OptionRow { height: auto; width: 1fr; padding: 0 1 0 0; margin: 0 0 0 0; }
    AnswerOptions OptionRow.-roomy { margin: 0 0 1 0; }
    AnswerOptions OptionRow.-cursor { background: $block-cursor-blurred-background; }
    AnswerOptions:focus OptionRow.-cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    AnswerOptions OptionRow.-right { background: $right-bg; color: $success; text-style: bold; }
    AnswerOptions OptionRow.-missed { background: $right-bg; color: $success; text-style: bold; }
    AnswerOptions OptionRow.-wrong { background: $wrong-bg; color: $error; }
    AnswerOptions OptionRow.-done { color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{letter.lower()},{letter},{number}", f"pick({number - 1})", show=False)
            for number, letter in enumerate(LETTERS, 1)
        ),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "pick_cursor", show=False),
        Binding("enter", "enter", show=False),
    ]

    @dataclass
    class Picked(Message):
        """An option was picked by key or mouse."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[OptionRow] = []
        self._toggles = False
        self._kind = ""
        self._chosen: set[int] = set()
        self._cursor = 0
        self._open = False

    def compose(self) -> ComposeResult:
        """Start empty; :meth:`ask` fills it."""
        return iter(())

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show the options of a new question."""
        await self.remove_children()
        self._toggles = item["kind"] == "multiple"
        texts = [item["options"][index] for index in order]
        self._rows = [OptionRow(index, text, toggles=self._toggles) for index, text in enumerate(texts)]
        self._kind, self._chosen, self._open = item["kind"], set(response or ()), True
        # No cursor until an arrow key asks for one: a second Enter that was meant for the
        # explanation before must not answer this question.
        self._cursor = min(self._chosen, default=-1)
        for row in self._rows:
            row.set_class(roomy, "-roomy")
        await self.mount_all(self._rows)
        self._redraw()

    def hint(self) -> str:
        """Return which letters choose."""
        if self._kind == "true-false":
            return "A: Đúng · B: Sai"
        letters = f"A–{LETTERS[max(0, len(self._rows) - 1)]}"
        return f"{letters}: chọn hoặc bỏ · Enter: trả lời" if self._toggles else f"{letters}: trả lời"

    @property
    def chosen(self) -> tuple[int, ...]:
        """What is chosen now."""
        return tuple(sorted(self._chosen))

    def close(self) -> None:
        """Take no more answers."""
        self._open = False
        for row in self._rows:
            row.remove_class("-cursor")

    def reveal(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any, besides: Collection[int] = ()
    ) -> None:
        """Show the key: ✓ right, ✗ chosen but wrong; every sign also has its word elsewhere.

        Args:
            item: The question.
            order: In which its options stand.
            response: What was chosen, presented places.
            besides: Places that were accepted besides the key.
        """
        chosen = response or ()
        right = [place for place, index in enumerate(order) if index < item["right"] or place in besides]
        self.close()
        picked, key = set(chosen), set(right)
        for row in self._rows:
            hit, mine = row.index in key, row.index in picked
            row.set_class(hit and mine, "-right")
            row.set_class(hit and not mine, "-missed")
            row.set_class(mine and not hit, "-wrong")
            row.set_class(not hit and not mine, "-done")
            sign = "✓" if hit else ("✗" if mine else " ")
            row.show(chosen=mine, sign=sign)

    def _redraw(self) -> None:
        for row in self._rows:
            row.set_class(self._open and row.index == self._cursor, "-cursor")
            row.set_class(row.index in self._chosen, "-chosen")
            row.show(chosen=row.index in self._chosen)

    def action_pick(self, index: int) -> None:
        """Answer with, or toggle, an option."""
        if not self._open or index >= len(self._rows):
            return
        self._cursor = index
        if self._toggles:
            self._chosen ^= {index}
            self._redraw()
            self.post_message(self.Changed(self.chosen))
        else:
            self._chosen = {index}
            self._redraw()
            self.post_message(self.Answered((index,)))

    def action_pick_cursor(self) -> None:
        """Answer with, or toggle, the option under the cursor."""
        if self._cursor >= 0:
            self.action_pick(self._cursor)

    def action_move(self, step: int) -> None:
        """Move the cursor; when closed, let the screen scroll."""
        if self._open and self._rows:
            start = self._cursor if self._cursor >= 0 else (-1 if step > 0 else 0)
            self._cursor = (start + step) % len(self._rows)
            self._redraw()
            self._rows[self._cursor].scroll_visible(animate=False)
        elif self.parent is not None and hasattr(self.parent, "scroll_relative"):
            self.parent.scroll_relative(y=step * 2, animate=False)

    def action_enter(self) -> None:
        """Hand in the boxes, or the option under the cursor."""
        if self._open and self._toggles and self._chosen:
            self.post_message(self.Answered(self.chosen))
        elif self._open and not self._toggles and self._cursor >= 0:
            self.action_pick(self._cursor)
        else:
            self.post_message(self.EnterPressed())

    def on_answer_options_picked(self, event: Picked) -> None:
        """A row was clicked."""
        event.stop()
        self.action_pick(event.index)

    def on_click(self, event: events.Click) -> None:
        """Keep the focus where the keys are."""
        event.stop()
        self.focus()
