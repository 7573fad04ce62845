"""Finding the files of a bank; apart from reading them, so that an unchanged bank needs no YAML."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from trainer.errors import BankError

SUFFIXES = (".yaml", ".yml")
RULES_FOLDER = "rules"
"""The folder of a bank that holds rules, not questions."""


def bank_files(paths: Iterable[Path]) -> list[Path]:
    """Return the YAML files of the given files and folders, without ``rules/``.

    Raises:
        BankError: A path does not exist or a folder cannot be listed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in _files_below(path):
                found[file] = None
        elif path.exists():
            found[path] = None
        else:
            raise BankError(f"Không thấy ngân hàng câu hỏi “{path}”. Bạn hãy kiểm tra lại đường dẫn.")
    return list(found)


def _files_below(folder: Path) -> list[Path]:
    def fail(error: OSError) -> None:
        raise BankError(
            f"Không mở được thư mục “{error.filename}”: {error.strerror}. Bạn hãy kiểm tra quyền đọc."
        )

    found = []
    for parent, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != RULES_FOLDER)
        found += [
            Path(parent, name)
            for name in sorted(names)
            if name.endswith(SUFFIXES) and not name.startswith(".")
        ]
    return found
