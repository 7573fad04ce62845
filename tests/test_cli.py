"""The command line: what each command prints, and one sentence for every mistake."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.sheets import contest
from tests.helpers import ROOT, SMALL_BANK, Clock, question
from tests.program.terminal import run
from trainer.cli import main
from trainer.contest.events import Planned, Side
from trainer.contest.folding import fold
from trainer.contest.rules import QuestionPart, Rules
from trainer.contest.session import Session
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown
from trainer.history.store import Store

CAPTURE = pytest.CaptureFixture[str]


def printed(capsys: CAPTURE, *arguments: str) -> Any:
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


# --- bank, check, history -------------------------------------------------------------------


def test_bank_as_json(capsys: CAPTURE) -> None:
    status, out, _ = printed(capsys, "bank", "--json", "--bank", str(SMALL_BANK))
    assert status == 0
    assert json.loads(out) == {
        "questions": 12,
        "quotations": 1,
        "situations": 1,
        "by_topic": json.loads(out)["by_topic"],
        "by_kind": json.loads(out)["by_kind"],
        "by_level": json.loads(out)["by_level"],
        "errors": 0,
        "warnings": json.loads(out)["warnings"],
    }
    data = json.loads(out)
    for tally in ("by_topic", "by_kind", "by_level"):
        assert sum(data[tally].values()) == 12, tally
    assert set(data["by_level"]) <= {"1", "2", "3"}


def test_bank_for_people(capsys: CAPTURE) -> None:
    status, out, _ = printed(capsys, "bank", "--bank", str(SMALL_BANK))
    assert status == 0
    assert out.startswith("12 câu hỏi, 1 lời Bác, 1 tình huống\n")
    assert "Một đáp án" in out or "choice" in out


def test_the_shipped_bank_has_no_errors(capsys: CAPTURE) -> None:
    status, out, err = printed(capsys, "check")
    assert (status, out) == (0, "")
    assert "0 lỗi" in err


def test_check_names_file_line_and_column(capsys: CAPTURE, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("topic: a\nquestions:\n- id: x\n  kind: choice\n  prompt: Hỏi?\n", "utf-8")
    status, out, err = printed(capsys, "check", str(file))
    assert status == 1
    first = out.splitlines()[0]
    assert first.startswith(f"{file}:3:3: error ")
    assert "lỗi" in err
    status, out, _ = printed(capsys, "check", "--json", str(file))
    assert status == 1
    for problem in json.loads(out):
        assert set(problem) == {"file", "line", "column", "severity", "code", "message"}
        assert problem["file"] == str(file)


@pytest.mark.parametrize("text", ["", "topic: a\n", "title: Chỉ có tên\ntopic: b\n", "- 1\n- 2\n"])
def test_a_file_without_items_is_an_error(capsys: CAPTURE, tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, "utf-8")
    status, out, _ = printed(capsys, "check", str(file))
    assert status == 1
    assert f"{file}:" in out


def test_a_missing_path_is_one_sentence(capsys: CAPTURE, tmp_path: Path) -> None:
    status, out, err = printed(capsys, "check", str(tmp_path / "không có.yaml"))
    assert status in (1, 2)
    assert "không có.yaml" in out + err
    assert "Traceback" not in out + err


def test_history_of_nobody_is_empty(capsys: CAPTURE, tmp_path: Path) -> None:
    status, out, _ = printed(capsys, "history", "--json", "--data", str(tmp_path))
    assert (status, json.loads(out)) == (0, {"attempts": 0, "contests": []})
    status, out, _ = printed(capsys, "history", "--data", str(tmp_path))
    assert out == "Chưa có phần thi nào. Gõ “danvan play” để bắt đầu.\n"


def test_history_of_an_unknown_player(capsys: CAPTURE, tmp_path: Path) -> None:
    status, _, err = printed(capsys, "history", "--player", "Ai đó", "--data", str(tmp_path))
    assert status == 2
    assert err == "danvan: Không có người chơi “Ai đó” trong lịch sử.\n"


def test_the_data_folder_comes_from_the_environment(
    capsys: CAPTURE, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATA", str(tmp_path / "nhà"))
    assert printed(capsys, "history")[0] == 0
    assert (tmp_path / "nhà" / "history.db").exists()


def test_a_newer_history_ends_with_status_3(capsys: CAPTURE, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store._db.execute("PRAGMA user_version=99")
    store.close()
    status, _, err = printed(capsys, "history", "--data", str(tmp_path))
    assert status == 3
    assert "bản mới hơn" in err


# --- wrong usage ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--nhanh"], "Không hiểu “--nhanh”"),
        (["chơi"], "Không có lệnh “chơi”"),
        (["play", "--count"], "Sau “--count” phải có giá trị"),
        (["play", "--count", "0"], "phải là số nguyên từ 1 đến 1000"),
        (["play", "--count", "mười"], "không phải “mười”"),
        (["play", "--seed", "-1"], "--seed"),
        (["check", "--jso"], "Không hiểu “--jso”"),
        (["bank", "thừa"], "Không hiểu “thừa”"),
        (["play", "\x1b[31m", "thừa\x1b"], "Không hiểu"),
        (["--player"], "Sau “--player” phải có giá trị"),
    ],
)
def test_wrong_usage_is_one_vietnamese_sentence(capsys: CAPTURE, arguments: list[str], says: str) -> None:
    status, out, err = printed(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert says in err
    assert err.startswith("danvan: ")
    assert "\x1b" not in err
    assert "Gõ “danvan --help”" in err


def test_help_and_version(capsys: CAPTURE) -> None:
    assert "Cách dùng" in printed(capsys, "--help")[1]
    assert "Cách dùng" in printed(capsys, "play", "-h")[1]
    assert printed(capsys, "--version")[1].startswith("danvan 0.")


@pytest.mark.parametrize("command", [[], ["play"], ["situation"]])
def test_without_a_terminal_one_sentence_and_status_2(command: list[str], tmp_path: Path) -> None:
    done = run(*command, "--data", tmp_path)
    assert done.returncode == 2
    assert "Cần một cửa sổ dòng lệnh" in done.stderr.decode()
    assert done.stdout == b""


def test_a_latin_locale_prints_utf_8(tmp_path: Path) -> None:
    done = run("history", "--data", tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("Chưa có phần thi nào")


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "trainer", "bank", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_ctrl_c_in_a_command_is_quiet(capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("trainer.cli._run", interrupted)
    assert printed(capsys, "bank") == (130, "", "")


# --- what start costs -----------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["history"], ["results"], ["bank"], ["check"], ["--help"]])
def test_commands_without_screens_never_load_textual(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from trainer.cli import main; main(sys.argv[1:]); "
        "print('LOADED', 'textual' in sys.modules, 'rich' in sys.modules)"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            *arguments,
            *(["--data", str(tmp_path)] if arguments != ["--help"] else []),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.endswith("LOADED False False\n")


def test_output_that_is_no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["--version"]) == 0


# --- the history file -------------------------------------------------------------------------


def played(folder: Path, name: str = "Lan", *, right: bool = True) -> None:
    """Play one round of the question q1 in a data folder."""
    with Store(folder) as store:
        player = store.player(name)
        session = Session(store, Clock(), store.now)
        one = Rules("nhanh", "Thi nhanh", "", (QuestionPart(count=1),))
        session.open(uuid.uuid4().hex, 1, one, [Side(*player)], [Planned(0, question(1), (0, 1, 2, 3))])
        session.advance()
        session.answer(player.id, [0 if right else 1])
        session.advance()


def test_a_backup_is_never_written_over_and_comes_back(capsys: CAPTURE, tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "bản sao.db"
    played(data)
    assert printed(capsys, "backup", str(copy), "--data", str(data))[0] == 0
    before = copy.read_bytes()
    status, _, err = printed(capsys, "backup", str(copy), "--data", str(data))
    assert status == 2
    assert "đã có bản sao" in err
    assert copy.read_bytes() == before
    other = tmp_path / "khác"
    played(other, "Minh")
    status, out, _ = printed(capsys, "restore", str(copy), "--data", str(other))
    assert status == 0
    assert "được giữ ở" in out
    status, out, _ = printed(capsys, "player", "list", "--data", str(other))
    assert "Lan" in out
    assert "Minh" not in out
    status, out, _ = printed(capsys, "restore", "--data", str(other))
    assert "history-" in out


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and then nothing", b"\x00" * 5000])
@pytest.mark.parametrize("command", ["restore", "merge"])
def test_a_broken_file_changes_nothing(capsys: CAPTURE, tmp_path: Path, command: str, content: bytes) -> None:
    played(tmp_path / "data")
    broken = tmp_path / "hỏng.db"
    broken.write_bytes(content)
    before = printed(capsys, "history", "--json", "--data", str(tmp_path / "data"))[1]
    status, out, err = printed(capsys, command, str(broken), "--data", str(tmp_path / "data"))
    assert (status, out) == (3, "")
    assert err.startswith("danvan: ")
    assert err.count("\n") == 1
    assert "hỏng.db" in err
    assert printed(capsys, "history", "--json", "--data", str(tmp_path / "data"))[1] == before


def test_merge_adds_once_and_itself_adds_nothing(capsys: CAPTURE, tmp_path: Path) -> None:
    one, two = tmp_path / "một", tmp_path / "hai"
    played(one)
    played(two, "Minh")
    status, out, _ = printed(capsys, "merge", str(two), "--data", str(one))
    assert status == 0
    assert "thêm 1 phần thi, 1 câu, 1 người chơi" in out
    for source in (two, one):
        status, out, _ = printed(capsys, "merge", str(source), "--data", str(one))
        assert (status, out) == (0, "Không có gì mới để gộp.\n")


def test_without_a_terminal_a_merge_keeps_namesakes_apart_and_says_so(
    capsys: CAPTURE, tmp_path: Path
) -> None:
    one, two = tmp_path / "một", tmp_path / "hai"
    played(one)
    played(two)
    status, out, _ = printed(capsys, "merge", str(two), "--data", str(one))
    assert status == 0
    assert "cùng tên “Lan”" in out
    _, out, _ = printed(capsys, "player", "--data", str(one))
    assert "Lan (2)" in out


def test_players_are_renamed_joined_and_deleted(capsys: CAPTURE, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    played(tmp_path)
    played(tmp_path, "Minh")
    assert printed(capsys, "player", "rename", "Minh", "Chị Minh", *data)[0] == 0
    status, _, err = printed(capsys, "player", "delete", "Lan", *data)
    assert status == 2
    assert "--yes" in err
    assert printed(capsys, "player", "join", "Chị Minh", "Lan", "--yes", *data)[0] == 0
    _, out, _ = printed(capsys, "player", *data)
    assert "Chị Minh" not in out
    assert out.splitlines()[1].split()[:3] == ["Lan", "2", "2"]
    assert printed(capsys, "player", "delete", "lan", "--yes", *data)[0] == 0
    assert printed(capsys, "player", *data)[1] == "Chưa có người chơi nào.\n"
    assert printed(capsys, "history", "--verify", *data)[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["player", "rename", "Lan"], "cần đúng 2 tên"),
        (["player", "rename", "Lan", "Minh"], "Đã có người chơi tên “Minh”"),
        (["player", "rename", "Lan", "\u200b "], "từ 1 đến 40 ký tự"),
        (["player", "join", "Lan", "Lan", "--yes"], "cùng một người chơi"),
        (["player", "delete", "Ai đó", "--yes"], "Không có người chơi “Ai đó”"),
        (["player", "bay"], "Không có việc “bay”"),
        (["merge"], "Thiếu tên tệp"),
        (["history", "--json", "--csv"], "không đi cùng"),
        (["history", "--to", "x"], "--to cần đi cùng"),
        (["doctor", "dispute", "không-có", "vì sao"], "Không có câu hỏi “không-có”"),
        (["doctor", "close", "abc", "xong"], "Không có đúng một khiếu nại"),
        (["doctor", "correct", "x", "vì"], "Cách dùng: danvan doctor"),
    ],
)
def test_wrong_use_is_one_sentence(capsys: CAPTURE, tmp_path: Path, words: list[str], says: str) -> None:
    played(tmp_path)
    played(tmp_path, "Minh")
    status, out, err = printed(capsys, *words, "--data", str(tmp_path))
    assert (status, out) == (2, "")
    assert err.startswith("danvan: ")
    assert err.count("\n") == 1
    assert says in err


def test_everything_can_be_taken_along(capsys: CAPTURE, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    played(tmp_path / "data")
    _status, out, _ = printed(capsys, "history", "--csv", *data)
    head, row = out.strip().splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=False))["item"] == "q1"
    assert printed(capsys, "history", "--csv", "--to", str(tmp_path / "csv"), *data)[0] == 0
    meanings = (tmp_path / "csv" / "columns.csv").read_text("utf-8-sig").splitlines()
    for path in (tmp_path / "csv").glob("*.csv"):
        if path.name != "columns.csv":
            for column in path.read_text("utf-8-sig").splitlines()[0].split(","):
                assert any(line.startswith(f"{path.stem},{column},") for line in meanings), (path, column)
    assert printed(capsys, "history", "--json", "--to", str(tmp_path / "all.json"), *data)[0] == 0
    assert json.loads((tmp_path / "all.json").read_text("utf-8"))["attempts"][0]["item"] == "q1"


def test_verify_tells_a_changed_table(capsys: CAPTURE, tmp_path: Path) -> None:
    played(tmp_path)
    status, out, _ = printed(capsys, "history", "--verify", "--data", str(tmp_path))
    assert status == 0
    assert out.startswith("Lịch sử khớp")
    with Store(tmp_path) as store:
        store.connection.execute("UPDATE attempts SET points = points + 5")
        store.connection.commit()
    status, out, _ = printed(capsys, "history", "--verify", "--data", str(tmp_path))
    assert status == 1
    assert "không khớp" in out


def test_a_dispute_and_a_corrected_key(capsys: CAPTURE, tmp_path: Path) -> None:
    bank = tmp_path / "câu.yaml"
    bank.write_text(
        "topic: t\nsources: {n: {title: Nguồn}}\nquestions:\n- {id: q1, kind: choice, prompt: 'Câu 1?', answer: ý 0, "
        "distractors: [ý 1, ý 2, ý 3], explanation: Vì thế., source: n, level: 1}\n",
        "utf-8",
    )
    folder = tmp_path / "data"
    common = ("--data", str(folder), "--bank", str(bank))
    played(folder, right=False)
    status, out, _ = printed(capsys, "doctor", "dispute", "q1", "Nguồn ghi khác", *common)
    assert status == 0
    assert "Đã mở khiếu nại" in out
    assert "Nguồn ghi khác" in printed(capsys, "doctor", *common)[1]
    status, _, error = printed(capsys, "doctor", "dispute", "q1", "Nhầm", "--player", "Không ai", *common)
    assert status == 2
    assert "Không có người chơi “Không ai”" in error
    status, out, _ = printed(capsys, "doctor", "correct", "q1", "Theo nguồn", "--answer", "ý 1", *common)
    assert status == 0
    assert "Thi nhanh, Lan, câu 1: 0 → 10 điểm." in out
    assert "câu.yaml, dòng 4" in out
    report = json.loads(printed(capsys, "doctor", "--json", *common)[1])
    assert report["disputes"][0]["outcome"]
    assert report["corrections"][0]["moved"] == 1
    assert json.loads(printed(capsys, "history", "--json", *common)[1])["contests"][0]["score"] == 10
    assert printed(capsys, "history", "--verify", *common)[0] == 0


def test_the_group_as_a_table_and_as_a_page(capsys: CAPTURE, tmp_path: Path) -> None:
    assert "Chưa ai" in printed(capsys, "group", "--data", str(tmp_path))[1]
    played(tmp_path)
    played(tmp_path, "Minh <b>", right=False)
    status, out, _ = printed(capsys, "group", "--data", str(tmp_path))
    assert status == 0
    assert out.startswith("Cả nhóm nên luyện tiếp: t\n")
    assert "50 %?" in out
    assert "100 %?" in out
    assert "0 %?" in out
    page = tmp_path / "nhóm.html"
    assert printed(capsys, "group", "--to", str(page), "--data", str(tmp_path))[0] == 0
    assert "Minh &lt;b&gt;" in page.read_text("utf-8")


def test_the_limits_of_a_day_are_kept(capsys: CAPTURE, tmp_path: Path) -> None:
    assert printed(capsys, "review", "--new", "5", "--data", str(tmp_path))[0] == 0
    status, out, _ = printed(capsys, "review", "--most", "40", "--data", str(tmp_path))
    assert (status, out) == (0, "Từ nay mỗi ngày nhiều nhất 5 câu mới, 40 mục tất cả.\n")
    assert printed(capsys, "review", "--new", "0", "--data", str(tmp_path))[0] == 2


# --- rules ------------------------------------------------------------------------------------


def test_rules_are_listed_explained_and_played_dry(capsys: CAPTURE) -> None:
    status, out, _ = printed(capsys, "rules")
    assert status == 0
    assert "chuan" in out
    assert "(nhiều đội)" in out
    status, out, _ = printed(capsys, "rules", "chuan")
    assert status == 0
    assert "10 câu" in out
    status, out, _ = printed(capsys, "rules", "--check", "--teams", "4")
    assert status == 0
    assert out.count("Luật thi dùng được") == out.count("Chạy thử với")
    assert "Chạy thử với 4 đội." in out


def test_rules_that_cannot_work_are_told(capsys: CAPTURE, tmp_path: Path) -> None:
    path = tmp_path / "la.yaml"
    path.write_text("title: Lạ\nparts:\n- {questions: nhiều}\n", "utf-8")
    status, out, _ = printed(capsys, "rules", str(path), "--check")
    assert status == 1
    assert f"{path}:" in out
    status, out, err = printed(capsys, "rules", "không-có")
    assert (status, out) == (1, "")
    assert "Không có luật thi “không-có”" in err


# --- the result sheet -------------------------------------------------------------------------


def test_the_newest_contest_s_sheet_is_printed_or_written(capsys: CAPTURE, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    status, out, err = printed(capsys, "results", *data)
    assert (status, out) == (2, "")
    assert "Chưa có hội thi" in err
    played(tmp_path)
    played(tmp_path, "=1+1 <b>", right=False)
    status, out, _ = printed(capsys, "results", *data)
    assert status == 0
    assert out.startswith("# BIÊN BẢN KẾT QUẢ PHẦN THI\n\nLuật thi: Thi nhanh\n")
    assert "| 1 | =1+1 \\<b\\> | 0 | 0 |" in out
    for ending in ("html", "md", "csv"):
        target = tmp_path / f"biên bản.{ending}"
        status, out, _ = printed(capsys, "results", "--to", str(target), *data)
        assert (status, f"Đã ghi biên bản vào “{target}”" in out) == (0, True)
        assert "1+1" in target.read_text("utf-8")
    target.write_text("các đội của tôi", "utf-8")
    status, out, err = printed(capsys, "results", "--to", str(target), *data)
    assert (status, out) == (2, "")
    assert f"“{target}” đã có" in err
    assert "--force" in err
    assert target.read_text("utf-8") == "các đội của tôi"
    assert printed(capsys, "results", "--to", str(target), "--force", *data)[0] == 0
    assert "1+1" in target.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [("history", "--json", "--to"), ("history", "--csv", "--to"), ("group", "--to"), ("results", "--to")],
    ids=["history json", "history csv", "group", "results"],
)
def test_no_command_writes_over_what_is_there_unless_it_is_told_to(
    words: tuple[str, ...], capsys: CAPTURE, tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    played(tmp_path / "data")
    target = tmp_path / ("bảng" if "--csv" in words else "trang.html")
    kept = target
    if "--csv" in words:
        target.mkdir()
        kept = target / "của tôi.txt"
    kept.write_text("của tôi", "utf-8")
    status, out, err = printed(capsys, *words, str(target), *data)
    assert (status, out) == (2, "")
    assert "đã có" in err
    assert "--force" in err
    assert kept.read_text("utf-8") == "của tôi"
    assert printed(capsys, *words, str(target), "--force", *data)[0] == 0


def test_a_contest_is_named_by_the_start_of_its_id(capsys: CAPTURE, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    played(tmp_path)
    played(tmp_path, "Minh")
    ids = {
        one["players"][0]: one["id"]
        for one in json.loads(printed(capsys, "history", "--json", *data)[1])["contests"]
    }
    status, out, _ = printed(capsys, "results", ids["Lan"], *data)
    assert (status, "| Lan |" in out, "Minh" in out) == (0, True, False)
    status, out, err = printed(capsys, "results", "", *data)
    assert (status, out) == (2, "")
    assert "Có 2 hội thi" in err
    assert ids["Minh"] in err
    status, out, err = printed(capsys, "results", "zz\x1b", *data)
    assert (status, out) == (2, "")
    assert "Không có hội thi nào có mã bắt đầu bằng “zz" in err
    assert "\x1b" not in err


def test_a_sheet_that_cannot_be_made_is_one_sentence(capsys: CAPTURE, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    played(tmp_path)
    status, _, err = printed(capsys, "results", "--to", str(tmp_path / "a.pdf"), *data)
    assert (status, ".html, .md, .csv hoặc .xlsx" in err) == (2, True)
    status, _, err = printed(capsys, "results", "--to", str(tmp_path / "không" / "a.md"), *data)
    assert (status, "Không ghi được" in err) == (2, True)
    for broken in ("payload = '{'", "payload = json_remove(payload, '$.plan[0].item.options')"):
        with Store(tmp_path) as store:
            store.connection.execute(f"UPDATE events SET {broken} WHERE type = 'ContestOpened'")
            store.connection.commit()
        status, out, err = printed(capsys, "results", *data)
        assert (status, out) == (3, "")
        assert "không đọc được" in err
        assert err.count("\n") == 1
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        played(tmp_path)


def test_a_contest_of_many_teams_is_read_back_from_the_record(capsys: CAPTURE, tmp_path: Path) -> None:
    events = contest("chuan", 1)
    with Store(tmp_path) as store:
        store.append("dry", 0, events, fold(events))
    status, out, err = printed(capsys, "results", "dr", "--data", str(tmp_path))
    assert (status, err) == (0, "")
    assert out == to_markdown(gather(events))
    assert printed(capsys, "results", "--data", str(tmp_path))[1] == out
    assert "# BIÊN BẢN KẾT QUẢ HỘI THI" in out
    assert "Theo đồng hồ của máy: bắt đầu 2" in out
