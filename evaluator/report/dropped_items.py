"""Items of the reader that do not count, as reports list them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..models.document import RESUME
from ..models.dropped import Dropped, DropReason
from .model import ReportDropped

MOST_ITEMS = 50
_ORDER = {reason: number for number, reason in enumerate(DropReason)}


def dropped_of(dropped: Sequence[Dropped]) -> ReportDropped:
    """All of them counted, the first of them listed; what several readings have is listed once."""
    if not dropped:
        return ReportDropped()
    counts = Counter(one.reason for one in dropped)
    ranked = sorted(dict.fromkeys(dropped), key=_place)
    return ReportDropped(
        reasons={reason: counts[reason] for reason in DropReason if counts[reason]},
        items=tuple(ranked[:MOST_ITEMS]),
    )


def _place(one: Dropped) -> tuple[int, bool, str, int, str]:
    start = one.location.start if one.location else None
    source = one.source or ""
    return _ORDER[one.reason], source != RESUME, source, start or 0, one.words or ""
