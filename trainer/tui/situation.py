"""One situation: read, think, speak or type, mark blind, compare, talk on, look back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.rules import SituationPart
from trainer.contest.session import Session
from trainer.history.coaching import SituationRecord
from trainer.tui import coaching, wording
from trainer.tui.base import TrainerScreen
from trainer.tui.flagging import FlagKeys
from trainer.tui.widgets.boxes import TextBox
from trainer.tui.widgets.clock import BigDigits, TimeBar, clock_text
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey
from trainer.tui.widgets.marking import MarkingSheet
from trainer.tui.widgets.remembered import as_remembered
from trainer.tui.widgets.stages import frame, stage_line
from trainer.tui.widgets.talk import TalkPane

DRAFT_S = 2.0
LATE_MS = 10_000
_STEPS = (
    ("read", "Đọc"),
    ("think", "Chuẩn bị"),
    ("speak", "Trình bày"),
    ("mark", "Tự chấm"),
    ("revise", "Đối chiếu"),
    ("turns", "Đối đáp"),
    ("review", "Nhìn lại"),
)
_HINTS = {
    "read": "Enter: bắt đầu chuẩn bị (đồng hồ chạy)",
    "think": "Enter: trình bày ngay · G: ghi chú",
    "speak": "Enter: nói xong · G: gõ câu trả lời",
    "revise": "0–4: sửa điểm · Tab: trang khác · Enter: đi tiếp",
    "review": "Enter: đi tiếp · Tab: trang khác",
}
_SHEET_PHASES = ("mark", "revise", "review")


class SituationScreen(FlagKeys, TrainerScreen):
    """Shows the engine's state of a situation and hands it commands."""

    CSS_PATH = "situation.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        # Whatever has the focus while the clock stands still: Enter goes on.
        Binding("enter", "unpause", show=False, priority=True),
        Binding("g,G", "write", "Gõ chữ"),
        Binding("f2", "frame", "Khung 6N"),
        Binding("tab", "turn_page", "Trang khác", priority=True),
        Binding("j,J", "judge", "Thêm giám khảo"),
        Binding("k,K", "close_sheets", "Chốt phiếu"),
        Binding("x,X", "reckon", "Xem điểm"),
        Binding("p,P", "pause", "Tạm dừng"),
        *FlagKeys.FLAG_BINDINGS,
        Binding("escape", "back", "Về trang chủ"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("Enter", "Sang bước tiếp"),
        ("G", "Vào ô ghi chú hoặc ô trả lời; Esc ra khỏi ô; F4 trong ô: Telex, VNI"),
        ("F2", "Hiện hoặc ẩn khung trả lời 6N"),
        ("0 1 2 3 4", "Chấm tiêu chí: chưa có, một phần tư, một nửa, ba phần tư, đủ"),
        ("↑ ↓", "Chọn tiêu chí"),
        ("J, K", "Thêm một giám khảo (bạn bên cạnh chấm); chốt phiếu khi có người không chấm"),
        ("Tab", "Bài mẫu, lỗi hay gặp, ý đã nghe thấy, căn cứ, bài của bạn"),
        ("A–F", "Đối đáp: chọn việc làm tiếp"),
        ("X", "Xem điểm từ đâu ra, từng tiêu chí"),
        ("P", "Tạm dừng, làm tiếp"),
        ("M, N", "Đánh dấu, nghi ngờ tình huống này"),
        ("Esc", "Về trang chủ; phần đang làm được giữ"),
    )

    head = getters.query_one("#head", HeadLine)
    bar = getters.query_one("#bar", TimeBar)
    clock = getters.query_one("#clock", BigDigits)
    sheet = getters.query_one("#sheet", MarkingSheet)
    talk = getters.query_one("#talk", TalkPane)
    box = getters.query_one("#box", TextBox)
    next_key = getters.query_one("#next", NextKey)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._side = session.state.sides[0].id
        self._shown: tuple[object, ...] = ()
        self._field = ""
        self._drafted_at = 0.0
        self._page = 0
        self._judge = 0
        self._rang = False
        self._before: SituationRecord | None = None

    def compose(self) -> ComposeResult:
        """Head, bar, scene with clock, box, marking sheet beside its pages, talk."""
        yield HeadLine(id="head")
        yield TimeBar(id="bar")
        with VerticalScroll(id="scene", can_focus=False):
            with Horizontal(id="ask"):
                yield Static(id="prompt", markup=False)
                yield BigDigits(id="clock")
            yield Static(frame(), id="frame", markup=False)
            yield Static(id="stages", markup=False)
            yield Static(id="notes", markup=False)
            yield Static(id="label", markup=False)
            yield TextBox(id="box", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        with Horizontal(id="marking"):
            yield MarkingSheet(id="sheet")
            with Vertical(id="beside"):
                yield Static(id="tabs", markup=False)
                with VerticalScroll(id="page-scroll", can_focus=False):
                    yield Static(id="page", markup=False)
        yield TalkPane(id="talk")
        yield Static(id="pause", markup=False)
        yield Static(id="below")
        yield NextKey("next", id="next")
        yield KeysLine()

    async def on_mount(self) -> None:
        """Show the scene now that it can be read."""
        as_remembered(self.box, self.app)
        if self.session.state.phase == "ready":
            self.trainer.attempt(self.session.advance, self.session)
        self.session.begin_clock()
        await self.sync()
        self.set_interval(1 / 10, self.tick)

    async def tick(self) -> None:
        """Let time do its work, keep what is typed, redraw the clock."""
        self._keep_draft()
        self.trainer.attempt(self.session.look, self.session)
        await self.sync()

    # --- showing the state ----------------------------------------------------------------------

    async def sync(self) -> None:
        """Show the state; only what changed is drawn."""
        state = self.session.state
        if not state.running or (
            state.phase != "ready" and not isinstance(state.current_part, SituationPart)
        ):
            if self.is_current:
                self.trainer.show_contest(self.session)
            return
        taken = state.turns.get((self._side, state.position), ())
        mark = (state.position, state.phase, state.paused_at is not None, self._judge, len(taken))
        if mark != self._shown:
            new = self._shown[:2] != mark[:2] or self._shown[3:4] != mark[3:4]
            self._shown = mark
            await self._show_state(new)
        self._show_clock()

    async def _show_state(self, new_phase: bool) -> None:
        state = self.session.state
        current = state.current
        if current is None:
            return
        phase, paused, item = state.phase, state.paused_at is not None, current.item
        self._show_head(phase, item)
        self.set_class(phase in _SHEET_PHASES, "-marking")
        self.set_class(phase == "mark", "-blind")
        self.set_class(phase == "turns", "-talking")
        self.set_class(paused, "-paused")
        self.set_class(phase in ("think", "speak"), "-writing")
        self.set_class(phase == "speak", "-speaking")
        self.query_one("#pause", Static).update(Content(wording.pause_text(state.pause_reason)))
        if new_phase:
            self._rang = False
            self._show_scene(phase, item)
            if phase in _SHEET_PHASES:
                await self._show_sheet(phase, item)
            elif self.focused is not None:
                self.set_focus(None)
        if phase == "turns":
            self.talk.show(item, state.turns.get((self._side, state.position), ()))
            self.talk.focus(scroll_visible=False)
        if paused:
            self.set_focus(None)
        self.next_key.say("Enter: làm tiếp" if paused else self._hint(phase))
        self.refresh_bindings()

    def _show_head(self, phase: str, item: Mapping[str, Any]) -> None:
        wide = self.size.width >= 100
        names = [step for step in _STEPS if step[0] != "turns" or item.get("turns")]
        self.head.left = f"Tình huống: {item['title']}" if wide else str(item["title"])
        self.head.right = (
            " › ".join(f"[{name}]" if key == phase else name for key, name in names)
            if wide
            else f"{[key for key, _ in names].index(phase) + 1}/{len(names)} {dict(names)[phase]}"
        )

    def _hint(self, phase: str) -> str:
        if phase == "turns":
            return self.talk.hint()
        if phase != "mark":
            return _HINTS[phase]
        judges = self._judges()
        who = f"Giám khảo {self._judge + 1}/{len(judges)} · " if len(judges) > 1 else ""
        return f"{who}0–4: chấm tiêu chí · Enter: xong, khi đã chấm đủ · J: thêm giám khảo"

    def _show_scene(self, phase: str, item: Mapping[str, Any]) -> None:
        state = self.session.state
        self.query_one("#prompt", Static).update(Content(str(item["prompt"])))
        notes = state.drafts.get((self._side, state.position, "notes")) or ""
        shown_notes = self.query_one("#notes", Static)
        shown_notes.display = phase == "speak" and bool(notes)
        shown_notes.update(Content.assemble(("Ghi chú của bạn\n", "bold $secondary"), str(notes)))
        label = self.query_one("#label", Static)
        if phase in ("think", "speak"):
            self._field = "notes" if phase == "think" else "answer"
            label.update(
                "Ghi chú (nhấn G để gõ)"
                if phase == "think"
                else "Câu trả lời: nói thành tiếng, hoặc nhấn G để gõ"
            )
            self.box.open(state.drafts.get((self._side, state.position, self._field)) or "")
        else:
            self._field = ""

    async def _show_sheet(self, phase: str, item: Mapping[str, Any]) -> None:
        state = self.session.state
        records = self.trainer.services.situation_records()
        same = [each for each in records if each.item == item["id"] and each.contest != state.contest]
        self._before = same[-1] if same else None
        judge = self._judges()[self._judge]
        key = (judge, self._side, state.position)
        blind = phase == "mark"
        proposed = {} if blind else coaching.proposed_shares(item, self._spoken_text())
        await self.sheet.load(
            item,
            state.sheets.get(key),
            open_=phase != "review",
            blind=blind,
            first=None if blind else state.first_sheets.get(key),
            proposed=proposed if phase == "revise" else None,
        )
        self._page = 0
        self._show_page()
        self.sheet.focus()

    def _judges(self) -> list[str]:
        """Return the judges' names for the record: the player first."""
        count = self.session.state.judge_count(self.session.state.position)
        return [self._side, *(f"gk{number}" for number in range(2, count + 1))][:count]

    def _spoken_text(self) -> str:
        state = self.session.state
        return state.spoken.get((self._side, state.position), (0, 0, ""))[2]

    def _show_clock(self) -> None:
        state = self.session.state
        remaining = state.remaining_ms(self.session.now)
        if remaining is None:
            self.clock.text = ""
            self.bar.share = 0.0
            self.bar.add_class("-still")
            return
        part = state.current_part
        limit = 60_000
        if isinstance(part, SituationPart) and state.current is not None:
            key = "think_s" if state.phase == "think" else "speak_s"
            limit = int(getattr(part, key) or state.current.item[key]) * 1000
        self.clock.text = clock_text(remaining, minutes=True)
        self.bar.share = max(0.0, remaining / limit)
        if state.phase == "speak":
            self.query_one("#stages", Static).update(stage_line(limit - remaining, limit))
        late, still = remaining <= LATE_MS, state.paused_at is not None
        for widget in (self.clock, self.bar):
            widget.set_class(late and not still, "-late")
            widget.set_class(still, "-still")
        if late and not still and not self._rang:
            self._rang = True
            if self.trainer.bell_on:
                self.trainer.bell()

    def _show_page(self) -> None:
        """Show one of the pages beside the sheet."""
        state = self.session.state
        if state.current is None:
            return
        pages = coaching.pages(state, self._side, state.position, self._before)
        self._page %= len(pages)
        tabs = [
            Content.styled(f" {name} ", "bold reverse" if number == self._page else "$quiet")
            for number, (name, _) in enumerate(pages)
        ]
        self.query_one("#tabs", Static).update(Content(" ").join(tabs))
        self.query_one("#page", Static).update(pages[self._page][1])
        self.query_one("#page-scroll", VerticalScroll).scroll_home(animate=False)

    async def on_resize(self) -> None:
        """Draw the clock large where there is room, and fit the head."""
        self.clock.set_class(self.size.width >= 120 and self.size.height >= 34, "-large")
        self.clock.refresh(layout=True)
        if self._shown:
            await self._show_state(False)

    # --- handing over commands ------------------------------------------------------------------

    def _keep_draft(self, *, now: bool = False) -> None:
        """Record what stands in the box, at most every two seconds."""
        if not self._field or self.session.state.phase not in ("think", "speak"):
            return
        clock = self.trainer.services.clock()
        kept = self.session.state.drafts.get((self._side, self.session.state.position, self._field)) or ""
        if kept == self.box.text or (not now and clock - self._drafted_at < DRAFT_S):
            return
        self._drafted_at = clock
        field, text = self._field, self.box.text
        self.trainer.attempt(lambda: self.session.draft(self._side, field, text), self.session)

    async def action_unpause(self) -> None:
        """Go on after a pause."""
        await self.action_next()

    async def action_next(self) -> None:
        """Go on: past a pause, to the next judge, the next step, or to the end."""
        state = self.session.state
        if state.paused_at is not None:
            self.trainer.attempt(self.session.unpause, self.session)
        elif state.phase == "mark" and self._next_judge():
            pass
        else:
            self._keep_draft(now=True)
            moved = self.trainer.attempt(self.session.advance, self.session)
            if moved:
                self._judge = 0
            elif state.phase == "mark":
                self.trainer.tell("Còn tiêu chí chưa chấm. Bạn hãy chấm đủ bằng các phím 0 đến 4.")
            elif state.phase == "turns":
                self.trainer.tell("Người dân còn đang đợi bạn đáp lời.")
        await self.sync()

    def _next_judge(self) -> bool:
        """Give the sheet to the next judge when this one has finished; the last sheet stays hidden."""
        state = self.session.state
        judges = self._judges()
        sheet = state.sheets.get((judges[self._judge], self._side, state.position))
        item = state.current.item if state.current else {"rubric": ()}
        if sheet is None or len(sheet.shares) < len(item["rubric"]) or self._judge + 1 >= len(judges):
            return False
        self._judge += 1
        return True

    async def action_judge(self) -> None:
        """Let one more person mark; while comparing, show the next judge's sheet."""
        state = self.session.state
        count = len(self._judges())
        if state.phase == "mark":
            self.trainer.attempt(lambda: self.session.set_judges(count + 1), self.session)
            self.next_key.say(self._hint("mark"))
        else:
            self._judge = (self._judge + 1) % count
        await self.sync()

    def action_reckon(self) -> None:
        """Open how the points of this situation came about."""
        from trainer.contest.reckoning import item_reckoning

        state = self.session.state
        self.trainer.explain_score(item_reckoning(state, self._side, state.position))

    async def action_close_sheets(self) -> None:
        """End marking without the judges who never finish."""
        if not self.trainer.attempt(self.session.close_sheets, self.session):
            self.trainer.tell("Cần ít nhất một phiếu đã chấm đủ thì mới chốt được.")
        self._judge = 0
        await self.sync()

    def action_write(self) -> None:
        """Go into the box."""
        if self.has_class("-writing") and not self.has_class("-paused"):
            self.box.focus()
            self.next_key.say("Esc: ra khỏi ô chữ · F4: Telex, VNI")

    def action_frame(self) -> None:
        """Show or hide the 6N frame."""
        self.toggle_class("-no-frame")

    def action_turn_page(self) -> None:
        """Show the next page beside the sheet."""
        if self.has_class("-marking") and not self.has_class("-blind"):
            self._page += 1
            self._show_page()

    async def action_pause(self) -> None:
        """Stop the clock, or let it run on."""
        self._keep_draft(now=True)
        paused = self.session.state.paused_at is not None
        self.trainer.attempt(self.session.unpause if paused else self.session.pause, self.session)
        await self.sync()

    def action_back(self) -> None:
        """Leave the box, or go home; the situation stays as it is, with its clock stopped."""
        self._keep_draft(now=True)
        if self.in_box:
            self.set_focus(self.talk if self.session.state.phase == "turns" else None)
            self.next_key.say(self._hint(self.session.state.phase))
            return
        if self.session.state.phase in ("think", "speak") and self.session.state.paused_at is None:
            self.trainer.attempt(self.session.pause, self.session)
        self.trainer.go("home")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action == "bookmark":
            return parameters == (not self.marked(),)
        phase = self.session.state.phase
        if action in ("frame", "pause"):
            return phase in ("think", "speak")
        if action == "write":
            return phase in ("think", "speak")
        if action == "unpause":
            return self.session.state.paused_at is not None and self.is_current
        if action == "reckon":
            return phase == "review"
        if action == "turn_page":
            return phase in ("revise", "review")
        if action == "judge":
            return phase == "mark" or (phase in ("revise", "review") and len(self._judges()) > 1)
        if action == "close_sheets":
            return phase == "mark" and len(self._judges()) > 1
        return True

    def on_marking_sheet_marked(self, event: MarkingSheet.Marked) -> None:
        """Record a mark."""
        event.stop()
        judge, criterion, share = self._judges()[self._judge], event.criterion, event.share
        self.trainer.attempt(lambda: self.session.mark(judge, self._side, criterion, share), self.session)

    def on_marking_sheet_cap_marked(self, event: MarkingSheet.CapMarked) -> None:
        """Record whether a hard stop happened."""
        event.stop()
        judge, cap, happened = self._judges()[self._judge], event.cap, event.happened
        self.trainer.attempt(lambda: self.session.mark_cap(judge, self._side, cap, happened), self.session)

    async def on_marking_sheet_done(self, event: MarkingSheet.Done) -> None:
        """Enter on the sheet."""
        event.stop()
        await self.action_next()

    async def on_talk_pane_chosen(self, event: TalkPane.Chosen) -> None:
        """Record what was done when the people spoke."""
        event.stop()
        self.trainer.attempt(
            lambda: self.session.take_turn(self._side, event.option, event.text, event.share), self.session
        )
        await self.sync()

    async def on_talk_pane_go_on(self, event: TalkPane.GoOn) -> None:
        """Enter on the talk."""
        event.stop()
        await self.action_next()

    # --- flags ----------------------------------------------------------------------------------

    def flagged_item(self) -> str | None:
        """The situation on show."""
        current = self.session.state.current
        return current.item["id"] if current else None

    def before_note(self) -> None:
        """The clock stands while a note is written."""
        if self.session.state.phase in ("think", "speak") and self.session.state.paused_at is None:
            self.trainer.attempt(self.session.pause, self.session)
