"""The OpenAPI 3.1 document, made of the operations and of the types that they take and give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from ...version import __version__
from .links import links_of
from .operations import FORM, JSON, Operation
from .problems import KIND, Problem

_REF = "#/components/schemas/{model}"
_ALWAYS = (400, 401, 403, 422, 429, 500)
_OPEN = (400, 429, 500)
_TOLD = {
    400: "Not a request that this server can answer.",
    401: "The token is missing or wrong.",
    403: "The request came from a page of another site, or from an old form.",
    404: "Not found.",
    408: "The rest of the request did not arrive.",
    409: "The idempotency key belongs to another request, or no reviewer has given a name in this browser.",
    413: "Larger than this server accepts.",
    415: "Of another media type.",
    422: "The request does not fit, or what it brings cannot be used: a document cannot be read, an advert asks for nothing; `type` tells which.",
    429: "Too many requests; Retry-After says when.",
    500: "An error in the program; please report it.",
    502: "The model endpoint gave no usable reading.",
    503: "Another program is using the run, or something it needs is unavailable; Retry-After says when to try again.",
}
_PATH = {
    "run": {"type": "string", "minLength": 1, "description": "Name of a run, as the list of runs gives it."},
    "id": {"type": "string", "pattern": "^[0-9A-Za-z]{1,64}$", "description": "Identity of a candidate, whole."},
    "job": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Identity of a job."},
}  # fmt: skip
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same request gets the first answer again: of jobs and decisions for good, of the others for an hour and as long as the server runs.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[\\x21-\\x7e]+$"},
}


def openapi(operations: Sequence[Operation]) -> dict[str, Any]:
    """The document.

    Args:
        operations: all of them, with their whole paths.
    """
    models = _models(operations)
    _, schemas = models_json_schema(
        [(model, "serialization" if model in _given(operations) else "validation") for model in models],
        ref_template=_REF,
    )  # fmt: skip
    components = dict(schemas.get("$defs", {}))
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(
            operation, components
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "evaluator",
            "version": __version__,
            "description": "Reads resumes and public code, and reports ML depth and Ops depth with the evidence for each.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "The token that `evaluator serve` prints, or the password."}},
        },
    }  # fmt: skip


def _given(operations: Sequence[Operation]) -> set[type[BaseModel]]:
    return {o.answers for o in operations if _is_model(o.answers)} | {Problem}


def _models(operations: Sequence[Operation]) -> list[type[BaseModel]]:
    return sorted(_given(operations), key=lambda model: model.__name__)


def _is_model(type_: object) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)


def _operation(operation: Operation, components: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {str(operation.status): _answer(operation, components)}
    expected = _OPEN if operation.is_open else _ALWAYS
    for status in sorted({*expected, *operation.errors}):
        answers[str(status)] = {
            "description": _TOLD[status],
            "content": {KIND: {"schema": {"$ref": _REF.format(model="Problem")}}},
        }
    made: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": _parameters(operation, components),
        "responses": answers,
    }
    if operation.is_open:
        made["security"] = []
    bodies: dict[str, Any] = {}
    if operation.form is not None:
        schema = _schema(TypeAdapter(operation.form), components)
        for name, found in schema["properties"].items():
            schema["properties"][name] = _as_sent(found)
        bodies[FORM] = {"schema": schema}
    if operation.body is not None:
        bodies[JSON] = {"schema": _named(_schema(operation.body, components), components)}
    if bodies:
        made["requestBody"] = {"required": True, "content": bodies}
    return made


def _answer(operation: Operation, components: dict[str, Any]) -> dict[str, Any]:
    if operation.answers is None:
        schema: dict[str, Any] = {"type": "string"}
    elif _is_model(operation.answers):
        schema = {"$ref": _REF.format(model=operation.answers.__name__)}
    else:
        schema = operation.answers
    made = {"description": operation.summary, "content": {operation.kind: {"schema": schema}}}
    links = links_of(operation.name)
    return {**made, "links": links} if links else made


def _as_sent(found: dict[str, Any]) -> dict[str, Any]:
    """A schema of what stands in an address or a form, where nothing is said by leaving it out."""
    kinds = [kind for kind in found.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return found
    rest = {k: v for k, v in found.items() if k not in {"anyOf", "default"} or found.get(k)}
    rest.pop("anyOf")
    return {**rest, **kinds[0]}


def _schema(adapter: TypeAdapter[Any], components: dict[str, Any]) -> dict[str, Any]:
    found = adapter.json_schema(ref_template=_REF, mode="validation")
    components.update(found.pop("$defs", {}))
    return found


def _named(found: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """A model by its name, as generated clients want it; anything else as it is."""
    if "properties" not in found:
        return found
    components[found["title"]] = found
    return {"$ref": _REF.format(model=found["title"])}


def _parameters(operation: Operation, components: dict[str, Any]) -> list[dict[str, Any]]:
    made = [
        {"name": name, "in": "path", "required": True, "schema": _PATH[name]}
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    schema = _schema(TypeAdapter(operation.query), components)
    for name, nullable in schema.get("properties", {}).items():
        found = _as_sent(nullable)
        required = name in schema.get("required", ())
        told = {"description": found["description"]} if "description" in found else {}
        made.append({"name": name, "in": "query", "required": required, "schema": found, **told})
    return [*made, _KEY] if operation.method == "POST" else made
