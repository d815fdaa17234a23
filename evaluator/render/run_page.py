"""A run's page: one self-contained file with a picture of the pool and a table to filter, sort and choose from."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from ..models.vocabulary import BAND_NAMES, Seniority, Severity, Standing, Track
from ..report import CandidateReport
from ..report.model import ReportAxis
from .blocks import score_told, title
from .html import environment
from .table import Row, ranked

SIZE = 420
MARGIN = 40
_CELL = 20.0
_MANY = 300
_REACH = ((0.0, 12.0), (5.0, 32.0), (20.0, 60.0), (45.0, 85.0), (75.0, 100.0))
"""Scores that candidates of each band have, about."""
_COLUMNS = (
    ("name", "candidate", False), ("track", "track", False), ("mls", "ML", True), ("opss", "Ops", True),
    ("seniority", "seniority", False), ("met", "met", True), ("fit", "fit", True),
)  # fmt: skip


def render_index(rows: Sequence[Row]) -> str:
    """The page. It is whole without its script, which adds filters, sorting and the shortlist."""
    done = [row for row in ranked(rows) if row.report is not None]
    reports = [row.report for row in done if row.report is not None]
    script, hash_ = _script()
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            rows=list(zip(done, reports, strict=True)),
            failed=[row for row in ranked(rows) if row.report is None],
            tracks=_counts(Track, [r.track for r in reports]),
            ml_bands=_bands([r.axes.ml for r in reports]),
            ops_bands=_bands([r.axes.ops for r in reports]),
            seniorities=[s.value for s in Seniority],
            columns=_COLUMNS,
            tally_of=tally_of,
            role=reports[0].role_fit.role if reports else "",
            standings_of=standings_of,
            shown_in=shown_in,
            size=SIZE,
            margin=MARGIN,
            radius=7 if len(done) < _MANY else 4,
            marks=[_mark(row, report) for row, report in zip(done, reports, strict=True)],
            bands=band_lines(),
            facts=run_facts(reports),
            # A file of this package, not a text from outside.
            script=Markup(script),  # noqa: S704
            script_hash=hash_,
        )
    )


@cache
def _script() -> tuple[str, str]:
    """The page's only script and its hash, which is all that the content policy lets run."""
    text = files(__package__).joinpath("templates", "index.js").read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return text, f"sha256-{base64.b64encode(digest).decode()}"


def _counts(kinds: type[Track], found: Sequence[Track]) -> list[tuple[str, int]]:
    counts = Counter(found)
    return [(kind.value, counts[kind]) for kind in kinds]


def _bands(axes: Sequence[ReportAxis]) -> list[tuple[str, int]]:
    counts = Counter(axis.band for axis in axes)
    return [(name, counts[band]) for band, name in reversed(list(enumerate(BAND_NAMES)))]


def tally_of(report: CandidateReport) -> tuple[int, int, int]:
    """Requirements found, all that are scored, and unclear ones."""
    fit = report.role_fit
    musts, nice = fit.musts, fit.nice
    return musts.found + nice.found, musts.total + nice.total, musts.unclear + nice.unclear


def standings_of(report: CandidateReport) -> str:
    """What public code does for a candidate, as words to filter by."""
    shown = {d.standing for d in report.dimensions.values()}
    return " ".join(s.value for s in (Standing.CORROBORATED, Standing.DEMONSTRATED) if s in shown)


def shown_in(report: CandidateReport) -> str:
    """How many of the dimensions with evidence public code shows, or what is known of it."""
    standings = [d.standing for d in report.dimensions.values() if d.standing is not Standing.NONE]
    shown = sum(s is not Standing.CLAIMED for s in standings)
    return f"shows {shown} of {len(standings)}" if shown else report.portfolio.status.value


def flags_of(report: CandidateReport) -> list[str]:
    """Kinds of the flags that a person should see."""
    kinds = (
        f.kind.value.replace("_", " ") for f in report.flags if f.severity is not Severity.INFO
    )
    return list(dict.fromkeys(kinds))


def run_facts(reports: Sequence[CandidateReport]) -> list[tuple[str, str]]:
    """Which reader, how much, at what cost. What one report does not know is unknown for all."""
    by = [r.provenance for r in reports]
    readers = Counter(f"{p.model} (model)" if p.model else "embedded rules" for p in by)
    facts = [
        ("read by", ", ".join(f"{name}: {n}" for name, n in readers.most_common()) or "nobody")
    ]
    if any(p.calls for p in by):
        facts += [
            ("model calls", f"{sum(p.calls for p in by):,}"),
            ("input tokens", _total([p.input_tokens for p in by], "{:,.0f}")),
            ("output tokens", _total([p.output_tokens for p in by], "{:,.0f}")),
            ("cost", _total([p.cost_usd for p in by], "{:,.4f} USD")),
        ]
    return [
        *facts,
        ("rubric", ", ".join(sorted({p.rubric for p in by})) or "none"),
        ("GitHub requests", f"{sum(p.github_requests for p in by):,}"),
        ("evaluator", ", ".join(sorted({p.evaluator for p in by})) or "none"),
    ]


def _total(values: Sequence[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    return form.format(sum(known)) if len(known) == len(values) else "unknown"


def spot_of(report: CandidateReport) -> tuple[float, float]:
    """Where a candidate stands in the picture, across and down."""
    ml, ops = report.axes.ml, report.axes.ops
    return _place(_in_band(ml)), round(SIZE - _place(_in_band(ops)), 1)


def band_lines() -> list[tuple[str, float]]:
    """Names of the bands and where each begins."""
    return [(name, _place(_CELL * n)) for n, name in enumerate(BAND_NAMES)]


def _mark(row: Row, report: CandidateReport) -> dict[str, object]:
    ml, ops = report.axes.ml, report.axes.ops
    x, y = spot_of(report)
    return {
        "id": row.id,
        "x": x,
        "y": y,
        "track": report.track.value,
        "label": f"{title(report)}: {report.track.value}, ML {score_told(ml, 1)}, Ops {score_told(ops, 1)}",
        "href": f"reports/{row.id}.html",
        "borderline": report.borderline is not None,
    }


def _in_band(axis: ReportAxis) -> float:
    """Where an axis stands among the bands: in its band's cell, by score within what the band allows."""
    low, high = _REACH[axis.band]
    share = min(1.0, max(0.0, (axis.score - low) / (high - low)))
    return _CELL * (axis.band + 0.1 + 0.8 * share)


def _place(hundredths: float) -> float:
    return round(MARGIN + hundredths / 100 * (SIZE - 2 * MARGIN), 1)
