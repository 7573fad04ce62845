"""Commands for the history file itself: copies, other laptops, people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.shared import open_store, printable
from trainer.errors import UsageError

if TYPE_CHECKING:
    from trainer.history.merge import Clash
    from trainer.history.store import Player, Store


def backup(arguments: argparse.Namespace) -> int:
    """Copy the history to a file of a new name."""
    from trainer.history.backup import backup as copy

    with open_store(arguments) as store:
        written = copy(store.connection, _new_file(arguments.file))
    print(
        f"Đã sao lưu lịch sử vào “{written.resolve()}”. Khôi phục bằng: danvan restore '{written.resolve()}'"
    )
    return 0


def _new_file(name: str | None) -> Path:
    """Return the file to write: an earlier copy is never written over."""
    from trainer.history.database import FILE_NAME

    if name is None:
        stem = f"danvan-{datetime.now().astimezone():%Y-%m-%d}"
        number = 1
        while (path := Path(f"{stem}-{number}.db" if number > 1 else f"{stem}.db")).exists():
            number += 1
        return path
    path = Path(name).expanduser()
    if (path / FILE_NAME).exists() if path.is_dir() else path.exists():
        raise UsageError(f"“{printable(name)}” đã có bản sao. Bạn hãy chọn tên khác để không ghi đè.")
    return path


def restore(arguments: argparse.Namespace) -> int:
    """Put a copy in place of the history; without a file, list the copies that there are."""
    from trainer.history.backup import backups
    from trainer.history.backup import restore as put_back

    with open_store(arguments) as store:
        if arguments.file is None:
            found = backups(store.folder)
            if not found:
                print("Chưa có bản sao nào. Mỗi ngày mở chương trình, một bản được tự ghi.")
            else:
                print(
                    "Các bản sao tự ghi mỗi ngày, mới nhất trước; bản bạn tự sao lưu nằm ở nơi bạn đã chọn."
                )
                print("\n".join(f"  {path}" for path in found))
                print("Khôi phục bằng: danvan restore TỆP")
            return 0
        kept = put_back(
            store.connection, store.folder, Path(arguments.file), datetime.now().astimezone().date()
        )
    print(f"Đã khôi phục lịch sử từ “{printable(arguments.file)}”.")
    if kept is not None:
        print(f"Lịch sử trước đó được giữ ở “{kept}”.")
    return 0


def merge(arguments: argparse.Namespace) -> int:
    """Take in the histories of other laptops."""
    from trainer.history.merge import merge as take_in

    with open_store(arguments) as store:
        asks = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        done = take_in(
            store.connection, store.path, [Path(name) for name in arguments.files], _ask if asks else None
        )
    if done.contests or done.attempts or done.players:
        print(f"Đã gộp: thêm {done.contests} phần thi, {done.attempts} câu, {done.players} người chơi.")
    else:
        print("Không có gì mới để gộp.")
    for sentence in done.sentences:
        print(sentence)
    return 0


def _ask(clash: Clash) -> bool:
    return _yes(
        f"“{clash.name}” trong “{clash.source}” trùng tên với một người chơi ở đây. "
        "Có phải cùng một người không?"
    )


def _yes(question: str) -> bool:
    while True:
        answer = input(f"{question} (c = có, k = không) ").strip().lower()
        if answer in ("c", "có", "co"):
            return True
        if answer in ("k", "không", "khong"):
            return False


def player(arguments: argparse.Namespace) -> int:
    """List, rename, join or delete players."""
    action, *names = arguments.words or ["list"]
    needed = {"list": 0, "rename": 2, "join": 2, "delete": 1}
    if action not in needed:
        raise UsageError(
            f"Không có việc “{printable(action)}” với người chơi. "
            "Các việc: list, rename CŨ MỚI, join TÊN VÀO, delete TÊN."
        )
    if len(names) != needed[action]:
        raise UsageError(
            f"“danvan player {action}” cần đúng {needed[action]} tên. Tên có dấu cách thì đặt trong dấu nháy, "
            'ví dụ: danvan player rename "Lan" "Chị Lan".'
        )
    with open_store(arguments) as store:
        act: Callable[[Store, Sequence[str], bool], None] = {
            "list": _list,
            "rename": _rename,
            "join": _join,
            "delete": _delete,
        }[action]
        act(store, names, arguments.yes)
    return 0


def _found(store: Store, name: str) -> Player:
    found = store.find_player(name)
    if found is None:
        raise UsageError(
            f"Không có người chơi “{printable(name)}”. Gõ “danvan player list” để xem danh sách."
        )
    return found


def _list(store: Store, _names: Sequence[str], _sure: bool) -> None:
    from trainer.history.players import list_players
    from trainer.history.report import local_time

    rows = list_players(store.connection)
    if not rows:
        print("Chưa có người chơi nào.")
        return
    width = max(len("Người chơi"), *(len(row.name) for row in rows))
    print(f"{'Người chơi':<{width}}  {'Phần thi':>8}  {'Câu':>6}  Lần cuối")
    for row in rows:
        last = local_time(row.last) if row.last else "–"
        print(f"{row.name:<{width}}  {row.rounds:>8}  {row.asked:>6}  {last}")


def _rename(store: Store, names: Sequence[str], _sure: bool) -> None:
    from trainer.history.players import rename

    old = _found(store, names[0])
    new = rename(store.connection, store.path, old.id, names[1])
    print(f"“{old.name}” nay tên là “{new}”.")


def _join(store: Store, names: Sequence[str], sure: bool) -> None:
    from trainer.history.players import join

    old, into = _found(store, names[0]), _found(store, names[1])
    _need_yes(f"Gộp mọi kết quả của “{old.name}” vào “{into.name}”?", sure)
    join(store.connection, store.path, old.id, into.id)
    print(f"Đã gộp “{old.name}” vào “{into.name}”.")


def _delete(store: Store, names: Sequence[str], sure: bool) -> None:
    from trainer.history.players import delete

    gone = _found(store, names[0])
    _need_yes(f"Xóa “{gone.name}” cùng mọi kết quả? Việc này không lấy lại được.", sure)
    delete(store.connection, store.path, gone.id)
    print(
        f"Đã xóa “{gone.name}” cùng mọi kết quả. Các bản sao đã ghi trước đó vẫn còn trong thư mục backups."
    )


def _need_yes(question: str, sure: bool) -> None:
    if sure:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("Việc này cần bạn xác nhận. Thêm --yes nếu bạn chắc chắn.")
    if not _yes(question):
        raise UsageError("Đã thôi, không có gì thay đổi.")
