"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from ..access import Access, write_own
from ..batch.databases import is_run
from ..documents.sniffing import MAX_BYTES
from ..errors import UsageError
from ..github.given import NO_PORTFOLIO, given_account
from ..pipeline.inputs import Input, load_input
from ..plugins import READERS, RENDERERS, installed
from ..readers.parameters import Effort, Tier
from ..secret_masking import harmless
from ..settings import OWN_READERS, Settings, config_file, make_settings
from .logs import log_options
from .streams import as_it_can_be_written, standard_input

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("text", "json", "markdown", "html")


class Samples(click.ParamType[int | str]):
    """A number of readings, or ``auto``."""

    name = "samples"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | str:
        if value == "auto":
            return "auto"
        return click.IntRange(1, 25).convert(value, param, ctx)


class Named(click.ParamType[str]):
    """One of our own names, or that of an installed extension.

    Args:
        own: names that are always there.
        group: entry points of the others.
    """

    name = "name"

    def __init__(self, own: Sequence[str], group: str) -> None:
        self.own = tuple(own)
        self._group = group

    @property
    def choices(self) -> tuple[str, ...]:
        """All names that can be given."""
        return (*self.own, *(name for name in installed(self._group) if name not in self.own))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.own and value not in self.choices:
            known = ", ".join(repr(name) for name in self.choices)
            self.fail(f"{value!r} is not one of {known}.", param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(self.own)}]"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(name) for name in self.choices if name.startswith(incomplete)]


