"""The pages in a real browser: nothing runs, nothing leaves, nothing overflows."""

from __future__ import annotations

import asyncio
import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdfium2 import PdfDocument

from evaluator import CandidateReport, Settings
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.calibration import Label, calibrate, judgement_of
from evaluator.models.vocabulary import Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.render.calibration import calibration_html
from evaluator.render.comparing import compare_html
from evaluator.render.html import render_html
from evaluator.render.run_page import render_index
from evaluator.render.table import Row

from ..conftest import PORTFOLIOS, RESUMES
from ..servers.npm import installed
from .test_rendering import HOSTILE, poisoned

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, nightly: bool) -> Path:
    out = tmp_path_factory.mktemp("pages")

    async def run() -> None:
        settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
        async with Session(settings) as session:
            await Runner(session, out).run(expand([str(RESUMES)]))
            report = await session.evaluate_input(load_input(RESUMES / "ines-carrasco.html"))
            for number in alone(nightly):
                text = HOSTILE[number]
                (out / f"hostile-{number}.html").write_text(
                    render_html(poisoned(report, text), text=text),
                    encoding="utf-8",
                    errors="replace",
                )
            rows = [
                Row(id=f"{number:016}", source=text, status="done", reason="", report=poisoned(report, text))
                for number, text in enumerate(HOSTILE)
            ]  # fmt: skip
            (out / "hostile-run.html").write_text(
                render_index(rows), encoding="utf-8", errors="replace"
            )
            others = [report, await session.evaluate_input(load_input(RESUMES / "wei-zhang.md"))]
            (out / "reports" / "compare.html").write_text(
                compare_html(others, pages="."), encoding="utf-8"
            )
            (out / "agreement.html").write_text(agreement(others), encoding="utf-8")

    asyncio.run(run())
    return out


def alone(nightly: bool) -> range:
    """Numbers of the hostile texts that have a report's page of their own."""
    return range(0, len(HOSTILE), 1 if nightly else 6)


def agreement(reports: list[CandidateReport]) -> str:
    """A page of agreement of two readers with labels, one of which differs from what was read."""
    labels = [
        Label(id=r.id, resume=Path(r.document.name), track=r.track, ml=r.axes.ml.band, ops=0, group=r.track)
        for r in reports
    ]  # fmt: skip
    judged = {report.id: judgement_of(report) for report in reports}
    wrong = labels[0].model_copy(update={"track": Track.UNRELATED, "counts": ("not there",)})
    return calibration_html(
        [calibrate(name, [wrong, *labels[1:]], judged) for name in ("rules", "model stub")]
    )


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
    with watched(browser) as opened:
        yield opened


@contextmanager
def watched(browser: Browser) -> Iterator[Page]:
    """A new page, on which nothing may be said, fail, be asked of a server or be shown as a dialogue."""
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


def report_of(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name=name, exact=True).click()


