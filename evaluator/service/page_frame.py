"""Templates and what every page has: who is in, the styles, the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..errors import EvaluatorError, OutsideError, UserError
from ..render.html import environment
from .access import session_of


class Asset(NamedTuple):
    """One file for browsers."""

    content: bytes
    kind: str


@cache
def assets() -> dict[str, Asset]:
    """Files by name: the styles of reports and of the service, and the script for keys."""
    of_reports = files("evaluator.render").joinpath("templates", "base.css").read_bytes()
    own = files(__package__).joinpath("static")
    return {
        "evaluator.css": Asset(
            of_reports + own.joinpath("service.css").read_bytes(), "text/css; charset=utf-8"
        ),
        "evaluator.js": Asset(
            own.joinpath("service.js").read_bytes(), "text/javascript; charset=utf-8"
        ),
    }


def address_of(name: str) -> str:
    """Where a file for browsers stands; changes with what is in it, so that it can be kept."""
    return f"/static/{name}?v={hashlib.sha256(assets()[name].content).hexdigest()[:12]}"


@cache
def templates() -> Environment:
    """Of the service and of the reports; every value is escaped."""
    loader = ChoiceLoader([PackageLoader("evaluator.service"), PackageLoader("evaluator.render")])
    made = environment().overlay(loader=loader)
    made.globals = {**environment().globals, "asset": address_of, "glossary": "/glossary"}
    return made


def status_of(error: EvaluatorError) -> int:
    """The status that an error of ours is answered with."""
    if isinstance(error, OutsideError):
        return 503
    return 400 if isinstance(error, UserError) else 500


def shown(
    request: Request, template: str, values: Mapping[str, object], *, status: int = 200
) -> Response:
    """A page."""
    session = session_of(request) if hasattr(request.state, "session") else None
    query = f"?{request.url.query}" if request.url.query else ""
    here = f"{request.url.path}{query}"
    text = templates().get_template(template).render(session=session, here=here, **values)
    return HTMLResponse(text, status)
