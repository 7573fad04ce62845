"""The command line: what each command prints, and one sentence for every mistake."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT, SMALL_BANK
from tests.program.terminal import run
from trainer.cli import main
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


@pytest.mark.parametrize("arguments", [["history"], ["bank"], ["check"], ["--help"]])
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
