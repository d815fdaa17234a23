"""Views of a run that people gave a name, kept in its folder for whoever works on it."""

from __future__ import annotations

import threading
from urllib.parse import parse_qsl, quote

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..access import write_own
from ..errors import UsageError
from ..models.base import Value
from .filtering import View
from .run_view import run_of
from .runs import Run

FILE = "views.json"
LONGEST_NAME = 60
_MOST = 100
_writing = threading.Lock()


class SavedView(Value):
    """A view with a name."""

    name: str
    query: str
    """As an address has it after ``?``; that which means nothing any more is passed over."""


class _Views(Value):
    views: tuple[SavedView, ...] = ()


def saved_views(run: Run) -> tuple[SavedView, ...]:
    """Those of a run in the order of their names; a file that is none of ours holds none."""
    path = run.folder / FILE
    try:
        if path.is_symlink():
            return ()
        return _Views.model_validate_json(path.read_bytes()).views
    except (OSError, ValidationError):
        return ()


def save_view(run: Run, name: str, query: str) -> SavedView:
    """Keep a view, in the place of another of the same name.

    Raises:
        UsageError: it has no name, or too many are kept.
        StorageError: it cannot be written.
    """
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME or not told.isprintable():
        message = f"A view has a name of at most {LONGEST_NAME} characters."
        raise UsageError(message)
    kept = SavedView(name=told, query=View.of(dict(parse_qsl(query))).query())
    with _writing:
        others = [view for view in saved_views(run) if view.name != told]
        if len(others) >= _MOST:
            message = f"{_MOST} views are kept already."
            raise UsageError(message, hint="Delete those that nobody uses.")
        _write(run, [*others, kept])
    return kept


def delete_view(run: Run, name: str) -> None:
    """Take a view away, if it is there.

    Raises:
        StorageError: it cannot be written.
    """
    with _writing:
        _write(run, [view for view in saved_views(run) if view.name != name])


def _write(run: Run, views: list[SavedView]) -> None:
    ordered = sorted(views, key=lambda view: view.name.casefold())
    text = _Views(views=tuple(ordered)).model_dump_json(indent=1)
    write_own(run.folder / FILE, text.encode("utf-8"))


async def change_views(request: Request, form: FormData) -> Response:
    """Keep the view that is looked at under a name, or take one away."""
    run, name = run_of(request), str(form.get("name", ""))
    query = View.of(dict(parse_qsl(str(form.get("query", ""))))).query()
    if form.get("do") == "delete":
        await run_in_threadpool(delete_view, run, name)
    else:
        await run_in_threadpool(save_view, run, name, query)
    return RedirectResponse(f"/runs/{quote(run.name)}{'?' if query else ''}{query}", 303)
