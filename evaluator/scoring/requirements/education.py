"""Degrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ...roles.advert_words import forms
from ...roles.model import Requirement, RequirementVerdict
from ...roles.speech import says
from ..mentions import Mention
from ..requirement_grounds import Judged, Place, Rank
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
    listed = _listed(facts)
    held = [n for n, d in enumerate(_DEGREES) for told in listed if told.startswith(d)]
    held += degrees_named(facts)
    if not held:
        takes_years = r.similar and forms("of_work").search(r.quote or r.text)
        if takes_years and facts.grounds.career >= _YEARS_INSTEAD:
            why = "the resume names no degree; its years of work are taken as well"
            return facts.judged(r, RequirementVerdict.FOUND, (), why)
        if says("unfinished", "\n".join(_lines(facts))):
            why = "the resume says that no degree was reached"
            return facts.judged(r, RequirementVerdict.MISSING, _studies(facts), why)
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), "the resume names no degree")
    why = f"the highest degree named is {tuple(_DEGREES.values())[max(held)]}"
    asked = min(ranks, default=_ANY)
    if max(held) < asked and not r.similar:
        verdict = RequirementVerdict.MISSING
    elif _is_of_other_subject(facts, r):
        verdict, why = RequirementVerdict.PARTLY, f"{why}; of another subject than those asked for"
    else:
        verdict = RequirementVerdict.FOUND
    return facts.judged(r, verdict, _studies(facts), why)


def _is_of_other_subject(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether technical studies are asked for, and none of the studies is told as such."""
    subject = forms("technical_subject")
    return bool(r.quote and subject.search(r.quote)) and not any(map(subject.search, _lines(facts)))


def degrees_named(facts: CandidateFacts) -> list[int]:
    """Degrees by their words in the studies, also such as the list of degrees does not tell."""
    if facts.grounds.index is not None and not facts.leaves_out:
        return facts.grounds.index.degrees
    text = "\n".join(_lines(facts))
    named = [n for n, d in enumerate(_DEGREES) if n and forms(f"degree_{d}").search(text)]
    return named or [_ANY] * bool(forms("degree_entry").search(text))


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


def _listed(facts: CandidateFacts) -> Sequence[str]:
    """Degrees that the foundations list; their lines are not known, so none where any is left out."""
    is_whole = not any(facts.is_aside(p.start, p.end) for p in _places(facts))
    if not is_whole:
        return ()
    told = "\n".join(_lines(facts))
    if says("taught", told) and not forms("degree_vocational").search(told):
        return [d for d in facts.grounds.degrees if not d.startswith("vocational")]
    return facts.grounds.degrees


def _studies(facts: CandidateFacts) -> list[Mention]:
    """The first line of the studies."""
    text = facts.grounds.text
    return [
        Mention(Rank.STUDIED, p.start, p.start + len(text[p.start : p.end].split("\n")[0]), p)
        for p in _places(facts)
    ][:1]
