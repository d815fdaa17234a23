"""Openings applied to what a run keeps: each candidate judged once by each role, nobody read again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from ..batch.chained_store import ChainedStore
from ..batch.store import report_of
from ..errors import StorageError
from ..render.table import Row, ranked
from ..report import CandidateReport, with_role
from ..roles.model import RoleProfile
from ..rubric import Rubric
from ..scoring import advert_words
from .openings import Opening
from .run_cache import Pool

_ROLES = 2
"""By which a run is seen at once, as a rule; what others gave is worked out again."""
_AT_ONCE = 50
"""Candidates that are judged while the run's database is held."""
Opened = Callable[[], AbstractContextManager[ChainedStore]]


@dataclass
class _ByRole:
    rows: dict[str, tuple[int, Row]] = field(default_factory=dict)
    base: Pool | None = None
    pool: Pool = field(default_factory=Pool)


class Applied:
    """A run as openings see it. May be asked from several threads.

    Args:
        opened: the run's database, held as long as the block lasts.
        is_held: whether an error says that somebody else holds it.
    """

    def __init__(self, opened: Opened, is_held: Callable[[StorageError], bool]) -> None:
        self._opened = opened
        self._is_held = is_held
        self._lock = threading.Lock()
        self._found: OrderedDict[str, _ByRole] = OrderedDict()

    def pool(self, base: Pool, opening: Opening, rubric: Rubric) -> Pool:
        """The run's rows by an opening, best fit first; those that could not be judged yet are left out.

        Args:
            base: the rows by the role that the run was read for.
            opening: what is asked for.
            rubric: that the evidence is weighed by.

        Raises:
            StorageError: the database is damaged.
        """
        with self._lock:
            known = self._found.setdefault(opening.identity, _ByRole())
            self._found.move_to_end(opening.identity)
            while len(self._found) > _ROLES:
                self._found.popitem(last=False)
            if known.base is not base:
                known.pool = self._judged(base, opening, rubric, known)
                known.base = base if known.pool.left == 0 else None
            return known.pool

    def _judged(self, base: Pool, opening: Opening, rubric: Rubric, known: _ByRole) -> Pool:
        rows = {row.source: row for row in base.done}
        for source in known.rows.keys() - rows.keys():
            del known.rows[source]
        for source, row in rows.items():
            if base.roles.get(source) == opening.identity:
                known.rows[source] = (base.versions[source], row)
        stale = [s for s in rows if known.rows.get(s, (None,))[0] != base.versions[s]]
        left = self._judge(stale, rows, base, opening.named, rubric, known)
        for source in stale[len(stale) - left :]:
            known.rows.pop(source, None)  # of an earlier reading
        there = [row.model_copy(update=_of_base(rows[s])) for s, (_, row) in known.rows.items()]
        role = opening.role
        asked = {
            row.source
            for row in there
            if role.asked
            and row.report is not None
            and row.report.provenance.reader == "model"
            and base.roles.get(row.source) != opening.identity
        }
        return Pool(
            rows=(*ranked(there), *base.failed),
            keys=base.keys,
            versions=base.versions,
            roles=base.roles,
            requirements={r.id: r.text for r in role.checked if r.is_scored},
            is_busy=base.is_busy,
            trouble=base.trouble,
            left=left,
            unasked=len(asked),
        )

    def _judge(
        self,
        stale: Sequence[str],
        rows: Mapping[str, Row],
        base: Pool,
        role: RoleProfile,
        rubric: Rubric,
        known: _ByRole,
    ) -> int:
        """Judge those that are new or changed; gives how many could not be."""
        words = advert_words(role)
        for start in range(0, len(stale), _AT_ONCE):
            some = stale[start : start + _AT_ONCE]
            try:
                with self._opened() as store:
                    kept = {source: store.kept(base.keys[source]) for source in some}
            except StorageError as error:
                if not self._is_held(error):
                    raise
                return len(stale) - start
            for source, found in kept.items():
                report = report_of(found.report) if found else None
                if found is not None and report is not None:
                    seen = with_role(report, role, found.text, rubric=rubric, words=words)
                    known.rows[source] = (base.versions[source], seen_row(rows[source], seen))
        return 0


def _of_base(row: Row) -> dict[str, object]:
    """What does not depend on a role, and may change without the report."""
    return {"same_as": row.same_as, "carried": row.carried, "decision": row.decision}


def seen_row(row: Row, seen: CandidateReport) -> Row:
    """A row with what a role makes of its report, as little as lists show."""
    if row.report is None:
        return row
    requirements = tuple(
        r.model_copy(update={"text": "", "evidence": (), "quotes": (), "why": ""})
        for r in seen.requirements
    )
    flags = tuple(flag.model_copy(update={"message": ""}) for flag in seen.flags)
    fit = seen.role_fit.model_copy(update={"met": (), "missing": ()})
    report = row.report.model_copy(
        update={
            "role_fit": fit,
            "requirements": requirements,
            "flags": flags,
            "human_review": seen.human_review,
        }
    )
    return row.model_copy(update={"report": report})


def by_opening(
    report: CandidateReport,
    text: str | None,
    opening: Opening | None,
    rubric: Rubric,
    *,
    read_for: str = "",
) -> CandidateReport:
    """A whole report as an opening sees it.

    Args:
        report: of a candidate.
        text: of the resume, if it was kept.
        opening: None leaves the report as it is.
        rubric: that the evidence is weighed by.
        read_for: the role that the report was made for, as the run keeps it.
    """
    if opening is None:
        return report
    if read_for == opening.identity:
        fit = report.role_fit.model_copy(update={"role": opening.title})
        return report.model_copy(update={"role_fit": fit})
    return with_role(report, opening.named, text, rubric=rubric)
