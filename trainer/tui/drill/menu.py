"""“Việc khác” of the running drill: the rarer things, each with a line that says what it is for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from textual import work
from textual.content import Content

from trainer.contest.drill.amending import may_appeal, may_return, open_appeals, shown_questions
from trainer.contest.drill.ending import may_end_early
from trainer.contest.drill.ranking import open_ties
from trainer.contest.drill.taking_part import drill_of, present
from trainer.contest.rules import QuestionPart
from trainer.contest.state import State
from trainer.tui.drill import amends, appeals, closing, journal, prizes
from trainer.tui.drill.corrections import Corrections
from trainer.tui.drill.rehearsing import Rehearsing
from trainer.tui.drill.steps import rescue_offered
from trainer.tui.drill.windows import Choice, PickWindow, Window

BUSY = ("buzz", "answer")
"""Phases in which nothing but the teams' keys and the judgement counts."""
_TITLE = 25


class Entry(NamedTuple):
    """One of the rarer things.

    Attributes:
        key: Its key in the menu.
        says: What it is for.
        off: Why it cannot be done now, "" when it can.
        run: Does it; returns what the facilitator should read.
    """

    key: str
    title: str
    says: str
    off: str
    run: Callable[[Corrections], Awaitable[str]]


def entries(state: State) -> list[Entry]:
    """Return the menu as the state allows it."""
    waiting, shown = open_appeals(state), shown_questions(state)
    not_shown = "" if shown else "khi đã hiện đáp án một câu"
    few = "" if len(present(state)) > 1 else "đội cuối cùng ở lại"
    lacking = "" if waiting else "không có khiếu nại nào đang chờ"
    return [
        Entry("1", "Khiếu nại", "ghi lời phản đối của một đội", _no_appeal(state), appeals.appeal),
        Entry("2", "Giải quyết khiếu nại", f"đang chờ: {len(waiting)}", lacking, appeals.decide),
        Entry("3", "Công nhận đáp án khác", "tính đúng cho mọi đội đã chọn", not_shown, amends.accept),
        Entry("4", "Chấm lại một đội", "đúng, sai, một phần, ở câu đã qua", not_shown, amends.overrule),
        Entry("5", "Sửa điểm", "cộng, trừ điểm một đội, kèm lý do (F6)", "", amends.change_score),
        Entry("6", "Đội rời hội thi", "giữ điểm, xếp sau cùng, không nhận giải", few, amends.leave),
        Entry("7", "Cứu trợ", "chọn đội trở lại sàn (phím V)", _no_rescue(state), amends.rescue),
        Entry("8", "Giải thưởng", "sửa tên và số lượng các giải", "", prizes.edit),
        Entry("9", "Bảng điểm", "hiện hoặc cất bảng điểm (F5)", "", _standings),
        Entry("0", "Bản ghi", "mọi quyết định và sửa đổi, mới nhất trước", "", journal.show),
        Entry("x", "Phân định", "giám khảo xếp, bốc thăm, hay để đồng hạng", _no_tie(state), closing.settle),
        Entry("g", "Ghi chú", "một dòng cho biên bản, chỉ người dẫn thấy", "", closing.add_note),
        Entry(
            "k", "Kết thúc sớm", "dừng tại đây, xếp hạng theo điểm đang có", _no_end(state), closing.end_early
        ),
    ]


def _no_appeal(state: State) -> str:
    if may_appeal(state):
        return ""
    drill = drill_of(state)
    if not drill.opened:
        return "khi đã hỏi câu đầu tiên"
    if any(each.position == drill.opened[-1] for each in open_appeals(state)):
        return "các đội đã khiếu nại câu này"
    return "khi chốt xong câu đang hỏi"


def _no_rescue(state: State) -> str:
    if rescue_offered(state) and may_return(state):
        return ""
    if may_return(state):
        return "khi đã hiện đáp án"
    parts = [part for part in state.rules.parts if isinstance(part, QuestionPart) and part.play.rescue_from]
    if not parts:
        return "luật thi này không có cứu trợ"
    used = len(drill_of(state).rescues)
    if used >= sum(part.play.rescues for part in parts):
        return "đã dùng hết số lần cứu trợ"
    play = parts[0].play
    return f"từ câu {play.rescue_from}, sàn còn ≤ {play.rescue_left}%, sau khi chốt"


def _no_tie(state: State) -> str:
    return "" if state.phase == "ranking" and open_ties(state) else "khi thi xong mà còn đội bằng nhau"


def _no_end(state: State) -> str:
    if may_end_early(state):
        return ""
    return "khi đã hỏi câu đầu tiên" if not drill_of(state).opened else "lúc này hội thi không còn gì để hỏi"


async def _standings(screen: Corrections) -> str:
    await screen.action_standings()
    return ""


def menu(state: State) -> PickWindow:
    """Return the window."""
    lines = []
    for each in entries(state):
        title = each.title.ljust(_TITLE)
        if each.off:
            text = Content.styled(f"{title}{each.off}", "$quiet")
        else:
            text = Content.assemble((title, "bold"), (each.says, "$secondary"))
        lines.append(Choice(each.key, text, each.off))
    return PickWindow("Việc khác", lines)


class RarerThings(Rehearsing):
    """The key M."""

    def action_menu(self) -> None:
        """Open the menu; at once, so that a digit struck right after M is the menu's."""
        self.said = ""
        Window.struck = "m"
        self.app.push_screen(menu(self.session.state), self._picked)

    def _picked(self, index: int | None) -> None:
        if index is None:
            self.hold_enter()
        else:
            self._run(entries(self.session.state)[index].run)

    def action_rescue(self) -> None:
        """Choose who comes back to the floor."""
        if may_return(self.session.state):
            Window.struck = "v"
            self._run(amends.rescue)

    def action_change(self) -> None:
        """Give or take points."""
        Window.struck = "c"
        self._run(amends.change_score)

    def _run(self, thing: Callable[[Corrections], Awaitable[str]]) -> None:
        """Do one of the rarer things; until it is done this screen takes no keys, the windows do."""
        self.flowing = True
        self._ask_through(thing)

    @work(exclusive=True, group="menu")
    async def _ask_through(self, thing: Callable[[Corrections], Awaitable[str]]) -> None:
        try:
            self.said = await thing(self)
        finally:
            self.flowing = False
            Window.ahead.clear()  # nobody's any more
        self.hold_enter()
        self.reload = True
        await self.sync()
