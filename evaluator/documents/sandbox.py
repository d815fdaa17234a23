"""Reading in worker processes with limits, so that a hostile file costs one row and nothing else."""

from __future__ import annotations

import json

from ..errors import DocumentError, Unreadable
from ..models.document import Document
from ..workers import WorkerDied, WorkerPool
from .assembling import with_looks_unchecked
from .drawing.programs import Drawer, is_drawn_here, programs
from .worker import WANTS_PICTURE, request_of

SECONDS = 20.0
MOST_DRAWN = 4
"""Documents drawn at once; a browser takes as much memory as several parsers."""


class ParserPool:
    """Worker processes that read documents; at most ``size`` at a time. Belongs to one event loop.

    Args:
        size: files read at once.
        seconds: wall time that one file may take.
        draws: whether programs of this machine draw what cannot be told from a file alone.
    """

    def __init__(self, size: int, *, seconds: float = SECONDS, draws: bool = False) -> None:
        self._workers = WorkerPool("evaluator.documents.worker", size, seconds=seconds)
        drawers = max(1, min(size // 2, MOST_DRAWN))
        self._drawer = Drawer(drawers) if draws and programs() else None
        self._seconds = seconds

    async def read(self, data: bytes, name: str) -> Document:
        """Read one resume in a worker.

        Raises:
            DocumentError: as :func:`~evaluator.documents.reading.read_document`, and when the
                worker dies twice or takes too long.
        """
        try:
            reply = await self._workers.ask(request_of(data, name))
        except TimeoutError as error:
            message = f"Reading the file took longer than {self._seconds:g} seconds."
            raise DocumentError(Unreadable.TIME_LIMIT, message) from error
        except WorkerDied as error:
            message = "The file crashed the parser twice."
            raise DocumentError(Unreadable.CRASHED, message, hint="Export it again.") from error
        if self._drawer is None or not reply.startswith(WANTS_PICTURE):
            return _document(reply)
        seen = await self._read_again(self._drawer, data, name)
        document = _document(seen or reply)
        is_unchecked = not seen and is_drawn_here(document.format)
        return with_looks_unchecked(document) if is_unchecked else document

    async def _read_again(self, drawer: Drawer, data: bytes, name: str) -> bytes:
        """The reply to a document with its picture; nothing where there is none, or it cannot be read."""
        views = await drawer.drawn(data, name)
        if not views:
            return b""
        try:
            return await self._workers.ask(request_of(data, name, views))
        except (TimeoutError, WorkerDied):
            return b""

    async def aclose(self) -> None:
        """End all idle workers."""
        await self._workers.aclose()
        if self._drawer is not None:
            await self._drawer.aclose()


def _document(reply: bytes) -> Document:
    reply = reply.removeprefix(WANTS_PICTURE)
    if reply.startswith(b'{"error"'):
        error = json.loads(reply)["error"]
        raise DocumentError(Unreadable(error["reason"]), error["message"], hint=error["hint"])
    return Document.model_validate_json(reply)


async def read_in_worker(
    data: bytes, name: str, *, seconds: float = SECONDS, draws: bool = False
) -> Document:
    """Read a single resume in a worker of its own; errors as :meth:`ParserPool.read`."""
    pool = ParserPool(1, seconds=seconds, draws=draws)
    try:
        return await pool.read(data, name)
    finally:
        await pool.aclose()
