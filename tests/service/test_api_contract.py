"""The API does what its own OpenAPI document says: generated requests, right and wrong ones, to a running server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as how
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from evaluator.batch.store import RunStore
from evaluator.service.api.listing import OPERATIONS
from evaluator.service.api.operations import Operation
from evaluator.service.configuration import Limits
from evaluator.service.jobs.record import job_record, save

from ..servers.service import TOKEN, served

_BEARER = {"Authorization": f"Bearer {TOKEN}"}
_MAY_REFUSE = {"evaluate", "read_advert", "submit_job"}
"""A file may be no resume, a text no advert, a webhook not allowed: no schema can say that."""
_JOB = "0" * 32
GOOD = {200, 201, 202}
_EXAMPLES = 4
_OPERATIONS = [o for o in OPERATIONS if o.name != "get_openapi"]
"""Without the document itself, which is read first."""


def _can_be_wrong(operation: Operation) -> bool:
    return bool(operation.query.model_fields) or "{" in operation.path or operation.method == "POST"


@pytest.fixture(scope="module")
def operations(
    runs: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, APIOperation[Any, Any, Any, Any]]]:
    """Of a server over a copy of the runs, which takes as many requests as come."""
    copy = tmp_path_factory.mktemp("contract") / "runs"
    shutil.copytree(runs, copy)
    save(copy / "autumn", job_record("autumn", ids=()).model_copy(update={"id": _JOB}))
    with served(copy, limits=Limits(per_minute=10**6, burst=10**6)) as settings:
        address = f"{settings.address}api/v1/openapi.json"
        schema = schemathesis.openapi.from_url(address, headers=_BEARER)
        found = [result for result in schema.get_all_operations() if isinstance(result, Ok)]
        yield {one.ok().definition.raw["operationId"]: one.ok() for one in found}


@pytest.fixture(scope="module")
def somebody(runs: Path) -> dict[str, str]:
    """Names of things that are there."""
    with RunStore(runs / "autumn") as store:
        return {
            "run": "autumn",
            "job": _JOB,
            "id": next(i.id for i in store.items() if i.state == "done"),
        }


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "mode"),
    [(o.name, GenerationMode.POSITIVE) for o in _OPERATIONS]
    + [(o.name, GenerationMode.NEGATIVE) for o in _OPERATIONS if _can_be_wrong(o)],
)
def test_generated_requests_are_answered_as_documented(
    operations: dict[str, APIOperation[Any, Any, Any, Any]],
    somebody: dict[str, str],
    name: str,
    mode: GenerationMode,
) -> None:
    operation = operations[name]
    named = {p.name: somebody[p.name] for p in operation.path_parameters}
    is_right = mode is GenerationMode.POSITIVE
    answered: set[int] = set()
    excluded: list[Any] = [positive_data_acceptance] if name in _MAY_REFUSE else []
    if operation.definition.raw.get("requestBody", {}).get("content", {}).keys() & {
        "multipart/form-data"
    }:
        excluded.append(negative_data_rejection)  # in a form 1 and "1" are the same bytes

    @seed(30)
    @how(max_examples=2 if excluded else _EXAMPLES, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(mode, path_parameters=named if is_right else None))
    def ask(case: schemathesis.Case[Any]) -> None:
        answer = case.call_and_validate(headers=_BEARER, excluded_checks=excluded)
        answered.add(answer.status_code)
        if name == "read_advert" and is_right and answer.status_code == 422:
            assert answer.json()["type"].rpartition(":")[2] in {
                "nothing-asked",
                "unreadable-document",
            }

    ask()
    # What is generated for the others is mostly none of what they read: they have examples of their own.
    if is_right and name not in {*_MAY_REFUSE, "decide"}:
        assert answered & GOOD


@pytest.mark.parametrize("name", sorted({*_MAY_REFUSE, "decide"}))
def test_the_examples_of_the_document_do_what_they_say(
    operations: dict[str, APIOperation[Any, Any, Any, Any]], somebody: dict[str, str], name: str
) -> None:
    operation = operations[name]
    named = {p.name: somebody[p.name] for p in operation.path_parameters}
    content = operation.definition.raw["requestBody"]["content"]
    kind, media = next(iter(content.items()))
    schema = _resolved(media["schema"], operation.schema.raw_schema)
    body = {
        field: _example(found) for field, found in schema["properties"].items() if _example(found)
    }
    case = operation.Case(path_parameters=named, body=body, media_type=kind)
    answer = case.call_and_validate(headers=_BEARER)
    assert answer.status_code in GOOD


def _resolved(schema: dict[str, Any], document: Any) -> dict[str, Any]:
    """A form as it stands, of several the first."""
    schema = schema["oneOf"][0] if "oneOf" in schema else schema
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _example(schema: dict[str, Any]) -> Any:
    if schema.get("type") == "array":
        return [_example(schema["items"])]
    return schema.get("examples", schema.get("enum", [schema.get("const")]))[0]


def test_every_link_of_the_document_leads_to_an_answer(
    operations: dict[str, APIOperation[Any, Any, Any, Any]], somebody: dict[str, str]
) -> None:
    """Whoever knows no name of a run or a candidate finds all of them by what was answered before."""
    reached = set()
    for name, operation in operations.items():
        if name in {"evaluate", "read_advert"}:
            continue
        (good,) = (told for status, told in operation.definition.raw["responses"].items() if int(status) in GOOD)  # fmt: skip
        if "links" not in good:
            continue
        values = {"path": {p.name: somebody[p.name] for p in operation.path_parameters}}
        answer = _asked(operation, values)
        for link in good["links"].values():
            led = operations[link["operationId"]]
            taken = {p.name for p in led.path_parameters}
            given = {
                n: _value(how, values["path"], answer) for n, how in link["parameters"].items()
            }
            path = {n: v for n, v in given.items() if n in taken}
            query = {n: v for n, v in given.items() if n not in taken}
            assert path.keys() == taken
            _asked(led, {"path": path, "query": query})
            reached.add(link["operationId"])
    assert {o.name for o in _OPERATIONS if "{" in o.path} == reached


_SENT: dict[str, dict[str, Any]] = {
    "decide": {"body": {"kind": "decided", "by": "Ana Ruiz", "choice": "yes"}, "media_type": "application/json"},
    "submit_job": {"body": {"run": "autumn", "again": False}, "media_type": "application/json"},
    "search": {"query": {"q": "models"}},
}  # fmt: skip


def _asked(operation: APIOperation[Any, Any, Any, Any], values: dict[str, dict[str, str]]) -> Any:
    sent = dict(_SENT.get(operation.definition.raw["operationId"], {}))
    query = {**sent.pop("query", {}), **values.get("query", {})}
    case = operation.Case(path_parameters=values["path"], query=query, **sent)
    answer = case.call_and_validate(headers=_BEARER)
    assert answer.status_code in GOOD
    return answer.json() if "json" in answer.headers["content-type"][0] else None


def _value(how: str, path: dict[str, str], answer: Any) -> str:
    """What an expression of a link stands for."""
    if how.startswith("$request.path."):
        return path[how.rpartition(".")[2]]
    found = answer
    for part in how.removeprefix("$response.body#/").split("/"):
        found = found[int(part) if isinstance(found, list) else part]
    return str(found)
