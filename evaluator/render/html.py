"""HTML pages: self-contained, no script, a strict content policy, autoescaped templates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..models.vocabulary import BAND_NAMES, LEVEL_NAMES, Axis
from ..report import CandidateReport, evidence_of
from ..report.model import ReportAxis
from .escaping import safe_link
from .table import Row, ranked
from .telling import (
    Audience,
    blocks,
    portfolio_line,
    quote_line,
    strongest_first,
    title,
    verdict_line,
)

_SIZE = 420
_MARGIN = 40
_CELL = 20.0
_REACH = ((0.0, 12.0), (5.0, 32.0), (20.0, 60.0), (45.0, 85.0), (75.0, 100.0))
"""Scores that candidates of each band have, about."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evaluator.render", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["safe_link"] = safe_link
    environment.globals.update(
        band_names=BAND_NAMES,
        level_names=LEVEL_NAMES,
        quote_line=quote_line,
        evidence_of=evidence_of,
        strongest_first=strongest_first,
    )
    return environment


def render_html(report: CandidateReport, audience: Audience = Audience.RECRUITER) -> str:
    """One candidate's page."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            title=title(report),
            verdict=verdict_line(report),
            portfolio=portfolio_line(report),
            axes=((Axis.ML, "ML depth", report.axes.ml), (Axis.OPS, "Ops depth", report.axes.ops)),
            blocks=[b for b in blocks(report, audience) if b.heading != "Evidence"],
            audience=audience.value,
        )
    )


def render_index(rows: Sequence[Row]) -> str:
    """The run's page: a quadrant of the pool and the ranked table."""
    done = [row for row in ranked(rows) if row.report is not None]
    counts: dict[str, int] = {}
    for row in done:
        assert row.report is not None
        counts[row.report.track.value] = counts.get(row.report.track.value, 0) + 1
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            rows=[(row, row.report) for row in done],
            failed=[row for row in ranked(rows) if row.report is None],
            counts=counts,
            size=_SIZE,
            margin=_MARGIN,
            marks=[_mark(row) for row in done],
            bands=[(name, _place(_CELL * n)) for n, name in enumerate(BAND_NAMES)],
        )
    )


def _mark(row: Row) -> dict[str, object]:
    report = row.report
    assert report is not None
    return {
        "x": _place(_in_band(report.axes.ml)),
        "y": round(_SIZE - _place(_in_band(report.axes.ops)), 1),
        "track": report.track.value,
        "label": f"{title(report)}: {report.track.value}, ML {report.axes.ml.score}, Ops {report.axes.ops.score}",
        "href": f"reports/{row.id}.html",
        "borderline": report.borderline is not None,
    }


def _in_band(axis: ReportAxis) -> float:
    """Where an axis stands among the bands: in its band's cell, by score within what the band allows."""
    low, high = _REACH[axis.band]
    share = min(1.0, max(0.0, (axis.score - low) / (high - low)))
    return _CELL * (axis.band + 0.1 + 0.8 * share)


def _place(hundredths: float) -> float:
    return round(_MARGIN + hundredths / 100 * (_SIZE - 2 * _MARGIN), 1)
