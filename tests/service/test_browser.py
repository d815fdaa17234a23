"""The service in a real browser, at a desk and on a phone, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evaluator.service.configuration import ServiceSettings

from ..conftest import RESUMES
from ..render.test_browser import FLAGS
from ..servers.npm import installed
from ..servers.service import TOKEN, served

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"


@pytest.fixture(scope="module")
def browser(settings: ServiceSettings) -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Debian's chromium is needed: apt-get install chromium"
    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@contextmanager
def visiting(browser: Browser, settings: ServiceSettings, **options: Any) -> Iterator[Page]:
    """A page on which nothing may be said, fail, or be asked of another server."""
    context = browser.new_context(**options)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((settings.address, "data:"))
            else problems.append(request.url)
        ),
    )
    page.goto(f"{settings.address}?token={TOKEN}")
    yield page
    context.close()
    assert problems == []


def without_barriers(page: Page) -> None:
    # The page's own policy lets no script of a test in; the tool's way around it is evaluation.
    page.evaluate(installed("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        f"axe.run({{runOnly: {RULES}}}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
    )
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    assert page.locator("h1").count() == 1, page.url


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_from_the_runs_to_a_candidate_and_a_comparison(
    browser: Browser, settings: ServiceSettings, width: int, scheme: Any
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with visiting(browser, settings, **look) as page:
        without_barriers(page)
        page.get_by_role("link", name="autumn").click()
        without_barriers(page)
        first = page.locator("[data-item]").first.bounding_box()
        assert first is not None
        assert first["y"] < 600
        page.get_by_label("Track").select_option("dual")
        page.wait_for_url("**/runs/autumn?track=dual")
        expect(page.locator("[data-item]")).to_have_count(3)
        page.get_by_label("Search evidence and resumes").fill("who ran GPU clusters?")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.locator("mark").first).to_have_text("GPU")
        without_barriers(page)
        page.get_by_role("link", name="Wei Zhang", exact=True).first.click()
        expect(page.locator("h1")).to_have_text("Wei Zhang")
        without_barriers(page)
        page.get_by_role("link", name="in the resume").first.click()
        expect(page.locator(":target")).to_be_visible()
        page.locator("nav.top").get_by_role("link", name="autumn").click()
        page.get_by_role("link", name="Clear all").click()
        page.get_by_label("Compare Wei Zhang").check()
        expect(page.locator("[data-compare]")).to_be_disabled()
        page.get_by_label("Compare Amara Diallo").check()
        page.locator("[data-compare]").click()
        expect(page.locator("h1")).to_have_text("2 candidates side by side")
        without_barriers(page)
        page.get_by_role("button", name="Blind mode off").click()
        expect(page.locator("thead")).not_to_contain_text("Zhang")
        for path in ("glossary", "new", "runs/autumn/failed", "runs/autumn/add", "runs/autumn/progress"):  # fmt: skip
            page.goto(settings.address + path)
            without_barriers(page)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_an_item_is_struck_a_candidate_decided_and_the_list_shows_it(
    browser: Browser, runs: Path, tmp_path: Path, width: int, scheme: Any
) -> None:
    shutil.copytree(runs, tmp_path / "runs")
    look: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with served(tmp_path / "runs") as settings, visiting(browser, settings, **look) as page:
        page.goto(f"{settings.address}runs/autumn")
        page.get_by_role("link", name="Wei Zhang", exact=True).first.click()
        page.get_by_label("Who reviews?").fill("Ana Ruiz")
        page.get_by_role("button", name="Start reviewing").click()
        item = page.locator("blockquote").first
        page.locator("summary", has_text="Strike or dispute").first.click()
        page.get_by_label("Why").and_(page.locator(":visible")).fill("The words of a course")
        without_barriers(page)
        page.get_by_role("button", name="Strike", exact=True).and_(page.locator(":visible")).click()
        expect(item).to_have_class("struck")
        expect(item).to_be_in_viewport()
        panel = page.get_by_role("region", name="Review", exact=True)
        expect(panel.get_by_role("row")).to_have_count(3)
        expect(panel.get_by_role("listitem").first).to_contain_text("The words of a course")
        panel.get_by_label("maybe", exact=True).check()
        panel.get_by_role("button", name="Decide", exact=True).click()
        expect(panel).to_contain_text("you decided")
        without_barriers(page)
        page.keyboard.press("n")
        expect(page.locator("h1")).not_to_have_text("Wei Zhang")
        page.keyboard.press("u")
        expect(page.locator("[data-item]", has_text="Wei Zhang")).to_contain_text("maybe")
        page.get_by_label("Decision").select_option("undecided")
        expect(page.locator("[data-item]")).to_have_count(3)


def test_keys_walk_the_list_and_the_candidates(browser: Browser, settings: ServiceSettings) -> None:
    with visiting(browser, settings) as page:
        page.goto(f"{settings.address}runs/autumn")
        names = page.locator("[data-open]").all_inner_texts()
        for key in ("j", "ArrowDown", "k", "j", "x"):
            page.keyboard.press(key)
        expect(page.locator("[data-open]").nth(1)).to_be_focused()
        assert page.locator("[data-item] input:checked").count() == 1
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(names[0])
        page.keyboard.press("j")
        expect(page.locator("h1")).to_have_text(names[1])
        page.keyboard.press("ArrowLeft")
        expect(page.locator("h1")).to_have_text(names[0])
        page.keyboard.press("u")
        page.wait_for_url("**/runs/autumn")
        page.keyboard.press("/")
        page.keyboard.type("jku")
        expect(page.get_by_label("Search evidence and resumes")).to_have_value("jku")
        page.get_by_label("Keyboard shortcuts").uncheck()
        page.keyboard.press("Escape")
        page.locator("h1").click()
        page.keyboard.press("u")
        assert page.url.endswith("/runs/autumn")


def test_without_a_script_everything_is_reached(
    browser: Browser, settings: ServiceSettings
) -> None:
    with visiting(browser, settings, java_script_enabled=False) as page:
        page.get_by_role("link", name="autumn").click()
        page.get_by_label("Ops at least").select_option("strong")
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url("**/runs/autumn?ops=3")
        for name in ("Wei Zhang", "Amara Diallo"):
            page.get_by_label(f"Compare {name}").check()
        page.get_by_role("button", name="Compare the selected").click()
        expect(page.locator("h1")).to_have_text("2 candidates side by side")


def test_files_are_dropped_and_watched_until_they_are_read(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path) as settings, visiting(browser, settings) as page:
        page.get_by_role("link", name="New run from resumes").click()
        page.get_by_label("Name of the run").fill("Today")
        page.get_by_label("Drop resumes here").set_input_files(
            [RESUMES / "wei-zhang.md", RESUMES / "owen-pryce.md"]
        )
        expect(page.locator(".drop")).to_contain_text("2 files chosen")
        page.get_by_role("button", name="Upload and read").click()
        expect(page.locator("#progress")).to_contain_text("Done: 2 of 2", timeout=20_000)
        page.get_by_role("link", name="See the candidates").click()
        expect(page.locator("[data-item]")).to_have_count(2)


def test_hostile_texts_run_nothing(browser: Browser, hostile: Path) -> None:
    with served(hostile) as settings, visiting(browser, settings) as page:
        page.get_by_role("link", name="<b>run").click()
        expect(page.locator("[data-open]").first).to_be_visible()
        assert page.evaluate("document.scripts.length") == 1
        page.locator("[data-open]").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.scripts.length") == 1
        assert page.evaluate("document.images.length") == 0
