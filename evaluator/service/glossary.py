"""The glossary as a page: the one that stands among the documents, with a place for each term."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from ..prompting import read_resource
from .showing import shown


@cache
def glossary() -> Markup:
    """The page's text; every term can be linked to by its name."""
    written = read_resource("docs", "glossary.md")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(written)
    seen: set[str] = set()
    for before, token in zip([None, *tokens], tokens, strict=False):
        for place, child in enumerate(token.children or ()):
            if child.type in {"strong_open", "em_open"}:
                _name(child, (token.children or [])[place + 1].content, seen)
        if before is not None and before.type == "td_open" and token.content.isalpha():
            _name(before, token.content, seen)
    # The package's own text, rendered with HTML in it switched off.
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


def _name(token: Token, term: str, seen: set[str]) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", term.casefold()).strip("-")
    if name and name not in seen:
        seen.add(name)
        token.attrSet("id", name)


def glossary_page(request: Request) -> Response:
    """What the words of the pages mean."""
    return shown(request, "glossary.html.j2", {"text": glossary()})
