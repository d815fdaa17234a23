"""A typed client in one file, written from the OpenAPI document: pydantic models, and a method of httpx for each operation.

python -m evaluator.service.api.clients client.py
"""

from __future__ import annotations

import keyword
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .listing import described

Schema = Mapping[str, Any]

_HEAD = '''"""A client of the evaluator's HTTP API {version}. Generated; write it anew with every version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field

File = tuple[str, bytes]
"""Name and content."""


class Model(BaseModel):
    """What is not known yet is passed over, so that a newer server can be asked."""

    model_config = ConfigDict(extra="ignore")

'''
_CLIENT = '''

class Refused(Exception):
    """An answer that is a problem.

    Attributes:
        status: of HTTP.
        problem: as the server tells it; None where something between answered.
    """

    def __init__(self, status: int, problem: Problem | None) -> None:
        super().__init__(problem.detail if problem else f"status {status}")
        self.status = status
        self.problem = problem


class Client:
    """The operations.

    Args:
        address: of the server, such as ``http://127.0.0.1:8765``.
        token: that it prints, or its password.
        client: in the place of one of httpx's own, for proxies, time limits and tests.
    """

    def __init__(self, address: str, token: str, client: httpx.Client | None = None) -> None:
        self._address = address.rstrip("/")
        self._headers = {"authorization": f"Bearer {token}"}
        self._client = client or httpx.Client(timeout=120)

    def close(self) -> None:
        """End its connections."""
        self._client.close()

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: BaseModel | None = None,
        files: Sequence[tuple[str, File]] = (),
        fields: Mapping[str, str | None] | None = None,
        key: str | None = None,
    ) -> httpx.Response:
        headers = dict(self._headers)
        if key is not None:
            headers["idempotency-key"] = key
        if body is not None:
            headers["content-type"] = "application/json"
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        answer = self._client.request(
            method,
            f"{self._address}{path}",
            params=asked,
            headers=headers,
            content=None if body is None else body.model_dump_json(exclude_unset=True),
            files=list(files) or None,
            data={name: value for name, value in (fields or {}).items() if value is not None},
        )
        if answer.is_success:
            return answer
        is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
        raise Refused(
            answer.status_code, Problem.model_validate_json(answer.content) if is_problem else None
        )
'''
_PLAIN = {
    "string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None",
    "object": "dict[str, Any]", "array": "list[Any]",
}  # fmt: skip


def type_of(schema: Schema) -> str:
    """A schema as a type of Python."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(map(type_of, schema[several])))
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(map(repr, values))}]"
    kind = schema.get("type")
    if kind == "array" and "prefixItems" in schema:
        return f"tuple[{', '.join(map(type_of, schema['prefixItems']))}]"
    if kind == "array" and "items" in schema:
        return f"list[{type_of(schema['items'])}]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"dict[str, {type_of(schema['additionalProperties'])}]"
    return _PLAIN.get(str(kind), "Any")


def _told(text: object, indent: str) -> str:
    """A description as a docstring."""
    words = " ".join(str(text).replace("\\", "").replace('"', "'").split())
    return f'{indent}"""{words}"""\n'


def _model(name: str, schema: Schema) -> str:
    made = f"\nclass {name}(Model):\n" + _told(schema.get("description", name), "    ")
    required = set(schema.get("required", ()))
    for field, found in schema.get("properties", {}).items():
        safe = f"{field}_" if keyword.iskeyword(field) or field == "model_config" else field
        type_ = type_of(found)
        is_optional = field not in required
        if is_optional and "None" not in type_.split(" | "):
            type_ += " | None"
        given = [] if safe == field else [f'alias="{field}"']
        default = [f"default=None{''.join(f', {g}' for g in given)}"] if is_optional else given
        made += f"    {safe}: {type_}" + (f" = Field({default[0]})" if default else "") + "\n"
    return made + "\n"


def _methods(path: str, method: str, operation: Schema) -> Iterator[str]:
    contents = operation.get("requestBody", {}).get("content", {})
    forms = [kind for kind in contents if kind.startswith("multipart/")]
    bodies = [kind for kind in contents if kind not in forms]
    for kind in contents or [""]:
        suffix = "_of_run" if kind in bodies and forms else ""
        yield _method(path, method, operation, contents.get(kind, {}).get("schema"), is_form=kind in forms, suffix=suffix)  # fmt: skip


def _method(
    path: str, method: str, operation: Schema, sent: Schema | None, *, is_form: bool, suffix: str
) -> str:
    parameters = operation["parameters"]
    named = [p["name"] for p in parameters if p["in"] == "path"]
    query = [p for p in parameters if p["in"] == "query"]
    takes = ["self", *(f"{name}: str" for name in named)]
    does = [f'"{method.upper()}"', _address(path, named)]
    if sent is not None and not is_form:
        takes.append(f"body: {type_of(sent)}")
        does.append("body=body")
    optional = [f"{p['name']}: {type_of(p['schema'])}{'' if p['required'] else ' | None = None'}" for p in query]  # fmt: skip
    if query:
        does.append(f"query={{{', '.join(_pair(p['name']) for p in query)}}}")
    if sent is not None and is_form:
        rest = [name for name in sent["properties"] if name not in {"file", "files"}]
        is_many = "files" in sent["properties"]
        takes.append("files: Sequence[File]" if is_many else "file: File")
        does.append('files=[("files", file) for file in files]' if is_many else 'files=[("file", file)]')  # fmt: skip
        does.append(f"fields={{{', '.join(map(_pair, rest))}}}")
        optional += [f"{name}: str | None = None" for name in rest]
    if method == "post":
        optional.append("key: str | None = None")
        does.append("key=key")
    if optional:
        takes += ["*", *sorted(optional, key=lambda told: "=" in told)]
    returns, how = _answer(operation)
    return (
        f"\n    def {operation['operationId']}{suffix}({', '.join(takes)}) -> {returns}:\n"
        + _told(operation["summary"], "        ")
        + f"        answer = self._ask({', '.join(does)})\n        return {how}\n"
    )


def _pair(name: str) -> str:
    return f'"{name}": {name}'


def _address(path: str, named: list[str]) -> str:
    for name in named:
        path = path.replace(f"{{{name}}}", f"{{quote({name}, safe='')}}")
    return f'f"{path}"' if named else f'"{path}"'


def _answer(operation: Schema) -> tuple[str, str]:
    """Type and expression of what a call gives."""
    good = next(found for status, found in operation["responses"].items() if status[0] == "2")
    ((kind, content),) = good["content"].items()
    type_ = type_of(content["schema"])
    if kind != "application/json":
        return "str", "answer.text"
    if type_.startswith("dict"):
        return type_, "dict(answer.json())"
    return type_, f"{type_}.model_validate_json(answer.content)"


def client(document: Schema) -> str:
    """The file.

    Args:
        document: OpenAPI 3.1, as ``GET /api/v1/openapi.json`` gives it.
    """
    schemas = document["components"]["schemas"]
    models = {name: schema for name, schema in schemas.items() if "properties" in schema}
    made = _HEAD.format(version=document["info"]["version"])
    made += "".join(f"{name} = {type_of(schemas[name])}\n" for name in schemas if name not in models)  # fmt: skip
    made += "".join(f"\n{_model(name, schema)}" for name, schema in models.items()).rstrip() + "\n"
    made += _CLIENT
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            made += "".join(_methods(path, method, operation))
    return made


def main() -> None:
    """Write the client of this version into the file that is named."""
    Path(sys.argv[1]).write_text(client(described()), encoding="utf-8")


if __name__ == "__main__":
    main()
