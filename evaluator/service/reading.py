"""One candidate whole, with the way to the next; some side by side; and what can be taken away as a file."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from ..render.comparing import MOST
from ..render.comparing import values_of as compared
from ..render.html import values_of
from .access import local, session_of
from .blinding import blind_for
from .candidates import reviewer_of, run_of, select
from .decisions import decisions_of
from .filtering import View
from .pool import Pool
from .runs import Run
from .showing import shown

_LEAST = 2
_TABLES = {
    "candidates.csv": "text/csv; charset=utf-8",
    "candidates.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Neighbours(NamedTuple):
    """Where a candidate stands in a view.

    Attributes:
        place: from 1; 0 where it is not in the view.
    """

    before: str | None
    after: str | None
    place: int
    total: int


def neighbours(ids: list[str], id_: str) -> Neighbours:
    """The candidates beside one, in the order of a view."""
    if id_ not in ids:
        return Neighbours(None, None, 0, len(ids))
    at = ids.index(id_)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Neighbours(before, after, at + 1, len(ids))


def _ids(request: Request, run: Run, pool: Pool, view: View) -> list[str]:
    decisions = decisions_of(run, reviewer_of(request))
    found = select(run, pool, view, decisions, is_blind=blind_for(request).is_on)
    return list(dict.fromkeys(row.id for row in found.rows))


def candidate_page(request: Request) -> Response:
    """One candidate, with the resume beside and the way through the view."""
    run, id_ = run_of(request), request.path_params["id"]
    found = run.candidate(id_)
    view, blind = View.of(request.query_params), blind_for(request)
    report = blind.report(found.report)
    contacts = report.candidate
    beside = neighbours(_ids(request, run, run.pool(), view), id_)
    values = {
        **values_of(report, text=None if blind.is_on else found.text),
        "run": run,
        "query": view.query(page=view.page),
        "blind": blind,
        "contacts": contacts if contacts.emails or contacts.github else None,
        "has_source": not blind.is_on and run.original(id_) is not None,
        **beside._asdict(),
    }
    return shown(request, "candidate.html.j2", values)


def compare_page(request: Request) -> Response:
    """Two to four candidates side by side."""
    run, blind = run_of(request), blind_for(request)
    ids = list(dict.fromkeys(request.query_params.getlist("id")))
    if not _LEAST <= len(ids) <= MOST:
        raise HTTPException(
            400, f"Two to {MOST} candidates can stand side by side. Go back and tick as many."
        )
    reports = [blind.report(run.candidate(id_).report) for id_ in ids]
    pages = f"/runs/{quote(run.name)}/candidates"
    values = {**compared(reports, pages=pages, suffix=""), "run": run, "blind": blind}
    return shown(request, "compare_page.html.j2", values)


def _refuse_blind(request: Request) -> None:
    if blind_for(request).is_on:
        raise HTTPException(403, "Blind mode is on, and this file tells who it is about.")


def source_file(request: Request) -> Response:
    """The file that was evaluated, to keep; browsers are told not to open it in our name."""
    _refuse_blind(request)
    found = run_of(request).original(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "The original file is not where the run found it any more.")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(found.content, media_type="application/octet-stream", headers=headers)


def report_json(request: Request) -> Response:
    """The report for programs."""
    _refuse_blind(request)
    report = run_of(request).candidate(request.path_params["id"]).report
    headers = {"content-disposition": f'attachment; filename="{report.id}.json"'}
    return Response(report.to_json(), media_type="application/json", headers=headers)


def table_file(request: Request) -> Response:
    """The run's table as the command line wrote it."""
    _refuse_blind(request)
    name = request.url.path.rpartition("/")[2]
    run = run_of(request)
    path = run.folder / name
    if path.is_symlink() or not path.is_file():
        raise HTTPException(404, "The tables of this run are not written yet.")
    return FileResponse(path, media_type=_TABLES[name], filename=f"{run.name}-{name}")


async def set_blind(request: Request, form: FormData) -> Response:
    """Switch blind mode for this session."""
    session = session_of(request)
    if session is not None:
        session.is_blind = form.get("on") == "1"
    return RedirectResponse(local(str(form.get("to", "/"))), 303)
