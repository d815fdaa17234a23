"""What a webhook says: that a job ended and how, and nothing about anybody."""

from __future__ import annotations

import json

from .record import JobRecord


def event_of(record: JobRecord) -> bytes:
    """The body; the same bytes whenever it is sent."""
    assert record.ended is not None
    job = {"id": record.id, "run": record.run, **record.ended.model_dump(exclude={"at", "trouble"})}
    told = {"type": "job.ended", "timestamp": record.ended.at, "data": job}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
