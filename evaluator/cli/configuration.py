"""``schema`` and ``doctor``."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from importlib.metadata import EntryPoint
from pathlib import Path

import click

from ..audit.purging import expired
from ..batch.record_key import VARIABLE, record_key
from ..errors import ConfigurationError, EvaluatorError, GitHubError, UserError
from ..github.client import GitHubClient
from ..models.base import Value
from ..pipeline.custom_reader import installed_reader
from ..plugins import CONVERTERS, GROUPS, READERS, SOURCES, broken, installed, load, version_of
from ..prompt_files import load_prompt
from ..readers.address import ModelAddress
from ..readers.probing import probe_model
from ..report import report_schema
from ..roles.model import role_schema
from ..rubric import load_rubric
from ..secret_masking import harmless, masked
from ..settings import Settings, config_file, make_settings
from ..transport import RetryPolicy, github_http
from ..version import __version__
from .keeping import days_told, expired_told, old_snapshots
from .options import config_of_group, config_option, refuse_no_run


@click.command()
@click.option("--role", is_flag=True, help="Print the schema of role files instead.")
def schema(role: bool) -> None:
    """Print the JSON Schema of the report."""
    click.echo(json.dumps(role_schema() if role else report_schema(), indent=2))


class Check(Value):
    """One thing that may be missing."""

    name: str
    ok: bool
    found: str
    hint: str = ""


@click.command()
@click.argument(
    "runs", nargs=-1, metavar="[RUN]...", type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--base-url", metavar="URL", help="Check this endpoint instead of OPENAI_BASE_URL.")
@click.option("--offline", is_flag=True, default=None, help="Make no network requests.")
@config_option
def doctor(
    runs: tuple[Path, ...], base_url: str | None, offline: bool | None, config: Path | None
) -> int:
    """Report what is configured, reachable and missing, with a hint for each. Exit 1 when something configured fails.

    Of run folders that are named it also says who is kept there for longer than the retention.
    """
    settings, file = _settings(base_url, offline, config)
    checks = [file, *asyncio.run(_checks(settings)), *_retention(settings, runs)]
    for check in checks:
        mark = "ok" if check.ok else "!!"
        click.echo(f"{mark}  {check.name:<10} {harmless(check.found)}")
        if not check.ok and check.hint:
            click.echo(f"    {'':<10} {check.hint}")
    return 0 if all(check.ok for check in checks) else 1


def _settings(
    base_url: str | None, offline: bool | None, config: Path | None
) -> tuple[Settings, Check]:
    """The settings and a line about their file; a file that cannot be used is passed over after it was named."""
    values = {"base_url": base_url, "offline": offline}
    try:
        file = config_file(config or config_of_group())
    except UserError as error:
        wrong = Check(name="settings", ok=False, found=error.message, hint=error.hint or "")
        return make_settings(**values), wrong
    if file is None:
        found = "no evaluator.toml: options and environment alone"
    else:
        found = f"{file.path} ({', '.join(file.values) or 'empty'})"
    return make_settings(file, **values), Check(name="settings", ok=True, found=found)


async def _checks(settings: Settings) -> list[Check]:
    return [
        _installation(),
        _ocr(),
        _drawing(settings),
        Check(name="rubric", ok=True, found=load_rubric().key),
        await _reader(settings),
        await _github(settings),
        _folder(settings),
        _records(),
        *_extensions(settings),
    ]


def _extensions(settings: Settings) -> list[Check]:
    """A line for each installed extension; one that cannot be used says so."""
    return [_extension(point, settings) for group in GROUPS for point in installed(group).values()]


def _extension(point: EntryPoint, settings: Settings) -> Check:
    found = f"{GROUPS[point.group]} “{point.name}” of {version_of(point)}"
    try:
        made = load(point.group, point.name)
        if point.group == READERS:
            installed_reader(point.name, settings)
        elif point.group in {CONVERTERS, SOURCES}:
            made()  # type: ignore[operator]
    except ConfigurationError as error:
        return Check(name="extension", ok=False, found=error.message, hint=error.hint or "")
    except Exception as error:  # noqa: BLE001 - a line of the list, and the other lines stand
        why = broken(point, error)
        return Check(name="extension", ok=False, found=why.message, hint=why.hint or "")
    return Check(name="extension", ok=True, found=found)


def _installation() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    prompt = load_prompt("read_candidate").key
    return Check(
        name="evaluator", ok=True, found=f"{__version__} on Python {version}, prompt {prompt}"
    )


def _records() -> Check:
    """Whether the hashes of a run's records are made with a key."""
    try:
        key = record_key()
    except ConfigurationError as error:
        return Check(name="records", ok=False, found=error.message, hint=error.hint or "")
    found = "with a key" if key else f"without a key ({VARIABLE} is not set)"
    return Check(name="records", ok=True, found=found)