_READING = (
    click.option(
        "--reader",
        type=Named(OWN_READERS, READERS),
        help="Who reads: a generative model, the embedded rules, or an installed reader by its name. auto takes the model when a key or a base URL is configured.",
    ),
    click.option("--model", metavar="NAME", help="Model of the endpoint (EVALUATOR_MODEL)."),
    click.option("--base-url", metavar="URL", help="Any OpenAI-compatible endpoint (OPENAI_BASE_URL)."),
    click.option("--samples", type=Samples(), metavar="auto|N", help="Independent readings, merged by majority. auto (the default): one, and more where they could change the verdict."),
    click.option("--fallback", type=click.Choice(["none", "rules"]), help="What to do if the model cannot read a candidate: none (the default) records a failure, rules lets the embedded rules read instead."),
    click.option("--refresh", is_flag=True, default=None, help="Ask the model and GitHub again although replies and snapshots are kept."),
    click.option("--effort", type=click.Choice(get_args(Effort)), help="Reasoning effort; not sent unless given."),
    click.option("--temperature", type=click.FloatRange(0, 2), metavar="T", help="Not sent unless given."),
    click.option("--service-tier", type=click.Choice(get_args(Tier)), help="flex is slower and half the price where it exists."),
    click.option("--requests-per-minute", type=click.IntRange(1), metavar="N", help="Your account's limit of the model endpoint."),
    click.option("--tokens-per-minute", type=click.IntRange(1), metavar="N", help="The same in tokens."),
    click.option("--github", metavar="LOGIN|none", help="The account (a login, @login or profile address), instead of the one the resume names."),
    click.option("--github-proof", metavar="CODE", help="A code of 8 letters or more that the candidate put into the account's bio."),
    click.option("--offline", is_flag=True, default=None, help="No network at all; kept portfolios and kept replies only."),
    click.option("--snapshots", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where portfolio snapshots are read and kept."),
    click.option("--role", metavar="NAME|FILE.toml", help="ml-engineer, mlops-engineer, dual, or your own profile."),
    click.option("--stage", type=click.Choice(["exploring", "operating", "scaling"]), help="The organisation's stage, for the hire-first advice."),
    click.option("--rubric", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml", help="A rubric of your own instead of the one that ships."),
    click.option("--deadline", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Longest that one candidate may take at one stage: a question to the model with its tries (1800 unless given), the portfolio (300), and each of reading, structure and judging (20)."),
    click.option("--access", type=click.Choice([access.value for access in Access]), help="Who may read the files that are written: owner (the default), group or everyone."),
    click.option("--as-of", metavar="YYYY-MM", help="The month that “present” means in a resume; else the month of the clock when the run starts."),
)  # fmt: skip


config_option = click.option(
    "--config", "config", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml",
    help="Settings below the environment and the options; else EVALUATOR_CONFIG, or the nearest evaluator.toml.",
)  # fmt: skip


def reading_options(command: F) -> F:
    """Options of ``evaluate``, ``self`` and ``batch``."""
    command = log_options(config_option(command))
    for option in reversed(_READING):
        command = option(command)
    return command


def output_options(command: F) -> F:
    """``--format`` and ``-o``."""
    command = click.option(
        "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH",
        help="Write to a file instead of standard output.",
    )(command)  # fmt: skip
    return click.option(
        "--format", "format_", type=Named(FORMATS, RENDERERS), default="text", show_default=True,
        help="text, json, markdown, html, or an installed renderer by its name.",
    )(command)  # fmt: skip


def configured(config: Path | None = None, **values: Any) -> Settings:
    """Settings from options, the environment and a file.

    Raises:
        ConfigurationError: a secret stands in the file.
        UsageError: a value does not fit.
    """
    named = config or config_of_group()
    file = config_file(named)
    if file is not None and named is None:
        # Nobody named it: whoever works in a stranger's folder is told whose settings these are.
        click.echo(f"Settings of {harmless(str(file.path))} are used.", err=True)
    return make_settings(file, **values)


def config_of_group() -> Path | None:
    """The file that was named before the command, if any."""
    context = click.get_current_context(silent=True)
    named: Path | None = context.find_root().params.get("config") if context else None
    return named


def settings_from(values: dict[str, Any]) -> Settings:
    """Settings from options, and one line that says who reads when nobody was chosen."""
    settings = configured(**values)
    if settings.reader == "auto":
        if settings.reader_in_use == "rules":
            why = (
                "--offline"
                if settings.offline and settings.api_key
                else "no OPENAI_API_KEY and no --base-url"
            )
            click.echo(f"Reading with the embedded rules ({why}).", err=True)
        else:
            click.echo(f"Reading with the model {settings.model or '(none named)'}.", err=True)
    return settings


def refuse_one_account_for_many(settings: Settings, candidates: int) -> None:
    """An account is one person's, and a batch is of many.

    Raises:
        UsageError: ``--github`` names one for several candidates.
    """
    if candidates > 1 and settings.github and given_account(settings.github) != NO_PORTFOLIO:
        message = (
            f"--github {settings.github} names one account, and there are {candidates} resumes."
        )
        hint = "Give a manifest with a column “github”, or --github none."
        raise UsageError(message, hint=hint)


def refuse_no_run(run: Path) -> None:
    """A folder that holds no run has nothing to show.

    Raises:
        UsageError: it holds none.
    """
    if not is_run(run):
        message = f"{run} is not a run folder: it has no run.sqlite."
        raise UsageError(message, hint="Make one with “evaluator batch”.")


def source_of(path: Path) -> Input:
    """A document that a command is given; ``-`` is standard input.

    Raises:
        DocumentError: it cannot be read.
        UsageError: standard input is closed.
    """
    if str(path) == "-":
        return Input(name="standard input", data=standard_input(MAX_BYTES + 1))
    return load_input(path)


def deliver(text: str, output: Path | None, access: Access | None = None) -> None:
    """Write a result to standard output or to a file.

    Args:
        text: the result.
        output: the file, or None.
        access: who may read the file; None is the owner alone.

    Raises:
        StorageError: the file cannot be written, or is a link.
    """
    if output is None:
        click.echo(as_it_can_be_written(text, sys.stdout), nl=False)
    else:
        write_own(output, text.encode("utf-8", "replace"), access or Access.OWNER)
