"""What every reader is."""

from __future__ import annotations

from typing import Protocol

from ..models.reading import Reading, ReadingRequest


class Reader(Protocol):
    """Finds evidence in redacted passages. It never grounds, scores or sees an identity."""

    name: str
    """``rules`` or ``model``, as reports show it."""

    async def read(self, request: ReadingRequest, *, sample: int = 0) -> Reading:
        """Read one candidate.

        Args:
            request: the redacted passages.
            sample: number of the independent reading, from 0.

        Raises:
            ModelError: this candidate could not be read.
            ModelRefused: no further candidate could be read either.
        """
        ...
