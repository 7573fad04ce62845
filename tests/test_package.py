"""The wheel: it carries the bank, and runs from any folder without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT
from trainer.bank.bank import open_bank, shipped_bank


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which nothing but the built wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("danvan_trainer-*.whl")
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder / "lib")]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return folder / "lib"


def run(library: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program from another folder."""
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        env={**os.environ, "PYTHONPATH": str(library)},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_installed_program_finds_its_own_bank(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "bank", "--json")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    here = open_bank().counts
    assert (counts["questions"], counts["quotations"], counts["situations"]) == here[:3]


def test_the_installed_bank_is_the_checkout_s(installed: Path) -> None:
    shipped = {path.relative_to(shipped_bank()): path.read_bytes() for path in shipped_bank().rglob("*.yaml")}
    folder = installed / "trainer" / "questions"
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")} == shipped


def test_styles_of_the_screens_are_installed(installed: Path) -> None:
    styles = {path.name for path in (ROOT / "trainer" / "tui").rglob("*.tcss")}
    assert styles
    assert {path.name for path in (installed / "trainer" / "tui").rglob("*.tcss")} == styles
