"""The typefaces that a Word document brings along."""

from __future__ import annotations

from posixpath import dirname

from ..office.package import Attributes, OfficePackage
from ..office.typefaces import Typefaces, unmixed
from .relations import relations_of


def read_typefaces(package: OfficePackage, part: str) -> Typefaces:
    """By the table of typefaces; none without a part."""
    found = Typefaces()
    relations = relations_of(package, part) if part else {}
    if not relations:
        return found
    files: list[tuple[str, str, str]] = []
    name = ""

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal name
        if tag == "w:font":
            name = attributes.get("w:name", "")
        elif tag.startswith("w:embed") and attributes.get("r:id") in relations:
            file = relations[attributes["r:id"]].part(dirname(part))
            files.append((name, file, attributes.get("w:fontKey", "")))

    package.parse(part, start, None, None)
    for face, file, key in files:
        found.add(face, unmixed(package.read(file), key))
    return found
