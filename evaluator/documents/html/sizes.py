"""Sizes and margins that browsers and old attributes give elements: what moves the text around them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..css.cascade import Declarations

TABLE_DISPLAYS = {"tr": "table-row", "td": "table-cell", "th": "table-cell"}
_SIZED = frozenset("img iframe embed object video canvas svg table td th tr hr col input".split())
_MARGINS = {
    "p": 1.0, "ul": 1.0, "ol": 1.0, "menu": 1.0, "dir": 1.0, "dl": 1.0, "blockquote": 1.0, "figure": 1.0, "pre": 1.0, "hr": 0.5,
    "h1": 0.67, "h2": 0.83, "h3": 1.0, "h4": 1.33, "h5": 1.67, "h6": 2.33,
}  # fmt: skip
"""Above and below, in heights of an element's type."""
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67}
_BOXED: dict[str, Declarations] = {
    "fieldset": {
        **{f"border-{side}-width": "2px" for side in ("top", "right", "bottom", "left")},
        "padding-top": "6px", "padding-bottom": "10px", "padding-left": "12px", "padding-right": "12px",
    },
    "blockquote": {"margin-left": "40px", "margin-right": "40px"},
    "figure": {"margin-left": "40px", "margin-right": "40px"},
    "dd": {"margin-left": "40px"},
    "td": {f"padding-{side}": "1px" for side in ("top", "right", "bottom", "left")},
    "th": {f"padding-{side}": "1px" for side in ("top", "right", "bottom", "left")},
}  # fmt: skip


@lru_cache(maxsize=512)
def margins_of(tag: str, pixels: float) -> Declarations:
    """Margins, padding and borders of the browser's own sheet.

    Args:
        tag: of the element.
        pixels: of the type around it.
    """
    found = dict(_BOXED.get(tag, ()))
    if tag in _MARGINS:
        size = f"{_MARGINS[tag] * _SIZES.get(tag, 1.0) * pixels:g}px"
        found |= {"margin-top": size, "margin-bottom": size}
    return found


def sizes_of(tag: str, node: Any) -> Declarations:
    """Width and height by old attributes."""
    found: Declarations = dict(_BOXED.get(tag, ()))
    if tag in _SIZED:
        for name in ("width", "height"):
            told = _size(node.get(name, ""))
            if told:
                found[name] = told
    if tag == "hr" and node.get("size"):
        found["height"] = _size(node.get("size")) or "2px"
    for name, sides in _SPACES.items():
        told = _size(node.get(name, ""))
        found.update({f"margin-{side}": told for side in sides if told})
    for name, high in _ROWS.get(tag, {}).items():
        count = _size(node.get(name, "")).removesuffix("px")
        if count.replace(".", "").isdigit():
            found["height"] = f"{float(count) * high:g}px"
    if tag in {"td", "th"} and "nowrap" in node.attrib:
        found["white-space"] = "nowrap"
    return found


def cells_of(tag: str, node: Any) -> Declarations:
    """Padding of a cell, or the space under a row, by the attributes of its table."""
    table = next(node.iterancestors("table"), None)
    if table is None:
        return {}
    if tag == "tr":
        return {"margin-bottom": _size(table.get("cellspacing", "")) or "2px"}
    told = _size(table.get("cellpadding", ""))
    return {f"padding-{side}": told for side in ("top", "right", "bottom", "left")} if told else {}


_SPACES = {"hspace": ("left", "right"), "vspace": ("top", "bottom")}
_ROWS = {"textarea": {"rows": 20.0}, "select": {"size": 20.0}}
"""Attributes that count lines, and the pixels of one."""


def _size(text: str) -> str:
    """Pixels or a share, as old attributes tell them: what begins with a number counts."""
    text = text.strip().removeprefix("+")
    digits = text[
        : next((i for i, c in enumerate(text) if not (c.isdigit() or c == ".")), len(text))
    ]
    if not digits.strip("."):
        return ""
    return f"{digits}%" if text[len(digits) :].startswith("%") else f"{digits}px"
