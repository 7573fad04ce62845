"""The folder of rehearsals: a history of its own below the data folder, made anew each time."""

from __future__ import annotations

import shutil
from pathlib import Path

from trainer.errors import HistoryError
from trainer.history.holding import is_held

NAME = "rehearsal"
KEPT_SETTINGS = ("theme", "bell", "typing", "tones")
"""Settings of the real history that a rehearsal begins with: how the screen looks and takes letters."""


def practice_folder(data: Path) -> Path:
    """Return where the rehearsals of a data folder are."""
    return data / NAME


def fresh_practice(data: Path) -> Path:
    """Empty the folder of rehearsals and return it; the history beside it is not touched.

    Raises:
        HistoryError: It cannot be emptied (another rehearsal may hold it), or is not a folder of ours.
    """
    folder = practice_folder(data)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise HistoryError(f"“{folder}” không phải là thư mục diễn tập. Bạn hãy đổi tên nó rồi chạy lại.")
    if is_held(folder):
        raise HistoryError(
            "Một buổi diễn tập đang mở ở cửa sổ khác. Bạn hãy dùng cửa sổ ấy, hoặc đóng nó rồi chạy lại."
        )
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError:
        raise HistoryError(
            f"Không dọn được thư mục diễn tập “{folder}”. Bạn hãy đóng buổi diễn tập đang mở rồi chạy lại."
        ) from None
    return folder


def settings_of(data: Path) -> dict[str, str]:
    """Return the settings that a rehearsal begins with; {} where there is no history yet, or none to be read."""
    from trainer.history.database import FILE_NAME
    from trainer.history.store import Store

    if not (data / FILE_NAME).is_file():
        return {}
    try:
        with Store(data) as store:
            return {key: value for key in KEPT_SETTINGS if (value := store.setting(key))}
    except HistoryError:
        return {}
