"""Text of one part of a Word document in reading order, with what its formatting hides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .docx_inserts import Inserts
from .docx_styles import Properties, Styles
from .draft import ITEM, DraftLink
from .office_package import Attributes
from .office_text import OfficeText
from .paint import TINY_POINTS, WHITE, Colour, from_hex, melts

_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_RUN_PROPERTIES = frozenset(
    ["w:vanish", "w:specVanish", "w:color", "w:sz", "w:shd", "w:highlight", "w:w", "w:rStyle"]
)
_SKIPPED = frozenset(["mc:Fallback", "w:moveFrom"])
_OFF = frozenset(["0", "false", "off"])
_SQUEEZED_PERCENT = 10
_PAGE_TWIPS = 16_000
_PAGE_EMU = 12_192_000
"""A little over eleven inches: nothing shown stands further from the left or the top."""
_CONTAINERS = frozenset(["w:rPr", "w:pPr", "w:tcPr", "w:tblPr", "w:trPr", "w:sectPr", "w:sdtPr"])


@dataclass
class _Box:
    """A text box while it is read."""

    fill: Colour | None = None
    outside: bool = False
    offsets: list[int] = field(default_factory=list)


@dataclass
class Body:
    """Collects one part; ``start``, ``end`` and ``data`` are its parser's handlers."""

    targets: dict[str, str]
    """Relationship id to external target."""
    styles: Styles
    parts: dict[str, str] = field(default_factory=dict)
    """Relationship id to part."""
    inserts: Inserts | None = None
    ground: Colour = WHITE
    text: OfficeText = field(default_factory=OfficeText)
    alternatives: list[str] = field(default_factory=list)
    """Descriptions of pictures."""
    _skipping: int = 0
    _mode: str = ""  # "text", "deleted", "field" or ""
    _within: list[str] = field(default_factory=list)
    _run: Properties = field(default_factory=dict)
    _paragraphs: list[Properties] = field(default_factory=lambda: [{}])
    _cells: list[Properties] = field(default_factory=list)
    _tables: list[str] = field(default_factory=list)
    _shapes: list[_Box] = field(default_factory=list)
    _line_depth: int = 0
    _field: list[str] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    """Open simple fields, and whether each is a link."""
    _offset: bool = False
    _solid: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if self._skipping:
            return
        if tag in _CONTAINERS:
            self._within.append(tag)
        elif self._within:
            self._property(tag, attributes)
        elif tag.startswith(("wp:", "wps:", "a:", "v:")):
            self._drawing(tag, attributes)
        else:
            self._content(tag, attributes)

    def _property(self, tag: str, attributes: Attributes) -> None:
        place = self._within[-1]
        if place == "w:rPr" and len(self._within) == 1 and tag in _RUN_PROPERTIES:
            self._run[tag] = attributes
        elif place == "w:pPr" and tag in {"w:pStyle", "w:shd", "w:ind"}:
            self._paragraphs[-1][tag] = attributes
            if tag == "w:pStyle" and attributes.get("w:val", "").startswith("List"):
                self.text.put(ITEM)
        elif place == "w:pPr" and tag == "w:numPr":
            self.text.put(ITEM)
        elif place == "w:tcPr" and tag == "w:shd" and self._cells:
            self._cells[-1][tag] = attributes
        elif place == "w:tblPr" and tag == "w:tblStyle" and self._tables:
            self._tables[-1] = attributes.get("w:val", "")

    def _drawing(self, tag: str, attributes: Attributes) -> None:
        if tag in {"wp:anchor", "wp:inline", "v:shape", "v:rect", "v:roundrect"}:
            self._shapes.append(_Box(from_hex(attributes.get("fillcolor", ""))))
        elif tag == "wp:docPr" and attributes.get("descr"):
            self.alternatives.append(attributes["descr"])
        elif tag == "a:ln":
            self._line_depth += 1
        elif tag == "a:solidFill":
            self._solid = True
        elif tag == "wp:posOffset":
            self._offset = True
        elif (
            self._shapes
            and self._solid
            and not self._line_depth
            and tag in {"a:srgbClr", "a:schemeClr"}
        ):
            value = attributes.get("val", "")
            named = self.styles.scheme(value) if tag == "a:schemeClr" else from_hex(value)
            if self._shapes[-1].fill is None:
                self._shapes[-1].fill = named

    def _content(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:t":
            self._mode = "text"
        elif tag == "w:delText":
            self._mode = "deleted"
        elif tag == "w:instrText":
            self._mode = "field"
        elif tag in {"w:tab", "w:ptab"}:
            self.text.put("\t")
        elif tag in {"w:br", "w:cr"}:
            self.text.put("\n")
        elif tag == "w:noBreakHyphen":
            self.text.put("-")
        elif tag == "w:hyperlink":
            self.text.open_link(self.targets.get(attributes.get("r:id", ""), ""))
        else:
            self._open(tag, attributes)

    def _open(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:r":
            self._run = {}
        elif tag == "w:p":
            self._paragraphs.append({})
            self._run = {}
        elif tag == "w:tbl":
            self._tables.append("")
        elif tag == "w:tc":
            self.text.open_cell()
            self._cells.append({})
        elif tag == "w:txbxContent":
            self.text.open_box()
        elif tag == "w:background":
            self.ground = from_hex(attributes.get("w:color", "")) or WHITE
        else:
            self._take_in(tag, attributes)

    def _take_in(self, tag: str, attributes: Attributes) -> None:
        """Fields, and what stands in other parts."""
        if tag == "w:fldSimple":
            found = _FIELD_LINK.search(attributes.get("w:instr", ""))
            self._fields.append(found is not None)
            if found:
                self.text.open_link(found.group(1))
        elif tag == "w:altChunk":
            self._insert(self.parts.get(attributes.get("r:id", ""), ""))
        elif tag == "relIds":
            self._drawn(self.parts.get(attributes.get("r:dm", ""), ""))

    def _insert(self, part: str) -> None:
        """A whole document at its place."""
        draft = self.inserts.document(part) if self.inserts else None
        if draft is None:
            return
        why = self._why_hidden()
        for line in draft.lines:
            if line.item:
                self.text.put(ITEM)
            self.text.say(f"{line.text}\n", why)
        self.text.links += draft.links
        self.text.hidden += draft.hidden

    def _drawn(self, part: str) -> None:
        """A drawing's list, as a box beside the flow."""
        lines = self.inserts.drawn(part) if self.inserts else []
        if lines:
            why = self._why_hidden()
            self.text.open_box()
            for line in lines:
                self.text.say(f"{line}\n", why)
            self.text.close_box()

    def data(self, text: str) -> None:
        if self._offset and self._shapes:
            if text.strip().lstrip("-").isdigit():
                self._shapes[-1].offsets.append(int(text))
            return
        if self._skipping or not self._mode:
            return
        if self._mode == "field":
            self._field.append(text)
            return
        self.text.say(text, "a deleted revision" if self._mode == "deleted" else self._why_hidden())

    def _why_hidden(self) -> str | None:
        run, paragraph = self._formatting(), self._paragraphs[-1]
        vanish = run.get("w:vanish")
        if vanish is not None and vanish.get("w:val", "1") not in _OFF:
            return "a hidden run"
        size = run.get("w:sz", {}).get("w:val", "")
        if size.isdigit() and int(size) / 2 <= TINY_POINTS:
            return f"text of {int(size) / 2:g} points"
        scale = run.get("w:w", {}).get("w:val", "").rstrip("%")
        if scale.isdigit() and int(scale) <= _SQUEEZED_PERCENT:
            return f"text squeezed to {scale} %"
        indent = paragraph.get("w:ind", {})
        left = indent.get("w:left") or indent.get("w:start") or "0"
        if left.lstrip("-").isdigit() and abs(int(left)) > _PAGE_TWIPS:
            return "text outside the page"
        if any(shape.outside for shape in self._shapes):
            return "a text box outside the page"
        colour = self.styles.colour(run["w:color"]) if "w:color" in run else None
        if colour is not None and all(melts(colour, ground) for ground in self._grounds(run)):
            return "text in the colour of its ground"
        return None

    def _formatting(self) -> Properties:
        styles = self.styles
        paragraph = self._paragraphs[-1].get("w:pStyle", {}).get("w:val", styles.paragraph_default)
        character = self._run.get("w:rStyle", {}).get("w:val", "")
        found = dict(styles.defaults)
        if self._tables:
            found |= styles.of(self._tables[-1])
        found |= styles.of(paragraph)
        if character:
            found |= styles.of(character)
        return found | self._run

    def _grounds(self, run: Properties) -> list[Colour]:
        """The ground under a run; several where a table style paints some cells and not others."""
        styles = self.styles
        if "w:highlight" in run:
            lit = styles.highlight(run["w:highlight"])
            if lit is not None:
                return [lit]
        paragraph = self._paragraphs[-1]
        for shade in (
            run.get("w:shd"),
            paragraph.get("w:shd"),
            run.get("paragraph fill"),
            self._cells[-1].get("w:shd") if self._cells else None,
        ):
            fill = styles.fill(shade) if shade else None
            if fill is not None:
                return [fill]
        if self._shapes and self.text.in_box and self._shapes[-1].fill is not None:
            return [self._shapes[-1].fill]
        if self._tables:
            return [self.ground, *styles.fills(self._tables[-1])]
        return [self.ground]

    def end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping -= 1
            return
        if self._skipping:
            return
        if tag in _CONTAINERS:
            if self._within:
                self._within.pop()
        elif tag.startswith(("wp:", "a:", "v:")):
            self._close_drawing(tag)
        elif not self._within:
            self._close(tag)

    def _close_drawing(self, tag: str) -> None:
        if tag in {"wp:anchor", "wp:inline", "v:shape", "v:rect", "v:roundrect"} and self._shapes:
            self._shapes.pop()
        elif tag == "a:ln":
            self._line_depth -= 1
        elif tag == "a:solidFill":
            self._solid = False
        elif tag == "wp:posOffset":
            self._offset = False
            if self._shapes:
                shape = self._shapes[-1]
                shape.outside = any(abs(offset) > _PAGE_EMU for offset in shape.offsets)

    def _close(self, tag: str) -> None:
        if tag in {"w:t", "w:instrText", "w:delText"}:
            self._mode = ""
        elif tag == "w:p":
            self.text.put("\n")
            if len(self._paragraphs) > 1:
                self._paragraphs.pop()
        elif tag == "w:tc":
            self.text.close_cell()
            if self._cells:
                self._cells.pop()
        elif tag == "w:tr":
            self.text.put("\n")
        elif tag == "w:tbl" and self._tables:
            self._tables.pop()
        else:
            self._close_part(tag)

    def _close_part(self, tag: str) -> None:
        if tag == "w:hyperlink" or (tag == "w:fldSimple" and self._fields and self._fields.pop()):
            self.text.close_link()
        elif tag == "w:txbxContent":
            self.text.close_box()
        elif tag in {"w:body", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes"}:
            found = _FIELD_LINK.findall("".join(self._field))
            self.text.links += [DraftLink(target, "") for target in found]
