"""What comes with the documents of a job: the role that they are read for, and whose public code is whose."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from evaluator import Settings
from evaluator.audit.purging import purge
from evaluator.errors import UsageError
from evaluator.roles.loading import load_role
from evaluator.roles.writing import write_role
from evaluator.service.accounts import accounts_given
from evaluator.service.archives import Upload
from evaluator.service.document_intake import role_given
from evaluator.service.openings import Openings
from evaluator.service.runs import Runs
from evaluator.service.uploads import make_run, replace, sources_of, take

from ..conftest import PORTFOLIOS, RESUMES
from .test_jobs import API, OWEN, WEI, ended, files, platform, submit

OWN = load_role("ml-engineer").model_copy(update={"name": "own", "title": "Own role"})
RULES = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, jobs=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir()
    return tmp_path / "runs"


def _reports(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    """Reports of a job by the name of the file."""
    assert ended(client, job["id"])["failed"] == 0
    items = client.get(job["results"]).json()["items"]
    return {Path(one["source"]).name: client.get(one["report"]).json() for one in items}


def test_a_job_is_read_for_an_opening_or_for_the_role_that_it_brings(folder: Path) -> None:
    opening = Openings(folder).add(OWN)
    given = {
        "by opening": opening.key,
        "by file": write_role(OWN.model_copy(update={"name": "filed"})),
        "by json": OWN.model_copy(update={"name": "sent"}).model_dump_json(),
    }
    with platform(folder) as client:
        jobs = {run: submit(client, files(wei=WEI), run=run, role=role) for run, role in given.items()}  # fmt: skip
        names = {run: _reports(client, job)["wei.md"]["role_fit"]["role"] for run, job in jobs.items()}  # fmt: skip
        assert names == {"by opening": "own", "by file": "filed", "by json": "sent"}
        one = client.post(f"{API}/evaluate", files={"file": ("wei.md", WEI)}, data={"role": opening.key})  # fmt: skip
        assert one.json()["role_fit"]["role"] == "own"


def test_a_run_is_read_for_one_role_until_it_is_asked_to_be_read_for_another(folder: Path) -> None:
    with platform(folder) as client:
        _reports(client, submit(client, files(wei=WEI), run="autumn", role="ml-engineer"))
        refused = client.post(f"{API}/jobs", files=files(owen=OWEN), data={"run": "autumn", "role": "dual"})  # fmt: skip
        assert refused.status_code == 422
        assert refused.json()["detail"] == "“autumn” is read for another role."
        same = submit(client, files(owen=OWEN), run="autumn", role="ml-engineer")
        assert list(_reports(client, same)) == ["owen.md"]
        again = client.post(f"{API}/jobs", json={"run": "autumn", "role": write_role(OWN)}).json()
        assert {r["role_fit"]["role"] for r in _reports(client, again).values()} == {"own"}
        # What comes later is read for it, too; the run's own copy of the role is found.
        later = submit(client, files(third=OWEN + b"\nMore.\n"), run="autumn", role=write_role(OWN))
        assert _reports(client, later)["third.md"]["role_fit"]["role"] == "own"


def test_accounts_come_with_the_documents_that_are_theirs(folder: Path) -> None:
    resume = (RESUMES / "elif-aksoy.md").read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("in/owen.md", OWEN)
    sent = [*files(wei=WEI, elif_=resume), ("files", ("all.zip", packed.getvalue()))]
    given = {"wei.md": "none", "in/owen.md": "@fictional-mira-h"}
    with platform(folder, evaluation=RULES) as client:
        job = submit(client, sent, run="autumn", github=json.dumps(given))
        found = {name: r["portfolio"]["status"] for name, r in _reports(client, job).items()}
        login = _reports(client, job)["owen.md"]["candidate"]["github"]["login"]
        assert (found["wei.md"], login) == ("none", "fictional-mira-h")
        assert found["elif_.md"] != "none"
        # A run that goes on knows them still, and nobody is read again.
        again = client.post(f"{API}/jobs", json={"run": "autumn"}).json()
        assert ended(client, again["id"])["done"] == 3
        assert _reports(client, again)["wei.md"]["portfolio"]["status"] == "none"
        (id_,) = (r["id"] for name, r in _reports(client, job).items() if name == "owen.md")
    run = folder / "autumn"
    assert "fictional-mira-h" not in "".join(p.read_text() for p in (run / "jobs").iterdir())
    assert {p.name: p.read_text() for p in (run / "accounts").iterdir()} == {"wei.md": "none", "owen.md": "fictional-mira-h"}  # fmt: skip
    purge(run, [id_], replies=folder / "r", snapshots=folder / "s")
    assert [p.name for p in (run / "accounts").iterdir()] == ["wei.md"]


def test_a_better_copy_of_a_file_keeps_its_account(folder: Path) -> None:
    run = make_run(Runs(folder), "autumn", "dual")
    given = accounts_given("mira-k", ["mira.pdf"])
    take(run, [Upload("mira.pdf", b"%PDF-broken")], accounts=given)
    with platform(folder) as client:
        job = client.post(f"{API}/jobs", json={"run": "autumn"}).json()
        assert ended(client, job["id"])["failed"] == 1
    replace(run, str(sources_of(run)[0].path), Upload("mira.md", WEI))
    assert [(s.path.name, s.github) for s in sources_of(run)] == [("mira.md", "mira-k")]
    assert [path.name for path in (run.folder / "accounts").iterdir()] == ["mira.md"]


@pytest.mark.parametrize(
    ("given", "names", "told"),
    [
        ("mira-k", ["a.md", "b.md"], "cannot be the GitHub account of 2 people"),
        ("https://github.com/mira-k/models", ["a.md"], "An account is a login"),
        ("not an account", ["a.md"], "An account is a login"),
        ('{"c.md": "mira-k"}', ["a.md"], "no such file came"),
        ('{"a.md": 3}', ["a.md"], "Input should be a valid string"),
        ('{"a.md": "settings/x"}', ["a.md"], "An account is a login"),
        ("{", ["a.md"], "The accounts are not valid"),
    ],
)
def test_accounts_that_are_none_are_refused(given: str, names: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        accounts_given(given, names)


def test_an_account_is_found_by_the_name_as_it_was_sent_before_its_last_part() -> None:
    found = accounts_given('{"a/cv.md": "one", "cv.md": "two"}', ["a/cv.md", "b/cv.md"])
    assert [found.of(name) for name in ("a/cv.md", "b/cv.md", "c.md")] == ["one", "two", None]
    profile = accounts_given("https://github.com/mira-k/", ["a.md"])
    assert (profile.of("a.md"), accounts_given(None, []).of("a.md")) == ("mira-k", None)


@pytest.mark.parametrize(
    "given",
    ["/etc/passwd", "../own", "own", "{}", "name = ", f"a = {'[' * 2000}", f"a = {'1' * 5000}", "a.b = 1", '{"name": ["'],
    ids=range(9),
)  # fmt: skip
def test_a_role_that_is_none_is_told_in_a_line(folder: Path, given: str) -> None:
    with pytest.raises(UsageError) as caught:
        role_given(given, Openings(folder))
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("name", ["bad.zip", "bad.md"])
def test_damaged_archives_are_refused_with_accounts_as_without(folder: Path, name: str) -> None:
    with platform(folder) as client:
        sent = [("files", (name, b"PK\x03\x04 not really")), *files(wei=WEI)]
        job = submit(client, sent, github="none")
        assert ended(client, job["id"])["total"] == (1 if name == "bad.zip" else 2)
