"""What to ask a candidate, by template from the resume's own words, and what a candidate may add if it is true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ..report import CandidateReport
from ..report.model import ReportRequirement
from ..roles.model import Importance, Kind, RequirementVerdict

_MARK = re.compile(r"\{(?:quote|text)\}")
_TOLD_LACKING = frozenset({Kind.TOOL, Kind.LANGUAGE, Kind.CERTIFICATE, Kind.DOMAIN})
"""Kinds of which a missing one is quoted only where the resume itself says so."""
MOST_QUESTIONS = 12
"""A guide is one page."""
_MOST_SAMPLES = 3


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def question(found: ReportRequirement) -> str | None:
    """What to ask about one requirement; None where nothing is open."""
    is_shown = found.verdict is RequirementVerdict.FOUND and found.source != "resume"
    if not found.scored or is_shown:
        return None
    quote = " ".join(found.quotes[0].quote.split()).rstrip(".") if found.quotes else ""
    template = _template(found, has_quote=bool(quote))
    # Filled in one step: a quote may hold braces of its own.
    values = {"{quote}": quote, "{text}": found.text.rstrip(".")}
    return _MARK.sub(lambda match: values[match.group()], template)


def _template(found: ReportRequirement, *, has_quote: bool) -> str:
    templates, kind = _templates(), found.kind.value
    if found.verdict is RequirementVerdict.MISSING and has_quote and found.kind in _TOLD_LACKING:
        return templates["lacking"][kind]
    how = "claimed" if found.verdict is RequirementVerdict.FOUND else found.verdict.value
    template = templates[how][kind]
    return template if has_quote or "{quote}" not in template else templates["no_quote"][kind]


def open_requirements(report: CandidateReport) -> list[tuple[ReportRequirement, str]]:
    """What is worth a question, with the question: musts first, the least clear first."""
    order = (
        RequirementVerdict.UNCLEAR,
        RequirementVerdict.PARTLY,
        RequirementVerdict.MISSING,
        RequirementVerdict.FOUND,
    )
    ours = [(r, asked) for r in report.requirements if (asked := question(r))]
    ours.sort(key=lambda pair: (pair[0].need is not Importance.MUST, order.index(pair[0].verdict)))
    return ours[:MOST_QUESTIONS]


def samples(report: CandidateReport) -> Iterator[tuple[str, str]]:
    """A small piece of work for each dimension that is open: its name and the hint; three at most."""
    asked = [
        r.dimension
        for r, _ in open_requirements(report)
        if r.kind is Kind.DIMENSION and r.verdict is not RequirementVerdict.FOUND and r.dimension
    ]
    lacking = [need.dimension for need in report.role_fit.missing]
    for dimension in list(dict.fromkeys((*asked, *lacking)))[:_MOST_SAMPLES]:
        yield dimension.value, _templates()["samples"][dimension.value]


def to_add(report: CandidateReport) -> tuple[str, ...]:
    """What a candidate may add, where it is true, so that the resume speaks of the role's requirements."""
    return tuple(
        f"{r.text}: {_to_add(r)}"
        for r in report.requirements
        if r.scored and r.verdict is not RequirementVerdict.FOUND and r.kind is not Kind.DIMENSION
    )


def _to_add(found: ReportRequirement) -> str:
    said = _templates()["to_add"]
    advice = said.get(found.kind.value) or said[found.verdict.value]
    if not found.quotes:
        return advice
    quote = " ".join(found.quotes[0].quote.split()).rstrip(".")
    return said["quoted"].replace("{quote}", quote) + advice
