"""With a token: profile and index, merged pull requests elsewhere, structure, file texts.

Five requests for up to sixty repositories, seven for up to 240."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import GitHubError
from ..models.portfolio import (
    Authorship,
    MergedPullRequest,
    Portfolio,
    Repository,
    RepositoryFile,
    Unknown,
)
from .client import GitHubClient, Missing
from .facts import rank_for_depth, worth_reading
from .parsing import (
    as_date,
    as_int,
    as_list,
    as_map,
    as_text,
    clean,
    parse_index_entry,
    parse_profile,
)

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
_HEAD = """query Files({declared}) {{
{blocks}
  rateLimit {{ cost remaining resetAt }}
}}
fragment Text on Blob {{ byteSize isBinary isTruncated text }}
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
    profile = parse_profile(user)
    nodes = await _index(client, login, user, size, notes)
    repositories = [parse_index_entry(node) for node in nodes]
    ids = {as_text(node.get("nameWithOwner")): as_text(node.get("id")) for node in nodes}
    total = as_int(as_map(user.get("repositories")).get("totalCount"))
    if total > len(repositories):
        notes.append(f"{total - len(repositories)} older repositories were not listed.")
    elsewhere = await _merged_elsewhere(client, profile.login, notes)
    contributed: tuple[str, ...] | Unknown = Unknown(reason="not asked for, the account is large")
    if total <= PAGE:
        contributed = await _contributed_to(client, login, notes)
    chosen = rank_for_depth(repositories)[:MAX_DEEP]
    author = as_text(user.get("id"))
    deep = await _deepen(client, [ids[r.full_name] for r in chosen], author, notes)
    by_name = {r.full_name: r for r in repositories}
    for full_name, facts in deep.items():
        if full_name in by_name:
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


async def _account(client: GitHubClient, login: str) -> tuple[dict[str, Any], int]:
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
        user = as_map(as_map(reply.get("data")).get("user"))
        if user:
            return user, size
        kinds = {as_text(as_map(e).get("type")) for e in as_list(reply.get("errors"))}
        if not as_list(reply.get("errors")) or "NOT_FOUND" in kinds:
            message = "there is no such user account (it may be renamed, or an organisation)"
            raise Missing(message, lasting=True)
        if kinds - {""}:
            message = f"GitHub gave no account ({', '.join(sorted(kinds - {''}))})"
            raise GitHubError(message, lasting=True)
        reason = "GitHub could not execute the query"
    raise NoIndex(reason)


async def _index(
    client: GitHubClient, login: str, user: dict[str, Any], size: int, notes: list[str]
) -> list[dict[str, Any]]:
    """All pages of the index, up to a limit; a page that fails leaves the ones before it."""
    index = as_map(user.get("repositories"))
    nodes = [as_map(node) for node in as_list(index.get("nodes"))]
    for _ in range(MAX_PAGES - 1):
        page = as_map(index.get("pageInfo"))
        if page.get("hasNextPage") is not True or not as_text(page.get("endCursor")):
            break
        variables: dict[str, Any] = {"login": login, "after": as_text(page.get("endCursor"))}
        if size != PAGE:
            variables["page"] = size
        try:
            reply = await client.graphql(query("profile"), variables)
        except GitHubError as error:
            notes.append(f"The rest of the list of repositories is unknown: {error.reason}.")
            break
        index = as_map(as_map(as_map(reply.get("data")).get("user")).get("repositories"))
        nodes += [as_map(node) for node in as_list(index.get("nodes"))]
    return nodes


async def _merged_elsewhere(
    client: GitHubClient, login: str, notes: list[str]
) -> tuple[MergedPullRequest, ...] | Unknown:
    search = f"author:{login} is:pr is:merged is:public -user:{login} sort:updated-desc"
    try:
        reply = await client.graphql(query("merged_elsewhere"), {"search": search})
    except GitHubError as error:
        notes.append(f"Pull requests merged elsewhere are unknown: {error.reason}.")
        return Unknown(reason=error.reason)
    data = as_map(as_map(reply.get("data")).get("search"))
    if not data:
        notes.append("Pull requests merged elsewhere are unknown: GitHub gave no answer.")
        return Unknown(reason="GitHub gave no answer")
    return tuple(
        MergedPullRequest(
            repository=as_text(as_map(node.get("repository")).get("nameWithOwner")),
            number=as_int(node.get("number")),
            title=clean(as_text(node.get("title")), 200),
            merged=as_date(node.get("mergedAt")),
            additions=as_int(node.get("additions")),
            deletions=as_int(node.get("deletions")),
            stars=as_int(as_map(node.get("repository")).get("stargazerCount")),
            by_person=as_text(as_map(as_map(node.get("repository")).get("owner")).get("__typename"))
            == "User",
        )
        for node in map(as_map, as_list(data.get("nodes")))
        if node
        and as_text(as_map(node.get("mergedBy")).get("login")).casefold() != login.casefold()
    )


