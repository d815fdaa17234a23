"""The terminal is as it is: whatever it cannot show is replaced, and whoever stops reading stops nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import RESUMES, ROOT

GOOD = str(RESUMES / "owen-pryce.md")
OFFLINE = ["--offline", "--reader", "rules", "--github", "none"]


@pytest.fixture
def resume(tmp_path: Path) -> str:
    path = tmp_path / "zoe.md"
    text = Path(GOOD).read_text(encoding="utf-8").replace("Owen Pryce", "Zoë Łukasiewicz")
    path.write_text(text, encoding="utf-8")
    return str(path)


def shell(command: str, encoding: str = "utf-8") -> tuple[int, bytes, bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    ours = f"{sys.executable} -m evaluator"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; ev() {{ {ours} \"$@\"; }}; {command}"],
        cwd=ROOT, env=env, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_what_the_encoding_has_not_is_replaced(resume: str, nightly: bool) -> None:
    encodings = ["latin-1", "ascii:strict", "ascii", "cp1252", "koi8-r"]
    for encoding in encodings if nightly else encodings[:2]:
        code, out, err = shell(f"ev evaluate {resume} {' '.join(OFFLINE)}", encoding)
        assert (code, err) == (0, b"")
        told = out.decode(encoding.partition(":")[0])
        assert "?" in told
        assert "ukasiewicz" in told


def test_json_loses_nothing(resume: str) -> None:
    _, out, _ = shell(f"ev evaluate {resume} {' '.join(OFFLINE)} --format json", "latin-1")
    assert json.loads(out.decode("latin-1"))["candidate"]["name"] == "Zoë Łukasiewicz"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("ev schema | head -c 1 >/dev/null", 0),
        ("ev schema >&-", 0),
        ("ev evaluate nowhere.pdf 2>&-", 2),
        ("ev schema > /dev/full", 1),
    ],
)
def test_a_reader_that_left_is_no_error_of_ours(command: str, code: int) -> None:
    found, _, err = shell(command)
    assert found == code
    assert b"Traceback" not in err
    assert b"report it" not in err
    assert b"ignored" not in err


def test_a_run_goes_on_when_nobody_listens(tmp_path: Path) -> None:
    files = f"{GOOD} {RESUMES / 'jonas-beck.md'}"
    command = (
        f"ev batch {files} --out {tmp_path}/run {' '.join(OFFLINE)} 2> >(head -c 1 >/dev/null)"
    )
    assert shell(command)[0] == 0
    assert len((tmp_path / "run" / "candidates.csv").read_text().splitlines()) == 3


def test_a_name_that_is_no_utf8_is_one_row(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    Path(tmp_path / "in").mkdir()
    for name in (b"r\xe9sum\xe9.md", b"ok.md"):
        with open(folder + b"/" + name, "wb") as stream:  # noqa: PTH123 - bytes are no Path
            stream.write(Path(GOOD).read_bytes() + name)
    code, _, err = shell(f"ev batch {tmp_path}/in --out {tmp_path}/run {' '.join(OFFLINE)}")
    assert code == 0, err
    rows = (tmp_path / "run" / "candidates.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 3
    assert any(r"r\xe9sum\xe9.md" in row for row in rows)
