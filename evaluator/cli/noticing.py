"""``notice``: the candidate's page."""

from __future__ import annotations

from pathlib import Path

import click

from ..audit.correcting import correct, keep_beside, load_correction
from ..audit.notice import LANGUAGES, Notice, notice_html, notice_of, notice_text
from ..audit.unread_notice import unread_notice_of
from ..batch.store import RunStore
from ..batch.stored import Item
from ..errors import UsageError
from ..rubric import Rubric, load_rubric
from .comparing import find_item
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
        failed = _find_failed(store, id_)
        if failed is not None:
            made, about = unread_notice_of(failed, language=language, contact=contact), failed.id
        else:
            made, about = _judged(store, run, id_, judged_by, correction, language, contact)
        text = notice_html(made) if format_ == "html" else notice_text(made)
        if output is not None:
            store.exported(output, [about] if about else [], text)
    if contact is None:
        click.echo(
            "evaluator: the page names nobody to write to; give an address or a name with --contact.",
            err=True,
        )
    deliver(text, output)


def _judged(
    store: RunStore,
    run: Path,
    id_: str,
    rubric: Rubric,
    correction: Path | None,
    language: str | None,
    contact: str | None,
) -> tuple[Notice, str]:
    """The page of a report, and whose it is."""
    item, report = find_item(store, id_)
    if report.provenance.rubric != rubric.key:
        message = f"The report was judged by the rubric {report.provenance.rubric}, and this is {rubric.key}."  # fmt: skip
        raise UsageError(message, hint="Give its file with --rubric.")
    corrected = None
    if correction is not None:
        corrected = correct(report, load_correction(correction), rubric)
        kept = keep_beside(run, report.id, corrected, store.access)
        click.echo(f"The correction is kept in {kept}.", err=True)
    kept_of = store.kept(item.key)
    made = notice_of(
        report,
        rubric,
        language=language,
        contact=contact,
        corrected=corrected,
        text=kept_of.text if kept_of else None,
    )
    return made, report.id


def _find_failed(store: RunStore, wanted: str) -> Item | None:
    """The one source that is meant and was not read, where no candidate is."""
    meant = [
        item
        for item in store.items()
        if (item.id and item.id.startswith(wanted)) or Path(item.source).name == wanted
    ]
    is_one = len({item.id or item.source for item in meant}) == 1
    return meant[0] if is_one and all(item.state == "failed" for item in meant) else None
