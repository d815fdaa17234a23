"""Where things stand in grids and flexible boxes: which values browsers keep."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

import tinycss2

from .amounts import is_name, length_or, nodes_of, number_or, one_of, told, words_of
from .conditions import all_of, parts_at_commas
from .names import NAMES

_SIZE = length_or(negative=False)
BASIS = length_or(
    "auto", "content", "min-content", "max-content", "fit-content", "stretch", negative=False,
)  # fmt: skip
_GROW = number_or(least=0.0)
_ORDERS = ("n", "nn", "b", "nb", "bn", "nnb", "bnn")
_DEEP = 3
_AREA = re.compile(r"[\w-]+|\.+")


class Cell(NamedTuple):
    """A part of a grid: the lines at its sides, which are counted from one."""

    top: float
    bottom: float
    left: float
    right: float

    def meets(self, other: Cell) -> bool:
        """Whether both have a place in common."""
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )


def areas_in(rows: list[str]) -> dict[str, Cell] | None:
    """The parts of a grid that strings draw; None where browsers throw the strings away."""
    drawn = [row.split() for row in rows]
    if len({len(row) for row in drawn}) != 1 or not drawn[0]:
        return None
    found: dict[str, Cell] = {}
    for top, row in enumerate(drawn, start=1):
        for left, name in enumerate(row, start=1):
            if not _AREA.fullmatch(name):
                return None
            old = found.get(name, Cell(top, top, left, left))
            found[name] = Cell(old.top, top + 1, min(old.left, left), max(old.right, left + 1))
    named = {name: cell for name, cell in found.items() if not name.startswith(".")}
    whole = all(
        drawn[top - 1][left - 1] == name
        for name, cell in named.items()
        for top in range(int(cell.top), int(cell.bottom))
        for left in range(int(cell.left), int(cell.right))
    )
    return named if whole else None


def strings_in(value: str) -> list[str]:
    """The strings of a value, without their signs."""
    return [node.value for node in nodes_of(value) if node.type == "string"]


def are_areas(value: str) -> bool:
    """Whether ``grid-template-areas`` draws parts that are whole."""
    strings = strings_in(value)
    only = all(node.type == "string" for node in nodes_of(value))
    return value == "none" or (only and bool(strings) and areas_in(strings) is not None)


def slashed(value: str) -> list[str]:
    """Parts between slashes at the top."""
    parts: list[list[Any]] = [[]]
    for node in nodes_of(value):
        if node.type == "literal" and node.value == "/":
            parts.append([])
        else:
            parts[-1].append(node)
    return [" ".join(tinycss2.serialize([node]) for node in part) for part in parts]


def is_line(value: str) -> bool | None:
    """Whether a line of a grid is named or counted."""
    words = words_of(value)
    if "(" in value:
        return None
    spans = words.count("span")
    rest = [word for word in words if word != "span"]
    counts = [word for word in rest if number_or(whole=True)(word)]
    names = [word for word in rest if word not in counts and is_name(word)]
    if rest == ["auto"]:
        return not spans
    return (
        spans <= 1
        and "auto" not in names
        and 0 < len(counts) + len(names) == len(rest)
        and len(counts) <= 1
        and len(names) <= 1
        and all(float(count) > 0 if spans else float(count) != 0 for count in counts)
    )


def are_lines(value: str, most: int) -> bool | None:
    parts = slashed(value)
    return all_of(map(is_line, parts)) if len(parts) <= most else False


def are_tracks(value: str) -> bool | None:
    """Whether columns of a grid are told."""
    nodes = nodes_of(value)
    if value == "none":
        return True
    if nodes and nodes[0].type == "ident" and nodes[0].lower_value == "subgrid":
        return all(node.type in {"[] block", "function"} for node in nodes[1:])
    return _is_list(nodes, 0)


def _is_list(nodes: list[Any], depth: int) -> bool | None:
    tracks = [node for node in nodes if node.type != "[] block"]
    return all_of(_is_track(node, depth) for node in tracks) if tracks else False


def _is_track(node: Any, depth: int) -> bool | None:
    if node.type == "dimension" and node.lower_unit == "fr":
        return bool(node.value >= 0)
    if node.type == "function" and node.lower_name in {"repeat", "minmax", "fit-content"}:
        return _is_call(node, depth + 1) if depth < _DEEP else None
    if node.type == "ident":
        return node.lower_value in NAMES.values["tracks"]
    return _SIZE(tinycss2.serialize([node]))


def _is_call(node: Any, depth: int) -> bool | None:
    parts = [told(part) for part in parts_at_commas(node.arguments)]
    if node.lower_name == "fit-content":
        return _SIZE(tinycss2.serialize(parts[0])) if len(parts) == 1 else False
    if len(parts) != 2 or len(parts[0]) != 1:
        return False
    if node.lower_name == "minmax":
        is_share = parts[0][0].type == "dimension" and parts[0][0].lower_unit == "fr"
        sizes = [part[0] for part in parts if len(part) == 1]
        return (
            all_of(_is_track(size, depth) for size in sizes)
            if len(sizes) == 2 and not is_share
            else False
        )
    times = tinycss2.serialize(parts[0]).lower()
    counted = number_or("auto-fill", "auto-fit", whole=True, least=1.0)(times)
    return all_of([counted, _is_list(parts[1], depth)])


def is_template(value: str, *, flows: bool) -> bool | None:
    """Whether rows, columns and areas of a grid are told.

    Args:
        value: of ``grid-template`` or ``grid``.
        flows: whether tracks may also be made as they are needed.
    """
    parts = slashed(value)
    if value == "none":
        return True
    if any(node.type == "string" for node in nodes_of(value)):
        return _are_areas(parts)
    if len(parts) != 2:
        return False
    flowing = [part for part in parts if "auto-flow" in part.split()]
    if not flowing:
        return all_of(map(are_tracks, parts))
    if len(flowing) != 1 or not flows:
        return False
    made = [word for word in words_of(flowing[0]) if word not in {"auto-flow", "dense"}]
    fixed = [part for part in parts if part not in flowing]
    return all_of([*map(are_tracks, fixed), are_tracks(" ".join(made)) if made else True])


def _are_areas(parts: list[str]) -> bool | None:
    """Whether rows are told by strings of as many names, with their sizes, and columns after them."""
    if len(parts) > 2:
        return False
    rows = nodes_of(parts[0])
    names = [node.value for node in rows if node.type == "string"]
    sizes = [node for node in rows if node.type not in {"string", "[] block"}]
    told_first = [node.type for node in rows if node.type != "[] block"][:1]
    in_turn = all(
        "string" in {first.type, second.type} or "[] block" in {first.type, second.type}
        for first, second in pairwise(rows)
    )
    if told_first != ["string"] or not in_turn or areas_in(names) is None:
        return False
    columns = are_tracks(parts[1]) if len(parts) == 2 and parts[1] != "none" else len(parts) == 1
    return all_of([columns, *(_is_track(size, _DEEP) for size in sizes)])


def flexed(value: str) -> dict[str, str] | None:
    """``flex-basis``, ``flex-grow`` and ``flex-shrink``; empty where browsers drop the value, None where that is not known."""
    words = words_of(value)
    if value == "none":
        return {"flex-basis": "auto", "flex-grow": "0", "flex-shrink": "0"}
    kinds = [("n" if _GROW(word) else _letter(word)) for word in words]
    if len(words) == 3 and kinds == ["n", "n", "n"] and _SIZE(words[2]):
        kinds[2] = "b"
    if "?" in kinds:
        return None
    if "".join(kinds) not in _ORDERS:
        return {}
    numbers = [word for word, kind in zip(words, kinds, strict=True) if kind == "n"]
    sizes = [word for word, kind in zip(words, kinds, strict=True) if kind == "b"]
    basis = sizes[0] if sizes else "0"
    grow, shrink = (*numbers, "1", "1")[:2] if numbers else ("1", "1")
    return {"flex-basis": basis, "flex-grow": grow, "flex-shrink": shrink}


def _letter(word: str) -> str:
    answer = BASIS(word)
    return "b" if answer else ("?" if answer is None else "x")


is_wrap = one_of(frozenset(["nowrap", "wrap", "wrap-reverse", "balance"]))
