"""The pages in a real browser: nothing runs, nothing leaves, nothing overflows."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from evaluator import Evaluator, Settings
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.render.html import render_html

from ..conftest import PORTFOLIOS, RESUMES
from .test_rendering import HOSTILE, poisoned

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")

    async def run() -> None:
        settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
        async with Evaluator(settings) as evaluator:
            await Runner(evaluator, out).run(expand([str(RESUMES)]))
            report = await evaluator.evaluate(RESUMES / "ines-carrasco.html")
            for number, text in enumerate(HOSTILE):
                (out / f"hostile-{number}.html").write_text(
                    render_html(poisoned(report, text)), encoding="utf-8", errors="replace"
                )

    asyncio.run(run())
    return out


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Browser]:
    """After the pages are made: the player runs an event loop of its own in this thread."""
    path = shutil.which("chromium")
    assert path, "Debian's chromium is needed: apt-get install chromium"
    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text))
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else problems.append(request.url)
        ),
    )
    opened.on("dialog", lambda dialog: problems.append(dialog.message))
    yield opened
    opened.close()
    assert problems == []


@pytest.mark.parametrize("width", [390, 1200])
def test_pages_fit_phone_and_desk(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in (folder / "index.html", next((folder / "reports").glob("*.html"))):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("document.querySelectorAll('h1').length") == 1


def test_a_mark_and_a_row_open_the_report(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert page.locator("svg a").count() == 27
    assert page.locator("tbody tr").count() == 27
    page.get_by_role("link", name="Amara Diallo", exact=True).click()
    assert page.locator("h1").inner_text() == "Amara Diallo"
    page.go_back()
    page.locator("svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*.html")


def test_evidence_opens_by_keyboard(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Amara Diallo", exact=True).click()
    closed = page.query_selector("details:not([open]) summary")
    assert closed is not None
    closed.focus()
    page.keyboard.press("Enter")
    assert closed.evaluate("e => e.parentElement.open")


def test_the_quadrant_is_drawn_and_not_printed_as_source(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert "<svg" not in page.inner_text("body")
    box = page.locator("svg").first.bounding_box()
    assert box is not None
    assert box["width"] > 300


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_stay_texts_in_a_browser(page: Page, folder: Path, number: int) -> None:
    page.goto((folder / f"hostile-{number}.html").as_uri())
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.images.length") == 0
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => ![...e.attributes].some(a => a.name.startsWith('on')))"
    )
    shown = "".join(c for c in HOSTILE[number] if c.isalnum() and c.isascii())
    body = page.evaluate("document.body.textContent")
    assert shown[:12] in "".join(c for c in body if c.isalnum())
