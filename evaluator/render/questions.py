"""What to ask a candidate, by template from the resume's own words, and what a candidate may add if it is true."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ..report import CandidateReport
from ..report.model import ReportRequirement
from ..roles.model import Importance, Kind, RequirementVerdict

MOST_QUESTIONS = 12
"""A guide is one page."""


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def question(found: ReportRequirement) -> str | None:
    """What to ask about one requirement; None where nothing is open."""
    if not found.scored:
        return None
    if found.verdict is RequirementVerdict.FOUND:
        how = "claimed" if found.source == "resume" else None
    else:
        how = found.verdict.value
    if how is None:
        return None
    quote = " ".join(found.quotes[0].quote.split()) if found.quotes else ""
    template = _templates()[how].get(found.kind.value, "")
    if "{quote}" in template and not quote:
        template = _templates()["no_quote"].get(found.kind.value, "")
    # Filled in one step: a quote may hold braces of its own.
    pieces = {"{quote}": quote.rstrip("."), "{text}": found.text.rstrip(".")}
    for mark, value in pieces.items():
        if mark in template:
            before, _, after = template.partition(mark)
            return f"{before}{value}{after.replace('{text}', found.text)}"
    return template or None


def open_requirements(report: CandidateReport) -> list[ReportRequirement]:
    """What is worth a question: musts first, the least clear first."""
    order = (
        RequirementVerdict.UNCLEAR,
        RequirementVerdict.PARTLY,
        RequirementVerdict.MISSING,
        RequirementVerdict.FOUND,
    )
    ours = [r for r in report.requirements if question(r)]
    ours.sort(key=lambda r: (r.need is not Importance.MUST, order.index(r.verdict)))
    return ours[:MOST_QUESTIONS]


def samples(report: CandidateReport) -> Iterator[tuple[str, str]]:
    """A small piece of work for each dimension that is open: its name and the hint; three at most."""
    named = [
        r.dimension
        for r in open_requirements(report)
        if r.kind is Kind.DIMENSION and r.verdict is not RequirementVerdict.FOUND and r.dimension
    ]
    named += [need.dimension for need in report.role_fit.missing if need.dimension not in named]
    for dimension in named[:3]:
        yield dimension.value, _templates()["samples"][dimension.value]


def to_add(report: CandidateReport) -> tuple[str, ...]:
    """What a candidate may add, if it is true, so that the resume speaks of the role's requirements."""
    told = {
        RequirementVerdict.UNCLEAR: "say where you used it, what you did and what came of it",
        RequirementVerdict.PARTLY: "say what was yours, for how long and with which result",
        RequirementVerdict.MISSING: "name it with the job it belongs to",
    }
    return tuple(
        f"{r.text}: if it is true, {told[r.verdict]}"
        for r in report.requirements
        if r.scored and r.verdict in told and r.kind is not Kind.DIMENSION
    )
