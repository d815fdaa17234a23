"""Texts that browsers draw in boxes of their own: what a form's fields hold, formulas, and letters of drawings.

Each is sure to be seen by what its element says, or it is in doubt; whether the element itself is seen is judged as for any other.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

from ..css.cascade import Cascade, Declarations
from ..css.values import length
from ..css.visibility import Look, why_doubtful, why_typeface, why_unseen
from ..paint import BLACK, WHITE
from . import drawn_text as drawn_text
from . import lines as lines
from .overlaps import Piece
from .presentational_hints import IN_PLACE
from .stacking import Open

TAGS = frozenset("svg math input textarea select".split())
UNSURE = {
    "svg": "letters of a drawing",
    "math": "a formula",
    "input": "what a field of a form holds",
    "textarea": "what a field of a form holds",
    "select": "what a field of a form holds",
}
"""Why it cannot be told whether a text is seen, by the element it is in."""
_TYPED = frozenset(["", "text", "email", "tel", "url", "search", "number"])
_LABELLED = frozenset(["submit", "button", "reset"])
_UNTYPED = frozenset("hidden password checkbox radio file color range image".split())
_PLAIN_ATTRIBUTES = frozenset(
    "type value name id class size rows cols readonly disabled placeholder title maxlength autocomplete form required "
    "spellcheck tabindex lang label selected style".split()
)
_FIELD_TYPE = 40 / 3
"""Pixels of the type of fields, whatever is around them."""
_COLUMN = 7.0
"""Pixels of a field for each letter that it has room for."""
_ROOM = 150.0
_ROWS, _COLUMNS = 2, 20
_MATHS = frozenset(
    "math mrow mi mn mo mtext ms mfrac msup msub msubsup msqrt mroot mover munder munderover mtable mtr mtd mstyle semantics".split()
)
_LEAVES = frozenset("mi mn mo mtext ms".split())
_UNSHOWN_MATHS = frozenset(["annotation", "annotation-xml", "mphantom"])
_PLAIN_MATHS = frozenset(["display", "class", "id", "alttext", "xmlns"])
_OF_FIELDS = frozenset(
    "color background-color border-radius font-family font-weight font-style display vertical-align cursor box-sizing margin-top "
    "margin-right margin-bottom margin-left padding-top padding-bottom padding-left padding-right width max-width font-size "
    "line-height".split()
)
_BESIDE = frozenset(
    "font-family font-weight font-style box-sizing cursor vertical-align margin-top margin-right margin-bottom margin-left".split()
)
"""Declarations that change nothing of what an inset shows."""
_ZERO = frozenset(["0", "0px"])
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SCRIPTS = frozenset("mfrac msup msub msubsup mroot mover munder munderover".split())
_MOST_SCRIPTS = 2
"""Formulas in each other that make their letters smaller."""
_SMALLEST = 9.0
_FAR = 400.0
"""Pixels down to which a drawing or a field may reach."""


class Inset(NamedTuple):
    """A text of an inset element."""

    text: str
    is_sure: bool
    """It is seen where its element is."""
    is_left_out: bool = False
    """The element does not show it, as the options of a list that are not chosen."""


def pieces_of(node: Any, opened: Open, cascade: Cascade, place: int) -> list[Piece]:
    """The texts of an element as they stand on the page.

    Args:
        node: one of :data:`TAGS`.
        opened: as its box was read.
        cascade: of its page.
        place: in the order of painting.
    """
    declared = cascade.declared(node, node.get("style", "")).values
    look = _look_of(node, opened.look, declared)
    frame, room = opened.frame, opened.frame.room
    wide = drawn_text.right_of(node, look) if node.tag == "svg" else 0.0
    look = _in_odd_typeface(node, look, cascade) if node.tag == "svg" else look
    found = insets_of(node, look, room.width, cascade, declared)
    why = opened.out or why_unseen(look) or lines.why_outside(room, look, wide)
    doubt = opened.doubt or room.doubt or why_doubtful(look, cascade)
    if wide > room.width or room.left < 0:
        doubt = doubt or UNSURE[node.tag]
    low, high = frame.cursor.low, frame.cursor.high + _FAR
    return [
        Piece(
            one.text, (*opened.path, (0.0, 0, place)), look, room.left, room.right, low, high, 0.0,
            why or (IN_PLACE if one.is_left_out else None),
            doubt or (None if one.is_sure else UNSURE[node.tag]), preformatted=node.tag == "textarea", ground=opened.ground,
        )
        for one in found
    ]  # fmt: skip


def insets_of(
    node: Any, look: Look, room: float, cascade: Cascade, declared: Declarations
) -> list[Inset]:
    """The texts of an element, in the order in which they are seen.

    Args:
        node: one of :data:`TAGS`.
        look: of its text.
        room: pixels of width around it.
        cascade: of its page.
        declared: for the element.
    """
    if node.tag == "svg":
        is_plain = is_bare(declared) and all(
            is_bare(cascade.declared(one, one.get("style", "")).values)
            for one in node.iterdescendants()
            if isinstance(one.tag, str)
        )
        return [
            Inset(text, is_sure and is_plain) for text, is_sure in drawn_text.texts_of(node, look)
        ]
    if node.tag == "math":
        return _formula(node, cascade, declared)
    text, is_plain = _held(node)
    found = (
        [Inset(text, is_plain and _fits(node, text, look, room, declared))] if text.strip() else []
    )
    if node.tag == "select":
        others = (
            one for one in map(_option, node.iter("option")) if one and one not in text.split("\n")
        )
        found += [Inset(one, is_sure=False, is_left_out=True) for one in others]
    return found


def _look_of(node: Any, look: Look, declared: Declarations) -> Look:
    """How the text of an element looks: fields take neither colours nor sizes from around them."""
    if node.tag in {"svg", "math"}:
        return look
    if "color" not in declared:
        look = look.but(colour=BLACK, alpha=1.0, fill=None)
    if "background-color" not in declared and "background-image" not in declared:
        look = look.but(grounds=(WHITE,), strips=())
    if "font-size" not in declared:
        look = look.but(pixels=_FIELD_TYPE, line=None, line_factor=None)
    return look


def _in_odd_typeface(node: Any, look: Look, cascade: Cascade) -> Look:
    """The look with the first typeface of a drawing that may draw other letters."""
    for one in node.iterdescendants("text", "tspan", "g"):
        declared = cascade.declared(one, one.get("style", "")).values
        for told in (one.get("font-family", ""), declared.get("font-family", "")):
            if why_typeface(told.lower(), cascade):
                return look.but(family=told.lower())
    return look


def is_bare(declared: Declarations) -> bool:
    """Whether declarations change nothing of what an inset shows."""
    return all(
        name in _BESIDE or (name.startswith("padding-") and value in _ZERO)
        for name, value in declared.items()
    )


def _held(node: Any) -> tuple[str, bool]:
    """What a field shows, and whether nothing said at the field itself may hide it."""
    is_plain = _PLAIN_ATTRIBUTES.issuperset(node.attrib)
    if node.tag == "textarea":
        return (node.text or "").removeprefix("\n"), is_plain and len(node) == 0
    if node.tag == "select":
        is_box = "multiple" in node.attrib or node.get("size", "1") not in {"", "0", "1"}
        options = [one for one in node.iter("option") if "disabled" not in one.attrib]
        chosen = [one for one in node.iter("option") if "selected" in one.attrib][-1:] or options[
            :1
        ]
        shown = options if is_box else chosen
        return "\n".join(_option(one) for one in shown), is_plain and not is_box
    kind = node.get("type", "").lower()
    if kind in _UNTYPED:
        return "", True
    return node.get("value", ""), is_plain and kind in _TYPED | _LABELLED


def _option(node: Any) -> str:
    return " ".join((node.get("label") or "".join(node.itertext())).split())


def _fits(node: Any, text: str, look: Look, room: float, declared: Declarations) -> bool:
    """Whether all of a field's text is seen at once."""
    borders = {name for name in declared if name.startswith("border-")}
    if not _OF_FIELDS.issuperset(declared.keys() - borders) or look.pixels < _SMALLEST:
        return False
    if node.tag == "select" or node.get("type", "").lower() in _LABELLED:
        return not {"width", "max-width", "line-height"} & declared.keys()
    wide = _width(node, look, room, declared)
    if node.get("type", "").lower() == "number" and not _NUMBER.fullmatch(text):
        return False
    if node.tag == "input":
        return drawn_text.width_of(text, look.pixels, drawn_text.USUAL) <= wide
    rows = _number(node.get("rows"), _ROWS)
    lines = [drawn_text.width_of(line, look.pixels, drawn_text.WIDE) for line in text.split("\n")]
    return sum(max(1, math.ceil(1.2 * line / wide)) for line in lines) <= rows


