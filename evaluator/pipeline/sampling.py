"""Readings of one candidate, asked of the model: one, and more where they can change the verdict."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Literal, Protocol

from ..errors import BudgetSpent, EndpointRejected, ModelError, RunStopped
from ..models.reading import Reading, ReadingRequest, ShownSource, Usage
from ..readers.protocol import QueuedReader, Unread
from .assessment import Assessor
from .deadlines import JUDGING, Deadlines, within
from .evidence import Answers, Sample
from .preparation import Candidate


class _Ask(Protocol):
    """Asks for the reading of a number, of the candidate's request unless another is given."""

    def __call__(self, number: int, request: ReadingRequest = ..., /) -> Awaitable[Reading]: ...


_STEP = 2
"""Readings that are added at once, so that their number stays odd and a majority exists."""


class ModelSampler:
    """Asks a model about candidates.

    Args:
        model: the reader.
        assessor: says of readings whether they hold and whether more can change anything.
        samples: independent readings of each candidate, or ``auto``.
        most: readings of one candidate where ``samples`` is ``auto``.
        calls: how many may be in flight.
        fallback: what becomes of a candidate that the model cannot read.
        deadlines: of a candidate.
    """

    def __init__(
        self,
        model: QueuedReader,
        assessor: Assessor,
        *,
        samples: int | Literal["auto"],
        most: int,
        calls: asyncio.Semaphore,
        fallback: Literal["none", "rules"],
        deadlines: Deadlines,
    ) -> None:
        self._model = model
        self._assessor = assessor
        self._samples = samples
        self._most = most
        self._calls = calls
        self._fallback = fallback
        self._deadlines = deadlines

    async def ask(
        self,
        candidate: Candidate,
        *,
        first: int = 0,
        is_over: Callable[[], bool] = lambda: False,
        is_interrupted: Callable[[], bool] = lambda: False,
    ) -> Answers:
        """The readings of one candidate.

        Args:
            candidate: made ready.
            first: number of the first reading.
            is_over: whether nobody is to be asked about any more who was not asked about before.
            is_interrupted: whether no further reading is to be begun, of whomever; replies that are there are
                kept, so that the next run goes on from them.

        Raises:
            DocumentError: verifying a reading took too long.
            ModelError: the model gave no usable reading, and the rules are not to read instead.
            EndpointRejected: the endpoint would refuse every call.
            RunStopped: it was over before the first call, or interrupted before the last.
        """
        is_begun = False

        @asynccontextmanager
        async def turn() -> AsyncIterator[None]:
            nonlocal is_begun
            async with self._calls:
                if is_over() and not is_begun:
                    message = "The run ended before the model was asked."
                    raise RunStopped(message)
                is_begun = True
                async with asyncio.timeout(self._deadlines.question):
                    yield

        async def one(number: int, request: ReadingRequest = candidate.request) -> Reading:
            return await self._model.read(request, sample=first + number, turn=turn)

        try:
            readings = await self._readings(candidate, one, is_interrupted)
        except (RunStopped, EndpointRejected):
            raise
        except TimeoutError as error:
            message = f"The model took longer than {self._deadlines.question:g} seconds."
            return self._unread(ModelError(message, hint="Raise --deadline."), error)
        except ModelError as error:
            return self._unread(error, error.__cause__)
        return Answers(readings=tuple(readings))

    def _unread(self, error: ModelError, cause: BaseException | None) -> Answers:
        """What the user chose for a candidate that the model cannot read."""
        if self._fallback == "none":
            raise error from cause
        spent = error.usage if isinstance(error, Unread) else Usage()
        return Answers(unread=error.message, spent=spent)

    def _verified(self, candidate: Candidate, readings: Sequence[Reading]) -> list[Sample]:
        with within(self._deadlines.stage, JUDGING):
            return [self._assessor.verified(candidate, reading) for reading in readings]

    def _is_settled(self, candidate: Candidate, samples: Sequence[Sample]) -> bool:
        with within(self._deadlines.stage, JUDGING):
            return self._assessor.is_settled(candidate, samples)

    async def _readings(
        self, candidate: Candidate, one: _Ask, is_interrupted: Callable[[], bool]
    ) -> list[Reading]:
        wanted = 1 if self._samples == "auto" else self._samples
        readings = list(await asyncio.gather(*map(one, range(wanted))))
        samples = self._verified(candidate, readings)
        if candidate.is_suspicious or any(sample.is_unsupported for sample in samples):
            _refuse(is_interrupted)
            return [*readings, await one(len(readings), turned(candidate.request))]
        while self._samples == "auto" and len(readings) < self._most:
            if self._is_settled(candidate, samples):
                break
            _refuse(is_interrupted)
            try:
                more = await asyncio.gather(*map(one, range(len(readings), len(readings) + _STEP)))
            except BudgetSpent:
                break  # what was paid for stands; the run ends before the next candidate
            readings += more
            samples += self._verified(candidate, more)
        return readings


def _refuse(is_interrupted: Callable[[], bool]) -> None:
    """Begin no further reading of a run that is to end; with fewer the verdict would be another one."""
    if is_interrupted():
        message = "The run ended before all readings were asked for."
        raise RunStopped(message)


def turned(request: ReadingRequest) -> ReadingRequest:
    """The same passages with the last entry first, for a second reading that an order of the text cannot steer."""
    sources = []
    for source in request.sources:
        runs: list[list[int]] = []
        for index, passage in enumerate(source.passages):
            before = source.passages[index - 1] if index else None
            if before and (before.section, before.heading) == (passage.section, passage.heading):
                runs[-1].append(index)
            else:
                runs.append([index])
        if len(runs) == 1:
            runs = [[index] for index in runs[0]]
        passages = tuple(source.passages[index] for run in reversed(runs) for index in run)
        sources.append(ShownSource(name=source.name, passages=passages))
    return request.model_copy(update={"sources": tuple(sources)})
