"""An MCP client over standard input and output, as in use: every tool, what each may touch, and mistakes in one line."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
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


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("extract", {"path": "../secret.txt"}, "There is no file"),
        ("extract", {"path": "leads-out.txt"}, "There is no file"),
        ("extract", {"path": "/etc/hostname"}, "There is no file"),
        ("evaluate", {"path": "jonas-beck.md", "role": "/etc/hostname"}, "There is no role"),
        ("evaluate", {"path": "jonas-beck.md", "role": "{}"}, "Field required"),
        ("search", {"run": "winter"}, "There is no such run"),
        ("explain", {"run": "autumn", "id": "nobody"}, "There is no such run or candidate"),
        ("compare", {"run": "autumn", "ids": ["one"]}, "at least 2"),
        ("search", {"run": "autumn", "limit": 1000}, "less than or equal to 50"),
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
