"""Files of the user's own that are not as they should be: one line with a hint, never a request to report it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.cli import run

from ..conftest import RESUMES, ROOT

GOOD = str(RESUMES / "owen-pryce.md")
OFFLINE = ["--offline", "--reader", "rules", "--github", "none"]
ROLE = (ROOT / "prompts" / "roles" / "dual.toml").read_text(encoding="utf-8")
WRITTEN = {
    "Latin-1": (ROLE + '# "Ingénieur"\n').encode("latin-1"),
    "UTF-16": ROLE.encode("utf-16"),
    "bytes": bytes(range(256)),
    "Shift JIS": (ROLE + "# 機械学習\n").encode("shift_jis"),
    "cut in a character": (ROLE + "# é").encode()[:-1],
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=list(WRITTEN))
@pytest.mark.parametrize("kind", ["role", "price", "rubric"])
def test_a_file_in_another_encoding_is_one_line(
    kind: str,
    content: bytes,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    if kind == "price":
        monkeypatch.setenv("EVALUATOR_PRICES", str(path))
    option = [] if kind == "price" else [f"--{kind}", str(path)]
    assert run(["evaluate", GOOD, *OFFLINE, *option]) == 2
    told = capsys.readouterr().err
    assert "own.toml" in told
    assert "UTF-8" in told
    assert "report it" not in told
    assert told.count("\n") == 1


def test_a_byte_order_mark_is_none_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xef\xbb\xbf" + ROLE.encode())
    assert run(["evaluate", GOOD, *OFFLINE, "--role", str(tmp_path / "own.toml")]) == 0


@pytest.mark.parametrize("name", ["x" * 5000, "a\x00b", "\udce9.toml", "", "."])
def test_a_role_that_no_file_could_have_is_unknown(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", GOOD, *OFFLINE, "--role", name]) == 2
    assert "report it" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        b'{"at": "torn',
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'{"at": 7, "event": "done"}',
        b'{"at": "yesterday", "event": "failed"}',
        b'{"at": "2026-01-01T00:00:01+00:00", "event": "done", "cost_usd": "x", "input_tokens": []}',
        b"[" * 100_000,
    ],
)
def test_a_torn_line_of_the_record_is_left_out(
    line: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = b'{"at": "2026-01-01T00:00:00+00:00", "event": "run started", "total": 2, "process": 1}'
    end = b'{"at": "2026-01-01T00:00:02+00:00", "event": "run ended", "stopped": null}'
    (tmp_path / "log.jsonl").write_bytes(b"\n".join([good, line, end, b""]))
    assert run(["status", str(tmp_path)]) == 0
    assert "ended at" in capsys.readouterr().out


def test_a_manifest_of_which_nothing_is_there_has_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text("path\nnowhere/a.txt\n~/nowhere-b.txt\n")
    command = ["batch", str(manifest), "--out", str(tmp_path / "run"), *OFFLINE]
    assert run([*command, "--progress", "none"]) == 3
    rows = (tmp_path / "run" / "candidates.csv").read_text().splitlines()
    assert len(rows) == 3
    assert all("not found" in row for row in rows[1:])
    manifest.write_text("path\n")
    assert run(command) == 2
    assert "nothing to evaluate" in capsys.readouterr().err
