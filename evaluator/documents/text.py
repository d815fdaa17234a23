"""Plain text in any usual encoding."""

from __future__ import annotations

from ..models.document import DocumentFormat
from .decoding import decode
from .draft import Draft, DraftLine


class TextConverter:
    """Lines as they stand."""

    format = DocumentFormat.TEXT

    def convert(self, data: bytes) -> Draft:
        lines = decode(data).replace("\f", "\n").splitlines()
        return Draft(lines=[DraftLine(line.expandtabs(4)) for line in lines], wrapped=True)
