"""GitHub's own published schemas, served by programs of others: what is sent is valid, what comes is read."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from typing import TypeVar

import pytest

from evaluator.github.client import GitHubClient
from evaluator.github.graphql import fetch_by_graphql
from evaluator.github.rest import _deepen, fetch_by_rest
from evaluator.models.portfolio import Unknown
from evaluator.transport import RetryPolicy, github_http

from ..servers.npm import PEERS, installed

T = TypeVar("T")
BIN = PEERS / "node_modules" / ".bin"


@pytest.fixture(scope="module")
def node() -> str:
    """The peers' programs, installed once."""
    installed(".bin/prism")
    found = shutil.which("node")
    assert found
    return found


def _get(url: str) -> object:
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)


@pytest.fixture(scope="module")
def graphql_peer(node: str) -> Iterator[str]:
    with subprocess.Popen(
        [node, "graphql_peer.mjs"], cwd=PEERS, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.fixture(scope="module")
def rest_peer(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    description = tmp_path_factory.mktemp("openapi") / "github.json"
    subprocess.run([node, "trim_openapi.mjs", str(description)], cwd=PEERS, check=True, timeout=120)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(BIN / "prism"), "mock", "--errors", "-h", "127.0.0.1", "-p", str(port), str(description)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.kill()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the peer did not start")


def _run(url: str, ask: Callable[[GitHubClient], Awaitable[T]], *, token: str | None = None) -> T:
    async def run() -> T:
        async with github_http(url, token=token) as http:
            return await ask(GitHubClient(http, retries=RetryPolicy()))

    return asyncio.run(run())


def test_every_query_is_valid_for_the_published_schema(graphql_peer: str) -> None:
    portfolio = _run(graphql_peer, lambda c: fetch_by_graphql(c, "octocat"), token="t0ken")
    log = _get(f"{graphql_peer}/log")
    assert isinstance(log, list)
    names = [entry["name"] for entry in log]
    assert names == ["Profile", "ExternalPullRequests", "ContributedTo", "Repos", "Files"]
    assert [entry["errors"] for entry in log] == [[]] * 5
    assert portfolio.rung == "graphql"
    assert portfolio.requests == 5
    assert not isinstance(portfolio.contributed_to, Unknown)
    assert portfolio.repositories
    assert not isinstance(portfolio.merged_elsewhere, Unknown)


def test_the_rest_plan_agrees_with_the_published_description(rest_peer: str) -> None:
    portfolio = _run(rest_peer, lambda c: fetch_by_rest(c, "octocat"))
    assert portfolio.profile.login == "octocat"
    assert [r.full_name for r in portfolio.repositories] == ["octocat/Hello-World"]
    assert [note for note in portfolio.notes if "unknown: " in note] == []
    assert not isinstance(portfolio.merged_elsewhere, Unknown)
    # The description's own example is a mirror, which the plan leaves alone; ask of it as of another.
    own = portfolio.repositories[0].model_copy(update={"mirror": False})
    deeper = _run(rest_peer, lambda client: _deepen(client, own, "octocat"))
    assert not isinstance(deeper.paths, Unknown)
    assert not isinstance(deeper.authorship, Unknown)
