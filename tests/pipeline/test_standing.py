"""What public code shows: the standing of every dimension on the labelled portfolios, and gaming end to end."""

from __future__ import annotations

import asyncio
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from evaluator import Evaluator, Settings
from evaluator.github.repository_weight import weigh
from evaluator.github.snapshots import SnapshotStore
from evaluator.models.portfolio import Authorship, Portfolio, Repository, RepositoryFile
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.report import CandidateReport
from evaluator.transport import RetryPolicy
from fixtures.generators.portfolios import portfolios

from ..conftest import PORTFOLIOS, RESUMES, ROOT, no_sleep
from ..github.test_fetching import FATAL, PASSING
from ..servers.github import Reply, github_server

LABELS: dict[str, Any] = tomllib.loads((ROOT / "fixtures" / "labels.toml").read_text("utf-8"))
WITH_CODE = [name for name, label in LABELS.items() if "shown" in label]


def _read(name: str, snapshots: Path) -> CandidateReport:
    (path,) = RESUMES.glob(f"{name}.*")

    async def run() -> CandidateReport:
        settings = Settings(reader="rules", offline=True, snapshots=snapshots)
        async with Evaluator(settings) as evaluator:
            return await evaluator.evaluate(path)

    return asyncio.run(run())


def test_twelve_portfolios_are_labelled() -> None:
    assert len(WITH_CODE) == len(portfolios()) == 12


@pytest.mark.parametrize("name", WITH_CODE)
def test_the_standing_of_every_dimension_is_right(name: str) -> None:
    report = _read(name, PORTFOLIOS)
    shown = [
        dimension
        for dimension, found in report.dimensions.items()
        if found.standing in {"corroborated", "demonstrated"}
    ]
    assert sorted(shown) == sorted(LABELS[name]["shown"])


STRONG: dict[str, Any] = {
    "description": "Trains a model and serves it on Kubernetes",
    "created": date(2023, 2, 1), "pushed": date(2025, 9, 1), "size_kb": 400, "releases": 5,
    "paths": ("train.py", "tests/test_a.py", "Dockerfile", "k8s/deploy.yaml", "monitoring/alerts.yaml", "dvc.yaml"),
    "files": (
        RepositoryFile(path="README.md", text="Trains a classifier model. Drift monitoring and alerts. Rollback is one command."),
        RepositoryFile(path=".github/workflows/cd.yml", text="jobs:\n  a:\n    steps:\n      - run: kubectl apply -f k8s\n      - run: python train.py"),
    ),
    "authorship": Authorship(own=90, total=92, first=date(2023, 2, 1), last=date(2025, 8, 1)),
}  # fmt: skip
GAMED: dict[str, dict[str, Any]] = {
    "fork": {"fork": True, "authorship": Authorship(own=0, total=900)},
    "template": {"template": "org/mlops-template", "authorship": Authorship(own=4, total=4)},
    "tutorial clone": {"description": "Model on Kubernetes, from a Udemy course"},
    "one import": {"authorship": Authorship(own=1, total=1), "size_kb": 9_000},
    "others' commits": {"authorship": Authorship(own=2, total=400)},
    "an empty repository": {"empty": True, "paths": (), "files": ()},
    "only an empty readme": {"paths": ("README.md",), "files": (RepositoryFile(path="README.md", text=""),)},
    "only a readme": {"paths": ("README.md",), "files": (RepositoryFile(path="README.md", text="Trains models, serves millions, drift monitoring."),)},
    "mirror": {"mirror": True},
}  # fmt: skip


def _levels(folder: Path, repositories: tuple[Repository, ...]) -> dict[str, Any]:
    """Levels and scores of Owen Pryce with other repositories in his account."""
    own = next(p for p in portfolios() if p.profile.login == "fictional-oprice")
    changed: Portfolio = own.model_copy(update={"repositories": repositories})
    SnapshotStore(folder).save(changed)
    report = _read("owen-pryce", folder)
    levels: dict[str, Any] = {d: (f.level, str(f.standing)) for d, f in report.dimensions.items()}
    return {**levels, "ml": report.axes.ml.score, "ops": report.axes.ops.score, "track": report.track}  # fmt: skip


@pytest.mark.parametrize("changes", GAMED.values(), ids=GAMED.keys())
def test_gaming_raises_nothing(tmp_path: Path, changes: dict[str, Any]) -> None:
    gamed = Repository(**{"full_name": "fictional-oprice/star", **STRONG, **changes})
    empty = _levels(tmp_path / "a", ())
    assert _levels(tmp_path / "b", (gamed,)) == empty


def test_the_same_repository_as_own_work_does_raise(tmp_path: Path) -> None:
    """So that the cases above fail when gaming works."""
    own = Repository(full_name="fictional-oprice/star", **STRONG)
    assert _levels(tmp_path / "b", (own,)) != _levels(tmp_path / "a", ())


BURST = Authorship(own=60, total=60, first=date(2025, 8, 30), last=date(2025, 9, 1))
SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "backdated commits": (
        {"created": date(2025, 8, 30), "authorship": BURST},
        {"created": date(2025, 8, 30), "authorship": BURST.model_copy(update={"first": date(2019, 1, 1)})},
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME.keys())
def test_what_is_bought_or_dated_back_changes_nothing(
    tmp_path: Path, pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    plain, gamed = (
        Repository(**{"full_name": "fictional-oprice/star", **STRONG, **changes})
        for changes in pair
    )
    found = _levels(tmp_path / "a", (plain,))
    assert _levels(tmp_path / "b", (gamed,)) == found


def test_two_days_of_commits_are_not_sustained_whatever_their_dates(tmp_path: Path) -> None:
    _, changes = SAME["backdated commits"]
    gamed = Repository(**{"full_name": "fictional-oprice/star", **STRONG, **changes})
    honest = Repository(full_name="fictional-oprice/star", **STRONG)
    weight = weigh(gamed)
    assert not weight.sustained
    assert any("dated before the repository was made" in note for note in weight.notes)
    assert _levels(tmp_path / "a", (gamed,)) != _levels(tmp_path / "b", (honest,))


@pytest.mark.parametrize("fault", [*FATAL.values(), *((reply, "") for reply in PASSING.values())])
def test_no_fault_of_github_changes_a_level_and_each_leaves_a_reason(
    tmp_path: Path, fault: tuple[Reply, str]
) -> None:
    (path,) = RESUMES.glob("owen-pryce.*")

    async def run(settings: Settings) -> CandidateReport:
        async with Session(settings, retries=RetryPolicy(sleep=no_sleep)) as session:
            return await session.evaluate_input(load_input(path))

    with github_server() as server:
        server.everybody = True
        server.faults = [fault[0]] * 50
        settings = Settings(
            reader="rules",
            github_url=server.url,
            github_token=SecretStr("t0ken"),
            snapshots=tmp_path / "a",
        )
        faulty = asyncio.run(run(settings))
    bare = asyncio.run(run(Settings(reader="rules", offline=True, snapshots=tmp_path / "b")))
    assert faulty.dimensions == bare.dimensions
    assert faulty.axes == bare.axes
    assert str(faulty.portfolio.status) in {"unknown", "partial"}
    assert faulty.portfolio.reason
