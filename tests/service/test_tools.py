"""An MCP client over standard input and output, as in use: every tool, what each may touch, and mistakes in one line."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters

from evaluator import CandidateReport, Settings, evaluate, service
from evaluator.batch.store import RunStore
from evaluator.cli import run as command
from evaluator.service.tools import Library, mcp_server

from ..conftest import RESUMES, ROOT

TOOLS = ["compare", "evaluate", "explain", "extract", "requirements", "runs", "search"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(RESUMES / "jonas-beck.md", folder)
    (tmp_path / "secret.txt").write_text("not for models")
    (folder / "leads-out.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def _ids(runs: Path) -> list[str]:
    with RunStore(runs / "autumn") as store:
        return [item.id for item in store.items() if item.state == "done"]


async def _asked(client: Client, tool: str, **arguments: Any) -> Any:
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    return answer.structured_content


def test_a_client_over_standard_streams_reads_searches_and_compares(
    runs: Path, files: Path
) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "evaluator", "mcp", str(runs), "--files", str(files), "--reader", "rules", "--offline"],
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    settings = Settings(reader="rules", offline=True)
    expected = evaluate(files / "jonas-beck.md", github="none", settings=settings)

    async def use() -> None:
        async with Client(started) as client:
            tools = (await client.list_tools()).tools
            assert sorted(tool.name for tool in tools) == TOOLS
            for tool in tools:
                assert tool.description
                assert tool.annotations
                assert tool.annotations.read_only_hint
            assert [run["name"] for run in (await _asked(client, "runs"))["runs"]] == ["autumn"]
            extracted = await _asked(client, "extract", path="jonas-beck.md")
            assert any("Jonas" in line["text"] for line in extracted["lines"])
            report = await _asked(client, "evaluate", path="jonas-beck.md", github="none")
            assert CandidateReport.model_validate(report) == expected
            found = await _asked(client, "search", run="autumn", question="models", limit=2)
            assert 1 <= len(found["candidates"]) <= 2

    asyncio.run(use())


def test_candidates_of_a_run_are_explained_by_what_counted(runs: Path, files: Path) -> None:
    ids = _ids(runs)
    library = Library(runs, (files,), Settings(reader="rules", offline=True))

    async def use() -> None:
        async with Client(mcp_server(library)) as client:
            everybody = await _asked(client, "search", run="autumn", limit=50)
            assert sorted(c["id"] for c in everybody["candidates"]) == sorted(ids)
            one = everybody["candidates"][0]
            same = await _asked(client, "search", run="autumn", track=one["track"])
            assert all(c["track"] == one["track"] for c in same["candidates"])
            compared = await _asked(client, "compare", run="autumn", ids=ids[:3])
            assert [c["id"] for c in compared["candidates"]] == ids[:3]
            assert all(len(levels) == 3 for levels in compared["levels"].values())
            path = runs / "autumn" / "reports" / f"{ids[0]}.json"
            report = CandidateReport.model_validate_json(path.read_text(encoding="utf-8"))
            told = await client.call_tool("explain", {"run": "autumn", "id": ids[0]})
            text = " ".join(str(told.structured_content).split())
            assert " ".join(report.evidence[0].quote.split()[:5]) in text
            asked = await _asked(client, "requirements", run="autumn", id=ids[0])
            assert [r["id"] for r in asked["requirements"]] == [r.id for r in report.requirements]
            words = " ".join(report.evidence[0].quote.split()[:5])
            (hit, *_) = (await _asked(client, "search", run="autumn", question=words))["candidates"]
            assert (hit["id"], hit["evidence"]) == (ids[0], report.evidence[0].id)
            role = {"name": "own", "title": "Own", "needs": {"data": 2}}
            seen = await _asked(client, "evaluate", path="jonas-beck.md", role=role)
            assert seen["role_fit"]["role"] == "own"

    asyncio.run(use())


def _called(*calls: tuple[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [("tools/call", {"name": name, "arguments": given}) for name, given in calls]


INSPECTOR = {
    "protocolVersion": "2025-06-18",
    "capabilities": {"sampling": {}, "elicitation": {}, "roots": {"listChanged": True}},
    "clientInfo": {"name": "inspector-client", "version": "0.17.2"},
}


def test_what_an_inspector_sends_is_answered_line_by_line(runs: Path, files: Path) -> None:
    """Every call of its panes, as its client writes them, and lines that no client should send."""
    first, second = _ids(runs)[:2]
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("nothing", {}), ("search", {"run": 3}), ("search", {}), ("compare", {"run": "autumn", "ids": "a"}),
        ("extract", {"path": "absent.pdf"}), ("explain", {"run": "winter", "id": first}),
    ]  # fmt: skip
    right: list[tuple[str, dict[str, Any]]] = [
        ("runs", {}), ("search", {"run": "autumn", "question": "models"}), ("compare", {"run": "autumn", "ids": [first, second]}),
        ("explain", {"run": "autumn", "id": first}), ("requirements", {"run": "autumn", "id": first}),
        ("extract", {"path": "jonas-beck.md"}), ("evaluate", {"path": "jonas-beck.md", "github": "none", "role": "dual"}),
    ]  # fmt: skip
    asked: list[tuple[str, dict[str, Any]]] = [
        ("initialize", INSPECTOR), ("ping", {}), ("tools/list", {"_meta": {"progressToken": 1}}),
        ("resources/list", {}), ("resources/templates/list", {}), ("prompts/list", {}),
        ("prompts/get", {"name": "none"}), ("resources/read", {"uri": "file:///etc/hostname"}), ("nothing/there", {}),
        ("tools/call", {"arguments": {}}), ("tools/call", {"name": "runs", "arguments": []}),
        *_called(*wrong), *_called(*right), ("ping", {}),
    ]  # fmt: skip
    lines = [json.dumps({"jsonrpc": "2.0", "id": n, "method": m, "params": p}) for n, (m, p) in enumerate(asked)]  # fmt: skip
    lines[1:1] = ['{"jsonrpc": "2.0", "method": "notifications/initialized"}']
    lines[-1:-1] = ["{not json", '[{"jsonrpc": "2.0", "id": 99, "method": "ping"}]', '{"jsonrpc": "2.0", "method": "notifications/roots/list_changed"}']  # fmt: skip
    answers = asyncio.run(_spoken(runs, files, lines, len(asked)))
    assert answers.keys() == set(range(len(asked)))
    hello = answers[0]["result"]
    assert (hello["protocolVersion"], hello["serverInfo"]["name"]) == ("2025-06-18", "evaluator")
    assert answers[1]["result"] == answers[len(asked) - 1]["result"] == {}
    tools = {tool["name"]: tool for tool in answers[2]["result"]["tools"]}
    assert sorted(tools) == TOOLS
    assert all(tool["inputSchema"]["additionalProperties"] is False for tool in tools.values())
    assert [next(iter(answers[n]["result"].values())) for n in (3, 4, 5)] == [[], [], []]
    assert all(answers[n]["error"]["message"] for n in range(6, 11))
    called = [answers[n]["result"] for n in range(11, len(asked) - 1)]
    for answer in called[: len(wrong)]:
        assert answer["isError"]
        assert answer["content"][0]["text"]
    for (name, _), answer in zip(right, called[len(wrong) :], strict=True):
        assert not answer["isError"]
        Draft202012Validator(tools[name]["outputSchema"]).validate(answer["structuredContent"])


async def _spoken(runs: Path, files: Path, lines: list[str], count: int) -> dict[int, Any]:
    """What a server says to lines, the first of which is answered before the others are sent, by the number of the request."""
    command = [sys.executable, "-m", "evaluator", "mcp", str(runs), "--files", str(files), "--reader", "rules", "--offline"]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, limit=2**24
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    found: dict[int, Any] = {}
    process.stdin.write(f"{lines[0]}\n".encode())
    while len(found) < count:
        answer = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
        if "id" in answer:
            found[answer["id"]] = answer
        if len(found) == 1:
            process.stdin.write("".join(f"{line}\n" for line in lines[1:]).encode())
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 20) == 0
    return found


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("extract", {"path": "../secret.txt"}, "There is no file"),
        ("extract", {"path": "leads-out.txt"}, "There is no file"),
        ("extract", {"path": "/etc/hostname"}, "There is no file"),
        ("evaluate", {"path": "jonas-beck.md", "role": "/etc/hostname"}, "There is no role"),
        (
            "evaluate",
            {"path": "jonas-beck.md", "role": "{}"},
            "role: it should be a valid string; role.name: it is missing",
        ),
        ("search", {"run": "winter"}, "There is no such run"),
        ("explain", {"run": "autumn", "id": "nobody"}, "There is no such run or candidate"),
        ("compare", {"run": "autumn", "ids": ["one"]}, "ids: it should have at least 2 items."),
        (
            "search",
            {"run": "autumn", "limit": 1000},
            "limit: it should be less than or equal to 50",
        ),
        ("search", {}, "run: it is missing. “search” takes run, question, track, limit."),
        ("search", {"run": "autumn", "tracks": "ml"}, "tracks: there is no such field"),
        ("runs", {"page": 2}, "page: there is no such field. “runs” takes no arguments."),
    ],
)
def test_mistakes_are_told_in_words_and_no_file_elsewhere_is_read(
    runs: Path, files: Path, tool: str, arguments: dict[str, Any], told: str
) -> None:
    library = Library(runs, (files,), Settings(reader="rules", offline=True))

    async def use() -> None:
        async with Client(mcp_server(library)) as client:
            answer = await client.call_tool(tool, arguments)
            assert answer.is_error
            assert told in str(answer.content)
            assert "validation error" not in str(answer.content)
            assert "not for models" not in str(answer.content)

    asyncio.run(use())


def test_another_rubric_explains_nothing(runs: Path, tmp_path: Path) -> None:
    text = (ROOT / "prompts" / "rubrics" / "default.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(f"{text}\n# mine\n", encoding="utf-8")
    library = Library(runs, (tmp_path,), Settings(reader="rules", offline=True, rubric=own))

    async def use() -> None:
        async with Client(mcp_server(library)) as client:
            answer = await client.call_tool("explain", {"run": "autumn", "id": _ids(runs)[0]})
            assert "was judged by the rubric" in str(answer.content)

    asyncio.run(use())


def test_without_the_extra_it_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    monkeypatch.setattr(service, "tools", service.tools)  # is put back with the module
    monkeypatch.delitem(sys.modules, "evaluator.service.tools", raising=False)
    assert command(["mcp", str(tmp_path)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert told[-1].startswith("evaluator: MCP needs mcp")
    assert "pip install 'resume-evaluator[mcp]'" in told[-1]
