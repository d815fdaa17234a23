"""The service put together: pages, what they read from, and the gate around all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from threading import Thread

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ..errors import EvaluatorError
from .access import Gate, Sessions, refuse_open_door
from .api.problems import answer, problem
from .api.routes import api_routes, equip, is_of_programs, lifespan
from .background_runs import Works
from .configuration import ServiceSettings
from .openings import Openings
from .page_frame import shown, status_of
from .pages import entrance, page_routes
from .proxied import Peer
from .runs import NotThere, Runs

_TITLES = {
    400: "That cannot be done",
    403: "Not allowed from here",
    404: "Not found",
    405: "Not a valid request",
    408: "Too slow",
    413: "Too large",
    503: "Not now",
}


def make_app(settings: ServiceSettings, *, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The application of one server.

    Args:
        settings: of the server.
        more: routes beside the pages.

    Raises:
        ConfigurationError: it would listen for other machines without a password.
    """
    refuse_open_door(settings)
    sessions, runs = Sessions(settings), Runs(settings.runs)
    works = Works(settings.evaluation)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        Thread(target=runs.read_ahead, args=(settings.ahead,), daemon=True).start()
        async with lifespan(app):
            yield
        await run_in_threadpool(works.close)

    app = Starlette(
        lifespan=life,
        routes=[*page_routes(), *api_routes(), *more],
        middleware=[
            Middleware(Peer),
            Middleware(
                ProxyHeadersMiddleware, trusted_hosts=["127.0.0.1", "::1", *settings.proxies]
            ),
            Middleware(Gate, settings=settings, sessions=sessions, entrance=entrance),
        ],
        exception_handlers={
            HTTPException: _refused,
            NotThere: _not_there,
            EvaluatorError: _failed,
            Exception: _broken,
        },
    )
    app.state.settings = settings
    app.state.sessions = sessions
    app.state.runs = runs
    app.state.works = works
    app.state.openings = Openings(settings.runs)
    equip(app, settings)
    return app


def _page(request: Request, status: int, message: str, hint: str | None = None) -> Response:
    if is_of_programs(request.url.path):
        return answer(problem(status, message, hint=hint))
    values = {"title": _TITLES.get(status, "That did not work"), "message": message, "hint": hint}
    return shown(request, "refused.html.j2", values, status=status)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    plain = error.status_code == 404 and error.detail == "Not Found"
    message = "There is no such page." if plain else error.detail
    answer = _page(request, error.status_code, message)
    answer.headers.update(error.headers or {})
    return answer


async def _not_there(request: Request, _: Exception) -> Response:
    hint = "It may have been renamed, deleted, or purged from the run."
    return _page(request, 404, "There is no such run, candidate or opening here.", hint)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, EvaluatorError)
    return _page(request, status_of(error), error.message, error.hint)


async def _broken(request: Request, _: Exception) -> Response:
    return _page(request, 500, "This is an error in the program. Please report it.")
