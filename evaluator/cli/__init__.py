"""The command line: parses, calls the library, renders, returns an exit code.

Results go to standard output, all else to standard error. Each command's module is imported when the
command runs, so that ``--help`` is instant.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from ..errors import DocumentError, EndpointRejected, EvaluatorError, Unreadable, UserError
from ..secret_masking import harmless, masked
from ..text.spelling import near
from ..version import __version__
from .logs import log_options
from .mistyped import with_hint
from .streams import close_streams, settle_streams

DONE, NOTHING_DONE, USAGE, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130

_COMMANDS: dict[str, tuple[str, str]] = {
    "evaluate": ("evaluating:evaluate", "One resume and the GitHub account it names: one report."),
    "batch": ("batching:batch", "Files, folders, globs or a CSV manifest: a run folder."),
    "self": ("evaluating:self_", "The same result for the candidate, with what to improve."),
    "role": ("role_file:role", "A job advert becomes a role file, requirement by requirement."),
    "extract": ("inspection:extract", "What the product reads: visible text, links and flags."),
    "portfolio": ("inspection:portfolio", "Facts of a GitHub account; also makes snapshots."),
    "report": ("batching:report", "Writes a run's pages and tables again, without reading."),
    "status": ("batching:status", "Progress of a run, also from another terminal."),
    "consistency": (
        "consistency:consistency",
        "How far a model's readings of one resume differ.",
    ),
    "export-requests": (
        "batch_api:export_requests",
        "Requests as files of the Batch API, for a provider's batch service.",
    ),
    "import-results": (
        "batch_api:import_results",
        "Keeps the replies of such a file; then run batch.",
    ),
    "calibrate": (
        "calibrating:calibrate_",
        "Agreement of a reader with a labelled set of resumes.",
    ),
    "serve": ("serving:serve", "Pages in a browser: upload, filter, search, read, compare."),
    "mcp": ("tooling:mcp", "Tools for MCP clients: read resumes, search and compare candidates."),
    "compare": ("comparing:compare", "Some candidates of a run side by side."),
    "decide": ("deciding:decide", "Yes, no or maybe about a candidate of a run, and why."),
    "decisions": (
        "deciding:decisions",
        "What people decided in a run, and whether all of it is there.",
    ),
    "notice": (
        "noticing:notice",
        "The candidate's page: what counted, what did not, how to correct it.",
    ),
    "audit": ("auditing:audit_", "Rates and impact ratios of a run by group (Local Law 144)."),
    "purge": ("purging:purge_", "Removes candidates from a run for good."),
    "verify": ("verifying:verify", "Computes a report again from its evidence and its document."),
    "guide": ("comparing:guide", "A page of questions for the interview of one candidate."),
    "schema": ("configuration:schema", "The JSON Schema of the report, or of role files."),
    "doctor": ("configuration:doctor", "What is configured, reachable and missing, with hints."),
}

_OLDER = {"stability": "consistency"}
"""Names that commands had before; they work and are not listed."""


class _LateGroup(click.Group):
    """Commands by name; their modules are imported on use, their help is known without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = _OLDER.get(cmd_name, cmd_name)
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if (
            name not in {*_COMMANDS, *_OLDER}
            and not name.startswith("-")
            and not ctx.resilient_parsing
        ):
            hint = near(name, _COMMANDS) or "“evaluator --help” lists them."
            ctx.fail(f"There is no command “{name}”. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evaluator")
@log_options
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="Settings below the environment and the options.")  # fmt: skip
def cli(config: Path | None) -> None:
    """Reads resumes and public code, and reports ML depth and Ops depth with the evidence for each.

    Start with: evaluator evaluate RESUME
    """


def main() -> NoReturn:
    """Run the command line and exit with the documented codes."""
    settle_streams()
    code = run(sys.argv[1:])
    close_streams()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; gives its exit code. Errors become one line on standard error."""
    _write_what_can_be_written()
    try:
        result = cli.main(arguments, prog_name="evaluator", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; run it again to continue.")
        return INTERRUPTED
    except click.ClickException as error:
        with_hint(error, arguments).show()
        return USAGE
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the last line: no traceback for a user
        return _told(_first(error))


def _first(error: BaseException) -> BaseException:
    """Of errors that came together, the first that was raised on purpose, or the first."""
    while isinstance(error, BaseExceptionGroup):
        meant = error.subgroup(EvaluatorError)
        error = (meant or error).exceptions[0]
    return error


def _told(error: BaseException) -> int:
    """One line about an error that ended a command, and its code."""
    if isinstance(error, EvaluatorError):
        _say(str(error))
        return exit_code(error)
    if isinstance(error, UnicodeError):
        _say("a text file is not in UTF-8. Save the files that you name in UTF-8.")
        return USAGE
    if isinstance(error, OSError):
        where = error.filename if isinstance(error.filename, str) else "a file or the output"
        _say(f"{where} cannot be used ({error.strerror or type(error).__name__}).")
        return NOTHING_DONE
    _say(f"unexpected {type(error).__name__}: {masked(str(error))[:200]}. Please report it.")
    return NOTHING_DONE


def _write_what_can_be_written() -> None:
    """A terminal or a pipe that has not all letters gets marks in their place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def exit_code(error: EvaluatorError) -> int:
    """The documented code of an error that ended a command."""
    if isinstance(error, DocumentError):
        return USAGE if error.reason is Unreadable.NOT_FOUND else SOME_FAILED
    return USAGE if isinstance(error, UserError | EndpointRejected) else NOTHING_DONE


def _say(message: str) -> None:
    click.echo(f"evaluator: {harmless(' '.join(message.split()))}", err=True)
