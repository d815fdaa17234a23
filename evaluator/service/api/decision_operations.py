"""Operations on decisions: what people said of candidates, and what they say now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...review.agreement import agreements
from ...review.decision_book import DecisionBook, Entered
from ...review.decision_entries import Choice
from ..access import session_of
from ..visible_decisions import book_in
from .operations import Call, Result
from .paging import next_of, stretch
from .problems import Refused, problem
from .schemas import (
    DecidedIn,
    DecisionOut,
    DecisionPage,
    DecisionQuery,
    ObjectedIn,
    RefusedIn,
    ReviewerQuery,
    Verification,
    VerificationQuery,
)


@contextmanager
def book_of(call: Call) -> Iterator[DecisionBook]:
    """The decisions of the run that the path names, held until the block ends."""
    with book_in(call.run, call.request.app.state.settings.evaluation.rubric) as book:
        yield book


def decisions(call: Call) -> Result:
    """Entries of a run in the order of time."""
    query: DecisionQuery = call.query
    with book_of(call) as book:
        found = book.history(query.candidate, seen=call.reviewer(query.reviewer))
    page = tuple(stretch(call, found))
    return Result(
        DecisionPage(items=page, total=len(found), next=next_of(call, len(found)), agreement=tuple(agreements(found)))
    )  # fmt: skip


def of_candidate(call: Call) -> Result:
    """Entries about one candidate."""
    call.run.pool().row(call.id)
    query = DecisionQuery(candidate=call.id, **call.query.model_dump())
    return decisions(Call(call.request, query, None))


def review(call: Call) -> Result:
    """Both verdicts: the machine's, and the one with what reviewers changed."""
    query: ReviewerQuery = call.query
    call.run.pool().row(call.id)
    with book_of(call) as book:
        return Result(book.reviewed(call.id, seen=call.reviewer(query.reviewer)))


def decide(call: Call) -> Result:
    """Enter a decision, an objection or another track."""
    call.run.pool().row(call.id)
    session = session_of(call.request)
    by = call.body.by if session is None else session.reviewer
    if not by.strip():
        raise Refused(problem(409, "No reviewer has given a name in this browser.", hint="Enter the reviewer’s name first."))  # fmt: skip
    key, request = call.asked
    with book_of(call) as book:
        done = book.once(key, request, lambda: _entered(book, call, by)) if key else _entered(book, call, by)  # fmt: skip
    made = DecisionOut(entry=done.entry, hash=done.hash, reviewed=done.reviewed)
    return Result(made, status=201)


def _entered(book: DecisionBook, call: Call, by: str) -> Entered:
    said = call.body
    if isinstance(said, DecidedIn | RefusedIn):
        return book.decide(call.id, Choice(said.choice), by=by, reason=said.reason, note=said.note)
    if isinstance(said, ObjectedIn):
        report = call.run.candidate(call.id).report
        if all(item.id != said.evidence for item in report.evidence):
            raise Refused(problem(404, f"The report has no evidence {said.evidence}.", kind="not-there"))  # fmt: skip
        return book.object(call.id, said.evidence, said.objection, by=by, reason=said.reason)
    return book.override(call.id, said.track, by=by, reason=said.reason)


def verification(call: Call) -> Result:
    """Whether every entry is as it was written."""
    query: VerificationQuery = call.query
    with book_of(call) as book:
        found = book.verify(kept=query.kept)
    return Result(Verification(is_whole=found.is_whole, **found.model_dump()))
