"""The same candidates on a cluster of two nodes: one row each, whatever is killed, equal to a run on one machine."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from evaluator import Settings, UsageError
from evaluator.audit.record_of_rows import verify_rows
from evaluator.batch.addresses import load_address
from evaluator.batch.cluster.rows import Rows
from evaluator.batch.cluster.share import RunCoordinator, limits_of
from evaluator.batch.sources import expand
from evaluator.cli import run as cli
from evaluator.errors import BudgetSpent
from evaluator.models.reading import Usage
from evaluator.readers.prices import load_prices

from ..conftest import PORTFOLIOS, RESUMES, ROOT, UNREADABLE
from ..servers.cluster import Cluster, ray_cluster
from ..servers.load import Model, outputs, resumes

AGAIN = 16
"""Candidates that one kill may have read again: a block."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    # Sockets of Ray need a short path.
    short = tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True)
    with short as folder, ray_cluster(Path(folder)) as started:
        yield started


def command(made: Path, out: Path, model: Model, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "evaluator", "batch", str(made), "--out", str(out), "--reader", "model",
        "--model", "stub", "--base-url", model.url, "--samples", "1", "--snapshots", str(PORTFOLIOS),
        "--progress", "none",
        *more,
    ]  # fmt: skip


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ, "EVALUATOR_CACHE_DIR": str(folder / "cache"), "OPENAI_API_KEY": "none",
        "EVALUATOR_GITHUB_URL": "http://127.0.0.1:9", "GITHUB_TOKEN": "",
    }  # fmt: skip


def lines(out: Path) -> list[dict[str, Any]]:
    return [
        line
        for path in sorted(out.glob("candidates/*/*.parquet"))
        for line in parquet.read_table(path).to_pylist()
    ]


def begin(run: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        run, cwd=ROOT, env=environment(folder), stderr=subprocess.PIPE, text=True
    )


def ended(process: subprocess.Popen[str]) -> str:
    _, told = process.communicate(timeout=480)
    return told


def wait_for_calls(model: Model, count: int) -> None:
    for _ in range(3000):
        if len(model.calls) >= count:
            return
        time.sleep(0.1)
    pytest.fail("no call was made")


