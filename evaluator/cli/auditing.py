"""``audit``: rates and impact ratios by group."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from ..audit.counterfactual import Swaps, sample_of, swap_all, swaps_html
from ..audit.groups import load_groups
from ..audit.run_audit import DRAWS, SMALLEST, audit_html, audit_run
from ..errors import UsageError
from ..pipeline.session import Session
from ..settings import make_settings
from . import DONE, NOTHING_DONE
from .options import deliver, refuse_no_run


@click.command("audit")
@click.argument("run", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--groups", "groups_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", help="A column id, source or file, one column an attribute (sex, race …), and selected if there is one.")  # fmt: skip
@click.option("--counterfactual", is_flag=True, help="Swap names, pronouns, places, schools, years, clubs and the like in resumes of the run, and compare requests and verdicts.")  # fmt: skip
@click.option("--resumes", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Resumes for --counterfactual, drawn with a fixed seed.")  # fmt: skip
@click.option("--smallest", type=click.IntRange(1), default=SMALLEST, show_default=True, metavar="N", help="Groups of fewer people are not shown.")  # fmt: skip
@click.option("--draws", type=click.IntRange(100, 100_000), default=DRAWS, show_default=True, metavar="N", help="Seed of the bootstrap and of the estimate of chance.")  # fmt: skip
@click.option("--used-since", metavar="DATE", help="When the tool was first used for these decisions; shown on the page.")  # fmt: skip
@click.option("--data", default="", metavar="TEXT", help="Where the data about people and groups come from; shown on the page.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["json", "html"]), default="json", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def audit_(
    run: Path,
    groups_file: Path | None,
    counterfactual: bool,
    resumes: int,
    smallest: int,
    draws: int,
    used_since: str | None,
    data: str,
    format_: str,
    output: Path | None,
) -> int:
    """Selection and scoring rates of a run by group, with impact ratios as Local Law 144 asks for them.

    With --counterfactual instead: the same resumes with personal details swapped; exit 1 if anything differs.
    """
    refuse_no_run(run)
    if counterfactual == (groups_file is not None):
        message = "An audit is either of groups or counterfactual."
        raise UsageError(message, hint="Give --groups FILE.csv, or --counterfactual.")
    if groups_file is None:
        swaps = asyncio.run(_swapped(run, resumes))
        told = swaps_html(swaps) if format_ == "html" else swaps.model_dump_json(indent=2) + "\n"
        deliver(told, output)
        return DONE if swaps.is_equal else NOTHING_DONE
    found = audit_run(run, load_groups(groups_file), smallest=smallest, draws=draws)
    if found.strangers:
        click.echo(f"{found.strangers} of {groups_file} are not in this run.", err=True)
    if format_ == "html":
        deliver(audit_html(found, used_since=used_since, data=data), output)
    else:
        deliver(found.model_dump_json(indent=2) + "\n", output)
    return DONE


async def _swapped(run: Path, most: int) -> Swaps:
    settings = make_settings(reader="rules", offline=True, github="none")
    async with Session(settings) as session:
        documents = await sample_of(run, most, session)
        return swap_all(documents, session.assessor)
