"""A run that nobody can be asked for any more gives every candidate a row, and the next run takes up those left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from evaluator import Settings
from evaluator.audit.purging import purge
from evaluator.batch.cluster import candidates as cluster
from evaluator.batch.cluster.candidates import Candidates
from evaluator.batch.cluster.rows import Before
from evaluator.batch.log import read_status
from evaluator.batch.runner import INTERRUPTED, Runner
from evaluator.batch.sources import BatchSource
from evaluator.batch.store import RunStore
from evaluator.batch.summary import Summary
from evaluator.pipeline.inputs import Input
from evaluator.pipeline.session import Session

from ..pipeline.test_model_path import honest
from ..servers.model import model_server
from .test_runner import rows, run

RESUME = "# Ann Doe\n## Experience\n-"


def refusing(_: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    return 401, {}, b"{}"


def reasons(folder: Path) -> dict[str, str]:
    """Why rows failed, by the name of the file; every row of the table."""
    return {Path(row["source"]).name: row["reason"] for row in rows(folder)}


def model(url: str) -> Settings:
    return Settings(reader="model", model="stub", base_url=url, github="none", jobs=1, concurrency=1, samples=1)  # fmt: skip


def resume(path: Path, words: str) -> Path:
    path.write_text(f"{RESUME} {words} in PyTorch.\n", encoding="utf-8")
    return path


def test_what_is_there_of_a_candidate_stays_when_a_run_stops(tmp_path: Path) -> None:
    """Rows that were done and hold are kept; those of changed files are not lost; purged ones do not come back."""
    sources = [resume(tmp_path / f"{n}.md", f"Trained {n + 3} models of churn") for n in range(4)]
    out = tmp_path / "run"
    with model_server(honest) as server:
        settings = model(server.url)
        assert run(out, *sources[:3], settings=settings).done == 3
        with RunStore(out) as store:
            purged = next(item.id for item in store.items() if item.source.endswith("2.md"))
        purge(out, [purged], replies=tmp_path / "r", snapshots=tmp_path / "s")
        resume(sources[1], "Served 9 models")
        server.answer = refusing
        stopped = run(out, *sources, settings=settings)
        assert (stopped.done, stopped.kept, stopped.failed, stopped.not_asked) == (1, 1, 0, 2)
        assert stopped.purged == 1
        found = reasons(out)
        assert (found["0.md"], found["1.md"]) == ("", "")
        assert found["3.md"].startswith("not asked: the run stopped. The model endpoint refused")
        assert set(found) == {"0.md", "1.md", "3.md"}
        assert read_status(out).failed == 0
        again = run(out, *sources, settings=settings)  # still refused: rows stand as they are
        assert (again.done, again.not_asked) == (1, 2)


def test_nothing_is_fetched_from_a_store_once_nobody_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(address: str) -> Input:
        fetched.append(address)
        return Input(name="a.md", data=f"{RESUME} Trained {address}.\n".encode())

    monkeypatch.setattr("evaluator.batch.sources.load_address", fetch)

    sources = [BatchSource(address=f"s3://pool/{number}.md") for number in range(40)]

    async def go(url: str) -> Summary:
        async with Session(model(url)) as session:
            return await Runner(session, tmp_path).run(sources)

    with model_server(refusing) as server:
        summary = asyncio.run(go(server.url))
    assert summary.not_asked == 40
    assert len(fetched) < 10
    assert len(reasons(tmp_path)) == 40


class _Share:
    """What workers of a cluster keep to together, here."""

    def __init__(self, stopped: str, before: dict[str, Before]) -> None:
        self.told: list[dict[str, Any]] = []
        self._stopped, self._before = stopped, before

    def __getattr__(self, name: str) -> Any:
        async def answer(*asked: Any) -> Any:
            return self._stopped if name == "stopped" else self._before.get(asked[0])

        def tell(event: dict[str, Any]) -> None:
            self.told.append(event)

        return type("Method", (), {"remote": staticmethod(tell if name == "tell" else answer)})


@pytest.mark.parametrize(("stopped", "left"), [("No licence.", True), (INTERRUPTED, False)])
def test_workers_of_a_cluster_leave_the_same_rows(tmp_path: Path, stopped: str, left: bool) -> None:
    new, known, gone, lost = (tmp_path / f"{name}.md" for name in ("new", "known", "gone", "lost"))
    for path in (new, known, gone):
        resume(path, f"Trained {path.stem}")
    purged = BatchSource(path=gone).load().id
    share = _Share(stopped, {str(known): Before(key="k", status="done", snapshot="")})
    worker = Candidates(Settings(reader="rules"), share, frozenset([purged]))

    async def lines() -> list[str]:
        given = [BatchSource(path=path).model_dump_json() for path in (new, known, gone, lost)]
        given.append(BatchSource(address="s3://pool/a.md").model_dump_json())
        return [(await worker({"source": source}))["line"] for source in given]

    found = asyncio.run(lines())
    reason = "not asked: the run stopped. No licence."
    assert [reason in line for line in found] == [left, False, False, False, left]
    assert [bool(line) for line in found] == [left, False, False, left, left]
    assert len(share.told) == (4 if left else 0)
    assert cluster.LEFT["line"] == ""
