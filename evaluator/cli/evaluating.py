"""``evaluate`` and ``self``: one resume, one report."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import click

from ..environment import colour_is_wanted
from ..models.document import FlagKind
from ..pipeline.session import Session
from ..plugins import RENDERERS, broken, installed, load
from ..render.blocks import Audience
from ..render.html import render_html
from ..render.markdown import render_markdown
from ..render.text import render_text
from ..report import CandidateReport
from ..settings import Settings
from .options import deliver, output_options, reading_options, settings_from, source_of
from .streams import is_terminal


@click.command()
@click.argument("source", type=click.Path(path_type=Path, readable=False))
@reading_options
@output_options
def evaluate(source: Path, format_: str, output: Path | None, **values: Any) -> None:
    """Evaluate one resume, and the GitHub account it names."""
    _one(source, format_, output, values, Audience.RECRUITER)


@click.command("self")
@click.argument("source", type=click.Path(path_type=Path, readable=False))
@reading_options
@output_options
def self_(source: Path, format_: str, output: Path | None, **values: Any) -> None:
    """Read your own resume: what public code shows, what only the resume says, and what would help most."""
    _one(source, format_, output, values, Audience.CANDIDATE)


def _one(
    source: Path, format_: str, output: Path | None, values: dict[str, Any], audience: Audience
) -> None:
    settings = settings_from(values)
    report, text = asyncio.run(_evaluate(source, settings))
    for flag in report.flags:
        if flag.kind is FlagKind.PORTFOLIO:
            click.echo(f"evaluator: {flag.message}", err=True)
    colour = output is None and is_terminal(sys.stdout) and colour_is_wanted()
    told = rendered(report, format_, audience, text, colour=colour)
    deliver(told, output, settings.access)


async def _evaluate(source: Path, settings: Settings) -> tuple[CandidateReport, str]:
    """The report, and the text that its page shows."""
    async with Session(settings) as session:
        document = await session.read_document(source_of(source))
        return await session.evaluate_document(document), document.text


def rendered(
    report: CandidateReport, format_: str, audience: Audience, text: str, *, colour: bool = False
) -> str:
    """A report in one of the formats of ``--format``."""
    if format_ == "json":
        return report.to_json()
    if format_ == "markdown":
        return render_markdown(report, audience)
    if format_ == "html":
        return render_html(report, audience, text=text)
    if format_ == "text":
        return render_text(report, audience, colour=colour)
    return _rendered_by_extension(report, format_)


def _rendered_by_extension(report: CandidateReport, name: str) -> str:
    render = load(RENDERERS, name)
    try:
        return str(render(report))  # type: ignore[operator]
    except Exception as error:
        raise broken(installed(RENDERERS)[name], error) from error
