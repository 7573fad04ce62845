"""Small windows of the running drill: pick one, tick some, say why, confirm.

The second press of the key that closed the window before, within a moment, hits nothing in this one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.tui.widgets.boxes import LineInput
from trainer.tui.widgets.remembered import as_remembered

if TYPE_CHECKING:
    from trainer.tui.app import DanvanApp

T = TypeVar("T")
HASTE_S = 0.3
"""The same key again so soon after a window opened belongs to the window before."""
AHEAD_S = 2.0
"""A key that no window took for so long is nobody's."""
REASON_LENGTH = 200


class Choice(NamedTuple):
    """One line to pick.

    Attributes:
        key: The key that picks it at once, "": by ↑ ↓ and Enter only.
        text: What stands there.
        off: Why it cannot be picked now, "" when it can; such a line is dim.
    """

    key: str
    text: Content | str
    off: str = ""


class Window(ModalScreen[T]):
    """A window that only dismisses."""

    CSS_PATH = "../dialogs.tcss"
    struck: ClassVar[str] = ""
    """The key that closed the last window."""
    ahead: ClassVar[list[events.Key]] = []
    """Keys struck while no window was ready for them, in order; the next window takes them."""

    _ready = False

    def on_mount(self) -> None:
        """Note when it opened."""
        self._opened = self._clock()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._ready = True
        self.drain()

    def drain(self) -> None:
        """Take the keys that were struck before this window was ready, as long as it is open."""
        while Window.ahead and self._ready and self.is_current:
            event = Window.ahead.pop(0)
            if cast("DanvanApp", self.app).services.key_age(event.time) < AHEAD_S:
                self.take(event)

    def take(self, event: events.Key) -> None:
        """Do what a key does that was struck before this window was ready."""

    def early(self, event: events.Key) -> bool:
        """Keep a key for later, when others are waiting before it; tell whether it was kept."""
        if self._ready and not Window.ahead:
            return False
        event.stop()
        event.prevent_default()
        Window.ahead.append(event)
        self.drain()
        return True

    def _clock(self) -> float:
        return cast("DanvanApp", self.app).services.clock()

    def hasty(self, key: str) -> bool:
        """Tell whether a key is the second press of the one that closed the window before."""
        return key == Window.struck and self._clock() - self._opened < HASTE_S

    def close_by(self, key: str, result: T) -> None:
        """Close with a result, unless the key was meant for the window before."""
        if not self.hasty(key):
            Window.struck = key
            self._ready = False  # what comes now is for the next window
            self.dismiss(result)

    def action_cancel(self) -> None:
        """Leave things as they were."""
        self.dismiss(None)


class PickWindow(Window[int | None]):
    """Lines, one of which is picked; None when the facilitator thought better of it."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Thôi")]

    def __init__(self, title: str, choices: Sequence[Choice], hint: str = "", at: int = 0) -> None:
        super().__init__()
        self._title, self._choices, self._hint, self._at = title, choices, hint, at

    def compose(self) -> ComposeResult:
        """Title, lines, hint."""
        with Vertical(classes="window -choices"):
            yield Static(Content(self._title), classes="title")
            yield OptionList(
                *(Option(self._line(each), disabled=bool(each.off)) for each in self._choices),
                id="choices",
                markup=False,
            )
            yield Static(
                Content(self._hint or "Phím ở đầu dòng, hoặc ↑ ↓ rồi Enter · Esc: thôi"), classes="hint"
            )

    def on_mount(self) -> None:
        """Begin at the line that was last used, or the first that can be picked."""
        super().on_mount()
        usable = [index for index, choice in enumerate(self._choices) if not choice.off]
        listing = self.query_one("#choices", OptionList)
        listing.highlighted = next((index for index in usable if index >= self._at), next(iter(usable), None))

    @staticmethod
    def _line(choice: Choice) -> Content:
        style = "$quiet" if choice.off else "bold $accent"
        return Content.assemble((f"{choice.key.upper() or ' '}  ", style), choice.text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter picks the line under the cursor."""
        event.stop()
        self.close_by("enter", event.option_index)

    def take(self, event: events.Key) -> None:
        """A line's own key picks it; Enter picks the line under the cursor."""
        listing = self.query_one("#choices", OptionList)
        if event.key == "enter":
            listing.action_select()
        elif event.key in ("up", "down"):
            (listing.action_cursor_up if event.key == "up" else listing.action_cursor_down)()
        elif event.key == "escape":
            self.action_cancel()
        else:
            self._strike(event)

    def on_key(self, event: events.Key) -> None:
        """A line's own key picks it."""
        if not self.early(event):
            self._strike(event)

    def _strike(self, event: events.Key) -> None:
        letter = (event.character or "").casefold()
        for index, choice in enumerate(self._choices):
            if letter and letter == choice.key.casefold():
                event.stop()
                event.prevent_default()
                if not choice.off:
                    self.close_by(letter, index)
                return


