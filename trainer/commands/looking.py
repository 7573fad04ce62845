"""Commands that print what was played, and what it says about players and questions."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.shared import (
    asked_player,
    bank_paths,
    free_target,
    open_bank,
    open_store,
    print_json,
    printable,
)
from trainer.errors import HistoryError, UsageError
from trainer.text import one_line

if TYPE_CHECKING:
    from trainer.bank.bank import Bank
    from trainer.history.doctor import Finding
    from trainer.history.store import Store

_MOST_NAMED = 5


def history(arguments: argparse.Namespace) -> int:
    """Print the rounds that were played, take everything along, or check the record."""
    from trainer.history import export
    from trainer.history.report import history_lines, history_report

    if arguments.to is not None and not (arguments.json or arguments.csv):
        raise UsageError("--to cần đi cùng --json (một tệp) hoặc --csv (một thư mục).")
    target = None if arguments.to is None else free_target(arguments.to, force=arguments.force)
    with open_store(arguments) as store:
        if arguments.verify:
            return _verify(store)
        player = asked_player(arguments, store)
        player_id = player.id if player else ""
        if target is not None and arguments.json:
            print(f"Đã ghi mọi dữ liệu vào “{export.write_json(store.connection, target, player_id)}”.")
        elif target is not None:
            written = export.write_csv(store.connection, target, player_id)
            print(f"Đã ghi {len(written)} bảng vào “{arguments.to}”; columns.csv nói mỗi cột là gì.")
        elif arguments.json:
            print_json(history_report(store, player))
        elif arguments.csv:
            sys.stdout.write(
                "".join(export.csv_lines(store.connection, "attempts", player_id)).replace("\r\n", "\n")
            )
        else:
            print("\n".join(history_lines(store, player)))
    return 0


def _verify(store: Store) -> int:
    from trainer.history.verify import verify

    report = verify(store.connection)
    for sentence in (*report.sentences, *report.notes):
        print(sentence)
    if report.good:
        print(f"Lịch sử khớp: phát lại {report.events} việc, so {report.rows} dòng, không sai dòng nào.")
        return 0
    print("Lịch sử không khớp với những gì đã ghi. Bạn hãy sao lưu rồi báo cho người viết chương trình.")
    return 1


def group(arguments: argparse.Namespace) -> int:
    """Print the players side by side by topic, to read or as a page."""
    from trainer.exchange.group_table import group_lines, group_page
    from trainer.exchange.page import write
    from trainer.history.statistics import group as side_by_side
    from trainer.history.statistics import most_active

    with open_store(arguments) as store:
        known = {player.id: player for player in store.players()}
        players = [known[side] for side in most_active(store.connection) if side in known]
        rows = side_by_side(store.connection, [player.id for player in players])
    if not rows:
        print("Chưa ai trả lời câu nào. Mỗi người chơi một phần thi rồi xem lại.")
        return 0
    titles = open_bank(bank_paths(arguments)).topics
    if arguments.to is None:
        print("\n".join(group_lines(rows, players, titles)))
        return 0
    write(free_target(arguments.to, force=arguments.force), group_page(rows, players, titles))
    print(f"Đã ghi bảng của nhóm vào “{arguments.to}”. Mở bằng trình duyệt rồi in.")
    return 0


def results(arguments: argparse.Namespace) -> int:
    """Print the result sheet of a contest, or write it in the format that the file's ending asks for."""
    if arguments.weak:
        return _weak(arguments)
    from trainer.exchange.result_rows import gather
    from trainer.exchange.result_sheet import format_of, to_markdown, write_results

    target = None
    if arguments.to is not None:
        format_of(Path(arguments.to))
        target = free_target(arguments.to, force=arguments.force)
    with open_store(arguments) as store:
        events = store.events(_contest(store, arguments.id))
    try:
        found = gather(events)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # The events are well formed one by one, but do not make a contest together.
        raise HistoryError(
            "Bản ghi của phần thi này không đọc được. Các phần thi khác không bị ảnh hưởng."
        ) from None
    if target is None:
        print(to_markdown(found), end="")
        return 0
    write_results(target, found)
    hint = " Mở bằng trình duyệt rồi in." if target.suffix.lower() == ".html" else ""
    print(f"Đã ghi biên bản vào “{one_line(arguments.to, 500)}”.{hint}")
    return 0


