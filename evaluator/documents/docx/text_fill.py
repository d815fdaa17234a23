"""How newer versions of Word paint letters: fills with their colours and what changes them."""

from __future__ import annotations

from ..office.colours import changed
from ..office.package import Attributes
from ..paint import from_hex, to_hex
from .styles import Styles

_CLEAR = 90_000
"""Thousandths of a per cent of transparency from which letters are not seen."""
_FILLS = frozenset(["solidFill", "gradFill", "gsLst", "gs", "lin", "path", "fillToRect"])


def take_fill(tag: str, attributes: Attributes, fill: Attributes, styles: Styles) -> None:
    """One element of a fill; its colours are collected under ``stops``."""
    value = attributes.get("w14:val", "")
    name = tag.removeprefix("w14:")
    if name == "noFill" or (name == "alpha" and value.isdigit() and int(value) > _CLEAR):
        fill["none"] = "1"
    elif name == "alpha" and value.isdigit():
        fill["clear"] = str(max(int(value), int(fill.get("clear", "0"))))
    elif name in {"srgbClr", "schemeClr"}:
        colour = styles.scheme(value) if name == "schemeClr" else from_hex(value)
        fill["stops"] = f"{fill.get('stops', '')} {to_hex(colour)}".strip()
    elif name not in _FILLS:
        _change(name, value, fill)


def _change(name: str, value: str, fill: Attributes) -> None:
    """A change of the colour that was told last."""
    *stops, last = fill.get("stops", "").split() or [""]
    before = from_hex(last)
    after = changed(before, name, value) if before is not None else None
    if after is None:
        fill["why"] = "letters of a colour that is computed"
    else:
        fill["stops"] = " ".join([*stops, to_hex(after)])
