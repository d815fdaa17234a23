"""DOCX with the standard library: document order, tables, text boxes once, headers, links, hidden runs.

Own code because every library tried either drops visible text (text boxes, insertions, headers) or
returns hidden runs as if they were seen, and most inflate an archive bomb before refusing it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from posixpath import dirname

from ...models.document import DocumentFormat
from ..draft import ITEM, MAX_LINKS, Draft, DraftLine, Hidden
from ..markup import squashed
from ..office.grounds import pictured
from ..office.kept_results import leave_out
from ..office.overflow import Doubt
from ..office.package import Attributes, OfficePackage, opened, properties
from ..office.plain import Plainness, set_apart
from .body import Body
from .controls import Stores
from .inserts import Inserts
from .measures import twips
from .plain import RULES, DocxPlainness, is_usual_part
from .relations import Relation, kinds_of, main_part, parts_of, relations_of
from .sections import Section, read_sections, shown_edges
from .styles import Styles, read_styles
from .visibility import is_edge_unseen, why_page_unseen

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "p",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:word": "w10",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
}
_EDGES = ("header", "footer", "footnotes", "endnotes")
_SINGLE = ("styles", "numbering", "settings", "theme", "footnotes", "endnotes")
_WATCHED = frozenset([*_EDGES, "styles", "numbering"])
_LARGEST_MARK = 60
"""Half points of the marks of plain lists."""
_LAID_OUT = frozenset([*_SINGLE, *_EDGES])
_SAID_ASIDE = frozenset(["dc:title", "dc:subject", "dc:description", "cp:keywords", "cp:category"])


class DocxConverter:
    """Word documents.

    Args:
        inserted: it stands in another document, whose own inserted documents are read no deeper.
    """

    format = DocumentFormat.DOCX

    def __init__(self, *, inserted: bool = False) -> None:
        self._inserted = inserted

    def convert(self, data: bytes) -> Draft:
        with opened(data, _NAMESPACES) as package:
            return _convert(package, inserted=self._inserted)


def _convert(package: OfficePackage, *, inserted: bool) -> Draft:
    main = main_part(package)
    relations = relations_of(package, main)
    parts_by_kind = parts_of(relations, dirname(main))
    plainness = _watch(package, main, relations)
    styles = read_styles(package, parts_by_kind)
    read = Inserts(package, deeper=not inserted)
    stores = Stores(package)
    sections = read_sections(package, main)
    body = _body(package, main, relations, _Around(styles, read, stores, sections, plainness))
    shown = shown_edges(sections, has_even_pages=styles.has_even_pages)
    unseen: list[tuple[Body, str]] = []
    edges: dict[str, list[Body]] = {kind: [] for kind in _EDGES}
    kinds = kinds_of(package)
    for key, relation in relations.items():
        part = relation.part(dirname(main))
        if relation.kind not in edges or relation.external or part not in package.names:
            continue
        is_notes = relation.kind.endswith("notes")
        notes = frozenset(body.references.get(relation.kind, ())) if is_notes else None
        around = _Around(styles, read, stores, sections, plainness, notes)
        edge = _body(
            package,
            part,
            relations_of(package, part),
            around,
            edge="" if is_notes else relation.kind,
        )
        why = _why_edge_unseen(relation.kind, shown.get(key), sections)
        if kinds.get(part, relation.kind) != relation.kind:
            why = why or Doubt("a part that the file gives another type")
        if why:
            unseen.append((edge, why))
        else:
            edges[relation.kind].append(edge)
    parts = [body, *(edge for kind in _EDGES for edge in edges[kind])]
    draft = Draft()
    _settle(parts, stores, draft)
    shown_text = " ".join(text for one in parts for text in one.text.texts())
    for edge, why in unseen:
        edge.text.links.clear()
        unseen_text = " ".join(" ".join(edge.text.texts()).replace(ITEM, "").split())
        leave_out(draft, why, unseen_text, shown_text)
    texts = [*_texts(edges["header"]), *body.text.texts()]
    for kind in ("footnotes", "endnotes", "footer"):
        texts += _texts(edges[kind])
    draft.lines = [DraftLine.marked(line) for text in texts for line in text.split("\n")]
    if why := why_page_unseen([section.properties for section in sections]):
        draft.hidden.append(Hidden(why, " ".join(line.text for line in draft.lines)))
        draft.lines = []
    for part_body in [*parts, *(edge for edge, _ in unseen)]:
        draft.links += part_body.text.links
        draft.hidden += part_body.text.hidden
        draft.asides += [
            Hidden("a picture's description", text) for text in part_body.shapes.alternatives
        ]
    draft.links = draft.links[:MAX_LINKS]
    draft.unread += read.unread
    draft.undrawn = [*read.lines, *(text for one in parts for text in one.undrawn)]
    _read_unshown(package, parts_by_kind.get("comments", ""), draft)
    brings = bool(styles.typefaces.untrue)
    return set_apart(draft, plainness, has_typefaces=brings)


def _watch(package: OfficePackage, main: str, relations: dict[str, Relation]) -> Plainness:
    """Have the parts of a document looked at for what is not plain."""
    kinds = [relation.kind for relation in relations.values()]
    found = DocxPlainness(RULES, has_theme="theme" in kinds)
    parts = {relation.part(dirname(main)): relation.kind for relation in relations.values()}
    package.watched = {
        part: partial(_take_mark, found) if kind == "numbering" else found.take
        for part, kind in parts.items()
        if kind in _WATCHED
    }
    package.watched[main] = found.take
    for part in (main, *(part for part, kind in parts.items() if kind in _LAID_OUT)):
        if not is_usual_part(part):
            found.find("a part of an unusual name")
    if any(kinds.count(kind) > 1 for kind in _SINGLE):
        found.find("two parts of one kind")
    return found


@dataclass
class _Around:
    """What the parts of a document share."""

    styles: Styles
    inserts: Inserts
    stores: Stores
    sections: list[Section]
    plainness: Plainness
    notes: frozenset[str] | None = None


def _take_mark(found: Plainness, tag: str, attributes: Attributes) -> None:
    """An element of lists, whose marks stand in no text."""
    found.take(tag, attributes)
    if tag == "w:sz" and twips(attributes, "w:val") > _LARGEST_MARK:
        found.find("large marks of lists")


def _body(
    package: OfficePackage,
    part: str,
    relations: dict[str, Relation],
    around: _Around,
    *,
    edge: str = "",
) -> Body:
    targets = {key: r.target for key, r in relations.items() if r.external}
    parts = {key: r.part(dirname(part)) for key, r in relations.items() if not r.external}
    body = Body(
        targets, around.styles, parts=parts, inserts=around.inserts, notes=around.notes,
        sections=around.sections,
    )  # fmt: skip
    body.painting.edge = edge
    if edge:
        body.painting.flow.room = min(section.room_of(edge) for section in around.sections)
    body.plainness = around.plainness
    body.fields.plainness = around.plainness
    body.controls.stores = around.stores
    body.shapes.picture = lambda key: pictured(package.read(parts.get(key, "")))
    package.parse(part, body.start, body.end, body.data, body.places)
    if unusual := body.painting.flow.what_is_unusual():
        around.plainness.find(unusual)
    return body


def _texts(edges: list[Body]) -> list[str]:
    """Each text once; sections repeat their headers."""
    return list(dict.fromkeys(text for edge in edges for text in edge.text.texts()))


def _why_edge_unseen(kind: str, shown: bool | None, sections: list[Section]) -> str | None:
    """Why no page, or perhaps none, has a header or footer."""
    if kind.endswith("notes"):
        return None
    if shown is None or is_edge_unseen(kind, [section.properties for section in sections]):
        return f"a {kind} that no page shows"
    return None if shown else Doubt(f"a {kind} of pages that there may not be")


def _settle(parts: list[Body], stores: Stores, draft: Draft) -> None:
    """Tell what is covered, and which kept results of fields count."""
    # What headers draw lies under the text of every page.
    around = [
        replace(layer, is_front=False, area=replace(layer.area, page=None))
        for part in parts[1:]
        for layer in part.painting.layers
    ]
    over = [layer for layer in parts[0].painting.layers if layer.is_front]
    for part in parts:
        part.text.pending.layers = part.painting.layers
        if part.painting.edge:
            part.text.pending.on_all_pages()
        part.text.pending.uncover(draft, around if part is parts[0] else over)
    if any(part.text.pending.pieces for part in parts):
        elsewhere = squashed(" ".join(part.text.beside_results() for part in parts))
        said = stores.properties()
        for part in parts:
            part.text.pending.settle(elsewhere, said, draft)


def _read_unshown(package: OfficePackage, comments_part: str, draft: Draft) -> None:
    """Comments, properties and macros: kept out of the text, and said."""
    comments: list[str] = []
    package.parse(comments_part, lambda *_: None, None, comments.append)
    if text := " ".join(" ".join(comments).split()):
        draft.hidden.append(Hidden("a comment", text))
    draft.asides += properties(package, "docProps/core.xml", _SAID_ASIDE)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        draft.unread.append("The document holds macros; they were neither run nor read.")
