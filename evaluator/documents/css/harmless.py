"""Declarations that cannot hide text, whatever else is declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .amounts import nodes_of, words_of
from .names import NAMES, Plain
from .validity import WIDTH_WORDS
from .values import is_colour, length, number


@lru_cache(maxsize=4_096)
def is_harmless(name: str, value: str) -> bool:
    """Whether a longhand is one of those."""
    if name.startswith("--"):
        return False
    if name in NAMES.risky:
        return is_plain(name, value)
    if name in NAMES.pushing:
        return pushes_nothing(name, value)
    judge = _HARMLESS.get(name)
    if judge is not None:
        return judge(value)
    if name in _SIZED:
        size = length(value)
        return value in {*WIDTH_WORDS, "auto", "none"} or (size is not None and size >= _ROOMY)
    if name.startswith(("margin", "padding", "border")):
        size = length(value)
        return value == "auto" or (size is not None and 0 <= size <= _ROOMY)
    return False


@lru_cache(maxsize=4_096)
def is_plain(name: str, value: str) -> bool:
    """Whether a property that may hide text has a value with which it does not."""
    return _is_among(NAMES.risky[name], value)


@lru_cache(maxsize=4_096)
def pushes_nothing(name: str, value: str) -> bool:
    """Whether a property that may push text out of a box has a value with which it does not."""
    return _is_among(NAMES.pushing[name], value)


def _is_among(plain: Plain, value: str) -> bool:
    if value in _INITIAL or value in plain.words:
        return True
    if not plain.bounds and not plain.kinds:
        return False
    words = words_of(value)
    return 0 < len(words) <= _MOST_WORDS and all(_fits(plain, word) for word in words)


def _fits(plain: Plain, word: str) -> bool:
    if word in plain.words or word == ",":
        return True
    if "image" in plain.kinds and "(" in word[1:] and not _CODED.search(word):
        return True
    if "colour" in plain.kinds and is_colour(word):
        return True
    node = nodes_of(word)[0]
    if node.type in {"ident", "string"}:
        kind = "name" if node.type == "ident" else "sign"
        return kind in plain.kinds and (kind == "name" or len(node.value) <= _SIGN)
    if node.type == "dimension":
        size = length(word)
        return size is not None and abs(size) <= plain.bounds.get("px", -1.0)
    if node.type == "percentage":
        return bool(0 <= node.value <= plain.bounds.get("%", -1.0))
    most = plain.bounds.get("", 0.0)
    return bool(node.type == "number" and 0 <= node.value <= most)


_CODED = re.compile(r"data:|element|paint", re.I)
_SIGN = 6
_MOST_WORDS = 40
_SIZED_TRACK = re.compile(r"\d(?!\d*fr\b)|\b0fr")
_INITIAL = frozenset(["initial", "unset", "revert"])
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
    **{
        f"grid-{axis}-{end}": lambda value: value == "auto"
        for axis in ("row", "column")
        for end in ("start", "end")
    },
    "grid-template-areas": lambda value: value == "none",
    "container-name": lambda value: True,
    **{f"justify-{what}": lambda value: True for what in ("content", "items", "self")},
    **dict.fromkeys(
        ("align-items", "align-self", "-webkit-box-pack", "-webkit-box-align"), lambda value: True
    ),
    "isolation": lambda value: True,
    "grid-template-columns": lambda value: (
        not re.search(r"(?<![\w.])\d{1,2}(?:px|em|rem|%)?(?![\w.])", value)
    ),
    "flex-grow": lambda value: True,
    "column-gap": lambda value: value == "normal" or (length(value) or 0.0) <= _ROOMY,
    "row-gap": lambda value: value == "normal" or (length(value) or 0.0) <= _ROOMY,
    "flex-shrink": lambda value: True,
    "flex-wrap": lambda value: True,
    "will-change": lambda value: True,
    "container-type": lambda value: "size" not in value,
    "grid-template-rows": lambda value: not _SIZED_TRACK.search(value),
    "grid-auto-rows": lambda value: not _SIZED_TRACK.search(value),
    "order": lambda value: value == "0",
    "flex-basis": lambda value: value in {"auto", "0"} or (length(value) or 0.0) >= _ROOMY,
}
