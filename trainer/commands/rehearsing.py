"""``danvan drill --rehearse``: a group contest of made-up teams that leaves no trace."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from trainer.commands.shared import data_folder, need_terminal
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.contest.session import Session
    from trainer.tui.services import Services


def rehearse(arguments: argparse.Namespace) -> int:
    """Run a rehearsal on a history of its own, made anew."""
    if arguments.resume:
        raise UsageError(
            "“--rehearse” luôn bắt đầu một buổi diễn tập mới nên không đi cùng --resume. "
            "Gõ “danvan drill --resume” để làm tiếp hội thi đang dở."
        )
    if arguments.file is not None or arguments.check:
        raise UsageError(
            "“--rehearse” bốc câu hỏi của riêng buổi diễn tập nên không đi cùng tệp bộ câu hỏi hay --check. "
            "Muốn soát tệp, gõ “danvan drill TỆP --check”."
        )
    from trainer.tui.drill.begin import team_names

    names = team_names(arguments.teams) if arguments.teams is not None else ()
    need_terminal()
    from trainer.commands.playing import screens
    from trainer.history.practice import fresh_practice, settings_of

    data = data_folder(arguments)
    settings = settings_of(data)
    arguments.data = str(fresh_practice(data))

    def begin(services: Services) -> Session:
        from trainer.tui.drill.rehearsing import begin_rehearsal

        for key, value in settings.items():
            services.store.set_setting(key, value)
        topics = tuple(arguments.topic)
        return begin_rehearsal(services, arguments.rules or "", names, arguments.minutes, topics=topics)

    return screens(arguments, begin=begin)
