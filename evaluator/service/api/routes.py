"""Routes of the API: every request is paced, checked, done, counted and answered in one way."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ...errors import EvaluatorError
from ..access import SAFE, refuse_foreign, session_of
from ..configuration import ServiceSettings
from ..document_intake import Desk
from ..jobs.queue import Jobs
from ..jobs.webhooks import Sender
from ..runs import NotThere
from .guarding import Keys, Pace
from .listing import OPERATIONS
from .meters import Meters
from .operations import Call, Operation, call_of, performed, response_of
from .problems import Refused, answer, problem, told

_log = logging.getLogger("evaluator.service.api")
_MOST_KEY = 255


def is_of_programs(path: str) -> bool:
    """Whether programs ask there, and so read problems rather than pages."""
    return path.startswith("/api/") or path in {o.path for o in OPERATIONS}


def api_routes() -> list[BaseRoute]:
    """All of them; two methods at one path are one route, so that others are refused with what is allowed."""
    by_path: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        by_path.setdefault(operation.path, []).append(operation)
    return [
        Route(path, _endpoint({o.method: o for o in found}), methods=[o.method for o in found])
        for path, found in by_path.items()
    ]


def equip(app: Starlette, settings: ServiceSettings) -> None:
    """Give an application what its operations work with."""
    app.state.desk = Desk(settings.evaluation)
    app.state.meters = Meters()
    app.state.keys = Keys()
    app.state.jobs = Jobs(
        runs=app.state.runs, works=app.state.works, sender=Sender(settings.webhooks),
        role=settings.evaluation.role, at_once=settings.jobs_at_once,
    )  # fmt: skip
    app.state.pace = Pace(settings.limits.per_minute, settings.limits.burst)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """What was made for operations ends with the application."""
    await app.state.jobs.start()
    yield
    await app.state.jobs.aclose()
    await app.state.desk.aclose()


def _endpoint(operations: dict[str, Operation]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        operation = operations["GET" if request.method == "HEAD" else request.method]
        meters: Meters = request.app.state.meters
        begun = time.perf_counter()
        status = 500
        meters.begin()
        try:
            made = await _answered(operation, request)
            status = made.status_code
        finally:
            seconds = time.perf_counter() - begun
            meters.end(operation.name, status, seconds)
            facts = {"operation": operation.name, "status": status, "ms": round(seconds * 1000, 1)}
            _log.info(json.dumps(facts))
        return made

    return endpoint


async def _answered(operation: Operation, request: Request) -> Response:
    try:
        request.app.state.pace.take(_caller(request))
        _refuse_blind(request)
        if request.method not in SAFE:
            refuse_foreign(request)
        call = await call_of(operation, request)
        return await _once(operation, call)
    except (Refused, HTTPException, NotThere, EvaluatorError) as error:
        return answer(*told(error))
    finally:
        await request.close()


def _refuse_blind(request: Request) -> None:
    session = session_of(request)
    if session is not None and session.is_blind:
        message = "Blind mode is on in this browser, and the API would show names."
        raise Refused(problem(403, message))


async def _once(operation: Operation, call: Call) -> Response:
    async def make() -> Response:
        try:
            return response_of(operation, await performed(operation, call))
        except (Refused, HTTPException, NotThere, EvaluatorError) as error:
            return answer(*told(error))

    key = call.request.headers.get("idempotency-key")
    if key is None or operation.method != "POST":
        return await make()
    if not (0 < len(key) <= _MOST_KEY and key.isascii() and key.isprintable() and " " not in key):
        message = f"Idempotency-Key: 1 to {_MOST_KEY} printable characters without spaces."
        raise Refused(problem(422, message, kind="invalid-request"))
    keys: Keys = call.request.app.state.keys
    return await keys.once(*call.asked, make)


def _caller(request: Request) -> str:
    session = session_of(request)
    if session is not None:
        return session.id
    return request.client.host if request.client else ""
