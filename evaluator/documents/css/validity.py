"""Which values of properties browsers keep."""

from __future__ import annotations

from typing import Any

from .amounts import (  # fmt: skip
    Judge,
    by_kind,
    is_lasting,
    is_length,
    is_own,
    is_time,
    layers_of,
    length_or,
    listed,
    nodes_of,
    number_or,
    one_of,
    spaced,
    words_of,
)
from .conditions import all_of, parts_at_commas
from .functions import FILTERS, TURNS, are_shadows, calls_of, is_clip, is_path, is_turn
from .grid_values import BASIS, are_areas, are_tracks, is_line, slashed
from .images import are_images, is_image
from .names import NAMES
from .values import is_colour

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


def _group(name: str) -> Judge:
    return one_of(NAMES.values[name])


def _is_display(value: str) -> bool | None:
    words = value.split()
    if "(" in value or len(words) < 2:
        return None if "(" in value else value in NAMES.values["displays"]
    groups = [NAMES.values[name] for name in ("outsides", "insides", "items")]
    places = [next((i for i, group in enumerate(groups) if word in group), -1) for word in words]
    told = set(places)
    is_item = "list-item" in words
    return -1 not in told and len(told) == len(places) and not (is_item and _BOXED & set(words))


_BOXED = frozenset(["table", "flex", "grid", "ruby", "math"])


def _words_of(name: str, words: frozenset[str]) -> Judge:
    """Keywords; a list of them, or several together, where the property takes that."""
    one = one_of(words)
    if name in NAMES.values["listed"]:
        return listed(one)
    return _together(words) if name in NAMES.values["together"] else one


def _either(name: str, *groups: str) -> Judge:
    """One of the keywords, or one word of each group."""
    kinds = {group: _group(group) for group in groups}

    def judge(value: str) -> bool | None:
        if value in NAMES.keywords[name]:
            return True
        found = by_kind(words_of(value), kinds)
        return None if found is None else bool(found)

    return judge


_EITHER = frozenset(["size", "inline-size"])


def _together(words: frozenset[str]) -> Judge:
    """Words that may be said together, each once; those that stand alone are marked by a dot."""
    alone = frozenset(word.removeprefix(".") for word in words if word.startswith("."))

    def judge(value: str) -> bool | None:
        parts = words_of(value)
        if "(" in value or (len(parts) == 1 and parts[0] in alone):
            return None if "(" in value else True
        told = set(parts)
        return bool(parts) and len(told) == len(parts) and told <= words and not told >= _EITHER

    return judge


def _are_repeats(value: str) -> bool | None:
    words = NAMES.values["repeats"]
    return all_of(
        words.issuperset(layer)
        and (len(layer) == 1 or (len(layer) == 2 and not {"repeat-x", "repeat-y"} & set(layer)))
        for layer in layers_of(value)
    )


_SIZE = length_or("auto", negative=False)


def _are_sizes(value: str) -> bool | None:
    """Whether each layer of a ground has its size."""
    return all_of(
        True
        if layer in (["cover"], ["contain"])
        else (all_of(map(_SIZE, layer)) if len(layer) in {1, 2} else False)
        for layer in layers_of(value)
    )


def _are_places(*sides: str) -> Judge:
    """Where layers begin along one axis: a side, a length or both."""
    place = length_or("center", *sides)

    def judge(value: str) -> bool | None:
        return all_of(
            place(layer[0])
            if len(layer) == 1
            else (is_length(layer[1]) if len(layer) == 2 and layer[0] in sides else False)
            for layer in layers_of(value)
        )

    return judge


def are_families(value: str) -> bool:
    """Whether typefaces are named: each by one string or by words."""
    parts = parts_at_commas(nodes_of(value))
    return all(
        (len(part) == 1 and part[0].type == "string") or (bool(part) and all(map(is_own, part)))
        for part in parts
    )


def _is_scheme(value: str) -> bool:
    words = value.split()
    others = [word for word in words if word != "only"]
    alone = "normal" not in words or words == ["normal"]
    place = words.index("only") if "only" in words else 0
    return (
        alone
        and bool(others)
        and all(map(is_own, nodes_of(value)))
        and len(words) - len(others) <= 1
        and place in {0, len(words) - 1}
    )


def _is_content(value: str) -> bool | None:
    nodes = nodes_of(value)
    if value in {"normal", "none"}:
        return True
    signs = [node for node in nodes if node.type == "literal"]
    if len(signs) > 1 or any(node.value != "/" for node in signs):
        return False
    place = nodes.index(signs[0]) if signs else len(nodes)
    read_out = [node.type == "string" or _is_counted(node) for node in nodes[place + 1 :]]
    if place == 0 or (signs and not read_out):
        return False
    return all_of([*map(_is_said, nodes[:place]), *read_out])


def _is_counted(node: Any) -> bool:
    return node.type == "function" and node.lower_name in {"counter", "counters", "attr"}


def _is_said(node: Any) -> bool | None:
    if node.type == "function":
        return True if _is_counted(node) else is_image(node)
    is_word = node.type == "ident" and node.lower_value in NAMES.values["contents"]
    return is_word or node.type in {"string", "url"}


