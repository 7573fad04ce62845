"""The application: which screen is shown, themes, the palette, and failing safely."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from trainer.errors import HistoryError, StorageBusyError, TrainerError
from trainer.tui import compat
from trainer.tui.services import SITUATION_RULES, RoundRequest, Services
from trainer.tui.theme import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from trainer.contest.reckoning import Step
    from trainer.contest.session import Session

MIN_COLUMNS, MIN_ROWS = 60, 18


class DanvanApp(App[str]):
    """The trainer's screens.

    It begins with a contest's screen, or with ``home``, ``topics``, ``quotes``, ``situations``, ``flags`` or ``history``.
    The app's result is a sentence to print after it ends, "" for none.
    """

    CSS_PATH = "app.tcss"
    DEFAULT_MODE = "main"
    TITLE = "Dân vận khéo – Luyện thi"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares an instance variable
        (0, "-narrow"),
        (100, "-medium"),
        (140, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (28, "-tall"),
        (44, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", "Thoát", show=False, priority=True),
    ]

    def __init__(self, services: Services, start: Session | str = "home") -> None:
        super().__init__()
        self.services = services
        self._start = start
        # The first screen is a mode's own: pushing it over Textual's empty one would cost a paint.
        self.add_mode(self.DEFAULT_MODE, self._first_screen)
        self._started = False
        self._window: Size | None = None  # App.size may lag behind a resize
        self._too_small: Screen[None] | None = None
        self.bell_on = services.store.setting("bell") == "on"
        for theme in THEMES:
            self.register_theme(theme)
        saved = services.store.setting("theme")
        compat.begin_with_theme(self, saved if saved in (DARK, LIGHT) else DARK)

    def _first_screen(self) -> Screen[Any]:
        screen = (
            self._screen_called(self._start)
            if isinstance(self._start, str)
            else self._contest_screen(self._start)
        )
        compat.allow_switching(self, screen)
        compat.fit_at_once(self, screen)
        return screen

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        compat.read_css(self, screen)
        super()._load_screen_css(screen)

    async def on_mount(self) -> None:
        """Guard the terminal now that the first screen is there."""
        compat.guard_signals(self)
        self._started = True
        self._fit()
        self.call_after_refresh(self._first_painted)

    def on_ready(self) -> None:
        """Draw the first screen as soon as all of it is known."""
        compat.paint_now(self.screen)

    def _first_painted(self) -> None:
        """Start was made without the garbage collector; what it made stays for good. Then the rest."""
        gc.freeze()
        gc.enable()
        self.run_worker(self._catch_up, thread=True, exit_on_error=False)

    def _catch_up(self) -> None:
        """Copy the history, and load what the first answer needs, while the player reads."""
        Services.load_learning()
        if self.services.rehearsing:
            return
        try:
            self.services.back_up_today()
        except TrainerError as error:
            self.call_from_thread(self.tell, str(error))

    # --- moving between screens -----------------------------------------------------------------

    def _screen_called(self, name: str) -> Screen[Any]:
        if name == "history":
            from trainer.tui.history.screen import HistoryScreen

            return HistoryScreen()
        if name == "contests":
            from trainer.tui.history.contests import ContestsScreen

            return ContestsScreen()
        if name == "situations":
            from trainer.tui.situations import SituationsScreen

            return SituationsScreen()
        if name == "plan":
            from trainer.tui.plan import PlanScreen

            return PlanScreen()
        if name == "group":
            from trainer.tui.group import GroupScreen

            return GroupScreen()
        if name == "drill":
            from trainer.tui.prepare.setup import DrillSetupScreen

            return DrillSetupScreen()
        if name == "prepared" and self.services.prepared is not None:
            from trainer.tui.prepare.ready import DrillReadyScreen

            return DrillReadyScreen(self.services.prepared)
        if name == "progress":
            from trainer.tui.progress import ProgressScreen

            return ProgressScreen()
        if name == "quotes":
            from trainer.tui.quotes import QuotesScreen

            return QuotesScreen()
        if name == "topics":
            from trainer.tui.topics import TopicsScreen

            return TopicsScreen()
        if name == "flags":
            from trainer.tui.flags import FlagsScreen

            return FlagsScreen()
        from trainer.tui.home import HomeScreen

        return HomeScreen()

    def go(self, name: str) -> None:
        """Show a place: ``home``, ``topics``, ``quotes``, ``situations``, ``flags`` or ``history``.

        A rehearsal has no other place: what was played there would be gone with the next rehearsal.
        """
        if self.services.rehearsing:
            self.exit(self._farewell())
            return
        self.services.release()
        self.switch_screen(self._screen_called(name))

    def show_contest(self, session: Session) -> None:
        """Show the screen that fits a contest's present state."""
        self.switch_screen(self._contest_screen(session))

    @staticmethod
    def _contest_screen(session: Session) -> Screen[Any]:
        state = session.state
        if state.group:
            if not state.running:
                from trainer.tui.drill.end import DrillEndScreen

                return DrillEndScreen(session)
            from trainer.tui.drill.screen import DrillScreen

            return DrillScreen(session)
        if not state.running:
            from trainer.tui.history.results import ResultsScreen

            return ResultsScreen(state)
        upcoming = state.plan[max(0, state.position + (state.phase == "ready"))]
        if state.asks_questions(upcoming.part):
            from trainer.tui.round import RoundScreen

            return RoundScreen(session)
        from trainer.tui.situation import SituationScreen

        return SituationScreen(session)

    def begin(self, request: RoundRequest) -> None:
        """Begin a contest, or say why not."""
        try:
            session = self.services.begin(request)
        except TrainerError as error:
            self.tell(str(error))
            return
        self.show_contest(session)

    def begin_review(self) -> None:
        """Begin a round of what is due today, or say that nothing is."""
        try:
            session = self.services.begin_review()
        except TrainerError as error:
            self.tell(str(error))
            return
        self.show_contest(session)

    def begin_situation(self, item: str | None = None) -> None:
        """Begin one situation, drawn by lot or chosen."""
        self.begin(RoundRequest(SITUATION_RULES, only=None if item is None else (item,)))

    def resume(self, contest: str) -> None:
        """Continue an unfinished contest."""
        try:
            session = self.services.resume(contest)
        except TrainerError as error:
            self.tell(str(error))
            return
        self.show_contest(session)

    # --- safety ---------------------------------------------------------------------------------

    def tell(self, sentence: str) -> None:
        """Show a sentence that the user should read."""
        self.notify(sentence, severity="warning", timeout=12, markup=False)

    def explain_score(self, steps: Sequence[Step]) -> None:
        """Open a window with how a score came about."""
        from trainer.tui.dialogs import ReckoningScreen

        self.push_screen(ReckoningScreen(steps))

    def attempt(self, action: Callable[[], object], session: Session | None = None) -> bool:
        """Do something that is recorded; False when it was refused or not written.

        What could not be written waits in the session: a window says so and tries again.
        """
        from trainer.contest.engine import RefusedError

        try:
            action()
        except RefusedError:
            return False
        except HistoryError as error:
            from trainer.tui.dialogs import RetryScreen

            if session is None or not session.unsaved:
                self.tell(str(error))
            elif not isinstance(error, StorageBusyError):
                self.give_up(str(error))
            elif not any(isinstance(screen, RetryScreen) for screen in self.screen_stack):
                self.push_screen(RetryScreen(str(error), session))
            return False
        return True

    def give_up(self, sentence: str) -> None:
        """Leave a contest that can never be written again (restored or deleted elsewhere) and say why."""
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        self.go("home")
        self.tell(sentence)

    def on_resize(self, event: events.Resize) -> None:
        """Wait for a larger window when this one cannot show a question."""
        self._window = event.size
        self._fit()

    def _fit(self) -> None:
        if not self._started or self._window is None:
            return
        small = self._window.width < MIN_COLUMNS or self._window.height < MIN_ROWS
        shown = self.screen is self._too_small
        if small and not shown:
            from trainer.tui.too_small import TooSmallScreen

            self._too_small = TooSmallScreen()
            self.push_screen(self._too_small)
        elif not small and shown:
            self._too_small = None
            self.pop_screen()

    # --- keys of the whole program --------------------------------------------------------------

    async def action_leave(self) -> None:
        """End the program; everything that was answered is already recorded."""
        self.exit(self._farewell())

    def _farewell(self) -> str:
        if self.services.rehearsing:
            from trainer.tui.drill.rehearsing import ENDED

            return ENDED
        session: Session | None = None
        for screen in self.screen_stack:
            session = getattr(screen, "session", session)
        if session is not None and session.state.running and session.state.group:
            return "Hội thi đã được lưu. Gõ “danvan drill --resume” để làm tiếp từ chỗ đang dở."
        if session is not None and session.state.running:
            return "Phần thi đã được lưu. Gõ danvan để làm tiếp từ chỗ đang dở."
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open no window over a screen that must not be disturbed, such as one with open buzzers."""
        if action in ("keys", "command_palette") and getattr(self.screen, "undisturbed", False):
            return False
        return super().check_action(action, parameters)

    def action_command_palette(self) -> None:
        """Show the palette."""
        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder="Tìm lệnh…", id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer the program's commands in Vietnamese."""
        if screen is self._too_small:
            return
        if not self.services.rehearsing:
            yield from self._places()
        name = "tối" if self.theme == LIGHT else "sáng"
        yield SystemCommand(f"Giao diện {name}", "Đổi giữa nền tối và nền sáng", self.toggle_theme)
        bell = "Tắt" if self.bell_on else "Bật"
        yield SystemCommand(f"{bell} chuông", "Chuông khi sắp hết giờ", self.toggle_bell)
        tones = "cũ (hòa, thủy)" if self._modern_tones() else "mới (hoà, thuỷ)"
        yield SystemCommand(f"Đặt dấu kiểu {tones}", "Khi gõ Telex hoặc VNI có sẵn (F4)", self.toggle_tones)
        yield SystemCommand("Phím tắt", "Xem các phím của màn hình này", self.action_keys)
        yield SystemCommand("Thoát", "Kết thúc chương trình", lambda: self.exit(self._farewell()))

    def _places(self) -> Iterable[SystemCommand]:
        yield SystemCommand("Trang chủ", "Về màn hình đầu; phần thi dở được giữ lại", lambda: self.go("home"))
        yield SystemCommand("Ôn tập", "Những câu đến hạn ôn hôm nay", self.begin_review)
        yield SystemCommand("Lộ trình", "Kế hoạch đến ngày thi", lambda: self.go("plan"))
        yield SystemCommand("Theo chủ đề", "Luyện một chủ đề", lambda: self.go("topics"))
        yield SystemCommand("Lời Bác", "Đọc, luyện và học thuộc lời Bác", lambda: self.go("quotes"))
        yield SystemCommand(
            "Xử lý tình huống", "Bốc thăm hoặc chọn một tình huống", lambda: self.go("situations")
        )
        yield SystemCommand(
            "Hội thi nhiều đội", "Người dẫn, máy chiếu, hai đến mười đội", lambda: self.go("drill")
        )
        yield SystemCommand("Lịch sử", "Các phần thi đã làm", lambda: self.go("history"))
        yield SystemCommand(
            "Các hội thi đã tổ chức", "Kết quả, từng câu, đội yếu gì", lambda: self.go("contests")
        )
        yield SystemCommand("Cả nhóm", "Các người chơi cạnh nhau theo chủ đề", lambda: self.go("group"))
        yield SystemCommand("Câu đã đánh dấu", "Câu đánh dấu và câu nghi ngờ", lambda: self.go("flags"))

    def toggle_theme(self) -> None:
        """Change between dark and light, and remember it."""
        self.theme = DARK if self.theme == LIGHT else LIGHT
        self.attempt(lambda: self.services.store.set_setting("theme", self.theme))

    def toggle_bell(self) -> None:
        """Turn the bell on or off, and remember it."""
        self.bell_on = not self.bell_on
        self.attempt(lambda: self.services.store.set_setting("bell", "on" if self.bell_on else "off"))
        self.notify("Đã bật chuông khi sắp hết giờ." if self.bell_on else "Đã tắt chuông.", markup=False)

    def _modern_tones(self) -> bool:
        return self.services.store.setting("tones") == "new"

    def toggle_tones(self) -> None:
        """Change where Telex and VNI put tone marks, and remember it."""
        modern = not self._modern_tones()
        for screen in self.screen_stack:
            for box in screen.query("LineInput, TextBox"):
                cast("Any", box).modern_tones = modern
        self.attempt(lambda: self.services.store.set_setting("tones", "new" if modern else "old"))

    def on_typing_box_method_changed(self, event: Any) -> None:
        """Remember Telex or VNI, and use it in every box on show."""
        event.stop()
        for screen in self.screen_stack:
            for box in screen.query("LineInput, TextBox"):
                cast("Any", box).method = event.method
        self.attempt(lambda: self.services.store.set_setting("typing", str(event.method)))

    def action_keys(self) -> None:
        """Show the keys of the present screen."""
        from trainer.tui.dialogs import KeysScreen

        keys = getattr(self.screen, "KEYS", None)
        if keys is not None:
            self.push_screen(KeysScreen(keys))
