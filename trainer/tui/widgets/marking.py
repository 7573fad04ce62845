"""A marking sheet: criteria and hard stops, marked by single keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.contest.state import Sheet
from trainer.tui.widgets.hanging import Hanging

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_WORDS = {0.0: "chưa có", 0.25: "một phần tư", 0.5: "một nửa", 0.75: "ba phần tư", 1.0: "đủ"}


class SheetRow(Hanging):
    """One criterion or hard stop."""

    def __init__(self, index: int) -> None:
        super().__init__(markup=False)
        self.index = index

    def on_click(self) -> None:
        """Move the cursor here."""
        sheet = self.parent
        if isinstance(sheet, MarkingSheet):
            sheet.move_to(self.index)


class MarkingSheet(VerticalScroll, can_focus=True):
    """Criteria first, then hard stops; keys 0 to 4 give no, quarter, half, three quarters, full."""

    DEFAULT_CSS = """
    MarkingSheet SheetRow { height: auto; padding: 0 1; }
    MarkingSheet SheetRow.-cursor { background: $block-cursor-blurred-background; }
    MarkingSheet:focus SheetRow.-cursor { background: $block-cursor-background; }
    MarkingSheet #sheet-total { height: auto; margin: 1 0 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"give({number})", show=False) for number in range(5)),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    @dataclass
    class Marked(Message):
        """A criterion got its share."""

        criterion: int
        share: float

    @dataclass
    class CapMarked(Message):
        """A hard stop was set or taken back."""

        cap: int
        happened: bool

    class Done(Message):
        """Enter: the marks are complete, or the screen says what is missing."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._item: Mapping[str, Any] = {"rubric": [], "caps": []}
        self._marks: dict[int, float] = {}
        self._caps: set[int] = set()
        self._cursor = 0
        self._open = self._blind = False
        self._first: Sheet | None = None
        self._proposed: dict[int, float] = {}

    async def load(
        self,
        item: Mapping[str, Any],
        sheet: Sheet | None,
        *,
        open_: bool,
        blind: bool = False,
        first: Sheet | None = None,
        proposed: Mapping[int, float] | None = None,
    ) -> None:
        """Show the sheet of a situation.

        Args:
            item: The situation.
            sheet: What was marked so far.
            open_: Whether it may be marked; closed sheets can only be read.
            blind: Whether the key points stay hidden, as before the model answer is seen.
            first: The marks given blind, shown beside the present ones.
            proposed: Criterion -> share that the typed answer's evidence proposes.
        """
        self._item, self._open, self._blind, self._first = item, open_, blind, first
        self._proposed = dict(proposed or {})
        self._marks = dict(sheet.shares) if sheet else {}
        self._caps = set(sheet.caps) if sheet else set()
        count = len(item["rubric"]) + len(item["caps"])
        self._cursor = next((index for index in range(count) if index not in self._marks), 0)
        await self.remove_children()
        await self.mount_all(
            [*(SheetRow(index) for index in range(count)), Static(id="sheet-total", markup=False)]
        )
        self._redraw()

    def _redraw(self) -> None:
        rubric, caps = self._item["rubric"], self._item["caps"]
        for row in self.query(SheetRow):
            here = self._open and row.index == self._cursor
            row.set_class(here, "-cursor")
            if row.index < len(rubric):
                row.update(self._criterion(row.index, rubric[row.index], here))
            else:
                row.update(self._cap(row.index - len(rubric), caps[row.index - len(rubric)]))
        total = sum(self._marks.get(index, 0.0) * line["points"] for index, line in enumerate(rubric))
        limits = [caps[index]["at_most"] for index in self._caps]
        capped = min([total, *limits])
        text = f"Tổng {capped:g}/100".replace(".", ",")
        if capped < total:
            text += f" (chặn lại từ {total:g})".replace(".", ",")
        left = len(rubric) - len(self._marks)
        if left and self._open:
            text += f" · còn {left} tiêu chí"
        for label in self.query("#sheet-total").results(Static):
            label.update(Content.styled(text, "bold $accent"))

    def _criterion(self, index: int, line: Mapping[str, Any], here: bool) -> Content:
        share = self._marks.get(index)
        got = "–" if share is None else f"{share * line['points']:g}".replace(".", ",")
        word = "chưa chấm" if share is None else _WORDS.get(share, "")
        parts: list[Any] = [
            ("› " if here else "  "),
            (f"{index + 1}. {line['title']}  ", "bold"),
            (f"{got}/{line['points']} ", "bold $accent"),
            (word, "$quiet"),
        ]
        if self._first is not None and index in self._first.shares:
            before = f"{self._first.shares[index] * line['points']:g}".replace(".", ",")
            parts.append((f"  (chấm lần đầu {before})", "$secondary"))
        if index in self._proposed and self._open:
            heard = f"{self._proposed[index] * line['points']:g}".replace(".", ",")
            parts.append((f"  máy nghe thấy {heard}", "$accent"))
        if here or not self._open:
            if not self._blind:
                for points in line["key_points"]:
                    parts.append(f"\n     · {points[0]}")
            for label, key in (("Được điểm khi", "earns"), ("Mất điểm khi", "loses")):
                if line.get(key):
                    parts += [(f"\n     {label}: ", "$secondary"), (line[key], "$quiet")]
        return Content.assemble(*parts)

    def _cap(self, index: int, line: Mapping[str, Any]) -> Content:
        happened = index in self._caps
        return Content.assemble(
            "! " if happened else "  ",
            ("Lỗi chặn điểm: ", "bold $error" if happened else "bold"),
            line["when"],
            (f"  → nhiều nhất {line['at_most']}  ", "$quiet"),
            ("CÓ", "bold $error") if happened else ("không (1: có)", "$quiet"),
        )

    def move_to(self, index: int) -> None:
        """Put the cursor on a line."""
        self._cursor = index
        self._redraw()
        for row in self.query(SheetRow):
            if row.index == index:
                row.scroll_visible(animate=False)

    def action_step(self, step: int) -> None:
        """Move the cursor; a closed sheet scrolls."""
        count = len(self._item["rubric"]) + len(self._item["caps"])
        if not self._open or not count:
            self.scroll_relative(y=step * 2, animate=False)
            return
        self.move_to((self._cursor + step) % count)

    def action_give(self, number: int) -> None:
        """Mark the line under the cursor and go to the next."""
        if not self._open:
            return
        rubric = self._item["rubric"]
        if self._cursor < len(rubric):
            share = SHARES[number]
            self._marks[self._cursor] = share
            self.post_message(self.Marked(self._cursor, share))
        else:
            cap, happened = self._cursor - len(rubric), number > 0
            (self._caps.add if happened else self._caps.discard)(cap)
            self.post_message(self.CapMarked(cap, happened))
        last = len(rubric) + len(self._item["caps"]) - 1
        self.move_to(min(self._cursor + 1, last))

    def action_done(self) -> None:
        """Say that the marks are complete."""
        self.post_message(self.Done())
