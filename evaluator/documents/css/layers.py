"""Layers of CSS: what names them, and which of them comes first."""

from __future__ import annotations

from typing import Any

from .conditions import parts_at_commas

Rank = tuple[float, ...]
Name = tuple[str, ...]
"""Of a layer inside others, the outermost first."""


def layer_names(nodes: list[Any]) -> list[Name] | None:
    """Names between commas; None where browsers throw the rule away."""
    found = []
    for part in parts_at_commas(nodes):
        while part and part[0].type == "whitespace":
            part.pop(0)
        while part and part[-1].type == "whitespace":
            part.pop()
        dots = [node.type == "literal" and node.value == "." for node in part[1::2]]
        if len(part) % 2 == 0 or not all(dots) or any(node.type != "ident" for node in part[::2]):
            return None
        found.append(tuple(node.value for node in part[::2]))
    return found


class Layers:
    """The layers of a page, in the order in which they are first named."""

    def __init__(self) -> None:
        self._ranks: dict[tuple[Rank, str], float] = {}
        self._inside: dict[Rank, int] = {}

    def is_known(self, outer: Rank, name: Name) -> bool:
        for part in name:
            place = self._ranks.get((outer, part))
            if place is None:
                return False
            outer = (*outer, place)
        return True

    def rank(self, outer: Rank, name: Name) -> Rank:
        """Of the layer with this name in another, which is now one that was named."""
        for part in name:
            if (outer, part) not in self._ranks:
                self._ranks[outer, part] = float(self._inside.get(outer, 0))
                self._inside[outer] = self._inside.get(outer, 0) + 1
            outer = (*outer, self._ranks[outer, part])
        return outer
