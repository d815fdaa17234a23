"""Degrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat, zip_longest

from ...roles.advert_words import forms
from ...roles.model import Requirement, RequirementVerdict
from ...roles.speech import says
from ..mentions import Mention
from ..requirement_grounds import Judged, Place, Rank
from ..text_index import Studies
from .candidate_facts import CandidateFacts

_DEGREES = {
    "vocational": "vocational training",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
    "doctorate": "a doctorate",
}
"""From the lowest, with how each is told."""
_ANY = 1
"""The degree that is meant where none is named."""
_YEARS_INSTEAD = 3
"""Years of work that openings take for a degree where they take anything comparable."""


def judge_education(facts: CandidateFacts, r: Requirement) -> Judged:
    """By the highest degree that the resume names; any one where something comparable is taken as well."""
    ranks = [n for n, d in enumerate(_DEGREES) if any(d in name.casefold() for name in r.names)]
    studies = studies_of(facts)
    listed = _listed(facts, studies)
    held = [n for n, d in enumerate(_DEGREES) for told in listed if told.startswith(d)]
    held += studies.degrees
    if not held:
        takes_years = r.similar and forms("of_work").search(r.quote or r.text)
        if takes_years and not facts.grounds.was_asked and facts.grounds.career >= _YEARS_INSTEAD:
            why = "the resume names no degree; its years of work are taken as well"
            return facts.judged(r, RequirementVerdict.FOUND, (), why)
        if studies.is_unfinished:
            why = "the resume says that no degree was reached"
            return facts.judged(r, RequirementVerdict.MISSING, _first(facts, studies), why)
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), "the resume names no degree")
    why = f"the highest degree named is {tuple(_DEGREES.values())[max(held)]}"
    asked = min(ranks, default=_ANY)
    if max(held) < asked and not r.similar:
        verdict = RequirementVerdict.MISSING
    elif r.quote and not studies.is_technical and forms("technical_subject").search(r.quote):
        verdict, why = RequirementVerdict.PARTLY, f"{why}; of another subject than those asked for"
    else:
        verdict = RequirementVerdict.FOUND
    return facts.judged(r, verdict, _first(facts, studies), why)


def studies_of(facts: CandidateFacts) -> Studies:
    """The studies by their words, with degrees that the list of degrees does not tell."""
    if facts.grounds.index is not None and not facts.leaves_out:
        return facts.grounds.index.studies
    lines = list(_lines(facts))
    text, subject = "\n".join(lines), forms("technical_subject")
    named = [n for n, d in enumerate(_DEGREES) if n and forms(f"degree_{d}").search(text)]
    return Studies(
        degrees=named or [_ANY] * bool(forms("degree_entry").search(text)),
        is_technical=any(map(subject.search, lines)),
        is_taught=says("taught", text) and not forms("degree_vocational").search(text),
        is_unfinished=says("unfinished", text),
        first=next(map(_first_line, _places(facts), repeat(facts.grounds.text)), None),
    )


def _first_line(place: Place, text: str) -> tuple[int, int]:
    return place.start, place.start + len(text[place.start : place.end].split("\n")[0])


def _places(facts: CandidateFacts) -> Iterator[Place]:
    """The stretches of the studies; the head of a degree stands before what is told of it."""
    places = facts.grounds.places
    for place, following in zip_longest(places, places[1:]):
        is_head = place.kind == "title" and (
            (following is not None and following.kind == "education")
            or (place.months is None and _begins_with_degree(facts, place))
        )
        if place.kind == "education" or is_head:
            yield place


def _begins_with_degree(facts: CandidateFacts, place: Place) -> bool:
    head = facts.grounds.text[place.start : place.end].lstrip("*_ ")
    return any(forms(f"degree_{d}").match(head) for d in _DEGREES)


def _lines(facts: CandidateFacts) -> Iterator[str]:
    """The lines of the studies that are not left out."""
    for place in _places(facts):
        at = place.start
        for line in facts.grounds.text[at : place.end].splitlines(keepends=True):
            if not facts.is_aside(at, at + len(line)):
                yield line.rstrip("\r\n")
            at += len(line)


def _listed(facts: CandidateFacts, studies: Studies) -> Sequence[str]:
    """Degrees that the foundations list; their lines are not known, so none where any is left out."""
    if facts.leaves_out and any(facts.is_aside(p.start, p.end) for p in _places(facts)):
        return ()
    if studies.is_taught:
        return [d for d in facts.grounds.degrees if not d.startswith("vocational")]
    return facts.grounds.degrees


def _first(facts: CandidateFacts, studies: Studies) -> list[Mention]:
    """The first line of the studies."""
    if studies.first is None:
        return []
    start, end = studies.first
    return [Mention(Rank.STUDIED, start, end, facts.grounds.place_at(start))]
