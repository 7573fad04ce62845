"""Pages for paper: everything is there, and nothing in a text is acted on."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from trainer.bank.bank import open_bank
from trainer.bank.model import Situation
from trainer.cli import main
from trainer.exchange.marking_sheet import marking_sheet

SMALL = Path(__file__).parent.parent / "data" / "bank"


class Reader(HTMLParser):
    """Collects text and checks that tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def situation() -> Situation:
    item = open_bank([SMALL]).item("t-mo-ngo")
    assert isinstance(item, Situation)
    return item


def test_a_marking_sheet_holds_scene_criteria_and_key() -> None:
    reader = Reader()
    reader.feed(marking_sheet(situation()))
    assert reader.open == []
    shown = " ".join(reader.text.split())
    for wanted in (
        situation().prompt,
        situation().model_answer,
        "Căn cứ và thẩm quyền",
        "hiến đất là tự nguyện",
    ):
        assert " ".join(wanted.split()) in shown


def test_text_is_never_markup() -> None:
    hostile = situation()._replace(title="<script>alert(1)</script>", prompt="a < b & c > “d”")
    shown = marking_sheet(hostile)
    assert "<script>" not in shown
    assert "a &lt; b &amp; c &gt; “d”" in shown


def test_every_shipped_situation_prints() -> None:
    bank = open_bank()
    for entry in bank.entries("situation"):
        item = bank.item(entry.id)
        assert isinstance(item, Situation)
        assert len(marking_sheet(item)) > 2000


def test_the_command_writes_the_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "phiếu.html"
    bank = ["--bank", str(SMALL)]
    assert main(["situation", "t-mo-ngo", "--print", str(target), *bank]) == 0
    assert "Mở ngõ" in target.read_text("utf-8")
    assert str(target) in capsys.readouterr().out
    assert main(["situation", "--print", str(target), *bank]) == 2
    assert "mã tình huống" in capsys.readouterr().err
    assert main(["situation", "t-mo-ngo", "--print", str(tmp_path / "không" / "a.html"), *bank]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert list(tmp_path.glob("*.dang-ghi")) == []
