"""What of a report a document tells: quotes where they stand, months, who it is, and the flags of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..models.document import RESUME, Document, Location
from ..models.dropped import MOST_QUOTE_CHARACTERS, Dropped
from ..models.evidence import Evidence, ScopeFact
from ..models.vocabulary import AXIS_OF, Agency, Axis, Dimension
from ..pipeline.verifying import verify_resume_items
from ..report import CandidateReport
from ..report.model import ReportResponsibility
from ..scoring import Tenure, tenure_of
from ..scoring.tenure import DONE
from ..structure.contact import contact
from ..structure.dates import Month
from ..structure.outline import Outline, outline
from ..structure.responsibility import responsibility
from ..structure.subject import subject_flags
from .contradictions import Fault, month_of

_OTHER_AXIS = {Axis.ML: Dimension.DELIVERY, Axis.OPS: Dimension.MODELING}


def as_the_document_says(report: CandidateReport, document: Document) -> CandidateReport:
    """The report with everything that the document alone decides replaced by what the document says."""
    parts = outline(document)
    person = contact(document, parts)
    present = month_of(report) or Month.now()
    evidence = tuple(_placed(item, document) for item in report.evidence)
    evidence = tuple(verify_resume_items(evidence, parts, present))
    update = {
        "document": report.document.model_copy(
            update={
                "format": document.format.value,
                "pages": document.pages,
                "ocr": document.ocr,
                "language": document.language,
            }
        ),
        "candidate": report.candidate.model_copy(
            update={"name": person.name, "emails": person.emails, "links": person.links}
        ),
        "evidence": evidence,
        "dropped": report.dropped.model_copy(
            update={"items": tuple(_placed_dropped(one, document) for one in report.dropped.items)}
        ),
        "scope": tuple(_placed_fact(fact, document) for fact in report.scope),
        "basis": report.basis.model_copy(
            update={
                "tenure": _tenure(report, document, parts, present),
                "responsibility": _responsibility(report, document, parts, present),
            }
        ),
    }
    return report.model_copy(update=update)


def document_faults(report: CandidateReport, document: Document) -> Iterator[Fault]:
    """Flags of the document, and of whom it is about, that the report leaves out."""
    parts = outline(document)
    for flag in (*document.flags, *subject_flags(document, parts, contact(document, parts))):
        if flag not in report.flags:
            yield "flags", "nothing of it", f"{flag.kind.value}: {flag.message}"


def _placed(item: Evidence, document: Document) -> Evidence:
    if item.source != RESUME:
        return item
    quote, location = _at(item.quote, item.location, document)
    update: dict[str, object] = {"quote": quote, "location": location}
    if item.result_quote is not None and item.result_location is not None:
        result, place = _at(item.result_quote, item.result_location, document)
        update |= {"result_quote": result, "result_location": place}
    return item.model_copy(update=update)


def _placed_fact(fact: ScopeFact, document: Document) -> ScopeFact:
    quote, location = _at(fact.quote, fact.location, document)
    return fact.model_copy(update={"quote": quote, "location": location})


def _placed_dropped(one: Dropped, document: Document) -> Dropped:
    if one.source != RESUME or one.location is None:
        return one
    quote, location = _at(one.words or "", one.location, document)
    return one.model_copy(update={"words": quote[:MOST_QUOTE_CHARACTERS], "location": location})


def _at(quote: str, at: Location, document: Document) -> tuple[str, Location]:
    """What stands at a place, and the page and line of it."""
    start = at.start or 0
    line = document.line_at(start)
    found = document.text[start : at.end]
    return found, Location(page=line.page, line=line.number, start=start, end=at.end)


def _tenure(report: CandidateReport, document: Document, parts: Outline, present: Month) -> Tenure:
    """The report's own where it can be right.

    An achievement counts for two dimensions and once, but its months count wherever its words stand and for every
    dimension that its reader gave it. So the months lie between those of what counts and those of all such places.
    """
    least = tenure_of(report.evidence, parts, present)
    most = tenure_of(_everywhere(report.evidence, document), parts, present)
    told = report.basis.tenure
    fits = (
        least.ml <= told.ml <= most.ml
        and least.ops <= told.ops <= most.ops
        and least.either <= told.either <= most.either
        and least.undated <= told.undated <= most.undated
        and told.is_known in {least.is_known, most.is_known}
    )
    return told if fits else least


def _everywhere(evidence: Sequence[Evidence], document: Document) -> list[Evidence]:
    """Items at every place where their words stand, for both axes."""
    found = []
    for item in evidence:
        if item.source != RESUME or item.context not in DONE or not item.quote.strip():
            continue
        words = r"\s+".join(map(re.escape, item.quote.split()))
        for place in re.finditer(words, document.text, re.IGNORECASE):
            at = item.location.model_copy(update={"start": place.start(), "end": place.end()})
            found += [
                item.model_copy(update={"dimension": dimension, "location": at})
                for dimension in (item.dimension, _OTHER_AXIS[AXIS_OF[item.dimension]])
            ]
    return [*evidence, *found]


def _responsibility(
    report: CandidateReport, document: Document, parts: Outline, present: Month
) -> ReportResponsibility:
    told = report.basis.responsibility
    possible = []
    for items in (report.evidence, _everywhere(report.evidence, document)):
        done = [
            item.location.start or 0
            for item in items
            if item.source == RESUME and item.context in DONE and item.agency is not Agency.EXPOSED
        ]
        found = responsibility(document, parts, present, done)
        if report.provenance.reader == "model":
            silent = {"guides": 0, "directs": False, "answers_for_teams": False}
            found = found.model_copy(update=silent)
        possible.append(ReportResponsibility.of(found))
    return told if told in possible else possible[0]
