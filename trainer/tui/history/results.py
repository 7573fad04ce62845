"""“Kết quả”: the score and how it came about, by topic, and what to learn from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.contest.events import Planned
from trainer.contest.reckoning import reckoning
from trainer.contest.responses import given
from trainer.contest.scoring import max_points, max_score
from trainer.contest.state import Attempt, State
from trainer.text import one_line
from trainer.tui import wording
from trainer.tui.base import TrainerScreen
from trainer.tui.services import RoundRequest
from trainer.tui.widgets.clock import BigDigits
from trainer.tui.widgets.facts import Fact, FactRow
from trainer.tui.widgets.keys import KeysLine
from trainer.tui.widgets.lines import HeadLine, NextKey

_BAR = 20


class ResultsScreen(TrainerScreen):
    """One finished contest; from history it shows every item in full."""

    CSS_PATH = "results.tcss"
    AUTO_FOCUS = "#body"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("r,R", "again", "Làm lại câu sai"),
        Binding("x,X", "reckon", "Xem điểm"),
        Binding("t,T", "whole", "Toàn bộ"),
        Binding("h,H", "history", "Lịch sử"),
        Binding("escape", "go_on", "Về"),
        Binding("question_mark", "app.keys", "Phím"),
    ]
    KEYS = (
        ("↑ ↓ PgUp PgDn", "Cuộn"),
        ("R", "Làm lại những câu chưa đúng"),
        ("X", "Xem điểm từ đâu ra, từng dòng"),
        ("T", "Xem toàn bộ phần thi, hoặc chỉ những câu chưa đúng"),
        ("H", "Lịch sử"),
        ("Enter, Esc", "Về trang chủ (hoặc về lịch sử)"),
    )

    def __init__(self, state: State, *, started: str = "", whole: bool = False) -> None:
        super().__init__()
        self._state = state
        self._started = started
        self._whole = whole
        self._side = state.sides[0].id

    # --- what is shown --------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Score, how it came about, topics, then the items in full."""
        state = self._state
        head = HeadLine(id="head")
        head.left = "Kết quả"
        head.middle = state.rules.title
        head.right = wording.local_time(self._started) if self._started else state.sides[0].name
        yield head
        with VerticalScroll(id="body"):
            with Horizontal(id="top"):
                yield BigDigits(f"{state.score(self._side)}/{max_score(state)}", id="score")
                yield Static(self._summary(), id="summary")
            yield Static("Điểm từng câu", classes="heading")
            yield Static(self._lines(), id="lines")
            yield Static("Theo chủ đề", classes="heading", id="topics-heading")
            yield Static(self._topics(), id="topics")
            yield Static(id="details-heading", classes="heading")
            yield Vertical(id="details")
        yield NextKey("go_on", id="next")
        yield KeysLine()

    async def on_mount(self) -> None:
        """Show the details and the next key."""
        has_questions = any(planned.item["section"] == "question" for _, planned in self._planned())
        self.query_one("#topics").display = self.query_one("#topics-heading").display = has_questions
        await self._show_details()
        missed = len(self._missed())
        again = f" · R: làm lại {missed} câu chưa đúng" if missed else ""
        self.query_one("#next", NextKey).say(
            ("Enter: về lịch sử" if self._started else "Enter: về trang chủ") + again
        )

    def _planned(self) -> Iterable[tuple[int, Planned]]:
        return enumerate(self._state.plan)

    def _attempt(self, position: int) -> Attempt | None:
        return self._state.attempts.get((self._side, position))

    def _missed(self) -> list[str]:
        return [
            planned.item["id"]
            for position, planned in self._planned()
            if planned.item["section"] == "question"
            and (attempt := self._attempt(position)) is not None
            and attempt.share < 1
        ]

    def _summary(self) -> Content:
        state = self._state
        attempts = [self._attempt(position) for position, _ in self._planned()]
        asked = [attempt for attempt in attempts if attempt is not None and attempt.code != "judged"]
        right = sum(attempt.is_right for attempt in asked)
        partial = sum(0 < attempt.share < 1 for attempt in asked)
        lines = []
        if asked:
            text = f"{right}/{len(asked)} câu đúng"
            lines.append(text + (f", {partial} câu đúng một phần" if partial else ""))
            answered = [
                attempt.elapsed_ms for attempt in asked if attempt.code != "empty" and attempt.elapsed_ms
            ]
            if answered:
                lines.append(f"Trung bình {wording.seconds(sum(answered) // len(answered))} một câu")
        total = max_score(state)
        if total:
            lines.append(f"Đạt {wording.percent(state.score(self._side) / total)} số điểm")
        if state.status == "abandoned":
            lines.append("Phần thi đã dừng giữa chừng")
        return Content("\n".join(lines))

    def _lines(self) -> Content:
        parts: list[Content] = []
        for position, planned in self._planned():
            attempt = self._attempt(position)
            part = self._state.rules.parts[planned.part]
            name = planned.item.get("title") or planned.item["prompt"]
            if attempt is None:
                parts.append(Content.assemble((f"  Câu {position + 1:<3}", "$quiet"), ("chưa làm", "$quiet")))
                continue
            sign, style = wording.sign_of(attempt)
            points = wording.signed(attempt.points)
            most = max_points(part)
            time = wording.seconds(attempt.elapsed_ms) if attempt.code != "empty" else "chưa trả lời"
            parts.append(
                Content.assemble(
                    (f"{sign[0]} ", f"bold {style}"),
                    f"Câu {position + 1:<3}",
                    (f"{points:>4}", "bold"),
                    (f"/{most:<4}", "$quiet"),
                    (f"{time:<15}", "$quiet"),
                    one_line(name, 90),
                )
            )
            if attempt.penalty:
                parts.append(
                    Content.assemble(
                        f"         {wording.signed(attempt.penalty):>4}",
                        (f"     quá giờ {wording.seconds(attempt.overtime_ms)}", "$quiet"),
                    )
                )
        total = f"{self._state.score(self._side):>4}"
        parts.append(
            Content.assemble("  Tổng   ", (total, "bold $accent"), (f"/{max_score(self._state)}", "$quiet"))
        )
        return Content("\n").join(parts)

    def _topics(self) -> Content:
        tally: dict[str, list[float]] = {}
        for position, planned in self._planned():
            attempt = self._attempt(position)
            if planned.item["section"] == "question" and attempt is not None:
                tally.setdefault(planned.item["topic"], []).append(attempt.share)
        titles = self.trainer.services.bank.topics
        named = sorted((titles.get(topic, topic), shares) for topic, shares in tally.items())
        width = min(44, max((len(name) for name, _ in named), default=0))
        lines = []
        for name, shares in named:
            mean = sum(shares) / len(shares)
            filled = round(mean * _BAR)
            lines.append(
                Content.assemble(
                    f"{one_line(name, width):<{width}}  ",
                    ("█" * filled, "$accent"),
                    ("░" * (_BAR - filled), "$border-blurred"),
                    f"  {sum(share == 1 for share in shares)}/{len(shares)}",
                )
            )
        return Content("\n").join(lines)

    async def _show_details(self) -> None:
        details = self.query_one("#details", Vertical)
        await details.remove_children()
        shown = [
            ItemDetail(position, planned, self._state, self._side)
            for position, planned in self._planned()
            if self._whole or self._is_missed(position) or planned.item["section"] == "situation"
        ]
        heading = self.query_one("#details-heading", Static)
        heading.update("Toàn bộ phần thi" if self._whole else "Những câu cần xem lại")
        heading.display = bool(shown)
        if shown:
            await details.mount_all(shown)

    def _is_missed(self, position: int) -> bool:
        attempt = self._attempt(position)
        return attempt is None or attempt.share < 1

    # --- keys -----------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Go back to where the player came from."""
        self.trainer.go("history" if self._started else "home")

    def action_again(self) -> None:
        """Ask the missed questions again, by quick rules."""
        missed = [item for item in self._missed() if item in self.trainer.services.bank]
        if not missed:
            self.trainer.tell("Không có câu nào chưa đúng để làm lại.")
            return
        self.trainer.begin(RoundRequest("nhanh", only=tuple(missed), count=len(missed)))

    def action_reckon(self) -> None:
        """Open how the score came about."""
        self.trainer.explain_score(reckoning(self._state, self._side))

    async def action_whole(self) -> None:
        """Show every item, or only the missed ones."""
        self._whole = not self._whole
        await self._show_details()
        self.query_one("#details-heading").scroll_visible(animate=False, top=True)

    def action_history(self) -> None:
        """Show the history."""
        self.trainer.go("history")


