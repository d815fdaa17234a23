"""Every requirement of a role judged by its kind, and by what a reader cites for it."""

from __future__ import annotations

from ...roles.copying import AdvertWords, says_more
from ...roles.model import Kind, Requirement, RoleProfile
from ..requirement_grounds import Grounds, Judged
from .candidate_facts import CandidateFacts
from .citing import cited_aside, with_citations
from .dimensions import judge_dimension
from .education import judge_education
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


def judge_requirements(
    role: RoleProfile, grounds: Grounds, words: AdvertWords
) -> tuple[tuple[Judged, ...], list[tuple[int, int]]]:
    """Every requirement judged, and the resume's sentences that repeat the advert.

    Args:
        role: what is asked for.
        grounds: what is known of the candidate.
        words: of the advert, kept for many candidates of one role.
    """
    facts = CandidateFacts(grounds, words)
    return tuple(_judge(facts, r) for r in role.checked), facts.mentions.copies


def advert_words(role: RoleProfile) -> AdvertWords:
    """The sentences of the advert that a role file quotes, but for what is little more than a name."""
    names: dict[str, set[str]] = {}
    for r in role.requirements:
        if r.quote:
            names.setdefault(r.quote, set()).update(r.names)
    return AdvertWords(quote for quote, own in names.items() if says_more(quote, own))


def _judge(facts: CandidateFacts, r: Requirement) -> Judged:
    if not r.is_scored:
        return cited_aside(facts, r)
    return with_citations(facts, r, _BY_KIND[r.kind])
