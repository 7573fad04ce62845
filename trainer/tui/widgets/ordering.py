"""Putting items in order by keys: letters in the order, or lifting an item and moving it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.tui.widgets.answering import LETTERS, AnswerPane
from trainer.tui.widgets.hanging import Hanging


class OrderRow(Hanging):
    """One item at its present place."""

    def __init__(self, place: int) -> None:
        super().__init__(markup=False)
        self.place = place


class OrderAnswer(AnswerPane):
    """The items of an ``order`` or ``rank`` question.

    Letters stay with their items. Pressing letters puts those items first, in the order pressed;
    Space lifts the item under the cursor, arrows move it; Enter hands the order in.
    """

    DEFAULT_CSS = """
    OrderAnswer { height: auto; }
    OrderAnswer OrderRow { height: auto; width: 1fr; padding: 0 1 0 0; }
    OrderAnswer OrderRow.-roomy { margin: 0 0 1 0; }
    OrderAnswer:focus OrderRow.-cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    OrderAnswer OrderRow.-lifted { text-style: bold; }
    OrderAnswer OrderRow.-right { background: $right-bg; color: $success; }
    OrderAnswer OrderRow.-wrong { background: $wrong-bg; color: $error; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{letter.lower()},{letter},{number}", f"place({number - 1})", show=False)
            for number, letter in enumerate(LETTERS, 1)
        ),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "lift", show=False),
        Binding("backspace", "back", show=False),
        Binding("enter", "enter", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._texts: list[str] = []
        self._rank = False
        self._now: list[int] = []
        self._placed = 0
        self._cursor = -1
        self._lifted = self._open = self._touched = False

    def compose(self) -> ComposeResult:
        """Start empty; :meth:`ask` fills it."""
        return iter(())

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Show the items in their presented order, or as they were arranged before."""
        await self.remove_children()
        self._texts = [item["items"][index] for index in order]
        self._rank = item["kind"] == "rank"
        self._touched = bool(response)
        self._now = list(response or range(len(order)))
        self._placed, self._cursor, self._lifted, self._open = 0, -1, False, True
        rows = [OrderRow(place) for place in range(len(order))]
        for row in rows:
            row.set_class(roomy, "-roomy")
        await self.mount_all(rows)
        self._redraw()

    def hint(self) -> str:
        """Return how to order."""
        last = LETTERS[max(0, len(self._texts) - 1)]
        first = "tốt nhất" if self._rank else "đầu tiên"
        if self._lifted:
            return "↑ ↓: dời mục đang nhấc · Cách: đặt xuống"
        done = " · Enter: trả lời" if self._touched else ""
        return f"A–{last}: gõ lần lượt từ {first} · Cách: nhấc, ↑ ↓: dời{done}"

    def close(self) -> None:
        """Take no more answers."""
        self._open = self._lifted = False
        self._cursor = -1
        self._redraw()

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Mark each item by whether it stands at its right place, and say which place that is."""
        del item
        self._now = list(response or range(len(order)))
        self.close()
        for row in self.query(OrderRow):
            shown = self._now[row.place]
            right = order[shown] == row.place
            row.set_class(right, "-right")
            row.set_class(not right, "-wrong")
            sign = "✓" if right else f"✗ → {order[shown] + 1}"
            row.update(
                Content.assemble(
                    f"{sign:<6}",
                    f"{row.place + 1}. ",
                    (f" {LETTERS[shown]} ", "reverse"),
                    f" {self._texts[shown]}",
                )
            )

    def _redraw(self) -> None:
        for row in self.query(OrderRow):
            shown = self._now[row.place]
            here = self._open and row.place == self._cursor
            row.set_class(here, "-cursor")
            row.set_class(here and self._lifted, "-lifted")
            sign = ("↕" if self._lifted else "›") if here else " "
            place = f"{row.place + 1}." if self._touched else " •"
            row.update(
                Content.assemble(
                    f"{sign} ", f"{place} ", (f" {LETTERS[shown]} ", "reverse"), f" {self._texts[shown]}"
                )
            )

    def _changed(self) -> None:
        self._touched = True
        self._redraw()
        self.post_message(self.Changed(tuple(self._now)))

    def action_place(self, shown: int) -> None:
        """Put an item at the next place from the top."""
        if not self._open or shown >= len(self._now):
            return
        if self._placed >= len(self._now) or shown in self._now[: self._placed]:
            self._placed = 0
        self._now.remove(shown)
        self._now.insert(self._placed, shown)
        self._placed += 1
        self._lifted, self._cursor = False, -1
        self._changed()

    def action_back(self) -> None:
        """Take the last letter back: it may be placed anew."""
        self._placed = max(0, self._placed - 1)

    def action_move(self, step: int) -> None:
        """Move the cursor, and the lifted item with it."""
        if not self._open:
            if self.parent is not None and hasattr(self.parent, "scroll_relative"):
                self.parent.scroll_relative(y=step * 2, animate=False)
            return
        count = len(self._now)
        before = self._cursor
        self._cursor = (before + step) % count if before >= 0 else (0 if step > 0 else count - 1)
        if self._lifted and before >= 0:
            self._now.insert(self._cursor, self._now.pop(before))
            self._placed = 0
            self._changed()
        else:
            self._redraw()

    def action_lift(self) -> None:
        """Lift the item under the cursor, or put it down."""
        if self._open and self._cursor >= 0:
            self._lifted = not self._lifted
            self._touched = True
            self._redraw()
            self.post_message(self.Changed(tuple(self._now)))

    def action_enter(self) -> None:
        """Put a lifted item down, or hand the order in once something was arranged."""
        if self._open and self._lifted:
            self.action_lift()
        elif self._open and self._touched:
            self.post_message(self.Answered(tuple(self._now)))
        else:
            self.post_message(self.EnterPressed())
