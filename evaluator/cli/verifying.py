"""``verify``: whether a report says what its evidence gives."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click
from pydantic import ValidationError

from ..audit.contradictions import month_of
from ..audit.record_of_rows import verify_rows
from ..audit.record_of_use import RunVerification, verify_run
from ..audit.rereading import read_again
from ..audit.verification import Verification, verify_report
from ..errors import UsageError
from ..pipeline.session import Session
from ..render.escaping import for_terminal
from ..report import CandidateReport
from ..roles.loading import load_role
from ..rubric import load_rubric
from ..settings import make_settings
from . import DONE, NOTHING_DONE
from .options import deliver, refuse_no_run, source_of
from .streams import standard_input

_MOST_BYTES = 64 * 2**20
_MOST_TOLD = 50


@click.command()
@click.argument("report", metavar="REPORT|RUN", type=click.Path(path_type=Path))
@click.argument("document", required=False, type=click.Path(path_type=Path, readable=False))
@click.option("--rubric", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="The rubric it was judged by, where it is not the one that ships.")  # fmt: skip
@click.option("--role", metavar="NAME|FILE.toml", help="The role it was compared with, where it is a file of your own.")  # fmt: skip
@click.option("--snapshots", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR", help="Portfolio snapshots, to check evidence from code against.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def verify(
    report: Path,
    document: Path | None,
    rubric: Path | None,
    role: str | None,
    snapshots: Path | None,
    format_: str,
    output: Path | None,
) -> int:
    """Compute a report (JSON) again from its evidence, and compare it with its document. Exit 1 when they differ.

    Of a run folder: whether its record of use is whole and each report is the one that was recorded.
    """
    if str(report) == str(document) == "-":
        message = "Standard input cannot be both the report and the document."
        raise UsageError(message, hint="Give the path of one of them.")
    if report.is_dir():
        return _of_run(report, [document, rubric, role, snapshots], format_, output)
    content = _content(report)
    found = asyncio.run(_verify(content, document, rubric, role, snapshots))
    told = found.model_dump_json(indent=2) + "\n" if format_ == "json" else _text(found)
    deliver(told, output)
    return DONE if found.is_sound else NOTHING_DONE


def _of_run(run: Path, others: list[object], format_: str, output: Path | None) -> int:
    if any(other is not None for other in others):
        message = "A run is verified from its own record alone."
        raise UsageError(message, hint="Give RUN/reports/ID.json to compare one report with more.")
    if (run / "candidates").is_dir() and not (run / "run.sqlite").is_file():
        found = verify_rows(str(run))
    else:
        refuse_no_run(run)
        found = verify_run(run)
    told = found.model_dump_json(indent=2) + "\n" if format_ == "json" else _text_of_run(found)
    deliver(told, output)
    return DONE if found.is_sound else NOTHING_DONE


def _text_of_run(found: RunVerification) -> str:
    lines = [f"!!  {for_terminal(fault)}" for fault in found.faults[:_MOST_TOLD]]
    if len(found.faults) > _MOST_TOLD:
        lines.append(f"!!  and {len(found.faults) - _MOST_TOLD} more")
    if not lines:
        purged = f", {found.erased} of them of purged candidates" if found.erased else ""
        decided = (
            f"; so is the record of decisions: {found.decisions} entries" if found.decisions else ""
        )
        lines.append(f"ok  The record of use is whole: {found.entries} entries{purged}; {found.reports} reports are the recorded ones{decided}.")  # fmt: skip
    if found.head:
        lines.append(f"--  its last entry is {found.head}: noted elsewhere, it shows what was changed since")  # fmt: skip
    return "\n".join(lines) + "\n"


def _content(path: Path) -> bytes:
    try:
        if str(path) == "-":
            content = standard_input(_MOST_BYTES + 1)
        else:
            with path.open("rb") as stream:
                content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror})."
        raise UsageError(message, hint="Give the JSON of a report.") from error
    if len(content) > _MOST_BYTES or content.lstrip()[:1] != b"{":
        message = f"{path} is no report in JSON."
        raise UsageError(message, hint="Give reports/ID.json of a run, or a file of --format json.")
    return content


async def _verify(
    content: bytes,
    document: Path | None,
    rubric: Path | None,
    role: str | None,
    snapshots: Path | None,
) -> Verification:
    judged_by, compared_with = load_rubric(rubric), load_role(role) if role else None
    if document is None:
        return verify_report(content, rubric=judged_by, role=compared_with)
    present = _present(content)
    with_code = snapshots or Path("no-snapshots")
    settings = make_settings(
        reader="rules", offline=True, rubric=rubric, as_of=present, snapshots=with_code
    )
    async with Session(settings) as session:
        text = await session.read_document(source_of(document))
        found = verify_report(content, text, rubric=judged_by, role=compared_with)
        if found.document != "same":
            return found
        report = CandidateReport.model_validate_json(content)
        return await read_again(found, report, text, session)


def _present(content: bytes) -> str | None:
    try:
        month = month_of(CandidateReport.model_validate_json(content))
    except ValidationError:
        return None
    return str(month) if month else None


def _text(found: Verification) -> str:
    lines = [
        f"!!  {for_terminal(d.where)}: “{for_terminal(d.stands)}” is there; it should be “{for_terminal(d.should)}”"
        for d in found.differences[:_MOST_TOLD]
    ]
    if len(found.differences) > _MOST_TOLD:
        lines.append(f"!!  and {len(found.differences) - _MOST_TOLD} more")
    if not lines:
        lines.append("ok  Levels, standings, bands, scores and track are what the evidence gives.")
    if found.document == "same":
        lines.append(f"ok  The document is the one that was read; {found.quotes} quotes were looked for in it.")  # fmt: skip
    lines += [f"--  not checked: {for_terminal(text)}" for text in found.unchecked]
    return "\n".join(lines) + "\n"