def _weak(arguments: argparse.Namespace) -> int:
    """Print which team of a contest is weak in what."""
    from trainer.contest.folding import fold
    from trainer.exchange.weak_table import weak_lines
    from trainer.history.halls import halls

    if arguments.to is not None:
        raise UsageError("“--weak” chỉ hiện ra màn hình nên không đi cùng --to.")
    with open_store(arguments) as store:
        held = [row.contest for row in halls(store.connection) if row.status == "finished"]
        if arguments.id is None and not held:
            raise UsageError("Chưa có hội thi nhiều đội nào kết thúc. “danvan drill” mở một hội thi.")
        events = store.events(held[0] if arguments.id is None else _contest(store, arguments.id))
    try:
        state = fold(events)
        if not state.group:
            raise UsageError(
                "Phần thi này chỉ có một người. “danvan results MÃ --weak” dành cho hội thi nhiều đội."
            )
        titles = open_bank(bank_paths(arguments)).topics
        lines = weak_lines(state, titles, max(60, min(120, shutil.get_terminal_size().columns - 1)))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise HistoryError(
            "Bản ghi của phần thi này không đọc được. Các phần thi khác không bị ảnh hưởng."
        ) from None
    print("\n".join(lines))
    return 0


def _contest(store: Store, start: str | None) -> str:
    """Return the id of the contest whose id starts so, of the newest finished one without."""
    from trainer.history.report import local_time

    if start is None:
        newest = store.contests(limit=1, status="finished")
        if not newest:
            raise UsageError("Chưa có hội thi hay phần thi nào kết thúc để lập biên bản.")
        return newest[0].id
    rows = {row.id: row for row in store.contests() if row.id.startswith(start)}
    if start in rows:
        return start
    if not rows:
        raise UsageError(
            f"Không có hội thi nào có mã bắt đầu bằng “{printable(start)}”; “danvan history --json” nêu mọi mã."
        )
    if len(rows) > 1:
        shown = ", ".join(
            f"{printable(row.id)} ({local_time(row.started)})" for row in list(rows.values())[:_MOST_NAMED]
        )
        more = ", …" if len(rows) > _MOST_NAMED else ""
        raise UsageError(
            f"Có {len(rows)} hội thi có mã bắt đầu bằng “{printable(start)}”, bạn hãy gõ dài hơn: {shown}{more}."
        )
    return next(iter(rows))


# --- the bank doctor -------------------------------------------------------------------------


def doctor(arguments: argparse.Namespace) -> int:
    """Say which questions all answers together speak against; open, close or settle a dispute."""
    action, *words = arguments.words or [""]
    needed = {"": 0, "dispute": 2, "close": 2, "correct": 2}
    if (
        action not in needed
        or len(words) != needed[action]
        or bool(arguments.answer) != (action == "correct")
    ):
        raise UsageError(
            "Cách dùng: danvan doctor; danvan doctor dispute MÃ_CÂU LÝ_DO; danvan doctor close MÃ_KHIẾU_NẠI KẾT_QUẢ; "
            "danvan doctor correct MÃ_CÂU LÝ_DO --answer ĐÁP_ÁN."
        )
    bank = open_bank(bank_paths(arguments))
    with open_store(arguments) as store:
        if not action:
            _examine(store, bank, as_json=arguments.json)
        elif action == "close":
            _close(store, *words)
        else:
            item = _question(bank, words[0])
            if action == "dispute":
                _dispute(store, item["id"], words[1], getattr(arguments, "player", None))
            else:
                file, line, _ = bank.place(item["id"])
                _correct(store, item, words[1], arguments.answer, f"{file}, dòng {line}")
    return 0


