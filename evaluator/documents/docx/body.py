"""Text of one part of a Word document in reading order, with what its formatting hides."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..draft import ITEM, DraftLink
from ..office.field_codes import link_of
from ..office.grounds import Ground
from ..office.layers import Spot
from ..office.overflow import CUT_OFF
from ..office.package import Attributes
from ..paint import grey
from ..symbol_fonts import PICTURES, is_word
from .inserts import Inserts
from .measures import twips
from .styles import UNKNOWN, is_on
from .tabs import TABS, with_stop
from .text_fill import take_fill
from .visibility import indents_of, is_harmless, points_of
from .why_hidden import Place, number_of_note

_RUN_PROPERTIES = frozenset(
    ["w:vanish", "w:specVanish", "w:color", "w:sz", "w:shd", "w:highlight", "w:w", "w:rStyle", "w:position", "w:spacing",
     "w:rFonts", "w:szCs", "w:rtl", "w:cs", "w:vertAlign", "w:fitText", "w:bdr"]
)  # fmt: skip
_PARAGRAPH_PROPERTIES = frozenset(
    "w:pStyle w:shd w:ind w:spacing w:framePr w:numId w:ilvl w:pageBreakBefore".split()
)
_BORDERS = frozenset(["w:top", "w:bottom", "w:between"])
_REVISED = frozenset(["w:del", "w:moveFrom"])
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_KNOWN = frozenset(
    "wps wpg wpc wpi w14 w15 w16 w16se w16cid w16cex wp14 a14 v o w10 am3d aink".split()
)
"""Extensions whose content programs show; of others they show what stands beside."""
_DRAWN = ("wp:", "wps:", "wpg:", "wpc:", "a:", "v:", "pic:", "w10:")
_PALE = 192
"""Grey level above which letters need a darker ground than paper."""
_CONTAINERS = frozenset(["w:rPr", "w:pPr", "w:tcPr", "w:tblPr", "w:trPr", "w:sectPr", "w:sdtPr"])


@dataclass
class Body(Place):
    """Collects one part; ``start``, ``end`` and ``data`` are its parser's handlers."""

    parts: dict[str, str] = field(default_factory=dict)
    """Relationship id to part."""
    inserts: Inserts | None = None
    notes: frozenset[str] | None = None
    """The notes of this part that anything refers to; None where it holds no notes."""
    references: dict[str, set[str]] = field(default_factory=dict)
    """Numbers of the notes that are referred to, by kind."""
    undrawn: list[str] = field(default_factory=list)
    """What a picture may lack although the document shows it."""
    _skipping: int = 0
    _mode: str = ""  # "text", "deleted", "field" or ""
    _within: list[str] = field(default_factory=list)
    _choices: list[bool] = field(default_factory=list)
    """Open alternatives, and whether one of them is read."""
    _ends_section: bool = False
    _starts: bool = False
    """A paragraph of the flow has begun, whose properties are not yet known."""
    _in_fill: bool = False
    _is_unknown: bool = False
    """What is skipped is of an unknown extension."""
    _in_unknown: bool = False
    _fields: list[bool] = field(default_factory=list)
    """Open simple fields, and whether each is a link."""

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipping or self._is_skipped(tag, attributes):
            self._skipping += 1
            self._in_unknown = self._is_unknown and tag == "w:t"
        elif tag in _CONTAINERS:
            self._within.append(tag)
            self._ends_section |= tag == "w:sectPr"
        elif self._within:
            self._property(tag, attributes)
        elif tag.startswith(_DRAWN):
            self._start_shape(tag, attributes)
        else:
            self._content(tag, attributes)

    def _is_skipped(self, tag: str, attributes: Attributes) -> bool:
        """Of alternatives the first is read whose extension is known, else the last."""
        if tag.startswith("w:") and tag.endswith("Change"):
            return True
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
        return False

    def _start_paragraph(self) -> None:
        """Its properties are known."""
        if self._starts:
            self._starts = False
            indents = indents_of(self._indent(self._formatting()))
            if is_on(self._paragraphs[-1].get("w:pageBreakBefore")):
                self.painting.flow.turn()
            self.painting.start_paragraph(self.section, indents)
            self.tables.push(self._space_before())

    def _space_before(self) -> float:
        """What the paragraph leaves above itself, in points."""
        usual = self._formatting().get("paragraph spacing", {})
        return twips({**usual, **self._paragraphs[-1].get("w:spacing", {})}, "w:before") / 20

    def _property(self, tag: str, attributes: Attributes) -> None:
        place = self._within[-1]
        if self._in_fill:
            fill = self._run.setdefault("w14:textFill", {})
            take_fill(tag, attributes, fill, self.styles)
        elif place == "w:rPr" and len(self._within) == 1:
            if tag in _RUN_PROPERTIES:
                self._run[tag] = attributes
            elif tag == "w14:textFill":
                self._in_fill = True
                self._run[tag] = {}
            elif not is_harmless(tag):
                self._run[UNKNOWN] = {"name": tag}
        elif place == "w:rPr" and self._within[0] == "w:pPr":
            if tag == "w:sz" and not self.text.in_box:
                self.painting.mark = twips(attributes, "w:val") / 2
        elif place == "w:pPr":
            self._of_paragraph(tag, attributes)
        elif place == "w:sdtPr":
            self.controls.property(tag, attributes)
        else:
            self.tables.property(place, tag, attributes, self._style_indent)

    def _of_paragraph(self, tag: str, attributes: Attributes) -> None:
        if tag in _PARAGRAPH_PROPERTIES:
            self._paragraphs[-1][tag] = attributes
        elif tag in _BORDERS:
            self.painting.bordered += twips(attributes, "w:space") + twips(attributes, "w:sz") / 8
        elif tag == "w:tab":
            stops = self._paragraphs[-1].get(TABS, {})
            self._paragraphs[-1][TABS] = with_stop(stops, attributes)
        if tag == "w:numPr" or (
            attributes.get("w:val", "").startswith("List") and tag == "w:pStyle"
        ):
            self.text.put(ITEM)

    def _content(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:t":
            self._mode = "text"
        elif tag == "w:delText":
            self._mode = "deleted"
        elif tag == "w:instrText":
            self._mode = "field"
        elif tag in {"w:tab", "w:ptab"}:
            self.text.put("\t")
            self._after_tab = True
            self._take_line("\t")
        elif tag in {"w:br", "w:cr"}:
            self._break(attributes.get("w:type", ""))
        elif tag == "w:lastRenderedPageBreak":
            self.section.hints += 1
        elif tag == "w:noBreakHyphen":
            self.text.put("-")
        elif tag == "w:hyperlink":
            self.text.open_link(self.targets.get(attributes.get("r:id", ""), ""))
        else:
            self._open(tag, attributes)

    def _break(self, kind: str) -> None:
        self.text.put("\n")
        if kind == "page":
            self.section.breaks += 1
            self.painting.flow.turn()
        elif not self.text.in_box:
            self.painting.flow.break_line()

    def _open(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:r":
            self._start_paragraph()
            self._run = {}
        elif tag == "w:p":
            self._paragraphs.append({})
            self._run = {}
            self._after_tab = False
            self._starts = not self.text.in_box
        elif tag in {"w:tbl", "w:tr", "w:tc"}:
            section = self.section
            self.tables.open(tag, section.margin("left"), (section.width, section.length))
            if tag == "w:tc":
                self.text.open_cell()
                self.painting.flow.start_cell()
            elif tag == "w:tr":
                self.painting.flow.start_row()
        elif tag == "w:gridCol" and self.tables.grids:
            self.tables.grids[-1].columns.append(twips(attributes, "w:w"))
        elif tag == "w:txbxContent":
            self.text.open_box()
            self.shapes.open_text()
        elif tag == "w:background":
            self.painting.start_background(attributes)
        else:
            self._take_in(tag, attributes)

    def _take_in(self, tag: str, attributes: Attributes) -> None:
        """Fields, notes, and what stands in other parts."""
        if tag == "w:fldChar":
            self.fields.turn(attributes.get("w:fldCharType", ""))
        elif tag in _REVISED:
            self._revised += 1
        elif tag == "w:bdo":
            self._turned.append(attributes.get("w:val") == "rtl")
        elif tag in _NOTES:
            if self._refers():
                number = number_of_note(attributes)
                self.references.setdefault(_NOTES[tag], set()).add(number)
        elif tag in {"w:footnote", "w:endnote"} and self.notes is not None:
            self._start_note(attributes, self.notes)
        elif tag == "w:fldSimple":
            self.fields.turn("begin")
            target = link_of(attributes.get("w:instr", ""))
            self.fields.add(attributes.get("w:instr", ""))
            self.fields.turn("separate")
            self._fields.append(target is not None)
            if target:
                self.text.open_link(target)
        else:
            self._take_part(tag, attributes)

    def _take_part(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:sdt":
            self.controls.open()
        elif tag == "w:sym":
            self._take_line(" ", of_signs=True)
        elif tag == "w:altChunk":
            self._insert(self.parts.get(attributes.get("r:id", ""), ""))
        elif tag == "relIds":
            self._drawn(self.parts.get(attributes.get("r:dm", ""), ""))
        elif ":" not in tag:
            self._foreign += 1

    def _insert(self, part: str) -> None:
        """A whole document at its place."""
        draft = self.inserts.document(part) if self.inserts else None
        if draft is None:
            return
        why = self._why_hidden("")
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
            why = self._why_hidden("")
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
            self.fields.add(text)
        elif self._mode:
            self._say(text)

    def _say(self, text: str) -> None:
        deleted = self._revised or self._mode == "deleted"
        why = "a deleted revision" if deleted else self._why_hidden(text)
        if not why or why == PICTURES:
            self._take_line(text, of_signs=bool(why))
        if why != PICTURES or is_word(text):
            kept = self.fields.kept() or self.controls.kept()
            run, in_box = self._formatting(), self.text.in_box
            spot = self.painting.spot(self._paragraphs[-1], run, in_box=in_box)
            self.text.say(text, why, kept, spot)
            if not why and self._is_by_vague_shape(spot, in_box=in_box):
                self.undrawn.append(text)
            if not why and not in_box and text.strip():
                self.plainness.paint(spot.colours, spot.ground or spot.paper)
            if not why and not in_box:
                self.section.take(len(text), points_of(run))
                self.painting.take(text, run)

    def _is_by_vague_shape(self, spot: Spot, *, in_box: bool) -> bool:
        """Whether text is in a shape that some programs leave out, or so pale that it may stand on one."""
        if in_box and self.shapes.open:
            return self.shapes.open[-1].is_vague
        is_pale = bool(spot.colours) and all(grey(colour) > _PALE for colour in spot.colours)
        return self.shapes.has_vague and is_pale

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
            if tag == "w:pPr" and not self._within:
                self._start_paragraph()
        elif tag.startswith(_DRAWN):
            self._end_shape(tag)
        elif not self._within:
            self._close(tag)

    def _start_shape(self, tag: str, attributes: Attributes) -> None:
        if tag == "v:fill" and not self.shapes.open and attributes.get("type", "solid") != "solid":
            self.painting.paper = Ground(why="a picture behind the text")
        self.shapes.start(tag, attributes)

    def _end_shape(self, tag: str) -> None:
        """Whether a box grows with its text, and what its margins leave, is told after the text."""
        box = self.shapes.end(tag)
        if box is not None and not self.shapes.open:
            self.painting.close(box, self.section)
        if box is not None and box.has_text:
            outer = (self.shapes.open or [box])[0]
            why = box.why_unseen() or self.painting.why_off(outer, self.section)
            if why or not box.grows:
                self.text.cut_box(why or CUT_OFF, whole=why is not None)

    def _close(self, tag: str) -> None:
        if tag in {"w:t", "w:instrText", "w:delText"}:
            self._mode = ""
        elif tag == "w:p":
            self.text.put("\n")
            self._end_paragraph()
            if len(self._paragraphs) > 1:
                self._paragraphs.pop()
        elif tag in {"w:tbl", "w:tr", "w:tc"}:
            if tag == "w:tc":
                self.text.close_cell()
                self.painting.flow.end_cell()
            elif tag == "w:tr":
                if self.tables.is_wide():
                    self.plainness.find_odd("a table wider than its line")
                self.text.put("\n")
                self.painting.flow.end_row(self.tables.row_height())
            self.tables.close(tag)
        else:
            self._close_part(tag)

    def _style_indent(self, style: str) -> Attributes:
        return self.styles.of(style).get("table indent", {})

    def _end_paragraph(self) -> None:
        self._start_paragraph()
        points = points_of(self._formatting())
        if not self.text.in_box:
            self.painting.end_paragraph(self._paragraphs[-1], self._formatting())
        self.section.end_line(points)
        self.section.breaks += is_on(self._paragraphs[-1].get("w:pageBreakBefore"))
        self._section += self._ends_section
        self._ends_section = False
        if self.text.in_box:
            self.shapes.end_line(points)
        else:
            self.tables.end_line(points)
            self._frame.end_line(points)

    def _close_part(self, tag: str) -> None:
        if tag == "w:fldSimple":
            self.fields.turn("end")
            if self._fields and self._fields.pop():
                self.text.close_link()
        elif tag == "w:hyperlink":
            self.text.close_link()
        elif tag == "w:sdt":
            self.controls.close()
        elif tag in _REVISED:
            self._revised -= 1
        elif tag == "w:bdo" and self._turned:
            self._turned.pop()
        elif tag == "w:txbxContent":
            self.text.close_box()
        elif tag in {"w:body", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes"}:
            self.text.links += [DraftLink(target, "") for target in self.fields.links()]
        elif ":" not in tag and tag != "relIds":
            self._foreign -= 1
