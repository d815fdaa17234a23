"""Rules about the source itself that no linter checks."""

from __future__ import annotations

import re

from .conftest import ROOT

SOURCES = sorted((ROOT / "evaluator").rglob("*.py"))
WRITTEN = [
    p
    for p in ROOT.rglob("*")
    if p.suffix in {".py", ".md", ".toml", ".txt", ".j2"}
    and not {".venv", ".git", ".hypothesis", "node_modules", "build"} & set(p.parts)
]


def test_modules_open_with_a_promise_and_stay_small() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in SOURCES}
    assert len(texts) > 300
    assert [name for name, text in texts.items() if not text.startswith('"""')] == []
    assert [name for name, text in texts.items() if len(text.splitlines()) > 500] == []


def test_one_module_reads_the_environment() -> None:
    readers = [
        p.name for p in SOURCES if re.search(r"os\.(environ|getenv)", p.read_text(encoding="utf-8"))
    ]
    assert readers == ["environment.py"]


def test_constraints_hold_names_versions_and_hashes_only() -> None:
    for name in ("constraints.txt", "tests/constraints.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[A-Za-z0-9._-]+==\S+", block)
            assert "--hash=sha256:" in block


def test_nothing_written_names_a_folder_of_a_machine() -> None:
    for path in WRITTEN:
        assert not re.search(
            r"(?<![\w./])/(?:root|work|home/\w+)/",
            path.read_text(encoding="utf-8", errors="replace"),
        ), path
