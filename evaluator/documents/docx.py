"""DOCX with the standard library: document order, tables, text boxes once, headers, links, hidden runs.

Own code because every library tried either drops visible text (text boxes, insertions, headers) or
returns hidden runs as if they were seen, and most inflate an archive bomb before refusing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .docx_body import Body
from .docx_inserts import Inserts
from .docx_looks import is_edge_unseen, why_page_unseen
from .docx_styles import Styles, read_styles
from .draft import ITEM, MAX_LINKS, Draft, DraftLine, Hidden
from .office_package import Attributes, OfficePackage, opened, properties
from .office_room import set_apart

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
}
_EDGES = ("header", "footer", "footnotes", "endnotes")
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


@dataclass
class _Relation:
    target: str
    external: bool
    kind: str

    def part(self, folder: str) -> str:
        """The part of the package that it leads to."""
        target = self.target.replace("\\", "/")
        return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


def _convert(package: OfficePackage, *, inserted: bool) -> Draft:
    main = "word/document.xml"
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument":
            main = relation.part("")
    if main not in package.names:
        message = "The Word document has no main part."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")
    relations = _relations(package, main)
    styles = read_styles(package, dirname(main))
    read = Inserts(package, deeper=not inserted)
    body = _body(package, main, relations, styles, read)
    edges: dict[str, list[str]] = {kind: [] for kind in _EDGES}
    parts = [body]
    for key, relation in relations.items():
        part = relation.part(dirname(main))
        if relation.kind in edges and not relation.external and part in package.names:
            shown = frozenset(body.references.get(relation.kind, ()))
            notes = shown if relation.kind.endswith("notes") else None
            edge = _body(package, part, _relations(package, part), styles, read, notes)
            texts = edge.text.texts()
            parts.append(edge)
            if notes is None and (key not in shown or is_edge_unseen(relation.kind, body.pages)):
                hidden = " ".join(" ".join(texts).replace(ITEM, "").split())
                edge.text.hidden.append(Hidden(f"a {relation.kind} that no page shows", hidden))
                edge.text.links.clear()
            else:
                edges[relation.kind] += [t for t in texts if t not in edges[relation.kind]]
    texts = [*edges["header"], *body.text.texts(), *edges["footnotes"], *edges["endnotes"], *edges["footer"]]  # fmt: skip
    draft = Draft(lines=[DraftLine.marked(line) for text in texts for line in text.split("\n")])
    if why := why_page_unseen(body.pages):
        draft.hidden.append(Hidden(why, " ".join(line.text for line in draft.lines)))
        draft.lines = []
    for part_body in parts:
        draft.links += part_body.text.links
        draft.hidden += part_body.text.hidden
        draft.asides += [
            Hidden("a picture's description", text) for text in part_body.shapes.alternatives
        ]
    draft.links = draft.links[:MAX_LINKS]
    draft.unread += read.unread
    _read_unshown(package, dirname(main), draft)
    brings = any(name.startswith(join(dirname(main), "fonts/")) for name in package.names)
    return set_apart(draft, has_typefaces=brings)


def _relations(package: OfficePackage, part: str) -> dict[str, _Relation]:
    folder, name = (dirname(part), part.rpartition("/")[2]) if part else ("", "")
    found: dict[str, _Relation] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "p:Relationship":
            found[attributes.get("Id", "")] = _Relation(
                attributes.get("Target", ""),
                attributes.get("TargetMode") == "External",
                attributes.get("Type", "").rsplit("/", 1)[-1],
            )

    package.parse(join(folder, "_rels", f"{name}.rels"), start, _nothing, _nothing)
    return found


def _body(
    package: OfficePackage,
    part: str,
    relations: dict[str, _Relation],
    styles: Styles,
    read: Inserts,
    notes: frozenset[str] | None = None,
) -> Body:
    targets = {key: r.target for key, r in relations.items() if r.external}
    parts = {key: r.part(dirname(part)) for key, r in relations.items() if not r.external}
    body = Body(targets, styles, parts=parts, inserts=read, notes=notes)
    package.parse(part, body.start, body.end, body.data)
    return body


def _read_unshown(package: OfficePackage, folder: str, draft: Draft) -> None:
    """Comments, properties and macros: kept out of the text, and said."""
    comments: list[str] = []
    package.parse(f"{folder}/comments.xml", lambda *_: None, _nothing, comments.append)
    if text := " ".join(" ".join(comments).split()):
        draft.hidden.append(Hidden("a comment", text))
    draft.asides += properties(package, "docProps/core.xml", _SAID_ASIDE)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        draft.unread.append("The document holds macros; they were neither run nor read.")


def _nothing(_: str) -> None:
    return None
