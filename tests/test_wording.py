"""The words for people: one source for pages, glossary and docs; a summary that claims nothing beyond its evidence.

EVALUATOR_UPDATE_GOLDEN=1 pytest tests/test_wording.py    writes docs/glossary.md again
"""

from __future__ import annotations

import os
import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from evaluator import CandidateReport, Settings, evaluate
from evaluator.models.document import Flag, FlagKind, Location
from evaluator.models.evidence import Evidence
from evaluator.models.portfolio import PortfolioStatus
from evaluator.models.vocabulary import (
    Agency,
    Axis,
    Context,
    Dimension,
    Outcome,
    Severity,
    Standing,
    Track,
)
from evaluator.render.blocks import Audience
from evaluator.render.checks import checks, short_checks
from evaluator.render.comparing import compare_html
from evaluator.render.guide import guide_html
from evaluator.render.html import render_html
from evaluator.render.markdown import render_markdown
from evaluator.render.run_page import render_index
from evaluator.render.table import Row
from evaluator.render.text import render_text
from evaluator.report import summary_of
from evaluator.wording import (
    dimension_sentence,
    flag_name,
    flag_remedy,
    glossary,
    glossary_markdown,
    item_phrase,
    level_phrase,
    rise_advice,
    standing_phrase,
    without_options,
)
from evaluator.wording.data import words

ROOT = Path(__file__).parents[1]
UPDATE = bool(os.environ.get("EVALUATOR_UPDATE_GOLDEN"))


def item(
    quote: str = "Ran it.",
    *,
    source: str = "resume",
    dimension: Dimension = Dimension.DELIVERY,
    context: Context = Context.WORK,
    agency: Agency = Agency.OWNED,
    outcome: Outcome = Outcome.NONE,
    production: bool = False,
) -> Evidence:
    return Evidence(
        id="e1", quote=quote, source=source, dimension=dimension, context=context, agency=agency,
        outcome=outcome, production=production, ml_specific=False,
        location=Location(page=1, line=3, start=0, end=len(quote)),
    )  # fmt: skip


@cache
def _read() -> CandidateReport:
    settings = Settings(reader="rules", offline=True, github="none")
    text = b"Robin Vale\n\nExperience\nBaker, Larkmoor, 2019 - 2023\n- Baked bread.\n"
    return evaluate(text, settings=settings)


def made(
    track: Track,
    levels: dict[str, int],
    evidence: tuple[Evidence, ...] = (),
    *,
    bands: tuple[int, int] = (0, 0),
    unknown: bool = False,
    flags: tuple[FlagKind, ...] = (),
) -> CandidateReport:
    report = _read()
    numbered = tuple(e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(evidence))
    dimensions = {
        d: found.model_copy(
            update={
                "level": levels.get(d.value, 0),
                "standing": Standing.CLAIMED if d.value in levels else Standing.NONE,
                "evidence": tuple(e.id for e in numbered if e.dimension is d),
            }
        )
        for d, found in report.dimensions.items()
    }
    axes = {
        axis.value: getattr(report.axes, axis.value).model_copy(update={"band": band})
        for axis, band in zip(Axis, bands, strict=True)
    }
    code = {"status": PortfolioStatus.UNKNOWN, "reason": "rate limited"} if unknown else {}
    return report.model_copy(
        update={
            "track": track,
            "summary": "",
            "evidence": numbered,
            "dimensions": dimensions,
            "axes": report.axes.model_copy(update=axes),
            "portfolio": report.portfolio.model_copy(update=code),
            "flags": tuple(
                Flag(kind=kind, severity=Severity.HIGH, message="So it is.") for kind in flags
            ),
        }
    )