def test_two_nodes_give_the_reports_of_one_machine_whatever_is_killed(
    cluster: Cluster, tmp_path: Path, nightly: bool
) -> None:
    """A worker is killed in the middle, then the driver; afterwards one source changed, one is new, one cannot be read."""
    many = 200 if nightly else 50
    made = resumes(tmp_path, many)
    ours, theirs = tmp_path / "one", tmp_path / "many"
    ours.mkdir()
    theirs.mkdir()
    model = Model(tmp_path, latency=0.3)
    ray = ("--engine", "ray", "--ray-address", cluster.address)
    try:
        process = begin(command(made, theirs / "run", model, *ray), theirs)
        wait_for_calls(model, many // 5)
        os.kill(cluster.workers()[0], signal.SIGKILL)
        wait_for_calls(model, many // 2)
        process.kill()
        ended(process)
        again = begin(command(made, theirs / "run", model, *ray), theirs)
        assert f"{many} evaluated, 0 failed" in ended(again)
        assert again.returncode == 0
        first = lines(theirs / "run")
        assert sorted(line["source"] for line in first) == sorted(map(str, made.iterdir()))
        assert len(model.calls) - len(set(model.calls)) <= AGAIN * 2

        (made / "00007.md").write_text((made / "00008.md").read_text() + "\n- Wrote a script.\n")
        shutil.copy(RESUMES / "owen-pryce.md", made / "new.md")
        shutil.copy(UNREADABLE / "password.pdf", made / "locked.pdf")
        calls = len(model.calls)
        process = begin(command(made, theirs / "run", model, *ray), theirs)
        told = ended(process)
        assert f"{many + 1} evaluated, 1 failed ({many - 1} unchanged)" in told
        assert "encrypted" in told
        assert len(model.calls) == calls + 2
        second = lines(theirs / "run")
        assert sorted(line["source"] for line in second) == sorted(map(str, made.iterdir()))

        ended(begin(command(made, ours / "run", model), ours))
        reports = {
            name: content.decode()
            for name, content in outputs(ours / "run").items()
            if name.startswith("reports/") and name.endswith(".json")
        }
        done = {f"reports/{line['id']}.json": line for line in second if line["status"] == "done"}
        assert {name: line["report_json"] for name, line in done.items()} == reports
        assert {line["track"] for line in second} >= {"developing", "unrelated", None}
        checked = verify_rows(str(theirs / "run"))
        assert (checked.faults, checked.reports) == ((), many + 1)
    finally:
        model.close()


class _Method:
    """A method of the actor, called in this process."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def remote(self, *given: Any) -> Any:
        return asyncio.ensure_future(self._call(*given))


class _Here:
    def __init__(self, share: RunCoordinator) -> None:
        self._share = share

    def __getattr__(self, name: str) -> _Method:
        return _Method(getattr(self._share, name))


def test_limits_and_budget_hold_for_all_workers_together() -> None:
    async def two_workers() -> None:
        handle = _Here(RunCoordinator(requests=120, tokens=None, before={}))
        prices = load_prices()
        settings = Settings(reader="rules", model="gpt-6-luna", budget=1.0)
        one, other = (limits_of(handle, prices, settings) for _ in range(2))
        start = time.monotonic()
        for _ in range(3):
            await one.model.acquire(1)
            await other.model.acquire(1)
        assert time.monotonic() - start > 1.4  # two a second, whoever asks
        one.spending.add(Usage(input_tokens=10**9, output_tokens=10**9), None, expected=1)
        await asyncio.sleep(0)
        await other.model.acquire(1)
        with pytest.raises(BudgetSpent):
            other.spending.check()
        with pytest.raises(BudgetSpent):
            one.spending.check()

    asyncio.run(two_workers())


def test_a_torn_file_of_rows_goes_and_newer_rows_replace_older_ones(tmp_path: Path) -> None:
    import pyarrow

    def write(name: str, *sources: str) -> Path:
        path = tmp_path / "candidates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        from evaluator.batch.cluster.rows import schema

        found = [{"source": s, "status": "done", "key": name, "snapshot": ""} for s in sources]
        parquet.write_table(pyarrow.Table.from_pylist(found, schema=schema()), path)
        return path

    write("000001/a.parquet", "x", "y")
    gone = write("000001/b.parquet", "z")
    write("000002/a.parquet", "y", "z", "z")
    torn = write("000002/b.parquet", "w")
    torn.write_bytes(torn.read_bytes()[:-20])
    left = torn.with_suffix(".parquet.tmp")
    left.write_bytes(b"PAR1")
    rows = Rows(str(tmp_path))
    rows.settle()
    assert not torn.exists()
    assert not left.exists()
    assert not gone.exists()
    assert [(line["source"], line["key"][:6]) for line in lines(tmp_path)] == [
        ("x", "000001"), ("y", "000002"), ("z", "000002"),
    ]  # fmt: skip
    assert rows.next_run().endswith("000003")
    assert set(rows.before(retry_failed=False)) == {"x", "y", "z"}


def test_addresses_are_listed_read_and_carried(tmp_path: Path) -> None:
    shutil.copy(RESUMES / "owen-pryce.md", tmp_path / "owen.md")
    (tmp_path / ".hidden").write_text("x")
    (found,) = expand([f"file://{tmp_path}"])
    assert found.name == f"file://{tmp_path}/owen.md"
    assert found.load().data == (RESUMES / "owen-pryce.md").read_bytes()
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"path,desk\n{found.name},Oslo\n")
    (row,) = expand([str(manifest)])
    assert (row.address, row.carried) == (found.name, {"desk": "Oslo"})
    assert load_address(f"file://{tmp_path}/owen.md").name == "owen.md"
    with pytest.raises(UsageError, match="cannot be opened"):
        list(expand(["nobody-knows://bucket/x"]))


def test_what_a_user_gets_wrong_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resume = str(RESUMES / "owen-pryce.md")
    assert cli(["batch", resume, "--out", "s3://bucket/run", "--reader", "rules"]) == 2
    assert "--engine ray" in capsys.readouterr().err
