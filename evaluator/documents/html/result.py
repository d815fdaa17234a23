"""What was read of a page, put together: what is shown, hidden, unverified or said beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..draft import ITEM, MAX_LINKS, Draft, DraftLine, DraftLink, Hidden, hide
from ..markup import squashed
from .displaced import FAR_LEFT
from .overlaps import Piece
from .presentational_hints import IN_PLACE, NOTHING

FOR_THE_EAR = "words that are only read aloud"
SPACE = re.compile(r"\s+")
FEW = 4
"""Words from which a text is no label."""


def result(
    parts: Sequence[str | Piece],
    links: Sequence[tuple[str, int, int]],
    comments: Sequence[Hidden],
    printed: Sequence[bool],
) -> Draft:
    """The draft of a page.

    Args:
        parts: texts and what stands between them, in order.
        links: targets with the first and the last part of their labels.
        comments: of the page, as far as they are sentences.
        printed: whether each text is seen on paper; empty where paper shows what the screen does.
    """
    pieces = [part for part in parts if isinstance(part, Piece)]
    hidden, unverified = [*comments], list[Hidden]()
    ears: list[str] = []
    paper: list[str] = []
    seen: str | None = None
    for number, piece in enumerate(pieces):
        if piece.why == NOTHING or not piece.text.strip():
            continue
        few = len(piece.text.split()) < FEW
        if few and (piece.why or piece.doubt):
            seen = seen if seen is not None else _seen(pieces)
            if squashed(piece.text) in seen:
                continue  # a menu of headings, a label that is said again
        if piece.why in {FOR_THE_EAR, IN_PLACE} or (few and piece.why == FAR_LEFT):
            ears.append(piece.text)
        elif piece.why and number < len(printed) and printed[number]:
            paper.append(piece.text)
        elif piece.why:
            hide(hidden, piece.why, piece.text)
        elif piece.doubt:
            hide(unverified, piece.doubt, f"{piece.text} ")
    if len(" ".join(paper).split()) > FEW:
        hidden.append(Hidden("words that are only printed", " ".join(paper)))
    text = re.sub(r"[ \t]*\n[ \t\n]*", "\n", _shown(parts)).strip("\n")
    return Draft(
        lines=[DraftLine.marked(line.strip()) for line in text.split("\n")],
        links=[
            DraftLink(target, SPACE.sub(" ", _shown(parts[start:end])).replace(ITEM, "").strip())
            for target, start, end in links[:MAX_LINKS]
        ],
        hidden=hidden,
        unverified=unverified,
        asides=[Hidden(FOR_THE_EAR, " ".join(ears))],
    )


def _seen(pieces: Sequence[Piece]) -> str:
    return squashed("".join(p.text for p in pieces if p.why is None and p.doubt is None))


def _shown(parts: Sequence[str | Piece]) -> str:
    shown = []
    for part in parts:
        if isinstance(part, str):
            shown.append(part)
        elif part.why is None and part.doubt is None:
            shown.append(part.text.replace("\t", "    ") if part.preformatted else part.text)
    return "".join(shown)
