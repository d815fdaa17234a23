"""What people decided about candidates, as the lists show it."""

from __future__ import annotations

from .runs import Run

UNDECIDED = "undecided"
CHOICES = ("yes", "maybe", "no")


def decisions_of(run: Run, reviewer: str) -> dict[str, str]:
    """The decision of a reviewer on each candidate who has one, by identity.

    Args:
        run: whose candidates.
        reviewer: whose decisions; another's are not shown before one's own stands.
    """
    return {}
