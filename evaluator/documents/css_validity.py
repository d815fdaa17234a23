"""Which values of properties browsers keep, and which cannot hide text whatever else is declared."""

from __future__ import annotations

import math
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
_DEEP = 12
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
        return True
    if quirks and name in _UNITLESS and _is_plain_number(value):
        return True
    return judge(value)


def is_judged(name: str) -> bool:
    """Whether values that browsers throw away are told from those they keep."""
    return name in _JUDGES


def _is_plain_number(value: str) -> bool:
    nodes = nodes_of(value)
    return len(nodes) == 1 and nodes[0].type == "number"


def _length_or(
    *words: str, negative: bool = True, percent: bool = True, unitless: bool = False
) -> Callable[[str], bool | None]:
    def judge(value: str) -> bool | None:
        if value in words:
            return True
        nodes = nodes_of(value)
        if len(nodes) != 1:
            return False
        node = nodes[0]
        if node.type == "function":
            return _is_calculated(node, 1) if percent or "%" not in value else None
        if node.type == "dimension" and node.lower_unit in _KNOWN_UNITS:
            return None
        is_kind = (
            (node.type == "percentage" and percent)
            or (node.type == "number" and (unitless or node.value == 0))
            or (node.type == "dimension" and length(value) is not None)
        )
        return is_kind and (negative or node.value >= 0)

    return judge


_is_length = _length_or()


def _number_or(
    *words: str, percent: bool = False, whole: bool = False, least: float = -math.inf
) -> Callable[[str], bool | None]:
    def judge(value: str) -> bool | None:
        if value in words:
            return True
        nodes = nodes_of(value)
        if len(nodes) != 1:
            return False
        node = nodes[0]
        if node.type == "function":
            return None if whole or percent else _is_calculated(node, 0)
        is_kind = (node.type == "number" and (node.is_integer or not whole)) or (
            node.type == "percentage" and percent
        )
        return is_kind and node.value >= least

    return judge


def _is_calculated(node: Any, power: int) -> bool | None:
    """Whether a function of lengths gives a length (power 1) or a number (0); None where that is not known."""
    if node.lower_name not in CALCULATED:
        return None
    return None if _power(node, 0) != power else True


def _power(node: Any, depth: int) -> int | None:
    """1 of what is a length, 0 of a number, None of what is neither or not known."""
    if node.type in {"function", "() block"} and depth < _DEEP:
        told = node.arguments if node.type == "function" else node.content
        powers = {_power_of_sum(part, depth + 1) for part in parts_at_commas(told)}
        is_known = node.type == "() block" or node.lower_name in CALCULATED
        return powers.pop() if is_known and len(powers) == 1 else None
    if node.type == "percentage" or (node.type == "dimension" and node.lower_unit not in _ANGLES):
        return 1
    return 0 if node.type == "number" else None


def _power_of_sum(nodes: list[Any], depth: int) -> int | None:
    told = _told(nodes)
    terms: list[int] = []
    for place in range(0, len(told), 2):
        power = _power(told[place], depth)
        sign = told[place - 1].value if place and told[place - 1].type == "literal" else "+"
        if power is None:
            return None
        if sign in {"*", "/"}:
            terms[-1] += power if sign == "*" else -power
        else:
            terms.append(power)
    return terms[0] if len(told) % 2 and len(set(terms)) == 1 else None


def _one_of(*groups: str) -> Callable[[str], bool | None]:
    words = frozenset().union(*(NAMES.values[group] for group in groups))
    return lambda value: None if "(" in value else value in words


def _is_display(value: str) -> bool | None:
    words = value.split()
    if "(" in value or len(words) < 2:
        return None if "(" in value else value in NAMES.values["displays"]
    groups = [NAMES.values[name] for name in ("outsides", "insides", "items")]
    places = [next((i for i, group in enumerate(groups) if word in group), -1) for word in words]
    return -1 not in places and len(set(places)) == len(places)


def _words_of(name: str, words: frozenset[str]) -> Callable[[str], bool | None]:
    """Keywords; more than one of them, with commas or blanks between, where the property takes that."""

    def judge(value: str) -> bool | None:
        told = value.replace(",", " ").split() if name in NAMES.values["listed"] else [value]
        return None if "(" in value else bool(told) and set(told) <= words

    return judge


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
        answers = {_is_call(node) for node in nodes}
        return False if False in answers else (None if None in answers else True)

    return judge


def _is_call(node: Any) -> bool | None:
    """Whether a function has as many arguments of the kind as it takes."""
    least, most, kind = _ARGUMENTS.get(node.lower_name, (0, 99, ""))
    parts = [_told(part) for part in parts_at_commas(node.arguments)]
    parts = [] if parts == [[]] else parts
    if not least <= len(parts) <= most:
        return False
    if not kind:
        answers = {_is_argument(one) for part in parts for one in part}
    else:
        answers = {_KINDS[kind](tinycss2.serialize(part).lower()) for part in parts}
    return False if False in answers else (None if None in answers else True)