class TickWindow(Window[tuple[int, ...] | None]):
    """Lines with a tick each; Enter hands in those that are ticked."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Xong", priority=True),
        Binding("space", "flip", "Đánh dấu", priority=True),
        Binding("escape", "cancel", "Thôi"),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], ticked: Collection[int] = (), note: str = ""
    ) -> None:
        super().__init__()
        self._title, self._choices, self._note = title, choices, note
        self._ticked = set(ticked)

    def compose(self) -> ComposeResult:
        """Title, note, lines, hint."""
        with Vertical(classes="window -choices"):
            yield Static(Content(self._title), classes="title")
            if self._note:
                yield Static(Content(self._note), classes="note")
            yield OptionList(*map(self._line, range(len(self._choices))), id="choices", markup=False)
            yield Static("Phím của dòng hoặc Cách: chọn, bỏ chọn · Enter: xong · Esc: thôi", classes="hint")

    def _line(self, index: int) -> Content:
        choice = self._choices[index]
        sign = ("[✓] ", "bold $success") if index in self._ticked else ("[ ] ", "$quiet")
        return Content.assemble((f"{choice.key.upper()}  ", "bold $accent"), sign, choice.text)

    def _flip(self, index: int) -> None:
        self._ticked ^= {index}
        self.query_one("#choices", OptionList).replace_option_prompt_at_index(index, self._line(index))

    def action_flip(self) -> None:
        """Tick or untick the line under the cursor."""
        index = self.query_one("#choices", OptionList).highlighted
        if index is not None:
            self._flip(index)

    def action_done(self) -> None:
        """Hand in what is ticked."""
        if self._ticked:
            self.close_by("enter", tuple(sorted(self._ticked)))

    def take(self, event: events.Key) -> None:
        """A line's own key ticks it; Enter, Space and Esc do what they always do."""
        usual = {"enter": self.action_done, "space": self.action_flip, "escape": self.action_cancel}
        usual.get(event.key, lambda: self._strike(event))()

    def on_key(self, event: events.Key) -> None:
        """A line's own key ticks it."""
        if not self.early(event):
            self._strike(event)

    def _strike(self, event: events.Key) -> None:
        letter = (event.character or "").casefold()
        for index, choice in enumerate(self._choices):
            if letter and letter == choice.key.casefold():
                event.stop()
                event.prevent_default()
                if not self.hasty(letter):
                    self._flip(index)
                return


class LineWindow(Window[str | None]):
    """A line of text; `wrong` says what is the matter with it, "" when it will do."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Thôi")]

    def __init__(
        self, title: str, hint: str, wrong: Callable[[str], str] = lambda _text: "", value: str = ""
    ) -> None:
        super().__init__()
        self._title, self._hint, self._wrong, self._value = title, hint, wrong, value

    def compose(self) -> ComposeResult:
        """A title, a box, what is wrong, a hint."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="title")
            box = LineInput(self._value, max_length=REASON_LENGTH, id="note", select_on_focus=False)
            yield as_remembered(box, self.app)
            yield Static(id="wrong", markup=False)
            yield Static(Content(self._hint), classes="hint")

    def _begin(self) -> None:
        """Let the box have the keys, those first that came before it."""
        self.set_focus(self.query_one("#note", LineInput))
        super()._begin()

    def take(self, event: events.Key) -> None:
        """Hand a key on to the box."""
        if event.key == "escape":
            self.action_cancel()
        else:
            self.query_one("#note", LineInput).post_message(events.Key(event.key, event.character))

    def on_key(self, event: events.Key) -> None:
        """Keep what was struck before the box had the keys; the box stops what it takes."""
        if not self.early(event) and event.is_printable:
            event.stop()
            self.take(event)

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Enter hands the line in, unless something is wrong with it."""
        event.stop()
        text = event.value.strip()
        hasty = self.hasty("enter")
        problem = "" if hasty else self._wrong(text)
        if hasty or problem:
            self.query_one("#wrong", Static).update(Content(problem))
            self.query_one("#note", LineInput).open()
        else:
            self.close_by("enter", text)


class ConfirmWindow(Window[bool | None]):
    """What will happen; Enter agrees, Esc does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "agree", "Đồng ý"),
        Binding("escape", "cancel", "Thôi"),
    ]

    def __init__(self, title: str, body: Content) -> None:
        super().__init__()
        self._title, self._body = title, body

    def compose(self) -> ComposeResult:
        """What will happen, and the two keys."""
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="title")
            yield Static(self._body)
            yield Static("Enter: ghi · Esc: thôi, không đổi gì · về sau U rút lại được", classes="hint")

    def take(self, event: events.Key) -> None:
        """Enter agrees only to what could be read: not struck before it was shown."""
        if event.key == "escape":
            self.action_cancel()

    def action_agree(self) -> None:
        """Agree."""
        self.close_by("enter", True)


def needs_reason(text: str) -> str:
    """Say that a reason is missing."""
    return "" if text else "Cần ghi lý do: lý do được in trong biên bản."


async def ask(screen: Any, window: Window[T]) -> T | None:
    """Open a window over a screen and wait for its answer; only within a worker."""
    return cast("T | None", await screen.app.push_screen_wait(window))
