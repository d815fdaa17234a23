"""Evidence of one candidate: what its reader found, located in its source, brought down to what it carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat

from ..grounding import GroundedSource, ground, ground_meets, ground_scope
from ..merged_readings import Merged, merge, merge_scope
from ..models.base import Value
from ..models.document import RESUME, Flag, FlagKind
from ..models.dropped import REJECTED, Dropped, DropReason, missing_from
from ..models.evidence import Evidence, Finding, ScopeFact
from ..models.reading import Reading, Usage
from ..models.vocabulary import Severity
from ..readers.prices import PriceList
from ..readers.rules.reader import RulesReader
from ..report import ReadBy
from ..rubric import SupportRules
from ..scoring import Citation
from ..structure.dates import Month
from ..structure.sections import Section
from .preparation import Candidate
from .support import Support
from .verifying import cap_repository_items, verify_resume_items


class Read(Value):
    """Evidence of one candidate and how it was come by."""

    evidence: tuple[Evidence, ...]
    scope: tuple[ScopeFact, ...] = ()
    singles: tuple[tuple[Evidence, ...], ...] = ()
    """What each reading would have given alone, where there are several."""
    second: tuple[Evidence, ...] | None = None
    """What the embedded rules find; a second opinion that enters nothing but the reasons for review."""
    by: ReadBy
    flags: tuple[Flag, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    """Items of the reader that are not among the evidence."""
    citations: tuple[Citation, ...] | None = None
    """Passages cited for requirements of the role; None where no reader was asked."""


class Answers(Value):
    """What a model answered about one candidate."""

    readings: tuple[Reading, ...] = ()
    unread: str | None = None
    """Why there is no usable reading; set only where the user chose the embedded rules for this case."""
    spent: Usage = Usage()
    """What was paid without a usable reading."""


class Sample(Value):
    """One reading of the model, brought down to what holds."""

    reading: Reading
    items: tuple[Evidence, ...]
    scope: tuple[ScopeFact, ...]
    citations: tuple[Citation, ...] | None = None
    dropped: tuple[Dropped, ...]
    is_unsupported: bool
    """Most of what it claims is not carried by the words it cites, as of a model that obeys the document."""


def read_by_rules(candidate: Candidate, rules: RulesReader, present: Month) -> Read:
    """What the embedded rules find in the resume, and what the repositories' facts give."""
    found = rules.read_now(candidate.request).findings
    resume = ground(found, [candidate.resume], candidate.document)
    facts = _facts(candidate)
    items = verify_resume_items(resume.evidence, candidate.parts, present)
    by = ReadBy(reader="rules", rejected=len(resume.dropped))
    return Read(evidence=(*items, *facts), by=by, dropped=resume.dropped)


def _facts(candidate: Candidate) -> tuple[Evidence, ...]:
    """What code reads of the repositories, whoever reads the resume."""
    return ground(candidate.code.findings, candidate.code.sources, candidate.document).evidence


def read_by_model(
    candidate: Candidate,
    samples: Sequence[Sample],
    by_rules: Read,
    *,
    name: str,
    prices: PriceList,
) -> Read:
    """What the model's readings give; the rules' reading stands beside them and enters nothing.

    Args:
        candidate: made ready.
        samples: every reading, verified.
        by_rules: as :func:`read_by_rules` gives it.
        name: of the model, for reports.
        prices: of models.
    """
    facts = _facts(candidate)
    usable = [sample for sample in samples if not sample.is_unsupported]
    # Where the document tries to steer its reader, only what every order of reading agrees on counts.
    needed = len(usable) if candidate.is_suspicious else None
    items = [sample.items for sample in usable]
    merged = merge(items, needed=needed) if usable else None
    evidence = merged.evidence if merged else ()
    return Read(
        evidence=(*evidence, *facts),
        scope=merge_scope([sample.scope for sample in usable]) if usable else (),
        singles=tuple((*one, *facts) for one in items) if len(items) > 1 else (),
        second=by_rules.evidence,
        by=_by(samples, merged.agreement if merged and len(usable) > 1 else None, name, prices),
        flags=_set_aside(samples, usable),
        dropped=(
            *(one for sample in samples for one in sample.dropped),
            *_unsupported(samples),
            *_disputed(merged),
        ),
        citations=_agreed(usable),
    )


def _unsupported(samples: Sequence[Sample]) -> Iterator[Dropped]:
    for sample in samples:
        if sample.is_unsupported:
            yield from (Dropped.of(item, DropReason.UNSUPPORTED) for item in sample.items)


def _disputed(merged: Merged | None) -> Iterator[Dropped]:
    for item in merged.disputed if merged else ():
        yield Dropped.of(item, DropReason.FEW_READINGS)


