"""What people decided about candidates, as lists and pages show it to one reviewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..batch.chained_store import DECISIONS, DecisionEntry, told_in
from ..errors import StorageError
from ..models.base import Value
from ..report import CandidateReport
from ..review.decision_book import DecisionBook
from ..review.decision_entries import Decided, Noted, Objected
from ..review.recounting import Reviewed, review
from ..review.refitting import as_reviewed
from ..roles.model import RequirementVerdict, RoleProfile
from ..rubric import Rubric, load_rubric
from .runs import Run, is_held

UNDECIDED = "undecided"
CHOICES = ("yes", "maybe", "no")


def told_of(run: Run) -> list[DecisionEntry]:
    """Every entry of a run's decisions; nothing while somebody else writes the run."""
    try:
        with run.store() as store:
            return list(told_in(store.entries(DECISIONS)))
    except StorageError as error:
        if not is_held(error):
            raise
        return []


def decisions_of(run: Run, reviewer: str) -> dict[str, str]:
    """The decision of a reviewer on each candidate who has one, by identity.

    Args:
        run: whose candidates.
        reviewer: whose decisions; another's are not shown before one's own stands.
    """
    return decisions_in(told_of(run), reviewer) if reviewer else {}


def decisions_in(told: Iterable[DecisionEntry], reviewer: str) -> dict[str, str]:
    """The same among entries."""
    return {
        one.id: str(one.said["choice"])
        for one in told
        if reviewer and one.said["kind"] == "decided" and one.said["by"] == reviewer
    }


def seen_in(told: Sequence[DecisionEntry], reviewer: str | None) -> list[DecisionEntry]:
    """What one reviewer may see among entries: the own ones, and everybody's on candidates with an own decision.

    Args:
        told: in their order.
        reviewer: None for who may see all; empty for who has not said who it is, and sees nothing.
    """
    if reviewer is None:
        return list(told)
    own = decisions_in(told, reviewer)
    return [one for one in told if one.id in own or one.said["by"] == reviewer]


def next_undecided(
    ids: Sequence[str], decided: Collection[str], after: str | None = None
) -> str | None:
    """The next candidate about whom nothing is decided; after the last comes the first.

    Args:
        ids: in the order of a view.
        decided: about whom the reviewer decided.
        after: the candidate that is looked at; None starts with the first.
    """
    start = ids.index(after) + 1 if after in ids else 0
    round_ = (*ids[start:], *ids[:start])
    return next((id_ for id_ in round_ if id_ not in decided and id_ != after), None)


class ChangedRequirement(Value):
    """A requirement that rests on what was struck, before and after."""

    id: str
    text: str
    before: RequirementVerdict
    after: RequirementVerdict


class Review(Value):
    """What one reviewer sees of what was said about a candidate."""

    reviewer: str
    reviewed: Reviewed
    history: tuple[Noted, ...]
    """In its order; of others only once the reviewer's own decision stands."""
    fits: tuple[float, float]
    """The machine's and the reviewed one, for the role that is looked at."""
    requirements: tuple[ChangedRequirement, ...] = ()

    @property
    def own(self) -> Noted | None:
        """The reviewer's decision that stands."""
        return self._standing.get(self.reviewer)

    @property
    def others(self) -> list[Noted]:
        """The decisions of others that stand."""
        return [noted for by, noted in self._standing.items() if by != self.reviewer]

    @property
    def _standing(self) -> dict[str, Noted]:
        return {noted.said.by: noted for noted in self.history if isinstance(noted.said, Decided)}

    @property
    def objections(self) -> dict[str, Objected]:
        """What stands against evidence, by its id in the report."""
        there = (*self.reviewed.struck, *self.reviewed.disputed)
        return {passage.id: self._latest[passage.key] for passage in there}

    @property
    def lost(self) -> list[Objected]:
        """What stood against evidence that the report has no more."""
        return [self._latest[passage.key] for passage in self.reviewed.lost]

    @property
    def _latest(self) -> dict[tuple[str, str, str], Objected]:
        return {n.said.passage.key: n.said for n in self.history if isinstance(n.said, Objected)}


@contextmanager
def book_in(run: Run, rubric: Path | None) -> Iterator[DecisionBook]:
    """The decisions of a run, held until the block ends.

    Raises:
        StorageError: somebody else holds the run, or it is damaged.
    """
    judged_by = load_rubric(rubric)
    with run.store() as store:
        yield DecisionBook(run.folder, store, judged_by)


def review_of(
    run: Run,
    report: CandidateReport,
    reviewer: str,
    rubric: Rubric,
    role: RoleProfile | None,
    text: str | None,
) -> Review:
    """What a reviewer sees of a candidate; nobody sees nothing but the machine's verdict.

    Args:
        run: of the candidate.
        report: as the machine made it for a role.
        reviewer: who looks.
        rubric: that judged it.
        role: that it was made for, where that is known.
        text: of the resume, where it was kept.

    Raises:
        UsageError: the report was judged by another rubric, and something of it was struck.
        StorageError: the run is held or damaged.
    """
    with run.store() as store:
        history = DecisionBook(run.folder, store, rubric).history(report.id, seen=reviewer)
    found = review(report, history, rubric)
    changed = as_reviewed(report, found, rubric, role, text)
    return Review(
        reviewer=reviewer,
        reviewed=found,
        history=tuple(history),
        fits=(report.role_fit.score, changed.role_fit.score),
        requirements=tuple(
            ChangedRequirement(id=old.id, text=old.text, before=old.verdict, after=new.verdict)
            for old, new in zip(report.requirements, changed.requirements, strict=True)
            if old.id in found.requirements or old.verdict is not new.verdict
        ),
    )
