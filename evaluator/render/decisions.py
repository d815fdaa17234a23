"""What people decided about the candidates of a run, as a table of text: one row an entry, in the order of time."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from .escaping import for_cell

DECISION_COLUMNS = (
    "number", "at", "id", "by", "what", "decision", "reason", "note", "evidence", "dimension", "quote",
    "track", "machine_track", "reviewed_track", "report_sha256",
)  # fmt: skip


def render_decisions(
    rows: Sequence[Mapping[str, str | int | None]], *, mark: bool = False
) -> bytes:
    """RFC 4180, UTF-8, safe for spreadsheets as the table of candidates is.

    Args:
        rows: by the names of the columns.
        mark: put a byte order mark first.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(DECISION_COLUMNS)
    for row in rows:
        cells = [row[name] for name in DECISION_COLUMNS]
        writer.writerow([for_cell(c) if isinstance(c, str) else c for c in cells])
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")
