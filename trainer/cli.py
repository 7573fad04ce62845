"""The command line: reads arguments, opens what a command needs, prints; no work of its own."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import trainer
from trainer.errors import TrainerError, UsageError

if TYPE_CHECKING:
    from trainer.bank.bank import Bank
    from trainer.history.store import Store
    from trainer.tui.services import RoundRequest

PROGRAM = "danvan"
_HELP = """\
Dân vận khéo – Luyện thi: kiến thức và xử lý tình huống, ngay trong cửa sổ dòng lệnh.

Cách dùng: danvan [LỆNH] [LỰA CHỌN]

  danvan                      màn hình chính
  danvan play [LUẬT]          vào ngay một phần thi (mặc định: nhanh)
      --topic CHỦ_ĐỀ            chỉ hỏi chủ đề này (dùng được nhiều lần)
      --count N                 số câu hỏi
      --seed N                  gieo số, để hai lần chơi ra cùng bộ câu hỏi
  danvan situation [MÃ]       vào ngay một tình huống (không ghi mã: bốc thăm)
      --print TỆP.html          in tình huống cùng phiếu chấm cho bàn giám khảo
  danvan quotes               lời Bác: đọc, luyện, học thuộc
  danvan history [--json]     các phần thi đã làm
  danvan search CHỮ           tìm câu hỏi, lời Bác, tình huống; không dấu cũng được
  danvan grade --answer ĐÁP_ÁN [--answer …] [--json] -- CÂU_TRẢ_LỜI
                              câu gõ được chấm thế nào, vì sao
  danvan check [TỆP…] [--json]  kiểm tra ngân hàng câu hỏi, nêu tệp và dòng có lỗi
      --guess                   người không biết gì đoán trúng bao nhiêu, theo chủ đề
  danvan bank [--json]        ngân hàng có bao nhiêu câu, theo chủ đề, loại, mức

Lựa chọn chung:
  --bank ĐƯỜNG_DẪN            ngân hàng câu hỏi khác (tệp hoặc thư mục, dùng được nhiều lần)
  --data THƯ_MỤC              nơi lưu lịch sử (hoặc đặt biến DANVAN_DATA)
  --player TÊN                người chơi (mặc định: người chơi lần trước)
  -h, --help                  trợ giúp này
  --version                   số phiên bản

