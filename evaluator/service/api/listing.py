"""Every operation of the API, in the order of its documentation."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.datastructures import State

from ...report import CandidateReport
from ...review.recounting import Reviewed
from ...roles.model import RoleProfile
from ...version import __version__
from . import decision_operations, evaluating, run_operations, tasking
from .job_schemas import JOB_IN, JobForm, JobOut, JobPage, JobResultPage, JobResultQuery
from .openapi import openapi
from .operations import CSV, TEXT, Call, Operation, Result
from .problems import Refused, problem
from .schemas import (
    ADVERT_IN,
    DECISION_IN,
    CandidatePage,
    CandidateQuery,
    DecisionOut,
    DecisionPage,
    DecisionQuery,
    EvaluateForm,
    EvidenceList,
    EvidenceQuery,
    Health,
    HitPage,
    Paging,
    Ready,
    ReviewerQuery,
    RoleList,
    RunItem,
    RunPage,
    SearchQuery,
    StretchQuery,
    Verification,
    VerificationQuery,
)

ROOT = "/api/v1"
_RUN = f"{ROOT}/runs/{{run}}"
_JOB = f"{ROOT}/jobs/{{job}}"
_ONE = f"{_RUN}/candidates/{{id}}"
_HELD = (404, 503)
_UPLOAD = (408, 409, 413, 415, 502, 503)


def health(_: Call) -> Result:
    """The server answers."""
    return Result(Health(version=__version__))


def ready(call: Call) -> Result:
    """The folder of runs can be read."""
    if not call.runs.folder.is_dir():
        raise Refused(problem(503, "The folder of runs is missing."), {"retry-after": "5"})
    return Result(Ready())


def metrics(call: Call) -> Result:
    """Counts of this server."""
    state: State = call.request.app.state
    return Result(str(state.meters.text()))


def document(_: Call) -> Result:
    """This document."""
    return Result(described())


OPERATIONS: tuple[Operation, ...] = (
    Operation("evaluate", "POST", f"{ROOT}/evaluate", "Read one resume: its report.", CandidateReport, evaluating.evaluate, form=EvaluateForm, errors=_UPLOAD),
    Operation("submit_job", "POST", f"{ROOT}/jobs", "Have many documents read in the background, or what a run still has to read.", JobOut, tasking.submit, form=JobForm, body=JOB_IN, status=202, errors=(404, *_UPLOAD)),
    Operation("list_jobs", "GET", f"{ROOT}/jobs", "Jobs, the latest first.", JobPage, tasking.jobs, query=Paging),
    Operation("get_job", "GET", _JOB, "How far a job is, and how it ended.", JobOut, tasking.job, errors=(404,)),
    Operation("list_job_results", "GET", f"{_JOB}/results", "What became of each document.", JobResultPage, tasking.results, query=JobResultQuery, errors=_HELD),
    Operation("cancel_job", "POST", f"{_JOB}/cancel", "Begin no more documents; those in flight end in order.", JobOut, tasking.cancel, errors=(408, 409, 413, *_HELD)),
    Operation("list_roles", "GET", f"{ROOT}/roles", "Roles that ship, with what they ask for.", RoleList, evaluating.roles),
    Operation("read_advert", "POST", f"{ROOT}/roles", "A job advert becomes a role for a person to edit.", RoleProfile, evaluating.read_advert, body=ADVERT_IN, errors=_UPLOAD),
    Operation("list_runs", "GET", f"{ROOT}/runs", "Runs, the one that changed last first.", RunPage, run_operations.runs, query=Paging),
    Operation("get_run", "GET", _RUN, "One run.", RunItem, run_operations.run, errors=_HELD),
    Operation("list_candidates", "GET", f"{_RUN}/candidates", "Candidates of a run, best role fit first.", CandidatePage, run_operations.candidates, query=CandidateQuery, errors=_HELD),
    Operation("get_report", "GET", _ONE, "A candidate's report, as the command line writes it.", CandidateReport, run_operations.report, errors=_HELD),
    Operation("list_evidence", "GET", f"{_ONE}/evidence", "What counted, and what a reviewer said of it.", EvidenceList, run_operations.evidence, query=EvidenceQuery, errors=_HELD),
    Operation("get_review", "GET", f"{_ONE}/review", "Both verdicts: the machine's, and the reviewed one.", Reviewed, decision_operations.review, query=ReviewerQuery, errors=_HELD),
    Operation("list_candidate_decisions", "GET", f"{_ONE}/decisions", "What people said of a candidate.", DecisionPage, decision_operations.of_candidate, query=StretchQuery, errors=_HELD),
    Operation("decide", "POST", f"{_ONE}/decisions", "Decide, object to evidence, or see another track.", DecisionOut, decision_operations.decide, body=DECISION_IN, status=201, errors=(*_HELD, 408, 409, 413, 415)),
    Operation("list_decisions", "GET", f"{_RUN}/decisions", "What people said, in the order of time, and how far they agree.", DecisionPage, decision_operations.decisions, query=DecisionQuery, errors=_HELD),
    Operation("verify_decisions", "GET", f"{_RUN}/decisions/verification", "Whether every entry is as it was written.", Verification, decision_operations.verification, query=VerificationQuery, errors=_HELD),
    Operation("search", "GET", f"{_RUN}/search", "Candidates in whose evidence or resume the words of a question stand.", HitPage, run_operations.search, query=SearchQuery, errors=_HELD),
    Operation("export_candidates", "GET", f"{_RUN}/export/candidates.csv", "The run's table.", None, run_operations.table, query=ReviewerQuery, kind=CSV, errors=_HELD),
    Operation("export_decisions", "GET", f"{_RUN}/export/decisions.csv", "Decisions, as far as the reviewer may see them.", None, run_operations.decisions_table, query=ReviewerQuery, kind=CSV, errors=_HELD),
    Operation("get_openapi", "GET", f"{ROOT}/openapi.json", "This document.", {"type": "object"}, document),
    Operation("get_metrics", "GET", "/metrics", "Counts for Prometheus.", None, metrics, kind=TEXT),
    Operation("get_healthz", "GET", "/healthz", "The same, where orchestrators ask.", Health, health, is_open=True),
    Operation("get_health", "GET", "/health", "The server answers.", Health, health, is_open=True),
    Operation("get_ready", "GET", "/ready", "The server can do its work.", Ready, ready, errors=(503,), is_open=True),
)  # fmt: skip


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document of these operations."""
    return openapi(OPERATIONS)
