"""A report as Markdown; nothing from outside marks up."""

from __future__ import annotations

from ..models.vocabulary import LEVEL_NAMES, Axis
from ..report import CandidateReport, axis_of
from .escaping import for_markdown
from .telling import Audience, axis_line, blocks, portfolio_line, title, verdict_line


def render_markdown(report: CandidateReport, audience: Audience = Audience.RECRUITER) -> str:
    """GitHub-flavoured Markdown with one table."""
    lines = [
        f"# {for_markdown(title(report))}",
        "",
        f"**{for_markdown(verdict_line(report))}**",
        "",
        f"- ML depth: {axis_line(report, Axis.ML)}",
        f"- Ops depth: {axis_line(report, Axis.OPS)}",
        f"- Seniority: {report.seniority.value}; confidence {report.confidence:.2f}",
        f"- Public code: {for_markdown(portfolio_line(report))}",
        "",
        "| axis | dimension | level | standing |",
        "| --- | --- | --- | --- |",
    ]
    for axis in Axis:
        for dimension in axis_of(report, axis).dimensions:
            row = report.dimensions[dimension]
            lines.append(
                f"| {axis.value} | {dimension.value} | {row.level} {LEVEL_NAMES[row.level]} "
                f"| {row.standing.value} |"
            )
    for block in blocks(report, audience):
        lines += ["", f"## {block.heading}", ""]
        lines += [f"- {for_markdown(sentence)}" for sentence in block.lines]
    provenance = report.provenance
    by = provenance.model or provenance.reader
    lines += [
        "",
        f"Read by {for_markdown(by)}; rubric {provenance.rubric}; evaluator {provenance.evaluator}; "
        f"document {report.id}.",
    ]
    return "\n".join(lines) + "\n"
