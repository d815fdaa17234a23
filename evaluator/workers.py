"""Worker processes that are sent pieces of work, killed when one takes too long, and used again.

Own code because the pools of the libraries either die with one worker, or run the caller's main module
in every child, which breaks a plain script that calls the library. Frames in both directions are eight bytes
of length and that many bytes; the first from a worker is empty and says that it is ready.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, BinaryIO

MAX_REPLY = 64 * 1024 * 1024
LENGTH_BYTES = 8
PIECES_PER_WORKER = 1000
"""Then what its libraries may have leaked goes with it; starting one costs as much as a hundred small files."""
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"
_NICENESS = 5
_LOOKS_EVERY = 0.2
"""Seconds between looks at whether the owner is still there."""
_SECONDS_TO_START = 120.0
_LOOK = 1.0
"""Seconds in which the owner may be busy without notice."""
_LAST_LOOK = 0.1
"""At what came while it was."""
_STARTS = 12
"""Workers that may end before they are ready, for one piece; starting takes long on a busy machine."""
_TRIES = 4
"""Of one piece, when each of its workers is killed; two when the piece crashes them."""


class WorkerDied(Exception):
    """The worker ended in the middle of its work, and so did those that tried again."""


class _NotBegun(Exception):
    """The worker ended before it came to a piece."""


class _NotStarted(_NotBegun):
    """The worker ended before it was ready for any piece."""


class _Worker:
    """One process and its two pipes. It answers pieces in the order in which they were sent."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._sent: deque[object] = deque()
        """A mark for each piece whose reply has not been read."""
        self._turn = asyncio.Lock()
        self.pieces = 0
        """That were sent so far."""
        self.waiting = 0
        """That somebody waits for now."""
        self.is_broken = False
        """Whether no reply can be read from it any more."""
        self._is_stopped = False
        self.setup: object = object()
        """Mark of the last reply before those to pieces, until it has come; the first says that it is ready."""
        self._sent.append(self.setup)

    @classmethod
    async def start(cls, module: str) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _START.format(path=sys.path, module=module),
            str(os.getpid()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of the environment is needed there, and keys are in it.
            env=None if sys.platform == "win32" else {},
            start_new_session=True,
            limit=1 << 20,
        )
        return cls(process)

    def send(self, body: bytes) -> object:
        """Send a piece; gives the mark of its reply. The process finds it when it has answered those before."""
        assert self._process.stdin is not None
        self._process.stdin.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
        mark = object()
        self._sent.append(mark)
        return mark

    async def ask(self, body: bytes, seconds: float) -> bytes:
        """The reply to one piece.

        Args:
            body: the piece.
            seconds: that it may take once those before it are answered.

        Raises:
            TimeoutError: it took longer.
            WorkerDied: the process ended at this piece or answered nonsense.
            _NotBegun: the process ended at a piece before this one, or before all.
        """
        mark = self.send(body)
        self.pieces += 1
        self.waiting += 1
        try:
            async with self._turn:
                if self.is_broken:
                    raise _NotBegun
                try:
                    if self.setup is not None:
                        # Starting is not the piece's doing, and takes long on a busy machine.
                        await self._started()
                    return await _in_time(self._reply_to(mark), seconds)
                except BaseException:
                    self.is_broken = True
                    raise
        finally:
            self.waiting -= 1

    async def _started(self) -> None:
        try:
            await _in_time(self._reply_to(self.setup), _SECONDS_TO_START)
        except WorkerDied as error:
            raise _NotStarted from error
        self.setup = None

    async def _reply_to(self, mark: object) -> bytes:
        """The reply with this mark. Those before it are nobody's: of the setup, or asked by who left."""
        while True:
            reply = await self._reply()
            if self._sent.popleft() is mark:
                return reply

    async def _reply(self) -> bytes:
        assert self._process.stdout is not None
        try:
            size = int.from_bytes(await self._process.stdout.readexactly(LENGTH_BYTES), "big")
            if size > MAX_REPLY:
                raise WorkerDied
            return await self._process.stdout.readexactly(size)
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
        if not self._is_stopped:
            self._is_stopped = True
            with suppress(ProcessLookupError, PermissionError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)
            if self._process.stdin is not None:
                self._process.stdin.close()
        await self._process.wait()


