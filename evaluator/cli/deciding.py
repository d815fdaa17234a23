"""``decide`` and ``decisions``: what people make of the candidates of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from ..batch.chained_store import ChainedStore
from ..batch.tables import MANY, write_tables
from ..errors import UsageError
from ..models.vocabulary import Track
from ..review.agreement import agreements
from ..review.decision_book import DecisionBook, Entered, Verified
from ..review.decision_entries import Choice, Objection
from ..review.terminal_lines import decisions_json, decisions_text, entered_text
from ..rubric import load_rubric
from .options import deliver, refuse_no_run

_MACHINE = "machine"
_rubric = click.option("--rubric", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="The rubric it was judged by, where it is not the one that ships.")  # fmt: skip
_run = click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))


@click.command()
@_run
@click.argument("id_", metavar="ID")
@click.argument("choice", type=click.Choice([c.value for c in Choice]), required=False)
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", default="", metavar="TEXT", help="The reason; required for a no, an objection or another track.")  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="Anything else to keep with the decision.")
@click.option(
    "--strike", metavar="EVIDENCE", help="An evidence item, such as e3, that should not count."
)
@click.option("--dispute", metavar="EVIDENCE", help="An evidence item that is in doubt.")
@click.option("--restore", metavar="EVIDENCE", help="An evidence item that should count again.")
@click.option("--track", type=click.Choice([*(t.value for t in Track), _MACHINE]), help="The track you would give; “machine” restores the program's.")  # fmt: skip
@_rubric
def decide(
    run: Path,
    id_: str,
    choice: str | None,
    by: str,
    reason: str,
    note: str,
    strike: str | None,
    dispute: str | None,
    restore: str | None,
    track: str | None,
    rubric: Path | None,
) -> None:
    """Decide about a candidate, object to evidence, or see another track; prints the machine's verdict and the reviewed one.

    An ID may be the start of one, or a file's name. Nothing is overwritten: every word stays in the run, with its time,
    until the candidate is purged.
    """
    objections = {Objection.STRUCK: strike, Objection.DISPUTED: dispute, Objection.RESTORED: restore}  # fmt: skip
    said = [(kind, named) for kind, named in objections.items() if named is not None]
    if not (choice or said or track):
        message = "No decision was given."
        raise UsageError(message, hint="Give yes, no or maybe, or --strike, --dispute, --restore or --track.")  # fmt: skip
    done: Entered | None = None
    with _book(run, rubric) as (book, store):
        for kind, named in said:
            done = book.object(id_, named, kind, by=by, reason=reason)
        if track:
            given = None if track == _MACHINE else Track(track)
            done = book.override(id_, given, by=by, reason=reason)
        if choice:
            done = book.decide(id_, Choice(choice), by=by, reason=reason, note=note)
        if store.count() < MANY:
            write_tables(run, store)
        else:
            click.echo("“evaluator report” writes the decision into the tables.", err=True)
    assert done is not None
    click.echo(entered_text(done), nl=False)


@click.command()
@_run
@click.option("--candidate", metavar="ID", help="Only of one candidate, by the whole ID.")
@click.option("--as", "as_", metavar="NAME", help="Show what this reviewer may see: decisions of others only after their own.")  # fmt: skip
@click.option("--verify", is_flag=True, help="Check whether an entry was changed, removed or moved; exit 1 if one was.")  # fmt: skip
@click.option("--kept", metavar="HASH", help="With --verify: a hash noted earlier that must still be there.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
@_rubric
def decisions(
    run: Path,
    candidate: str | None,
    as_: str | None,
    verify: bool,
    kept: str | None,
    format_: Literal["text", "json"],
    output: Path | None,
    rubric: Path | None,
) -> int:
    """List what people decided in a run, and how far reviewers agree who decided about the same candidates."""
    with _book(run, rubric) as (book, store):
        if verify or kept:
            return _tell(book.verify(kept=kept), format_)
        found = book.history(candidate, seen=as_)
        render = {"text": decisions_text, "json": decisions_json}[format_]
        made = render(found, agreements(found))
        if output is not None:
            store.exported(output, {noted.id for noted in found}, made)
    deliver(made, output)
    return 0


def _tell(found: Verified, format_: str) -> int:
    if format_ == "json":
        click.echo(json.dumps(found.model_dump(mode="json"), indent=2))
        return int(not found.is_whole)
    for fault in found.faults:
        click.echo(f"entry {fault.number}: {fault.what}")
    if found.is_whole:
        head = f"; the last has the hash {found.head}" if found.head else ""
        click.echo(f"Entries: {found.entries}, all as they were written{head}")
    return int(not found.is_whole)


@contextmanager
def _book(run: Path, rubric: Path | None) -> Iterator[tuple[DecisionBook, ChainedStore]]:
    refuse_no_run(run)
    judged_by = load_rubric(rubric)
    with ChainedStore(run) as store:
        yield DecisionBook(run, store, judged_by), store
