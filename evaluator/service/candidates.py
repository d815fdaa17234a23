"""Pages of one run: its candidates as a list with a picture, one of them whole, some side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..models.vocabulary import AXIS_OF, DIMENSIONS, Axis, Seniority
from ..render.run_page import shown_in, tally_of
from ..render.table import Row
from .blinding import Blind, blind_for
from .drawing import picture_of
from .filtering import HOW, PAGE_SIZE, SORTS, STANDINGS, Hits, View, chosen, named
from .opening_pages import openings_of
from .page_frame import shown
from .run_cache import Pool
from .run_view import run_of, seen
from .runs import Run
from .saved import saved_views
from .searching import Snippet
from .uploads import replaceable, sources_of
from .visible_decisions import CHOICES, UNDECIDED, next_undecided


class Selection(NamedTuple):
    """The candidates of a view, and what the search found of them.

    Attributes:
        rows: in the order of the view.
        hits: whom the question found; None when there is none.
        query: for the words around what was found.
    """

    rows: list[Row]
    hits: Hits | None
    query: str


def select(
    run: Run, pool: Pool, view: View, decisions: Mapping[str, str], *, is_blind: bool
) -> Selection:
    """The candidates of a view; blind, no order and no search tells a name."""
    if is_blind and view.sort == "name":
        view = view.model_copy(update={"sort": ""})
    if not view.q:
        return Selection(chosen(pool.done, view, decisions), None, "")
    found = run.index().search(view.q, only_evidence=is_blind)
    by_name = [] if is_blind else named(pool.done, view.q)
    ids = list(dict.fromkeys([*by_name, *found.ids])) if found.is_whole or not by_name else by_name
    hits = Hits(ids, found.is_whole or bool(by_name))
    return Selection(chosen(pool.done, view, decisions, hits), hits, found.query)


def list_page(request: Request) -> Response:
    """The candidates of a run, filtered and searched by the address."""
    run, asked = run_of(request), request.query_params
    view = View.of(asked)
    canonical = view.query(page=view.page)
    if any(not value for value in asked.values()):  # a form sends what is empty, too
        return RedirectResponse(f"{request.url.path}?{canonical}".rstrip("?"), 303)
    sight = seen(request, run, view.opening)
    pool, reviewer, decisions = sight.pool, sight.reviewer, sight.decisions
    blind = blind_for(request, decisions)
    found = select(run, pool, view, decisions, is_blind=blind.is_on)
    pages = max(1, -(-len(found.rows) // PAGE_SIZE))
    page = min(view.page, pages)
    here = found.rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    snippets = _snippets(run, here, found, blind)
    values = {
        "run": run,
        "pool": pool,
        "view": view,
        "rows": [(row, row.report) for row in here],
        "count": len(found.rows),
        "first": (page - 1) * PAGE_SIZE,
        "page": page,
        "pages": pages,
        "hits": found.hits,
        "snippets": snippets,
        "decisions": decisions,
        "reviewer": reviewer,
        "decided": sum(row.id in decisions for row in found.rows),
        "undecided": next_undecided([row.id for row in found.rows], decisions),
        "blind": blind,
        "picture": picture_of(found.rows, here, pool.spots),
        "named": {row.id: blind.name(row.report) for row in here if row.report},
        "tracks": list(pool.tracks.items()),
        **_CHOICES,
        "flags": pool.flags,
        "sight": sight,
        "machine": sight.machine,
        "openings": [(one.key, one.title) for one in openings_of(request).usable()],
        "views": saved_views(run),
        "can_read": bool(sources_of(run)),
    }
    return shown(request, "candidates.html.j2", values)


_CHOICES: dict[str, object] = {
    "seniorities": [s.value for s in Seniority],
    "standings": STANDINGS,
    "sorts": SORTS,
    "hows": HOW,
    "choices": (*CHOICES, UNDECIDED),
    "axes": [(axis.value, DIMENSIONS[axis]) for axis in Axis],
    "axis_of_dimension": AXIS_OF,
    "tally_of": tally_of,
    "shown_in": shown_in,
}


def _snippets(run: Run, rows: list[Row], found: Selection, blind: Blind) -> dict[str, Snippet]:
    if not found.query:
        return {}
    ids = [row.id for row in rows]
    snippets = run.index().snippets(ids, found.query, only_evidence=blind.is_on)
    reports = {row.id: row.report for row in rows}
    return {
        id_: Snippet(tuple(piece._replace(text=blind.text(piece.text, reports[id_])) for piece in snippet.pieces), snippet.item)
        for id_, snippet in snippets.items()
    }  # fmt: skip


def failed_page(request: Request) -> Response:
    """The files that could not be read, each with its reason."""
    run = run_of(request)
    values = {
        "run": run,
        "pool": run.pool(),
        "blind": blind_for(request),
        "replaceable": set(replaceable(run)),
    }
    return shown(request, "failed.html.j2", values)
