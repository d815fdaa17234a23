"""Tools, certificates and trades: what is asked for by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ...roles.advert_words import forms
from ...roles.model import Requirement, RequirementVerdict
from ...roles.names import (
    FIELD,
    known_name,
    known_names,
    places_of,
    relatives_of,
    shown_by,
    unknown_names,
)
from ...roles.speech import says
from ..mentions import Mention
from ..requirement_grounds import Judged, Rank
from .candidate_facts import NOWHERE, OFTEN_SILENT, VERDICTS, CandidateFacts

_ITEMS = re.compile(r"[;·•|\n]|,(?!\s*\d|[^()]*\))|\.\s")
_TAUGHT = frozenset({"education", "courses", "certifications"})
_OTHER_WORDS = "not found by its name; resumes tell such work in other words as well"
_WHY = {
    Rank.DONE: "used in work or a project",
    Rank.LITTLE: "used only in something small, in a trial or to help others",
    Rank.STUDIED: "studied or known; no use of it is described",
    Rank.NAMED: "named without saying what was done with it",
    Rank.DENIED: "the resume says that it is lacking or still to be learned",
}
_WHY_OF_TRADE = {
    Rank.DONE: "work in this industry is described",
    Rank.LITTLE: "work in this industry is described",
    Rank.STUDIED: "the industry is named, but no work in it",
    Rank.NAMED: "the industry is named, but no work in it",
    Rank.DENIED: "the resume says that it is lacking or only wished for",
}


def judge_tool(facts: CandidateFacts, r: Requirement) -> Judged:
    """By the best of its mentions, else by what is like it, unless a reader was asked, who cites what is near enough."""
    found = facts.named(r.names)
    best = max((m.rank for m in found), default=None)
    counts = r.similar or not facts.grounds.was_asked
    if best is not Rank.DONE and counts and (related := _relatives(facts, r)):
        verdict = RequirementVerdict.FOUND if r.similar else RequirementVerdict.PARTLY
        return facts.judged(r, verdict, related, "something comparable was used")
    if best is None:
        return _silent(facts, r)
    top = [m for m in found if m.rank is best]
    verdict, why = VERDICTS[best], _WHY[best]
    if best is Rank.STUDIED:
        known = [m for m in top if not _is_taught(facts, m)]
        verdict, top = (verdict, known) if known else (RequirementVerdict.UNCLEAR, top)
    if verdict is RequirementVerdict.UNCLEAR and forms("strong").search(r.quote or r.text):
        return facts.judged(
            r, RequirementVerdict.MISSING, top, f"{why}; the role asks for much of it"
        )
    return facts.judged(r, verdict, top, why)


def _is_taught(facts: CandidateFacts, m: Mention) -> bool:
    """Whether a mention stands among studies, courses or certificates, or tells of a course: learned, which is not yet used."""
    is_school = m.place is not None and m.place.kind in _TAUGHT
    return is_school or says("taught", facts.text_of(m))


def judge_certificate(facts: CandidateFacts, r: Requirement) -> Judged:
    """Naming a certificate is holding it, unless it is under way; the name of a tool alone is no certificate."""
    found = facts.standing(facts.mentions.of(_written_out(r.names)))
    told = [m for m in found if m.rank is not Rank.DENIED]
    held = [m for m in told if _names_certificate(facts, r, m)]
    if whole := [m for m in held if any(not says("begun", e) for e in _entries_of(facts, r, m))]:
        return facts.judged(r, RequirementVerdict.FOUND, whole, "the resume names it")
    if held:
        return facts.judged(
            r, RequirementVerdict.PARTLY, held, "it is not held yet, or not valid any more"
        )
    if not r.names and (listed := _listed(facts)):
        why = "the resume lists certificates; the requirement does not say which one it means"
        return facts.judged(r, RequirementVerdict.PARTLY, listed, why)
    if r.similar and (listed := _listed(facts)):
        why = "other certificates are listed, and the role takes a comparable one"
        return facts.judged(r, RequirementVerdict.PARTLY, listed, why)
    if told:
        why = "the resume names the subject, but no certificate"
        return facts.judged(r, RequirementVerdict.MISSING, told, why)
    if found:
        return facts.judged(r, RequirementVerdict.MISSING, found, _WHY[Rank.DENIED])
    return _silent(facts, r)


def _listed(facts: CandidateFacts) -> list[Mention]:
    """The certificates of a resume."""
    return [
        Mention(Rank.STUDIED, p.start, p.end, p)
        for p in facts.grounds.places
        if p.kind == "certifications"
    ][:1]


def _entries_of(facts: CandidateFacts, r: Requirement, m: Mention) -> list[str]:
    """The items of a list of certificates that name one that is asked for."""
    text = facts.text_of(m)
    names = _written_out(r.names)
    named = [item for item in _ITEMS.split(text) if any(any(places_of(n, item, item.lower())) for n in names)]  # fmt: skip
    return named or [text]


def _names_certificate(facts: CandidateFacts, r: Requirement, m: Mention) -> bool:
    if m.place is None:
        return False
    if m.place.kind == "certifications" or forms("certificate").search(facts.text_of(m)):
        return True
    return any(
        known_name(name) is None and name.casefold() in facts.text_of(m).casefold()
        for name in _written_out(r.names)
    )


@lru_cache(1024)
def _written_out(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of certificates with their words, as CKA has; of a product no other one is meant."""
    own = [m for n in names if known_name(n) is None for m in shown_by(n)]
    return tuple(dict.fromkeys((*names, *own)))


