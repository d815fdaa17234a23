"""What a reader cites for a requirement, beside what code finds."""

from __future__ import annotations

from ...models.vocabulary import Shows
from ...roles.model import Kind, Requirement, RequirementVerdict
from ..grounds import Citation, Judged, Quote
from .findings import SHARES, Findings

_ORDER = tuple(RequirementVerdict)
_VERDICTS = {
    Shows.DONE: RequirementVerdict.FOUND,
    Shows.PART: RequirementVerdict.PARTLY,
    Shows.STUDIED: RequirementVerdict.PARTLY,
    Shows.NAMED: RequirementVerdict.UNCLEAR,
    Shows.DENIED: RequirementVerdict.MISSING,
}
_CITED_AS = {
    Shows.DONE: "the reader cites work with it",
    Shows.PART: "the reader cites a part of it, or something like it",
    Shows.STUDIED: "the reader cites it as learned",
    Shows.NAMED: "the reader cites it as named only",
    Shows.DENIED: "the reader cites a statement that it is lacking",
}
_UNCITED = "the reader cites nothing for what exactly is asked"
_LISTED = "listed for a person to check; never scored"
_READ_FOR = frozenset({Kind.DIMENSION, Kind.DOMAIN})


def with_citations(findings: Findings, found: Judged) -> Judged:
    """What code found, with what a reader cites.

    A dimension is wider than the work that an opening asks for, so a reader who was asked decides about it. Of a name
    the better of both stands, and what code misses is told by the reader's words.
    """
    r, ours = found.requirement, findings.citations(found.requirement)
    if not ours:
        return _uncited(findings, found)
    best = max(ours, key=lambda c: (-list(Shows).index(c.shows), c.quote))
    verdict = _VERDICTS[best.shows]
    is_better = _ORDER.index(verdict) < _ORDER.index(found.verdict)
    decides = r.kind is Kind.DIMENSION or found.verdict is RequirementVerdict.MISSING
    return _cited(findings, found, best, ours) if is_better or decides else found


def cited_aside(findings: Findings, r: Requirement) -> Judged:
    """Of what is never scored: the reader's words, for a person."""
    found = findings.judged(r, RequirementVerdict.UNCLEAR, (), _LISTED)
    if r.kind is not Kind.OTHER or not (ours := findings.citations(r)):
        return found
    best = max(ours, key=lambda c: (-list(Shows).index(c.shows), c.quote))
    cited = _cited(findings, found, best, ours)
    return cited.model_copy(update={"why": f"{cited.why}; {_LISTED}"})


def _cited(findings: Findings, found: Judged, best: Citation, ours: list[Citation]) -> Judged:
    quotes = [
        Quote(quote=c.quote, source=c.source, location=c.location)
        for c in ours
        if c.shows is best.shows
    ]
    cited = findings.quoted(found.requirement, _VERDICTS[best.shows], quotes, _CITED_AS[best.shows])
    return cited.model_copy(update={"level": found.level})


def _uncited(findings: Findings, found: Judged) -> Judged:
    """A reader who was asked for a kind of work and cites nothing says that it is not there; a name that stands there stands there."""
    r = found.requirement
    if r.kind not in _READ_FOR or not findings.was_asked(r):
        return found
    missing = RequirementVerdict.MISSING
    update = {"verdict": missing, "share": SHARES[missing], "why": f"{found.why}; {_UNCITED}"}
    return found.model_copy(update=update)