def _set_aside(samples: Sequence[Sample], usable: Sequence[Sample]) -> tuple[Flag, ...]:
    if len(usable) == len(samples):
        return ()
    what = (
        "Another reading, in another order, was used instead."
        if usable
        else "Nothing from it counts."
    )
    message = f"One reading by the model claimed what the quoted words do not say, and was set aside. {what}"
    return (Flag(kind=FlagKind.UNSUPPORTED, severity=Severity.HIGH, message=message),)


def _by(samples: Sequence[Sample], agreement: float | None, name: str, prices: PriceList) -> ReadBy:
    readings = [sample.reading for sample in samples]
    costs = [prices.cost(name, r.usage, r.tier) for r in readings]
    known = [cost for cost in costs if cost is not None]
    return ReadBy(
        reader="model",
        model=name,
        samples=len(readings),
        agreement=agreement,
        prompts=readings[0].prompts,
        usage=Usage.sum(reading.usage for reading in readings),
        cost_usd=round(sum(known), 9) if len(known) == len(costs) else None,
        rejected=sum(one.reason in REJECTED for sample in samples for one in sample.dropped),
        review=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
    )


def verified(
    reading: Reading,
    candidate: Candidate,
    present: Month,
    rules: SupportRules,
    asked: Sequence[str] = (),
) -> Sample:
    """What holds of one reading.

    Args:
        reading: of the model.
        candidate: whom it read.
        present: the month that "present" means.
        rules: of how far words must carry claims.
        asked: identities of the requirements that it was asked about, in their order.
    """
    sources = [candidate.resume, *candidate.repositories.grounded]
    findings = _renamed(reading.findings, candidate.repositories.names)
    found = ground(findings, sources, candidate.document)
    items = verify_resume_items(found.evidence, candidate.parts, present)
    support = Support(candidate.document, candidate.parts, rules)
    resume = [item for item in items if item.source == RESUME]
    is_unsupported = support.is_missing(resume)
    named = support.named_in_place(resume) if candidate.is_suspicious else resume
    code = [item for item in items if item.source != RESUME]
    own = cap_repository_items(code, candidate.code.repositories)
    return Sample(
        reading=reading,
        items=(*support.capped(named), *own),
        scope=ground_scope(reading.scope, candidate.resume, candidate.document),
        citations=_citations(reading, candidate, sources, asked) if asked else None,
        dropped=(
            *_invalid(reading),
            *found.dropped,
            *missing_from(named, resume, DropReason.NOT_NAMED),
            *missing_from(own, code, DropReason.REPOSITORY),
        ),
        is_unsupported=is_unsupported,
    )


def _invalid(reading: Reading) -> Iterator[Dropped]:
    """Items without a valid form; of some a reader may only have told how many there were."""
    yield from reading.dropped
    unknown = reading.rejected - len(reading.dropped)
    yield from repeat(Dropped(reason=DropReason.INVALID), max(0, unknown))


def _citations(
    reading: Reading,
    candidate: Candidate,
    sources: Sequence[GroundedSource],
    asked: Sequence[str],
) -> tuple[Citation, ...]:
    """Passages cited for requirements, found in their sources; nothing of an advert within a resume."""
    names = candidate.repositories.names
    cited = [
        m.model_copy(update={"source": names.get(m.source, m.source)})
        for m in reading.meets
        if 1 <= m.requirement <= len(asked)
    ]
    found = []
    for finding, quote in ground_meets(cited, sources, candidate.document):
        start = quote.location.start or 0
        passage = candidate.parts.passage_at(start) if quote.source == RESUME else None
        if passage and (passage.quarantined or passage.section is Section.ADVERT):
            continue
        found.append(
            Citation(
                requirement=asked[finding.requirement - 1],
                shows=finding.shows,
                lacking=finding.lacking,
                quote=quote.words,
                source=quote.source,
                location=quote.location,
            )
        )
    return tuple(found)


def _agreed(samples: Sequence[Sample]) -> tuple[Citation, ...] | None:
    """Citations that most readings give; of one reading all."""
    told = [sample.citations for sample in samples if sample.citations is not None]
    if not told:
        return None
    votes = Counter(key for cited in told for key in {(c.requirement, c.shows) for c in cited})
    kept = [
        citation
        for cited in told
        for citation in cited
        if 2 * votes[citation.requirement, citation.shows] > len(samples)
    ]
    return tuple(dict.fromkeys(kept))


def _renamed(findings: Sequence[Finding], names: dict[str, str]) -> list[Finding]:
    return [f.model_copy(update={"source": names.get(f.source, f.source)}) for f in findings]
