"""The command line: reads arguments, opens what a command needs, prints; no work of its own."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import trainer
from trainer.commands.shared import printable
from trainer.errors import TrainerError, UsageError

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
  danvan drill [TỆP]          hội thi nhiều đội trên một màn hình, có người dẫn; TỆP: bộ câu hỏi đã soạn
      --rules LUẬT              luật thi, hoặc tệp .yaml (mặc định: chuan khi có --teams)
      --teams "ĐỘI 1, ĐỘI 2"    tên các đội, từ 2 đến 10; không ghi: chọn trên màn hình
      --minutes N               thêm bớt số câu cho vừa chừng ấy phút
      --topic CHỦ_ĐỀ            chỉ hỏi chủ đề này (dùng được nhiều lần)
      --check                   chỉ soát tệp bộ câu hỏi, nêu dòng có lỗi
      --resume                  làm tiếp hội thi đang dở
      --rehearse                diễn tập với các đội giả (phím G trả lời thay); không ghi vào lịch sử
  danvan screen               màn hình máy chiếu: theo hội thi đang chạy ở cửa sổ khác trên cùng máy
      --rehearse                theo buổi diễn tập
      --test                    thử máy chiếu: cỡ chữ, màu các đội, chữ Việt, độ trễ
  danvan review               ôn những gì đến hạn hôm nay
      --new N, --most N         từ nay mỗi ngày nhiều nhất N câu mới, N mục tất cả
  danvan plan                 lộ trình đến ngày thi
  danvan quotes               lời Bác: đọc, luyện, học thuộc
  danvan history [--json | --csv | --verify]
                              các phần thi đã làm; --verify: bản ghi có khớp không
      --to NƠI                  ghi mọi dữ liệu: --json vào một tệp, --csv vào một thư mục
  danvan group [--to TỆP.html]  cả nhóm theo chủ đề, nên luyện gì tiếp; in ra giấy
  danvan results [MÃ] [--to TỆP]  biên bản kết quả một hội thi (không ghi mã: hội thi vừa xong)
                              tệp đuôi .html (để in), .md, .csv hoặc .xlsx; không ghi tệp: hiện ra
      --weak                    đội nào yếu chủ đề nào
  danvan player [list]        những người chơi; rename CŨ MỚI, join TÊN VÀO, delete TÊN
      --yes                     không hỏi lại
  danvan backup [TỆP]         sao lưu lịch sử
  danvan restore [TỆP]        khôi phục một bản sao (không ghi tệp: các bản đang có)
  danvan merge TỆP…           gộp lịch sử của máy khác, bao nhiêu lần cũng được
  danvan doctor [--json]      câu nào đáng ngờ: sai khóa, phương án thừa, đánh đố
      dispute MÃ LÝ_DO          mở khiếu nại; close MÃ KẾT_QUẢ đóng khiếu nại
      correct MÃ LÝ_DO --answer ĐÁP_ÁN    sửa đáp án, chấm lại mọi lần trả lời
  danvan search CHỮ           tìm câu hỏi, lời Bác, tình huống; không dấu cũng được
  danvan grade --answer ĐÁP_ÁN [--answer …] [--json] -- CÂU_TRẢ_LỜI
                              câu gõ được chấm thế nào, vì sao
  danvan check [TỆP…] [--json]  kiểm tra ngân hàng câu hỏi, nêu tệp và dòng có lỗi
      --guess                   người không biết gì đoán trúng bao nhiêu, theo chủ đề
  danvan rules [TÊN|TỆP] [--check]  các luật thi; giải thích một luật; chơi thử xem luật có ổn không
      --teams N                 chơi thử với N đội (mặc định 10)
  danvan bank [--json]        ngân hàng có bao nhiêu câu, theo chủ đề, loại, mức

Lựa chọn chung:
  --bank ĐƯỜNG_DẪN            ngân hàng câu hỏi khác (tệp hoặc thư mục, dùng được nhiều lần)
  --data THƯ_MỤC              nơi lưu lịch sử (hoặc đặt biến DANVAN_DATA)
  --player TÊN                người chơi (mặc định: người chơi lần trước)
  --force                     ghi đè tệp đã có, với --to và --print
  -h, --help                  trợ giúp này
  --version                   số phiên bản

Mã kết thúc: 0 xong, 1 ngân hàng có lỗi, 2 gõ sai lệnh, 3 không dùng được lịch sử.
"""
_COMMANDS = (
    *("play", "situation", "drill", "screen", "review", "plan", "quotes", "history", "group", "results"),
    "player",
    *("backup", "restore", "merge", "doctor", "search", "grade", "check", "rules", "bank"),
)
_TRANSLATED = (
    (r"unrecognized arguments: (.*)", "Không hiểu “{0}”."),
    (r"argument (\S+?)(?:/\S+)?: expected (?:one|at least one) argument", "Sau “{0}” phải có giá trị."),
    (r"argument (\S+?)(?:/\S+)?: invalid int value: '(.*)'", "Sau “{0}” phải là một số, không phải “{1}”."),
    (r"argument (\S+?)(?:/\S+)?: (.*phải.*)", "Sau “{0}” {1}"),
    (r"argument (\S+?)(?:/\S+)?: ignored explicit argument '(.*)'", "“{0}” không kèm giá trị “{1}”."),
    (r"argument (\S+?): not allowed with argument (\S+)", "“{0}” không đi cùng “{1}”."),
    (r"the following arguments are required: .*", "Thiếu tên tệp."),
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
                shown = [printable(group or "") for group in found.groups()]
                message = sentence.format(*shown)
                break
        else:
            message = "Câu lệnh chưa đúng."
        raise UsageError(f"{message} Gõ “danvan --help” để xem cách dùng.")


def _positive(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:7]) <= 1000 and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f"phải là số nguyên từ 1 đến 1000, không phải “{printable(text)}”.")


