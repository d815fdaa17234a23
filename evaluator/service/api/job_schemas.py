"""What the API takes and gives about jobs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from ...models.base import Value
from ...models.vocabulary import Track
from ..jobs.record import State
from .schemas import Binary, Paging, RoleAsked

RunName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]
Address = Annotated[str, Field(min_length=8, max_length=2000, pattern=r"^https?://\S+$")]


class JobForm(Value):
    """Documents to be read."""

    files: Annotated[tuple[Binary, ...], Field(min_length=1)]
    """Resumes as of `evaluate`, or ZIP archives of them."""
    run: RunName | None = None
    """Into which run: one that is there, or a new one of this name. Left out, one of the job's own."""
    role: RoleAsked | None = None
    """By which a new run is read, as of `evaluate`. A run that is there is read for the role it has."""
    github: Annotated[str, Field(min_length=1, max_length=200_000, examples=["none"])] | None = None
    """As of `evaluate` for one document, `none` for all, or a JSON object of accounts by the names of files."""
    webhook: Address | None = None
    """Is told the end, where the operator allows it."""


class JobIn(Value):
    """A run whose uploaded files are to be read as far as they are not yet."""

    run: RunName
    again: bool = True
    """Try also what failed before."""
    role: RoleAsked | None = None
    """By which the run is read from now on, as of `evaluate`: what was read for another is read again."""
    webhook: Address | None = None
    """Is told the end, where the operator allows it."""


JOB_IN: TypeAdapter[JobIn] = TypeAdapter(JobIn)


class JobOut(Value):
    """One job."""

    id: str
    run: str
    state: State
    at: str
    """When it was accepted, ISO 8601 in UTC."""
    ended: str | None
    total: int
    done: int
    failed: int
    purged: int
    """Passed over because they were purged from the run before."""
    reasons: dict[str, int]
    """Of those that failed, with how many there are of each."""
    refused: dict[str, int]
    """Why files were not taken, with how many there are of each."""
    waiting: str
    """What holds it up right now; empty where nothing does."""
    trouble: str
    """Why it stopped; empty where it did not."""
    webhook: Literal["waiting", "delivered", "given up"] | None
    """What became of the webhook; None where nobody asked for one."""
    results: str
    """Address of what became of each document."""


class JobPage(Value):
    """Jobs, the latest first."""

    items: tuple[JobOut, ...]
    total: int
    next: str | None


class JobResultQuery(Paging):
    """Which documents of a job."""

    status: Literal["done", "failed"] | None = None


class JobResult(Value):
    """What became of one document."""

    id: str
    source: str
    """The name under which it is kept, which is that under which it came or, where that was taken, one like it."""
    status: Literal["done", "failed"]
    reason: str
    track: Track | None
    report: str | None
    """Address of the report."""


class JobResultPage(Value):
    """Documents of a job that ended so far."""

    items: tuple[JobResult, ...]
    total: int
    next: str | None
    is_busy: bool
    """The run is being written; more may have ended by now."""
