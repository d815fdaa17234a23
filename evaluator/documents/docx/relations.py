"""Which parts a Word document is made of: by its relationships, as Word finds them, and not by their names."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath

from ...errors import DocumentError, Unreadable
from ..office.package import Attributes, OfficePackage, refuse_second

_BASES = frozenset(
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ]
)


@dataclass
class Relation:
    """One relationship of a part."""

    target: str
    external: bool
    kind: str
    """Such as ``header``; empty of kinds that are not the format's own."""

    def part(self, folder: str) -> str:
        """The part of the package that it leads to."""
        target = self.target.replace("\\", "/")
        return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


def relations_of(package: OfficePackage, part: str) -> dict[str, Relation]:
    """The relationships of a part, or of the whole package, by their ids.

    Raises:
        DocumentError: two of one id lead to different parts.
    """
    folder, name = (dirname(part), part.rpartition("/")[2]) if part else ("", "")
    found: dict[str, Relation] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "p:Relationship":
            base, _, kind = attributes.get("Type", "").rpartition("/")
            relation = Relation(
                attributes.get("Target", ""),
                attributes.get("TargetMode") == "External",
                kind if base in _BASES else "",
            )
            if found.setdefault(attributes.get("Id", ""), relation) != relation:
                refuse_second("where a relationship leads")

    package.parse(join(folder, "_rels", f"{name}.rels"), start, None, None)
    return found


def main_part(package: OfficePackage) -> str:
    """The part that holds the text.

    Raises:
        DocumentError: there is none, or more than one.
    """
    relations = relations_of(package, "").values()
    roots = {one.part("") for one in relations if one.kind == "officeDocument"}
    if len(roots) > 1:
        refuse_second("which part holds its text")
    main = next(iter(roots), "word/document.xml")
    if main not in package.names:
        message = "The Word document has no main part."
        raise DocumentError(Unreadable.DAMAGED, message, hint="Save it again.")
    return main


def parts_of(relations: dict[str, Relation], folder: str) -> dict[str, str]:
    """The part of each kind, the first one."""
    found: dict[str, str] = {}
    for relation in relations.values():
        if not relation.external:
            found.setdefault(relation.kind, relation.part(folder))
    return found


def kinds_of(package: OfficePackage) -> dict[str, str]:
    """What the package calls each part by its type, such as ``header``; no more than the parts that it names."""
    found: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "ct:Override":
            kind = attributes.get("ContentType", "").rpartition(".")[2].removesuffix("+xml")
            found[attributes.get("PartName", "").lstrip("/")] = kind

    package.parse("[Content_Types].xml", start, None, None)
    return found
