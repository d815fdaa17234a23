"""Two calls for programs without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

from ..report import CandidateReport
from ..settings import Settings
from .evaluator import CandidateOutcome, Evaluator
from .inputs import Source


def evaluate(
    source: Source, *, github: str | None = None, settings: Settings | None = None
) -> CandidateReport:
    """Evaluate one resume; errors as :meth:`Evaluator.evaluate`.

    Must not be called from a running event loop: use :class:`Evaluator` there.
    """

    async def run() -> CandidateReport:
        async with Evaluator(settings) as evaluator:
            return await evaluator.evaluate(source, github=github)

    return asyncio.run(run())


def evaluate_many(
    sources: Iterable[Source], *, settings: Settings | None = None
) -> Iterator[CandidateOutcome]:
    """Evaluate many, one outcome at a time in order of completion."""
    with asyncio.Runner() as runner:
        evaluator = Evaluator(settings)
        outcomes = evaluator.evaluate_many(sources)
        try:
            while True:
                try:
                    yield runner.run(_next(outcomes))
                except StopAsyncIteration:
                    return
        finally:
            runner.run(outcomes.aclose())  # type: ignore[attr-defined]
            runner.run(evaluator.aclose())


async def _next(outcomes: object) -> CandidateOutcome:
    result: CandidateOutcome = await anext(outcomes)  # type: ignore[call-overload]
    return result
