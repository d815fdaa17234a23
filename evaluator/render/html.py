"""A candidate's page: self-contained, no script, a strict content policy, autoescaped templates."""

from __future__ import annotations

from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from ..models.vocabulary import BAND_NAMES, LEVEL_NAMES, Axis
from ..report import CandidateReport, evidence_of
from ..wording import (
    dimension_sentence,
    glossary,
    is_bare,
    item_phrase,
    level_name,
    reader_name,
    standing_phrase,
    track_phrase,
    without_options,
)
from .blocks import (
    Audience,
    level_line,
    level_words,
    next_band_line,
    notes_on_verdict,
    place_of,
    portfolio_line,
    quote_line,
    score_told,
    shown_by,
    strongest_first,
    summary_line,
    title,
)
from .checks import short_checks
from .dropped_items_table import dropped_lines, dropped_summary
from .escaping import safe_link
from .highlighting import highlighted
from .views import blocks_for


@cache
def environment() -> Environment:
    """The templates; every value is escaped."""
    made = Environment(
        loader=PackageLoader("evaluator.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["safe_link"] = safe_link
    made.filters["inline"] = _inline
    made.filters["without_options"] = without_options
    made.tests["mention"] = is_bare
    made.globals.update(
        # Where the words are explained: on the page itself, or on one of their own.
        glossary="",
        words=glossary,
        band_names=BAND_NAMES,
        level_names=[level_name(level) for level in range(len(LEVEL_NAMES))],
        level_line=level_line,
        level_words=level_words,
        standing_phrase=standing_phrase,
        track_phrase=track_phrase,
        dimension_sentence=dimension_sentence,
        item_phrase=item_phrase,
        place_of=place_of,
        dropped_summary=dropped_summary,
        dropped_lines=dropped_lines,
        reader_name=reader_name,
        summary_line=summary_line,
        short_checks=short_checks,
        quote_line=quote_line,
        score_told=score_told,
        is_mention=is_bare,
        evidence_of=evidence_of,
        strongest_first=strongest_first,
        shown_by=shown_by,
    )
    return made


@cache
def _inline(text: str) -> Markup:
    """One line of our own Markdown."""
    # A text of this package, rendered with HTML in it switched off.
    return Markup(MarkdownIt("commonmark", {"html": False}).renderInline(text))  # noqa: S704


def render_html(
    report: CandidateReport, audience: Audience = Audience.RECRUITER, *, text: str | None = None
) -> str:
    """One candidate's page.

    Args:
        report: what to show.
        audience: a recruiter, or the candidate.
        text: of the document, to be shown with the counted passages marked; None leaves it out.
    """
    return (
        environment()
        .get_template("report.html.j2")
        .render(**values_of(report, audience, text=text))
    )


def framed_html(report: CandidateReport) -> str:
    """The page in a frame of its own, so that its styles stay off the page of a notebook."""
    page = escape(render_html(report))
    return f'<iframe srcdoc="{page}" sandbox title="Report" style="width:100%;height:40em;border:0"></iframe>'


def values_of(
    report: CandidateReport, audience: Audience = Audience.RECRUITER, *, text: str | None = None
) -> dict[str, object]:
    """What ``report_body.html.j2`` shows of a candidate; arguments as of :func:`render_html`."""
    return {
        "report": report,
        "title": title(report),
        "summary": summary_line(report),
        "notes": notes_on_verdict(report),
        "portfolio": portfolio_line(report),
        "axes": ((Axis.ML, "ML depth", report.axes.ml), (Axis.OPS, "Ops depth", report.axes.ops)),
        "next_bands": {axis: next_band_line(report, axis) for axis in Axis},
        "blocks": [b for b in blocks_for(report, audience) if b.heading != "Evidence"],
        "audience": audience.value,
        "lines": None if text is None else highlighted(text, report.evidence),
    }
