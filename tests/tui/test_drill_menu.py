"""“Việc khác” in the group drill: appeals, other answers, judgements, teams that leave, prizes, the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.contest import naive
from tests.helpers import Clock, screen_text
from tests.tui.drive import settle
from tests.tui.hall_keys import hall, open_hall, play, press
from trainer.contest.session import Session
from trainer.contest.state import State
from trainer.contest.taking_part import drill_of, on_floor
from trainer.exchange.result_rows import gather
from trainer.exchange.result_sheet import to_markdown
from trainer.tui.app import DanvanApp
from trainer.tui.drill import DrillScreen


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")
