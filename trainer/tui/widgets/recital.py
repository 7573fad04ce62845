"""The recital ladder: read, every third word fades, first letters only, from memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trainer.contest.forms import RECITAL_STEPS, faded
from trainer.grading.recital import grade_recital, word_spans
from trainer.tui.widgets.answering import AnswerPane
from trainer.tui.widgets.boxes import TextBox
from trainer.tui.widgets.remembered import as_remembered

_STEPS = ("Đọc", "Mờ dần", "Chữ đầu", "Từ trí nhớ")
_SAYS = (
    "Đọc to vài lần, để ý chữ nối giữa các vế.",
    "Đọc cả câu, tự điền những chữ đã mờ.",
    "Chỉ còn chữ cái đầu mỗi tiếng. Đọc lại cả câu.",
    "Gõ lại cả câu từ trí nhớ.",
)


class RecitalAnswer(AnswerPane):
    """One quotation, step by step; the last step is typed and graded word by word."""

    types = True

    DEFAULT_CSS = """
    RecitalAnswer { height: auto; }
    RecitalAnswer #ladder { height: 1; }
    RecitalAnswer #says { height: auto; color: $quiet; margin: 1 0 1 0; }
    RecitalAnswer #lines { height: auto; }
    RecitalAnswer TextBox { height: 8; border: round $border-blurred; background: $surface; display: none; }
    RecitalAnswer TextBox:focus { border: round $secondary; }
    RecitalAnswer.-typing TextBox { display: block; }
    RecitalAnswer.-typing #lines { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "step(1)", show=False),
        Binding("left", "step(-1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = ""
        self._step = 0
        self._open = False
        self._stumbled = ""

    def compose(self) -> ComposeResult:
        """Ladder, advice, text, box."""
        yield Static(id="ladder", markup=False)
        yield Static(id="says", markup=False)
        yield Static(id="lines", markup=False)
        yield TextBox(
            id="box", soft_wrap=True, show_line_numbers=False, tab_behavior="focus", enter_submits=True
        )

    @property
    def _box(self) -> TextBox:
        return self.query_one("#box", TextBox)

    async def ask(
        self, item: Mapping[str, Any], order: tuple[int, ...], response: Any = None, *, roomy: bool = False
    ) -> None:
        """Begin the ladder, or go on typing where a draft was kept."""
        del order, roomy
        self._text, self._open = item["text"], True
        self._stumbled = self._last_stumble(item)
        self._step = RECITAL_STEPS if response else 0
        as_remembered(self._box, self.app)
        self._box.open(response or "")
        self._show()

    def _last_stumble(self, item: Mapping[str, Any]) -> str:
        """Return the words around the place where the player broke off the last time, "" for none."""
        services = getattr(self.app, "services", None)
        last = services.store.last_response(services.player.id, item["id"]) if services is not None else None
        if not isinstance(last, str) or not last.strip():
            return ""
        verdict = grade_recital(last, item["text"])
        if verdict.first_break is None:
            return ""
        spans = word_spans(item["text"])[max(0, verdict.first_break - 2) : verdict.first_break + 3]
        return str(item["text"][spans[0][0] : spans[-1][1]]) if spans else ""

    def _show(self) -> None:
        ladder = [
            Content.styled(f" {name} ", "bold reverse" if step == self._step else "$quiet")
            for step, name in enumerate(_STEPS)
        ]
        self.query_one("#ladder", Static).update(Content(" → ").join(ladder))
        says = _SAYS[self._step]
        if self._step == 0 and self._stumbled:
            says += f" Lần trước bạn vấp ở “…{self._stumbled}…”."
        self.query_one("#says", Static).update(Content(says))
        self.query_one("#lines", Static).update(
            Content.styled(faded(self._text, self._step), "bold $secondary")
        )
        self.set_class(self._step == RECITAL_STEPS and self._open, "-typing")

    def hint(self) -> str:
        """Return how to climb."""
        if self._step == RECITAL_STEPS:
            return "Enter: nộp · Esc: ra khỏi ô · ←: xem lại chữ đầu"
        back = " · ←: lùi một bậc" if self._step else ""
        return f"Enter: bậc tiếp theo{back}"

    def take_focus(self) -> None:
        """Go into the box at the last step."""
        if self._step == RECITAL_STEPS and self._open:
            self._box.focus(scroll_visible=False)
        else:
            self.focus(scroll_visible=False)

    def action_step(self, step: int) -> None:
        """Climb or go back."""
        if not self._open:
            self.post_message(self.EnterPressed())
            return
        self._step = max(0, min(RECITAL_STEPS, self._step + step))
        self._show()
        self.take_focus()
        self.post_message(self.Changed(self._box.text))

    def close(self) -> None:
        """Take no more text."""
        self._open = False
        self.remove_class("-typing")

    def reveal(self, item: Mapping[str, Any], order: tuple[int, ...], response: Any) -> None:
        """Show the whole text; the difference stands in the explanation."""
        del order, response
        self._text, self._step = item["text"], 0
        self.close()
        self._show()
        self.query_one("#says", Static).update("")

    def on_text_area_changed(self, event: TextBox.Changed) -> None:
        """Report what stands in the box."""
        event.stop()
        if self._open:
            self.post_message(self.Changed(self._box.text))

    def on_text_box_submitted(self, event: TextBox.Submitted) -> None:
        """Hand the recital in."""
        event.stop()
        if self._open and event.value.strip():
            self.post_message(self.Answered(event.value))
        elif self._open:
            self._box.open()
