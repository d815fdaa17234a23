"""Values of the fields of a PDF, and typed remarks, that the file leaves to the viewer to draw.

Viewers agree on a value that a plain field of the form holds. Of lists, of values longer than their field takes, of
turned fields and of those that the form does not know they show something else, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..paint import FAINT
from .field_typefaces import sets_letters

UNSHOWN = 0x01 | 0x02 | 0x20
"""Flags of an annotation: invisible, hidden, not on the screen."""
_MULTILINE, _PASSWORD, _COMBO, _COMB = 1 << 12, 1 << 13, 1 << 17, 1 << 24
_MAX_PARENTS = 16
_MAX_LISTED = 5_000
_CELL = 0.4
"""Width of a letter's own cell, in sizes of the type."""
_USUAL_SIZE = 12.0
_SIZE = re.compile(r"(-?[\d.]{1,12})\s+Tf\b")
_TYPEFACE = re.compile(r"/([^\s/]{1,127})\s+-?[\d.]{1,12}\s+Tf\b")
_HAIR = 1.0
"""Points of a border that viewers count among the room for the text."""
_FILL = re.compile(r"((?:-?[\d.]{1,12}\s+){1,4})(g|rg|k)\b")
_OPERATOR = re.compile(r"(?<![/\w])[A-Za-z*'\"]{1,3}(?=\s|$)")
_USUAL_OPERATORS = frozenset(["Tf", "g", "G", "rg", "RG", "k", "K"])
"""Of a default appearance: typeface and colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """The value of a field, or a typed remark, that the file leaves to the viewer to draw."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Points of the type; 0 where the viewer chooses."""
    light: float
    """Brightness of the type, 0 to 255."""
    ground: float | None
    """Brightness of a ground of its own."""
    wraps: bool
    """It may have several lines."""
    shown: bool
    """False where a viewer hides it, or its type cannot be read on paper."""
    sure: bool
    """Every viewer draws it, and as it is; of a typed remark, a list or a turned field it depends."""


class Form:
    """The form of a file.

    Args:
        entry: of the file's root.
        drawn: gives the text that an appearance draws.
    """

    def __init__(self, entry: Any, drawn: Callable[[Any], str]) -> None:
        self._look = str(entry.get("/DA") or "")
        self._is_drawn_anew = entry.get("/NeedAppearances") == True  # noqa: E712  (pypdf's own kind of boolean)
        listed = list(entry["/Fields"].get_object()) if "/Fields" in entry else []
        self._listed = {_number(field) for field in listed[:_MAX_LISTED]}
        self._typefaces = (
            entry["/DR"]["/Font"].get_object() if "/Font" in entry.get("/DR", {}) else {}
        )
        self._drawn = drawn

    def text_of(self, annotation: Any, number: Any) -> FieldText | None:
        """What a viewer is to draw for an annotation; None where the file draws it or there is nothing.

        Args:
            annotation: the object.
            number: under which the page names it.
        """
        kind = annotation.get("/Subtype")
        if kind not in {"/Widget", "/FreeText"} or not self._is_left_to_viewers(annotation):
            return None
        is_field = kind == "/Widget"
        text = _value(annotation) if is_field else annotation.get("/Contents")
        if not isinstance(text, str) or not text.strip():
            return None
        left, bottom, right, top = _inside(annotation)
        look = str(inherited(annotation, "/DA") or (self._look if is_field else ""))
        sizes = _SIZE.findall(look)
        size = abs(float(sizes[-1])) if sizes else 0.0
        light = _light_of_type(look)
        shown = (
            not int(annotation.get("/F", 0)) & UNSHOWN
            and (size == 0.0 or size >= 3.0)
            and (is_field or 255 - light >= FAINT)
            and set(_OPERATOR.findall(look)) <= _USUAL_OPERATORS
            and right > left
            and top > bottom
        )
        sure = (
            is_field
            and bool(look)
            and self._knows(annotation, number)
            and all(sets_letters(name, self._typefaces) for name in _TYPEFACE.findall(look))
            and _is_plain(annotation, text, right - left, top - bottom, size or _USUAL_SIZE)
        )
        return FieldText(
            text=text, left=left, bottom=bottom, right=right, top=top, size=size, light=light,
            ground=_light_of_ground(annotation), wraps=not is_field or bool(_flags(annotation) & _MULTILINE),
            shown=shown, sure=sure,
        )  # fmt: skip

    def differs(self, annotation: Any) -> bool:
        """Whether the appearance of a field, which viewers are asked to draw anew, says something else than its value."""
        if not self._is_drawn_anew or annotation.get("/Subtype") != "/Widget":
            return False
        if inherited(annotation, "/FT") not in {"/Tx", "/Ch"} or "/AP" not in annotation:
            return False
        look = annotation["/AP"]["/N"].get_object()
        return _letters(self._drawn(look)) != _letters(_value(annotation) or "")

    def _is_left_to_viewers(self, annotation: Any) -> bool:
        return "/AP" not in annotation or self.differs(annotation)

    def _knows(self, annotation: Any, number: Any) -> bool:
        """Whether the form lists a field, or one that it belongs to."""
        for _ in range(_MAX_PARENTS):
            if _number(number) in self._listed:
                return True
            if "/Parent" not in annotation:
                return False
            number = annotation.raw_get("/Parent")
            annotation = number.get_object()
        return False