Mã kết thúc: 0 xong, 1 ngân hàng có lỗi, 2 gõ sai lệnh, 3 không dùng được lịch sử.
"""
_COMMANDS = ("play", "situation", "quotes", "history", "search", "grade", "check", "bank")
_TRANSLATED = (
    (r"unrecognized arguments: (.*)", "Không hiểu “{0}”."),
    (r"argument (\S+?)(?:/\S+)?: expected (?:one|at least one) argument", "Sau “{0}” phải có giá trị."),
    (r"argument (\S+?)(?:/\S+)?: invalid int value: '(.*)'", "Sau “{0}” phải là một số, không phải “{1}”."),
    (r"argument (\S+?)(?:/\S+)?: (.*phải.*)", "Sau “{0}” {1}"),
    (r"argument (\S+?)(?:/\S+)?: ignored explicit argument '(.*)'", "“{0}” không kèm giá trị “{1}”."),
    (r"ambiguous option: (\S+) could match (.*)", "“{0}” có thể là {1}. Bạn hãy gõ đủ."),
    (
        r"argument COMMAND: invalid choice: '(.*?)'.*",
        "Không có lệnh “{0}”. Các lệnh: " + ", ".join(_COMMANDS) + ".",
    ),
)


class _Parser(argparse.ArgumentParser):
    """Speaks Vietnamese when an argument is wrong."""

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _TRANSLATED:
            if found := re.fullmatch(pattern, message, re.S):
                shown = [_printable(group or "") for group in found.groups()]
                message = sentence.format(*shown)
                break
        else:
            message = "Câu lệnh chưa đúng."
        raise UsageError(f"{message} Gõ “danvan --help” để xem cách dùng.")


def _printable(text: str) -> str:
    from trainer.text import one_line

    return one_line(text, 60)


def _positive(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:7]) <= 1000 and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"phải là số nguyên từ 1 đến 1000, không phải “{_printable(text)}”.")


def _seed(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise argparse.ArgumentTypeError(f"phải là số nguyên không âm, không phải “{_printable(text)}”.")


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="store_true", default=argparse.SUPPRESS)
    common.add_argument("--bank", action="append", default=argparse.SUPPRESS)
    common.add_argument("--data", default=argparse.SUPPRESS)
    parser = _Parser(prog=PROGRAM, add_help=False, parents=[common], allow_abbrev=False)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--player", default=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, add_help=False, parents=[common], allow_abbrev=False)

    play = command("play")
    play.add_argument("rules", nargs="?", default="nhanh")
    play.add_argument("--topic", action="append", default=[])
    play.add_argument("--count", type=_positive)
    play.add_argument("--seed", type=_seed)
    situation = command("situation")
    situation.add_argument("id", nargs="?")
    situation.add_argument("--print", dest="to", metavar="TỆP")
    history = command("history")
    history.add_argument("--json", action="store_true")
    quotes = command("quotes")
    search = command("search")
    search.add_argument("words", nargs="*")
    search.add_argument("--json", action="store_true")
    grade = command("grade")
    grade.add_argument("--answer", action="append", default=[])
    grade.add_argument("--json", action="store_true")
    grade.add_argument("response", nargs="*")
    for asks_player in (play, situation, quotes, history):
        asks_player.add_argument("--player", default=argparse.SUPPRESS)
    check = command("check")
    check.add_argument("paths", nargs="*")
    check.add_argument("--json", action="store_true")
    check.add_argument("--guess", action="store_true")
    bank = command("bank")
    bank.add_argument("--json", action="store_true")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except TrainerError as error:
        print(f"danvan: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `danvan check | head`: the reader has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    if getattr(arguments, "help", False):
        print(_HELP, end="")
        return 0
    if arguments.version:
        print(f"{PROGRAM} {trainer.__version__}")
        return 0
    return _COMMANDS_TABLE[arguments.command](arguments)


# --- what commands share --------------------------------------------------------------------


def _bank_paths(arguments: argparse.Namespace) -> tuple[Path, ...]:
    return tuple(Path(path) for path in getattr(arguments, "bank", []))


def _cache_folder() -> Path | None:
    import platformdirs

    try:
        return Path(platformdirs.user_cache_dir("danvan-trainer", appauthor=False))
    except (OSError, RuntimeError):
        return None


def _data_folder(arguments: argparse.Namespace) -> Path:
    given = getattr(arguments, "data", None) or os.environ.get("DANVAN_DATA")
    if given:
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("danvan-trainer", appauthor=False))


def _open_bank(paths: Sequence[Path]) -> Bank:
    from trainer.bank.bank import open_bank

    return open_bank(paths, _cache_folder())


def _store(arguments: argparse.Namespace) -> Store:
    from trainer.history.store import Store

    return Store(_data_folder(arguments))


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


# --- commands -------------------------------------------------------------------------------


def _home(arguments: argparse.Namespace) -> int:
    return _screens(arguments)


def _play(arguments: argparse.Namespace) -> int:
    _need_terminal()
    from trainer.tui.services import RoundRequest

    request = RoundRequest(
        arguments.rules, topics=tuple(arguments.topic), count=arguments.count, seed=arguments.seed
    )
    return _screens(arguments, request)


def _situation(arguments: argparse.Namespace) -> int:
    from trainer.tui.services import SITUATION_RULES, RoundRequest

    if arguments.to is not None:
        return _print_situation(arguments)
    _need_terminal()
    if arguments.id is None:
        return _screens(arguments, RoundRequest(SITUATION_RULES))
    _known_situation(_open_bank(_bank_paths(arguments)), arguments.id)
    return _screens(arguments, RoundRequest(SITUATION_RULES, only=(arguments.id,)))


def _known_situation(bank: Bank, name: str) -> None:
    if name not in {entry.id for entry in bank.entries("situation")}:
        raise UsageError(
            f"Không có tình huống “{_printable(name)}”. Gõ “danvan situation” để bốc thăm, "
            "hoặc chọn trong mục “Xử lý tình huống” của “danvan”."
        )


def _print_situation(arguments: argparse.Namespace) -> int:
    from trainer.bank.model import Situation
    from trainer.exchange.marking_sheet import marking_sheet
    from trainer.exchange.page import write

    if arguments.id is None:
        raise UsageError("Cần mã tình huống để in, ví dụ: danvan situation th-mo-ngo --print phieu.html.")
    bank = _open_bank(_bank_paths(arguments))
    _known_situation(bank, arguments.id)
    item = bank.item(arguments.id)
    assert isinstance(item, Situation)  # noqa: S101 - it is among the situations
    write(Path(arguments.to), marking_sheet(item))
    print(f"Đã ghi phiếu chấm vào “{arguments.to}”. Mở bằng trình duyệt rồi in.")
    return 0


def _quotes(arguments: argparse.Namespace) -> int:
    return _screens(arguments, place="quotes")


def _search(arguments: argparse.Namespace) -> int:
    from trainer.bank.search import search
    from trainer.text import one_line

    wanted = " ".join(arguments.words).strip()
    if not wanted:
        raise UsageError("Bạn muốn tìm chữ gì? Ví dụ: danvan search doan ket.")
    found = list(search(_open_bank(_bank_paths(arguments)), wanted))
    if arguments.json:
        _print_json([item._asdict() for item in found])
        return 0
    if not found:
        print(f"Không có mục nào chứa “{_printable(wanted)}”. Bạn thử ít chữ hơn, hoặc gõ không dấu.")
        return 0
    names = {"question": "câu hỏi", "quotation": "lời Bác", "situation": "tình huống"}
    for item in found:
        print(f"{names[item.section]:<10} {item.id:<32} {one_line(item.text, 110)}")
    print(f"{len(found)} mục.")
    return 0


def _grade(arguments: argparse.Namespace) -> int:
    from trainer.grading.typed import grade_typed

    answers = [answer for answer in arguments.answer if answer.strip()]
    if not answers:
        raise UsageError("Thiếu đáp án. Ví dụ: danvan grade --answer “đoàn kết” -- doan ket.")
    verdict = grade_typed(" ".join(arguments.response), answers)
    if arguments.json:
        _print_json(
            {
                "code": verdict.code,
                "share": verdict.share,
                "reason": verdict.reason,
                "normalized": verdict.normalized,
            }
        )
        return 0
    print(f"{verdict.code}: {verdict.share:.0%} số điểm. {verdict.reason}")
    return 0


def _need_terminal() -> None:
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


def _screens(arguments: argparse.Namespace, request: RoundRequest | None = None, place: str = "home") -> int:
    import gc

    _need_terminal()
    # Thousands of lasting objects are made before the first paint and none is garbage; the app
    # lets the collector run again once it has painted (measured: 20 ms of 290).
    gc.disable()
    store = _store(arguments)
    try:
        from trainer.tui import compat
        from trainer.tui.app import DanvanApp
        from trainer.tui.services import Services, rules_folders

        paths = _bank_paths(arguments)
        services = Services(
            bank_paths=paths,
            cache=_cache_folder(),
            store=store,
            player=store.player(getattr(arguments, "player", None)),
            rules_folders=rules_folders(paths),
        )
        services.bank  # noqa: B018 - a bank that cannot be opened is told before the screen is drawn
        compat.utf8_streams()
        compat.real_size()
        compat.guard_input()
        app = DanvanApp(services, place if request is None else services.begin(request))
        sentence = app.run()
    finally:
        store.close()
    if sentence:
        print(sentence, file=sys.stderr if app.return_code else sys.stdout)
    return app.return_code or 0


def _history(arguments: argparse.Namespace) -> int:
    store = _store(arguments)
    try:
        name = getattr(arguments, "player", None)
        player = store.find_player(name) if name is not None else None
        if name is not None and player is None:
            raise UsageError(f"Không có người chơi “{_printable(name)}” trong lịch sử.")
        from trainer.history.report import history_lines, history_report

        if arguments.json:
            _print_json(history_report(store, player))
        else:
            print("\n".join(history_lines(store, player)))
    finally:
        store.close()
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from trainer.bank.checks import check_bank
    from trainer.contest.rule_files import read_rules, rule_files

    paths = tuple(Path(path) for path in arguments.paths) or _bank_paths(arguments)
    bank = _open_bank(paths)
    if arguments.guess:
        return _guess(bank, as_json=arguments.json)
    problems = check_bank(bank)
    if not arguments.paths:
        from trainer.bank.bank import shipped_bank

        folders = [path / "rules" for path in paths or (shipped_bank(),)]
        for path in rule_files(folders).values():
            problems += read_rules(path)[1]
    errors = sum(problem.severity == "error" for problem in problems)
    if arguments.json:
        _print_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        counts = bank.counts
        retired = f", {counts.retired} mục đã thôi dùng" if counts.retired else ""
        print(
            f"{counts.questions} câu hỏi, {counts.quotations} lời Bác, {counts.situations} tình huống{retired}; "
            f"{errors} lỗi, {len(problems) - errors} cảnh báo.",
            file=sys.stderr,
        )
    return 1 if errors else 0


def _guess(bank: Bank, *, as_json: bool) -> int:
    from trainer.bank.checks.guesser import CHANCE, RULES, guess

    scores = guess(bank.data(entry.id) for entry in bank.entries())
    if as_json:
        _print_json(
            {
                topic or "all": {rule: round(score.share, 4) for rule, score in rules.items()}
                | {"questions": next(iter(rules.values())).asked}
                for topic, rules in scores.items()
            }
        )
        return 0
    total = next(iter(scores[""].values())).asked
    print(f"{total} câu bốn phương án; đoán bừa đúng {CHANCE:.0%}. Mỗi cách đoán đúng:")
    for number, (description, _) in enumerate(RULES.values(), 1):
        print(f"  ({number}) {description}")
    print("\n" + " ".join(f"{f'({number})':>5}" for number in range(1, len(RULES) + 1)) + "   câu  chủ đề")
    for topic, rules in scores.items():
        row = " ".join(f"{score.share:>5.0%}" for score in rules.values())
        print(f"{row}  {next(iter(rules.values())).asked:>4}  {topic or 'cả ngân hàng'}")
    best = max(scores[""], key=lambda rule: scores[""][rule].share)
    print(f"\nCách đoán tốt nhất: {RULES[best][0]}, {scores[''][best].share:.1%}.")
    return 0


def _bank(arguments: argparse.Namespace) -> int:
    from trainer.bank.checks import check_bank
    from trainer.bank.model import KIND_NAMES, LEVEL_NAMES

    bank = _open_bank(_bank_paths(arguments))
    problems = check_bank(bank)
    counts = bank.counts
    errors = sum(problem.severity == "error" for problem in problems)
    if arguments.json:
        _print_json(
            {
                "questions": counts.questions,
                "quotations": counts.quotations,
                "situations": counts.situations,
                "by_topic": dict(counts.by_topic),
                "by_kind": dict(counts.by_kind),
                "by_level": dict(counts.by_level),
                "errors": errors,
                "warnings": len(problems) - errors,
            }
        )
        return 0
    print(f"{counts.questions} câu hỏi, {counts.quotations} lời Bác, {counts.situations} tình huống")
    if counts.left_out:
        print(f"{counts.left_out} mục có lỗi bị bỏ qua; gõ “danvan check” để xem.")
    for heading, tally, names in (
        ("Theo chủ đề", counts.by_topic, bank.topics),
        ("Theo loại", counts.by_kind, KIND_NAMES),
        ("Theo mức", counts.by_level, {str(level): name for level, name in LEVEL_NAMES.items()}),
    ):
        print(f"\n{heading}")
        for key, count in tally.items():
            print(f"  {count:>4}  {key:<24} {names.get(key, '')}".rstrip())
    return 0


_COMMANDS_TABLE = {
    None: _home,
    "play": _play,
    "situation": _situation,
    "quotes": _quotes,
    "search": _search,
    "grade": _grade,
    "history": _history,
    "check": _check,
    "bank": _bank,
}

if __name__ == "__main__":
    sys.exit(main())
