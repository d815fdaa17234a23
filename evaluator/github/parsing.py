"""Hygiene of every text in GitHub's replies, and the days of its moments."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def as_date(value: object) -> date | None:
    """The day of an ISO 8601 moment; None where it is none."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def clean(text: str, most: int, *, lines: bool = False) -> str:
    """Drop control, bidi, zero-width and tag characters; NFC; cap the length."""
    kept = "".join(
        c
        for c in _DROPPED.sub("", text[: most * 2].replace("\r\n", "\n"))
        if (lines and c in "\n\t") or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}
    )
    if not lines:
        kept = " ".join(kept.split())
    return unicodedata.normalize("NFC", kept)[:most]
