"""The run's page with 2,000 candidates in a real browser: bytes, first paint, and one keystroke of a filter.

python -m benchmarks.pages [--candidates 2000]
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.render.run_page import render_index
from evaluator.render.table import Row

ROOT = Path(__file__).resolve().parents[1]
RESUMES, PORTFOLIOS = ROOT / "fixtures" / "resumes", ROOT / "fixtures" / "portfolios"
FILTER = """(words) => {
  const box = document.querySelector('#filters').q;
  box.value = words;
  const start = performance.now();
  box.dispatchEvent(new Event('input', {bubbles: true}));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


async def reports() -> list[CandidateReport]:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
    async with Evaluator(settings) as evaluator:
        return [await evaluator.evaluate(path) for path in sorted(RESUMES.iterdir())]


def many(found: list[CandidateReport], candidates: int) -> list[Row]:
    """The fixtures again and again under other names."""
    rows = []
    for number in range(candidates):
        report = found[number % len(found)]
        name = f"{report.candidate.name} {number // len(found)}"
        changed = report.candidate.model_copy(update={"name": name})
        rows.append(
            Row(
                id=f"{number:016x}",
                source=f"pool/{number:05}.pdf",
                status="done",
                reason="",
                report=report.model_copy(update={"candidate": changed}),
            )
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=2_000)
    rows = many(asyncio.run(reports()), parser.parse_args().candidates)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        path = Path(folder) / "index.html"
        path.write_text(render_index(rows), encoding="utf-8")
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        paints, filters = [], []
        for _ in range(5):
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            paints.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            )
            for words in ("a", "am", "amara", ""):
                page.wait_for_timeout(200)  # nobody types faster
                filters.append(page.evaluate(FILTER, words))
            page.close()
        browser.close()
        print(f"{len(rows):,} candidates")
        print(f"  page         {path.stat().st_size / 1e6:.2f} MB (at most 3)")
        print(f"  first paint  {min(paints):.0f} to {max(paints):.0f} ms (at most 1,000)")
        print(
            f"  filter       {sorted(filters)[len(filters) // 2]:.0f} ms, at most {max(filters):.0f} (at most 50)"
        )


if __name__ == "__main__":
    main()
