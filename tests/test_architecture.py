"""The map of the code names files and functions that are there."""

from __future__ import annotations

import re
from pathlib import Path

from .conftest import ROOT

MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
QUESTIONS = MAP.partition("\n## Where to look\n")[2].partition("\n## ")[0]
FILE = r"`([\w./-]+\.(?:py|toml|md|tsv))`"
PLACE = re.compile(FILE + r"(?: \(((?:`\w+`(?:, )?)+)\))?")


def file_of(path: str) -> Path | None:
    """A file of the package or of the repository."""
    return next((p for p in (ROOT / "evaluator" / path, ROOT / path) if p.is_file()), None)


def defines(path: str, name: str) -> bool:
    """Whether a file has a function, a class or a constant of the name."""
    file = file_of(path)
    text = file.read_text(encoding="utf-8") if file else ""
    pattern = rf"^ *(?:async )?(?:def|class) {name}\b|^(?:\w+, )*{name}\b[^\n=]*="
    return re.search(pattern, text, re.M) is not None


def test_every_file_and_every_name_of_a_question_is_there() -> None:
    places = PLACE.findall(QUESTIONS)
    assert [path for path, _ in places if file_of(path) is None] == []
    names = [(path, name) for path, named in places for name in re.findall(r"\w+", named)]
    assert len(names) > 60
    assert [place for place in names if not defines(*place)] == []


def test_questions_lead_to_every_folder() -> None:
    led_to = {path.partition("/")[0] for path, _ in PLACE.findall(QUESTIONS)}
    folders = {p.parent.name for p in (ROOT / "evaluator").glob("*/__init__.py")}
    assert folders - led_to == set()


def test_files_named_beside_the_questions_are_there() -> None:
    for path in re.findall(FILE, MAP):
        assert file_of(path) or any((ROOT / "evaluator").rglob(path)), path


def test_modules_named_by_their_folder_are_there() -> None:
    for folder in (p.parent for p in (ROOT / "evaluator").glob("*/**/__init__.py")):
        text = (folder / "__init__.py").read_text(encoding="utf-8").split('"""')[1]
        named = set(re.findall(r"(?<!xtra )``(\w+)``", text)) - {"schema_version"}
        there = {p.stem for p in folder.iterdir() if p.suffix == ".py" or p.is_dir()}
        assert named <= there, folder
