"""The workplace over one run of 2,000 candidates: time of lists, filters and questions, first paint, memory of the server.

python -m benchmarks.service [--candidates 2000]

And one resume over HTTP beside the library in this process, both warm, in turns; then 64 requests in flight.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.batch.outputs import without_evidence
from evaluator.batch.store import Item, Kept, RunStore
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session

from .pages import PORTFOLIOS, RESUMES

FILTERS = (
    "track=dual",
    "ml=3",
    "ops=2&sort=ops",
    "serving=3",
    "seniority=senior&track=ml",
    "flag=hidden_text",
)
QUESTIONS = ("who ran GPU clusters?", "kubernetes", "feature store drift", "trained models in pytorch", "terraform aws")  # fmt: skip
TURNS = 7
RESUME = RESUMES / "mira-holloway.pdf"
SINGLE_TURNS, IN_FLIGHT, REQUESTS = 30, 64, 512
PAINTS = "performance.getEntriesByName('first-contentful-paint').map(one => one.startTime)"


async def read() -> list[tuple[CandidateReport, str]]:
    """The fixtures' reports and texts."""
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
    found = []
    async with Session(settings) as session:
        for path in sorted(RESUMES.iterdir()):
            document = await session.read_document(load_input(path))
            found.append((await session.evaluate_document(document), document.text))
    return found


def fill(folder: Path, read: list[tuple[CandidateReport, str]], candidates: int) -> None:
    """A run of the fixtures again and again, under other names and with other words at the end."""
    with RunStore(folder) as store:
        for number in range(candidates):
            report, text = read[number % len(read)]
            id_ = sha256(str(number).encode()).hexdigest()[:16]
            name = f"{report.candidate.name} {number // len(read)}"
            candidate = report.candidate.model_copy(update={"name": name})
            report = report.model_copy(update={"id": id_, "candidate": candidate})
            item = Item(source=f"pool/{number:05}.pdf", key=id_, id=id_, state="done", reason="", parts={"reader": "rules"})  # fmt: skip
            store.finish(item, Kept(id=id_, report=report.to_json(), text=f"{text}\nNo. {number}", row=without_evidence(report), snapshot=None))  # fmt: skip


def timed(ask: Callable[[], httpx.Response]) -> float:
    """Milliseconds until the whole answer is there."""
    begun = time.perf_counter()
    assert ask().status_code == 200
    return (time.perf_counter() - begun) * 1000


def painted(address: str, run: str) -> list[float]:
    """First contentful paint of the list, in milliseconds; the first of them with an empty cache."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        found = []
        for _ in range(5):
            page.goto(run)
            # The page's policy forbids what waiting for a function would do.
            while not (paints := page.evaluate(PAINTS)):
                page.wait_for_timeout(10)
            found += paints
        browser.close()
    return [float(one) for one in found]


def told(name: str, times: list[float], most: int) -> None:
    print(f"  {name:<12} {statistics.median(times):.0f} ms in the middle, {max(times):.0f} at most (at most {most})")  # fmt: skip


def measure(address: str, candidates: int) -> None:
    """Ask a server that has read ahead."""
    base, token = address.split("?token=")
    headers = {"authorization": f"Bearer {token.strip()}"}
    with httpx.Client(base_url=base, trust_env=False, timeout=60, follow_redirects=True) as client:
        while int(client.get("api/v1/runs/pool", headers=headers).json()["done"]) < candidates:
            time.sleep(0.2)
        client.get(f"?token={token.strip()}")
        first = timed(lambda: client.get("runs/pool?q=kubernetes"))
        print(f"{candidates:,} candidates; the first question of all {first:.0f} ms")
        told("list", [timed(lambda: client.get("runs/pool")) for _ in range(TURNS)], 500)
        told("filter", [timed(lambda q=q: client.get(f"runs/pool?{q}")) for q in FILTERS for _ in range(TURNS)], 100)  # type: ignore[misc]  # fmt: skip
        told("question", [timed(lambda q=q: client.get("runs/pool", params={"q": q})) for q in QUESTIONS for _ in range(TURNS)], 200)  # type: ignore[misc]  # fmt: skip
        told("first paint", painted(address, f"{base}runs/pool"), 500)
        metrics = client.get("metrics", headers=headers).text
    memory = int(re.findall(r"^process_resident_memory_bytes (\d+)$", metrics, re.MULTILINE)[0])
    print(f"  memory       {memory / 1e6:.0f} MB (at most 250)")


async def compare_with_library(address: str) -> None:
    """One resume over HTTP and in the library, in turns; then many at once."""
    base, token = address.split("?token=")
    headers = {"authorization": f"Bearer {token.strip()}"}
    data = RESUME.read_bytes()
    settings = Settings(reader="rules", offline=True, github="none")
    limits = httpx.Limits(max_connections=IN_FLIGHT)
    async with (
        Evaluator(settings) as evaluator,
        httpx.AsyncClient(base_url=base, headers=headers, trust_env=False, timeout=60, limits=limits) as client,
    ):  # fmt: skip

        async def over_http() -> httpx.Response:
            return await client.post("api/v1/evaluate", files={"file": (RESUME.name, data)}, data={"github": "none"})  # fmt: skip

        library, served = [], []
        for _ in range(SINGLE_TURNS):
            begun = time.perf_counter()
            report = await evaluator.evaluate(data)
            library.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
            answer = await over_http()
            served.append((time.perf_counter() - begun) * 1000)
            assert answer.json()["axes"] == report.model_dump(mode="json")["axes"]
        more = statistics.median(served) - statistics.median(library)
        print(f"  one resume   {statistics.median(served):.0f} ms over HTTP, {statistics.median(library):.0f} in the library: {more:.0f} more (at most 30)")  # fmt: skip
        free = asyncio.Semaphore(IN_FLIGHT)

        async def one_of_many() -> int:
            async with free:
                return (await over_http()).status_code

        begun = time.perf_counter()
        statuses = Counter(await asyncio.gather(*(one_of_many() for _ in range(REQUESTS))))
        took = time.perf_counter() - begun
        errors = REQUESTS - statuses[200]
        print(f"  {IN_FLIGHT} in flight {REQUESTS} resumes, {REQUESTS / took:.0f} a second, {errors} errors (at most 0)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=2_000)
    parser.add_argument("--runs", type=Path, help="Keep the run in this folder, or take the one that is there.")  # fmt: skip
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = given.runs or Path(folder)
        if not (runs / "pool").is_dir():
            fill(runs / "pool", asyncio.run(read()), given.candidates)
        command = [sys.executable, "-m", "evaluator", "serve", str(runs), "--port", "0", "--reader", "rules", "--offline"]  # fmt: skip
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:  # fmt: skip
            assert server.stdout is not None
            try:
                address = server.stdout.readline()
                measure(address, given.candidates)
                asyncio.run(compare_with_library(address))
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
