"""``evaluator serve`` from a terminal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import uvicorn

import evaluator.service
from evaluator.cli import DONE, USAGE, run
from evaluator.cli.serving import serve
from evaluator.service import serving
from evaluator.service.configuration import DEFAULT_PORT, ServiceSettings
from evaluator.service.other_servers import FILE, holding


@pytest.mark.parametrize("missing", ["uvicorn", "python_multipart"])
def test_without_the_extra_one_line_tells_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    missing: str,
) -> None:
    monkeypatch.setattr(evaluator, "service", evaluator.service)  # is put back with the modules
    for name in [name for name in sys.modules if name.startswith("evaluator.service")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    assert run(["serve", str(tmp_path)]) == USAGE
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert missing in said
    assert "pip install 'resume-evaluator[serve]'" in said


def test_other_machines_need_a_password_and_nothing_is_opened_without(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["serve", str(tmp_path), "--host", "0.0.0.0", "--reader", "rules"]) == USAGE
    assert "EVALUATOR_PASSWORD" in capsys.readouterr().err


def test_an_address_for_other_machines_is_told_with_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def ended(_: uvicorn.Server, sockets: object) -> None:
        raise KeyboardInterrupt

    def on_loopback(settings: ServiceSettings) -> tuple[socket.socket, ServiceSettings]:
        return socket.create_server(("127.0.0.1", 0)), settings

    monkeypatch.setattr(uvicorn.Server, "run", ended)
    monkeypatch.setattr(serving, "listen", on_loopback)
    monkeypatch.setenv("EVALUATOR_PASSWORD", "a password for this test")
    host = ["--host", "0.0.0.0", "--port", "0"]
    assert run(["serve", str(tmp_path), *host, "--reader", "rules"]) == DONE
    said = capsys.readouterr()
    assert said.out.startswith("http://127.0.0.1:")
    assert "without encryption" in said.err
    assert "a password" not in said.out + said.err


def test_the_port_is_the_same_everywhere() -> None:
    assert next(p for p in serve.params if p.name == "port").default == DEFAULT_PORT


def test_it_prints_an_address_that_lets_in_and_ends_at_once_when_it_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "evaluator", "serve", str(tmp_path), "--port", "0", "--reader", "rules"]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(trust_env=False, follow_redirects=True, timeout=20) as client:
            shown = client.get(address).text
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert "Begin here" in shown
    assert process.returncode == DONE
    assert "token=" not in said


def test_a_second_server_on_a_folder_tells_where_the_first_one_is(tmp_path: Path) -> None:
    with holding(tmp_path, "http://127.0.0.1:8765/") as first:
        assert first is None
        command = [sys.executable, "-m", "evaluator", "serve", str(tmp_path), "--port", "0", "--reader", "rules"]  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:  # fmt: skip
            assert process.stderr is not None
            said = [process.stderr.readline(), process.stderr.readline()]
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
        assert "a server already works on this folder, at http://127.0.0.1:8765/." in said[1]
    with holding(tmp_path, "http://127.0.0.1:9/") as next_one:
        assert next_one is None


def test_a_folder_that_nothing_can_be_kept_in_is_served_all_the_same(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    with holding(tmp_path, "a") as linked, holding(tmp_path / "absent", "a") as absent:
        assert (linked, absent) == (None, None)
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with holding(tmp_path, "a") as foreign:
        assert foreign is None
