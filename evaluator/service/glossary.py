"""The glossary as a page of its own, with a place for each word."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from .page_frame import shown


def glossary_page(request: Request) -> Response:
    """What the words of the pages mean."""
    return shown(request, "glossary.html.j2", {})
