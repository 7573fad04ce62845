"""The projector's command."""

from __future__ import annotations

import argparse
import gc
import sys
import time

from trainer.commands.playing import need_packages
from trainer.commands.shared import data_folder, need_terminal
from trainer.errors import HistoryError, UsageError


def screen(arguments: argparse.Namespace) -> int:
    """Follow the drill that another program runs, or test the projector."""
    if arguments.test and arguments.rehearse:
        raise UsageError("“--test” thử máy chiếu nên không đi cùng “--rehearse”.")
    need_terminal()
    need_packages()
    gc.disable()  # until the first paint, as the other screens do
    from trainer.history.follower import Follower
    from trainer.history.practice import practice_folder
    from trainer.tui import compat
    from trainer.tui.projector.screen import ProjectorApp, ProjectorScreen, follow_or_refuse

    compat.utf8_streams()
    compat.real_size()
    compat.guard_input()
    if arguments.test:
        from trainer.tui.projector.card import CardScreen

        app = ProjectorApp(CardScreen)
    else:
        folder = data_folder(arguments)
        if folder.exists() and not folder.is_dir():
            raise HistoryError(
                f"“{folder}” là một tệp, không phải thư mục. Bạn hãy chọn thư mục khác bằng --data."
            )
        follower = Follower(practice_folder(folder) if arguments.rehearse else folder)
        follow_or_refuse(follower)
        app = ProjectorApp(lambda: ProjectorScreen(follower, time.monotonic, rehearsal=arguments.rehearse))
    sentence = app.run()
    if sentence:
        print(sentence, file=sys.stderr)
    return app.return_code or 0
