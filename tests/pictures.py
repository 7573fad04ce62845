"""``python -m tests.pictures``: the README's pictures, drawn from the real screens and the shipped bank."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.helpers import ROOT, app_with
from tests.tui import test_screens as screens
from tests.tui.drive import settle
from trainer.bank.bank import shipped_bank

PICTURES: dict[str, screens.Drive] = {
    "trang-chu": screens.home_after_a_round,
    "cau-hoi": screens.wrong,
    "tinh-huong": screens.marking,
    "ket-qua": screens.results,
}
SIZE = (100, 30)


async def picture(drive: screens.Drive) -> str:
    """Return one screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        app, clock = app_with(Path(folder), banks=[shipped_bank()])
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await drive(app, pilot, clock)
            await settle(pilot, 6)
            return app.export_screenshot()


def main() -> None:
    """Write every picture to ``.github/``."""
    folder = ROOT / ".github"
    folder.mkdir(exist_ok=True)
    for name, drive in PICTURES.items():
        (folder / f"{name}.svg").write_text(asyncio.run(picture(drive)), "utf-8")


if __name__ == "__main__":
    main()
