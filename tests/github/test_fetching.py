"""Against a GitHub on loopback: few requests, every fault a reason, nothing waits beyond the bound."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluator import GitHubError, StorageError
from evaluator.github.client import GitHubClient
from evaluator.github.fetching import portfolio_of
from evaluator.github.graphql import query
from evaluator.github.parsing import as_date, clean
from evaluator.github.snapshots import SnapshotStore
from evaluator.models.portfolio import Authorship, Portfolio, Unknown
from evaluator.pacing import RateLimiter
from evaluator.transport import RetryPolicy, github_http

from ..conftest import no_sleep
from ..servers.github import LOGIN, MOVED, GitHubServer, Reply, github_server, index_entry

HASTY = RetryPolicy(sleep=no_sleep)


def fetch(server: GitHubServer, folder: Path, *, token: str | None = "t0ken", login: str = LOGIN, retries: RetryPolicy = HASTY) -> Portfolio:  # fmt: skip
    async def run() -> Portfolio:
        async with github_http(server.url, token=token) as http:
            client = GitHubClient(http, retries=retries)
            return await portfolio_of(login, snapshots=SnapshotStore(folder), client=client)

    return asyncio.run(run())


def test_with_a_token_five_requests_tell_everything(tmp_path: Path) -> None:
    with github_server() as server:
        found = fetch(server, tmp_path)
    assert [a[1] for a in server.asked] == ["/graphql"] * 5
    assert set(server.tokens) == {"Bearer t0ken"}
    first = found.repositories[0]
    assert first.full_name == f"{LOGIN}/tool-1"
    assert first.description == "Trains a model and serves it"
    assert isinstance(first.authorship, Authorship)
    assert (first.authorship.own, first.authorship.total) == (36, 40)
    assert first.releases == 4
    assert {f.path for f in first.files} == {"README.md", ".github/workflows/train.yml"}
    assert not isinstance(found.merged_elsewhere, Unknown)
    assert [m.number for m in found.merged_elsewhere] == [7]
    assert found.contributed_to == ("example-org/exporter",)
    assert found.requests == 5
    assert found.notes == ("2 older repositories were not listed.",)


@pytest.mark.parametrize(("count", "requests"), [(30, 5), (60, 5), (230, 7), (400, 7)])
def test_requests_by_size_of_the_account(tmp_path: Path, count: int, requests: int) -> None:
    with github_server() as server:
        server.unlisted = 0
        server.repositories = [index_entry(n) for n in range(1, count + 1)]
        found = fetch(server, tmp_path)
    assert len(server.asked) == found.requests == requests
    assert server.points <= (5 if count <= 30 else 7)
    assert len(found.repositories) == min(count, 240)
    assert found.repository_count == count
    assert any("older repositories" in note for note in found.notes) == (count > 240)


def test_a_later_page_that_fails_leaves_the_first(tmp_path: Path) -> None:
    with github_server() as server:
        server.repositories = [index_entry(n) for n in range(1, 100)]
        server.fault_after = ("Profile", 1, (502, {}, b""))
        found = fetch(server, tmp_path)
    assert len(found.repositories) == 60
    assert any("rest of the list" in note for note in found.notes)


def test_what_a_candidate_wrote_travels_in_variables_only(tmp_path: Path) -> None:
    with github_server() as server:
        server.repositories[0]["nameWithOwner"] = f'{LOGIN}/"}} evil'
        fetch(server, tmp_path)
        documents = [a[2]["query"] for a in server.asked]
    assert documents[0] == query("profile")
    assert all("evil" not in d and LOGIN not in d for d in documents)


@pytest.mark.parametrize(
    ("left", "rung", "core", "deep"),
    [(50, "rest-10", 8, 3), (9, "rest-10", 8, 3), (8, "rest-6", 6, 2), (5, "rest-6", 6, 2), (4, "rest-2", 2, 0), (1, "rest-2", 2, 0), (0, "rest-1", 1, 0)],
)  # fmt: skip
def test_without_a_token_the_ladder_stays_inside_the_limit(
    tmp_path: Path, left: int, rung: str, core: int, deep: int
) -> None:
    """The server owns three repositories, so that the last rung needs eight of its ten requests."""
    with github_server() as server:
        server.remaining = left
        found = fetch(server, tmp_path, token=None)
    paths = [path for _, path, _ in server.asked]
    assert len([path for path in paths if not path.startswith("/search")]) == core
    assert len([path for path in paths if path.startswith("/search")]) == int(rung != "rest-1")
    assert found.rung == rung
    assert set(server.tokens) == {None}
    assert isinstance(found.repositories[0].releases, Unknown)
    assert len([r for r in found.repositories if isinstance(r.authorship, Authorship)]) == deep
    assert any("left no room" in note for note in found.notes) == (rung != "rest-10")
    if rung == "rest-1":
        assert found.merged_elsewhere == Unknown(reason="the anonymous limit left no room")


def test_a_failing_deeper_rung_leaves_the_list(tmp_path: Path) -> None:
    with github_server() as server:
        server.fault_for["/search/issues"] = (403, {"x-ratelimit-remaining": "0"}, b"{}")
        found = fetch(server, tmp_path, token=None)
    assert found.rung == "rest-2"
    assert isinstance(found.merged_elsewhere, Unknown)
    assert len(found.repositories) == 3


def test_an_organisation_is_no_candidate(tmp_path: Path) -> None:
    with github_server() as server:
        server.fault_for[f"/users/{LOGIN}"] = (
            200,
            {},
            json.dumps({"type": "Organization"}).encode(),
        )
        with pytest.raises(GitHubError, match="organisation"):
            fetch(server, tmp_path, token=None)


RESET = str(int(time.time()) + 3000)
FATAL: dict[str, tuple[Reply, str]] = {
    "bad token": ((401, {}, b"{}"), "refused the token"),
    "primary limit": ((403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": RESET}, b"{}"), "rate limited until"),
    "limit without reset": ((429, {"x-ratelimit-remaining": "0"}, b"{}"), "rate limited"),
    "long wait asked": ((429, {"retry-after": "4000"}, b"{}"), "asks to wait 4000 seconds"),
    "forbidden": ((403, {}, b"org policy"), "forbids"),
    "gone": ((410, {}, b"{}"), "gone"),
    "odd status": ((418, {}, b"{}"), "418"),
    "limit inside a reply": ((200, {}, json.dumps({"errors": [{"type": "RATE_LIMITED"}]}).encode()), "rate limited"),
    "no reply object": ((200, {}, b"[]"), "not a GraphQL reply"),
    "no user": ((200, {}, b'{"data": {"user": null}}'), "no such user"),
    "resource limits": ((200, {}, json.dumps({"data": None, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED"}]}).encode()), "RESOURCE_LIMITS"),
    "other host": ((301, {"location": "https://evil.example/graphql"}, b""), "another host"),
    "huge reply": ((200, {"content-encoding": "gzip"}, gzip.compress(bytes(9 * 1024 * 1024))), "too large"),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "reason"), FATAL.values(), ids=FATAL.keys())
def test_a_fault_is_a_reason_at_once(tmp_path: Path, fault: Reply, reason: str) -> None:
    with github_server() as server:
        server.faults = [fault]
        with pytest.raises(GitHubError, match=reason) as caught:
            fetch(server, tmp_path)
    assert len(server.asked) == 1
    assert "t0ken" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


PASSING: dict[str, Reply] = {
    "bad gateway": (502, {}, b"<html>"),
    "still computing": (202, {}, b"{}"),
    "not json": (200, {}, b"<html>"),
    "damaged gzip": (200, {"content-encoding": "gzip"}, b"no gzip at all"),
    "secondary limit": (403, {}, b"You have exceeded a secondary rate limit"),
    "short wait asked": (429, {"retry-after": "1"}, b"{}"),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_passing_fault_is_tried_again(tmp_path: Path, fault: Reply) -> None:
    with github_server() as server:
        server.faults = [fault]
        found = fetch(server, tmp_path)
    assert found.profile.login == LOGIN
    assert len(server.asked) == 6


@pytest.mark.parametrize("fault", [PASSING["bad gateway"], PASSING["not json"]])
def test_patience_ends(tmp_path: Path, fault: Reply) -> None:
    with github_server() as server:
        server.faults = [fault] * 50
        with pytest.raises(GitHubError):
            fetch(server, tmp_path)
    # By GraphQL, and by REST after it.
    assert len(server.asked) <= 2 * HASTY.attempts


def test_the_total_wait_is_bounded(tmp_path: Path) -> None:
    waits: list[float] = []

    async def remember(seconds: float) -> None:
        waits.append(seconds)

    with github_server() as server:
        server.faults = [(429, {"retry-after": "4"}, b"{}")] * 20
        with pytest.raises(GitHubError):
            fetch(server, tmp_path, retries=RetryPolicy(attempts=20, total_wait=10, sleep=remember))
    assert sum(waits) <= 10


def test_requests_are_spaced_after_a_burst() -> None:
    now, waits = [0.0], []

    async def pass_time(seconds: float) -> None:
        waits.append(round(seconds, 6))
        now[0] += seconds

    pace = RateLimiter(seconds=1.0, burst=3, clock=lambda: now[0], sleep=pass_time)

    async def run() -> None:
        for _ in range(6):
            await pace.acquire()
        now[0] += 100
        for _ in range(3):
            await pace.acquire()

    asyncio.run(run())
    assert waits == [1.0, 1.0, 1.0]


def test_nobody_there_is_a_reason(tmp_path: Path) -> None:
    server = GitHubServer()
    server.url = "http://127.0.0.1:9"
    with pytest.raises(GitHubError, match="cannot be reached"):
        fetch(server, tmp_path)


def test_a_part_that_fails_is_unknown_and_the_rest_stays(tmp_path: Path) -> None:
    with github_server() as server:
        server.fault_for = {
            "ExternalPullRequests": (200, {}, b'{"data": null, "errors": [{"type": "X"}]}'),
            "Repos": (502, {}, b""),
            "Files": (502, {}, b""),
        }
        found = fetch(server, tmp_path)
    assert isinstance(found.merged_elsewhere, Unknown)
    assert isinstance(found.repositories[0].paths, Unknown)
    assert len(found.repositories) == 3
    assert len(found.notes) == 5


def test_a_limit_in_the_middle_stops_asking(tmp_path: Path) -> None:
    with github_server() as server:
        limited = (403, {"x-ratelimit-remaining": "0"}, b"{}")
        server.fault_for = {"Repos": limited, "ExternalPullRequests": limited}
        found = fetch(server, tmp_path)
    assert len([a for a in server.asked if "Repos(" in a[2]["query"]]) == 1
    assert any("not read in depth" in note for note in found.notes)


@pytest.mark.parametrize(
    "fault", [(502, {}, b""), (200, {}, b'{"data": {"user": null}, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED"}]}')]
)  # fmt: skip
def test_contributions_may_be_refused(tmp_path: Path, fault: Reply) -> None:
    with github_server() as server:
        server.fault_for = {"ContributedTo": fault}
        found = fetch(server, tmp_path)
    assert isinstance(found.contributed_to, Unknown)
    assert any("contributes to are unknown" in note for note in found.notes)
    assert isinstance(found.repositories[0].authorship, Authorship)


def test_file_contents_may_fail_alone(tmp_path: Path) -> None:
    with github_server() as server:
        server.fault_for = {"Files": (401, {}, b"{}")}
        found = fetch(server, tmp_path)
    assert all(r.files == () for r in found.repositories)
    assert any(n.startswith("File contents are unknown") for n in found.notes)


def test_redirects_stay_on_the_host_and_end(tmp_path: Path) -> None:
    with github_server() as server:
        server.faults = [(307, {"location": "/graphql"}, b"")]
        assert fetch(server, tmp_path).profile.login == LOGIN
    with github_server() as server:
        server.faults = [(307, {"location": "/graphql"}, b"")] * 9
        with pytest.raises(GitHubError, match="too often"):
            fetch(server, tmp_path / "b")


def test_moved_repositories_are_followed_on_the_host(tmp_path: Path) -> None:
    with github_server() as server:
        server.repositories = [
            {**index_entry(1), "nameWithOwner": f"{MOVED}/tool-1"},
            index_entry(2),
        ]
        found = fetch(server, tmp_path, token=None)
    moved = found.repositories[0]
    assert moved.full_name == f"{MOVED}/tool-1"
    assert isinstance(moved.authorship, Authorship)
    assert [path for _, path, _ in server.asked if f"/{MOVED}/" in path]


@pytest.mark.parametrize("login", ["../etc", "a b", "orgs", "", "x" * 60, 'a"b'])
def test_names_that_are_no_accounts_are_never_asked(tmp_path: Path, login: str) -> None:
    with github_server() as server, pytest.raises(GitHubError, match="not a GitHub account"):
        fetch(server, tmp_path, login=login)
    assert server.asked == []


def test_a_fresh_snapshot_is_not_fetched_again(tmp_path: Path) -> None:
    with github_server() as server:
        first = fetch(server, tmp_path)
        again = fetch(server, tmp_path, login=LOGIN.upper())
    assert len(server.asked) == 5
    assert again.repositories == first.repositories
    assert [p.name for p in tmp_path.iterdir()] == ["4711.json"]
    assert "t0ken" not in (tmp_path / "4711.json").read_text()


def test_age_and_version_end_a_snapshot(tmp_path: Path) -> None:
    with github_server() as server:
        fetch(server, tmp_path)
    kept = SnapshotStore(tmp_path).load(LOGIN)
    assert kept is not None
    assert SnapshotStore(tmp_path).is_fresh(kept)
    assert not SnapshotStore(tmp_path, max_age=timedelta(0)).is_fresh(kept)
    assert not SnapshotStore(tmp_path).is_fresh(kept.model_copy(update={"query_version": "0"}))


def test_offline_reads_snapshots_only(tmp_path: Path) -> None:
    async def run() -> Any:
        return await portfolio_of(LOGIN, snapshots=SnapshotStore(tmp_path), client=None)

    with pytest.raises(GitHubError, match="offline"):
        asyncio.run(run())
    (tmp_path / "7.json").write_text("{}")
    with pytest.raises(GitHubError, match="cannot be read"):
        asyncio.run(run())


def test_a_saved_snapshot_is_found_by_the_same_store(tmp_path: Path) -> None:
    with github_server() as server:
        found = fetch(server, tmp_path / "a")
    store = SnapshotStore(tmp_path / "b")
    assert store.load(LOGIN) is None
    store.save(found)
    assert store.load(LOGIN) is not None


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with github_server() as server:
        found = fetch(server, tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="--snapshots"):
        SnapshotStore(tmp_path / "file" / "below").save(found)


def test_text_hygiene() -> None:
    assert clean("a\u202eb\u200bc\x1b[31m\n d", 50) == "abc[31m d"
    assert clean("a\r\nb\tc", 50, lines=True) == "a\nb\tc"
    assert clean("abcdef", 3) == "abc"
    assert as_date("nonsense") is None
