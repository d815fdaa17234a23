"""With a token: profile and index, merged pull requests elsewhere, structure, file texts.

Five requests for up to sixty repositories, seven for up to 240."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import GitHubError
from ..models.portfolio import (
    MergedPullRequest,
    Portfolio,
    Repository,
    RepositoryFile,
    Unknown,
)
from .client import GitHubClient, Missing
from .graphql_wire import (
    Blob,
    Contributions,
    Deep,
    Depth,
    FoundRequests,
    Index,
    IndexEntry,
    NextPage,
    PullRequest,
    Reply,
    User,
)
from .parsing import clean
from .repository_weight import rank_for_depth, worth_reading
from .wire import OddReply, read, sound

MAX_DEEP = 10
PAGE = 60
"""Repositories of one request, as the query says."""
SMALLER_PAGES = (20, 5)
"""For accounts whose repositories GitHub cannot list sixty at a time before its own time is up."""
MAX_PAGES = 4
MAX_FILES = 40
_TRIES_OF_A_LIST = 2
_MAX_FILES_EACH = 6
_FILE_CHARACTERS = 20_000
_NO_ANSWER = "GitHub gave no answer"
_HEAD = """query Files({declared}) {{
{blocks}
}}
fragment Text on Blob {{ isBinary text }}
"""


@cache
def query(name: str) -> str:
    """A static query document of this package."""
    return files(__package__).joinpath("queries", f"{name}.graphql").read_text(encoding="utf-8")


async def fetch_by_graphql(client: GitHubClient, login: str) -> Portfolio:
    """Fetch an account in depth.

    Raises:
        GitHubError: the account itself could not be had. Lesser parts become unknown instead.
        NoIndex: GitHub cannot list its repositories this way, however few at a time.
    """
    notes: list[str] = []
    user, size = await _account(client, login)
    profile = user.profile()
    entries = await _index(client, login, user.repositories, size, notes)
    repositories = [entry.repository() for entry in entries]
    ids = {entry.full_name: entry.id for entry in entries}
    total = user.repositories.total
    if total > len(repositories):
        notes.append(f"{total - len(repositories)} older repositories were not listed.")
    elsewhere = await _merged_elsewhere(client, profile.login, notes)
    contributed: tuple[str, ...] | Unknown = Unknown(reason="not asked for, the account is large")
    if total <= PAGE:
        contributed = await _contributed_to(client, login, notes)
    chosen = rank_for_depth(repositories)[:MAX_DEEP]
    deep = await _deepen(client, [ids[r.full_name] for r in chosen], user.id, notes)
    by_name = {r.full_name: r for r in repositories}
    for full_name, depth in deep.items():
        if full_name in by_name:
            facts = {
                "paths": depth.paths,
                "authorship": depth.authorship,
                "releases": depth.releases,
            }
            by_name[full_name] = by_name[full_name].model_copy(update=facts)
    texts = await _file_texts(
        client, [(ids[r.full_name], by_name[r.full_name]) for r in chosen], notes
    )
    for full_name, found in texts.items():
        by_name[full_name] = by_name[full_name].model_copy(update={"files": tuple(found)})
    return Portfolio(
        profile=profile,
        repositories=tuple(by_name.values()),
        repository_count=total,
        merged_elsewhere=elsewhere,
        contributed_to=contributed,
        rung="graphql",
        notes=tuple(notes),
        requests=client.requests,
    )


class NoIndex(GitHubError):
    """GraphQL fails on this account's list of repositories; REST may not."""


async def _account(client: GitHubClient, login: str) -> tuple[User, int]:
    """The account with the first page of its index, and how many repositories that page may have."""
    reason = ""
    for size in (PAGE, *SMALLER_PAGES):
        variables = {"login": login} if size == PAGE else {"login": login, "page": size}
        try:
            tries = _TRIES_OF_A_LIST if size == PAGE else 1
            reply = await client.graphql(query("profile"), variables, tries=tries)
        except GitHubError as error:
            if error.lasting or not error.reason.startswith("GitHub failed"):
                raise
            reason = error.reason
            continue
        user = reply.data.get("user")
        if user is not None:
            return read(User, user, "the account"), size
        if not reply.errors or "NOT_FOUND" in reply.kinds:
            message = "there is no such user account (it may be renamed, or an organisation)"
            raise Missing(message, lasting=True)
        if reply.kinds:
            message = f"GitHub gave no account ({', '.join(sorted(reply.kinds))})"
            raise GitHubError(message, lasting=True)
        reason = "GitHub could not execute the query"
    raise NoIndex(reason)


async def _index(
    client: GitHubClient, login: str, first: Index, size: int, notes: list[str]
) -> list[IndexEntry]:
    """All pages of the index, up to a limit; a page that fails leaves the ones before it."""
    page, nodes = first, list(first.nodes)
    for _ in range(MAX_PAGES - 1):
        if not page.next:
            break
        variables: dict[str, Any] = {"login": login, "after": page.next}
        if size != PAGE:
            variables["page"] = size
        try:
            reply = await client.graphql(query("profile"), variables)
            page = read(NextPage, reply.data, "a page of the list").user.repositories
        except GitHubError as error:
            notes.append(f"The rest of the list of repositories is unknown: {error.reason}.")
            break
        nodes += page.nodes
    return sound(IndexEntry, nodes, "repositories", notes)


