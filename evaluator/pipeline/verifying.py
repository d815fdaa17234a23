"""What code can check of an item beside its quote: section, numbers, length of the job, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..github.evidence import cap_claim
from ..models.document import RESUME, Document, Flag, FlagKind, Location
from ..models.evidence import Attributes, Evidence, LowerReason
from ..models.portfolio import Repository
from ..models.vocabulary import Context, Outcome, Severity
from ..structure.dates import Fault, Month
from ..structure.outline import Entry, Outline, Passage
from ..structure.sections import Section
from ..structure.sentences import is_list

_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万]|\b(?:half|halv\w+|doubl\w+|tripl\w+|zwei|drei|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|hundred\w*|thousand\w*|million\w*|dozen\w*|fold|halbier\w*|verdoppel\w*|dos|tres|cuatro|cinco|deux|trois|quatre|cinq|dix)\b",
    re.I,
)
_MENTIONS = frozenset({Context.LISTED, Context.CREDENTIAL, Context.COURSEWORK})
_LISTS = frozenset({Section.HEADER, Section.SUMMARY, Section.SKILLS, Section.INTERESTS})
"""Sections in which a list of names is a list of names. Headings are guessed, so what a sentence says there may
be a job's; the reader, who sees the whole, says which."""
_CONTRACT_MONTHS = 36
"""A job for a fixed time may end so much later than the present."""


def verify_resume_items(
    evidence: Sequence[Evidence], parts: Outline, present: Month
) -> list[Evidence]:
    """Bring each item down to what its section and its own words allow, never up; add how long its job lasted."""
    verified = []
    for item in evidence:
        passage = parts.passage_at(item.location.start or 0) if item.source == RESUME else None
        changes: dict[str, object] = {"months": _months(passage, parts, present)}
        reasons: list[LowerReason] = []
        if passage and item.context not in _MENTIONS and _is_a_list(item, passage):
            changes["context"] = Context.LISTED
            reasons.append(LowerReason.LIST)
        if item.outcome is Outcome.QUANTIFIED and not _NUMBER.search(
            f"{item.quote} {item.result_quote or ''}"
        ):
            changes["outcome"] = Outcome.STATED
            reasons.append(LowerReason.FIGURE)
        verified.append(
            item.brought_down(*reasons, **changes) if reasons else item.model_copy(update=changes)
        )
    return verified


def _is_a_list(item: Evidence, passage: Passage) -> bool:
    if passage.section is Section.ADVERT:
        return True
    return passage.section in _LISTS and is_list(item.quote)


def _months(passage: Passage | None, parts: Outline, present: Month) -> int | None:
    entry = parts.entry_of(passage) if passage else None
    if entry is None or entry.period is None:
        return None
    first, last = entry.period.months(present)
    return last - first


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


def set_apart_impossible(
    evidence: Sequence[Evidence], document: Document, parts: Outline, present: Month
) -> tuple[list[Evidence], list[Flag]]:
    """Set items apart whose job ends before it starts or lies in the future or the far past; a flag tells how many.

    A job that begins in time and ends in the future keeps its items; it counts up to the present, and a flag says so.
    """
    flags: list[Flag] = []
    kept = list(evidence)
    for number, entry in enumerate(parts.entries):
        if entry.section is Section.EDUCATION or entry.period is None:
            continue
        if fault := entry.period.fault(present):
            rest = [item for item in kept if not _stands_in(item, number, parts)]
            apart = (
                f"{len(kept) - len(rest)} item(s) of that job do not count; a person should look."
            )
            flags.append(_flag(document, entry, f"Dates that {_why(fault, present)}: {apart}"))
            kept = rest
        elif ahead := entry.period.ahead(present):
            severity = Severity.LOW if ahead <= _CONTRACT_MONTHS else Severity.MEDIUM
            message = (
                f"The end date of a job lies after {present}; only the time up to {present} counts."
            )
            flags.append(_flag(document, entry, message, severity))
    return kept, flags


def _why(fault: Fault, present: Month) -> str:
    return f"lie after {present}" if fault is Fault.FUTURE else fault.value


def _flag(
    document: Document, entry: Entry, message: str, severity: Severity = Severity.MEDIUM
) -> Flag:
    line = document.line_at(entry.start)
    return Flag(
        kind=FlagKind.IMPOSSIBLE_DATE,
        severity=severity,
        message=message,
        location=Location(page=line.page, line=line.number, start=entry.start),
    )


def _stands_in(item: Evidence, entry: int, parts: Outline) -> bool:
    passage = parts.passage_at(item.location.start or 0) if item.source == RESUME else None
    return passage is not None and passage.entry == entry
