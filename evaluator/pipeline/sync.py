"""Two calls for programs without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator

from ..errors import UsageError
from ..readers.protocol import Reader
from ..report import CandidateReport
from ..settings import Settings
from .evaluator import CandidateOutcome, Evaluator, Role
from .inputs import Source
from .steps import ProgressCallback


def evaluate(
    source: Source,
    *,
    name: str | None = None,
    github: str | None = None,
    role: Role | None = None,
    progress: ProgressCallback | None = None,
    reader: Reader | None = None,
    settings: Settings | None = None,
) -> CandidateReport:
    """Evaluate one resume; arguments as :class:`Evaluator` and :meth:`Evaluator.evaluate`.

    Raises:
        UsageError: an event loop runs already: use :class:`Evaluator` there.
        EvaluatorError: as :meth:`Evaluator.evaluate`.
    """

    async def run() -> CandidateReport:
        async with Evaluator(settings, reader=reader) as evaluator:
            return await evaluator.evaluate(
                source, name=name, github=github, role=role, progress=progress
            )

    _require_no_loop("evaluate")
    return asyncio.run(run())


def evaluate_many(
    sources: Iterable[Source],
    *,
    role: Role | None = None,
    ordered: bool = False,
    progress: ProgressCallback | None = None,
    reader: Reader | None = None,
    settings: Settings | None = None,
) -> Iterator[CandidateOutcome]:
    """Evaluate many, one outcome at a time; arguments as :meth:`Evaluator.evaluate_many`, errors as :func:`evaluate`."""
    _require_no_loop("evaluate_many")

    def outcomes() -> Iterator[CandidateOutcome]:
        with asyncio.Runner() as runner:
            evaluator = Evaluator(settings, reader=reader)
            found = evaluator.evaluate_many(sources, role=role, ordered=ordered, progress=progress)
            try:
                while (outcome := runner.run(_next(found))) is not None:
                    yield outcome
            finally:
                runner.run(found.aclose())
                runner.run(evaluator.aclose())

    return outcomes()


def _require_no_loop(name: str) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    message = f"evaluator.{name}() cannot be called while an event loop runs."
    use = "await e.evaluate(…)" if name == "evaluate" else "async for outcome in e.evaluate_many(…)"
    raise UsageError(message, hint=f"Use “async with Evaluator() as e:” and “{use}”.")


async def _next(outcomes: AsyncGenerator[CandidateOutcome, None]) -> CandidateOutcome | None:
    return await anext(outcomes, None)
