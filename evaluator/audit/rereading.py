"""What the embedded rules find in a document today, beside what a report of theirs says they found."""

from __future__ import annotations

from ..errors import DocumentError
from ..models.document import Document
from ..models.portfolio import PortfolioStatus
from ..pipeline.session import Session
from ..report import CandidateReport
from .verification import Difference, Verification, differences

_NEEDS_SNAPSHOT = "a second reading: it needs the portfolio's snapshot (--snapshots)"
_OF_THE_READING = (
    "evidence",
    "scope",
    "flags",
    "candidate",
    "portfolio",
    "basis",
    "foundations",
    "sections",
)
_WITHOUT_CODE = frozenset({PortfolioStatus.NONE, PortfolioStatus.UNKNOWN})


async def read_again(
    found: Verification, report: CandidateReport, document: Document, session: Session
) -> Verification:
    """Add what a second reading by the embedded rules gives; a model's readings cannot be repeated for nothing.

    Args:
        found: what the report alone and the document told.
        report: that is verified.
        document: the same that the report was made of.
        session: of the embedded rules, offline, with the snapshots that the report was made with.
    """
    if report.provenance.reader != "rules" or found.document != "same":
        return found
    has_code = report.portfolio.status not in _WITHOUT_CODE
    named = report.candidate.github.login if has_code and report.candidate.github else None
    account = "none" if report.portfolio.reason == "public code was not asked for" else None
    try:
        again = await session.evaluate_document(document, github=account)
        if named and named != (again.candidate.github and again.candidate.github.login):
            # The user gave the account, and the resume names another one or none.
            again = await session.evaluate_document(document, github=named)
    except DocumentError as error:
        gone = Difference(where="document", stands="a report", should=f"no report: {error}")
        return found.model_copy(update={"differences": (*found.differences, gone)})
    if has_code and again.portfolio.status in _WITHOUT_CODE:
        return found.model_copy(update={"unchecked": (*found.unchecked, _NEEDS_SNAPSHOT)})
    names = list(_OF_THE_READING)
    if report.portfolio.status is PortfolioStatus.UNKNOWN:
        names = [
            "evidence",
            "scope",
            "basis",
            "foundations",
        ]  # why it is unknown changes by the hour
    one, other = (
        {name: whole[name] for name in names}
        for whole in (report.model_dump(mode="json"), again.model_dump(mode="json"))
    )
    told = {difference.where for difference in found.differences}
    more = tuple(
        Difference(where=where, stands=stands, should=should)
        for where, stands, should in differences(one, other)
        if where not in told
    )
    settled = tuple(
        text
        for text in found.unchecked
        if not text.startswith(("what a reader says", "languages, clouds"))
    )
    return found.model_copy(
        update={"differences": (*found.differences, *more), "unchecked": settled}
    )
