"""Evidence of one candidate: asked of the chosen reader, found in its source, brought down to what it carries."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..agreement import is_settled, merge
from ..errors import ModelUnwilling
from ..grounding import ground
from ..models.base import Value
from ..models.document import Flag, FlagKind
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


class Read(Value):
    """Evidence of one candidate and how it was come by."""

    evidence: tuple[Evidence, ...]
    singles: tuple[tuple[Evidence, ...], ...] = ()
    """Each independent reading by itself, where there are several."""
    by: ReadBy
    flags: tuple[Flag, ...] = ()


def read_by_rules(candidate: Candidate, rules: RulesReader) -> Read:
    """What the embedded rules find in the resume, and what the repositories' facts give."""
    resume, rejected = _by_rules(candidate, rules)
    facts = ground(candidate.code.findings, candidate.code.sources, candidate.document)
    by = ReadBy(reader="rules", rejected=rejected + facts.rejected)
    return Read(evidence=(*resume, *facts.evidence), by=by)


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
        by_rules, _ = _by_rules(candidate, self._rules)
        try:
            readings, samples, rejected, doubted = await self._read_samples(
                candidate, by_rules, first
            )
        except ModelUnwilling as error:
            read = read_by_rules(candidate, self._rules)
            why = f"{error.message.rstrip('.')}; the embedded rules read instead"
            return read.model_copy(update={"by": read.by.model_copy(update={"review": (why,)})})
        merged = merge(samples, by_rules, self._samples)
        facts = ground(candidate.code.findings, candidate.code.sources, candidate.document)
        by = self._by(readings, merged.agreement, rejected + facts.rejected)
        return Read(
            evidence=(*merged.evidence, *facts.evidence),
            singles=tuple((*sample, *facts.evidence) for sample in samples)
            if len(samples) > 1
            else (),
            by=by,
            flags=(_DOUBTED,) if doubted else (),
        )

    async def _read_samples(
        self, candidate: Candidate, by_rules: Sequence[Evidence], first: int
    ) -> tuple[list[Reading], list[list[Evidence]], int, bool]:
        """A majority of the readings at once, the others one by one until they can change nothing."""
        majority = range(first, first + self._samples // 2 + 1)
        readings = list(await asyncio.gather(*(self._ask(candidate, n) for n in majority)))
        samples: list[list[Evidence]] = []
        rejected, doubted = 0, False
        while True:
            for reading in readings[len(samples) :]:
                items, dropped, doubt = _verified(reading, candidate, by_rules)
                samples.append(items)
                rejected += dropped
                doubted = doubted or doubt
            if len(readings) == self._samples or is_settled(samples, by_rules, self._samples):
                return readings, samples, rejected, doubted
            readings.append(await self._ask(candidate, first + len(readings)))

    async def _ask(self, candidate: Candidate, sample: int) -> Reading:
        async with self._calls:
            return await self._model.read(candidate.request, sample=sample)

    def _by(self, readings: Sequence[Reading], agreement: float, rejected: int) -> ReadBy:
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
            rejected=rejected,
            review=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
        )


_DOUBTED = Flag(
    kind=FlagKind.INSTRUCTION,
    severity=Severity.HIGH,
    message="The model claimed far more than the text carries, as a steered reader would; "
    "only what the embedded rules confirm was counted.",
)


def _by_rules(candidate: Candidate, rules: RulesReader) -> tuple[list[Evidence], int]:
    found = rules.read_now(candidate.request).findings
    grounded = ground(found, [candidate.resume], candidate.document)
    return verify_resume_items(grounded.evidence, candidate.parts), grounded.rejected


def _verified(
    reading: Reading, candidate: Candidate, by_rules: Sequence[Evidence]
) -> tuple[list[Evidence], int, bool]:
    """Items of one reading that hold, how many did not, and whether the reader seems steered."""
    sources = [candidate.resume, *candidate.repositories.grounded]
    findings = _renamed(reading.findings, candidate.repositories.names)
    found = ground(findings, sources, candidate.document)
    verified = verify_resume_items(found.evidence, candidate.parts)
    items = cap_repository_items(verified, candidate.code.repositories)
    flags = (*candidate.document.flags, *candidate.code.flags)
    doubted = claims_too_much(found.evidence, verified, by_rules)
    if doubted or any(flag.kind in _STEERING for flag in flags):
        items = supported_by_rules(items, by_rules)
    return items, found.rejected + reading.rejected, doubted


def _renamed(findings: Sequence[Finding], names: dict[str, str]) -> list[Finding]:
    return [f.model_copy(update={"source": names.get(f.source, f.source)}) for f in findings]
