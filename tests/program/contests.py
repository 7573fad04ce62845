"""Whole contests on pseudo-terminals: which ones, and whether the biên bản agrees with the script's own count."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from tests.helpers import ROOT
from tests.program import hall_bank
from tests.program.hall_count import Count, count, read_rules
from tests.program.hall_driver import Hall
from tests.program.hall_screen import nfc
from tests.program.terminal import run

NAMES = (
    *("Hoa Sen", "Tre Xanh", "Sao Mai", "Lúa Vàng", "Sông Hồng"),
    *("Ba Đình", "Mỹ Đình", "Cầu Diễn", "Tây Mỗ", "Xuân Phương"),
)
FORMATS = (".csv", ".md", ".html", ".xlsx")
FEW_KILLS = 3
_HIGH = {"Hoa Sen": 1.0, "Tre Xanh": 1.0}
_TWINS = {"Tre Xanh": "Hoa Sen"}


class Spec(NamedTuple):
    """A contest to run.

    Attributes:
        teams: How many in the whole contest.
        few: How many in the short one.
        shorter: Part (-1: the whole) -> what the short one's rules change.
        twins: Team -> team that it answers like, so that they end level.
        kills: (stage, how many-th time) at which the program is killed; the short one is killed
            at the first :data:`FEW_KILLS` only, each start costs as much as a question.
        deeds: (stage, how many-th time) -> correction.
    """

    teams: int
    few: int
    shorter: Mapping[int, Mapping[str, Any]]
    skill: Mapping[str, float]
    twins: Mapping[str, str]
    kills: tuple[tuple[str, int], ...]
    deeds: Mapping[tuple[str, int], str]


SPECS: dict[str, Spec] = {
    "chuan": Spec(
        10,
        5,
        {0: {"count": 4}},
        _HIGH,
        _TWINS,
        (("clock", 3), ("mark", 5), ("tie", 1), ("read", 2), ("full", 3), ("speak", 2)),
        {
            ("full", 1): "undo_answer",
            ("on", 2): "undo_reveal",
            ("closed", 2): "replace",
            ("on", 4): "change_and_undo",
            ("publish", 3): "change",
        },
    ),
    "boc-goi": Spec(
        6,
        3,
        {0: {"count": 2}},
        {},
        {},
        (("draw", 2), ("confer", 1), ("clock", 2), ("mark", 2), ("finish", 1)),
        {("full", 2): "undo_answer", ("closed", 3): "skip_and_undo", ("finish", 1): "level"},
    ),
    "gio-bien": Spec(
        6,
        10,
        {0: {"count": 6, "audience_every": 3}},
        _HIGH,
        _TWINS,
        (("full", 1), ("buzz", 1), ("clock", 1), ("closed", 2), ("tie", 1), ("floor", 1)),
        {
            ("read", 2): "replace",
            ("closed", 4): "skip",
            ("full", 2): "undo_answer",
            ("on", 3): "change",
            ("on", 5): "undo_reveal",
        },
    ),
    "rung-chuong": Spec(
        10,
        5,
        {0: {"count": 8, "rescue_from": 4, "rescue_left": 40, "later_seconds": {5: 30}}},
        {**dict.fromkeys(NAMES, 0.3), **_HIGH},
        _TWINS,
        (("read", 3), ("clock", 2), ("closed", 4), ("tie", 1)),
        {("closed", 1): "skip_and_undo", ("on", 2): "undo_reveal", ("read", 4): "skip"},
    ),
    "ngoi-sao": Spec(
        6,
        4,
        {0: {"count": 2}},
        {},
        {},
        (("take", 2), ("floor", 2), ("finish", 1), ("clock", 1), ("buzz", 1), ("late", 1)),
        {("closed", 2): "skip_and_undo", ("on", 4): "undo_reveal", ("finish", 1): "level"},
    ),
    "chi-tinh-huong": Spec(
        5,
        3,
        {-1: {"ties": ["judges"]}},
        {},
        _TWINS,
        (("ask", 2), ("order", 1), ("think", 1), ("mark", 2), ("publish", 3)),
        {("confer", 2): "replace", ("publish", 1): "change_and_undo", ("on", 2): "undo_reveal"},
    ),
}


def kills_of(name: str, *, short: bool) -> list[tuple[str, int]]:
    """Return where a contest is killed."""
    if short:
        return list(SPECS[name].kills[:FEW_KILLS])
    return [each for each in SPECS[name].kills if each[0] != "order"]  # a question breaks the tie there


def play(name: str, folder: Path, *, short: bool, any_time: float = 0) -> Hall:
    """Run one contest to its end."""
    spec = SPECS[name]
    bank = folder / "bank"
    known = hall_bank.write(bank)
    rules = ROOT / "questions" / "rules" / f"{name}.yaml"
    if short:
        data = read_rules(rules)
        for part, changes in spec.shorter.items():
            (data["parts"][part] if part >= 0 else data).update(changes)
        rules = bank / "rules" / f"{name}.yaml"
        rules.parent.mkdir()
        rules.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    teams = NAMES[: spec.few if short else spec.teams]
    hall = Hall(
        folder / "data",
        bank,
        known,
        rules,
        teams,
        skill=spec.skill,
        twins=spec.twins,
        kills=kills_of(name, short=short),
        deeds=spec.deeds,
        any_time=any_time,
    )
    hall.run()
    return hall


def check(hall: Hall, folder: Path) -> Count:
    """Compare the biên bản in every format, and what was announced, with the script's own count."""
    for ending in FORMATS:
        done = run("results", "--to", folder / f"bien-ban{ending}", "--data", hall.folder)
        assert done.returncode == 0, done.stderr.decode()
    verified = run("history", "--verify", "--data", hall.folder)
    assert verified.returncode == 0, verified.stdout.decode()
    text = nfc((folder / "bien-ban.csv").read_text("utf-8-sig"))
    rows = list(csv.DictReader(io.StringIO(text)))
    times: dict[str, int] = dict.fromkeys(hall.teams, 0)
    ties = {item.code for item in hall.log.items if item.role == "tie"}
    for row in rows:
        if row["Kết quả"] == "Đúng" and row["Mã câu"] not in ties:
            times[row["Đội"]] += int(row["Thời gian (phần nghìn giây)"] or 0)
    counted = count(hall.log, hall.rules, times)
    said: dict[tuple[str, str], int] = {}
    parts = {team: [0] * len(hall.rules["parts"]) for team in hall.teams}
    for row in rows:
        team = row["Đội"]
        assert int(row["Tổng điểm"]) == counted.total[team], row
        assert int(row["Hạng"]) == counted.rank[team], row
        assert row["Giải"] == counted.prize[team], row
        if row["Mã câu"]:
            assert (team, row["Mã câu"]) not in said, row
            said[team, row["Mã câu"]] = int(row["Điểm"])
            if found := re.match(r"Phần (\d+)\.", row["Phần"]):
                parts[team][int(found.group(1)) - 1] += int(row["Điểm"])
    assert said == counted.rows
    assert parts == counted.parts
    by_hand = [int(row["Điểm"]) for row in rows if row["Phần"] == "Điều chỉnh điểm"]
    assert sorted(by_hand) == sorted(points for _, _, points in hall.log.by_hand)
    assert all(row["Ghi chú"] == "bo sung" for row in rows if row["Phần"] == "Điều chỉnh điểm")
    for team in hall.teams:
        assert sum(int(row["Điểm"]) for row in rows if row["Đội"] == team) == counted.total[team]
    places = [
        (counted.rank[team], team, counted.total[team], counted.prize[team])
        for team in sorted(hall.teams, key=lambda team: counted.rank[team])
    ]
    assert sorted(hall.announced) == sorted(place[:3] for place in places)
    _check_tables(folder, places)
    return counted


def _check_tables(folder: Path, places: list[tuple[int, str, int, str]]) -> None:
    """Compare the table of places in the formats that people read."""
    markdown = nfc((folder / "bien-ban.md").read_text("utf-8"))
    page = nfc((folder / "bien-ban.html").read_text("utf-8"))
    book = openpyxl.load_workbook(folder / "bien-ban.xlsx", read_only=True)
    cells = [
        tuple("" if value is None else nfc(str(value)) for value in row)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    book.close()
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in markdown.splitlines()
        if line.startswith("|")
    ]
    html = [
        [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)
    ]
    for rank, team, total, prize in places:
        for where in (lines, html, cells):
            assert any(
                len(row) > 4 and row[0] == str(rank) and row[1] == team and str(total) in row and prize in row
                for row in where
            ), (rank, team, total, prize)