async def _in_time(reply: Coroutine[Any, Any, bytes], seconds: float) -> bytes:
    """A reply that comes while this process has looked for it for so many seconds.

    What holds up this process is not the piece's doing: time in which nobody looked does not count.

    Raises:
        TimeoutError: it did not come.
    """
    task = asyncio.ensure_future(reply)
    looks = [_LOOK] * int(seconds // _LOOK) + [seconds % _LOOK, _LAST_LOOK]
    try:
        for look in looks:
            await asyncio.wait({task}, timeout=look)
            if task.done():
                return task.result()
        raise TimeoutError
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class WorkerPool:
    """Worker processes, reused; at most ``size`` at a time. Belongs to one event loop.

    Args:
        module: whose ``main`` calls :func:`serve`.
        size: pieces worked on at once.
        seconds: wall time that one piece may take.
        setup: sent to each new worker before its first piece; its reply is not looked at.
        most: pieces that one worker does before another takes its place; None for
            :data:`PIECES_PER_WORKER`.
        ahead: pieces that wait in the pipe of a busy worker, so that it need not wait for this process.
            For pieces that all take about as long: one behind a slow one waits with it.
    """

    def __init__(
        self,
        module: str,
        size: int,
        *,
        seconds: float,
        setup: bytes | None = None,
        most: int | None = None,
        ahead: int = 0,
    ) -> None:
        self._module = module
        self._size = size
        self._turns = asyncio.Semaphore(size * (1 + ahead))
        self._workers: list[_Worker] = []
        self._choosing = asyncio.Lock()
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
            WorkerDied: the piece crashed two workers, its workers were killed again and again, or none
                could be started.
        """
        async with self._turns:
            deaths = starts = 0
            while True:
                worker = await self._free()
                try:
                    return await worker.ask(body, seconds or self._seconds)
                except _NotStarted as error:
                    starts += 1
                    if starts == _STARTS:
                        raise WorkerDied from error
                except _NotBegun:
                    pass
                except WorkerDied:
                    await worker.stop()
                    deaths += 1
                    # A worker can also be killed from outside; any other death is the piece's doing.
                    if deaths == _TRIES or (deaths > 1 and not worker.was_killed):
                        raise
                finally:
                    await self._let_go(worker)

    async def begin(self) -> None:
        """Start one worker more before there is a piece for it, unless there are as many as may be."""
        async with self._choosing:
            if len(self._workers) < self._size:
                await self._new()

    async def _free(self) -> _Worker:
        """An idle worker that still lives, a new one, or the one with the fewest pieces before it."""
        async with self._choosing:
            idle = [worker for worker in self._workers if not worker.waiting]
            for worker in idle:
                if worker.is_alive:
                    return worker
                self._workers.remove(worker)
                await worker.stop()
            if len(self._workers) < self._size:
                return await self._new()
            return min(self._workers, key=lambda worker: worker.waiting)

    async def _new(self) -> _Worker:
        worker = await _Worker.start(self._module)
        if self._setup is not None:
            worker.setup = worker.send(self._setup)
        self._workers.append(worker)
        return worker

    async def _let_go(self, worker: _Worker) -> None:
        """After a piece: a broken worker gets no more, and one that did its share ends with its last."""
        is_done = worker.pieces >= self._most
        if worker.is_broken or is_done:
            if worker in self._workers:
                self._workers.remove(worker)
            if worker.is_broken or not worker.waiting:
                await worker.stop()

    async def aclose(self) -> None:
        """End all workers."""
        while self._workers:
            await self._workers.pop().stop()


def serve(answer: Callable[[bytes], bytes], *, prepare: Callable[[], None] = lambda: None) -> None:
    """The life of a worker: answer frames on standard input until it ends, or the process that started this one.

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
    _end_with(owner=int(sys.argv[1]))
    prepare()
    replies.write(bytes(LENGTH_BYTES))
    replies.flush()
    answer_frames(requests, replies, answer)


def _end_with(owner: int) -> None:
    """End this process soon after its owner was killed: what it went on to write would be in the way of another.

    By a signal, because a thread would take of the memory that a parser may have.
    """
    if sys.platform != "win32":

        def look(*_: object) -> None:
            if os.getppid() != owner:
                os._exit(1)

        look()
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, _LOOKS_EVERY, _LOOKS_EVERY)


def answer_frames(requests: BinaryIO, replies: BinaryIO, answer: Callable[[bytes], bytes]) -> None:
    """Answer frames until the input ends.

    Args:
        requests: where they come from.
        replies: where answers go.
        answer: does one piece.
    """
    while len(head := requests.read(LENGTH_BYTES)) == LENGTH_BYTES:
        reply = answer(requests.read(int.from_bytes(head, "big")))
        replies.write(len(reply).to_bytes(LENGTH_BYTES, "big") + reply)
        replies.flush()