def _seed(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise argparse.ArgumentTypeError(f"phải là số nguyên không âm, không phải “{printable(text)}”.")


class _Unasked:
    """Stands for the parser of a command that was not asked for: nobody waits for its arguments to be made."""

    def add_argument(self, *_names: object, **_how: object) -> None:
        """Do nothing."""

    def add_mutually_exclusive_group(self) -> _Unasked:
        """Do nothing."""
        return self


def _parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands, or of one of them alone."""
    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="store_true", default=argparse.SUPPRESS)
    common.add_argument("--bank", action="append", default=argparse.SUPPRESS)
    common.add_argument("--data", default=argparse.SUPPRESS)
    parser = _Parser(prog=PROGRAM, add_help=False, parents=[common], allow_abbrev=False)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--player", default=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str) -> Any:
        if only not in (None, name):
            return _Unasked()
        return commands.add_parser(name, add_help=False, parents=[common], allow_abbrev=False)

    play = command("play")
    play.add_argument("rules", nargs="?", default="nhanh")
    play.add_argument("--topic", action="append", default=[])
    play.add_argument("--count", type=_positive)
    play.add_argument("--seed", type=_seed)
    situation = command("situation")
    situation.add_argument("id", nargs="?")
    situation.add_argument("--print", dest="to", metavar="TỆP")
    situation.add_argument("--force", action="store_true")
    drill = command("drill")
    drill.add_argument("file", nargs="?", metavar="TỆP")
    for option in ("--rules", "--teams"):
        drill.add_argument(option)
    drill.add_argument("--minutes", type=_positive)
    drill.add_argument("--topic", action="append", default=[])
    for option in ("--resume", "--check", "--rehearse"):
        drill.add_argument(option, action="store_true")
    screen = command("screen")
    screen.add_argument("--rehearse", action="store_true")
    screen.add_argument("--test", action="store_true")
    history = command("history")
    shape = history.add_mutually_exclusive_group()
    for option in ("--json", "--csv", "--verify"):
        shape.add_argument(option, action="store_true")
    history.add_argument("--to")
    history.add_argument("--force", action="store_true")
    quotes, review, plan = command("quotes"), command("review"), command("plan")
    review.add_argument("--new", type=_positive)
    review.add_argument("--most", type=_positive)
    group = command("group")
    group.add_argument("--to")
    group.add_argument("--force", action="store_true")
    results = command("results")
    results.add_argument("id", nargs="?", metavar="MÃ")
    results.add_argument("--to", metavar="TỆP")
    for option in ("--weak", "--force"):
        results.add_argument(option, action="store_true")
    player = command("player")
    player.add_argument("words", nargs="*")
    player.add_argument("--yes", action="store_true")
    for name in ("backup", "restore"):
        command(name).add_argument("file", nargs="?")
    merge = command("merge")
    merge.add_argument("files", nargs="+")
    doctor = command("doctor")
    doctor.add_argument("words", nargs="*")
    doctor.add_argument("--answer", action="append", default=[])
    doctor.add_argument("--json", action="store_true")
    search = command("search")
    search.add_argument("words", nargs="*")
    search.add_argument("--json", action="store_true")
    grade = command("grade")
    grade.add_argument("--answer", action="append", default=[])
    grade.add_argument("--json", action="store_true")
    grade.add_argument("response", nargs="*")
    for asks_player in (play, situation, quotes, review, plan, history, doctor):
        asks_player.add_argument("--player", default=argparse.SUPPRESS)
    check = command("check")
    check.add_argument("paths", nargs="*")
    check.add_argument("--json", action="store_true")
    check.add_argument("--guess", action="store_true")
    rules = command("rules")
    rules.add_argument("name", nargs="?")
    rules.add_argument("--check", action="store_true")
    rules.add_argument("--teams", type=_positive)
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


def _parsed(argv: list[str]) -> argparse.Namespace:
    named = next((word for word in argv if word in _COMMANDS_TABLE), None)
    if named is not None:
        with contextlib.suppress(UsageError):  # perhaps the word was another option's value
            return _parser(named).parse_args(argv)
    return _parser().parse_args(argv)


def _run(argv: list[str]) -> int:
    arguments = _parsed(argv)
    if getattr(arguments, "help", False):
        print(_HELP, end="")
        return 0
    if arguments.version:
        print(f"{PROGRAM} {trainer.__version__}")
        return 0
    module, name = _COMMANDS_TABLE[arguments.command]
    status: int = getattr(importlib.import_module(f"trainer.commands.{module}"), name)(arguments)
    return status


_COMMANDS_TABLE = {
    None: ("playing", "home"),
    "play": ("playing", "play"),
    "situation": ("playing", "situation"),
    "drill": ("playing", "drill"),
    "screen": ("showing", "screen"),
    "quotes": ("playing", "quotes"),
    "review": ("playing", "review"),
    "plan": ("playing", "plan"),
    "search": ("banking", "search"),
    "grade": ("banking", "grade"),
    "history": ("looking", "history"),
    "group": ("looking", "group"),
    "results": ("looking", "results"),
    "doctor": ("looking", "doctor"),
    "backup": ("data", "backup"),
    "restore": ("data", "restore"),
    "merge": ("data", "merge"),
    "player": ("data", "player"),
    "check": ("banking", "check"),
    "rules": ("rulings", "rules"),
    "bank": ("banking", "bank"),
}
"""Command -> its module in :mod:`trainer.commands` and its function."""

if __name__ == "__main__":
    sys.exit(main())
