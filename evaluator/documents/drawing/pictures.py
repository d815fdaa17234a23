"""What a program drew of a document, on its way from the process that drew it to the one that reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a screen, as a person sees it who has scrolled there."""

    top: int
    """Pixels from the top of the page."""
    png: bytes


@dataclass(frozen=True, slots=True)
class View:
    """A document as one program draws it at one moment.

    Args:
        pdf: printed.
        tiles: of the screen, at 96 pixels an inch; none where paper is what a person sees.
    """

    pdf: bytes
    tiles: list[Tile] = field(default_factory=list)


def packed(program: str, views: list[View]) -> bytes:
    """Views as bytes: a line of JSON with sizes, then what they measure."""
    parts: list[bytes] = []
    told = []
    for view in views:
        parts += [view.pdf, *(tile.png for tile in view.tiles)]
        tiles = [[tile.top, len(tile.png)] for tile in view.tiles]
        told.append({"pdf": len(view.pdf), "tiles": tiles})
    head = json.dumps({"program": program, "views": told}).encode()
    return b"\n".join([head, b"".join(parts)])


def unpacked(data: bytes) -> tuple[str, list[View]]:
    """The program's name and its views."""
    head, _, rest = data.partition(b"\n")
    told = json.loads(head)
    start = 0

    def part(size: int) -> bytes:
        nonlocal start
        start += size
        return rest[start - size : start]

    views = []
    for one in told["views"]:
        pdf = part(one["pdf"])
        views.append(View(pdf, [Tile(top, part(size)) for top, size in one["tiles"]]))
    return told["program"], views
