"""The boxes on the real driver: what input methods and hands send, in a burst and in pieces."""

from __future__ import annotations

import array
import fcntl
import json
import os
import random
import sys
import termios
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pexpect
import pyte
import pytest

from tests.program.terminal import WAIT_S, Terminal, environment
from trainer.typing.compose import Method, WordBuffer

WORDS = (
    "được tiếng Việt đoàn kết trường nghiệp khuỷu ngoằn ngoèo quyết dân vận khéo Đảng ủy phường "
    "giữ gìn giếng nước thuở xưa nguyễn khuyến khích hòa thuận chuyện nghiêng khuya quốc huyện "
    "ướt mượt yêu thương sản xuất ĐỒNG LÒNG Hội đồng hươu những quở trách huýt loằng ngoẵng "
    "xoong nồi quần chúng rất hữu ích"
)
END = " hết"
PHRASE = WORDS + END
_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def keys_of(text: str, method: Method) -> str:
    """Return the keys that a person strikes for a text."""
    if method is Method.TELEX:
        text = text.replace("oo", "ooo")
    words = []
    for word in text.split(" "):
        keys, tone = "", ""
        for sign in unicodedata.normalize("NFD", word):
            if sign in _VNI:
                tone = (_TELEX if method is Method.TELEX else _VNI)[sign]
            elif sign in _MARKS and method is Method.VNI:
                keys += _MARKS[sign]
            elif sign in _MARKS:
                keys += keys[-1].lower() if sign == "\u0302" else "w"
            elif sign in "đĐ":
                keys += {"đ": "d", "Đ": "D"}[sign] + ("d" if method is Method.TELEX else "9")
            else:
                keys += sign
        words.append(keys + tone)
    return " ".join(words)


def replayed(keys: str, method: Method, erase: bytes = b"\x7f") -> bytes:
    """Return what an input method of the system sends for keys: backspaces, then the new letters."""
    buffer, sent = WordBuffer(method), b""
    for key in keys:
        change = buffer.feed(key)
        sent += erase * change.remove + change.insert.encode()
    return sent


