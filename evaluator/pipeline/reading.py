"""Evidence of one candidate: what readers found, located in its source, brought down to what it carries."""

from __future__ import annotations

from collections.abc import Sequence

from ..agreement import merge
from ..grounding import ground
from ..models.base import Value
from ..models.document import RESUME, Flag, FlagKind
from ..models.evidence import Evidence, Finding
from ..models.reading import Reading, Usage
from ..models.vocabulary import Severity
from ..readers.prices import PriceList
from ..readers.rules.reader import RulesReader
from ..report import ReadBy
from .preparing import Candidate
from .verifying import (
    cap_repository_items,
    claims_too_much,
    supported_by_rules,
    verify_resume_items,
)

_STEERING = frozenset(
    {
        FlagKind.INSTRUCTION,
        FlagKind.HIDDEN_TEXT,
        FlagKind.INVISIBLE_CHARACTERS,
        FlagKind.HOMOGLYPHS,
    }
)


class Readers(Value):
    """Two readers of the same candidate, each on its own."""

    model: tuple[Evidence, ...]
    rules: tuple[Evidence, ...]


class Read(Value):
    """Evidence of one candidate and how it was come by."""

    evidence: tuple[Evidence, ...]
    singles: tuple[tuple[Evidence, ...], ...] = ()
    """What each reading would have given alone, where there are several."""
    readers: Readers | None = None
    """What the model and the rules each found without the other."""
    by: ReadBy
    flags: tuple[Flag, ...] = ()


class Answers(Value):
    """What a model answered about one candidate."""

    readings: tuple[Reading, ...] = ()
    unwilling: str | None = None
    """Why there are none: the model would not, or could not, read this candidate."""


class Sample(Value):
    """One reading of the model, brought down to what holds."""

    reading: Reading
    items: tuple[Evidence, ...]
    rejected: int
    doubted: bool
    """It looks like that of a steered model."""


def read_by_rules(candidate: Candidate, rules: RulesReader) -> Read:
    """What the embedded rules find in the resume, and what the repositories' facts give."""
    found = rules.read_now(candidate.request).findings
    resume = ground(found, [candidate.resume], candidate.document)
    facts = ground(candidate.code.findings, candidate.code.sources, candidate.document)
    items = verify_resume_items(resume.evidence, candidate.parts)
    by = ReadBy(reader="rules", rejected=resume.rejected + facts.rejected)
    return Read(evidence=(*items, *facts.evidence), by=by)


def read_by_model(
    candidate: Candidate,
    answers: Answers,
    by_rules: Read,
    *,
    name: str,
    planned: int,
    prices: PriceList,
) -> Read:
    """What the model's readings and the rules' give together; when the model was unwilling, the rules' alone.

    Args:
        candidate: made ready.
        answers: of the model.
        by_rules: as :func:`read_by_rules` gives it; the rules read too, they are free.
        name: of the model, for reports.
        planned: readings that were asked for; fewer are there when the rest could change nothing.
        prices: of models.
    """
    if answers.unwilling is not None:
        why = f"{answers.unwilling.rstrip('.')}; the embedded rules read instead"
        by = by_rules.by.model_copy(update={"review": (why,)})
        return by_rules.model_copy(update={"by": by})
    resume = [item for item in by_rules.evidence if item.source == RESUME]
    facts = [item for item in by_rules.evidence if item.source != RESUME]
    samples = [verified(reading, candidate, resume) for reading in answers.readings]
    items = [sample.items for sample in samples]
    merged = merge(items, resume, planned)
    return Read(
        evidence=(*merged.evidence, *facts),
        singles=tuple((*merge([one], resume, 1).evidence, *facts) for one in items)
        if len(items) > 1
        else (),
        readers=Readers(
            model=(*merge(items, (), planned).evidence, *facts), rules=by_rules.evidence
        ),
        by=_by(samples, merged.agreement, by_rules.by.rejected, name, prices),
        flags=(_DOUBTED,) if any(sample.doubted for sample in samples) else (),
    )


def _by(
    samples: Sequence[Sample], agreement: float, rejected: int, name: str, prices: PriceList
) -> ReadBy:
    readings = [sample.reading for sample in samples]
    costs = [prices.cost(name, r.usage, r.tier) for r in readings]
    known = [cost for cost in costs if cost is not None]
    return ReadBy(
        reader="model",
        model=name,
        samples=len(readings),
        agreement=agreement if len(readings) > 1 else None,
        prompts=readings[0].prompts,
        usage=Usage.sum(reading.usage for reading in readings),
        cost_usd=round(sum(known), 9) if len(known) == len(costs) else None,
        rejected=rejected + sum(sample.rejected for sample in samples),
        review=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
    )


_DOUBTED = Flag(
    kind=FlagKind.INSTRUCTION,
    severity=Severity.HIGH,
    message="The model claimed far more than the text carries, as a steered reader would; "
    "only what the embedded rules confirm was counted.",
)


def verified(reading: Reading, candidate: Candidate, by_rules: Sequence[Evidence]) -> Sample:
    """What holds of one reading."""
    sources = [candidate.resume, *candidate.repositories.grounded]
    findings = _renamed(reading.findings, candidate.repositories.names)
    found = ground(findings, sources, candidate.document)
    verified = verify_resume_items(found.evidence, candidate.parts)
    items = cap_repository_items(verified, candidate.code.repositories)
    flags = (*candidate.document.flags, *candidate.code.flags)
    doubted = claims_too_much(found.evidence, verified, by_rules)
    if doubted or any(flag.kind in _STEERING for flag in flags):
        items = supported_by_rules(items, by_rules)
    rejected = found.rejected + reading.rejected
    return Sample(reading=reading, items=tuple(items), rejected=rejected, doubted=doubted)


def _renamed(findings: Sequence[Finding], names: dict[str, str]) -> list[Finding]:
    return [f.model_copy(update={"source": names.get(f.source, f.source)}) for f in findings]
