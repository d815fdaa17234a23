"""Operations on jobs: many documents are accepted, watched, cancelled, and their results listed."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from ...documents.sniffing import MAX_BYTES
from ...errors import StorageError
from ..accounts import accounts_given
from ..archives import Packed, Upload, is_packed, names_in
from ..background_runs import Work
from ..document_intake import role_asked
from ..jobs.queue import Jobs
from ..jobs.record import JobRecord, job_record, new_id
from ..openings import Openings
from ..runs import NotThere, Run
from ..uploads import make_run, read_for, settle_role, shown_source, take
from .job_schemas import JobIn, JobOut, JobPage, JobResult, JobResultPage, JobResultQuery
from .operations import Call, Result, Uploads
from .paging import next_of, stretch
from .problems import Refused, problem

_SHORT = 16


def _jobs(call: Call) -> Jobs:
    found: Jobs = call.request.app.state.jobs
    return found


async def submit(call: Call) -> Result:
    """Accept a job; once its answer is there, it survives the server."""
    jobs = _jobs(call)
    key, request = call.asked
    known = jobs.of_key(key) if key else None
    if known is not None:
        if known.request != request:
            raise Refused(problem(409, "This idempotency key was used for another request.", kind="key-reused"))  # fmt: skip
        return _accepted(jobs, known, {"idempotency-replayed": "true"})
    webhook = call.body.webhook if call.body else call.uploads.fields.get("webhook") if call.uploads else None  # fmt: skip
    if webhook is not None:
        jobs.sender.check(webhook)
    if call.uploads is None:
        body: JobIn = call.body
        run, ids, refused, again = call.runs.run(body.run), None, {}, body.again
        role = role_asked(body.role, _openings(call))
        if role is not None:
            await run_in_threadpool(read_for, run, role)
    else:
        run, taken = await run_in_threadpool(_taken, call, call.uploads)
        ids, refused, again = taken.ids, taken.refused, False
    record = job_record(run.name, ids=ids, refused=refused, again=again, webhook=webhook, key=key or None, request=request)  # fmt: skip
    await jobs.add(record)
    return _accepted(jobs, record, {})


def _accepted(jobs: Jobs, record: JobRecord, headers: dict[str, str]) -> Result:
    place = f"/api/v1/jobs/{record.id}"
    return Result(_told(jobs, record), status=202, headers={"location": place, **headers})


class _Kept(NamedTuple):
    ids: tuple[str, ...]
    refused: dict[str, int]


def _taken(call: Call, uploads: Uploads) -> tuple[Run, _Kept]:
    settings = call.request.app.state.settings
    files = (Packed(file.filename or "", file.file) for file in uploads.files)
    accounts = accounts_given(uploads.fields.get("github"), names_in(files))
    run = _run_of(call, uploads.fields)
    failed = [row.source for row in run.pool().failed]
    given = map(_opened, uploads.files)
    taken = take(
        run, given, limits=settings.limits, failed=failed, is_noted=False, accounts=accounts
    )
    refused = dict(Counter(one.why for one in taken.refused))
    if not taken.files:
        raise Refused(problem(422, f"No file was taken: {', '.join(refused)}.", kind="invalid-request"))  # fmt: skip
    return run, _Kept(taken.ids, refused)


def _run_of(call: Call, fields: dict[str, str]) -> Run:
    """The run that is named, or a new one."""
    runs, (key, _) = call.runs, call.asked
    asked = role_asked(fields.get("role"), _openings(call))
    default: str = call.request.app.state.settings.evaluation.role
    # Who sends a request again because the server died in between finds the run that was made by then.
    name = fields.get("run") or f"job {(key or new_id())[:_SHORT]}"
    try:
        run = runs.all()[0] if "run" not in fields and runs.is_one_run else runs.run(name)
    except NotThere:
        run = make_run(runs, name, asked if isinstance(asked, str) else default)
    with suppress(StorageError):  # who works in it knows its role
        settle_role(run, asked, default)
    return run


def _openings(call: Call) -> Openings:
    found: Openings = call.request.app.state.openings
    return found


def _opened(file: UploadFile) -> Upload | Packed:
    name = file.filename or ""
    if is_packed(name):
        return Packed(name, file.file)
    return Upload(name, file.file.read(MAX_BYTES + 1))


def _told(jobs: Jobs, record: JobRecord) -> JobOut:
    work = jobs.work(record)
    end = record.ended
    told = {"done": 0, "failed": 0, "reasons": {}, "trouble": "", "total": len(record.ids or ())}
    if end is not None:
        told |= end.model_dump(include=set(told))
    elif work is not None:
        work.look()
        told |= {"total": work.total, "done": work.done, "failed": work.failed, "reasons": dict(work.reasons)}  # fmt: skip
    purged = end.total - end.done - end.failed if end and end.state == "done" else 0
    return JobOut.model_validate({
        **told, "id": record.id, "run": record.run, "state": jobs.state(record), "at": record.at,
        "ended": end.at if end else None, "purged": purged, "refused": record.refused,
        "waiting": work.waiting if work else "", "results": f"/api/v1/jobs/{record.id}/results",
        "webhook": (record.told or "waiting") if record.webhook else None,
    })  # fmt: skip


async def jobs(call: Call) -> Result:
    """Every job."""
    found = _jobs(call).all()
    items = tuple(_told(_jobs(call), record) for record in stretch(call, found))
    return Result(JobPage(items=items, total=len(found), next=next_of(call, len(found))))


async def job(call: Call) -> Result:
    """One job."""
    return Result(_told(_jobs(call), _found(call)))


def _found(call: Call) -> JobRecord:
    return _jobs(call).find(call.request.path_params["job"])


async def cancel(call: Call) -> Result:
    """End a job in order."""
    record = await _jobs(call).cancel(_found(call).id)
    return Result(_told(_jobs(call), record))


def results(call: Call) -> Result:
    """What became of each document: of a job under way from its work, afterwards from the run."""
    query: JobResultQuery = call.query
    record = _found(call)
    run = call.runs.run(record.run)
    work = _jobs(call).work(record)
    found = _from_work(run, work) if work else _from_run(record, run)
    found = [one for one in found if query.status in {None, one.status}]
    page = tuple(stretch(call, found))
    made = JobResultPage(items=page, total=len(found), next=next_of(call, len(found)), is_busy=work is not None or run.pool().is_busy)  # fmt: skip
    return Result(made)


def _from_work(run: Run, work: Work) -> list[JobResult]:
    return [_result(run, one.id, one.source, one.state, one.reason, one.track) for one in list(work.outcomes)]  # fmt: skip


def _from_run(record: JobRecord, run: Run) -> list[JobResult]:
    rows = run.pool().rows
    wanted = None if record.ids is None else set(record.ids)
    return [
        _result(run, r.id, r.source, r.status, r.reason, r.report.track if r.report else None)
        for r in rows
        if wanted is None or r.id in wanted
    ]  # fmt: skip


def _result(
    run: Run, id_: str, source: str, status: str, reason: str, track: str | None
) -> JobResult:
    report = (
        f"/api/v1/runs/{quote(run.name, safe='')}/candidates/{id_}" if status == "done" else None
    )
    return JobResult.model_validate(
        {"id": id_, "source": shown_source(run, source), "status": status, "reason": reason, "track": track, "report": report}
    )  # fmt: skip
