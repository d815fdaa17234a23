"""What somebody wants to see of a run: read from an address, applied to rows, and written into an address again.

Whatever an address says that means nothing here is passed over: addresses are kept for months and typed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from ..models.base import Value
from ..models.vocabulary import BAND_NAMES, LEVEL_NAMES, Dimension, Seniority, Standing, Track
from ..render.run_page import flags_of, standings_of
from ..render.table import Row
from ..report import CandidateReport
from ..roles.model import RequirementVerdict
from .visible_decisions import CHOICES, UNDECIDED

HOW = tuple(verdict.value for verdict in RequirementVerdict)
_MET = {RequirementVerdict.FOUND, RequirementVerdict.PARTLY}
PAGE_SIZE = 50
_LONGEST_QUESTION = 200
_MOST_PAGES = 100_000
SORTS = {"fit": "best fit first", "ml": "most ML first", "ops": "most Ops first", "name": "by name"}
STANDINGS = {Standing.CORROBORATED.value: "confirms the resume", Standing.DEMONSTRATED.value: "shows more than the resume"}  # fmt: skip


class View(Value):
    """One view of a run.

    Attributes:
        q: a question for the full-text search.
        track: one track, or empty for all; so are the others.
        ml: band at least.
        ops: the same of the other axis.
        levels: level at least, by dimension.
        flag: kind of a flag that is there.
        met: identity of a requirement.
        how: the verdict on it; empty is met, wholly or partly.
        opening: key of the opening that the run is seen by; empty for the role that it was read for.
        clear: nothing that a person should check.
        sort: key of :data:`SORTS`, or empty for the best first.
        page: from 1.
    """

    q: str = ""
    track: str = ""
    ml: int = 0
    ops: int = 0
    levels: dict[Dimension, int] = {}
    seniority: str = ""
    standing: str = ""
    flag: str = ""
    decision: str = ""
    met: str = ""
    how: str = ""
    opening: str = ""
    clear: bool = False
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> View:
        """The view that an address asks for."""
        levels = {d: n for d in Dimension if (n := _number(asked.get(d.value), len(LEVEL_NAMES)))}
        return cls(
            q=" ".join(asked.get("q", "").split())[:_LONGEST_QUESTION],
            track=_one_of(asked.get("track"), Track),
            ml=_number(asked.get("ml"), len(BAND_NAMES)),
            ops=_number(asked.get("ops"), len(BAND_NAMES)),
            levels=levels,
            seniority=_one_of(asked.get("seniority"), Seniority),
            standing=_one_of(asked.get("standing"), STANDINGS),
            flag=asked.get("flag", "")[:40],
            decision=_one_of(asked.get("decision"), (*CHOICES, UNDECIDED)),
            met=asked.get("met", "")[:80],
            how=_one_of(asked.get("how"), HOW) if asked.get("met") else "",
            opening=asked.get("opening", "")[:80],
            clear=asked.get("clear") == "1",
            sort=_one_of(asked.get("sort"), SORTS),
            page=max(1, _number(asked.get("page"), _MOST_PAGES)),
        )

    def query(self, **changes: object) -> str:
        """As an address says it after ``?``, with some things otherwise; what is not asked for is left out."""
        view = self.model_copy(update={"page": 1, **changes})
        told: dict[str, object] = {
            **view.model_dump(exclude={"levels", "clear", "page"}),
            **{d.value: n for d, n in view.levels.items()},
            "clear": "1" if view.clear else "",
            "page": view.page if view.page > 1 else "",
        }
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def narrows(self) -> int:
        """How many filters are set beside the question."""
        chosen = (self.track, self.ml, self.ops, self.seniority, self.standing, self.flag, self.decision, self.met, self.clear)  # fmt: skip
        return sum(map(bool, chosen)) + len(self.levels)

    @property
    def narrows_further(self) -> int:
        """How many of those are set that lists keep out of sight at first."""
        return sum(map(bool, (self.seniority, self.standing, self.flag, self.met, self.clear))) + len(self.levels)  # fmt: skip

    def shows(self, report: CandidateReport, decision: str) -> bool:
        """Whether the filters let a candidate through; the question is not one of them."""
        return (
            (not self.track or report.track == self.track)
            and report.axes.ml.band >= self.ml
            and report.axes.ops.band >= self.ops
            and all(report.dimensions[d].level >= n for d, n in self.levels.items())
            and (not self.seniority or report.seniority == self.seniority)
            and (not self.standing or self.standing in standings_of(report).split())
            and (not self.flag or self.flag in flags_of(report))
            and (not self.met or _meets(report, self.met, self.how))
            and (not self.decision or self.decision == (decision or UNDECIDED))
            and not (self.clear and report.human_review.required)
        )


def _meets(report: CandidateReport, id_: str, how: str) -> bool:
    wanted = {RequirementVerdict(how)} if how else _MET
    return any(r.id == id_ and r.verdict in wanted for r in report.requirements)


class Hits(NamedTuple):
    """Whom a question found, the best first."""

    ids: Sequence[str]
    is_whole: bool = True


def chosen(
    rows: Iterable[Row], view: View, decisions: Mapping[str, str], hits: Hits | None = None
) -> list[Row]:
    """The rows of a view in its order.

    Args:
        rows: in the order of the run, the best fit first.
        view: what is wanted.
        decisions: by candidate.
        hits: whom the question found; None when there was none.
    """
    found = [row for row in rows if row.report and view.shows(row.report, decisions.get(row.id, ""))]  # fmt: skip
    if hits is not None:
        place = {id_: n for n, id_ in enumerate(hits.ids)}
        found = [row for row in found if row.id in place]
        if not view.sort:
            return sorted(found, key=lambda row: place[row.id])
    order = _ORDERS.get(view.sort)
    return sorted(found, key=order) if order else found


def _ml(row: Row) -> float:
    return -row.report.axes.ml.score if row.report else 0.0


def _ops(row: Row) -> float:
    return -row.report.axes.ops.score if row.report else 0.0


def _name(row: Row) -> str:
    return ((row.report and row.report.candidate.name) or row.source).casefold()


_ORDERS: dict[str, Callable[[Row], float] | Callable[[Row], str]] = {"ml": _ml, "ops": _ops, "name": _name}  # fmt: skip


def named(rows: Iterable[Row], question: str) -> list[str]:
    """Candidates whose name or file holds every word of a question."""
    words = question.casefold().split()
    return [
        row.id
        for row in rows
        if row.report
        and all(word in f"{row.report.candidate.name} {row.source}".casefold() for word in words)
    ]


def _one_of(asked: str | None, known: Iterable[str]) -> str:
    return asked if asked and asked in set(known) else ""


def _number(asked: str | None, end: int) -> int:
    """A number below ``end``; 0 for anything else."""
    is_number = asked is not None and asked.isascii() and asked.isdigit() and len(asked) < 7  # fmt: skip
    found = int(asked) if is_number and asked else 0
    return found if found < end else 0
