"""What an operation of the API is: declared once, from which its route, its checks and its documentation follow."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from ...models.base import Value
from ..access import session_of
from ..pages import runs_of
from ..runs import Run, Runs
from .guarding import digest
from .problems import Refused, mistakes, problem

JSON, CSV, TEXT = "application/json", "text/csv; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8"  # fmt: skip
FORM = "multipart/form-data"
_MOST_FIELD = 256 * 1024


class Nothing(Value):
    """No parameters."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with one file.

    Attributes:
        name: of the file, as the sender calls it.
        data: its bytes.
        fields: the others.
    """

    name: str
    data: bytes
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Uploads:
    """A form with many files, which are on the disk where they are large.

    Attributes:
        files: as they came; they are there until the request is answered.
        fields: the others.
        fingerprint: the same for the same files and fields; empty without an idempotency key.
    """

    files: list[UploadFile]
    fields: dict[str, str]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an operation, checked.

    Attributes:
        request: as it came.
        query: parameters, of the operation's own type.
        body: of the operation's own type; None where there is none.
        upload: the form; None where the operation takes none.
        uploads: the form with many files.
    """

    request: Request
    query: Any
    body: Any = None
    upload: Upload | None = None
    uploads: Uploads | None = None

    @property
    def form(self) -> Upload:
        """The form of an operation that takes one."""
        assert self.upload is not None
        return self.upload

    @property
    def fingerprint(self) -> str:
        """The same for the same content, however it was sent."""
        if self.uploads is not None:
            return self.uploads.fingerprint
        if self.upload is not None:
            return digest(self.upload.name, self.upload.data, json.dumps(self.upload.fields, sort_keys=True))  # fmt: skip
        return digest(self.body.model_dump_json() if isinstance(self.body, BaseModel) else None)

    @property
    def asked(self) -> tuple[str, str]:
        """Digests of the idempotency key, empty without one, and of what is asked.

        A browser's keys are its reviewer's own: the answer to another's request would tell what that one decided.
        """
        key, path = self.request.headers.get("idempotency-key"), self.request.url.path
        session = session_of(self.request)
        own = () if session is None else (session.reviewer,)
        return (digest(path, key, *own) if key else "", digest(path, self.fingerprint))

    @property
    def runs(self) -> Runs:
        """The runs of this server."""
        return runs_of(self.request)

    @property
    def run(self) -> Run:
        """The run that the path names.

        Raises:
            NotThere: there is none.
        """
        return self.runs.run(self.request.path_params["run"])

    @property
    def id(self) -> str:
        """The candidate that the path names."""
        return str(self.request.path_params["id"])

    def reviewer(self, named: str | None) -> str | None:
        """Whose eyes are meant: in a browser the reviewer's own; a program says whose, or sees all."""
        session = session_of(self.request)
        return named if session is None else session.reviewer


