"""The client that is generated from the OpenAPI document speaks with the running server."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from evaluator.service.api import clients
from evaluator.service.api.listing import OPERATIONS

from ..conftest import RESUMES
from ..servers.service import TOKEN, served

WEI = ("wei-zhang.md", (RESUMES / "wei-zhang.md").read_bytes())


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module, as a program would have it."""
    path = tmp_path_factory.mktemp("client") / "evaluator_client.py"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["clients", str(path)])
        clients.main()
        spec = importlib.util.spec_from_file_location("evaluator_client", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, "evaluator_client", module)
        spec.loader.exec_module(module)
        yield module


@pytest.fixture(scope="module")
def client(generated: Any, runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    copy = tmp_path_factory.mktemp("clients") / "runs"
    shutil.copytree(runs, copy)
    with served(copy) as settings:
        found = generated.Client(settings.address, TOKEN, httpx.Client(trust_env=False, verify=False, timeout=60))  # fmt: skip
        yield found
        found.close()


def test_every_operation_has_a_method_that_says_what_it_does(generated: Any) -> None:
    for operation in OPERATIONS:
        assert getattr(generated.Client, operation.name).__doc__ == operation.summary
    assert generated.Client.submit_job_of_run.__doc__


def test_resumes_are_read_decided_about_and_found(generated: Any, client: Any) -> None:
    report = client.evaluate(WEI, github="none", role="ml-engineer")
    assert (report.candidate.name, report.role_fit.role) == ("Wei Zhang", "ml-engineer")
    page = client.list_candidates("autumn", status="done", limit=1)
    row = page.items[0]
    assert client.get_report("autumn", row.id).id == row.id
    made = client.decide(
        "autumn", row.id, generated.DecidedIn(kind="decided", by="Ana", choice="yes")
    )
    assert made.entry.said.choice == "yes"
    track = generated.OverriddenIn(kind="overridden", by="Ana", track=None, reason="as it was")
    assert client.decide("autumn", row.id, track, key="k").hash == client.decide("autumn", row.id, track, key="k").hash  # fmt: skip
    assert client.list_decisions("autumn", candidate=row.id).total == 2
    assert client.verify_decisions("autumn").is_whole
    assert client.list_evidence("autumn", row.id).items[0].item.quote
    assert client.search("autumn", q=row.name).total >= 1
    assert client.get_review("autumn", row.id).machine.track == row.track
    assert row.id in client.export_candidates("autumn")
    assert client.get_openapi()["openapi"] == "3.1.0"
    assert client.read_advert(generated.AdvertIn(text="ML engineer\n\nRequirements\n- Terraform\n")).requirements  # fmt: skip


def test_jobs_are_followed_to_their_end(generated: Any, client: Any) -> None:
    asked = {"run": "winter", "role": "ml-engineer", "github": "none", "key": "a-1"}
    job = client.submit_job([WEI], **asked)
    assert client.submit_job([WEI], **asked).id == job.id
    while not client.get_job(job.id).ended:
        time.sleep(0.05)
    assert [one.status for one in client.list_job_results(job.id).items] == ["done"]
    (one,) = client.list_candidates("winter").items
    assert (one.role, one.github) == ("ml-engineer", None)
    again = client.submit_job_of_run(generated.JobIn(run="winter", again=False, role="dual"))
    assert client.cancel_job(again.id).id == again.id


def test_problems_are_raised_as_what_they_say(generated: Any, client: Any) -> None:
    with pytest.raises(generated.Refused) as caught:
        client.get_run("nowhere/../x")
    assert (caught.value.status, caught.value.problem.status) == (404, 404)
    other = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(502, text="bad")))
    with pytest.raises(generated.Refused) as caught:
        generated.Client("http://x", "t", other).get_health()
    assert caught.value.problem is None
