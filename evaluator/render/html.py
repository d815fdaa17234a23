"""A candidate's page: self-contained, no script, a strict content policy, autoescaped templates."""

from __future__ import annotations

from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..models.vocabulary import BAND_NAMES, LEVEL_NAMES, Axis
from ..report import CandidateReport, evidence_of
from .escaping import safe_link
from .highlighting import highlighted
from .telling import (
    Audience,
    blocks,
    is_mention,
    next_band_line,
    portfolio_line,
    quote_line,
    score_told,
    shown_by,
    strongest_first,
    title,
    verdict_line,
)


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
    made.tests["mention"] = is_mention
    made.globals.update(
        band_names=BAND_NAMES,
        level_names=LEVEL_NAMES,
        quote_line=quote_line,
        score_told=score_told,
        is_mention=is_mention,
        evidence_of=evidence_of,
        strongest_first=strongest_first,
        shown_by=shown_by,
    )
    return made


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
        "verdict": verdict_line(report),
        "portfolio": portfolio_line(report),
        "axes": ((Axis.ML, "ML depth", report.axes.ml), (Axis.OPS, "Ops depth", report.axes.ops)),
        "next_bands": {axis: next_band_line(report, axis) for axis in Axis},
        "blocks": [b for b in blocks(report, audience) if b.heading != "Evidence"],
        "audience": audience.value,
        "lines": None if text is None else highlighted(text, report.evidence),
    }