def _inside(annotation: Any) -> tuple[float, float, float, float]:
    """The box of an annotation without a border of more than a hair."""
    left, bottom, right, top = sorted_box([float(edge) for edge in annotation["/Rect"]])
    style = annotation.get("/BS", {})
    line = (
        [float(part) for part in list(annotation["/Border"])[:3]] if "/Border" in annotation else []
    )
    width = float(style.get("/W", line[2] if len(line) > 2 else 1.0))
    if width <= _HAIR:
        return left, bottom, right, top
    # One that is cut or pressed in is drawn twice.
    width *= 2 if style.get("/S") in {"/B", "/I"} else 1
    return left + width, bottom + width, right - width, top - width


def sorted_box(edges: list[float]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of any two corners."""
    x0, y0, x1, y1 = edges
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def inherited(annotation: Any, key: str) -> Any:
    """An entry of a field or of one that it belongs to."""
    for _ in range(_MAX_PARENTS):
        if key in annotation:
            value = annotation[key]
            return value.get_object() if hasattr(value, "get_object") else value
        if "/Parent" not in annotation:
            return None
        annotation = annotation["/Parent"].get_object()
    return None


def _number(reference: Any) -> Any:
    """What an object is known by; itself where it has no number."""
    found = getattr(reference, "idnum", None)
    return id(reference) if found is None else found


def _is_plain(annotation: Any, text: str, width: float, height: float, size: float) -> bool:
    """Whether a field is one whose value viewers draw along its box, whole."""
    flags, kind = _flags(annotation), inherited(annotation, "/FT")
    if float(annotation.get("/MK", {}).get("/R", 0)) % 360:
        return False
    if kind == "/Ch" and not flags & _COMBO:
        # Of a list viewers draw the choices, from one of them on, as far as they have room.
        choices = [label for _, label in _choices(annotation)]
        has_room = len(choices) * size <= height and not int(annotation.get("/TI", 0))
        return has_room and set(text.split("\n")) <= set(choices)
    most = int(inherited(annotation, "/MaxLen") or 0) if kind == "/Tx" else 0
    is_cut = most and len(text) > most
    return not is_cut and not (flags & _COMB and width < _CELL * size * most)


def _value(annotation: Any) -> str | None:
    """What a field says, by the names that its list of choices has for it."""
    if inherited(annotation, "/FT") not in {"/Tx", "/Ch"} or _flags(annotation) & _PASSWORD:
        return None
    value = inherited(annotation, "/V")
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        return None
    labels = dict(reversed(list(_choices(annotation))))
    return "\n".join([labels.get(str(one), str(one)) for one in values])


def _choices(annotation: Any) -> Iterator[tuple[str, str]]:
    """Values that a field may have, each with its label."""
    if inherited(annotation, "/FT") == "/Ch":
        for entry in list(inherited(annotation, "/Opt") or [])[:_MAX_LISTED]:
            choice = entry.get_object()
            pair = choice if isinstance(choice, list) else [choice]
            yield str(pair[0]), str(pair[-1])


def _letters(text: str) -> str:
    return "".join([c for c in text.casefold() if c.isalnum()])


def _flags(annotation: Any) -> int:
    return int(inherited(annotation, "/Ff") or 0)


def _light_of_type(look: str) -> float:
    """Brightness of the type of a default appearance."""
    fills = _FILL.findall(look)
    return _light([float(part) for part in fills[-1][0].split()]) if fills else 0.0


def _light_of_ground(annotation: Any) -> float | None:
    """Brightness of a field's own ground; None where it has none."""
    colour = annotation.get("/MK", {}).get("/BG", [])
    return _light([float(part) for part in colour]) if colour else None


def _light(parts: list[float]) -> float:
    """Brightness, 0 to 255, of a colour in grey, RGB or CMYK."""
    parts = [min(max(part, 0.0), 1.0) for part in parts]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    weights = (0.299, 0.587, 0.114) if len(parts) == 3 else (1.0,)
    return 255 * sum(part * weight for part, weight in zip(parts, weights, strict=False))
