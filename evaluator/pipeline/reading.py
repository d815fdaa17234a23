"""Evidence of one candidate: asked of the chosen reader, found in its source, brought down to what it carries."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..agreement import is_settled, merge
from ..errors import ModelUnwilling
from ..grounding import ground
from ..models.base import Value
from ..models.document import RESUME, Flag, FlagKind
from ..models.evidence import Evidence, Finding
from ..models.reading import Reading, Usage
from ..models.vocabulary import Severity
from ..readers.prices import PriceList
from ..readers.protocol import Reader
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


class _Sample(Value):
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


class ModelReading:
    """Reads candidates with a model; the rules read too, they are free.

    Args:
        model: the reader.
        name: of the model, for prices and reports.
        rules: the embedded reader.
        samples: independent readings, fewer when the rest could change nothing.
        calls: how many may be in flight.
        prices: of models.
    """

    def __init__(
        self,
        model: Reader,
        name: str,
        rules: RulesReader,
        *,
        samples: int,
        calls: asyncio.Semaphore,
        prices: PriceList,
    ) -> None:
        self._model = model
        self._name = name
        self._rules = rules
        self._samples = samples
        self._calls = calls
        self._prices = prices

    async def read(self, candidate: Candidate, *, first: int = 0) -> Read:
        """One candidate; when the model is unwilling, the rules' reading, and it is said.

        Args:
            candidate: made ready.
            first: number of the first reading.

        Raises:
            ModelError: the model gave no usable reading.
            ModelRefused: the endpoint would refuse every call.
        """
        by_rules = read_by_rules(candidate, self._rules)
        resume = [item for item in by_rules.evidence if item.source == RESUME]
        facts = [item for item in by_rules.evidence if item.source != RESUME]
        try:
            samples = await self._read_samples(candidate, resume, first)
        except ModelUnwilling as error:
            why = f"{error.message.rstrip('.')}; the embedded rules read instead"
            by = by_rules.by.model_copy(update={"review": (why,)})
            return by_rules.model_copy(update={"by": by})
        items = [sample.items for sample in samples]
        merged = merge(items, resume, self._samples)
        return Read(
            evidence=(*merged.evidence, *facts),
            singles=tuple((*merge([one], resume, 1).evidence, *facts) for one in items)
            if len(items) > 1
            else (),
            readers=Readers(
                model=(*merge(items, (), self._samples).evidence, *facts), rules=by_rules.evidence
            ),
            by=self._by(samples, merged.agreement, by_rules.by.rejected),
            flags=(_DOUBTED,) if any(sample.doubted for sample in samples) else (),
        )

    async def _read_samples(
        self, candidate: Candidate, by_rules: Sequence[Evidence], first: int
    ) -> list[_Sample]:
        """A majority of the readings at once, the others one by one until they can change nothing."""

        async def one(number: int) -> _Sample:
            async with self._calls:
                reading = await self._model.read(candidate.request, sample=first + number)
            return _verified(reading, candidate, by_rules)

        samples = list(await asyncio.gather(*map(one, range(self._samples // 2 + 1))))
        while len(samples) < self._samples and not is_settled(
            [sample.items for sample in samples], by_rules, self._samples
        ):
            samples.append(await one(len(samples)))
        return samples

    def _by(self, samples: Sequence[_Sample], agreement: float, rejected: int) -> ReadBy:
        readings = [sample.reading for sample in samples]
        costs = [self._prices.cost(self._name, r.usage, r.tier) for r in readings]
        known = [cost for cost in costs if cost is not None]
        return ReadBy(
            reader="model",
            model=self._name,
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


def _verified(reading: Reading, candidate: Candidate, by_rules: Sequence[Evidence]) -> _Sample:
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
    return _Sample(reading=reading, items=tuple(items), rejected=rejected, doubted=doubted)


def _renamed(findings: Sequence[Finding], names: dict[str, str]) -> list[Finding]:
    return [f.model_copy(update={"source": names.get(f.source, f.source)}) for f in findings]
