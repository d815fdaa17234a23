"""Requests and results by file: what batch would have asked is asked elsewhere, and found again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from evaluator.batch import batch_api
from evaluator.batch.batch_api import import_results
from evaluator.cli import run
from evaluator.readers.replies import ReplyStore

from ..conftest import PORTFOLIOS, RESUMES
from ..servers.model import completion, model_server
from ..servers.readings import exact, reply_of

FILES = [str(RESUMES / name) for name in ("jonas-beck.md", "elif-aksoy.md", "mira-holloway.pdf")]


def options(url: str) -> list[str]:
    return ["--model", "gpt-6-luna", "--base-url", url, "--snapshots", str(PORTFOLIOS), "--samples", "2", "--github", "none"]  # fmt: skip


def answered(line: str) -> str:
    """A result line as a provider writes it."""
    request = json.loads(line)
    _, _, content = completion(reply_of(exact(request["body"])))
    response = {"status_code": 200, "request_id": "r", "body": json.loads(content)}
    return json.dumps({"id": "b", "custom_id": request["custom_id"], "response": response, "error": None})  # fmt: skip


def test_a_night_of_half_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "http://127.0.0.1:9/v1"
    requests, results = tmp_path / "requests.jsonl", tmp_path / "results.jsonl"
    assert run(["export-requests", *FILES, "-o", str(requests), *options(url)]) == 0
    lines = requests.read_text("utf-8").splitlines()
    assert len(lines) == 6  # two samples each
    assert "6 requests" in capsys.readouterr().err
    for line in lines:
        value = json.loads(line)
        assert (value["method"], value["url"]) == ("POST", "/v1/chat/completions")
        assert value["body"]["model"] == "gpt-6-luna"
        assert len(value["custom_id"]) == 64
    results.write_text("\n".join(map(answered, reversed(lines))) + "\n", "utf-8")
    assert run(["import-results", str(results)]) == 0
    assert "6 replies kept" in capsys.readouterr().err
    out = tmp_path / "run"
    # Nobody listens at the address: every reply is found.
    assert run(["batch", *FILES, "--out", str(out), "--reader", "model", *options(url)]) == 0
    (report,) = (
        json.loads(path.read_text("utf-8"))
        for path in (out / "reports").glob("*.json")
        if json.loads(path.read_text("utf-8"))["document"]["name"] == "jonas-beck.md"
    )
    provenance = report["provenance"]
    full = 2 * (100 * 0.10 + 900 * 0.01 + 100 * 0.50) / 1e6
    assert provenance["cost_usd"] == pytest.approx(full / 2)
    assert run(["export-requests", *FILES, "-o", str(tmp_path / "again.jsonl"), *options(url)]) == 0
    assert "0 requests in no file" in capsys.readouterr().err


def test_the_same_report_as_by_asking(tmp_path: Path) -> None:
    def told(out: Path) -> dict[str, Any]:
        (path,) = (out / "reports").glob("*.json")
        value: dict[str, Any] = json.loads(path.read_text("utf-8"))
        value["provenance"].pop("cost_usd")
        return value

    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        asked = ["batch", FILES[0], "--out", str(tmp_path / "a"), "--reader", "model", *options(server.url)]  # fmt: skip
        assert run(asked) == 0
        os.environ["EVALUATOR_CACHE_DIR"] = str(tmp_path / "other")
        requests, results = tmp_path / "q.jsonl", tmp_path / "r.jsonl"
        assert run(["export-requests", FILES[0], "-o", str(requests), *options(server.url)]) == 0
        results.write_text("\n".join(map(answered, requests.read_text("utf-8").splitlines())))
        assert run(["import-results", str(results)]) == 0
        before = len(server.bodies)
        asked[3] = str(tmp_path / "b")
        assert run(asked) == 0
        assert len(server.bodies) == before
    assert told(tmp_path / "a") == told(tmp_path / "b")


def test_full_files_are_followed_by_numbered_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_api, "MOST_LINES", 2)
    output = tmp_path / "deep" / "requests.jsonl"
    arguments = ["export-requests", *FILES, "-o", str(output), *options("http://127.0.0.1:9/v1")]
    assert run(arguments) == 0
    names = sorted(path.name for path in output.parent.iterdir())
    assert names == ["requests-2.jsonl", "requests-3.jsonl", "requests.jsonl"]
    monkeypatch.setattr(batch_api, "MOST_BYTES", 10)
    assert run([*arguments, "--base-url", "http://127.0.0.1:8/v1"]) == 0
    assert len(list(output.parent.iterdir())) == 6


def test_bad_results_are_counted_and_never_kept(tmp_path: Path) -> None:
    def line(key: str, **response: object) -> str:
        return json.dumps({"custom_id": key, "response": response or None, "error": None})

    def body(**message: object) -> dict[str, object]:
        return {"choices": [{"finish_reason": "stop", "message": message}]}

    path = tmp_path / "results.jsonl"
    path.write_text(
        "\n".join(
            [
                line("a", status_code=200, body=body(content='{"items": []}')),
                line("b", status_code=200, body=body(content="prose")),
                line("c", status_code=429),
                line("d"),
                line("e", status_code=200, body=body(content=None, refusal="no")),
                "",
            ]
        )
    )
    store = ReplyStore(None)
    found = import_results([path], store)
    assert (found.kept, found.invalid, found.failed) == (1, 1, 3)
    assert store.get("a") is not None
    assert store.get("b") is None


@pytest.mark.parametrize(
    ("text", "said"), [(None, "cannot be read"), ("{}\n", "Line 1"), ("no json\n", "Line 1")]
)
def test_a_wrong_file_is_one_line(
    tmp_path: Path, text: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "results.jsonl"
    if text is not None:
        path.write_text(text)
    assert run(["import-results", str(path)]) == 2
    assert said in capsys.readouterr().err


def test_nothing_to_export_and_nothing_readable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = options("http://127.0.0.1:9/v1")
    output = str(tmp_path / "q.jsonl")
    assert run(["export-requests", str(tmp_path / "none"), "-o", output, *url]) == 2
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert run(["export-requests", str(tmp_path / "empty.pdf"), "-o", output, *url]) == 3
    assert "empty" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert run(["export-requests", FILES[0], "-o", str(tmp_path / "file" / "q"), *url]) == 1
    assert run(["export-requests", FILES[0], "-o", output, "--base-url", "http://x/v1"]) == 2
