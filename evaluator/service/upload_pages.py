"""Pages that fill a run: files are dropped, progress is watched, a run is stopped and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import cast
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from ..batch.log import RunStatus
from ..documents.sniffing import MAX_BYTES
from ..errors import UsageError
from ..roles.loading import load_role
from .archives import Packed, Upload, is_packed
from .background_runs import Work, Works
from .blinding import blind_for
from .configuration import Limits, ServiceSettings
from .opening_pages import openings_of
from .page_frame import shown, templates
from .run_view import run_of
from .runs import NotThere, Run, Runs
from .uploads import Taken, make_run, read_for, replace, role_of, run_name, sources_of, take

_EVERY = 0.5
"""Seconds between looks at a run that is watched."""
_BEATS = 20


def works_of(request: Request) -> Works:
    """What is under way in this server."""
    found: Works = request.app.state.works
    return found


def _settings(request: Request) -> ServiceSettings:
    found: ServiceSettings = request.app.state.settings
    return found


def new_page(request: Request) -> Response:
    """The form for a new run."""
    return _form(request, None)


def add_page(request: Request) -> Response:
    """The form for more files."""
    return _form(request, run_of(request))


def _form(request: Request, run: Run | None) -> Response:
    settings = _settings(request)
    own, usable = settings.evaluation.role, openings_of(request).usable()
    offered = [(one.key, one.title) for one in usable]
    if own not in {one.source for one in usable}:
        offered.insert(0, ("", load_role(own).title))
    chosen = request.query_params.get("opening", "") or own
    values = {
        "run": run,
        "pool": run.pool() if run else None,
        "blind": blind_for(request),
        "openings": offered,
        "chosen": chosen,
        "most_files": settings.limits.upload_files,
        "most_bytes": settings.limits.upload_bytes,
        "megabytes": settings.limits.upload_bytes // 1024 // 1024,
        "reader": settings.evaluation.reader_in_use,
        "model": settings.evaluation.model,
        "offline": settings.evaluation.offline,
    }
    return shown(request, "upload.html.j2", values)


async def make(request: Request, form: FormData) -> Response:
    """A new run of uploaded files."""
    runs: Runs = request.app.state.runs
    run_name(str(form.get("name", "")))
    if not _files(form):
        raise _nothing()
    opening = openings_of(request).asked(str(form.get("role", "")))
    own = _settings(request).evaluation.role
    run = await run_in_threadpool(make_run, runs, str(form.get("name", "")), own)
    if opening is not None:
        await run_in_threadpool(read_for, run, opening.kept)
    return await _fill(request, run, form)


async def add(request: Request, form: FormData) -> Response:
    """More files into a run."""
    if not _files(form):
        raise _nothing()
    return await _fill(request, run_of(request), form)


def _nothing() -> UsageError:
    message = "No file came with the form."
    return UsageError(message, hint="Choose files, or drop them onto the field.")


async def _fill(request: Request, run: Run, form: FormData) -> Response:
    works = works_of(request)
    if works.is_under_way(run):
        message = f"“{run.name}” is being read already."
        raise UsageError(message, hint="Wait for it to end, or stop it first.")
    taken = await run_in_threadpool(_take, run, form, _settings(request).limits)
    if taken.files:
        await run_in_threadpool(_begin, works, run, _settings(request).evaluation.role)
    if taken.refused:
        values = {"run": run, "taken": taken}
        return shown(request, "refused_files.html.j2", values, status=200 if taken.files else 400)
    return RedirectResponse(f"/runs/{quote(run.name)}/progress", 303)


def _files(form: FormData) -> list[UploadFile]:
    return [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]


def _take(run: Run, form: FormData, limits: Limits) -> Taken:
    instead = str(form.get("instead", ""))
    if instead:
        upload = next(_read(_files(form)))
        if isinstance(upload, Packed):
            message = "Several files cannot take the place of one."
            raise UsageError(message, hint="Add an archive like any other resume.")
        return replace(run, instead, upload, limits=limits)
    failed = [row.source for row in run.pool().failed]
    return take(run, _read(_files(form)), limits=limits, failed=failed)


def _read(files: list[UploadFile]) -> Iterator[Upload | Packed]:
    for file in files:
        name = file.filename or ""
        if is_packed(name):
            yield Packed(name, file.file)
        else:
            yield Upload(name, file.file.read(MAX_BYTES + 1))


def _begin(works: Works, run: Run, role: str, *, again: bool = False) -> Work:
    return works.begin(run, sources_of(run), role_of(run, role), again=again)


async def go_on(request: Request, form: FormData) -> Response:
    """Read again what was uploaded and has no report yet; for an opening everything, when one is chosen."""
    run, works = run_of(request), works_of(request)
    opening = openings_of(request).asked(str(form.get("opening", "")))
    if opening is not None and not works.is_under_way(run):
        await run_in_threadpool(read_for, run, opening.kept)
    role = _settings(request).evaluation.role
    await run_in_threadpool(_begin, works, run, role, again=True)
    return RedirectResponse(f"/runs/{quote(run.name)}/progress", 303)


async def stop(request: Request, _: FormData) -> Response:
    """End a run in order."""
    run = run_of(request)
    work = works_of(request).of(run)
    if work is not None and not work.is_over:
        work.stop()
    return RedirectResponse(f"/runs/{quote(run.name)}/progress", 303)


def _state(request: Request, run: Run) -> dict[str, object]:
    """How far a run is: by this server's own work, or by the record of another process."""
    work, pool = works_of(request).of(run), run.pool()
    if work is not None and work.is_over and pool.is_busy:
        work = None  # a terminal goes on with what was begun here
    if work is not None:
        work.look()
    status = RunStatus() if work else run.status()
    total = work.total if work else status.total
    done, failed = (work.done, work.failed) if work else (status.done, status.failed)
    return {
        "run": run,
        "work": work,
        "status": status,
        "pool": pool,
        "total": total,
        "done": done,
        "failed": failed,
        "is_over": work.is_over if work else not pool.is_busy,
        "blind": blind_for(request),
        "can_go_on": bool(sources_of(run)),
    }


def progress_page(request: Request) -> Response:
    """How far a run is."""
    return shown(request, "progress.html.j2", _state(request, run_of(request)))


async def progress_events(request: Request) -> Response:
    """The same as a stream, as long as somebody watches and the run goes on."""
    run = run_of(request)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(request, run), media_type="text/event-stream", headers=headers)


async def _events(request: Request, run: Run) -> AsyncIterator[str]:
    template = templates().get_template("progress_state.html.j2")
    last, rounds = "", 0
    while True:
        rounds += 1
        try:
            state = await run_in_threadpool(_state, request, run)
        except NotThere:
            return
        text = template.render(**state)
        if text != last:
            last = text
            yield "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
        elif rounds % _BEATS == 0:
            yield ":\n\n"  # whether anybody still listens is seen only by sending
        if cast("bool", state["is_over"]):
            yield "event: over\ndata: over\n\n"
            return
        await asyncio.sleep(_EVERY)
