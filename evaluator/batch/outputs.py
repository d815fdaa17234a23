"""The run's files, all derived from the store: pages, tables, one report each. Written when changed."""

from __future__ import annotations

from pathlib import Path

from ..access import Access, refuse_link
from ..errors import StorageError
from ..render.html import render_html
from ..report import CandidateReport, RolePart, without_words
from ..report.model import ReportBasis, ReportFoundations
from .files import Draft, draft
from .record_of_use import USE, digest_of
from .store import Kept, RunStore, is_id, report_of
from .tables import write_tables

_NO_FOUNDATIONS = ReportFoundations(
    languages=(), clouds=(), education=(), certifications=(), years_relevant=None
)


def place_of(folder: Path, id_: str, suffix: str) -> Path:
    """Where a candidate's file stands.

    Raises:
        StorageError: this is no name of a report, or the folder of reports leads elsewhere.
    """
    if not is_id(id_):
        message = (
            f"The run in {folder} names a report “{id_[:80]}”, which is no report of this program."
        )
        raise StorageError(
            message, hint="Somebody changed run.sqlite: make the run again with another --out."
        )
    refuse_link(folder / "reports")
    return folder / "reports" / f"{id_}.{suffix}"


def draft_report(
    folder: Path, id_: str, report: str, page: bytes, access: Access
) -> tuple[Draft, ...]:
    """Drafts of a candidate's JSON and page, of those that changed.

    Raises:
        StorageError: the folder cannot be written, or the identity leads out of it.
    """
    drafts = (
        draft(place_of(folder, id_, "json"), report.encode("utf-8"), access),
        draft(place_of(folder, id_, "html"), page, access),
    )
    return tuple(found for found in drafts if found is not None)


def page_of(report: CandidateReport, text: str | None) -> bytes:
    """A candidate's page."""
    return render_html(report, text=text).encode("utf-8", "replace")


def write_report(folder: Path, kept: Kept, access: Access) -> tuple[int, str | None]:
    """A candidate's JSON and page from the store; gives how many files changed, and the page's SHA-256.

    One that cannot be read has none.
    """
    report = report_of(kept.report)
    if report is None:
        return 0, None
    page = page_of(report, kept.text)
    drafts = draft_report(folder, kept.id, kept.report, page, access)
    for found in drafts:
        found.publish()
    return len(drafts), digest_of(page)


def has_report(folder: Path, id_: str) -> bool:
    """Whether both files of a candidate are there. They are written whole or not at all."""
    return all(place_of(folder, id_, suffix).is_file() for suffix in ("json", "html"))


def sweep(folder: Path) -> None:
    """Take away what a killed run was writing. Errors as :func:`place_of`."""
    refuse_link(folder / "reports")
    for left in (*folder.glob(".*.tmp"), *folder.glob("reports/.*.tmp")):
        left.unlink(missing_ok=True)


def without_evidence(report: CandidateReport) -> str:
    """A report with only what the table and the run's page show, many thousand of which fit in memory."""
    dimensions = {
        name: found.model_copy(update={"evidence": ()}) for name, found in report.dimensions.items()
    }
    part = RolePart.model_construct(**{name: getattr(report, name) for name in RolePart.model_fields})  # fmt: skip
    slim = without_words(part)
    update = {
        "candidate": report.candidate.model_copy(update={"links": ()}),
        "dimensions": dimensions,
        "evidence": (),
        "basis": ReportBasis(),
        "foundations": _NO_FOUNDATIONS,
        "portfolio": report.portfolio.model_copy(update={"repositories": ()}),
        "requirements": slim.requirements,
        "sections": (),
        "role_fit": slim.role_fit,
        "advice": report.advice.model_copy(update={"next_steps": ()}),
        "flags": slim.flags,
        "provenance": report.provenance.model_copy(update={"prompts": {}}),
    }
    return report.model_copy(update=update).model_dump_json()


def write_all(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """Every file of the run; gives how many changed."""
    changed = write_tables(folder, store, mark=mark)
    known = {said["key"]: said.get("page") for e in store.entries(USE) if "key" in (said := e.said)}
    for item in list(store.items()):
        kept = store.kept(item.key) if item.state == "done" else None
        if kept:
            files, page = write_report(folder, kept, store.access)
            changed += files
            if page and page != known.get(item.key):
                store.paged([(item.key, kept.model_copy(update={"page": page}))])
    return changed
