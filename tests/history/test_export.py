"""Everything to take along: readable by programs and spreadsheets, no formula among it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.plays import History, Reply, Round, play, play_situation
from trainer.errors import StorageBusyError
from trainer.history.export import SHEETS, csv_lines, rows_of, safe, write_csv, write_json


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "data")
    made.add_player("p1", '=cmd|"/c calc"!A1')
    made.add_player("p2", "Hoa, “Bình”")
    play(made, Round("c1", 0, (Reply(0), Reply(1), Reply(None), Reply(0)), ("p1", "p2")))
    play_situation(made)
    made.db.execute("INSERT INTO flags VALUES ('p2', 'q1', 'doubt', '+84', '2026-11-24')")
    return made


def test_json_holds_everything_with_its_events(history: History, tmp_path: Path) -> None:
    data = json.loads(write_json(history.db, tmp_path / "all.json").read_text("utf-8"))
    assert (data["format"], data["version"]) == ("danvan-history", 1)
    assert [row["name"] for row in data["players"]] == ['=cmd|"/c calc"!A1', "Hoa, “Bình”"]
    assert len(data["attempts"]) == 5
    assert data["attempts"][0]["chosen"] == "ý 0"
    assert data["attempts"][0]["taken"].startswith("2026-11-24T08:30")
    assert len(data["events"]) == history.rows("SELECT count(*) FROM events")[0][0]
    assert data["events"][0]["data"]["contest"] == "c1"
    assert {sheet.name for sheet in SHEETS} <= data.keys()


def test_one_player_s_export_holds_nobody_else(history: History, tmp_path: Path) -> None:
    text = write_json(history.db, tmp_path / "one.json", "p1").read_text("utf-8")
    data = json.loads(text)
    assert "events" not in data
    assert "p2" not in text
    assert len(data["contests"]) == 2


def test_csv_opens_in_a_spreadsheet(history: History, tmp_path: Path) -> None:
    paths = write_csv(history.db, tmp_path / "csv")
    assert {path.stem for path in paths} == {*(sheet.name for sheet in SHEETS), "columns"}
    for path in paths:
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
    players = (tmp_path / "csv" / "players.csv").read_text("utf-8-sig")
    assert "'=cmd" in players
    columns = (tmp_path / "csv" / "columns.csv").read_text("utf-8-sig").splitlines()
    assert len(columns) == 1 + sum(len(sheet.columns) for sheet in SHEETS)
    assert not list((tmp_path / "csv").glob("*.part"))


def test_each_column_is_documented_and_filled(history: History) -> None:
    for sheet in SHEETS:
        assert all(sheet.columns.values())
        width = len(history.db.execute(sheet.query, {"player": ""}).description)
        assert width == len(sheet.columns), sheet.name
        assert set(sheet.times) <= set(sheet.columns)
        assert len(list(csv_lines(history.db, sheet.name))) == 1 + len(list(rows_of(history.db, sheet)))


@given(st.one_of(st.text(max_size=8), st.integers(), st.floats(allow_nan=False), st.none()))
def test_no_text_cell_begins_like_a_formula(value: object) -> None:
    cell = safe(value)
    if isinstance(value, str):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell.removeprefix("'") == value.removeprefix("'")
    elif value is not None:
        assert cell == value


def test_where_nothing_can_be_written_that_is_said(history: History, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageBusyError):
        write_csv(history.db, tmp_path / "file")
    with pytest.raises(StorageBusyError):
        write_json(history.db, tmp_path / "nowhere" / "x.json")
