"""Two calls for programs without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

from ..errors import UsageError
from ..report import CandidateReport
from ..settings import Settings
from .evaluator import CandidateOutcome, Evaluator
from .inputs import Source


def evaluate(
    source: Source, *, github: str | None = None, settings: Settings | None = None
) -> CandidateReport:
    """Evaluate one resume.

    Raises:
        UsageError: an event loop runs already: use :class:`Evaluator` there.
        EvaluatorError: as :meth:`Evaluator.evaluate`.
    """

    async def run() -> CandidateReport:
        async with Evaluator(settings) as evaluator:
            return await evaluator.evaluate(source, github=github)

    _require_no_loop("evaluate")
    return asyncio.run(run())


def evaluate_many(
    sources: Iterable[Source], *, settings: Settings | None = None
) -> Iterator[CandidateOutcome]:
    """Evaluate many, one outcome at a time in order of completion; errors as :func:`evaluate`."""
    _require_no_loop("evaluate_many")
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


def _require_no_loop(name: str) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    message = f"evaluator.{name}() cannot be called while an event loop runs."
    raise UsageError(message, hint=f"Use “async with Evaluator() as e: await e.{name}(…)”.")


async def _next(outcomes: object) -> CandidateOutcome:
    result: CandidateOutcome = await anext(outcomes)  # type: ignore[call-overload]
    return result
