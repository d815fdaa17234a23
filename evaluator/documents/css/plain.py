"""Style sheets of ordinary simple pages: declarations and selectors of which nobody needs a picture to tell what is seen.

The list is short on purpose. What is not in it is no sign of a trick, only a reason to look at a picture of the page where a
program draws one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import tinycss2

from ..paint import grey
from .values import OF_SYSTEMS, colour, length

_DARK, _LIGHT = 160.0, 200.0
"""Grey levels of text and of ground."""
_SOLID = 0.95
_BESIDE = 4.0
"""Pixels by which a ground reaches out of a line of text and over no other."""
_SELECTOR = re.compile(r"[\w\s.#,>+~*:()-]*", re.A)
_PSEUDO = re.compile(r"::?[\w-]+(?:\([\w\s+-]*\))?", re.A)
_PLAIN_PSEUDO = re.compile(
    r":(?:root|hover|focus|active|visited|link|(?:first|last|nth)-(?:child|of-type)(?:\((?:\d{1,3}|odd|even)\))?)"
    r"|::?(?:before|after)|::selection"
)
_MEDIA = re.compile(
    r"(?:only )?(?:all|screen|print|\((?:min|max)-width: ?[\d.]+(?:px|r?em)\))"
    r"(?: and \((?:min|max)-width: ?[\d.]+(?:px|r?em)\))*"
)
_STRING = re.compile("\"[^\"\\\\\u2580-\u259f]{0,3}\"|'[^'\\\\\u2580-\u259f]{0,3}'|none|normal")
_QUOTES = re.compile(r"none|auto|(?:\"[^\"\\]{0,3}\" ?|'[^'\\]{0,3}' ?)+")
_WEIGHT = re.compile(r"normal|bold|bolder|lighter|[1-9]\d{0,2}|1000")
_FAMILIES = re.compile(r"[\w\s,'\"-]*", re.A)
_SMALLEST, _LARGEST = 9.0, 64.0
_ACROSS = 1_000.0
_TYPE, _COLUMN = 16.0, 800.0
"""Pixels of usual type and of a usual column."""
_COMMON = frozenset(["inherit", "initial"])
_TAKEN_OVER = frozenset(
    "color font font-family font-size font-style font-variant font-weight letter-spacing line-height list-style list-style-type "
    "text-align text-decoration text-transform white-space word-spacing box-sizing cursor border-collapse border-spacing "
    "border-color border-style".split()
)
"""Of which the value of what is around, and the one that all elements begin with, are as plain as any."""

IN_LINE = frozenset(
    "a abbr b cite code em i img kbd q small span strong sub sup svg time u".split()
)
"""Elements that stand in lines of text."""

Judge = Callable[[str], bool]


def is_plain_selector(text: str) -> bool:
    """Whether the selectors of a rule are ones of tags, classes and simple places."""
    text = text.strip()
    return bool(_SELECTOR.fullmatch(text)) and all(
        _PLAIN_PSEUDO.fullmatch(found) for found in _PSEUDO.findall(text)
    )


def is_plain_media(query: str) -> bool:
    """Whether a query asks for paper or the width of a window."""
    return all(_MEDIA.fullmatch(" ".join(part.lower().split())) for part in query.split(","))


@lru_cache(maxsize=4_096)
def is_plain_declaration(name: str, value: str) -> bool:
    """Whether a declaration is one of ordinary simple pages.

    Args:
        name: in small letters.
        value: as it is written.
    """
    value = " ".join(value.lower().split())
    judge = _JUDGES.get(name)
    if value in _COMMON:
        return name in _TAKEN_OVER
    return judge is not None and judge(value)


def is_plain_in_line(name: str, value: str) -> bool:
    """Whether a declaration that is plain for a block is so for what stands in a line, whose ground may lie over other lines.

    Args:
        name: in small letters.
        value: as it is written.
    """
    if not name.startswith(("padding", "border")) or name in _OF_TABLES:
        return True
    words = re.sub(r"\([^()]*\)", "()", value.lower()).split()
    sizes = [word for word in words if word[:1].isdigit() or word[:1] == "."]
    return "inherit" not in words and all(_is_between(word, 0.0, _BESIDE) for word in sizes)


_OF_TABLES = frozenset(["border-collapse", "border-spacing", "border-radius"])


def why_unusual(node: Any) -> str:
    """What a declaration of tinycss2 says that ordinary simple pages do not; empty where that is nothing."""
    value = tinycss2.serialize(node.value).strip()
    if node.name.startswith("--") or is_plain_declaration(node.lower_name, value):
        return ""
    return f"CSS {node.lower_name}"


def why_unusual_in_line(node: Any) -> str:
    """What a declaration says that is unusual for what stands in a line of text."""
    value = tinycss2.serialize(node.value).strip()
    return "" if is_plain_in_line(node.lower_name, value) else f"CSS {node.lower_name} in a line"


def _sizes(least: float, most: float, *words: str, count: int = 1) -> Judge:
    """So many lengths between two bounds, or words."""

    def judge(value: str) -> bool:
        parts = value.split()
        return 0 < len(parts) <= count and all(
            part in words or _is_between(part, least, most) for part in parts
        )

    return judge


def _is_between(part: str, least: float, most: float, whole: float = _COLUMN) -> bool:
    if "(" in part:
        return False
    size = length(part, _TYPE, whole)
    return size is not None and least <= size <= most


def _words(text: str) -> Judge:
    known = frozenset(text.split())
    return lambda value: value in known


def _any(value: str) -> bool:
    return "(" not in value and "\\" not in value


def _is_dark(value: str) -> bool:
    painted = None if value in OF_SYSTEMS else colour(value)
    return painted is not None and painted[1] >= _SOLID and grey(painted[0]) <= _DARK


def _is_light(value: str) -> bool:
    painted = None if value in OF_SYSTEMS else colour(value)
    return value in {"none", "transparent"} or (
        painted is not None and painted[1] >= _SOLID and grey(painted[0]) >= _LIGHT
    )


_LINE_STYLES = frozenset("none hidden solid dashed dotted double thin medium thick 0".split())


def _is_border(value: str) -> bool:
    """A thin line of any colour."""
    words = re.sub(r"\([^()]*\)", "()", value).split()
    return all(
        word in _LINE_STYLES
        or _is_between(word, 0.0, 16.0)
        or word.startswith(("rgb", "hsl", "#"))
        or colour(word) is not None
        or word in {"currentcolor", "transparent"}
        for word in words
    )


def _is_font(value: str) -> bool:
    """``italic bold 12pt/1.4 Georgia, serif``."""
    words = value.split()
    place = next(
        (i for i, word in enumerate(words) if word[:1].isdigit() and not word.isdigit()), None
    )
    if place is None or not _FAMILIES.fullmatch(
        " ".join(words[place + 1 :]).lstrip("/0123456789. ")
    ):
        return False
    size, _, line = words[place].partition("/")
    return _FONT_SIZE(size) and (not line or _LINE(line))


_SIZES = "xx-small x-small small medium large x-large xx-large smaller larger"
_FONT_SIZE: Judge = lambda value: (  # noqa: E731 - one of many in a table
    value in _SIZES.split()
    or ("%" in value and _is_between(value, 0.8 * 16, 4 * 16, _TYPE))
    or (value.endswith("em") and _is_between(value, 0.75 * 16, 4 * 16))
    or ("%" not in value and not value.endswith("em") and _is_between(value, _SMALLEST, _LARGEST))
)
_LINE: Judge = lambda value: (  # noqa: E731
    value == "normal"
    or (value.replace(".", "", 1).isdigit() and 1.0 <= float(value) <= 3.0)
    or _is_between(value, 16.0, 64.0, _TYPE)
)
_SPACE = _sizes(0.0, 200.0, "auto", count=4)
_WIDE: Judge = lambda value: (  # noqa: E731
    value in {"auto", "none"} or _is_between(value, 320.0, _ACROSS)
)
_JUDGES: dict[str, Judge] = {
    **dict.fromkeys(
        "font-variant font-variant-caps font-stretch font-kerning font-feature-settings -webkit-font-smoothing "
        "-moz-osx-font-smoothing text-rendering cursor -webkit-print-color-adjust print-color-adjust page-break-before "
        "page-break-after page-break-inside break-inside break-after break-before orphans widows hyphens border-collapse "
        "empty-cells caption-side box-sizing clear border-radius border-color border-style "
        "border-top-color border-right-color border-bottom-color border-left-color border-top-style border-right-style "
        "border-bottom-style border-left-style text-decoration-color text-decoration-style -webkit-text-size-adjust text-size-adjust "
        "list-style-position user-select -webkit-user-select scroll-behavior".split(),
        _any,
    ),
    "color": _is_dark,
    "background": _is_light,
    "background-color": _is_light,
    "font": _is_font,
    "font-style": _words("normal italic oblique"),
    "font-weight": lambda value: bool(_WEIGHT.fullmatch(value)),
    "quotes": lambda value: bool(_QUOTES.fullmatch(value)),
    "font-family": lambda value: bool(_FAMILIES.fullmatch(value)),
    "font-size": _FONT_SIZE,
    "line-height": _LINE,
    "letter-spacing": _sizes(-0.3, 3.0, "normal"),
    "word-spacing": _sizes(0.0, 4.0, "normal"),
    "text-align": _words("left right center justify start end"),
    "text-decoration": _words("none underline"),
    "text-decoration-line": _words("none underline"),
    "text-transform": _words("none uppercase lowercase capitalize"),
    "vertical-align": _words("baseline top middle bottom sub super text-top text-bottom"),
    "word-break": _words("normal break-word keep-all"),
    **dict.fromkeys(("word-wrap", "overflow-wrap"), _words("normal break-word anywhere")),
    "table-layout": _words("auto"),
    "white-space": _words("normal pre-wrap pre-line"),
    "list-style": _words("none disc circle square decimal inside outside"),
    "list-style-type": _words("none disc circle square decimal"),
    "content": lambda value: bool(_STRING.fullmatch(value)),
    "display": _words("block list-item table table-row table-cell"),
    "float": _words("none"),
    "opacity": _words("1 1.0 100%"),
    "width": _WIDE,
    "max-width": _WIDE,
    "min-width": _words("0 auto"),
    "height": _words("auto"),
    "min-height": _sizes(0.0, 1_200.0, "auto"),
    **dict.fromkeys(("margin", "padding"), _SPACE),
    **{f"{kind}-{side}": _SPACE for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")},
    **dict.fromkeys(("border", "border-top", "border-right", "border-bottom", "border-left"), _is_border),
    "border-width": _sizes(0.0, 16.0, "thin", "medium", "thick", count=4),
    "border-spacing": _sizes(0.0, 24.0, count=2),
    "box-shadow": _words("none"),
}  # fmt: skip
