"""Opening a bank: from the compiled copy when nothing changed, else from the YAML files."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import trainer
from trainer.bank.compiled import (
    Counts,
    Index,
    Section,
    UnfitCopyError,
    compile_bank,
    index_of,
    read_header,
    read_index,
    section_of,
    sections_of,
)
from trainer.bank.copies import is_settled, program, stamp, write_atomically
from trainer.bank.model import Entry, Item, item_from_data
from trainer.bank.paths import bank_files
from trainer.bank.problems import Problem
from trainer.errors import BankError

_KEPT_COPIES = 8


class Bank:
    """All items of some files, read when they are asked for.

    Attributes:
        counts: What the bank holds.
        topics: Title of each topic.
    """

    def __init__(
        self,
        header: dict[str, Any],
        source: Path | bytes,
        start: int,
        rebuild: Callable[[], Bank] | None = None,
    ) -> None:
        self._rebuild = rebuild
        self.counts = Counts(**header["counts"])
        self.topics: dict[str, str] = header["topics"]
        self.files: list[str] = [file[0] for file in header["files"]]
        self._header = header
        self._source = source
        self._start = start
        self._index: Index | None = None
        self._items: dict[str, Item] = {}

    @property
    def _tables(self) -> Index:
        if self._index is None:
            raw = self._read(self._header["body"], self._header["index"])
            with _garbage_held():
                try:
                    self._index = index_of(read_index(self._header, raw))
                except UnfitCopyError:
                    self._start_afresh()
                    return self._tables
        return self._index

    def _read(self, offset: int, length: int) -> bytes:
        start = self._start + offset
        if isinstance(self._source, bytes):
            return self._source[start : start + length]
        try:
            with self._source.open("rb") as file:
                file.seek(start)
                return file.read(length)
        except OSError:
            return b""  # fits no checksum: the YAML files are read again

    def _start_afresh(self) -> None:
        """Read the YAML files again because the compiled copy turned out damaged."""
        if self._rebuild is None:
            raise UnfitCopyError
        fresh = self._rebuild()
        self.__dict__.update(fresh.__dict__)

    def entries(self, section: str = "question") -> list[Entry]:
        """Return the entries of a section (``question``, ``quotation``, ``situation``) in use."""
        return [
            entry for entry in self._tables.entries.values() if entry.section == section and not entry.retired
        ]

    def problems(self) -> list[Problem]:
        """Return everything that reading the files found, in the files' order."""
        return self._tables.problems

    def place(self, item_id: str) -> tuple[str, int, int]:
        """Return the file, line and column of an item."""
        return self._tables.places[item_id]

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._tables.entries

    def data(self, item_id: str) -> dict[str, Any]:
        """Return an item's canonical dictionary.

        Raises:
            KeyError: There is no such item.
        """
        offset, length, crc = self._tables.slices[item_id]
        raw = self._read(offset, length)
        if zlib.crc32(raw) != crc:
            self._start_afresh()
            return self.data(item_id)
        data: dict[str, Any] = json.loads(raw)
        return data

    def item(self, item_id: str) -> Item:
        """Return an item (see :meth:`data` for errors)."""
        found = self._items.get(item_id)
        if found is None:
            found = self._items[item_id] = item_from_data(self.data(item_id))
        return found

    def items(self) -> Iterator[Item]:
        """Yield every item, retired ones too."""
        for item_id in self._tables.entries:
            yield self.item(item_id)


def shipped_bank() -> Path:
    """Return the folder of the bank that comes with the program.

    Raises:
        BankError: The installation is incomplete.
    """
    package = Path(trainer.__file__).resolve().parent
    for folder in (package / "questions", package.parent / "questions"):
        if folder.is_dir():
            return folder
    raise BankError("Bản cài đặt thiếu thư mục “questions”. Bạn hãy cài lại chương trình.")


