"""A run of the fixtures, and a server over it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator import Settings
from evaluator.access import Access
from evaluator.batch.finishing import finished
from evaluator.batch.runner import Runner
from evaluator.batch.sources import expand
from evaluator.batch.store import RunStore, report_of
from evaluator.pipeline.session import Session
from evaluator.service.configuration import ServiceSettings

from ..conftest import PORTFOLIOS, RESUMES, work_in_process
from ..render.test_rendering import HOSTILE, poisoned
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
        async with Session(settings) as session:
            await Runner(session, folder / "autumn").run(expand([str(resumes)]))

    with pytest.MonkeyPatch.context() as patch:
        work_in_process(patch)
        asyncio.run(run())
    return folder


@pytest.fixture(scope="session")
def hostile(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run whose candidates have hostile texts wherever a text can stand."""
    folder = tmp_path_factory.mktemp("hostile")
    with RunStore(runs / "autumn") as store:
        item = next(item for item in store.items() if item.state == "done")
        kept = store.kept(item.key)
    assert kept is not None
    report = report_of(kept.report)
    assert report is not None
    with RunStore(folder / "<b>run") as store:
        for number, text in enumerate(HOSTILE):
            id_ = f"{number:016x}"
            bad = poisoned(report, text).model_copy(update={"id": id_})
            done = finished(bad, text, folder / "<b>run", Access.OWNER)
            store.finish(
                item.model_copy(update={"source": f"{number} {text}", "key": id_, "id": id_}),
                kept.model_copy(update={"id": id_, "report": done.report, "row": done.row, "text": text}),
            )  # fmt: skip
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
