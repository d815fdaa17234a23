"""What every hostile file costs: outcome, seconds, processor seconds and memory of its worker.

    python -m benchmarks.hostile [--json] [--shared] [--short]

Each file gets a fresh worker, so that the peak is its own; with --shared two workers read all, in a third of the
time, and a worker that a file ends is replaced; with --short files are left out that cost much and do what another does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import time
from contextlib import suppress
from pathlib import Path

from evaluator.documents.sandbox import ParserPool
from evaluator.errors import DocumentError
from fixtures.corpus.hostile import files

_AT_ONCE = 2
_LOOKS_EVERY = 0.05
_LIKE_OTHERS = {
    "f05-path-flood.pdf",  # f05-operator-flood.pdf
    "f06-exponential-forms.pdf",  # f07-form-of-itself.pdf
}


class Reader:
    """One worker at a time, and the processor seconds of all that it had."""

    def __init__(self) -> None:
        self.pool = ParserPool(1)
        self._spent: dict[int, float] = {}
        """By process, as last seen."""

    @property
    def spent(self) -> float:
        self._look()
        return sum(self._spent.values())

    async def watch(self) -> None:
        """Look again and again, since of a process that ended nothing can be seen."""
        while True:
            self._look()
            await asyncio.sleep(_LOOKS_EVERY)

    def _look(self) -> None:
        for worker in self.pool._workers._workers:
            pid = worker._process.pid
            with suppress(OSError):
                words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                self._spent[pid] = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


async def trial(name: str, data: bytes, reader: Reader) -> dict[str, object]:
    """Read one file in a worker."""
    start, before = time.perf_counter(), reader.spent
    try:
        document = await reader.pool.read(data, name)
        outcome, message = "read", "; ".join(flag.message for flag in document.flags)
        text = document.text[:2_000]
    except DocumentError as error:
        outcome, message, text = str(error.reason), error.message, ""
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "file": name,
        "outcome": outcome,
        "seconds": round(seconds, 2),
        "processor_seconds": round(reader.spent - before, 2),
        "peak_mb_so_far": round(peak),
        "message": message[:200],
        "text": text,
    }


async def read_in_turn(
    waiting: list[tuple[str, bytes]], *, is_shared: bool
) -> list[dict[str, object]]:
    """Take one file after another, with one worker for all or with a fresh one for each."""
    rows: list[dict[str, object]] = []
    while waiting:
        reader = Reader()
        watching = asyncio.create_task(reader.watch())
        rows.append(await trial(*waiting.pop(0), reader))
        while is_shared and waiting:
            rows.append(await trial(*waiting.pop(0), reader))
        watching.cancel()
        await reader.pool.aclose()
    return rows


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    waiting = [one for one in files() if not (options.short and one[0] in _LIKE_OTHERS)]
    readers = [read_in_turn(waiting, is_shared=options.shared) for _ in range(_AT_ONCE)]
    results = [row for rows in await asyncio.gather(*readers) for row in rows]
    if options.json:
        print(json.dumps(results))
        return
    for row in results:
        print(
            f"{row['file']:34} {row['outcome']:18} {row['seconds']:6} s  {row['processor_seconds']:6} s  {row['peak_mb_so_far']:4} MB  {row['message']}"
        )


if __name__ == "__main__":
    asyncio.run(main())
