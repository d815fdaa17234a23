"""What every hostile file costs: outcome, seconds and memory of its worker.

    python -m benchmarks.hostile [--json] [--shared] [--short]

Each file gets a fresh worker, so that the peak is its own; with --shared two workers read all, in a third of the
time, and a worker that a file ends is replaced; with --short files are left out that cost much and do what another does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time

from evaluator.documents.sandbox import ParserPool
from evaluator.errors import DocumentError
from fixtures.corpus.hostile import files

_AT_ONCE = 2
_LIKE_OTHERS = {
    "f05-path-flood.pdf",  # f05-operator-flood.pdf
    "f06-exponential-forms.pdf",  # f07-form-of-itself.pdf
}


async def trial(name: str, data: bytes, pool: ParserPool) -> dict[str, object]:
    """Read one file in a worker."""
    start = time.perf_counter()
    try:
        document = await pool.read(data, name)
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
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    chosen = [one for one in files() if not (options.short and one[0] in _LIKE_OTHERS)]
    turns = asyncio.Semaphore(_AT_ONCE)
    shared = ParserPool(_AT_ONCE) if options.shared else None

    async def in_turn(name: str, data: bytes) -> dict[str, object]:
        async with turns:
            pool = shared or ParserPool(1)
            try:
                return await trial(name, data, pool)
            finally:
                if pool is not shared:
                    await pool.aclose()

    results = await asyncio.gather(*(in_turn(name, data) for name, data in chosen))
    if shared is not None:
        await shared.aclose()
    if options.json:
        print(json.dumps(results))
        return
    for row in results:
        print(
            f"{row['file']:34} {row['outcome']:18} {row['seconds']:6} s  {row['peak_mb_so_far']:4} MB  {row['message']}"
        )


if __name__ == "__main__":
    asyncio.run(main())
