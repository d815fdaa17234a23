"""Several candidates of a run side by side, on the same scales."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from ..models.vocabulary import BAND_NAMES, DIMENSIONS, Axis
from ..report import CandidateReport, axis_of
from .blocks import score_told, tally_line, title
from .escaping import for_terminal
from .html import environment

MOST = 4
"""More columns fit no page."""
_LABEL = 18
_NAMES = {Axis.ML: "ML depth", Axis.OPS: "Ops depth"}


def compare_text(reports: Sequence[CandidateReport]) -> str:
    """A table for a terminal, 80 columns with up to four candidates."""
    width = (80 - _LABEL) // len(reports)

    def line(label: str, cells: Sequence[str]) -> str:
        return (label.ljust(_LABEL) + "".join(_cell(cell, width) for cell in cells)).rstrip()

    lines = [
        line("", [title(r) for r in reports]),
        line("track", [_track(r) for r in reports]),
        line("seniority", [r.seniority_told for r in reports]),
        line(
            f"fit {reports[0].role_fit.role}"[: _LABEL - 1],
            [f"{r.role_fit.score:.0f}" for r in reports],
        ),
        line("requirements", [tally_line(r).replace("nice-to-have", "nice") for r in reports]),
        line("to check", [str(len(r.human_review.reasons)) for r in reports]),
    ]
    for axis in Axis:
        found = [axis_of(r, axis) for r in reports]
        lines += [
            "",
            line(_NAMES[axis], [f"{score_told(a, 1)} {BAND_NAMES[a.band]}" for a in found]),
        ]
        for dimension in DIMENSIONS[axis]:
            levels = [r.dimensions[dimension].level for r in reports]
            lines.append(
                line(f"  {dimension.value}"[:_LABEL], ["■" * n + "□" * (4 - n) for n in levels])
            )
    return "\n".join(lines) + "\n"


def _cell(text: str, width: int) -> str:
    shown = for_terminal(text)
    if cell_len(shown) >= width:
        shown = f"{set_cell_size(shown, width - 2)}…"
    return set_cell_size(shown, width)


def _track(report: CandidateReport) -> str:
    border = report.borderline
    return f"{report.track.value} or {border.neighbour.value}" if border else report.track.value


def compare_html(reports: Sequence[CandidateReport], *, pages: str | None = None) -> str:
    """A page with one column a candidate.

    Args:
        reports: two to four.
        pages: where the candidates' pages are, seen from this page; None leaves links out.
    """
    values = values_of(reports, pages=pages, suffix=".html")
    return environment().get_template("compare.html.j2").render(**values)


def values_of(
    reports: Sequence[CandidateReport], *, pages: str | None, suffix: str
) -> dict[str, object]:
    """What ``compare_body.html.j2`` shows; a candidate's page is ``pages/ID`` and the suffix."""
    return {
        "reports": [(report, title(report)) for report in reports],
        "tally_line": tally_line,
        "axes": [(axis.value, _NAMES[axis], DIMENSIONS[axis]) for axis in Axis],
        "axis_of": axis_of,
        "pages": pages,
        "suffix": suffix,
        "axis_named": {axis.value: axis for axis in Axis},
    }
