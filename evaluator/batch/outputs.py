"""The run's files, all derived from the store: pages, tables, one report each. Written when changed."""

from __future__ import annotations

from pathlib import Path

from ..models.document import Location
from ..render.html import render_html
from ..render.parquet import render_parquet
from ..render.run_page import render_index
from ..render.table import Row, ranked, render_csv, render_xlsx
from ..report import CandidateReport
from .files import write_if_changed
from .store import RunStore

_TABLES = ("candidates.csv", "candidates.xlsx", "index.html")


def write_report(folder: Path, id_: str, report: str, page: bytes) -> int:
    """A candidate's JSON and page; gives how many files changed."""
    base = folder / "reports"
    changed = write_if_changed(base / f"{id_}.json", report.encode("utf-8"))
    return int(changed) + int(write_if_changed(base / f"{id_}.html", page))


def page_of(report: CandidateReport, text: str | None) -> bytes:
    """A candidate's page."""
    return render_html(report, text=text).encode("utf-8", "replace")


def has_report(folder: Path, id_: str) -> bool:
    """Whether both files of a candidate are there. They are written whole or not at all."""
    return all((folder / "reports" / f"{id_}.{suffix}").is_file() for suffix in ("json", "html"))


def sweep(folder: Path) -> None:
    """Take away what a killed run was writing."""
    for left in (*folder.glob(".*.tmp"), *folder.glob("reports/.*.tmp")):
        left.unlink(missing_ok=True)


def without_evidence(report: CandidateReport) -> str:
    """A report as the table and the run's page need it, many of which fit in memory."""
    dimensions = {
        name: found.model_copy(update={"evidence": ()}) for name, found in report.dimensions.items()
    }
    portfolio = report.portfolio.model_copy(update={"repositories": ()})
    flags = tuple(
        flag.model_copy(update={"message": "", "location": Location()}) for flag in report.flags
    )
    update = {"dimensions": dimensions, "portfolio": portfolio, "evidence": (), "flags": flags}
    return report.model_copy(update=update).model_dump_json()


def write_tables(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """The table as CSV (with a byte order mark or not) and XLSX and the run's page; gives how many changed."""
    rows = ranked(rows_of(store))
    contents = {
        "candidates.csv": lambda: render_csv(rows, mark=mark),
        "candidates.xlsx": lambda: render_xlsx(rows),
        "index.html": lambda: render_index(rows).encode("utf-8"),
    }
    changed = sum(write_if_changed(folder / name, contents[name]()) for name in _TABLES)
    store.set_mark("tables", "new")
    return changed


def are_tables_new(folder: Path, store: RunStore) -> bool:
    """Whether the tables tell all that the store holds."""
    return store.mark("tables") == "new" and all((folder / name).is_file() for name in _TABLES)


def rows_of(store: RunStore) -> list[Row]:
    """Every source as a row, with its report where there is one, without evidence."""
    rows = []
    for item in store.items():
        kept = store.row(item.key) if item.state == "done" else None
        rows.append(
            Row(
                id=item.id,
                source=item.source,
                status=item.state,
                reason=item.reason,
                report=CandidateReport.model_validate_json(kept) if kept else None,
                carried=item.carried,
            )
        )
    return rows


def write_all(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """Every file of the run; gives how many changed."""
    changed = write_tables(folder, store, mark=mark)
    for item in store.items():
        kept = store.kept(item.key) if item.state == "done" else None
        if kept:
            report = CandidateReport.model_validate_json(kept.report)
            changed += write_report(folder, kept.id, kept.report, page_of(report, kept.text))
    return changed


def write_parquet(folder: Path, store: RunStore) -> int:
    """``candidates.parquet``; gives 1 when it changed.

    Raises:
        UsageError: the extra is not installed.
    """
    content = render_parquet(ranked(rows_of(store)))
    return int(write_if_changed(folder / "candidates.parquet", content))
