"""``batch`` and ``report``: a run folder, made and made again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..batch.estimate import Estimate, estimate
from ..batch.outputs import write_all, write_parquet
from ..batch.runner import Progress, Runner, Summary
from ..batch.sources import BatchSource, expand
from ..batch.store import Item, RunStore
from ..errors import UsageError
from ..pipeline.evaluator import Evaluator
from ..readers.prices import load_prices
from ..render.escaping import for_terminal
from ..report import CandidateReport
from ..settings import Settings
from . import DONE, NOTHING_DONE, SOME_FAILED, USAGE
from .options import reading_options, settings_from

_MAX_SHOWN_FAILURES = 20


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="RUN", help="The run folder.")  # fmt: skip
@reading_options
@click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="Documents read in parallel."
)
@click.option(
    "--concurrency", type=click.IntRange(1, 256), metavar="N", help="Model calls in flight."
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="USD", help="Call the model no more once this is spent.")  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help="Files, pages, tokens and cost expected; calls nothing."
)
@click.option(
    "--retry-failed", is_flag=True, help="Evaluate failed sources and unknown portfolios again."
)
def batch(
    sources: tuple[str, ...],
    out: Path,
    dry_run: bool,
    retry_failed: bool,
    **values: Any,
) -> int:
    """Evaluate files, folders, globs or CSV manifests into a run folder. Run it again to continue."""
    settings = settings_from(values)
    _require_price(settings)
    found = list(expand(sources))
    if not any(source.path.exists() for source in found):
        message = f"There is nothing to evaluate at {', '.join(sources)}."
        raise UsageError(message, mend="Check the paths.")
    if dry_run:
        _say_estimate(asyncio.run(_estimate(found, settings)), settings)
        return DONE
    with _progress(len(found)) as progress:
        summary = asyncio.run(_run(found, settings, out, retry_failed, progress))
    _say_summary(summary, out)
    if summary.stopped:
        return SOME_FAILED if summary.done else USAGE
    if summary.failed:
        return SOME_FAILED
    return DONE if summary.done else NOTHING_DONE


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--csv-bom", is_flag=True, help="Begin candidates.csv with a byte order mark, for older spreadsheets.")  # fmt: skip
@click.option("--parquet", is_flag=True, help="Write candidates.parquet too (extra parquet).")
def report(run: Path, csv_bom: bool, parquet: bool) -> None:
    """Write the pages and tables of a run folder again, without reading."""
    if not (run / "run.sqlite").is_file():
        message = f"{run} is not a run folder: it has no run.sqlite."
        raise UsageError(message, mend="Make one with “evaluator batch”.")
    with RunStore(run) as store:
        changed = write_all(run, store, mark=csv_bom)
        if parquet:
            changed += write_parquet(run, store)
    click.echo(f"{changed} files written in {run}.", err=True)


async def _run(
    found: list[BatchSource],
    settings: Settings,
    out: Path,
    retry_failed: bool,
    progress: Progress,
) -> Summary:
    async with Evaluator(settings) as evaluator:
        runner = Runner(evaluator, out, retry_failed=retry_failed, progress=progress)
        return await runner.run(found)


async def _estimate(found: list[BatchSource], settings: Settings) -> Estimate:
    async with Evaluator(settings) as evaluator:
        return await estimate(found, evaluator)


def _require_price(settings: Settings) -> None:
    """A budget in dollars needs to know what a call costs."""
    if settings.budget is None or settings.reader_in_use == "rules":
        return
    if settings.require_model() not in load_prices(settings.prices).models:
        message = f"--budget needs the price of {settings.model}, which is unknown."
        raise UsageError(message, mend="Give a price file in EVALUATOR_PRICES.")


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


def _say_summary(summary: Summary, out: Path) -> None:
    kept = f" ({summary.kept} unchanged)" if summary.kept else ""
    click.echo(
        f"{summary.done} evaluated, {summary.failed} failed{kept} · {out / 'index.html'}", err=True
    )
    for source, reason in sorted(summary.failures)[:_MAX_SHOWN_FAILURES]:
        click.echo(f"  {for_terminal(source)}: {for_terminal(reason)}", err=True)
    if len(summary.failures) > _MAX_SHOWN_FAILURES:
        rest = len(summary.failures) - _MAX_SHOWN_FAILURES
        click.echo(f"  and {rest} more, in candidates.csv", err=True)
    if summary.stopped:
        click.echo(f"evaluator: stopped: {summary.stopped}", err=True)


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    """A bar on a terminal, one plain line a source otherwise."""
    if not sys.stderr.isatty():
        done = 0

        def line(item: Item, found: CandidateReport | None) -> None:
            nonlocal done
            done += 1
            what = found.track.value if found else f"failed: {item.reason}"
            click.echo(
                f"[{done}/{total}] {for_terminal(item.source)}: {for_terminal(what)}", err=True
            )

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total, failed=0)
        failed = 0

        def advance(item: Item, found: CandidateReport | None) -> None:
            nonlocal failed
            failed += found is None
            bar.update(task, advance=1, failed=failed)

        yield advance
