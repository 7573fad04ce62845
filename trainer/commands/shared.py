"""What commands share: the bank, the history, the player, printing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.errors import UsageError
from trainer.text import one_line

if TYPE_CHECKING:
    from trainer.bank.bank import Bank
    from trainer.history.store import Player, Store


def printable(text: str) -> str:
    """Return what a user typed, fit to be printed in a message."""
    return one_line(text, 60)


def bank_paths(arguments: argparse.Namespace) -> tuple[Path, ...]:
    """Return the banks that the user named, () for the shipped one."""
    return tuple(Path(path) for path in getattr(arguments, "bank", []))


def cache_folder() -> Path | None:
    """Return the folder of derived copies, None when there is none."""
    import platformdirs

    try:
        return Path(platformdirs.user_cache_dir("danvan-trainer", appauthor=False))
    except (OSError, RuntimeError):
        return None


def data_folder(arguments: argparse.Namespace) -> Path:
    """Return the folder of the history: as named, as set in DANVAN_DATA, or the platform's."""
    given = getattr(arguments, "data", None) or os.environ.get("DANVAN_DATA")
    if given:
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("danvan-trainer", appauthor=False))


def open_bank(paths: Sequence[Path]) -> Bank:
    """Open the bank of some paths, the shipped one by default."""
    from trainer.bank.bank import open_bank as opened

    return opened(paths, cache_folder())


def open_store(arguments: argparse.Namespace) -> Store:
    """Open the history."""
    from trainer.history.store import Store

    return Store(data_folder(arguments))


def print_json(data: Any) -> None:
    """Print data as JSON, letters as they are."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def free_target(text: str, *, force: bool) -> Path:
    """Return where to write; what is there may be the list of teams, or a sheet that was signed already.

    Raises:
        UsageError: Something is there, and it was not said to write over it.
    """
    path = Path(text)
    if not force and (path.is_file() or (path.is_dir() and any(path.iterdir()))):
        raise UsageError(
            f"“{one_line(text, 500)}” đã có. Bạn hãy chọn tên khác, hoặc thêm --force để ghi đè."
        )
    return path


def need_terminal() -> None:
    """Refuse to draw where nobody can see it.

    Raises:
        UsageError: There is no terminal, or one that cannot draw.
    """
    streams = (sys.__stdin__, sys.__stderr__)
    if (
        not all(stream is not None and stream.isatty() for stream in streams)
        or os.environ.get("TERM") == "dumb"
    ):
        raise UsageError(
            "Cần một cửa sổ dòng lệnh để hiện màn hình. Bạn hãy chạy “danvan” trực tiếp trong cửa sổ dòng lệnh; "
            "các lệnh history, check và bank chạy được ở mọi nơi."
        )


def asked_player(arguments: argparse.Namespace, store: Store) -> Player | None:
    """Return the player that ``--player`` names, None without it.

    Raises:
        UsageError: Nobody is called so.
    """
    name = getattr(arguments, "player", None)
    if name is None:
        return None
    found = store.find_player(name)
    if found is None:
        raise UsageError(f"Không có người chơi “{printable(name)}” trong lịch sử.")
    return found
