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
        if name == "read_advert" and is_right and answer.status_code == 422:
            assert answer.json()["type"].rpartition(":")[2] in {
                "nothing-asked",
                "unreadable-document",
            }

    ask()
