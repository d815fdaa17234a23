"""What a reader cites for a requirement, beside what code finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...models.document import RESUME
from ...models.vocabulary import Shows
from ...roles.advert_words import forms
from ...roles.model import Kind, Requirement, RequirementVerdict
from ..requirement_grounds import Citation, Judged, Quote, Rank
from .candidate_facts import SHARES, CandidateFacts

_ORDER = tuple(RequirementVerdict)
_VERDICTS = {
    Shows.DONE: RequirementVerdict.FOUND,
    Shows.PART: RequirementVerdict.PARTLY,
    Shows.STUDIED: RequirementVerdict.UNCLEAR,
    Shows.NAMED: RequirementVerdict.UNCLEAR,
    Shows.NEAR: RequirementVerdict.MISSING,
    Shows.DENIED: RequirementVerdict.MISSING,
}
_CITED_AS = {
    Shows.DONE: "a quote shows work with it",
    Shows.PART: "a quote shows only a part of what is asked",
    Shows.NEAR: "a quote shows only something similar",
    Shows.STUDIED: "a quote says that it was learned, not used",
    Shows.NAMED: "a quote merely names it",
    Shows.DENIED: "a quote says that it is lacking",
}
_READER_DECIDES = frozenset(
    {
        (Shows.PART, RequirementVerdict.FOUND),
        (Shows.NEAR, RequirementVerdict.PARTLY),
        (Shows.STUDIED, RequirementVerdict.PARTLY),
    }
)
"""Where a reader cites less than code finds, and knows more of it."""
_CARRYING = {RequirementVerdict.FOUND: Rank.DONE, RequirementVerdict.PARTLY: Rank.STUDIED}
"""What a mention carries at least that makes a verdict."""
Judge = Callable[[CandidateFacts, Requirement], Judged]
_UNCITED = "no quote shows exactly what is asked"
_NO_WORK = "no quote shows such work"
_IN_STEPS = frozenset({Kind.LANGUAGE, Kind.EDUCATION})
"""Where less is a step of a ladder, and code knows the steps."""
_LISTED = "listed for a person to check; never scored"


def with_citations(facts: CandidateFacts, r: Requirement, judge: Judge) -> Judged:
    """What code finds, with what a reader cites; the better of both stands, so that no line makes the verdict worse.

    A dimension is wider than the work that an opening asks for, so a reader who was asked decides about it. Of a tool
    that is used, and of years with it, code cannot tell how well or for what, so they are whole where a reader who was
    asked cites such work. Of other names a reader who cites less decides about the lines that are cited.
    """
    found, ours = judge(facts, r), facts.citations(r)
    if r.kind is Kind.YEARS:
        return found
    if r.kind is Kind.TOOL and facts.grounds.was_asked and _is_uncited_work(found, ours):
        return _partly(facts, found, ours)
    if not ours:
        return _uncited(facts, found)
    if r.kind is Kind.TOOL and not found.share:
        ours = [_as_listed(facts, c) for c in ours]
    best = _best(ours)
    if _is_known_better(facts, found, ours):
        return found
    if facts.was_asked(r):
        return _cited(facts, found, best, ours)
    overruling = [c for c in ours if _is_overruled(found, c)]
    if overruling:
        found = judge(facts.beside(overruling, _CARRYING[found.verdict]), r)
    ahead = _ORDER.index(found.verdict) - _ORDER.index(_VERDICTS[best.shows])
    is_told = bool(overruling) or found.verdict is RequirementVerdict.MISSING
    return _cited(facts, found, best, ours) if ahead > 0 or (is_told and not ahead) else found


def _as_listed(facts: CandidateFacts, c: Citation) -> Citation:
    """A list of skills names a tool, and tells of no work of which a part would be what is asked."""
    place = facts.grounds.place_at(c.location.start or 0) if c.source == RESUME else None
    is_part = c.shows is Shows.PART and place is not None and place.kind == "skills"
    return c.model_copy(update={"shows": Shows.NAMED}) if is_part else c


def _is_known_better(facts: CandidateFacts, found: Judged, ours: list[Citation]) -> bool:
    """Whether code read words to be less than a reader takes them for.

    What "heard of", a mere name or a course is where much is asked, and how far a degree or a level of a language is below another.
    """
    if found.verdict is not RequirementVerdict.MISSING or not found.quotes:
        return False
    shows = _best(ours).shows
    return shows is Shows.NAMED or (
        shows is Shows.PART
        and found.requirement.kind in _IN_STEPS
        and all(_is_read(facts, found, c) for c in ours if c.shows is Shows.PART)
    )


def _is_read(facts: CandidateFacts, found: Judged, c: Citation) -> bool:
    """Whether code judged by the words of a citation, too."""
    start, end = c.location.start or 0, c.location.end or 0
    place = facts.grounds.place_at(start)
    is_school = place is not None and place.kind == "education"
    return c.source == RESUME and (
        (is_school and found.requirement.kind is Kind.EDUCATION)
        or any(
            (q.location.start or 0) < end and start < (q.location.end or 0) for q in found.quotes
        )
    )


def _is_overruled(found: Judged, c: Citation) -> bool:
    """Whether a reader knows more of a line than code; a degree of another subject is near, and a part all the same."""
    is_subject = found.requirement.kind is Kind.EDUCATION and c.shows is Shows.NEAR
    return (c.shows, found.verdict) in _READER_DECIDES and not is_subject


def _is_uncited_work(found: Judged, ours: list[Citation]) -> bool:
    is_whole = found.verdict is RequirementVerdict.FOUND
    return is_whole and all(c.shows is not Shows.DONE for c in ours)


def _partly(facts: CandidateFacts, found: Judged, ours: list[Citation]) -> Judged:
    best = _best(ours) if ours else None
    if best and best.shows is Shows.PART:
        return _cited(facts, found, best, ours)
    partly = RequirementVerdict.PARTLY
    why = f"{found.why}; {_CITED_AS[best.shows] if best else _NO_WORK}"
    return replace(found, verdict=partly, share=SHARES[partly], why=why)


def cited_aside(facts: CandidateFacts, r: Requirement) -> Judged:
    """Of what is never scored: the reader's words, for a person."""
    found = facts.judged(r, RequirementVerdict.UNCLEAR, (), _LISTED)
    if r.kind is not Kind.OTHER or not facts.grounds.was_asked:
        return found
    if not (ours := facts.citations(r)):
        # Of character and communication few resumes speak.
        return found if forms("soft").search(r.quote or r.text) else _missing(found)
    cited = _cited(facts, found, _best(ours), ours)
    if _best(ours).shows is Shows.NEAR:
        cited = replace(cited, verdict=RequirementVerdict.UNCLEAR)
    return replace(cited, why=f"{cited.why}; {_LISTED}")


