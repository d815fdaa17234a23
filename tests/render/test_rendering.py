"""Golden files for each renderer, and texts from outside that stay text at every sink.

EVALUATOR_UPDATE_GOLDEN=1 pytest tests/render    writes the golden files again
"""

from __future__ import annotations

import asyncio
import csv
import io
import os
import re
import sys
import unicodedata
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pyarrow import parquet
from rich.cells import cell_len

from evaluator import CandidateReport, Evaluator, Settings, UsageError
from evaluator.models.document import Flag, FlagKind, Location
from evaluator.models.vocabulary import Dimension, Severity, Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.render.blocks import Audience, verdict_line
from evaluator.render.comparing import compare_html, compare_text
from evaluator.render.escaping import for_cell, for_markdown, for_terminal, safe_link
from evaluator.render.highlighting import highlighted
from evaluator.render.html import render_html
from evaluator.render.markdown import render_markdown
from evaluator.render.parquet import render_parquet
from evaluator.render.run_page import render_index
from evaluator.render.table import COLUMNS, Row, ranked, render_csv, render_xlsx
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


@cache
def read_fixture(name: str) -> tuple[CandidateReport, str]:
    """A report and the text it was made from."""

    async def run() -> tuple[CandidateReport, str]:
        settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
        async with Session(settings) as session:
            document = await session.read_document(load_input(RESUMES / name))
            return await session.evaluate_document(document), document.text

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


_LOOKS = re.compile(r"(<style>|<script>).*?(</style>|</script>)", re.S)


def check(name: str, text: str) -> None:
    """Compare with the golden file; how pages look and move is for the browser tests."""
    path = GOLDEN / name
    text = _LOOKS.sub(r"\1\2", re.sub(r"sha256-[\w+/=]+", "sha256", text))
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


def test_who_is_outside_the_trade_is_told_what_came_closest_and_no_score(
    reports: dict[str, CandidateReport],
) -> None:
    outside, item = reports["dolores-quint.pdf"], reports["ines-carrasco.html"].evidence[0]
    assert outside.track is Track.UNRELATED
    beside = outside.model_copy(update={"evidence": (item,)})
    nothing = "unrelated: nothing about machine learning or operations was found."
    assert verdict_line(beside) == f"{nothing} Closest: page 1, line {item.location.line}."
    assert verdict_line(outside.model_copy(update={"evidence": ()})) == nothing
    for told in (render_text(outside), render_markdown(outside), compare_text([outside, outside])):
        assert not re.search(r"(?<![\d.])0\.0|\b0  none|\b0 of 100\b.*band", told)


