"""ODT with the standard library: styles are resolved, so that hidden text is told from shown text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import ITEM, MAX_LINKS, Draft, DraftLine
from .office_package import Attributes, OfficePackage, opened, properties
from .office_text import OfficeText
from .paint import TINY_POINTS, WHITE, Colour, from_hex, melts

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
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_MAX_PARENTS = 20
_KEPT = frozenset(
    ["fo:color", "fo:font-size", "fo:background-color", "text:display", "style:text-scale", "draw:fill-color", "draw:fill",
     "style:text-position", "fo:line-height", "style:row-height", "fo:margin-left", "fo:text-indent", "fo:letter-spacing"]
)  # fmt: skip
_PLACED = ("svg:width", "svg:height", "svg:x", "svg:y")
_LENGTH = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|px|%)?$")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_FAR_POINTS = 800.0
"""Nothing shown stands further from the left or the top."""
_THIN_POINTS = 3.0
"""A line, row or frame of this height cuts its letters off."""
_RAISED_PERCENT = 300.0
_NEVER_SHOWN = {
    "office:annotation": "a comment",
    "text:tracked-changes": "a deleted revision",
    "text:hidden-text": "a hidden field",
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
    edges = _Text(styles)
    for part, text in (("styles.xml", edges), ("content.xml", None)):
        reader = _StyleReader(styles, text)
        package.parse(part, reader.start, reader.end, reader.data)
    body = _Text(styles)
    package.parse("content.xml", body.start, body.end, body.data)
    draft = Draft()
    texts = [*edges.text.texts(), *body.text.texts()]
    draft.lines = [DraftLine.marked(line) for text in texts for line in text.split("\n")]
    draft.links = (body.text.links + edges.text.links)[:MAX_LINKS]
    draft.hidden = body.text.hidden + edges.text.hidden
    draft.asides = properties(package, "meta.xml", _SAID_ASIDE)
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        draft.unread.append("The document holds macros; they were neither run nor read.")
    return draft


@dataclass
class _Styles:
    """Named styles of both parts with their parents."""

    properties: dict[str, Attributes] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    defaults: Attributes = field(default_factory=dict)

    def of(self, name: str) -> Attributes:
        chain: list[Attributes] = []
        while name and len(chain) < _MAX_PARENTS:
            chain.append(self.properties.get(name, {}))
            name = self.parents.get(name, "")
        merged: Attributes = {}
        for style in reversed(chain):
            merged |= style
        return merged


class _StyleReader:
    """Collects styles, and hands headers and footers, which stand among them, to ``edges``."""

    def __init__(self, styles: _Styles, edges: _Text | None) -> None:
        self._styles = styles
        self._edges = edges
        self._name: str | None = None
        self._default = False
        self._in_edge = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:style":
            family = attributes.get("style:family", "")
            self._name = f"{family}/{attributes.get('style:name', '')}"
            parent = attributes.get("style:parent-style-name")
            if parent:
                self._styles.parents[self._name] = f"{family}/{parent}"
        elif tag == "style:default-style":
            self._default = attributes.get("style:family") == "paragraph"
        elif tag.endswith("-properties"):
            kept = {name: value for name, value in attributes.items() if name in _KEPT}
            if tag != "style:text-properties" and "fo:background-color" in kept:
                kept["ground"] = kept.pop("fo:background-color")
            if self._name is not None:
                self._styles.properties.setdefault(self._name, {}).update(kept)
            elif self._default:
                self._styles.defaults.update(kept)
        elif tag in {"style:header", "style:footer"}:
            self._in_edge += 1
        if self._in_edge and self._edges:
            self._edges.start(tag, attributes)

    def data(self, text: str) -> None:
        if self._in_edge and self._edges:
            self._edges.data(text)

    def end(self, tag: str) -> None:
        if self._in_edge and self._edges:
            self._edges.end(tag)
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

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _NEVER_SHOWN or self._never:
            self._never.append(tag)
            return
        self._look(tag, attributes)
        if tag in {"text:p", "text:h"}:
            self._depth_of_text += 1
        elif tag == "text:list-item":
            self.text.put(ITEM)
        elif tag == "text:tab":
            self.text.put("\t")
        elif tag == "text:line-break":
            self.text.put("\n")
        elif tag == "text:s":
            count = attributes.get("text:c", "1")
            self.text.put(" " * min(int(count) if count.isdigit() else 1, 40))
        elif tag == "text:a":
            self.text.open_link(attributes.get("xlink:href", ""))
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
            "text:section": "section",
            "draw:frame": "graphic",
            "draw:custom-shape": "graphic",
        }.get(tag)
        look = dict(self._styles.of(f"{family}/{name}")) if family and name else {}
        if attributes.get("text:display") == "none" or attributes.get("text:is-hidden") == "true":
            look["text:display"] = "none"
        if tag == "draw:frame":
            look |= {name: attributes[name] for name in _PLACED if name in attributes}
        self._looks.append((tag, look))

    def data(self, text: str) -> None:
        if self._never:
            how = next((_NEVER_SHOWN[tag] for tag in self._never if tag in _NEVER_SHOWN), "")
            if how and text.strip():
                self.text.say(text, how)
        elif self._depth_of_text:
            self.text.say(re.sub(r"\s+", " ", text), self._why_hidden())

    def _why_hidden(self) -> str | None:
        merged = dict(self._styles.defaults)
        ground: Colour = WHITE
        size = _points(merged.get("fo:font-size", "")) or 12.0
        for _, look in self._looks:
            if look.get("text:display") == "none":
                return "hidden text"
            if why := _why_out_of_sight(look):
                return why
            merged |= look
            size = _points(look.get("fo:font-size", ""), size) or size
            ground = _ground(look, ground)
        moved = [_points(part, 100.0) for part in merged.get("style:text-position", "").split()]
        if len(moved) > 1 and moved[1] is not None:
            size *= moved[1] / 100
        if moved and abs(moved[0] or 0) > _RAISED_PERCENT:
            return "text moved away from its line"
        if size < TINY_POINTS:
            return f"text of {size:.3g} points"
        if (_points(merged.get("fo:letter-spacing", "")) or 0) < -size / 2:
            return "letters drawn over each other"
        scale = _LENGTH.match(merged.get("style:text-scale", "100%"))
        if scale and float(scale.group(1)) <= 10:
            return f"text squeezed to {scale.group(1)} %"
        lit = from_hex(merged.get("fo:background-color", ""))
        colour = from_hex(merged.get("fo:color", ""))
        if colour is not None and melts(colour, lit or ground):
            return "text in the colour of its background"
        return None

    def end(self, tag: str) -> None:
        if self._never:
            self._never.pop()
            return
        if self._looks:
            self._looks.pop()
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


def _why_out_of_sight(look: Attributes) -> str | None:
    """Why nobody sees what one element holds, by its measures."""
    for name in ("fo:line-height", "style:row-height", "svg:width", "svg:height"):
        size = look.get(name, "")
        if "%" not in size and (_points(size) or _THIN_POINTS + 1) <= _THIN_POINTS:
            return "a line, row or frame of no size"
    for name in ("fo:margin-left", "fo:text-indent", "svg:x", "svg:y"):
        if abs(_points(look.get(name, "")) or 0) > _FAR_POINTS:
            return "text outside the page"
    return None


def _ground(look: Attributes, under: Colour) -> Colour:
    painted = from_hex(look.get("ground", ""))
    if painted is None and look.get("draw:fill", "solid") == "solid":
        painted = from_hex(look.get("draw:fill-color", ""))
    return painted or under


def _points(text: str, whole: float = 12.0) -> float | None:
    match = _LENGTH.match(text)
    if not match:
        return None
    try:
        value = float(match.group(1))
    except ValueError:
        return None
    unit = match.group(2) or "pt"
    return value * whole / 100 if unit == "%" else value * _POINTS[unit]
