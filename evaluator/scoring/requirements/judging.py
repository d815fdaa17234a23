"""Every requirement of a role judged by its kind, and by what a reader cites for it."""

from __future__ import annotations

from ...models.vocabulary import Shows
from ...roles.copying import AdvertWords
from ...roles.model import Kind, Requirement, RequirementVerdict, RoleProfile
from ..grounds import Grounds, Judged, Quote, Rank
from .dimensions import judge_dimension
from .education import judge_education
from .findings import VERDICTS, Findings
from .languages import judge_language
from .names import judge_certificate, judge_domain, judge_tool
from .years import judge_years

_BY_KIND = {
    Kind.DIMENSION: judge_dimension,
    Kind.TOOL: judge_tool,
    Kind.YEARS: judge_years,
    Kind.LANGUAGE: judge_language,
    Kind.CERTIFICATE: judge_certificate,
    Kind.EDUCATION: judge_education,
    Kind.DOMAIN: judge_domain,
}
_BY_CODE_ALONE = frozenset({Kind.DIMENSION, Kind.YEARS})
"""Levels and dates are counted; a citation adds nothing to them."""
_CITED_AS = {
    Shows.DONE: "the reader cites work with it",
    Shows.STUDIED: "the reader cites it as learned",
    Shows.NAMED: "the reader cites it as named only",
    Shows.DENIED: "the reader cites that it is lacking",
}


def judge_requirements(
    role: RoleProfile, grounds: Grounds, words: AdvertWords
) -> tuple[tuple[Judged, ...], list[tuple[int, int]]]:
    """Every requirement judged, and the resume's sentences that repeat the advert.

    Args:
        role: what is asked for.
        grounds: what is known of the candidate.
        words: of the advert, kept for many candidates of one role.
    """
    findings = Findings(grounds, words)
    return tuple(_judge(findings, r) for r in role.checked), findings.mentions.copies


def advert_words(role: RoleProfile) -> AdvertWords:
    """The sentences of the advert that a role file quotes."""
    return AdvertWords(r.quote for r in role.requirements if r.quote)


def _judge(findings: Findings, r: Requirement) -> Judged:
    if not r.is_scored:
        why = "listed for a person to check; never scored"
        return findings.judged(r, RequirementVerdict.UNCLEAR, (), why)
    found = _BY_KIND[r.kind](findings, r)
    return found if r.kind in _BY_CODE_ALONE else _with_citations(findings, found)


def _with_citations(findings: Findings, found: Judged) -> Judged:
    """What code found, unless a reader cites something better; what is missing is told by the reader's words."""
    r = found.requirement
    ours = findings.citations(r)
    if not ours:
        return found
    best = max(ours, key=lambda c: (Rank[c.shows.name], c.quote))
    verdict = VERDICTS[Rank[best.shows.name]]
    order = list(RequirementVerdict)
    is_better = order.index(verdict) < order.index(found.verdict)
    if not is_better and found.verdict is not RequirementVerdict.MISSING:
        return found
    quotes = [
        Quote(quote=c.quote, source=c.source, location=c.location)
        for c in ours
        if c.shows is best.shows
    ]
    return findings.quoted(r, verdict, quotes, _CITED_AS[best.shows])
