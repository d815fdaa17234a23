"""What answers lead to, as OpenAPI tells it: programs and tests that know no name of a run or candidate find them so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

_OF_A_RUN = (
    "get_run", "list_candidates", "search", "list_decisions", "verify_decisions", "export_candidates",
    "export_decisions",
)  # fmt: skip
_OF_A_CANDIDATE = (
    "get_report", "list_evidence", "get_review", "list_candidate_decisions", "decide",
)  # fmt: skip
_OF_A_JOB = ("get_job", "list_job_results", "cancel_job")
_SAME_RUN, _SAME_ID, _SAME_JOB = "$request.path.run", "$request.path.id", "$request.path.job"
_FIRST = "$response.body#/items/0/{name}"


class _Lead(NamedTuple):
    """From one operation to others, with what they take."""

    by: str
    to: tuple[str, ...]
    takes: dict[str, str]


_LEADS = (
    _Lead("list_runs", _OF_A_RUN, {"run": _FIRST.format(name="name")}),
    _Lead("get_run", _OF_A_RUN[1:], {"run": _SAME_RUN}),
    _Lead("list_candidates", _OF_A_CANDIDATE, {"run": _SAME_RUN, "id": _FIRST.format(name="id")}),
    _Lead("search", _OF_A_CANDIDATE, {"run": _SAME_RUN, "id": _FIRST.format(name="id")}),
    _Lead("get_report", _OF_A_CANDIDATE[1:], {"run": _SAME_RUN, "id": _SAME_ID}),
    _Lead("decide", ("get_review", "list_candidate_decisions"), {"run": _SAME_RUN, "id": _SAME_ID}),
    _Lead("decide", ("verify_decisions",), {"run": _SAME_RUN, "kept": "$response.body#/hash"}),
    _Lead("submit_job", _OF_A_JOB, {"job": "$response.body#/id"}),
    _Lead("submit_job", ("get_run",), {"run": "$response.body#/run"}),
    _Lead("list_jobs", _OF_A_JOB, {"job": _FIRST.format(name="id")}),
    _Lead("get_job", _OF_A_JOB[1:], {"job": _SAME_JOB}),
)


def links_of(operation: str) -> dict[str, dict[str, Any]]:
    """Links of an operation's good answer, by the name of what they lead to."""
    return {to: {"operationId": to, "parameters": takes} for to, takes in _leads(operation)}


def _leads(operation: str) -> Iterator[tuple[str, dict[str, str]]]:
    for lead in _LEADS:
        if lead.by == operation:
            yield from ((to, dict(lead.takes)) for to in lead.to)
