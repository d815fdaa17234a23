"""Replies of another form than GitHub documents: one clear reason, and what is sound stays."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from evaluator import GitHubError
from evaluator.github.client import GitHubClient
from evaluator.github.graphql import fetch_by_graphql
from evaluator.github.rest import fetch_by_rest
from evaluator.models.portfolio import Authorship, Portfolio, Unknown
from evaluator.transport import RetryPolicy, github_http

from ..conftest import no_sleep

API = "https://api.github.com"
LOGIN = "fictional-ada"
ENTRY: dict[str, Any] = {
    "id": "R_1", "nameWithOwner": f"{LOGIN}/rank", "createdAt": "2024-01-01T00:00:00Z", "pushedAt": "2025-01-01T00:00:00Z",
    "diskUsage": 90, "isFork": False, "languages": {"edges": [{"size": 9000, "node": {"name": "Python"}}]},
}  # fmt: skip
USER: dict[str, Any] = {
    "id": "U_1", "databaseId": 4711, "login": LOGIN, "name": None, "bio": None, "websiteUrl": None, "socialAccounts": None,
    "repositories": {"totalCount": 1, "pageInfo": None, "nodes": [ENTRY]},
}  # fmt: skip
DEEP: dict[str, Any] = {
    "nameWithOwner": f"{LOGIN}/rank",
    "releases": None,
    "defaultBranchRef": {
        "target": {
            "all": {"totalCount": 9},
            "mine": {"totalCount": 7, "nodes": [None, {"authoredDate": "2024-02-01T00:00:00Z"}]},
        }
    },
    "root": {"entries": [{"name": "README.md", "object": {}}]},
    "workflows": None,
}
REQUEST = {"number": 3, "title": "Mend drift", "repository": {"nameWithOwner": "o/x"}}
SOUND: dict[str, Any] = {
    "Profile": {"user": USER},
    "ExternalPullRequests": {"search": {"nodes": [REQUEST, {}]}},
    "ContributedTo": {"user": {"repositoriesContributedTo": {"nodes": [{"nameWithOwner": "o/x"}]}}},
    "Repos": {"nodes": [DEEP, None]},
    "Files": {"r0": {"f0": {"text": "# rank", "isBinary": False}, "f1": None}},
}


@pytest.fixture
def github() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url=API, assert_all_called=False) as router:
        yield router


def _by_graphql(github: respx.MockRouter, **changed: Any) -> Portfolio:
    """The portfolio, with other data for some operations."""
    data = {**SOUND, **changed}

    def answer(request: httpx.Request) -> httpx.Response:
        document = json.loads(request.content)["query"]
        operation = document[document.index("query ") + 6 :].split("(")[0]
        said = data[operation]
        return httpx.Response(200, json=said if isinstance(said, list) else {"data": said})

    github.post("/graphql").mock(side_effect=answer)

    async def run() -> Portfolio:
        async with github_http(API, token="t0ken") as http:
            return await fetch_by_graphql(
                GitHubClient(http, retries=RetryPolicy(sleep=no_sleep)), LOGIN
            )

    return asyncio.run(run())


def _by_rest(github: respx.MockRouter, **changed: Any) -> Portfolio:
    owner = {"login": LOGIN, "id": 4711, "type": "User"}
    said: dict[str, Any] = {
        f"/users/{LOGIN}/repos": [{"full_name": f"{LOGIN}/rank", "owner": owner, "size": 90}],
        f"/users/{LOGIN}": {**owner, "public_repos": 1},
        "/search/issues": {"items": []},
        f"/repos/{LOGIN}/rank/git/trees/HEAD": {"tree": [{"path": "a.py", "type": "blob"}]},
        f"/repos/{LOGIN}/rank/contributors": [{"login": LOGIN, "contributions": 4}],
        **{key.replace("ADA", LOGIN): value for key, value in changed.items()},
    }
    for path, body in said.items():
        github.get(path).respond(json=body)

    async def run() -> Portfolio:
        async with github_http(API, token=None) as http:
            return await fetch_by_rest(
                GitHubClient(http, retries=RetryPolicy(sleep=no_sleep)), LOGIN
            )

    return asyncio.run(run())


def test_nulls_where_the_schema_allows_them_are_read(github: respx.MockRouter) -> None:
    found = _by_graphql(github)
    (repository,) = found.repositories
    assert found.profile.account_id == 4711
    assert repository.languages == {"Python": 9000}
    assert isinstance(repository.authorship, Authorship)
    assert (repository.authorship.own, repository.authorship.total) == (7, 9)
    assert isinstance(repository.releases, Unknown)
    assert [f.text for f in repository.files] == ["# rank"]
    assert not isinstance(found.merged_elsewhere, Unknown)
    assert [m.number for m in found.merged_elsewhere] == [3]
    assert found.notes == ()


def test_nothing_is_asked_for_that_nobody_reads(github: respx.MockRouter) -> None:
    _by_graphql(github)
    asked = "".join(json.loads(call.request.content)["query"] for call in github.calls)
    for field in ("company", "location", "pronouns", "email", "followers", "stargazers", "watchers", "twitter"):  # fmt: skip
        assert field not in asked
    assert {call.request.headers["authorization"] for call in github.calls} == {"Bearer t0ken"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Profile": {"user": "fictional-ada"}}, "about the account has another form"),
        ({"Profile": {"user": {**USER, "databaseId": None}}}, r"databaseId: field required"),
        ({"Profile": {"user": {**USER, "id": 7}}}, r"\(id: "),
        ({"Profile": {"user": {**USER, "repositories": []}}}, r"\(repositories: "),
        ({"Profile": []}, "not a GraphQL reply"),
    ],
)
def test_an_odd_account_is_one_reason(
    github: respx.MockRouter, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(GitHubError, match=reason) as caught:
        _by_graphql(github, **changed)
    assert "\n" not in str(caught.value)
    assert len(github.calls) == 1


def test_another_product_at_the_address_is_one_reason(github: respx.MockRouter) -> None:
    github.post("/graphql").respond(json={"message": "Not Found", "status": "404"})

    async def run() -> None:
        async with github_http(API, token="t0ken") as http:
            await fetch_by_graphql(GitHubClient(http, retries=RetryPolicy(sleep=no_sleep)), LOGIN)

    with pytest.raises(GitHubError, match="not a GraphQL reply"):
        asyncio.run(run())


@pytest.mark.parametrize(
    "changed",
    [
        {"ExternalPullRequests": {"search": {"nodes": {"number": 1}}}},
        {"ExternalPullRequests": {"search": {"nodes": [{"number": "seven"}]}}},
        {"ExternalPullRequests": []},
        {"ContributedTo": {"user": {"repositoriesContributedTo": "many"}}},
        {"Repos": {"nodes": 7}},
        {"Repos": {"nodes": [{**DEEP, "defaultBranchRef": {"target": {"all": 3}}}]}},
        {"Files": {"r0": {"f0": {"text": ["# rank"]}}}},
    ],
)
def test_an_odd_part_is_unknown_with_a_note_and_the_rest_stays(
    github: respx.MockRouter, changed: dict[str, Any]
) -> None:
    found = _by_graphql(github, **changed)
    assert [r.full_name for r in found.repositories] == [f"{LOGIN}/rank"]
    assert len(found.notes) == 1
    assert "form" in found.notes[0] or "not a GraphQL reply" in found.notes[0]


def test_an_odd_repository_spoils_no_other(github: respx.MockRouter) -> None:
    nodes = [{"nameWithOwner": f"{LOGIN}/odd"}, None, ENTRY, {**ENTRY, "languages": 5}]
    user = {**USER, "repositories": {"totalCount": 1, "nodes": nodes}}
    found = _by_graphql(github, Profile={"user": user})
    assert [r.full_name for r in found.repositories] == [f"{LOGIN}/rank"]
    assert found.notes[0].startswith("2 repositories could not be read")


def test_rest_tells_the_same_in_its_own_form(github: respx.MockRouter) -> None:
    found = _by_rest(github)
    (repository,) = found.repositories
    assert repository.authorship == Authorship(own=4, total=4)
    assert repository.paths == ("a.py",)
    assert github.calls[0].request.url.params["type"] == "owner"
    assert "authorization" not in github.calls[0].request.headers


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/users/ADA/repos", {"message": "hello"}, "not a list of repositories"),
        ("/users/ADA", ["hello"], None),
        ("/search/issues", {"items": None}, None),
        ("/repos/ADA/rank/git/trees/HEAD", {"sha": "0"}, None),
        ("/repos/ADA/rank/contributors", {"0": 1}, None),
        ("/repos/ADA/rank/contributors", [{"login": "x"}], None),
    ],
)
def test_odd_rest_is_a_reason_or_a_note(
    github: respx.MockRouter, path: str, body: object, reason: str | None
) -> None:
    if reason:
        with pytest.raises(GitHubError, match=reason):
            _by_rest(github, **{path: body})
        return
    found = _by_rest(github, **{path: body})
    assert len(found.repositories) == 1
    assert "Deeper facts are unknown" in found.notes[0]
