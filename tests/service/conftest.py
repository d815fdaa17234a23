"""A run of the fixtures, and a server over it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator import Evaluator, Settings
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.service.configuration import ServiceSettings

from ..conftest import PORTFOLIOS, RESUMES, work_in_process
from ..servers.service import served, visitor


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one run of few candidates and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("runs")
    resumes = tmp_path_factory.mktemp("resumes")
    for name in sorted(RESUMES.iterdir()):
        if name.stem in {"ines-carrasco", "wei-zhang", "grace-mbeki", "amara-diallo"}:
            (resumes / name.name).write_bytes(name.read_bytes())
    (resumes / "empty.pdf").write_bytes(b"")

    async def run() -> None:
        settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, jobs=1)
        async with Evaluator(settings) as evaluator:
            await Runner(evaluator, folder / "autumn").run(expand([str(resumes)]))

    with pytest.MonkeyPatch.context() as patch:
        work_in_process(patch)
        asyncio.run(run())
    return folder


@pytest.fixture(scope="session")
def settings(runs: Path) -> Iterator[ServiceSettings]:
    """Of a server over the runs."""
    with served(runs) as found:
        yield found


@pytest.fixture
def client(settings: ServiceSettings) -> Iterator[httpx.Client]:
    """Somebody who is in."""
    with visitor(settings) as found:
        yield found
