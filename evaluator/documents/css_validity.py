"""Which values of properties browsers keep, and which cannot hide text whatever else is declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import tinycss2

from .css_images import CALCULATED, COLOURS, are_images
from .css_logic import parts_at_commas
from .css_names import NAMES
from .css_values import is_colour, length, number

SIDES = ("top", "right", "bottom", "left")
_FONT_SIZES = frozenset(
    "xx-small x-small small medium large x-large xx-large xxx-large smaller larger".split()
)
_UNITLESS = frozenset(
    (
        *"font-size text-indent letter-spacing word-spacing width height min-width min-height".split(),
        *("max-width", "max-height", *SIDES),
        *(f"{kind}-{side}" for kind in ("margin", "padding") for side in SIDES),
    )
)
"""Where old pages may leave out the unit."""
_KNOWN_UNITS = frozenset("cqw cqh cqi cqb cqmin cqmax".split())


def nodes_of(value: str) -> list[Any]:
    parsed = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [node for node in parsed if node.type != "whitespace"]


def _parsed(value: str) -> list[Any]:
    return list(tinycss2.parse_component_value_list(value, skip_comments=True))


def words_of(value: str) -> list[str]:
    return [tinycss2.serialize([node]) for node in nodes_of(value)]


def is_valid(name: str, value: str, *, quirks: bool = False) -> bool | None:
    """Whether browsers keep a longhand; None where that is not known."""
    judge = _JUDGES.get(name)
    if judge is None:
        words = NAMES.keywords.get(name)
        return (
            True if words is None or "(" in value else bool(value) and set(value.split()) <= words
        )
    if name in _UNITLESS and re.fullmatch(r"[+-]?[\d.]+", value) and float(value or 0) != 0:
        return quirks
    return judge(value)


def _is_length(value: str) -> bool | None:
    if length(value) is not None:
        return True
    for node in nodes_of(value):
        if node.type == "function":
            return None
        if node.type == "dimension" and node.lower_unit in _KNOWN_UNITS:
            return None
    return False


def _length_or(*words: str, negative: bool = True) -> Callable[[str], bool | None]:
    def judge(value: str) -> bool | None:
        if value in words:
            return True
        answer = _is_length(value)
        if answer and not negative and (length(value) or 0.0) < 0 and "(" not in value:
            return False
        return answer

    return judge


def _is_number(value: str) -> bool | None:
    return True if number(value) is not None else (None if "(" in value else False)


def _one_of(*groups: str) -> Callable[[str], bool | None]:
    words = frozenset().union(*(NAMES.values[group] for group in groups))
    return lambda value: None if "(" in value else value in words


def _some_of(words: frozenset[str]) -> Callable[[str], bool | None]:
    return lambda value: None if "(" in value else bool(value) and set(value.split()) <= words


def _is_display(value: str) -> bool | None:
    return (
        None
        if "(" in value
        else 0 < len(value.split()) <= 3 and set(value.split()) <= NAMES.values["displays"]
    )


def _calls(known: frozenset[str], *words: str) -> Callable[[str], bool | None]:
    """Whether a value is a list of functions with lengths, numbers, angles or colours in them."""

    def judge(value: str) -> bool | None:
        nodes = nodes_of(value)
        if value in words:
            return True
        if not nodes or any(node.type != "function" for node in nodes):
            return None if "(" in value else False
        if any(node.lower_name not in known for node in nodes):
            return None
        answers = {_is_argument(one) for node in nodes for one in _told(node.arguments)}
        return False if False in answers else (None if None in answers else True)

    return judge


def _told(nodes: list[Any]) -> list[Any]:
    return [n for n in nodes if n.type not in {"whitespace", "comment"}]


def _is_argument(node: Any) -> bool | None:
    if node.type == "literal":
        return bool(node.value in {",", "-", "+"})
    if node.type == "function":
        return True if node.lower_name in CALCULATED | COLOURS else None
    if node.type == "dimension":
        return node.lower_unit in _ANGLES or length(tinycss2.serialize([node])) is not None
    if node.type in {"number", "percentage"}:
        return True
    return is_colour(tinycss2.serialize([node]))


def _are_sizes(value: str) -> bool | None:
    """Whether each layer of a ground has its size."""
    sizes = [tinycss2.serialize(part).split() for part in parts_at_commas(_parsed(value))]
    plain = [words for words in sizes if "(" not in "".join(words)]
    for words in plain:
        alone = len(words) == 1 and words[0] in {"cover", "contain"}
        told = 1 <= len(words) <= 2 and all(
            w == "auto" or (length(w) or 0.0) > 0 or _is_zero(w) for w in words
        )
        if not alone and not told:
            return False
    return True if len(plain) == len(sizes) else None


def _is_zero(word: str) -> bool:
    return length(word) == 0


def _is_clip(value: str) -> bool | None:
    """The old ``clip``: four edges."""
    if value == "auto":
        return True
    nodes = nodes_of(value)
    if len(nodes) != 1 or nodes[0].type != "function" or nodes[0].lower_name != "rect":
        return False
    words = tinycss2.serialize(nodes[0].arguments).replace(",", " ").split()
    return len(words) == 4 and all(word == "auto" or length(word) is not None for word in words)


def _is_path(value: str) -> bool | None:
    """Whether a ``clip-path`` is made of shapes and names of boxes."""
    nodes = nodes_of(value)
    boxes = NAMES.values["shape_boxes"]
    known = all(
        node.type in {"function", "url"} or (node.type == "ident" and node.lower_value in boxes)
        for node in nodes
    )
    return value == "none" or (bool(nodes) and known)


def _list_of(judge: Callable[[str], bool | None], most: int) -> Callable[[str], bool | None]:
    def judge_all(value: str) -> bool | None:
        words = words_of(value)
        answers = [judge(word) for word in words]
        if value == "none":
            return True
        if not 0 < len(words) <= most or False in answers:
            return False
        return None if None in answers else True

    return judge_all


def _is_turn(value: str) -> bool | None:
    *axis, angle = nodes_of(value) or [None]
    if value == "none" or angle is None:
        return value == "none"
    turned = angle.type == "dimension" and angle.lower_unit in _ANGLES
    along = [
        node.type == "number" or (node.type == "ident" and node.lower_value in {"x", "y", "z"})
        for node in axis
    ]
    return None if "(" in value else turned and all(along) and len(axis) in {0, 1, 3}


def _is_content(value: str) -> bool | None:
    nodes = nodes_of(value)
    words = NAMES.values["contents"]
    known = all(
        node.type in {"string", "function", "url"}
        or (node.type == "ident" and node.lower_value in words)
        or (node.type == "literal" and node.value == "/")
        for node in nodes
    )
    return bool(nodes) and known


def _are_tracks(value: str) -> bool | None:
    """Whether columns of a grid are told; a lone word must be one that browsers know."""
    nodes = nodes_of(value)
    return any(node.type != "ident" for node in nodes) or (
        bool(nodes) and set(value.split()) <= NAMES.values["tracks"]
    )


def _is_length_not_number(value: str) -> bool | None:
    bare = number(value)
    return False if bare and "%" not in value else _is_length(value)


_ANGLES = frozenset(["deg", "rad", "turn", "grad"])
_TURNS = frozenset(
    "translate translatex translatey scale scalex scaley rotate rotatex rotatey rotatez skew skewx skewy matrix"
    " translate3d translatez scale3d scalez".split()
)
_FILTERS = frozenset(
    "blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia".split()
)
_WIDTH_WORDS = (
    "auto",
    "none",
    "min-content",
    "max-content",
    "fit-content",
    "stretch",
    "-webkit-fill-available",
)
_JUDGES: dict[str, Callable[[str], bool | None]] = {
    "display": _is_display,
    "visibility": _some_of(frozenset(["visible", "hidden", "collapse"])),
    "content-visibility": _some_of(frozenset(["visible", "auto", "hidden"])),
    "opacity": _is_number,
    "color": is_colour,
    "-webkit-text-fill-color": is_colour,
    "background-color": is_colour,
    "font-size": _length_or(*_FONT_SIZES, "math", negative=False),
    "line-height": _length_or("normal", negative=False),
    "letter-spacing": _length_or("normal"),
    "word-spacing": _length_or("normal"),
    "text-indent": lambda value: _is_length(
        value.replace("hanging", "").replace("each-line", "").strip()
    ),
    "position": _one_of("positions"),
    "overflow-x": _one_of("overflows"),
    "overflow-y": _one_of("overflows"),
    "float": _one_of("floats"),
    "z-index": lambda value: (
        value == "auto" or (number(value) is not None if "(" not in value else None)
    ),
    "zoom": lambda value: value in {"normal", "reset"} or _is_number(value),
    "mix-blend-mode": _one_of("blends"),
    "background-image": are_images,
    "mask-image": are_images,
    "background-size": _are_sizes,
    "clip": _is_clip,
    "clip-path": _is_path,
    "translate": _list_of(_is_length_not_number, 3),
    "scale": _list_of(_is_number, 3),
    "rotate": _is_turn,
    "content": _is_content,
    "grid-template-columns": _are_tracks,
    "box-shadow": lambda value: value == "none" or any(map(str.isdigit, value)),
    "vertical-align": _length_or(*NAMES.keywords["vertical-align"]),
    "transform": _calls(_TURNS, "none"),
    "filter": _calls(_FILTERS, "none"),
    "backdrop-filter": _calls(_FILTERS, "none"),
    **{side: _length_or("auto") for side in SIDES},
    **{f"margin-{side}": _length_or("auto") for side in SIDES},
    **{f"padding-{side}": _length_or(negative=False) for side in SIDES},
    **{
        f"{bound}{axis}": _length_or(*_WIDTH_WORDS, negative=False)
        for bound in ("", "min-", "max-")
        for axis in ("width", "height")
    },
    **{
        f"border-{side}-width": _length_or("thin", "medium", "thick", negative=False)
        for side in SIDES
    },
    "outline-width": _length_or("thin", "medium", "thick", negative=False),
    "outline-offset": _is_length,
    "text-decoration-thickness": _length_or("auto", "from-font"),
    "-webkit-text-stroke-width": _length_or("thin", "medium", "thick"),
    "-webkit-line-clamp": lambda value: value == "none" or _is_number(value),
}


def is_harmless(name: str, value: str) -> bool:
    """Whether a longhand cannot hide text, whatever else is declared."""
    if name.startswith("--"):
        return False
    if name in NAMES.risky:
        return value in NAMES.plain
    judge = _HARMLESS.get(name)
    if judge is not None:
        return judge(value)
    if name in _SIZED:
        size = length(value)
        return value in _WIDTH_WORDS or (size is not None and size >= _ROOMY)
    if name.startswith(("margin", "padding", "border")):
        size = length(value)
        return value == "auto" or (size is not None and 0 <= size <= _ROOMY)
    return False


_ROOMY = 100.0
_SIZED = frozenset("width height min-width min-height max-width max-height".split())
_HARMLESS: dict[str, Callable[[str], bool]] = {
    "display": lambda value: (
        value in {"block", "flex", "grid", "inline", "inline-block", "list-item", "inline-flex"}
    ),
    "visibility": lambda value: value == "visible",
    "opacity": lambda value: (number(value) or 0.0) >= 0.6,
    "font-size": lambda value: (length(value, 12.0, 12.0) or 0.0) >= 9.0,
    "line-height": lambda value: value == "normal" or (length(value, 1.0, 1.0) or 0.0) >= 1.0,
    "position": lambda value: value in {"static", "relative", "sticky"},
    "overflow-x": lambda value: value in {"visible", "auto"},
    "overflow-y": lambda value: value in {"visible", "auto"},
    "float": lambda value: True,
    "flex-direction": lambda value: True,
    "white-space": lambda value: value in {"normal", "wrap", "pre-wrap", "pre-line"},
    "text-decoration-line": lambda value: value != "line-through",
    "text-decoration-thickness": lambda value: value in {"auto", "from-font"},
    "box-sizing": lambda value: True,
    "outline-width": lambda value: (length(value) or 0.0) <= 8.0,
    "transform": lambda value: value == "none",
    "filter": lambda value: value == "none",
    "letter-spacing": lambda value: value == "normal",
    "word-spacing": lambda value: value == "normal",
    "text-indent": lambda value: length(value) == 0.0,
    "border-radius": lambda value: True,
    "vertical-align": lambda value: "(" not in value and not value[-1:].isdigit(),
    "box-shadow": lambda value: value == "none",
    "content-visibility": lambda value: value in {"visible", "auto"},
    "grid-row-start": lambda value: value == "auto",
    "grid-column-start": lambda value: value == "auto",
    "isolation": lambda value: True,
    "grid-template-columns": lambda value: (
        not re.search(r"(?<![\w.])\d{1,2}(?:px|em|rem|%)?(?![\w.])", value)
    ),
    "flex-grow": lambda value: True,
    "column-gap": lambda value: True,
    "order": lambda value: value == "0",
    "flex-basis": lambda value: value in {"auto", "0"} or (length(value) or 0.0) >= _ROOMY,
}
