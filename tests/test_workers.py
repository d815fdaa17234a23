"""Worker processes: each piece gets its own reply, and what one does to its process costs no other."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from evaluator.workers import WorkerDied, WorkerPool

from . import echoing
from .conftest import ROOT

SETUP = b"setup"
_OWNER = """
import asyncio
from evaluator.workers import WorkerPool

async def main():
    pool = WorkerPool({module!r}, 1, seconds=60.0, ahead=2)
    asked = [asyncio.create_task(pool.ask(b"leave 5 " + path.encode())) for path in {paths!r}]
    await asyncio.sleep(0.6)
    print("asked", flush=True)
    await asyncio.gather(*asked)

asyncio.run(main())
"""


def _run(
    work: Callable[[WorkerPool], Awaitable[Any]], *, size: int = 1, ahead: int = 2, most: int = 100
) -> Any:
    async def run() -> Any:
        pool = WorkerPool(echoing.MODULE, size, seconds=20.0, setup=SETUP, most=most, ahead=ahead)
        try:
            return await work(pool)
        finally:
            await pool.aclose()

    return asyncio.run(run())


async def _said(pool: WorkerPool, piece: str, *, seconds: float | None = None) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(await pool.ask(piece.encode(), seconds=seconds))
    return said


def test_a_busy_owner_takes_no_time_from_a_piece() -> None:
    async def work(pool: WorkerPool) -> dict[str, Any]:
        await _said(pool, "warm")
        asked = asyncio.create_task(_said(pool, "word 0.2", seconds=0.6))
        await asyncio.sleep(0.05)
        time.sleep(1.5)  # noqa: ASYNC251 - the owner's own work
        return await asked

    assert _run(work)["word"] == "word"


def test_a_worker_goes_on_with_the_next_piece_while_its_owner_is_busy() -> None:
    async def work(pool: WorkerPool) -> tuple[float, list[dict[str, Any]]]:
        await _said(pool, "warm")
        asked = [asyncio.create_task(_said(pool, f"{n} 0.1")) for n in range(3)]
        await asyncio.sleep(0.05)
        time.sleep(1.0)  # noqa: ASYNC251 - the owner's own work
        busy_until = time.monotonic()
        return busy_until, await asyncio.gather(*asked)

    busy_until, said = _run(work)
    assert [s["word"] for s in said] == ["0", "1", "2"]
    assert all(s["begun"] < busy_until for s in said)


def test_without_pieces_ahead_each_waits_for_a_turn() -> None:
    async def work(pool: WorkerPool) -> tuple[float, list[dict[str, Any]]]:
        await _said(pool, "warm")
        asked = [asyncio.create_task(_said(pool, f"{n} 0.1")) for n in range(2)]
        await asyncio.sleep(0.05)
        time.sleep(0.5)  # noqa: ASYNC251 - the owner's own work
        busy_until = time.monotonic()
        return busy_until, await asyncio.gather(*asked)

    busy_until, (first, second) = _run(work, ahead=0)
    assert first["begun"] < busy_until <= second["begun"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_more_processes_than_asked_for_and_all_of_them(size: int) -> None:
    async def work(pool: WorkerPool) -> list[dict[str, Any]]:
        return list(await asyncio.gather(*(_said(pool, f"{n} 0.2") for n in range(4 * size))))

    said = _run(work, size=size)
    assert [s["word"] for s in said] == [str(n) for n in range(4 * size)]
    assert len({s["process"] for s in said}) == size


def test_a_worker_that_was_begun_before_there_were_pieces_gets_them_all() -> None:
    async def work(pool: WorkerPool) -> set[int]:
        await pool.begin()
        (begun,) = pool._workers
        said = [await _said(pool, word) for word in ("one", "two")]
        return {begun._process.pid, *(s["process"] for s in said)}

    assert len(_run(work, size=2)) == 1


def test_a_piece_that_crashes_its_worker_costs_those_behind_it_nothing() -> None:
    async def work(pool: WorkerPool) -> list[Any]:
        pieces = ["before", "die", "after", "last"]
        return list(await asyncio.gather(*(_said(pool, p) for p in pieces), return_exceptions=True))

    before, crash, *after = _run(work)
    assert isinstance(crash, WorkerDied)
    assert [before["word"], *(s["word"] for s in after)] == ["before", "after", "last"]


def test_a_piece_that_hangs_is_given_up_alone() -> None:
    async def work(pool: WorkerPool) -> list[Any]:
        await _said(pool, "warm")
        asked = [_said(pool, "slow 60", seconds=0.5), _said(pool, "next"), _said(pool, "last")]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    hung, *others = _run(work)
    assert isinstance(hung, TimeoutError)
    assert [s["word"] for s in others] == ["next", "last"]


def test_the_time_of_a_piece_does_not_run_while_others_are_before_it() -> None:
    async def work(pool: WorkerPool) -> list[Any]:
        await _said(pool, "warm")
        asked = [_said(pool, f"{n} 0.6", seconds=1.6) for n in range(3)]
        return list(await asyncio.gather(*asked))

    assert [s["word"] for s in _run(work)] == ["0", "1", "2"]


@pytest.mark.parametrize("left", [0, 1, 2])
def test_who_leaves_takes_no_other_reply(left: int) -> None:
    """Whether its piece was being worked on, waited in the pipe, or was the last."""

    async def work(pool: WorkerPool) -> list[Any]:
        await _said(pool, "warm")
        asked = [asyncio.create_task(_said(pool, f"{n} 0.2")) for n in range(3)]
        await asyncio.sleep(0.1)
        asked[left].cancel()
        found = await asyncio.gather(*asked, return_exceptions=True)
        return [*found, await _said(pool, "afterwards")]

    *found, afterwards = _run(work)
    assert isinstance(found.pop(left), asyncio.CancelledError)
    assert [s["word"] for s in found] == [str(n) for n in range(3) if n != left]
    assert afterwards["word"] == "afterwards"


def test_a_worker_ends_after_its_share_and_the_next_goes_on() -> None:
    async def work(pool: WorkerPool) -> list[dict[str, Any]]:
        return [await _said(pool, str(n)) for n in range(6)]

    said = _run(work, most=2)
    processes = [s["process"] for s in said]
    assert [s["word"] for s in said] == [str(n) for n in range(6)]
    assert processes[0::2] == processes[1::2]
    assert len(set(processes)) == 3


def test_a_share_ends_in_the_middle_of_what_is_in_the_pipe() -> None:
    async def work(pool: WorkerPool) -> list[dict[str, Any]]:
        return list(await asyncio.gather(*(_said(pool, f"{n} 0.01") for n in range(20))))

    said = _run(work, size=2, most=3)
    assert [s["word"] for s in said] == [str(n) for n in range(20)]


@pytest.mark.parametrize("module", [echoing.MODULE, "tests.echoing_late"])
def test_nothing_is_done_for_an_owner_that_was_killed(tmp_path: Path, module: str) -> None:
    """Neither what it was in the middle of nor what waits in the pipe, also when it was not yet loaded."""
    paths = [str(tmp_path / name) for name in ("first", "second")]
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER.format(module=module, paths=paths)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"asked\n"
    children = Path(f"/proc/{owner.pid}/task/{owner.pid}/children").read_text().split()
    (worker,) = (Path("/proc") / child for child in children)
    os.kill(owner.pid, signal.SIGKILL)
    owner.communicate()
    until = time.monotonic() + 20
    while worker.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.exists()
    assert not list(tmp_path.iterdir())


def _children() -> set[int]:
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


def test_workers_that_are_killed_while_they_start_are_not_the_doing_of_a_piece() -> None:
    async def work() -> tuple[dict[str, Any], int]:
        pool = WorkerPool("tests.echoing_late", 1, seconds=20.0)
        asked = asyncio.create_task(_said(pool, "word"))
        killed = set[int]()
        while len(killed) < 6:
            new = _children() - killed - others
            for child in new:
                os.kill(child, signal.SIGKILL)
            killed |= new
            await asyncio.sleep(0.02)
        try:
            return await asked, len(killed)
        finally:
            await pool.aclose()

    others = _children()
    said, killed = asyncio.run(work())
    assert (said["word"], killed) == ("word", 6)


def test_a_worker_that_never_starts_is_told() -> None:
    async def work() -> None:
        pool = WorkerPool("tests.no_such_module", 1, seconds=20.0)
        with pytest.raises(WorkerDied):
            await pool.ask(b"word")

    asyncio.run(work())
