"""``batch`` and ``report``: a run folder, made and made again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import click

from ..access import Access
from ..batch.addresses import is_address
from ..batch.estimate import Estimate, estimate
from ..batch.log import RunLog, read_status
from ..batch.outputs import write_all
from ..batch.runner import INTERRUPTED as INTERRUPTED_RUN
from ..batch.runner import Runner
from ..batch.sources import BatchSource, expand
from ..batch.store import RunStore
from ..batch.summary import Summary
from ..batch.switching import Switched, switch_role
from ..batch.tables import write_parquet
from ..errors import UsageError
from ..pipeline.session import Session
from ..readers.prices import load_prices
from ..render.escaping import for_terminal
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..secret_masking import masked
from ..settings import Settings, make_settings
from . import DONE, INTERRUPTED, NOTHING_DONE, SOME_FAILED, USAGE
from .keeping import say_expired
from .options import reading_options, refuse_no_run, refuse_one_account_for_many, settings_from
from .progress import Told, telling, told_status

_MAX_SHOWN_FAILURES = 20


class Stoppable(Protocol):
    """A run that a signal ends in order."""

    @property
    def is_stopped(self) -> bool: ...

    def stop(self) -> None: ...


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, metavar="RUN", help="The run folder; with --engine ray also an address of an object store.")  # fmt: skip
@reading_options
@click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="Documents read in parallel."
)
@click.option(
    "--concurrency", type=click.IntRange(1, 256), metavar="N", help="Model calls at the same time."
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="USD", help="Call the model no more once this much is spent.")  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help="Only estimate files, pages, tokens and cost; call nothing."
)
@click.option(
    "--retry-failed",
    is_flag=True,
    help="Evaluate failed sources and candidates with unknown public code again.",
)
@click.option("--replace", is_flag=True, help="Let this reader overwrite reports that another reader made in the same run folder.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Say for each source why it is read, or that it is unchanged.")  # fmt: skip
@click.option("--progress", "told", type=click.Choice(["auto", "bar", "lines", "json", "none"]), default="auto", show_default=True, help="Form of the progress on standard error.")  # fmt: skip
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where to run: this machine, or a Ray cluster (extra ray), which writes Parquet.")  # fmt: skip
@click.option("--ray-address", metavar="HOST:PORT", help="The cluster; without it the one this machine belongs to, or a new one.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes of the cluster; one for each processor unless given.")  # fmt: skip
def batch(
    sources: tuple[str, ...],
    out: str,
    dry_run: bool,
    retry_failed: bool,
    replace: bool,
    explain: bool,
    told: Told,
    engine: str,
    ray_address: str | None,
    workers: int | None,
    **values: Any,
) -> int:
    """Evaluate files, folders, globs, ZIP archives or CSV manifests into a run folder. Run it again to continue.

    The first Ctrl-C ends the run in order, the second at once.
    """
    settings = settings_from(values)
    _require_price(settings)
    total, there = 0, any(Path(source).exists() for source in sources)
    for source in expand(sources):
        total += 1
        there = there or source.may_exist
    if not (total and there):
        message = f"There is nothing to evaluate at {', '.join(sources)}."
        raise UsageError(message, hint="Check the paths.")
    refuse_one_account_for_many(settings, total)
    if dry_run:
        _say_estimate(asyncio.run(_estimate(expand(sources), settings)), settings)
        return DONE
    if engine == "ray":
        cluster = Cluster(settings, out, ray_address, workers, retry_failed, replace)
        summary = asyncio.run(_run_on_cluster(sources, total, cluster, told))
        _say_summary(summary, out)
    else:
        run = _local_folder(out)
        summary = asyncio.run(
            _run(sources, total, settings, run, told, retry_failed, replace, explain)
        )
        _say_summary(summary, str(run / "index.html"))
        say_expired(run, settings)
    if summary.stopped == INTERRUPTED_RUN:
        return INTERRUPTED
    if summary.stopped:
        return SOME_FAILED if summary.done else USAGE
    if summary.failed:
        return SOME_FAILED
    return DONE if summary.done or summary.purged else NOTHING_DONE


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--role", metavar="NAME|FILE.toml", help="Compare the run with another role, from the kept evidence.")  # fmt: skip
@click.option("--csv-bom", is_flag=True, help="Begin candidates.csv with a byte order mark, for older spreadsheets.")  # fmt: skip
@click.option("--parquet", is_flag=True, help="Write candidates.parquet too (extra parquet).")
@click.option("--access", type=click.Choice([access.value for access in Access]), help="Who may read the files from now on: owner, group or everyone.")  # fmt: skip
def report(run: Path, role: str | None, csv_bom: bool, parquet: bool, access: str | None) -> None:
    """Write the pages and tables of a run folder again, without reading."""
    refuse_no_run(run)
    wanted = load_role(role) if role else None
    settings = make_settings()
    with RunStore(run, Access(access) if access else None, settings.operator) as store:
        if wanted:
            _say_switched(switch_role(store, wanted), wanted)
        changed = write_all(run, store, mark=csv_bom)
        if parquet:
            changed += write_parquet(run, store)
        RunLog(run, store).note_use()
    click.echo(f"{changed} files written in {run}.", err=True)
    say_expired(run, settings)


def _say_switched(switched: Switched, role: RoleProfile) -> None:
    click.echo(
        f"{switched.done} candidates compared with {for_terminal(role.name)}; no resume was read again.",
        err=True,
    )
    if switched.unasked:
        click.echo(
            f"evaluator: the model was not asked about the requirements of this role for {switched.unasked} of them; "
            "code alone judges those. Run batch again with --role to have them read.",
            err=True,
        )


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)  # fmt: skip
def status(run: Path, format_: str) -> None:
    """Show the progress of a run, also while it runs in another terminal."""
    if not (run / "log.jsonl").is_file():
        message = f"{run} is not a run folder: it has no log.jsonl."
        raise UsageError(message, hint="Make one with “evaluator batch”.")
    found = read_status(run)
    click.echo(found.model_dump_json(indent=2) if format_ == "json" else told_status(found))


async def _run(
    sources: tuple[str, ...],
    total: int,
    settings: Settings,
    out: Path,
    told: Told,
    retry_failed: bool,
    replace: bool,
    explain: bool,
) -> Summary:
    async with Session(settings) as session:
        with telling(told, total, session.waiting) as progress:
            runner = Runner(
                session,
                out,
                retry_failed=retry_failed,
                replace=replace,
                progress=progress,
                explain=_say_why if explain else None,
                total=total,
            )
            with _stopping(runner):
                return await runner.run(expand(sources))


def _local_folder(out: str) -> Path:
    if is_address(out):
        message = f"--out {out} is an address, and this machine writes run folders."
        raise UsageError(message, hint="Give a folder, or --engine ray.")
    if _is_file(Path(out)):
        message = f"--out {out} is a file."
        raise UsageError(message, hint="Give a folder.")
    return Path(out)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no name that a folder could have; making it says why
        return False


class Cluster(NamedTuple):
    """What a run on a cluster is asked for."""

    settings: Settings
    out: str
    address: str | None
    workers: int | None
    retry_failed: bool
    replace: bool


async def _run_on_cluster(
    sources: tuple[str, ...], total: int, wanted: Cluster, told: Told
) -> Summary:
    from ..batch.cluster.run import ClusterRunner

    with telling(told, total, lambda: None) as progress:
        runner = ClusterRunner(
            wanted.settings,
            wanted.out,
            address=wanted.address,
            workers=wanted.workers,
            retry_failed=wanted.retry_failed,
            replace=wanted.replace,
            progress=progress,
        )
        with _stopping(runner):
            return await runner.run(expand(sources))


def _say_why(source: str, why: str) -> None:
    click.echo(f"{for_terminal(source)}: {for_terminal(masked(why))}", err=True)


@contextmanager
def _stopping(runner: Stoppable) -> Iterator[None]:
    """The first signal ends the run in order, the second at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    signals = (signal.SIGINT, signal.SIGTERM)

    def on_signal() -> None:
        if runner.is_stopped and task is not None:
            task.cancel()
            return
        click.echo(
            "evaluator: finishing work in progress; press Ctrl-C again to quit now", err=True
        )
        runner.stop()

    try:
        for number in signals:
            loop.add_signal_handler(number, on_signal)
    except (
        NotImplementedError,
        RuntimeError,
    ):  # no such handlers on Windows or off the main thread
        yield
        return
    try:
        yield
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def _estimate(found: Iterable[BatchSource], settings: Settings) -> Estimate:
    async with Session(settings) as session:
        return await estimate(found, session)


