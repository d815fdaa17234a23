"""ODT with the standard library: styles are resolved, so that hidden text is told from shown text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...errors import DocumentError, Unreadable
from ...models.document import DocumentFormat
from ..draft import ITEM, MAX_LINKS, Draft, DraftLine, Hidden, hide
from ..markup import squashed
from ..office.grounds import Ground
from ..office.kept_results import Kept, leave_out
from ..office.layers import Area, Flow, Layer, Spot
from ..office.overflow import Doubt, set_apart
from ..office.package import Attributes, OfficePackage, opened, properties
from ..office.text import OfficeText
from ..symbol_fonts import PICTURES, is_word
from .fields import kept_of
from .names import ALTERNATIVES, FAMILIES, MARKS, NAMESPACES, NEVER_SHOWN, SHAPES
from .pages import EDGES, Pages, why_edge_unseen
from .places import TAG, height_of, room_of
from .shapes import Shape
from .styles import BREAK, StyleReader, Styles
from .tables import Tables
from .visibility import PLACED, Seen, has_no_room, is_switched_off

_SAID_ASIDE = frozenset(["dc:title", "dc:subject", "dc:description", "meta:keyword"])
_SAID = _SAID_ASIDE | {"dc:creator", "meta:initial-creator", "meta:user-defined"}


class OdtConverter:
    """OpenDocument text."""

    format = DocumentFormat.ODT

    def convert(self, data: bytes) -> Draft:
        with opened(data, NAMESPACES) as package:
            return _convert(package)


def _convert(package: OfficePackage) -> Draft:
    if "content.xml" not in package.names:
        message = "The OpenDocument file has no content."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")
    styles = Styles(package)
    for part in ("styles.xml", "content.xml"):
        reader = StyleReader(styles, part)
        package.parse(part, reader.start, reader.end, _nothing)
    pages = Pages()
    first = _first_master(package, styles)
    body = _Text(styles, "content.xml", first, pages)
    package.parse("content.xml", body.start, body.end, body.data)
    edges = _EdgeReader(styles)
    for part in ("styles.xml", "content.xml"):
        package.parse(part, edges.start, edges.end, edges.data)
    draft = Draft()
    unseen = [(edge, edge.why_unseen(pages, styles)) for edge in edges.edges]
    shown = [body, *(edge.text for edge, why in unseen if why is None)]
    _settle(package, shown, styles, draft)
    texts = body.text.texts()
    for edge, why in reversed(unseen):
        if why is None:
            texts = [*edge.text.text.texts(), *texts]
            draft.links += edge.text.text.links
    everything = " ".join(texts)
    for edge, why in reversed(unseen):
        draft.hidden += edge.text.text.hidden
        if why is not None:
            text = " ".join(edge.text.text.texts()).replace(ITEM, "")
            leave_out(draft, why, text, everything)
    if has_no_room(styles.pages.values()):
        hide(draft.hidden, "a page without room", everything.replace(ITEM, ""))
        texts = []
    draft.lines = [DraftLine.marked(line) for text in texts for line in text.split("\n")]
    draft.links = (body.text.links + draft.links)[:MAX_LINKS]
    draft.hidden = body.text.hidden + draft.hidden
    draft.asides += body.asides + properties(package, "meta.xml", _SAID_ASIDE)
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        draft.unread.append("The document holds macros; they were neither run nor read.")
    return set_apart(draft, has_typefaces=any(name.startswith("Fonts/") for name in package.names))


def _nothing(_: str) -> None:
    return None


def _settle(package: OfficePackage, parts: list[_Text], styles: Styles, draft: Draft) -> None:
    """Tell what is covered, and which kept results of fields count."""
    # What headers draw lies under the text of every page.
    around = [
        replace(layer, is_front=False, area=replace(layer.area, page=None))
        for part in parts[1:]
        for layer in part.layers
    ]
    for part in parts:
        part.text.pending.layers = part.layers
        part.text.pending.uncover(draft, around if part is parts[0] else [])
    if any(part.text.pending.pieces for part in parts):
        elsewhere = squashed(" ".join(part.text.beside_results() for part in parts))
        said = [one.text for one in properties(package, "meta.xml", _SAID)] + styles.values
        for part in parts:
            part.text.pending.settle(elsewhere, frozenset(map(squashed, said)), draft)


def _first_master(package: OfficePackage, styles: Styles) -> str:
    """The kind of the first page, by the first paragraph or table."""
    found: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag in {"text:p", "text:h", "table:table"} and not found:
            name = attributes.get("text:style-name") or attributes.get("table:style-name", "")
            found.append(styles.starts(f"{FAMILIES[tag]}/{name}", "content.xml"))

    package.parse("content.xml", start, _nothing, _nothing)
    pages = Pages(first=found[0] if found else None)
    return pages.first_of(styles)


@dataclass
class _Edge:
    """A header or footer."""

    tag: str
    master: str
    """The kind of page that has it."""
    text: _Text

    def why_unseen(self, pages: Pages, styles: Styles) -> str | None:
        kinds = styles.masters[self.master].kinds if self.master in styles.masters else set()
        return why_edge_unseen(self.tag, self.master, kinds, pages, styles)


class _EdgeReader:
    """Collects the headers and footers that stand among the styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.edges: list[_Edge] = []
        self._inside = 0
        self._master = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:master-page":
            self._master = attributes.get("style:name", "")
        elif tag in EDGES:
            self._inside += 1
            if attributes.get("style:display") != "false" and self._master in self._styles.masters:
                self._styles.masters[self._master].kinds.add(tag.rpartition(":")[2])
            edge = tag.rpartition(":")[2].partition("-")[0]
            text = _Text(self._styles, "styles.xml", self._master, edge=edge)
            self.edges.append(_Edge(tag, self._master, text))
        if self._inside:
            self.edges[-1].text.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._inside:
            self.edges[-1].text.data(text)

    def end(self, tag: str) -> None:
        if self._inside:
            self.edges[-1].text.end(tag)
        self._inside -= tag in EDGES


