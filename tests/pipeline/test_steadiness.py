"""What noise, faults and repeats do to a verdict, on every fixture."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.documents.reading import read_document
from evaluator.models.document import Document
from evaluator.pipeline.steadiness import steadiness
from evaluator.readers.replies import ReplyStore
from evaluator.transport import Patience

from ..conftest import PORTFOLIOS, RESUMES, no_sleep
from ..servers.faults import FAULTS
from ..servers.model import completion, model_server
from ..servers.readings import Item, exact, noisy, reply_of

Change = Callable[[list[Item]], list[Item]]


def evaluator(answer: Callable[[httpx2.Request], httpx2.Response], **options: Any) -> Evaluator:
    settings = Settings(
        reader="model", model="stub", base_url="http://127.0.0.1:9/v1", snapshots=PORTFOLIOS,
        refresh=True, github_wait=0, **options,
    )  # fmt: skip
    made = Evaluator(
        settings,
        model_transport=httpx2.MockTransport(answer),
        patience=Patience(sleep=no_sleep),
    )
    assert made._model is not None
    made._model._store = ReplyStore(None)
    return made


def answering(change: Change) -> Callable[[httpx2.Request], httpx2.Response]:
    """A model that reads exactly and then slips; what it read is remembered."""
    read: dict[bytes, list[Item]] = {}

    def answer(incoming: httpx2.Request) -> httpx2.Response:
        body = incoming.content
        if body not in read:
            read[body] = exact(json.loads(body))
        _, _, content = completion(reply_of(change(read[body])))
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=content)

    return answer


def document_of(path: Path) -> Document:
    """Read in this process: the parsers' own worker processes have tests of their own."""
    return read_document(path.read_bytes(), path.name)


async def repeated(path: Path, change: Change, *, samples: int, runs: int) -> list[CandidateReport]:
    async with evaluator(answering(change), samples=samples) as reader:
        document = document_of(path)
        candidate = await reader.candidate(document, ask_github=False)

        async def known(*_: object, **__: object) -> object:
            return candidate

        reader.candidate = known  # type: ignore[method-assign, assignment]
        return [await reader.evaluate_document(document) for _ in range(runs)]


@pytest.mark.parametrize(("samples", "runs", "widest"), [(1, 12, 12.0), (5, 4, 5.0)])
@pytest.mark.parametrize("path", sorted(RESUMES.iterdir()), ids=lambda p: p.stem)
def test_noise_moves_a_score_by_little_and_a_track_never_unseen(
    path: Path, samples: int, runs: int, widest: float
) -> None:
    """A fifth of the evidence dropped, a tenth of the attributes wrong, two items invented a reply.

    The hundred runs of the figures are ``python -m benchmarks.steadiness``.
    """
    (clean,) = asyncio.run(repeated(path, list, samples=1, runs=1))
    chance = random.Random(path.name)
    reports = asyncio.run(repeated(path, lambda i: noisy(i, chance), samples=samples, runs=runs))
    assert steadiness([clean, *reports]).range <= widest
    assert all(r.track is clean.track or r.borderline for r in reports)
    assert not any("invented" in item.quote for r in reports for item in r.evidence)
    assert all(r.provenance.rejected_evidence >= 2 for r in reports)


def test_three_hundred_candidates_through_an_endpoint_that_fails_three_times_in_ten() -> None:
    chance = random.Random(2026)
    asked = 0
    faults = list(FAULTS.values())
    assert len(faults) >= 20
    honest = answering(list)

    def answer(incoming: httpx2.Request) -> httpx2.Response:
        nonlocal asked
        asked += 1
        return chance.choice(faults)() if chance.random() < 0.3 else honest(incoming)

    async def run() -> list[CandidateReport]:
        async with evaluator(answer, concurrency=8) as reader:
            documents = [document_of(path) for path in sorted(RESUMES.iterdir())]
            many = [documents[n % len(documents)] for n in range(300)]
            return list(
                await asyncio.gather(*(reader.evaluate_document(d, github="none") for d in many))
            )

    reports = asyncio.run(run())
    assert len(reports) == 300
    assert asked <= 1.5 * 300
    by_document: dict[str, set[str]] = {}
    for report in reports:
        verdict = json.dumps([report.axes.model_dump(mode="json"), report.track.value])
        by_document.setdefault(report.id, set()).add(verdict)
    assert all(len(verdicts) == 1 for verdicts in by_document.values())


def test_one_bad_item_never_sinks_a_candidate() -> None:
    path = RESUMES / "mira-holloway.pdf"

    def spoil(items: list[Item]) -> list[Item]:
        return [{**items[0], "agency": "boss"}, {"x": 1}, *items]

    (clean,) = asyncio.run(repeated(path, list, samples=1, runs=1))
    (report,) = asyncio.run(repeated(path, spoil, samples=1, runs=1))
    assert report.axes == clean.axes
    assert report.provenance.rejected_evidence == clean.provenance.rejected_evidence + 2


def test_a_model_that_refuses_leaves_a_report_by_the_rules_and_says_so() -> None:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        return FAULTS["refusal"]()

    async def run() -> CandidateReport:
        async with evaluator(refuse, github="none") as reader:
            return await reader.evaluate(RESUMES / "mira-holloway.pdf")

    report = asyncio.run(run())
    assert report.provenance.reader == "rules"
    assert report.axes.ml.score > 50
    assert any("the embedded rules read instead" in why for why in report.human_review.reasons)


def test_readings_stop_when_the_rest_can_change_nothing() -> None:
    path = RESUMES / "mira-holloway.pdf"
    (report,) = asyncio.run(repeated(path, list, samples=5, runs=1))
    assert report.provenance.samples == 3
    assert report.provenance.agreement == 1.0
    chance = random.Random(1)
    (noisy_one,) = asyncio.run(repeated(path, lambda i: noisy(i, chance), samples=5, runs=1))
    assert noisy_one.provenance.samples >= 3
    assert (noisy_one.provenance.agreement or 1) < 1


def test_the_interval_holds_the_score_and_every_single_reading() -> None:
    path = RESUMES / "wei-zhang.txt" if (RESUMES / "wei-zhang.txt").exists() else None
    path = path or next(RESUMES.glob("wei-zhang.*"))
    chance = random.Random(3)
    (report,) = asyncio.run(repeated(path, lambda i: noisy(i, chance), samples=3, runs=1))
    for axis in (report.axes.ml, report.axes.ops):
        low, high = axis.interval
        assert low <= axis.score <= high
        assert high - low > 0


def test_repeats_are_read_once_and_replayed_without_a_network(tmp_path: Path) -> None:
    """The same report, byte for byte, from kept replies."""
    path = RESUMES / "jonas-beck.md"
    options: dict[str, Any] = {"reader": "model", "model": "stub", "github": "none", "samples": 3, "replies": tmp_path / "r.sqlite"}  # fmt: skip

    async def run(url: str, **more: Any) -> CandidateReport:
        settings = Settings(base_url=url, **options, **more)
        async with Evaluator(settings, patience=Patience(sleep=no_sleep)) as reader:
            return await reader.evaluate(path)

    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        first = asyncio.run(run(server.url))
        asked = len(server.bodies)
        again = asyncio.run(run(server.url))
        assert len(server.bodies) == asked
        url = server.url
    assert asyncio.run(run(url, offline=True)).to_json() == first.to_json() == again.to_json()
