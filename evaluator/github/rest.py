"""Without a token: a ladder of 1, 2, 6 or 10 requests (and one search), as the hourly limit leaves room.

========  ==========================================================================
rest-1    the list of repositories
rest-2    and the profile, and pull requests merged elsewhere (search has its own limit)
rest-6    and files and commits by author of two repositories
rest-10   and of four
========  ==========================================================================
"""

from __future__ import annotations

from urllib.parse import quote

from ..errors import GitHubError
from ..models.portfolio import Authorship, MergedPullRequest, Portfolio, Repository, Unknown
from .client import GitHubClient
from .repository_weight import rank_for_depth
from .rest_wire import Account, Contributor, FoundRequest, Kind, Listed, Search, Tree
from .wire import OddReply, read, sound

_MOST_PATHS = 20_000
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
    listed = await client.get(f"/users/{user}/repos", query)
    if not isinstance(listed, list):
        message = "GitHub's reply is not a list of repositories"
        raise OddReply(message)
    found = sound(Listed, filter(None, listed), "repositories", notes)
    repositories = {each.full_name: each.repository() for each in found}
    account = found[0].owner if found else None
    elsewhere: tuple[MergedPullRequest, ...] | Unknown = Unknown(reason=_NO_ROOM)
    rung = "rest-1"
    planned = _rung_for(client.remaining, has_list=bool(found))
    try:
        if planned != "rest-1":
            account = await _account(client, user)
            rung = "rest-2"
            elsewhere = await _merged_elsewhere(client, account.login, notes)
            rung = await _deepen_some(client, repositories, planned, login)
    except GitHubError as error:
        if account is None or error.lasting:
            raise
        notes.append(f"Deeper facts are unknown: {error.reason}.")
        if isinstance(elsewhere, Unknown):
            elsewhere = Unknown(reason=error.reason)
    assert account is not None, "without a list the profile was asked for"
    _refuse_organisation(account.kind)
    if planned != "rest-10":
        notes.append(f"Only the rung {planned} was tried: {_NO_ROOM}.")
    total = account.repositories or len(repositories)
    if total > len(repositories):
        notes.append(f"{total - len(repositories)} older repositories were not listed.")
    how = f"Read in the simpler way ({instead_of})" if instead_of else "Read without a token"
    notes.append(f"{how}: releases, file contents and commit dates are unknown.")
    return Portfolio(
        profile=account.profile(),
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


async def _account(client: GitHubClient, user: str) -> Account:
    said = await client.get(f"/users/{user}")
    _refuse_organisation(read(Kind, said, "the account").kind)
    return read(Account, said, "the account")


def _refuse_organisation(kind: str) -> None:
    if kind == "Organization":
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


async def _merged_elsewhere(
    client: GitHubClient, login: str, notes: list[str]
) -> tuple[MergedPullRequest, ...]:
    search = f"author:{login} is:pr is:merged -user:{login}"
    said = await client.get("/search/issues", {"q": search, "per_page": "50"})
    items = read(Search, said, "pull requests").items
    return tuple(each.fact() for each in sound(FoundRequest, items, "pull requests", notes))


async def _deepen(client: GitHubClient, repository: Repository, login: str) -> Repository:
    owner, _, name = repository.full_name.partition("/")
    base = f"/repos/{quote(owner, safe='')}/{quote(name, safe='')}"
    said = await client.get(f"{base}/git/trees/HEAD", {"recursive": "1"})
    paths = read(Tree, said, "files").paths(_MOST_PATHS)
    people = await client.get(f"{base}/contributors", {"per_page": "100", "anon": "1"})
    if not isinstance(people, list):
        message = "GitHub's reply is not a list of contributors"
        raise OddReply(message)
    counts = [read(Contributor, each, "contributors") for each in people]
    own = sum(each.contributions for each in counts if each.login.casefold() == login.casefold())
    total = sum(each.contributions for each in counts)
    facts = {"paths": paths, "authorship": Authorship(own=own, total=total)}
    return repository.model_copy(update=facts)