def _best(ours: list[Citation]) -> Citation:
    return max(ours, key=lambda c: (-list(Shows).index(c.shows), c.quote))


def _lacking(r: Requirement, c: Citation) -> str:
    """What the reader misses, where it is words of the requirement; nothing of a reader's own."""
    words = " ".join(c.lacking.split())
    asked = " ".join(f"{r.text} {' / '.join(r.names)} {r.quote or ''}".split())
    return words if words.casefold() in asked.casefold() else ""


def _cited(facts: CandidateFacts, found: Judged, best: Citation, ours: list[Citation]) -> Judged:
    quotes = [
        Quote(quote=c.quote, source=c.source, location=c.location)
        for c in ours
        if c.shows is best.shows
    ]
    why = _CITED_AS[best.shows]
    if best.shows is Shows.PART and (lacking := _lacking(found.requirement, best)):
        why = f"{why}, without “{lacking}”"
    cited = facts.quoted(found.requirement, _VERDICTS[best.shows], quotes, why)
    return replace(cited, level=found.level)


def _uncited(facts: CandidateFacts, found: Judged) -> Judged:
    """A reader who was asked for a kind of work and cites nothing says that it is not there; a trade that is named stays unclear."""
    if not facts.was_asked(found.requirement):
        return found
    if found.requirement.kind is Kind.DOMAIN and found.share:
        unclear = RequirementVerdict.UNCLEAR
        why = f"{found.why}; {_UNCITED}"
        return replace(found, verdict=unclear, share=SHARES[unclear], why=why)
    return _missing(found)


def _missing(found: Judged) -> Judged:
    missing = RequirementVerdict.MISSING
    why = f"{found.why}; {_UNCITED}"
    return replace(found, verdict=missing, share=SHARES[missing], why=why)