class ItemDetail(Vertical):
    """One item with the player's answer, the right one, why, and where it is written."""

    def __init__(self, position: int, planned: Planned, state: State, side: str) -> None:
        super().__init__()
        self._position, self._planned, self._state, self._side = position, planned, state, side

    def compose(self) -> ComposeResult:
        """Prompt and facts."""
        item = self._planned.item
        yield Static(Content(f"Câu {self._position + 1}. {item['prompt']}"), classes="prompt")
        for fact in self._facts():
            yield FactRow(fact)

    def _facts(self) -> list[Fact]:
        item, order = self._planned.item, self._planned.order
        attempt = self._state.attempts.get((self._side, self._position))
        if item["section"] == "situation":
            return self._situation_facts(attempt)
        mine = given(item, order, attempt.response if attempt else None)
        sign, style = wording.sign_of(attempt)
        facts: list[Fact] = [("Bạn trả lời", style, mine)]
        if attempt is not None:
            reason = attempt.reason if attempt.code != "empty" else ""
            if attempt.overruled is not None:
                reason = f"Tính là đúng: {attempt.overruled}"
            facts.insert(0, ("Kết quả", style, f"{sign}. {reason}" if reason else sign))
        return facts + wording.explanation(item, order)

    def _situation_facts(self, attempt: Attempt | None) -> list[Fact]:
        item, state = self._planned.item, self._state
        facts: list[Fact] = []
        sheets = [
            (judge, sheet)
            for (judge, side, position), sheet in state.sheets.items()
            if side == self._side and position == self._position
        ]
        for _, sheet in sheets:
            for index, criterion in enumerate(item["rubric"]):
                share = sheet.shares.get(index, 0.0)
                got = f"{share * criterion['points']:g}/{criterion['points']}".replace(".", ",")
                facts.append((got, "$accent", criterion["title"]))
            facts += [
                (
                    "Chặn điểm",
                    "$error",
                    f"{item['caps'][index]['when']}: nhiều nhất {item['caps'][index]['at_most']} %",
                )
                for index in sorted(sheet.caps)
            ]
        notes = state.drafts.get((self._side, self._position, "notes"))
        if notes:
            facts.append(("Ghi chú", "$secondary", str(notes)))
        if attempt is not None and attempt.text:
            facts.append(("Bạn viết", "$secondary", attempt.text))
        facts.append(("Bài mẫu", "$success", item["model_answer"]))
        facts += [("Hay sai", "$warning", mistake) for mistake in item["mistakes"]]
        return facts + [("Căn cứ", "$secondary", line) for line in wording.source_lines(item)]
