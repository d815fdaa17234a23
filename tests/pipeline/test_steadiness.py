"""What noise, faults and repeats do to a verdict, on every fixture."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import httpx2
import pytest

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.pipeline.steadiness import steadiness
from evaluator.transport import Patience

from ..conftest import RESUMES, no_sleep
from ..repeating import answering, document_of, model_evaluator, repeated
from ..servers.faults import FAULTS
from ..servers.model import completion, model_server
from ..servers.readings import Item, exact, noisy, reply_of


@pytest.mark.parametrize(("samples", "runs", "widest"), [(1, 8, 12.0), (5, 3, 5.0)])
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
        async with model_evaluator(answer, concurrency=8) as reader:
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
        async with model_evaluator(refuse, github="none") as reader:
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


def exact_of(path: Path) -> list[Item]:
    """What the exact model answers for a resume."""
    heard: list[list[Item]] = []

    def listen(items: list[Item]) -> list[Item]:
        heard.append(items)
        return items

    asyncio.run(repeated(path, listen, samples=1, runs=1))
    return heard[0]


def test_the_interval_holds_the_score_and_every_single_reading() -> None:
    path = RESUMES / "wei-zhang.md"
    chance = random.Random(3)
    slips = [noisy(exact_of(path), chance) for _ in range(3)]
    given = iter(slips)
    (report,) = asyncio.run(repeated(path, lambda _: next(given), samples=3, runs=1))
    for slip in slips:
        (alone,) = asyncio.run(repeated(path, lambda _, s=slip: s, samples=1, runs=1))  # type: ignore[misc]
        for whole, one in ((report.axes.ml, alone.axes.ml), (report.axes.ops, alone.axes.ops)):
            low, high = whole.interval
            assert low <= whole.score <= high
            assert low <= one.score <= high
            assert high > low


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
