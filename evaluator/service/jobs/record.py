"""What is kept of a job: one small file in its run's folder, written whole before anybody is told that it was accepted.

A document stands in it by the digest of its content and never by a name, so that a purge leaves nothing to erase there.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ...access import make_folder
from ...batch.files import write_if_changed
from ...batch.store import now
from ...events import log_event
from ...models.base import Value

FOLDER = "jobs"
State = Literal["queued", "running", "done", "cancelled", "stopped"]
_log = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9a-f]{32}\.json")


class JobEnd(Value):
    """How a job ended."""

    at: str
    """ISO 8601 in UTC."""
    state: Literal["done", "cancelled", "stopped"]
    total: int
    done: int
    failed: int
    reasons: dict[str, int] = {}
    """Of those that failed, with how many there were of each."""
    trouble: str = ""
    """Why it stopped."""


class JobRecord(Value):
    """One job."""

    id: str
    run: str
    at: str
    """When it was accepted, ISO 8601 in UTC."""
    ids: tuple[str, ...] | None = None
    """Of the documents that came with it; None is every file that was uploaded into the run."""
    again: bool = False
    """Try also what failed before."""
    refused: dict[str, int] = {}
    """Why files were not taken, with how many there were of each."""
    webhook: str | None = None
    """Whom its end is told."""
    key: str | None = None
    """Digest of the idempotency key."""
    request: str | None = None
    """Digest of what was asked with that key."""
    begun: int | None = None
    """Events of the run's record before it began; those after tell what it has done. None before it began."""
    is_cancelled: bool = False
    ended: JobEnd | None = None
    told: Literal["delivered", "given up"] | None = None
    """What became of the webhook."""


def new_id() -> str:
    """An identity that nobody guesses."""
    return secrets.token_hex(16)


def job_record(run: str, **values: object) -> JobRecord:
    """A job that is accepted now."""
    return JobRecord.model_validate({"id": new_id(), "run": run, "at": now(), **values})


def save(folder: Path, record: JobRecord) -> None:
    """Keep a job; on the disk when this returns.

    Args:
        folder: of the run.
        record: in the place of an earlier one.

    Raises:
        StorageError: it cannot be written.
    """
    place = folder / FOLDER
    make_folder(place)
    write_if_changed(place / f"{record.id}.json", record.model_dump_json().encode())


def saved(folder: Path, run: str) -> Iterator[JobRecord]:
    """The jobs of a run folder; what is none of ours is logged and left alone."""
    for path in sorted((folder / FOLDER).glob("*.json")):
        if not _NAME.fullmatch(path.name) or path.is_symlink():
            continue
        try:
            found = JobRecord.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            log_event(_log, logging.WARNING, "job unreadable", error=type(error).__name__)
            continue
        if found.id == path.stem:
            yield found.model_copy(update={"run": run})


def in_order(records: Iterable[JobRecord]) -> list[JobRecord]:
    """As they were accepted."""
    return sorted(records, key=lambda record: (record.at, record.id))