MEASURED = item("Built the pipeline for 140 services", outcome=Outcome.QUANTIFIED)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            made(Track.OPS, {"delivery": 4, "infrastructure": 3, "data": 1}, (MEASURED,), bands=(0, 3)),
            "Deep in operations: built or led delivery and infrastructure (“the pipeline for 140 services”); little machine learning shown.",
        ),
        (
            made(Track.DUAL, {"modeling": 3, "delivery": 3}, bands=(3, 3)),
            "Deep in machine learning and operations: built or led models, and delivery.",
        ),
        (
            made(Track.ML, {"modeling": 4, "theory": 3, "monitoring": 2}, bands=(4, 2), unknown=True),
            "Deep in machine learning: built or led models and research; some operations shown; public code could not be checked.",
        ),
        (
            made(Track.DEVELOPING, {"modeling": 2, "monitoring": 1}, bands=(2, 1)),
            "Some machine learning and operations, deep in neither: worked on models; courses or mentions of monitoring.",
        ),
        (
            made(Track.DEVELOPING, {"data": 2}, bands=(1, 0)),
            "Some machine learning, not deep: worked on data for models; no operations found.",
        ),
        (made(Track.DEVELOPING, {}, bands=(1, 1)), "Some machine learning and operations, deep in neither."),
        (made(Track.UNRELATED, {}), "Nothing about machine learning or operations was found."),
        (
            made(Track.UNRELATED, {"infrastructure": 1}, flags=(FlagKind.NO_RESUME,)),
            "Little about machine learning or operations was found: something about infrastructure; the document does not look like a resume.",
        ),
    ],
)  # fmt: skip
def test_the_summary_says_what_was_shown_and_what_was_not(
    report: CandidateReport, said: str
) -> None:
    assert summary_of(report) == said


@pytest.mark.parametrize(
    ("quote", "figure"),
    [
        ("Cut the cost of builds by 35 %.", "cost of builds by 35 %"),
        ("Serves 90,000 requests a day; praised by Larkmoor", "90,000 requests a day"),
        ("Saved Larkmoor 40 hours a week", "40 hours a week"),
        ("Saved 40 hours for Larkmoor", None),
        ("Introduced it at Larkmoor in 2021", None),
        ("led by robin over 12 clusters", "over 12 clusters"),
        ("将误报率降低了30%", None),
        ("AUC 0.94, in use at 31 hospitals", "AUC 0.94"),
        ("and rolled out to 70 models", "rolled out to 70 models"),
    ],
)
def test_a_figure_is_cut_word_for_word_and_brings_no_name(quote: str, figure: str | None) -> None:
    report = made(Track.OPS, {"delivery": 4}, (item(quote, outcome=Outcome.QUANTIFIED),))
    said = summary_of(report)
    assert (f"(“{figure}”)" in said) if figure else "“" not in said
    assert figure is None or figure in quote


def test_no_figure_of_what_somebody_only_took_part_in_or_did_not_measure() -> None:
    for other in (
        MEASURED.model_copy(update={"agency": Agency.CONTRIBUTED}),
        MEASURED.model_copy(update={"outcome": Outcome.STATED}),
    ):
        assert "140" not in summary_of(made(Track.OPS, {"delivery": 4}, (other,), bands=(0, 3)))


@pytest.mark.parametrize(
    ("level", "found", "standing", "phrase"),
    [
        (0, (), Standing.NONE, "nothing found"),
        (1, (item(context=Context.LISTED),), Standing.CLAIMED, "only mentioned"),
        (1, (item(context=Context.COURSEWORK),), Standing.CLAIMED, "studied in a course"),
        (1, (item(context=Context.CREDENTIAL),), Standing.CLAIMED, "only a certificate"),
        (1, (item(agency=Agency.EXPOSED),), Standing.CLAIMED, "took part"),
        (2, (item(agency=Agency.CONTRIBUTED),), Standing.CLAIMED, "applied at work"),
        (2, (item(context=Context.PROJECT),), Standing.CLAIMED, "applied in a project"),
        (3, (item(outcome=Outcome.STATED),), Standing.CLAIMED, "owned, with a result"),
        (3, (item(outcome=Outcome.SCOPE),), Standing.CLAIMED, "in charge for a year or more"),
        (3, (item(context=Context.PUBLICATION, outcome=Outcome.STATED),), Standing.CLAIMED, "main author of a publication"),
        (3, (), Standing.CLAIMED, "owned, with a result"),
        (4, (item(outcome=Outcome.QUANTIFIED),), Standing.CLAIMED, "owned, with a measured result"),
        (4, (item(outcome=Outcome.STATED),), Standing.CORROBORATED, "owned, confirmed in code"),
        (4, (item(outcome=Outcome.STATED),), Standing.DEMONSTRATED, "owned, its result can be seen"),
        (4, (item(context=Context.PUBLICATION),), Standing.CLAIMED, "owned, with several papers"),
    ],
)  # fmt: skip
def test_a_level_says_how_it_was_reached(
    level: int, found: tuple[Evidence, ...], standing: Standing, phrase: str
) -> None:
    assert level_phrase(level, found, standing) == phrase


