"""The pages: the runs, and how to come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from .access import ENTER, Sessions, form_of, give_cookie, local, session_of
from .candidate_pages import (
    candidate_page,
    compare_page,
    guide_page,
    report_json,
    set_blind,
    source_file,
    table_file,
)
from .candidates import failed_page, list_page
from .decision_forms import said
from .glossary import glossary_page
from .opening_pages import (
    MOST_FIELDS,
    change_opening,
    make_opening,
    opening_page,
    openings_page,
    role_file,
)
from .page_frame import assets, shown
from .runs import Runs
from .saved import change_views
from .upload_pages import add, add_page, go_on, make, new_page, progress_events, progress_page, stop

Posted = Callable[[Request, FormData], Awaitable[Response]]


def posting(
    endpoint: Posted, *, with_files: bool = False, fields: int = 200
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a form of ours, read within its limits and refused when it is from elsewhere."""

    async def read(request: Request) -> Response:
        most = request.app.state.settings.limits.upload_files if with_files else 0
        form = await form_of(request, files=most, fields=fields)
        try:
            return await endpoint(request, form)
        finally:
            await form.close()

    return read


def runs_of(request: Request) -> Runs:
    """The runs of this server."""
    found: Runs = request.app.state.runs
    return found


def runs_page(request: Request) -> Response:
    """Every run."""
    runs = runs_of(request)
    return shown(
        request,
        "runs.html.j2",
        {"lines": runs.lines(), "folder": str(runs.folder), "can_make": not runs.is_one_run},
    )


def entrance(request: Request) -> Response:
    """The form for those who are not in, which leads to where they wanted."""
    query = f"?{request.url.query}" if request.url.query else ""
    return _entrance(request, local(f"{request.url.path}{query}"), status=401)


async def enter_page(request: Request) -> Response:
    """The same at its own address."""
    return RedirectResponse("/", 303) if session_of(request) else _entrance(request, "/")


def _entrance(request: Request, to: str, *, told: str = "", status: int = 200) -> Response:
    has_password = request.app.state.settings.password is not None
    values = {"to": to, "told": told, "has_password": has_password}
    return shown(request, "enter.html.j2", values, status=status)


async def enter(request: Request) -> Response:
    """Let in who gives the token or the password."""
    form = await request.form(max_files=0, max_fields=5, max_part_size=4096)
    sessions: Sessions = request.state.sessions
    to = local(str(form.get("to", "/")))
    if sessions.admits(str(form.get("secret", ""))):
        answer = RedirectResponse(to, 303)
        give_cookie(answer, request, sessions.begin())
        return answer
    if sessions.is_besieged:
        told = "Too many wrong passwords. Wait a minute, then try again."
        return _entrance(request, to, told=told, status=429)
    told = "That is not the right token. The terminal where the server was started shows an address that signs you in."
    return _entrance(request, to, told=told, status=401)


async def leave(request: Request, _: FormData) -> Response:
    """End the session."""
    session, sessions = session_of(request), request.state.sessions
    if session is not None:
        sessions.end(session)
    answer = RedirectResponse(ENTER, 303)
    answer.delete_cookie(sessions.cookie, path="/", httponly=True, samesite="strict")
    return answer


def static(request: Request) -> Response:
    """A file for browsers, by its name among those that there are."""
    found = assets().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404, "There is no such page.")
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.kind, headers=headers)


def page_routes() -> list[BaseRoute]:
    """All pages."""
    return [
        Route("/", runs_page),
        Route(ENTER, enter_page, methods=["GET"]),
        Route(ENTER, enter, methods=["POST"]),
        Route("/leave", posting(leave), methods=["POST"]),
        Route("/blind", posting(set_blind), methods=["POST"]),
        Route("/glossary", glossary_page),
        Route("/openings", openings_page, methods=["GET"]),
        Route("/openings", posting(make_opening, with_files=True), methods=["POST"]),
        Route("/openings/{opening}", opening_page, methods=["GET"]),
        Route("/openings/{opening}", posting(change_opening, fields=MOST_FIELDS), methods=["POST"]),
        Route("/openings/{opening}/role.toml", role_file),
        Route("/new", new_page),
        Route("/runs", posting(make, with_files=True), methods=["POST"]),
        Route("/runs/{run}", list_page),
        Route("/runs/{run}/views", posting(change_views), methods=["POST"]),
        Route("/runs/{run}/add", add_page),
        Route("/runs/{run}/files", posting(add, with_files=True), methods=["POST"]),
        Route("/runs/{run}/go-on", posting(go_on), methods=["POST"]),
        Route("/runs/{run}/stop", posting(stop), methods=["POST"]),
        Route("/runs/{run}/progress", progress_page),
        Route("/runs/{run}/events", progress_events),
        Route("/runs/{run}/failed", failed_page),
        Route("/runs/{run}/compare", compare_page),
        Route("/runs/{run}/candidates.csv", table_file),
        Route("/runs/{run}/candidates.xlsx", table_file),
        Route("/runs/{run}/candidates/{id}", candidate_page, methods=["GET"]),
        Route("/runs/{run}/candidates/{id}", posting(said), methods=["POST"]),
        Route("/runs/{run}/candidates/{id}/file", source_file),
        Route("/runs/{run}/candidates/{id}/guide", guide_page),
        Route("/runs/{run}/candidates/{id}/report.json", report_json),
        Route("/static/{name}", static),
    ]
