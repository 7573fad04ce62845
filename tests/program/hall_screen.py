"""The screen of a group drill on a pseudo-terminal: what it says, pressing keys, killing the program."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.program.terminal import Terminal

REVEAL_S = 1.15
"""The next step waits until the projector has shown the key."""
TWICE_S = 0.42
"""A second Enter within 0.4 s is meant to hit nothing."""
STAGES: tuple[tuple[str, str], ...] = (
    ("paused", "Đang tạm dừng"),
    ("home", "Enter: về trang chủ"),
    ("announce", "Enter: công bố hạng"),
    ("ready", "Enter: bắt đầu ·"),
    ("choose", r"Chọn \d+ câu \("),
    ("take", "Enter: nhận gói này"),
    ("draw", "Enter: máy bốc thăm"),
    ("read", "Đọc xong · Enter: (chạy đồng hồ|mở chuông)"),
    ("buzz", "CHUÔNG MỞ"),
    ("level", "bấm cùng lúc"),
    ("floor", "trả lời · R: đúng"),
    ("steal", "Enter: mở chuông cho đội khác"),
    ("late", "Enter( hai lần)?: chưa trả lời, mở chuông"),
    ("full", "Đã ghi đủ|khán giả, không tính điểm đội"),
    ("clock", "Enter: (dừng đồng hồ|hết giờ giơ bảng)"),
    ("entry", r"Enter: chốt \(còn"),
    ("heard", "Enter: chốt câu này"),
    ("closed", "Enter: hiện đáp án"),
    ("confer", "Enter: bắt đầu hội ý"),
    ("think", "Enter: trình bày ngay"),
    ("speak", "Enter: nói xong"),
    ("ask", "Enter: sang chấm điểm"),
    ("mark", r"Phiếu \d+/\d+"),
    ("publish", "Enter: công bố điểm"),
    ("finish", "Enter: kết thúc và công bố"),
    ("tie", "Enter: mở câu hỏi phụ"),
    ("order", "Giám khảo xếp thứ tự"),
    ("ordered", "Enter: ghi thứ tự"),
    ("on", "Enter: (đến lượt|xem xếp hạng|mở tình huống|câu dành cho|câu tiếp theo)"),
)
UNDONE = "Đã rút lại"
_DIALOG = re.compile(r"Rút lại\?|Bỏ câu này\?|Thay câu này\?")
_CODE = re.compile(r"\b[qs]\d{2,3}\b")
OPTION = re.compile(r"\b([A-H])  +(?:\[.\] )?Phương án (đúng|nhầm)")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class HallScreen:
    """Reads the screen; presses Enter when it counts.

    Args:
        folder: The data folder.
        bank: Folder of the bank, with or without rules of its own.
        teams: Names.
        size: Columns and rows.
    """

    def __init__(self, folder: Path, bank: Path, teams: Sequence[str], size: tuple[int, int]) -> None:
        self.folder, self.bank, self.teams, self.size = folder, bank, list(teams), size
        self.killed: set[str] = set()
        self._entered = self._revealed = 0.0
        self._terminal: Terminal | None = None

    # --- the program ----------------------------------------------------------------------------

    def _start(self, *arguments: str) -> None:
        columns, rows = self.size
        self._terminal = Terminal(
            "drill", *arguments, "--data", self.folder, columns=columns, rows=rows, bank=self.bank
        )
        self._terminal.__enter__()
        self.terminal.wait(lambda _: bool(self.stage()))

    @property
    def terminal(self) -> Terminal:
        assert self._terminal is not None
        return self._terminal

    def _stop(self) -> None:
        terminal, self._terminal = self._terminal, None
        if terminal is not None:
            terminal.__exit__()

    def _kill(self) -> None:
        """End the program at once, and begin it again."""
        self.killed.add(self.stage())
        self.terminal.kill()
        self._stop()
        self._start("--resume")
        self._entered = time.monotonic()  # an Enter that follows at once is taken for a second press

    # --- the screen -----------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return nfc(self.terminal.text)

    @property
    def words(self) -> str:
        """The screen as one line: a sentence may be broken anywhere."""
        return " ".join(self.text.split())

    @property
    def head(self) -> str:
        return self.text.splitlines()[0]

    @property
    def foot(self) -> str:
        lines = self.text.split("\n")  # the last line may be empty
        return lines[-2] if len(lines) > 1 else ""

    def stage(self) -> str:
        """Return what the contest waits for, "" while the screen is on its way."""
        if _DIALOG.search(self.text):
            return "dialog"
        foot = self.foot
        return next((name for name, words in STAGES if re.search(words, foot)), "")

    def _wait(self, condition: Callable[[], bool]) -> None:
        self.terminal.wait(lambda _: condition())
        self._quiet()

    def _quiet(self) -> None:
        """Read until the program has written all of a repaint."""
        while self.terminal.more():
            pass

    def enter(self, fast: bool = False) -> None:
        """Press Enter once it counts, and wait until the screen says something else."""
        while time.monotonic() - self._entered < (0 if fast else TWICE_S):
            self.terminal.more(0.05)
        reveals = self.stage() in ("closed", "publish")
        while not fast and time.monotonic() - self._revealed < REVEAL_S:
            self.terminal.more(0.05)
        where = self.head if self.stage() == "announce" else self.foot
        for _ in range(8):
            self.terminal.press("\r")
            end = time.monotonic() + 1.5
            while time.monotonic() < end:
                self.terminal.more(0.05)
                now = self.head if self.stage() == "announce" else self.foot
                if self.stage() and now != where:
                    self._entered = time.monotonic()
                    self._revealed = self._entered if reveals else 0.0
                    self._quiet()
                    return
        raise AssertionError(f"Enter does nothing: {self.foot}\n{self.text}")

    def _code(self) -> str:
        found = _CODE.search(self.text)
        return found.group() if found else ""

    def _named(self, text: str) -> str:
        """Return the team whose name stands in a text."""
        return next((team for team in sorted(self.teams, key=len, reverse=True) if team in text), "")
