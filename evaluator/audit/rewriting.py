"""A document with some of its words replaced, as if its candidate had written it so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..models.document import Document, Flag, Line


class Edit(NamedTuple):
    """``text[start:end]`` becomes other words. Whole new lines end or begin with a line end."""

    start: int
    end: int
    words: str


def rewritten(document: Document, edits: Sequence[Edit]) -> Document:
    """The document after edits that do not touch each other; lines, pages and offsets follow."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [document.text[at : edit.start], edit.words]
        at = edit.end
    text = "".join([*pieces, document.text[at:]])
    flags = tuple(_moved(flag, document, text, edits) for flag in document.flags)
    lines = _lines(document, text, edits)
    return document.model_copy(update={"text": text, "lines": lines, "flags": flags})


def _moved(flag: Flag, document: Document, text: str, edits: Sequence[Edit]) -> Flag:
    """A flag at the words that it was raised for."""
    place = flag.location
    if place.start is None:
        return flag

    def now(at: int) -> int:
        return at + sum(len(e.words) - (e.end - e.start) for e in edits if e.end <= at)

    start = now(place.start)
    end = None if place.end is None else now(place.end)
    added = text.count("\n", 0, start) - document.text.count("\n", 0, place.start)
    line = None if place.line is None else place.line + added
    moved = place.model_copy(update={"start": start, "end": end, "line": line})
    return flag.model_copy(update={"location": moved})


def _lines(document: Document, text: str, edits: Sequence[Edit]) -> tuple[Line, ...]:
    """Lines of the new text; an unchanged one keeps what is known of it, another is as the line it stands by."""
    added = sorted((e.start, e.words.count("\n") - document.text.count("\n", e.start, e.end)) for e in edits)  # fmt: skip
    lines: list[Line] = []
    start = 0
    old = 0
    waiting = list(added)
    for number, words in enumerate(text.split("\n"), start=1):
        like = document.lines[min(old, len(document.lines) - 1)]
        lines.append(
            Line(
                number=number, page=like.page, start=start, end=start + len(words), box=like.box,
                item=like.item,
            )
        )  # fmt: skip
        start += len(words) + 1
        if waiting and waiting[0][1] > 0 and waiting[0][0] <= like.end:
            place, more = waiting.pop(0)
            if more > 1:
                waiting.insert(0, (place, more - 1))
        else:
            while waiting and waiting[0][1] == 0 and waiting[0][0] <= like.end:
                waiting.pop(0)
            old += 1
    return tuple(lines)
