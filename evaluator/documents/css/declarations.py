"""Declarations of CSS as browsers keep them: shorthands taken apart, invalid ones dropped, unknown ones marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from .harmless import is_plain
from .names import NAMES, WIDE
from .shorthands import PARTS, SHORTHANDS
from .validity import is_valid

UNKNOWN = "?"
"""Stands for a value that a browser may understand and this reader does not."""
PENDING = "\0"
"""Begins a longhand's value whose shorthand waits for its variables."""
_SUBSTITUTED = re.compile(r"(?<![\w-])(?:var|env|attr|if|--[\w-]+|inherit|random-item)\(", re.I)
_DECIDING = NAMES.judged | NAMES.risky.keys() | NAMES.pushing.keys()
_COLOURS = frozenset(["color", "background-color"])
_DIGITS = re.compile(r"[0-9a-f]{3}|[0-9a-f]{6}|\d{1,6}")
"""A colour on old pages, which may leave out its ``#``."""
_DISPLAYS = {
    "block flow": "block", "flow": "block", "flow inline": "inline", "flow-root inline": "inline-block", "block flow-root": "flow-root",
    "block flex": "flex", "flex inline": "inline-flex", "block grid": "grid", "grid inline": "inline-grid", "block table": "table",
    "inline table": "inline-table", "block flow list-item": "list-item", "block list-item": "list-item", "inline ruby": "ruby", "inline list-item": "inline",
    "flow inline list-item": "inline",
}  # fmt: skip
"""Of two words, sorted, and of one."""
_LONG = 4_000
_KEPT = 4_096
"""Declarations that are remembered: pages say the same few over and over."""


class Declaration(NamedTuple):
    """A longhand."""

    name: str
    value: str
    important: bool


def declarations(content: Any, *, quirks: bool = False) -> list[Declaration]:
    """Longhands that decide what is seen, of a rule's content or a ``style`` attribute, nested rules left out."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        one
        for node in nodes
        if node.type == "declaration"
        for one in longhands(node, quirks=quirks)
    ]


def longhands(node: Any, *, quirks: bool = False) -> list[Declaration]:
    """The longhands of one declaration of tinycss2; none where browsers drop it."""
    if node.name.startswith("--"):
        return [Declaration(node.name, tinycss2.serialize(node.value).strip(), node.important)]
    found = expanded(node.lower_name, tinycss2.serialize(node.value).strip(), quirks=quirks)
    return [Declaration(name, value, node.important) for name, value in found.items()]


@lru_cache(maxsize=_KEPT)
def expanded(name: str, value: str, *, quirks: bool = False) -> Mapping[str, str]:
    """Longhand to value; empty for what cannot hide text and for what browsers throw away."""
    asked, name = name, NAMES.aliases.get(name, name)
    parts = PARTS.get(name)
    if parts is None and name not in _DECIDING:
        return {}
    if len(value) > _LONG:
        return dict.fromkeys(parts or (name,), UNKNOWN)
    lowered = _lowered(name, value)
    if lowered in WIDE:
        return dict.fromkeys(parts or (name,), lowered)
    if _SUBSTITUTED.search(value):
        if parts:
            return dict.fromkeys(parts, f"{PENDING}{name}{PENDING}{value}")
        return {name: value}
    if parts:
        found = SHORTHANDS[name](lowered)
        return dict.fromkeys(parts, UNKNOWN) if found is None else found
    if name in NAMES.risky or name in NAMES.pushing:
        return {name: lowered}
    if quirks and name in _COLOURS and _DIGITS.fullmatch(lowered):
        lowered = f"#{lowered.zfill(6) if lowered.isdigit() and len(lowered) != 3 else lowered}"
    answer = is_valid(asked if asked in NAMES.keywords else name, lowered, quirks=quirks)
    if answer is None:
        return {name: UNKNOWN}
    return {name: lowered} if answer else {}


def _lowered(name: str, value: str) -> str:
    """A value in small letters, but for the names that a page gives to parts of its grid; one word for two of a display."""
    lowered = value.lower()
    if name == "display":
        return _DISPLAYS.get(" ".join(sorted(lowered.split())), lowered)
    if not name.startswith("grid") or lowered == value or lowered in WIDE:
        return lowered
    if "template" not in name and name != "grid":
        return value
    return _UNQUOTED.sub(lambda found: found[1] or found[0].lower(), value)


_UNQUOTED = re.compile(r"""("[^"]*"|'[^']*')|[^"']+""")


def filled(name: str, value: str, *, quirks: bool = False) -> str:
    """A longhand's value after its variables were put in; ``unset`` where it is none."""
    if value.startswith(PENDING):
        _, shorthand, text = value.split(PENDING, 2)
        return expanded(shorthand, text, quirks=quirks).get(name, "unset")
    return expanded(name, value, quirks=quirks).get(name, "unset")


@lru_cache(maxsize=_KEPT)
def is_settled(name: str, value: str) -> bool:
    """Whether a longhand means the same wherever it stands and is understood."""
    return not (
        name.startswith("--")
        or (name in NAMES.risky and not is_plain(name, value))
        or name == "animation-name"
        or value in WIDE
        or value == UNKNOWN
        or value.startswith(PENDING)
        or _SUBSTITUTED.search(value)
    )
