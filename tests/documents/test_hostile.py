"""Hostile files end in time and memory, with a reason; what is outside stays as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluator.errors import Unreadable

ROOT = Path(__file__).resolve().parents[2]
READ = {
    "f09-false-count.pdf", "f10-fifty-thousand-pages.pdf", "f11-table-loop.pdf", "f13-deep-arrays.pdf",
    "f14-false-length.pdf", "f17-outline-cycle.pdf", "f18-older-revision.pdf", "f19-owner-password-only.pdf",
    "f21-three-formats.pdf", "f22-text.pdf", "f22-pdf.txt", "f22-word.html", "f23-scripts-and-files.pdf",
    "d04-paths.docx", "d10-remote-template.docx", "d11-macros.docm", "d14-utf-16.docx", "d15-rtf.doc",
    "t01-utf-16.txt", "t03-baits.txt", "t06-scripts.html",
}  # fmt: skip
REFUSED = {
    "f01-flate-bomb.pdf": {Unreadable.CRASHED},
    "f07-form-of-itself.pdf": {Unreadable.CRASHED},
    "f08-page-tree-cycle.pdf": {Unreadable.DAMAGED},
    "f19-user-password.pdf": {Unreadable.ENCRYPTED},
    "f20-nothing.pdf": {Unreadable.EMPTY},
    "f24-no-fonts.pdf": {Unreadable.NO_TEXT},
    "f25-picture-only.pdf": {Unreadable.IMAGE_ONLY},
    "d01-bomb.docx": {Unreadable.UNSAFE},
    "d06-twice.docx": {Unreadable.UNSAFE},
    "d07-local-entity.docx": {Unreadable.UNSAFE},
    "d08-remote-entity.docx": {Unreadable.UNSAFE},
    "d09-entity-bomb.docx": {Unreadable.UNSAFE},
    "d13-entity.odt": {Unreadable.UNSAFE},
    "t02-long-line.txt": {Unreadable.TOO_LARGE},
    "t04-tags.html": {Unreadable.UNSAFE},
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, nightly: bool) -> dict[str, dict[str, Any]]:
    """All files through workers, from an empty folder, in a process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.hostile",
            "--json",
            *([] if nightly else ["--shared", "--short"]),
        ],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
        timeout=500,
    )
    assert list(folder.iterdir()) == []
    assert not Path("/tmp/evil").exists()
    return {row["file"]: row for row in json.loads(done.stdout)}


def test_every_hostile_file_ends_in_time_and_memory(results: dict[str, dict[str, Any]]) -> None:
    assert len(results) > 60
    spent = {name: row["processor_seconds"] for name, row in results.items()}
    assert {name: seconds for name, seconds in spent.items() if seconds > 20.5} == {}
    assert sum(spent.values()) > 1
    assert max(row["peak_mb_so_far"] for row in results.values()) <= 512


def test_every_hostile_file_has_a_row_with_a_reason(results: dict[str, dict[str, Any]]) -> None:
    reasons = {reason.value for reason in Unreadable}
    for row in results.values():
        assert row["outcome"] == "read" or row["outcome"] in reasons
        assert row["outcome"] == "read" or row["message"].endswith(".")
    assert {name for name in READ if results[name]["outcome"] != "read"} == set()
    for name, expected in REFUSED.items():
        assert results[name]["outcome"] in expected, name


def test_nothing_of_this_machine_gets_into_a_document(results: dict[str, dict[str, Any]]) -> None:
    everything = json.dumps(list(results.values()))
    assert "root:" not in everything
    assert "outside" not in results["d04-paths.docx"]["text"]
    assert "An older text" not in results["f18-older-revision.pdf"]["text"]
    assert "were not run" in results["f23-scripts-and-files.pdf"]["message"]
    assert "macros" in results["d11-macros.docm"]["message"]
