"""The resume's text with every passage that counted marked in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..models.document import RESUME
from ..models.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line, and the items that rest on it."""

    text: str
    items: tuple[Evidence, ...] = ()
    starts: tuple[str, ...] = ()
    """Ids of the items whose quote starts here."""


def highlighted(text: str, evidence: Sequence[Evidence]) -> list[list[Piece]]:
    """Lines of ``text`` in pieces, in order; joined they are the text again.

    Args:
        text: of the document, as its locations count.
        evidence: all items; those of repositories stand elsewhere.
    """
    ours = [item for item in evidence if item.source == RESUME and item.location.end is not None]
    cuts = {0, len(text)}
    for item in ours:
        cuts |= {item.location.start or 0, item.location.end or 0}
    cuts |= {index + 1 for index, character in enumerate(text) if character == "\n"}
    ordered = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    lines: list[list[Piece]] = [[]]
    seen: set[str] = set()
    for start, end in pairwise(ordered):
        piece = text[start:end]
        here = tuple(
            item
            for item in ours
            if (item.location.start or 0) <= start and end <= (item.location.end or 0)
        )
        begins = tuple(item.id for item in here if item.id not in seen)
        seen.update(begins)
        lines[-1].append(Piece(piece.rstrip("\n"), here, begins))
        if piece.endswith("\n"):
            lines.append([])
    return lines
