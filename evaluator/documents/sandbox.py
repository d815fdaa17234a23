"""Reading in worker processes with limits, so that a hostile file costs one row and nothing else.

Own code because the pools of the libraries either die with one worker, or run the caller's main module
in every child, which breaks a plain script that calls the library.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import deque
from contextlib import suppress

from ..errors import DocumentError, Unreadable
from ..models.document import Document
from .worker import LENGTH_BYTES

SECONDS = 20.0
MAX_REPLY = 64 * 1024 * 1024
FILES_PER_WORKER = 200
_START = "import sys; sys.path[:] = {path!r}; from evaluator.documents.worker import main; main()"


class _Died(Exception):
    """The worker ended in the middle of a file."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.files = 0

    @classmethod
    async def start(cls) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START.format(path=sys.path),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of the environment is needed there, and keys are in it.
            env=None if sys.platform == "win32" else {},
            start_new_session=True,
            limit=1 << 20,
        )
        return cls(process)

    async def ask(self, name: str, data: bytes) -> bytes:
        """The reply to one file.

        Raises:
            _Died: the process ended or answered nonsense.
        """
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        self.files += 1
        body = name.encode("utf-8", "replace").replace(b"\0", b"") + b"\0" + data
        try:
            process.stdin.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
            await process.stdin.drain()
            size = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES), "big")
            if size > MAX_REPLY:
                raise _Died
            return await process.stdout.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise _Died from error

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended, as far as is known."""
        return self._process.returncode is None

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL ended it, as a machine without memory or a person does."""
        return self._process.returncode == -9

    async def stop(self) -> None:
        """Kill the process and all it may have started."""
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()


_TRIES = 4
"""Of one file, when each of its workers is killed; two when the file crashes them."""


class ParserPool:
    """Worker processes, reused; at most ``size`` at a time. Belongs to one event loop.

    Args:
        size: files read at once.
        seconds: wall time that one file may take.
    """

    def __init__(self, size: int, *, seconds: float = SECONDS) -> None:
        self._turns = asyncio.Semaphore(size)
        self._idle: deque[_Worker] = deque()
        self._seconds = seconds

    async def read(self, data: bytes, name: str) -> Document:
        """Read one resume in a worker.

        Raises:
            DocumentError: as :func:`~evaluator.documents.reading.read_document`, and when the
                worker dies twice or takes too long.
        """
        async with self._turns:
            try:
                async with asyncio.timeout(self._seconds):
                    return _document(await self._tried_again(name, data))
            except TimeoutError as error:
                message = f"Reading the file took longer than {self._seconds:g} seconds."
                raise DocumentError(Unreadable.TIME_LIMIT, message) from error
            except _Died as error:
                message = "The file crashed the parser twice."
                raise DocumentError(Unreadable.CRASHED, message, mend="Export it again.") from error

    async def _tried_again(self, name: str, data: bytes) -> bytes:
        """A worker can also be killed from outside; another death but by SIGKILL is the file's doing."""
        worker = await self._free()
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._ask(worker, name, data)
            except _Died:
                if attempt > 1 and not worker.was_killed:
                    raise
                worker = await _Worker.start()
        await worker.stop()
        raise _Died

    async def _free(self) -> _Worker:
        """An idle worker that still lives, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            await worker.stop()
        return await _Worker.start()

    async def _ask(self, worker: _Worker, name: str, data: bytes) -> bytes:
        healthy = False
        try:
            reply = await worker.ask(name, data)
            healthy = worker.files < FILES_PER_WORKER
            return reply
        finally:
            if healthy:
                self._idle.append(worker)
            else:
                await worker.stop()

    async def aclose(self) -> None:
        """End all idle workers."""
        while self._idle:
            await self._idle.pop().stop()


def _document(reply: bytes) -> Document:
    if reply.startswith(b'{"error"'):
        error = json.loads(reply)["error"]
        raise DocumentError(Unreadable(error["reason"]), error["message"], mend=error["mend"])
    return Document.model_validate_json(reply)


async def read_in_worker(data: bytes, name: str, *, seconds: float = SECONDS) -> Document:
    """Read a single resume in a worker of its own; errors as :meth:`ParserPool.read`."""
    pool = ParserPool(1, seconds=seconds)
    try:
        return await pool.read(data, name)
    finally:
        await pool.aclose()
