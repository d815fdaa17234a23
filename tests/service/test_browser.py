"""The service in a real browser, at a desk and on a phone, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from evaluator.service.configuration import ServiceSettings

from ..conftest import RESUMES
from ..render.test_browser import FLAGS
from ..servers.npm import installed
from ..servers.service import TOKEN, served

# What a browser asks for is asked for without one in the other modules.
pytestmark = pytest.mark.no_cover
LABELLED = RESUMES.parent / "labelled"
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


def with_filters(page: Page) -> Page:
    """The list with its filters open, which a phone keeps out of the way."""
    summary = page.get_by_text("Filters and order")
    if summary.is_visible():
        summary.click()
    return page


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
        with_filters(page).get_by_label("Track").select_option("dual")
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
        page.get_by_role("button", name="Hide names").click()
        expect(page.locator("thead")).not_to_contain_text("Zhang")
        expect(page.get_by_role("button", name="Show names")).to_be_visible()
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
        with_filters(page).get_by_label("Decision").select_option("undecided")
        expect(page.locator("[data-item]")).to_have_count(3)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_name_of_an_opening_is_told_whole(browser: Browser, runs: Path, width: int) -> None:
    look: dict[str, Any] = {"viewport": {"width": width, "height": 900}}
    with served(runs) as settings, visiting(browser, settings, **look) as page:
        page.goto(f"{settings.address}runs/autumn")
        told = page.get_by_text("Read for the opening", exact=False)
        expect(told).to_have_text("Read for the opening full-stack ML engineer.")
        assert told.evaluate("e => e.scrollWidth <= e.clientWidth")


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


def test_hostile_texts_run_nothing(browser: Browser, hostile: Path) -> None:
    with served(hostile) as settings, visiting(browser, settings) as page:
        page.get_by_role("link", name="<b>run").click()
        expect(page.locator("[data-open]").first).to_be_visible()
        assert page.evaluate("document.scripts.length") == 1
        page.locator("[data-open]").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.scripts.length") == 1
        assert page.evaluate("document.images.length") == 0


ADVERT = """Platform engineer for machine learning

What you bring
- Hands-on work with Terraform
- At least 3 years of experience with Python
- You are a digital native

