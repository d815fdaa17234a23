"""What every hostile file costs: outcome, seconds and memory of its worker.

    python -m benchmarks.hostile [--json]

Each file gets a fresh worker, so that the peak is its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time

from evaluator.documents.sandbox import read_in_worker
from evaluator.errors import DocumentError
from fixtures.corpus.hostile import files

_AT_ONCE = 2


async def trial(name: str, data: bytes) -> dict[str, object]:
    """Read one file in a worker of its own."""
    start = time.perf_counter()
    try:
        document = await read_in_worker(data, name)
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
        "peak_mb_so_far": round(peak),
        "message": message[:200],
        "text": text,
    }


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    turns = asyncio.Semaphore(_AT_ONCE)

    async def in_turn(name: str, data: bytes) -> dict[str, object]:
        async with turns:
            return await trial(name, data)

    results = await asyncio.gather(*(in_turn(name, data) for name, data in files()))
    if options.json:
        print(json.dumps(results))
        return
    for row in results:
        print(
            f"{row['file']:34} {row['outcome']:18} {row['seconds']:6} s  {row['peak_mb_so_far']:4} MB  {row['message']}"
        )


if __name__ == "__main__":
    asyncio.run(main())
