"""What every reader is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from ..errors import CandidateRefused
from ..models.reading import Reading, ReadingRequest, Usage

Turn = Callable[[], AbstractAsyncContextManager[None]]
"""Entered for as long as somebody outside is asked; not while a reply is looked up or kept."""


class Unread(CandidateRefused):
    """A model was asked about this candidate, and paid, without a usable reply.

    Attributes:
        usage: of all its calls.
    """

    def __init__(self, message: str, *, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage or Usage()


class Reader(Protocol):
    """Finds evidence in redacted passages. It never grounds, scores or sees an identity.

    A reader of one's own is given to ``Evaluator(reader=…)``, or installed under the entry points ``evaluator.readers``.
    """

    @property
    def name(self) -> str:
        """As reports show it. What a changed reader must not share belongs in it, such as a version."""
        ...

    async def read(self, request: ReadingRequest, *, sample: int = 0) -> Reading:
        """Read one candidate.

        Args:
            request: the redacted passages.
            sample: number of the independent reading, from 0.

        Raises:
            ModelError: this candidate could not be read.
            EndpointRejected: no further candidate could be read either.
        """
        ...


class QueuedReader(Protocol):
    """A reader that waits for its turn itself, because some of its questions need none."""

    @property
    def name(self) -> str:
        """As reports show it."""
        ...

    async def read(
        self, request: ReadingRequest, *, sample: int = 0, turn: Turn = nullcontext
    ) -> Reading:
        """Read one candidate, arguments and errors as :meth:`Reader.read`.

        Args:
            request: the redacted passages.
            sample: number of the independent reading, from 0.
            turn: waited for before each question to somebody outside.

        Raises:
            Unread: the model was paid and gave nothing usable; it says what that cost.
        """
        ...
