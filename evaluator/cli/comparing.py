"""``compare`` and ``guide``: candidates of a run side by side, and what to ask one of them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..batch.store import RunStore, report_of
from ..errors import UsageError
from ..render.comparing import MOST, compare_html, compare_text
from ..render.guide import guide_html, guide_markdown, guide_text
from ..report import CandidateReport
from ..text.spelling import near
from .options import deliver, refuse_no_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@click.option("--format", "format_", type=click.Choice(["text", "html"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def compare(run: Path, ids: tuple[str, ...], format_: str, output: Path | None) -> None:
    """Show two to four candidates of a run side by side; an ID may be the start of one, or a file name."""
    refuse_no_run(run)
    if not 2 <= len(ids) <= MOST:
        message = f"Two to {MOST} candidates can stand side by side, not {len(ids)}."
        raise UsageError(message, hint="The column id of candidates.csv names them.")
    with RunStore(run) as store:
        reports = [find_report(store, wanted) for wanted in ids]
        if output is not None:
            store.exported(output, [report.id for report in reports])
    if format_ == "text":
        deliver(compare_text(reports), output)
        return
    # From a page on standard output nobody knows the way to the others.
    pages = None
    if output is not None:
        pages = Path(os.path.relpath(run / "reports", output.parent)).as_posix()
    deliver(compare_html(reports, pages=pages), output)


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("id_", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def guide(run: Path, id_: str, format_: str, output: Path | None) -> None:
    """Print a page of questions for an interview: what is unclear or only in the resume, asked in the candidate's own words."""
    refuse_no_run(run)
    with RunStore(run) as store:
        report = find_report(store, id_)
        if output is not None:
            store.exported(output, [report.id])
    form = {"text": guide_text, "markdown": guide_markdown, "html": guide_html}[format_]
    deliver(form(report), output)


def find_report(store: RunStore, wanted: str) -> CandidateReport:
    """The report of a candidate, by identity, the start of one, or a file's name.

    Raises:
        UsageError: none or several match, or another version kept it.
    """
    found = {
        item.id: item
        for item in store.items()
        if item.state == "done" and (item.id.startswith(wanted) or Path(item.source).name == wanted)
    }
    if len(found) != 1:
        how = (
            f"{len(found)} candidates of this run match"
            if found
            else "No candidate of this run matches"
        )
        message = f"{how} “{wanted}”."
        meant = None if found else near(wanted, [Path(i.source).name for i in store.items()])
        raise UsageError(message, hint=meant or "The column id of candidates.csv names them.")
    (item,) = found.values()
    kept = store.kept(item.key)
    report = report_of(kept.report) if kept else None
    if report is None:
        message = f"The report of {item.id} was kept by another version of the program."
        raise UsageError(message, hint="Run batch again with --retry-failed.")
    return report
