"""Small windows over a screen: keys, a note, a question, trying again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.contest.reckoning import Step
from trainer.contest.session import Session
from trainer.errors import HistoryError, StorageBusyError
from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.remembered import as_remembered

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp

Keys = tuple[tuple[str, str], ...]
"""(key, what it does)."""

COMMON_KEYS: Keys = (
    ("ctrl+p", "Bảng lệnh: giao diện sáng/tối, chuông, các màn hình"),
    ("?", "Bảng phím này"),
    ("ctrl+q", "Thoát; mọi câu đã trả lời đều được giữ"),
)


class KeysScreen(ModalScreen[None]):
    """The keys of the screen below."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,q", "close", "Đóng"),
    ]

    def __init__(self, keys: Keys, *, common: bool = True) -> None:
        super().__init__()
        self._keys = keys + (COMMON_KEYS if common else ())

    def compose(self) -> ComposeResult:
        """A table of keys."""
        width = max(len(key) for key, _ in self._keys)
        lines = [
            Content.assemble((f"{key:>{width}}", "bold $accent"), f"   {text}") for key, text in self._keys
        ]
        with VerticalScroll(classes="window"):
            yield Static("Phím tắt", classes="title")
            yield Static(Content("\n").join(lines))
            yield Static("Enter hoặc Esc: đóng", classes="hint")

    def action_close(self) -> None:
        """Close the window."""
        self.dismiss()


class ReckoningScreen(ModalScreen[None]):
    """How a score came about, line by line."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,x,X,q", "close", "Đóng")]

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = steps

    def compose(self) -> ComposeResult:
        """The steps, their points in a column of their own."""
        with VerticalScroll(classes="window"):
            yield Static("Điểm từ đâu ra", classes="title")
            for step in self._steps:
                with Horizontal(classes="step -head" if step.head else "step"):
                    yield Static(Content(step.text), classes="text")
                    yield Static(Content(step.points), classes="points")
            yield Static("↑ ↓: cuộn · Enter hoặc Esc: đóng", classes="hint")

    def action_close(self) -> None:
        """Close the window."""
        self.dismiss()


class NoteScreen(ModalScreen[str | None]):
    """Ask for a short note; None when the user thought better of it.

    With `edit` the cursor stands behind the text that is there; otherwise the first key replaces it.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Thôi")]

    def __init__(self, title: str, hint: str, value: str = "", *, edit: bool = False) -> None:
        super().__init__()
        self._title, self._hint, self._value, self._edit = title, hint, value, edit

    def compose(self) -> ComposeResult:
        """A title, a box, a hint."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="title")
            box = LineInput(self._value, max_length=300, id="note", select_on_focus=not self._edit)
            yield as_remembered(box, self.app)
            yield Static(Content(self._hint), classes="hint")

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Enter keeps the note."""
        event.stop()
        self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)


class AskScreen(ModalScreen[bool]):
    """A question that Enter answers with yes and Esc with no."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Đồng ý"),
        Binding("escape", "answer(False)", "Thôi"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="title")
            yield Static(Content(self._text))
            yield Static("Enter: đồng ý · Esc: thôi", classes="hint")

    def action_answer(self, agreed: bool) -> None:
        """Close with the answer."""
        self.dismiss(agreed)


class RetryScreen(ModalScreen[None]):
    """What was answered could not be written yet; it waits until it can."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "retry", "Thử lại")]

    def __init__(self, sentence: str, session: Session) -> None:
        super().__init__()
        self._sentence, self._session = sentence, session

    def compose(self) -> ComposeResult:
        """The sentence and what to do."""
        with Vertical(classes="window -warning"):
            yield Static("Chưa lưu được câu trả lời", classes="title")
            yield Static(Content(self._sentence), id="sentence")
            yield Static(
                "Câu trả lời vẫn được giữ và đồng hồ đang dừng. Enter: thử lưu lại · Ctrl+Q: thoát, bỏ câu này",
                classes="hint",
            )

    def action_retry(self) -> None:
        """Try to write again."""
        try:
            self._session.save()
        except StorageBusyError as error:
            self.query_one("#sentence", Static).update(Content(str(error)))
            return
        except HistoryError as error:
            cast("DanvanApp", self.app).give_up(str(error))
            return
        self.dismiss()
