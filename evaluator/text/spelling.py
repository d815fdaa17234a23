"""Names that somebody mistyped."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

_LIKE = 60
"""Of 100: how alike two names are of which one may be the other mistyped."""


def near(name: str, known: Iterable[str]) -> str | None:
    """“Did you mean …?” for the known name that is most like this one; None where none is like it."""
    best = extractOne(name, list(known), scorer=ratio, processor=str.casefold, score_cutoff=_LIKE)
    return f"Did you mean “{best[0]}”?" if best else None