class _Text:
    """Text in reading order; frames with text once, after the flow that holds them.

    Args:
        styles: of the document.
        part: whose automatic styles it uses.
        master: the kind of page that it stands on.
        pages: that it fills; None of headers and footers.
        edge: which of them it is, if it is one.
    """

    def __init__(
        self, styles: Styles, part: str, master: str, pages: Pages | None = None, *, edge: str = ""
    ) -> None:
        self._styles = styles
        self._part = part
        self._paper: Ground = styles.paper(master, edge)
        layout = styles.masters[master].layout if master in styles.masters else ""
        self._page: Attributes = styles.pages.get(layout, {})
        self._pages = pages
        self.text = OfficeText()
        self.asides: list[Hidden] = []
        self._never: list[str] = []
        self._looks: list[tuple[str, Attributes]] = []
        self._mapped: list[tuple[int, Attributes]] = []
        """Looks that conditions may put in the place of those of a depth."""
        self._kept: list[Kept | None] = []
        self._alternatives: list[int] = []
        """Contents of each open frame."""
        self._depth_of_text = 0
        self._lists = 0
        self._tables = Tables()
        self.flow = Flow()
        self.layers: list[Layer] = []
        self._shapes: list[Shape] = []
        self._drawn = 0
        self._seen_last = Seen([], styles, self._paper, self._page)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._never or self._is_never_shown(tag):
            self._never.append(tag)
            return
        self._look(tag, attributes)
        self._kept.append(kept_of(tag, attributes) if self._depth_of_text else None)
        if tag in {"text:p", "text:h"}:
            self._depth_of_text += 1
            self._start_paragraph()
        elif tag in MARKS:
            self.text.put(MARKS[tag])
        elif tag == "text:s":
            count = attributes.get("text:c", "1")
            self.text.put(" " * min(int(count) if count.isdigit() else 1, 40))
        elif tag == "text:a":
            self.text.open_link(attributes.get("xlink:href", ""))
        elif tag == "text:hidden-paragraph" and len(self._looks) > 1:
            self._looks[-2][1]["text:display"] = "none"
        else:
            self._start_box(tag, attributes)

    def _start_box(self, tag: str, attributes: Attributes) -> None:
        if tag == "table:table-cell":
            self.text.open_cell()
            self.flow.start_cell()
        elif tag == "table:table-row":
            self.flow.start_row()
        elif tag == "draw:text-box":
            self.text.open_box()
        elif tag == "draw:image" and self._shapes:
            self._shapes[-1].picture = self._styles.picture(attributes.get("xlink:href", ""))
        elif tag in SHAPES:
            self._alternatives.append(0)
            look = self._looks[-1][1]
            self._shapes.append(Shape(look, attributes.get("draw:z-index", "0")))

    def _is_never_shown(self, tag: str) -> bool:
        """Whether nobody sees an element; of the contents of a frame a program shows the first."""
        if tag in ALTERNATIVES and self._looks and self._looks[-1][0] == "draw:frame":
            self._alternatives[-1] += 1
            return self._alternatives[-1] > 1
        return tag in NEVER_SHOWN

    def _look(self, tag: str, attributes: Attributes) -> None:
        """Push what the element's style says of text, ground and display."""
        name = attributes.get("text:style-name") or attributes.get("table:style-name")
        name = name or attributes.get("draw:style-name") or ""
        family = "graphic" if tag in SHAPES else FAMILIES.get(tag)
        look = {TAG: tag}
        if family and name:
            named = f"{family}/{name}"
            look |= self._styles.of(named, self._part)
            for other in self._styles.mapped(named, self._part):
                self._mapped.append((len(self._looks), self._styles.of(other, self._part)))
            self._page_starts(tag, named, look)
        elif tag in {"text:p", "text:h"}:
            self._page_starts(tag, "", look)
        if is_switched_off(attributes):
            look["text:display"] = "none"
        elif attributes.get("text:display", "true") not in {"true", "none"}:
            look["text:display"] = "condition"
        if tag in SHAPES:
            look |= {name: attributes[name] for name in PLACED if name in attributes}
            look["anchor"] = attributes.get("text:anchor-type", "")
        elif tag == "text:list":
            self._lists += 1
            indent = self._styles.list_indents.get(
                (attributes.get("text:style-name", ""), self._lists)
            )
            look |= {"fo:margin-left": indent} if indent and self._lists == 1 else {}
        self._looks.append((tag, look))
        self._tables.start(tag, attributes, look)

    def _page_starts(self, tag: str, named: str, look: Attributes) -> None:
        if (
            self._pages is not None
            and tag in {"text:p", "text:h", "table:table"}
            and not self.text.in_box
        ):
            master = self._styles.starts(named, self._part) if named else ""
            self._pages.start(master, breaks=BREAK in look)

    def data(self, text: str) -> None:
        if self._never:
            self._say_unseen(text)
        elif self._depth_of_text:
            shown = re.sub(r"\s+", " ", text)
            why = self._why_hidden(text) if text.strip() else None
            if why != PICTURES or is_word(text):
                kept = next(filter(None, self._kept), None)
                self.text.say(shown, why, kept, self._spot() if text.strip() else None)

    def _spot(self) -> Spot:
        """Where a piece of text stands."""
        seen = self._seen_last
        if self._shapes:
            shape = self._shapes[0]
            spot = Spot(Area(), seen.colours, seen.ground, self._paper, order=shape.order)
            shape.spots.append(spot)
            return spot
        return Spot(self.flow.area(), seen.colours, seen.ground, self._paper)

    def _start_paragraph(self) -> None:
        if self._shapes:
            return
        start, end = room_of([look for _, look in self._looks], self._page)
        if self._tables.open:
            start, end = self._tables.cell(start, end)
        if any(BREAK in look for _, look in self._looks):
            self.flow.turn()
        self.flow.top, self.flow.height = height_of(self._page)
        self.flow.start_paragraph(start, end)

    def _end_shape(self) -> None:
        """A shape that no other one holds has its place."""
        self._alternatives.pop()
        shape = self._shapes.pop()
        if self._shapes:
            self._shapes[-1].inner.append(shape)
            return
        self._drawn += 1
        order = shape.order + self._drawn / 1e6
        self.layers += shape.layers(self._styles, self.flow, self._page, order)

    def _say_unseen(self, text: str) -> None:
        how = next((NEVER_SHOWN[tag] for tag in self._never if tag in NEVER_SHOWN), None)
        if how is None:
            how = Doubt("one of several contents of a frame")
        if how and text.strip():
            self.text.say(text, how)

    def _why_hidden(self, text: str) -> str | None:
        looks = [look for _, look in self._looks]
        why, points = self._seen(looks)
        if not why and self._pages is not None and not self.text.in_box:
            self._pages.take(len(text), points)
        if not why and not self._shapes:
            self.flow.take(len(text) * points * _EM_OF_LETTER)
        return why or self._why_mapped(looks) or self._tables.why_unseen(text, points)

    def _seen(self, looks: list[Attributes]) -> tuple[str | None, float]:
        seen = Seen(looks, self._styles, self._paper, self._page)
        found = seen.why_unseen()
        if looks[-1] is self._looks[-1][1]:
            self._seen_last = seen
        return found

    def _why_mapped(self, looks: list[Attributes]) -> str | None:
        """Why a condition perhaps hides text."""
        for depth, look in self._mapped:
            why, _ = self._seen([*looks[:depth], {**looks[depth], **look}, *looks[depth + 1 :]])
            if why:
                return Doubt(why)
        return None

    def _end_paragraph(self) -> None:
        if not self._shapes:
            height = self._seen_last.points * _EM_OF_LINE
            self.flow.end_paragraph(height, (0.0, 0.0), is_left=True)
        if self._pages is not None:
            self._pages.end_line(_USUAL_LINE)

    def end(self, tag: str) -> None:
        if self._never:
            self._never.pop()
            return
        if tag in SHAPES:
            self._end_shape()
        self._looks.pop()
        self._kept.pop()
        while self._mapped and self._mapped[-1][0] >= len(self._looks):
            self._mapped.pop()
        self._tables.end(tag)
        self._lists -= tag == "text:list"
        if tag in {"text:p", "text:h"}:
            self._depth_of_text -= 1
            self.text.put("\n")
            self._end_paragraph()
        elif tag == "text:a":
            self.text.close_link()
        elif tag == "table:table-cell":
            self.text.close_cell()
            self.flow.end_cell()
        elif tag == "table:table-row":
            self.text.put("\n")
            self.flow.end_row(0.0)
        elif tag == "draw:text-box":
            self.text.close_box()


_USUAL_LINE = 12.0
_EM_OF_LETTER = 0.5
_EM_OF_LINE = 1.2
