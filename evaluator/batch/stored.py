"""What a run keeps of a source and of a candidate."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pydantic import ValidationError

from ..models.base import Value
from ..report import CandidateReport
from .databases import Executor

_ID = re.compile("[0-9A-Za-z]{1,64}")


def is_id(text: str) -> bool:
    """Whether a candidate's identity has the form of ours, and so leads into no other folder as a file's name."""
    return _ID.fullmatch(text) is not None


def now() -> str:
    """The time of the clock, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Item(Value):
    """One source and what became of it."""

    source: str
    key: str
    id: str
    state: str
    reason: str
    parts: dict[str, str] = {}
    """What the identity is made of, by name; tells why a source is read again."""
    carried: dict[str, str] = {}
    """Columns of a manifest that the table shows as they are."""


class Kept(Value):
    """What is kept of one candidate beside the row."""

    id: str
    report: str
    """The report's JSON."""
    text: str | None
    """The document's text; None in runs made before texts were kept."""
    row: str | None
    """The report without its evidence, as the table needs it."""
    snapshot: str | None
    """File name and SHA-256 of the portfolio's snapshot; None without a portfolio."""
    index: str | None = None
    """What its text tells whatever is asked, while it is written; a run keeps it beside the report."""
    page: str | None = None
    """SHA-256 of its page, while it is written; the record of use has it afterwards."""


def report_of(written: str) -> CandidateReport | None:
    """A report that is kept; None when another version of the program wrote it in a form that this one cannot read."""
    try:
        return CandidateReport.model_validate_json(written)
    except ValidationError:
        return None


def keep_index(db: Executor, id_: str, index: str) -> None:
    """Keep what a document's text tells whatever is asked, in place of an older one, within a transaction of the caller."""
    db.execute(
        "insert into text_index (id, json) values (?, ?)"
        " on conflict (id) do update set json = excluded.json",
        (id_, index),
    )
