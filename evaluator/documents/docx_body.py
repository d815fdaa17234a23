"""Text of one part of a Word document in reading order, with what its formatting hides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .docx_inserts import Inserts
from .docx_looks import why_table_unseen, why_unpainted, why_unseen
from .docx_shapes import Shapes
from .docx_styles import Properties, Styles
from .draft import ITEM, DraftLink
from .office_package import Attributes
from .office_text import OfficeText
from .paint import WHITE, Colour, from_hex

_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_RUN_PROPERTIES = frozenset(
    ["w:vanish", "w:specVanish", "w:color", "w:sz", "w:shd", "w:highlight", "w:w", "w:rStyle", "w:position", "w:spacing"]
)  # fmt: skip
_PARAGRAPH_PROPERTIES = frozenset(["w:pStyle", "w:shd", "w:ind", "w:spacing", "w:framePr"])
_TABLE_PROPERTIES = frozenset(["w:tblStyle", "w:tblInd", "w:tblpPr"])
_REFERENCES = {"w:headerReference": "header", "w:footerReference": "footer"}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_KNOWN = frozenset(
    "wps wpg wpc wpi w14 w15 w16 w16se w16cid w16cex wp14 a14 v o w10 am3d aink".split()
)
"""Extensions whose content programs show; of others they show what stands beside."""
_CLEAR = 90_000
"""Thousandths of a per cent of transparency from which letters are not seen."""
_CONTAINERS = frozenset(["w:rPr", "w:pPr", "w:tcPr", "w:tblPr", "w:trPr", "w:sectPr", "w:sdtPr"])


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
    notes: frozenset[str] | None = None
    """The notes of this part that anything refers to; None where it holds no notes."""
    references: dict[str, set[str]] = field(default_factory=dict)
    """Relationship ids of headers and footers that a page shows, and numbers of notes, by kind."""
    _skipping: int = 0
    _mode: str = ""  # "text", "deleted", "field" or ""
    _within: list[str] = field(default_factory=list)
    _run: Properties = field(default_factory=dict)
    _paragraphs: list[Properties] = field(default_factory=lambda: [{}])
    _cells: list[Properties] = field(default_factory=list)
    _rows: list[Attributes] = field(default_factory=list)
    _tables: list[Properties] = field(default_factory=list)
    _codes: list[bool] = field(default_factory=list)
    """Open fields, and whether their code is being read."""
    _choices: list[bool] = field(default_factory=list)
    """Open alternatives, and whether one of them is read."""
    _section: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _unseen_note: bool = False
    _in_fill: bool = False
    _is_unknown: bool = False
    """What is skipped is of an unknown extension."""
    _in_unknown: bool = False
    _field: list[str] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    """Open simple fields, and whether each is a link."""

    def __post_init__(self) -> None:
        self.shapes = Shapes(self.styles)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipping or self._is_skipped(tag, attributes):
            self._skipping += 1
            self._in_unknown = self._is_unknown and tag == "w:t"
        elif tag in _CONTAINERS:
            self._within.append(tag)
            self._section = {} if tag == "w:sectPr" else self._section
        elif self._within:
            self._property(tag, attributes)
        elif tag.startswith(("wp:", "wps:", "wpg:", "a:", "v:")):
            self.shapes.start(tag, attributes)
        else:
            self._content(tag, attributes)

    def _is_skipped(self, tag: str, attributes: Attributes) -> bool:
        """Of alternatives the first is read whose extension is known, else the last."""
        if tag == "mc:AlternateContent":
            self._choices.append(False)
        elif tag == "mc:Choice" and self._choices:
            known = not self._choices[-1] and _KNOWN.issuperset(
                attributes.get("Requires", "").split()
            )
            self._choices[-1] |= known
            self._is_unknown = not known
            return not known
        elif tag == "mc:Fallback":
            return not self._choices or self._choices[-1]
        return tag == "w:moveFrom"

    def _property(self, tag: str, attributes: Attributes) -> None:
        place = self._within[-1]
        if self._in_fill:
            self._fill(tag, attributes)
        elif place == "w:rPr" and len(self._within) == 1:
            if tag in _RUN_PROPERTIES:
                self._run[tag] = attributes
            elif tag == "w14:textFill":
                self._in_fill = True
                self._run[tag] = {}
        elif place == "w:pPr":
            if tag in _PARAGRAPH_PROPERTIES:
                self._paragraphs[-1][tag] = attributes
            if tag == "w:numPr" or (
                attributes.get("w:val", "").startswith("List") and tag == "w:pStyle"
            ):
                self.text.put(ITEM)
        elif place == "w:sectPr":
            self._section.setdefault(tag, []).append(
                (attributes.get("w:type", ""), attributes.get("r:id", ""))
            )
        else:
            self._table_property(place, tag, attributes)

    def _table_property(self, place: str, tag: str, attributes: Attributes) -> None:
        if place == "w:tcPr" and tag == "w:shd" and self._cells:
            self._cells[-1][tag] = attributes
        elif place == "w:trPr" and tag == "w:trHeight" and self._rows:
            self._rows[-1] = {**self._rows[-1], **attributes}
        elif place == "w:trPr" and tag == "w:hidden" and self._rows:
            off = attributes.get("w:val", "1") in {"0", "false", "off"}
            self._rows[-1] = {**self._rows[-1], "hidden": "" if off else "1"}
        elif place == "w:tblPr" and tag in _TABLE_PROPERTIES and self._tables:
            self._tables[-1][tag] = attributes

    def _fill(self, tag: str, attributes: Attributes) -> None:
        """How newer programs paint the letters."""
        fill = self._run.setdefault("w14:textFill", {})
        value = attributes.get("w14:val", "")
        if tag == "w14:noFill" or (tag == "w14:alpha" and value.isdigit() and int(value) > _CLEAR):
            fill["none"] = "1"
        elif tag == "w14:srgbClr":
            fill["colour"] = value
        elif tag == "w14:schemeClr":
            fill["scheme"] = value

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
            self._tables.append({})
        elif tag == "w:tr":
            self._rows.append({})
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
        """Fields, notes, and what stands in other parts."""
        if tag == "w:fldChar":
            self._turn_field(attributes.get("w:fldCharType", ""))
        elif tag in _NOTES:
            self.references.setdefault(_NOTES[tag], set()).add(attributes.get("w:id", ""))
        elif tag in {"w:footnote", "w:endnote"} and self.notes is not None:
            self._unseen_note = attributes.get("w:id", "") not in self.notes
        elif tag == "w:fldSimple":
            found = _FIELD_LINK.search(attributes.get("w:instr", ""))
            self._fields.append(found is not None)
            if found:
                self.text.open_link(found.group(1))
        elif tag == "w:altChunk":
            self._insert(self.parts.get(attributes.get("r:id", ""), ""))
        elif tag == "relIds":
            self._drawn(self.parts.get(attributes.get("r:dm", ""), ""))

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self._codes.append(True)
        elif self._codes and kind == "separate":
            self._codes[-1] = False
        elif self._codes and kind == "end":
            self._codes.pop()

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
        if self._skipping:
            if self._in_unknown:
                self.text.say(text, "an extension that programs do not know")
            return
        if self.shapes.takes_text:
            self.shapes.data(text)
        elif self._mode == "field":
            self._field.append(text)
        elif self._mode:
            deleted = self._mode == "deleted"
            self.text.say(text, "a deleted revision" if deleted else self._why_hidden())

    def _why_hidden(self) -> str | None:
        if any(self._codes):
            return "the code of a field"
        if self._unseen_note:
            return "a note that nothing refers to"
        run = self._formatting()
        return (
            why_unseen(run, self._paragraphs[-1])
            or self.shapes.why_unseen()
            or why_table_unseen(self._rows, self._tables)
            or why_unpainted(run, self._grounds(run), self.styles)
        )

    def _formatting(self) -> Properties:
        styles = self.styles
        paragraph = self._paragraphs[-1].get("w:pStyle", {}).get("w:val", styles.paragraph_default)
        character = self._run.get("w:rStyle", {}).get("w:val", "")
        found = dict(styles.defaults)
        if self._tables:
            found |= styles.of(self._table_style())
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
        inside = self.shapes.grounds() if self.text.in_box else []
        if inside:
            return inside
        under = [self.ground, *self.shapes.under()]
        return [*under, *styles.fills(self._table_style())] if self._tables else under

    def _table_style(self) -> str:
        return self._tables[-1].get("w:tblStyle", {}).get("w:val", "")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            self._in_unknown = False
            self._is_unknown &= self._skipping > 0
        elif tag == "mc:AlternateContent":
            if self._choices:
                self._choices.pop()
        elif tag == "w14:textFill":
            self._in_fill = False
        elif tag in _CONTAINERS:
            if self._within:
                self._within.pop()
            if tag == "w:sectPr":
                self._end_section()
        elif tag.startswith(("wp:", "wps:", "wpg:", "a:", "v:")):
            self.shapes.end(tag)
        elif not self._within:
            self._close(tag)

    def _end_section(self) -> None:
        """Headers of first pages are shown where the section has a title page."""
        for tag, kind in _REFERENCES.items():
            for which, target in self._section.get(tag, []):
                if which != "first" or "w:titlePg" in self._section:
                    self.references.setdefault(kind, set()).add(target)

    def _close(self, tag: str) -> None:
        if tag in {"w:t", "w:instrText", "w:delText"}:
            self._mode = ""
        elif tag == "w:p":
            self.text.put("\n")
            if not self.text.in_box:
                self.shapes.next_line()
            if len(self._paragraphs) > 1:
                self._paragraphs.pop()
        elif tag == "w:tc":
            self.text.close_cell()
            if self._cells:
                self._cells.pop()
        elif tag == "w:tr":
            self.text.put("\n")
            if self._rows:
                self._rows.pop()
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
