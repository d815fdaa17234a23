"""Lengths of OpenDocument."""

from __future__ import annotations

import re

from ..answers import Answers

_LENGTH = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|px|pc|%)?$")
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75, "pc": 12.0}
_USUAL_POINTS = 12.0


def points(text: str, whole: float = _USUAL_POINTS) -> float | None:
    """A length in points; a part is one of ``whole``. None where it is no length."""
    value, is_part = _LENGTHS[text]
    return value * whole / 100 if is_part and value is not None else value


def _length(text: str) -> tuple[float | None, bool]:
    """A length in points, or in per cent and that it is so."""
    match = _LENGTH.match(text)
    if not match:
        return None, False
    try:
        value = float(match.group(1))
    except ValueError:
        return None, False
    unit = match.group(2) or "pt"
    return (value, True) if unit == "%" else (value * _POINTS[unit], False)


_LENGTHS = Answers(_length)
