"""Operations that read runs: lists, candidates, reports, evidence, search and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from ...batch.chained_store import DECISIONS, DecisionEntry, told_in
from ...batch.tables import flat
from ...models.evidence import Evidence
from ...render.decisions import render_decisions
from ...render.table import Row, render_csv
from ...report import CandidateReport
from ...review.decision_entries import Passage
from ...roles.model import RequirementVerdict
from ..uploads import shown_source
from ..visible_decisions import decisions_in, seen_in
from .decision_operations import book_of
from .operations import Call, Result
from .paging import next_of, stretch
from .schemas import (
    CandidateItem,
    CandidatePage,
    CandidateQuery,
    EvidenceItem,
    EvidenceList,
    EvidenceQuery,
    Hit,
    HitPage,
    RunItem,
    RunPage,
    SearchQuery,
    kinds_of,
)


def runs(call: Call) -> Result:
    """Every run."""
    lines = call.runs.lines()
    items = tuple(RunItem.of(line) for line in stretch(call, lines))
    return Result(RunPage(items=items, total=len(lines), next=next_of(call, len(lines))))


def run(call: Call) -> Result:
    """One run."""
    return Result(RunItem.of(call.run.line()))


def candidates(call: Call) -> Result:
    """Candidates that pass the filters."""
    query: CandidateQuery = call.query
    run = call.run
    pool = run.pool()
    shown = _decisions_seen(call, pool.rows)
    found = [
        row
        for row in pool.rows
        if _passes(row, shown_source(run, row.source), query)
        and query.decision in {None, shown[row.id] or "none"}
    ]
    items = tuple(
        CandidateItem.of(row, source=shown_source(run, row.source), decision=shown[row.id])
        for row in stretch(call, found)
    )
    return Result(
        CandidatePage(items=items, total=len(found), next=next_of(call, len(found)), is_busy=pool.is_busy)
    )  # fmt: skip


def _decisions_seen(call: Call, rows: Iterable[Row]) -> dict[str, str]:
    """What was decided, by candidate, as far as the reviewer may see it."""
    reviewer = call.reviewer(call.query.reviewer)
    if reviewer is None:
        return {row.id: row.decision for row in rows}
    own = decisions_in(_entries(call), reviewer)
    return {row.id: row.decision if row.id in own else "" for row in rows}


def _passes(row: Row, source: str, query: CandidateQuery) -> bool:
    if query.status not in {None, row.status}:
        return False
    if query.q and not _names(row, source, query.q):
        return False
    wanted = _wanted(query)
    return all(check(row.report) for check in wanted) if row.report else not wanted


def _names(row: Row, source: str, words: str) -> bool:
    name = row.report.candidate.name if row.report else None
    return words.casefold() in f"{name or ''}\n{source}".casefold()


def _wanted(query: CandidateQuery) -> list[Callable[[CandidateReport], bool]]:
    """What is asked of reports; those that nobody could read have none, and pass where nothing is asked."""
    every: list[tuple[object, Callable[[CandidateReport], bool]]] = [
        (query.track, lambda r: r.track is query.track),
        (query.seniority, lambda r: r.seniority is query.seniority),
        (query.flag, lambda r: query.flag in kinds_of(r.flags)),
        (query.min_ml_band, lambda r: r.axes.ml.band >= query.min_ml_band),
        (query.min_ops_band, lambda r: r.axes.ops.band >= query.min_ops_band),
        (query.dimension, lambda r: _level(r, query) >= query.min_level),
        (query.requirement, lambda r: (query.requirement, query.verdict) in _verdicts(r)),
    ]
    return [check for value, check in every if value]


def _level(report: CandidateReport, query: CandidateQuery) -> int:
    return report.dimensions[query.dimension].level if query.dimension else 0


def _verdicts(report: CandidateReport) -> set[tuple[str, RequirementVerdict]]:
    return {(r.id, r.verdict) for r in report.requirements}


def report(call: Call) -> Result:
    """A candidate's report, with the bytes that the command line gives."""
    return Result(call.run.candidate(call.id).report.to_json())


def evidence(call: Call) -> Result:
    """What counted, item by item, and what a reviewer said of it."""
    query: EvidenceQuery = call.query
    found = call.run.candidate(call.id).report
    with book_of(call) as book:
        reviewed = book.reviewed(found.id, seen=call.reviewer(query.reviewer))
    struck, disputed = ({p.key for p in ps} for ps in (reviewed.struck, reviewed.disputed))

    def item(one: Evidence) -> EvidenceItem:
        key = Passage.of(one).key
        said: Literal["struck", "disputed"] | None = None
        if key in struck or key in disputed:
            said = "struck" if key in struck else "disputed"
        return EvidenceItem(item=one, objection=said)

    items = tuple(item(one) for one in found.evidence if query.dimension in {None, one.dimension})
    return Result(EvidenceList(id=found.id, items=items))


def search(call: Call) -> Result:
    """Candidates by a question: who has all of its words, or some where nobody has all."""
    query: SearchQuery = call.query
    run = call.run
    index = run.index()
    found = index.search(query.q)
    rows = {row.id: row.report for row in run.pool().done}
    ids = [id_ for id_ in found.ids if id_ in rows]
    snippets = index.snippets(stretch(call, ids), found.query)
    items = tuple(
        Hit(
            id=id_, name=report.candidate.name, track=report.track, evidence=snippet.item,
            text="".join(piece.text for piece in snippet.pieces),
        )
        for id_, snippet in snippets.items()
        if (report := rows[id_])
    )  # fmt: skip
    made = HitPage(items=items, total=len(ids), next=next_of(call, len(ids)), has_all_words=found.is_whole)  # fmt: skip
    return Result(made)


def table(call: Call) -> Result:
    """The run's table, as ``candidates.csv`` has it; of decisions what the reviewer may see."""
    rows = call.run.pool().rows
    shown = _decisions_seen(call, rows)
    told = [row.model_copy(update={"decision": shown[row.id]}) for row in rows]
    return _file(render_csv(told), "candidates.csv")


def decisions_table(call: Call) -> Result:
    """Decisions, as ``decisions.csv`` has them, as far as the reviewer may see them."""
    told = seen_in(_entries(call), call.reviewer(call.query.reviewer))
    return _file(render_decisions([flat(one) for one in told]), "decisions.csv")


def _entries(call: Call) -> list[DecisionEntry]:
    with call.run.store() as store:
        return list(told_in(store.entries(DECISIONS)))


def _file(content: bytes, name: str) -> Result:
    return Result(content, headers={"content-disposition": f'attachment; filename="{name}"'})
