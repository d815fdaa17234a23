"""``extract`` and ``portfolio``: what the product sees before anything is judged."""

from __future__ import annotations

import asyncio
import json
import textwrap
from pathlib import Path

import click

from ..documents.extracted import extracted
from ..documents.sandbox import read_in_worker
from ..errors import ConfigurationError, GitHubError
from ..github.client import GitHubClient
from ..github.evidence import repository_findings, repository_text
from ..github.fetching import portfolio_of
from ..github.given import given_account
from ..github.repository_weight import weigh
from ..github.snapshots import SnapshotStore
from ..models.document import Document
from ..models.portfolio import Portfolio, Unknown
from ..render.escaping import for_terminal
from ..settings import Settings
from ..transport import RetryPolicy, github_http
from .options import configured, deliver, source_of

_TEXT_OR_JSON = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, readable=False))
@_TEXT_OR_JSON
def extract(source: Path, format_: str) -> None:
    """Show the visible text of a resume with lines, links and flags."""
    loaded = source_of(source)
    draws = configured().render == "auto"
    document = asyncio.run(read_in_worker(loaded.data, loaded.name, draws=draws))
    if format_ == "json":
        deliver(json.dumps(extracted(document), ensure_ascii=False, indent=2) + "\n", None)
    else:
        deliver(_extract_text(document), None)


def _extract_text(document: Document) -> str:
    lines = [
        f"{line.number:4}  {for_terminal(document.text[line.start : line.end])}".rstrip()
        for line in document.lines
    ]
    lines += [
        "",
        *(
            f"link  {for_terminal(link.label)} → {for_terminal(link.target)}"
            for link in document.links
        ),
    ]
    lines += [
        f"flag  {flag.severity.value}: {for_terminal(flag.message)}" for flag in document.flags
    ]
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("login")
@click.option("--snapshots", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the snapshot is read and kept.")  # fmt: skip
@click.option("--offline", is_flag=True, default=None, help="Read the snapshot only.")
@click.option(
    "--refresh", is_flag=True, default=None, help="Fetch again although a snapshot is fresh."
)
@_TEXT_OR_JSON
def portfolio(
    login: str, snapshots: Path | None, offline: bool | None, refresh: bool | None, format_: str
) -> None:
    """Show the facts of a GitHub account (a login, @login or profile address) and the evidence they give."""
    settings = configured(snapshots=snapshots, offline=offline, refresh=refresh)
    found = asyncio.run(_fetch(given_account(login), settings))
    deliver(_portfolio_json(found) if format_ == "json" else _portfolio_text(found), None)


async def _fetch(login: str, settings: Settings) -> Portfolio:
    store = SnapshotStore(settings.snapshots, max_age=settings.snapshot_age)
    if settings.offline:
        return await portfolio_of(login, snapshots=store, client=None)
    token = settings.github_token.get_secret_value() if settings.github_token else None
    of_url = settings.github_url_login
    user = of_url.get_secret_value() if of_url else None
    try:
        http = github_http(settings.github_url, token=token, login=user)
    except ConfigurationError as error:
        unreachable = GitHubError(error.message.rstrip("."), hint=error.hint)
        return await portfolio_of(login, snapshots=store, client=None, unreachable=unreachable)
    async with http:
        client = GitHubClient(http, retries=RetryPolicy(total_wait=settings.github_wait))
        return await portfolio_of(login, snapshots=store, client=client)


def _evidence(found: Portfolio) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    for repository in found.repositories:
        text = repository_text(repository)
        items += [
            {"source": f.source, "quote": f.anchor, **f.shows.model_dump(mode="json")}
            for f in repository_findings(repository, text)
        ]
    return items


def _portfolio_json(found: Portfolio) -> str:
    value = {"portfolio": found.model_dump(mode="json"), "evidence": _evidence(found)}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _portfolio_text(found: Portfolio) -> str:
    name = found.profile.name or "no name shown"
    count = found.repository_count
    repositories = "1 repository" if count == 1 else f"{count} repositories"
    lines = [_fill(f"{found.profile.login} ({name}), {repositories}, read by {found.rung}", "")]
    for repository in found.repositories:
        about = f": {repository.description}" if repository.description else ""
        lines.append(_fill(f"{repository.full_name}{about}", "  "))
        notes = "; ".join(weigh(repository).notes)
        if notes:
            lines.append(_fill(f"counts less: {notes}", "    "))
    items = _evidence(found)
    if items:
        lines += ["", "Evidence"]
        lines += [
            _fill(f"- {e['dimension']} ({e['agency']}): “{e['quote']}” ({e['source']})", "  ")
            for e in items
        ]
    if not isinstance(found.contributed_to, Unknown) and found.contributed_to:
        lines += ["", _fill("Also contributes to: " + ", ".join(found.contributed_to), "")]
    lines += ["", *(_fill(f"Unknown: {note}", "") for note in found.notes)] if found.notes else []
    return "\n".join(lines) + "\n"


def _fill(text: str, indent: str) -> str:
    """One entry within 80 columns; what comes from outside loses its control characters."""
    return textwrap.fill(
        for_terminal(text), 80, initial_indent=indent, subsequent_indent=f"{indent}  "
    )
