"""Readings of one candidate, asked of the model: a majority at once, the rest while it can change something."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ..agreement import is_settled
from ..errors import ModelUnwilling, NotAsked
from ..models.document import RESUME
from ..models.reading import Reading
from ..readers.protocol import Reader
from ..readers.rules.reader import RulesReader
from .preparing import Candidate
from .reading import Answers, read_by_rules, verified


class ModelAsking:
    """Asks a model about candidates.

    Args:
        model: the reader.
        samples: independent readings, fewer when the rest could change nothing.
        calls: how many may be in flight.
    """

    def __init__(self, model: Reader, *, samples: int, calls: asyncio.Semaphore) -> None:
        self._model = model
        self._samples = samples
        self._calls = calls
        self._rules = RulesReader()

    async def ask(
        self,
        candidate: Candidate,
        *,
        first: int = 0,
        is_over: Callable[[], bool] = lambda: False,
    ) -> Answers:
        """The readings of one candidate.

        Args:
            candidate: made ready.
            first: number of the first reading.
            is_over: whether nobody is to be asked about any more who was not asked about before.

        Raises:
            ModelError: the model gave no usable reading.
            ModelRefused: the endpoint would refuse every call.
            NotAsked: it was over before the first call.
        """
        is_begun = False

        @asynccontextmanager
        async def turn() -> AsyncIterator[None]:
            nonlocal is_begun
            async with self._calls:
                if is_over() and not is_begun:
                    message = "The run ended before the model was asked."
                    raise NotAsked(message)
                is_begun = True
                yield

        async def one(number: int) -> Reading:
            return await self._model.read(candidate.request, sample=first + number, turn=turn)

        try:
            readings = list(await asyncio.gather(*map(one, range(self._samples // 2 + 1))))
            while len(readings) < self._samples and not self._is_settled(candidate, readings):
                readings.append(await one(len(readings)))
        except ModelUnwilling as error:
            return Answers(unwilling=error.message)
        return Answers(readings=tuple(readings))

    def _is_settled(self, candidate: Candidate, readings: list[Reading]) -> bool:
        found = read_by_rules(candidate, self._rules).evidence
        by_rules = [item for item in found if item.source == RESUME]
        samples = [verified(reading, candidate, by_rules).items for reading in readings]
        return is_settled(samples, by_rules, self._samples)
