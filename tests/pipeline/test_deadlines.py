"""A candidate has a deadline in every stage, and a reason in its row."""

from __future__ import annotations

import asyncio
import re
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from evaluator import DocumentError, Settings, Unreadable
from evaluator.batch.runner import INTERRUPTED, Runner
from evaluator.batch.sources import expand
from evaluator.batch.summary import Summary
from evaluator.documents.reading import read_document
from evaluator.models.portfolio import PortfolioStatus
from evaluator.pipeline import stages
from evaluator.pipeline.assessment import Assessor
from evaluator.pipeline.deadlines import within
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.sampling import ModelSampler
from evaluator.pipeline.session import Session

from ..conftest import RESUMES
from ..servers.github import github_server
from ..servers.model import model_server
from .test_model_path import honest

SOURCE = RESUMES / "owen-pryce.md"


def endless(*_: Any, **__: Any) -> Any:
    """As a pattern that never ends: no control is given back."""
    while True:
        try:
            re.match("(a+)+$", "a" * 26 + "b")
        except ValueError:
            continue


@pytest.mark.parametrize("stage", ["outline", "contact", "prepare"])
def test_a_stage_of_this_process_ends(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, stage, endless)

    async def go() -> None:
        async with Session(Settings(reader="rules", github="none")) as session:
            document = read_document(SOURCE.read_bytes(), SOURCE.name)
            session._deadlines = session._deadlines._replace(stage=0.2)
            await session.candidate(document)

    with pytest.raises(DocumentError, match=r"took longer than 0\.2 seconds") as caught:
        asyncio.run(go())
    assert caught.value.reason is Unreadable.TIME_LIMIT


def test_judging_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assessor, "report", endless)

    async def go() -> None:
        async with Session(Settings(reader="rules", github="none")) as session:
            candidate = await session.candidate(read_document(SOURCE.read_bytes(), SOURCE.name))
            session._deadlines = session._deadlines._replace(stage=0.2)
            await session.evaluate_candidate(candidate)

    with pytest.raises(DocumentError, match="Judging"):
        asyncio.run(go())


def test_a_limit_leaves_nothing_behind() -> None:
    with within(5, "This"):
        pass
    with pytest.raises(DocumentError), within(0.05, "This"):
        endless()
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    done: list[int] = []

    def elsewhere() -> None:
        with within(0.01, "This"):
            done.append(1)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert done == [1]


def run(out: Path, settings: Settings, *sources: Path) -> Summary:
    async def go() -> Summary:
        async with Session(settings) as session:
            session._deadlines = session._deadlines._replace(portfolio=0.5, question=0.5)
            if session._sampler is not None:
                session._sampler._deadlines = session._deadlines
            return await Runner(session, out).run(expand(map(str, sources)))

    return asyncio.run(go())


def test_a_model_that_never_answers_is_a_row(tmp_path: Path) -> None:
    def silent(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        time.sleep(1.5)
        return honest(body)

    with model_server(silent) as server:
        settings = Settings(reader="model", model="m", base_url=server.url, github="none")
        found = run(tmp_path / "run", settings, SOURCE)
    assert (found.failed, found.unread) == (1, 1)
    assert "took longer than 0.5 seconds" in found.failures[0][1]
    assert "--deadline" in found.failures[0][1]


def test_a_portfolio_that_never_comes_is_unknown(tmp_path: Path) -> None:
    async def go(url: str) -> Any:
        settings = Settings(reader="rules", github_url=url, snapshots=tmp_path)
        async with Session(settings) as session:
            session._deadlines = session._deadlines._replace(portfolio=0.3)
            return (await session.evaluate_input(load_input(SOURCE))).portfolio

    with github_server() as server:
        server.latency = 1.0
        found = asyncio.run(go(server.url))
    assert found.status is PortfolioStatus.UNKNOWN
    assert "longer than 0.3 seconds" in found.reason


def test_an_interrupted_run_begins_no_further_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for a candidate under way; what was answered is kept, and the next run goes on from it."""
    monkeypatch.setattr(ModelSampler, "_is_settled", lambda *_: False)
    runners: list[Runner] = []

    def once(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        if runners:
            runners[0].stop()
        return honest(body)

    async def go(url: str) -> tuple[Summary, bool]:
        settings = Settings(reader="model", model="m", base_url=url, github="none")
        async with Session(settings) as session:
            runners.insert(0, Runner(session, tmp_path / "run"))
            return await runners[0].run(expand([str(SOURCE)])), runners[0].is_stopped

    with model_server(once) as server:
        summary, is_stopped = asyncio.run(go(server.url))
        assert is_stopped
        assert summary.stopped == INTERRUPTED
        assert (summary.done, summary.failed, len(server.bodies)) == (0, 0, 1)
        server.answer = honest
        summary, _ = asyncio.run(go(server.url))
        assert (summary.done, len(server.bodies)) == (1, 5)
