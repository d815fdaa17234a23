"""Plain text in any usual encoding."""

from __future__ import annotations

import re

from ..models.document import DocumentFormat
from .as_page import as_page_too
from .decoding import decoded
from .draft import Draft, DraftLine, Hidden
from .markup import is_broken_to_width
from .terminals import without_controls

_LETTER_AS_BULLET = re.compile(r"(\s*)o([ \t]+)(?=[^\W_])", re.M)
_SEVERAL = 2


class TextConverter:
    """Lines as they stand."""

    format = DocumentFormat.TEXT

    def convert(self, data: bytes) -> Draft:
        found = decoded(data)
        hidden: list[Hidden] = []
        shown = without_controls(found.text.replace("\f", "\n"), hidden)
        lines = with_bullets(shown.splitlines())
        draft = Draft(
            lines=[DraftLine(line.expandtabs(4)) for line in lines],
            wrapped=is_broken_to_width(lines),
            doubts=found.doubts,
            hidden=hidden,
        )
        return as_page_too(draft, found.text)


def with_bullets(lines: list[str]) -> list[str]:
    """Lines whose bullet is the letter o, as Word's second level becomes text, with a bullet instead."""
    marked = [bool(_LETTER_AS_BULLET.match(line)) for line in lines]
    if sum(marked) < _SEVERAL:
        return lines
    return [
        _LETTER_AS_BULLET.sub(r"\1•\2", line, count=1) if is_marked else line
        for line, is_marked in zip(lines, marked, strict=True)
    ]
