"""Words looked for in what a run keeps of its candidates: the resume, and evidence from public code."""

from __future__ import annotations

from ..batch.store import report_of
from ..models.base import Value
from ..models.document import RESUME
from ..models.vocabulary import Track
from .runs import Run

_AROUND = 160


class Found(Value):
    """A candidate, and the first passage that holds a word."""

    id: str
    name: str | None
    source: str
    text: str
    track: Track


def search_run(run: Run, query: str) -> list[Found]:
    """Candidates in whose resume, or in one passage of whose public code, all words stand; in the order of the run.

    Args:
        run: that is searched.
        query: words in any case, parted by spaces; parts of words count.

    Raises:
        StorageError: somebody else holds the run.
    """
    words = query.casefold().split()
    pool = run.pool()
    found: list[Found] = []
    with run.opened() as store:
        for row in pool.done:
            kept = store.kept(pool.keys[row.source])
            passage = _passage(kept.text or "", kept.report, words) if kept else None
            if passage is not None and row.report is not None:
                found.append(Found(
                    id=row.id, name=row.report.candidate.name, source=passage[0], text=passage[1],
                    track=row.report.track,
                ))  # fmt: skip
    return found


def _passage(text: str, written: str, words: list[str]) -> tuple[str, str] | None:
    folded = text.casefold()
    if all(word in folded for word in words):
        # Folding may change lengths, by a few letters at most before a place.
        at = min(folded.index(word) for word in words)
        start, end = max(0, at - _AROUND), at + _AROUND
        return RESUME, " ".join(text[start:end].split())
    raw = written.casefold()
    report = report_of(written) if all(word in raw for word in words) else None
    for item in report.evidence if report else ():
        if item.source != RESUME and all(word in item.quote.casefold() for word in words):
            return item.source, item.quote
    return None
