"""What a reviewer says on a candidate's page: who it is, a decision, an objection to evidence, another track."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..errors import EvaluatorError, UsageError
from ..models.vocabulary import Track
from ..review.decision_entries import Choice, Objection
from .access import session_of
from .candidate_pages import candidate_shown
from .page_frame import status_of
from .run_view import reviewer_of, run_of
from .visible_decisions import book_in

_MACHINE = "machine"
_LONGEST_NAME = 80
_SHORTEST_REASON = 3
T = TypeVar("T", bound=StrEnum)


async def said(request: Request, form: FormData) -> Response:
    """Enter what was said, and lead to where it stands; what cannot be taken is told on the page."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_said, request, given)


def _said(request: Request, given: Mapping[str, str]) -> Response:
    run_of(request).pool().row(request.path_params["id"])
    try:
        place = _doing(given)(request, given)
    except EvaluatorError as error:
        told = f"{error.message} {error.hint or ''}".strip()
        return candidate_shown(request, told=told, given=given, status=status_of(error))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path}{query}#{place}", 303)


def _doing(given: Mapping[str, str]) -> Callable[[Request, Mapping[str, str]], str]:
    known = {"name": _name, "decide": _decide, "object": _object, "track": _track}
    found = known.get(given.get("do", ""))
    if found is None:
        message = "This form asks for something that cannot be done here."
        raise UsageError(message, hint="Open the page again.")
    return found


def _name(request: Request, given: Mapping[str, str]) -> str:
    """Once for a session: under another name somebody would see what others decided without deciding first."""
    session, name = session_of(request), " ".join(given.get("name", "").split())
    if session is None or not name:
        message = "Write your name: what you decide is kept with it."
        raise UsageError(message)
    if len(name) > _LONGEST_NAME or not name.isprintable():
        message = f"A name has at most {_LONGEST_NAME} visible characters."
        raise UsageError(message)
    if session.reviewer not in {"", name}:
        message = f"{session.reviewer} reviews in this browser."
        raise UsageError(message, hint="Sign out to review as somebody else.")
    session.reviewer = name
    return "decision"


def _decide(request: Request, given: Mapping[str, str]) -> str:
    by, choice = _reviewer(request), _one_of(Choice, given, "choice", "Choose yes, maybe or no.")
    reason = given.get("reason", "").strip()
    if choice is Choice.NO and not reason:
        message = "“No” needs a reason."
        raise UsageError(message, hint="One sentence is enough.")
    with book_in(run_of(request), _rubric(request)) as book:
        book.decide(_id(request), choice, by=by, reason=reason, note=given.get("note", ""))
    return "decision"


def _object(request: Request, given: Mapping[str, str]) -> str:
    by, reason = _reviewer(request), _reason(given)
    objection = _one_of(Objection, given, "objection", "Choose to strike, to dispute or to count.")
    evidence = given.get("evidence", "")
    with book_in(run_of(request), _rubric(request)) as book:
        book.object(_id(request), evidence, objection, by=by, reason=reason)
    return evidence


def _track(request: Request, given: Mapping[str, str]) -> str:
    by, reason = _reviewer(request), _reason(given)
    is_back = given.get("track") == _MACHINE
    track = None if is_back else _one_of(Track, given, "track", "Choose a track.")
    with book_in(run_of(request), _rubric(request)) as book:
        book.override(_id(request), track, by=by, reason=reason)
    return "decision"


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _rubric(request: Request) -> Path | None:
    found: Path | None = request.app.state.settings.evaluation.rubric
    return found


def _reviewer(request: Request) -> str:
    by = reviewer_of(request)
    if not by:
        message = "No reviewer has given a name in this browser yet."
        raise UsageError(message, hint="Enter your name first.")
    return by


def _reason(given: Mapping[str, str]) -> str:
    reason = given.get("reason", "").strip()
    if len(reason) < _SHORTEST_REASON:
        message = "Say why in a few words; the reason is kept with it."
        raise UsageError(message)
    return reason


def _one_of(known: type[T], given: Mapping[str, str], name: str, message: str) -> T:
    try:
        return known(given.get(name, ""))
    except ValueError:
        raise UsageError(message) from None
