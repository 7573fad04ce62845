"""The words and signs with which the screens show verdicts, scores and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from textual.content import Content

from trainer.bank.model import LEVEL_NAMES, Source
from trainer.contest.judging import TYPED_KINDS
from trainer.contest.responses import right_answer
from trainer.contest.state import Attempt
from trainer.tui.widgets.facts import Fact

RIGHT = ("✓ Đúng", "$success")
PARTIAL = ("◐ Đúng một phần", "$warning")
WRONG = ("✗ Sai", "$error")
UNANSWERED = ("✗ Chưa trả lời", "$error")
JUDGED = ("● Đã chấm", "$accent")


def sign_of(attempt: Attempt | None) -> tuple[str, str]:
    """Return a verdict's sign with its word, and its style: by the share that it earned."""
    if attempt is None or (attempt.code == "empty" and attempt.overruled is None):
        return UNANSWERED
    if attempt.code == "judged":
        return JUDGED
    if attempt.share >= 1:
        return RIGHT
    return PARTIAL if attempt.share > 0 else WRONG


_PAUSES = {
    "player": "Đang tạm dừng. Đề được che lại, đồng hồ đứng yên.",
    "resumed": "Phần thi còn dở của bạn, với mọi câu đã trả lời. Đồng hồ đang đứng yên.",
    "asleep": "Máy vừa ngủ hoặc chương trình vừa bị dừng. Thời gian đó không tính; đồng hồ đang đứng yên.",
}


def pause_text(reason: str) -> str:
    """Return why the clock stands."""
    return _PAUSES.get(reason, _PAUSES["player"])


def signed(points: int) -> str:
    """Return points with their sign: +10, 0, −5."""
    if points > 0:
        return f"+{points}"
    return f"−{-points}" if points < 0 else "0"


def seconds(ms: int) -> str:
    """Return a duration: 6,2 giây; 3 phút 05 giây; 2 giờ 05 phút."""
    if ms < 60_000:
        return f"{ms / 1000:.1f}".replace(".", ",") + " giây"
    minutes, rest = divmod(round(ms / 1000), 60)
    if minutes >= 60:
        return f"{minutes // 60} giờ {minutes % 60:02d} phút"
    return f"{minutes} phút {rest:02d} giây"


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{round(share * 100)} %"


def local_time(iso: str, *, with_year: bool = True) -> str:
    """Return a recorded UTC time in the machine's own zone: 24/11/2026 15:20."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return "không rõ"
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone().strftime("%d/%m/%Y %H:%M" if with_year else "%d/%m %H:%M")
    except (OverflowError, OSError, ValueError):
        return "không rõ"


def source_lines(item: Mapping[str, Any]) -> list[str]:
    """Return where the answer is written, one line a source."""
    return [str(Source(**source)) for source in item["sources"]]


def verdict_line(attempt: Attempt) -> Content:
    """Return the line that begins with the verdict's sign and word."""
    text, style = sign_of(attempt)
    if attempt.code == "empty" and attempt.overruled is None:
        text = "✗ Sai: hết giờ mà chưa trả lời" if attempt.by_deadline else UNANSWERED[0]
    details = f"   {signed(attempt.points)} điểm"
    if attempt.code != "empty":
        details += f" · {seconds(attempt.elapsed_ms)}"
    reason = f" · {attempt.reason}" if attempt.reason and attempt.code not in ("right", "empty") else ""
    if attempt.overruled is not None:
        reason = f" · Tính là đúng: {attempt.overruled}"
    return Content.assemble((text, f"bold {style}"), (details, "bold"), (reason, "$quiet"))


def explanation(
    item: Mapping[str, Any], order: tuple[int, ...], attempt: Attempt | None = None
) -> list[Fact]:
    """Return the right answer, why it is right, and where it is written.

    With an attempt at a typed question, what was typed stands first, marked word by word.
    """
    facts: list[Fact] = []
    if attempt is not None and item["kind"] in TYPED_KINDS:
        from trainer.tui.differences import differences

        facts += differences(item, attempt)
    facts += [
        ("Đáp án", "$success", right_answer(item, order)),
        ("Vì sao", "$accent", item["explanation"]),
    ]
    facts += [("Căn cứ", "$secondary", line) for line in source_lines(item)]
    return facts


def level_name(level: int) -> str:
    """Return the name of a level."""
    return LEVEL_NAMES.get(level, "")