def _ocr() -> Check:
    from ..documents.ocr import HOW_TO_INSTALL, tessdata

    folder = tessdata()
    found = (
        f"language data in {folder}" if folder else f"missing: scans are refused. {HOW_TO_INSTALL}"
    )
    return Check(name="OCR", ok=True, found=found)


def _drawing(settings: Settings) -> Check:
    from ..documents.drawing.programs import HOW_TO_INSTALL, programs

    names = {"chromium": "Chromium", "libreoffice": "LibreOffice"}
    found = " and ".join(names[name] for name in programs())
    if settings.render == "never":
        found = "switched off: what cannot be told from a file alone is not counted"
    elif not found:
        found = f"missing: what cannot be told from a file alone is not counted. {HOW_TO_INSTALL}"
    return Check(name="drawing", ok=True, found=found)


async def _reader(settings: Settings) -> Check:
    if settings.installed_reader:
        return Check(name="reader", ok=True, found=f"the installed reader “{settings.reader}”")
    if settings.reader_in_use == "rules":
        return Check(
            name="reader",
            ok=True,
            found="embedded rules (set OPENAI_API_KEY or OPENAI_BASE_URL for a model)",
        )
    if not settings.model:
        return Check(
            name="reader",
            ok=False,
            found="an endpoint but no model name",
            hint="Set EVALUATOR_MODEL or give --model.",
        )
    key = settings.api_key.get_secret_value() if settings.api_key else None
    login = settings.base_url_login.get_secret_value() if settings.base_url_login else None
    problem = await probe_model(settings.base_url, key, login=login)
    where = _shown(settings.base_url) if settings.base_url else "the OpenAI API"
    if problem:
        return Check(
            name="reader",
            ok=False,
            found=f"{where}: {problem}",
            hint="Check the address, the key and the server.",
        )
    return Check(name="reader", ok=True, found=f"{settings.model} at {where}")


def _shown(address: str) -> str:
    try:
        return ModelAddress.parse(address).shown
    except ConfigurationError:
        return "OPENAI_BASE_URL"


async def _github(settings: Settings) -> Check:
    if settings.offline:
        return Check(name="github", ok=True, found="offline: snapshots only")
    where = masked(settings.github_url)
    token = settings.github_token.get_secret_value() if settings.github_token else None
    login = settings.github_url_login.get_secret_value() if settings.github_url_login else None
    try:
        remaining = await _limit_left(settings.github_url, token, login)
    except (GitHubError, ConfigurationError) as error:
        hint = error.hint or "Check the network, or use --offline with snapshots."
        return Check(name="github", ok=False, found=f"{where}: {error.message}", hint=hint)
    left = "unknown" if remaining is None else str(remaining)
    how = "with a token" if token else "without a token (60 requests an hour; set GITHUB_TOKEN)"
    return Check(name="github", ok=True, found=f"{where} {how}, {left} requests left")


async def _limit_left(url: str, token: str | None, login: str | None) -> int | None:
    async with github_http(url, token=token, login=login) as http:
        client = GitHubClient(http, retries=RetryPolicy(attempts=1, total_wait=0))
        await client.get("/rate_limit")
        return client.remaining


def _folder(settings: Settings) -> Check:
    folder = settings.snapshots
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=existing, prefix=".evaluator-"):
            pass
    except OSError as error:
        return Check(
            name="snapshots",
            ok=False,
            found=f"{folder} ({error.strerror})",
            hint="Set EVALUATOR_CACHE_DIR or give --snapshots.",
        )
    return Check(name="snapshots", ok=True, found=str(folder))


def _retention(settings: Settings, runs: tuple[Path, ...]) -> list[Check]:
    """What is older than the retention: snapshots, and candidates of the runs that were named."""
    days = settings.retention_days
    if days is None:
        return [Check(name="retention", ok=True, found="not set (EVALUATOR_RETENTION_DAYS)")]
    found = [Check(name="retention", ok=True, found=days_told(days))]
    old = old_snapshots(settings.snapshots, days)
    if old:
        told = f"{old} portfolio {'snapshot' if old == 1 else 'snapshots'} of more than {days_told(days)} in {settings.snapshots}"
        hint = "Purging a candidate deletes theirs; delete the others by hand."
        found.append(Check(name="retention", ok=False, found=told, hint=hint))
    return found + [check for run in runs for check in _retention_of(run, days)]


def _retention_of(run: Path, days: float) -> list[Check]:
    try:
        refuse_no_run(run)
        count = expired(run, days)
    except EvaluatorError as error:
        return [Check(name="retention", ok=False, found=error.message, hint=error.hint or "")]
    if not count:
        return [Check(name="retention", ok=True, found=f"nobody in {run} is older")]
    hint = f"Run “evaluator purge {run} --expired” to remove them."
    return [Check(name="retention", ok=False, found=expired_told(run, count, days), hint=hint)]
