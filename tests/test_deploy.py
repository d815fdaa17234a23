"""What the container and the compose example say is what the program knows."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

from evaluator.cli.serving import serve

from .conftest import ROOT

CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
SETTINGS = "".join(
    (ROOT / "evaluator" / name).read_text(encoding="utf-8")
    for name in ("environment.py", "settings.py")
)


def test_the_container_starts_a_command_that_there_is_with_extras_that_there_are() -> None:
    (entry,) = re.findall(r"^ENTRYPOINT \[(.*)\]$", CONTAINER, re.MULTILINE)
    words = json.loads(f"[{entry}]")
    assert words[:2] == ["evaluator", "serve"]
    known = {name for parameter in serve.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    (extras,) = re.findall(r"\.whl\)\[(.*?)\]", CONTAINER)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(extras.split(",")) <= set(project["optional-dependencies"])
    assert re.search(r"^USER 10001$", CONTAINER, re.MULTILINE)
    assert "PASSWORD=" not in CONTAINER


def test_the_example_sets_what_the_program_reads() -> None:
    names = re.findall(r"^      ([A-Z_]+): ", COMPOSE, re.MULTILINE)
    assert "EVALUATOR_DATABASE" in names
    assert all(f'"{name}"' in SETTINGS for name in names)
    assert "dockerfile: deploy/Containerfile" in COMPOSE
    assert re.findall(r"^    ports: (.*)$", COMPOSE, re.MULTILINE) == ['["127.0.0.1:8765:8765"]']


def test_locked_versions_are_what_an_installation_takes(tmp_path: Path) -> None:
    told = tmp_path / "told"
    (tmp_path / "python").write_text(
        f'#!/bin/sh\ncat "$9" > {told}; shift 9; echo "$1" >> {told}\n'
    )
    (tmp_path / "python").chmod(0o755)
    place, lock = ROOT / "deploy" / "install.sh", ROOT / "tests" / "constraints.txt"
    subprocess.run(["sh", place, lock, "x.whl[serve]"], check=True, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})  # fmt: skip
    *pins, wheel = told.read_text().splitlines()
    assert wheel == "x.whl[serve]"
    assert any(pin.startswith("starlette==") for pin in pins)
    assert not any("--hash" in pin or pin.endswith("\\") for pin in pins)