class Boxes(Terminal):
    """The two boxes on a pseudo-terminal."""

    def __init__(self, file: Path, method: str = "off") -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._file = file
        command = ["-W", "ignore", "-m", "tests.program.box_app", str(file), method]
        self.child = pexpect.spawn(
            sys.executable, command, dimensions=(24, 80), env=environment(), timeout=WAIT_S
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def sees(self, text: str, times: int = 1) -> None:
        self.wait(lambda screen: unicodedata.normalize("NFC", screen).count(text) >= times)

    def pieces(self, data: bytes, sizes: Iterator[int]) -> None:
        """Send bytes in pieces, each when the program has read the one before."""
        terminal = os.open(f"/proc/{self.child.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        waiting = array.array("i", [0])
        try:
            while data:
                size = next(sizes)
                self.press(data[:size])
                data = data[size:]
                limit = time.monotonic() + WAIT_S
                while True:
                    fcntl.ioctl(terminal, termios.FIONREAD, waiting)
                    if not waiting[0]:
                        break
                    assert time.monotonic() < limit
                    self._read(0)
        finally:
            os.close(terminal)

    def report(self) -> dict[str, Any]:
        """End the program and return what stood in the boxes."""
        self.press(b"\x1b[21~")
        assert self.end() == 0
        report: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        return report


def sizes_of(size: int) -> Iterator[int]:
    """Return piece sizes: always the same, or for 0 any of 1 to 3."""
    chance = random.Random(20)
    while True:
        yield size or chance.randint(1, 3)


@pytest.mark.parametrize("pieces", [None, 1, 2, 3, 0], ids=["burst", "1", "2", "3", "mixed"])
@pytest.mark.parametrize(
    ("sent_by", "erase"), [("telex", b"\x7f"), ("vni", b"\x08")], ids=["telex-7f", "vni-08"]
)
def test_an_input_method_of_the_system(
    tmp_path: Path, sent_by: str, erase: bytes, pieces: int | None
) -> None:
    method = Method.named(sent_by)
    stream = replayed(keys_of(PHRASE, method), method, erase)
    both = stream + b"\t" + stream
    assert both.count(erase) > 100
    with Boxes(tmp_path / "boxes.json") as terminal:
        terminal.sees("sẵn sàng 0")
        if pieces is None:
            terminal.press(both)
        else:
            terminal.pieces(both, sizes_of(pieces))
        terminal.sees(END, times=2)
        report = terminal.report()
    assert report["line"].split(" ") == PHRASE.split(" ")
    assert report["text"].split(" ") == PHRASE.split(" ")


@pytest.mark.parametrize("pieces", [None, 0], ids=["burst", "mixed"])
@pytest.mark.parametrize("name", ["telex", "vni"])
def test_the_built_in_methods(tmp_path: Path, name: str, pieces: int | None) -> None:
    method = Method.named(name)
    both = f"{keys_of(PHRASE, method)}\t{keys_of(PHRASE, method)}"
    assert both.isascii()
    with Boxes(tmp_path / "boxes.json", name) as terminal:
        terminal.sees("sẵn sàng 0")
        if pieces is None:
            terminal.press(both)
        else:
            terminal.pieces(both.encode(), sizes_of(pieces))
        terminal.sees(END, times=2)
        report = terminal.report()
    assert report["line"].split(" ") == PHRASE.split(" ")
    assert report["text"].split(" ") == PHRASE.split(" ")


def test_a_system_input_method_on_top_of_the_built_in_one(tmp_path: Path) -> None:
    stream = replayed(keys_of(PHRASE, Method.TELEX), Method.TELEX)
    with Boxes(tmp_path / "boxes.json", "telex") as terminal:
        terminal.sees("sẵn sàng 0")
        terminal.press(stream + b"\t" + stream)
        terminal.sees(END, times=2)
        report = terminal.report()
    assert report["line"].split(" ") == PHRASE.split(" ")
    assert report["text"].split(" ") == PHRASE.split(" ")


@pytest.mark.parametrize("name", ["off", "telex"])
def test_letters_after_enter_do_not_slip_into_the_answer(tmp_path: Path, name: str) -> None:
    words = ["được", "tiếng Việt", "đoàn kết", "trường", "nghiệp", "khuỷu", "quyết"]
    with Boxes(tmp_path / "boxes.json", name) as terminal:
        terminal.sees("sẵn sàng 0")
        for number, word in enumerate(words, 1):
            keys = keys_of(word, Method.TELEX)
            stream = replayed(keys, Method.TELEX) if name == "off" else keys.encode()
            terminal.press(stream + "\rsờ\x7f\x7f\x08\rz".encode())
            terminal.sees(f"sẵn sàng {number}")
            terminal.press(b"\x1b[20~")
            terminal.sees(f"mở {number}")
        report = terminal.report()
    assert report["lines"] == words
    assert report["line"] == ""


def test_a_large_paste_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with Boxes(tmp_path / "boxes.json", "telex") as terminal:
        terminal.sees("sẵn sàng 0")
        for keys in (b"", b"\t"):
            terminal.press(keys + b"\xff\xfe\xe1\xbb\x1b[200~")
            for _ in range(50):
                terminal.pieces("dân vận\u202e \x9b".encode() * 200, iter([4000] * 9))
            terminal.press(b"\x1b[201~")
            terminal.press(b"\x1b[F" + b"\x7f" * 9 + "đoàn kết.".encode())
        terminal.sees("đoàn kết.", times=2)
        report = terminal.report()
    assert len(report["line"]) == 400
    assert len(report["text"]) == 20_000
    assert not set(report["line"] + report["text"]) & set("\u202e\x9b\x1b")


def test_textual_s_own_boxes_still_need_the_guard(tmp_path: Path) -> None:
    """When this fails, Textualize/textual#6605 is fixed and the boxes may handle fewer keys."""
    stream = replayed(keys_of(PHRASE, Method.TELEX), Method.TELEX)
    with Boxes(tmp_path / "boxes.json", "stock") as terminal:
        terminal.sees("sẵn sàng 0")
        terminal.press(stream + b"\r")
        terminal.sees("sẵn sàng 1")
        report = terminal.report()
    assert report["lines"] != [PHRASE]
