"""The projector's page at a moment: head, clock, lines; never more than the room may know. Pure."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from trainer.contest.drill.correcting import LIVE
from trainer.contest.state import State
from trainer.tui.drill.announcing import told_of
from trainer.tui.drill.clock import Face, face
from trainer.tui.drill.view import head
from trainer.tui.projector import places
from trainer.tui.projector.page import EMPTY, LEAST_COLUMNS, LEAST_ROWS, Lines, wrapped
from trainer.tui.projector.scenes import Frame, is_question, question, situation, step_of

TROUBLES = {
    "missing": "Chưa có tệp lịch sử trong thư mục này.",
    "foreign": "Tệp history.db ở đây không phải của chương trình này. Bạn hãy kiểm tra lại --data.",
    "newer": "Tệp lịch sử do bản mới hơn ghi. Bạn hãy cập nhật chương trình trên màn hình này.",
    "unreadable": "Chưa đọc được tệp lịch sử. Màn hình giữ nguyên và tự thử lại.",
}
_GONE = "Không còn thấy tệp lịch sử. Màn hình giữ nguyên và tự thử lại."
_SILENT = "Chưa thấy máy của người dẫn, đồng hồ chờ"
_PAUSED = {
    "asleep": "Máy vừa ngủ, đồng hồ đứng yên",
    "resumed": "Hội thi vừa mở lại, đồng hồ đứng yên",
    "undone": "Vừa rút lại một quyết định, đồng hồ đứng yên",
}


class Moment(NamedTuple):
    """What a page depends on beside the contest's state.

    Attributes:
        now: Contest time.
        since_reveal: Seconds since the key of the item on show was revealed.
        announced: How many places were announced, as the record has it (:mod:`~trainer.tui.drill.announcing`).
        live: Whether the contest was seen running.
        trouble: Why the history cannot be read, "".
        where: The history file, for the waiting page.
        rehearsal: Whether a rehearsal is followed.
        silent: Whether the drill's program is not there any more.
    """

    now: int = 0
    since_reveal: float = 0.0
    announced: str = ""
    live: bool = True
    trouble: str = ""
    where: str = ""
    rehearsal: bool = False
    silent: bool = False


class Page(NamedTuple):
    """What is drawn.

    Attributes:
        left, right: Of the head line.
        lines: The page below the head and the bar; none is wider than the window.
        face: The clock, for the bar.
        paused: What the bar says in place of time, "": time runs (or there is no clock).
        notice: A line at the foot, "".
    """

    left: str
    right: str
    lines: Lines
    face: Face = Face()
    paused: str = ""
    notice: str = ""

    @property
    def text(self) -> str:
        """All that can be read on the page."""
        return "\n".join(
            [self.left, self.right, self.paused, *(line.plain for line in self.lines), self.notice]
        )


def page(state: State, moment: Moment, width: int, height: int) -> Page:
    """Return the page.

    Args:
        state: Of the contest that is followed; a new one when there is none.
        moment: The rest.
        width: Of the window, in cells.
        height: Of the window, with head and bar.
    """
    if width < LEAST_COLUMNS or height < LEAST_ROWS:
        text = f"Cửa sổ quá nhỏ. Cần ít nhất {LEAST_COLUMNS} cột × {LEAST_ROWS} dòng, nên có 80 × 24."
        return Page("", "", wrapped(text, max(8, width)))
    margin = 2 if width < 100 else 4 if width < 140 else min(14, width // 14)
    above = 1 if height < 36 else 3
    room, rows = width - 2 * margin, height - 2 - above - (1 if height < 36 else 2)
    notice = ""
    if moment.trouble and state.drill is not None:
        notice = _GONE if moment.trouble == "missing" else TROUBLES.get(moment.trouble, "")
    if waits(state, moment):
        trouble = TROUBLES.get(moment.trouble, "") if moment.trouble != "missing" else ""
        lines = places.waiting(room, rows, moment.where, trouble, rehearsal=moment.rehearsal)
        return Page("", "", _held(lines, margin, above, room))
    lines, shown = _scene(state, moment, room, rows)
    paused = ""
    if state.running and state.paused_at is not None:
        paused = _PAUSED.get(state.pause_reason, "Đồng hồ đứng yên")
    elif state.running and moment.silent and not shown.still:
        paused, shown = _SILENT, shown._replace(still=True)
    _, left, right = head(state) if state.running else (state.rules.title, state.rules.title, "")
    if state.phase == "ready":
        left, right = "Dân vận khéo", ""
    if moment.rehearsal:
        left = f"DIỄN TẬP · {left}"
    return Page(left, right, _held(lines, margin, above, room), shown, paused, notice)


def waits(state: State, moment: Moment) -> bool:
    """Tell whether there is nothing to show: no contest, or one that ended before anybody looked."""
    if state.drill is None:
        return True
    if state.running or moment.live:
        return False
    _, over = told_of(moment.announced)
    return state.status != "finished" or not moment.announced or over


def _held(lines: Lines, margin: int, above: int, room: int) -> Lines:
    space = " " * margin
    held = [line.truncate(room, ellipsis=True) if line.cell_length > room else line for line in lines]
    return [EMPTY] * above + [Content.assemble(space, line) if line.plain else line for line in held]


def _scene(state: State, moment: Moment, width: int, height: int) -> tuple[Lines, Face]:
    if state.status == "finished":
        return places.announcement(state, told_of(moment.announced)[0], width, height), Face()
    if not state.running:
        return places.stopped(width, height), Face()
    if places.standings_asked(state):
        return places.standings(state, width, height), Face()
    if state.phase == "ranking":
        return places.all_played(state, width, height), Face()
    if state.phase == "draw":
        return places.turn(state, width, height), Face()
    if state.phase == "skipped":
        return places.skipped(width, height), Face()
    if state.current is None or state.phase not in (*LIVE, "back"):
        return places.opening(state, width, height), Face()
    shown = face(state, moment.now)
    frame = Frame(shown, step_of(moment.since_reveal), width, height)
    return (question(state, frame) if is_question(state) else situation(state, frame)), shown