Nice to have
- Kubernetes
"""


# What a browser hands over when somebody drops a folder: only a person's hand can make a real one.
DROPPED_FOLDER = """() => {
  const file = (name) => ({ name, isFile: true, file: (found) => found(new File(["x"], name)) });
  const folder = (name, entries) => ({ name, isDirectory: true, createReader: () => ({ readEntries: (read) => read(entries.splice(0)) }) });
  const dropped = folder("all", [file("a.md"), file(".hidden"), folder("more", [file("b.md")])]);
  const event = new Event("drop", { bubbles: true, cancelable: true });
  event.dataTransfer = { items: [{ webkitGetAsEntry: () => dropped }] };
  document.querySelector(".drop").dispatchEvent(event);
}"""


def named_in(folder: Path, count: int) -> list[Path]:
    """Short resumes, and three that say more, in a folder of their own."""
    folder.mkdir()
    short = sorted(LABELLED.glob("*.md"), key=lambda path: (path.stat().st_size, path.name))
    for path in (*short[: count - 3], *(RESUMES / f"{n}.md" for n in ("wei-zhang", "owen-pryce", "elif-aksoy"))):  # fmt: skip
        shutil.copyfile(path, folder / path.name)
    return sorted(folder.iterdir())


def test_a_recruiter_walks_from_an_advert_to_an_interview_guide(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()
    named_in(tmp_path / "pool", 50)
    look: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True}
    with served(tmp_path / "runs") as settings, visiting(browser, settings, **look) as page:
        without_barriers(page)
        page.get_by_role("link", name="Make an opening").click()
        without_barriers(page)
        page.get_by_label("Paste the advert").fill(ADVERT)
        page.get_by_role("button", name="Read the advert").click()
        expect(page.locator("h1")).to_have_text("Platform engineer for machine learning")
        expect(page.get_by_role("region", name="Look at these first")).to_contain_text("digital native")  # fmt: skip
        without_barriers(page)
        years = page.get_by_role("group", name="At least 3 years of experience with Python")
        years.get_by_label("Importance").select_option("nice to have")
        page.get_by_role("group", name="Kubernetes").get_by_label("remove").check()
        page.get_by_text("Add a requirement", exact=True).click()
        page.get_by_label("What kind").select_option("kind of work, with a level")
        added = page.locator(".adding")
        expect(added.locator("[name=new-years]")).to_be_hidden()
        added.locator("[name=new-dimension]").select_option("delivery")
        without_barriers(page)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("Saved.")
        expect(page.locator("fieldset.requirement")).to_have_count(3)
        page.get_by_role("link", name="Read new resumes for it").click()
        page.get_by_label("Name of the run").fill("Platform, autumn")
        page.get_by_label("or a whole folder").set_input_files(tmp_path / "pool")
        page.get_by_role("button", name="Upload and read").click()
        expect(page.locator("#progress:not([data-events])")).to_contain_text(
            "Done: 50 of 50", timeout=60_000
        )
        without_barriers(page)
        page.get_by_role("link", name="See the candidates").click()
        expect(page.get_by_role("status")).to_contain_text("50 candidates")
        page.get_by_label("Requirement").select_option("Terraform")
        page.wait_for_url("**met=**")
        page.get_by_text("Save this view").click()
        page.get_by_label("Its name").fill("Knows Terraform")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".chip.on")).to_contain_text("Knows Terraform")
        without_barriers(page)
        page.get_by_role("link", name="Owen Pryce", exact=True).first.click()
        expect(page.get_by_role("region", name="What Platform engineer")).to_contain_text("found")
        page.get_by_label("Who reviews?").fill("Ana Ruiz")
        page.get_by_role("button", name="Start reviewing").click()
        page.locator("summary", has_text="Strike or dispute").first.click()
        page.get_by_label("Why").and_(page.locator(":visible")).fill("Not their own work")
        page.get_by_role("button", name="Strike", exact=True).and_(page.locator(":visible")).click()
        panel = page.get_by_role("region", name="Review", exact=True)
        panel.get_by_label("yes", exact=True).check()
        panel.get_by_role("button", name="Decide", exact=True).click()
        expect(panel).to_contain_text("you decided")
        without_barriers(page)
        page.get_by_role("link", name="Interview guide").click()
        expect(page.locator("h1")).to_contain_text("Interview: Owen Pryce, for Platform engineer")
        page.locator("nav.top").get_by_role("link", name="Platform, autumn").click()
        page.get_by_role("link", name="Clear all").click()
        for name in ("Owen Pryce", "Wei Zhang"):
            page.get_by_label(f"Compare {name}").check()
        page.locator("[data-compare]").click()
        expect(page.locator("h1")).to_have_text("2 candidates side by side")
        page.keyboard.press("u")
        with page.expect_download() as taken:
            page.get_by_role("link", name="CSV").click()
        lines = taken.value.path().read_text(encoding="utf-8").splitlines()
        assert len(lines) == 51
        (line,) = [line for line in lines if "Owen Pryce" in line]
        assert line.endswith(",yes")


def test_the_same_walk_on_a_dark_phone_by_keys_alone(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    pool = named_in(tmp_path / "pool", 4)
    look: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    with served(tmp_path / "runs") as settings, visiting(browser, settings, **look) as page:
        keys = page.keyboard

        def reach(target: Locator) -> None:
            """Tab until something has the focus, as somebody without a pointer does."""
            wanted = target.element_handle()
            for _ in range(150):
                keys.press("Tab")
                if page.evaluate("wanted => document.activeElement === wanted", wanted):
                    return
            raise AssertionError(target)

        def press(target: Locator, key: str = "Enter") -> None:
            reach(target)
            keys.press(key)

        press(page.get_by_role("link", name="Make an opening"))
        reach(page.get_by_label("Paste the advert"))
        keys.insert_text(ADVERT)
        press(page.get_by_role("button", name="Read the advert"))
        expect(page.locator("h1")).to_have_text("Platform engineer for machine learning")
        without_barriers(page)
        press(page.get_by_label("remove").last, "Space")
        press(page.get_by_role("button", name="Save", exact=True))
        expect(page.locator("fieldset.requirement")).to_have_count(2)
        press(page.get_by_role("link", name="Read new resumes for it"))
        expect(page.locator("h1")).to_have_text("New run")
        without_barriers(page)
        reach(page.get_by_label("Name of the run"))
        keys.type("Phone")
        page.evaluate(DROPPED_FOLDER)
        expect(page.locator(".drop")).to_contain_text("2 files chosen")
        page.locator(".drop input").set_input_files(pool)
        expect(page.locator(".drop")).to_contain_text("4 files chosen")
        press(page.get_by_role("button", name="Upload and read"))
        expect(page.locator("#progress:not([data-events])")).to_contain_text(
            "Done: 4 of 4", timeout=60_000
        )
        press(page.get_by_role("link", name="See the candidates"))
        expect(page.get_by_role("status")).to_contain_text("4 candidates")
        without_barriers(page)
        press(page.locator("summary", has_text="Filters and order"))
        reach(page.get_by_label("Requirement"))
        keys.press("T")
        page.wait_for_url("**met=**")
        expect(page.get_by_role("link", name="Owen Pryce", exact=True).first).to_be_visible()
        keys.press("j")
        keys.press("Enter")
        reach(page.get_by_label("Who reviews?"))
        keys.type("Ana")
        keys.press("Enter")
        expect(page.get_by_role("region", name="Review", exact=True)).to_contain_text("by Ana")
        without_barriers(page)
        press(page.locator("summary", has_text="Strike or dispute").first)
        reach(page.get_by_label("Why").and_(page.locator(":visible")))
        keys.type("Not their own work")
        press(page.get_by_role("button", name="Strike", exact=True).and_(page.locator(":visible")))
        expect(page.locator(".struck").first).to_be_visible()
        press(page.get_by_label("yes", exact=True), "ArrowDown")  # to maybe
        press(page.get_by_role("button", name="Decide", exact=True))
        expect(page.get_by_role("region", name="Review", exact=True)).to_contain_text("you decided")
        press(page.get_by_role("link", name="Interview guide"))
        expect(page.locator("h1")).to_contain_text("Interview: ")
        without_barriers(page)
        keys.press("u")
        page.wait_for_url("**/candidates/*met=*")
        keys.press("u")
        page.wait_for_url("**/runs/Phone?*met=*")
        press(page.get_by_role("link", name="Clear all"))
        expect(page.locator("[data-item]")).to_have_count(4)
        for key in ("j", "x", "j", "x"):
            keys.press(key)
        press(page.locator("[data-compare]"))
        expect(page.locator("h1")).to_have_text("2 candidates side by side")
        without_barriers(page)