def _width(node: Any, look: Look, room: float, declared: Declarations) -> float:
    """Pixels of a line in a field."""
    if node.tag == "textarea":
        wide = _number(node.get("cols"), _COLUMNS) * 0.6 * look.pixels
    else:
        wide = _number(node.get("size"), _COLUMNS) * _COLUMN * look.pixels / _FIELD_TYPE
    for name in ("width", "max-width"):
        told = declared.get(name)
        if told is not None and told not in {"auto", "none"}:
            size = length(told, look.pixels, room)
            wide = min(size or 1.0, room) if name == "width" else min(wide, size or 1.0)
    sides = [
        length(declared.get(f"padding-{side}", "0"), look.pixels, room)
        for side in ("left", "right")
    ]
    return max(wide - sum(side or 0.0 for side in sides), 1.0)


def _number(text: str | None, default: int) -> int:
    found = re.match(r"\s*(\d{1,4})", text or "")
    return int(found[1]) or default if found else default


def _formula(node: Any, cascade: Cascade, declared: Declarations) -> list[Inset]:
    """What a formula shows, read from left to right."""
    is_plain = is_bare(declared)
    shown: list[str] = []
    todo: list[Any] = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            shown.append(one)
            continue
        if not isinstance(one.tag, str) or one.tag in _UNSHOWN_MATHS:
            continue
        text = "".join((one.text or "", *(child.tail or "" for child in one)))
        is_plain &= one.tag in _MATHS and _PLAIN_MATHS.issuperset(one.attrib)
        is_plain &= one is node or is_bare(cascade.declared(one).values)
        if one.tag in _LEAVES:
            scripts = sum(above.tag in _SCRIPTS for above in one.iterancestors())
            is_plain &= len(one) == 0 and scripts <= _MOST_SCRIPTS
        elif text.strip():
            is_plain = False
        shown.append(one.text or "")
        children = [child for child in one if isinstance(child.tag, str)]
        if one.tag == "semantics":
            children = children[:1]
        for number, child in reversed([*enumerate(children)]):
            todo += [child.tail or "", child]
            if one.tag == "mfrac" and number:
                todo.append("/")
            elif one.tag in {"mtr", "mtable"} and number:
                todo.append(" ")
    told = " ".join("".join(shown).split())
    return [Inset(told, is_plain)] if told else []
