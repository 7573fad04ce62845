"""The projector's program: follows the drill of another program and draws it for the hall."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import ClassVar

from textual import events, getters
from textual.app import App, ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from trainer.contest.drill.following import Following, follow
from trainer.errors import HistoryError
from trainer.history.follower import FOREIGN, NEWER, Follower
from trainer.history.heartbeat import Listener
from trainer.tui import compat
from trainer.tui.projector.view import TROUBLES, Moment, Page, page
from trainer.tui.theme import DARK, LIGHT, THEMES
from trainer.tui.widgets.clock import TimeBar
from trainer.tui.widgets.lines import HeadLine

LOOK_S = 0.025
"""Between two looks at the history: with the repaint well under a tenth of a second."""


class Stage(Widget):
    """The page: lines as they are, nothing to scroll."""

    DEFAULT_CSS = "Stage { width: 1fr; height: 1fr; }"

    content = reactive(Content(""))

    def render(self) -> RenderResult:  # noqa: D102
        return self.content


class Strip(Widget):
    """One line across the hall: why the clock stands."""

    DEFAULT_CSS = """
    Strip { width: 1fr; height: 1; background: $warning; color: $background; text-style: bold; display: none; }
    """

    text = reactive("")

    def render(self) -> RenderResult:  # noqa: D102
        text = Content(self.text)
        gap = max(0, (self.size.width - text.cell_length) // 2)
        return Content.assemble(" " * gap, text)


class ProjectorScreen(Screen[None]):
    """One page after the other, as the events say."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,Q,escape", "app.leave", show=False),
        Binding("question_mark", "app.keys", show=False),
    ]
    KEYS = (("Q, Esc", "Tắt màn hình này; hội thi không hề gì, mở lại lúc nào cũng được"),)

    head = getters.query_one("#head", HeadLine)
    bar = getters.query_one("#bar", TimeBar)
    strip = getters.query_one("#strip", Strip)
    stage = getters.query_one("#stage", Stage)
    notice = getters.query_one("#notice", Strip)

    def __init__(self, follower: Follower, clock: Callable[[], float], *, rehearsal: bool = False) -> None:
        super().__init__()
        self._follower, self._clock, self._rehearsal = follower, clock, rehearsal
        self._listener = Listener(follower.path.parent)
        self.known = Following()
        self._announced = ""
        self._drawn: tuple[object, ...] = ()
        self.page = Page("", "", [])

    def compose(self) -> ComposeResult:
        """Head, bar (or why the clock stands), page, notice."""
        yield HeadLine(id="head")
        yield TimeBar(id="bar")
        yield Strip(id="strip")
        yield Stage(id="stage")
        yield Strip(id="notice")

    def on_mount(self) -> None:
        """Begin to look."""
        self.look()
        self.set_interval(LOOK_S, self.look)

    def look(self) -> None:
        """Read what is new and draw what changed."""
        news = self._follower.look()
        if news is not None:
            self.known = follow(
                self.known, news.events, self._clock(), fresh=news.fresh, waited_ms=news.waited_ms
            )
            self._announced = news.announced
            if news.theme in (DARK, LIGHT) and news.theme != self.app.theme:
                self.app.theme = news.theme
        self.draw()

    def draw(self) -> None:
        """Draw the page of this moment; what is the same stays as it is."""
        now, state = self._clock(), self.known.state
        at, beat = self.known.now(now), self._listener.listen(now)
        silent = beat is not None and beat.silent and beat.contest == state.contest
        if silent and beat is not None:
            at = min(at, max(state.at, beat.at))
        moment = Moment(
            at,
            self.known.since_reveal(state.position, now),
            self._announced,
            self.known.live,
            self._follower.trouble,
            str(self._follower.path),
            self._rehearsal,
            silent,
        )
        width, height = self.size
        shown = page(state, moment, width, height)
        self.bar.share = shown.face.share
        self.bar.set_class(shown.face.late, "-late")
        self.bar.set_class(shown.face.still, "-still")
        drawn = (shown._replace(face=shown.face._replace(share=0.0)), width, height)
        if drawn == self._drawn:
            return
        self._drawn, self.page = drawn, shown
        self.head.left, self.head.right = shown.left, shown.right
        self.head.display = bool(shown.left)
        self.strip.text = f"❚❚  TẠM DỪNG · {shown.paused}" if shown.paused else ""
        self.strip.display = bool(shown.paused)
        self.bar.display = not shown.paused
        self.notice.text = shown.notice
        self.notice.display = bool(shown.notice)
        self.stage.content = Content("\n").join(shown.lines)

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the page out anew."""
        self._drawn = ()
        self.draw()


class ProjectorApp(App[str]):
    """Only the projector; it never opens the history for writing."""

    CSS_PATH = "../app.tcss"
    DEFAULT_MODE = "main"
    TITLE = "Dân vận khéo – Màn hình máy chiếu"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True),
    ]

    def __init__(self, first: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self.add_mode(self.DEFAULT_MODE, first)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK

    def on_mount(self) -> None:
        """Guard the terminal."""
        compat.guard_signals(self)
        self.call_after_refresh(self._first_painted)

    def _first_painted(self) -> None:
        gc.freeze()
        gc.enable()

    def action_leave(self) -> None:
        """End this program; the drill goes on."""
        self.exit("")

    def action_keys(self) -> None:
        """Show the keys."""
        from trainer.tui.dialogs import KeysScreen

        self.push_screen(KeysScreen(getattr(self.screen, "KEYS", ()), common=False))


def follow_or_refuse(follower: Follower) -> None:
    """Look once before anything is drawn.

    Raises:
        HistoryError: There is a history file that this program can never read.
    """
    news = follower.look()
    if follower.trouble in (FOREIGN, NEWER):
        sentence = TROUBLES[follower.trouble]
        raise HistoryError(f"Không theo dõi được “{follower.path}”. {sentence}")
    del news
    follower.close()
