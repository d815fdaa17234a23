"""Gradients of CSS and the places they stand at: which of them browsers keep."""

from __future__ import annotations

from typing import Any

import tinycss2

from .amounts import is_angle, is_length, length_or, nodes_of, number_or, told
from .conditions import all_of
from .names import NAMES
from .values import is_colour

ACROSS, DOWN = frozenset(["left", "right"]), frozenset(["top", "bottom"])
_RADIUS = length_or(negative=False, percent=False)
_RADII = length_or(negative=False)
_SHARE = number_or(percent=True)


def is_gradient(kind: str, parts: list[list[Any]], *, prefixed: bool) -> bool | None:
    """Whether browsers know a gradient with all that it says.

    Args:
        kind: ``linear``, ``radial`` or ``conic``.
        parts: between its commas.
        prefixed: it is one of those that older browsers had.
    """
    words = [[tinycss2.serialize([node]).lower() for node in told(part)] for part in parts]
    answers: list[bool | None] = []
    if words[0] and is_colour(words[0][0]) is False:
        answers.append(_is_direction(kind, words.pop(0), prefixed=prefixed))
    last = len(words) - 1
    answers += [
        True if 0 < i < last and _is_hint(kind, part) else _is_stop(kind, part)
        for i, part in enumerate(words)
    ]
    return all_of(answers) if words else False


def _is_hint(kind: str, words: list[str]) -> bool:
    return len(words) == 1 and bool(_is_place(kind, words[0]))


def _is_stop(kind: str, words: list[str]) -> bool | None:
    """Whether a part of a gradient is a colour with its places."""
    if not 0 < len(words) <= 3:
        return False
    return all_of([is_colour(words[0]), *(_is_place(kind, word) for word in words[1:])])


def _is_place(kind: str, word: str) -> bool | None:
    if kind == "conic":
        return is_angle(word) or (word.endswith("%") and _SHARE(word))
    return is_length(word)


def _is_direction(kind: str, words: list[str], *, prefixed: bool) -> bool | None:
    """What stands before the colours of a gradient."""
    if prefixed and kind != "linear":
        return None
    rest = _without_space(words)
    if not rest:
        return rest is not None
    if kind == "linear":
        return is_angle(rest[0]) if len(rest) == 1 and is_angle(rest[0]) is not False else (
            _is_corner(rest if prefixed else rest[1:]) and (prefixed or rest[0] == "to")
        )  # fmt: skip
    begin = rest.index("at") if "at" in rest else len(rest)
    form, place = rest[:begin], rest[begin + 1 :]
    answers = [are_places(place) if "at" in rest else True]
    if kind == "conic":
        turned = len(form) == 2 and form[0] == "from"
        answers.append(is_angle(form[1]) if turned else not form)
    else:
        answers.append(_is_form(form))
    return all_of(answers)


def _without_space(words: list[str]) -> list[str] | None:
    """The rest of a direction without the space of colours it is drawn in; None where that is none."""
    if "in" not in words:
        return words
    at = words.index("in")
    until = at + 2
    if until > len(words) or words[at + 1] not in NAMES.values["spaces"]:
        return None
    if words[until + 1 : until + 2] == ["hue"]:
        until += 2
    return words[:at] + words[until:]


def _is_corner(words: list[str]) -> bool:
    across, down = ([word for word in words if word in side] for side in (ACROSS, DOWN))
    return len(across) <= 1 and len(down) <= 1 and 0 < len(across) + len(down) == len(words)


def _is_form(words: list[str]) -> bool | None:
    """A circle or an ellipse and how large it is."""
    shapes = [word for word in words if word in {"circle", "ellipse"}]
    sizes = [word for word in words if word not in shapes]
    if len(shapes) > 1 or len(sizes) > 2:
        return False
    if len(sizes) == 1 and sizes[0] in NAMES.values["extents"]:
        return True
    if len(sizes) == 1:
        return _RADIUS(sizes[0]) if shapes != ["ellipse"] else False
    return all_of(map(_RADII, sizes)) if not sizes or shapes != ["circle"] else False


def are_places(words: list[str]) -> bool | None:
    """Whether words put something at one place."""
    sides = ACROSS | DOWN | {"center"}
    answer = all_of(True if word in sides else is_length(word) for word in words)
    if not answer or not 0 < len(words) <= 4:
        return None if answer is None and words else False
    if len(words) <= 2:
        first, last = words[0], words[-1]
        named = [word for word in words if word in ACROSS], [w for w in words if w in DOWN]
        in_order = first not in DOWN and last not in ACROSS
        return len(words) == 1 or (
            max(map(len, named)) <= 1 and (in_order or {first, last} <= sides)
        )
    return _are_two(words)


def _are_two(words: list[str]) -> bool:
    """Whether each axis has a side with a length or without one."""
    axes: list[str] = []
    lengths_follow = False
    for word in words:
        is_side = word in ACROSS or word in DOWN
        if is_side or word == "center":
            axes.append("x" if word in ACROSS else ("y" if word in DOWN else "c"))
        elif not lengths_follow:
            return False
        lengths_follow = is_side
    return len(axes) == 2 and axes not in (["x", "x"], ["y", "y"])


def placed_at(words: list[str]) -> dict[str, str]:
    """Where a picture begins; words of which two do not suffice are kept together."""
    if len(words) == 1:
        words = ["center", *words] if words[0] in DOWN else [*words, "center"]
    if len(words) == 2 and (words[0] in DOWN or words[1] in ACROSS):
        words = words[::-1]
    across, down = words if len(words) == 2 else [" ".join(words)] * 2
    return {"background-position-x": across, "background-position-y": down}


def are_all_places(value: str) -> bool | None:
    """Whether a text is one place."""
    return are_places([tinycss2.serialize([node]) for node in nodes_of(value)])
