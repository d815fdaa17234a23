"""``role``: a job advert becomes a role file."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..pipeline.role_file import role_of
from ..render.escaping import for_terminal
from ..roles.writing import write_role
from ..secret_masking import harmless
from .options import deliver, settings_from, source_of

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


@click.command()
@click.argument("advert", type=click.Path(readable=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
@click.option("--reader", type=click.Choice(["auto", "model", "rules"]), help="Who reads, as for resumes.")  # fmt: skip
@click.option("--model", metavar="NAME", help="Model of the endpoint (EVALUATOR_MODEL).")
@click.option("--base-url", metavar="URL", help="Any OpenAI-compatible endpoint (OPENAI_BASE_URL).")
@click.option("--offline", is_flag=True, default=None, help="No network at all; kept replies only.")
@click.option("--as-of", metavar="YYYY-MM", help="The current month, to notice when more years with a tool are asked for than it has existed.")  # fmt: skip
def role(advert: str, output: Path | None, **values: Any) -> None:
    """Write a role file of a job advert, to be edited and given to --role.

    Each requirement has its sentence of the advert. What must not be scored, contradicts itself or cannot be is told on
    standard error and in the file.
    """
    if _ADDRESS.match(advert):
        message = f"{advert} is an address, and adverts are not fetched."
        raise UsageError(message, hint="Save the page or copy its text into a file, and give that.")
    found = asyncio.run(role_of(source_of(Path(advert)), settings_from(values)))
    deliver(write_role(found), output)
    for flag in found.flags:
        click.echo(f"evaluator: {for_terminal(flag.message)}", err=True)
    count = len(found.requirements)
    musts = sum(r.need.value == "must" for r in found.requirements)
    where = f" · {harmless(str(output))}" if output else ""
    click.echo(f"{count} requirements, {musts} of them musts{where}", err=True)
