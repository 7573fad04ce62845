"""The projector's test card: size, colours, Vietnamese letters, digits, lag; each with a judgement."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
import uuid
from collections import deque
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from trainer.contest.evening.teams import COLOUR_NAMES, COLOURS, SYMBOLS
from trainer.contest.events import Side
from trainer.history.follower import Follower
from trainer.history.store import Store
from trainer.tui.projector.page import EMPTY, Lines, columns, digits, fitted, spaced, team, wrapped
from trainer.tui.projector.screen import LOOK_S, Stage
from trainer.tui.theme import TEAM_COLOURS
from trainer.tui.widgets.lines import HeadLine

COLUMNS, ROWS = 80, 24
WIDE = 140
"""With more columns than this letters are small for a hall."""
GOOD_MS = 100
PACE_S = 0.4
NAMES = tuple(name.capitalize() for name in COLOUR_NAMES.values())
LETTERS = "aàảãáạ ăằẳẵắặ âầẩẫấậ đ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ"


def size_sentence(width: int, height: int) -> Content:
    """Judge the window's size."""
    said = f"Cỡ cửa sổ: {width} cột × {height} dòng. "
    if width < COLUMNS or height < ROWS:
        return Content.assemble(
            said, (f"✗ Nhỏ quá: cần ít nhất {COLUMNS} × {ROWS}, bạn hãy thu nhỏ chữ (Ctrl −).", "bold $error")
        )
    if width > WIDE:
        return Content.assemble(
            said, ("◐ Đủ chỗ, nhưng chữ sẽ nhỏ: hội trường lớn thì phóng to chữ (Ctrl +).", "bold $warning")
        )
    return Content.assemble(said, ("✓ Đủ. Chữ càng lớn càng tốt, miễn còn 80 × 24.", "bold $success"))


def lag_sentence(lags_ms: list[float]) -> Content:
    """Judge how fast an event comes from the record to this screen."""
    if len(lags_ms) < 3:
        return Content("Độ trễ: đang đo…")
    middle, worst = statistics.median(lags_ms), max(lags_ms)
    said = f"Độ trễ: thường {middle:.0f} ms, lâu nhất {worst:.0f} ms. "
    if worst <= GOOD_MS:
        return Content.assemble(said, ("✓ Theo kịp người dẫn.", "bold $success"))
    if middle <= GOOD_MS:
        return Content.assemble(said, ("◐ Thỉnh thoảng chậm: máy đang bận việc khác.", "bold $warning"))
    return Content.assemble(said, ("✗ Chậm: bạn hãy đóng bớt chương trình khác.", "bold $error"))


def card(width: int, height: int, lags_ms: list[float]) -> Lines:
    """Return the card's lines."""
    colours = [Side(str(at), name, COLOURS[at], SYMBOLS[at]) for at, name in enumerate(NAMES)]
    teams = columns([team(side, 12) for side in colours], width, 14, 5)
    shown = [[side for side in colours if side.colour in TEAM_COLOURS]]
    chips = columns([team(side, 12, reverse=True) for side in shown[0]], width, 14, 5)
    steps = Content.assemble(
        ("███ sáng nhất ", "$foreground"),
        ("███ vừa ", "$quiet"),
        ("███ mờ ", "$quiet dim"),
        ("███ nền", "$panel"),
    )
    text = [
        size_sentence(width + 4, height + 2),
        lag_sentence(lags_ms),
    ]
    say = [
        [row for line in text for row in wrapped(line, width)],
        [*teams, *chips],
        wrapped("Màu các đội: mỗi đội phải đọc được từ cuối phòng; không rõ màu thì vẫn còn dấu.", width),
        [*wrapped(LETTERS, width), *wrapped(LETTERS.upper(), width)],
        wrapped("Chữ Việt: dấu phải liền chữ, không có ô vuông hay dấu hỏi lạ.", width),
        [steps, *wrapped("Sáng tối: phải phân biệt được bốn bậc; không thì chỉnh độ sáng máy chiếu.", width)],
    ]
    large = digits("0123456789", 5, "bold $accent")
    if width < (large[0].cell_length if large else 0):
        large = digits("0123456789", 3, "bold $accent")
    small = digits("0123456789", 3, "bold $accent")
    return fitted(
        [
            lambda: spaced([*say, large], 1),
            lambda: [*spaced(say[:1], 0), EMPTY, *spaced(say[1:], 0), EMPTY, *small],
            lambda: spaced([*say, small], 0),
        ],
        height,
    )


class CardScreen(Screen[None]):
    """Draws the card and measures the lag with the code that follows a drill."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,Q,escape", "app.leave", show=False),
        Binding("question_mark", "app.keys", show=False),
    ]
    KEYS = (("Q, Esc", "Xong, tắt bảng thử"),)

    def __init__(self) -> None:
        super().__init__()
        self.lags_ms: deque[float] = deque(maxlen=20)
        self._ended = threading.Event()
        self._written: dict[str, float] = {}
        self._seen = ""

    def compose(self) -> ComposeResult:
        """Head and card."""
        yield HeadLine(id="head")
        yield Stage(id="stage")

    def on_mount(self) -> None:
        """Begin to write into a throw-away history, and to follow it."""
        self.query_one("#head", HeadLine).left = "Thử máy chiếu"
        self.query_one("#head", HeadLine).right = "Q: xong"
        self._folder = tempfile.TemporaryDirectory(prefix="danvan-")
        folder = Path(self._folder.name)
        self._follower = Follower(folder)
        threading.Thread(target=self._write, args=(folder,), daemon=True).start()
        self.set_interval(LOOK_S, self.look)
        self._draw()

    def on_unmount(self) -> None:
        """Throw the history away."""
        self._ended.set()
        self._follower.close()
        self._folder.cleanup()

    def _write(self, folder: Path) -> None:
        """Commit a mark again and again, in a thread of its own as another program would."""
        try:
            with Store(folder) as store:
                while not self._ended.wait(PACE_S):
                    mark = uuid.uuid4().hex
                    store.set_setting("theme", mark)
                    self._written[mark] = time.perf_counter()
        except Exception:
            self._ended.set()

    def look(self) -> None:
        """See whether a mark has arrived."""
        news = self._follower.look()
        if news is None or not news.theme or news.theme == self._seen:
            return
        self._seen = news.theme
        self._draw()
        self.call_after_refresh(self._painted, news.theme)

    def _painted(self, mark: str) -> None:
        written = self._written.pop(mark, None)
        if written is not None:
            self.lags_ms.append(max(0.0, (time.perf_counter() - written) * 1000))

    def _draw(self) -> None:
        width, height = self.size
        lines = card(max(20, width - 4), max(4, height - 2), list(self.lags_ms))
        self.query_one("#stage", Stage).content = Content("\n").join(
            [EMPTY, *(Content.assemble("  ", line) for line in lines)]
        )

    def on_resize(self, _event: events.Resize) -> None:
        """Judge the new size."""
        self._draw()