async def _merged_elsewhere(
    client: GitHubClient, login: str, notes: list[str]
) -> tuple[MergedPullRequest, ...] | Unknown:
    search = f"author:{login} is:pr is:merged is:public -user:{login} sort:updated-desc"
    try:
        reply = await client.graphql(query("merged_elsewhere"), {"search": search})
        found = read(FoundRequests, _answered(reply, "search"), "pull requests").search.nodes
    except GitHubError as error:
        notes.append(f"Pull requests merged elsewhere are unknown: {error.reason}.")
        return Unknown(reason=error.reason)
    # A search finds issues too; what is no pull request comes as an empty object.
    requests = sound(PullRequest, filter(None, found), "pull requests", notes)
    return tuple(r.fact() for r in requests if r.merged_by.login.casefold() != login.casefold())


def _answered(reply: Reply, part: str) -> dict[str, Any]:
    """The data, in which GitHub puts null for a part that it gave up."""
    if not reply.data.get(part):
        raise GitHubError(_NO_ANSWER)
    return reply.data


async def _contributed_to(
    client: GitHubClient, login: str, notes: list[str]
) -> tuple[str, ...] | Unknown:
    try:
        reply = await client.graphql(query("contributed_to"), {"login": login})
        found = read(Contributions, _answered(reply, "user"), "contributions").user.to
    except GitHubError as error:
        reason = error.reason
        notes.append(
            f"Repositories of others that the account contributes to are unknown: {reason}."
        )
        return Unknown(reason=reason)
    return tuple(each.name for each in found.nodes)


async def _deepen(
    client: GitHubClient, ids: list[str], author: str, notes: list[str]
) -> dict[str, Depth]:
    """Facts by repository; a failing batch is halved until it is one, then unknown."""
    if not ids:
        return {}
    try:
        reply = await client.graphql(query("repositories"), {"ids": ids, "author": {"id": author}})
        nodes = read(Deep, reply.data, "repositories").nodes
        failed = bool(reply.errors) and not any(nodes)
    except GitHubError as error:
        if error.reason.startswith("rate limited") or error.lasting or isinstance(error, OddReply):
            notes.append(f"{len(ids)} repositories were not read in depth: {error.reason}.")
            return {}
        nodes, failed = (), True
    if failed and len(ids) == 1:
        notes.append("One repository was not read in depth: GitHub gave no answer.")
        return {}
    if failed:
        half = len(ids) // 2
        first = await _deepen(client, ids[:half], author, notes)
        return first | await _deepen(client, ids[half:], author, notes)
    found = sound(Depth, filter(None, nodes), "repositories in depth", notes)
    return {depth.full_name: depth for depth in found}


async def _file_texts(
    client: GitHubClient, chosen: list[tuple[str, Repository]], notes: list[str]
) -> dict[str, list[RepositoryFile]]:
    declared, blocks = [], []
    variables: dict[str, str] = {}
    wanted: dict[str, tuple[str, list[str]]] = {}
    count = 0
    for number, (node_id, repository) in enumerate(chosen):
        paths = worth_reading(repository)[: min(_MAX_FILES_EACH, MAX_FILES - count)]
        if not paths:
            continue
        key = f"r{number}"
        count += len(paths)
        declared.append(f"${key}: ID!")
        variables[key] = node_id
        lines = []
        for position, path in enumerate(paths):
            declared.append(f"${key}f{position}: String!")
            variables[f"{key}f{position}"] = f"HEAD:{path}"
            lines.append(f"    f{position}: object(expression: ${key}f{position}) {{ ...Text }}")
        body = "\n".join(lines)
        blocks.append(f"  {key}: node(id: ${key}) {{ ... on Repository {{\n{body}\n  }} }}")
        wanted[key] = (repository.full_name, paths)
    if not blocks:
        return {}
    document = _HEAD.format(declared=", ".join(declared), blocks="\n".join(blocks))
    try:
        reply = await client.graphql(document, variables)
    except GitHubError as error:
        notes.append(f"File contents are unknown: {error.reason}.")
        return {}
    found: dict[str, list[RepositoryFile]] = {}
    for key, (full_name, paths) in wanted.items():
        block = reply.data.get(key)
        blobs = block if isinstance(block, dict) else {}
        for position, path in enumerate(paths):
            for blob in sound(Blob, filter(None, [blobs.get(f"f{position}")]), "files", notes):
                if blob.text and not blob.binary:
                    shown = clean(blob.text, _FILE_CHARACTERS, lines=True)
                    found.setdefault(full_name, []).append(RepositoryFile(path=path, text=shown))
    return found
