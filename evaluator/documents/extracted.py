"""What the product reads of a document, as values for programs."""

from __future__ import annotations

from typing import Any

from ..models.document import Document


def extracted(document: Document) -> dict[str, Any]:
    """The visible text, and its lines, links and flags, as JSON knows them."""
    lines = [
        {**line.model_dump(), "text": document.text[line.start : line.end]}
        for line in document.lines
    ]
    return {
        "document": document.model_dump(mode="json", exclude={"lines", "links", "flags"}),
        "lines": lines,
        "links": [link.model_dump(mode="json") for link in document.links],
        "flags": [flag.model_dump(mode="json") for flag in document.flags],
    }
