"""Reading in worker processes with limits, so that a hostile file costs one row and nothing else."""

from __future__ import annotations

import json

from ..errors import DocumentError, Unreadable
from ..models.document import Document
from ..workers import WorkerDied, WorkerPool

SECONDS = 20.0


class ParserPool:
    """Worker processes that read documents; at most ``size`` at a time. Belongs to one event loop.

    Args:
        size: files read at once.
        seconds: wall time that one file may take.
    """

    def __init__(self, size: int, *, seconds: float = SECONDS) -> None:
        self._workers = WorkerPool("evaluator.documents.worker", size, seconds=seconds)
        self._seconds = seconds

    async def read(self, data: bytes, name: str) -> Document:
        """Read one resume in a worker.

        Raises:
            DocumentError: as :func:`~evaluator.documents.reading.read_document`, and when the
                worker dies twice or takes too long.
        """
        body = name.encode("utf-8", "replace").replace(b"\0", b"") + b"\0" + data
        try:
            return _document(await self._workers.ask(body))
        except TimeoutError as error:
            message = f"Reading the file took longer than {self._seconds:g} seconds."
            raise DocumentError(Unreadable.TIME_LIMIT, message) from error
        except WorkerDied as error:
            message = "The file crashed the parser twice."
            raise DocumentError(Unreadable.CRASHED, message, hint="Export it again.") from error

    async def aclose(self) -> None:
        """End all idle workers."""
        await self._workers.aclose()


def _document(reply: bytes) -> Document:
    if reply.startswith(b'{"error"'):
        error = json.loads(reply)["error"]
        raise DocumentError(Unreadable(error["reason"]), error["message"], hint=error["hint"])
    return Document.model_validate_json(reply)


async def read_in_worker(data: bytes, name: str, *, seconds: float = SECONDS) -> Document:
    """Read a single resume in a worker of its own; errors as :meth:`ParserPool.read`."""
    pool = ParserPool(1, seconds=seconds)
    try:
        return await pool.read(data, name)
    finally:
        await pool.aclose()
