"""ODT with the standard library: styles are resolved, so that hidden text is told from shown text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...errors import DocumentError, Unreadable
from ...models.document import DocumentFormat
from ..draft import ITEM, MAX_LINKS, Draft, DraftLine, hide
from ..markup import squashed
from ..office.kept_results import Said, leave_out
from ..office.package import (
    Attributes,
    OfficePackage,
    opened,
    properties,
    refuse_second,
)
from ..office.plain import set_apart
from .body import Text
from .names import EDGES, FAMILIES, NAMESPACES
from .pages import Pages, why_edge_unseen
from .schema import places
from .styles import StyleReader, Styles
from .visibility import has_no_room

_TABS_LEAVE_LINES = "TabOverMargin"
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
    package.watched = dict.fromkeys(("styles.xml", "content.xml"), styles.plainness.take)
    readers = {part: StyleReader(styles, part) for part in ("styles.xml", "content.xml")}
    for part, reader in readers.items():
        package.parse(part, reader.start, reader.end, None)
    _read_settings(package, styles)
    pages = Pages()
    first = _first_master(styles, readers["content.xml"].first)
    body = Text(styles, "content.xml", first, pages)
    package.parse("content.xml", body.start, body.end, body.data, body.places)
    edges = _EdgeReader(styles)
    for part in (part for part, reader in readers.items() if reader.has_edges):
        # The format has no headers among the text: letters of such ones stand nowhere that it knows.
        edges.places = places()
        watched = edges.places if part == "styles.xml" else None
        package.parse(part, edges.start, edges.end, edges.data, watched)
    _look_at_heights([body, *(edge.text for edge in edges.edges)], styles)
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
    brings = bool(styles.typefaces.untrue)
    return set_apart(draft, styles.plainness, has_typefaces=brings)


def _look_at_heights(parts: list[Text], styles: Styles) -> None:
    for part in parts:
        if unusual := part.flow.what_is_unusual():
            styles.plainness.find(unusual)


def _read_settings(package: OfficePackage, styles: Styles) -> None:
    """Whether tab stops may stand behind the end of a line, as in Word."""
    named: list[str] = []

    def start(_: str, attributes: Attributes) -> None:
        named[:] = [value for name, value in attributes.items() if name.endswith("name")]

    def data(text: str) -> None:
        if _TABS_LEAVE_LINES in named and text.strip() not in {"", "false"}:
            styles.tabs_leave_lines = True

    package.parse("settings.xml", start, None, data)


def _settle(package: OfficePackage, parts: list[Text], styles: Styles, draft: Draft) -> None:
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
        said = [
            Said(one.how.rpartition(" ")[2], squashed(one.text))
            for one in properties(package, "meta.xml", _SAID)
        ]
        said += [Said("", squashed(value)) for value in styles.values]
        for part in parts:
            part.text.pending.settle(elsewhere, said, draft)


def _first_master(styles: Styles, first: tuple[str, str] | None) -> str:
    """The kind of the first page, by the element and style of the first paragraph or table."""
    begun = (
        None if first is None else styles.starts(f"{FAMILIES[first[0]]}/{first[1]}", "content.xml")
    )
    return Pages(first=begun).first_of(styles)


@dataclass
class _Edge:
    """A header or footer."""

    tag: str
    master: str
    """The kind of page that has it."""
    text: Text

    def why_unseen(self, pages: Pages, styles: Styles) -> str | None:
        kinds = styles.masters[self.master].kinds if self.master in styles.masters else set()
        return why_edge_unseen(self.tag, self.master, kinds, pages, styles)


class _EdgeReader:
    """Collects the headers and footers that stand among the styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.edges: list[_Edge] = []
        self.places = places()
        self._inside = 0
        self._master = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:master-page":
            self._master = attributes.get("style:name", "")
        elif tag in EDGES:
            if attributes.get("style:display") != "false" and self._master in self._styles.masters:
                self._styles.masters[self._master].kinds.add(tag.rpartition(":")[2])
            edge = tag.rpartition(":")[2].partition("-")[0]
            text = Text(self._styles, "styles.xml", self._master, edge=edge)
            text.places = self.places
            if not self._inside and any(
                one.tag == tag and one.master == self._master for one in self.edges
            ):
                refuse_second("a header or footer")
            self._inside += 1
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