def _question(bank: Bank, name: str) -> Any:
    if name not in {entry.id for entry in bank.entries("question")}:
        raise UsageError(
            f"Không có câu hỏi “{printable(name)}” trong ngân hàng. Tìm mã bằng “danvan search”."
        )
    return bank.data(name)


def _examine(store: Store, bank: Bank, *, as_json: bool) -> None:
    from trainer.history.corrections import corrections, disputes
    from trainer.history.doctor import examine, options_of
    from trainer.history.report import local_time

    found = examine(store.connection, lambda item: options_of(bank.data(item)) if item in bank else None)
    open_ones = disputes(store.connection, only_open=True)
    if as_json:
        print_json(
            {
                "findings": [{**one._asdict(), "band": one.band._asdict()} for one in found],
                "disputes": [one._asdict() for one in disputes(store.connection)],
                "corrections": [one._asdict() for one in corrections(store.connection)],
            }
        )
        return
    print("\n".join(_finding_lines(found, bank)))
    if open_ones:
        print("\nKhiếu nại đang mở:")
        for one in open_ones:
            print(f"  {one.id[:8]}  {one.item}, {local_time(one.opened)}: {one.note}")


def _finding_lines(found: list[Finding], bank: Bank) -> list[str]:
    if not found:
        return ["Chưa thấy câu nào đáng ngờ. Càng nhiều người làm, kết luận càng chắc."]
    lines: list[str] = []
    for sure, title in ((True, "Nên xem ngay:"), (False, "Có thể do ít người làm, cần thêm lượt:")):
        part = [one for one in found if one.sure is sure]
        if part:
            lines += ["", title] if lines else [title]
        for one in part:
            lines.append(f"  {one.item}: {one.sentence}")
            if one.item in bank:
                lines.append(f"    {bank.data(one.item)['prompt']}")
    return lines


def _dispute(store: Store, item: str, note: str, name: str | None) -> None:
    from trainer.history.corrections import open_dispute

    known = store.find_player(name) if name else None
    if name and known is None:
        raise UsageError(
            f"Không có người chơi “{printable(name)}”. Gõ “danvan player” để xem tên, hoặc bỏ --player."
        )
    made = open_dispute(store.connection, store.path, item, known.id if known else "", note, store.now())
    print(f"Đã mở khiếu nại {made.id[:8]} về câu {item}.")


def _close(store: Store, start: str, outcome: str) -> None:
    from trainer.history.corrections import close_dispute, disputes

    found = [one for one in disputes(store.connection, only_open=True) if start and one.id.startswith(start)]
    if len(found) != 1:
        raise UsageError(
            f"Không có đúng một khiếu nại đang mở với mã “{printable(start)}”. Gõ “danvan doctor” để xem."
        )
    close_dispute(store.connection, store.path, found[0].id, outcome, store.now())
    print(f"Đã đóng khiếu nại về câu {found[0].item}.")


def _correct(store: Store, item: Any, note: str, answers: list[str], place: str) -> None:
    from trainer.history.corrections import correct_key, disputes, move_lines, new_key

    changes = new_key(item, answers)
    open_ones = disputes(store.connection, item["id"], only_open=True)
    done = correct_key(
        store.connection,
        store.path,
        item["id"],
        changes,
        note,
        store.now(),
        dispute=open_ones[0].id if open_ones else "",
    )
    print(f"Đã chấm lại {done.looked_at} lần trả lời câu {item['id']}.")
    print("\n".join(move_lines(done.moves)))
    if done.left:
        print(f"{done.left} lần không chấm lại được vì hôm đó câu hỏi có các phương án khác.")
    print(f"Các phần thi mới vẫn theo tệp câu hỏi: bạn hãy sửa đáp án cả ở {place}.")
