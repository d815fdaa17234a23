"""The run's table: one row per source, failed ones too, as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ..models.base import Value
from ..models.vocabulary import Dimension
from ..report import CandidateReport
from .escaping import for_cell, for_typed_cell, looks_like_formula

COLUMNS = (
    "id", "source", "status", "reason", "name", "track", "borderline", "ml_score", "ml_band",
    "ops_score", "ops_band", "seniority", "role_fit", "github", "flags", "reader", "model", "report",
    "same_as", "requirements_met", "requirements_unclear",
    "decision",
)  # fmt: skip
_MOST_CHARACTERS = 32_767
Cell = str | float | int | None


class Row(Value):
    """One source of a run."""

    id: str
    source: str
    status: str
    """``done`` or ``failed``."""
    reason: str
    report: CandidateReport | None
    carried: dict[str, str] = {}
    """Columns of a manifest, shown as they are."""
    same_as: str = ""
    """Other sources of the run with the same content, or of the same person, and what tells so."""
    decision: str = ""
    """What people decided: yes, no, maybe, or split where they differ."""

    def cells(self) -> list[Cell]:
        """Values in the order of :data:`COLUMNS`; what is unknown is empty."""
        r = self.report
        if r is None:
            told = [self.id, self.source, self.status, self.reason]
            empty = [None] * (len(COLUMNS) - len(told) - 4)
            return [*told, *empty, self.same_as, None, None, self.decision]
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
            r.seniority.value if r.seniority else "",
            r.role_fit.score,
            r.candidate.github.login if r.candidate.github else "",
            " ".join(kinds),
            r.provenance.reader,
            r.provenance.model,
            f"reports/{self.id}.html",
            self.same_as,
            r.role_fit.musts.found + r.role_fit.nice.found,
            r.role_fit.musts.unclear + r.role_fit.nice.unclear,
            self.decision,
        ]


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Best role fit first, then requirements met, then both axes; failed ones last; equal ones by source."""

    def key(row: Row) -> tuple[object, ...]:
        if row.report is None:
            return (1, 0.0, 0, 0.0, row.source)
        axes = row.report.axes
        fit = row.report.role_fit
        met = fit.musts.found + fit.nice.found
        return (0, -fit.score, -met, -(axes.ml.score + axes.ops.score), row.source)

    return sorted(rows, key=key)


def carried_columns(rows: Sequence[Row]) -> dict[str, str]:
    """Columns that manifests carried, with the titles they have beside our own, in alphabetical order."""
    names = sorted({name for row in rows for name in row.carried})
    return {name: f"manifest_{name}" if name in COLUMNS else name for name in names}


def render_csv(rows: Sequence[Row], *, mark: bool = False) -> bytes:
    """RFC 4180, UTF-8. What a spreadsheet would run has an apostrophe before it, also where semicolons or tabs part cells.

    Args:
        rows: in the order of the table.
        mark: put a byte order mark first, by which older spreadsheets know UTF-8.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    carried = carried_columns(rows)
    writer.writerow([for_cell(column) for column in (*COLUMNS, *carried.values())])
    for row in rows:
        cells = [*row.cells(), *(row.carried.get(name) for name in carried)]
        writer.writerow([for_cell(c) if isinstance(c, str) else c for c in cells])
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def render_xlsx(rows: Sequence[Row]) -> bytes:
    """A workbook with typed columns, a frozen header and filters; the same rows give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        carried = carried_columns(rows)
        lines = [[*row.cells(), *(row.carried.get(name) for name in carried)] for row in rows]
        _sheet(book, "candidates", (*COLUMNS, *carried.values()), lines, _BANDS)
        levels = [_levels(row.id, row.report) for row in rows if row.report is not None]
        names = ("id", "name", *(d.value for d in Dimension))
        _sheet(book, "levels", names, levels, range(2, len(names)))
        standings = [_standings(row.id, row.report) for row in rows if row.report is not None]
        _sheet(book, "standings", names, standings, ())
    return stream.getvalue()


_BANDS = (COLUMNS.index("ml_band"), COLUMNS.index("ops_band"))


def _levels(id_: str, report: CandidateReport) -> list[Cell]:
    return [id_, report.candidate.name, *(report.dimensions[d].level for d in Dimension)]


def _standings(id_: str, report: CandidateReport) -> list[Cell]:
    return [id_, report.candidate.name, *(report.dimensions[d].standing.value for d in Dimension)]


def _fitting(text: str) -> str:
    """A text that a cell of a workbook can hold; of a longer one the writer would leave nothing."""
    return for_typed_cell(text)[:_MOST_CHARACTERS]


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    graded: Iterable[int],
) -> None:
    """A sheet with a frozen header and filters; graded columns (0 to 4) are shaded by value."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "quote_prefix": True})
    # As if typed with an apostrophe, which is not shown: a text also after somebody edits it.
    quoted = book.add_format({"quote_prefix": True})
    for column, title in enumerate(columns):
        sheet.write_string(0, column, _fitting(title), bold)
    for number, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                text = _fitting(cell)
                kind = quoted if looks_like_formula(text) else None
                sheet.write_string(number, column, text, kind)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    last = max(1, len(lines))
    for column in graded:
        scale = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 4, "min_color": "#FFFFFF", "max_color": "#8FB8E8"}  # fmt: skip
        sheet.conditional_format(1, column, last, column, scale)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_column(0, len(columns) - 1, 14)