@dataclass(frozen=True, slots=True)
class Result:
    """What an operation gives.

    Attributes:
        content: a value of the operation's type, or text that is answered as it is.
        status: of the answer.
        headers: beside those that every answer has.
    """

    content: BaseModel | list[Any] | dict[str, Any] | str | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one path.

    Attributes:
        name: for programs that are generated; also that of its metrics.
        method: of HTTP.
        path: as OpenAPI and Starlette write it.
        summary: one sentence.
        answers: type of the content, or None for text of ``kind``.
        does: gives the result; runs in a thread unless it is a coroutine.
        query: type of the parameters.
        body: type of the JSON body.
        form: type of a form with a file, or with many.
        kind: media type of the answer.
        status: when all went well.
        errors: other statuses than those that every operation may have.
        is_open: needs no token.
    """

    name: str
    method: Literal["GET", "POST"]
    path: str
    summary: str
    answers: Any
    does: Callable[[Call], Result] | Callable[[Call], Awaitable[Result]]
    query: type[Value] = Nothing
    body: Any = None
    form: type[Value] | None = None
    kind: str = JSON
    status: int = 200
    errors: tuple[int, ...] = ()
    is_open: bool = False


async def call_of(operation: Operation, request: Request) -> Call:
    """A request as the operation takes it.

    Raises:
        Refused: it does not fit its schema.
    """
    query = _query(operation, request)
    form = operation.form
    if form is not None and (operation.body is None or _kind(request) == FORM):
        if "files" in form.model_fields:
            return Call(request, query, uploads=await _uploads(form, request))
        return Call(request, query, upload=await _upload(form, request))
    if operation.body is not None:
        return Call(request, query, body=await _body(operation.body, request))
    return Call(request, query)


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _body(wanted: TypeAdapter[Any], request: Request) -> Any:
    if _kind(request) != JSON:
        raise Refused(problem(415, "The body has to be application/json."))
    try:
        return wanted.validate_json(await request.body())
    except ValidationError as error:
        raise mistakes(error, "body", _parsed(await request.body())) from error


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


async def _upload(wanted: type[Value], request: Request) -> Upload:
    if _kind(request) != FORM:
        raise Refused(problem(415, f"The body has to be {FORM}."))
    async with request.form(max_files=1, max_fields=10, max_part_size=_MOST_FIELD) as form:
        file = form.get("file")
        fields = {k: v for k, v in form.multi_items() if isinstance(v, str)}
        many = len(form.multi_items()) > len(set(form.keys()))
        if many or not isinstance(file, UploadFile):
            raise Refused(problem(422, "body.file: one file is wanted, and every field once.", kind="invalid-request"))  # fmt: skip
        try:
            wanted.model_validate_strings({**fields, "file": ""})
        except ValidationError as error:
            raise mistakes(error, "body") from error
        return Upload(file.filename or "resume", await file.read(), fields)


async def _uploads(wanted: type[Value], request: Request) -> Uploads:
    most: int = request.app.state.settings.limits.upload_files
    form = await request.form(max_files=most, max_fields=10, max_part_size=_MOST_FIELD)
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    rest = [(name, value) for name, value in form.multi_items() if name != "files"]
    fields = {name: value for name, value in rest if isinstance(value, str)}
    if len(fields) < len(rest) or len(files) < len(form.getlist("files")):
        raise Refused(problem(422, "body.files: files are wanted, and every other field once.", kind="invalid-request"))  # fmt: skip
    try:
        wanted.model_validate({**fields, "files": [b""] * len(files)})
    except ValidationError as error:
        raise mistakes(error, "body") from error
    has_key = "idempotency-key" in request.headers
    print_ = await run_in_threadpool(_fingerprint, files, fields) if has_key else ""
    return Uploads(files, fields, print_)


def _fingerprint(files: list[UploadFile], fields: dict[str, str]) -> str:
    found = []
    for file in files:
        found += [file.filename, hashlib.file_digest(file.file, "sha256").hexdigest()]  # type: ignore[arg-type]
        file.file.seek(0)
    return digest(json.dumps(fields, sort_keys=True), *found)


def _query(operation: Operation, request: Request) -> Value:
    given: dict[str, str | list[str]] = {}
    for name in request.query_params:
        values = request.query_params.getlist(name)
        given[name] = values if _is_list(operation.query, name) or len(values) > 1 else values[0]
    try:
        return operation.query.model_validate_strings(given)
    except ValidationError as error:
        raise mistakes(error, "query") from error


def _is_list(query: type[Value], name: str) -> bool:
    found = query.model_fields.get(name)
    return found is not None and getattr(found.annotation, "__origin__", None) is tuple


async def performed(operation: Operation, call: Call) -> Result:
    """What the operation gives; reading and writing of runs leaves the event loop free."""
    if inspect.iscoroutinefunction(operation.does):
        result: Result = await operation.does(call)
        return result
    return await run_in_threadpool(operation.does, call)  # type: ignore[arg-type]


def response_of(operation: Operation, result: Result) -> Response:
    """The answer of an operation that went well."""
    content = result.content
    if isinstance(content, BaseModel):
        content = content.model_dump_json()
    elif isinstance(content, list | dict):
        content = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return Response(content, result.status, dict(result.headers), operation.kind)
