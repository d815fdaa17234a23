"""What code can check of an item beside its quote: section, numbers, dates, support by the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..github.evidence import cap_claim
from ..models.document import RESUME, Document, Flag, FlagKind, Location
from ..models.evidence import Attributes, Evidence
from ..models.portfolio import Repository
from ..models.vocabulary import Agency, Context, Dimension, Outcome, Severity
from ..structure.dates import Month
from ..structure.outline import Outline
from ..structure.sections import Section

_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万]|\b(?:half|halv\w+|doubl\w+|tripl\w+|zwei|drei|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|hundred\w*|thousand\w*|million\w*|dozen\w*|fold|halbier\w*|verdoppel\w*|dos|tres|cuatro|cinco|deux|trois|quatre|cinq|dix)\b",
    re.I,
)
# What a section lets an item claim; the first is what any other claim becomes.
_ALLOWED: dict[Section, tuple[Context, ...]] = {
    Section.HEADER: (Context.LISTED,),
    Section.SUMMARY: (Context.LISTED,),
    Section.SKILLS: (Context.LISTED,),
    Section.INTERESTS: (Context.LISTED,),
    Section.ADVERT: (Context.LISTED,),
    Section.OTHER: (Context.LISTED,),
    Section.CERTIFICATIONS: (Context.CREDENTIAL, Context.COURSEWORK, Context.LISTED),
    Section.COURSES: (Context.COURSEWORK, Context.CREDENTIAL, Context.LISTED),
    Section.EDUCATION: (Context.COURSEWORK, Context.PROJECT, Context.PUBLICATION, Context.LISTED),
    Section.PROJECTS: (Context.PROJECT, Context.COURSEWORK, Context.PUBLICATION, Context.LISTED),
    Section.PUBLICATIONS: (Context.PUBLICATION, Context.PROJECT, Context.LISTED),
    Section.EMPLOYMENT: (
        Context.WORK,
        Context.PROJECT,
        Context.COURSEWORK,
        Context.PUBLICATION,
        Context.LISTED,
    ),
}
_FUTURE_MONTHS = 2
_MENTIONS = frozenset({Context.LISTED, Context.CREDENTIAL})


def verify_resume_items(evidence: Sequence[Evidence], parts: Outline) -> list[Evidence]:
    """Bring each item down to what its section and its own words allow; never up."""
    verified = []
    for item in evidence:
        passage = parts.passage_at(item.location.start or 0) if item.source == RESUME else None
        changes: dict[str, object] = {}
        if passage is not None:
            allowed = _ALLOWED[passage.section]
            if item.context not in allowed:
                changes["context"] = allowed[0]
        if item.outcome is Outcome.QUANTIFIED and not _NUMBER.search(item.quote):
            changes["outcome"] = Outcome.STATED
        verified.append(item.model_copy(update=changes) if changes else item)
    return verified


def cap_repository_items(
    evidence: Sequence[Evidence], repositories: dict[str, Repository]
) -> list[Evidence]:
    """Items about repositories may claim no more than the facts of the repository carry."""
    kept: list[Evidence] = []
    for item in evidence:
        repository = repositories.get(item.source)
        if repository is None:
            kept.append(item)
            continue
        shows = Attributes.model_validate(
            {name: getattr(item, name) for name in Attributes.model_fields}
        )
        capped = cap_claim(repository, shows)
        if capped is not None:
            kept.append(item.model_copy(update=capped.model_dump()))
    return kept


_FEW_LOWERED = 3
_FEW_PLACES = 3
_MOST_DIMENSIONS = 3
_FEW_TWINS = 4
_LIFTED_SHARE = 0.8


def claims_too_much(
    claims: Sequence[Evidence], items: Sequence[Evidence], rules: Sequence[Evidence]
) -> bool:
    """Whether a reading looks like that of a model that obeys the document and not its prompt.

    Three signs, each is enough: most claims had to be brought down to what their section and their words
    carry; most places are cited for more dimensions than one achievement can show; nearly everything
    that the rules read as less than owned comes back as owned.

    Args:
        claims: items as the model gave them, with their quotes found.
        items: the same after :func:`verify_resume_items`.
        rules: what the embedded rules read.
    """
    lowered = sum(a != b for a, b in zip(claims, items, strict=True))
    if lowered >= _FEW_LOWERED and 2 * lowered > len(items):
        return True
    dimensions: dict[int, set[Dimension]] = {}
    for item in items:
        if item.source == RESUME and item.context not in _MENTIONS:
            dimensions.setdefault(item.location.start or 0, set()).add(item.dimension)
    crowded = sum(len(found) > _MOST_DIMENSIONS for found in dimensions.values())
    if crowded >= _FEW_PLACES and 2 * crowded > len(dimensions):
        return True
    claimed = [
        item.agency is Agency.OWNED
        for rule in rules
        if rule.agency is not Agency.OWNED and rule.context not in _MENTIONS
        for item in items
        if item.dimension is rule.dimension and _overlap(item, rule)
    ]
    return len(claimed) >= _FEW_TWINS and sum(claimed) >= _LIFTED_SHARE * len(claimed)


def supported_by_rules(items: Sequence[Evidence], rules: Sequence[Evidence]) -> list[Evidence]:
    """For a document that tried to steer its reader: the weaker of both readings, item by item.

    A model that was turned cannot lift anything above what the embedded rules read in the same place.
    """
    order_agency, order_outcome = list(Agency), list(Outcome)
    kept: list[Evidence] = []
    for item in items:
        if item.source != RESUME:
            continue
        twin = next((r for r in rules if r.dimension is item.dimension and _overlap(r, item)), None)
        if twin is not None:
            kept.append(
                item.model_copy(
                    update={
                        "context": twin.context
                        if twin.context is not Context.WORK
                        else item.context,
                        "agency": min(item.agency, twin.agency, key=order_agency.index),
                        "outcome": min(item.outcome, twin.outcome, key=order_outcome.index),
                        "production": item.production and twin.production,
                        "ml_specific": item.ml_specific and twin.ml_specific,
                    }
                )
            )
    return kept


def _overlap(a: Evidence, b: Evidence) -> bool:
    if a.source != b.source:
        return False
    start_a, end_a = a.location.start or 0, a.location.end or 0
    start_b, end_b = b.location.start or 0, b.location.end or 0
    return start_a < end_b and start_b < end_a


def drop_impossible(
    evidence: Sequence[Evidence], document: Document, parts: Outline, present: Month
) -> tuple[list[Evidence], list[Flag]]:
    """Discard items of jobs that end before they start or lie in the future, and say so."""
    flags: list[Flag] = []
    bad: set[int] = set()
    for number, entry in enumerate(parts.entries):
        if entry.section is Section.EDUCATION or entry.period is None:
            continue
        first, last = entry.period.first.index, entry.period.last
        backwards = last is not None and last.index < first
        future = first > present.index + _FUTURE_MONTHS
        if backwards or future:
            bad.add(number)
            line = document.line_at(entry.start)
            why = "end before they start" if backwards else "lie in the future"
            flags.append(
                Flag(
                    kind=FlagKind.IMPOSSIBLE_DATE,
                    severity=Severity.MEDIUM,
                    message=f"Dates that {why}; what stands under them was not counted.",
                    location=Location(page=line.page, line=line.number, start=entry.start),
                )
            )
    kept = []
    for item in evidence:
        passage = parts.passage_at(item.location.start or 0) if item.source == RESUME else None
        if passage is None or passage.entry not in bad:
            kept.append(item)
    return kept, flags
