"""The job: sources in, rows of Parquet out, every source exactly one; a rerun does what is missing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from ...environment import quiet_ray
from ...errors import ConfigurationError, InternalError, UsageError
from ...settings import Settings
from ...structure.dates import Month
from ..row_errors import NOT_ASKED, UNREAD
from ..row_identity import refuse_other_reader
from ..runner import INTERRUPTED
from ..sources import BatchSource
from ..store import Item, now
from ..summary import Progress, Summary
from .candidates import Candidates
from .record import record
from .rows import Rows, typed
from .share import start_share

_ROWS_OF_A_BLOCK = 16
"""A worker that is killed does its unfinished blocks again."""
_BLOCKS_OF_A_WORKER = 4
_SECONDS_BETWEEN_LOOKS = 0.5
_OF_A_WORKER, _OF_A_WRITER = 0.75, 0.25
"""Processors that Ray counts for each, so that a node with one has room for both."""


class ClusterRunner:
    """One run on a Ray cluster.

    Args:
        settings: of the run; limits, budget and concurrency hold for the whole cluster.
        out: folder or address for the rows, which every node can reach.
        address: of the cluster; None takes the one this machine belongs to, or starts one.
        workers: processes; None takes one for each processor of the cluster.
        retry_failed: evaluate failed rows and unknown portfolios again.
        replace: whether reports of another reader may be overwritten.
        progress: called after each source.
    """

    def __init__(
        self,
        settings: Settings,
        out: str,
        *,
        address: str | None = None,
        workers: int | None = None,
        retry_failed: bool = False,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> None:
        # All workers mean the same month, whichever clock they have.
        self._settings = settings.model_copy(update={"as_of": settings.as_of or str(Month.now())})
        self._out = out
        self._address = address
        self._workers = workers
        self._retry_failed = retry_failed
        self._replace = replace
        self._progress = progress
        self._summary = Summary()
        self._share: Any = None

    def stop(self, reason: str = INTERRUPTED) -> None:
        """Begin nothing more; what is in flight still ends in order."""
        self._summary.stopped = self._summary.stopped or reason
        if self._share is not None:
            self._share.stop.remote(reason)

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more is begun."""
        return self._summary.stopped is not None

    async def run(self, sources: Iterable[BatchSource]) -> Summary:
        """Evaluate every source.

        Raises:
            UsageError: Ray is not installed, or an address cannot be opened.
            ConfigurationError: there is no cluster at the address.
            StorageError: the rows cannot be written.
        """
        with _connected(self._address) as ray:
            rows = Rows(self._out)
            rows.settle()
            if not self._replace:
                refuse_other_reader(rows.readers(), self._settings.reader_in_use)
            before = rows.before(retry_failed=self._retry_failed)
            self._share = start_share(self._settings, before)
            if self._summary.stopped:
                await self._share.stop.remote(self._summary.stopped)
            items = [
                {"source": source.model_dump_json()} for source in _visible_everywhere(sources)
            ]
            work = asyncio.create_task(asyncio.to_thread(self._write, ray, items, rows))
            try:
                while not work.done():
                    await asyncio.wait({work}, timeout=_SECONDS_BETWEEN_LOOKS)
                    await self._look()
                _raise_plainly(work)
            finally:
                await self._look()
                rows.settle()
            record(rows, by=self._settings.operator, at=now())
            self._count(rows, items)
        return self._summary

    def _write(self, ray: Any, items: list[dict[str, str]], rows: Rows) -> None:
        workers = self._workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        workers = max(1, min(workers, len(items) // _ROWS_OF_A_BLOCK + 1))
        part = -(-self._settings.concurrency // workers)
        settings = self._settings.model_copy(update={"concurrency": part, "jobs": 1})
        blocks = max(workers, -(-len(items) // _ROWS_OF_A_BLOCK))
        folder = rows.next_run()
        (
            ray.data.from_items(items, override_num_blocks=max(1, min(blocks, len(items))))
            .map(
                Candidates,
                fn_constructor_args=(settings, self._share, frozenset(rows.tombstones())),
                num_cpus=_OF_A_WORKER,
                compute=ray.data.ActorPoolStrategy(
                    size=workers,
                    max_tasks_in_flight_per_actor=2 * _BLOCKS_OF_A_WORKER,
                    max_concurrent_calls_per_actor=_BLOCKS_OF_A_WORKER,
                ),
            )
            .map_batches(typed, batch_format="pyarrow", batch_size=None, num_cpus=_OF_A_WRITER)
            .write_parquet(
                folder, filesystem=rows.system, ray_remote_args={"num_cpus": _OF_A_WRITER}
            )
        )

    async def _look(self) -> None:
        """Tell what the workers told."""
        told, dollars, stopped = await self._share.drain.remote()
        self._summary.cost_usd = dollars
        self._summary.stopped = self._summary.stopped or stopped
        for event in told:
            self._summary.tokens += event["tokens"]
            self._summary.kept += event["kept"]
            self._summary.fallen_back += event["fallen_back"]
            item = Item(
                source=event["source"], key="", id="", state=event["state"], reason=event["reason"],
            )  # fmt: skip
            self._summary.count(item)
            if self._progress:
                self._progress(item, event["track"], self._summary)

    def _count(self, rows: Rows, items: list[dict[str, str]]) -> None:
        """The truth at the end: a killed worker may have told a candidate twice."""
        asked = {BatchSource.model_validate_json(item["source"]).name for item in items}
        found = [r for r in rows.rows(["source", "status", "reason"]) if r["source"] in asked]
        failed = [(r["source"], r["reason"]) for r in found if r["status"] == "failed"]
        self._summary.done = len(found) - len(failed)
        self._summary.not_asked = sum(reason.startswith(NOT_ASKED) for _, reason in failed)
        failed = [(s, reason) for s, reason in failed if not reason.startswith(NOT_ASKED)]
        if not self._summary.stopped and rows.tombstones():
            self._summary.purged = len(asked) - len(found)
        self._summary.failed = len(failed)
        self._summary.failures = failed
        self._summary.unread = sum(reason.startswith(UNREAD) for _, reason in failed)


def _visible_everywhere(sources: Iterable[BatchSource]) -> Iterator[BatchSource]:
    """Workers run in other folders; a source keeps the name that the user gave it."""
    for source in sources:
        path = source.path if source.address else source.path.resolve()
        yield source.model_copy(update={"path": path, "called": source.name})


class _connected:
    """Ray, connected for the time of a run."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def __enter__(self) -> Any:
        quiet_ray()
        try:
            import ray
            import ray.data
        except ImportError as error:
            message = "--engine ray needs Ray, which is not installed."
            raise UsageError(message, hint="pip install 'resume-evaluator[ray]'.") from error
        try:
            ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            where = self._address or "this machine"
            message = f"No Ray cluster can be reached at {where}."
            raise ConfigurationError(message, hint="Start one with “ray start --head”.") from error
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        return ray

    def __exit__(self, *error: object) -> None:
        import ray

        ray.shutdown()


def _raise_plainly(work: asyncio.Task[None]) -> None:
    """A failure of Ray itself; failures of candidates are rows."""
    from ray.exceptions import RayError

    try:
        work.result()
    except RayError as error:
        message = f"The cluster gave up ({type(error).__name__})."
        raise InternalError(message, hint="Run it again; what is done is kept.") from error
