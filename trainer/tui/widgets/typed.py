"""Typed answers: one line, several blanks, a wrong word to find, a quotation from memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from trainer.tui.widgets.answering import AnswerPane
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.remembered import as_remembered

_BLANK = re.compile(r"__(.+?)__")
_SWAP = re.compile(r"__(.+?) -> (.+?)__")
_WORD = re.compile(r"\S+")
_NUMBERS = "①②③④⑤⑥⑦⑧"


class TypedAnswer(AnswerPane):
    """Some boxes below a text; Enter goes to the next empty box, and from the last hands in."""

    types = True

    DEFAULT_CSS = """
    TypedAnswer { height: auto; }
    TypedAnswer .text { height: auto; margin: 0 0 1 0; }
    TypedAnswer .row { height: 3; }
    TypedAnswer .number { width: 4; height: 3; padding: 1 0 0 1; color: $secondary; text-style: bold; }
    TypedAnswer LineInput { width: 1fr; max-width: 90; border: round $border-blurred; background: $surface; }
    TypedAnswer LineInput:focus { border: round $secondary; }
    TypedAnswer.-closed LineInput { border: round $border-blurred; color: $quiet; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._open = False

    def compose(self) -> ComposeResult:
        """Start empty; :meth:`ask` fills it."""
        return iter(())

    @property
    def boxes(self) -> list[LineInput]:
        """The boxes, top first."""
        return list(self.query(LineInput))

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show the text and empty boxes, or what was typed before."""
        del order, roomy
        await self.remove_children()
        self._open = True
        self.remove_class("-closed")
        texts = self._texts(item, response)
        rows = []
        for number, text in enumerate(texts):
            box = as_remembered(LineInput(text, select_on_focus=False), self.app)
            mark = _NUMBERS[number] if len(texts) > 1 and number < len(_NUMBERS) else ""
            rows.append(
                Horizontal(Static(mark, classes="number", markup=False), box, classes="row") if mark else box
            )
        await self.mount_all([Static(self._shown(item), classes="text", id="typed-text"), *rows])
        self.query_one("#typed-text").display = bool(item.get("text"))

    def _texts(self, item: Mapping[str, Any], response: Any) -> Sequence[str]:
        del item
        return (response if isinstance(response, str) else "",)

    def _shown(self, item: Mapping[str, Any]) -> Content:
        del item
        return Content("")

    def _response(self) -> Any:
        return self.boxes[0].value if self.boxes else ""

    def take_focus(self) -> None:
        """Go into the first empty box."""
        boxes = self.boxes
        for box in [box for box in boxes if not box.value] or boxes[-1:]:
            box.focus(scroll_visible=False)
            break

    def close(self) -> None:
        """Take no more text."""
        self._open = False
        self.add_class("-closed")
        for box in self.boxes:
            box.close()
            box.can_focus = False

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Show what was typed; the difference stands in the explanation."""
        del order
        for box, text in zip(self.boxes, self._texts(item, response), strict=False):
            box.value = text
        self.close()

    def hint(self) -> str:
        """Return what Enter does in the box."""
        more = len(self.boxes) > 1
        return "Enter: trả lời" + (" · Tab: ô sau" if more else "") + " · Esc: ra khỏi ô"

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Report what stands in the boxes."""
        event.stop()
        if self._open:
            self.post_message(self.Changed(self._response()))

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Go to the next empty box, or hand in."""
        event.stop()
        if not self._open:
            self.post_message(self.EnterPressed())
            return
        boxes = self.boxes
        at = next((number for number, box in enumerate(boxes) if box is event.input), 0)
        later = [box for box in boxes[at + 1 :] if not box.value]
        if later or not any(box.value.strip() for box in boxes):
            boxes[at].open()
        if later:
            later[0].focus(scroll_visible=False)
        elif any(box.value.strip() for box in boxes):
            self.post_message(self.Answered(self._response()))


class ShortAnswer(TypedAnswer):
    """One line."""


class ClozeAnswer(TypedAnswer):
    """A text with numbered blanks, a box for each."""

    def _texts(self, item: Mapping[str, Any], response: Any) -> Sequence[str]:
        return tuple(response) if response else ("",) * len(item["answers"])

    def _shown(self, item: Mapping[str, Any]) -> Content:
        parts: list[Any] = []
        end = 0
        for number, found in enumerate(_BLANK.finditer(item["text"])):
            parts += [
                item["text"][end : found.start()],
                (f"{_NUMBERS[number % len(_NUMBERS)]}_____", "bold $accent"),
            ]
            end = found.end()
        return Content.assemble(*parts, item["text"][end:])

    def _response(self) -> Any:
        return tuple(box.value for box in self.boxes)


class MisquoteAnswer(TypedAnswer):
    """A text in which one place is wrong: ← → choose a word, Enter takes it, then the right words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "word(-1)", show=False),
        Binding("right", "word(1)", show=False),
        Binding("up", "word(-6)", show=False),
        Binding("down", "word(6)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = ""
        self._spans: list[tuple[int, int]] = []
        self._wrong = (0, 0)
        self._cursor = 0
        self._taken = False

    def _texts(self, item: Mapping[str, Any], response: Any) -> Sequence[str]:
        del item
        return (response[1] if response else "",)

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show the wrong text with a cursor on its first word."""
        found = _SWAP.search(item["text"])
        before, wrong = (item["text"][: found.start()], found[1]) if found else ("", "")
        self._text = _SWAP.sub(r"\1", item["text"])
        self._spans = [match.span() for match in _WORD.finditer(self._text)]
        self._wrong = (len(before), len(before) + len(wrong))
        self._cursor, self._taken = 0, False
        if response and response[0]:
            at = self._text.find(response[0])
            self._cursor = next((n for n, (_, end) in enumerate(self._spans) if end > at), 0)
            self._taken = at >= 0
        await super().ask(item, order, response, roomy=roomy)
        self._redraw()

    def _shown(self, item: Mapping[str, Any]) -> Content:
        del item
        return Content(self._text)

    def _redraw(self, *, key: bool = False) -> None:
        start, end = self._chosen_span()
        text = Content(self._text)
        if self._spans:
            style = "bold reverse" if not self._taken else "bold underline $warning"
            text = text.stylize(style, start, end)
        if key:
            text = text.stylize("bold $error", *self._wrong)
        for label in self.query("#typed-text").results(Static):
            label.update(text)
        for box in self.boxes:
            box.display = self._taken

    def _chosen_span(self) -> tuple[int, int]:
        """Return the span of the chosen word; all of the wrong words when it is one of them."""
        if not self._spans:
            return (0, 0)
        start, end = self._spans[self._cursor]
        if self._taken and start < self._wrong[1] and self._wrong[0] < end:
            return self._wrong
        return (start, end)

    def _response(self) -> Any:
        start, end = self._chosen_span()
        return (self._text[start:end].strip(".,;:!?“”") if self._taken else "", super()._response())

    def hint(self) -> str:
        """Return how to find the word, then how to hand in."""
        if self._taken:
            return "Gõ chữ đúng rồi Enter: trả lời · Esc: ra khỏi ô · ← →: chọn lại chữ khác"
        return "← →: tới chữ sai · Enter: chọn chữ này"

    def take_focus(self) -> None:
        """Choose first, then type."""
        if self._taken:
            super().take_focus()
        else:
            self.focus(scroll_visible=False)

    def action_word(self, step: int) -> None:
        """Move to another word."""
        if self._open and self._spans:
            self._taken = False
            self._cursor = max(0, min(len(self._spans) - 1, self._cursor + step))
            self._redraw()
            self.post_message(self.Changed(self._response()))

    def action_take(self) -> None:
        """Take the word for wrong and go on to typing."""
        if not self._open:
            self.post_message(self.EnterPressed())
            return
        self._taken = True
        self._redraw()
        self.post_message(self.Changed(self._response()))
        self.take_focus()

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Show the wrong place."""
        super().reveal(item, order, response)
        self._redraw(key=True)

    def on_key(self, event: events.Key) -> None:
        """Up from the box: choose another word."""
        if event.key == "up" and self._taken and self._open:
            event.stop()
            self.focus(scroll_visible=False)
            self.action_word(0)


TYPED_PANES: dict[str, type[TypedAnswer]] = {
    "short": ShortAnswer,
    "cloze": ClozeAnswer,
    "misquote": MisquoteAnswer,
}
"""Question kind -> its pane."""
