"""``mcp``: the same for clients of the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from .options import reading_options, settings_from


@click.command("mcp")
@click.argument("runs_dir", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--files", "folders", multiple=True, type=click.Path(path_type=Path, file_okay=False, exists=True), help="A folder whose resumes may be read; may be given twice. Else the folder it starts in.")  # fmt: skip
@reading_options
def mcp(runs_dir: Path, folders: tuple[Path, ...], **values: Any) -> None:
    """Serve tools to an MCP client over standard input and output: extract, evaluate, search, compare, explain, requirements.

    RUNS_DIR holds run folders, or is one. The tools only read.
    """
    try:
        from ..service.tools import Library, mcp_server
    except ModuleNotFoundError as error:
        message = f"MCP needs {error.name}, which is not installed."
        raise UsageError(message, hint="pip install 'resume-evaluator[mcp]'.") from error
    library = Library(runs_dir, folders or (Path(),), settings_from(values))
    mcp_server(library).run("stdio")