async def _contributed_to(
    client: GitHubClient, login: str, notes: list[str]
) -> tuple[str, ...] | Unknown:
    reason = "GitHub gave no answer"
    try:
        reply = await client.graphql(query("contributed_to"), {"login": login})
        found = as_map(as_map(reply.get("data")).get("user")).get("repositoriesContributedTo")
        if found:
            nodes = map(as_map, as_list(as_map(found).get("nodes")))
            return tuple(name for node in nodes if (name := as_text(node.get("nameWithOwner"))))
    except GitHubError as error:
        reason = error.reason
    notes.append(f"Repositories of others that the account contributes to are unknown: {reason}.")
    return Unknown(reason=reason)


async def _deepen(
    client: GitHubClient, ids: list[str], author: str, notes: list[str]
) -> dict[str, dict[str, Any]]:
    """Facts by repository; a failing batch is halved until it is one, then unknown."""
    if not ids:
        return {}
    try:
        reply = await client.graphql(query("repositories"), {"ids": ids, "author": {"id": author}})
        nodes = [as_map(node) for node in as_list(as_map(reply.get("data")).get("nodes"))]
    except GitHubError as error:
        if error.reason.startswith("rate limited") or error.lasting:
            notes.append(f"{len(ids)} repositories were not read in depth: {error.reason}.")
            return {}
        nodes, reply = [], {"errors": [{"message": error.reason}]}
    if reply.get("errors") and not any(nodes):
        if len(ids) == 1:
            notes.append("One repository was not read in depth: GitHub gave no answer.")
            return {}
        half = len(ids) // 2
        first = await _deepen(client, ids[:half], author, notes)
        return first | await _deepen(client, ids[half:], author, notes)
    return {as_text(node.get("nameWithOwner")): _parse_depth(node) for node in nodes if node}


def _parse_depth(node: dict[str, Any]) -> dict[str, Any]:
    target = as_map(as_map(node.get("defaultBranchRef")).get("target"))
    mine = as_map(target.get("mine"))
    commits = [as_map(c) for c in as_list(mine.get("nodes"))]
    dates = sorted(d for c in commits if (d := as_date(c.get("authoredDate"))))
    paths: list[str] = []
    for entry in map(as_map, as_list(as_map(node.get("root")).get("entries"))):
        name = clean(as_text(entry.get("name")), 200)
        children = as_list(as_map(entry.get("object")).get("entries"))
        paths.append(name)
        paths += [f"{name}/{clean(as_text(as_map(c).get('name')), 200)}" for c in children]
    for entry in map(as_map, as_list(as_map(node.get("workflows")).get("entries"))):
        paths.append(f".github/workflows/{clean(as_text(entry.get('name')), 200)}")
    return {
        "paths": tuple(dict.fromkeys(paths)),
        "authorship": Authorship(
            own=as_int(mine.get("totalCount")),
            total=as_int(as_map(target.get("all")).get("totalCount")),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            messages=tuple(clean(as_text(c.get("messageHeadline")), 120) for c in commits),
            days=len(set(dates)) if dates else None,
        ),
        "releases": as_int(as_map(node.get("releases")).get("totalCount")),
    }


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
    data = as_map(reply.get("data"))
    found: dict[str, list[RepositoryFile]] = {}
    for key, (full_name, paths) in wanted.items():
        for position, path in enumerate(paths):
            blob = as_map(as_map(data.get(key)).get(f"f{position}"))
            text = as_text(blob.get("text"))
            if text and not blob.get("isBinary"):
                shown = clean(text, _FILE_CHARACTERS, lines=True)
                found.setdefault(full_name, []).append(RepositoryFile(path=path, text=shown))
    return found
