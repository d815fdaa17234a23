"""What noise, faults and repeats do to a verdict, on every fixture."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import httpx2
import pytest

from evaluator import CandidateReport, Settings
from evaluator.errors import CandidateRefused
from evaluator.pipeline.consistency import consistency_of
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.transport import RetryPolicy

from ..conftest import RESUMES, no_sleep
from ..repeating import answering, document_of, model_evaluator, repeated
from ..servers.faults import FAULTS
from ..servers.model import completion, model_server
from ..servers.readings import Item, exact, noisy, reply_of


@pytest.mark.no_cover
def test_more_readings_move_scores_less_and_invented_quotes_never_count() -> None:
    """A noise far beyond that of strong readers; theirs is measured by ``python -m benchmarks.consistency``."""
    spreads: dict[int, list[float]] = {1: [], 5: []}
    for path in sorted(RESUMES.iterdir())[::3]:
        for samples, found in spreads.items():
            chance = random.Random(path.name)
            reports = asyncio.run(
                repeated(path, lambda i, c=chance: noisy(i, c), samples=samples, runs=6)  # type: ignore[misc]
            )
            found.append(consistency_of(reports).range)
            assert not any("invented" in item.quote for r in reports for item in r.evidence)
            assert all(r.provenance.rejected_evidence >= 2 for r in reports)
    assert sum(spreads[5]) < 0.8 * sum(spreads[1])


@pytest.mark.no_cover
def test_hundreds_of_candidates_through_an_endpoint_that_fails_three_times_in_ten(
    nightly: bool,
) -> None:
    count = 300 if nightly else 100
    chance = random.Random(2026)
    asked = 0
    faults = list(FAULTS.values())
    assert len(faults) >= 20
    honest = answering(list)

    def answer(incoming: httpx2.Request) -> httpx2.Response:
        nonlocal asked
        asked += 1
        return chance.choice(faults)() if chance.random() < 0.3 else honest(incoming)

    async def run() -> list[CandidateReport | BaseException]:
        async with model_evaluator(answer, concurrency=8, samples=1) as reader:
            documents = [document_of(path) for path in sorted(RESUMES.iterdir())]
            many = [documents[n % len(documents)] for n in range(count)]
            return list(
                await asyncio.gather(
                    *(reader.evaluate_document(d, github="none") for d in many),
                    return_exceptions=True,
                )
            )

    ended = asyncio.run(run())
    reports = [report for report in ended if isinstance(report, CandidateReport)]
    # Two refusals, or two replies without sense, one after the other: their rows say so, and nobody else's.
    assert all(isinstance(e, CandidateRefused) for e in ended if not isinstance(e, CandidateReport))
    assert len(reports) >= 0.95 * count
    assert asked <= 1.5 * count
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


def refusing(**options: Any) -> CandidateReport:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        return FAULTS["refusal"]()

    async def run() -> CandidateReport:
        async with model_evaluator(refuse, github="none", **options) as reader:
            return await reader.evaluate_input(load_input(RESUMES / "mira-holloway.pdf"))

    return asyncio.run(run())


def test_nobody_is_handed_to_the_rules_unasked() -> None:
    with pytest.raises(CandidateRefused):
        refusing()


def test_a_fallback_that_was_asked_for_is_a_report_by_the_rules_that_says_so() -> None:
    report = refusing(fallback="rules")
    assert report.provenance.reader == "rules"
    assert report.axes.ml.score > 50
    assert any("the embedded rules read instead" in why for why in report.human_review.reasons)
    assert report.provenance.calls == 2
    assert report.provenance.input_tokens == 2000


def test_a_fixed_number_of_samples_is_asked_for() -> None:
    path = RESUMES / "mira-holloway.pdf"
    (report,) = asyncio.run(repeated(path, list, samples=5, runs=1))
    assert report.provenance.samples == 5
    assert report.provenance.agreement == 1.0
    chance = random.Random(1)
    (noisy_one,) = asyncio.run(repeated(path, lambda i: noisy(i, chance), samples=5, runs=1))
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
        async with Session(settings, retries=RetryPolicy(sleep=no_sleep)) as reader:
            return await reader.evaluate_input(load_input(path))

    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        first = asyncio.run(run(server.url))
        asked = len(server.bodies)
        again = asyncio.run(run(server.url))
        assert len(server.bodies) == asked
        url = server.url
    assert asyncio.run(run(url, offline=True)).to_json() == first.to_json() == again.to_json()
