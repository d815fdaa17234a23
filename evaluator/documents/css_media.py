"""Media queries as an ordinary window answers them: 1,280 by 800 pixels, light, in colour, with a mouse."""

from __future__ import annotations

import re

from .css_values import length

_SIZES = {"width": 1280.0, "height": 800.0, "device-width": 1280.0, "device-height": 800.0}
_FEATURE = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_RANGE = re.compile(r"(?:(.+?)\s*(<=|>=|<|>|=)\s*)?([\w-]+)\s*(?:(<=|>=|<|>|=)\s*(.+))?$")
_ANSWERS = {
    "orientation": "landscape", "prefers-color-scheme": "light", "hover": "hover", "any-hover": "hover", "pointer": "fine",
    "any-pointer": "fine", "prefers-reduced-motion": "no-preference", "prefers-contrast": "no-preference",
    "forced-colors": "none", "inverted-colors": "none", "scripting": "enabled", "update": "fast", "display-mode": "browser",
    "prefers-reduced-transparency": "no-preference", "grid": "0", "overflow-block": "scroll",
}  # fmt: skip
_LONG = 200
_NUMBERS = frozenset(
    ["color", "resolution", "aspect-ratio", "device-pixel-ratio", "-webkit-device-pixel-ratio"]
)


def media_applies(query: str, medium: str = "screen") -> bool | None:
    """Whether one of the queries matches; None where none does for sure and one may."""
    answers = [_one_applies(part.strip().lower(), medium) for part in query.split(",")]
    if True in answers:
        return True
    return None if None in answers else False


def _one_applies(query: str, medium: str) -> bool | None:
    negated = query.startswith("not ")
    words = set(re.findall(r"[a-z-]+", _FEATURE.sub(" ", query))) - {
        "and",
        "only",
        "not",
        "or",
        "all",
    }
    answer: bool | None = words <= {medium}
    for feature in _FEATURE.findall(query):
        told = _feature(feature.strip())
        if told is False:
            answer = False
        elif told is None and answer:
            answer = None
    return answer if answer is None else answer != negated


def _feature(text: str) -> bool | None:
    if len(text) > _LONG:
        return None
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not colon:
        return _in_range(text)
    plain = name.removeprefix("min-").removeprefix("max-")
    if plain != name and plain in _SIZES:
        bound = length(value)
        if bound is None:
            return None
        return _SIZES[plain] >= bound if name.startswith("min-") else _SIZES[plain] <= bound
    if name in _ANSWERS:
        return _ANSWERS[name] == value
    return None


def _in_range(text: str) -> bool | None:
    if text in _SIZES or text in _NUMBERS:
        return True
    if text in _ANSWERS:
        return _ANSWERS[text] not in {"none", "0", "no-preference"}
    found = _RANGE.match(text)
    if found is None or found.group(3) not in _SIZES or not (found.group(2) or found.group(4)):
        return None
    size, answers = _SIZES[found.group(3)], []
    for bound, sign, flipped in (
        (found.group(1), found.group(2), True),
        (found.group(5), found.group(4), False),
    ):
        if sign:
            value = length(bound)
            if value is None:
                return None
            low, high = (value, size) if flipped else (size, value)
            answers.append(
                {
                    "<": low < high,
                    "<=": low <= high,
                    ">": low > high,
                    ">=": low >= high,
                    "=": low == high,
                }[sign]
            )
    return all(answers)
