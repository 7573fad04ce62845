"""Commands that print what was played."""

from __future__ import annotations

import argparse

from trainer.commands.shared import asked_player, open_store, print_json


def history(arguments: argparse.Namespace) -> int:
    """Print the rounds that were played."""
    store = open_store(arguments)
    try:
        player = asked_player(arguments, store)
        from trainer.history.report import history_lines, history_report

        if arguments.json:
            print_json(history_report(store, player))
        else:
            print("\n".join(history_lines(store, player)))
    finally:
        store.close()
    return 0
