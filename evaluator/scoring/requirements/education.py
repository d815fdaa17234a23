"""Degrees."""

from __future__ import annotations

from ...roles.model import Requirement, RequirementVerdict
from ..grounds import Judged, Rank
from ..mentions import Mention
from .findings import Findings

_DEGREES = {
    "vocational": "vocational training",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
    "doctorate": "a doctorate",
}
"""From the lowest, with how each is told."""
_ANY = 1
"""The degree that is meant where none is named."""


def judge_education(findings: Findings, r: Requirement) -> Judged:
    """By the highest degree that the resume names; any one where something comparable is taken as well."""
    ranks = [n for n, d in enumerate(_DEGREES) if any(d in name.casefold() for name in r.names)]
    held = [
        n for n, d in enumerate(_DEGREES) for told in findings.grounds.degrees if told.startswith(d)
    ]
    if not held:
        return findings.judged(r, RequirementVerdict.UNCLEAR, (), "the resume names no degree")
    why = f"the highest degree named is {tuple(_DEGREES.values())[max(held)]}"
    is_met = max(held) >= min(ranks, default=_ANY) or r.similar
    verdict = RequirementVerdict.FOUND if is_met else RequirementVerdict.MISSING
    return findings.judged(r, verdict, _studies(findings), why)


def _studies(findings: Findings) -> list[Mention]:
    """The first line of the studies."""
    text = findings.grounds.text
    return [
        Mention(Rank.STUDIED, p.start, p.start + len(text[p.start : p.end].split("\n")[0]), p)
        for p in findings.grounds.places
        if p.kind == "education"
    ][:1]
