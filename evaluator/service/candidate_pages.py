"""One candidate whole, with the way to the next; some side by side; and what can be taken away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..errors import EvaluatorError, StorageError
from ..models.vocabulary import Axis, Track
from ..render.blocks import Block, tally_line
from ..render.comparing import MOST
from ..render.comparing import values_of as compared
from ..render.guide import values_of as guide_values
from ..render.html import values_of
from ..render.table import render_csv, render_xlsx
from ..report import CandidateReport
from ..roles.model import RoleProfile
from .access import local, session_of
from .applying import by_opening
from .blinding import blind_for
from .candidates import select
from .filtering import View
from .openings import Opening
from .page_frame import shown
from .run_cache import role_read_for
from .run_view import Sight, opening_asked, reviewer_of, rubric_of, run_of, seen
from .runs import Run, is_held
from .visible_decisions import CHOICES, Review, decisions_of, next_undecided, review_of

_LEAST = 2
_TOLD_ABOVE = frozenset({"Role fit", "Requirements"})
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


def _ids(request: Request, run: Run, view: View, sight: Sight) -> list[str]:
    is_blind = blind_for(request).is_on
    found = select(run, sight.pool, view, sight.decisions, is_blind=is_blind)
    return list(dict.fromkeys(row.id for row in found.rows))


class Subject(NamedTuple):
    """A candidate as an opening sees it.

    Attributes:
        role: that requirements were judged by, where it is known.
        is_asked: the reader saw these requirements, or needs no asking.
    """

    report: CandidateReport
    text: str | None
    role: RoleProfile | None
    is_asked: bool


def subject_of(request: Request, run: Run, id_: str, opening: Opening | None) -> Subject:
    """A candidate, by the opening of the address or by the role that the run was read for.

    Raises:
        NotThere: nobody has this identity.
        StorageError: it cannot be read now.
    """
    found = run.candidate(id_)
    read_for = run.pool().roles.get(found.row.source, "")
    report = by_opening(found.report, found.text, opening, rubric_of(request), read_for=read_for)
    if opening is None:
        role = role_read_for(read_for)
        if role is not None:
            fit = report.role_fit.model_copy(update={"role": role.title or role.name})
            report = report.model_copy(update={"role_fit": fit})
        return Subject(report, found.text, role, is_asked=True)
    is_asked = (
        report.provenance.reader != "model"
        or not opening.role.asked
        or read_for == opening.identity
    )
    return Subject(report, found.text, opening.named, is_asked=is_asked)


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
    view = View.of(request.query_params)
    sight = seen(request, run, view.opening)
    found = subject_of(request, run, id_, sight.opening)
    reviewer, decisions = sight.reviewer, sight.decisions
    blind = blind_for(request, decisions)
    report = blind.report(found.report)
    contacts = report.candidate
    in_view = _ids(request, run, view, sight)
    beside = neighbours(in_view, id_)
    # Who decides while only undecided ones are listed goes on from where this one stood.
    open_view = view.model_copy(update={"decision": ""})
    of_all = _ids(request, run, open_view, sight) if view.decision else in_view
    review, trouble = _review(request, run, found)
    about = values_of(report, text=None if blind.hides(id_) else found.text)
    values = {
        **about,
        "run": run,
        "query": view.query(page=view.page),
        "sight": sight,
        "is_asked": found.is_asked,
        "blocks": [b for b in cast("list[Block]", about["blocks"]) if b.heading not in _TOLD_ABOVE],
        "tally_line": tally_line,
        "changed": {r.id: r for r in review.requirements} if review else {},
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


def _review(request: Request, run: Run, found: Subject) -> tuple[Review | None, str]:
    """What the reviewer sees, or why nothing can be said now."""
    reviewer, rubric = reviewer_of(request), rubric_of(request)
    try:
        return review_of(run, found.report, reviewer, rubric, found.role, found.text), ""
    except EvaluatorError as error:
        if isinstance(error, StorageError) and is_held(error):
            return None, "This run is being read now. Decide when that is done."
        return None, f"{error.message} {error.hint or ''}".strip()


def guide_page(request: Request) -> Response:
    """What to ask a candidate in an interview for the opening."""
    run, id_ = run_of(request), request.path_params["id"]
    view = View.of(request.query_params)
    found = subject_of(request, run, id_, opening_asked(request, view.opening))
    blind = blind_for(request, decisions_of(run, reviewer_of(request)))
    report = blind.report(found.report)
    values = {**guide_values(report), "run": run, "report": report, "query": view.query(page=view.page), "blind": blind}  # fmt: skip
    return shown(request, "guide_page.html.j2", values)


def compare_page(request: Request) -> Response:
    """Two to four candidates side by side."""
    run = run_of(request)
    ids = list(dict.fromkeys(request.query_params.getlist("id")))
    if not _LEAST <= len(ids) <= MOST:
        raise HTTPException(
            400, f"Two to {MOST} candidates can be compared. Go back and select that many."
        )
    sight = seen(request, run, request.query_params.get("opening", ""))
    opening, blind = sight.opening, blind_for(request, sight.decisions)
    found = [subject_of(request, run, id_, opening) for id_ in ids]
    pages = f"/runs/{quote(run.name)}/candidates"
    query = f"?{urlencode({'opening': opening.key})}" if opening else ""
    reports = [blind.report(one.report) for one in found]
    values = {
        **compared(reports, pages=pages, suffix=query),
        "run": run,
        "blind": blind,
        "query": query,
        "opening": opening,
        "unasked": sum(not one.is_asked for one in found),
        "reviewed": [
            (blind.name(now), now, sight.machine[id_])
            for id_ in ids
            if id_ in sight.machine and (now := sight.pool.row(id_).report)
        ],
    }
    return shown(request, "compare_page.html.j2", values)


def _refuse_blind(request: Request) -> None:
    decided = decisions_of(run_of(request), reviewer_of(request))
    if blind_for(request, decided).hides(request.path_params.get("id", "")):
        raise HTTPException(
            403,
            "Blind mode is on, and this file would show who it is about. Choose “Show names” first.",
        )


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
    """The candidates of a view as a table; of decisions what this reviewer may know."""
    _refuse_blind(request)
    name = request.url.path.rpartition("/")[2]
    run, view = run_of(request), View.of(request.query_params)
    sight = seen(request, run, view.opening)
    rows = select(run, sight.pool, view, sight.decisions, is_blind=False).rows
    if not view.narrows and not view.q:
        rows = [*rows, *sight.pool.failed]
    knows_all = session_of(request) is None
    told = [row if knows_all or row.id in sight.decisions else row.model_copy(update={"decision": ""}) for row in rows]  # fmt: skip
    content = render_csv(told) if name.endswith("csv") else render_xlsx(told)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(f'{run.name}-{name}', safe='')}"}  # fmt: skip
    return Response(content, media_type=_TABLES[name], headers=headers)


async def set_blind(request: Request, form: FormData) -> Response:
    """Switch blind mode for this session."""
    session = session_of(request)
    if session is not None:
        session.is_blind = form.get("on") == "1"
    return RedirectResponse(local(str(form.get("to", "/"))), 303)
