"""Typefaces that a page brings along, and whether their letters may be others than the text has, or stand elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from .conditions import parts_at_commas
from .names import NAMES
from .values import number

_METRICS = {
    "size-adjust": (0.75, 1.5),
    "ascent-override": (0.5, 1.5),
    "descent-override": (0.0, 0.7),
    "line-gap-override": (0.0, 1.0),
}
"""As pages adjust a typeface that stands in for another."""
_CHANGING = frozenset(["font-variation-settings"])
"""What may change letters beyond recognition; browsers throw away what they do not know."""


class Face(NamedTuple):
    """A typeface."""

    family: str
    may_lie: bool
    """The page holds it, or renames one."""
    has_measures: bool
    """The page tells its measures."""
    is_out_of_place: bool
    """They may put letters where no other typeface has them."""
    addresses: list[str]
    """Of the files that hold it."""


def face_of(content: Any) -> Face:
    """What ``@font-face`` says; of what it says twice all that browsers may keep."""
    family, may_lie, has_measures, is_out_of_place = "", False, False, False
    addresses: list[str] = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        name = node.lower_name
        if name == "font-family":
            family = family_of(node.value)
        elif name == "src":
            found = addresses_in(node.value)
            addresses += found
            text = tinycss2.serialize(node.value).lower()
            signs = "local(" in text and any(sign in text for sign in NAMES.values["signs"])
            may_lie |= signs or any(map(_is_held, found))
        elif name in _METRICS:
            has_measures = True
            is_out_of_place |= not _is_usual(name, tinycss2.serialize(node.value).strip().lower())
        elif name in _CHANGING:
            is_out_of_place = True
    return Face(family, may_lie, has_measures, is_out_of_place, addresses)


def family_of(nodes: Any) -> str:
    """The name of a family as browsers compare it."""
    return " ".join(str(node.value) for node in nodes if node.type in {"ident", "string"}).lower()


def addresses_in(nodes: Any) -> list[str]:
    """Addresses, without the breaks that browsers drop."""
    found = []
    for node in nodes:
        if node.type == "url":
            found.append(node.value)
        elif node.type == "function" and node.lower_name in {"url", "src"}:
            found += [one.value for one in node.arguments if one.type == "string"]
    return ["".join(one.split()) for one in found]


def _is_held(address: str) -> bool:
    return address.lower().startswith("data:")


def _is_usual(name: str, value: str) -> bool:
    least, most = _METRICS[name]
    size = number(value)
    return value == "normal" or (size is not None and least <= size <= most)


@lru_cache(maxsize=512)
def names_in(families: str) -> list[str]:
    """Names of a list of families, as browsers compare them."""
    nodes = tinycss2.parse_component_value_list(families, skip_comments=True)
    return [family_of(part) for part in parts_at_commas(nodes)]
