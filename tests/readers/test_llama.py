"""A real server that nobody here wrote: llama.cpp, on a model of random weights."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evaluator import CandidateReport, Evaluator, ModelError, Settings
from evaluator.prompt_files import load_prompt
from evaluator.readers import llm

from ..conftest import RESUMES, ROOT
from ..servers.llama import make_model

MODEL = "random"
CANDIDATES = sorted(RESUMES.iterdir())[:20]


@contextmanager
def served(model: Path, context: int) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.servers.llama", str(model), "0", str(context)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            _wait_for(f"{address}/health")
            yield f"{address}/v1"
        finally:
            process.kill()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                if json.load(response)["status"] == "ok":
                    return
        except OSError:
            time.sleep(0.1)
    message = f"{url} does not answer"
    raise TimeoutError(message)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "random.gguf"
    make_model(path)
    return path


def evaluate(url: str, paths: list[Path]) -> list[CandidateReport]:
    settings = Settings(
        reader="model", model=MODEL, base_url=url, github="none", concurrency=2, samples=1
    )

    async def run() -> list[CandidateReport]:
        async with Evaluator(settings) as evaluator:
            return [await evaluator.evaluate(path) for path in paths]

    return asyncio.run(run())


def test_twenty_of_twenty_replies_validate_through_the_whole_pipeline(model: Path) -> None:
    with served(model, 40_000) as url:
        reports = evaluate(url, CANDIDATES)
    assert len(reports) == 20
    for report in reports:
        assert report.provenance.reader == "model"
        assert report.provenance.calls == report.provenance.samples <= 2
        assert report.provenance.input_tokens
        assert report.provenance.output_tokens
        assert CandidateReport.model_validate_json(report.to_json()) == report
    # The fixed part stands in the server's cache from the second candidate on.
    cached = [r.provenance.cached_tokens or 0 for r in reports]
    total = [r.provenance.input_tokens or 0 for r in reports]
    assert all(c > 0.5 * t for c, t in zip(cached[1:], total[1:], strict=True))


def test_a_context_that_is_too_small_makes_requests_smaller(model: Path) -> None:
    prompt = len(load_prompt("read_candidate").body.encode())
    path = RESUMES / "mira-holloway.pdf"
    with served(model, prompt + 1_150) as url:
        (report,) = evaluate(url, [path])
        calls = report.provenance.calls
        assert calls > 1
        (again,) = evaluate(url, [path])
        assert again.to_json() == report.to_json()
    with served(model, 2_000) as url, pytest.raises(ModelError, match="too small"):
        evaluate(url, [path])


def test_a_truncated_reply_is_noticed(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "MAX_OUTPUT", 3)
    monkeypatch.setattr(llm, "MAX_OUTPUT_RAISED", 4)
    with (
        served(model, 40_000) as url,
        pytest.raises(ModelError, match="does not fit its output limit"),
    ):
        evaluate(url, [RESUMES / "jonas-beck.md"])
