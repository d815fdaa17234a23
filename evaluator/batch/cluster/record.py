"""The record of use of a cluster's rows: the chain of :mod:`..using` as lines of JSON beside the rows.

The driver writes it when the workers are done, so that the workers need no order among themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import ValidationError

from ...errors import StorageError
from ..chain import ERASED, Entry, entry_after
from ..record_of_use import use_of
from .rows import Rows

NAME = "use.jsonl"
"""The file, beside the folders of rows."""


def uses(rows: Rows) -> list[Entry]:
    """Entries in their order.

    Raises:
        StorageError: the file cannot be read, or a line of it is no entry.
    """
    found = []
    for number, line in enumerate((rows.text(NAME) or "").splitlines(), start=1):
        try:
            found.append(Entry.model_validate_json(line))
        except ValidationError as error:
            message = f"Line {number} of {NAME} is no entry of a record of use."
            raise StorageError(
                message, hint="Somebody changed it; take a copy of it back."
            ) from error
    return found


def record(rows: Rows, *, by: str, at: str) -> None:
    """Enter every report that is not recorded as it is.

    Args:
        rows: of the run.
        by: who let it be made.
        at: time, ISO 8601 in UTC.

    Raises:
        StorageError: the record cannot be read or written, or is kept with another key.
    """
    entries = uses(rows)
    known = {entry.said.get("key"): entry.said.get("report") for entry in entries}
    before = len(entries)
    for row in rows.rows(["key", "id", "snapshot", "report_json"]):
        if row["report_json"] is None:
            continue
        said = use_of(
            key=row["key"], report=row["report_json"], snapshot=row["snapshot"] or None, by=by
        )
        if known.get(row["key"]) != said["report"]:
            entries.append(
                entry_after(entries[-1] if entries else None, said, about=row["id"], at=at)
            )
            known[row["key"]] = said["report"]
    if len(entries) > before:
        _write(rows, entries)


def erase_uses(rows: Rows, ids: Collection[str], *, at: str) -> None:
    """Take out what the record says about candidates, and enter that it was. Errors as :func:`record`."""
    entries = uses(rows)
    gone = [entry.number for entry in entries if entry.about in ids]
    if not gone:
        return
    empty = {"about": None, "body": None, "salt": None}
    kept = [e.model_copy(update=empty) if e.number in gone else e for e in entries]
    _write(rows, [*kept, entry_after(kept[-1], {ERASED: gone}, about=None, at=at)])


def _write(rows: Rows, entries: Iterable[Entry]) -> None:
    rows.write(NAME, "".join(f"{entry.model_dump_json()}\n" for entry in entries))