def test_an_item_says_what_it_shows() -> None:
    assert item_phrase(item(outcome=Outcome.QUANTIFIED, production=True)) == "owned at work, measured result, in production"  # fmt: skip
    assert item_phrase(item(source="a/b", agency=Agency.CONTRIBUTED)) == "contributed in public code, no result given"  # fmt: skip
    assert item_phrase(item(context=Context.LISTED)) == "only mentioned"
    paper = item(context=Context.PUBLICATION, outcome=Outcome.STATED)
    assert item_phrase(paper) == "main author, result in words"


def test_every_level_and_standing_fits_a_line_of_a_terminal() -> None:
    reached = words()["reached"].values()
    for how, standing in product(reached, Standing):
        assert len(f"  {'experimentation':<16} ■■■■  {how} · {standing_phrase(standing)}") <= 80


def test_advice_fits_what_is_there_and_asks_for_nothing_untrue() -> None:
    delivery = Dimension.DELIVERY
    said = [rise_advice(delivery, level) for level in range(4)]
    said.append(rise_advice(delivery, 2, [item()]))
    said.append(rise_advice(delivery, 3, [item(outcome=Outcome.QUANTIFIED)]))
    said.append(rise_advice(Dimension.THEORY, 3))
    assert len(set(said)) == len(said)
    assert all(advice.endswith("Only if it is true.") for advice in said)
    assert not any("name it" in advice for advice in said)


def test_every_flag_has_a_name_and_advice_for_both_readers() -> None:
    for kind in FlagKind:
        texts = (flag_name(kind), flag_remedy(kind), flag_remedy(kind, for_candidate=True))
        assert all(texts)
        assert not any("--" in text for text in texts)


def test_each_flag_stands_once_with_what_to_do() -> None:
    report = made(Track.OPS, {}, flags=(FlagKind.HIDDEN_TEXT, FlagKind.HIDDEN_TEXT, FlagKind.OCR))
    reasons = (
        "the document holds hidden text",
        "borderline with ml",
        "Read again with --samples 3.",
    )
    review = report.human_review.model_copy(update={"required": True, "reasons": reasons})
    report = report.model_copy(update={"human_review": review})
    lines = checks(report)
    assert len(lines) == 5
    assert sum(flag_remedy(FlagKind.HIDDEN_TEXT) in line for line in lines) == 1
    assert lines[3].startswith("Borderline with ml. Read ")
    assert "--" not in "".join(lines)
    assert short_checks(report)[:3] == ["hidden text", "read from a picture", "borderline with ml"]
    assert len(checks(report, for_candidate=True)) == 3


def test_what_helps_only_at_a_command_line_stays_off_pages() -> None:
    assert without_options("The key is refused. Set OPENAI_API_KEY or --base-url.") == "The key is refused."  # fmt: skip
    plain = "Two well-known half-open cases – a 5-point plan, -3 %; UTF-8 and CI/CD."
    assert without_options(plain) == plain


def test_no_page_shows_an_option_of_the_command_line() -> None:
    report = made(Track.OPS, {"delivery": 4}, (MEASURED,), flags=(FlagKind.PORTFOLIO,))
    flags = (report.flags[0].model_copy(update={"message": "Unknown. Raise --deadline."}),)
    report = report.model_copy(update={"flags": flags})
    rows = [
        Row(id=report.id, source="a.pdf", status="done", reason="", report=report),
        Row(id="", source="b.pdf", status="failed", reason="Too slow. Raise --deadline.", report=None),
    ]  # fmt: skip
    pages = (render_html(report), render_html(report, Audience.CANDIDATE), render_index(rows))
    for page in (*pages, guide_html(report), compare_html([report, report])):
        shown = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.S)
        assert not re.search(r"(?<![\w-])--[a-z]", shown)
    assert "Too slow." in pages[2]


def test_the_glossary_among_the_documents_is_the_one_of_the_pages() -> None:
    path = ROOT / "docs" / "glossary.md"
    if UPDATE:
        path.write_text(glossary_markdown(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == glossary_markdown()


@pytest.mark.parametrize("audience", list(Audience))
def test_every_link_to_a_word_leads_to_one_place(audience: Audience) -> None:
    page = render_html(made(Track.OPS, {"delivery": 4}, (MEASURED,)), audience)
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    assert {term.anchor for s in glossary().sections for term in s.terms} <= set(anchors)


def test_each_dimension_is_explained_wherever_it_is_shown() -> None:
    report = _read()
    forms = (render_html(report), render_markdown(report), " ".join(render_text(report).split()))
    for dimension, form in product(Dimension, forms):
        assert dimension_sentence(dimension) in form.replace("\\", "")
