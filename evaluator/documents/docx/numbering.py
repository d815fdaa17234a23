"""Indents that numbered paragraphs of Word have from their list."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.package import Attributes, OfficePackage

Level = tuple[str, str]
"""Number of a list and of its level."""


@dataclass
class Numbering:
    """What ``numbering.xml`` says of indents."""

    abstract: dict[Level, Attributes] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    own: dict[Level, Attributes] = field(default_factory=dict)
    """Of lists that change a level of the one that they stand for."""

    def indent(self, number: str, level: str) -> Attributes | None:
        """The indent of a level; None where it has none."""
        named = (number, level)
        return self.own.get(named) or self.abstract.get((self.lists.get(number, ""), level))


def read_numbering(package: OfficePackage, part: str) -> Numbering:
    """The lists of a document."""
    found = Numbering()
    owner = level = ""
    is_abstract = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal owner, level, is_abstract
        if tag == "w:abstractNum":
            owner, is_abstract = attributes.get("w:abstractNumId", ""), True
        elif tag == "w:num":
            owner, is_abstract = attributes.get("w:numId", ""), False
        elif tag == "w:abstractNumId":
            found.lists[owner] = attributes.get("w:val", "")
        elif tag == "w:lvl":
            level = attributes.get("w:ilvl", "")
        elif tag == "w:ind":
            (found.abstract if is_abstract else found.own)[(owner, level)] = attributes

    package.parse(part, start, None, None)
    return found
