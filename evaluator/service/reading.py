"""One candidate whole, with the way to the next; some side by side; and what can be taken away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from ..errors import EvaluatorError, StorageError
from ..models.vocabulary import Axis, Track
from ..render.comparing import MOST
from ..render.comparing import values_of as compared
from ..render.html import values_of
from .access import local, session_of
from .blinding import blind_for
from .candidates import reviewer_of, run_of, select
from .decisions import CHOICES, Review, decisions_of, next_undecided, review_of
from .filtering import View
from .runs import Run, is_held
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


def _ids(request: Request, run: Run, view: View, decisions: Mapping[str, str]) -> list[str]:
    found = select(run, run.pool(), view, decisions, is_blind=blind_for(request).is_on)
    return list(dict.fromkeys(row.id for row in found.rows))


def candidate_page(request: Request) -> Response:
    """One candidate, with the resume beside and the way through the view."""
    return candidate_shown(request)


def candidate_shown(
    request: Request, *, told: str = "", given: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """The page of a candidate.

    Args:
        request: whose address names the candidate and the view.
        told: why what was posted was not taken.
        given: what was posted, to be mended rather than written again.
        status: of the answer.
    """
    run, id_ = run_of(request), request.path_params["id"]
    found, reviewer = run.candidate(id_), reviewer_of(request)
    decisions = decisions_of(run, reviewer)
    view, blind = View.of(request.query_params), blind_for(request, decisions)
    report = blind.report(found.report)
    contacts = report.candidate
    in_view = _ids(request, run, view, decisions)
    beside = neighbours(in_view, id_)
    # Who decides while only undecided ones are listed goes on from where this one stood.
    open_view = view.model_copy(update={"decision": ""})
    of_all = _ids(request, run, open_view, decisions) if view.decision else in_view
    review, trouble = _review(request, run, id_)
    values = {
        **values_of(report, text=None if blind.hides(id_) else found.text),
        "run": run,
        "query": view.query(page=view.page),
        "blind": blind,
        "contacts": contacts if contacts.emails or contacts.github else None,
        "has_source": not blind.hides(id_) and run.original(id_) is not None,
        **beside._asdict(),
        "reviewer": reviewer,
        "review": review,
        "trouble": trouble,
        "objections": review.objections if review else {},
        "decided": sum(one in decisions for one in of_all),
        "of_all": len(of_all),
        "undecided": next_undecided(of_all, decisions, id_) if reviewer else None,
        "told": told,
        "given": given or {},
        **_CHOICES,
    }
    return shown(request, "candidate.html.j2", values, status=status)


_CHOICES: dict[str, object] = {
    "choices": CHOICES,
    "tracks": tuple(Track),
    "axis_names": tuple(Axis),
}


def _review(request: Request, run: Run, id_: str) -> tuple[Review | None, str]:
    """What the reviewer sees, or why nothing can be said now."""
    rubric = request.app.state.settings.evaluation.rubric
    try:
        return review_of(run, id_, reviewer_of(request), rubric), ""
    except EvaluatorError as error:
        if isinstance(error, StorageError) and is_held(error):
            return None, "This run is being read now. Decide when that is done."
        return None, f"{error.message} {error.hint or ''}".strip()


def compare_page(request: Request) -> Response:
    """Two to four candidates side by side."""
    run = run_of(request)
    blind = blind_for(request, decisions_of(run, reviewer_of(request)))
    ids = list(dict.fromkeys(request.query_params.getlist("id")))
    if not _LEAST <= len(ids) <= MOST:
        raise HTTPException(
            400, f"Two to {MOST} candidates can be compared. Go back and select as many."
        )
    reports = [blind.report(run.candidate(id_).report) for id_ in ids]
    pages = f"/runs/{quote(run.name)}/candidates"
    values = {**compared(reports, pages=pages, suffix=""), "run": run, "blind": blind}
    return shown(request, "compare_page.html.j2", values)


def _refuse_blind(request: Request) -> None:
    decided = decisions_of(run_of(request), reviewer_of(request))
    if blind_for(request, decided).hides(request.path_params.get("id", "")):
        raise HTTPException(403, "Blind mode is on, and this file would show who it is about.")


def source_file(request: Request) -> Response:
    """The file that was evaluated, to keep; browsers are told not to open it in our name."""
    _refuse_blind(request)
    found = run_of(request).original(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "The original file was moved or deleted.")
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
