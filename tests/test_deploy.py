"""What the container and the compose example say is what the program knows."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from evaluator.cli.serving import serve
from evaluator.service.configuration import DEFAULT_PORT

from .conftest import ROOT
from .servers.service import served

yaml: Any = importlib.import_module("yaml")  # comes with Schemathesis, and without types
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
EXAMPLE = yaml.safe_load(COMPOSE)
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
    names = EXAMPLE["services"]["evaluator"]["environment"].keys()
    assert "EVALUATOR_DATABASE" in names
    assert all(f'"{name}"' in SETTINGS for name in names)
    wanted = set(re.findall(r"\$\{(\w+):\?\}", COMPOSE))
    told = re.findall(r"\w+(?==… )", (ROOT / "docs" / "service.md").read_text(encoding="utf-8"))
    assert wanted == set(told) == {"EVALUATOR_PASSWORD", "POSTGRES_PASSWORD"}


def test_services_of_the_example_find_each_other() -> None:
    services = EXAMPLE["services"]
    ours = services["evaluator"]
    place = ROOT / "deploy" / ours["build"]["context"] / ours["build"]["dockerfile"]
    assert place.resolve() == ROOT / "deploy" / "Containerfile"
    for name, needed in ours["depends_on"].items():
        assert needed == {"condition": "service_healthy"}
        assert services[name]["healthcheck"]["test"][0] == "CMD"
    database = urlsplit(ours["environment"]["EVALUATOR_DATABASE"].replace("${POSTGRES_PASSWORD:?}", "x"))  # fmt: skip
    theirs = services["database"]["environment"]
    # The image makes a database of the user's name unless another is asked for.
    assert (database.scheme, database.hostname, database.path) == ("postgresql", "database", "/evaluator")  # fmt: skip
    assert (database.username, theirs["POSTGRES_PASSWORD"]) == (theirs["POSTGRES_USER"], "${POSTGRES_PASSWORD:?}")  # fmt: skip
    assert parse_qs(database.query) == {"sslmode": ["disable"]}


def test_ports_and_volumes_of_the_example_are_those_of_the_server() -> None:
    ours = EXAMPLE["services"]["evaluator"]
    (exposed,) = re.findall(r"^EXPOSE (\d+)$", CONTAINER, re.MULTILINE)
    assert "--port" not in CONTAINER
    assert int(exposed) == DEFAULT_PORT
    assert ours["ports"] == [f"127.0.0.1:{DEFAULT_PORT}:{DEFAULT_PORT}"]
    (kept,) = (json.loads(found) for found in re.findall(r"^VOLUME (.*)$", CONTAINER, re.MULTILINE))
    volumes = dict(volume.split(":") for volume in ours["volumes"])
    assert sorted(volumes.values()) == sorted(kept)
    assert kept == ["/runs", re.findall(r"EVALUATOR_CACHE_DIR=(\S+)", CONTAINER)[0]]
    # Nothing else can be written, and the user of the server owns what is in them.
    assert (ours["read_only"], ours["tmpfs"]) == (True, ["/tmp"])
    (made,) = re.findall(r"install -d -o evaluator .* -m 700 (.*)$", CONTAINER, re.MULTILINE)
    assert made.split() == kept
    named = {*volumes, *(v.split(":")[0] for v in EXAMPLE["services"]["database"]["volumes"])}
    assert set(EXAMPLE["volumes"]) == named


def test_the_check_of_health_is_answered_by_the_server(tmp_path: Path) -> None:
    (words,) = re.findall(r"^HEALTHCHECK .*\\\n  CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    command = json.loads(words)
    assert command[:2] == ["python", "-c"]
    with served(tmp_path) as settings:
        asked = command[2].replace(f":{DEFAULT_PORT}/", f":{settings.port}/")
        subprocess.run([sys.executable, "-c", asked], check=True, timeout=20)
        gone = asked.replace("healthz", "nothing-there")
        assert subprocess.run([sys.executable, "-c", gone], capture_output=True, timeout=20).returncode  # fmt: skip


def test_what_the_container_copies_is_there() -> None:
    stages = re.split(r"^FROM \S+", CONTAINER, flags=re.MULTILINE)[1:]
    names = re.findall(r"^FROM \S+ AS (\w+)$", CONTAINER, re.MULTILINE)
    built = dict(zip(names, stages, strict=False))
    for stage, source in re.findall(r"^COPY (?:--from=(\w+) )?(\S+) \S+$", CONTAINER, re.MULTILINE):
        assert source in built[stage] if stage else (ROOT / source).exists()
    ignored = (ROOT / "deploy" / "Containerfile.dockerignore").read_text(encoding="utf-8").split()
    for needed in re.findall(r"(?:deploy|tests)/[\w.]+", built["build"]):
        assert (ROOT / needed).is_file()
        assert not [p for p in ignored if fnmatch(needed, p.removeprefix("**/"))]


def test_every_package_of_the_container_is_locked_at_a_version_that_fits() -> None:
    """Its installation takes ready wheels of the lock alone: what is missing there would be the newest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8")
    pins = {
        canonicalize_name(n): v for n, v in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)
    }
    (extras,) = re.findall(r"\.whl\)\[(.*?)\]", CONTAINER)
    (tools,) = re.findall(r"constraints\.txt build (.*) \\$", CONTAINER, re.MULTILINE)
    wanted = [*project["project"]["dependencies"], "build", *tools.split()]
    for extra in extras.split(","):
        wanted += project["project"]["optional-dependencies"][extra]
    # Built without isolation: what builds the wheel has to be there before.
    builders = {Requirement(one).name for one in project["build-system"]["requires"]}
    assert builders <= {"build", *tools.split()}
    for one in map(Requirement, wanted):
        assert one.specifier.contains(pins[canonicalize_name(one.name)]), one


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
