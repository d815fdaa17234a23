"""Without a token: rungs of 1, 3 and up to 10 requests, as far as the hourly limit leaves room."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..errors import GitHubError
from ..models.portfolio import (
    Authorship,
    MergedPullRequest,
    Portfolio,
    Profile,
    Repository,
    Unknown,
)
from .client import GitHubClient
from .facts import rank_for_depth
from .parsing import as_date, as_int, as_list, as_map, as_text, clean

MAX_DEEP = 3
_NEEDS_TOKEN = Unknown(reason="needs a token")


async def fetch_by_rest(client: GitHubClient, login: str) -> Portfolio:
    """Fetch what the anonymous limit allows; the rung reached stands in the portfolio.

    Raises:
        GitHubError: not even the list of repositories could be had.
    """
    user = quote(login, safe="")
    notes: list[str] = []
    account = as_map(await client.get(f"/users/{user}"))
    if as_text(account.get("type")) == "Organization":
        message = "the account is an organisation, not a person"
        raise GitHubError(message, lasting=True)
    profile = _profile(account)
    listed = as_list(
        await client.get(
            f"/users/{user}/repos", {"per_page": "100", "sort": "pushed", "type": "owner"}
        )
    )
    repositories = {r.full_name: r for r in map(_repository, map(as_map, listed)) if r.full_name}
    rung = "rest-2"
    elsewhere: tuple[MergedPullRequest, ...] | Unknown = Unknown(reason="the limit left no room")
    try:
        elsewhere = await _merged_elsewhere(client, profile.login)
        rung = "rest-3"
        for repository in rank_for_depth(list(repositories.values()))[:MAX_DEEP]:
            if client.remaining is not None and client.remaining < 2:
                notes.append("Deeper facts are unknown: the anonymous limit is used up.")
                break
            repositories[repository.full_name] = await _deepen(client, repository, profile.login)
            rung = "rest-10"
    except GitHubError as error:
        notes.append(f"Deeper facts are unknown: {error.reason}.")
    notes.append("Read without a token: releases, file contents and commit dates are unknown.")
    return Portfolio(
        profile=profile,
        repositories=tuple(repositories.values()),
        repository_count=as_int(account.get("public_repos")) or len(repositories),
        merged_elsewhere=elsewhere,
        rung=rung,
        notes=tuple(notes),
        requests=client.requests,
    )


def _profile(account: dict[str, Any]) -> Profile:
    return Profile(
        login=as_text(account.get("login")),
        account_id=as_int(account.get("id")),
        kind=as_text(account.get("type")) or "User",
        name=clean(as_text(account.get("name")), 100) or None,
        bio=clean(as_text(account.get("bio")), 300) or None,
        company=clean(as_text(account.get("company")), 100) or None,
        location=clean(as_text(account.get("location")), 100) or None,
        website=clean(as_text(account.get("blog")), 200) or None,
        email=clean(as_text(account.get("email")), 200) or None,
        created=as_date(account.get("created_at")),
        followers=as_int(account.get("followers")),
    )


def _repository(node: dict[str, Any]) -> Repository:
    language = as_text(node.get("language"))
    return Repository(
        full_name=as_text(node.get("full_name")),
        description=clean(as_text(node.get("description")), 300),
        topics=tuple(clean(as_text(t), 50) for t in as_list(node.get("topics"))),
        fork=bool(node.get("fork")),
        archived=bool(node.get("archived")),
        empty=as_int(node.get("size")) == 0,
        mirror=bool(node.get("mirror_url")),
        created=as_date(node.get("created_at")),
        pushed=as_date(node.get("pushed_at")),
        size_kb=as_int(node.get("size")),
        stars=as_int(node.get("stargazers_count")),
        license=as_text(as_map(node.get("license")).get("spdx_id")) or None,
        languages=Unknown(reason=f"only the main language, {language}, without a token")
        if language
        else _NEEDS_TOKEN,
        releases=_NEEDS_TOKEN,
    )


async def _merged_elsewhere(client: GitHubClient, login: str) -> tuple[MergedPullRequest, ...]:
    search = f"author:{login} is:pr is:merged -user:{login}"
    found = as_map(await client.get("/search/issues", {"q": search, "per_page": "50"}))
    return tuple(
        MergedPullRequest(
            repository="/".join(as_text(item.get("repository_url")).split("/")[-2:]),
            number=as_int(item.get("number")),
            title=clean(as_text(item.get("title")), 200),
            merged=as_date(as_map(item.get("pull_request")).get("merged_at")),
        )
        for item in map(as_map, as_list(found.get("items")))
    )


async def _deepen(client: GitHubClient, repository: Repository, login: str) -> Repository:
    owner, _, name = repository.full_name.partition("/")
    base = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
    tree = as_map(await client.get(f"{base}/git/trees/HEAD", {"recursive": "1"}))
    paths = tuple(
        clean(as_text(entry.get("path")), 200)
        for entry in map(as_map, as_list(tree.get("tree"))[:20_000])
        if entry.get("type") == "blob"
    )
    people = as_list(await client.get(f"{base}/contributors", {"per_page": "100", "anon": "1"}))
    counts = [
        (as_text(as_map(p).get("login")).casefold(), as_int(as_map(p).get("contributions")))
        for p in people
    ]
    own = sum(n for who, n in counts if who == login.casefold())
    return repository.model_copy(
        update={
            "paths": paths,
            "authorship": Authorship(own=own, total=sum(n for _, n in counts)),
        }
    )
