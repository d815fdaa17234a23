"""What a Word document takes in from other parts: whole documents (altChunk) and drawn lists (SmartArt)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...errors import DocumentError
from ...models.document import DocumentFormat
from ..draft import Draft
from ..office.package import Attributes, OfficePackage

_NEVER_READ = frozenset([DocumentFormat.PDF, DocumentFormat.PICTURE])
_NO_NODES = frozenset(["pres", "parTrans", "sibTrans"])
_SMALLEST = 600
"""Hundredths of a point; the drawing's own style never goes below."""


@dataclass
class Inserts:
    """Reads parts that are not Word's own.

    Args:
        package: of the document.
        deeper: whether documents within are read.
    """

    package: OfficePackage
    deeper: bool
    unread: list[str] = field(default_factory=list)
    """Sentences for the report."""
    lines: list[str] = field(default_factory=list)
    """Of the documents that were read."""

    def document(self, part: str) -> Draft | None:
        """A document that is shown at its place; None when it is not read, which is told."""
        from ..reading import content_of, converter_for
        from ..sniffing import sniff
        from .converter import DocxConverter

        try:
            content = content_of(self.package.read(part), part)
            format_ = sniff(content.data)
            if self.deeper and format_ not in _NEVER_READ:
                is_word = format_ is DocumentFormat.DOCX
                converter = DocxConverter(inserted=True) if is_word else converter_for(format_)
                draft = converter.convert(content.data)
                self.unread += draft.unread
                self.lines += [line.text for line in draft.lines]
                return draft
        except DocumentError:
            pass
        self._leave("A document embedded in this one was not read.")
        return None

    def drawn(self, part: str) -> list[str]:
        """Lines of a SmartArt; none, which is told, where its text has a look of its own."""
        reader = _Points()
        self.package.parse(part, reader.start, reader.end, reader.data)
        lines = [line for line in ("".join(found).strip() for found in reader.lines) if line]
        if lines and reader.is_odd:
            self._leave(f"The text of a drawing was not read: “{' '.join(lines)[:160]}”.")
            return []
        return lines

    def _leave(self, sentence: str) -> None:
        if sentence not in self.unread:
            self.unread.append(sentence)


@dataclass
class _Points:
    """The nodes of a SmartArt in order."""

    lines: list[list[str]] = field(default_factory=list)
    is_odd: bool = False
    """A colour, a size or an outline of the text's own, which may hide it."""
    _skipped: bool = False
    _inside: bool = False
    _run: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        name = tag.rpartition(":")[2]
        if name == "pt":
            self._skipped = attributes.get("type", "node") in _NO_NODES
        elif self._skipped:
            return
        elif tag == "a:p":
            self.lines.append([])
        elif tag == "a:t":
            self._inside = True
        elif tag == "a:rPr":
            self._run += 1
            size = attributes.get("sz", "")
            self.is_odd |= bool(size) and (not size.isdigit() or int(size) < _SMALLEST)
        elif self._run and name in {"solidFill", "noFill", "gradFill", "effectLst", "pattFill"}:
            self.is_odd = True

    def data(self, text: str) -> None:
        if self._inside and self.lines:
            self.lines[-1].append(text)

    def end(self, tag: str) -> None:
        if tag == "a:t":
            self._inside = False
        elif tag == "a:rPr" and self._run:
            self._run -= 1
