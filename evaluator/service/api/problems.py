"""What went wrong, as programs read it: RFC 9457, one form for every error of the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ...errors import (
    DocumentError,
    EvaluatorError,
    InternalError,
    ModelError,
    OutsideError,
    StorageError,
    UserError,
)
from ...models.base import Value
from ...review.decision_book import KeyReused
from ..input_mistakes import mistakes_in
from ..runs import NotThere, is_held

KIND = "application/problem+json"
_SECONDS = "5"
"""After which asking again makes sense where somebody else holds a run."""


class Mistake(Value):
    """One place of a request that does not fit."""

    at: str
    message: str


class Problem(BaseModel):
    """An error. What is empty is left out."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True, json_schema_serialization_defaults_required=False)  # fmt: skip

    type: str = Field(default="about:blank", description="`urn:evaluator:problem:…` where programs can tell more than by the status.")  # fmt: skip
    title: str
    status: int
    detail: str
    hint: str | None = None
    """What can be done about it."""
    reason: str | None = None
    """Why a document has no text, from the closed list of the tables."""
    mistakes: tuple[Mistake, ...] = ()


class Refused(Exception):
    """An operation that ends with a problem.

    Attributes:
        problem: what is answered.
        headers: beside it.
    """

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


def problem(
    status: int, detail: str, *, kind: str | None = None, hint: str | None = None
) -> Problem:
    """An error by its status."""
    type_ = f"urn:evaluator:problem:{kind}" if kind else "about:blank"
    return Problem(type=type_, title=HTTPStatus(status).phrase, status=status, detail=detail, hint=hint)  # fmt: skip


def answer(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The response."""
    told = {k: v for k, v in found.model_dump(mode="json", exclude_none=True).items() if v != []}
    content = json.dumps(told, ensure_ascii=False)
    return Response(f"{content}\n", found.status, dict(headers or {}), KIND)


def mistakes(error: ValidationError, at: str, given: Any = None) -> Refused:
    """A request that its schema does not allow; says where, and repeats nothing that was sent.

    Args:
        error: of the schema.
        at: the part of the request.
        given: that part, where it can be told from the names of forms that it might have had.
    """
    found = tuple(
        Mistake(at=f"{at}.{place}".rstrip("."), message=message)
        for place, message in mistakes_in(error, given)
    )
    made = problem(422, f"{found[0].at}: {found[0].message}.", kind="invalid-request")
    return Refused(made.model_copy(update={"mistakes": found}))


def told(error: Exception) -> tuple[Problem, dict[str, str]]:
    """Any error that an operation may raise, and headers that go with it."""
    if isinstance(error, Refused):
        return error.problem, error.headers
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail), dict(error.headers or {})
    if isinstance(error, NotThere):
        return problem(404, "There is no such run, candidate or job.", kind="not-there"), {}
    assert isinstance(error, EvaluatorError)
    status, kind = _status(error)
    made = problem(status, error.message, kind=kind, hint=error.hint)
    if isinstance(error, DocumentError):
        made = made.model_copy(update={"reason": error.reason.value})
    return made, {"retry-after": _SECONDS} if status == 503 else {}


def _status(error: EvaluatorError) -> tuple[int, str | None]:
    if isinstance(error, DocumentError):
        return 422, "unreadable-document"
    if isinstance(error, KeyReused):
        return 409, "key-reused"
    if isinstance(error, UserError):
        return 422, "invalid-request"
    if isinstance(error, StorageError):
        return 503, "busy" if is_held(error) else "storage"
    if isinstance(error, ModelError):
        return 502, "model"
    if isinstance(error, OutsideError):
        return 503, "model-refused"
    assert isinstance(error, InternalError | EvaluatorError)
    return 500, None
