"""A second reviewer learns what the first said of a candidate after deciding, on every way that leads out of a run."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client
from starlette.routing import Route

from evaluator import Settings
from evaluator.service.api.listing import OPERATIONS
from evaluator.service.configuration import ServiceSettings
from evaluator.service.pages import page_routes
from evaluator.service.tools import Library, mcp_server

from ..servers.service import TOKEN, csrf_of, served, stranger, visitor

RUN = "api/v1/runs/autumn"
_QUERIES = {"search": {"q": "models"}, "compare": {}}
_OF_ALL = {"verify_decisions", "list_runs", "get_run", "get_metrics"}
"""Tell how much was written in all, and of nobody."""
SECRETS = ("Quilla", "zebrawood", "ostrich", "split")


@pytest.fixture
def target(runs: Path, tmp_path: Path) -> Iterator[ServiceSettings]:
    shutil.copytree(runs, tmp_path / "runs")
    with served(tmp_path / "runs") as settings:
        yield settings


@pytest.fixture
def program(target: ServiceSettings) -> Iterator[httpx.Client]:
    with stranger(target, headers={"authorization": f"Bearer {TOKEN}"}) as client:
        yield client


def _ways(id_: str, other: str) -> list[str]:
    """Every address that a browser can read of a run: pages, files, the API."""
    pages = [r.path for r in page_routes() if isinstance(r, Route) and "GET" in (r.methods or ())]
    programs = [o.path for o in OPERATIONS if o.method == "GET" and o.name not in _OF_ALL]
    found = []
    for path in (*pages, *programs):
        if "{opening}" in path or "{name}" in path or "{job}" in path or path == "/health":
            continue
        query = {"search": "?q=models", "compare": f"?id={id_}&id={other}"}.get(path.rpartition("/")[2], "")  # fmt: skip
        found.append(path.replace("{run}", "autumn").replace("{id}", id_) + query)
    return [*found, "/runs/autumn?decision=no", "/runs/autumn?sort=ml", f"/{RUN}/candidates?decision=no", f"/{RUN}/decisions?reviewer=Quilla"]  # fmt: skip


def _read(client: httpx.Client, ways: list[str]) -> dict[str, tuple[int, bytes]]:
    found = {way: client.get(way) for way in ways}
    return {way: (answer.status_code, answer.content) for way, answer in found.items()}


def _enter(program: httpx.Client, id_: str, by: str) -> None:
    place = f"{RUN}/candidates/{id_}/decisions"
    for said in (
        {"kind": "objected", "evidence": "e1", "objection": "struck", "reason": "zebrawood"},
        {"kind": "overridden", "track": "unrelated", "reason": "zebrawood"},
        {"kind": "decided", "choice": "no", "reason": "zebrawood", "note": "ostrich"},
    ):
        assert program.post(place, json={**said, "by": by}).status_code == 201


def test_what_somebody_else_said_changes_no_answer_until_the_own_decision_stands(
    target: ServiceSettings, program: httpx.Client
) -> None:
    items = program.get(f"{RUN}/candidates", params={"status": "done"}).json()["items"]
    id_, other = items[0]["id"], items[1]["id"]
    with visitor(target) as ben, visitor(target) as nobody:
        csrf = csrf_of(ben.get("/").text)
        place = f"runs/autumn/candidates/{id_}"
        ben.post(place, data={"csrf": csrf, "do": "name", "name": "Ben"})
        ways = _ways(id_, other)
        before = _read(ben, ways)
        strange = _read(nobody, ways)
        assert {status for status, _ in before.values()} == {200}
        _enter(program, id_, "Quilla")
        assert _read(ben, ways) == before
        assert _read(nobody, ways) == strange
        for _, content in before.values():
            assert not [word for word in SECRETS[:3] if word.encode() in content]
        ben.post(place, data={"csrf": csrf, "do": "decide", "choice": "yes"})
        after = _read(ben, ways)
        (row,) = (r for r in _table(after[f"/{RUN}/export/candidates.csv"][1]) if r["id"] == id_)
        assert row["decision"] == "split"
        assert {r["by"] for r in _table(after[f"/{RUN}/export/decisions.csv"][1])} == {"Ben", "Quilla"}  # fmt: skip
        assert b"zebrawood" in after[f"/runs/autumn/candidates/{id_}"][1]


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_a_program_says_whose_eyes_an_export_is_for(program: httpx.Client) -> None:
    (first, second) = (i["id"] for i in program.get(f"{RUN}/candidates", params={"status": "done", "limit": 2}).json()["items"])  # fmt: skip
    _enter(program, first, "Quilla")
    _enter(program, second, "Ben")
    told = {}
    for by in ("Ben", "Quilla", "Nobody", None):
        asked = {"reviewer": by} if by else {}
        entries = _table(program.get(f"{RUN}/export/decisions.csv", params=asked).content)
        rows = _table(program.get(f"{RUN}/export/candidates.csv", params=asked).content)
        told[by] = {r["by"] for r in entries}, {r["id"] for r in rows if r["decision"]}
    assert told == {
        "Ben": ({"Ben"}, {second}),
        "Quilla": ({"Quilla"}, {first}),
        "Nobody": (set(), set()),
        None: ({"Ben", "Quilla"}, {first, second}),
    }


def test_a_key_of_another_reviewer_gives_nobody_their_answer(
    target: ServiceSettings, program: httpx.Client
) -> None:
    id_ = program.get(f"{RUN}/candidates").json()["items"][0]["id"]
    said = {"kind": "decided", "choice": "yes", "by": "as the browser says"}
    answers = []
    for name in ("Quilla", "Ben", "Ben"):
        with visitor(target) as client:
            csrf = csrf_of(client.get("/").text)
            client.post(f"runs/autumn/candidates/{id_}", data={"csrf": csrf, "do": "name", "name": name})  # fmt: skip
            headers = {"x-csrf-token": csrf, "idempotency-key": "the-same-for-all"}
            answers.append(client.post(f"{RUN}/candidates/{id_}/decisions", json=said, headers=headers).json())  # fmt: skip
    assert [answer["entry"]["said"]["by"] for answer in answers] == ["Quilla", "Ben", "Ben"]
    assert answers[1]["hash"] == answers[2]["hash"] != answers[0]["hash"]


def test_tools_of_models_tell_nothing_that_reviewers_said(
    target: ServiceSettings, program: httpx.Client
) -> None:
    library = Library(target.runs, (), Settings(reader="rules", offline=True))
    (first, second) = (i["id"] for i in program.get(f"{RUN}/candidates", params={"status": "done", "limit": 2}).json()["items"])  # fmt: skip

    async def told() -> str:
        found: list[Any] = []
        async with Client(mcp_server(library)) as client:
            for tool, arguments in (
                ("runs", {}), ("search", {"run": "autumn"}), ("search", {"run": "autumn", "question": "models"}),
                ("compare", {"run": "autumn", "ids": [first, second]}),
                ("explain", {"run": "autumn", "id": first}), ("requirements", {"run": "autumn", "id": first}),
            ):  # fmt: skip
                answer = await client.call_tool(tool, arguments)
                assert not answer.is_error
                found.append(answer.structured_content)
        return json.dumps(found)

    before = asyncio.run(told())
    _enter(program, first, "Quilla")
    assert asyncio.run(told()) == before
