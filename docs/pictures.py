"""Makes the pictures of the README and the docs from the fixtures.

python docs/pictures.py
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from evaluator import Settings
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"


async def make_run(out: Path) -> str:
    """Evaluate the fixtures; gives the identity of the report to show."""
    settings = Settings(reader="rules", offline=True, snapshots=ROOT / "fixtures" / "portfolios")
    async with Session(settings) as session:
        await Runner(session, out).run(expand(["fixtures/resumes"]))
        return (
            await session.evaluate_input(
                load_input(ROOT / "fixtures" / "resumes" / "amara-diallo.pdf")
            )
        ).id


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    os.chdir(ROOT)  # so that the table shows paths as the README's commands give them
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        shown = asyncio.run(make_run(out))
        with sync_playwright() as player:
            browser = player.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1100, "height": 860})
            page.goto((out / "reports" / f"{shown}.html").as_uri())
            page.screenshot(path=IMAGES / "report.png")
            page.goto((out / "index.html").as_uri())
            page.screenshot(path=IMAGES / "run.png")
            browser.close()


if __name__ == "__main__":
    main()
