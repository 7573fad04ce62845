"""The bank over several files, its compiled copy, and the shipped one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.helpers import ROOT, SMALL_BANK
from trainer.bank import copies
from trainer.bank.bank import open_bank, shipped_bank
from trainer.errors import BankError


def write(path: Path, ids: list[str], *, topic: str = "t") -> Path:
    items = "".join(
        f"- {{id: {name}, kind: true-false, prompt: Hỏi {name}?, answer: đúng, explanation: v, source: a, level: 1}}\n"
        for name in ids
    )
    path.write_text(f"topic: {topic}\nsources: {{a: {{title: b}}}}\nquestions:\n{items}", encoding="utf-8")
    # Old enough that its time alone tells that it did not change.
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_same_id_in_two_files_is_left_out_once(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", ["x", "y"])
    write(tmp_path / "b.yaml", ["y", "z"])
    bank = open_bank([tmp_path])
    assert [entry.id for entry in bank.entries()] == ["x", "y", "z"]
    (problem,) = bank.problems()
    assert (problem.code, Path(problem.file).name, problem.line) == ("duplicate-id", "b.yaml", 4)
    assert bank.counts.left_out == 1
    assert bank.counts.questions == 3


def test_one_broken_file_costs_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", ["x"])
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00\xd8")
    (tmp_path / "c.yaml").write_text("- [", encoding="utf-8")
    bank = open_bank([tmp_path])
    assert bank.counts.questions == 1
    assert bank.counts.errors >= 2


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_no_bank_is_one_sentence(tmp_path: Path, make: object) -> None:
    folder = tmp_path / "không có"
    make(folder)  # type: ignore[operator]
    with pytest.raises(BankError, match="không có"):
        open_bank([folder])


# --- the compiled copy -------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are really read."""
    from trainer.bank import files

    read: list[str] = []
    real = files.read_file

    def counting(path: Path) -> files.FileContent:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(files, "read_file", counting)
    return read


def age_copy(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the copy was made well after the files were written."""
    monkeypatch.setattr(copies, "RACY_NS", -(10**18))


def test_an_unchanged_bank_is_not_read_again(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.yaml", ["x"])
    write(tmp_path / "b.yaml", ["y"])
    cache = tmp_path / "cache"
    first = open_bank([tmp_path], cache)
    age_copy(cache, monkeypatch)
    second = open_bank([tmp_path], cache)
    assert counted == ["a.yaml", "b.yaml"]
    assert second.counts == first.counts
    assert list(second.items()) == list(first.items())


def test_only_changed_files_are_read_again(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.yaml", ["x"])
    write(tmp_path / "b.yaml", ["y"])
    cache = tmp_path / "cache"
    open_bank([tmp_path], cache)
    age_copy(cache, monkeypatch)
    write(tmp_path / "b.yaml", ["y", "z"])
    write(tmp_path / "c.yaml", ["w"])
    counted.clear()
    bank = open_bank([tmp_path], cache)
    assert counted == ["b.yaml", "c.yaml"]
    assert [entry.id for entry in bank.entries()] == ["x", "y", "z", "w"]
    counted.clear()
    (tmp_path / "a.yaml").unlink()
    assert [entry.id for entry in open_bank([tmp_path], cache).entries()] == ["y", "z", "w"]
    assert counted == []


def test_a_file_changed_within_the_clock_s_grain_is_seen(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", ["x"])
    cache = tmp_path / "cache"
    assert [entry.id for entry in open_bank([tmp_path], cache).entries()] == ["x"]
    write(path, ["y"])  # same size, same time
    assert [entry.id for entry in open_bank([tmp_path], cache).entries()] == ["y"]


def test_a_new_version_throws_the_copy_away(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.yaml", ["x"])
    cache = tmp_path / "cache"
    open_bank([tmp_path], cache)
    age_copy(cache, monkeypatch)
    monkeypatch.setattr("trainer.__version__", "99")
    open_bank([tmp_path], cache)
    assert counted == ["a.yaml", "a.yaml"]


def test_a_damaged_copy_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.yaml", ["x", "y"])
    cache = tmp_path / "cache"
    whole = list(open_bank([tmp_path], cache).items())
    age_copy(cache, monkeypatch)
    (copy,) = cache.glob("bank-*.json")
    good = copy.read_bytes()
    for place in range(0, len(good), 7):
        copy.write_bytes(good[:place] + bytes([good[place] ^ 0x15]) + good[place + 1 :])
        assert list(open_bank([tmp_path], cache).items()) == whole, place
    for end in range(0, len(good), 11):
        copy.write_bytes(good[:end])
        assert list(open_bank([tmp_path], cache).items()) == whole, end


def test_without_a_cache_folder_everything_works(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", ["x"])
    not_a_folder = tmp_path / "a.yaml" / "cache"
    assert open_bank([tmp_path / "a.yaml"], not_a_folder).counts.questions == 1


def test_a_damaged_item_found_late_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.yaml", ["x"])
    cache = tmp_path / "cache"
    open_bank([tmp_path], cache)
    age_copy(cache, monkeypatch)
    bank = open_bank([tmp_path], cache)
    (copy,) = cache.glob("bank-*.json")
    raw = copy.read_bytes()
    place = raw.index("Hỏi".encode())
    with copy.open("r+b") as file:
        file.seek(place)
        file.write(b"Xxx")
    assert bank.item("x").id == "x"


# --- the shipped bank --------------------------------------------------------------------------


def test_the_shipped_bank_has_no_error() -> None:
    bank = open_bank()
    assert [str(problem) for problem in bank.problems() if problem.severity == "error"] == []


def test_the_shipped_bank_is_large_enough() -> None:
    counts = open_bank().counts
    assert counts.questions >= 150
    assert len(counts.by_topic) >= 8
    assert counts.quotations >= 40
    assert counts.situations >= 12


def test_every_shipped_item_can_be_built() -> None:
    bank = open_bank()
    assert len(list(bank.items())) == sum(
        (bank.counts.questions, bank.counts.quotations, bank.counts.situations, bank.counts.retired)
    )


def bank_yaml(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.parent.name != "rules")


@pytest.mark.parametrize(
    "path", [*bank_yaml(shipped_bank()), *bank_yaml(SMALL_BANK)], ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_schema_for_editors_agrees_with_the_reader(path: Path) -> None:
    schema = json.loads((ROOT / "questions" / "schema.json").read_text(encoding="utf-8"))
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    jsonschema.validate(data, schema)
