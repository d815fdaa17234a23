"""Whatever fails at GitHub leaves the most that can be known, with its reason."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluator import GitHubError
from evaluator.cli import run
from evaluator.github.client import GitHubClient
from evaluator.github.fetching import portfolio_of
from evaluator.github.given import given_account
from evaluator.github.snapshots import SnapshotStore
from evaluator.models.portfolio import Portfolio
from evaluator.transport import RetryPolicy, github_http

from ..conftest import RESUMES, no_sleep
from ..servers.github import LOGIN, GitHubServer, Reply, github_server, index_entry

TIMED_OUT = "Something went wrong while executing your query. This may be the result of a timeout."


def fetch(
    server: GitHubServer,
    folder: Path,
    *,
    token: str | None = "t0ken",
    login: str = LOGIN,
    below: str = "",
    age: timedelta = timedelta(hours=24),
) -> Portfolio:
    async def once() -> Portfolio:
        async with github_http(server.url + below, token=token) as http:
            client = GitHubClient(http, retries=RetryPolicy(sleep=no_sleep))
            store = SnapshotStore(folder, max_age=age)
            return await portfolio_of(login, snapshots=store, client=client)

    return asyncio.run(once())


def json_reply(status: int, body: object) -> Reply:
    return status, {"content-type": "application/json"}, json.dumps(body).encode()


def profile_queries(server: GitHubServer) -> list[dict[str, Any]]:
    asked = [body for method, _, body in server.asked if method == "POST"]
    return [body["variables"] for body in asked if "query Profile" in body["query"]]


@pytest.mark.parametrize(
    "fault",
    [
        (502, {}, b"<html>Unicorn</html>"),
        (401, {}, b"{}"),
        (403, {}, b'{"message": "the organization has an IP allow list enabled"}'),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800"}, b"{}"),
        (200, {}, b"<html>proxy login</html>"),
    ],
)
def test_a_stale_snapshot_is_used_and_said(fault: Reply, tmp_path: Path) -> None:
    with github_server() as server:
        before = fetch(server, tmp_path)
        server.faults = [fault] * 60
        found = fetch(server, tmp_path, age=timedelta(0))
        again = fetch(server, tmp_path, age=timedelta(0))
    assert found.repositories == before.repositories
    assert found.notes[0].startswith("GitHub could not be asked (")
    assert found.notes[0].endswith(f"as of {again.fetched[:10]}.")
    assert found.notes[1:] == before.notes
    assert found.notes == again.notes


def test_an_account_that_is_gone_has_no_snapshot_to_stand_for_it(tmp_path: Path) -> None:
    with github_server() as server:
        fetch(server, tmp_path)
        server.fault_for["Profile"] = json_reply(
            200, {"data": {"user": None}, "errors": [{"type": "NOT_FOUND", "message": "no"}]}
        )
        with pytest.raises(GitHubError, match="no such user account"):
            fetch(server, tmp_path, age=timedelta(0))


def test_a_token_supersedes_a_snapshot_made_without_one(tmp_path: Path) -> None:
    with github_server() as server:
        assert fetch(server, tmp_path, token=None).rung.startswith("rest")
        assert fetch(server, tmp_path).rung == "graphql"
        asked = len(server.asked)
        assert fetch(server, tmp_path, token=None).rung == "graphql"
        assert len(server.asked) == asked


def test_one_damaged_snapshot_harms_one_account(tmp_path: Path) -> None:
    with github_server() as server:
        fetch(server, tmp_path)
        (tmp_path / "12.json").write_text('{"profile": {"login": "Fictional-Other", "acc')
        store = SnapshotStore(tmp_path)
        assert store.load(LOGIN) is not None
        assert store.load("fictional") is None
        with pytest.raises(GitHubError, match=r"12\.json cannot be read"):
            store.load("fictional-other")
        assert store.load("fictional-other", offline=False) is None
        (tmp_path / "4711.json").write_text("{")
        asked = len(server.asked)
        assert fetch(server, tmp_path).rung == "graphql"
        assert len(server.asked) > asked
        assert SnapshotStore(tmp_path).load(LOGIN) is not None


@pytest.mark.parametrize(
    "fault",
    [
        (502, {}, b"{}"),
        json_reply(200, {"data": None, "errors": [{"message": TIMED_OUT}]}),
        json_reply(200, {"errors": [{"message": TIMED_OUT, "type": ""}]}),
    ],
)
def test_a_list_that_fails_is_asked_for_in_smaller_pages(fault: Reply, tmp_path: Path) -> None:
    with github_server() as server:
        server.repositories = [index_entry(n) for n in range(1, 31)]
        tries = 2 if fault[0] == 502 else 1
        server.faults = [fault] * tries
        found = fetch(server, tmp_path)
    sizes = [variables.get("page") for variables in profile_queries(server)]
    assert sizes[: tries + 1] == [None] * tries + [20]
    assert set(sizes[tries:]) == {20}
    assert (found.rung, len(found.repositories)) == ("graphql", 30)


@pytest.mark.parametrize(
    "fault", [(502, {}, b"{}"), json_reply(200, {"errors": [{"message": TIMED_OUT}]})]
)
def test_a_list_that_keeps_failing_is_had_by_rest(fault: Reply, tmp_path: Path) -> None:
    with github_server() as server:
        server.fault_for["Profile"] = fault
        found = fetch(server, tmp_path)
    sizes = {variables.get("page") for variables in profile_queries(server)}
    assert sizes == {None, 20, 5}
    assert len(profile_queries(server)) <= 4
    assert found.rung.startswith("rest")
    assert found.repositories
    assert any("Read in the simpler way (" in note for note in found.notes)
    assert set(server.tokens) == {"Bearer t0ken"}


@pytest.mark.parametrize("below", ["/api/v3", "/api/v3/"])
def test_an_enterprise_server_has_graphql_beside_rest(below: str, tmp_path: Path) -> None:
    with github_server() as server:
        fetch(server, tmp_path, below=below)
        assert {path for _, path, _ in server.asked} == {"/api/graphql"}


@pytest.mark.parametrize(
    ("given", "login"),
    [
        ("ada", "ada"),
        (" @ada ", "ada"),
        ("https://github.com/ada", "ada"),
        ("https://www.github.com/ada/", "ada"),
        ("github.com/ada?tab=repositories", "ada"),
        ("@github.com/ada", "ada"),
        ("NONE", "none"),
        # Not an account: refused where it is used.
        ("https://github.com/acme/tool", "https://github.com/acme/tool"),
        ("https://gist.github.com/ada/0123456789abcdef", "https://gist.github.com/ada/0123456789abcdef"),
        ("https://gitlab.com/ada", "https://gitlab.com/ada"),
    ],
)  # fmt: skip
def test_an_account_is_given_as_people_write_it(given: str, login: str) -> None:
    assert given_account(given) == login


def test_a_whole_batch_has_not_one_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "out"), "--offline", "--reader", "rules"]
    for account in ("ada", "https://github.com/ada"):
        assert run(["batch", str(RESUMES), "--github", account, *out]) == 2
        told = capsys.readouterr().err
        assert "names one account" in told
        assert "manifest" in told
    assert not (tmp_path / "out").exists()


def test_a_manifest_names_accounts_as_people_write_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with github_server() as server:
        fetch(server, tmp_path / "snapshots")
    (tmp_path / "ada.md").write_text("# Ada Fictional\n\n## Skills\n\nPython, PyTorch\n")
    (tmp_path / "list.csv").write_text(f"path,github\nada.md,https://github.com/{LOGIN}/\n")
    code = run(
        ["batch", str(tmp_path / "list.csv"), "--out", str(tmp_path / "out"), "--offline", "--reader", "rules",
         "--snapshots", str(tmp_path / "snapshots"), "--progress", "none"]
    )  # fmt: skip
    assert code == 0
    (report,) = [json.loads(path.read_text()) for path in (tmp_path / "out").rglob("*.json") if "portfolio" in path.read_text()]  # fmt: skip
    assert report["portfolio"]["status"] == "partial"
    assert report["candidate"]["github"]["login"] == LOGIN
