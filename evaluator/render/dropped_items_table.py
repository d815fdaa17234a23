"""Items of the reader that do not count, in the small print of a page."""

from __future__ import annotations

from ..models.document import RESUME
from ..models.dropped import Dropped, DropReason
from ..report import CandidateReport
from ..wording import drop_phrase


def dropped_summary(report: CandidateReport) -> str:
    """How many items do not count; empty where all do."""
    count = report.dropped.count or report.provenance.rejected_evidence
    return f"Not counted: {count} item{'s' if count != 1 else ''}" if count else ""


def dropped_lines(report: CandidateReport) -> list[tuple[str, list[str]]]:
    """Each reason with how many items it has, and the quotes that are listed."""
    reasons = report.dropped.reasons
    if not reasons and report.provenance.rejected_evidence:
        # Reports of older versions hold a number and nothing else.
        return [("not in a valid form, or the quoted words are in no source", [])]
    return [
        (f"{drop_phrase(reason)} ({count})", _items(report, reason))
        for reason, count in reasons.items()
    ]


def _items(report: CandidateReport, reason: DropReason) -> list[str]:
    found = [one for one in report.dropped.items if one.reason is reason and one.is_quoted]
    return list(dict.fromkeys(map(_line, found)))


def _line(one: Dropped) -> str:
    named = [_place(one), one.dimension.value if one.dimension else ""]
    return f"“{one.words}” ({', '.join(filter(None, named))})"


def _place(one: Dropped) -> str:
    if one.source != RESUME or one.location is None:
        return one.source or ""
    line = f"line {one.location.line}"
    return f"page {one.location.page}, {line}" if one.location.page else line