def open_bank(paths: Sequence[Path] = (), cache: Path | None = None) -> Bank:
    """Open the bank of some files and folders, the shipped one by default.

    Args:
        paths: Files and folders; problems name files as they are given here.
        cache: Folder of compiled copies; None: do not keep one.

    Raises:
        BankError: A path is missing or holds no YAML file.
    """
    roots = list(paths) or [shipped_bank()]
    files = bank_files(roots)
    if not files:
        where = ", ".join(f"“{root}”" for root in roots)
        raise BankError(f"Không có tệp câu hỏi .yaml nào trong {where}. Bạn hãy kiểm tra lại thư mục.")
    copy = cache / _copy_name(roots) if cache is not None else None
    stats = {str(file): stamp(file) for file in files}

    def rebuild() -> Bank:
        return _read_bank(files, stats, copy, {})

    opened = _open_copy(copy, stats, rebuild) if copy is not None else None
    if opened is None:
        opened = _read_bank(files, stats, copy, _old_sections(copy))
    return opened


def _copy_name(roots: Iterable[Path]) -> str:
    joined = "\n".join(os.path.abspath(root) + "\t" + str(root) for root in roots)
    # Two banks of one name cost a reading, no more: a copy says itself of which files it is.
    return f"bank-{zlib.crc32(joined.encode(errors='replace')):08x}.json"


def _open_copy(copy: Path, stats: dict[str, list[int]], rebuild: Callable[[], Bank]) -> Bank | None:
    """Open a compiled copy; None when it does not fit the files exactly."""
    try:
        with copy.open("rb") as source:
            line = source.readline()
            size = os.fstat(source.fileno()).st_size
        header = read_header(line)
        fits = (
            header["program"] == program("bank")
            and size == len(line) + header["body"] + header["index"]
            and [file[0] for file in header["files"]] == list(stats)
            and all(
                file[1:4] == stats[file[0]] and is_settled(file[1:4], file[5]) for file in header["files"]
            )
        )
        return Bank(header, copy, len(line), rebuild) if fits else None
    except (UnfitCopyError, OSError, KeyError, TypeError, ValueError, IndexError):
        return None


def _old_sections(copy: Path | None) -> dict[str, Section]:
    """Return what an outdated copy still knows, by file; {} when it cannot be used."""
    if copy is None:
        return {}
    try:
        raw = copy.read_bytes()
        end = raw.index(b"\n") + 1
        header = read_header(raw[:end])
        if header["program"] != program("bank"):
            return {}
        body = raw[end : end + header["body"]]
        merged = read_index(header, raw[end + header["body"] :])
        return sections_of(header, merged, body)
    except (OSError, UnfitCopyError, KeyError, TypeError, ValueError, IndexError):
        return {}


def _read_bank(
    files: list[Path], stats: dict[str, list[int]], copy: Path | None, old: dict[str, Section]
) -> Bank:
    from trainer.bank.files import read_file

    with _garbage_held():
        sections = []
        for file in files:
            name = str(file)
            known = old.get(name)
            digest = _digest(file)
            now = time.time_ns()
            mark = [*stats[name], digest, now]
            if known is not None and digest and known.stamp[3] == digest:
                sections.append(known._replace(stamp=mark))
            else:
                sections.append(section_of(name, mark, read_file(file)))
        raw = compile_bank(sections, program("bank"))
    if copy is not None and write_atomically(copy, raw):
        _prune(copy.parent)
    end = raw.index(b"\n") + 1
    return Bank(read_header(raw[:end]), raw, end)


def _digest(file: Path) -> str:
    import hashlib  # 2 ms that an unchanged bank need not wait for

    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _prune(folder: Path) -> None:
    with contextlib.suppress(OSError):
        copies = sorted(folder.glob("bank-*.json"), key=lambda path: path.stat().st_mtime_ns)
        for old in copies[:-_KEPT_COPIES]:
            old.unlink()


@contextlib.contextmanager
def _garbage_held() -> Iterator[None]:
    """Hold the garbage collector while many small objects are made (measured: a third of the time)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