def _is_cut_off(value: str) -> bool | None:
    """Of ``text-overflow``; two of its values are known by some browsers."""
    known = [word in {"clip", "ellipsis"} or word[:1] in {'"', "'"} for word in words_of(value)]
    is_known = 0 < len(known) <= 2 and all(known)
    return value in {"clip", "ellipsis"} or (None if is_known else False)


_RATIO = number_or(least=0.0)


def _is_ratio(value: str) -> bool | None:
    numbers = slashed(value.removeprefix("auto ").removesuffix(" auto"))
    return value == "auto" or (all_of(map(_RATIO, numbers)) if len(numbers) <= 2 else False)


def _are_radii(value: str) -> bool | None:
    parts = slashed(value)
    radius = spaced(length_or(negative=False), 4)
    return all_of(map(radius, parts)) if len(parts) <= 2 else False


def _is_move(value: str) -> bool | None:
    words = words_of(value)
    flat = len(words) < 3 or length_or(percent=False)(words[2])
    return all_of([spaced(is_length, 3, "none")(value), flat])


def _is_indent(value: str) -> bool | None:
    found = by_kind(
        words_of(value),
        {
            "size": is_length,
            "hanging": lambda w: w == "hanging",
            "each": lambda w: w == "each-line",
        },
    )
    return None if found is None else "size" in found


def _is_repeated(value: str) -> bool | None:
    return number_or("infinite", least=0.0)(value)


def _is_animation(value: str) -> bool:
    nodes = nodes_of(value)
    return len(nodes) == 1 and (nodes[0].type == "string" or is_own(nodes[0]))


WIDTH_WORDS = ("min-content", "max-content", "fit-content", "stretch", "-webkit-fill-available")
_LINE = length_or("thin", "medium", "thick", negative=False, percent=False)
_JUDGES: dict[str, Judge] = {
    "display": _is_display,
    **{name: _words_of(name, words) for name, words in NAMES.keywords.items()},
    "white-space": _either("white-space", "blanks", "wraps"),
    "text-wrap": _either("text-wrap", "wraps", "evenness"),
    "visibility": _group("visibilities"),
    "content-visibility": _group("content_visibilities"),
    "opacity": number_or(percent=True),
    "color": is_colour,
    "-webkit-text-fill-color": is_colour,
    "background-color": is_colour,
    "font-size": length_or(*_FONT_SIZES, "math", negative=False),
    "font-family": are_families,
    "line-height": length_or("normal", negative=False, unitless=True),
    "letter-spacing": length_or("normal"),
    "word-spacing": length_or("normal"),
    "text-indent": _is_indent,
    "text-overflow": _is_cut_off,
    "position": _group("positions"),
    "overflow-x": _group("overflows"),
    "overflow-y": _group("overflows"),
    "float": _group("floats"),
    "z-index": number_or("auto", whole=True),
    "order": number_or(whole=True),
    "flex-grow": number_or(least=0.0),
    "flex-basis": BASIS,
    "zoom": number_or("normal", percent=True, least=0.0),
    "mix-blend-mode": _group("blends"),
    "background-image": are_images,
    "mask-image": are_images,
    "background-size": _are_sizes,
    "background-repeat": _are_repeats,
    "background-position-x": _are_places("left", "right"),
    "background-position-y": _are_places("top", "bottom"),
    "clip": is_clip,
    "clip-path": is_path,
    "translate": _is_move,
    "scale": spaced(number_or(percent=True), 3, "none"),
    "rotate": is_turn,
    "content": _is_content,
    "color-scheme": _is_scheme,
    "grid-template-columns": are_tracks,
    "grid-template-rows": are_tracks,
    "grid-auto-rows": are_tracks,
    "flex-shrink": number_or(least=0.0),
    "grid-template-areas": are_areas,
    **{f"grid-{axis}-{end}": is_line for axis in ("row", "column") for end in ("start", "end")},
    "container-name": lambda value: value == "none" or all(map(is_own, nodes_of(value))),
    "column-gap": length_or("normal", negative=False),
    "row-gap": length_or("normal", negative=False),
    "aspect-ratio": _is_ratio,
    "border-radius": _are_radii,
    "box-shadow": are_shadows,
    "animation-name": listed(_is_animation),
    "animation-duration": listed(lambda value: True if value == "auto" else is_lasting(value)),
    "animation-delay": listed(is_time),
    "animation-iteration-count": listed(_is_repeated),
    "vertical-align": length_or(*NAMES.keywords["vertical-align"]),
    "transform": calls_of(TURNS, "none"),
    "filter": calls_of(FILTERS, "none"),
    "backdrop-filter": calls_of(FILTERS, "none"),
    **{side: length_or("auto") for side in SIDES},
    **{f"margin-{side}": length_or("auto") for side in SIDES},
    **{f"padding-{side}": length_or(negative=False) for side in SIDES},
    **{
        f"{bound}{axis}": length_or(*WIDTH_WORDS, none, negative=False)
        for bound, none in (("", "auto"), ("min-", "auto"), ("max-", "none"))
        for axis in ("width", "height")
    },
    **{f"border-{side}-width": _LINE for side in SIDES},
    "outline-width": _LINE,
    "outline-offset": length_or(percent=False),
    "text-decoration-thickness": length_or("auto", "from-font"),
    "-webkit-text-stroke-width": _LINE,
    "-webkit-line-clamp": number_or("none", whole=True, least=1.0),
}
