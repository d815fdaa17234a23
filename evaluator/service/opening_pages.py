"""Pages of openings: made of an advert, edited requirement by requirement, taken along, chosen for a run."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, EvaluatorError, UsageError
from ..pipeline.inputs import Input
from ..pipeline.role_file import role_of
from ..roles.model import RoleProfile
from ..roles.writing import write_role
from . import editing
from .archives import is_packed
from .configuration import ServiceSettings
from .document_intake import Desk
from .openings import Opening, Openings, Unusable, shipped
from .page_frame import shown, status_of
from .runs import Runs

_LONGEST_ADVERT = 60_000
MOST_FIELDS = 1000
"""Of the form in which an opening is edited: seven for each requirement."""


def openings_of(request: Request) -> Openings:
    """The openings of this server."""
    found: Openings = request.app.state.openings
    return found


def openings_page(request: Request) -> Response:
    """Every opening, and how to make one."""
    return _openings(request)


def _openings(
    request: Request, *, told: str = "", hint: str = "", text: str = "", status: int = 200
) -> Response:
    settings: ServiceSettings = request.app.state.settings
    found = openings_of(request).all()
    values = {
        "openings": [one for one in found if isinstance(one, Opening)],
        "unusable": [one for one in found if isinstance(one, Unusable)],
        "ready": shipped(),
        "told": told,
        "hint": hint,
        "text": text,
        "longest": _LONGEST_ADVERT,
        "reader": settings.evaluation.reader_in_use,
        "model": settings.evaluation.model,
        "tally": tally,
    }
    return shown(request, "openings.html.j2", values, status=status)


def tally(role: RoleProfile) -> tuple[int, int, int]:
    """Musts, what is welcome, and what is listed without being scored."""
    scored = [r for r in role.checked if r.is_scored]
    musts = sum(r.need.value == "must" for r in scored)
    return musts, len(scored) - musts, len(role.checked) - len(scored)


async def make_opening(request: Request, form: FormData) -> Response:
    """An opening of an advert, read as “evaluator role” reads it."""
    text = str(form.get("text", ""))
    desk: Desk = request.app.state.desk
    try:
        loaded = await _advert(form, text)
        role = await role_of(loaded, desk.settings, read=desk.read)
        made = await run_in_threadpool(openings_of(request).add, role)
    except EvaluatorError as error:
        status = 400 if isinstance(error, DocumentError) else status_of(error)
        return _openings(request, told=error.message, hint=error.hint or "", text=text, status=status)  # fmt: skip
    return RedirectResponse(f"/openings/{quote(made.key)}?new=1", 303)


async def _advert(form: FormData, text: str) -> Input:
    file = form.get("advert")
    if isinstance(file, UploadFile) and file.filename:
        content = await file.read(MAX_BYTES + 1)
        if is_packed(file.filename) or len(content) > MAX_BYTES:
            message = f"An advert is one document of at most {MAX_BYTES // 1024 // 1024} MB."
            raise UsageError(message)
        return Input(name=file.filename, data=content)
    if not text.strip():
        message = "No advert came with the form."
        raise UsageError(message, hint="Paste its text, or choose its file.")
    if len(text) > _LONGEST_ADVERT:
        message = f"The text is longer than {_LONGEST_ADVERT:,} characters."
        raise UsageError(message, hint="Leave out what does not belong to the advert.")
    return Input(name="advert.txt", data=text.encode("utf-8"))


def opening_page(request: Request) -> Response:
    """One opening, to be edited."""
    found = openings_of(request).find(request.path_params["opening"])
    return _opening(request, found, editing.lines_of(found.role))


def _opening(
    request: Request,
    opening: Opening,
    lines: list[editing.Line],
    *,
    given: Mapping[str, str] | None = None,
    told: str = "",
    status: int = 200,
) -> Response:
    runs: Runs = request.app.state.runs
    values = {
        "opening": opening,
        "groups": editing.parted(lines),
        "new": editing.Added(given or {}),
        "title": (given or {}).get("title", opening.title),
        "told": told,
        "is_new": request.query_params.get("new") == "1",
        "is_saved": request.query_params.get("saved") == "1",
        "runs": [run.name for run in runs.all()],
        "tally": tally(opening.role),
        "kinds": [(kind.value, words) for kind, words in editing.KINDS.items()],
        "degrees": editing.DEGREES,
        "needs": [(need.value, words) for need, words in editing.NEEDS.items()],
        "levels": editing.LEVELS,
        "work": editing.WORK,
        "longest": editing.LONGEST,
    }
    return shown(request, "opening.html.j2", values, status=status)


async def change_opening(request: Request, form: FormData) -> Response:
    """Save, copy or delete one."""
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_change, request, given)


def _change(request: Request, given: Mapping[str, str]) -> Response:
    openings, key = openings_of(request), request.path_params["opening"]
    if given.get("do") == "delete":
        openings.delete(key)
        return RedirectResponse("/openings", 303)
    opening = openings.find(key)
    if given.get("do") == "copy":
        role = opening.role.model_copy(update={"title": f"{opening.title} (copy)"})
        return RedirectResponse(f"/openings/{quote(openings.add(role).key)}", 303)
    lines = editing.sent(opening.role, given)
    try:
        openings.save(key, editing.edited(opening.role, lines, given), given.get("version", ""))
    except EvaluatorError as error:
        told = f"{error.message} {error.hint or ''}".strip()
        return _opening(request, opening, lines, given=given, told=told, status=status_of(error))
    return RedirectResponse(f"/openings/{quote(key)}?saved=1", 303)


def role_file(request: Request) -> Response:
    """The opening as the file that every command takes."""
    found = openings_of(request).find(request.path_params["opening"])
    headers = {"content-disposition": 'attachment; filename="role.toml"'}
    return Response(write_role(found.role), media_type="application/toml", headers=headers)
