"""Every error has its status, a browser is who it says, keys and callers are bounded."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.responses import Response

from evaluator import (
    ContextOverflow,
    DocumentError,
    EndpointRejected,
    EvaluatorError,
    GitHubError,
    InternalError,
    ModelError,
    StorageError,
    Unreadable,
    UsageError,
)
from evaluator.batch.store import RunStore
from evaluator.review.decision_book import DecisionBook
from evaluator.review.decision_entries import Choice
from evaluator.rubric import load_rubric
from evaluator.service.api import guarding
from evaluator.service.api.guarding import Keys, Pace
from evaluator.service.api.problems import Refused, told
from evaluator.service.configuration import ServiceSettings
from evaluator.service.runs import Runs
from evaluator.service.visible_decisions import decisions_of

from ..servers.service import csrf_of, served, visitor

CANDIDATES = "api/v1/runs/autumn/candidates"
YES = {"kind": "decided", "choice": "yes", "by": "somebody else"}


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (DocumentError(Unreadable.ENCRYPTED, "It is encrypted."), 422, "unreadable-document"),
        (UsageError("There is no such role."), 422, "invalid-request"),
        (StorageError("Another process is working on it."), 503, "busy"),
        (StorageError("The disk is full."), 503, "storage"),
        (ContextOverflow("Too long for the model."), 502, "model"),
        (ModelError("No sense."), 502, "model"),
        (EndpointRejected("No key."), 503, "model-refused"),
        (GitHubError("rate limited"), 503, "model-refused"),
        (InternalError("A promise is broken."), 500, None),
    ],
)  # fmt: skip
def test_every_error_of_the_library_has_its_status(
    error: EvaluatorError, status: int, kind: str | None
) -> None:
    found, headers = told(error)
    assert (found.status, found.detail) == (status, error.message)
    assert found.type == (f"urn:evaluator:problem:{kind}" if kind else "about:blank")
    assert ("retry-after" in headers) == (status == 503)


@pytest.fixture(scope="module")
def target(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceSettings]:
    copy = tmp_path_factory.mktemp("guarding") / "runs"
    shutil.copytree(runs, copy)
    with served(copy) as settings:
        yield settings


def test_a_browser_decides_in_its_own_name_and_sees_with_its_own_eyes(
    target: ServiceSettings,
) -> None:
    with visitor(target) as client:
        csrf = {"x-csrf-token": csrf_of(client.get("/").text)}
        id_ = client.get(CANDIDATES).json()["items"][0]["id"]
        place = f"{CANDIDATES}/{id_}/decisions"
        answer = client.post(place, json=YES, headers=csrf)
        assert answer.status_code == 409
        assert answer.json()["hint"] == "Enter the reviewer’s name first."


def test_lists_of_a_browser_show_its_own_decisions_and_nobody_elses(
    runs: Path, tmp_path: Path
) -> None:
    shutil.copytree(runs / "autumn", tmp_path / "autumn")
    run = Runs(tmp_path).run("autumn")
    first, second = [row.id for row in run.pool().done][:2]
    with run.store() as store:
        book = DecisionBook(run.folder, store, load_rubric())
        book.decide(first, Choice.YES, by="Ana")
        book.decide(first, Choice.MAYBE, by="Ana")
        book.decide(second, Choice.YES, by="Ben")
    assert decisions_of(run, "Ana") == {first: "maybe"}
    assert decisions_of(run, "") == {}
    with RunStore(run.folder):
        assert decisions_of(run, "Ana") == {}
    (run.folder / "run.sqlite").write_bytes(b"none of ours, and long enough to be looked at" * 9)
    with pytest.raises(StorageError):
        decisions_of(run, "Ana")


def test_programs_are_not_asked_by_a_browser_that_reviews_blind() -> None:
    from starlette.requests import Request

    from evaluator.service.access import Session
    from evaluator.service.api.routes import _refuse_blind

    session = Session("id", "csrf", 1.0, is_blind=True)
    request = Request({"type": "http", "state": {"session": session}, "headers": []})
    with pytest.raises(Refused) as caught:
        _refuse_blind(request)
    assert caught.value.problem.status == 403


def test_a_failure_is_not_kept_and_an_answer_is_for_an_hour() -> None:
    at = [0.0]
    keys = Keys(clock=lambda: at[0])
    statuses = iter([503, 200, 201])

    async def make() -> Response:
        return Response(b"made", next(statuses))

    async def ask() -> int:
        return (await keys.once("key", "request", make)).status_code

    async def use() -> list[int]:
        found = [await ask(), await ask(), await ask()]
        at[0] = 3601.0
        return [*found, await ask()]

    assert asyncio.run(use()) == [503, 200, 200, 201]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_MOST_KEYS", 2)
    monkeypatch.setattr(guarding, "_MOST_CALLERS", 2)
    keys, pace = Keys(), Pace(per_minute=60, burst=1)

    async def make() -> Response:
        return Response(b"made", 200)

    async def use() -> None:
        for key in "abc":
            await keys.once(key, "request", make)

    asyncio.run(use())
    assert list(keys._kept) == ["b", "c"]
    for caller in "abc":
        pace.take(caller)
    assert list(pace._left) == ["b", "c"]


def test_a_broken_promise_is_told_as_a_problem(
    target: ServiceSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("evaluator.service.api.run_operations.RunItem.of", break_)
    with visitor(target) as client:
        answer = client.get("api/v1/runs/autumn")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")


def test_health_is_asked_without_looking_at_runs(target: ServiceSettings) -> None:
    assert httpx.get(f"{target.address}health", trust_env=False).json()["status"] == "ok"