def _require_price(settings: Settings) -> None:
    """A budget in dollars needs to know what a call costs."""
    if settings.budget is None or settings.reader_in_use == "rules":
        return
    name = settings.installed_reader or settings.require_model()
    if name not in load_prices(settings.prices).models:
        message = f"--budget needs the price of {name}, which is unknown."
        raise UsageError(message, hint="Give a price file in EVALUATOR_PRICES.")


def _say_estimate(expected: Estimate, settings: Settings) -> None:
    click.echo(
        f"{expected.files} files, {expected.pages} pages, {expected.unreadable} not readable"
    )
    if settings.reader_in_use == "rules":
        click.echo("The embedded rules cost nothing.")
        return
    cost = "unknown" if expected.cost_usd is None else f"{expected.cost_usd:.4f} USD"
    click.echo(
        f"about {expected.input_tokens:,} input and {expected.output_tokens:,} output tokens; cost {cost}"
    )


def _say_summary(summary: Summary, result: str) -> None:
    kept = f" ({summary.kept} unchanged)" if summary.kept else ""
    left = f", {summary.not_asked} not asked" if summary.not_asked else ""
    click.echo(
        f"{summary.done} evaluated, {summary.failed} failed{left}{kept} · {result}", err=True
    )
    for source, reason in sorted(summary.failures)[:_MAX_SHOWN_FAILURES]:
        click.echo(f"  {for_terminal(source)}: {for_terminal(reason)}", err=True)
    if len(summary.failures) > _MAX_SHOWN_FAILURES:
        rest = len(summary.failures) - _MAX_SHOWN_FAILURES
        click.echo(f"  and {rest} more, in candidates.csv", err=True)
    if summary.stopped:
        click.echo(f"evaluator: stopped: {summary.stopped}", err=True)
    if summary.purged:
        click.echo(
            f"evaluator: {summary.purged} skipped: purged from this run (another --out reads them)",
            err=True,
        )
    every = summary.done + summary.failed
    if summary.unread:
        click.echo(
            f"evaluator: {summary.unread} of {every} could not be read by the model "
            "(--fallback rules lets the embedded rules read them)",
            err=True,
        )
    if summary.fallen_back:
        click.echo(
            f"evaluator: {summary.fallen_back} of {every} could not be read by the model; the embedded rules read them",
            err=True,
        )
