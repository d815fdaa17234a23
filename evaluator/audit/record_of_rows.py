"""The same check for the rows of a cluster's run."""

from __future__ import annotations

from ..batch.chain import Entry
from ..batch.cluster.record import uses
from ..batch.cluster.rows import Rows
from ..batch.record_of_use import USE, digest_of
from .record_of_use import RunVerification, chain_faults, latest


def verify_rows(out: str) -> RunVerification:
    """Check the record of use of a cluster's run, and every row's report against its entry.

    Args:
        out: folder or address of the rows.

    Raises:
        StorageError: something cannot be read.
    """
    rows = Rows(out)
    entries = uses(rows)
    told, reports = _reports(rows, latest(entries))
    return RunVerification(
        entries=len(entries),
        decisions=0,
        reports=reports,
        erased=sum(entry.body is None for entry in entries),
        head=entries[-1].hash if entries else None,
        faults=(*chain_faults(USE, entries), *told),
    )


def _reports(rows: Rows, known: dict[str, Entry]) -> tuple[list[str], int]:
    found: list[str] = []
    compared = 0
    for row in rows.rows(["id", "key", "source", "status", "report_json"], mend=False):
        if row["status"] != "done":
            continue
        compared += 1
        entry = known.get(str(row["key"]))
        if entry is None:
            found.append(f"report {row['id']}: no entry of the record of use mentions it")
        elif digest_of(row["report_json"] or "") != entry.said.get("report"):
            found.append(f"report {row['id']}: its row holds another one than was recorded")
    return found, compared
