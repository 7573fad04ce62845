from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "tests", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own data, cache or time zone."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    monkeypatch.delenv("DANVAN_DATA", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
