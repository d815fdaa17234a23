"""Without a token: a ladder of 1, 2, 6 or 10 requests (and one search), as the hourly limit leaves room.

========  ==========================================================================
rest-1    the list of repositories
rest-2    and the profile, and pull requests merged elsewhere (search has its own limit)
rest-6    and files and commits by author of two repositories
rest-10   and of four
========  ==========================================================================
"""

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

_NEEDS_TOKEN = Unknown(reason="needs a token")
_NO_ROOM = "the anonymous limit left no room"
_DEEP = {"rest-10": 4, "rest-6": 2, "rest-2": 0}


async def fetch_by_rest(
    client: GitHubClient, login: str, *, instead_of: str | None = None
) -> Portfolio:
    """Fetch what the limit allows; the rung reached stands in the portfolio.

    Args:
        client: with or without a token.
        login: the account.
        instead_of: why GraphQL, which tells more, was of no use.

    Raises:
        GitHubError: not even the list of repositories could be had.
    """
    user = quote(login, safe="")
    notes: list[str] = []
    query = {"per_page": "100", "sort": "pushed", "type": "owner"}
    listed = [as_map(r) for r in as_list(await client.get(f"/users/{user}/repos", query))]
    repositories = {r.full_name: r for r in map(_repository, listed) if r.full_name}
    account = as_map(listed[0].get("owner")) if listed else {}
    elsewhere: tuple[MergedPullRequest, ...] | Unknown = Unknown(reason=_NO_ROOM)
    rung = "rest-1"
    planned = _rung_for(client.remaining, has_list=bool(listed))
    try:
        if planned != "rest-1":
            account = as_map(await client.get(f"/users/{user}"))
            _refuse_organisation(account)
            rung = "rest-2"
            elsewhere = await _merged_elsewhere(client, as_text(account.get("login")))
            rung = await _deepen_some(client, repositories, planned, login)
    except GitHubError as error:
        if not account or error.lasting:
            raise
        notes.append(f"Deeper facts are unknown: {error.reason}.")
        if isinstance(elsewhere, Unknown):
            elsewhere = Unknown(reason=error.reason)
    _refuse_organisation(account)
    if planned != "rest-10":
        notes.append(f"Only the rung {planned} was tried: {_NO_ROOM}.")
    total = as_int(account.get("public_repos")) or len(repositories)
    if total > len(repositories):
        notes.append(f"{total - len(repositories)} older repositories were not listed.")
    how = f"Read by REST after all ({instead_of})" if instead_of else "Read without a token"
    notes.append(f"{how}: releases, file contents and commit dates are unknown.")
    return Portfolio(
        profile=_profile(account),
        repositories=tuple(repositories.values()),
        repository_count=total,
        merged_elsewhere=elsewhere,
        rung=rung,
        notes=tuple(notes),
        requests=client.requests,
    )


def _rung_for(remaining: int | None, *, has_list: bool) -> str:
    """The highest rung whose further requests the limit still allows; unknown limits allow all."""
    left = 60 if remaining is None else remaining
    if left >= 9:
        return "rest-10"
    if left >= 5:
        return "rest-6"
    # Without a repository nobody knows whose list it was, so that the profile must be asked.
    return "rest-2" if left >= 1 or not has_list else "rest-1"


def _refuse_organisation(account: dict[str, Any]) -> None:
    if as_text(account.get("type")) == "Organization":
        message = "the account is an organisation, not a person"
        raise GitHubError(message, lasting=True)


async def _deepen_some(
    client: GitHubClient, repositories: dict[str, Repository], planned: str, login: str
) -> str:
    """Deepen as many as the rung says; gives the rung that was reached."""
    done = 0
    for repository in rank_for_depth(list(repositories.values()))[: _DEEP[planned]]:
        try:
            repositories[repository.full_name] = await _deepen(client, repository, login)
        except GitHubError as error:
            if not error.lasting:
                raise
            continue  # one repository that is gone says nothing of the others
        done += 1
    return "rest-10" if done > 2 else "rest-6" if done else "rest-2"


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
