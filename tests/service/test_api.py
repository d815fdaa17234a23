"""Programs read runs, decide and have resumes read over HTTP; every error has one form, every route is documented."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from evaluator import CandidateReport, Settings, evaluate
from evaluator.batch.store import RunStore
from evaluator.cli import run as command
from evaluator.roles.model import RoleProfile
from evaluator.service.api.guarding import Pace
from evaluator.service.api.listing import OPERATIONS, described
from evaluator.service.api.problems import Problem, Refused
from evaluator.service.api.routes import api_routes
from evaluator.service.configuration import Limits, ServiceSettings

from ..conftest import RESUMES
from ..servers.service import TOKEN, served, stranger, visitor

API = "api/v1"
RUN = f"{API}/runs/autumn"
SHORT = "Vera Example\nvera@mail.example\n\nExperience\nML engineer, Firm, 2019 - 2024\n- Trained and deployed a ranking model that raised sales by 12 %.\n"


@pytest.fixture(scope="module")
def target(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceSettings]:
    copy = tmp_path_factory.mktemp("api") / "runs"
    shutil.copytree(runs, copy)
    with served(copy) as settings:
        yield settings


@pytest.fixture(scope="module")
def api(target: ServiceSettings) -> Iterator[httpx.Client]:
    """A program with the token."""
    with stranger(target, headers={"authorization": f"Bearer {TOKEN}"}) as client:
        yield client


@pytest.fixture(scope="module")
def ids(api: httpx.Client) -> list[str]:
    page = api.get(f"{RUN}/candidates", params={"status": "done"}).json()
    return [item["id"] for item in page["items"]]


def _problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status
    assert set(found) <= set(Problem.model_fields)
    return found


def test_every_route_is_documented_and_every_operation_has_one() -> None:
    served_ = {
        (route.path, method)
        for route in api_routes()
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    document = described()
    told = {(path, m.upper()) for path, methods in document["paths"].items() for m in methods}
    assert told == served_
    names = [o["operationId"] for methods in document["paths"].values() for o in methods.values()]
    assert sorted(names) == sorted({o.name for o in OPERATIONS})
    assert document["openapi"].startswith("3.1")
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_of_the_document_leads_somewhere(api: httpx.Client) -> None:
    text = api.get(f"{API}/openapi.json").text
    known = set(json.loads(text)["components"]["schemas"])
    assert {r.split('"')[0] for r in text.split("#/components/schemas/")[1:]} <= known


def test_nobody_comes_in_without_the_token_but_to_ask_for_health(target: ServiceSettings) -> None:
    with stranger(target) as client:
        for path in (f"{API}/runs", f"{API}/nothing", "metrics"):
            assert _problem(client.get(path), 401)["title"] == "Unauthorized"
        assert client.get("health").json()["status"] == "ok"
        assert client.get("ready").json() == {"status": "ready"}
        wrong = {"authorization": "Bearer wrong"}
        _problem(client.post(f"{API}/evaluate", headers=wrong), 401)


def test_a_browser_needs_the_token_of_its_forms(target: ServiceSettings, ids: list[str]) -> None:
    said = {"kind": "decided", "choice": "yes", "by": "Ana"}
    with visitor(target) as client:
        assert client.get(f"{API}/runs").status_code == 200
        _problem(client.post(f"{RUN}/candidates/{ids[0]}/decisions", json=said), 403)


def test_lists_come_in_stretches_that_lead_to_each_other(api: httpx.Client) -> None:
    found, address = [], f"/{RUN}/candidates?limit=2&min_ml_band=0"
    while address:
        page = api.get(address).json()
        assert page["total"] == 5
        found += [item["id"] for item in page["items"]]
        address = page["next"]
    assert len(found) == len(set(found)) == 5
    whole = api.get(f"{RUN}/candidates").json()
    assert [item["id"] for item in whole["items"]] == found
    assert whole["next"] is None


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"track": "dual"}, lambda item: item["track"] == "dual"),
        ({"min_ops_band": "3"}, lambda item: (item["ops_band"] or 0) >= 3),
        ({"min_ml_band": "2"}, lambda item: (item["ml_band"] or 0) >= 2),
        ({"status": "failed"}, lambda item: item["status"] == "failed"),
        ({"seniority": "senior"}, lambda item: item["seniority"] == "senior"),
        ({"q": "WEI"}, lambda item: "wei" in item["source"]),
        ({"flag": "hidden_text"}, lambda item: "hidden_text" in item["flags"]),
        ({"decision": "none"}, lambda item: item["decision"] == ""),
        ({"reviewer": "nobody yet"}, lambda item: item["decision"] == ""),
    ],
)
def test_filters_give_those_who_pass_and_nobody_else(
    api: httpx.Client, asked: dict[str, str], holds: Any
) -> None:
    every = api.get(f"{RUN}/candidates").json()["items"]
    found = api.get(f"{RUN}/candidates", params=asked).json()["items"]
    assert [i["id"] for i in found] == [i["id"] for i in every if holds(i)]


def test_levels_and_requirements_are_filtered_by_the_report(
    api: httpx.Client, ids: list[str]
) -> None:
    reports = {id_: api.get(f"{RUN}/candidates/{id_}").json() for id_ in ids}
    asked = {"dimension": "modeling", "min_level": "3"}
    found = api.get(f"{RUN}/candidates", params=asked).json()["items"]
    high = {i for i, r in reports.items() if r["dimensions"]["modeling"]["level"] >= 3}
    assert {item["id"] for item in found} == high != set(ids)
    first = next(iter(reports.values()))["requirements"][0]["id"]
    met = {i for i, r in reports.items() for q in r["requirements"] if q["id"] == first and q["verdict"] == "missing"}  # fmt: skip
    asked = {"requirement": first, "verdict": "missing"}
    found = api.get(f"{RUN}/candidates", params=asked).json()["items"]
    assert {item["id"] for item in found} == met


def test_a_report_has_the_bytes_of_the_command_line(
    api: httpx.Client, target: ServiceSettings, ids: list[str]
) -> None:
    for id_ in ids:
        written = (target.runs / "autumn" / "reports" / f"{id_}.json").read_bytes()
        assert api.get(f"{RUN}/candidates/{id_}").content == written


def test_what_is_struck_over_http_is_computed_again_and_stands_on_the_command_line(
    api: httpx.Client, target: ServiceSettings, ids: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    place = f"{RUN}/candidates/{ids[0]}"
    said = {"kind": "objected", "objection": "struck", "evidence": "e1", "by": "Ana", "reason": "not shown"}  # fmt: skip
    done = api.post(f"{place}/decisions", json=said)
    assert done.status_code == 201
    made = done.json()
    assert made["reviewed"]["struck"][0]["id"] == "e1"
    api.post(f"{place}/decisions", json={**said, "evidence": "e2", "objection": "disputed"})
    shown = api.get(f"{place}/evidence").json()["items"]
    assert [item["objection"] for item in shown[:3]] == ["struck", "disputed", None]
    assert api.get(f"{place}/review", params={"reviewer": "Ben"}).json()["struck"] == []
    assert api.get(f"{place}/review", params={"reviewer": "Ana"}).json()["reviewed"] == made["reviewed"]["reviewed"]  # fmt: skip
    track = {"kind": "overridden", "track": "unrelated", "by": "Ana", "reason": "another field"}
    assert api.post(f"{place}/decisions", json=track).json()["reviewed"]["track"] == "unrelated"
    assert api.get(f"{place}/decisions").json()["total"] == 3
    asked = {"dimension": shown[0]["item"]["dimension"]}
    assert len(api.get(f"{place}/evidence", params=asked).json()["items"]) < len(shown)
    assert command(["decisions", str(target.runs / "autumn")]) == 0
    assert "struck e1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"choice": "yes"}, "body.by: it is missing."),
        ({"choice": "yes", "by": " "}, "body.by: it should not be blank."),
        ({"choice": "yes", "by": "Ana", "reasons": "x"}, "body.reasons: there is no such field."),
        ({"choice": "perhaps", "by": "Ana"}, "body.choice: it should be 'yes' or 'maybe'."),
        ({"kind": "objected", "by": "Ana"}, "body.evidence: it is missing."),
        ({"kind": "praised"}, "body: its kind should be “decided”, “objected” or “overridden”."),
        ([], "body: its kind should be "),
    ],
)
def test_what_does_not_fit_is_told_by_the_senders_own_words(
    api: httpx.Client, ids: list[str], body: Any, told: str
) -> None:
    given = {"kind": "decided", **body} if isinstance(body, dict) else body
    found = _problem(api.post(f"{RUN}/candidates/{ids[0]}/decisions", json=given), 422)
    assert found["detail"].startswith(told)
    assert "pydantic" not in str(found)


def test_decisions_are_hidden_from_who_has_not_decided_and_kept_in_a_chain(
    api: httpx.Client, ids: list[str]
) -> None:
    place = f"{RUN}/candidates/{ids[1]}/decisions"
    no = {"kind": "decided", "choice": "no", "by": "Ana"}
    for blank in ({}, {"reason": None}, {"reason": " "}):
        refused = _problem(api.post(place, json={**no, **blank}), 422)
        assert refused["detail"] == "body.reason: “No” needs a reason."
        assert refused["mistakes"] == [{"at": "body.reason", "message": "“No” needs a reason"}]
    assert api.post(place, json={**no, "reason": "too few years"}).status_code == 201
    assert api.get(place, params={"reviewer": "Ben"}).json()["items"] == []
    yes = {"kind": "decided", "choice": "yes", "by": "Ben"}
    done = api.post(place, json=yes).json()
    seen = api.get(place, params={"reviewer": "Ben"}).json()
    assert [item["said"]["by"] for item in seen["items"]] == ["Ana", "Ben"]
    assert seen["agreement"][0]["reviewers"] == ["Ana", "Ben"]
    row = api.get(f"{RUN}/candidates", params={"decision": "split"}).json()["items"]
    assert [item["id"] for item in row] == [ids[1]]
    found = api.get(f"{RUN}/decisions/verification", params={"kept": done["hash"]}).json()
    assert found["is_whole"]
    assert not api.get(f"{RUN}/decisions/verification", params={"kept": "0" * 64}).json()[
        "is_whole"
    ]
    told = api.get(f"{RUN}/export/decisions.csv").text
    assert "too few years" in told
    table = list(csv.DictReader(io.StringIO(api.get(f"{RUN}/export/candidates.csv").text)))
    assert {row["decision"] for row in table if row["id"] == ids[1]} == {"split"}
    _problem(api.post(place, json={**yes, "kind": "objected", "evidence": "e1"}), 422)
    gone = {"kind": "objected", "objection": "struck", "evidence": "e9999", "by": "Ana", "reason": "not shown"}  # fmt: skip
    _problem(api.post(place, json=gone), 404)


def test_a_request_with_a_key_is_done_once(api: httpx.Client, ids: list[str]) -> None:
    place, key = f"{RUN}/candidates/{ids[2]}/decisions", {"idempotency-key": "k-1"}
    yes = {"kind": "decided", "choice": "yes", "by": "Ana"}
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: api.post(place, json=yes, headers=key), range(4)))
    assert {answer.status_code for answer in done} == {201}
    assert len({answer.content for answer in done}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in done) == 3
    assert api.get(place).json()["total"] == 1
    other = api.post(place, json={**yes, "by": "Ben"}, headers=key)
    assert _problem(other, 409)["type"].endswith("key-reused")
    _problem(api.post(place, json=yes, headers={"idempotency-key": "two words"}), 422)


def test_words_are_found_in_evidence_and_in_resumes(api: httpx.Client, ids: list[str]) -> None:
    report = api.get(f"{RUN}/candidates/{ids[0]}").json()
    first = report["evidence"][0]
    hits = api.get(f"{RUN}/search", params={"q": first["quote"][:120]}).json()
    assert hits["has_all_words"]
    assert (hits["items"][0]["id"], hits["items"][0]["evidence"]) == (ids[0], first["id"])
    name = report["candidate"]["name"]
    (hit,) = api.get(f"{RUN}/search", params={"q": name}).json()["items"]
    assert (hit["id"], hit["evidence"]) == (ids[0], None)
    assert api.get(f"{RUN}/search", params={"q": "zyzzyva"}).json()["total"] == 0
    _problem(api.get(f"{RUN}/search"), 422)


def test_a_run_that_somebody_writes_can_be_read_and_not_be_decided_in(
    api: httpx.Client, target: ServiceSettings, ids: list[str]
) -> None:
    api.get(f"{RUN}/candidates")
    with RunStore(target.runs / "autumn"):
        assert api.get(f"{RUN}/candidates/{ids[3]}").status_code == 200
        yes = {"kind": "decided", "choice": "yes", "by": "Ana"}
        answer = api.post(f"{RUN}/candidates/{ids[3]}/decisions", json=yes)
        assert _problem(answer, 503)["type"].endswith("busy")
        assert answer.headers["retry-after"]
    assert api.post(f"{RUN}/candidates/{ids[3]}/decisions", json=yes).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"{API}/runs/winter", 404),
        ("GET", f"{API}/runs/..%2F..%2Fetc", 404),
        ("GET", f"{RUN}/candidates/nobody", 404),
        ("GET", f"{RUN}/candidates?limit=0", 422),
        ("GET", f"{RUN}/candidates?limit=1&limit=2", 422),
        ("GET", f"{RUN}/candidates?colour=red", 422),
        ("GET", f"{API}/nothing", 404),
        ("PUT", f"{API}/runs", 405),
        ("POST", f"{API}/evaluate", 415),
        ("POST", f"{API}/roles", 415),
    ],
)
def test_every_error_has_one_form(api: httpx.Client, method: str, path: str, status: int) -> None:
    answer = api.request(method, path)
    assert _problem(answer, status)["detail"]
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_one_resume_over_http_is_the_report_of_the_library(api: httpx.Client) -> None:
    data = (RESUMES / "jonas-beck.md").read_bytes()
    file = {"file": ("../../jonas-beck.md", data)}
    answer = api.post(f"{API}/evaluate", files=file, data={"github": "none"})
    expected = evaluate(
        RESUMES / "jonas-beck.md", github="none", settings=Settings(reader="rules", offline=True)
    )
    assert answer.text == expected.to_json()


def test_a_role_goes_with_the_resume(api: httpx.Client) -> None:
    advert = "ML engineer\n\nRequirements\n- 3 years of Python\n- Terraform\n"
    role = api.post(f"{API}/roles", json={"text": advert}).json()
    assert RoleProfile.model_validate(role).requirements
    file = {"file": ("vera.txt", SHORT.encode())}
    for given, name in ((json.dumps(role), role["name"]), ("ml-engineer", "ml-engineer")):
        answer = api.post(f"{API}/evaluate", files=file, data={"role": given})
        report = CandidateReport.model_validate_json(answer.content)
        assert report.role_fit.role == name
    for wrong in ("nowhere", "/etc/passwd", "{}", "{"):
        _problem(api.post(f"{API}/evaluate", files=file, data={"role": wrong}), 422)
    assert [r["name"] for r in api.get(f"{API}/roles").json()["items"]] == ["ml-engineer", "mlops-engineer", "dual"]  # fmt: skip


def test_what_cannot_be_read_says_why(api: httpx.Client) -> None:
    found = _problem(api.post(f"{API}/evaluate", files={"file": ("x.pdf", b"")}), 422)
    assert (found["reason"], found["type"]) == (
        "empty",
        "urn:evaluator:problem:unreadable-document",
    )
    _problem(api.post(f"{API}/evaluate", files={"other": ("x.pdf", b"")}), 422)
    two = [("file", ("a.txt", SHORT.encode())), ("file", ("b.txt", SHORT.encode()))]
    _problem(api.post(f"{API}/evaluate", files=two), 400)
    file, unknown = {"file": ("x.txt", SHORT.encode())}, {"colour": "red"}
    assert (
        "colour" in _problem(api.post(f"{API}/evaluate", files=file, data=unknown), 422)["detail"]
    )


def test_sixty_four_at_once_are_all_read(api: httpx.Client, target: ServiceSettings) -> None:
    def one(number: int) -> httpx.Response:
        file = {"file": ("vera.txt", SHORT.replace("12 %", f"{number + 2} %").encode())}
        return api.post(f"{API}/evaluate", files=file, timeout=120)

    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(one, range(64)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 64


def test_metrics_count_what_was_asked_and_name_nobody(api: httpx.Client) -> None:
    api.get(f"{API}/runs/winter")
    text = api.get("metrics").text
    assert 'evaluator_requests_total{operation="get_run",status="404"}' in text
    assert "evaluator_requests_in_flight 1\n" in text
    assert 'evaluator_request_seconds_bucket{operation="get_run",le="+Inf"}' in text
    for words in ("winter", "autumn", "vera", "Ana"):
        assert words not in text


def test_who_asks_too_often_waits(target: ServiceSettings) -> None:
    limits = Limits(per_minute=60, burst=2)
    with served(target.runs, limits=limits) as settings, stranger(settings) as client:
        answers = [client.get("health") for _ in range(4)]
        assert [a.status_code for a in answers[:2]] == [200, 200]
        late = next(a for a in answers if a.status_code == 429)
        assert _problem(late, 429)["type"].endswith("rate")
        assert int(late.headers["retry-after"]) >= 1


def test_a_bucket_fills_again_evenly_for_each_caller() -> None:
    at = [0.0]
    pace = Pace(per_minute=60, burst=2, clock=lambda: at[0])
    pace.take("a")
    pace.take("a")
    pace.take("b")
    with pytest.raises(Refused):
        pace.take("a")
    at[0] = 1.01
    pace.take("a")
    with pytest.raises(Refused):
        pace.take("a")


def test_a_folder_that_is_gone_is_not_ready(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    with served(folder) as settings, stranger(settings) as client:
        folder.rmdir()
        _problem(client.get("ready"), 503)
