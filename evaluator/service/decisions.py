"""What people decided about candidates, as lists and pages show it to one reviewer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..batch.entering import DECISIONS, told_in
from ..errors import StorageError
from ..models.base import Value
from ..review.book import DecisionBook
from ..review.recounting import Reviewed
from ..review.sayings import Decided, Noted, Objected
from ..rubric import load_rubric
from .runs import Run, is_held

UNDECIDED = "undecided"
CHOICES = ("yes", "maybe", "no")


def decisions_of(run: Run, reviewer: str) -> dict[str, str]:
    """The decision of a reviewer on each candidate who has one, by identity.

    Args:
        run: whose candidates.
        reviewer: whose decisions; another's are not shown before one's own stands.
    """
    if not reviewer:
        return {}
    try:
        with run.store() as store:
            told = list(told_in(store.entries(DECISIONS)))
    except StorageError as error:
        if not is_held(error):
            raise
        return {}
    return {
        one.id: str(one.said["choice"])
        for one in told
        if one.said["kind"] == "decided" and one.said["by"] == reviewer
    }


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


class Review(Value):
    """What one reviewer sees of what was said about a candidate."""

    reviewer: str
    reviewed: Reviewed
    history: tuple[Noted, ...]
    """In its order; of others only once the reviewer's own decision stands."""

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


def review_of(run: Run, id_: str, reviewer: str, rubric: Path | None) -> Review:
    """What a reviewer sees of a candidate; nobody sees nothing but the machine's verdict.

    Raises:
        UsageError: the report was judged by another rubric, and something of it was struck.
        StorageError: the run is held or damaged.
    """
    with book_in(run, rubric) as book:
        return Review(
            reviewer=reviewer,
            reviewed=book.reviewed(id_, seen=reviewer),
            history=tuple(book.history(id_, seen=reviewer)),
        )