def _told(nodes: list[Any]) -> list[Any]:
    return [n for n in nodes if n.type not in {"whitespace", "comment"}]


def _is_argument(node: Any) -> bool | None:
    text = tinycss2.serialize([node])
    if node.type in {"dimension", "number"}:
        return _is_length(text)
    if node.type == "function":
        return True if node.lower_name in CALCULATED | COLOURS else None
    return is_colour(text)


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


_ANGLES = frozenset(["deg", "rad", "turn", "grad"])


def _is_angle(value: str) -> bool | None:
    nodes = nodes_of(value)
    if len(nodes) != 1 or nodes[0].type == "function":
        return None if len(nodes) == 1 else False
    node = nodes[0]
    is_turn = node.type == "dimension" and node.lower_unit in _ANGLES
    return is_turn or (node.type == "number" and node.value == 0)


_KINDS: dict[str, Callable[[str], bool | None]] = {
    "length": _is_length,
    "number": _number_or(percent=True),
    "share": _number_or(percent=True, least=0.0),
    "radius": _length_or(negative=False, percent=False),
    "angle": _is_angle,
}
_ARGUMENTS = {
    "translate": (1, 2, "length"), "translatex": (1, 1, "length"), "translatey": (1, 1, "length"), "translatez": (1, 1, "length"),
    "translate3d": (3, 3, "length"), "scale": (1, 2, "number"), "scalex": (1, 1, "number"), "scaley": (1, 1, "number"),
    "scalez": (1, 1, "number"), "scale3d": (3, 3, "number"), "rotate": (1, 1, "angle"), "rotatex": (1, 1, "angle"),
    "rotatey": (1, 1, "angle"), "rotatez": (1, 1, "angle"), "skew": (1, 2, "angle"), "skewx": (1, 1, "angle"), "skewy": (1, 1, "angle"),
    "matrix": (6, 6, "number"), "blur": (0, 1, "radius"), "hue-rotate": (0, 1, "angle"),
    **dict.fromkeys("brightness contrast grayscale invert opacity saturate sepia".split(), (0, 1, "share")),
}  # fmt: skip
"""How many arguments functions take, and of which kind."""
_TURNS = frozenset(
    "translate translatex translatey scale scalex scaley rotate rotatex rotatey rotatez skew skewx skewy matrix"
    " translate3d translatez scale3d scalez".split()
)
_FILTERS = frozenset(
    "blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia".split()
)
_WIDTH_WORDS = (
    "min-content",
    "max-content",
    "fit-content",
    "stretch",
    "-webkit-fill-available",
)


def _line() -> Callable[[str], bool | None]:
    return _length_or("thin", "medium", "thick", negative=False, percent=False)


_JUDGES: dict[str, Callable[[str], bool | None]] = {
    "display": _is_display,
    **{name: _words_of(name, words) for name, words in NAMES.keywords.items()},
    "visibility": _one_of("visibilities"),
    "content-visibility": _one_of("content_visibilities"),
    "opacity": _number_or(percent=True),
    "color": is_colour,
    "-webkit-text-fill-color": is_colour,
    "background-color": is_colour,
    "font-size": _length_or(*_FONT_SIZES, "math", negative=False),
    "line-height": _length_or("normal", negative=False, unitless=True),
    "letter-spacing": _length_or("normal"),
    "word-spacing": _length_or("normal"),
    "text-indent": lambda value: _is_length(
        value.replace("hanging", "").replace("each-line", "").strip()
    ),
    "position": _one_of("positions"),
    "overflow-x": _one_of("overflows"),
    "overflow-y": _one_of("overflows"),
    "float": _one_of("floats"),
    "z-index": _number_or("auto", whole=True),
    "order": _number_or(whole=True),
    "flex-grow": _number_or(least=0.0),
    "zoom": _number_or("normal", percent=True, least=0.0),
    "mix-blend-mode": _one_of("blends"),
    "background-image": are_images,
    "mask-image": are_images,
    "background-size": _are_sizes,
    "clip": _is_clip,
    "clip-path": _is_path,
    "translate": _list_of(_is_length, 3),
    "scale": _list_of(_number_or(percent=True), 3),
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
        f"{bound}{axis}": _length_or(*_WIDTH_WORDS, none, negative=False)
        for bound, none in (("", "auto"), ("min-", "auto"), ("max-", "none"))
        for axis in ("width", "height")
    },
    **{f"border-{side}-width": _line() for side in SIDES},
    "outline-width": _line(),
    "outline-offset": _length_or(percent=False),
    "text-decoration-thickness": _length_or("auto", "from-font"),
    "-webkit-text-stroke-width": _line(),
    "-webkit-line-clamp": _number_or("none", whole=True, least=1.0),
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
        return value in {*_WIDTH_WORDS, "auto", "none"} or (size is not None and size >= _ROOMY)
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
    "vertical-align": lambda value: value.replace("-", "").isalpha(),
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