def test_golden_json_and_tables(reports: dict[str, CandidateReport]) -> None:
    check("ines-carrasco.json", reports["ines-carrasco.html"].to_json())
    check("candidates.csv", render_csv(ranked(rows(reports))).decode("utf-8"))
    check("index.html", render_index(rows(reports)))
    check("compare.txt", compare_text(list(reports.values())[:3]))
    check("compare.html", compare_html(list(reports.values())[:3]))
    report, text = read_fixture("ines-carrasco.html")
    check("ines-carrasco-marked.html", render_html(report, text=text))


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
    from evaluator.render.text import wrapped

    safe = for_terminal(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in safe)
    lines = wrapped(safe, bullet=True)
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
    "</script><script>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<style>@import 'http://x.example/a.css';</style>",
    "</style><style>body{display:none}</style>",
    "<link rel=stylesheet href=http://x.example/a.css>",
    "<meta http-equiv=refresh content='0;url=http://x.example'>",
    "<base href=http://x.example/>",
    "<form action=http://x.example><button>go</button></form>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "' autofocus onfocus='alert(1)",
    "` onmouseover=alert(1) `",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    r"\u003cscript\u003ealert(1)\u003c/script\u003e",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "url(http://x.example/steal)",
    "expression(alert(1))",
    "${alert(1)} `${alert(1)}`",
    '{"a":"</script><script>alert(1)</script>"}',
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "％3Cscript％3Ealert(1)",
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


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(reports: dict[str, CandidateReport], text: str) -> None:
    report = poisoned(reports["ines-carrasco.html"], text)
    row = Row(id=report.id, source=text, status="done", reason=text, report=report)
    pages = (
        render_html(report, text=f"{text}\nmore {text}"),
        render_html(report, Audience.CANDIDATE),
        render_index([row]),
        compare_html([report, report]),
    )
    for page in pages:
        elements = Elements()
        elements.feed(page)
        assert page.count("<script") == (page is pages[2])
        assert not {"img", "iframe", "object", "embed", "base", "template"} & elements.tags
        assert not [name for name, _ in elements.attributes if name.startswith("on")]
        assert not [
            v
            for n, v in elements.attributes
            if n == "href" and not v.startswith(("reports/", "data:,", "#", report.id))
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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "text",
    [
        "a;=1+1;b", 'a;"=1+1"', "a;\t@SUM(1)", "a\t+1", "a\r\n=1+1", "a\u2028=1", " =1", "\u200b=1", ";;-1", '";=1+1&"',
        "x;＝1", "x|=cmd|'/C calc'!A0", 'x";"=HYPERLINK("http://a.example")', "x;\u00a0=1", "x;\x00=1", "x;⁼1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_them(text: str, delimiter: str) -> None:
    row = Row(id="a1", source=text, status="failed", reason=text, report=None, carried={text: text})
    written = render_csv([row]).decode("utf-8")
    as_quoted = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    as_split = (line.split(delimiter) for line in written.splitlines())
    for cells in (*as_quoted, *as_split):
        for cell in cells:
            assert not cell.strip(' "\u200b\u00a0').startswith(("=", "+", "-", "@", "＝", "⁼"))
    book = load_workbook(io.BytesIO(render_xlsx([row])))
    first = book["candidates"]["B2"]
    assert first.data_type == "s"
    assert not first.value.startswith("=") or first.quotePrefix


def test_ordinary_cells_are_as_they_were() -> None:
    for text in ("Ada; Grace", "C++; C#", "a-b; c=d", "x@mail.example; y", "Zoë — 5 % · “x”"):
        assert for_cell(text) == text
    long = Row(id="a1", source="x" * 40_000, status="failed", reason="", report=None)
    sheet = load_workbook(io.BytesIO(render_xlsx([long])))["candidates"]
    assert len(sheet["B2"].value) == 32_767


def test_escaping_keeps_markup_out() -> None:
    assert for_markdown("a_b") == "a\\_b"
    assert safe_link("https://a.example/x") == "https://a.example/x"
    assert safe_link("javascript:x") is None


def test_the_text_is_whole_and_every_item_is_marked_in_it() -> None:
    report, text = read_fixture("ines-carrasco.html")
    lines = highlighted(text, report.evidence)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text
    ours = [e for e in report.evidence if e.source == "resume"]
    assert {id_ for line in lines for piece in line for id_ in piece.starts} == {e.id for e in ours}
    for item in ours:
        marked = "".join(piece.text for line in lines for piece in line if item in piece.items)
        assert "".join(marked.split()) == "".join(item.quote.split())


@given(
    st.text("ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_any_spans_leave_the_text_whole(text: str, spans: list[tuple[int, int]]) -> None:
    report, _ = read_fixture("jonas-beck.md")
    items = [
        report.evidence[0].model_copy(
            update={"id": f"e{n}", "location": Location(start=min(s), end=max(s))}
        )
        for n, s in enumerate(spans)
    ]
    lines = highlighted(text, items)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text


def test_a_comparison_fits_a_terminal(reports: dict[str, CandidateReport]) -> None:
    for many in (2, 3, 4):
        shown = compare_text(list(reports.values())[:many])
        assert max(cell_len(line) for line in shown.splitlines()) <= 80
        for dimension in Dimension:
            assert dimension.value in shown


def test_a_mark_and_sheets_for_spreadsheets(reports: dict[str, CandidateReport]) -> None:
    table = rows(reports)
    assert render_csv(table, mark=True) == b"\xef\xbb\xbf" + render_csv(table)
    book = load_workbook(io.BytesIO(render_xlsx(table)))
    assert book.sheetnames == ["candidates", "levels", "standings"]
    levels = list(book["levels"].iter_rows(values_only=True))
    assert levels[0][2:] == tuple(d.value for d in Dimension)
    done = [row.report for row in table if row.report]
    assert [line[2:] for line in levels[1:]] == [
        tuple(r.dimensions[d].level for d in Dimension) for r in done
    ]
    assert book["candidates"].conditional_formatting


def test_colours_change_nothing_but_colours(reports: dict[str, CandidateReport]) -> None:
    for report in reports.values():
        plain, coloured = render_text(report), render_text(report, colour=True)
        assert "\x1b" not in plain
        assert "\x1b[34m■" in coloured or report.axes.ml.score == 0
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_parquet_is_typed_and_whole(reports: dict[str, CandidateReport]) -> None:
    table = parquet.read_table(io.BytesIO(render_parquet(rows(reports))))
    assert table.column_names == [*COLUMNS, *(d.value for d in Dimension)]
    lines = table.to_pylist()
    assert len(lines) == len(rows(reports))
    first = next(iter(reports.values()))
    assert lines[0]["ml_score"] == first.axes.ml.score
    assert lines[0]["modeling"] == first.dimensions[Dimension.MODELING].level
    assert lines[-1]["status"] == "failed"
    assert lines[-1]["ml_band"] is None


def test_parquet_without_its_extra_says_what_to_install(
    reports: dict[str, CandidateReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"resume-evaluator\[parquet\]"):
        render_parquet(rows(reports))
