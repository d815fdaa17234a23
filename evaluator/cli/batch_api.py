"""``export-requests`` and ``import-results``: the provider's batch service, by way of files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from ..batch.batch_api import Exported
from ..batch.batch_api import export_requests as write_requests
from ..batch.batch_api import import_results as keep_results
from ..batch.sources import expand
from ..errors import UsageError
from ..pipeline.session import Session
from ..readers.replies import ReplyStore
from ..render.escaping import for_terminal
from ..settings import Settings
from . import DONE, NOTHING_DONE, SOME_FAILED
from .options import reading_options, refuse_one_account_for_many, settings_from


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.jsonl", help="Further files get a number when one is full.")  # fmt: skip
@reading_options
def export_requests(sources: tuple[str, ...], output: Path, **values: Any) -> int:
    """Write what batch would ask the model, as a file for a provider's batch service.

    Upload it there, fetch the results a day later, keep them with import-results, and run batch with the
    same options: it finds every reply and calls nobody.
    """
    settings = settings_from({**values, "reader": "model"})
    found = list(expand(sources))
    there = any(Path(source).exists() for source in sources)
    if not found or not (there or any(source.may_exist for source in found)):
        message = f"There is nothing to export at {', '.join(sources)}."
        raise UsageError(message, hint="Check the paths.")
    refuse_one_account_for_many(settings, len(found))

    async def run() -> Exported:
        async with Session(settings) as session:
            return await write_requests(found, session, output)

    done = asyncio.run(run())
    named = ", ".join(str(path) for path in done.files) or "no file"
    click.echo(f"{done.requests} requests in {named}", err=True)
    for source, reason in done.unreadable:
        click.echo(f"  {for_terminal(source)}: {for_terminal(reason)}", err=True)
    if done.unreadable:
        return SOME_FAILED
    return DONE


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="RESULTS.jsonl...")  # fmt: skip
def import_results(files: tuple[Path, ...]) -> int:
    """Keep the replies of a batch service, so that batch finds them."""
    store = ReplyStore(Settings().replies)
    try:
        done = keep_results(files, store)
    finally:
        store.close()
    click.echo(
        f"{done.kept} replies kept, {done.invalid} not valid, {done.failed} failed", err=True
    )
    if done.invalid or done.failed:
        return SOME_FAILED if done.kept else NOTHING_DONE
    return DONE
