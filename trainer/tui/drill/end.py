"""The end of a group drill: places from the last one up, prizes, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.drill.correcting import last_decisions
from trainer.contest.drill.ranking import ranking
from trainer.contest.session import Session
from trainer.errors import TrainerError
from trainer.tui.base import TrainerScreen
from trainer.tui.drill.announcing import read_announced, record_announced, tie_note
from trainer.tui.drill.steps import short_names
from trainer.tui.drill.view import winners
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

DOUBLE_PRESS_S = 0.4


class DrillEndScreen(TrainerScreen):
    """Announces the places of a finished contest, one at each Enter, the last place first."""

    CSS_PATH = "end.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("a,A", "all", "Hiện tất cả"),
        Binding("u,U", "undo", "Mở lại để sửa"),
        Binding("y,Y", "weak", "Đội yếu gì"),
        Binding("l,L", "again", "Luyện lại câu sai"),
        Binding("escape", "home", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter", "Công bố hạng tiếp theo, từ dưới lên; xong thì về trang chủ"),
        ("A", "Hiện tất cả"),
        ("U", "Mở lại hội thi để sửa, rồi công bố lại"),
        ("Y", "Đội nào yếu chủ đề nào, kết quả, từng câu (sau khi công bố hết)"),
        ("L", "Hội thi mới với những câu cả hội trường sai nhiều (sau khi công bố hết)"),
        ("Esc", "Về trang chủ"),
    )

    def __init__(self, session: Session, told: int = 0) -> None:
        super().__init__()
        self.session = session
        self.told = told
        self._entered = 0.0

    def compose(self) -> ComposeResult:
        """Head, places, next key."""
        yield HeadLine(id="head")
        if self.trainer.services.rehearsing:
            from trainer.tui.drill.rehearsing import RehearsalSign

            yield RehearsalSign()
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="places", markup=False)
            yield Static(id="prizes", markup=False)
        yield NextKey("next", id="next")
        yield KeysLine()

    def on_mount(self) -> None:
        """Hide all places but those that were announced before (a crash in the middle of it)."""
        self._entered = self.trainer.services.clock()
        told = read_announced(self.trainer, self.session)
        self.told = min(told or 0, len(self.session.state.sides))
        if told is None:
            self._record()
        self._show()

    @property
    def _after(self) -> str:
        return "kết thúc diễn tập" if self.trainer.services.rehearsing else "về trang chủ"

    def _record(self, *, over: bool = False) -> None:
        """Keep how far it is announced, for the projector's program."""
        record_announced(self.trainer, self.session, self.told, over=over)

    def _show(self) -> None:
        state = self.session.state
        places = ranking(state)
        count = len(places)
        names = short_names(state, 34)
        width = max(22, *map(len, names.values())) + 2
        signs = {side.id: side.symbol for side in state.sides}
        head = self.query_one("#head", HeadLine)
        head.left, head.middle, head.right = state.rules.title, "Công bố kết quả", f"{self.told}/{count}"
        lines = []
        for index, place in enumerate(places):
            if index < count - self.told:
                # Its number, not its rank: that two are level would be a hint.
                lines.append(Content.styled(f"{index + 1:>3}.  …", "$quiet"))
                continue
            latest = index == count - self.told
            lines.append(
                Content.assemble(
                    (f"{place.rank:>3}.  ", "bold"),
                    (
                        f"{signs[place.side]} {names[place.side]}".strip().ljust(width),
                        "bold reverse" if latest else "bold",
                    ),
                    (f" {place.score:>5} điểm   ", "bold $accent"),
                    (
                        f"Giải {place.prize}" if place.prize else ("đã rời" if place.left else ""),
                        "$secondary",
                    ),
                )
            )
            note = tie_note(places, index)
            if note:
                lines[-1] = Content.assemble(lines[-1], (f"\n      {note}", "$quiet"))
        gap = "\n\n" if self.size.height >= 30 or count <= 5 else "\n"
        self.query_one("#places", Static).update(Content(gap).join(lines))
        done = self.told >= count
        self.query_one("#prizes", Static).update(Content("\n".join(winners(state)) if done else ""))
        self.query_one("#next", NextKey).say(
            f"Enter: {self._after} · Y: đội nào yếu chủ đề nào · L: luyện lại câu sai"
            if done
            else f"Enter: công bố hạng {places[count - self.told - 1].rank}"
        )
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what tells of the result only after it was announced."""
        if action in ("weak", "again"):
            return self.told >= len(self.session.state.sides)
        return not (action == "all" and self.told >= len(self.session.state.sides))

    def action_weak(self) -> None:
        """Show who is weak in what."""
        from trainer.tui.drill.report import WEAK, DrillReportScreen

        try:
            events = self.trainer.services.store.events(self.session.state.contest)
        except TrainerError as error:
            self.trainer.tell(str(error))
            return
        self.trainer.switch_screen(DrillReportScreen(events, WEAK, self.session))

    def action_again(self) -> None:
        """Ask, then begin a drill of what was missed."""
        from trainer.tui.drill.report import ask_again

        ask_again(self, self.session.state)

    def action_next(self) -> None:
        """Announce one more place; after the first place go home."""
        now = self.trainer.services.clock()
        if now - self._entered < DOUBLE_PRESS_S:
            return
        self._entered = now
        if self.told >= len(self.session.state.sides):
            self.action_home()
            return
        self.told += 1
        self._record()
        self._show()

    def action_home(self) -> None:
        """Go home; the announcement is over."""
        self._record(over=True)
        super().action_home()

    def action_all(self) -> None:
        """Announce all."""
        self.told = len(self.session.state.sides)
        self._record()
        self._show()

    def action_undo(self) -> None:
        """Ask, then take back the end."""
        from trainer.tui.dialogs import AskScreen

        found = last_decisions(self.session.state, 1)
        if not found:
            return

        def undo(agreed: bool | None) -> None:
            if agreed and self.trainer.attempt(self.session.undo, self.session):
                self.told = 0
                self._record()
                self.trainer.show_contest(self.session)

        text = "Bảng kết quả cất đi, hội thi trở lại lúc chưa kết thúc. Sửa xong, công bố lại từ hạng cuối."
        self.app.push_screen(AskScreen("Mở lại hội thi để sửa?", text), undo)
