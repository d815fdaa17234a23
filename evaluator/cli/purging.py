"""``purge``: candidates that go from a run for good."""

from __future__ import annotations

from pathlib import Path

import click

from ..audit.purging import Purged, purge
from ..batch.addresses import is_address
from ..errors import UsageError
from .keeping import require_retention
from .options import configured, refuse_no_run


@click.command("purge")
@click.argument("run", metavar="RUN")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--older-than", type=click.FloatRange(min=0), metavar="DAYS", help="All candidates evaluated more than so many days ago.")  # fmt: skip
@click.option("--expired", is_flag=True, help="Everybody who was evaluated longer ago than EVALUATOR_RETENTION_DAYS.")  # fmt: skip
@click.option("--snapshots", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the portfolio snapshots of the run are kept.")  # fmt: skip
def purge_(
    run: str,
    ids: tuple[str, ...],
    older_than: float | None,
    expired: bool,
    snapshots: Path | None,
) -> None:
    """Remove candidates from a run: database, reports, pages, tables, kept replies, snapshots and exports.

    An ID may be the start of one, or a file's name. What stays is a tombstone: the document's hash, by which a later
    run passes it over. Resumes of your own are not touched.
    """
    if not ids and older_than is None and not expired:
        message = "No candidates are named."
        raise UsageError(message, hint="Give an ID of candidates.csv, or --older-than DAYS.")
    settings = configured(snapshots=snapshots)
    if expired:
        days = require_retention(settings)
        older_than = days if older_than is None else min(days, older_than)
    if is_address(run) or (Path(run) / "candidates").is_dir():
        from ..audit.purging_rows import purge_rows

        done = purge_rows(run, ids, older_than=older_than, replies=settings.replies, snapshots=settings.snapshots)  # fmt: skip
    else:
        refuse_no_run(Path(run))
        done = purge(Path(run), ids, older_than=older_than, replies=settings.replies, snapshots=settings.snapshots)  # fmt: skip
    _say(done)


def _say(done: Purged) -> None:
    before = f", {done.already} were gone before" if done.already else ""
    click.echo(
        f"{done.candidates} purged{before}; {done.replies} replies and {done.snapshots} snapshots deleted",
        err=True,
    )
    for path in done.exports:
        click.echo(f"  deleted {path}", err=True)
    if done.alike:
        click.echo(
            f"evaluator: the same e-mail address is in {', '.join(done.alike)}; purge them too where it is one person",
            err=True,
        )