@pytest.mark.parametrize("width", [390, 1200])
def test_pages_fit_phone_and_desk(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in (folder / "index.html", *sorted((folder / "reports").glob("*.html"))[:3], folder / "reports" / "compare.html", folder / "agreement.html"):  # fmt: skip
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate("document.querySelectorAll('h1').length") == 1


def shown(page: Page) -> list[str]:
    return page.locator("#candidates tbody tr td:nth-child(2) a").all_inner_texts()


def test_search_filter_and_reset(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert len(shown(page)) == 27
    page.get_by_label("Search").fill("AMARA")
    assert shown(page) == ["Amara Diallo"]
    assert page.locator("#told").inner_text() == "1 of 27 candidates"
    page.wait_for_function(
        "[...document.querySelectorAll('#quadrant a')].filter(a => a.style.visibility != 'hidden').length == 1"
    )
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#candidates tbody tr")).to_have_count(27)
    page.locator("select[name=track]").select_option("dual")
    assert sorted(shown(page)) == [
        "Amara Diallo",
        "Farah Haddad",
        "Inés Carrasco Peña",
        "Wei Zhang",
    ]
    page.get_by_label("ML at least").select_option("expert")
    assert sorted(shown(page)) == ["Amara Diallo", "Inés Carrasco Peña"]
    page.get_by_label("ML at least").select_option("strong")
    page.get_by_label("nothing to check").check()
    assert sorted(shown(page)) == ["Amara Diallo", "Inés Carrasco Peña"]


def test_a_view_can_be_sent(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_label("Ops at least").select_option("expert")
    page.get_by_role("button", name="ML", exact=True).click()
    page.get_by_label("Shortlist Amara Diallo").check()
    before, address = shown(page), page.url
    assert "#" in address
    page.goto("about:blank")
    page.goto(address)
    assert shown(page) == before
    assert page.get_by_label("Shortlist Amara Diallo").is_checked()
    assert page.get_by_label("Ops at least").input_value() == "4"
    page.goto((folder / "index.html").as_uri() + "#q=%3Cscript%3E&track=nonsense&sort=__proto__&pick=x,y")  # fmt: skip
    assert page.locator("#told").inner_text().startswith("0 of 27")


def test_sorting_both_ways_by_keyboard(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("button", name="candidate", exact=True).focus()
    page.keyboard.press("Enter")
    names = shown(page)
    assert [n.casefold() for n in names] == sorted((n.casefold() for n in names), key=lambda n: n)
    assert page.locator("th[data-key=name]").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert shown(page) == names[::-1]
    page.get_by_role("button", name="Ops", exact=True).click()
    scores = page.locator("#candidates tbody tr").evaluate_all("rows => rows.map(r => Number(r.dataset.opss))")  # fmt: skip
    assert scores == sorted(scores, reverse=True)


def test_the_shortlist_is_exported_and_runs_nothing(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_label("Shortlist Wei Zhang").check()
    page.get_by_label("Shortlist Amara Diallo").check()
    page.evaluate("document.querySelector('#candidates tr[data-name=\"Wei Zhang\"]').dataset.name = '=1+1'")  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("button", name="Export 2 as CSV").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text("utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["Amara Diallo", "'=1+1"]
    assert rows[0]["track"] == "dual"
    assert float(rows[0]["ops_score"]) > 80


def test_a_mark_says_who_it_is_on_hover_and_on_focus(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    mark = page.locator("#quadrant a[aria-label^='Amara Diallo']")
    mark.hover()
    assert page.locator("#named").inner_text().startswith("Amara Diallo: dual")
    page.locator("#quadrant a[aria-label^='Wei Zhang']").focus()
    assert page.locator("#named").inner_text().startswith("Wei Zhang: dual")


def test_evidence_and_its_place_lead_to_each_other(page: Page, folder: Path) -> None:
    report_of(page, folder, "Wei Zhang")
    page.get_by_role("link", name="in the resume").first.click()
    target = page.locator(":target")
    assert target.evaluate("e => e.tagName + e.closest('.text').className").startswith("MARK")
    words = target.inner_text()
    target.locator("a").first.click()
    assert words.split()[0] in page.locator(":target").inner_text()
    closed = page.locator("details:not([open]) blockquote").first
    identity = closed.get_attribute("id")
    page.locator(f"mark a[href='#{identity}']").first.click()
    assert page.locator(f"#{identity}").is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_pages_print_with_two_pages_at_most_before_the_resume(
    page: Page, folder: Path, tmp_path: Path, paper: str, nightly: bool
) -> None:
    sources = sorted((folder / "reports").glob("*.html"))
    for source in sources if nightly else sources[:: 3 if paper == "A4" else 9]:
        if source.name == "compare.html":
            continue
        page.goto(source.as_uri())
        name = page.locator("h1").inner_text()
        path = tmp_path / f"{paper}.pdf"
        page.pdf(path=path, format=paper, margin={"top": "14mm", "bottom": "14mm", "left": "14mm", "right": "14mm"})  # fmt: skip
        with PdfDocument(path) as printed:
            texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
        before = next(n for n, text in enumerate(texts) if "The resume as it was read" in text)
        assert 1 <= before <= 2, name
        assert name.split()[0] in texts[0]


LOOKS = list(product(["light", "dark"], [390, 1200]))


def test_no_barrier_that_axe_finds(browser: Browser, folder: Path, nightly: bool) -> None:
    """By day each colour scheme on one width."""
    for scheme, width in LOOKS if nightly else LOOKS[1:3]:
        without_barriers(browser, folder, scheme, width, nightly=nightly)


def without_barriers(
    browser: Browser, folder: Path, scheme: Any, width: int, *, nightly: bool
) -> None:
    script = installed("axe-core/axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    opened = context.new_page()
    pages = [folder / "index.html", folder / "reports" / "compare.html", folder / "agreement.html"]
    pages += sorted((folder / "reports").glob("*.html"))[: None if nightly else 2]
    for path in pages:
        opened.goto(path.as_uri())
        opened.evaluate(script)
        found = opened.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
        )
        assert found == [], path.name
    context.close()


def test_without_a_script_the_page_is_whole(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((folder / "index.html").as_uri())
    assert opened.locator("#candidates tbody tr").count() == 27
    assert not opened.locator("#filters").is_visible()
    assert not opened.locator(".pick").first.is_visible()
    context.close()


def test_a_mark_and_a_row_open_the_report(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert page.locator("svg a").count() == 27
    page.get_by_role("link", name="Amara Diallo", exact=True).click()
    assert page.locator("h1").inner_text() == "Amara Diallo"
    page.go_back()
    page.locator("svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*.html")


def test_evidence_opens_by_keyboard(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Grace Mbeki", exact=True).click()
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


def test_hostile_texts_stay_texts_in_a_browser(page: Page, folder: Path, nightly: bool) -> None:
    """All of them are rows of one page of a run; by night each has a report, too."""
    pages = [("hostile-run", 1, HOSTILE)]
    pages += [(f"hostile-{number}", 0, [HOSTILE[number]]) for number in alone(nightly)]
    for name, scripts, texts in pages:
        page.goto((folder / f"{name}.html").as_uri())
        assert page.evaluate("document.scripts.length") == scripts
        assert page.evaluate("document.images.length") == 0
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(e => ![...e.attributes].some(a => a.name.startsWith('on')))"
        )
        body = "".join(c for c in page.evaluate("document.body.textContent") if c.isalnum())
        for text in texts:
            letters = "".join(c for c in text if c.isalnum() and c.isascii())
            assert letters[:12] in body, (name, text)
