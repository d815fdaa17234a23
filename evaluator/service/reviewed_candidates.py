"""Candidates as reviewers leave them, in lists: what was struck is gone from them, and a track that was given stands."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pydantic import ValidationError

from ..batch.chained_store import DecisionEntry
from ..batch.store import report_of
from ..errors import EvaluatorError
from ..render.table import Row, ranked
from ..report import CandidateReport
from ..review.decision_entries import SAID, Noted
from ..review.recounting import review
from ..review.refitting import as_reviewed
from ..rubric import Rubric
from .applying import Opened, by_opening, seen_row
from .openings import Opening
from .run_cache import Pool, role_read_for

_MOST = 2000
"""Results that are kept; with more, all of them are worked out again."""


class Changes(NamedTuple):
    """A run as one reviewer sees it.

    Attributes:
        pool: its rows as reviewers leave them.
        machine: reports of those that reviewers changed as the machine has them, by identity.
    """

    pool: Pool
    machine: Mapping[str, CandidateReport]


def visible(told: Iterable[DecisionEntry], reviewer: str) -> dict[str, list[DecisionEntry]]:
    """What a reviewer may see of changes, by candidate: the own ones, others' once the own decision stands.

    Args:
        told: entries in their order.
        reviewer: nobody sees nothing.
    """
    every = list(told)
    open_ = {t.id for t in every if t.said["kind"] == "decided" and t.said["by"] == reviewer}
    found: dict[str, list[DecisionEntry]] = defaultdict(list)
    for one in every if reviewer else ():
        if one.said["kind"] != "decided" and (one.id in open_ or one.said["by"] == reviewer):
            found[one.id].append(one)
    return dict(found)


class Changed:
    """What reviewers changed in a run, worked out once for each opening. May be asked from several threads.

    Args:
        opened: the run's database, held as long as the block lasts.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._kept: dict[tuple[object, ...], CandidateReport | None] = {}
        self._latest: tuple[object, Pool, Changes] | None = None

    def seen(
        self, pool: Pool, changes: Mapping[str, Sequence[DecisionEntry]], opening: Opening | None, rubric: Rubric
    ) -> Changes:  # fmt: skip
        """The rows of a run as reviewers leave them.

        Args:
            pool: by the run's role or by the opening.
            changes: by candidate, as far as they may be seen.
            opening: that the pool is seen by.
            rubric: that the reports were judged by.
        """
        if not changes:
            return Changes(pool, {})
        with self._lock:
            numbers = tuple(told.number for some in changes.values() for told in some)
            if self._latest and self._latest[0] == numbers and self._latest[1] is pool:
                return self._latest[2]
            found = self._seen(pool, changes, opening, rubric)
            self._latest = (numbers, pool, found)
            return found

    def _seen(
        self, pool: Pool, changes: Mapping[str, Sequence[DecisionEntry]], opening: Opening | None, rubric: Rubric
    ) -> Changes:  # fmt: skip
        if len(self._kept) > _MOST:
            self._kept.clear()
        machine: dict[str, CandidateReport] = {}
        rows: list[Row] = []
        for row in pool.done:
            told = changes.get(row.id)
            changed = self._one(pool, row, told, opening, rubric) if told else None
            if changed is not None and row.report is not None:
                machine[row.id] = row.report
                rows.append(_changed_row(row, changed))
            else:
                rows.append(row)
        return Changes(replace(pool, rows=(*ranked(rows), *pool.failed)), machine)

    def _one(
        self, pool: Pool, row: Row, told: Sequence[DecisionEntry], opening: Opening | None, rubric: Rubric
    ) -> CandidateReport | None:  # fmt: skip
        """A report as reviewers leave it; None where they leave it as it is, or it cannot be told now."""
        key = (
            row.id,
            pool.versions[row.source],
            opening.identity if opening else "",
            *(t.number for t in told),
        )
        if key in self._kept:
            return self._kept[key]
        try:
            with self._opened() as store:
                kept = store.kept(pool.keys[row.source])
            report = report_of(kept.report) if kept else None
            if kept is None or report is None:
                return None
            read_for = pool.roles.get(row.source, "")
            seen = by_opening(report, kept.text, opening, rubric, read_for=read_for)
            noted = [Noted(number=t.number, at=t.at, id=t.id, said=SAID.validate_python(t.said)) for t in told]  # fmt: skip
            found = review(seen, noted, rubric)
        except (EvaluatorError, ValidationError):
            return None  # the candidate's own page says why
        role = opening.named if opening else role_read_for(read_for)
        changed = as_reviewed(seen, found, rubric, role, kept.text)
        self._kept[key] = _listed(changed) if changed != seen else None
        return self._kept[key]


def _listed(report: CandidateReport) -> CandidateReport:
    """Without what lists do not show."""
    dimensions = {
        name: found.model_copy(update={"evidence": ()}) for name, found in report.dimensions.items()
    }
    return report.model_copy(update={"dimensions": dimensions, "evidence": (), "sections": ()})


def _changed_row(row: Row, changed: CandidateReport) -> Row:
    seen = seen_row(row, changed)
    if seen.report is None:
        return row
    update = {"track": changed.track, "borderline": changed.borderline, "axes": changed.axes, "dimensions": changed.dimensions}  # fmt: skip
    return seen.model_copy(update={"report": seen.report.model_copy(update=update)})
