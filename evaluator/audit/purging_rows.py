"""The same for the rows of a cluster's run, in a folder or an object store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..batch.cluster.record import erase_uses
from ..batch.cluster.rows import Rows
from ..batch.store import now
from ..errors import UsageError
from ..readers.forgetting import forget_replies
from ..text.spelling import near
from .purging import LEAST_OF_AN_ID, Purged

_COLUMNS = ["id", "source", "snapshot", "report_json"]


def purge_rows(
    out: str,
    wanted: Sequence[str],
    *,
    older_than: float | None = None,
    replies: Path,
    snapshots: Path,
) -> Purged:
    """Take candidates out of Parquet rows. Arguments and errors as :func:`purge`; replies and snapshots of this machine."""
    if older_than is not None:
        message = "Rows of a cluster hold no time."
        raise UsageError(message, hint="Name the candidates, or delete the runs that are too old.")
    rows = Rows(out)
    every = list(rows.rows(_COLUMNS))
    ids, already = _ids(every, wanted, rows.tombstones())
    theirs = [row for row in every if row["id"] in ids]
    rows.bury(ids, now())
    gone = forget_replies(replies, (row["report_json"] or "" for row in theirs))
    others = {_file(row) for row in every if row["id"] not in ids}
    kept = [
        snapshots / name
        for name in sorted({_file(row) for row in theirs} - others - {""})
        if (snapshots / name).is_file()
    ]
    for path in kept:
        path.unlink(missing_ok=True)
    erase_uses(rows, ids, at=now())
    return Purged(candidates=rows.erase(ids), replies=gone, snapshots=len(kept), already=already)


def _file(row: dict[str, Any]) -> str:
    name = str(row["snapshot"] or "").partition(" ")[0]
    return name if re.fullmatch(r"[0-9]{1,20}\.json", name) else ""


def _begins(id_: str, name: str) -> bool:
    return len(name) >= LEAST_OF_AN_ID and id_.startswith(name)


def _ids(
    every: Iterable[dict[str, Any]], wanted: Sequence[str], before: dict[str, str]
) -> tuple[set[str], int]:
    found: set[str] = set()
    already = 0
    named = [(str(row["id"] or ""), str(row["source"])) for row in every]
    for name in wanted:
        ids = {
            id_
            for id_, source in named
            if id_ and (_begins(id_, name) or name in {source, Path(source).name})
        }
        if len(ids) > 1:
            message = f"{len(ids)} candidates of this run match “{name}”."
            raise UsageError(message, hint="The column id names them.")
        if not ids and name not in before:
            message = f"No candidate of this run matches “{name}”."
            meant = near(name, [Path(source).name for _, source in named])
            raise UsageError(message, hint=meant or "The column id names them.")
        already += not ids
        found |= ids
    return found, already
