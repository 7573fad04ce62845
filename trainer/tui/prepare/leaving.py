"""Leaving a set on which somebody worked: never without a question."""

from __future__ import annotations

from collections.abc import Callable

from trainer.tui.base import TrainerScreen
from trainer.tui.dialogs import AskScreen
from trainer.tui.prepare.sets import Prepared


def leave(screen: TrainerScreen, prepared: Prepared | None, then: Callable[[], None]) -> None:
    """Do `then`, with which the set is gone; ask first when swaps were made that no file keeps."""
    if prepared is None or not prepared.at_stake:
        then()
        return
    text = "Những câu bạn đã thay chưa lưu vào tệp sẽ mất. Muốn lưu: Esc, F3, rồi Ctrl+S."
    screen.app.push_screen(
        AskScreen("Bỏ bộ câu hỏi đã sửa?", text), lambda agreed: then() if agreed else None
    )
