"""Golden files for each renderer, and texts from outside that stay text at every sink.

EVALUATOR_UPDATE_GOLDEN=1 pytest tests/render    writes the golden files again
"""

from __future__ import annotations

import asyncio
import csv
import io
import os
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.models.document import Flag, FlagKind
from evaluator.models.vocabulary import Severity
from evaluator.render.escaping import for_cell, for_markdown, for_terminal, safe_link
from evaluator.render.html import render_html, render_index
from evaluator.render.markdown import render_markdown
from evaluator.render.table import COLUMNS, Row, ranked, render_csv, render_xlsx
from evaluator.render.telling import Audience
from evaluator.render.text import render_text

from ..conftest import PORTFOLIOS, RESUMES

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("EVALUATOR_UPDATE_GOLDEN"))
NAMES = ("ines-carrasco.html", "noah-feldman.pdf", "dolores-quint.pdf", "greta-lindholm.docx")


@pytest.fixture(scope="module")
def reports() -> dict[str, CandidateReport]:
    async def run() -> dict[str, CandidateReport]:
        settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, stage="operating")  # type: ignore[arg-type]
        async with Evaluator(settings) as evaluator:
            return {name: await evaluator.evaluate(RESUMES / name) for name in NAMES}

    return asyncio.run(run())


def rows(reports: dict[str, CandidateReport]) -> list[Row]:
    done = [
        Row(id=r.id, source=f"in/{n}", status="done", reason="", report=r)
        for n, r in reports.items()
    ]
    return [
        *done,
        Row(
            id="",
            source="in/=cmd.pdf",
            status="failed",
            reason="empty: The file is empty.",
            report=None,
        ),
    ]


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert path.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("audience", list(Audience))
def test_golden_reports(reports: dict[str, CandidateReport], name: str, audience: Audience) -> None:
    stem = f"{Path(name).stem}-{audience.value}"
    check(f"{stem}.txt", render_text(reports[name], audience))
    check(f"{stem}.md", render_markdown(reports[name], audience))
    check(f"{stem}.html", render_html(reports[name], audience))


def test_golden_json_and_tables(reports: dict[str, CandidateReport]) -> None:
    check("ines-carrasco.json", reports["ines-carrasco.html"].to_json())
    check("candidates.csv", render_csv(ranked(rows(reports))).decode("utf-8"))
    check("index.html", render_index(rows(reports)))


def test_rendering_is_pure(reports: dict[str, CandidateReport]) -> None:
    assert render_xlsx(rows(reports)) == render_xlsx(rows(reports))
    assert render_index(rows(reports)) == render_index(list(reversed(rows(reports))))


def test_terminal_lines_fit_eighty_cells(reports: dict[str, CandidateReport]) -> None:
    for report in reports.values():
        for line in render_text(report).splitlines():
            assert cell_len(line) <= 80


@given(st.text(max_size=300))
@example("\u0300" * 3)
@example("測" * 100)
@example("測 " + "\u20dd" * 200)
def test_any_text_fits_and_cannot_steer_a_terminal(text: str) -> None:
    from evaluator.render.text import _wrap

    safe = for_terminal(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in safe)
    lines = _wrap(safe, bullet=True)
    assert all(cell_len(line) <= 80 for line in lines)
    assert "".join("".join(lines).split()).endswith("".join(safe.split())[-5:])


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %}",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "\x9b31m\u202eevil\u200b",
    '=HYPERLINK("http://evil")',
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "＝1+1",
    "\t=1",
    "[link](javascript:alert(1)) **bold** `code` | cell",
    "<!-- comment -->",
    "]]> <![CDATA[",
]


class Elements(HTMLParser):
    """Tags and attributes as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def poisoned(report: CandidateReport, text: str) -> CandidateReport:
    candidate = report.candidate.model_copy(
        update={"name": text, "links": (text,), "emails": (text,)}
    )
    flags = (Flag(kind=FlagKind.HIDDEN_TEXT, severity=Severity.HIGH, message=text),)
    evidence = tuple(
        e.model_copy(update={"quote": text, "source": e.source if e.source == "resume" else text})
        for e in report.evidence
    )
    repositories = tuple(
        r.model_copy(update={"full_name": text, "description": text, "notes": (text,)})
        for r in report.portfolio.repositories
    )
    return report.model_copy(
        update={
            "candidate": candidate,
            "flags": flags,
            "evidence": evidence,
            "document": report.document.model_copy(update={"name": text}),
            "portfolio": report.portfolio.model_copy(
                update={"repositories": repositories, "reason": text}
            ),
        }
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(reports: dict[str, CandidateReport], text: str) -> None:
    report = poisoned(reports["ines-carrasco.html"], text)
    row = Row(id=report.id, source=text, status="done", reason=text, report=report)
    for page in (render_html(report), render_html(report, Audience.CANDIDATE), render_index([row])):
        elements = Elements()
        elements.feed(page)
        assert not {"script", "img", "iframe", "object"} & elements.tags
        assert not [name for name, _ in elements.attributes if name.startswith("on")]
        assert not [
            v
            for n, v in elements.attributes
            if n == "href" and not v.startswith(("reports/", "data:,"))
        ]
    terminal = render_text(report)
    assert not any(c in terminal for c in "\x1b\x9b\x07\u202e\u200b")
    shown = Elements()
    shown.feed(
        MarkdownIt("commonmark", {"html": True}).enable("table").render(render_markdown(report))
    )
    assert shown.tags <= {
        "h1",
        "h2",
        "p",
        "strong",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    table = list(csv.reader(io.StringIO(render_csv([row]).decode("utf-8"), newline="")))
    assert table[0] == list(COLUMNS)
    assert len(table) == 2
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "＝")) and not cell.replace(".", "").isdigit()
        for cell in table[1]
    )
    with zipfile.ZipFile(io.BytesIO(render_xlsx([row]))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_escaping_keeps_ordinary_text() -> None:
    assert for_cell("Ada") == "Ada"
    assert for_cell("=1") == "'=1"
    assert for_markdown("a_b") == "a\\_b"
    assert safe_link("https://a.example/x") == "https://a.example/x"
    assert safe_link("javascript:x") is None
