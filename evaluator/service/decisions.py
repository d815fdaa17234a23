"""What people decided about candidates, as the lists show it."""

from __future__ import annotations

from ..batch.entering import DECISIONS, told_in
from ..errors import StorageError
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
