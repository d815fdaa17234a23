"""How a run is seen: by the opening that the address names, with what the reviewer may know of changes and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request

from ..batch.chained_store import DecisionEntry
from ..report import CandidateReport
from ..rubric import Rubric, load_rubric
from .access import session_of
from .openings import Opening, Openings
from .reviewed_candidates import visible
from .run_cache import Pool
from .runs import Run, Runs
from .visible_decisions import decisions_in, told_of


class Sight(NamedTuple):
    """A run as one reviewer sees it by one opening.

    Attributes:
        pool: its rows.
        opening: None sees them by the role that they were read for.
        machine: reports of those that reviewers changed as the machine has them, by identity.
        decisions: of the reviewer, by candidate.
        told: every entry of the run's decisions.
        reviewer: empty where nobody said who it is.
        is_gone: the address names an opening that there is no more.
    """

    pool: Pool
    opening: Opening | None
    machine: Mapping[str, CandidateReport]
    decisions: dict[str, str]
    told: list[DecisionEntry]
    reviewer: str
    is_gone: bool = False

    @property
    def is_asked_further(self) -> bool:
        """Whether more is asked for than levels, which lists show anyway."""
        return bool(self.pool.requirements)


def run_of(request: Request) -> Run:
    """The run that an address names.

    Raises:
        NotThere: there is none.
    """
    runs: Runs = request.app.state.runs
    return runs.run(request.path_params["run"])


def reviewer_of(request: Request) -> str:
    """Who decides here; empty when nobody said."""
    session = session_of(request)
    return session.reviewer if session else ""


def rubric_of(request: Request) -> Rubric:
    """The rubric that this server's reports are judged by."""
    return load_rubric(request.app.state.settings.evaluation.rubric)


def opening_asked(request: Request, key: str) -> Opening | None:
    """The opening of an address; None where it names none that there is."""
    openings: Openings = request.app.state.openings
    return openings.asked(key) if key else None


def seen(request: Request, run: Run, key: str) -> Sight:
    """A run as the reviewer of a request sees it.

    Args:
        request: of a browser.
        run: that is looked at.
        key: of the opening; empty for the role that the run was read for.
    """
    base, reviewer, rubric = run.pool(), reviewer_of(request), rubric_of(request)
    opening, told = opening_asked(request, key), told_of(run)
    pool = run.applied.pool(base, opening, rubric) if opening else base
    changes = run.changed.seen(pool, visible(told, reviewer), opening, rubric)
    return Sight(
        pool=changes.pool,
        opening=opening,
        machine=changes.machine,
        decisions=decisions_in(told, reviewer),
        told=told,
        reviewer=reviewer,
        is_gone=bool(key) and opening is None,
    )
