"""ODT with the standard library: styles are resolved, so that hidden text is told from shown text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import ITEM, MAX_LINKS, Draft, DraftLine, hide
from .odt_looks import KEPT, PLACED, has_no_room, is_switched_off, why_unseen
from .odt_tables import Tables
from .office_package import Attributes, OfficePackage, opened, properties
from .office_room import set_apart
from .office_text import OfficeText
from .symbol_fonts import PICTURES, draws_pictures, is_word

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}meta:1.0": "meta",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_MAX_PARENTS = 20
_MARKS = {"text:list-item": ITEM, "text:tab": "\t", "text:line-break": "\n"}
_NEVER_SHOWN = {
    "office:annotation": "a comment",
    "text:tracked-changes": "a deleted revision",
    "text:hidden-text": "a hidden field",
    "text:script": "a script",
    "table:covered-table-cell": "a cell that is merged into another",
    "svg:desc": "",
    "svg:title": "",
    "text:note-citation": "",
    "office:forms": "",
    "text:sequence-decls": "",
}
"""Elements whose text is not on the page; those with a word are told."""
_SAID_ASIDE = frozenset(["dc:title", "dc:subject", "dc:description", "meta:keyword"])


class OdtConverter:
    """OpenDocument text."""

    format = DocumentFormat.ODT

    def convert(self, data: bytes) -> Draft:
        with opened(data, _NAMESPACES) as package:
            return _convert(package)


def _convert(package: OfficePackage) -> Draft:
    if "content.xml" not in package.names:
        message = "The OpenDocument file has no content."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")
    styles = _Styles()
    edges: list[_Edge] = []
    for part in ("styles.xml", "content.xml"):
        reader = _StyleReader(styles)
        package.parse(part, reader.start, reader.end, reader.data)
        edges += reader.edges
    body = _Text(styles)
    package.parse("content.xml", body.start, body.end, body.data)
    draft = Draft()
    texts = body.text.texts()
    for edge in reversed(edges):
        draft.hidden += edge.text.text.hidden
        if edge.is_off or not styles.is_used(edge.master):
            unseen = " ".join(edge.text.text.texts()).replace(ITEM, "")
            hide(draft.hidden, "a header or footer that no page shows", unseen)
        else:
            texts = [*edge.text.text.texts(), *texts]
            draft.links += edge.text.text.links
    if has_no_room(styles.pages.values()):
        hide(draft.hidden, "a page without room", " ".join(texts).replace(ITEM, ""))
        texts = []
    draft.lines = [DraftLine.marked(line) for text in texts for line in text.split("\n")]
    draft.links = (body.text.links + draft.links)[:MAX_LINKS]
    draft.hidden = body.text.hidden + draft.hidden
    draft.asides = properties(package, "meta.xml", _SAID_ASIDE)
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        draft.unread.append("The document holds macros; they were neither run nor read.")
    return set_apart(draft, has_typefaces=any(name.startswith("Fonts/") for name in package.names))


@dataclass
class _Styles:
    """Named styles of both parts with their parents."""

    properties: dict[str, Attributes] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    defaults: Attributes = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    """Names of typefaces that draw pictures in place of letters."""
    pages: dict[str, Attributes] = field(default_factory=dict)
    """Layouts of pages: paper and margins."""
    masters: dict[str, str] = field(default_factory=dict)
    """Kinds of pages in order, and the layout of each."""
    used: set[str] = field(default_factory=set)
    """Kinds of pages that a style names."""

    def is_used(self, master: str) -> bool:
        """Whether the document may have pages of a kind; it begins with the first or the standard one."""
        first = next(iter(self.masters), "")
        return master in self.used or master in {first, "Standard", ""}

    def of(self, name: str) -> Attributes:
        chain: list[Attributes] = []
        while name and len(chain) < _MAX_PARENTS:
            chain.append(self.properties.get(name, {}))
            name = self.parents.get(name, "")
        merged: Attributes = {}
        for style in reversed(chain):
            merged |= style
        return merged


@dataclass
class _Edge:
    """A header or footer."""

    master: str
    """The kind of page that has it."""
    is_off: bool
    text: _Text


class _StyleReader:
    """Collects styles, and the headers and footers that stand among them."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self.edges: list[_Edge] = []
        self._name: str | None = None
        self._default = False
        self._in_edge = 0
        self._layout = ""
        self._master = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:style":
            self._style(attributes)
        elif tag == "style:default-style":
            self._default = attributes.get("style:family") == "paragraph"
        elif tag == "style:font-face":
            self._face(attributes)
        elif tag in {"style:master-page", "style:page-layout", "style:page-layout-properties"}:
            self._page(tag, attributes)
        elif tag.endswith("-properties"):
            self._properties(tag, attributes)
        elif tag in {"style:header", "style:footer"}:
            self._in_edge += 1
            is_off = attributes.get("style:display") == "false"
            self.edges.append(_Edge(self._master, is_off, _Text(self._styles)))
        if self._in_edge:
            self.edges[-1].text.start(tag, attributes)

    def _style(self, attributes: Attributes) -> None:
        family = attributes.get("style:family", "")
        self._name = f"{family}/{attributes.get('style:name', '')}"
        self._styles.used.add(attributes.get("style:master-page-name", ""))
        parent = attributes.get("style:parent-style-name")
        if parent:
            self._styles.parents[self._name] = f"{family}/{parent}"

    def _properties(self, tag: str, attributes: Attributes) -> None:
        kept = {name: value for name, value in attributes.items() if name in KEPT}
        if attributes.get("style:use-window-font-color") == "true":
            # LibreOffice then writes an opacity of nothing beside a colour that every page shows.
            kept |= {"loext:opacity": "100%", "fo:color": ""}
        if tag != "style:text-properties" and "fo:background-color" in kept:
            kept["ground"] = kept.pop("fo:background-color")
        if self._name is not None:
            self._styles.properties.setdefault(self._name, {}).update(kept)
        elif self._default:
            self._styles.defaults.update(kept)

    def _face(self, attributes: Attributes) -> None:
        name = attributes.get("style:name", "")
        family = attributes.get("svg:font-family", name)
        if attributes.get("style:font-charset") == "x-symbol" or draws_pictures(family):
            self._styles.pictures.add(name)

    def _page(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:page-layout":
            self._layout = attributes.get("style:name", "")
        elif tag == "style:page-layout-properties":
            self._styles.pages[self._layout] = attributes
        else:
            self._master = attributes.get("style:name", "")
            self._styles.masters[self._master] = attributes.get("style:page-layout-name", "")
            self._styles.used.add(attributes.get("style:next-style-name", ""))

    def data(self, text: str) -> None:
        if self._in_edge:
            self.edges[-1].text.data(text)

    def end(self, tag: str) -> None:
        if self._in_edge:
            self.edges[-1].text.end(tag)
        if tag == "style:style":
            self._name = None
        elif tag == "style:default-style":
            self._default = False
        elif tag in {"style:header", "style:footer"}:
            self._in_edge -= 1


class _Text:
    """Text in reading order; frames with text once, after the flow that holds them."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self.text = OfficeText()
        self._never: list[str] = []
        self._looks: list[tuple[str, Attributes]] = []
        self._depth_of_text = 0
        self._tables = Tables()

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _NEVER_SHOWN or self._never:
            self._never.append(tag)
            return
        self._look(tag, attributes)
        if tag in {"text:p", "text:h"}:
            self._depth_of_text += 1
        elif tag in _MARKS:
            self.text.put(_MARKS[tag])
        elif tag == "text:s":
            count = attributes.get("text:c", "1")
            self.text.put(" " * min(int(count) if count.isdigit() else 1, 40))
        elif tag == "text:a":
            self.text.open_link(attributes.get("xlink:href", ""))
        elif tag == "text:hidden-paragraph" and len(self._looks) > 1:
            self._looks[-2][1]["text:display"] = "none"
        elif tag == "table:table-cell":
            self.text.open_cell()
        elif tag == "draw:text-box":
            self.text.open_box()

    def _look(self, tag: str, attributes: Attributes) -> None:
        """Push what the element's style says of text, ground and display."""
        name = attributes.get("text:style-name") or attributes.get("table:style-name")
        name = name or attributes.get("draw:style-name") or ""
        family = {
            "text:span": "text",
            "text:a": "text",
            "text:p": "paragraph",
            "text:h": "paragraph",
            "table:table-cell": "table-cell",
            "table:table": "table",
            "table:table-row": "table-row",
            "table:table-column": "table-column",
            "text:section": "section",
            "draw:frame": "graphic",
            "draw:custom-shape": "graphic",
        }.get(tag)
        look = dict(self._styles.of(f"{family}/{name}")) if family and name else {}
        if is_switched_off(attributes):
            look["text:display"] = "none"
        if tag == "draw:frame":
            look |= {name: attributes[name] for name in PLACED if name in attributes}
        self._looks.append((tag, look))
        self._tables.start(tag, attributes, look)

    def data(self, text: str) -> None:
        if self._never:
            how = next((_NEVER_SHOWN[tag] for tag in self._never if tag in _NEVER_SHOWN), "")
            if how and text.strip():
                self.text.say(text, how)
        elif self._depth_of_text:
            shown = re.sub(r"\s+", " ", text)
            why = self._why_hidden(text) if text.strip() else None
            if why != PICTURES or is_word(text):
                self.text.say(shown, why)

    def _why_hidden(self, text: str) -> str | None:
        looks = [look for _, look in self._looks]
        why, points = why_unseen(looks, self._styles.defaults, self._styles.pictures)
        return why or self._tables.why_unseen(text, points)

    def end(self, tag: str) -> None:
        if self._never:
            self._never.pop()
            return
        if self._looks:
            self._looks.pop()
        self._tables.end(tag)
        if tag in {"text:p", "text:h"}:
            self._depth_of_text -= 1
            self.text.put("\n")
        elif tag == "text:a":
            self.text.close_link()
        elif tag == "table:table-cell":
            self.text.close_cell()
        elif tag == "table:table-row":
            self.text.put("\n")
        elif tag == "draw:text-box":
            self.text.close_box()
