"""Small windows of the teams: the whole list as text, and a buzzer's key."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.contest.evening.teams import key_name, wrong_key
from trainer.tui.widgets.boxes import TextBox
from trainer.tui.widgets.remembered import as_remembered


class ListDialog(ModalScreen[str | None]):
    """The whole list of teams as text."""

    CSS_PATH = "../dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "done", "Dùng danh sách này", priority=True),
        Binding("escape", "cancel", "Thôi"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text, self._warned = text, ""

    def compose(self) -> ComposeResult:
        """A box of several lines."""
        with Vertical(classes="window"):
            yield Static("Danh sách các đội, mỗi dòng một đội", classes="title")
            yield as_remembered(TextBox(self._text, id="pasted"), self.app)
            yield Static(id="said", markup=False)
            yield Static("Tổ 1: An, Bình, Chi · F5: dùng danh sách này · Esc: thôi", classes="hint")

    def on_mount(self) -> None:
        """Go on writing at the end."""
        box = self.query_one("#pasted", TextBox)
        box.move_cursor(box.document.end)

    def action_done(self) -> None:
        """Keep the list."""
        self.dismiss(self.query_one("#pasted", TextBox).text)

    def action_cancel(self) -> None:
        """Leave things as they were; what was typed is dropped only at a second Esc."""
        text = self.query_one("#pasted", TextBox).text
        if text.strip() in ("", self._text.strip()) or text == self._warned:
            self.dismiss(None)
            return
        self._warned = text
        warning = "Danh sách vừa gõ chưa được dùng. F5: dùng · Esc lần nữa: bỏ."
        self.query_one("#said", Static).update(Content.styled(warning, "$warning"))


class KeyDialog(ModalScreen[str | None]):
    """Waits for a team's buzzer; a key that another team has is refused at once."""

    CSS_PATH = "../dialogs.tcss"

    def __init__(self, name: str, others: dict[str, str]) -> None:
        super().__init__()
        self._name, self._others = name, others

    def compose(self) -> ComposeResult:
        """What to press."""
        with Vertical(classes="window"):
            yield Static(Content(f"Phím chuông của “{self._name}”"), classes="title")
            yield Static("Bấm phím hoặc nút chuông của đội ngay bây giờ.", id="said", markup=False)
            yield Static("Esc: thôi", classes="hint")

    def on_key(self, event: events.Key) -> None:
        """Take the key, or say why not."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
            return
        key = (event.character or "").casefold()
        wrong = wrong_key(key)
        if not wrong and key in self._others:
            wrong = f"Phím {key_name(key)} đã là chuông của “{self._others[key]}”. Bạn hãy bấm phím khác."
        if wrong:
            self.query_one("#said", Static).update(Content(wrong))
        else:
            self.dismiss(key)
