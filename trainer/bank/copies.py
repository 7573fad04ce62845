"""What every derived copy in the cache folder needs: when it fits, and how it is written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import trainer

RACY_NS = 2_000_000_000
"""A file that was written this shortly before its copy may change again within the clock's
grain, so its content is compared, not its time."""


def program(*modules: str) -> str:
    """Name the version of the modules that made a copy, so that no copy outlives a changed checker.

    Args:
        modules: Folders of the package ("bank", "contest").
    """
    package = Path(trainer.__file__).parent
    newest = max(
        (
            entry.stat().st_mtime_ns
            for module in modules
            for entry in os.scandir(package / module)
            if entry.name.endswith(".py")
        ),
        default=0,
    )
    return f"{trainer.__version__}-{newest}"


def stamp(file: Path) -> list[int]:
    """Return size, time of change of content and of entry (ns) of a file; zeros when it is gone."""
    try:
        stat = file.stat()
    except OSError:
        return [0, 0, 0]
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def is_settled(file_stamp: list[int], copied_ns: int) -> bool:
    """Tell whether a copy made at `copied_ns` can trust the file's times."""
    return max(file_stamp[1], file_stamp[2]) + RACY_NS < copied_ns


def write_atomically(copy: Path, raw: bytes) -> bool:
    """Write a copy whole or not at all; a cache folder that cannot be written is no error."""
    with contextlib.suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=copy.parent, prefix=f".{copy.stem}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
            os.replace(name, copy)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        return True
    return False
