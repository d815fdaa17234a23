"""Redacted text with its map back to the source."""

from __future__ import annotations

from .base import Value
from .vocabulary import Context


class Piece(Value):
    """A run of shown characters and the source characters it stands for."""

    shown_start: int
    shown_end: int
    source_start: int
    source_end: int
    verbatim: bool


class ShownText(Value):
    """Redacted text with its map back."""

    number: int
    section: str
    context: Context
    heading: str
    text: str
    pieces: tuple[Piece, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source span behind ``text[start:end]``; a placeholder stands for all it replaced."""
        touched = [p for p in self.pieces if p.shown_start < end and start < p.shown_end]
        first, last = touched[0], touched[-1]
        begin = first.source_start
        if first.verbatim:
            begin += max(0, start - first.shown_start)
        finish = last.source_end
        if last.verbatim:
            finish = last.source_start + min(last.shown_end, end) - last.shown_start
        return begin, finish
