"""Functions of CSS that turn, filter and cut what is drawn: which calls browsers keep."""

from __future__ import annotations

from typing import Any

import tinycss2

from .amounts import (  # fmt: skip
    ANGLES,
    Judge,
    by_kind,
    is_angle,
    is_length,
    layers_of,
    length_or,
    nodes_of,
    number_or,
    spaced,
    told,
    words_of,
)
from .conditions import all_of, parts_at_commas
from .gradients import are_all_places
from .grid_values import slashed
from .images import COLOURS
from .names import NAMES
from .values import is_colour, length

_KINDS: dict[str, Judge] = {
    "length": is_length,
    "depth": length_or(percent=False),
    "number": number_or(percent=True),
    "share": number_or(percent=True, least=0.0),
    "radius": length_or(negative=False, percent=False),
    "angle": is_angle,
}
_ARGUMENTS = {
    "translate": (1, 2, "length"), "translatex": (1, 1, "length"), "translatey": (1, 1, "length"), "translatez": (1, 1, "depth"),
    "translate3d": (3, 3, "length"), "scale": (1, 2, "number"), "scalex": (1, 1, "number"), "scaley": (1, 1, "number"),
    "scalez": (1, 1, "number"), "scale3d": (3, 3, "number"), "rotate": (1, 1, "angle"), "rotatex": (1, 1, "angle"),
    "rotatey": (1, 1, "angle"), "rotatez": (1, 1, "angle"), "skew": (1, 2, "angle"), "skewx": (1, 1, "angle"), "skewy": (1, 1, "angle"),
    "matrix": (6, 6, "number"), "blur": (0, 1, "radius"), "hue-rotate": (0, 1, "angle"),
    **dict.fromkeys("brightness contrast grayscale invert opacity saturate sepia".split(), (0, 1, "share")),
}  # fmt: skip
"""How many arguments functions take, and of which kind."""
_SHADOW = "drop-shadow"
TURNS = frozenset(
    "translate translatex translatey scale scalex scaley rotate rotatex rotatey rotatez skew skewx skewy matrix"
    " translate3d translatez scale3d scalez".split()
)
FILTERS = frozenset(
    "blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia".split()
)


def calls_of(known: frozenset[str], *words: str) -> Judge:
    """Whether a value is a list of functions with lengths, numbers, angles or colours in them."""

    def judge(value: str) -> bool | None:
        nodes = nodes_of(value)
        if value in words:
            return True
        if not nodes or any(node.type != "function" for node in nodes):
            return None if "(" in value else False
        if any(node.lower_name not in known for node in nodes):
            return None
        return all_of(map(_is_call, nodes))

    return judge


def _is_call(node: Any) -> bool | None:
    """Whether a function has as many arguments of the kind as it takes."""
    name = node.lower_name
    if name == _SHADOW:
        inner = tinycss2.serialize(node.arguments).lower()
        return is_shadow(inner, most=3, is_box=False) if len(layers_of(inner)) == 1 else False
    least, most, kind = _ARGUMENTS[name]
    parts = [tinycss2.serialize(told(part)).lower() for part in parts_at_commas(node.arguments)]
    parts = [] if parts == [""] else parts
    if not least <= len(parts) <= most:
        return False
    if name == "translate3d" and "%" in parts[2]:
        return False
    return all_of(map(_KINDS[kind], parts))


def are_shadows(value: str) -> bool | None:
    """Of ``box-shadow``."""
    if value == "none":
        return True
    return all_of(is_shadow(" ".join(words), most=4) for words in layers_of(value))


def is_shadow(value: str, *, most: int, is_box: bool = True) -> bool | None:
    """Whether a shadow has its lengths in one row, at most one colour and ``inset`` at either end."""
    words = words_of(value)
    answers = [is_length(word) for word in words]
    sizes = [place for place, answer in enumerate(answers) if answer]
    rest = [word for word, answer in zip(words, answers, strict=True) if not answer]
    if any(
        a is None and w.partition("(")[0] not in COLOURS
        for w, a in zip(words, answers, strict=True)
    ):
        return None
    in_row = bool(sizes) and sizes[-1] - sizes[0] == len(sizes) - 1
    if not in_row or not 2 <= len(sizes) <= most or any("%" in words[place] for place in sizes):
        return False
    if len(sizes) > 2 and (length(words[sizes[2]]) or 0.0) < 0:
        return False
    kinds: dict[str, Judge] = {"colour": is_colour}
    if is_box:
        kinds["inset"] = lambda word: word == "inset"
    found = by_kind(rest, kinds)
    return None if found is None else bool(found) or not rest


def is_turn(value: str) -> bool | None:
    """Of ``rotate``: an angle, before or after its axis."""
    nodes = nodes_of(value)
    if value == "none" or "(" in value:
        return True if value == "none" else None
    turns = [node for node in nodes if node.type == "dimension" and node.lower_unit in ANGLES]
    axis = [node for node in nodes if node not in turns]
    is_word = len(axis) == 1 and axis[0].type == "ident" and axis[0].lower_value in {"x", "y", "z"}
    is_vector = len(axis) == 3 and all(node.type == "number" for node in axis)
    return (
        len(turns) == 1
        and nodes.index(turns[0]) in {0, len(axis)}
        and (is_word or is_vector or not axis)
    )


def is_path(value: str) -> bool | None:
    """Whether a ``clip-path`` is a shape, its box or both."""
    nodes = nodes_of(value)
    boxes = NAMES.values["shape_boxes"]
    if value == "none":
        return True
    shapes = [node for node in nodes if node.type in {"function", "url"}]
    others = [tinycss2.serialize([node]) for node in nodes if node not in shapes]
    if len(shapes) > 1 or len(others) > 1 or not nodes or not boxes.issuperset(others):
        return False
    if shapes and shapes[0].type == "url":
        return not others
    return all_of(map(_is_shape, shapes))


_RADII = length_or("closest-side", "farthest-side", "closest-corner", "farthest-corner", negative=False)  # fmt: skip


_CORNERS = spaced(length_or(negative=False), 4)


def _is_shape(node: Any) -> bool | None:
    name, arguments = node.lower_name, tinycss2.serialize(node.arguments).lower()
    told_first, _, place = arguments.partition(" at ")
    if name in {"circle", "ellipse"}:
        radii = words_of(told_first)
        if len(radii) not in ({0, 1} if name == "circle" else {0, 2}) or arguments.endswith(" at"):
            return False
        return all_of([*map(_RADII, radii), are_all_places(place) if place else True])
    if name == "inset":
        edges, cut, round_ = arguments.partition(" round ")
        rounded = all_of(map(_CORNERS, slashed(round_))) if cut else True
        return all_of([spaced(is_length, 4)(edges), rounded])
    if name == "polygon":
        points = layers_of(arguments)
        points = points[1:] if points[0] in (["evenodd"], ["nonzero"]) else points
        return bool(points) and all_of(
            all_of(map(is_length, point)) if len(point) == 2 else False for point in points
        )
    return None


def is_clip(value: str) -> bool | None:
    """The old ``clip``: four edges."""
    nodes = nodes_of(value)
    if value == "auto":
        return True
    if len(nodes) != 1 or nodes[0].type != "function" or nodes[0].lower_name != "rect":
        return False
    words = tinycss2.serialize(nodes[0].arguments).lower().replace(",", " ")
    edges = words_of(words)
    edge = length_or("auto", percent=False)
    return all_of(map(edge, edges)) if len(edges) == 4 else False
