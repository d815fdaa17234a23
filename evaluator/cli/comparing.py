"""``compare`` and ``guide``: candidates of a run side by side, and what to ask one of them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..batch.matrix import matrix_of
from ..batch.store import RunStore, report_of
from ..batch.stored import Item
from ..errors import UsageError
from ..render.comparing import MOST, compare_html, compare_text
from ..render.guide import guide_html, guide_markdown, guide_text
from ..render.openings_matrix import matrix_csv, matrix_html, matrix_text
from ..report import CandidateReport, Matrix
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..text.spelling import near
from .options import deliver, refuse_no_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--role", "roles", multiple=True, metavar="NAME|FILE.toml", help="Compare with this role; may be given several times. Gives a table of candidates by roles, with the whole run if no ID is given.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "html", "csv", "json"]), default="text", show_default=True, help="csv and json with --role alone.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def compare(
    run: Path, ids: tuple[str, ...], roles: tuple[str, ...], format_: str, output: Path | None
) -> None:
    """Show two to four candidates of a run side by side, or with --role all of them by openings.

    An ID may be the start of one, or a file name. Nobody is read again.
    """
    refuse_no_run(run)
    if roles:
        _by_openings(run, ids, [load_role(name) for name in roles], format_, output)
        return
    if format_ in {"csv", "json"}:
        message = f"Candidates side by side are text or html, not {format_}."
        raise UsageError(message, hint="With --role, candidates by openings are csv and json too.")
    if not 2 <= len(ids) <= MOST:
        message = f"Two to {MOST} candidates can stand side by side, not {len(ids)}."
        raise UsageError(message, hint="The column id of candidates.csv names them.")
    with RunStore(run) as store:
        reports = [find_report(store, wanted) for wanted in ids]
        is_text = format_ == "text"
        made = compare_text(reports) if is_text else compare_html(reports, pages=_way_to_pages(run, output))  # fmt: skip
        if output is not None:
            store.exported(output, [report.id for report in reports], made)
    deliver(made, output)


def _way_to_pages(run: Path, output: Path | None) -> str | None:
    """None of a page on standard output: nobody knows the way from it to the others."""
    if output is None:
        return None
    return Path(os.path.relpath(run / "reports", output.parent)).as_posix()


def _by_openings(
    run: Path, ids: tuple[str, ...], roles: list[RoleProfile], format_: str, output: Path | None
) -> None:
    with RunStore(run) as store:
        wanted = frozenset(find_report(store, each).id for each in ids)
        matrix = matrix_of(store, roles, wanted)
        made = _as_asked(matrix, format_, _way_to_pages(run, output))
        if output is not None:
            store.exported(output, [row.id for row in matrix.candidates], made)
    if matrix.unasked:
        click.echo(
            f"evaluator: the model was not asked about the requirements of these roles for {matrix.unasked} candidates; code alone judges those.",
            err=True,
        )
    deliver(made, output)


def _as_asked(matrix: Matrix, format_: str, pages: str | None) -> str:
    if format_ == "html":
        return matrix_html(matrix, pages=pages)
    if format_ == "json":
        return matrix.model_dump_json(indent=2)
    return matrix_csv(matrix) if format_ == "csv" else matrix_text(matrix)


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("id_", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def guide(run: Path, id_: str, format_: str, output: Path | None) -> None:
    """Print a page of questions for an interview: what is unclear or only in the resume, asked in the candidate's own words."""
    refuse_no_run(run)
    form = {"text": guide_text, "markdown": guide_markdown, "html": guide_html}[format_]
    with RunStore(run) as store:
        report = find_report(store, id_)
        made = form(report)
        if output is not None:
            store.exported(output, [report.id], made)
    deliver(made, output)


def find_report(store: RunStore, wanted: str) -> CandidateReport:
    """The report of a candidate; see :func:`find_item`."""
    return find_item(store, wanted)[1]


def find_item(store: RunStore, wanted: str) -> tuple[Item, CandidateReport]:
    """A candidate's row and report, by identity, the start of one, or a file's name.

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
    return item, report
