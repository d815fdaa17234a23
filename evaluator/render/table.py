"""The run's table: one row per source, failed ones too, as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from ..models.base import Value
from ..report import CandidateReport
from .escaping import for_cell

COLUMNS = (
    "id", "source", "status", "reason", "name", "track", "borderline", "ml_score", "ml_band",
    "ops_score", "ops_band", "seniority", "role_fit", "github", "flags", "reader", "model", "report",
)  # fmt: skip
Cell = str | float | int | None


class Row(Value):
    """One source of a run."""

    id: str
    source: str
    status: str
    """``done`` or ``failed``."""
    reason: str
    report: CandidateReport | None

    def cells(self) -> list[Cell]:
        """Values in the order of :data:`COLUMNS`; what is unknown is empty."""
        r = self.report
        if r is None:
            return [self.id, self.source, self.status, self.reason, *[None] * (len(COLUMNS) - 4)]
        kinds = dict.fromkeys(flag.kind.value for flag in r.flags if flag.severity.value != "info")
        return [
            self.id,
            self.source,
            self.status,
            self.reason,
            r.candidate.name,
            r.track.value,
            r.borderline.neighbour.value if r.borderline else "",
            r.axes.ml.score,
            r.axes.ml.band,
            r.axes.ops.score,
            r.axes.ops.band,
            r.seniority.value,
            r.role_fit.score,
            r.candidate.github.login if r.candidate.github else "",
            " ".join(kinds),
            r.provenance.reader,
            r.provenance.model,
            f"reports/{self.id}.html",
        ]


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Best role fit first, then both axes; failed ones last; equal ones by source."""

    def key(row: Row) -> tuple[object, ...]:
        if row.report is None:
            return (1, 0.0, 0.0, row.source)
        axes = row.report.axes
        return (0, -row.report.role_fit.score, -(axes.ml.score + axes.ops.score), row.source)

    return sorted(rows, key=key)


def render_csv(rows: Sequence[Row]) -> bytes:
    """RFC 4180, UTF-8. Texts that a spreadsheet would run are quoted with an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([for_cell(c) if isinstance(c, str) else c for c in row.cells()])
    return stream.getvalue().encode("utf-8")


def render_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook with typed columns, a frozen header and filters; the same rows give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("candidates")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.cells()):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
        sheet.set_column(0, len(COLUMNS) - 1, 14)
    return stream.getvalue()
