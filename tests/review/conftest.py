"""A run of three candidates and one file that nobody can read, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluator.batch.chained_store import ChainedStore
from evaluator.review.decision_book import DecisionBook
from evaluator.rubric import load_rubric

from ..batch.test_runner import run
from ..conftest import RESUMES, UNREADABLE

NAMES = ("owen-pryce.md", "jonas-beck.md", "lucia-ferrer.txt")
LOST = "broken.docx"


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewed") / "run"
    run(folder, *(RESUMES / name for name in NAMES), UNREADABLE / LOST)
    return folder


@pytest.fixture
def made(finished: Path, tmp_path: Path) -> Path:
    """A copy of the run for one test."""
    shutil.copytree(finished, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def store(made: Path) -> Iterator[ChainedStore]:
    with ChainedStore(made) as opened:
        yield opened


@pytest.fixture
def book(made: Path, store: ChainedStore) -> DecisionBook:
    return DecisionBook(made, store, load_rubric())