def judge_domain(facts: CandidateFacts, r: Requirement) -> Judged:
    """A trade is told by employers and products as well as by its name, so any mention carries something."""
    found = [_of_employer(m) for m in facts.named(r.names, trades=True)]
    best = max((m.rank for m in found), default=None)
    if best is None:
        return _silent(facts, r)
    top = [m for m in found if m.rank is best]
    verdict = RequirementVerdict.PARTLY if best is Rank.NAMED else VERDICTS[best]
    if best is Rank.DONE and _lacks_special(facts, r):
        why = "work in this industry is described, but not the standards or systems that are asked for"
        return facts.judged(r, RequirementVerdict.PARTLY, top, why)
    return facts.judged(r, verdict, top, _WHY_OF_TRADE[best])


def _lacks_special(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether an opening names standards or systems of a trade, and the resume none of them."""
    special = unknown_names(r.text)
    return bool(special) and not any(m.rank for m in facts.mentions.of(special))


def _of_employer(m: Mention) -> Mention:
    """What the head of a job names is the trade that was worked in."""
    is_head = m.rank is Rank.NAMED and m.place is not None and m.place.kind == "title"
    return replace(m, rank=Rank.DONE) if is_head else m


def _relatives(facts: CandidateFacts, r: Requirement) -> list[Mention]:
    return [m for m in facts.named(_alike(r.names)) if m.rank is Rank.DONE]


@lru_cache(1024)
def _alike(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(relative for n in names for relative in relatives_of(n)))


def _is_family_absent(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether the program knows what is comparable, and the resume names nothing of it."""
    family = _families(r.names)
    return bool(family) and not facts.names_any(family)


@lru_cache(1024)
def _families(names: tuple[str, ...]) -> tuple[str, ...]:
    """Everything of the families of some names; nothing where one of them is not known."""
    known = [known_name(n) for n in names]
    families = {n.family for n in known if n is not None}
    if None in known:
        return ()
    return tuple(n.name for n in known_names().values() if n.family in families)


def _is_field(name: str) -> bool:
    """Whether a name is a kind of problem, which is told in many words; a product has but its name."""
    known = known_name(name)
    return known is not None and known.family == FIELD


def _silent(facts: CandidateFacts, r: Requirement) -> Judged:
    if not r.names and facts.grounds.was_asked:
        return facts.judged(r, RequirementVerdict.MISSING, (), NOWHERE)
    if not r.names:
        why = "the requirement names nothing that the program could look for"
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), why)
    if r.similar and not facts.grounds.was_asked and not _is_family_absent(facts, r):
        why = "nothing of that name was found; something comparable is accepted, but the program may not recognise it"
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), why)
    if not facts.grounds.was_asked and all(map(_is_field, r.names)):
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), _OTHER_WORDS)
    if all(says("often_silent", n) for n in r.names):
        return facts.judged(r, RequirementVerdict.UNCLEAR, (), OFTEN_SILENT)
    why = NOWHERE
    return facts.judged(r, RequirementVerdict.MISSING, (), why)
