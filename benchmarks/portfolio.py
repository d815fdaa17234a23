"""What a hundred portfolios cost: requests, bytes, seconds and memory, at 100 ms of latency on loopback.

    python -m benchmarks.portfolio

Each account owns thirty repositories. With a token GraphQL is asked serially, as GitHub wants it.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from pathlib import Path

from evaluator.github.client import GitHubClient
from evaluator.github.fetching import portfolio_of
from evaluator.github.snapshots import SnapshotStore
from evaluator.transport import RetryPolicy, github_http
from tests.servers.github import github_server, index_entry

CANDIDATES = 100
REPOSITORIES = 30
LATENCY = 0.1


async def fetch_all(url: str, folder: Path) -> int:
    """Fetch every account; gives the number of requests that the snapshots name."""
    store = SnapshotStore(folder)
    requests = 0
    async with github_http(url, token="t0ken") as http:
        for number in range(CANDIDATES):
            client = GitHubClient(http, retries=RetryPolicy())
            found = await portfolio_of(f"candidate-{number}", snapshots=store, client=client)
            requests += found.requests
    return requests


def main() -> None:
    with github_server() as server, tempfile.TemporaryDirectory() as folder:
        server.everybody = True
        server.unlisted = 0
        server.latency = LATENCY
        server.repositories = [index_entry(n) for n in range(1, REPOSITORIES + 1)]
        start = time.perf_counter()
        requests = asyncio.run(fetch_all(server.url, Path(folder)))
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{CANDIDATES} accounts of {REPOSITORIES} repositories, {LATENCY * 1000:.0f} ms latency"
        )
        print(f"  requests {requests} ({requests / CANDIDATES:.1f} each)")
        print(
            f"  points   {server.points} ({server.points / CANDIDATES:.1f} each, by GitHub's formula)"
        )
        print(f"  bytes    {server.sent:,} ({server.sent // CANDIDATES:,} each, gzip)")
        print(f"  seconds  {seconds:.1f} ({seconds / CANDIDATES:.2f} each)")
        print(f"  memory   {memory:.0f} MB at most, the server's included")


if __name__ == "__main__":
    main()
