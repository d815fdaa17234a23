"""A report as Markdown; nothing from outside marks up."""

from __future__ import annotations

from ..models.vocabulary import Axis
from ..report import CandidateReport, axis_of
from ..wording import dimension_sentence, reader_name
from .blocks import (
    Audience,
    axis_line,
    level_words,
    next_band_line,
    portfolio_line,
    title,
    verdict_line,
)
from .escaping import for_markdown
from .views import blocks_for

_AXES = {Axis.ML: "ML", Axis.OPS: "Ops"}


def _depth(report: CandidateReport, axis: Axis) -> str:
    needs = next_band_line(report, axis)
    return f"{axis_line(report, axis)}. {needs}" if needs else axis_line(report, axis)


def render_markdown(report: CandidateReport, audience: Audience = Audience.RECRUITER) -> str:
    """GitHub-flavoured Markdown with one table."""
    lines = [
        f"# {for_markdown(title(report))}",
        "",
        f"**{for_markdown(verdict_line(report))}**",
        "",
        *(f"- {name} depth: {_depth(report, axis)}" for axis, name in _AXES.items()),
        f"- Seniority: {report.seniority.value if report.seniority else 'not stated'}; confidence {report.confidence:.2f} of 1",
        f"- Public code: {for_markdown(portfolio_line(report))}",
        "",
        "| axis | dimension | level | how | found in | what it is |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for axis in Axis:
        for dimension in axis_of(report, axis).dimensions:
            how, where = level_words(report, dimension)
            level = report.dimensions[dimension].level
            lines.append(
                f"| {axis.value} | {dimension.value} | {level} of 4 | {how} | {where} "
                f"| {dimension_sentence(dimension)} |"
            )
    for block in blocks_for(report, audience):
        lines += ["", f"## {block.heading}", ""]
        lines += [f"- {for_markdown(sentence)}" for sentence in block.lines]
    provenance = report.provenance
    by = reader_name(provenance.model)
    lines += [
        "",
        f"Read by {for_markdown(by)}; rubric {provenance.rubric}; evaluator {provenance.evaluator}; "
        f"document {report.id}.",
    ]
    return "\n".join(lines) + "\n"
