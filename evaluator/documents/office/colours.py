"""Colours of drawings with what changes them: lighter, darker, tinted, shaded, clear."""

from __future__ import annotations

import colorsys

from ..paint import Colour

_WHOLE = 100_000
CHANGES = frozenset("lumMod lumOff satMod satOff tint shade alpha".split())
"""Changes that are understood; a saturation alone leaves a colour as bright as it is."""
_IGNORED = frozenset(["satMod", "satOff"])


def changed(colour: Colour, change: str, value: str) -> Colour | None:
    """A colour after one change; None where the change is not understood.

    Args:
        colour: before it.
        change: its name without a prefix.
        value: in thousandths of a per cent.
    """
    if change not in CHANGES or not value.lstrip("-").isdigit():
        return None
    part = max(-4.0, min(int(value[:12]) / _WHOLE, 4.0))
    if change in _IGNORED or change == "alpha":
        return colour
    if change in {"tint", "shade"}:
        to = 255 if change == "tint" else 0
        red, green, blue = (round(c * part + to * (1 - part)) for c in colour)
        return _within(red, green, blue)
    hue, light, strong = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    light = light * part if change == "lumMod" else light + part
    red, green, blue = (
        round(c * 255) for c in colorsys.hls_to_rgb(hue, max(0.0, min(light, 1.0)), strong)
    )
    return _within(red, green, blue)


def _within(*parts: int) -> Colour:
    red, green, blue = (max(0, min(part, 255)) for part in parts)
    return (red, green, blue)
