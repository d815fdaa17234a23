"""``notice``: the candidate's page."""

from __future__ import annotations

from pathlib import Path

import click

from ..audit.correcting import correct, keep_beside, load_correction
from ..audit.notice import LANGUAGES, notice_html, notice_of, notice_text
from ..batch.store import RunStore
from ..errors import UsageError
from ..rubric import load_rubric
from .comparing import find_report
from .options import deliver, refuse_no_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("id_", metavar="ID")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the fixed texts; by default the resume's own.")  # fmt: skip
@click.option("--contact", metavar="TEXT", help="Address to which the candidate sends corrections.")
@click.option("--correction", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="A file of struck and added facts with reasons: computes the result again, shows the difference and keeps it beside the report.")  # fmt: skip
@click.option("--rubric", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="The rubric it was judged by, where it is not the one that ships.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "html"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def notice(
    run: Path,
    id_: str,
    language: str | None,
    contact: str | None,
    correction: Path | None,
    rubric: Path | None,
    format_: str,
    output: Path | None,
) -> None:
    """Write the candidate's page: what was read, what counted, what did not and why, and how to correct it."""
    refuse_no_run(run)
    judged_by = load_rubric(rubric)
    with RunStore(run) as store:
        report = find_report(store, id_)
        if report.provenance.rubric != judged_by.key:
            message = f"The report was judged by the rubric {report.provenance.rubric}, and this is {judged_by.key}."  # fmt: skip
            raise UsageError(message, hint="Give its file with --rubric.")
        corrected = None
        if correction is not None:
            corrected = correct(report, load_correction(correction), judged_by)
            kept = keep_beside(run, report.id, corrected, store.access)
            click.echo(f"The correction is kept in {kept}.", err=True)
        made = notice_of(report, judged_by, language=language, contact=contact, corrected=corrected)
        text = notice_html(made) if format_ == "html" else notice_text(made)
        if output is not None:
            store.exported(output, [report.id], text)
    deliver(text, output)
