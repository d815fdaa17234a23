"""DOCX with the standard library: document order, tables, text boxes once, headers, links, hidden runs.

Own code because every library tried either drops visible text (text boxes, insertions, headers) or
returns hidden runs as if they were seen, and most inflate an archive bomb before refusing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import MAX_LINKS, Draft, DraftLine, DraftLink, Hidden

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "p",
}
MAX_MEMBERS = 5_000
MAX_PART = 30 * 1024 * 1024
MAX_TOTAL = 80 * 1024 * 1024
MAX_DEPTH = 400
_TINY_HALF_POINTS = 5
_WHITE = re.compile(r"[fF][0-9a-fA-F][fF][0-9a-fA-F][fF][0-9a-fA-F]$")
_DARK_FILL = re.compile(r"[0-9a-dA-D][0-9a-fA-F]([0-9a-fA-F]{2}){2}$")
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')

Attributes = dict[str, str]


class DocxConverter:
    """Word documents; each size is counted while inflating, because directories of archives lie."""

    format = DocumentFormat.DOCX

    def convert(self, data: bytes) -> Draft:
        try:
            with ZipFile(BytesIO(data)) as archive:
                return _Package(archive).draft()
        except BadZipFile as error:
            message = "The Word document's archive is damaged."
            raise DocumentError(Unreadable.DAMAGED, message, mend="Save it again.") from error
        except expat.ExpatError as error:
            message = f"The Word document's XML is damaged ({error})."
            raise DocumentError(Unreadable.DAMAGED, message, mend="Save it again.") from error
        except (RuntimeError, NotImplementedError) as error:
            message = "The Word document is encrypted."
            raise DocumentError(
                Unreadable.ENCRYPTED, message, mend="Save it without a password."
            ) from error


@dataclass
class _Relation:
    target: str
    external: bool
    kind: str


class _Package:
    """The parts of the archive, read under one budget."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._inflated = 0
        if len(self._names) > MAX_MEMBERS:
            message = f"The archive has more than {MAX_MEMBERS:,} members."
            raise DocumentError(Unreadable.UNSAFE, message)

    def draft(self) -> Draft:
        main = "word/document.xml"
        for relation in self._relations("").values():
            if relation.kind == "officeDocument":
                main = relation.target.lstrip("/")
        relations = self._relations(main)
        body = self._body(main, relations)
        draft = Draft()
        edges: dict[str, list[str]] = {"header": [], "footer": [], "footnotes": [], "endnotes": []}
        for relation in relations.values():
            part = normpath(join(dirname(main), relation.target))
            if relation.kind in edges and not relation.external and part in self._names:
                edge = self._body(part, self._relations(part))
                edges[relation.kind] += [t for t in edge.texts() if t not in edges[relation.kind]]
                draft.links += edge.links
                draft.hidden += edge.hidden
        texts = [
            *edges["header"],
            *body.texts(),
            *edges["footnotes"],
            *edges["endnotes"],
            *edges["footer"],
        ]
        draft.lines = [DraftLine(line) for text in texts for line in text.split("\n")]
        draft.links = (body.links + draft.links)[:MAX_LINKS]
        draft.hidden = body.hidden + draft.hidden
        return draft

    def _relations(self, part: str) -> dict[str, _Relation]:
        folder, name = (dirname(part), part.rpartition("/")[2]) if part else ("", "")
        path = join(folder, "_rels", f"{name}.rels")
        found: dict[str, _Relation] = {}
        if path not in self._names:
            return found

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "p:Relationship":
                found[attributes.get("Id", "")] = _Relation(
                    attributes.get("Target", ""),
                    attributes.get("TargetMode") == "External",
                    attributes.get("Type", "").rsplit("/", 1)[-1],
                )

        self._parse(path, start, lambda _: None, lambda _: None)
        return found

    def _body(self, part: str, relations: dict[str, _Relation]) -> _Body:
        if part not in self._names:
            message = "The Word document has no main part."
            raise DocumentError(Unreadable.DAMAGED, message, mend="Save it again.")
        body = _Body(relations)
        self._parse(part, body.start, body.end, body.data)
        return body

    def _parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None],
        data: Callable[[str], None],
    ) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = 0

        def refuse(*_: object) -> None:
            message = "The Word document declares a document type, which ordinary ones never do."
            raise DocumentError(Unreadable.UNSAFE, message)

        def opened(tag: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                message = f"The Word document nests deeper than {MAX_DEPTH} levels."
                raise DocumentError(Unreadable.UNSAFE, message)
            start(_short(tag), {_short(name): value for name, value in attributes.items()})

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(_short(tag))

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.CharacterDataHandler = data
        size = 0
        with self._archive.open(part) as stream:
            while block := stream.read(1 << 16):
                size += len(block)
                self._inflated += len(block)
                if size > MAX_PART or self._inflated > MAX_TOTAL:
                    message = "The Word document inflates beyond the limit."
                    raise DocumentError(Unreadable.UNSAFE, message)
                parser.Parse(block, False)
        parser.Parse(b"", True)


def _short(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    prefix = _NAMESPACES.get(namespace)
    return f"{prefix}:{local}" if prefix else local


@dataclass
class _Body:
    """Collects the text of one part in reading order."""

    relations: dict[str, _Relation]
    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    _boxes: list[str] = field(default_factory=list)
    _flows: list[list[str]] = field(default_factory=lambda: [[]])
    _skipping: int = 0
    _mode: str = ""  # "text", "field" or ""
    _properties: int = 0
    _run: Attributes = field(default_factory=dict)
    _cell_fill: str = ""
    _cells: list[int] = field(default_factory=list)
    _paragraph_fill: str = ""
    _link: DraftLink | None = None
    _field: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The main flow, then each text box once."""
        flows = ["".join(self._flows[0]), *self._boxes]
        return [re.sub(r"\n{2,}", "\n\n", text).strip("\n") for text in flows if text.strip()]

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in {"mc:Fallback", "w:del", "w:moveFrom", "w:delText"}:
            self._skipping += 1
        if self._skipping:
            return
        if self._properties and tag in {
            "w:vanish",
            "w:specVanish",
            "w:color",
            "w:sz",
            "w:shd",
            "w:highlight",
        }:
            self._property(tag, attributes)
        elif tag in {"w:rPr", "w:pPr", "w:tcPr"}:
            self._properties += 1
        else:
            self._content(tag, attributes)

    def _property(self, tag: str, attributes: Attributes) -> None:
        name, default = ("w:fill", "") if tag == "w:shd" else ("w:val", "1")
        self._run[tag[2:]] = attributes.get(name, default)

    def _content(self, tag: str, attributes: Attributes) -> None:
        flow = self._flows[-1]
        if tag == "w:txbxContent":
            self._flows.append([])
        elif tag == "w:t":
            self._mode = "text"
        elif tag == "w:instrText":
            self._mode = "field"
        elif tag in {"w:tab", "w:ptab"} and not self._properties:
            flow.append("\t")
        elif tag in {"w:br", "w:cr"}:
            flow.append("\n")
        elif tag == "w:noBreakHyphen":
            flow.append("-")
        elif tag in {"w:r", "w:p", "w:tc"}:
            self._open_container(tag)
        elif tag == "w:hyperlink":
            relation = self.relations.get(attributes.get("r:id", ""))
            self._link = DraftLink(relation.target if relation and relation.external else "", "")

    def _open_container(self, tag: str) -> None:
        self._run = {}
        if tag == "w:p":
            self._paragraph_fill = ""
        elif tag == "w:tc":
            self._cell_fill = ""
            self._cells.append(len(self._flows[-1]))

    def data(self, text: str) -> None:
        if self._skipping or not self._mode:
            return
        if self._mode == "field":
            self._field.append(text)
            return
        how = self._why_hidden()
        if how:
            self.hidden.append(Hidden(how, text))
            return
        self._flows[-1].append(text)
        if self._link is not None:
            self._link.label += text

    def _why_hidden(self) -> str | None:
        run = self._run
        if run.get("vanish", "0") not in {"0", "false", "off"} or "specVanish" in run:
            return "a hidden run"
        size = run.get("sz", "")
        if size.isdigit() and int(size) <= _TINY_HALF_POINTS:
            return f"text of {int(size) / 2:g} points"
        fill = run.get("shd") or self._paragraph_fill or self._cell_fill
        dark = bool(_DARK_FILL.match(fill)) or "highlight" in run
        if _WHITE.match(run.get("color", "")) and not dark:
            return "white text"
        return None

    def end(self, tag: str) -> None:
        if tag in {"mc:Fallback", "w:del", "w:moveFrom", "w:delText"}:
            self._skipping -= 1
            return
        if self._skipping:
            return
        flow = self._flows[-1]
        if tag in {"w:t", "w:instrText"}:
            self._mode = ""
        elif tag in {"w:rPr", "w:pPr", "w:tcPr"}:
            self._close_properties(tag)
        elif tag == "w:p":
            flow.append("\n")
        elif tag == "w:tc":
            self._close_cell(flow)
        elif tag == "w:tr":
            flow.append("\n")
        else:
            self._close_part(tag)

    def _close_part(self, tag: str) -> None:
        if tag == "w:hyperlink" and self._link:
            if self._link.target:
                self.links.append(self._link)
            self._link = None
        elif tag == "w:txbxContent" and len(self._flows) > 1:
            self._boxes.append("".join(self._flows.pop()))
        elif tag in {"w:body", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes"}:
            self.links += [DraftLink(t, "") for t in _FIELD_LINK.findall("".join(self._field))]

    def _close_cell(self, flow: list[str]) -> None:
        start = self._cells.pop() if self._cells else 0
        while len(flow) > start and flow[-1] == "\n":
            flow.pop()
        # Cells of one line are a table; cells of many are columns of a page.
        flow.append("\n" if "\n" in flow[start:] else "\t")

    def _close_properties(self, tag: str) -> None:
        self._properties -= 1
        fill = self._run.get("shd", "")
        if tag == "w:tcPr":
            self._cell_fill, self._run = fill, {}
        elif tag == "w:pPr":
            self._paragraph_fill, self._run = fill, {}
