"""Worker processes that are sent one piece of work at a time, killed when it takes too long, and used again.

Own code because the pools of the libraries either die with one worker, or run the caller's main module
in every child, which breaks a plain script that calls the library. Frames in both directions are eight bytes
of length and that many bytes.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

MAX_REPLY = 64 * 1024 * 1024
LENGTH_BYTES = 8
PIECES_PER_WORKER = 200
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"
_NICENESS = 5
_TRIES = 4
"""Of one piece, when each of its workers is killed; two when the piece crashes them."""


class WorkerDied(Exception):
    """The worker ended in the middle of its work, and so did those that tried again."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pieces = 0

    @classmethod
    async def start(cls, module: str) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START.format(path=sys.path, module=module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of the environment is needed there, and keys are in it.
            env=None if sys.platform == "win32" else {},
            start_new_session=True,
            limit=1 << 20,
        )
        return cls(process)

    async def ask(self, body: bytes) -> bytes:
        """The reply to one piece.

        Raises:
            WorkerDied: the process ended or answered nonsense.
        """
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        self.pieces += 1
        try:
            process.stdin.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
            await process.stdin.drain()
            size = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES), "big")
            if size > MAX_REPLY:
                raise WorkerDied
            return await process.stdout.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDied from error

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


class WorkerPool:
    """Worker processes, reused; at most ``size`` at a time. Belongs to one event loop.

    Args:
        module: whose ``main`` calls :func:`serve`.
        size: pieces worked on at once.
        seconds: wall time that one piece may take.
        setup: sent to each new worker before its first piece; its reply is not looked at.
        most: pieces that one worker does before another takes its place; None for
            :data:`PIECES_PER_WORKER`.
    """

    def __init__(
        self,
        module: str,
        size: int,
        *,
        seconds: float,
        setup: bytes | None = None,
        most: int | None = None,
    ) -> None:
        self._module = module
        self._turns = asyncio.Semaphore(size)
        self._idle: deque[_Worker] = deque()
        self._seconds = seconds
        self._setup = setup
        self._most = most or PIECES_PER_WORKER

    async def ask(self, body: bytes, *, seconds: float | None = None) -> bytes:
        """The reply of a worker to one piece.

        Args:
            body: the piece.
            seconds: instead of the pool's.

        Raises:
            TimeoutError: it took too long.
            WorkerDied: the piece crashed two workers, or its workers were killed again and again.
        """
        async with self._turns, asyncio.timeout(seconds or self._seconds):
            worker = await self._free()
            for attempt in range(1, _TRIES + 1):
                try:
                    return await self._ask(worker, body)
                except WorkerDied:
                    # A worker can also be killed from outside; any other death is the piece's doing.
                    if attempt > 1 and not worker.was_killed:
                        raise
                    worker = await _Worker.start(self._module)
            await worker.stop()
            raise WorkerDied

    async def _free(self) -> _Worker:
        """An idle worker that still lives, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            await worker.stop()
        return await _Worker.start(self._module)

    async def _ask(self, worker: _Worker, body: bytes) -> bytes:
        healthy = False
        try:
            if self._setup is not None and not worker.pieces:
                await worker.ask(self._setup)
            reply = await worker.ask(body)
            healthy = worker.pieces < self._most
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


def serve(answer: Callable[[bytes], bytes], *, prepare: Callable[[], None] = lambda: None) -> None:
    """The life of a worker: answer frames on standard input until it ends.

    Args:
        answer: does one piece.
        prepare: called once standard input and output lead nowhere else.
    """
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # Native libraries write to standard output when they like; that must not reach the frames.
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    if sys.platform != "win32":
        # The parent first: it holds what is in flight, and the model waits for nobody.
        os.nice(_NICENESS)
    prepare()
    answer_frames(requests, replies, answer)


def answer_frames(requests: BinaryIO, replies: BinaryIO, answer: Callable[[bytes], bytes]) -> None:
    """Answer frames until the input ends."""
    while len(head := requests.read(LENGTH_BYTES)) == LENGTH_BYTES:
        reply = answer(requests.read(int.from_bytes(head, "big")))
        replies.write(len(reply).to_bytes(LENGTH_BYTES, "big") + reply)
        replies.flush()
